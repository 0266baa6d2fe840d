/* nudge-edit-words.c - an edit of the experiment, or another event, in words
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/text/nudge-edit-words.h"

#include <glib/gi18n.h>

#include "ui/text/nudge-number.h"
#include "ui/text/nudge-setting-words.h"

static const char *const guards[] = {
  [NN_GUARD_SHIELD] = N_ ("guard: shield"),
  [NN_GUARD_CHECK] = N_ ("guard: check"),
  [NN_GUARD_OFF] = N_ ("guard: off"),
};

static void
begin (GString *text)
{
  if (text->len > 0)
    g_string_append (text, _ ("; "));
}

/* The number of a setting, as it is written: "0.25", "off", "drop". */
static void
append_number (GString *text, const NnSetting *setting, double number)
{
  g_autofree char *exact = NULL;

  if (setting->type == NN_SETTING_FLAG) {
    g_string_append (text, number != 0 ? _ ("on") : _ ("off"));
  } else if (setting->type == NN_SETTING_CHOICE) {
    g_string_append (text, setting->choices[(guint) number]);
  } else {
    exact = nudge_number_format_exact ((float) number);
    g_string_append (text, exact);
  }
}

/* ", data seed 7", if it differs
 *
 * Returns: how many do */
static gsize
append_seed (GString *text,
             const NnSetting *setting,
             gconstpointer values,
             gconstpointer before)
{
  const NnSeed *seed = (gconstpointer) ((const char *) values + setting->offset);
  const NnSeed *old = (gconstpointer) ((const char *) before + setting->offset);

  if (seed->given == old->given && (!seed->given || seed->value == old->value))
    return 0;
  if (seed->given)
    g_string_append_printf (text, _ (", data seed %u"), seed->value);
  else
    g_string_append (text, _ (", seed of the run"));
  return 1;
}

/* ", held out 0.25": those settings that differ from @before, but not @said.
 *
 * @name: (nullable): makes the setting's name of its key, which else is said itself
 *
 * Returns: how many there are */
static gsize
append_changed (GString *text,
                const NnSettings *settings,
                gconstpointer values,
                gconstpointer before,
                const char *said,
                char *(*name) (const char *) )
{
  gsize n = 0;

  for (gsize i = 0; i < settings->n_rows; i++) {
    const NnSetting *row = &settings->rows[i];
    const gsize n_numbers = nn_setting_get_n_numbers (row);

    for (gsize k = 0; k < n_numbers && g_strcmp0 (row->key, said) != 0; k++) {
      const double number = nn_setting_get_number (row, values, k);
      g_autofree char *key = nn_setting_dup_key (row, k);
      g_autofree char *words = name ? name (key) : g_strdup (key);

      if (number == nn_setting_get_number (row, before, k))
        continue;
      g_string_append_printf (text, ", %s ", words);
      append_number (text, row, number);
      n++;
    }
    if (row->type == NN_SETTING_SEED)
      n += append_seed (text, row, values, before);
  }
  return n;
}

/* As within a sentence: "held out". */
static char *
name_within (const char *key)
{
  g_autofree char *words = nudge_words_for_setting (key);
  GString *text = g_string_new (NULL);

  g_string_append_unichar (text, g_unichar_tolower (g_utf8_get_char (words)));
  g_string_append (text, g_utf8_next_char (words));
  return g_string_free (text, FALSE);
}

/* "Circle, 200 examples", "Circle, held out 0.25" */
static void
append_data (GString *text, const NnDataSpec *data, const NnDataSpec *before)
{
  const gulong n = nn_data_spec_get_n_examples (data);
  g_autofree char *set = nudge_words_for_data (nn_data_source_get_name (data->source));
  g_autoptr (GString) changed = g_string_new (NULL);

  if (before != NULL && before->source == data->source)
    append_changed (changed, &nn_data_source_get_kind (data->source)->settings, data,
                    before, "examples", name_within);
  begin (text);
  if (changed->len > 0 && n == nn_data_spec_get_n_examples (before))
    g_string_append (text, set);
  else
    /* Translators: a data set's name and how many examples it has */
    g_string_append_printf (text, ngettext ("%s, %lu example", "%s, %lu examples", n),
                            set, n);
  g_string_append (text, changed->str);
}

/* "layers 6–6–1" */
static void
append_sizes (GString *text, const NnEdit *edit)
{
  begin (text);
  g_string_append (text, _ ("layers "));
  for (gsize i = 0; i < edit->n_layers; i++)
    g_string_append_printf (text, "%s%" G_GSIZE_FORMAT, i > 0 ? "–" : "",
                            edit->layers[i].n_units);
}

/* "layers fc2, fc1" */
static void
append_order (GString *text, const NnEdit *edit)
{
  begin (text);
  g_string_append (text, _ ("layers "));
  for (gsize i = 0; i < edit->n_layers; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", edit->layers[i].name);
}

static gboolean
has_sizes_of (const NnEdit *edit, const NnEdit *before)
{
  if (edit->n_layers != before->n_layers)
    return FALSE;
  for (gsize i = 0; i < edit->n_layers; i++)
    if (edit->layers[i].n_units != before->layers[i].n_units)
      return FALSE;
  return TRUE;
}

/* One that was renamed is the same layer. */
static gboolean
has_order_of (const NnEdit *edit, const NnEdit *before)
{
  for (gsize i = 0; i < edit->n_layers; i++) {
    const NnEditLayer *layer = &edit->layers[i];

    if (!g_str_equal (layer->was ? layer->was : layer->name, before->layers[i].name))
      return FALSE;
  }
  return TRUE;
}

/* "fc1: tanh" */
static void
append_layer (GString *text, const NnEditLayer *layer, const NnEditLayer *before)
{
  if (!g_str_equal (layer->name, before->name)) {
    begin (text);
    /* Translators: a layer's name before, and its name now */
    g_string_append_printf (text, _ ("%s is now %s"), before->name, layer->name);
  }
  if (layer->activation != before->activation) {
    begin (text);
    /* Translators: a layer's name and its activation, "fc1: tanh" */
    g_string_append_printf (text, _ ("%s: %s"), layer->name,
                            nn_activation_get_name (layer->activation));
  }
  if (layer->without_bias != before->without_bias) {
    begin (text);
    g_string_append_printf (
        text, layer->without_bias ? _ ("%s without bias") : _ ("%s with bias"),
        layer->name);
  }
}

/* "initialisation constant, value 0.5" */
static void
append_init (GString *text, const NnInit *init, const NnInit *before)
{
  const NnSettings *settings = &nn_init_get_kind (init->type)->settings;
  g_autoptr (GString) changed = g_string_new (NULL);

  if (init->type == before->type)
    append_changed (changed, settings, init, before, NULL, name_within);
  if (init->type == before->type && changed->len == 0)
    return;
  begin (text);
  /* Translators: the name of one, "zeros" */
  g_string_append_printf (text, _ ("initialisation %s"), nn_init_get_name (init->type));
  g_string_append (text, changed->str);
}

/* "layers 6–6–1", "fc1: tanh" */
static void
append_network (GString *text, const NnEdit *edit, const NnEdit *before)
{
  g_autoptr (GString) changed = g_string_new (NULL);
  const gboolean same_sizes = before != NULL && has_sizes_of (edit, before);

  if (same_sizes && !has_order_of (edit, before))
    append_order (changed, edit);
  else
    for (gsize i = 0; same_sizes && i < edit->n_layers; i++)
      append_layer (changed, &edit->layers[i], &before->layers[i]);
  if (before != NULL)
    append_init (changed, &edit->init, &before->init);
  if (!same_sizes || changed->len == 0)
    append_sizes (text, edit);
  if (changed->len > 0) {
    begin (text);
    g_string_append (text, changed->str);
  }
}

/* "loss huber, delta 2" */
static void
append_loss (GString *text, const NnLoss *loss, const NnLoss *before)
{
  begin (text);
  g_string_append_printf (text, _ ("loss %s"), nn_loss_get_name (loss->type));
  if (before != NULL && before->type == loss->type)
    append_changed (text, &nn_loss_get_kind (loss->type)->settings, loss, before, NULL,
                    NULL);
}

/* "adam, lr 0.002": what changed, else its first setting, which is the rate */
static void
append_optimizer (GString *text,
                  const NnOptimizerSettings *optimizer,
                  const NnOptimizerSettings *before)
{
  const NnSettings *settings = &nn_optimizer_get_kind (optimizer->type)->settings;

  begin (text);
  g_string_append (text, nn_optimizer_get_name (optimizer->type));
  if (before != NULL && before->type == optimizer->type &&
      append_changed (text, settings, optimizer, before, NULL, NULL) > 0)
    return;
  if (settings->n_rows == 0 || nn_setting_get_n_numbers (&settings->rows[0]) == 0)
    return;
  g_string_append_printf (text, ", %s ", settings->rows[0].key);
  append_number (text, &settings->rows[0],
                 nn_setting_get_number (&settings->rows[0], optimizer, 0));
}

/* "batch of 10, shuffled" */
static void
append_batch (GString *text, const NnEdit *edit, const NnEdit *before)
{
  begin (text);
  if (edit->batch_size == 0)
    g_string_append (text, _ ("batch of all"));
  else
    g_string_append_printf (text, _ ("batch of %lu"), (gulong) edit->batch_size);
  if (edit->shuffle == NN_SHUFFLE_RANDPERM)
    g_string_append (text, _ (", shuffled"));
  else if (edit->shuffle == NN_SHUFFLE_DATALOADER)
    g_string_append (text, _ (", shuffled as DataLoader does"));
  else if (before != NULL && before->shuffle != NN_SHUFFLE_NONE)
    g_string_append (text, _ (", not shuffled"));
}

/**
 * nudge_words_for_edit:
 * @before: (nullable): all parts of the experiment as the edit found them
 *
 * Says what it changes: "fc1: tanh"; without @before, what each part that it has is from
 * then on: "adam, lr 0.002".
 *
 * Returns: (transfer full)
 */
char *
nudge_words_for_edit (const NnEdit *edit, const NnEdit *before)
{
  GString *text = g_string_new (NULL);

  if (edit->parts & NN_EDIT_HAS_DATA)
    append_data (text, &edit->data, before ? &before->data : NULL);
  if (edit->parts & NN_EDIT_HAS_NETWORK)
    append_network (text, edit, before);
  if (edit->parts & NN_EDIT_HAS_LOSS)
    append_loss (text, &edit->loss, before ? &before->loss : NULL);
  if (edit->parts & NN_EDIT_HAS_OPTIMIZER)
    append_optimizer (text, &edit->optimizer, before ? &before->optimizer : NULL);
  if (edit->parts & NN_EDIT_HAS_BATCH)
    append_batch (text, edit, before);
  if (edit->parts & NN_EDIT_HAS_SEED) {
    begin (text);
    g_string_append_printf (text, _ ("seed %u"), edit->seed);
  }
  if (edit->parts & NN_EDIT_HAS_GUARD) {
    begin (text);
    g_string_append (text, _ (guards[edit->guard]));
  }
  return g_string_free (text, FALSE);
}

/**
 * nudge_words_for_event_kind:
 * @kind: of one that changes the repeating nudges or the guard
 *
 * "the end of a repeating nudge"
 */
const char *
nudge_words_for_event_kind (NnEventKind kind)
{
  static const char *const kinds[NN_N_EVENT_KINDS] = {
    [NN_EVENT_STAND] = N_ ("a nudge that begins to repeat"),
    [NN_EVENT_REPLACE] = N_ ("the change of a repeating nudge"),
    [NN_EVENT_REMOVE] = N_ ("the end of a repeating nudge"),
    [NN_EVENT_PAUSE] = N_ ("the pause of a repeating nudge"),
    [NN_EVENT_RESUME] = N_ ("the return of a repeating nudge"),
    [NN_EVENT_MOVE] = N_ ("the new order of the nudges"),
    [NN_EVENT_GUARD] = N_ ("the change of the guard"),
  };

  g_return_val_if_fail (kinds[kind] != NULL, "");

  return _ (kinds[kind]);
}

/**
 * nudge_words_for_event:
 * @event: has no nudge
 *
 * As nudge_words_for_edit (); "guard: check", or else its kind.
 *
 * Returns: (transfer full)
 */
char *
nudge_words_for_event (const NnEvent *event)
{
  if (event->kind == NN_EVENT_EDIT)
    return nudge_words_for_edit (event->edit, NULL);
  if (event->kind == NN_EVENT_GUARD)
    return g_strdup (_ (guards[event->guard]));
  return g_strdup (nudge_words_for_event_kind (event->kind));
}

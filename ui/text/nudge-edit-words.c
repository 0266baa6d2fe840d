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

/* "Circle, 200 examples" */
static void
append_data (GString *text, const NnDataSpec *data)
{
  const gulong n = nn_data_spec_get_n_examples (data);
  g_autofree char *set = nudge_words_for_data (nn_data_source_get_name (data->source));

  begin (text);
  /* Translators: a data set's name and how many examples it has */
  g_string_append_printf (text, ngettext ("%s, %lu example", "%s, %lu examples", n), set,
                          n);
}

/* "layers 6–6–1" */
static void
append_layers (GString *text, const NnEdit *edit)
{
  begin (text);
  g_string_append (text, _ ("layers "));
  for (gsize i = 0; i < edit->n_layers; i++)
    g_string_append_printf (text, "%s%" G_GSIZE_FORMAT, i > 0 ? "–" : "",
                            edit->layers[i].n_units);
}

/* "adam, lr 0.002": its first setting, which is the rate */
static void
append_optimizer (GString *text, const NnOptimizerSettings *optimizer)
{
  const NnSettings *settings = &nn_optimizer_get_kind (optimizer->type)->settings;
  g_autofree char *number = NULL;

  begin (text);
  g_string_append (text, nn_optimizer_get_name (optimizer->type));
  if (settings->n_rows == 0 || nn_setting_get_n_numbers (&settings->rows[0]) == 0)
    return;
  number = nudge_number_format_exact (
      (float) nn_setting_get_number (&settings->rows[0], optimizer, 0));
  g_string_append_printf (text, ", %s %s", settings->rows[0].key, number);
}

static void
append_batch (GString *text, const NnEdit *edit)
{
  begin (text);
  if (edit->batch_size == 0)
    g_string_append (text, _ ("batch of all"));
  else
    g_string_append_printf (text, _ ("batch of %lu"), (gulong) edit->batch_size);
  if (edit->shuffle != NN_SHUFFLE_NONE)
    g_string_append (text, _ (", shuffled"));
}

/**
 * nudge_words_for_edit:
 *
 * Says what each part that it has is from then on: "adam, lr 0.002".
 *
 * Returns: (transfer full)
 */
char *
nudge_words_for_edit (const NnEdit *edit)
{
  GString *text = g_string_new (NULL);

  if (edit->parts & NN_EDIT_HAS_DATA)
    append_data (text, &edit->data);
  if (edit->parts & NN_EDIT_HAS_NETWORK)
    append_layers (text, edit);
  if (edit->parts & NN_EDIT_HAS_LOSS) {
    begin (text);
    g_string_append_printf (text, _ ("loss %s"), nn_loss_get_name (edit->loss.type));
  }
  if (edit->parts & NN_EDIT_HAS_OPTIMIZER)
    append_optimizer (text, &edit->optimizer);
  if (edit->parts & NN_EDIT_HAS_BATCH)
    append_batch (text, edit);
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
    return nudge_words_for_edit (event->edit);
  if (event->kind == NN_EVENT_GUARD)
    return g_strdup (_ (guards[event->guard]));
  return g_strdup (nudge_words_for_event_kind (event->kind));
}

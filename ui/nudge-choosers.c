/* nudge-choosers.c - drop-downs of a layer card: which function, what part, how often
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/nudge-choosers.h"

#include <glib/gi18n.h>

#include "ui/nudge-drop-down.h"

/* --- Which function ---------------------------------------------------------------- */

/* The function chooser's strings are names; this one stands for a person's own
 * expression, as no function can have it. */
#define OWN "="

/* A function of a person's, and the texts that it points to. */
typedef struct {
  NnFunction function;
  char *texts[4];
} Saved;

static void
saved_free (gpointer data)
{
  Saved *self = data;

  for (gsize i = 0; i < G_N_ELEMENTS (self->texts); i++)
    g_free (self->texts[i]);
  g_free (self);
}

static Saved *
saved_new (const NnFunction *from)
{
  Saved *self = g_new (Saved, 1);

  self->function = *from;
  self->function.name = self->texts[0] = g_strdup (from->name);
  self->function.expression = self->texts[1] = g_strdup (from->expression);
  self->function.symbol = self->texts[2] = g_strdup (from->symbol);
  self->function.sentence = self->texts[3] = g_strdup (from->sentence);
  return self;
}

static const NnFunction *
get_saved_one (GPtrArray *saved, guint i)
{
  const Saved *self = g_ptr_array_index (saved, i);

  return &self->function;
}

/* Returns: (transfer none) (nullable): the functions that a person saved */
static GPtrArray *
get_saved (GtkDropDown *self)
{
  return g_object_get_data (G_OBJECT (self), "saved-functions");
}

static const NnFunction *
find_function (GtkDropDown *self, const char *name)
{
  GPtrArray *saved = get_saved (self);
  gsize n;
  const NnFunction *functions = nn_catalogue_get (&n);

  for (gsize i = 0; i < n; i++)
    if (g_str_equal (functions[i].name, name))
      return &functions[i];
  for (guint i = 0; saved && i < saved->len; i++) {
    const NnFunction *function = get_saved_one (saved, i);

    if (g_str_equal (function->name, name))
      return function;
  }
  return NULL;
}

static char *
dup_function_button (GtkDropDown *self, const char *name)
{
  const NnFunction *function = find_function (self, name);

  /* Translators: an update function that has no name, as a person wrote it */
  return function ? g_markup_printf_escaped ("%s  <span alpha=\"72%%\"><i>%s</i></span>",
                                             _ (function->name), function->symbol)
                  : g_markup_escape_text (_ ("own expression"), -1);
}

static char *
dup_function_row (GtkDropDown *self, const char *name)
{
  return find_function (self, name) ? dup_function_button (self, name)
                                    : g_markup_escape_text (_ ("Own expression…"), -1);
}

static char *
dup_function_note (GtkDropDown *self, const char *name)
{
  const NnFunction *function = find_function (self, name);

  return function && function->sentence && *function->sentence
             ? g_markup_escape_text (_ (function->sentence), -1)
             : NULL;
}

static void
fill_functions (GtkDropDown *self)
{
  GPtrArray *saved = get_saved (self);
  gsize n;
  const NnFunction *functions = nn_catalogue_get (&n);
  const NudgeDropDownWords words = { dup_function_button, dup_function_row,
                                     dup_function_note };

  nudge_drop_down_set_words (self, &words);
  for (gsize i = 0; i < n; i++)
    nudge_drop_down_append (self, functions[i].name);
  for (guint i = 0; saved && i < saved->len; i++)
    nudge_drop_down_append (self, get_saved_one (saved, i)->name);
  nudge_drop_down_append (self, OWN);
}

void
nudge_function_chooser_set_up (GtkDropDown *self)
{
  fill_functions (self);
}

/**
 * nudge_function_chooser_set_saved:
 * @functions: (n): copied
 *
 * Offers @functions in place of those that were saved before. If the selected one is
 * gone, its expression is a person's own again.
 */
void
nudge_function_chooser_set_saved (GtkDropDown *self, const NnFunction *functions, gsize n)
{
  g_autofree char *selected = g_strdup (nudge_drop_down_get (self));
  GPtrArray *saved = g_ptr_array_new_with_free_func (saved_free);

  for (gsize i = 0; i < n; i++)
    g_ptr_array_add (saved, saved_new (&functions[i]));
  g_object_set_data_full (G_OBJECT (self), "saved-functions", saved,
                          (GDestroyNotify) g_ptr_array_unref);
  fill_functions (self);
  nudge_drop_down_select (self, find_function (self, selected) ? selected : OWN);
}

/**
 * nudge_function_chooser_select:
 *
 * Selects the function whose expression is @expression, or else a person's own.
 */
void
nudge_function_chooser_select (GtkDropDown *self, const char *expression)
{
  const NnFunction *function = nn_catalogue_find_expression (expression);
  GPtrArray *saved = get_saved (self);

  for (guint i = 0; !function && saved && i < saved->len; i++) {
    const NnFunction *candidate = get_saved_one (saved, i);

    if (g_str_equal (candidate->expression, expression))
      function = candidate;
  }
  nudge_drop_down_select (self, function ? function->name : OWN);
}

/* Returns: (transfer none) (nullable): %NULL: a person's own */
const NnFunction *
nudge_function_chooser_get (GtkDropDown *self)
{
  return find_function (self, nudge_drop_down_get (self));
}

/* --- What part --------------------------------------------------------------------- */

/* Starts the string of a choice that asks for the rest; what follows is an example. */
#define ASK '?'

static const struct {
  const char *text;
  const char *words;
} parts[] = {
  { ".weight", N_ ("weight") },
  { ".bias", N_ ("bias") },
  { "", N_ ("weight and bias") },
};

static const struct {
  const char *text;
  const char *words;
  const char *note;
} part_questions[] = {
  { "?[0]", N_ ("Neuron…"), N_ ("its incoming edges and its bias") },
  { "?.weight[0]", N_ ("Incoming edges…"), N_ ("of one neuron of this layer") },
  { "?.weight[:,0]", N_ ("Outgoing edges…"), N_ ("of one neuron of the layer before") },
  { "?.weight[0,0]", N_ ("Chosen edges…"), N_ ("output and input of each") },
};

static char *
dup_part_words (GtkDropDown *self, const char *part)
{
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    if (g_str_equal (parts[i].text, part))
      return g_markup_escape_text (_ (parts[i].words), -1);
  for (gsize i = 0; i < G_N_ELEMENTS (part_questions); i++)
    if (g_str_equal (part_questions[i].text, part))
      return g_markup_escape_text (_ (part_questions[i].words), -1);
  /* Translators: %s is an index such as [2] */
  return *part == '[' ? g_markup_printf_escaped (_ ("neuron %s"), part)
                      : g_markup_escape_text (part + (*part == '.'), -1);
}

static char *
dup_part_note (GtkDropDown *self, const char *part)
{
  for (gsize i = 0; i < G_N_ELEMENTS (part_questions); i++)
    if (g_str_equal (part_questions[i].text, part))
      return g_markup_escape_text (_ (part_questions[i].note), -1);
  return NULL;
}

/**
 * nudge_target_chooser_set_up:
 * @one_layer: whether parts of a parameter can be chosen
 */
void
nudge_target_chooser_set_up (GtkDropDown *self, gboolean one_layer)
{
  const NudgeDropDownWords words = { dup_part_words, dup_part_words, dup_part_note };

  nudge_drop_down_set_words (self, &words);
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    nudge_drop_down_append (self, parts[i].text);
  for (gsize i = 0; one_layer && i < G_N_ELEMENTS (part_questions); i++)
    nudge_drop_down_append (self, part_questions[i].text);
}

void
nudge_target_chooser_select (GtkDropDown *self, const char *part)
{
  nudge_drop_down_select (self, part);
}

/* Returns: (transfer none) (nullable): %NULL: a question is selected */
const char *
nudge_target_chooser_get (GtkDropDown *self)
{
  const char *part = nudge_drop_down_get (self);

  return *part == ASK ? NULL : part;
}

/* Returns: (transfer none) (nullable): an example of what is asked for, "[0]" */
const char *
nudge_target_chooser_get_question (GtkDropDown *self)
{
  const char *part = nudge_drop_down_get (self);

  return *part == ASK ? part + 1 : NULL;
}

/* --- How often --------------------------------------------------------------------- */

/* The repeat chooser's strings are a NudgeRepeat's numbers: "WHEN INTERVAL". Whether
 * before backward, which has a switch of its own, is the same for all of the list. */

static char *
dup_repeat_string (const NudgeRepeat *repeat)
{
  return g_strdup_printf ("%d %" G_GUINT64_FORMAT, (int) repeat->when, repeat->interval);
}

static NudgeRepeat
read_repeat_string (GtkDropDown *self, const char *text)
{
  NudgeRepeat repeat;
  char *end;

  repeat.when = (NnWhen) g_ascii_strtoull (text, &end, 10);
  repeat.interval = g_ascii_strtoull (end, NULL, 10);
  repeat.before_backward = repeat.when != NN_WHEN_MANUAL &&
                           g_object_get_data (G_OBJECT (self), "before-backward") != NULL;
  return repeat;
}

static char *
dup_rhythm (const NudgeRepeat *repeat)
{
  g_autofree char *number = repeat->interval > 0
                                ? g_strdup_printf ("%" G_GUINT64_FORMAT, repeat->interval)
                                : g_strdup ("…");

  switch (repeat->when) {
  case NN_WHEN_MANUAL:
    return g_strdup (C_ ("repeat", "off"));
  case NN_WHEN_AT_STEP:
    return g_strdup_printf (repeat->before_backward
                                ? C_ ("repeat", "once, in step %s")
                                : C_ ("repeat", "once, after step %s"),
                            number);
  case NN_WHEN_EVERY_EXAMPLE:
    return g_strdup (C_ ("repeat", "every example"));
  case NN_WHEN_EVERY_EPOCH:
    return g_strdup (C_ ("repeat", "every epoch"));
  case NN_WHEN_EVERY_STEPS:
    return repeat->interval == 1
               ? g_strdup (C_ ("repeat", "every step"))
               : g_strdup_printf (C_ ("repeat", "every %s steps"), number);
  }
  g_return_val_if_reached (NULL);
}

static char *
dup_repeat_row (GtkDropDown *self, const char *text)
{
  const NudgeRepeat repeat = read_repeat_string (self, text);
  g_autofree char *rhythm = dup_rhythm (&repeat);

  /* Translators: %s is "every step", … */
  return repeat.before_backward
             ? g_strdup_printf (C_ ("repeat", "%s, before backward"), rhythm)
             : g_steal_pointer (&rhythm);
}

static char *
dup_repeat_button (GtkDropDown *self, const char *text)
{
  /* What repeats needs no more words, and has no room for them. */
  return read_repeat_string (self, text).when == NN_WHEN_MANUAL
             ? g_strdup (_ ("Repeat: off"))
             : dup_repeat_row (self, text);
}

void
nudge_repeat_chooser_set_up (GtkDropDown *self)
{
  static const NudgeRepeat usual[] = {
    { NN_WHEN_MANUAL, 1, FALSE },       { NN_WHEN_EVERY_STEPS, 1, FALSE },
    { NN_WHEN_EVERY_STEPS, 10, FALSE }, { NN_WHEN_EVERY_STEPS, 100, FALSE },
    { NN_WHEN_EVERY_STEPS, 0, FALSE },  { NN_WHEN_EVERY_EXAMPLE, 1, FALSE },
    { NN_WHEN_EVERY_EPOCH, 1, FALSE },  { NN_WHEN_AT_STEP, 0, FALSE },
  };
  const NudgeDropDownWords words = { dup_repeat_button, dup_repeat_row, NULL };

  nudge_drop_down_set_words (self, &words);
  for (gsize i = 0; i < G_N_ELEMENTS (usual); i++) {
    g_autofree char *text = dup_repeat_string (&usual[i]);

    nudge_drop_down_append (self, text);
  }
}

/* Words are made when an item comes into the list, so all of them come anew. */
static void
set_before_backward (GtkDropDown *self, gboolean before_backward)
{
  GtkStringList *old = GTK_STRING_LIST (gtk_drop_down_get_model (self));
  guint n = g_list_model_get_n_items (G_LIST_MODEL (old));
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);

  g_object_set_data (G_OBJECT (self), "before-backward",
                     GINT_TO_POINTER (before_backward));
  for (guint i = 0; i < n; i++)
    gtk_string_list_append (list, gtk_string_list_get_string (old, i));
  gtk_drop_down_set_model (self, G_LIST_MODEL (list));
}

/**
 * nudge_repeat_chooser_select:
 *
 * Whether before backward goes for all of the list, even while nothing repeats.
 */
void
nudge_repeat_chooser_select (GtkDropDown *self, const NudgeRepeat *repeat)
{
  g_autofree char *text = dup_repeat_string (repeat);
  gboolean before_backward =
      g_object_get_data (G_OBJECT (self), "before-backward") != NULL;

  if (before_backward != repeat->before_backward)
    set_before_backward (self, repeat->before_backward);
  nudge_drop_down_select (self, text);
}

NudgeRepeat
nudge_repeat_chooser_get (GtkDropDown *self)
{
  return read_repeat_string (self, nudge_drop_down_get (self));
}

/* --- What the optimizer remembers -------------------------------------------------- */

static const char *const memories[] = {
  [NN_MEMORY_KEEP] = NC_ ("memory", "keep"),
  [NN_MEMORY_ZERO] = NC_ ("memory", "zero for the target"),
  [NN_MEMORY_ZERO_ALL] = NC_ ("memory", "zero all"),
};

static char *
dup_memory (GtkDropDown *self, const char *text)
{
  return g_markup_escape_text (g_dpgettext2 (NULL, "memory", text), -1);
}

void
nudge_memory_chooser_set_up (GtkDropDown *self)
{
  const NudgeDropDownWords words = { dup_memory, dup_memory, NULL };

  nudge_drop_down_set_words (self, &words);
  for (gsize i = 0; i < G_N_ELEMENTS (memories); i++)
    nudge_drop_down_append (self, memories[i]);
}

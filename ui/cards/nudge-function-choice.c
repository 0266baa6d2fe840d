/* nudge-function-choice.c - which update function: one with a name, or an expression
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/cards/nudge-function-choice.h"

#include <glib/gi18n.h>
#include <math.h>

#include "nn/nudge/nn-stream.h"
#include "ui/base/nudge-drop-down.h"

/* The drop-down's strings are names; this one stands for the user's own expression, as
 * no function can have it. */
#define OWN "="

/* A function that the user has saved, and the texts that it points to. */
typedef struct {
  NnFunction function;
  char *texts[4];
} Saved;

struct _NudgeFunctionChoice {
  GObject parent_instance;

  GtkDropDown *drop_down; /* (unowned) these four live as long as the card */
  GtkWidget *own_box;
  NudgeLine *own_line;
  NudgeSaveButton *save;
  gboolean of_file; /* without variables that exist only in a run */

  GPtrArray *saved; /* (owned) (element-type Saved) */
  char *expression; /* (owned) shown, or chosen last */
  char *own;        /* (owned) (nullable) the user's newest expression */
  char *back; /* (owned) (nullable) left for an own expression that was only begun */
  gboolean showing; /* what changes is not a choice */
};

enum {
  CHOSEN,
  SAVE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (NudgeFunctionChoice, nudge_function_choice, G_TYPE_OBJECT)

/* --- Functions that were saved ----------------------------------------------------- */

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
get_saved (NudgeFunctionChoice *self, guint i)
{
  const Saved *saved = g_ptr_array_index (self->saved, i);

  return &saved->function;
}

static const NnFunction *
find_function (NudgeFunctionChoice *self, const char *name)
{
  gsize n;
  const NnFunction *functions = nn_catalogue_get (&n);

  for (gsize i = 0; i < n; i++)
    if (g_str_equal (functions[i].name, name))
      return &functions[i];
  for (guint i = 0; i < self->saved->len; i++)
    if (g_str_equal (get_saved (self, i)->name, name))
      return get_saved (self, i);
  return NULL;
}

static const NnFunction *
find_expression (NudgeFunctionChoice *self, const char *expression)
{
  const NnFunction *function = nn_catalogue_find_expression (expression);

  for (guint i = 0; !function && i < self->saved->len; i++)
    if (g_str_equal (get_saved (self, i)->expression, expression))
      function = get_saved (self, i);
  return function;
}

/* Returns: (nullable): %NULL: the user's own expression */
static const NnFunction *
get_chosen (NudgeFunctionChoice *self)
{
  return find_function (self, nudge_drop_down_get (self->drop_down));
}

/* Returns: (transfer full) (nullable): why @expression cannot be used, if so */
static char *
find_fault (NudgeFunctionChoice *self, const char *expression)
{
  const NnNudgeSpec spec = { .target = "*",
                             .expression = expression,
                             .time = { NN_WHEN_EVERY_STEPS, .interval = 1 },
                             .of_arrays = TRUE };
  g_autoptr (GError) error = NULL;
  g_autoptr (NnNudge) nudge = NULL;

  if (!self->of_file)
    return NULL;
  nudge = nn_nudge_make (&spec, &error);
  return nudge && nn_stream_check (nudge, TRUE, &error) ? NULL
                                                        : g_strdup (error->message);
}

static void
offer (NudgeFunctionChoice *self, const NnFunction *function)
{
  g_autofree char *fault = find_fault (self, function->expression);

  if (!fault)
    nudge_drop_down_append (self->drop_down, function->name);
}

/* --- Words ------------------------------------------------------------------------- */

static char *
dup_button (gpointer data, const char *name)
{
  const NnFunction *function = find_function (data, name);

  /* Translators: an update function that has no name, as a user wrote it */
  return function ? g_markup_printf_escaped ("%s  <span alpha=\"72%%\"><i>%s</i></span>",
                                             _ (function->name), function->symbol)
                  : g_markup_escape_text (_ ("own expression"), -1);
}

static char *
dup_row (gpointer data, const char *name)
{
  return find_function (data, name) ? dup_button (data, name)
                                    : g_markup_escape_text (_ ("Own expression…"), -1);
}

static char *
dup_note (gpointer data, const char *name)
{
  const NnFunction *function = find_function (data, name);

  return function && function->sentence && *function->sentence
             ? g_markup_escape_text (_ (function->sentence), -1)
             : NULL;
}

static void
fill (NudgeFunctionChoice *self)
{
  const NudgeDropDownWords words = { dup_button, dup_row, dup_note, self };
  gsize n;
  const NnFunction *functions = nn_catalogue_get (&n);

  nudge_drop_down_set_words (self->drop_down, &words);
  for (gsize i = 0; i < n; i++)
    offer (self, &functions[i]);
  for (guint i = 0; i < self->saved->len; i++)
    offer (self, get_saved (self, i));
  nudge_drop_down_append (self->drop_down, OWN);
}

/* --- Showing ----------------------------------------------------------------------- */

/* The entry is visible while no function with a name is chosen. */
static void
show_own (NudgeFunctionChoice *self)
{
  const NnFunction *function = get_chosen (self);

  gtk_widget_set_visible (self->own_box, function == NULL);
  if (!function)
    nudge_line_set_text (self->own_line, self->expression);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->drop_down),
                               function ? _ (function->sentence) : NULL);
}

static void
set_expression (NudgeFunctionChoice *self, const char *expression)
{
  char *fresh = g_strdup (expression); /* it may be the one before */

  g_free (self->expression);
  self->expression = fresh;
}

/**
 * nudge_function_choice_show:
 *
 * Chooses the function with a name that @expression is, or else the user's own. No
 * signal is emitted.
 */
void
nudge_function_choice_show (NudgeFunctionChoice *self, const char *expression)
{
  const NnFunction *function;

  g_return_if_fail (NUDGE_IS_FUNCTION_CHOICE (self));

  function = find_expression (self, expression);
  set_expression (self, expression); /* which may be freed by that */
  g_clear_pointer (&self->back, g_free);
  self->showing = TRUE;
  nudge_drop_down_select (self->drop_down, function ? function->name : OWN);
  self->showing = FALSE;
  if (!function) {
    g_free (self->own);
    self->own = g_strdup (self->expression);
  }
  show_own (self);
}

/**
 * nudge_function_choice_set_saved:
 * @functions: (n): copied
 *
 * Offers @functions in place of those that were saved before. The one that is shown may
 * have a name now, or none any more.
 */
void
nudge_function_choice_set_saved (NudgeFunctionChoice *self,
                                 const NnFunction *functions,
                                 gsize n)
{
  g_return_if_fail (NUDGE_IS_FUNCTION_CHOICE (self));

  self->showing = TRUE;
  g_ptr_array_set_size (self->saved, 0);
  for (gsize i = 0; i < n; i++)
    g_ptr_array_add (self->saved, saved_new (&functions[i]));
  fill (self);
  self->showing = FALSE;
  nudge_function_choice_show (self, self->expression);
}

/**
 * nudge_function_choice_set_name:
 * @layer: what the controls are for, to those who cannot see them
 */
void
nudge_function_choice_set_name (NudgeFunctionChoice *self, const char *layer)
{
  g_autofree char *function = g_strdup_printf (_ ("Function for %s"), layer);
  g_autofree char *line = g_strdup_printf (_ ("Expression for %s"), layer);
  g_autofree char *save = g_strdup_printf (_ ("Save the function for %s"), layer);

  nudge_drop_down_set_name (self->drop_down, function);
  nudge_line_set_name (self->own_line, line);
  nudge_save_button_set_name (self->save, save);
}

/**
 * nudge_function_choice_commit:
 *
 * Takes what is typed, as Enter does.
 *
 * Returns: %FALSE if it is wrong; the line says so
 */
gboolean
nudge_function_choice_commit (NudgeFunctionChoice *self)
{
  g_return_val_if_fail (NUDGE_IS_FUNCTION_CHOICE (self), FALSE);

  return !gtk_widget_get_visible (self->own_box) || nudge_line_commit (self->own_line);
}

/* --- Choosing ---------------------------------------------------------------------- */

static void
choose (NudgeFunctionChoice *self, const char *expression, double amount)
{
  set_expression (self, expression);
  show_own (self);
  g_signal_emit (self, signals[CHOSEN], 0, self->expression, amount);
}

static void
selected_cb (NudgeFunctionChoice *self)
{
  const NnFunction *function;

  if (self->showing)
    return;
  function = get_chosen (self);
  g_clear_pointer (&self->back, g_free);
  if (function) {
    choose (self, function->expression, (double) function->first);
    return;
  }
  self->back = g_strdup (self->expression);
  if (!self->own)
    self->own = g_strdup (self->expression);
  choose (self, self->own, NAN);
  nudge_line_edit (self->own_line);
}

static void
accepted_cb (NudgeFunctionChoice *self)
{
  g_clear_pointer (&self->back, g_free);
  g_free (self->own);
  self->own = g_strdup (nudge_line_get_text (self->own_line));
  choose (self, self->own, NAN);
}

static void
abandoned_cb (NudgeFunctionChoice *self)
{
  g_autofree char *back = g_steal_pointer (&self->back);

  if (!back)
    return;
  nudge_function_choice_show (self, back);
  choose (self, back, NAN);
  gtk_widget_grab_focus (GTK_WIDGET (self->drop_down));
}

static char *
save_cb (NudgeFunctionChoice *self, const char *name)
{
  char *wrong = NULL;

  if (!nudge_line_commit (self->own_line))
    return g_strdup (_ ("The expression is not right yet"));
  g_signal_emit (self, signals[SAVE], 0, name, self->expression, &wrong);
  return wrong;
}

static char *
check (const char *text, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NnExpression) expression = nn_expression_new (text, &error);

  return expression ? find_fault (data, text) : g_strdup (error->message);
}

/* --- Life -------------------------------------------------------------------------- */

static void
nudge_function_choice_finalize (GObject *object)
{
  NudgeFunctionChoice *self = NUDGE_FUNCTION_CHOICE (object);

  g_ptr_array_unref (self->saved);
  g_free (self->expression);
  g_free (self->own);
  g_free (self->back);
  G_OBJECT_CLASS (nudge_function_choice_parent_class)->finalize (object);
}

static void
nudge_function_choice_class_init (NudgeFunctionChoiceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = nudge_function_choice_finalize;
  signals[CHOSEN] =
      g_signal_new ("chosen", NUDGE_TYPE_FUNCTION_CHOICE, G_SIGNAL_RUN_LAST, 0, NULL,
                    NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_DOUBLE);
  signals[SAVE] =
      g_signal_new ("save", NUDGE_TYPE_FUNCTION_CHOICE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_STRING, 2, G_TYPE_STRING, G_TYPE_STRING);
}

static void
nudge_function_choice_init (NudgeFunctionChoice *self)
{
  self->saved = g_ptr_array_new_with_free_func (saved_free);
  self->expression = g_strdup (nn_catalogue_get (NULL)->expression);
}

/**
 * nudge_function_choice_new:
 * @own_box: holds @own_line and @save
 * @of_file: for tensors of a file, so without functions of what there is only in a run
 *
 * Of the widgets, which live as long as the result or longer.
 */
NudgeFunctionChoice *
nudge_function_choice_new (GtkDropDown *drop_down,
                           GtkWidget *own_box,
                           NudgeLine *own_line,
                           NudgeSaveButton *save,
                           gboolean of_file)
{
  NudgeFunctionChoice *self = g_object_new (NUDGE_TYPE_FUNCTION_CHOICE, NULL);

  self->drop_down = drop_down;
  self->own_box = own_box;
  self->own_line = own_line;
  self->save = save;
  self->of_file = of_file;
  nudge_line_set_check (own_line, check, self);
  nudge_line_suggest (own_line);
  fill (self);
  g_signal_connect_object (drop_down, "notify::selected", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (own_line, "accepted", G_CALLBACK (accepted_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (own_line, "abandoned", G_CALLBACK (abandoned_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (save, "save", G_CALLBACK (save_cb), self, G_CONNECT_SWAPPED);
  nudge_function_choice_show (self, self->expression);
  return self;
}

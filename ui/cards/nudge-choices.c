/* nudge-choices.c - a card's choosers of function, target and time
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/cards/nudge-choices.h"

#include <glib/gi18n.h>
#include <math.h>

#include "ui/base/nudge-drop-down.h"
#include "ui/cards/nudge-function-choice.h"
#include "ui/cards/nudge-memory-choice.h"
#include "ui/cards/nudge-target-choice.h"
#include "ui/cards/nudge-variant.h"
#include "ui/cards/nudge-when-choice.h"

struct _NudgeChoices {
  GObject parent_instance;

  NudgeChoosers choosers;        /* (unowned) live as long as the card */
  NudgeFunctionChoice *function; /* (owned) */
  NudgeTargetChoice *target;     /* (owned) */
  NudgeWhenChoice *when;         /* (owned) */
  NnNudge *nudge;                /* (owned) (nullable) shown */
  gboolean showing;              /* what changes is not a choice */
  gboolean choosing;             /* the choosers already show the nudge that they emit */
};

enum {
  CHOSEN,
  SAVE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (NudgeChoices, nudge_choices, G_TYPE_OBJECT)

/* --- Choosing ---------------------------------------------------------------------- */

static void
choose (NudgeChoices *self, const NnNudgeSpec *spec)
{
  self->choosing = TRUE;
  g_signal_emit (self, signals[CHOSEN], 0, spec);
  self->choosing = FALSE;
}

static void
function_chosen_cb (NudgeChoices *self, const char *expression, double amount)
{
  NnNudgeSpec spec;
  g_autofree char *target = nudge_variant_begin (self->nudge, &spec);

  if (g_str_equal (spec.expression, expression) &&
      (isnan (amount) || spec.amount == (float) amount))
    return;
  spec.expression = expression;
  spec.amount = (float) amount;
  choose (self, &spec);
}

static void
target_chosen_cb (NudgeChoices *self, const char *target)
{
  NnNudgeSpec spec;
  g_autofree char *before = nudge_variant_begin (self->nudge, &spec);

  if (g_str_equal (before, target))
    return;
  spec.target = target;
  spec.amount = NAN;
  choose (self, &spec);
}

static void
when_chosen_cb (NudgeChoices *self, const NnTime *time)
{
  NnNudgeSpec spec;
  g_autofree char *target = nudge_variant_begin (self->nudge, &spec);

  spec.time = *time;
  spec.amount = NAN;
  choose (self, &spec);
}

static void
memory_selected_cb (NudgeChoices *self)
{
  NnNudgeSpec spec;
  g_autofree char *target = NULL;

  if (self->showing || !self->nudge)
    return;
  target = nudge_variant_begin (self->nudge, &spec);
  spec.memory = (NnMemory) gtk_drop_down_get_selected (self->choosers.memory);
  spec.amount = NAN;
  choose (self, &spec);
}

static char *
save_cb (NudgeChoices *self, const char *name, const char *expression)
{
  char *wrong = NULL;

  g_signal_emit (self, signals[SAVE], 0, name, expression, &wrong);
  return wrong;
}

/**
 * nudge_choices_commit:
 *
 * Takes what is typed in lines that are open, as Enter does.
 *
 * Returns: %FALSE if any of it is wrong; its line says so
 */
gboolean
nudge_choices_commit (NudgeChoices *self)
{
  g_return_val_if_fail (NUDGE_IS_CHOICES (self), FALSE);

  return nudge_target_choice_commit (self->target) &&
         nudge_function_choice_commit (self->function);
}

/* --- Showing ----------------------------------------------------------------------- */

static void
show_all (NudgeChoices *self)
{
  const NnNudge *nudge = self->nudge;
  g_autofree char *target = nn_nudge_dup_target (nudge);

  nudge_function_choice_show (self->function, nn_expression_get_text (nudge->expression));
  nudge_target_choice_show (self->target, target);
  nudge_when_choice_show (self->when, &nudge->time);
  self->showing = TRUE;
  gtk_drop_down_set_selected (self->choosers.memory, nudge->memory);
  self->showing = FALSE;
}

/**
 * nudge_choices_show:
 *
 * Shows all of @nudge but its amount, in place of what may have been begun, unless that
 * is shown already. No signal is emitted.
 */
void
nudge_choices_show (NudgeChoices *self, NnNudge *nudge)
{
  g_autoptr (NnNudge) before = NULL;

  g_return_if_fail (NUDGE_IS_CHOICES (self));

  if (self->nudge == nudge)
    return;
  before = g_steal_pointer (&self->nudge);
  self->nudge = nn_nudge_ref (nudge);
  if (!self->choosing && !(before && nudge_variant_same_but_amount (before, nudge)))
    show_all (self);
}

void
nudge_choices_set_functions (NudgeChoices *self, const NnFunction *functions, gsize n)
{
  g_return_if_fail (NUDGE_IS_CHOICES (self));

  nudge_function_choice_set_saved (self->function, functions, n);
}

/**
 * nudge_choices_set_frame:
 * @frame: the newest: of whose network a target has to be, and after whose step a nudge
 *   usually comes
 */
void
nudge_choices_set_frame (NudgeChoices *self, const NnFrame *frame)
{
  g_return_if_fail (NUDGE_IS_CHOICES (self));

  nudge_target_choice_set_network (self->target, frame->architecture);
  nudge_when_choice_set_step (self->when, frame->step);
}

/**
 * nudge_choices_set_name:
 * @name: what the choosers are for, to those who cannot see them
 */
void
nudge_choices_set_name (NudgeChoices *self, const char *name)
{
  g_autofree char *memory = g_strdup_printf (_ ("Optimizer memory for %s"), name);

  nudge_function_choice_set_name (self->function, name);
  nudge_target_choice_set_name (self->target, name);
  nudge_when_choice_set_name (self->when, name);
  nudge_drop_down_set_name (self->choosers.memory, memory);
}

/* --- Life -------------------------------------------------------------------------- */

/**
 * nudge_choices_bind:
 * @offset: of the NudgeChoosers in an instance
 *
 * Has the children of a template put where they belong.
 */
void
nudge_choices_bind (GtkWidgetClass *widget_class, gssize offset)
{
#define BIND(child)                                                                      \
  gtk_widget_class_bind_template_child_full (                                            \
      widget_class, #child, FALSE, offset + G_STRUCT_OFFSET (NudgeChoosers, child))
  g_type_ensure (NUDGE_TYPE_LINE);
  g_type_ensure (NUDGE_TYPE_SAVE_BUTTON);
  BIND (function);
  BIND (own_box);
  BIND (own_line);
  BIND (save);
  BIND (target);
  BIND (target_line);
  BIND (repeat);
  BIND (count_line);
  BIND (before_backward);
  BIND (memory);
#undef BIND
}

static void
nudge_choices_dispose (GObject *object)
{
  NudgeChoices *self = NUDGE_CHOICES (object);

  g_clear_object (&self->function);
  g_clear_object (&self->target);
  g_clear_object (&self->when);
  g_clear_pointer (&self->nudge, nn_nudge_unref);
  G_OBJECT_CLASS (nudge_choices_parent_class)->dispose (object);
}

static void
nudge_choices_class_init (NudgeChoicesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = nudge_choices_dispose;
  signals[CHOSEN] = g_signal_new ("chosen", NUDGE_TYPE_CHOICES, G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[SAVE] =
      g_signal_new ("save", NUDGE_TYPE_CHOICES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_STRING, 2, G_TYPE_STRING, G_TYPE_STRING);
}

static void
nudge_choices_init (NudgeChoices *self)
{
}

static void
connect (NudgeChoices *self, gpointer choice, const char *signal, GCallback callback)
{
  g_signal_connect_object (choice, signal, callback, self, G_CONNECT_SWAPPED);
}

/* @target: (transfer full) */
static NudgeChoices *
new_with (const NudgeChoosers *choosers, NudgeTargetChoice *target, gboolean of_file)
{
  NudgeChoices *self = g_object_new (NUDGE_TYPE_CHOICES, NULL);

  self->choosers = *choosers;
  self->function = nudge_function_choice_new (
      choosers->function, choosers->own_box, choosers->own_line, choosers->save, of_file);
  self->target = target;
  self->when = nudge_when_choice_new (choosers->repeat, choosers->count_line,
                                      choosers->before_backward);
  nudge_memory_choice_set_up (choosers->memory);
  connect (self, self->function, "chosen", G_CALLBACK (function_chosen_cb));
  connect (self, self->function, "save", G_CALLBACK (save_cb));
  connect (self, self->target, "chosen", G_CALLBACK (target_chosen_cb));
  connect (self, self->when, "chosen", G_CALLBACK (when_chosen_cb));
  connect (self, choosers->memory, "notify::selected", G_CALLBACK (memory_selected_cb));
  return self;
}

/**
 * nudge_choices_new:
 * @choosers: copied; they live as long as the result or longer
 * @layer: its name, "fc1"; "*" for all layers
 */
NudgeChoices *
nudge_choices_new (const NudgeChoosers *choosers, const char *layer)
{
  return new_with (
      choosers, nudge_target_choice_new (choosers->target, choosers->target_line, layer),
      FALSE);
}

/**
 * nudge_choices_new_of_file:
 * @target: a tensor of @file; "*" for several
 */
NudgeChoices *
nudge_choices_new_of_file (const NudgeChoosers *choosers,
                           const char *target,
                           NnFileVersion *file)
{
  return new_with (choosers,
                   nudge_target_choice_new_of_file (choosers->target,
                                                    choosers->target_line, target, file),
                   TRUE);
}

/* nudge-trial.c - the amount of a card: slider, number, and the loss along the amount
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/cards/nudge-trial.h"

#include <glib/gi18n.h>

#include "nn/attach/nn-job-target.h"
#include "ui/cards/nudge-amount.h"
#include "ui/cards/nudge-sweep-view.h"

struct _NudgeTrial {
  GtkWidget parent_instance;

  GtkWidget *column; /* the only child: disposal finds it by this */
  NudgeSweepView *sweep;
  GtkWidget *pending;
  GtkWidget *open; /* in the curve's place: there is no preview of what is not opened */
  NudgeAmount *amount;
  NnNudge *nudge; /* (owned) (nullable) shown */
};

static guint acted;

G_DEFINE_FINAL_TYPE (NudgeTrial, nudge_trial, GTK_TYPE_WIDGET)

static void
preview_cb (NudgeTrial *self)
{
  g_signal_emit (self, acted, 0, (int) NUDGE_ACTION_PREVIEW);
}

static void
set_cb (NudgeTrial *self)
{
  g_signal_emit (self, acted, 0, (int) NUDGE_ACTION_SET);
}

static void
apply_cb (NudgeTrial *self)
{
  g_signal_emit (self, acted, 0, (int) NUDGE_ACTION_APPLY);
}

static void
cancel_cb (NudgeTrial *self)
{
  g_signal_emit (self, acted, 0, (int) NUDGE_ACTION_CANCEL);
}

/**
 * nudge_trial_set_name:
 * @layer: what the controls are for, to those who cannot see them
 */
void
nudge_trial_set_name (NudgeTrial *self, const char *layer)
{
  g_autofree char *amount = g_strdup_printf (_ ("Amount for %s"), layer);
  g_autofree char *sweep = g_strdup_printf (_ ("Loss along the amount for %s"), layer);
  g_autofree char *open = g_strdup_printf (_ ("Open the tensor of %s"), layer);

  nudge_amount_set_name (self->amount, amount);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->sweep),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, sweep, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->open),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, open, -1);
}

/**
 * nudge_trial_set_has_loss:
 * @has_loss: whether there is a loss to be drawn along the amount
 */
void
nudge_trial_set_has_loss (NudgeTrial *self, gboolean has_loss)
{
  g_return_if_fail (NUDGE_IS_TRIAL (self));

  gtk_widget_set_visible (GTK_WIDGET (self->sweep), has_loss);
}

/**
 * nudge_trial_set_lands:
 * @lands: whether letting go of the slider applies; %FALSE: it sets
 */
void
nudge_trial_set_lands (NudgeTrial *self, gboolean lands)
{
  g_return_if_fail (NUDGE_IS_TRIAL (self));

  nudge_amount_set_lands (self->amount, lands);
}

/**
 * nudge_trial_show_amount:
 * @another_function: what is typed was meant for the one before
 *
 * A slider that is held stays so as long as it is where @state has it. A function without
 * an amount has no slider.
 */
void
nudge_trial_show_amount (NudgeTrial *self,
                         const NudgeCardState *state,
                         gboolean another_function)
{
  const NnNudge *nudge = state->nudge;
  gboolean uses_amount = nn_expression_uses_amount (nudge->expression);

  g_return_if_fail (NUDGE_IS_TRIAL (self));

  gtk_widget_set_visible (GTK_WIDGET (self->amount), uses_amount);
  nudge_sweep_view_set_slider (
      self->sweep, uses_amount ? nudge_amount_get_slider (self->amount) : NULL);
  if (!uses_amount)
    return;
  if (another_function || nudge_amount_get_value (self->amount) != nudge->amount)
    nudge_amount_set_value (self->amount, nudge->amount);
  nudge_amount_set_range (self->amount, &state->question);
}

/* What a click opens. */
static void
take_nudge (NudgeTrial *self, NnNudge *nudge)
{
  g_autofree char *target = NULL;

  if (self->nudge == nudge)
    return;
  g_clear_pointer (&self->nudge, nn_nudge_unref);
  self->nudge = nn_nudge_ref (nudge);
  target = nn_nudge_dup_target (nudge);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->open), "s", target);
}

/**
 * nudge_trial_show_results:
 *
 * What has come of the nudge, and what is asked, previewed and waited for.
 */
void
nudge_trial_show_results (NudgeTrial *self, const NudgeCardState *state)
{
  gboolean repeats = nudge_card_state_repeats (state);

  g_return_if_fail (NUDGE_IS_TRIAL (self));

  take_nudge (self, state->nudge);
  nudge_amount_set_in_force (self->amount, state->in_force);
  nudge_sweep_view_set_question (self->sweep, state->key, state->question.nudge);
  nudge_sweep_view_set_preview (self->sweep, state->preview);
  nudge_sweep_view_set_amounts (self->sweep, (double) state->nudge->amount,
                                (double) (repeats ? state->in_force : state->landed));
  gtk_widget_set_visible (self->pending, state->pending);
}

/* Whether the values that the nudge changes are those of a tensor that is not opened. */
static gboolean
needs_opening (NudgeTrial *self, const NnTensors *tensors)
{
  return self->nudge != NULL && tensors != NULL &&
         (tensors->opened < 0 ||
          !nn_job_target_names (&self->nudge->target,
                                tensors->facts[tensors->opened].name));
}

/**
 * nudge_trial_set_frame:
 * @frame: the newest: its answers and its preview are shown
 */
void
nudge_trial_set_frame (NudgeTrial *self, NnFrame *frame)
{
  g_return_if_fail (NUDGE_IS_TRIAL (self));

  const gboolean needs = needs_opening (self, frame->tensors);

  gtk_widget_set_visible (self->open, needs);
  /* It keeps its height. */
  gtk_widget_set_opacity (GTK_WIDGET (self->sweep), needs ? 0 : 1);
  nudge_sweep_view_set_frame (self->sweep, frame);
}

float
nudge_trial_get_amount (NudgeTrial *self)
{
  g_return_val_if_fail (NUDGE_IS_TRIAL (self), 0);

  return nudge_amount_get_value (self->amount);
}

/**
 * nudge_trial_commit:
 *
 * Takes what is typed as the amount, as Enter does.
 *
 * Returns: %FALSE if it reads as no number
 */
gboolean
nudge_trial_commit (NudgeTrial *self)
{
  g_return_val_if_fail (NUDGE_IS_TRIAL (self), FALSE);

  return !gtk_widget_get_visible (GTK_WIDGET (self->amount)) ||
         nudge_amount_commit (self->amount);
}

static void
nudge_trial_dispose (GObject *object)
{
  g_clear_pointer (&NUDGE_TRIAL (object)->nudge, nn_nudge_unref);
  gtk_widget_dispose_template (GTK_WIDGET (object), NUDGE_TYPE_TRIAL);
  G_OBJECT_CLASS (nudge_trial_parent_class)->dispose (object);
}

static void
nudge_trial_class_init (NudgeTrialClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nudge_trial_dispose;
  acted = g_signal_new ("acted", NUDGE_TYPE_TRIAL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                        G_TYPE_NONE, 1, G_TYPE_INT);
  g_type_ensure (NUDGE_TYPE_AMOUNT);
  g_type_ensure (NUDGE_TYPE_SWEEP_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/nudgelab/Nudge/ui/nudge-trial.ui");
  gtk_widget_class_bind_template_child (widget_class, NudgeTrial, column);
  gtk_widget_class_bind_template_child (widget_class, NudgeTrial, sweep);
  gtk_widget_class_bind_template_child (widget_class, NudgeTrial, pending);
  gtk_widget_class_bind_template_child (widget_class, NudgeTrial, open);
  gtk_widget_class_bind_template_child (widget_class, NudgeTrial, amount);
  gtk_widget_class_bind_template_callback (widget_class, preview_cb);
  gtk_widget_class_bind_template_callback (widget_class, set_cb);
  gtk_widget_class_bind_template_callback (widget_class, apply_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
nudge_trial_init (NudgeTrial *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* nudge-window.c - the laboratory: the network, its loss, and a card per layer
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/nudge-window-private.h"

#include "ui/nudge-log.h"
#include "ui/nudge-loss-legend.h"
#include "ui/nudge-loss-plot.h"
#include "ui/nudge-network-view.h"
#include "ui/nudge-phase-strip.h"
#include "ui/nudge-standing-list.h"
#include "ui/nudge-timeline.h"

G_DEFINE_FINAL_TYPE (NudgeWindow, nudge_window, ADW_TYPE_APPLICATION_WINDOW)

static void
nudge_window_realize (GtkWidget *widget)
{
  NudgeWindow *self = NUDGE_WINDOW (widget);

  GTK_WIDGET_CLASS (nudge_window_parent_class)->realize (widget);
  g_signal_group_set_target (self->clock, gtk_widget_get_frame_clock (widget));
}

static void
nudge_window_unrealize (GtkWidget *widget)
{
  NudgeWindow *self = NUDGE_WINDOW (widget);

  g_signal_group_set_target (self->clock, NULL);
  GTK_WIDGET_CLASS (nudge_window_parent_class)->unrealize (widget);
}

static void
nudge_window_dispose (GObject *object)
{
  NudgeWindow *self = NUDGE_WINDOW (object);

  if (self->tick)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick);
  self->tick = 0;
  g_clear_object (&self->clock);
  g_clear_object (&self->column);
  g_clear_object (&self->cards);
  g_clear_object (&self->landings);
  g_clear_object (&self->repeating);
  nudge_window_forget_edits (self);
  g_clear_weak_pointer (&self->toast);
  g_clear_pointer (&self->session, nn_session_free);
  g_clear_pointer (&self->frame, nn_frame_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), NUDGE_TYPE_WINDOW);
  G_OBJECT_CLASS (nudge_window_parent_class)->dispose (object);
}

static void
nudge_window_finalize (GObject *object)
{
  NudgeWindow *self = NUDGE_WINDOW (object);

  g_clear_pointer (&self->experiment, nn_experiment_free);
  g_free (self->undone);
  G_OBJECT_CLASS (nudge_window_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *klass)
{
  gtk_widget_class_bind_template_child (klass, NudgeWindow, run_button);
  gtk_widget_class_bind_template_child (klass, NudgeWindow, run_icon);
  gtk_widget_class_bind_template_child (klass, NudgeWindow, run_label);
  gtk_widget_class_bind_template_child (klass, NudgeWindow, speed);
  gtk_widget_class_bind_template_child (klass, NudgeWindow, speed_scale);
  gtk_widget_class_bind_template_child (klass, NudgeWindow, speed_label);
  gtk_widget_class_bind_template_child (klass, NudgeWindow, title_label);
  gtk_widget_class_bind_template_child (klass, NudgeWindow, step_label);
  gtk_widget_class_bind_template_child (klass, NudgeWindow, loss_label);
  gtk_widget_class_bind_template_child (klass, NudgeWindow, rate_box);
  gtk_widget_class_bind_template_child (klass, NudgeWindow, rate_label);
  gtk_widget_class_bind_template_child (klass, NudgeWindow, phase_strip);
  gtk_widget_class_bind_template_child (klass, NudgeWindow, guard_button);
  gtk_widget_class_bind_template_child (klass, NudgeWindow, guard_label);
  gtk_widget_class_bind_template_child (klass, NudgeWindow, failure_bar);
  gtk_widget_class_bind_template_child (klass, NudgeWindow, failure_label);
  gtk_widget_class_bind_template_child (klass, NudgeWindow, toasts);
  gtk_widget_class_bind_template_child (klass, NudgeWindow, network_view);
  gtk_widget_class_bind_template_child (klass, NudgeWindow, loss_legend);
  gtk_widget_class_bind_template_child (klass, NudgeWindow, loss_plot);
  gtk_widget_class_bind_template_child (klass, NudgeWindow, timeline);
  gtk_widget_class_bind_template_child (klass, NudgeWindow, cards_column);
  gtk_widget_class_bind_template_child (klass, NudgeWindow, all_layers);
  gtk_widget_class_bind_template_child (klass, NudgeWindow, lists);
  gtk_widget_class_bind_template_child (klass, NudgeWindow, log);
  gtk_widget_class_bind_template_child (klass, NudgeWindow, standing);
}

static void
nudge_window_class_init (NudgeWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = nudge_window_dispose;
  object_class->finalize = nudge_window_finalize;
  widget_class->realize = nudge_window_realize;
  widget_class->unrealize = nudge_window_unrealize;

  g_type_ensure (NUDGE_TYPE_LOG);
  g_type_ensure (NUDGE_TYPE_LOSS_LEGEND);
  g_type_ensure (NUDGE_TYPE_LOSS_PLOT);
  g_type_ensure (NUDGE_TYPE_NETWORK_VIEW);
  g_type_ensure (NUDGE_TYPE_PHASE_STRIP);
  g_type_ensure (NUDGE_TYPE_STANDING_LIST);
  g_type_ensure (NUDGE_TYPE_TIMELINE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/nudgelab/Nudge/ui/nudge-window.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback_full (widget_class, "speed_changed_cb",
                                                G_CALLBACK (nudge_window_apply_speed));
}

static void
nudge_window_init (NudgeWindow *self)
{
  g_autoptr (GPropertyAction) log_scale = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));
  nudge_window_add_commands (self);
  nudge_window_add_timeline (self);
  nudge_window_add_exports (self);
  nudge_window_add_lists (self);
  nudge_window_watch_clock (self);
  log_scale = g_property_action_new ("log-scale", self->loss_plot, "logarithmic");
  g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (log_scale));

  self->column = nudge_card_column_new (GTK_BOX (self->cards_column),
                                        GTK_TOGGLE_BUTTON (self->all_layers));

  gtk_widget_set_visible (self->rate_box, FALSE);
  nudge_window_apply_speed (self);
  gtk_widget_grab_focus (self->run_button);
}

/**
 * nudge_window_new:
 *
 * A window without an experiment: nudge_window_open () gives it one.
 */
NudgeWindow *
nudge_window_new (GtkApplication *application)
{
  return g_object_new (NUDGE_TYPE_WINDOW, "application", application, NULL);
}

/**
 * nudge_window_open:
 * @experiment: copied
 *
 * Starts @experiment, paused before its first step, in place of what was open. On
 * failure the window keeps what it had.
 */
gboolean
nudge_window_open (NudgeWindow *self, const NnExperiment *experiment, GError **error)
{
  NnSession *session;

  g_return_val_if_fail (NUDGE_IS_WINDOW (self), FALSE);

  session = nn_session_new (experiment, error);
  if (!session)
    return FALSE;
  nudge_card_column_set_cards (self->column, NULL);
  g_clear_object (&self->cards);
  g_clear_pointer (&self->session, nn_session_free);
  g_clear_pointer (&self->frame, nn_frame_unref);
  self->session = session;
  self->pending_until = 0;
  self->travels_until = 0;
  self->has_place = FALSE;
  nudge_window_forget_edits (self);
  g_clear_pointer (&self->undone, g_free);
  g_clear_pointer (&self->experiment, nn_experiment_free);
  self->experiment = nn_experiment_copy (experiment);
  gtk_label_set_text (GTK_LABEL (self->title_label), experiment->title);
  gtk_widget_set_tooltip_text (self->title_label, experiment->title);

  self->cards = nudge_cards_new (session, experiment);
  g_signal_connect_object (self->cards, "commanded",
                           G_CALLBACK (nudge_window_expect_frames), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->cards, "nudged", G_CALLBACK (nudge_window_await_nudge),
                           self, G_CONNECT_SWAPPED);
  nudge_card_column_set_cards (self->column, self->cards);
  nudge_window_show_running (self, FALSE);
  nudge_window_apply_speed (self);
  nudge_window_apply_ghost (self);
  return TRUE;
}

/**
 * nudge_window_get_frame:
 *
 * Returns: (transfer none) (nullable): the frame that the widgets show; %NULL until
 *   the first one has come
 */
NnFrame *
nudge_window_get_frame (NudgeWindow *self)
{
  g_return_val_if_fail (NUDGE_IS_WINDOW (self), NULL);

  return self->frame;
}

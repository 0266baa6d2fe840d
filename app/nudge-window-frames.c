/* nudge-window-frames.c - how frames get from the session to the widgets
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/nudge-window-private.h"

#include <glib/gi18n.h>

#include "ui/draw/nudge-frame.h"
#include "ui/nudge-loss-legend.h"
#include "ui/nudge-loss-plot.h"
#include "ui/nudge-network-view.h"
#include "ui/nudge-timeline.h"

/* Labels that change faster than this cannot be read. */
#define LABEL_INTERVAL_US (G_USEC_PER_SEC / 10)
/* No click takes longer. */
#define CLICK_US (3 * G_USEC_PER_SEC / 10)

static void
pulse (NudgeWindow *self, const NnNudge *nudge)
{
  gssize layer =
      nn_architecture_find_layer (self->frame->architecture, nudge->target.layer);

  if (layer >= 0) {
    nudge_network_view_pulse (NUDGE_NETWORK_VIEW (self->network_view), (gsize) layer);
    return;
  }
  for (gsize i = 0; i < self->frame->architecture->n_layers; i++)
    nudge_network_view_pulse (NUDGE_NETWORK_VIEW (self->network_view), i);
}

/* Returns whether a nudge made by hand has landed since @previous. Every application
 * has a nudge of its own, so the nudge is its landing's identity. */
static gboolean
announce_landings (NudgeWindow *self, const NnFrame *previous)
{
  const NnFrame *frame = self->frame;
  gboolean has_landed = FALSE;

  if (previous && previous->n_commands < self->travels_until)
    return FALSE;
  for (gsize i = 0; i < frame->n_landings; i++) {
    const NnLanding *landing = &frame->landings[i];
    const NnLanding *before = nudge_frame_find_landing (previous, landing->nudge);

    if (landing->refusal && !(before && before->refusal)) {
      g_autofree char *text = g_strdup_printf (_ ("Refused: %s"), landing->refusal);

      nudge_window_toast (self, text);
    }
    if (landing->standing || before)
      continue;
    has_landed = TRUE;
    if (!landing->refusal)
      pulse (self, landing->nudge);
  }
  return has_landed;
}

/**
 * nudge_window_is_up_to_date:
 *
 * Returns: whether the frame shows what came of all that was asked of the session
 */
gboolean
nudge_window_is_up_to_date (NudgeWindow *self)
{
  return self->frame &&
         self->frame->n_commands >= nn_session_get_n_commands (self->session);
}

static void
show_frame (NudgeWindow *self, NnFrame *frame)
{
  g_autoptr (NnFrame) previous = g_steal_pointer (&self->frame);
  gint64 now = g_get_monotonic_time ();
  gboolean has_landed;

  self->frame = nn_frame_ref (frame);
  nudge_network_view_set_frame (NUDGE_NETWORK_VIEW (self->network_view), frame);
  nudge_loss_legend_set_frame (NUDGE_LOSS_LEGEND (self->loss_legend), frame);
  nudge_loss_plot_set_frame (NUDGE_LOSS_PLOT (self->loss_plot), frame);
  nudge_timeline_follow (NUDGE_TIMELINE (self->timeline), frame);
  nudge_cards_set_frame (self->cards, frame);
  nudge_card_column_set_frame (self->column, frame);
  has_landed = announce_landings (self, previous);
  if (has_landed)
    self->told_us = now;

  /* Until then the buttons show what was asked for. */
  if (nudge_window_is_up_to_date (self))
    nudge_window_show_running (self, frame->running);
  nudge_window_follow_timeline (self, previous);
  nudge_window_send_edits (self);
  if (!previous || g_strcmp0 (previous->failure, frame->failure) != 0)
    nudge_window_show_failure (self);

  self->labels_are_stale = TRUE;
  self->labels_are_urgent |= has_landed || !frame->running;
}

/* A label with a new text makes GTK lay out the window, and ask where the pointer is
 * now. If a button that has just gone down is up again by then, GTK takes the click for
 * broken off, and its release, which is still under way, for nothing. */
static gboolean
labels_are_due (NudgeWindow *self, gint64 now)
{
  if (!self->labels_are_stale || now - self->pressed_us < CLICK_US)
    return FALSE;
  return self->labels_are_urgent || now - self->labels_shown_us >= LABEL_INTERVAL_US;
}

static gboolean
expects_frames (NudgeWindow *self)
{
  return self->labels_are_stale || !nudge_window_is_up_to_date (self) ||
         self->frame->running || self->frame->unfinished;
}

static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  NudgeWindow *self = NUDGE_WINDOW (widget);
  gint64 now = g_get_monotonic_time ();

  if (now >= self->rest_until_us) {
    g_autoptr (NnFrame) frame = nn_session_take_frame (self->session);

    if (frame) {
      self->took_frame = TRUE;
      show_frame (self, frame);
    }
  }
  nudge_window_show_pending (self, now);
  if (labels_are_due (self, now))
    nudge_window_show_labels (self, now);
  if (expects_frames (self))
    return G_SOURCE_CONTINUE;
  self->tick = 0;
  return G_SOURCE_REMOVE;
}

/**
 * nudge_window_expect_frames:
 *
 * To be called after each command. A tick callback keeps the CPU awake, so there is
 * one only while a frame is due.
 */
void
nudge_window_expect_frames (NudgeWindow *self)
{
  if (self->tick == 0)
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), tick_cb, NULL, NULL);
}

static gboolean
event_cb (NudgeWindow *self, GdkEvent *event)
{
  if (gdk_event_get_event_type (event) == GDK_BUTTON_PRESS)
    self->pressed_us = g_get_monotonic_time ();
  else if (gdk_event_get_event_type (event) == GDK_BUTTON_RELEASE)
    self->pressed_us = 0;
  return GDK_EVENT_PROPAGATE;
}

static void
before_paint_cb (NudgeWindow *self)
{
  self->cycle_began_us = g_get_monotonic_time ();
  self->took_frame = FALSE;
}

/* Frames that are dearer than the frame interval would keep the frame clock always due,
 * and idle sources, the accessibility bus among them, would never run. So we rest as
 * long as the last drawn frame took. */
static void
after_paint_cb (NudgeWindow *self)
{
  gint64 now = g_get_monotonic_time ();

  if (self->took_frame)
    self->rest_until_us = now + (now - self->cycle_began_us);
}

/**
 * nudge_window_watch_clock:
 *
 * Sees when the window is drawn, and when a mouse button is down.
 */
void
nudge_window_watch_clock (NudgeWindow *self)
{
  GtkEventController *onlooker = gtk_event_controller_legacy_new ();

  self->clock = g_signal_group_new (GDK_TYPE_FRAME_CLOCK);
  g_signal_group_connect_swapped (self->clock, "before-paint",
                                  G_CALLBACK (before_paint_cb), self);
  g_signal_group_connect_swapped (self->clock, "after-paint", G_CALLBACK (after_paint_cb),
                                  self);
  gtk_event_controller_set_propagation_phase (onlooker, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (onlooker, "event", G_CALLBACK (event_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), onlooker);
}

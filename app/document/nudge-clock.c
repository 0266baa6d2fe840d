/* nudge-clock.c - when a window takes the frames of its document
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/document/nudge-clock.h"

/* No click takes longer. */
#define CLICK_US (3 * G_USEC_PER_SEC / 10)

/* A frame that took seconds, as the program was stopped or the machine was busy, must not
 * leave the window standing still for a part of that. */
#define LONGEST_REST_US (G_USEC_PER_SEC / 10)

struct _NudgeClock {
  GObject parent_instance;

  GtkWidget *window;       /* (unowned) outlives us */
  NudgeDocument *document; /* (owned) (nullable) */
  GSignalGroup *signals;   /* (owned) the document's */
  GSignalGroup *paints;    /* (owned) the frame clock's, while realized */
  guint tick;              /* 0 while no frame is expected, so that the CPU can sleep */
  gint64 cycle_began_us;   /* of the frame clock's present cycle */
  gboolean took_frame;     /* in the present cycle */
  gint64 rest_until_us;    /* no frame is taken before */
};

G_DEFINE_FINAL_TYPE (NudgeClock, nudge_clock, G_TYPE_OBJECT)

static gboolean
is_expecting (NudgeClock *self)
{
  gboolean expecting = FALSE;

  if (self->document)
    g_object_get (self->document, "expecting", &expecting, NULL);
  return expecting;
}

static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  NudgeClock *self = data;

  if (g_get_monotonic_time () >= self->rest_until_us)
    self->took_frame |= nudge_document_take_frame (self->document);
  nudge_document_update_words (self->document);
  if (is_expecting (self))
    return G_SOURCE_CONTINUE;
  self->tick = 0;
  return G_SOURCE_REMOVE;
}

/* A tick callback keeps the CPU awake, so there is one only while a frame is due. */
static void
expecting_cb (NudgeClock *self)
{
  if (self->tick == 0 && is_expecting (self))
    self->tick = gtk_widget_add_tick_callback (self->window, tick_cb, self, NULL);
}

static void
before_paint_cb (NudgeClock *self)
{
  self->cycle_began_us = g_get_monotonic_time ();
  self->took_frame = FALSE;
}

/* Frames that take longer than the frame interval would keep the frame clock always due,
 * and idle sources, such as the accessibility bus, would never run. After a frame that
 * leaves no part of the interval free there is a rest, a third as long as the frame took,
 * but no longer than LONGEST_REST_US. */
static void
after_paint_cb (NudgeClock *self, GdkFrameClock *clock)
{
  const gint64 now = g_get_monotonic_time ();
  const gint64 took = now - self->cycle_began_us;
  gint64 interval;

  gdk_frame_clock_get_refresh_info (clock, now, &interval, NULL);
  if (self->took_frame && 4 * took > 3 * interval)
    self->rest_until_us = now + MIN (took / 3, LONGEST_REST_US);
}

/* A label with a new text makes GTK lay out the window, and query the pointer. If a
 * button that was just pressed is released by then, GTK cancels the click, and ignores
 * the release event that is still to come. */
static gboolean
event_cb (NudgeClock *self, GdkEvent *event)
{
  GdkEventType type = gdk_event_get_event_type (event);

  if (self->document && type == GDK_BUTTON_PRESS)
    nudge_document_hold_words (self->document, g_get_monotonic_time () + CLICK_US);
  else if (self->document && type == GDK_BUTTON_RELEASE)
    nudge_document_hold_words (self->document, 0);
  return GDK_EVENT_PROPAGATE;
}

static void
realize_cb (NudgeClock *self)
{
  g_signal_group_set_target (self->paints, gtk_widget_get_frame_clock (self->window));
}

static void
unrealize_cb (NudgeClock *self)
{
  g_signal_group_set_target (self->paints, NULL);
}

/**
 * nudge_clock_set_document:
 * @document: (nullable): gets a reference
 */
void
nudge_clock_set_document (NudgeClock *self, NudgeDocument *document)
{
  g_return_if_fail (NUDGE_IS_CLOCK (self));

  if (self->tick)
    gtk_widget_remove_tick_callback (self->window, self->tick);
  self->tick = 0;
  self->rest_until_us = 0;
  g_set_object (&self->document, document);
  g_signal_group_set_target (self->signals, document);
  expecting_cb (self);
}

static void
nudge_clock_dispose (GObject *object)
{
  NudgeClock *self = NUDGE_CLOCK (object);

  if (self->signals)
    nudge_clock_set_document (self, NULL);
  g_clear_object (&self->signals);
  g_clear_object (&self->paints);
  G_OBJECT_CLASS (nudge_clock_parent_class)->dispose (object);
}

static void
nudge_clock_class_init (NudgeClockClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = nudge_clock_dispose;
}

static void
nudge_clock_init (NudgeClock *self)
{
  self->signals = g_signal_group_new (NUDGE_TYPE_DOCUMENT);
  g_signal_group_connect_swapped (self->signals, "notify::expecting",
                                  G_CALLBACK (expecting_cb), self);
  self->paints = g_signal_group_new (GDK_TYPE_FRAME_CLOCK);
  g_signal_group_connect_swapped (self->paints, "before-paint",
                                  G_CALLBACK (before_paint_cb), self);
  g_signal_group_connect_swapped (self->paints, "after-paint",
                                  G_CALLBACK (after_paint_cb), self);
}

/**
 * nudge_clock_new:
 * @window: not realized yet; outlives the result
 */
NudgeClock *
nudge_clock_new (GtkWidget *window)
{
  NudgeClock *self = g_object_new (NUDGE_TYPE_CLOCK, NULL);
  GtkEventController *onlooker = gtk_event_controller_legacy_new ();

  self->window = window;
  gtk_event_controller_set_propagation_phase (onlooker, GTK_PHASE_CAPTURE);
  g_signal_connect_object (onlooker, "event", G_CALLBACK (event_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (window, onlooker);
  g_signal_connect_object (window, "realize", G_CALLBACK (realize_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (window, "unrealize", G_CALLBACK (unrealize_cb), self,
                           G_CONNECT_SWAPPED);
  return self;
}

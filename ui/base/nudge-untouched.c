/* nudge-untouched.c - makes a part of a window read-only, but for hover
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/base/nudge-untouched.h"

typedef struct {
  NudgeTouchFunc may_touch; /* (nullable) */
  gpointer data;
} Touch;

static void
pressed_cb (GtkGesture *gesture, int n, double x, double y, const Touch *touch)
{
  if (touch->may_touch == NULL || !touch->may_touch (touch->data))
    gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
}

static gboolean
scroll_cb (void)
{
  return GDK_EVENT_STOP;
}

static void
touch_free (gpointer touch, GClosure *closure)
{
  g_free (touch);
}

/**
 * nudge_untouched_make:
 * @widget: with all that is in it
 * @may_touch: (nullable): asked at each click
 * @data: of it; must be there as long as @widget
 */
void
nudge_untouched_make (GtkWidget *widget, NudgeTouchFunc may_touch, gpointer data)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *scroll =
      gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);
  Touch *touch = g_new (Touch, 1);

  *touch = (Touch){ may_touch, data };
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), 0);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click),
                                              GTK_PHASE_CAPTURE);
  gtk_event_controller_set_propagation_phase (scroll, GTK_PHASE_CAPTURE);
  g_signal_connect_data (click, "pressed", G_CALLBACK (pressed_cb), touch, touch_free, 0);
  g_signal_connect (scroll, "scroll", G_CALLBACK (scroll_cb), NULL);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (widget, scroll);
  gtk_widget_set_can_focus (widget, FALSE);
}

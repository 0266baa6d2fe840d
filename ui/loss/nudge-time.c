/* nudge-time.c - the steps that the plots of a window show
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/loss/nudge-time.h"

#include <math.h>

#include "ui/draw/loss/nudge-loss-layout.h"

/* One click of a wheel, or one press of a key, shows so many times as many steps; one of a
 * touchpad's pixels the hundredth power of that. */
#define WHEEL_FACTOR 1.25
#define KEY_FACTOR   1.5
#define PIXELS       40.0

/* And pans by this share of what is shown. */
#define PAN_SHARE 0.1

/* A step that is scrolled into view is this far inside, as a share of what is shown. */
#define REVEAL_MARGIN 0.1

struct _NudgeTime {
  GObject parent_instance;

  NudgeTimeSpan span;
  NudgeTimeSpan grabbed; /* as it was when a drag or a pinch began */
};

static guint changed;

G_DEFINE_FINAL_TYPE (NudgeTime, nudge_time, G_TYPE_OBJECT)

const NudgeTimeSpan *
nudge_time_get_span (NudgeTime *self)
{
  static const NudgeTimeSpan all = { NUDGE_TIME_ALL };

  g_return_val_if_fail (NUDGE_IS_TIME (self), &all);

  return &self->span;
}

void
nudge_time_set_span (NudgeTime *self, const NudgeTimeSpan *span)
{
  g_return_if_fail (NUDGE_IS_TIME (self) && span != NULL);

  if (nudge_time_span_equal (&self->span, span))
    return;
  self->span = *span;
  g_signal_emit (self, changed, 0);
}

/**
 * nudge_time_zoom:
 * @factor: 0.5 shows half as many steps
 * @step: stays where it is
 */
void
nudge_time_zoom (NudgeTime *self, const NnFrame *frame, double factor, double step)
{
  const NudgeTimeSpan span = nudge_time_span_zoom (&self->span, frame, factor, step);

  nudge_time_set_span (self, &span);
}

/**
 * nudge_time_pan:
 * @share: of what is shown; to later steps, if above 0
 */
void
nudge_time_pan (NudgeTime *self, const NnFrame *frame, double share)
{
  double first, last;
  NudgeTimeSpan span;

  nudge_time_span_get_edges (&self->span, frame, &first, &last);
  span = nudge_time_span_pan (&self->span, frame, share * (last - first));
  nudge_time_set_span (self, &span);
}

/* Pans no farther than it has to. */
void
nudge_time_reveal (NudgeTime *self, const NnFrame *frame, double step)
{
  double first, last, margin;

  nudge_time_span_get_edges (&self->span, frame, &first, &last);
  margin = REVEAL_MARGIN * (last - first);
  if (step < first)
    nudge_time_pan (self, frame, (step - margin - first) / (last - first));
  else if (step > last)
    nudge_time_pan (self, frame, (step + margin - last) / (last - first));
}

void
nudge_time_follow (NudgeTime *self, const NnFrame *frame)
{
  const NudgeTimeSpan span = nudge_time_span_follow (&self->span, frame);

  nudge_time_set_span (self, &span);
}

void
nudge_time_show_all (NudgeTime *self)
{
  nudge_time_set_span (self, &(NudgeTimeSpan){ NUDGE_TIME_ALL });
}

/**
 * nudge_time_handle_key:
 * @step: what is zoomed at
 *
 * Returns: whether it was one of the keys
 */
gboolean
nudge_time_handle_key (NudgeTime *self,
                       const NnFrame *frame,
                       double step,
                       guint key,
                       GdkModifierType state)
{
  if (state & (GDK_CONTROL_MASK | GDK_ALT_MASK))
    return FALSE;
  switch (key) {
  case GDK_KEY_plus:
  case GDK_KEY_equal:
  case GDK_KEY_KP_Add:
    nudge_time_zoom (self, frame, 1 / KEY_FACTOR, step);
    return TRUE;
  case GDK_KEY_minus:
  case GDK_KEY_KP_Subtract:
    nudge_time_zoom (self, frame, KEY_FACTOR, step);
    return TRUE;
  case GDK_KEY_0:
  case GDK_KEY_KP_0:
    nudge_time_show_all (self);
    return TRUE;
  case GDK_KEY_f:
  case GDK_KEY_F:
    nudge_time_follow (self, frame);
    return TRUE;
  case GDK_KEY_Left:
  case GDK_KEY_Right:
    if (!(state & GDK_SHIFT_MASK))
      return FALSE;
    nudge_time_pan (self, frame, key == GDK_KEY_Left ? -PAN_SHARE : PAN_SHARE);
    return TRUE;
  default:
    return FALSE;
  }
}

/* --- Gestures ---------------------------------------------------------------------- */

static NudgePicture *
get_picture (gpointer controller)
{
  return NUDGE_PICTURE (gtk_event_controller_get_widget (controller));
}

/* Of the plot in the picture, in the picture's units. */
static void
get_span_of (NudgePicture *picture, double *left, double *right)
{
  nudge_loss_get_span (gtk_widget_get_width (GTK_WIDGET (picture)) /
                           nudge_picture_get_scale (picture),
                       left, right);
}

/* @x: in the widget's pixels */
static double
get_step_at (NudgeTime *self, NudgePicture *picture, double x)
{
  const double scale = nudge_picture_get_scale (picture);

  return nudge_loss_get_step (nudge_picture_get_frame (picture), &self->span,
                              gtk_widget_get_width (GTK_WIDGET (picture)) / scale,
                              x / scale);
}

static gboolean
scroll_cb (GtkEventControllerScroll *scroll, double dx, double dy, NudgeTime *self)
{
  NudgePicture *picture = get_picture (scroll);
  const NnFrame *frame = nudge_picture_get_frame (picture);
  GdkModifierType state =
      gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (scroll));
  double x, y;

  if (!frame || (state & GDK_ALT_MASK))
    return GDK_EVENT_PROPAGATE;
  if (gtk_event_controller_scroll_get_unit (scroll) == GDK_SCROLL_UNIT_SURFACE) {
    dx /= PIXELS;
    dy /= PIXELS;
  }
  if (state & GDK_SHIFT_MASK && dx == 0) {
    dx = dy;
    dy = 0;
  }
  if (dx != 0)
    nudge_time_pan (self, frame, dx * PAN_SHARE);
  if (dy != 0 && nudge_picture_get_pointer (picture, &x, &y))
    nudge_time_zoom (self, frame, pow (WHEEL_FACTOR, dy),
                     get_step_at (self, picture, x * nudge_picture_get_scale (picture)));
  return GDK_EVENT_STOP;
}

static void
drag_begin_cb (NudgeTime *self)
{
  self->grabbed = self->span;
}

/* A drag below the threshold may still become a click. */
static void
drag_update_cb (GtkGestureDrag *drag, double dx, double dy, NudgeTime *self)
{
  NudgePicture *picture = get_picture (drag);
  const NnFrame *frame = nudge_picture_get_frame (picture);
  double left, right, first, last;
  NudgeTimeSpan span;

  if (!frame || (!gtk_gesture_is_recognized (GTK_GESTURE (drag))) ||
      (nudge_time_span_equal (&self->span, &self->grabbed) &&
       !gtk_drag_check_threshold (GTK_WIDGET (picture), 0, 0, (int) dx, (int) dy)))
    return;
  gtk_gesture_set_state (GTK_GESTURE (drag), GTK_EVENT_SEQUENCE_CLAIMED);
  get_span_of (picture, &left, &right);
  nudge_time_span_get_edges (&self->grabbed, frame, &first, &last);
  dx /= nudge_picture_get_scale (picture);
  span = nudge_time_span_pan (&self->grabbed, frame,
                              -dx / MAX (right - left, 1) * (last - first));
  nudge_time_set_span (self, &span);
}

static void
pinch_cb (GtkGestureZoom *pinch, double scale, NudgeTime *self)
{
  NudgePicture *picture = get_picture (pinch);
  const NnFrame *frame = nudge_picture_get_frame (picture);
  NudgeTimeSpan span;
  double x, y;

  if (!frame || !(scale > 0) ||
      !gtk_gesture_get_bounding_box_center (GTK_GESTURE (pinch), &x, &y))
    return;
  gtk_gesture_set_state (GTK_GESTURE (pinch), GTK_EVENT_SEQUENCE_CLAIMED);
  span = nudge_time_span_zoom (&self->grabbed, frame, 1 / scale,
                               get_step_at (self, picture, x));
  nudge_time_set_span (self, &span);
}

/**
 * nudge_time_add_gestures:
 * @picture: with the axis of the loss's plot; it must not outlive @self
 */
void
nudge_time_add_gestures (NudgeTime *self, NudgePicture *picture)
{
  GtkWidget *widget = GTK_WIDGET (picture);
  GtkEventController *scroll =
      gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkGesture *pinch = gtk_gesture_zoom_new ();

  g_return_if_fail (NUDGE_IS_TIME (self) && NUDGE_IS_PICTURE (picture));

  g_signal_connect (scroll, "scroll", G_CALLBACK (scroll_cb), self);
  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect_swapped (pinch, "begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect (pinch, "scale-changed", G_CALLBACK (pinch_cb), self);
  gtk_widget_add_controller (widget, scroll);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (pinch));
}

static void
nudge_time_class_init (NudgeTimeClass *klass)
{
  changed = g_signal_new ("changed", NUDGE_TYPE_TIME, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                          NULL, G_TYPE_NONE, 0);
}

static void
nudge_time_init (NudgeTime *self)
{
}

NudgeTime *
nudge_time_new (void)
{
  return g_object_new (NUDGE_TYPE_TIME, NULL);
}

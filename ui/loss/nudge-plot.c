/* nudge-plot.c - base class of plots over the steps of a run
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/loss/nudge-plot.h"

#include <math.h>

#include "ui/draw/loss/nudge-loss-layout.h"

/* As many presses of an arrow key is one of Page Up or Down. */
#define PAGE 10

typedef struct {
  NudgeTime *time; /* (owned) (nullable) */
  gboolean has_steps;
  double cursor;      /* the step where a key has placed it; below 0: nowhere */
  gboolean keys_lead; /* what moved last is the cursor, not the pointer */
  double pointer_x;   /* where the pointer was last seen to move to, in pixels */
  double pointer_y;
} NudgePlotPrivate;

static guint go_to;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (NudgePlot, nudge_plot, NUDGE_TYPE_PICTURE)

static const NnFrame *
get_frame (NudgePlot *self)
{
  return nudge_picture_get_frame (NUDGE_PICTURE (self));
}

/* ---- the steps that are shown ------------------------------------------------------ */

/**
 * nudge_plot_set_time:
 *
 * Once: from now on it shows those steps, and lets them be zoomed and panned.
 */
void
nudge_plot_set_time (NudgePlot *self, NudgeTime *time)
{
  NudgePlotPrivate *priv = nudge_plot_get_instance_private (self);

  g_return_if_fail (NUDGE_IS_PLOT (self) && priv->time == NULL);

  priv->time = g_object_ref (time);
  g_signal_connect_object (time, "changed", G_CALLBACK (nudge_picture_refresh), self,
                           G_CONNECT_SWAPPED);
  nudge_time_add_gestures (time, NUDGE_PICTURE (self));
}

/**
 * nudge_plot_get_time:
 *
 * Returns: (transfer none) (nullable): the steps that it shows, for what is in line
 *   with it
 */
NudgeTime *
nudge_plot_get_time (NudgePlot *self)
{
  NudgePlotPrivate *priv = nudge_plot_get_instance_private (self);

  g_return_val_if_fail (NUDGE_IS_PLOT (self), NULL);

  return priv->time;
}

/**
 * nudge_plot_get_span:
 *
 * Returns: (transfer none): all steps, as long as it has no time
 */
const NudgeTimeSpan *
nudge_plot_get_span (NudgePlot *self)
{
  static const NudgeTimeSpan all = { NUDGE_TIME_ALL };
  NudgePlotPrivate *priv = nudge_plot_get_instance_private (self);

  return priv->time ? nudge_time_get_span (priv->time) : &all;
}

/**
 * nudge_plot_set_has_steps:
 *
 * Whether its x axis is the steps, as at first; else neither click nor key reads one.
 */
void
nudge_plot_set_has_steps (NudgePlot *self, gboolean has_steps)
{
  NudgePlotPrivate *priv = nudge_plot_get_instance_private (self);

  g_return_if_fail (NUDGE_IS_PLOT (self));

  priv->has_steps = has_steps;
}

/* ---- places ------------------------------------------------------------------------ */

double
nudge_plot_get_units_wide (NudgePlot *self)
{
  return gtk_widget_get_width (GTK_WIDGET (self)) /
         nudge_picture_get_scale (NUDGE_PICTURE (self));
}

/* It may lie between two steps, or beyond the run's ends. */
double
nudge_plot_get_step_at (NudgePlot *self, double x)
{
  return nudge_loss_get_step (get_frame (self), nudge_plot_get_span (self),
                              nudge_plot_get_units_wide (self), x);
}

double
nudge_plot_get_x_of (NudgePlot *self, double step)
{
  return nudge_loss_get_x (get_frame (self), nudge_plot_get_span (self),
                           nudge_plot_get_units_wide (self), step);
}

/**
 * nudge_plot_get_step_of_run:
 *
 * Returns: the step nearest to @step that the run has
 */
double
nudge_plot_get_step_of_run (NudgePlot *self, double step)
{
  const NnFrame *frame = get_frame (self);

  return CLAMP (round (step), 0, (double) MAX (frame->end, frame->step));
}

/* ---- what is read ------------------------------------------------------------------ */

/**
 * nudge_plot_get_cursor:
 *
 * Returns: the step where a key has placed it, below 0: nowhere
 */
double
nudge_plot_get_cursor (NudgePlot *self)
{
  NudgePlotPrivate *priv = nudge_plot_get_instance_private (self);

  return priv->cursor;
}

/**
 * nudge_plot_place_cursor:
 *
 * At the nearest step of the run, which is brought into sight.
 */
void
nudge_plot_place_cursor (NudgePlot *self, double step)
{
  NudgePlotPrivate *priv = nudge_plot_get_instance_private (self);

  priv->cursor = nudge_plot_get_step_of_run (self, step);
  priv->keys_lead = TRUE;
  if (priv->time)
    nudge_time_reveal (priv->time, get_frame (self), priv->cursor);
  nudge_picture_describe_again (NUDGE_PICTURE (self));
}

void
nudge_plot_remove_cursor (NudgePlot *self)
{
  NudgePlotPrivate *priv = nudge_plot_get_instance_private (self);

  priv->keys_lead = FALSE;
  if (priv->cursor < 0)
    return;
  priv->cursor = -1;
  nudge_picture_describe_again (NUDGE_PICTURE (self));
}

/* Whether the pointer, at @x, has moved last. */
static gboolean
pointer_leads (NudgePlot *self, double *x)
{
  NudgePlotPrivate *priv = nudge_plot_get_instance_private (self);
  double y;

  return nudge_picture_get_pointer (NUDGE_PICTURE (self), x, &y) && !priv->keys_lead;
}

/**
 * nudge_plot_get_reading:
 *
 * Returns: the step that is read now: at the cursor, else at the pointer, else the run's
 */
double
nudge_plot_get_reading (NudgePlot *self)
{
  NudgePlotPrivate *priv = nudge_plot_get_instance_private (self);
  double x;

  if (pointer_leads (self, &x))
    return nudge_plot_get_step_at (self, x);
  return priv->cursor >= 0 ? priv->cursor : (double) get_frame (self)->step;
}

/**
 * nudge_plot_get_reading_x:
 * @x: (out): in units
 *
 * Returns: whether pointer or cursor reads a step, at @x
 */
gboolean
nudge_plot_get_reading_x (NudgePlot *self, double *x)
{
  NudgePlotPrivate *priv = nudge_plot_get_instance_private (self);

  if (pointer_leads (self, x))
    return TRUE;
  if (priv->cursor >= 0)
    *x = nudge_plot_get_x_of (self, priv->cursor);
  return priv->cursor >= 0;
}

/**
 * nudge_plot_ask_for:
 *
 * Asks to go to the nearest step that the run has; of a run without steps, not at all.
 */
void
nudge_plot_ask_for (NudgePlot *self, double step)
{
  if (get_frame (self)->end > 0)
    g_signal_emit (self, go_to, 0, (guint64) nudge_plot_get_step_of_run (self, step));
}

/* ---- the pointer and keys ---------------------------------------------------------- */

static void
released_cb (NudgePlot *self, int n, double x, double y)
{
  NudgePlotPrivate *priv = nudge_plot_get_instance_private (self);
  NudgePlotClass *class = NUDGE_PLOT_GET_CLASS (self);
  double left, right, step;

  if (!get_frame (self) || !priv->has_steps)
    return;
  x /= nudge_picture_get_scale (NUDGE_PICTURE (self));
  y /= nudge_picture_get_scale (NUDGE_PICTURE (self));
  step = nudge_plot_get_step_at (self, x);
  nudge_loss_get_span (nudge_plot_get_units_wide (self), &left, &right);
  if ((!class->clicked || class->clicked (self, x, y, &step)) && x >= left - 1 &&
      x <= right + 1)
    nudge_plot_ask_for (self, step);
}

static void
move_cursor (NudgePlot *self, double from, int n)
{
  const double step = NUDGE_PLOT_GET_CLASS (self)->get_next (self, from, n);

  if (!isnan (step))
    nudge_plot_place_cursor (self, step);
}

static gboolean
handle_key (NudgePlot *self, guint key)
{
  NudgePlotPrivate *priv = nudge_plot_get_instance_private (self);
  const double reading = nudge_plot_get_reading (self);

  switch (key) {
  case GDK_KEY_Left:
    move_cursor (self, reading, -1);
    break;
  case GDK_KEY_Right:
    move_cursor (self, reading, 1);
    break;
  case GDK_KEY_Page_Up:
    move_cursor (self, reading, -PAGE);
    break;
  case GDK_KEY_Page_Down:
    move_cursor (self, reading, PAGE);
    break;
  case GDK_KEY_Home:
    move_cursor (self, 0, 0);
    break;
  case GDK_KEY_End:
    move_cursor (self, nudge_plot_get_step_of_run (self, INFINITY), 0);
    break;
  case GDK_KEY_Return:
  case GDK_KEY_KP_Enter:
    nudge_plot_ask_for (self, reading);
    break;
  case GDK_KEY_Escape:
    if (priv->cursor < 0)
      return FALSE;
    nudge_plot_remove_cursor (self);
    break;
  default:
    return FALSE;
  }
  return TRUE;
}

static gboolean
key_pressed_cb (NudgePlot *self, guint key, guint code, GdkModifierType state)
{
  NudgePlotPrivate *priv = nudge_plot_get_instance_private (self);
  NudgePlotClass *class = NUDGE_PLOT_GET_CLASS (self);
  const NnFrame *frame = get_frame (self);
  gboolean handled;

  if (!frame || !priv->has_steps)
    return GDK_EVENT_PROPAGATE;
  handled =
      (priv->time && nudge_time_handle_key (priv->time, frame,
                                            nudge_plot_get_reading (self), key, state)) ||
      (class->handle_key && class->handle_key (self, key, state)) ||
      (!(state & (GDK_CONTROL_MASK | GDK_SHIFT_MASK | GDK_ALT_MASK)) &&
       handle_key (self, key));
  if (handled)
    nudge_picture_refresh (NUDGE_PICTURE (self));
  return handled ? GDK_EVENT_STOP : GDK_EVENT_PROPAGATE;
}

/* GTK emits this for a resting pointer, too, after the window was laid out again. */
static void
pointer_moved_cb (NudgePlot *self, double x, double y)
{
  NudgePlotPrivate *priv = nudge_plot_get_instance_private (self);

  if (x == priv->pointer_x && y == priv->pointer_y)
    return;
  priv->pointer_x = x;
  priv->pointer_y = y;
  priv->keys_lead = FALSE;
}

static void
nudge_plot_finalize (GObject *object)
{
  NudgePlotPrivate *priv = nudge_plot_get_instance_private (NUDGE_PLOT (object));

  g_clear_object (&priv->time);
  G_OBJECT_CLASS (nudge_plot_parent_class)->finalize (object);
}

static void
nudge_plot_class_init (NudgePlotClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = nudge_plot_finalize;
  NUDGE_PICTURE_CLASS (klass)->pointer_moved = nudge_picture_refresh;
  go_to = g_signal_new ("go-to", NUDGE_TYPE_PLOT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                        G_TYPE_NONE, 1, G_TYPE_UINT64);
}

static void
nudge_plot_init (NudgePlot *self)
{
  NudgePlotPrivate *priv = nudge_plot_get_instance_private (self);
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  priv->cursor = -1;
  priv->has_steps = TRUE;
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (pointer_moved_cb), self);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (nudge_plot_remove_cursor), self);
  g_signal_connect_swapped (click, "released", G_CALLBACK (released_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
}

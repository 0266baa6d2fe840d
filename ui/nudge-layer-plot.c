/* nudge-layer-plot.c - what each layer is like along the run, live
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/nudge-layer-plot.h"

#include <glib/gi18n.h>
#include <math.h>

#include "ui/draw/nudge-histogram-picture.h"
#include "ui/draw/nudge-layer-picture.h"
#include "ui/draw/nudge-loss-layout.h"
#include "ui/text/nudge-number.h"

struct _NudgeLayerPlot {
  NudgePicture parent_instance;

  NudgeTime *time; /* (owned) (nullable) the plot's that it lies under */
  guint view;      /* an NnMeasure, or NUDGE_LAYER_PLOT_HISTOGRAMS */
  gboolean logarithmic;
  double cursor;      /* the step where a key has placed it; below 0: nowhere */
  gboolean keys_lead; /* what moved last is a key, not the pointer */
};

static guint go_to;

G_DEFINE_FINAL_TYPE (NudgeLayerPlot, nudge_layer_plot, NUDGE_TYPE_PICTURE)

/* In the order of NnMeasure, and the histograms. */
static const char *const names[NN_N_MEASURES + 1] = {
  N_ ("Norm of weights"), N_ ("Norm of gradients"), N_ ("Update over weights"),
  N_ ("Dead units"),      N_ ("Weights"),
};

static const NudgeTimeSpan *
get_span (NudgeLayerPlot *self)
{
  static const NudgeTimeSpan all = { NUDGE_TIME_ALL };

  return self->time ? nudge_time_get_span (self->time) : &all;
}

static double
get_units_wide (NudgeLayerPlot *self)
{
  return gtk_widget_get_width (GTK_WIDGET (self)) /
         nudge_picture_get_scale (NUDGE_PICTURE (self));
}

/* ---- the picture ------------------------------------------------------------------- */

static void
draw_cursor (NudgeLayerPlot *self,
             cairo_t *cr,
             const NudgeLayerStyle *style,
             double width,
             double height)
{
  const NnFrame *frame = nudge_picture_get_frame (NUDGE_PICTURE (self));
  double x, y;

  if (nudge_picture_get_pointer (NUDGE_PICTURE (self), &x, &y) && !self->keys_lead)
    nudge_draw_layers_cursor (cr, frame, style, width, height, x);
  else if (self->cursor >= 0)
    nudge_draw_layers_cursor (
        cr, frame, style, width, height,
        nudge_loss_get_x (frame, &style->span, width, self->cursor));
}

static void
nudge_layer_plot_draw (NudgePicture *picture,
                       cairo_t *cr,
                       const NudgePalette *palette,
                       double width,
                       double height)
{
  NudgeLayerPlot *self = NUDGE_LAYER_PLOT (picture);
  const NudgeLayerStyle style = {
    .palette = palette,
    .measure = (NnMeasure) self->view,
    .logarithmic = self->logarithmic,
    .span = *get_span (self),
  };

  if (self->view == NUDGE_LAYER_PLOT_HISTOGRAMS) {
    nudge_draw_histograms (cr, nudge_picture_get_frame (picture), palette, width, height);
    return;
  }
  nudge_draw_layers (cr, nudge_picture_get_frame (picture), &style, width, height);
  draw_cursor (self, cr, &style, width, height);
}

/* The step that is read: at the cursor, else the run's. */
static double
get_described_step (NudgeLayerPlot *self)
{
  const NnFrame *frame = nudge_picture_get_frame (NUDGE_PICTURE (self));

  return self->cursor >= 0 ? self->cursor : (double) frame->step;
}

/* "Norm of weights at step 1 204: fc1 1.23, fc2 0.99" */
static char *
nudge_layer_plot_describe (NudgePicture *picture)
{
  NudgeLayerPlot *self = NUDGE_LAYER_PLOT (picture);
  const NnFrame *frame = nudge_picture_get_frame (picture);
  const gssize point = nudge_layers_find_point (frame->layers, get_described_step (self));
  g_autoptr (GString) words = NULL;
  g_autofree char *step = NULL;

  if (self->view == NUDGE_LAYER_PLOT_HISTOGRAMS)
    return nudge_histograms_dup_words (frame);
  if (point < 0)
    return g_strdup (_ (names[self->view]));
  step = nudge_number_format_count (frame->layers->steps[point]);
  words = g_string_new (NULL);
  /* Translators: "Norm of weights at step 1204:" */
  g_string_append_printf (words, _ ("%s at step %s:"), _ (names[self->view]), step);
  for (gsize i = 0; i < frame->layers->n_layers; i++) {
    g_autofree char *reading =
        nudge_layers_dup_reading (frame, (NnMeasure) self->view, i, (gsize) point);

    g_string_append_printf (words, "%s %s", i > 0 ? "," : "", reading);
  }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

/* ---- the pointer and keys ---------------------------------------------------------- */

static void
ask_for (NudgeLayerPlot *self, double step)
{
  const NnFrame *frame = nudge_picture_get_frame (NUDGE_PICTURE (self));

  if (frame->end > 0)
    g_signal_emit (self, go_to, 0,
                   (guint64) CLAMP (round (step), 0, (double) frame->end));
}

static void
released_cb (NudgeLayerPlot *self, int n, double x, double y)
{
  const NnFrame *frame = nudge_picture_get_frame (NUDGE_PICTURE (self));
  const double at = x / nudge_picture_get_scale (NUDGE_PICTURE (self));
  double left, right;

  nudge_loss_get_span (get_units_wide (self), &left, &right);
  if (frame && self->view != NUDGE_LAYER_PLOT_HISTOGRAMS && at >= left - 1 &&
      at <= right + 1)
    ask_for (self,
             nudge_loss_get_step (frame, get_span (self), get_units_wide (self), at));
}

/* From one point that was measured to another. */
static void
move_cursor (NudgeLayerPlot *self, gssize n_points)
{
  const NnFrame *frame = nudge_picture_get_frame (NUDGE_PICTURE (self));
  const gssize n = frame->layers ? (gssize) frame->layers->n_points : 0;
  const gssize point = nudge_layers_find_point (frame->layers, get_described_step (self));

  if (n == 0)
    return;
  self->cursor = (double) frame->layers->steps[CLAMP (point + n_points, 0, n - 1)];
  self->keys_lead = TRUE;
  if (self->time)
    nudge_time_reveal (self->time, frame, self->cursor);
  nudge_picture_describe_again (NUDGE_PICTURE (self));
}

static gboolean
handle_key (NudgeLayerPlot *self, guint key)
{
  switch (key) {
  case GDK_KEY_Left:
    move_cursor (self, self->cursor < 0 ? 0 : -1);
    break;
  case GDK_KEY_Right:
    move_cursor (self, 1);
    break;
  case GDK_KEY_Page_Up:
    move_cursor (self, -10);
    break;
  case GDK_KEY_Page_Down:
    move_cursor (self, 10);
    break;
  case GDK_KEY_Home:
    move_cursor (self, -NN_LAYER_SERIES_MOST);
    break;
  case GDK_KEY_End:
    move_cursor (self, NN_LAYER_SERIES_MOST);
    break;
  case GDK_KEY_Return:
  case GDK_KEY_KP_Enter:
    ask_for (self, get_described_step (self));
    break;
  case GDK_KEY_Escape:
    if (self->cursor < 0)
      return FALSE;
    self->cursor = -1;
    self->keys_lead = FALSE;
    break;
  default:
    return FALSE;
  }
  return TRUE;
}

static gboolean
key_pressed_cb (NudgeLayerPlot *self, guint key, guint code, GdkModifierType state)
{
  const NnFrame *frame = nudge_picture_get_frame (NUDGE_PICTURE (self));
  gboolean handled;

  if (!frame || self->view == NUDGE_LAYER_PLOT_HISTOGRAMS)
    return GDK_EVENT_PROPAGATE;
  handled =
      (self->time && nudge_time_handle_key (self->time, frame, get_described_step (self),
                                            key, state)) ||
      (!(state & (GDK_CONTROL_MASK | GDK_SHIFT_MASK | GDK_ALT_MASK)) &&
       handle_key (self, key));
  if (handled)
    nudge_picture_refresh (NUDGE_PICTURE (self));
  return handled ? GDK_EVENT_STOP : GDK_EVENT_PROPAGATE;
}

static void
pointer_moved_cb (NudgeLayerPlot *self)
{
  self->keys_lead = FALSE;
}

static void
focus_left_cb (NudgeLayerPlot *self)
{
  self->cursor = -1;
  self->keys_lead = FALSE;
  nudge_picture_refresh (NUDGE_PICTURE (self));
}

/* ---- what it shows ----------------------------------------------------------------- */

/**
 * nudge_layer_plot_set_time:
 *
 * Once: from now on it shows those steps, and lets them be zoomed and panned.
 */
void
nudge_layer_plot_set_time (NudgeLayerPlot *self, NudgeTime *time)
{
  g_return_if_fail (NUDGE_IS_LAYER_PLOT (self) && self->time == NULL);

  self->time = g_object_ref (time);
  g_signal_connect_object (time, "changed", G_CALLBACK (nudge_picture_refresh), self,
                           G_CONNECT_SWAPPED);
  nudge_time_add_gestures (time, NUDGE_PICTURE (self));
}

/**
 * nudge_layer_plot_set_view:
 * @view: an NnMeasure, or NUDGE_LAYER_PLOT_HISTOGRAMS
 */
void
nudge_layer_plot_set_view (NudgeLayerPlot *self, guint view)
{
  g_return_if_fail (NUDGE_IS_LAYER_PLOT (self) && view <= NUDGE_LAYER_PLOT_HISTOGRAMS);

  self->view = view;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ (names[view]), -1);
  nudge_picture_refresh (NUDGE_PICTURE (self));
  nudge_picture_describe_again (NUDGE_PICTURE (self));
}

void
nudge_layer_plot_set_logarithmic (NudgeLayerPlot *self, gboolean logarithmic)
{
  g_return_if_fail (NUDGE_IS_LAYER_PLOT (self));

  self->logarithmic = logarithmic;
  nudge_picture_refresh (NUDGE_PICTURE (self));
}

void
nudge_layer_plot_set_frame (NudgeLayerPlot *self, NnFrame *frame)
{
  g_return_if_fail (NUDGE_IS_LAYER_PLOT (self));

  nudge_picture_set_frame (NUDGE_PICTURE (self), frame);
}

static void
nudge_layer_plot_finalize (GObject *object)
{
  g_clear_object (&NUDGE_LAYER_PLOT (object)->time);
  G_OBJECT_CLASS (nudge_layer_plot_parent_class)->finalize (object);
}

static void
nudge_layer_plot_class_init (NudgeLayerPlotClass *klass)
{
  NudgePictureClass *picture_class = NUDGE_PICTURE_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = nudge_layer_plot_finalize;
  go_to = g_signal_new ("go-to", NUDGE_TYPE_LAYER_PLOT, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                        NULL, G_TYPE_NONE, 1, G_TYPE_UINT64);
  picture_class->draw = nudge_layer_plot_draw;
  picture_class->describe = nudge_layer_plot_describe;
  picture_class->pointer_moved = nudge_picture_refresh;
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "layer-plot");
}

static void
nudge_layer_plot_init (NudgeLayerPlot *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  self->cursor = -1;
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (pointer_moved_cb), self);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (focus_left_cb), self);
  g_signal_connect_swapped (click, "released", G_CALLBACK (released_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  nudge_layer_plot_set_view (self, NN_MEASURE_WEIGHT);
}

GtkWidget *
nudge_layer_plot_new (void)
{
  return g_object_new (NUDGE_TYPE_LAYER_PLOT, NULL);
}

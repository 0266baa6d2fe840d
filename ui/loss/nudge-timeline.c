/* nudge-timeline.c - a slider over the steps of a run, with a diamond at each nudge
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/loss/nudge-timeline.h"

#include <glib/gi18n.h>
#include <math.h>

#include "ui/base/nudge-picture.h"
#include "ui/draw/base/nudge-paint.h"
#include "ui/draw/loss/nudge-loss-layout.h"
#include "ui/text/nudge-number.h"

#define DIAMOND 4.5

/* How far the trough goes beyond the middle of the thumb at its ends. */
#define OVERHANG 2

/* So near to the thumb's middle a diamond would lie over it. */
#define THUMB 10.0

/* Diamonds as near to each other are one; the plot counts them. */
#define CROWD 2.0

/* Page Up and Page Down go this share of the run. */
#define PAGES 20

struct _NudgeTimeline {
  GtkWidget parent_instance;

  GtkAdjustment *steps; /* (owned) */
  GArray *nudges;       /* (owned) of guint64: the steps of those made by hand, rising */
  NudgeTime *time;      /* (owned) (nullable) the steps from end to end, as in the plot */
  NnFrame *frame;       /* (owned) (nullable) the newest that was followed */
  guint64 step;         /* of the newest that was set */
  guint64 end;          /* the same */
  guint64 asked;        /* the step that the user asked for … */
  gboolean waits;       /* … of which no frame has come */
  gboolean showing;     /* the slider is being set, so its signals are ignored */
  GtkWidget *label;
  GtkWidget *scale;
};

static guint grabbed;
static guint go_to;

G_DEFINE_FINAL_TYPE (NudgeTimeline, nudge_timeline, GTK_TYPE_WIDGET)

static guint64
get_place (NudgeTimeline *self)
{
  return (guint64) round (gtk_adjustment_get_value (self->steps));
}

static void
say_place (NudgeTimeline *self)
{
  g_autofree char *number = nudge_number_format_count (get_place (self));
  g_autofree char *text = g_strdup_printf (_ ("Step %s"), number);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scale),
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, text, -1);
}

static void
value_changed_cb (NudgeTimeline *self)
{
  guint64 place = get_place (self);

  say_place (self);
  if (self->showing || (!self->waits && place == self->step))
    return;
  self->waits = TRUE;
  self->asked = place;
  g_signal_emit (self, go_to, 0, place);
}

/* Before the first step there is nothing to go to. */
static void
pressed_cb (NudgeTimeline *self)
{
  if (gtk_widget_is_sensitive (self->scale))
    g_signal_emit (self, grabbed, 0);
}

/* The steps at its ends: the plot's. */
static void
get_edges (NudgeTimeline *self, double *first, double *last)
{
  static const NudgeTimeSpan all = { NUDGE_TIME_ALL };

  nudge_time_span_get_edges (self->time ? nudge_time_get_span (self->time) : &all,
                             self->frame, first, last);
}

/* The thumb of a step that the plot does not show is at the end that is nearer to it. */
static void
show_place (NudgeTimeline *self)
{
  double first, last;

  if (!self->frame)
    return;
  get_edges (self, &first, &last);
  self->showing = TRUE;
  gtk_range_set_fill_level (GTK_RANGE (self->scale),
                            CLAMP ((double) self->end, first, last));
  gtk_adjustment_configure (
      self->steps, CLAMP ((double) (self->waits ? self->asked : self->step), first, last),
      first, last, 1, MAX (round ((last - first) / PAGES), 1), 0);
  self->showing = FALSE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * nudge_timeline_set_time:
 * @time: (nullable): of the plot above it
 */
void
nudge_timeline_set_time (NudgeTimeline *self, NudgeTime *time)
{
  g_return_if_fail (NUDGE_IS_TIMELINE (self));

  if (self->time == time)
    return;
  if (self->time)
    g_signal_handlers_disconnect_by_data (self->time, self);
  g_set_object (&self->time, time);
  if (time)
    g_signal_connect_object (time, "changed", G_CALLBACK (show_place), self,
                             G_CONNECT_SWAPPED);
  show_place (self);
}

/* Standing nudges are everywhere; the plot shows them as bands. */
static void
keep_nudges (NudgeTimeline *self, const NnFrame *frame)
{
  g_array_set_size (self->nudges, 0);
  for (gsize i = 0; i < frame->n_landings; i++)
    if (!frame->landings[i].standing)
      g_array_append_val (self->nudges, frame->landings[i].first);
}

/**
 * nudge_timeline_follow:
 *
 * Shows the diamonds of @frame, in line with the plot's. To be called as often as the
 * plot is drawn: nothing is laid out again.
 */
void
nudge_timeline_follow (NudgeTimeline *self, NnFrame *frame)
{
  g_return_if_fail (NUDGE_IS_TIMELINE (self));

  if (self->nudges->len > 0 || frame->n_landings > 0)
    gtk_widget_queue_draw (GTK_WIDGET (self));
  if (self->frame != frame) {
    g_clear_pointer (&self->frame, nn_frame_unref);
    self->frame = nn_frame_ref (frame);
  }
  keep_nudges (self, frame);
}

/**
 * nudge_timeline_set_frame:
 *
 * To be called as often as words can be read: while a run goes on the thumb is at its
 * end anyway.
 */
void
nudge_timeline_set_frame (NudgeTimeline *self, NnFrame *frame)
{
  g_return_if_fail (NUDGE_IS_TIMELINE (self));

  nudge_timeline_follow (self, frame);
  self->step = frame->step;
  self->end = frame->end;
  self->waits &= self->asked != self->step;
  show_place (self);
  gtk_widget_set_sensitive (self->scale, frame->end > 0);
}

/**
 * nudge_timeline_settle:
 *
 * No frame will come of what the user asked for: the thumb goes where the run is.
 */
void
nudge_timeline_settle (NudgeTimeline *self)
{
  g_return_if_fail (NUDGE_IS_TIMELINE (self));

  self->waits = FALSE;
  show_place (self);
}

/* The pixels that are in line with the plot's first and last step. */
static void
get_span (NudgeTimeline *self, int width, double *left, double *right)
{
  double scale = nudge_widget_get_text_scale (GTK_WIDGET (self));

  nudge_loss_get_span (width / scale, left, right);
  *left *= scale;
  *right = MAX (*right * scale, *left);
}

static void
nudge_timeline_measure (GtkWidget *widget,
                        GtkOrientation orientation,
                        int for_size,
                        int *minimum,
                        int *natural,
                        int *minimum_baseline,
                        int *natural_baseline)
{
  NudgeTimeline *self = NUDGE_TIMELINE (widget);
  int label, label_natural, scale, scale_natural;
  double left, right;

  gtk_widget_measure (self->label, orientation, -1, &label, &label_natural, NULL, NULL);
  gtk_widget_measure (self->scale, orientation, -1, &scale, &scale_natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_VERTICAL) {
    *minimum = MAX (label, scale);
    *natural = MAX (label_natural, scale_natural);
    return;
  }
  get_span (self, 0, &left, &right);
  *minimum = (int) ceil (left) + scale;
  *natural = (int) ceil (left) + scale_natural;
}

static void
nudge_timeline_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  NudgeTimeline *self = NUDGE_TIMELINE (widget);
  double left, right;
  int minimum, label_width, label_height;

  get_span (self, width, &left, &right);
  gtk_widget_measure (self->label, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &label_width,
                      NULL, NULL);
  gtk_widget_measure (self->label, GTK_ORIENTATION_VERTICAL, -1, &label_height, NULL,
                      NULL, NULL);
  label_width = MAX (MIN (label_width, (int) left - 2 * OVERHANG), minimum);
  gtk_widget_size_allocate (
      self->label,
      &(GtkAllocation){ MIN ((int) NUDGE_MARGIN, (int) left - label_width - 8),
                        (height - label_height) / 2, label_width, label_height },
      -1);
  gtk_widget_size_allocate (self->scale,
                            &(GtkAllocation){ (int) round (left) - OVERHANG, 0,
                                              (int) round (right - left) + 2 * OVERHANG,
                                              height },
                            -1);
}

static void
nudge_timeline_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  NudgeTimeline *self = NUDGE_TIMELINE (widget);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  const NudgePalette *palette = nudge_widget_get_palette (widget);
  double left, right, thumb, x, last_x = -INFINITY;
  NudgeAxis axis;
  cairo_t *cr;

  GTK_WIDGET_CLASS (nudge_timeline_parent_class)->snapshot (widget, snapshot);
  if (self->nudges->len == 0 || width <= 0 || height <= 0)
    return;
  get_span (self, width, &left, &right);
  axis = (NudgeAxis){ .from = left, .to = right };
  get_edges (self, &axis.low, &axis.high);
  thumb = nudge_axis_get_position (&axis, gtk_adjustment_get_value (self->steps));
  cr = gtk_snapshot_append_cairo (
      snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  nudge_paint_set_colour (cr, &palette->nudge, 1);
  for (guint i = 0; i < self->nudges->len; i++) {
    x = nudge_axis_get_position (&axis,
                                 (double) g_array_index (self->nudges, guint64, i));
    if (x < left || x > right || fabs (x - thumb) < THUMB || fabs (x - last_x) < CROWD)
      continue;
    last_x = x;
    nudge_paint_diamond (cr, x, height / 2.0, DIAMOND);
    cairo_fill (cr);
  }
  cairo_destroy (cr);
}

static void
nudge_timeline_dispose (GObject *object)
{
  NudgeTimeline *self = NUDGE_TIMELINE (object);

  if (self->steps)
    g_signal_handlers_disconnect_by_data (self->steps, self);
  g_clear_pointer (&self->label, gtk_widget_unparent);
  g_clear_pointer (&self->scale, gtk_widget_unparent);
  g_clear_object (&self->steps);
  G_OBJECT_CLASS (nudge_timeline_parent_class)->dispose (object);
}

static void
nudge_timeline_finalize (GObject *object)
{
  NudgeTimeline *self = NUDGE_TIMELINE (object);

  g_array_unref (self->nudges);
  g_clear_pointer (&self->frame, nn_frame_unref);
  g_clear_object (&self->time);
  G_OBJECT_CLASS (nudge_timeline_parent_class)->finalize (object);
}

static void
nudge_timeline_class_init (NudgeTimelineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = nudge_timeline_dispose;
  object_class->finalize = nudge_timeline_finalize;
  widget_class->measure = nudge_timeline_measure;
  widget_class->size_allocate = nudge_timeline_size_allocate;
  widget_class->snapshot = nudge_timeline_snapshot;
  grabbed = g_signal_new ("grabbed", NUDGE_TYPE_TIMELINE, G_SIGNAL_RUN_LAST, 0, NULL,
                          NULL, NULL, G_TYPE_NONE, 0);
  go_to = g_signal_new ("go-to", NUDGE_TYPE_TIMELINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                        NULL, G_TYPE_NONE, 1, G_TYPE_UINT64);
  gtk_widget_class_set_css_name (widget_class, "timeline");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
nudge_timeline_init (NudgeTimeline *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  self->nudges = g_array_new (FALSE, FALSE, sizeof (guint64));
  self->steps = g_object_ref_sink (gtk_adjustment_new (0, 0, 1, 1, 1, 0));
  self->label = gtk_label_new (_ ("Time"));
  gtk_label_set_xalign (GTK_LABEL (self->label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (self->label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));

  self->scale = gtk_scale_new (GTK_ORIENTATION_HORIZONTAL, self->steps);
  gtk_range_set_round_digits (GTK_RANGE (self->scale), 0);
  gtk_range_set_restrict_to_fill_level (GTK_RANGE (self->scale), TRUE);
  gtk_range_set_fill_level (GTK_RANGE (self->scale), 0);
  gtk_widget_set_tooltip_text (self->scale, _ ("Go to a past state of the run"));
  gtk_widget_set_sensitive (self->scale, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scale),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Time"), -1);
  gtk_widget_set_parent (self->scale, GTK_WIDGET (self));

  /* Before the slider gets it, which would use the range of the frame before. */
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click),
                                              GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  g_signal_connect_swapped (self->steps, "value-changed", G_CALLBACK (value_changed_cb),
                            self);
}

GtkWidget *
nudge_timeline_new (void)
{
  return g_object_new (NUDGE_TYPE_TIMELINE, NULL);
}

/* nudge-loss-plot.c - the loss, live
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/loss/nudge-loss-plot.h"

#include <glib/gi18n.h>
#include <math.h>

#include "ui/base/nudge-context-menu.h"
#include "ui/draw/base/nudge-frame.h"
#include "ui/draw/loss/nudge-loss-cursor.h"
#include "ui/draw/loss/nudge-loss-picture.h"
#include "ui/text/nudge-landing-words.h"
#include "ui/text/nudge-number.h"

/* How far an arrow key moves the cursor: in units of the picture, but by a step at least. */
#define KEY_UNITS 4.0

/* What TensorBoard begins with. */
#define USUAL_SMOOTHING 0.6

enum {
  PROP_LOGARITHMIC = 1,
  PROP_SMOOTHING,
  N_PROPS,
};

struct _NudgeLossPlot {
  NudgePlot parent_instance;

  gboolean logarithmic;
  double smoothing;
  double context;  /* the step that the menu is of */
  NnNudge *marked; /* (owned) (nullable) whose diamond is set off */
  NnScore *other;  /* (owned) (nullable) (n_other) as the style has it */
  gsize n_other;
  NudgeLossGuess guess; /* its step is 0, if nothing is predicted */
};

static guint marked, why, score, guessed;

G_DEFINE_FINAL_TYPE (NudgeLossPlot, nudge_loss_plot, NUDGE_TYPE_PLOT)

static GParamSpec *props[N_PROPS];

static NudgeLossStyle
get_style (NudgeLossPlot *self, const NudgePalette *palette)
{
  return (NudgeLossStyle){
    .palette = palette,
    .logarithmic = self->logarithmic,
    .smoothing = nudge_loss_plot_get_smoothing (self),
    .marked = self->marked,
    .span = *nudge_plot_get_span (NUDGE_PLOT (self)),
    .other = self->other,
    .n_other = self->n_other,
    .from_zero = self->guess.step > 0,
  };
}

static void
nudge_loss_plot_draw (NudgePicture *picture,
                      cairo_t *cr,
                      const NudgePalette *palette,
                      double width,
                      double height)
{
  NudgeLossPlot *self = NUDGE_LOSS_PLOT (picture);
  NnFrame *frame = nudge_picture_get_frame (picture);
  const NudgeLossStyle style = get_style (self, palette);
  double x;

  nudge_draw_loss (cr, frame, &style, width, height);
  if (self->guess.step > 0)
    nudge_draw_loss_guess (cr, frame, &style, width, height, &self->guess);
  if (nudge_plot_get_reading_x (NUDGE_PLOT (self), &x))
    nudge_draw_loss_cursor (cr, frame, &style, width, height, x);
}

/* "Loss 0.0183 at step 1204, 2 nudges", and in full the one that is set off. */
static char *
nudge_loss_plot_describe (NudgePicture *picture)
{
  const NnFrame *frame = nudge_picture_get_frame (picture);
  g_autofree char *loss = nudge_number_format (nudge_frame_get_loss (frame), 3);
  g_autofree char *step = nudge_number_format_count (frame->step);
  g_autofree char *where = NULL;
  g_autofree char *nudges = NULL;
  g_autofree char *chosen = NULL;
  const NnLanding *landing =
      nudge_frame_find_landing (frame, NUDGE_LOSS_PLOT (picture)->marked);

  /* Translators: "Loss 0.0183 at step 1204" */
  where = g_strdup_printf (_ ("Loss %s at step %s"), loss, step);
  if (frame->n_landings == 0)
    return g_steal_pointer (&where);
  nudges =
      g_strdup_printf (ngettext ("%lu nudge", "%lu nudges", (gulong) frame->n_landings),
                       (gulong) frame->n_landings);
  if (!landing)
    return g_strdup_printf ("%s, %s", where, nudges);
  chosen = nudge_words_for_landing (landing);
  return g_strdup_printf ("%s. %s, %s", chosen, where, nudges);
}

/**
 * nudge_loss_plot_set_marked:
 * @nudge: (nullable): whose diamond is set off, as long as it has one; no signal
 *   is emitted
 */
void
nudge_loss_plot_set_marked (NudgeLossPlot *self, NnNudge *nudge)
{
  g_return_if_fail (NUDGE_IS_LOSS_PLOT (self));

  if (self->marked == nudge)
    return;
  g_clear_pointer (&self->marked, nn_nudge_unref);
  if (nudge)
    self->marked = nn_nudge_ref (nudge);
  nudge_picture_describe_again (NUDGE_PICTURE (self));
}

/**
 * nudge_loss_plot_set_other:
 * @points: (array length=n) (nullable): copied: a part of the run as it would be otherwise,
 *   drawn behind it
 */
void
nudge_loss_plot_set_other (NudgeLossPlot *self, const NnScore *points, gsize n)
{
  g_return_if_fail (NUDGE_IS_LOSS_PLOT (self));

  g_free (self->other);
  self->other = g_memdup2 (points, n * sizeof *points);
  self->n_other = n;
  nudge_picture_refresh (NUDGE_PICTURE (self));
}

/**
 * nudge_loss_plot_set_guess:
 * @guess: copied: what is predicted, and whether it is asked for: then a click says it
 */
void
nudge_loss_plot_set_guess (NudgeLossPlot *self, const NudgeLossGuess *guess)
{
  g_return_if_fail (NUDGE_IS_LOSS_PLOT (self));

  self->guess = *guess;
  nudge_picture_refresh (NUDGE_PICTURE (self));
}

/* Returns: whether a prediction is asked for: a click beside the plot is none, and
 *   goes nowhere */
static gboolean
take_guess (NudgeLossPlot *self, double y)
{
  const NudgeLossStyle style =
      get_style (self, nudge_widget_get_palette (GTK_WIDGET (self)));
  const double scale = nudge_picture_get_scale (NUDGE_PICTURE (self));
  double loss;

  if (!self->guess.asked || self->guess.step == 0)
    return FALSE;
  loss = nudge_loss_guess_at (nudge_picture_get_frame (NUDGE_PICTURE (self)), &style,
                              gtk_widget_get_width (GTK_WIDGET (self)) / scale,
                              gtk_widget_get_height (GTK_WIDGET (self)) / scale, y);
  if (!isnan (loss))
    g_signal_emit (self, guessed, 0, loss);
  return TRUE;
}

static void
mark (NudgeLossPlot *self, NnNudge *nudge)
{
  if (self->marked == nudge)
    return;
  nudge_loss_plot_set_marked (self, nudge);
  g_signal_emit (self, marked, 0, nudge);
}

/* By some units, and by a step where those are less. */
static double
nudge_loss_plot_get_next (NudgePlot *plot, double step, int n)
{
  const double to =
      nudge_plot_get_step_at (plot, nudge_plot_get_x_of (plot, step) + n * KEY_UNITS);

  return n < 0 ? MIN (to, step - 1) : n > 0 ? MAX (to, step + 1) : step;
}

/* The next nudge in that direction, from the set-off one or else from the cursor; at
 * the ends it stays. */
static void
mark_next (NudgeLossPlot *self, int direction)
{
  const NnFrame *frame = nudge_picture_get_frame (NUDGE_PICTURE (self));
  const double from = nudge_plot_get_reading (NUDGE_PLOT (self));
  const NnLanding *landing = nudge_frame_find_landing (frame, self->marked);
  gssize i = landing ? landing - frame->landings + direction : -1;

  if (frame->n_landings == 0)
    return;
  if (!landing && direction < 0) {
    for (i = (gssize) frame->n_landings - 1; i > 0; i--)
      if ((double) frame->landings[i].first <= from)
        break;
  } else if (!landing) {
    for (i = 0; i < (gssize) frame->n_landings - 1; i++)
      if ((double) frame->landings[i].first >= from)
        break;
  }
  i = CLAMP (i, 0, (gssize) frame->n_landings - 1);
  nudge_plot_place_cursor (NUDGE_PLOT (self), (double) frame->landings[i].first);
  mark (self, frame->landings[i].nudge);
}

/* The nudges that share a diamond, as far apart as that makes them. */
static void
tell_apart (NudgeLossPlot *self, const NudgeLossMark *shared)
{
  const NnFrame *frame = nudge_picture_get_frame (NUDGE_PICTURE (self));
  const double first = (double) frame->landings[shared->first].first;
  const double last = (double) frame->landings[shared->last].first;
  const double margin = MAX ((last - first) * 0.15, 1);
  NudgePlot *plot = NUDGE_PLOT (self);
  const NudgeTimeSpan span = nudge_time_span_show (nudge_plot_get_span (plot), frame,
                                                   first - margin, last + margin);

  nudge_time_set_span (nudge_plot_get_time (plot), &span);
}

/* On a diamond: which one it is, or all that share it. In the plot: goes there, and to a
 * nudge's step if one is as near. */
static gboolean
nudge_loss_plot_clicked (NudgePlot *plot, double x, double y, double *step)
{
  NudgeLossPlot *self = NUDGE_LOSS_PLOT (plot);
  const NnFrame *frame = nudge_picture_get_frame (NUDGE_PICTURE (self));
  const double width = nudge_plot_get_units_wide (plot);
  const double header =
      nudge_loss_get_header (gtk_widget_get_height (GTK_WIDGET (self)) /
                             nudge_picture_get_scale (NUDGE_PICTURE (self)));
  const NnLanding *landing;
  NudgeLossMark shared;

  if (take_guess (self, y))
    return FALSE;
  if (y < header &&
      nudge_loss_mark_at (frame, nudge_plot_get_span (plot), width, x, &shared) &&
      frame->landings[shared.first].first < frame->landings[shared.last].first) {
    tell_apart (self, &shared);
    return FALSE;
  }
  landing = nudge_loss_landing_at (frame, nudge_plot_get_span (plot), width, x);
  mark (self, landing ? landing->nudge : NULL);
  if (landing)
    *step = (double) landing->first;
  return y >= header;
}

static void ask_why_here (NudgeLossPlot *self);

static gboolean
nudge_loss_plot_handle_key (NudgePlot *plot, guint key, GdkModifierType state)
{
  NudgeLossPlot *self = NUDGE_LOSS_PLOT (plot);

  if (state & GDK_CONTROL_MASK && (key == GDK_KEY_Left || key == GDK_KEY_Right))
    mark_next (self, key == GDK_KEY_Left ? -1 : 1);
  else if (state & (GDK_CONTROL_MASK | GDK_SHIFT_MASK | GDK_ALT_MASK))
    return FALSE;
  else if (key == GDK_KEY_w)
    ask_why_here (self);
  else if (key == GDK_KEY_a)
    g_signal_emit (self, score, 0);
  else if (key == GDK_KEY_Escape && self->marked) {
    nudge_plot_remove_cursor (plot);
    mark (self, NULL);
  } else
    return FALSE;
  return TRUE;
}

/* --- Its menu ----------------------------------------------------------------------- */

static const char *
choose_menu (GtkWidget *widget, double x, double y)
{
  NudgeLossPlot *self = NUDGE_LOSS_PLOT (widget);
  NudgePlot *plot = NUDGE_PLOT (self);
  const NnFrame *frame = nudge_picture_get_frame (NUDGE_PICTURE (self));
  double scale = nudge_picture_get_scale (NUDGE_PICTURE (self));
  const NnLanding *landing;

  if (!frame)
    return NULL;
  x = x >= 0 ? x / scale : nudge_plot_get_x_of (plot, nudge_plot_get_reading (plot));
  landing = nudge_loss_landing_at (frame, nudge_plot_get_span (plot),
                                   nudge_plot_get_units_wide (plot), x);
  self->context =
      landing ? (double) landing->first
              : nudge_plot_get_step_of_run (plot, nudge_plot_get_step_at (plot, x));
  gtk_widget_action_set_enabled (widget, "plot.go-to", frame->end > 0);
  gtk_widget_action_set_enabled (widget, "plot.why", frame->end > 0);
  return "plot";
}

static void
go_to_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  nudge_plot_ask_for (NUDGE_PLOT (widget), NUDGE_LOSS_PLOT (widget)->context);
}

static void
why_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_signal_emit (widget, why, 0, (guint64) NUDGE_LOSS_PLOT (widget)->context);
}

static void
score_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_signal_emit (widget, score, 0);
}

/* Where the keys are: at the nudge that is set off, else where the loss is read. */
static void
ask_why_here (NudgeLossPlot *self)
{
  NudgePlot *plot = NUDGE_PLOT (self);
  const NnFrame *frame = nudge_picture_get_frame (NUDGE_PICTURE (self));
  const NnLanding *landing = nudge_frame_find_landing (frame, self->marked);

  if (frame)
    g_signal_emit (self, why, 0,
                   landing ? landing->first
                           : (guint64) nudge_plot_get_step_of_run (
                                 plot, nudge_plot_get_reading (plot)));
}

/**
 * nudge_loss_plot_get_anchor:
 * @at: (out): where @step is, in pixels: what is said of it may point there
 */
void
nudge_loss_plot_get_anchor (NudgeLossPlot *self, guint64 step, GdkRectangle *at)
{
  const double scale = nudge_picture_get_scale (NUDGE_PICTURE (self));
  double x = nudge_plot_get_x_of (NUDGE_PLOT (self), (double) step);
  double left, right;

  nudge_loss_get_span (nudge_plot_get_units_wide (NUDGE_PLOT (self)), &left, &right);
  x = CLAMP (x, left, right);
  *at = (GdkRectangle){ (int) (scale * x), 0, 1, 1 };
}

static void
zoom_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  NudgeLossPlot *self = NUDGE_LOSS_PLOT (widget);
  const NnFrame *frame = nudge_picture_get_frame (NUDGE_PICTURE (self));

  if (frame)
    nudge_time_zoom (nudge_plot_get_time (NUDGE_PLOT (self)), frame,
                     g_variant_get_double (parameter), self->context);
}

static void
show_all_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  nudge_time_show_all (nudge_plot_get_time (NUDGE_PLOT (widget)));
}

static void
follow_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  const NnFrame *frame = nudge_picture_get_frame (NUDGE_PICTURE (widget));

  if (frame)
    nudge_time_follow (nudge_plot_get_time (NUDGE_PLOT (widget)), frame);
}

void
nudge_loss_plot_set_frame (NudgeLossPlot *self, NnFrame *frame)
{
  g_return_if_fail (NUDGE_IS_LOSS_PLOT (self));

  nudge_picture_set_frame (NUDGE_PICTURE (self), frame);
}

gboolean
nudge_loss_plot_get_logarithmic (NudgeLossPlot *self)
{
  g_return_val_if_fail (NUDGE_IS_LOSS_PLOT (self), FALSE);

  return self->logarithmic;
}

void
nudge_loss_plot_set_logarithmic (NudgeLossPlot *self, gboolean logarithmic)
{
  g_return_if_fail (NUDGE_IS_LOSS_PLOT (self));

  logarithmic = !!logarithmic;
  if (self->logarithmic == logarithmic)
    return;
  self->logarithmic = logarithmic;
  nudge_picture_refresh (NUDGE_PICTURE (self));
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LOGARITHMIC]);
}

static gboolean
has_mini_batches (const NnFrame *frame)
{
  return frame && frame->experiment && frame->dataset &&
         frame->experiment->batch_size > 0 &&
         frame->experiment->batch_size < frame->dataset->n_training;
}

/**
 * nudge_loss_plot_get_smoothing:
 *
 * Returns: how the frame's loss is smoothed, 0 or more
 */
double
nudge_loss_plot_get_smoothing (NudgeLossPlot *self)
{
  g_return_val_if_fail (NUDGE_IS_LOSS_PLOT (self), 0);

  if (self->smoothing >= 0)
    return self->smoothing;
  return has_mini_batches (nudge_picture_get_frame (NUDGE_PICTURE (self)))
             ? USUAL_SMOOTHING
             : 0;
}

static void
set_smoothing (NudgeLossPlot *self, double smoothing)
{
  if (self->smoothing == smoothing)
    return;
  self->smoothing = smoothing;
  nudge_picture_refresh (NUDGE_PICTURE (self));
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SMOOTHING]);
}

static void
nudge_loss_plot_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  NudgeLossPlot *self = NUDGE_LOSS_PLOT (object);

  if (id == PROP_LOGARITHMIC)
    g_value_set_boolean (value, self->logarithmic);
  else if (id == PROP_SMOOTHING)
    g_value_set_double (value, self->smoothing);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
nudge_loss_plot_set_property (GObject *object,
                              guint id,
                              const GValue *value,
                              GParamSpec *pspec)
{
  NudgeLossPlot *self = NUDGE_LOSS_PLOT (object);

  if (id == PROP_LOGARITHMIC)
    nudge_loss_plot_set_logarithmic (self, g_value_get_boolean (value));
  else if (id == PROP_SMOOTHING)
    set_smoothing (self, g_value_get_double (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
nudge_loss_plot_dispose (GObject *object)
{
  g_clear_pointer (&NUDGE_LOSS_PLOT (object)->marked, nn_nudge_unref);
  g_clear_pointer (&NUDGE_LOSS_PLOT (object)->other, g_free);
  G_OBJECT_CLASS (nudge_loss_plot_parent_class)->dispose (object);
}

static void
nudge_loss_plot_class_init (NudgeLossPlotClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  NudgePictureClass *picture_class = NUDGE_PICTURE_CLASS (klass);
  NudgePlotClass *plot_class = NUDGE_PLOT_CLASS (klass);

  object_class->get_property = nudge_loss_plot_get_property;
  object_class->set_property = nudge_loss_plot_set_property;
  object_class->dispose = nudge_loss_plot_dispose;
  marked = g_signal_new ("marked", NUDGE_TYPE_LOSS_PLOT, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                         NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  why = g_signal_new ("why", NUDGE_TYPE_LOSS_PLOT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 1, G_TYPE_UINT64);
  score = g_signal_new ("score", NUDGE_TYPE_LOSS_PLOT, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                        NULL, G_TYPE_NONE, 0);
  guessed = g_signal_new ("guessed", NUDGE_TYPE_LOSS_PLOT, G_SIGNAL_RUN_LAST, 0, NULL,
                          NULL, NULL, G_TYPE_NONE, 1, G_TYPE_DOUBLE);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "plot.go-to", NULL,
                                   go_to_cb);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "plot.zoom", "d", zoom_cb);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "plot.all", NULL,
                                   show_all_cb);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "plot.follow", NULL,
                                   follow_cb);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "plot.why", NULL, why_cb);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "plot.score", NULL,
                                   score_cb);
  picture_class->draw = nudge_loss_plot_draw;
  picture_class->describe = nudge_loss_plot_describe;
  plot_class->get_next = nudge_loss_plot_get_next;
  plot_class->handle_key = nudge_loss_plot_handle_key;
  plot_class->clicked = nudge_loss_plot_clicked;
  props[PROP_LOGARITHMIC] = g_param_spec_boolean (
      "logarithmic", NULL, NULL, FALSE,
      G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  props[PROP_SMOOTHING] = g_param_spec_double (
      "smoothing", NULL, NULL, -1, NUDGE_SMOOTHING_MOST, -1,
      G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass),
                                            GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "loss-plot");
}

static void
nudge_loss_plot_init (NudgeLossPlot *self)
{
  g_autoptr (NudgeTime) time = nudge_time_new ();

  self->smoothing = -1;
  nudge_plot_set_time (NUDGE_PLOT (self), time);
  nudge_context_menu_add (GTK_WIDGET (self), choose_menu);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Loss plot"), -1);
}

GtkWidget *
nudge_loss_plot_new (void)
{
  return g_object_new (NUDGE_TYPE_LOSS_PLOT, NULL);
}

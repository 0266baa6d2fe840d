/* nudge-layer-plot.c - a measure of every layer along the run, live
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/loss/nudge-layer-plot.h"

#include <glib/gi18n.h>
#include <math.h>

#include "ui/draw/loss/nudge-histogram-picture.h"
#include "ui/draw/loss/nudge-layer-picture.h"
#include "ui/text/nudge-number.h"

struct _NudgeLayerPlot {
  NudgePlot parent_instance;

  guint view; /* an NnMeasure, or NUDGE_LAYER_PLOT_HISTOGRAMS */
  gboolean logarithmic;
};

G_DEFINE_FINAL_TYPE (NudgeLayerPlot, nudge_layer_plot, NUDGE_TYPE_PLOT)

/* In the order of NnMeasure, and the histograms. */
static const char *const names[NN_N_MEASURES + 1] = {
  N_ ("Norm of weights"), N_ ("Norm of gradients"), N_ ("Update over weights"),
  N_ ("Dead units"),      N_ ("Weights"),
};

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
    .span = *nudge_plot_get_span (NUDGE_PLOT (self)),
  };
  double x;

  if (self->view == NUDGE_LAYER_PLOT_HISTOGRAMS) {
    nudge_draw_histograms (cr, nudge_picture_get_frame (picture), palette, width, height);
    return;
  }
  nudge_draw_layers (cr, nudge_picture_get_frame (picture), &style, width, height);
  if (nudge_plot_get_reading_x (NUDGE_PLOT (self), &x))
    nudge_draw_layers_cursor (cr, nudge_picture_get_frame (picture), &style, width,
                              height, x);
}

/* "Norm of weights at step 1 204: fc1 1.23, fc2 0.99": where a key has placed the cursor,
 * else the run's step. */
static char *
nudge_layer_plot_describe (NudgePicture *picture)
{
  NudgeLayerPlot *self = NUDGE_LAYER_PLOT (picture);
  const NnFrame *frame = nudge_picture_get_frame (picture);
  const double cursor = nudge_plot_get_cursor (NUDGE_PLOT (self));
  const gssize point = nudge_layers_find_point (
      frame->layers, cursor >= 0 ? cursor : (double) frame->step);
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

/* From one point that was measured to another. */
static double
nudge_layer_plot_get_next (NudgePlot *plot, double step, int n)
{
  const NnLayerSeries *layers = nudge_picture_get_frame (NUDGE_PICTURE (plot))->layers;
  const gssize point = nudge_layers_find_point (layers, step);

  if (point < 0)
    return NAN;
  return (double) layers->steps[CLAMP (point + n, 0, (gssize) layers->n_points - 1)];
}

/* ---- what it shows ----------------------------------------------------------------- */

/**
 * nudge_layer_plot_set_view:
 * @view: an NnMeasure, or NUDGE_LAYER_PLOT_HISTOGRAMS
 */
void
nudge_layer_plot_set_view (NudgeLayerPlot *self, guint view)
{
  g_return_if_fail (NUDGE_IS_LAYER_PLOT (self) && view <= NUDGE_LAYER_PLOT_HISTOGRAMS);

  self->view = view;
  nudge_plot_set_has_steps (NUDGE_PLOT (self), view != NUDGE_LAYER_PLOT_HISTOGRAMS);
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
nudge_layer_plot_class_init (NudgeLayerPlotClass *klass)
{
  NudgePictureClass *picture_class = NUDGE_PICTURE_CLASS (klass);

  picture_class->draw = nudge_layer_plot_draw;
  picture_class->describe = nudge_layer_plot_describe;
  NUDGE_PLOT_CLASS (klass)->get_next = nudge_layer_plot_get_next;
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "layer-plot");
}

static void
nudge_layer_plot_init (NudgeLayerPlot *self)
{
  nudge_layer_plot_set_view (self, NN_MEASURE_WEIGHT);
}

GtkWidget *
nudge_layer_plot_new (void)
{
  return g_object_new (NUDGE_TYPE_LAYER_PLOT, NULL);
}

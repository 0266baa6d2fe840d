/* nudge-network-picture.c - the network as a picture
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/network/nudge-network-picture.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "ui/draw/base/nudge-frame.h"
#include "ui/draw/base/nudge-paint.h"
#include "ui/draw/network/nudge-network-edges.h"
#include "ui/draw/network/nudge-network-legend.h"
#include "ui/draw/network/nudge-network-matrix.h"
#include "ui/draw/network/nudge-network-neurons.h"
#include "ui/draw/network/nudge-network-reading.h"
#include "ui/draw/network/nudge-network-sample.h"
#include "ui/text/nudge-number.h"

/* Narrower, names would touch each other, unless they are short. */
#define NAME_NEEDS 64.0
#define NAME_GAP   8.0

/* Outputs beyond this are marked: training does not come back from there by itself. */
#define EXPLODING 1e5f

/* Without the number of units, which is in the row of the layer, too, where @space would cut
 * the activation. */
static char *
dup_detail (const NudgeNetworkCanvas *self, gsize k, double space)
{
  const NnArchitecture *architecture = self->frame->architecture;
  const NnLayerShape *layer;
  const char *activation;
  g_autofree char *whole = NULL;

  if (k == 0)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%zu feature", "%zu features",
                                         architecture->n_features),
                            architecture->n_features);
  layer = &architecture->layers[k - 1];
  activation = nn_activation_get_name (layer->activation);
  whole = g_strdup_printf ("%zu · %s", layer->n_units, activation);
  return nudge_text_measure (self->text, NUDGE_TEXT_LABEL, whole) > space
             ? g_strdup (activation)
             : g_steal_pointer (&whole);
}

/* Returns: of a layer's outputs, on all probes */
static float
find_largest (const NnFrame *frame, gsize k)
{
  const float *values = nudge_frame_get_activations (frame, k, 0);
  const gsize n = nudge_frame_get_n_units (frame, k) * frame->probes.n;
  float largest = 0;

  for (gsize i = 0; i < n; i++)
    largest = isfinite (values[i]) ? MAX (largest, fabsf (values[i])) : INFINITY;
  return largest;
}

/* With fewer digits where @space would cut the number.
 * Returns: (transfer full) (nullable): that a layer's outputs are out of hand */
static char *
dup_warning (const NudgeNetworkCanvas *self, gsize k, double space)
{
  const float largest = k > 0 ? find_largest (self->frame, k) : 0;
  char *warning = NULL;

  if (largest < EXPLODING)
    return NULL;
  for (int digits = 2; digits > 0; digits--) {
    g_autofree char *number = nudge_number_format_narrow ((double) largest, digits);

    g_free (warning);
    warning = g_strdup_printf (_ ("explodes: %s"), number);
    if (nudge_text_measure (self->text, NUDGE_TEXT_NOTE, warning) <= space)
      break;
  }
  return warning;
}

static const char *
get_name (const NudgeNetworkCanvas *self, gsize k)
{
  return k == 0 ? _ ("input") : self->frame->architecture->layers[k - 1].name;
}

/* Where columns are too near for a text that wide each, every second, third … has one. */
static gsize
choose_stride (const NudgeNetworkLayout *layout, double needed)
{
  return (gsize) ceil (MAX (needed / layout->spacing, 1));
}

/* For the text of a column: up to its neighbours', and to the nearer side. */
static double
get_space (const NudgeNetworkLayout *layout, gsize stride, gsize k)
{
  const gsize inwards = MIN (k, layout->n_columns - 1 - k);
  const double side = layout->columns[0].x + (double) inwards * layout->spacing;

  return MIN ((double) stride * layout->spacing - NAME_GAP, 2 * side - 4);
}

static void
draw_names (const NudgeNetworkCanvas *self)
{
  const NudgeNetworkLayout *layout = self->layout;
  double widest = 0;
  gsize stride;

  for (gsize k = 0; k < layout->n_columns; k++)
    widest = MAX (widest,
                  nudge_text_measure (self->text, NUDGE_TEXT_NAME, get_name (self, k)));
  stride = choose_stride (layout, MIN (widest + NAME_GAP, NAME_NEEDS));
  for (gsize k = 0; k < layout->n_columns; k += stride)
    nudge_text_draw_within (self->text, NUDGE_TEXT_NAME, &self->palette->text,
                            layout->columns[k].x, layout->name_baseline, 0.5,
                            get_space (layout, stride, k), get_name (self, k));
}

/* Under the names. */
static void
draw_details (const NudgeNetworkCanvas *self)
{
  const NudgeNetworkLayout *layout = self->layout;
  const gsize stride = choose_stride (layout, NAME_NEEDS);

  for (gsize k = 0; k < layout->n_columns; k += stride) {
    const NudgeColumn *column = &layout->columns[k];
    const double space = get_space (layout, stride, k);
    g_autofree char *detail = dup_detail (self, k, space);
    g_autofree char *warning = dup_warning (self, k, space);

    nudge_text_draw_within (self->text, warning ? NUDGE_TEXT_NOTE : NUDGE_TEXT_LABEL,
                            warning ? &self->palette->failure : &self->palette->secondary,
                            column->x, layout->detail_baseline, 0.5, space,
                            warning ? warning : detail);
  }
}

/* Where a cell stands for several weights, that is said above the matrix's shape. */
static void
draw_rule (const NudgeNetworkCanvas *self, const NudgeGap *gap, const NnLayerShape *layer)
{
  const gsize rows = (layer->n_units + gap->n_rows - 1) / gap->n_rows;
  const gsize columns = (layer->n_inputs + gap->n_columns - 1) / gap->n_columns;
  g_autofree char *rule = NULL;

  if (rows * columns == 1)
    return;
  /* Translators: a cell shows the strongest of so many by so many weights */
  rule = g_strdup_printf (_ ("strongest of %zu × %zu"), rows, columns);
  nudge_text_draw_within (self->text, NUDGE_TEXT_LABEL, &self->palette->secondary,
                          gap->x + gap->width / 2, self->layout->name_baseline, 0.5,
                          self->layout->spacing - 60, rule);
}

/* What a heat map shows, as PyTorch would have its shape. */
static void
draw_captions (const NudgeNetworkCanvas *self)
{
  const NudgeNetworkLayout *layout = self->layout;

  for (gsize k = 1; k < layout->n_columns; k++) {
    const NnLayerShape *layer = &self->frame->architecture->layers[k - 1];
    g_autofree char *caption =
        g_strdup_printf (_ ("weight %zu × %zu"), layer->n_units, layer->n_inputs);

    if (!layout->gaps[k].folded || layout->spacing < NUDGE_CAPTION_NEEDS)
      continue;
    draw_rule (self, &layout->gaps[k], layer);
    nudge_text_draw_within (self->text, NUDGE_TEXT_LABEL, &self->palette->secondary,
                            layout->gaps[k].x + layout->gaps[k].width / 2,
                            layout->detail_baseline, 0.5, layout->spacing - 100, caption);
  }
}

/**
 * nudge_draw_network:
 *
 * Edges below, tiles above, names over the columns and the scale under them. Wide
 * layers fold into blocks and the weights between them into heat maps, so the cost
 * is bounded whatever the network.
 */
void
nudge_draw_network (cairo_t *cr,
                    const NnFrame *frame,
                    const NudgeNetworkStyle *style,
                    double width,
                    double height)
{
  g_return_if_fail (frame != NULL && style != NULL && style->limit > 0);

  if (width < 1 || height < 1)
    return;

  g_autoptr (NudgeNetworkLayout) layout =
      nudge_network_layout_new (frame->architecture, width, height);
  g_autoptr (NudgeText) text = nudge_text_new (cr);
  NudgeRamp ramp;
  NudgeNetworkCanvas self = { cr, frame, style, style->palette, layout, text, &ramp };

  nudge_ramp_init (&ramp, style->palette);

  cairo_save (cr);
  cairo_rectangle (cr, 0, 0, width, height);
  cairo_clip (cr);
  nudge_paint_set_colour (cr, &style->palette->background, 1);
  cairo_paint (cr);
  for (gsize k = 1; k < layout->n_columns; k++)
    if (layout->gaps[k].folded)
      nudge_draw_network_matrix (&self, k);
  nudge_draw_network_edges (&self);
  for (gsize k = 0; k < layout->n_columns; k++)
    nudge_draw_network_neurons (&self, k);
  if (frame->sample)
    nudge_draw_network_sample (&self);
  draw_names (&self);
  draw_details (&self);
  draw_captions (&self);
  if (layout->legend_y > 0 &&
      !(style->read && nudge_network_reading_takes_legend (&self, width, height)))
    nudge_draw_network_legend (&self, width);
  if (style->read)
    nudge_draw_network_reading (&self, width, height);
  cairo_restore (cr);
}

/* nudge-network-picture.c - the network as a picture
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/nudge-network-picture.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "ui/draw/nudge-network-edges.h"
#include "ui/draw/nudge-network-legend.h"
#include "ui/draw/nudge-network-matrix.h"
#include "ui/draw/nudge-network-neurons.h"
#include "ui/draw/nudge-network-reading.h"
#include "ui/draw/nudge-network-sample.h"
#include "ui/draw/nudge-paint.h"

/* Narrower, a heat map's caption would touch the columns' names. */
#define CAPTION_NEEDS 190.0
#define NAME_NEEDS    64.0

static char *
dup_detail (const NnArchitecture *architecture, gsize k)
{
  const NnLayerShape *layer;

  if (k == 0)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%zu feature", "%zu features",
                                         architecture->n_features),
                            architecture->n_features);
  layer = &architecture->layers[k - 1];
  return g_strdup_printf ("%zu · %s", layer->n_units,
                          nn_activation_get_name (layer->activation));
}

/* Where columns are too near for a name each, every second, third … has one. */
static void
draw_names (const NudgeNetworkCanvas *self)
{
  const NudgeNetworkLayout *layout = self->layout;
  const NnArchitecture *architecture = self->frame->architecture;
  const gsize stride = (gsize) ceil (MAX (NAME_NEEDS / layout->spacing, 1));
  const double room =
      MIN ((double) stride * layout->spacing - 8, 2 * layout->columns[0].x - 4);

  for (gsize k = 0; k < layout->n_columns; k += stride) {
    const NudgeColumn *column = &layout->columns[k];
    g_autofree char *detail = dup_detail (architecture, k);

    nudge_text_draw_within (self->text, NUDGE_TEXT_NAME, &self->palette->text, column->x,
                            layout->name_baseline, 0.5, room,
                            k == 0 ? _ ("input") : architecture->layers[k - 1].name);
    nudge_text_draw_within (self->text, NUDGE_TEXT_LABEL, &self->palette->secondary,
                            column->x, layout->detail_baseline, 0.5, room, detail);
  }
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

    if (layout->gaps[k].folded && layout->spacing >= CAPTION_NEEDS)
      nudge_text_draw_within (self->text, NUDGE_TEXT_LABEL, &self->palette->secondary,
                              layout->gaps[k].x + layout->gaps[k].width / 2,
                              layout->detail_baseline, 0.5, layout->spacing - 100,
                              caption);
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
  draw_captions (&self);
  if (layout->legend_y > 0 && !(style->read && layout->reading_takes_legend))
    nudge_draw_network_legend (&self, width);
  if (style->read)
    nudge_draw_network_reading (&self, width, height);
  cairo_restore (cr);
}

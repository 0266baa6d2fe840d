/* nudge-network-neurons.c - a column of neurons, with what is told by marks on them
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/network/nudge-network-neurons.h"

#include "ui/draw/base/nudge-frame.h"
#include "ui/draw/base/nudge-paint.h"
#include "ui/draw/base/nudge-shapes.h"
#include "ui/draw/network/nudge-network-selection.h"
#include "ui/draw/network/nudge-network-tile.h"

/* Around a touched tile, where its neighbours leave space for it. */
#define RING_GLOW 6.0

/* Around what is selected. */
#define RIM_GAP 3.5

#define BIAS_MARK       8.0
#define BIAS_NEEDS_TILE 20.0

static gboolean
is_neuron_selected (const NudgeNetworkCanvas *self, const NudgeNetworkThing *neuron)
{
  for (gsize i = 0; i < self->style->n_selected; i++)
    if (nudge_target_is_of_neuron (&self->style->selected[i], self->frame->architecture,
                                   neuron))
      return TRUE;
  return FALSE;
}

static void
fill_bias (const NudgeNetworkCanvas *self,
           double x,
           double y,
           double width,
           double height,
           double radius,
           const NudgeColour *colour,
           double opacity)
{
  NudgeShape shape = nudge_shape_of_rectangle (x, y, width, height, radius);

  shape.colour = *colour;
  shape.opacity = opacity;
  nudge_draw_shape (self->cr, shape);
}

/* A square at a tile's lower left corner: the sign's colour, a dash in it below zero,
 * hollow at zero, the fuller the larger. */
static void
draw_bias (const NudgeNetworkCanvas *self, gsize k, gsize unit)
{
  const NudgeColumn *column = &self->layout->columns[k];
  float bias = nudge_frame_get_shown_bias (self->frame, self->style->quantity, k, unit);
  const NudgeColour *colour = nudge_network_get_sign_colour (self->palette, bias);
  double side = BIAS_MARK * column->tile / 34;
  double x = column->x - column->tile / 2 - 0.25 * side;
  double y = nudge_column_get_y (column, unit) + column->tile / 2 - 0.75 * side;
  double strength = nudge_network_get_strength (self, bias);
  NudgeShape line = nudge_shape_of_rectangle (x, y, side, side, 1.5);

  if (column->tile < BIAS_NEEDS_TILE)
    return;
  fill_bias (self, x - 1.75, y - 1.75, side + 3.5, side + 3.5, 3.25,
             &self->palette->background, 1);
  fill_bias (self, x, y, side, side, 1.5, colour,
             strength > 0 ? nudge_network_get_mark_opacity (strength) : 0);
  line.line = 1;
  line.colour = *colour;
  line.opacity = 1;
  nudge_draw_shape (self->cr, line);
  if (bias < 0)
    fill_bias (self, x + 0.2 * side, y + side / 2 - 0.625, 0.6 * side, 1.25, 0,
               strength > 0.25 ? &self->palette->background : colour, 1);
}

/* A ring, and a wider, fainter one around it; @space is around the tile. */
static void
draw_ring (const NudgeNetworkCanvas *self,
           double x,
           double y,
           double width,
           double height,
           double space)
{
  double pulse = CLAMP (self->style->pulse, 0, 1);
  double radius = 0.2 * MIN (width, height);
  double glow = CLAMP (space - 2.5, 0, RING_GLOW);

  nudge_paint_rounded (self->cr, x - 1.5, y - 1.5, width + 3, height + 3, radius + 1.5);
  nudge_paint_set_colour (self->cr, &self->palette->nudge, 0.3 * pulse);
  cairo_set_line_width (self->cr, 2.5 + 2 * glow);
  cairo_stroke_preserve (self->cr);
  nudge_paint_set_colour (self->cr, &self->palette->nudge, pulse);
  cairo_set_line_width (self->cr, 2.5);
  cairo_stroke (self->cr);
}

static gboolean
is_pulsing (const NudgeNetworkCanvas *self, gsize column)
{
  return self->style->pulse > 0 && self->style->pulse_layer >= 0 &&
         column == (gsize) self->style->pulse_layer + 1;
}

/* Solid where it is selected, dashed where a key would select. */
static void
draw_rim (const NudgeNetworkCanvas *self, gsize k, gsize unit)
{
  static const double dashes[] = { 3, 3 };
  const NudgeColumn *column = &self->layout->columns[k];
  NudgeNetworkThing neuron = { NUDGE_NETWORK_NEURON, k, unit, 0 };
  const NudgeNetworkThing *cursor = self->style->cursor;
  gboolean selected = is_neuron_selected (self, &neuron);
  double height = column->folded ? column->pitch : column->tile;
  double gap = column->folded ? 0 : MIN (RIM_GAP, (column->pitch - height) / 2);

  if (!selected && !(cursor && cursor->column == k && cursor->unit == unit))
    return;
  nudge_paint_rounded (self->cr, column->x - column->tile / 2 - RIM_GAP,
                       nudge_column_get_y (column, unit) - height / 2 - gap,
                       column->tile + 2 * RIM_GAP, height + 2 * gap,
                       0.2 * column->tile + gap);
  nudge_paint_set_colour (self->cr, &self->palette->text, 1);
  cairo_set_line_width (self->cr, 2.5);
  if (!selected)
    cairo_set_dash (self->cr, dashes, G_N_ELEMENTS (dashes), 0);
  cairo_stroke (self->cr);
  cairo_set_dash (self->cr, NULL, 0, 0);
}

void
nudge_draw_network_neurons (const NudgeNetworkCanvas *self, gsize k)
{
  const NudgeColumn *column = &self->layout->columns[k];
  NudgeActivationRange range =
      nudge_activation_range (nudge_frame_get_activations (self->frame, k, 0),
                              column->n_units * self->frame->probes.n);
  double x = column->x - column->tile / 2;

  if (column->folded) {
    if (is_pulsing (self, k))
      draw_ring (self, x, column->top, column->tile, column->height, RING_GLOW);
    nudge_draw_block (self->cr, self->frame, self->palette, self->ramp, column, k, range);
    for (gsize i = 0; i < column->n_units; i++)
      draw_rim (self, k, i);
    return;
  }
  for (gsize i = 0; i < column->n_units; i++) {
    double y = nudge_column_get_y (column, i) - column->tile / 2;

    if (is_pulsing (self, k))
      draw_ring (self, x, y, column->tile, column->tile,
                 (column->pitch - column->tile) / 2);
    nudge_draw_tile (self->cr, self->frame, self->palette, self->ramp, column, k, i,
                     range);
    if (nudge_frame_has_bias (self->frame, k))
      draw_bias (self, k, i);
    draw_rim (self, k, i);
  }
}

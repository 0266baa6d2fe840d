/* nudge-network-tile.h - a neuron's small picture: what it puts out on the probes
 *
 * SPDX-License-Identifier: MIT
 *
 * Private to the painters. All tiles of a column share one scale, which always
 * holds zero, so a dead unit is flat among its living neighbours.
 */

#pragma once

#include <cairo.h>

#include "nn/session/nn-frame.h"
#include "ui/draw/base/nudge-palette.h"
#include "ui/draw/network/nudge-network-layout.h"

G_BEGIN_DECLS

/* The least and largest activation of a column, and zero. */
typedef struct {
  float low;
  float high;
} NudgeActivationRange;

#define NUDGE_RAMP_STEPS 255

/* The colours from a column's largest negative number to its largest positive one, as
 * pixels: those of one palette, made once for a drawing. */
typedef struct {
  guint32 colours[2 * NUDGE_RAMP_STEPS + 1];
} NudgeRamp;

void nudge_ramp_init (NudgeRamp *self, const NudgePalette *palette);
guint32 nudge_ramp_get (const NudgeRamp *self, float share);
guint32 nudge_pixel (NudgeColour colour);

NudgeActivationRange nudge_activation_range (const float *activations, gsize n);

void nudge_draw_tile (cairo_t *cr,
                      const NnFrame *frame,
                      const NudgePalette *palette,
                      const NudgeRamp *ramp,
                      const NudgeColumn *column,
                      gsize k,
                      gsize unit,
                      NudgeActivationRange range);
void nudge_draw_block (cairo_t *cr,
                       const NnFrame *frame,
                       const NudgePalette *palette,
                       const NudgeRamp *ramp,
                       const NudgeColumn *column,
                       gsize k,
                       NudgeActivationRange range);
void nudge_draw_heat_map (cairo_t *cr,
                          const NudgeRamp *ramp,
                          const float *shares,
                          gsize n_rows,
                          gsize n_columns,
                          double x,
                          double y,
                          double width,
                          double height,
                          double radius);

G_END_DECLS

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
#include "ui/draw/nudge-network-layout.h"
#include "ui/draw/nudge-palette.h"

G_BEGIN_DECLS

/* The least and largest activation of a column, and zero. */
typedef struct {
  float low;
  float high;
} NudgeActivationRange;

NudgeActivationRange nudge_activation_range (const float *activations, gsize n);

void nudge_draw_tile (cairo_t *cr,
                      const NnFrame *frame,
                      const NudgePalette *palette,
                      const NudgeColumn *column,
                      gsize k,
                      gsize unit,
                      NudgeActivationRange range);
void nudge_draw_block (cairo_t *cr,
                       const NnFrame *frame,
                       const NudgePalette *palette,
                       const NudgeColumn *column,
                       gsize k,
                       NudgeActivationRange range);
void nudge_draw_cells (cairo_t *cr,
                       const NudgePalette *palette,
                       const float *shares,
                       gsize n_rows,
                       gsize n_columns,
                       double x,
                       double y,
                       double width,
                       double height);

G_END_DECLS

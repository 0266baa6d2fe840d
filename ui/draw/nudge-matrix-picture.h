/* nudge-matrix-picture.h - all weights of a layer, a pixel or more for each
 *
 * SPDX-License-Identifier: MIT
 *
 * Rows are units, columns what they are fed, as in PyTorch. No weight stands for another
 * one; what does not fit is reached by moving.
 */

#pragma once

#include <cairo.h>

#include "ui/draw/nudge-network-hover.h"
#include "ui/draw/nudge-palette.h"

G_BEGIN_DECLS

#define NUDGE_MATRIX_MOST_ZOOM 64.0

/* Where one looks; a plain value. */
typedef struct {
  double zoom; /* pixels of a weight, at least 1; 0: as much as fits */
  double x;    /* weights to the left of the picture … */
  double y;    /* … and above it */
} NudgeMatrixPlace;

typedef struct {
  const NudgePalette *palette;
  gsize layer;
  NnQuantity quantity; /* which the frame has */
  double limit;
  const NudgeNetworkThing *read; /* (nullable) what is told of */
} NudgeMatrixStyle;

void nudge_matrix_place_fit (NudgeMatrixPlace *self,
                             const NnLayerShape *layer,
                             double width,
                             double height);
void nudge_matrix_place_zoom (NudgeMatrixPlace *self,
                              const NnLayerShape *layer,
                              double width,
                              double height,
                              double factor,
                              double x,
                              double y);
void nudge_matrix_place_move (NudgeMatrixPlace *self,
                              const NnLayerShape *layer,
                              double width,
                              double height,
                              double dx,
                              double dy);

void nudge_draw_matrix (cairo_t *cr,
                        const NnFrame *frame,
                        const NudgeMatrixStyle *style,
                        const NudgeMatrixPlace *place,
                        double width,
                        double height);
NudgeNetworkThing nudge_matrix_thing_at (const NnFrame *frame,
                                         gsize layer,
                                         const NudgeMatrixPlace *place,
                                         double width,
                                         double height,
                                         double x,
                                         double y);

G_END_DECLS

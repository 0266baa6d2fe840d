/* nudge-matrix-cells.h - what is written in the cells of a matrix, and a ring around one
 *
 * SPDX-License-Identifier: MIT
 *
 * Private to the painters.
 */

#pragma once

#include "ui/draw/base/nudge-text.h"
#include "ui/draw/network/nudge-matrix-viewport.h"

G_BEGIN_DECLS

typedef struct {
  cairo_t *cr;
  NudgeText *text;
  const NudgePalette *palette;
  const NudgeMatrixField *field;
  const NudgeMatrixViewport *viewport;
  double limit; /* |value| that has the full colour */
  double (*get) (gconstpointer data, guint64 row, guint64 column);
  gconstpointer data;
} NudgeMatrixCells;

void nudge_draw_cell_numbers (const NudgeMatrixCells *self);
void nudge_draw_cell_ring (const NudgeMatrixCells *self, guint64 row, guint64 column);

G_END_DECLS

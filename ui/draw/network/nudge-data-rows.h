/* nudge-data-rows.h - the first examples of a table, as rows or as images
 *
 * SPDX-License-Identifier: MIT
 *
 * Private to the picture of data. What is drawn depends on the size alone, not on how
 * many examples there are.
 */

#pragma once

#include <cairo.h>

#include "nn/data/nn-table.h"
#include "ui/draw/base/nudge-palette.h"

G_BEGIN_DECLS

void nudge_draw_data_rows (cairo_t *cr,
                           const NnTable *table,
                           const NudgePalette *palette,
                           double width,
                           double height);
void nudge_draw_data_images (cairo_t *cr,
                             const NnTable *table,
                             const NudgePalette *palette,
                             double width,
                             double height);

G_END_DECLS

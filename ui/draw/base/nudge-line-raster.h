/* nudge-line-raster.h - lines and bands from left to right, pixel by pixel
 *
 * SPDX-License-Identifier: MIT
 *
 * Private to nudge-line.c, whose header says how much of a pixel is covered.
 */

#pragma once

#include "ui/draw/base/nudge-line.h"
#include "ui/draw/base/nudge-raster.h"

G_BEGIN_DECLS

void nudge_raster_draw_line (const NudgeRaster *raster,
                             const NudgePoint *points,
                             gsize n,
                             const NudgeLineStyle *style);
void nudge_raster_draw_band (const NudgeRaster *raster,
                             double x,
                             double pitch,
                             const NudgeExtent *extents,
                             gsize n,
                             const NudgeLineStyle *style);

G_END_DECLS

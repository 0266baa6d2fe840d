/* nudge-map-picture.h - what the network puts out, over its one or two inputs
 *
 * SPDX-License-Identifier: MIT
 *
 * Over two inputs a map: an output's sign and size in the colours of numbers, or, of
 * several outputs that stand for classes, the largest one's class, paler where others are
 * near it. Over one input a curve for each output. The examples lie in it as points,
 * those held out as rings. Same arguments, same pixels.
 */

#pragma once

#include <cairo.h>

#include "ui/draw/base/nudge-palette.h"
#include "ui/draw/network/nudge-map-data.h"

G_BEGIN_DECLS

void nudge_draw_map (cairo_t *cr,
                     const NnFrame *frame,
                     const NudgeMapData *data,
                     const NudgePalette *palette,
                     double width,
                     double height);
gboolean nudge_map_find_sample (const NnFrame *frame,
                                const NudgeMapData *data,
                                double width,
                                double height,
                                double x,
                                double y,
                                NnSampleChoice *choice);
char *nudge_map_describe (const NnFrame *frame,
                          const NudgeMapData *data,
                          double width,
                          double height,
                          double x,
                          double y);

G_END_DECLS

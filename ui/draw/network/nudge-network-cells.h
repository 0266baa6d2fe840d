/* nudge-network-cells.h - which weights a heat map's cells show
 *
 * SPDX-License-Identifier: MIT
 *
 * Private to the painters. Where there are more weights than cells, each shows the strongest
 * of several.
 */

#pragma once

#include "ui/draw/network/nudge-network-layout.h"

G_BEGIN_DECLS

void nudge_gap_get_row (const NudgeGap *self,
                        const NnLayerShape *layer,
                        gsize row,
                        const float *weights,
                        float *strongest);
gboolean nudge_gap_find_cell (const NudgeGap *self,
                              const NnLayerShape *layer,
                              gsize unit,
                              gsize input,
                              gsize first[2],
                              gsize end[2]);
void nudge_gap_get_cell (const NudgeGap *self,
                         const NnLayerShape *layer,
                         gsize row,
                         gsize column,
                         const float *weights,
                         gsize *unit,
                         gsize *input);

G_END_DECLS

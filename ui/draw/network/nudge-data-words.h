/* nudge-data-words.h - what the picture of the data shows, in words
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include "ui/draw/network/nudge-data-picture.h"

G_BEGIN_DECLS

void nudge_data_scene_append_place (const NudgeDataScene *self,
                                    const double *values,
                                    gssize row,
                                    GString *text);
void nudge_data_scene_append_summary (const NudgeDataScene *self, GString *text);

G_END_DECLS

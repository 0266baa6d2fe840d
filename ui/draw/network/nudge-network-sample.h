/* nudge-network-sample.h - what each neuron makes of the sample that is shown
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include "ui/draw/network/nudge-network-canvas.h"

G_BEGIN_DECLS

void nudge_draw_network_sample (const NudgeNetworkCanvas *self);
double nudge_network_sample_get_left (const NudgeNetworkCanvas *self, double right);
NnSampleChoice nudge_sample_find_next (const NnFrame *frame, int direction);
char *nudge_sample_dup_title (const NnFrame *frame, const NnSampleChoice *choice);
char *nudge_sample_dup_words (const NnFrame *frame);

G_END_DECLS

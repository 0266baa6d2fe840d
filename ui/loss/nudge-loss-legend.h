/* nudge-loss-legend.h - which curve of the loss plot is which
 *
 * SPDX-License-Identifier: MIT
 *
 * One row beside the plot's title; empty while there is only one curve.
 */

#pragma once

#include "ui/base/nudge-picture.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_LOSS_LEGEND (nudge_loss_legend_get_type ())
G_DECLARE_FINAL_TYPE (NudgeLossLegend,
                      nudge_loss_legend,
                      NUDGE,
                      LOSS_LEGEND,
                      NudgePicture)

void nudge_loss_legend_set_frame (NudgeLossLegend *self, NnFrame *frame);

void nudge_loss_legend_set_smoothed (NudgeLossLegend *self, gboolean smoothed);

G_END_DECLS

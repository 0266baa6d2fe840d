/* nudge-loss-panel.h - the loss of a document's run, and going back and forward along it
 *
 * SPDX-License-Identifier: MIT
 *
 *   "logarithmic"  (boolean) rw, the loss axis
 *   "smoothing"    (double) rw, as NudgeLossPlot's
 */

#pragma once

#include "app/panels/nudge-panel.h"
#include "ui/draw/nudge-figure.h"
#include "ui/loss/nudge-time.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_LOSS_PANEL (nudge_loss_panel_get_type ())
G_DECLARE_FINAL_TYPE (NudgeLossPanel, nudge_loss_panel, NUDGE, LOSS_PANEL, NudgePanel)

NudgeTime *nudge_loss_panel_get_time (NudgeLossPanel *self);

void nudge_loss_panel_write_figure (NudgeLossPanel *self, NudgeFigureStyle *style);

G_END_DECLS

/* nudge-loss-landings.h - the nudges in the loss's picture
 *
 * SPDX-License-Identifier: MIT
 *
 * Private to the painters of the loss.
 */

#pragma once

#include "ui/draw/loss/nudge-loss-canvas.h"

G_BEGIN_DECLS

void nudge_loss_draw_landings (const NudgeLossCanvas *self);

G_END_DECLS

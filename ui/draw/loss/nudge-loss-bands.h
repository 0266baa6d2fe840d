/* nudge-loss-bands.h - the nudges that repeat in the loss's picture
 *
 * SPDX-License-Identifier: MIT
 *
 * Private to the painters of the loss.
 */

#pragma once

#include "ui/draw/loss/nudge-loss-canvas.h"

G_BEGIN_DECLS

void nudge_loss_draw_bands (const NudgeLossCanvas *self);

G_END_DECLS

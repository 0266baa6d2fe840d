/* nudge-loss-reading.h - the losses under the pointer, in words
 *
 * SPDX-License-Identifier: MIT
 *
 * Private to the painters of the loss.
 */

#pragma once

#include "ui/draw/loss/nudge-loss-layout.h"

G_BEGIN_DECLS

char *nudge_loss_dup_reading (const NudgeLossLayout *plot,
                              gsize stretch) G_GNUC_WARN_UNUSED_RESULT;
char *nudge_loss_dup_why_together (const NudgeLossLayout *plot,
                                   gsize stretch) G_GNUC_WARN_UNUSED_RESULT;
char *nudge_loss_dup_smooth_reading (const NudgeLossLayout *plot,
                                     gsize stretch) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

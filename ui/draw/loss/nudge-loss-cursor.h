/* nudge-loss-cursor.h - the loss under the pointer, in words
 *
 * SPDX-License-Identifier: MIT
 *
 * Drawn on top of the loss's picture, at its size. The step and the nudge under the pointer
 * are found by the picture's own layout, so that the two cannot disagree.
 */

#pragma once

#include <cairo.h>

#include "ui/draw/loss/nudge-loss-layout.h"

G_BEGIN_DECLS

void nudge_draw_loss_cursor (cairo_t *cr,
                             const NnFrame *frame,
                             const NudgeLossStyle *style,
                             double width,
                             double height,
                             double x);
const NnLanding *nudge_loss_landing_at (const NnFrame *frame,
                                        const NudgeTimeSpan *span,
                                        double width,
                                        double x);
gboolean nudge_loss_mark_at (const NnFrame *frame,
                             const NudgeTimeSpan *span,
                             double width,
                             double x,
                             NudgeLossMark *mark);

G_END_DECLS

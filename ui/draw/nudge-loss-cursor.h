/* nudge-loss-cursor.h - the loss under the pointer, in words
 *
 * SPDX-License-Identifier: MIT
 *
 * For hover: drawn on top of the loss's picture, and the same mapping from pointer to
 * step and nudge.
 */

#pragma once

#include <cairo.h>

#include "ui/draw/nudge-loss-layout.h"

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

/* nudge-frame.h - what a frame holds, found by column, by nudge or by id
 *
 * SPDX-License-Identifier: MIT
 *
 * Column 0 is the features, column k is layer k - 1; all pointers are borrowed from the
 * frame. While a nudge is previewed, the numbers are those that it would make.
 *
 * Every application has a nudge of its own, and every repeating nudge is one: by its
 * nudge a landing is the same in one frame and the next. A nudge that repeats keeps its id
 * where another takes over from it.
 */

#pragma once

#include "nn/session/nn-frame.h"

G_BEGIN_DECLS

gsize nudge_frame_get_n_units (const NnFrame *frame, gsize column);
const float *nudge_frame_get_weights (const NnFrame *frame, gsize column);
gboolean nudge_frame_has_bias (const NnFrame *frame, gsize column);
float nudge_frame_get_bias (const NnFrame *frame, gsize column, gsize unit);
gboolean nudge_frame_has (const NnFrame *frame, NnQuantity quantity);
const float *
nudge_frame_get_shown (const NnFrame *frame, NnQuantity quantity, gsize column);
float nudge_frame_get_shown_bias (const NnFrame *frame,
                                  NnQuantity quantity,
                                  gsize column,
                                  gsize unit);
const float *nudge_frame_get_activations (const NnFrame *frame, gsize column, gsize unit);

gboolean nudge_frame_is_off (const NnFrame *frame, gsize column, gsize unit);

const NnLanding *nudge_frame_find_landing (const NnFrame *frame, const NnNudge *nudge);
const NnStanding *nudge_frame_find_repeating (const NnFrame *frame, guint64 id);

double nudge_frame_get_loss (const NnFrame *frame);
double nudge_frame_get_accuracy (const NnFrame *frame, NnScoreKind *kind);
double nudge_frame_get_change (const NnFrame *frame);

guint64 nudge_frame_find_jump (const NnFrame *frame);

G_END_DECLS

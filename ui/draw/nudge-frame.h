/* nudge-frame.h - a frame's numbers by the column they belong to
 *
 * SPDX-License-Identifier: MIT
 *
 * Private to the painters. Column 0 is the features, column k is layer k - 1; all
 * pointers are borrowed from the frame. While a nudge is previewed, the numbers are
 * those that it would make.
 */

#pragma once

#include "nn/session/nn-frame.h"

G_BEGIN_DECLS

gsize nudge_frame_get_n_units (const NnFrame *frame, gsize column);
const float *nudge_frame_get_weights (const NnFrame *frame, gsize column);
float nudge_frame_get_bias (const NnFrame *frame, gsize column, gsize unit);
const float *nudge_frame_get_activations (const NnFrame *frame, gsize column, gsize unit);

G_END_DECLS

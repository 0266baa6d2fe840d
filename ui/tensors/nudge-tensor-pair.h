/* nudge-tensor-pair.h - a tensor in two files, and how far the two are apart
 *
 * SPDX-License-Identifier: MIT
 *
 * A copy of an NnArrayPair, as an item of a list model. Immutable.
 *
 *   "changed"  never emitted; NudgeTensorColumn connects to it
 */

#pragma once

#include <gio/gio.h>

#include "nn/patch/nn-file-difference.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_TENSOR_PAIR (nudge_tensor_pair_get_type ())
G_DECLARE_FINAL_TYPE (NudgeTensorPair, nudge_tensor_pair, NUDGE, TENSOR_PAIR, GObject)

NudgeTensorPair *
nudge_tensor_pair_new (const NnArrayPair *pair) G_GNUC_WARN_UNUSED_RESULT;
const NnArrayPair *nudge_tensor_pair_get (NudgeTensorPair *self);
gboolean nudge_tensor_pair_has_picture (NudgeTensorPair *self);
const char *nudge_tensor_pair_get_kind_words (NudgeTensorPair *self);
char *nudge_tensor_pair_dup_shape_words (NudgeTensorPair *self);
char *nudge_tensor_pair_dup_type_words (NudgeTensorPair *self);
char *nudge_tensor_pair_dup_sentence (NudgeTensorPair *self);

G_END_DECLS

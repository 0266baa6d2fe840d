/* nn-apply.h - a nudge meets a network
 *
 * SPDX-License-Identifier: MIT
 *
 * In a gradient-free section: no gradient or flag changes, and the weights' versions
 * count the change. All or nothing: every new value is computed and found finite before
 * the first is stored. Random numbers are drawn for one parameter after the other, in
 * the network's order.
 */

#pragma once

#include "nn/model/nn-init.h"
#include "nn/nudge/nn-noise.h"
#include "nn/nudge/nn-nudge.h"
#include "nn/optim/nn-optimizer.h"

G_BEGIN_DECLS

/* The run that a nudge is applied to, and what of it an update function may read.
 * Borrows everything. What no nudge asks for may be left out. */
typedef struct {
  NnNetwork *network;
  NnOptimizer *optimizer; /* (nullable) whose memory is zeroed, if the nudge says so */
  NnNoise *noise;         /* (nullable) the stream for draws, and its scratch */
  const NnInit *init;     /* (nullable) how `fresh` values are drawn */
  const float *initial;   /* (n_values) (nullable) `w0` */
  const float *before;    /* (n_values) (nullable) `before`; NULL: not kept */
  guint64 step;           /* `n`: the one under way, or just taken */
  float *scratch;         /* (n_values) overwritten */
} NnNudgeContext;

gboolean nn_nudge_check_target (const NnNudge *nudge,
                                const NnArchitecture *architecture,
                                GError **error);
gboolean nn_nudge_apply (const NnNudge *nudge,
                         const NnNudgeContext *context,
                         double *change,
                         GError **error);
gboolean nn_nudge_preview (const NnNudge *nudge,
                           float amount,
                           const NnNudgeContext *context,
                           float *values,
                           GError **error);

G_END_DECLS

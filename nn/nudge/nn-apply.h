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
#include "nn/nudge/nn-slow-copies.h"
#include "nn/optim/nn-optimizer.h"

G_BEGIN_DECLS

/* What one application of a nudge does otherwise than the nudge says. What it computes and
 * draws is as ever, so that whatever comes later draws the same. */
typedef struct {
  /* (owned) (nullable) names, not owned, of parameters and layers that stay as they are … */
  GPtrArray *left_out;
  gboolean all_left_out;  /* … or all of them do */
  gboolean zeroes_memory; /* the target's memory is zeroed, whatever the nudge says */
} NnNudgeException;

/* The run that a nudge is applied to, and what of it an update function may read.
 * Borrows everything. What no nudge asks for may be left out. */
typedef struct {
  NnNetwork *network;
  NnOptimizer *optimizer; /* (nullable) whose memory is zeroed, if the nudge says so */
  NnNoise *noise;         /* (nullable) the stream for draws, and its scratch */
  const NnInit *init;     /* (nullable) how `fresh` values are drawn */
  const float *initial;   /* (n_values) (nullable) `w0` */
  const float *before;    /* (n_values) (nullable) `before`; NULL: not kept */
  NnSlowCopies *slow;     /* (nullable) `m` */
  guint64 step;           /* `n`: the one under way, or just taken */
  float rate;             /* `lr` */
  float *scratch;         /* (n_values) overwritten */
  const NnNudgeException *exception; /* (nullable) none, usually */
} NnNudgeContext;

/* A nudge and what it is aimed at in one network, found out once. One owner. */
typedef struct _NnBoundNudge NnBoundNudge;

NnBoundNudge *nn_bound_nudge_new (NnNudge *nudge,
                                  NnArchitecture *architecture,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
void nn_bound_nudge_free (NnBoundNudge *self);
gboolean nn_bound_nudge_fits (const NnBoundNudge *self, const NnNetwork *network);
gboolean nn_bound_nudge_apply (NnBoundNudge *self,
                               const NnNudgeContext *context,
                               double *change,
                               GError **error);
gboolean nn_bound_nudge_preview (NnBoundNudge *self,
                                 float amount,
                                 const NnNudgeContext *context,
                                 float *values,
                                 GError **error);
const NnNudge *nn_bound_nudge_get_nudge (const NnBoundNudge *self);
const char *nn_bound_nudge_get_skipped (const NnBoundNudge *self);

void nn_nudge_exception_clear (NnNudgeException *self);

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

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnBoundNudge, nn_bound_nudge_free)

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NnNudgeException, nn_nudge_exception_clear)

G_END_DECLS

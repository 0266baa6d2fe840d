/* nn-apply.h - applies a nudge to a network
 *
 * SPDX-License-Identifier: MIT
 *
 * A bound nudge is a nudge whose target was resolved in one architecture, for applying it
 * in every step; nn_nudge_apply () binds and applies once.
 *
 * It runs in a gradient-free section: gradients and requires_grad stay, and the
 * parameters' versions count the change. All or nothing: every new value is computed and
 * checked to be finite before the first is stored. Random numbers are drawn parameter by
 * parameter, in the network's order. One thread.
 */

#pragma once

#include "nn/model/nn-init.h"
#include "nn/nudge/nn-noise.h"
#include "nn/nudge/nn-nudge.h"
#include "nn/nudge/nn-slow-copies.h"
#include "nn/optim/nn-optimizer.h"

G_BEGIN_DECLS

/* Changes the effect of a single application, for what-if trials. Everything is computed
 * and drawn as usual, so that later random numbers are the same. */
typedef struct {
  /* (owned) (nullable) names, not owned, of parameters and layers that are not changed */
  GPtrArray *left_out;
  gboolean all_left_out; /* none is changed */
  /* the target's optimizer state is zeroed, as with memory=zero */
  gboolean zeroes_memory;
} NnNudgeException;

/* The run that a nudge is applied to, with everything that an update function may
 * read. Borrows everything. Fields that are (nullable) are needed only by nudges that
 * use them. */
typedef struct {
  NnNetwork *network;
  NnOptimizer *optimizer; /* (nullable) for memory=zero and zero-all */
  NnNoise *noise;         /* (nullable) the generator for random numbers, and scratch */
  const NnInit *init;     /* (nullable) how `fresh` is drawn */
  const float *initial;   /* (nullable) (n_values) `w0` */
  const float *before;    /* (nullable) (n_values) `before`; NULL: not kept */
  NnSlowCopies *slow;     /* (nullable) `m` */
  guint64 step;           /* `n`: the present step, or the one just finished */
  float rate;             /* `lr` */
  float *scratch;         /* (n_values) overwritten */
  const NnNudgeException *exception; /* (nullable) usually NULL */
} NnNudgeContext;

/* A nudge whose target is resolved in one architecture. One owner. */
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

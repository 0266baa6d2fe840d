/* nn-growth.h - carries parameters over from one network to an edited one
 *
 * SPDX-License-Identifier: MIT
 *
 * For edits of the architecture during a run, in the manner of Net2Net (Chen, Goodfellow
 * and Shlens, arXiv:1511.05641). Each layer of the second network continues one of the
 * first or is new. A value is kept if its layer, row and column exist in both. New values
 * are chosen such that the network computes the same function as before, where possible:
 *
 * - a new unit's incoming weights and bias are drawn by the initialisation, and its
 *   outgoing weights, the new columns of the next layer, are zero;
 * - a new layer with at least as many units as inputs is the identity, if its activation
 *   does not change its inputs; else it is drawn.
 *
 * If fresh, everything new is drawn. Immutable, with one owner.
 */

#pragma once

#include "nn/model/nn-architecture.h"
#include "nn/model/nn-init.h"
#include "nn/tensor/nn-random.h"

G_BEGIN_DECLS

typedef struct _NnGrowth NnGrowth;

NnGrowth *nn_growth_new (NnArchitecture *before,
                         NnArchitecture *after,
                         const gssize *sources,
                         gboolean fresh) G_GNUC_WARN_UNUSED_RESULT;
void nn_growth_free (NnGrowth *self);

NnArchitecture *nn_growth_get_after (const NnGrowth *self);
gssize nn_growth_find_source (const NnGrowth *self, gsize parameter);
void nn_growth_carry (const NnGrowth *self, const float *before, float *after);
void nn_growth_make_new (const NnGrowth *self,
                         const NnInit *init,
                         NnRandom *random,
                         float *values);
gboolean nn_growth_is_fresh (const NnGrowth *self);
gboolean nn_growth_is_identity (const NnGrowth *self, gsize layer);
char *nn_growth_dup_note (const NnGrowth *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnGrowth, nn_growth_free)

G_END_DECLS

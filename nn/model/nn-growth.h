/* nn-growth.h - how the parameters of one network become those of another
 *
 * SPDX-License-Identifier: MIT
 *
 * Layers of the second network go on from layers of the first, or are new. A value stays
 * where layer, row and column are in both. What is new is made so that the network goes
 * on to compute what it did, as far as that can be:
 *
 * - a new unit's incoming weights and its bias are drawn, as the initialisation draws
 *   them, and its outgoing weights, the new columns of the layer behind, are zero;
 * - a new layer that has a unit for each input is the identity, if its activation keeps
 *   what comes in; else it is drawn.
 *
 * Immutable, with one owner.
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

NnArchitecture *nn_growth_get_before (const NnGrowth *self);
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

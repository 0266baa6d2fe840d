/* nn-slow-copies.h - the slow copies of parameters, `m` in update functions
 *
 * SPDX-License-Identifier: MIT
 *
 * A second set of values for a parameter, updated only by nudges, for averages (EMA)
 * and lookahead. Each parameter has at most one, shared by all nudges; it is created at
 * its first use as a copy of the parameter. Part of a run's state. A plain value with
 * one owner.
 */

#pragma once

#include "nn/model/nn-architecture.h"
#include "nn/model/nn-growth.h"

G_BEGIN_DECLS

typedef struct _NnSlowCopies NnSlowCopies;

NnSlowCopies *nn_slow_copies_new (NnArchitecture *architecture) G_GNUC_WARN_UNUSED_RESULT;
NnSlowCopies *nn_slow_copies_copy (const NnSlowCopies *self) G_GNUC_WARN_UNUSED_RESULT;
NnSlowCopies *nn_slow_copies_grow (const NnSlowCopies *self,
                                   const NnGrowth *growth,
                                   const float *values) G_GNUC_WARN_UNUSED_RESULT;
void nn_slow_copies_free (NnSlowCopies *self);

void nn_slow_copies_assign (NnSlowCopies *self, const NnSlowCopies *from);
void nn_slow_copies_clear (NnSlowCopies *self);
const float *nn_slow_copies_get (const NnSlowCopies *self, gsize parameter);
float *nn_slow_copies_write (NnSlowCopies *self, gsize parameter, const float *values);
gsize nn_slow_copies_get_n (const NnSlowCopies *self);
float *nn_slow_copies_dup_values (const NnSlowCopies *self,
                                  const float *values) G_GNUC_WARN_UNUSED_RESULT;
gsize nn_slow_copies_get_size (const NnSlowCopies *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnSlowCopies, nn_slow_copies_free)

G_END_DECLS

/* nn-optimizer.h - updates a network's parameters by their gradients, as torch.optim does
 *
 * SPDX-License-Identifier: MIT
 *
 * Names, defaults and order of operations are PyTorch's, in float32, so that the same
 * gradients give the same bits. The types are listed in optimizers.inc;
 * nn-optimizer-kind.h has their settings.
 *
 * Borrows the network. Each moment (a buffer of PyTorch's optimizer state: exp_avg …) is
 * a flat vector like the parameters. A parameter whose gradient is none is skipped: no
 * weight decay, no momentum, its bytes do not change. One owner, used by one thread; a
 * step of a large network runs on the thread pool.
 */

#pragma once

#include "nn/model/nn-growth.h"
#include "nn/model/nn-network.h"
#include "nn/optim/nn-optimizer-kind.h"

G_BEGIN_DECLS

typedef struct _NnOptimizer NnOptimizer;

NnOptimizer *
nn_optimizer_new (NnNetwork *network,
                  const NnOptimizerSettings *settings) G_GNUC_WARN_UNUSED_RESULT;
void nn_optimizer_free (NnOptimizer *self);

void nn_optimizer_step (NnOptimizer *self);
const NnOptimizerSettings *nn_optimizer_get_settings (const NnOptimizer *self);
gboolean nn_optimizer_set_settings (NnOptimizer *self,
                                    const NnOptimizerSettings *settings,
                                    GError **error);

/* The state: up to NN_OPTIMIZER_MAX_MOMENTS flat vectors, laid out like the parameters,
 * and for types that need it a count of steps for each parameter. */
gsize nn_optimizer_get_n_moments (const NnOptimizer *self);
const float *nn_optimizer_get_moment (const NnOptimizer *self, gsize index);
void nn_optimizer_zero_state (NnOptimizer *self, gsize parameter);
void nn_optimizer_zero_moments (NnOptimizer *self, gsize first, gsize n);

void nn_optimizer_take_over (NnOptimizer *self,
                             const NnOptimizer *from,
                             const NnGrowth *growth);

/* The layout of a saved state: the moments, then a guint64 count of steps for
 * each parameter. */
typedef struct {
  gsize n_moments;
  gsize n_values;     /* of each moment */
  gsize stride;       /* floats from one moment to the next */
  gsize n_parameters; /* how many counts of steps follow the moments */
} NnOptimizerLayout;

NnOptimizerLayout nn_optimizer_get_layout (const NnOptimizer *self);
gsize nn_optimizer_get_state_size (const NnOptimizer *self);
void nn_optimizer_save_state (const NnOptimizer *self, void *bytes);
void nn_optimizer_restore_state (NnOptimizer *self, const void *bytes);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnOptimizer, nn_optimizer_free)

G_END_DECLS

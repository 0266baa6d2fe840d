/* nn-optimizer.h - how gradients become changes of the weights
 *
 * SPDX-License-Identifier: MIT
 *
 * Names, defaults and order of operations are PyTorch's, all in float32; which types
 * there are is in optimizers.inc, and what each does in its file. Borrows the network,
 * whose parameters are one flat vector, as each moment is. A parameter without a gradient
 * is skipped wholly: no decay, no momentum, its bytes do not change. One thread.
 */

#pragma once

#include "nn/model/nn-growth.h"
#include "nn/model/nn-network.h"
#include "nn/optim/nn-optimizer-kind.h"

G_BEGIN_DECLS

typedef struct _NnOptimizer NnOptimizer;

const NnOptimizerKind *nn_optimizer_get_kind (NnOptimizerType type);
const char *nn_optimizer_get_name (NnOptimizerType type);
gboolean nn_optimizer_find (const char *name, NnOptimizerType *type, GError **error);
NnOptimizerSettings nn_optimizer_get_default (NnOptimizerType type);
gboolean nn_optimizer_check (const NnOptimizerSettings *settings, GError **error);

NnOptimizer *
nn_optimizer_new (NnNetwork *network,
                  const NnOptimizerSettings *settings) G_GNUC_WARN_UNUSED_RESULT;
void nn_optimizer_free (NnOptimizer *self);

void nn_optimizer_step (NnOptimizer *self);
const NnOptimizerSettings *nn_optimizer_get_settings (const NnOptimizer *self);
gboolean nn_optimizer_set_settings (NnOptimizer *self,
                                    const NnOptimizerSettings *settings,
                                    GError **error);

/* The state: up to NN_OPTIMIZER_MAX_MOMENTS flat vectors laid out as the parameters are,
 * and each parameter's own count of steps where the type needs it. */
gsize nn_optimizer_get_n_moments (const NnOptimizer *self);
const char *nn_optimizer_get_moment_name (const NnOptimizer *self, gsize index);
const float *nn_optimizer_get_moment (const NnOptimizer *self, gsize index);
void nn_optimizer_zero_state (NnOptimizer *self, gsize parameter);
void nn_optimizer_zero_moments (NnOptimizer *self, gsize first, gsize n);

void nn_optimizer_take_over (NnOptimizer *self,
                             const NnOptimizer *from,
                             const NnGrowth *growth);

/* How the state is in memory. */
typedef struct {
  gsize n_moments;
  gsize n_values;     /* of each */
  gsize stride;       /* floats from one to the next */
  gsize n_parameters; /* counts of steps, guint64, behind the last */
} NnOptimizerLayout;

NnOptimizerLayout nn_optimizer_get_layout (const NnOptimizer *self);
gsize nn_optimizer_get_state_size (const NnOptimizer *self);
void nn_optimizer_save_state (const NnOptimizer *self, void *bytes);
void nn_optimizer_restore_state (NnOptimizer *self, const void *bytes);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnOptimizer, nn_optimizer_free)

G_END_DECLS

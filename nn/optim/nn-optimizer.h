/* nn-optimizer.h - how gradients become changes of the weights
 *
 * SPDX-License-Identifier: MIT
 *
 * Names, defaults and order of operations are PyTorch's: sgd (momentum, dampening
 * 0, nesterov, weight decay), adam, adamw, rmsprop, adagrad, all in float32. Borrows the
 * network, whose parameters lie in one flat vector, as the state does. A
 * parameter without a gradient is skipped wholly: no decay, no momentum, its
 * bytes do not change. One thread.
 */

#pragma once

#include "nn/model/nn-network.h"

G_BEGIN_DECLS

typedef enum {
  NN_OPTIMIZER_SGD,
  NN_OPTIMIZER_ADAM,
  NN_OPTIMIZER_ADAMW,
  NN_OPTIMIZER_RMSPROP,
  NN_OPTIMIZER_ADAGRAD,
  NN_N_OPTIMIZERS,
} NnOptimizerType;

/* Each type reads those that PyTorch gives it. */
typedef struct {
  NnOptimizerType type;
  double lr;
  double weight_decay;
  double momentum; /* sgd, rmsprop */
  gboolean nesterov;
  double beta1, beta2;              /* adam, adamw */
  double eps;                       /* adam, adamw, rmsprop, adagrad */
  double alpha;                     /* rmsprop */
  gboolean centered;                /* rmsprop */
  double lr_decay;                  /* adagrad */
  double initial_accumulator_value; /* adagrad */
} NnOptimizerSettings;

typedef struct _NnOptimizer NnOptimizer;

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
#define NN_OPTIMIZER_MAX_MOMENTS 3
gsize nn_optimizer_get_n_moments (const NnOptimizer *self);
const char *nn_optimizer_get_moment_name (const NnOptimizer *self, gsize index);
const float *nn_optimizer_get_moment (const NnOptimizer *self, gsize index);
void nn_optimizer_zero_state (NnOptimizer *self, gsize parameter);
void nn_optimizer_zero_moments (NnOptimizer *self, gsize first, gsize n);

gsize nn_optimizer_get_state_size (const NnOptimizer *self);
void nn_optimizer_save_state (const NnOptimizer *self, void *bytes);
void nn_optimizer_restore_state (NnOptimizer *self, const void *bytes);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnOptimizer, nn_optimizer_free)

G_END_DECLS

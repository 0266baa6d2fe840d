/* nn-adam.h - the Adam optimizer, with PyTorch's defaults and order of operations
 *
 * SPDX-License-Identifier: MIT
 *
 * Kingma and Ba, 2015, arXiv 1412.6980, algorithm 1, as torch.optim.Adam computes
 * it in float32. Borrows the network. One thread.
 */

#pragma once

#include "nn/model/nn-network.h"

G_BEGIN_DECLS

typedef struct _NnAdam NnAdam;

typedef struct {
  double learning_rate;
  double beta1;
  double beta2;
  double eps;
} NnAdamSettings;

#define NN_ADAM_DEFAULTS                                                                 \
  {                                                                                      \
    .learning_rate = 1e-3, .beta1 = 0.9, .beta2 = 0.999, .eps = 1e-8                     \
  }

NnAdam *nn_adam_new (NnNetwork *network,
                     const NnAdamSettings *settings) G_GNUC_WARN_UNUSED_RESULT;
void nn_adam_free (NnAdam *self);

void nn_adam_step (NnAdam *self);

/* For looking at: (n_values) each, laid out as the parameters are. */
const float *nn_adam_get_first_moments (const NnAdam *self);
const float *nn_adam_get_second_moments (const NnAdam *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnAdam, nn_adam_free)

G_END_DECLS

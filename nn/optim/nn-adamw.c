/* nn-adamw.c - adam that shrinks the weights themselves, as torch.optim.AdamW
 *
 * SPDX-License-Identifier: MIT
 *
 * Loshchilov and Hutter, Decoupled Weight Decay Regularization, arXiv:1711.05101. The
 * loop is adam's. How such a file is structured: nn-optimizer-kind.h.
 */

#include "nn/optim/nn-adam.h"

#include <glib/gi18n.h>

#ifndef NN_KERNEL_SET

static const NnSetting settings[] = {
  NN_OPTIMIZER_LR (1e-3),
  NN_ADAM_BETAS,
  NN_OPTIMIZER_EPS (1e-8),
  NN_OPTIMIZER_WEIGHT_DECAY (1e-2),
};

static void
prepare_settings (gpointer step, const NnOptimizerSettings *s)
{
  nn_adam_prepare (step, s, 0, 1 - s->lr * s->weight_decay);
}

const NnOptimizerKind nn_optimizer_adamw = {
  .sentence = N_ ("adam whose weight decay shrinks the weights, not the gradients"),
  .torch = "AdamW",
  .moments = { "exp_avg", "exp_avg_sq" },
  .gradient_powers = { 1, 2 },
  .settings = NN_SETTINGS (settings),
  .step_size = sizeof (NnAdamStep),
  .prepare_settings = prepare_settings,
  .prepare_step = nn_adam_prepare_step,
  .loops = { NN_IN_EACH_SET (nn_optimizer_adam) },
};

#endif

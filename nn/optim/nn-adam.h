/* nn-adam.h - what adam and adamw have in common
 *
 * SPDX-License-Identifier: MIT
 *
 * They differ only in weight decay: adam adds it to the gradient, adamw shrinks
 * the weights.
 */

#pragma once

#include "nn/optim/nn-optimizer-kind.h"
#include "nn/optim/nn-powers.h"

G_BEGIN_DECLS

/* What the loop over the weights reads, each rounded to float32 where PyTorch passes a
 * double to an operation on float32. */
typedef struct {
  float beta1, rest1; /* rest: 1 − β */
  float beta2, rest2;
  float eps;
  float weight_decay;     /* adam: added to the gradient; 0: none */
  float keep;             /* adamw: weights are multiplied by it, 1 − lr λ; else 1 */
  float step_size;        /* lr / (1 − β₁ᵗ) */
  float correction2_sqrt; /* √(1 − β₂ᵗ) */
} NnAdamLoop;

typedef struct {
  NnAdamLoop loop; /* first: the loop takes a pointer to the step as one to this */
  NnPowers beta1;
  NnPowers beta2;
} NnAdamStep;

#define NN_ADAM_BETAS                                                                    \
  {                                                                                      \
    .key = "betas",                                                                      \
    .sentence = N_ ("the fractions of the running means of gradients and of their "      \
                    "squares that each step keeps"),                                     \
    .type = NN_SETTING_PAIR, .offset = NN_OPTIMIZER_SETTING (beta1), .usual = 0.9,       \
    .usual2 = 0.999, .most = 1, .below_most = TRUE,                                      \
  }

void nn_adam_prepare (NnAdamStep *step,
                      const NnOptimizerSettings *settings,
                      double weight_decay,
                      double keep);
void nn_adam_prepare_step (gpointer step,
                           const NnOptimizerSettings *settings,
                           guint64 n_steps);

G_END_DECLS

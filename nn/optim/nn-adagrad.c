/* nn-adagrad.c - steps divided by the size of all gradients so far, as
 * torch.optim.Adagrad
 *
 * SPDX-License-Identifier: MIT
 *
 * Duchi, Hazan and Singer, Adaptive Subgradient Methods for Online Learning and
 * Stochastic Optimization, JMLR 12, 2011. How such a file is structured:
 * nn-optimizer-kind.h.
 */

#include "nn/optim/nn-optimizer-kind.h"

#include <glib/gi18n.h>

typedef struct {
  float step_size; /* lr / (1 + (t − 1) lr_decay) */
  float eps;
  float weight_decay; /* 0: none */
} Step;

#ifdef NN_KERNEL_SET

#include "nn/kernels/lanes.inc"

G_ALWAYS_INLINE static inline void
step_vector (const Step s, float *w, const float *g, float *sum, gsize n)
{
  const NnVector x = load (w, n);
  NnVector dx = load (g, n);

  if (s.weight_decay != 0)
    dx = dx + s.weight_decay * x;

  const NnVector v = load (sum, n) + dx * dx;

  store (sum, v, n);
  store (w, x - s.step_size * dx / (square_root (v) + s.eps), n);
}

void
NN_IN_THIS_SET (nn_optimizer_adagrad) (gconstpointer step,
                                       float *w,
                                       const float *g,
                                       float *sum,
                                       gsize stride,
                                       gsize n)
{
  const Step s = *(const Step *) step;
  gsize i = 0;

  for (; i + NN_WIDTH <= n; i += NN_WIDTH)
    step_vector (s, w + i, g + i, sum + i, NN_WIDTH);
  if (i < n)
    step_vector (s, w + i, g + i, sum + i, n - i);
}

#else

static const NnSetting settings[] = {
  NN_OPTIMIZER_LR (1e-2),
  {
      .key = "lr_decay",
      .sentence = N_ ("how fast the learning rate decays"),
      .type = NN_SETTING_NUMBER,
      .offset = NN_OPTIMIZER_SETTING (lr_decay),
      .most = NN_SETTING_LARGEST_FLOAT,
  },
  {
      .key = "initial_accumulator_value",
      .sentence = N_ ("the initial value of the sum of squared gradients"),
      .type = NN_SETTING_NUMBER,
      .offset = NN_OPTIMIZER_SETTING (initial_accumulator_value),
      .most = NN_SETTING_LARGEST_FLOAT,
  },
  NN_OPTIMIZER_EPS (1e-10),
  NN_OPTIMIZER_WEIGHT_DECAY (0),
};

static void
prepare_settings (gpointer step, const NnOptimizerSettings *s)
{
  *(Step *) step =
      (Step){ .eps = (float) s->eps, .weight_decay = (float) s->weight_decay };
}

static void
prepare_step (gpointer step, const NnOptimizerSettings *s, guint64 n_steps)
{
  ((Step *) step)->step_size = (float) (s->lr / (1 + (double) n_steps * s->lr_decay));
}

static double
get_first_moment (const NnOptimizerSettings *s)
{
  return s->initial_accumulator_value;
}

const NnOptimizerKind nn_optimizer_adagrad = {
  .sentence = N_ ("steps divided by the size of all gradients so far"),
  .torch = "Adagrad",
  .moments = { "sum" },
  .gradient_powers = { 2 },
  .settings = NN_SETTINGS (settings),
  .step_size = sizeof (Step),
  .prepare_settings = prepare_settings,
  .prepare_step = prepare_step,
  .get_first_moment = get_first_moment,
  .loops = { NN_IN_EACH_SET (nn_optimizer_adagrad) },
};

#endif

/* nn-adam.c - steps from running means of the gradients and of their squares, as
 * torch.optim.Adam
 *
 * SPDX-License-Identifier: MIT
 *
 * Kingma and Ba, Adam: A Method for Stochastic Optimization, arXiv:1412.6980. How such a
 * file is structured: nn-optimizer-kind.h.
 */

#include "nn/optim/nn-adam.h"

#ifdef NN_KERNEL_SET

#include "nn/kernels/lanes.inc"

/* The prefetch distance in floats. The hardware prefetcher does not keep up with four
 * arrays larger than a core's cache: without this a step of W4 of tests/bench took 1.3 %
 * longer. w is prefetched for writing, as other threads have read it for the gradients of a
 * layer's inputs: prefetched for reading, each store waited until the other processor had
 * given up its copy of the line. Adam's part of a step of W4 then took two processors with a
 * cache each 148 us instead of 95, and two that share one 56 instead of 54. What is fetched
 * behind the last parameters of a part is mostly the part that the same thread does next:
 * 64 us instead of 68. */
#define AHEAD 1024

static inline void
fetch (const float *w, const float *g, const float *m, const float *v)
{
  __builtin_prefetch (w + AHEAD, TRUE);
  __builtin_prefetch (g + AHEAD);
  __builtin_prefetch (m + AHEAD);
  __builtin_prefetch (v + AHEAD);
}

G_ALWAYS_INLINE static inline void
step_vector (const NnAdamLoop s, float *w, const float *g, float *m, float *v, gsize n)
{
  const NnVector x = load (w, n);
  NnVector dx = load (g, n);

  if (s.weight_decay != 0)
    dx = dx + s.weight_decay * x;

  const NnVector first = rounded (load (m, n) * s.beta1) + s.rest1 * dx;
  const NnVector second = rounded (load (v, n) * s.beta2) + s.rest2 * dx * dx;
  const NnVector scale = square_root (second) / s.correction2_sqrt + s.eps;

  store (m, first, n);
  store (v, second, n);
  store (w, rounded (x * s.keep) - s.step_size * first / scale, n);
}

void
NN_IN_THIS_SET (nn_optimizer_adam) (gconstpointer step,
                                    float *w,
                                    const float *g,
                                    float *m,
                                    gsize stride,
                                    gsize n)
{
  const NnAdamLoop s = *(const NnAdamLoop *) step;
  float *v = m + stride;
  gsize i = 0;

  for (; n >= AHEAD && i + NN_WIDTH <= n; i += NN_WIDTH) {
    fetch (w + i, g + i, m + i, v + i);
    step_vector (s, w + i, g + i, m + i, v + i, NN_WIDTH);
  }
  w += i;
  g += i;
  m += i;
  v += i;
  for (n -= i; n >= NN_WIDTH; n -= NN_WIDTH) {
    step_vector (s, w, g, m, v, NN_WIDTH);
    w += NN_WIDTH;
    g += NN_WIDTH;
    m += NN_WIDTH;
    v += NN_WIDTH;
  }
  if (n > 0)
    step_vector (s, w, g, m, v, n);
}

#else

#include <glib/gi18n.h>
#include <math.h>

G_STATIC_ASSERT (NN_OPTIMIZER_SETTING (beta2) ==
                 NN_OPTIMIZER_SETTING (beta1) + sizeof (double));

static const NnSetting settings[] = {
  NN_OPTIMIZER_LR (1e-3),
  NN_ADAM_BETAS,
  NN_OPTIMIZER_EPS (1e-8),
  NN_OPTIMIZER_WEIGHT_DECAY (0),
};

/**
 * nn_adam_prepare:
 * @step: (out)
 * @weight_decay: of adam: the gradient gets weight_decay · w; 0 for none
 * @keep: of adamw: w is multiplied by it; 1 for none
 *
 * What prepare_settings of both calls: computes what the settings alone determine.
 */
void
nn_adam_prepare (NnAdamStep *step,
                 const NnOptimizerSettings *s,
                 double weight_decay,
                 double keep)
{
  nn_powers_set_base (&step->beta1, s->beta1);
  nn_powers_set_base (&step->beta2, s->beta2);
  step->loop = (NnAdamLoop){
    .beta1 = (float) s->beta1,
    .rest1 = (float) (1 - s->beta1),
    .beta2 = (float) s->beta2,
    .rest2 = (float) (1 - s->beta2),
    .eps = (float) s->eps,
    .weight_decay = (float) weight_decay,
    .keep = (float) keep,
  };
}

/* @t: whose powers are at hand */
static inline void
correct (NnAdamStep *self, double lr, guint64 t)
{
  self->loop.step_size = (float) (lr / (1 - nn_powers_get (&self->beta1, t)));
  self->loop.correction2_sqrt = (float) sqrt (1 - nn_powers_get (&self->beta2, t));
}

/* By itself, as calls would cost correct () registers in every step. */
static G_NO_INLINE void
move_and_correct (NnAdamStep *self, double lr, guint64 t)
{
  nn_powers_move (&self->beta1, t);
  nn_powers_move (&self->beta2, t);
  correct (self, lr, t);
}

/**
 * nn_adam_prepare_step:
 * @step: an NnAdamStep, prepared with nn_adam_prepare ()
 * @n_steps: how many there were before, t − 1
 *
 * Sets the bias corrections of step t.
 */
void
nn_adam_prepare_step (gpointer step, const NnOptimizerSettings *s, guint64 n_steps)
{
  NnAdamStep *self = step;

  if (nn_powers_hold (&self->beta1, n_steps + 1) &&
      nn_powers_hold (&self->beta2, n_steps + 1))
    correct (self, s->lr, n_steps + 1);
  else
    move_and_correct (self, s->lr, n_steps + 1);
}

static void
prepare_settings (gpointer step, const NnOptimizerSettings *s)
{
  nn_adam_prepare (step, s, s->weight_decay, 1);
}

const NnOptimizerKind nn_optimizer_adam = {
  .sentence = N_ ("steps from running means of the gradients and of their squares"),
  .torch = "Adam",
  .moments = { "exp_avg", "exp_avg_sq" },
  .gradient_powers = { 1, 2 },
  .settings = NN_SETTINGS (settings),
  .step_size = sizeof (NnAdamStep),
  .prepare_settings = prepare_settings,
  .prepare_step = nn_adam_prepare_step,
  .loops = { NN_IN_EACH_SET (nn_optimizer_adam) },
};

#endif

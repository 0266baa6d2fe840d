/* nn-rmsprop.c - steps divided by a running mean of the gradients' size, as
 * torch.optim.RMSprop
 *
 * SPDX-License-Identifier: MIT
 *
 * How such a file is structured: nn-optimizer-kind.h.
 */

#include "nn/optim/nn-optimizer-kind.h"

#include <glib/gi18n.h>

typedef struct {
  float lr;
  float alpha, rest; /* rest: 1 − α */
  float eps;
  float weight_decay; /* 0: none */
  float momentum;     /* 0: the buffer is neither read nor written */
  gboolean centered;  /* FALSE: the mean is neither read nor written */
} Step;

#ifdef NN_KERNEL_SET

#include "nn/kernels/lanes.inc"

G_ALWAYS_INLINE static inline void
step_vector (const Step s,
             float *w,
             const float *g,
             float *square,
             float *mean,
             float *buffer,
             gsize n)
{
  const NnVector x = load (w, n);
  NnVector dx = load (g, n);

  if (s.weight_decay != 0)
    dx = dx + s.weight_decay * x;

  NnVector v = rounded (load (square, n) * s.alpha) + s.rest * dx * dx;

  store (square, v, n);
  if (s.centered) {
    const NnVector average = rounded (load (mean, n) * s.alpha) + s.rest * dx;

    store (mean, average, n);
    v = v - average * average;
  }

  const NnVector scale = square_root (v) + s.eps;

  if (s.momentum != 0) {
    const NnVector b = rounded (load (buffer, n) * s.momentum) + dx / scale;

    store (buffer, b, n);
    store (w, x - s.lr * b, n);
  } else {
    store (w, x - s.lr * dx / scale, n);
  }
}

void
NN_IN_THIS_SET (nn_optimizer_rmsprop) (gconstpointer step,
                                       float *w,
                                       const float *g,
                                       float *square,
                                       gsize stride,
                                       gsize n)
{
  const Step s = *(const Step *) step;
  float *mean = square + stride, *buffer = mean + stride;
  gsize i = 0;

  for (; i + NN_WIDTH <= n; i += NN_WIDTH)
    step_vector (s, w + i, g + i, square + i, mean + i, buffer + i, NN_WIDTH);
  if (i < n)
    step_vector (s, w + i, g + i, square + i, mean + i, buffer + i, n - i);
}

#else

static const NnSetting settings[] = {
  NN_OPTIMIZER_LR (1e-2),
  {
      .key = "alpha",
      .sentence = N_ ("the fraction of the running mean that each step keeps"),
      .type = NN_SETTING_NUMBER,
      .offset = NN_OPTIMIZER_SETTING (alpha),
      .usual = 0.99,
      .most = NN_SETTING_LARGEST_FLOAT,
  },
  NN_OPTIMIZER_EPS (1e-8),
  NN_OPTIMIZER_MOMENTUM,
  {
      .key = "centered",
      .sentence = N_ (
          "whether steps are divided by the standard deviation of the gradients instead"),
      .type = NN_SETTING_FLAG,
      .offset = NN_OPTIMIZER_SETTING (centered),
  },
  NN_OPTIMIZER_WEIGHT_DECAY (0),
};

static void
prepare_settings (gpointer step, const NnOptimizerSettings *s)
{
  *(Step *) step = (Step){
    .lr = (float) s->lr,
    .alpha = (float) s->alpha,
    .rest = (float) (1 - s->alpha),
    .eps = (float) s->eps,
    .weight_decay = (float) s->weight_decay,
    .momentum = (float) s->momentum,
    .centered = s->centered,
  };
}

const NnOptimizerKind nn_optimizer_rmsprop = {
  .sentence = N_ ("steps divided by a running mean of the gradients' size"),
  .torch = "RMSprop",
  .moments = { "square_avg", "grad_avg", "momentum_buffer" },
  .gradient_powers = { 2, 1, 0 },
  .settings = NN_SETTINGS (settings),
  .step_size = sizeof (Step),
  .prepare_settings = prepare_settings,
  .loops = { NN_IN_EACH_SET (nn_optimizer_rmsprop) },
};

#endif

/* nn-sgd.c - stochastic gradient descent, as torch.optim.SGD (dampening 0)
 *
 * SPDX-License-Identifier: MIT
 *
 * How such a file is structured: nn-optimizer-kind.h.
 */

#include "nn/optim/nn-optimizer-kind.h"

#include <glib/gi18n.h>

/* Rounded to float32 where PyTorch passes a double to an operation on float32. */
typedef struct {
  float lr;
  float weight_decay; /* 0: none */
  float momentum;     /* 0: the buffer is neither read nor written */
  gboolean nesterov;
} Step;

#ifdef NN_KERNEL_SET

#include "nn/kernels/lanes.inc"

G_ALWAYS_INLINE static inline void
step_vector (const Step s, float *w, const float *g, float *buffer, gsize n)
{
  const NnVector x = load (w, n);
  NnVector dx = load (g, n);

  if (s.weight_decay != 0)
    dx = dx + s.weight_decay * x;
  if (s.momentum != 0) {
    const NnVector b = rounded (s.momentum * load (buffer, n)) + dx;

    store (buffer, b, n);
    if (s.nesterov)
      dx = dx + s.momentum * b;
    else
      dx = b;
  }
  store (w, x - s.lr * dx, n);
}

void
NN_IN_THIS_SET (nn_optimizer_sgd) (gconstpointer step,
                                   float *w,
                                   const float *g,
                                   float *buffer,
                                   gsize stride,
                                   gsize n)
{
  const Step s = *(const Step *) step;
  gsize i = 0;

  for (; i + NN_WIDTH <= n; i += NN_WIDTH)
    step_vector (s, w + i, g + i, buffer + i, NN_WIDTH);
  if (i < n)
    step_vector (s, w + i, g + i, buffer + i, n - i);
}

#else

#include "nn/base/nn-error.h"

/* PyTorch 1.13 has no default for sgd's lr; this is that of later versions. */
static const NnSetting settings[] = {
  NN_OPTIMIZER_LR (1e-3),
  NN_OPTIMIZER_MOMENTUM,
  {
      .key = "nesterov",
      .sentence = N_ ("whether to use Nesterov momentum"),
      .type = NN_SETTING_FLAG,
      .offset = NN_OPTIMIZER_SETTING (nesterov),
  },
  NN_OPTIMIZER_WEIGHT_DECAY (0),
};

static void
prepare_settings (gpointer step, const NnOptimizerSettings *s)
{
  *(Step *) step = (Step){
    .lr = (float) s->lr,
    .weight_decay = (float) s->weight_decay,
    .momentum = (float) s->momentum,
    .nesterov = s->nesterov,
  };
}

static gboolean
check (const NnOptimizerSettings *s, GError **error)
{
  if (!s->nesterov || s->momentum > 0)
    return TRUE;
  g_set_error_literal (
      error, NN_ERROR, NN_ERROR_SYNTAX,
      _ ("nesterov needs a momentum above 0; give one, or leave nesterov out"));
  return FALSE;
}

/* The first step is no special case: PyTorch sets the momentum buffer to the gradient
 * then, which equals adding it to zeros. */
const NnOptimizerKind nn_optimizer_sgd = {
  .sentence = N_ ("stochastic gradient descent, with momentum"),
  .torch = "SGD",
  .moments = { "momentum_buffer" },
  .gradient_powers = { 1 },
  .settings = NN_SETTINGS (settings),
  .step_size = sizeof (Step),
  .prepare_settings = prepare_settings,
  .check = check,
  .loops = { NN_IN_EACH_SET (nn_optimizer_sgd) },
};

#endif

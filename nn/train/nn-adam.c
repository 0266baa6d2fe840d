/* nn-adam.c - the Adam optimizer, with PyTorch's defaults and order of operations
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/train/nn-adam.h"

#include <math.h>

#include "nn/tensor/nn-grad-mode.h"

/* What depends only on how many steps a parameter has had. */
typedef struct {
  guint64 n_steps; /* for which the rest was computed */
  float step_size;
  float correction2_sqrt;
} Correction;

struct _NnAdam {
  NnNetwork *network; /* (not owned) */
  NnAdamSettings settings;
  float *first;          /* (owned) (n_values) exponential average of the gradient */
  float *second;         /* (owned) (n_values) and of its square */
  guint64 *n_steps;      /* (owned) (n_parameters) steps with a gradient, each its own */
  Correction correction; /* the newest, as all parameters mostly share it */
};

/**
 * nn_adam_new:
 * @network: borrowed; must outlive the optimizer
 */
NnAdam *
nn_adam_new (NnNetwork *network, const NnAdamSettings *settings)
{
  const NnArchitecture *architecture = nn_network_get_architecture (network);
  NnAdam *self = g_new0 (NnAdam, 1);

  self->network = network;
  self->settings = *settings;
  self->first = g_new0 (float, architecture->n_values);
  self->second = g_new0 (float, architecture->n_values);
  self->n_steps = g_new0 (guint64, architecture->n_parameters);
  return self;
}

void
nn_adam_free (NnAdam *self)
{
  g_free (self->first);
  g_free (self->second);
  g_free (self->n_steps);
  g_free (self);
}

static const Correction *
correct (NnAdam *self, guint64 n_steps)
{
  const NnAdamSettings *s = &self->settings;
  Correction *c = &self->correction;

  if (c->n_steps != n_steps) {
    c->n_steps = n_steps;
    c->step_size = (float) (s->learning_rate / (1 - pow (s->beta1, (double) n_steps)));
    c->correction2_sqrt = (float) sqrt (1 - pow (s->beta2, (double) n_steps));
  }
  return c;
}

/*
 * m ← β₁ m + (1 − β₁) g,  v ← β₂ v + (1 − β₂) g²,
 * w ← w − lr / (1 − β₁ᵗ) · m / (√v / √(1 − β₂ᵗ) + ε)
 */
static void
update (NnAdam *self,
        const Correction *c,
        gsize offset,
        const float *restrict g,
        float *restrict w,
        gsize n)
{
  const float beta1 = (float) self->settings.beta1;
  const float beta2 = (float) self->settings.beta2;
  const float rest1 = (float) (1 - self->settings.beta1);
  const float rest2 = (float) (1 - self->settings.beta2);
  const float eps = (float) self->settings.eps;
  float *restrict m = self->first + offset;
  float *restrict v = self->second + offset;

  for (gsize i = 0; i < n; i++) {
    m[i] = m[i] * beta1 + rest1 * g[i];
    v[i] = v[i] * beta2 + rest2 * g[i] * g[i];
    w[i] -= c->step_size * m[i] / (sqrtf (v[i]) / c->correction2_sqrt + eps);
  }
}

/**
 * nn_adam_step:
 *
 * Updates every parameter that has a gradient; one that has none is skipped
 * wholly, moments and all.
 */
void
nn_adam_step (NnAdam *self)
{
  const NnArchitecture *architecture = nn_network_get_architecture (self->network);

  NN_NO_GRAD_FUNCTION ();
  for (gsize i = 0; i < architecture->n_parameters; i++) {
    NnTensor *parameter = nn_network_get_parameter (self->network, i);
    const NnTensor *grad = nn_tensor_get_grad (parameter);

    if (grad == NULL)
      continue;
    update (self, correct (self, ++self->n_steps[i]), architecture->parameters[i].offset,
            nn_tensor_get_values (grad), nn_tensor_write (parameter, NULL),
            architecture->parameters[i].n_values);
  }
}

const float *
nn_adam_get_first_moments (const NnAdam *self)
{
  return self->first;
}

const float *
nn_adam_get_second_moments (const NnAdam *self)
{
  return self->second;
}

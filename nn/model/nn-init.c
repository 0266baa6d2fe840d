/* nn-init.c - a network's first weights
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/model/nn-init.h"

#include <math.h>

#include "nn/nn-names.h"
#include "nn/tensor/nn-grad-mode.h"

static const char *const names[] = {
  [NN_INIT_TORCH] = "torch",
  [NN_INIT_XAVIER_UNIFORM] = "xavier_uniform",
  [NN_INIT_XAVIER_NORMAL] = "xavier_normal",
  [NN_INIT_KAIMING_UNIFORM] = "kaiming_uniform",
  [NN_INIT_KAIMING_NORMAL] = "kaiming_normal",
  [NN_INIT_ZEROS] = "zeros",
  [NN_INIT_CONSTANT] = "constant",
};
G_STATIC_ASSERT (G_N_ELEMENTS (names) == NN_N_INITS);

const char *
nn_init_get_name (NnInitType type)
{
  g_return_val_if_fail (type < NN_N_INITS, NULL);
  return names[type];
}

/**
 * nn_init_find:
 * @type: out, unchanged on failure
 *
 * Returns: FALSE, with an error that lists the names there are, if @name is none
 */
gboolean
nn_init_find (const char *name, NnInitType *type, GError **error)
{
  guint index;

  if (!nn_names_find (names, NN_N_INITS, "initialisation", name, &index, error))
    return FALSE;
  *type = index;
  return TRUE;
}

static void
fill (NnTensor *tensor, float value)
{
  float *values = nn_tensor_write (tensor, NULL);

  for (gsize i = 0; i < nn_tensor_get_size (tensor); i++)
    values[i] = value;
}

static void
fill_uniform (NnTensor *tensor, NnRandom *random, double bound)
{
  nn_random_fill_uniform (random, (float) -bound, (float) bound,
                          nn_tensor_write (tensor, NULL), nn_tensor_get_size (tensor));
}

static void
fill_normal (NnTensor *tensor, NnRandom *random, double std)
{
  nn_random_fill_normal (random, 0, std, nn_tensor_write (tensor, NULL),
                         nn_tensor_get_size (tensor));
}

/* nn.Linear's reset_parameters: the weight by kaiming_uniform_ with a = √5, then the
 * bias in ±1/√fan_in. The two bounds are equal but for rounding, so each is computed
 * by PyTorch's own steps, here and below. */
static void
draw_default (NnTensor *weight, NnTensor *bias, NnRandom *random, double fan_in)
{
  const double gain = sqrt (2.0 / (1 + sqrt (5.0) * sqrt (5.0)));

  fill_uniform (weight, random, sqrt (3.0) * (gain / sqrt (fan_in)));
  fill_uniform (bias, random, 1 / sqrt (fan_in));
}

/* Standard deviations: xavier by Glorot and Bengio (2010), kaiming by He et al. (2015);
 * a uniform number in ±b has the deviation b/√3. */
static void
draw_again (const NnInit *self, NnTensor *weight, NnTensor *bias, NnRandom *random)
{
  const gsize *shape = nn_tensor_get_shape (weight);
  const double fan_in = (double) shape[1];
  const double fan_out = (double) shape[0];
  const double xavier = sqrt (2.0 / (fan_in + fan_out));
  const double kaiming = sqrt (2.0) / sqrt (fan_in);

  switch (self->type) {
  case NN_INIT_XAVIER_UNIFORM:
    fill_uniform (weight, random, sqrt (3.0) * xavier);
    break;
  case NN_INIT_XAVIER_NORMAL:
    fill_normal (weight, random, xavier);
    break;
  case NN_INIT_KAIMING_UNIFORM:
    fill_uniform (weight, random, sqrt (3.0) * kaiming);
    break;
  case NN_INIT_KAIMING_NORMAL:
    fill_normal (weight, random, kaiming);
    break;
  case NN_INIT_ZEROS:
    fill (weight, 0);
    break;
  case NN_INIT_CONSTANT:
    fill (weight, self->constant);
    break;
  default:
    g_assert_not_reached ();
  }
  fill (bias, self->type == NN_INIT_CONSTANT ? self->constant : 0);
}

/**
 * nn_init_network:
 *
 * Gives every parameter its first values, in the order of a PyTorch script that makes
 * its layers first and initialises them then.
 */
void
nn_init_network (const NnInit *self, NnNetwork *network, NnRandom *random)
{
  NN_NO_GRAD_FUNCTION ();

  const NnArchitecture *architecture = nn_network_get_architecture (network);

  for (gsize pass = 0; pass < (self->type == NN_INIT_TORCH ? 1 : 2); pass++)
    for (gsize i = 0; i < architecture->n_layers; i++) {
      const NnLayerShape *layer = &architecture->layers[i];
      NnTensor *weight = nn_network_get_parameter (network, layer->weight);
      NnTensor *bias = nn_network_get_parameter (network, layer->bias);

      if (pass == 0)
        draw_default (weight, bias, random, (double) layer->n_inputs);
      else
        draw_again (self, weight, bias, random);
    }
}

/* nn-init.c - a network's first weights
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/model/nn-init.h"

#include <math.h>

#include "nn/base/nn-names.h"
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
fill (float *values, gsize n, float value)
{
  for (gsize i = 0; i < n; i++)
    values[i] = value;
}

static void
fill_uniform (float *values, gsize n, double bound, NnRandom *random)
{
  nn_random_fill_uniform (random, (float) -bound, (float) bound, values, n);
}

/* nn.Linear's reset_parameters: the weight by kaiming_uniform_ with a = √5, then the
 * bias in ±1/√fan_in. The two bounds are equal but for rounding, so each is computed
 * by PyTorch's own steps, here and below. */
static void
draw_default (gboolean is_bias, double fan_in, float *values, gsize n, NnRandom *random)
{
  const double gain = sqrt (2.0 / (1 + sqrt (5.0) * sqrt (5.0)));

  fill_uniform (values, n,
                is_bias ? 1 / sqrt (fan_in) : sqrt (3.0) * (gain / sqrt (fan_in)),
                random);
}

/**
 * nn_init_draw:
 * @fan_in: the layer's inputs
 * @fan_out: its outputs
 * @values: (n) out, overwritten
 *
 * Fills a parameter, or a part of one, as the initialisation itself does it: not over
 * nn.Linear's default. Standard deviations: xavier by Glorot and Bengio (2010), kaiming by
 * He et al. (2015); a uniform number in ±b has the deviation b/√3.
 */
void
nn_init_draw (const NnInit *self,
              gboolean is_bias,
              gsize fan_in,
              gsize fan_out,
              float *values,
              gsize n,
              NnRandom *random)
{
  const double xavier = sqrt (2.0 / ((double) fan_in + (double) fan_out));
  const double kaiming = sqrt (2.0) / sqrt ((double) fan_in);

  if (self->type == NN_INIT_TORCH)
    draw_default (is_bias, (double) fan_in, values, n, random);
  else if (self->type == NN_INIT_CONSTANT)
    fill (values, n, self->constant);
  else if (is_bias || self->type == NN_INIT_ZEROS)
    fill (values, n, 0);
  else if (self->type == NN_INIT_XAVIER_UNIFORM)
    fill_uniform (values, n, sqrt (3.0) * xavier, random);
  else if (self->type == NN_INIT_KAIMING_UNIFORM)
    fill_uniform (values, n, sqrt (3.0) * kaiming, random);
  else
    nn_random_fill_normal (
        random, 0, self->type == NN_INIT_XAVIER_NORMAL ? xavier : kaiming, values, n);
}

static void
draw_parameter (const NnInit *self,
                const NnLayerShape *layer,
                gboolean is_bias,
                NnTensor *tensor,
                NnRandom *random)
{
  nn_init_draw (self, is_bias, layer->n_inputs, layer->n_units,
                nn_tensor_write (tensor, NULL), nn_tensor_get_size (tensor), random);
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
  const NnInit first = { .type = NN_INIT_TORCH };

  for (gsize pass = 0; pass < (self->type == NN_INIT_TORCH ? 1 : 2); pass++)
    for (gsize i = 0; i < architecture->n_layers; i++) {
      const NnLayerShape *layer = &architecture->layers[i];
      NnTensor *weight = nn_network_get_parameter (network, layer->weight);
      NnTensor *bias = nn_network_get_parameter (network, layer->bias);

      draw_parameter (pass == 0 ? &first : self, layer, FALSE, weight, random);
      draw_parameter (pass == 0 ? &first : self, layer, TRUE, bias, random);
    }
}

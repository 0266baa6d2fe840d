/* nn-network.c - a chain of linear layers with activations
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/model/nn-network.h"

#include <math.h>

#include "nn/tensor/nn-grad-mode.h"
#include "nn/tensor/nn-ops.h"

struct _NnNetwork {
  NnArchitecture *architecture; /* (owned) */
  NnStorage *storage;           /* (owned) every parameter's values */
  NnTensor **parameters;        /* (owned) (n_parameters) views into storage */
};

/**
 * nn_network_new:
 * @architecture: gets a reference
 *
 * Returns: a network of zeros whose parameters require gradients
 */
NnNetwork *
nn_network_new (NnArchitecture *architecture)
{
  NnNetwork *self = g_new0 (NnNetwork, 1);

  self->architecture = nn_architecture_ref (architecture);
  self->storage = nn_storage_new (architecture->n_values);
  self->parameters = g_new0 (NnTensor *, architecture->n_parameters);
  for (gsize i = 0; i < architecture->n_parameters; i++) {
    const NnParameterShape *shape = &architecture->parameters[i];

    self->parameters[i] =
        nn_tensor_new_in (self->storage, shape->offset, shape->rank, shape->shape);
    nn_tensor_set_name (self->parameters[i], shape->name);
    nn_tensor_set_requires_grad (self->parameters[i], TRUE);
  }
  return self;
}

void
nn_network_free (NnNetwork *self)
{
  for (gsize i = 0; i < self->architecture->n_parameters; i++)
    nn_tensor_unref (self->parameters[i]);
  g_free (self->parameters);
  nn_storage_unref (self->storage);
  nn_architecture_unref (self->architecture);
  g_free (self);
}

/**
 * nn_network_init:
 *
 * Draws every parameter as nn.Linear's reset_parameters does: the weight by
 * kaiming_uniform_ with a = √5, then the bias in ±1/√fan_in. The two bounds are
 * equal but for rounding, so each is computed by PyTorch's own steps.
 */
void
nn_network_init (NnNetwork *self, NnRandom *random)
{
  NN_NO_GRAD_FUNCTION ();

  for (gsize i = 0; i < self->architecture->n_layers; i++) {
    const NnLayerShape *layer = &self->architecture->layers[i];
    NnTensor *weight = self->parameters[layer->weight];
    NnTensor *bias = self->parameters[layer->bias];
    const double fan_in = (double) layer->n_inputs;
    const double gain = sqrt (2.0 / (1 + sqrt (5.0) * sqrt (5.0)));
    const double std = gain / sqrt (fan_in);
    const float weight_bound = (float) (sqrt (3.0) * std);
    const float bias_bound = (float) (1 / sqrt (fan_in));

    nn_random_fill_uniform (random, -weight_bound, weight_bound,
                            nn_tensor_write (weight, NULL), nn_tensor_get_size (weight));
    nn_random_fill_uniform (random, -bias_bound, bias_bound, nn_tensor_write (bias, NULL),
                            nn_tensor_get_size (bias));
  }
}

static NnTensor *
activate (NnTape *tape, NnActivation activation, NnTensor *x)
{
  switch (activation) {
  case NN_ACTIVATION_IDENTITY:
    return x;
  case NN_ACTIVATION_RELU:
    return nn_relu (tape, x);
  default:
    g_assert_not_reached ();
  }
}

/**
 * nn_network_forward:
 * @x: (n, n_features)
 * @activations: (nullable) (n_layers) out: each layer's output, the tape's
 *
 * Returns: (transfer none): (n, units of the last layer), the tape's
 */
NnTensor *
nn_network_forward (NnNetwork *self, NnTape *tape, NnTensor *x, NnTensor **activations)
{
  for (gsize i = 0; i < self->architecture->n_layers; i++) {
    const NnLayerShape *layer = &self->architecture->layers[i];

    x = nn_linear (tape, x, self->parameters[layer->weight],
                   self->parameters[layer->bias]);
    x = activate (tape, layer->activation, x);
    if (activations)
      activations[i] = x;
  }
  return x;
}

NnArchitecture *
nn_network_get_architecture (const NnNetwork *self)
{
  return self->architecture;
}

NnTensor *
nn_network_get_parameter (const NnNetwork *self, gsize index)
{
  return self->parameters[index];
}

/**
 * nn_network_get_values:
 *
 * Returns: (n_values) every parameter, as the architecture lays them out
 */
const float *
nn_network_get_values (const NnNetwork *self)
{
  return nn_storage_get_values (self->storage);
}

/**
 * nn_network_clear_grads:
 *
 * PyTorch's zero_grad: no parameter has a gradient any more.
 */
void
nn_network_clear_grads (NnNetwork *self)
{
  for (gsize i = 0; i < self->architecture->n_parameters; i++)
    nn_tensor_clear_grad (self->parameters[i]);
}

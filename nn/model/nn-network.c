/* nn-network.c - a multilayer perceptron: linear layers with activations
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/model/nn-network.h"

#include <string.h>

#include "nn/kernels/nn-kernels.h"
#include "nn/kernels/nn-threads.h"
#include "nn/tensor/nn-dense.h"
#include "nn/tensor/nn-grad-mode.h"
#include "nn/tensor/nn-grad-state.h"
#include "nn/tensor/nn-tensor-private.h"

/* Layers that are one operation: see nn_dense_chain (). */
typedef struct {
  NnTensor *inputs[NN_DENSE_MAX_INPUTS]; /* (not owned) the first is set in each pass */
  gsize n_layers;
  guint64 activations;
} Chain;

struct _NnNetwork {
  NnArchitecture *architecture; /* (owned) */
  const NnKernels *kernels;
  gsize n_padded;     /* n_values rounded up to whole vectors; the padding is zeros */
  NnStorage *storage; /* (owned) all parameters */
  NnStorage *grads;   /* (owned) all gradients, laid out alike */

  /* (owned) grad_status as words; the bytes after the last parameter's are
   * NN_GRAD_THERE */
  guint64 *grad_status_words;
  gsize n_status_words;
  guint8 *grad_status;   /* (not owned) (n_parameters) NnGradStatus */
  NnTensor **parameters; /* (owned) (n_parameters) views into storage */
  NnTensor **biases; /* (owned) (n_layers) parameters; zeros for a layer that has none */
  Chain *chains;     /* (owned) */
  gsize n_chains;
};

static void
add_to_chain (Chain *chain, NnTensor *weight, NnTensor *bias, NnActivation activation)
{
  const gsize i = chain->n_layers++;

  chain->inputs[1 + 2 * i] = weight;
  chain->inputs[2 + 2 * i] = bias;
  chain->activations |= NN_DENSE_CHAIN_ACTIVATION (i, activation);
}

static void
make_chains (NnNetwork *self)
{
  const gsize n_layers = self->architecture->n_layers;

  self->n_chains = (n_layers + NN_DENSE_MAX_LAYERS - 1) / NN_DENSE_MAX_LAYERS;
  self->chains = g_new0 (Chain, self->n_chains);
  for (gsize i = 0; i < n_layers; i++) {
    const NnLayerShape *layer = &self->architecture->layers[i];

    add_to_chain (&self->chains[i / NN_DENSE_MAX_LAYERS], self->parameters[layer->weight],
                  self->biases[i], layer->activation);
  }
}

/**
 * nn_network_new:
 * @architecture: a chain; a reference is taken
 *
 * Returns: (transfer full): all parameters are zero and require gradients
 */
NnNetwork *
nn_network_new (NnArchitecture *architecture)
{
  const gsize width = nn_kernels_get ()->vector_width;
  NnNetwork *self = g_new0 (NnNetwork, 1);

  self->architecture = nn_architecture_ref (architecture);
  self->kernels = nn_kernels_get ();
  self->n_padded = (architecture->n_values + width - 1) / width * width;
  self->storage = nn_storage_new (architecture->n_values);
  self->grads = nn_storage_new (architecture->n_values);
  self->n_status_words = (architecture->n_parameters + 7) / 8;
  self->grad_status_words = g_new (guint64, self->n_status_words);
  memset (self->grad_status_words, NN_GRAD_THERE, 8 * self->n_status_words);
  self->grad_status = (guint8 *) self->grad_status_words;
  nn_network_clear_grads (self);
  self->parameters = g_new0 (NnTensor *, architecture->n_parameters);
  for (gsize i = 0; i < architecture->n_parameters; i++) {
    const NnParameterShape *shape = &architecture->parameters[i];

    self->parameters[i] =
        nn_tensor_new_in (self->storage, shape->offset, shape->rank, shape->shape);
    nn_tensor_set_grad_storage (self->parameters[i], self->grads, shape->offset,
                                &self->grad_status[i]);
    nn_tensor_set_name (self->parameters[i], shape->name);
    nn_tensor_set_requires_grad (self->parameters[i], TRUE);
  }
  self->biases = g_new (NnTensor *, architecture->n_layers);
  for (gsize i = 0; i < architecture->n_layers; i++) {
    const NnLayerShape *layer = &architecture->layers[i];

    self->biases[i] = layer->has_bias ? nn_tensor_ref (self->parameters[layer->bias])
                                      : nn_tensor_new (1, &layer->n_units);
  }
  make_chains (self);
  return self;
}

void
nn_network_free (NnNetwork *self)
{
  for (gsize i = 0; i < self->architecture->n_parameters; i++)
    nn_tensor_unref (self->parameters[i]);
  for (gsize i = 0; i < self->architecture->n_layers; i++)
    nn_tensor_unref (self->biases[i]);
  g_free (self->chains);
  g_free (self->biases);
  g_free (self->parameters);
  g_free (self->grad_status_words);
  nn_storage_unref (self->grads);
  nn_storage_unref (self->storage);
  nn_architecture_unref (self->architecture);
  g_free (self);
}

/**
 * nn_network_forward:
 * @x: (n_features, columns), one example per column: see nn-dense.h
 * @activations: (nullable) (out) (n_layers): each layer's output, owned by the tape;
 *   costs a node on the tape for each layer
 *
 * Returns: (transfer none): (units of the last layer, columns), owned by the tape
 */
NnTensor *
nn_network_forward (NnNetwork *self, NnTape *tape, NnTensor *x, NnTensor **activations)
{
  if (activations == NULL) {
    for (gsize i = 0; i < self->n_chains; i++) {
      Chain *chain = &self->chains[i];

      chain->inputs[0] = x;
      x = nn_dense_chain (tape, chain->inputs, chain->n_layers, chain->activations);
    }
    return x;
  }
  for (gsize i = 0; i < self->architecture->n_layers; i++) {
    const NnLayerShape *layer = &self->architecture->layers[i];

    x = nn_dense (tape, x, self->parameters[layer->weight], self->biases[i],
                  layer->activation);
    activations[i] = x;
  }
  return x;
}

/**
 * nn_network_get_architecture:
 *
 * Returns: (transfer none)
 */
NnArchitecture *
nn_network_get_architecture (const NnNetwork *self)
{
  return self->architecture;
}

/**
 * nn_network_get_parameter:
 * @index: into the architecture's parameters
 *
 * Returns: (transfer none): a view of the flat vector; writing to it changes the network
 */
NnTensor *
nn_network_get_parameter (const NnNetwork *self, gsize index)
{
  return self->parameters[index];
}

/**
 * nn_network_get_values:
 *
 * Returns: (transfer none): (n_values) all parameters, as the architecture lays them out
 */
const float *
nn_network_get_values (const NnNetwork *self)
{
  return nn_storage_get_values (self->storage);
}

static G_NO_INLINE void
before_write (NnNetwork *self)
{
  for (gsize i = 0; i < self->architecture->n_parameters; i++)
    nn_grad_state_before_write (self->parameters[i]);
}

/**
 * nn_network_write_values:
 *
 * nn_tensor_write () of all parameters at once, for a gradient-free section: increments
 * each parameter's version by one.
 *
 * Returns: (transfer none): (n_values) all parameters, to be changed
 */
float *
nn_network_write_values (NnNetwork *self)
{
  g_return_val_if_fail (!nn_grad_mode_is_enabled (), NULL);

  if (G_UNLIKELY (nn_grad_state.watches != NULL))
    before_write (self);
  self->storage->version++;
  return self->storage->values;
}

/**
 * nn_network_get_grads:
 *
 * Returns: (transfer none): (n_values) all gradients, as the architecture lays them out;
 *   those of a parameter whose gradient is none are undefined
 */
const float *
nn_network_get_grads (const NnNetwork *self)
{
  return nn_storage_get_values (self->grads);
}

/**
 * nn_network_set_grads:
 * @grads: (n_values): copied
 * @present: (n_parameters): FALSE for a parameter whose gradient is none
 *
 * Restores gradients from a copy.
 */
void
nn_network_set_grads (NnNetwork *self, const float *grads, const gboolean *present)
{
  memcpy (self->grads->values, grads, self->grads->n_values * sizeof (float));
  for (gsize i = 0; i < self->architecture->n_parameters; i++)
    self->grad_status[i] = present[i] ? NN_GRAD_THERE : NN_GRAD_NONE;
}

static gboolean
grad_is_finite (const NnTensor *parameter)
{
  return *parameter->grad_status != NN_GRAD_THERE ||
         nn_kernels_all_finite (parameter->grad->values, parameter->size);
}

/**
 * nn_network_grads_are_finite:
 *
 * Returns: TRUE if every gradient is finite. FALSE if a value is not; in a small network
 *   also if a parameter without a gradient has undefined values in its place
 */
gboolean
nn_network_grads_are_finite (const NnNetwork *self)
{
  if (self->n_padded < NN_THREADS_MIN_FLOATS)
    return self->kernels->all_finite (self->grads->values, self->n_padded);
  for (gsize i = 0; i < self->architecture->n_parameters; i++)
    if (!grad_is_finite (self->parameters[i]))
      return FALSE;
  return TRUE;
}

G_STATIC_ASSERT (NN_GRAD_NONE == 0);

/* Subtracting 1 from each byte sets the top bit only of a byte that was 0, as all are
 * below 128, or of one after it. */
static inline gboolean
has_zero_byte (guint64 word)
{
  return ((word - 0x0101010101010101) & 0x8080808080808080) != 0;
}

/**
 * nn_network_has_all_grads:
 *
 * Returns: TRUE if every parameter has a gradient
 */
gboolean
nn_network_has_all_grads (const NnNetwork *self)
{
  for (gsize i = 0; i < self->n_status_words; i++)
    if (has_zero_byte (self->grad_status_words[i]))
      return FALSE;
  return TRUE;
}

/**
 * nn_network_clear_grads:
 *
 * PyTorch's zero_grad (set_to_none=True).
 */
void
nn_network_clear_grads (NnNetwork *self)
{
  memset (self->grad_status, NN_GRAD_NONE, self->architecture->n_parameters);
}

/* nn-architecture.c - the shape of a network: its layers, and where each parameter is stored
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/model/nn-architecture.h"

#include <string.h>

static void
init_parameter (NnParameterShape *parameter,
                const NnLayerShape *layer,
                const char *part,
                gsize rank,
                gsize offset)
{
  parameter->name = g_strdup_printf ("%s.%s", layer->name, part);
  parameter->rank = rank;
  parameter->shape[0] = layer->n_units;
  parameter->shape[1] = rank == 2 ? layer->n_inputs : 1;
  parameter->offset = offset;
  parameter->n_values = parameter->shape[0] * parameter->shape[1];
}

/**
 * nn_architecture_new:
 * @n_features: how many numbers an example has, at least 1
 * @layers: (n_layers) from input to output, copied
 *
 * Puts the parameters one after the other into the flat vector, each layer's
 * weight before its bias, which is the order of PyTorch's parameters ().
 */
NnArchitecture *
nn_architecture_new (gsize n_features, const NnLayerSpec *layers, gsize n_layers)
{
  g_return_val_if_fail (n_features > 0 && n_layers > 0, NULL);

  NnArchitecture *self = g_atomic_rc_box_new0 (NnArchitecture);
  gsize n_inputs = n_features;

  self->n_features = n_features;
  self->n_layers = n_layers;
  self->layers = g_new0 (NnLayerShape, n_layers);
  self->n_parameters = 2 * n_layers;
  self->parameters = g_new0 (NnParameterShape, self->n_parameters);
  self->n_units = n_features;
  for (gsize i = 0; i < n_layers; i++) {
    NnLayerShape *layer = &self->layers[i];

    layer->name = g_strdup (layers[i].name);
    layer->n_inputs = n_inputs;
    layer->n_units = layers[i].n_units;
    layer->activation = layers[i].activation;
    layer->weight = 2 * i;
    layer->bias = 2 * i + 1;
    init_parameter (&self->parameters[2 * i], layer, "weight", 2, self->n_values);
    self->n_values += self->parameters[2 * i].n_values;
    init_parameter (&self->parameters[2 * i + 1], layer, "bias", 1, self->n_values);
    self->n_values += self->parameters[2 * i + 1].n_values;
    self->n_units += layer->n_units;
    n_inputs = layer->n_units;
  }
  return self;
}

NnArchitecture *
nn_architecture_ref (NnArchitecture *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  NnArchitecture *self = data;

  for (gsize i = 0; i < self->n_layers; i++)
    g_free (self->layers[i].name);
  for (gsize i = 0; i < self->n_parameters; i++)
    g_free (self->parameters[i].name);
  g_free (self->layers);
  g_free (self->parameters);
}

void
nn_architecture_unref (NnArchitecture *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

/**
 * nn_architecture_find_layer:
 *
 * Returns: the index of the layer called @name, or -1
 */
gssize
nn_architecture_find_layer (const NnArchitecture *self, const char *name)
{
  for (gsize i = 0; i < self->n_layers; i++)
    if (strcmp (self->layers[i].name, name) == 0)
      return (gssize) i;
  return -1;
}

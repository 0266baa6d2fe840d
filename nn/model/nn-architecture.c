/* nn-architecture.c - the layers of a network, and the layout of its parameters
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/model/nn-architecture.h"

#include <string.h>

/* Appends the weight (rank 2) or bias (rank 1) of layer @index.
 *
 * Returns: the new parameter's index */
static gsize
append_parameter (NnArchitecture *self, gsize index, const char *part, gsize rank)
{
  const NnLayerShape *layer = &self->layers[index];
  NnParameterShape *parameter = &self->parameters[self->n_parameters];

  parameter->name = g_strdup_printf ("%s.%s", layer->name, part);
  parameter->layer = index;
  parameter->rank = rank;
  parameter->shape[0] = layer->n_units;
  parameter->shape[1] = rank == 2 ? layer->n_inputs : 1;
  parameter->offset = self->n_values;
  parameter->n_values = parameter->shape[0] * parameter->shape[1];
  self->n_values += parameter->n_values;
  return self->n_parameters++;
}

static void
append_layer (NnArchitecture *self, gsize index, const NnLayerSpec *spec, gsize n_inputs)
{
  NnLayerShape *layer = &self->layers[index];

  layer->name = g_strdup (spec->name);
  layer->n_inputs = n_inputs;
  layer->n_units = spec->n_units;
  layer->activation = spec->activation;
  layer->has_bias = !spec->without_bias;
  layer->weight = append_parameter (self, index, "weight", 2);
  if (layer->has_bias)
    layer->bias = append_parameter (self, index, "bias", 1);
  self->n_units += layer->n_units;
}

static NnArchitecture *
new_empty (gsize n_features, gsize n_layers)
{
  NnArchitecture *self = g_atomic_rc_box_new0 (NnArchitecture);

  self->n_features = n_features;
  self->n_layers = n_layers;
  self->layers = g_new0 (NnLayerShape, n_layers);
  self->parameters = g_new0 (NnParameterShape, 2 * n_layers);
  self->n_units = n_features;
  return self;
}

/**
 * nn_architecture_new:
 * @n_features: how many numbers an example has, at least 1
 * @layers: (array length=n_layers): from input to output; copied
 *
 * Parameters are laid out in the order of PyTorch's parameters (): layer by layer, the
 * weight before the bias, if there is one.
 *
 * Returns: (transfer full): a chain
 */
NnArchitecture *
nn_architecture_new (gsize n_features, const NnLayerSpec *layers, gsize n_layers)
{
  g_return_val_if_fail (n_features > 0 && n_layers > 0, NULL);

  NnArchitecture *self = new_empty (n_features, n_layers);

  self->is_chain = TRUE;
  for (gsize i = 0; i < n_layers; i++)
    append_layer (self, i, &layers[i], i > 0 ? layers[i - 1].n_units : n_features);
  return self;
}

/**
 * nn_architecture_new_loose:
 * @layers: (array length=n_layers): copied
 * @n_inputs: (array length=n_layers): the columns of each layer's weight
 * @n_layers: may be 0
 *
 * For layers whose connections are unknown, such as those of a running PyTorch job: there
 * is no forward pass.
 *
 * Returns: (transfer full): with is_chain FALSE
 */
NnArchitecture *
nn_architecture_new_loose (const NnLayerSpec *layers,
                           const gsize *n_inputs,
                           gsize n_layers)
{
  NnArchitecture *self = new_empty (0, n_layers);

  for (gsize i = 0; i < n_layers; i++)
    append_layer (self, i, &layers[i], n_inputs[i]);
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

/**
 * nn_architecture_names_parameter:
 * @parameter: an index into parameters
 *
 * Returns: whether @name is the name of that parameter ("fc1.weight") or its
 *   layer ("fc1")
 */
gboolean
nn_architecture_names_parameter (const NnArchitecture *self,
                                 gsize parameter,
                                 const char *name)
{
  const NnParameterShape *shape = &self->parameters[parameter];

  return strcmp (name, shape->name) == 0 ||
         strcmp (name, self->layers[shape->layer].name) == 0;
}

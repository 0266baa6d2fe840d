/* nn-edit.c - new values for some of an experiment's top-level keys
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/experiment/nn-edit.h"

/**
 * nn_edit_new:
 *
 * Returns: (transfer full): an edit without any key, for the caller to fill in
 */
NnEdit *
nn_edit_new (void)
{
  return g_atomic_rc_box_new0 (NnEdit);
}

/**
 * nn_edit_insert_layer:
 * @index: at most the number of layers
 * @spec: copied
 * @was: (nullable): its name before the edit, if that was another
 *
 * Returns: (transfer none): the new layer, valid until the next insertion or removal
 */
NnEditLayer *
nn_edit_insert_layer (NnEdit *self, gsize index, const NnLayerSpec *spec, const char *was)
{
  g_return_val_if_fail (index <= self->n_layers, NULL);

  self->layers = g_renew (NnEditLayer, self->layers, self->n_layers + 1);
  for (gsize i = self->n_layers; i > index; i--)
    self->layers[i] = self->layers[i - 1];
  self->n_layers++;
  self->layers[index] = (NnEditLayer){ .name = g_strdup (spec->name),
                                       .was = g_strdup (was),
                                       .n_units = spec->n_units,
                                       .activation = spec->activation,
                                       .without_bias = spec->without_bias };
  return &self->layers[index];
}

void
nn_edit_remove_layer (NnEdit *self, gsize index)
{
  g_return_if_fail (index < self->n_layers);

  g_free (self->layers[index].name);
  g_free (self->layers[index].was);
  self->n_layers--;
  for (gsize i = index; i < self->n_layers; i++)
    self->layers[i] = self->layers[i + 1];
}

/**
 * nn_edit_set_network:
 *
 * Gives @self the key "network", with the layers of @architecture, for the caller
 * to change.
 */
void
nn_edit_set_network (NnEdit *self, const NnArchitecture *architecture, const NnInit *init)
{
  self->parts |= NN_EDIT_HAS_NETWORK;
  self->init = *init;
  while (self->n_layers > 0)
    nn_edit_remove_layer (self, self->n_layers - 1);
  for (gsize i = 0; i < architecture->n_layers; i++) {
    const NnLayerShape *shape = &architecture->layers[i];
    const NnLayerSpec spec = { shape->name, shape->n_units, shape->activation,
                               !shape->has_bias };

    nn_edit_insert_layer (self, i, &spec, NULL);
  }
}

static void
take_network (NnEdit *self, const NnEdit *other)
{
  while (self->n_layers > 0)
    nn_edit_remove_layer (self, self->n_layers - 1);
  for (gsize i = 0; i < other->n_layers; i++) {
    const NnEditLayer *layer = &other->layers[i];
    const NnLayerSpec spec = { layer->name, layer->n_units, layer->activation,
                               layer->without_bias };

    nn_edit_insert_layer (self, i, &spec, layer->was);
  }
  self->init = other->init;
  self->fresh = other->fresh;
}

/**
 * nn_edit_take:
 *
 * Copies the parts that @other has, in place of those of @self.
 */
void
nn_edit_take (NnEdit *self, const NnEdit *other)
{
  self->parts |= other->parts;
  if (other->parts & NN_EDIT_HAS_SEED)
    self->seed = other->seed;
  if (other->parts & NN_EDIT_HAS_DATA) {
    nn_data_spec_clear (&self->data);
    nn_data_spec_copy (&self->data, &other->data);
  }
  if (other->parts & NN_EDIT_HAS_NETWORK)
    take_network (self, other);
  if (other->parts & NN_EDIT_HAS_LOSS)
    self->loss = other->loss;
  if (other->parts & NN_EDIT_HAS_OPTIMIZER)
    self->optimizer = other->optimizer;
  if (other->parts & NN_EDIT_HAS_BATCH) {
    self->batch_size = other->batch_size;
    self->shuffle = other->shuffle;
  }
  if (other->parts & NN_EDIT_HAS_GUARD)
    self->guard = other->guard;
}

NnEdit *
nn_edit_ref (NnEdit *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  NnEdit *self = data;

  while (self->n_layers > 0)
    nn_edit_remove_layer (self, self->n_layers - 1);
  g_free (self->layers);
  nn_data_spec_clear (&self->data);
}

void
nn_edit_unref (NnEdit *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

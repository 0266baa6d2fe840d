/* nn-tensor.c - an array of float32 with a shape, a version and perhaps a gradient
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/tensor/nn-tensor.h"

#include <glib/gi18n.h>

#include "nn/base/nn-error.h"
#include "nn/kernels/nn-floats.h"
#include "nn/tensor/nn-grad-state.h"
#include "nn/tensor/nn-tensor-private.h"


/**
 * nn_storage_new:
 * @n_values: how many floats; all start as zero
 *
 * Memory goes on, with zeros that mean nothing, to the end of the last cache line: loops
 * over whole vectors need not end on a part of one.
 */
NnStorage *
nn_storage_new (gsize n_values)
{
  NnStorage *self = g_new0 (NnStorage, 1);

  self->ref_count = 1;
  self->n_values = n_values;
  self->values = nn_floats_new0 (n_values);
  return self;
}

static NnStorage *
storage_ref (NnStorage *self)
{
  self->ref_count++;
  return self;
}

void
nn_storage_unref (NnStorage *self)
{
  if (--self->ref_count > 0)
    return;
  nn_floats_free (self->values);
  g_free (self);
}

const float *
nn_storage_get_values (const NnStorage *self)
{
  return self->values;
}

/**
 * nn_tensor_new:
 * @shape: (rank) outermost first
 *
 * Returns: zeros that require no gradient
 */
NnTensor *
nn_tensor_new (gsize rank, const gsize *shape)
{
  gsize n_values = 1;

  for (gsize i = 0; i < rank; i++)
    n_values *= shape[i];

  g_autoptr (NnStorage) storage = nn_storage_new (n_values);

  return nn_tensor_new_in (storage, 0, rank, shape);
}

/**
 * nn_tensor_new_in:
 * @storage: gets a reference
 * @offset: of the first value
 *
 * Makes a tensor of values that are in @storage already, so that many
 * parameters can share one vector.
 */
NnTensor *
nn_tensor_new_in (NnStorage *storage, gsize offset, gsize rank, const gsize *shape)
{
  NnTensor *self;

  g_assert (rank <= NN_TENSOR_MAX_RANK);
  self = g_new0 (NnTensor, 1);
  self->ref_count = 1;
  self->grad_status = &self->own_grad_status;
  self->storage = storage_ref (storage);
  self->values = storage->values + offset;
  self->rank = rank;
  self->size = 1;
  for (gsize i = 0; i < rank; i++) {
    self->shape[i] = shape[i];
    self->size *= shape[i];
  }
  g_assert (offset + self->size <= storage->n_values);
  return self;
}

/**
 * nn_tensor_row:
 * @self: of rank 2
 *
 * Returns: (transfer full): a view of one row (PyTorch's self[row]). Changing it
 *   is changing @self: refused where that would be, and counted there.
 */
NnTensor *
nn_tensor_row (NnTensor *self, gsize row)
{
  gsize offset = nn_tensor_get_offset (self);
  NnTensor *view;

  g_return_val_if_fail (self->rank == 2 && row < self->shape[0], NULL);

  view =
      nn_tensor_new_in (self->storage, offset + row * self->shape[1], 1, &self->shape[1]);
  view->base = nn_tensor_ref (self->base ? self->base : self);
  return view;
}

/**
 * nn_tensor_data:
 *
 * Returns: (transfer full): an untracked view that shares @self's storage
 *   (PyTorch's .data). It requires no gradient, so it may be changed anywhere,
 *   and its changes do not count in @self's version: backward cannot see them.
 */
NnTensor *
nn_tensor_data (NnTensor *self)
{
  gsize offset = nn_tensor_get_offset (self);

  return nn_tensor_new_in (self->storage, offset, self->rank, self->shape);
}

/**
 * nn_tensor_get_offset:
 *
 * Returns: the index in its storage of its first value
 */
gsize
nn_tensor_get_offset (const NnTensor *self)
{
  return (gsize) (self->values - self->storage->values);
}

/**
 * nn_tensor_move:
 * @self: a leaf that requires no gradient: data
 * @offset: the index in its storage of its first value from now on
 *
 * Lets one tensor show one batch after the other.
 */
void
nn_tensor_move (NnTensor *self, gsize offset)
{
  g_return_if_fail (!self->requires_grad && nn_tensor_is_leaf (self));
  g_return_if_fail (offset + self->size <= self->storage->n_values);

  self->values = self->storage->values + offset;
}

NnTensor *
nn_tensor_ref (NnTensor *self)
{
  self->ref_count++;
  return self;
}

void
nn_tensor_unref (NnTensor *self)
{
  if (--self->ref_count > 0)
    return;
  g_clear_pointer (&self->base, nn_tensor_unref);
  g_clear_pointer (&self->grad, nn_tensor_unref);
  nn_storage_unref (self->storage);
  g_free (self->name);
  g_free (self);
}

gsize
nn_tensor_get_size (const NnTensor *self)
{
  return self->size;
}

const gsize *
nn_tensor_get_shape (const NnTensor *self)
{
  return self->shape;
}

const float *
nn_tensor_get_values (const NnTensor *self)
{
  return self->values;
}

guint
nn_tensor_get_version (const NnTensor *self)
{
  return (self->base ? self->base->version : self->version) + self->storage->version;
}

/**
 * nn_tensor_is_leaf:
 *
 * Returns: TRUE if no recorded operation made it
 */
gboolean
nn_tensor_is_leaf (const NnTensor *self)
{
  return self->node == 0;
}

const char *
nn_tensor_get_name (const NnTensor *self)
{
  return self->name ? self->name : _ ("a tensor without a name");
}

void
nn_tensor_set_name (NnTensor *self, const char *name)
{
  g_free (self->name);
  self->name = g_strdup (name);
}

gboolean
nn_tensor_get_requires_grad (const NnTensor *self)
{
  return self->requires_grad;
}

/**
 * nn_tensor_set_requires_grad:
 *
 * Makes a leaf a parameter, or no longer one. A gradient that it has stays.
 */
void
nn_tensor_set_requires_grad (NnTensor *self, gboolean requires_grad)
{
  g_return_if_fail (nn_tensor_is_leaf (self));

  self->requires_grad = requires_grad;
  nn_grad_state.flag_changes++;
}

/**
 * nn_tensor_get_grad:
 *
 * Returns: (transfer none) (nullable): ∂L/∂self, or NULL for none, which an
 *   optimizer treats differently from zeros
 */
const NnTensor *
nn_tensor_get_grad (const NnTensor *self)
{
  return *self->grad_status != NN_GRAD_NONE ? self->grad : NULL;
}

void
nn_tensor_clear_grad (NnTensor *self)
{
  *self->grad_status = NN_GRAD_NONE;
}

/**
 * nn_tensor_set_grad_storage:
 * @storage: gets a reference
 * @offset: of the gradient's first value
 * @status: (not owned): where its NnGradStatus is from now on
 *
 * Sets where @self's gradient is stored, so that many can share one vector, and what is
 * known of it, so that many can be asked at once. There is none yet, whatever the storage
 * holds.
 */
void
nn_tensor_set_grad_storage (NnTensor *self,
                            NnStorage *storage,
                            gsize offset,
                            guint8 *status)
{
  g_clear_pointer (&self->grad, nn_tensor_unref);
  self->grad = nn_tensor_new_in (storage, offset, self->rank, self->shape);
  self->grad_status = status;
  *status = NN_GRAD_NONE;
}

/**
 * nn_tensor_write:
 *
 * The one way to change values in place. Counts as one change of the version,
 * even in a section, so a backward pass that saved the old values notices; a
 * view's change is its base's.
 *
 * Returns: (nullable): the values, to be changed; NULL if @self, or what it is a
 *   view of, requires a gradient and this is no gradient-free section
 */
float *
nn_tensor_write (NnTensor *self, GError **error)
{
  NnTensor *owner = self->base ? self->base : self;

  if (owner->requires_grad && !nn_grad_state.disabled) {
    g_set_error (error, NN_ERROR, NN_ERROR_GRAD_MODE,
                 _ ("%s%s requires a gradient and cannot be changed in place here; "
                    "change it in a gradient-free section"),
                 self->base ? _ ("a view of ") : "", nn_tensor_get_name (owner));
    return NULL;
  }
  nn_grad_state_before_write (owner);
  owner->version++;
  return self->values;
}

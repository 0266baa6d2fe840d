/* nn-tensor.c - a float32 tensor with a version and, if it is trained, a gradient
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
 * The memory is padded with zeros to a whole cache line, so that loops over whole vectors
 * may run past the last value.
 *
 * Returns: (transfer full)
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
 * @rank: at most NN_TENSOR_MAX_RANK; 0 for a scalar
 * @shape: (array length=rank): outermost first
 *
 * Returns: (transfer full): zeros that require no gradient, in a storage of their own
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
 * @storage: a reference is taken
 * @offset: the index of the first value in @storage
 * @rank: at most NN_TENSOR_MAX_RANK
 * @shape: (array length=rank): outermost first
 *
 * For parameters that share one flat vector. The values stay as they are in @storage.
 *
 * Returns: (transfer full): a tensor that requires no gradient
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
 * Returns: (transfer full): a view of one row (PyTorch's self[row]). Writing to it is
 *   writing to @self: refused under the same conditions, and counted in @self's version
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
 * Returns: the index of the first value in its storage
 */
gsize
nn_tensor_get_offset (const NnTensor *self)
{
  return (gsize) (self->values - self->storage->values);
}

/**
 * nn_tensor_move:
 * @self: a leaf that requires no gradient
 * @offset: the new index of the first value in its storage
 *
 * Lets one tensor show one mini-batch after the other without copying, so that the tape
 * sees the same tensor.
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

/**
 * nn_tensor_get_values:
 *
 * Returns: (transfer none): (size) row-major; until @self is freed or moved
 */
const float *
nn_tensor_get_values (const NnTensor *self)
{
  return self->values;
}

/**
 * nn_tensor_get_version:
 *
 * Returns: a count of in-place changes (PyTorch's _version): different values have
 *   different versions, except for changes through nn_tensor_data ()
 */
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

/**
 * nn_tensor_get_name:
 *
 * Returns: (transfer none): the name for messages: "fc1.weight"; never NULL
 */
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
 * @self: a leaf
 *
 * PyTorch's requires_grad_. An existing gradient is kept.
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
 * Returns: (transfer none) (nullable): ∂L/∂self; NULL (PyTorch's None) is not the same as
 *   zeros: an optimizer skips the parameter
 */
const NnTensor *
nn_tensor_get_grad (const NnTensor *self)
{
  return *self->grad_status != NN_GRAD_NONE ? self->grad : NULL;
}

/**
 * nn_tensor_clear_grad:
 *
 * Sets the gradient to none (PyTorch: self.grad = None). Its memory is kept.
 */
void
nn_tensor_clear_grad (NnTensor *self)
{
  *self->grad_status = NN_GRAD_NONE;
}

/**
 * nn_tensor_set_grad_storage:
 * @storage: a reference is taken
 * @offset: the index of the gradient's first value in @storage
 * @status: (not owned): the byte that holds its NnGradStatus from now on
 *
 * Places @self's gradient in a vector, and its status in an array, that it shares with
 * other parameters, so that all can be read at once. There is no gradient until a
 * backward pass, whatever @storage contains.
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
 * The only way to change values in place. Increments the version, in a gradient-free
 * section too, so that a backward pass that needs the old values notices; a write to a
 * view counts in its base's version.
 *
 * Returns: (transfer none) (nullable): the values, to be changed at once; NULL
 *   (NN_ERROR_GRAD_MODE) if @self, or the base of a view, requires a gradient and this is
 *   not a gradient-free section
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

/* nn-tensor.h - a float32 tensor with a version and, if it is trained, a gradient
 *
 * SPDX-License-Identifier: MIT
 *
 * Row-major, contiguous, of rank 0 to 2. Reference-counted, but not atomically: owned and
 * used by one thread. A storage is the memory that several tensors may share.
 *
 * Values are read freely and changed only through nn_tensor_write (). It keeps the two
 * promises of a parameter: no in-place change outside a gradient-free section
 * (nn-grad-mode.h), and none that backward does not notice, as each counts in the version
 * (PyTorch's _version).
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define NN_TENSOR_MAX_RANK 2

typedef struct _NnTensor NnTensor;
typedef struct _NnStorage NnStorage;

NnStorage *nn_storage_new (gsize n_values) G_GNUC_WARN_UNUSED_RESULT;
void nn_storage_unref (NnStorage *self);
const float *nn_storage_get_values (const NnStorage *self);

NnTensor *nn_tensor_new (gsize rank, const gsize *shape) G_GNUC_WARN_UNUSED_RESULT;
NnTensor *nn_tensor_new_in (NnStorage *storage,
                            gsize offset,
                            gsize rank,
                            const gsize *shape) G_GNUC_WARN_UNUSED_RESULT;
NnTensor *nn_tensor_row (NnTensor *self, gsize row) G_GNUC_WARN_UNUSED_RESULT;
NnTensor *nn_tensor_data (NnTensor *self) G_GNUC_WARN_UNUSED_RESULT;
gsize nn_tensor_get_offset (const NnTensor *self);
void nn_tensor_move (NnTensor *self, gsize offset);
NnTensor *nn_tensor_ref (NnTensor *self);
void nn_tensor_unref (NnTensor *self);

gsize nn_tensor_get_size (const NnTensor *self);
const gsize *nn_tensor_get_shape (const NnTensor *self);
const float *nn_tensor_get_values (const NnTensor *self);
guint nn_tensor_get_version (const NnTensor *self);
gboolean nn_tensor_is_leaf (const NnTensor *self);

const char *nn_tensor_get_name (const NnTensor *self);
void nn_tensor_set_name (NnTensor *self, const char *name);
gboolean nn_tensor_get_requires_grad (const NnTensor *self);
void nn_tensor_set_requires_grad (NnTensor *self, gboolean requires_grad);
const NnTensor *nn_tensor_get_grad (const NnTensor *self);
void nn_tensor_clear_grad (NnTensor *self);

float *nn_tensor_write (NnTensor *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnTensor, nn_tensor_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnStorage, nn_storage_unref)

G_END_DECLS

/* nn-tensor-picture.h - a tensor of any size as a matrix of few cells
 *
 * SPDX-License-Identifier: MIT
 *
 * The matrix has a row for each first index and a column for each of the others, flattened;
 * a vector is one row. Up to 256 x 256 values each is a cell of its own; of a larger one
 * each cell is a block, of which it has the mean and the value of largest magnitude.
 *
 * The picture is immutable and shared: ref and unref from any thread. It is built from the
 * values in their order, in blocks of any size; a builder has one owner.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define NN_TENSOR_PICTURE_SIDE 256 /* cells at most, of rows and of columns */

typedef struct {
  guint64 n_rows; /* of the matrix */
  guint64 n_columns;
  guint n_cell_rows; /* cell i has the rows from i * n_rows / n_cell_rows on */
  guint n_cell_columns;
  /* (n_cell_rows, n_cell_columns) */
  double *means;    /* of the finite values; NaN: there are none */
  double *extremes; /* NaN or infinite where a value is */
} NnTensorPicture;

typedef struct _NnTensorPictureBuilder NnTensorPictureBuilder;

void nn_tensor_get_matrix (guint rank,
                           const guint64 *shape,
                           guint64 *n_rows,
                           guint64 *n_columns);

NnTensorPicture *nn_tensor_picture_ref (NnTensorPicture *self);
void nn_tensor_picture_unref (NnTensorPicture *self);
guint64 nn_tensor_picture_get_row (const NnTensorPicture *self, guint cell_row);
guint64 nn_tensor_picture_get_column (const NnTensorPicture *self, guint cell_column);

NnTensorPictureBuilder *
nn_tensor_picture_builder_new (guint rank,
                               const guint64 *shape) G_GNUC_WARN_UNUSED_RESULT;
void nn_tensor_picture_builder_free (NnTensorPictureBuilder *self);
void nn_tensor_picture_builder_add (NnTensorPictureBuilder *self,
                                    const double *values,
                                    gsize n);
NnTensorPicture *
nn_tensor_picture_builder_end (NnTensorPictureBuilder *self) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnTensorPicture, nn_tensor_picture_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnTensorPictureBuilder, nn_tensor_picture_builder_free)

G_END_DECLS

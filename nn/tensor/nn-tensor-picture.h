/* nn-tensor-picture.h - a tensor of any size as a matrix of at most 256 x 256 cells
 *
 * SPDX-License-Identifier: MIT
 *
 * What a heat map of a tensor is drawn from. The tensor is a matrix with a row for each
 * first index and a column for each combination of the others; a vector or a scalar is
 * one row. Up to 256 x 256 values each is a cell; in a larger matrix a cell is a block,
 * of which it has the mean and the value of largest magnitude.
 *
 * The picture is immutable and shared: ref and unref from any thread. A builder is given
 * all values in row-major order, in pieces of any size, so the tensor need not be in
 * memory; it has one owner.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define NN_TENSOR_PICTURE_SIDE 256 /* at most so many rows, and columns, of cells */

typedef struct {
  guint64 n_rows; /* of the matrix */
  guint64 n_columns;
  guint n_cell_rows; /* cell row i begins at row ⌊i · n_rows / n_cell_rows⌋ */
  guint n_cell_columns;
  /* (owned) (n_cell_rows, n_cell_columns) */
  double *means;    /* of the finite values of each cell; NaN if it has none */
  double *extremes; /* the value of largest magnitude; NaN if any value is */
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

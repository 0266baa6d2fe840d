/* nn-tensor-picture.c - a tensor of any size as a matrix of at most 256 x 256 cells
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/tensor/nn-tensor-picture.h"

#include <math.h>

struct _NnTensorPictureBuilder {
  NnTensorPicture *picture; /* (owned) its means are sums until all values were added */
  guint64 *n_finite;        /* (owned) (n_cell_rows, n_cell_columns) */
  guint64 row;              /* of the next value */
  guint64 column;
  guint cell_row; /* the cell of the next value */
  guint cell_column;
};

/**
 * nn_tensor_get_matrix:
 * @shape: (array length=rank)
 * @n_rows: (out)
 * @n_columns: (out)
 *
 * Gets the size of a tensor as a matrix: a row for each first index, a column for each
 * combination of the others; a vector or a scalar is one row.
 */
void
nn_tensor_get_matrix (guint rank,
                      const guint64 *shape,
                      guint64 *n_rows,
                      guint64 *n_columns)
{
  *n_rows = rank > 1 ? shape[0] : 1;
  *n_columns = 1;
  for (guint i = rank > 1; i < rank; i++)
    *n_columns *= shape[i];
}

/* ---- the picture ------------------------------------------------------------------- */

static NnTensorPicture *
picture_new (guint rank, const guint64 *shape)
{
  NnTensorPicture *self = g_atomic_rc_box_new0 (NnTensorPicture);
  gsize n_cells;

  nn_tensor_get_matrix (rank, shape, &self->n_rows, &self->n_columns);
  self->n_cell_rows = (guint) MIN (self->n_rows, NN_TENSOR_PICTURE_SIDE);
  self->n_cell_columns = (guint) MIN (self->n_columns, NN_TENSOR_PICTURE_SIDE);
  n_cells = (gsize) self->n_cell_rows * self->n_cell_columns;
  self->means = g_new0 (double, n_cells);
  self->extremes = g_new0 (double, n_cells);
  return self;
}

static void
clear_picture (gpointer data)
{
  NnTensorPicture *self = data;

  g_free (self->means);
  g_free (self->extremes);
}

NnTensorPicture *
nn_tensor_picture_ref (NnTensorPicture *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
nn_tensor_picture_unref (NnTensorPicture *self)
{
  g_atomic_rc_box_release_full (self, clear_picture);
}

/* Returns: ⌊i · n / n_cells⌋, without overflow */
static guint64
get_start (guint64 n, guint n_cells, guint i)
{
  return n / n_cells * i + n % n_cells * i / n_cells;
}

/**
 * nn_tensor_picture_get_row:
 * @cell_row: at most n_cell_rows
 *
 * Returns: the first row of the matrix in @cell_row; n_rows for n_cell_rows
 */
guint64
nn_tensor_picture_get_row (const NnTensorPicture *self, guint cell_row)
{
  return get_start (self->n_rows, self->n_cell_rows, cell_row);
}

/**
 * nn_tensor_picture_get_column:
 * @cell_column: at most n_cell_columns
 *
 * Returns: the first column of the matrix in @cell_column; n_columns for n_cell_columns
 */
guint64
nn_tensor_picture_get_column (const NnTensorPicture *self, guint cell_column)
{
  return get_start (self->n_columns, self->n_cell_columns, cell_column);
}

/* ---- the builder ------------------------------------------------------------------- */

/**
 * nn_tensor_picture_builder_new:
 * @shape: (array length=rank)
 *
 * Returns: (transfer full): free with nn_tensor_picture_builder_end (), or with
 *   nn_tensor_picture_builder_free () to give up
 */
NnTensorPictureBuilder *
nn_tensor_picture_builder_new (guint rank, const guint64 *shape)
{
  NnTensorPictureBuilder *self = g_new0 (NnTensorPictureBuilder, 1);

  self->picture = picture_new (rank, shape);
  self->n_finite = g_new0 (guint64, (gsize) self->picture->n_cell_rows *
                                        self->picture->n_cell_columns);
  return self;
}

void
nn_tensor_picture_builder_free (NnTensorPictureBuilder *self)
{
  g_clear_pointer (&self->picture, nn_tensor_picture_unref);
  g_free (self->n_finite);
  g_free (self);
}

/* Returns: NaN if either is, else the one of larger magnitude, even an infinite one */
static double
get_extreme (double a, double b)
{
  if (isnan (a) || isnan (b))
    return (double) NAN;
  return fabs (b) > fabs (a) ? b : a;
}

/* Adds consecutive values of one row and one cell. */
static void
add_run (NnTensorPictureBuilder *self, const double *values, gsize n)
{
  NnTensorPicture *picture = self->picture;
  const gsize cell = (gsize) self->cell_row * picture->n_cell_columns + self->cell_column;
  double extreme = picture->extremes[cell], sum = 0;
  gsize n_finite = 0;

  for (gsize i = 0; i < n; i++) {
    const gboolean finite = isfinite (values[i]) != 0;

    extreme = get_extreme (extreme, values[i]);
    sum += finite ? values[i] : 0;
    n_finite += finite;
  }
  picture->extremes[cell] = extreme;
  picture->means[cell] += sum;
  self->n_finite[cell] += n_finite;
}

/* Advances the position by @n values, which were in one cell. */
static void
advance (NnTensorPictureBuilder *self, gsize n)
{
  const NnTensorPicture *picture = self->picture;

  self->column += n;
  if (self->column < nn_tensor_picture_get_column (picture, self->cell_column + 1))
    return;
  self->cell_column++;
  if (self->column < picture->n_columns)
    return;
  self->column = self->cell_column = 0;
  self->row++;
  if (self->row == nn_tensor_picture_get_row (picture, self->cell_row + 1))
    self->cell_row++;
}

/**
 * nn_tensor_picture_builder_add:
 * @values: (array length=n): the next ones in row-major order
 */
void
nn_tensor_picture_builder_add (NnTensorPictureBuilder *self,
                               const double *values,
                               gsize n)
{
  while (n > 0) {
    const guint64 end =
        nn_tensor_picture_get_column (self->picture, self->cell_column + 1);
    const gsize run = (gsize) MIN (n, end - self->column);

    g_return_if_fail (self->row < self->picture->n_rows);

    add_run (self, values, run);
    advance (self, run);
    values += run;
    n -= run;
  }
}

/**
 * nn_tensor_picture_builder_end:
 * @self: (transfer full): to which all values were added
 *
 * Returns: (transfer full)
 */
NnTensorPicture *
nn_tensor_picture_builder_end (NnTensorPictureBuilder *self)
{
  NnTensorPicture *picture = g_steal_pointer (&self->picture);
  const gsize n_cells = (gsize) picture->n_cell_rows * picture->n_cell_columns;

  for (gsize i = 0; i < n_cells; i++)
    picture->means[i] = self->n_finite[i] > 0
                            ? picture->means[i] / (double) self->n_finite[i]
                            : (double) NAN;
  nn_tensor_picture_builder_free (self);
  return picture;
}

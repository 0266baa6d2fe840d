/* nn-array-summary.c - statistics, picture and values of an array on disk
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/patch/nn-array-summary.h"

#define BLOCK 65536 /* elements at a time */

typedef void (*Visit) (gpointer data, const double *values, gsize n);

typedef struct {
  NnArrayValues *a;
  NnArrayValues *b; /* (nullable) if the values are b − a */
  const NnProgress *progress;
  double from; /* progress before the first element … */
  double to;   /* … and after the last */
} Reading;

static gboolean
read_block (const Reading *self, guint64 first, gsize n, double *values, GError **error)
{
  if (!nn_array_values_read (self->a, first, n, TRUE, values, error))
    return FALSE;
  if (self->b != NULL) {
    g_autofree double *other = g_new (double, n);

    if (!nn_array_values_read (self->b, first, n, TRUE, other, error))
      return FALSE;
    for (gsize i = 0; i < n; i++)
      values[i] = other[i] - values[i];
  }
  return TRUE;
}

static gboolean
visit_all (const Reading *self, Visit visit, gpointer data, GError **error)
{
  const guint64 n = self->a->area->n;
  g_autofree double *values = g_new (double, MIN (n, BLOCK) + 1);

  for (guint64 first = 0; first < n; first += BLOCK) {
    const gsize n_block = (gsize) MIN (n - first, BLOCK);
    const double share = (double) first / (double) n;

    if (!nn_progress_report (self->progress, self->from + share * (self->to - self->from),
                             error) ||
        !read_block (self, first, n_block, values, error))
      return FALSE;
    visit (data, values, n_block);
  }
  return TRUE;
}

static void
summarize (gpointer data, const double *values, gsize n)
{
  nn_tensor_summary_builder_add (data, values, n);
}

static void
draw (gpointer data, const double *values, gsize n)
{
  nn_tensor_picture_builder_add (data, values, n);
}

/**
 * nn_array_summary_new:
 * @values: of a whole array, which is read twice
 * @with_picture: also build summary->picture
 * @progress: (nullable)
 *
 * Returns: (transfer full) (nullable): NULL if it cannot be read or @progress cancelled
 */
NnTensorSummary *
nn_array_summary_new (NnArrayValues *values,
                      gboolean with_picture,
                      const NnProgress *progress,
                      GError **error)
{
  const NnArray *array = values->area->array;
  Reading reading = { values, NULL, progress, 0, 0.5 };
  g_autoptr (NnTensorSummaryBuilder) builder = nn_tensor_summary_builder_new (
      nn_array_area_get_name (array), nn_dtype_get_name (array->dtype), array->rank,
      array->shape, with_picture);

  if (!visit_all (&reading, summarize, builder, error))
    return NULL;
  reading.from = 0.5;
  reading.to = 1;
  if (nn_tensor_summary_builder_begin_histogram (builder) &&
      !visit_all (&reading, summarize, builder, error))
    return NULL;
  return nn_tensor_summary_builder_end (g_steal_pointer (&builder));
}

/**
 * nn_array_difference_picture_new:
 * @a: of a whole array
 * @b: of another of the same shape
 * @progress: (nullable)
 *
 * Returns: (transfer full) (nullable): of b − a; NULL if one cannot be read or
 *   @progress cancelled
 */
NnTensorPicture *
nn_array_difference_picture_new (NnArrayValues *a,
                                 NnArrayValues *b,
                                 const NnProgress *progress,
                                 GError **error)
{
  const NnArray *array = a->area->array;
  const Reading reading = { a, b, progress, 0, 1 };
  g_autoptr (NnTensorPictureBuilder) builder =
      nn_tensor_picture_builder_new (array->rank, array->shape);

  if (!visit_all (&reading, draw, builder, error))
    return NULL;
  return nn_tensor_picture_builder_end (g_steal_pointer (&builder));
}

/**
 * nn_array_picture_new:
 * @values: of a whole array, which is read once
 * @progress: (nullable)
 *
 * Returns: (transfer full) (nullable): NULL if it cannot be read or @progress cancelled
 */
NnTensorPicture *
nn_array_picture_new (NnArrayValues *values, const NnProgress *progress, GError **error)
{
  return nn_array_difference_picture_new (values, NULL, progress, error);
}

/**
 * nn_array_window_new:
 * @a: of a whole array
 * @b: (nullable): of another of the same shape: the values are b − a
 * @first_row: of the matrix that nn_tensor_get_matrix () defines
 *
 * Rows and columns outside the matrix are left out.
 *
 * Returns: (transfer full) (nullable): NULL if a file cannot be read
 */
NnTensorWindow *
nn_array_window_new (NnArrayValues *a,
                     NnArrayValues *b,
                     guint64 first_row,
                     guint64 first_column,
                     guint64 n_rows,
                     guint64 n_columns,
                     GError **error)
{
  const NnArray *array = a->area->array;
  const Reading reading = { .a = a, .b = b };
  g_autofree double *values = NULL;
  guint64 rows, columns;

  nn_tensor_get_matrix (array->rank, array->shape, &rows, &columns);
  n_rows = MIN (n_rows, rows - MIN (first_row, rows));
  n_columns = MIN (n_columns, columns - MIN (first_column, columns));
  values = g_new (double, n_rows *n_columns + 1);
  for (guint64 i = 0; i < n_rows && n_columns > 0; i++)
    if (!read_block (&reading, (first_row + i) * columns + first_column,
                     (gsize) n_columns, values + i * n_columns, error))
      return NULL;
  return nn_tensor_window_new (first_row, first_column, (gsize) n_rows, (gsize) n_columns,
                               g_steal_pointer (&values));
}

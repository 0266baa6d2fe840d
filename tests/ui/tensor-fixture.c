/* tensor-fixture.c - tensors as of a small transformer, for tests of what shows them
 *
 * SPDX-License-Identifier: MIT
 */

#include "tensor-fixture.h"

#include <math.h>

#define BLOCKS 12
#define WIDTH  128

static void
add (GListStore *list,
     const char *type,
     guint rank,
     guint64 n,
     guint64 m,
     const char *name)
{
  const guint64 shape[] = { n, m, 7, 7 };
  g_autoptr (NudgeTensor) tensor = nudge_tensor_new (name, type, rank, shape);

  g_list_store_append (list, tensor);
}

static void
add_block (GListStore *list, guint block)
{
  static const struct {
    const char *name;
    guint rank;
    guint64 n, m;
  } parts[] = {
    { "norm1.weight", 1, WIDTH, 0 },
    { "attention.query.weight", 2, WIDTH, WIDTH },
    { "attention.query.bias", 1, WIDTH, 0 },
    { "attention.key.weight", 2, WIDTH, WIDTH },
    { "attention.value.weight", 2, WIDTH, WIDTH },
    { "attention.out.weight", 2, WIDTH, WIDTH },
    { "attention.out.bias", 1, WIDTH, 0 },
    { "mlp.up.weight", 2, 4 * WIDTH, WIDTH },
    { "mlp.up.bias", 1, 4 * WIDTH, 0 },
    { "mlp.down.weight", 2, WIDTH, 4 * WIDTH },
    { "mlp.down.bias", 1, WIDTH, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++) {
    g_autofree char *name =
        g_strdup_printf ("encoder.blocks.%u.%s", block, parts[i].name);

    add (list, "float32", parts[i].rank, parts[i].n, parts[i].m, name);
  }
}

GListModel *
fixture_tensors_new (void)
{
  GListStore *list = g_list_store_new (NUDGE_TYPE_TENSOR);

  add (list, "bfloat16", 2, 3000, WIDTH, "embedding.weight");
  add (list, "float32", 4, 16, 3, "stem.filter.weight");
  for (guint i = 0; i < BLOCKS; i++)
    add_block (list, i);
  add (list, "float32", 2, 10, WIDTH, "head.weight");
  add (list, "float32", 1, 10, 0, "head.bias");
  add (list, "int64", 0, 0, 0, "steps");
  return G_LIST_MODEL (list);
}

NudgeTensor *
fixture_tensors_find (GListModel *tensors, const char *name)
{
  for (guint i = 0; i < g_list_model_get_n_items (tensors); i++) {
    g_autoptr (NudgeTensor) tensor = g_list_model_get_item (tensors, i);

    if (g_str_equal (nudge_tensor_get_name (tensor), name))
      return tensor;
  }
  g_assert_not_reached ();
}

static double
get_uniform (guint64 seed)
{
  seed = (seed + 0x9e3779b97f4a7c15) * 0xbf58476d1ce4e5b9;
  seed = (seed ^ (seed >> 27)) * 0x94d049bb133111eb;
  return ((double) ((seed ^ (seed >> 31)) >> 11) + 0.5) / 9007199254740992.0;
}

/* Box and Muller's, with some structure in rows and columns. */
double
fixture_tensor_value (NudgeTensor *tensor, guint64 row, guint64 column)
{
  const char *name = nudge_tensor_get_name (tensor);
  const guint64 seed =
      g_str_hash (name) * G_GUINT64_CONSTANT (1000003) + row * 65537 + column;
  const double scale = nudge_tensor_get_rank (tensor) == 1 ? 0.05 : 0.12;
  const double normal = sqrt (-2 * log (get_uniform (2 * seed))) *
                        cos (2 * G_PI * get_uniform (2 * seed + 1));

  if (g_str_equal (name, "steps"))
    return 120000;
  if (g_str_has_suffix (name, "norm1.weight"))
    return 1 + 0.1 * normal;
  if (g_str_has_suffix (name, "up.weight") && row % 11 == 3)
    return 0;
  return (double) (float) (scale * normal * (1 + 0.8 * sin ((double) row / 9)) +
                           scale * 0.5 * cos ((double) column / 7));
}

static double *
make (NudgeTensor *tensor,
      guint64 first_row,
      guint64 first_column,
      guint64 n_rows,
      guint64 n_columns,
      double plus)
{
  double *values = g_new (double, n_rows *n_columns + 1);

  for (guint64 i = 0; i < n_rows; i++)
    for (guint64 k = 0; k < n_columns; k++)
      values[i * n_columns + k] =
          fixture_tensor_value (tensor, first_row + i, first_column + k) + plus;
  return values;
}

NnTensorSummary *
fixture_tensor_summarize (NudgeTensor *tensor, double plus, gboolean with_picture)
{
  const guint rank = nudge_tensor_get_rank (tensor);
  const guint64 *shape = nudge_tensor_get_shape (tensor);
  NnTensorSummaryBuilder *builder = nn_tensor_summary_builder_new (
      nudge_tensor_get_name (tensor), nudge_tensor_get_dtype (tensor), rank, shape,
      with_picture);
  guint64 n_rows, n_columns;
  g_autofree double *values = NULL;

  nn_tensor_get_matrix (rank, shape, &n_rows, &n_columns);
  values = make (tensor, 0, 0, n_rows, n_columns, plus);
  nn_tensor_summary_builder_add (builder, values, n_rows * n_columns);
  if (nn_tensor_summary_builder_begin_histogram (builder))
    nn_tensor_summary_builder_add (builder, values, n_rows * n_columns);
  return nn_tensor_summary_builder_end (builder);
}

NnTensorWindow *
fixture_tensor_window (NudgeTensor *tensor,
                       guint64 first_row,
                       guint64 first_column,
                       guint64 n_rows,
                       guint64 n_columns)
{
  return nn_tensor_window_new (
      first_row, first_column, n_rows, n_columns,
      make (tensor, first_row, first_column, n_rows, n_columns, 0));
}

void
fixture_tensors_fill (GListModel *tensors)
{
  for (guint i = 0; i < g_list_model_get_n_items (tensors); i++) {
    g_autoptr (NudgeTensor) tensor = g_list_model_get_item (tensors, i);
    g_autoptr (NnTensorSummary) summary = fixture_tensor_summarize (tensor, 0, FALSE);

    nudge_tensor_set_summary (tensor, summary);
  }
}

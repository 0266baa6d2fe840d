/* tensor-fixture.c - tensors as of a small transformer, for tests of what shows them
 *
 * SPDX-License-Identifier: MIT
 */

#include "tensor-fixture.h"

#include <glib/gstdio.h>
#include <math.h>

#include "nn/patch/nn-array-summary.h"

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

/* ---- two files --------------------------------------------------------------------- */

static NnArray *
make_array (NudgeTensor *tensor, gboolean is_b)
{
  const char *name = nudge_tensor_get_name (tensor);
  const guint64 n = nudge_tensor_get_n_values (tensor);
  const guint64 shape[] = { 2, 5 };
  guint64 n_rows, n_columns;
  g_autofree double *values = NULL;
  g_autofree float *floats = g_new (float, n + 1);

  nn_tensor_get_matrix (nudge_tensor_get_rank (tensor), nudge_tensor_get_shape (tensor),
                        &n_rows, &n_columns);
  values = make (tensor, 0, 0, n_rows, n_columns, 0);
  for (guint64 i = 0; i < n; i++) {
    floats[i] = (float) values[i];
    if (is_b && g_str_equal (name, "head.weight") && i % 500 == 7)
      floats[i] += 0.25f;
    if (is_b && g_str_equal (name, "encoder.blocks.0.mlp.up.weight") &&
        i / n_columns > 200)
      floats[i] *= 0.99f + 0.0001f * (float) (i % n_columns);
  }
  if (is_b && g_str_equal (name, "head.bias"))
    return nn_array_new_floats (name, 2, shape, floats);
  if (is_b && g_str_equal (name, "steps")) {
    g_autoptr (GBytes) bytes = g_bytes_new (values, sizeof (double));

    return nn_array_new (name, NN_DTYPE_FLOAT64, 0, NULL, NULL, bytes, NULL);
  }
  return nn_array_new_floats (name, nudge_tensor_get_rank (tensor),
                              nudge_tensor_get_shape (tensor), floats);
}

static void
save_file (GListModel *tensors, const char *path, gboolean is_b)
{
  static const char *const names[] = {
    "embedding.weight",
    "encoder.blocks.0.norm1.weight",
    "encoder.blocks.0.mlp.up.weight",
    "encoder.blocks.0.mlp.up.bias",
    "head.weight",
    "head.bias",
    "steps",
  };
  g_autoptr (NnArrayFile) file =
      nn_array_file_new (nn_array_kind_find (path, TRUE, NULL));
  g_autoptr (GError) error = NULL;

  for (gsize i = is_b; i < G_N_ELEMENTS (names); i++)
    g_ptr_array_add (file->arrays,
                     make_array (fixture_tensors_find (tensors, names[i]), is_b));
  if (is_b)
    g_ptr_array_add (file->arrays, nn_array_new_floats ("new.weight", 1, (guint64[]){ 2 },
                                                        (float[]){ 1, 2 }));
  nn_array_file_save (file, path, &error);
  g_assert_no_error (error);
}

void
fixture_files_init (FixtureFiles *self)
{
  g_autoptr (GListModel) tensors = fixture_tensors_new ();
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("nudge-test-XXXXXX", &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 2; i++) {
    self->paths[i] =
        g_build_filename (self->folder, i == 0 ? "old.npz" : "new.npz", NULL);
    save_file (tensors, self->paths[i], i == 1);
    self->versions[i] = nn_file_version_open (self->paths[i], self->folder, 0, &error);
    g_assert_no_error (error);
  }
}

void
fixture_files_clear (FixtureFiles *self)
{
  for (guint i = 0; i < 2; i++) {
    nn_file_version_unref (self->versions[i]);
    g_remove (self->paths[i]);
    g_free (self->paths[i]);
  }
  g_rmdir (self->folder);
  g_free (self->folder);
}

typedef struct {
  NnArrayArea areas[2];
  NnArrayValues values[2];
} Pair;

static void
open_pair (FixtureFiles *self, Pair *pair, const char *name)
{
  for (guint i = 0; i < 2; i++) {
    const NnArrayStore *store = nn_file_version_get_store (self->versions[i]);
    NnArray *array = nn_array_file_find (store->arrays, name);
    NnArrayPlace place = nn_array_store_locate (store, array->bytes);

    nn_array_area_init_whole (&pair->areas[i], array, 0);
    g_assert_true (
        nn_array_values_init (&pair->values[i], &pair->areas[i], &place, NULL));
  }
}

static void
close_pair (Pair *pair)
{
  nn_array_values_clear (&pair->values[0]);
  nn_array_values_clear (&pair->values[1]);
}

NnTensorPicture *
fixture_files_difference_picture (FixtureFiles *self, const char *name)
{
  NnTensorPicture *picture;
  Pair pair;

  open_pair (self, &pair, name);
  picture =
      nn_array_difference_picture_new (&pair.values[0], &pair.values[1], NULL, NULL);
  close_pair (&pair);
  return picture;
}

NnTensorWindow *
fixture_files_difference_window (FixtureFiles *self,
                                 const char *name,
                                 guint64 first_row,
                                 guint64 first_column,
                                 guint64 n_rows,
                                 guint64 n_columns)
{
  NnTensorWindow *window;
  Pair pair;

  open_pair (self, &pair, name);
  window = nn_array_window_new (&pair.values[0], &pair.values[1], first_row, first_column,
                                n_rows, n_columns, NULL);
  close_pair (&pair);
  return window;
}

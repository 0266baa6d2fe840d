/* test-nn-tensor-summary.c - a tensor in a few numbers, and as a matrix of few cells
 *
 * SPDX-License-Identifier: MIT
 *
 * Recorded values are in tests/golden/tensors.json.
 */

#include "nn/tensor/nn-tensor-summary.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "nn/patch/nn-array-summary.h"
#include "nn/patch/nn-file-difference.h"
#include "tests/nn/nn-golden.h"
#include "tests/nn/scratch.h"

/* Of 1 + |value|: sums in another order. */
#define TOLERANCE 1e-12

/* ---- what the recorded ones are of ------------------------------------------------- */

static double
get_number (const json_t *object, const char *key)
{
  const json_t *value = json_object_get (object, key);

  return json_is_string (value) ? g_ascii_strtod (json_string_value (value), NULL)
                                : json_number_value (value);
}

static guint
get_shape (const json_t *tensor, guint64 *shape, gsize *n)
{
  const json_t *sizes = json_object_get (tensor, "shape");
  const guint rank = (guint) json_array_size (sizes);

  *n = 1;
  for (guint i = 0; i < rank; i++) {
    shape[i] = (guint64) json_integer_value (json_array_get (sizes, i));
    *n *= shape[i];
  }
  return rank;
}

/* As tensors.py: a hash of the index, its cube. */
static double *
make_values (const json_t *tensor, gsize n)
{
  const double scale = get_number (tensor, "scale");
  const double offset = get_number (tensor, "offset");
  const json_t *instead = json_object_get (tensor, "instead");
  const char *type = json_string_value (json_object_get (tensor, "type"));
  double *values = g_new (double, n + 1);

  for (gsize i = 0; i < n; i++) {
    const guint32 hash = (guint32) (i * 2654435761u);
    const double u = hash / 2147483648.0 - 1;

    values[i] = u * u * u * scale + offset;
  }
  for (gsize i = 0; i < json_array_size (instead); i++) {
    const json_t *pair = json_array_get (instead, i);
    const json_t *value = json_array_get (pair, 1);

    values[json_integer_value (json_array_get (pair, 0))] =
        json_is_string (value) ? g_ascii_strtod (json_string_value (value), NULL)
                               : json_real_value (value);
  }
  for (gsize i = 0; i < n && strcmp (type, "float32") == 0; i++)
    values[i] = (double) (float) values[i];
  return values;
}

/* In blocks of @n_block. */
static NnTensorSummary *
summarize (const json_t *tensor, gsize n_block)
{
  guint64 shape[NN_ARRAY_MAX_RANK];
  gsize n;
  const guint rank = get_shape (tensor, shape, &n);
  g_autofree double *values = make_values (tensor, n);
  NnTensorSummaryBuilder *builder = nn_tensor_summary_builder_new (
      json_string_value (json_object_get (tensor, "name")),
      json_string_value (json_object_get (tensor, "type")), rank, shape, TRUE);

  for (int pass = 0; pass < 2; pass++) {
    for (gsize first = 0; first < n; first += n_block)
      nn_tensor_summary_builder_add (builder, values + first, MIN (n - first, n_block));
    if (pass == 0 && !nn_tensor_summary_builder_begin_histogram (builder))
      break;
  }
  return nn_tensor_summary_builder_end (builder);
}

static void
assert_near (double value, double wanted)
{
  if (isnan (wanted) || isinf (wanted))
    g_assert_true (isnan (wanted) ? isnan (value) : value == wanted);
  else
    g_assert_cmpfloat (fabs (value - wanted), <=, TOLERANCE * (1 + fabs (wanted)));
}

/* ---- against PyTorch and NumPy ----------------------------------------------------- */

static void
assert_is_histogram (const NnTensorSummary *summary, const json_t *wanted)
{
  const json_t *counts = json_object_get (wanted, "counts");

  g_assert_true (summary->has_histogram);
  assert_near (summary->low, get_number (wanted, "low"));
  assert_near (summary->high, get_number (wanted, "high"));
  for (gsize i = 0; i < NN_TENSOR_SUMMARY_BINS; i++)
    g_assert_cmpuint (summary->counts[i], ==,
                      (guint64) json_integer_value (json_array_get (counts, i)));
}

static double
sum_finite (const double *values, gsize n)
{
  double sum = 0;

  for (gsize i = 0; i < n; i++)
    sum += isfinite (values[i]) ? values[i] : 0;
  return sum;
}

static void
assert_is_picture (const NnTensorPicture *picture, const json_t *wanted)
{
  const json_t *cells = json_object_get (wanted, "cells");
  const gsize n = (gsize) picture->n_cell_rows * picture->n_cell_columns;

  g_assert_cmpfloat (picture->n_cell_rows, ==, get_number (wanted, "rows"));
  g_assert_cmpfloat (picture->n_cell_columns, ==, get_number (wanted, "columns"));
  assert_near (sum_finite (picture->means, n), get_number (wanted, "means"));
  assert_near (sum_finite (picture->extremes, n), get_number (wanted, "extremes"));
  for (gsize i = 0; i < json_array_size (cells); i++) {
    json_t *cell = json_array_get (cells, i);
    const gsize at =
        (gsize) json_integer_value (json_array_get (cell, 0)) * picture->n_cell_columns +
        (gsize) json_integer_value (json_array_get (cell, 1));
    json_t *both = json_pack ("{s:O,s:O}", "mean", json_array_get (cell, 2), "extreme",
                              json_array_get (cell, 3));

    assert_near (picture->means[at], get_number (both, "mean"));
    assert_near (picture->extremes[at], get_number (both, "extreme"));
    json_decref (both);
  }
}

static void
assert_is (const NnTensorSummary *summary, const json_t *wanted)
{
  g_assert_cmpfloat ((double) summary->n_zeros, ==, get_number (wanted, "zeros"));
  g_assert_cmpfloat ((double) summary->n_nans, ==, get_number (wanted, "nans"));
  g_assert_cmpfloat ((double) summary->n_infinities, ==,
                     get_number (wanted, "infinities"));
  g_assert_cmpfloat (summary->min, ==, get_number (wanted, "min"));
  g_assert_cmpfloat (summary->max, ==, get_number (wanted, "max"));
  assert_near (summary->mean, get_number (wanted, "mean"));
  assert_near (summary->std, get_number (wanted, "std"));
  assert_near (summary->norm, get_number (wanted, "norm"));
  assert_is_histogram (summary, json_object_get (wanted, "histogram"));
  assert_is_picture (summary->picture, json_object_get (wanted, "picture"));
}

/* Whatever the blocks are, down to a value at a time. */
static void
test_is_pytorchs_and_numpys (void)
{
  static const gsize blocks[] = { 1, 7, 1024, 100000 };
  json_t *root = golden_load ("tensors.json");
  const json_t *tensors = json_object_get (root, "tensors");

  g_assert_cmpuint (json_array_size (tensors), >=, 9);
  for (gsize i = 0; i < json_array_size (tensors); i++) {
    const json_t *tensor = json_array_get (tensors, i);

    g_test_message ("%s", json_string_value (json_object_get (tensor, "name")));
    for (gsize k = 0; k < G_N_ELEMENTS (blocks); k++) {
      g_autoptr (NnTensorSummary) summary = summarize (tensor, blocks[k]);

      assert_is (summary, tensor);
    }
  }
  json_decref (root);
}

/* ---- ends of what there can be ----------------------------------------------------- */

static NnTensorSummary *
summarize_floats (const float *values, gsize n)
{
  const guint64 shape[] = { n };
  g_autofree double *wide = g_new (double, n);
  NnTensorSummaryBuilder *builder =
      nn_tensor_summary_builder_new ("w", "float32", 1, shape, TRUE);

  for (gsize i = 0; i < n; i++)
    wide[i] = (double) values[i];
  nn_tensor_summary_builder_add (builder, wide, n);
  if (nn_tensor_summary_builder_begin_histogram (builder))
    nn_tensor_summary_builder_add (builder, wide, n);
  return nn_tensor_summary_builder_end (builder);
}

static void
test_nothing_finite (void)
{
  const float values[] = { NAN, INFINITY };
  g_autoptr (NnTensorSummary) empty = summarize_floats (values, 0);
  g_autoptr (NnTensorSummary) wild = summarize_floats (values, 2);

  g_assert_cmpuint (empty->n_values, ==, 0);
  g_assert_true (isnan (empty->min) && isnan (empty->mean) && isnan (empty->norm));
  g_assert_false (empty->has_histogram);
  g_assert_cmpuint (empty->picture->n_cell_columns, ==, 0);
  g_assert_cmpuint (wild->n_nans, ==, 1);
  g_assert_cmpuint (wild->n_infinities, ==, 1);
  g_assert_true (isnan (wild->max) && isnan (wild->std));
  g_assert_true (isnan (wild->picture->means[0]));
  g_assert_true (isinf (wild->picture->extremes[1]));
}

/* All one value; and ends that are as far apart as doubles can be. */
static void
test_bins_of_any_range (void)
{
  const float same[] = { 2, 2, 2 };
  const guint64 shape[] = { 3 };
  const double far[] = { -DBL_MAX, 0, DBL_MAX };
  g_autoptr (NnTensorSummary) one = summarize_floats (same, 3);
  g_autoptr (NnTensorSummary) other = NULL;
  NnTensorSummaryBuilder *builder =
      nn_tensor_summary_builder_new ("w", "float64", 1, shape, FALSE);

  g_assert_cmpfloat (one->low, ==, 2);
  g_assert_cmpfloat (one->high, ==, 2);
  g_assert_cmpuint (one->counts[0], ==, 3);
  g_assert_cmpfloat (one->std, ==, 0);
  nn_tensor_summary_builder_add (builder, far, 3);
  g_assert_true (nn_tensor_summary_builder_begin_histogram (builder));
  nn_tensor_summary_builder_add (builder, far, 3);
  other = nn_tensor_summary_builder_end (builder);
  g_assert_cmpuint (other->counts[0], ==, 1);
  g_assert_cmpuint (other->counts[32], ==, 1);
  g_assert_cmpuint (other->counts[63], ==, 1);
  g_assert_null (other->picture);
}

/* ---- from files -------------------------------------------------------------------- */

typedef struct {
  Scratch scratch;
  NnArrayStore *stores[2];
  NnArrayArea areas[2];
  NnArrayValues values[2];
} Files;

/* A filter of 5 × (3 × 4), whose value is its flat index; in the other file, one has
 * been changed. */
static void
open_files (Files *self, gconstpointer data)
{
  const guint64 shape[] = { 5, 3, 4 };
  float values[60];

  scratch_set_up (&self->scratch, NULL);
  for (guint i = 0; i < 60; i++)
    values[i] = (float) i;
  for (guint i = 0; i < 2; i++) {
    g_autofree char *path = g_strdup_printf ("%s/%u.npy", self->scratch.folder, i);
    g_autoptr (NnArrayFile) file = NULL;
    g_autoptr (GError) error = NULL;
    NnArrayPlace place;

    values[17] += (float) i;
    file = nn_array_file_new (nn_array_kind_find (path, FALSE, NULL));
    g_ptr_array_add (file->arrays, nn_array_new_floats ("", 3, shape, values));
    nn_array_file_save (file, path, &error);
    g_assert_no_error (error);
    self->stores[i] = nn_array_store_open (path, self->scratch.folder, &error);
    g_assert_no_error (error);
    nn_array_area_init_whole (&self->areas[i], self->stores[i]->arrays->arrays->pdata[0],
                              0);
    place = nn_array_store_locate (self->stores[i], self->areas[i].array->bytes);
    g_assert_true (
        nn_array_values_init (&self->values[i], &self->areas[i], &place, &error));
  }
}

static void
close_files (Files *self, gconstpointer data)
{
  for (guint i = 0; i < 2; i++) {
    nn_array_values_clear (&self->values[i]);
    nn_array_store_free (self->stores[i]);
  }
  scratch_tear_down (&self->scratch, NULL);
}

static void
test_file (Files *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NnTensorSummary) summary =
      nn_array_summary_new (&self->values[0], TRUE, NULL, &error);
  g_autoptr (NnTensorPicture) picture = NULL;
  g_autoptr (NnTensorWindow) window = NULL;
  double value;

  g_assert_no_error (error);
  g_assert_cmpstr (summary->name, ==, "array");
  g_assert_cmpfloat (summary->mean, ==, 29.5);
  g_assert_cmpuint (summary->picture->n_rows, ==, 5);
  g_assert_cmpuint (summary->picture->n_columns, ==, 12);
  picture = nn_array_picture_new (&self->values[0], NULL, &error);
  g_assert_cmpmem (picture->means, 60 * sizeof (double), summary->picture->means,
                   60 * sizeof (double));
  window = nn_array_window_new (&self->values[0], NULL, 3, 10, 100, 100, &error);
  g_assert_cmpuint (window->n_rows, ==, 2);
  g_assert_cmpuint (window->n_columns, ==, 2);
  g_assert_true (nn_tensor_window_get (window, 4, 11, &value));
  g_assert_cmpfloat (value, ==, 59);
  g_assert_false (nn_tensor_window_get (window, 4, 9, &value));
  g_assert_false (nn_tensor_window_get (window, 5, 11, &value));
}

static void
test_difference (Files *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NnTensorPicture) picture =
      nn_array_difference_picture_new (&self->values[0], &self->values[1], NULL, &error);
  g_autoptr (NnTensorWindow) window =
      nn_array_window_new (&self->values[0], &self->values[1], 1, 5, 1, 1, &error);

  g_assert_no_error (error);
  for (gsize i = 0; i < 60; i++)
    g_assert_cmpfloat (picture->extremes[i], ==, i == 17);
  g_assert_cmpfloat (window->values[0], ==, 1);
}

static gboolean
stop_cb (double fraction, gpointer data)
{
  return FALSE;
}

static void
test_can_be_stopped (Files *self, gconstpointer data)
{
  const NnProgress progress = { stop_cb, NULL };
  g_autoptr (GError) error = NULL;

  g_assert_null (nn_array_summary_new (&self->values[0], FALSE, &progress, &error));
  g_assert_nonnull (error);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/tensor-summary/is-pytorchs-and-numpys",
                   test_is_pytorchs_and_numpys);
  g_test_add_func ("/nn/tensor-summary/nothing-finite", test_nothing_finite);
  g_test_add_func ("/nn/tensor-summary/bins-of-any-range", test_bins_of_any_range);
  g_test_add ("/nn/tensor-summary/file", Files, NULL, open_files, test_file, close_files);
  g_test_add ("/nn/tensor-summary/difference", Files, NULL, open_files, test_difference,
              close_files);
  g_test_add ("/nn/tensor-summary/can-be-stopped", Files, NULL, open_files,
              test_can_be_stopped, close_files);
  return g_test_run ();
}

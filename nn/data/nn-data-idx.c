/* nn-data-idx.c - pictures and their classes in MNIST's format
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/data/nn-data-kind.h"

#include <glib/gi18n.h>

#include "nn/base/nn-error.h"
#include "nn/data/nn-array-columns.h"
#include "nn/files/nn-path.h"

static const NnSetting settings[] = {
  {
      .key = "images",
      .sentence = N_ ("a file of pictures; bytes become 0 to 1, as by ToTensor"),
      .type = NN_SETTING_FILE,
      .offset = NN_DATA_SETTING (file),
      .required = TRUE,
      .example = "train-images-idx3-ubyte.gz",
  },
  {
      .key = "labels",
      .sentence = N_ ("a file of as many classes, if there is one"),
      .type = NN_SETTING_FILE,
      .offset = NN_DATA_SETTING (labels),
      .example = "train-labels-idx1-ubyte.gz",
  },
  NN_DATA_STANDARDISE,
  NN_DATA_VALIDATION,
};

/* Returns: FALSE, with the file's name before the message */
static gboolean
prefix_path (GError **error, const char *path)
{
  g_autofree char *name = nn_path_dup_display_name (path);

  g_prefix_error (error, "%s: ", name);
  return FALSE;
}

static NnArray *
open_array (const char *path, const NnProgress *progress, GError **error)
{
  g_autoptr (NnArrayFile) file = nn_array_file_open (path, progress, error);

  if (file == NULL)
    return NULL;
  if (file->arrays->len == 1)
    return nn_array_ref (file->arrays->pdata[0]);
  g_set_error (error, NN_ERROR, NN_ERROR_SHAPE,
               _ ("it holds %u arrays instead of one: use the source npz for them"),
               file->arrays->len);
  prefix_path (error, path);
  return NULL;
}

/* torchvision's ToTensor: bytes are divided by 255. */
static void
scale_bytes (NnTable *table)
{
  for (gsize i = 0; i < table->n_examples * table->n_features; i++)
    table->inputs[i] /= 255;
  nn_table_add_note (table, _ ("pixels are divided by 255: 0 to 1"));
}

static NnTable *
make_table (const NnArray *images, gsize n_targets, GError **error)
{
  NnTable *table;

  if (images->rank < 2 || images->n_values == 0) {
    g_autofree char *shape = nn_array_dup_shape (images);

    g_set_error (error, NN_ERROR, NN_ERROR_SHAPE,
                 _ ("its shape is %s, not that of pictures%s"), shape,
                 images->rank == 1
                     ? _ (": perhaps these are the labels; give the file of the pictures")
                     : "");
    return NULL;
  }
  table =
      nn_table_new ((gsize) images->shape[0], nn_array_get_row_size (images), n_targets);
  nn_array_get_floats (images, table->inputs);
  if (images->dtype == NN_DTYPE_UINT8)
    scale_bytes (table);
  return table;
}

static gboolean
check_numbers (const float *values, gsize n, gboolean (*is_good) (float), GError **error)
{
  for (gsize i = 0; i < n; i++)
    if (!is_good (values[i])) {
      char text[G_ASCII_DTOSTR_BUF_SIZE];

      g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX,
                   _ ("number %zu is %s, which is not allowed here"), i,
                   g_ascii_formatd (text, sizeof text, "%.9g", (double) values[i]));
      return FALSE;
    }
  return TRUE;
}

static gboolean
is_finite (float value)
{
  return value - value == 0;
}

static gboolean
fill_classes (NnTable *table, const NnArray *labels, GError **error)
{
  if (labels->rank != 1 || labels->shape[0] != table->n_examples) {
    g_autofree char *shape = nn_array_dup_shape (labels);

    g_set_error (error, NN_ERROR, NN_ERROR_SHAPE,
                 _ ("its shape is %s, not a class for each of the %zu pictures"), shape,
                 table->n_examples);
    return FALSE;
  }
  nn_array_get_floats (labels, table->targets);
  table->targets_are = NN_TARGETS_CLASSES;
  return check_numbers (table->targets, table->n_examples, nn_table_is_class, error);
}

static NnTable *
load_images (const NnDataSpec *spec, const NnProgress *progress, GError **error)
{
  g_autoptr (NnArray) images = open_array (spec->file, progress, error);
  g_autoptr (NnTable) table = NULL;

  if (images == NULL)
    return NULL;
  table = make_table (images, spec->labels != NULL ? 1 : 0, error);
  if (table == NULL ||
      !check_numbers (table->inputs, table->n_examples * table->n_features, is_finite,
                      error)) {
    prefix_path (error, spec->file);
    return NULL;
  }
  return g_steal_pointer (&table);
}

static NnTable *
load (const NnDataSpec *spec, const NnProgress *progress, GError **error)
{
  g_autoptr (NnTable) table = load_images (spec, progress, error);
  g_autoptr (NnArray) labels = NULL;

  if (table == NULL || spec->labels == NULL)
    return g_steal_pointer (&table);
  labels = open_array (spec->labels, NULL, error);
  if (labels == NULL)
    return NULL;
  if (!fill_classes (table, labels, error)) {
    prefix_path (error, spec->labels);
    return NULL;
  }
  return g_steal_pointer (&table);
}

const NnDataKind nn_data_idx = {
  .sentence = N_ ("pictures and their classes in MNIST's format, gzip or not"),
  .settings = NN_SETTINGS (settings),
  .is_table = TRUE,
  .load = load,
};

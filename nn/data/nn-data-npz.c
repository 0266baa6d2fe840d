/* nn-data-npz.c - a data set from a file of arrays: .npz, .npy, .safetensors …
 *
 * SPDX-License-Identifier: MIT
 *
 * See nn-array-columns.h.
 */

#include "nn/data/nn-data-kind.h"

#include <glib/gi18n.h>

#include "nn/arrays/nn-array-file.h"
#include "nn/data/nn-array-columns.h"
#include "nn/files/nn-path.h"

static const NnSetting settings[] = {
  {
      .key = "file",
      .sentence = N_ ("an .npz, .npy or other file of arrays"),
      .type = NN_SETTING_FILE,
      .offset = NN_DATA_SETTING (file),
      .required = TRUE,
      .example = "data.npz",
  },
  NN_DATA_INPUTS,
  NN_DATA_TARGETS,
  NN_DATA_MISSING,
  NN_DATA_STANDARDISE,
  NN_DATA_VALIDATION,
};

static NnTable *
load (const NnDataSpec *spec, const NnProgress *progress, GError **error)
{
  g_autoptr (NnArrayFile) file = nn_array_file_open (spec->file, progress, error);
  NnTable *table;

  if (file == NULL)
    return NULL;
  table = nn_array_columns_make_table (file, spec, error);
  if (table == NULL) {
    g_autofree char *name = nn_path_dup_display_name (spec->file);

    g_prefix_error (error, "%s: ", name);
    return NULL;
  }
  for (guint i = 0; i < file->notes->len; i++)
    nn_table_add_note (table, "%s", (const char *) file->notes->pdata[i]);
  return table;
}

static NnSheet *
load_sheet (const NnDataSpec *spec, const NnProgress *progress, GError **error)
{
  g_autoptr (NnArrayFile) file = nn_array_file_open (spec->file, progress, error);
  NnSheet *sheet;

  if (file == NULL)
    return NULL;
  sheet = nn_array_columns_make_sheet (file, spec, error);
  if (sheet == NULL) {
    g_autofree char *name = nn_path_dup_display_name (spec->file);

    g_prefix_error (error, "%s: ", name);
  }
  return sheet;
}

const NnDataKind nn_data_npz = {
  .sentence =
      N_ ("arrays of a NumPy file, .npz or .npy: their columns by the arrays' names"),
  .settings = NN_SETTINGS (settings),
  .is_table = TRUE,
  .load = load,
  .load_sheet = load_sheet,
};

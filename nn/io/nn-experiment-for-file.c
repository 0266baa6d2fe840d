/* nn-experiment-for-file.c - an experiment for a file of any type
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/io/nn-experiment-for-file.h"

#include <glib/gi18n.h>
#include <string.h>

#include "nn/arrays/nn-array-file.h"
#include "nn/arrays/nn-array-kind.h"
#include "nn/arrays/nn-file-type.h"
#include "nn/base/nn-error.h"
#include "nn/files/nn-gzip.h"
#include "nn/files/nn-path.h"
#include "nn/files/nn-text-start.h"
#include "nn/io/nn-experiment-file.h"
#include "nn/io/nn-experiment-for-data.h"
#include "nn/io/nn-experiment-for-parameters.h"

/* ---- pictures and labels ----------------------------------------------------------- */

/* Returns: @text with the first @from replaced; NULL if it has none */
static char *
replace_first (const char *text, const char *from, const char *to)
{
  const char *at = strstr (text, from);

  return at == NULL ? NULL
                    : g_strdup_printf ("%.*s%s%s", (int) (at - text), text, to,
                                       at + strlen (from));
}

/* Returns: the name of the labels, as MNIST's: train-labels-idx1-ubyte for
 * train-images-idx3-ubyte; NULL for other names */
static char *
dup_labels_name (const char *images)
{
  static const char *const pictures[] = { "images", "pictures" };

  for (gsize i = 0; i < G_N_ELEMENTS (pictures); i++) {
    g_autofree char *renamed = replace_first (images, pictures[i], "labels");

    if (renamed != NULL)
      return replace_first (renamed, "idx3", "idx1");
  }
  return NULL;
}

/**
 * nn_experiment_find_labels:
 * @images: a path
 *
 * Returns: (transfer full) (nullable): the file beside it, compressed or not, which by their
 *   names has the labels of these pictures
 */
char *
nn_experiment_find_labels (const char *images)
{
  g_autofree char *folder = g_path_get_dirname (images);
  g_autofree char *base = g_path_get_basename (images);
  g_autofree char *name = dup_labels_name (base);
  g_autofree char *path = name != NULL ? g_build_filename (folder, name, NULL) : NULL;

  if (path == NULL || g_file_test (path, G_FILE_TEST_EXISTS))
    return g_steal_pointer (&path);
  if (nn_path_has_ending (path, ".gz"))
    path[strlen (path) - strlen (".gz")] = '\0';
  else {
    char *packed = g_strconcat (path, ".gz", NULL);

    g_free (path);
    path = packed;
  }
  return g_file_test (path, G_FILE_TEST_EXISTS) ? g_steal_pointer (&path) : NULL;
}

/* ---- data -------------------------------------------------------------------------- */

/* Data of columns are standardised; pixels are not: they have one scale, and many
 * never vary. */
static void
init_data (NnDataSpec *data, NnDataSource source, const char *path)
{
  nn_data_spec_init (data, source);
  data->file = g_strdup (path);
  data->standardise = source != NN_DATA_IDX;
  if (source == NN_DATA_IDX)
    data->labels = nn_experiment_find_labels (path);
}

static NnExperiment *
prefix_path (GError **error, const char *path)
{
  g_autofree char *name = nn_path_dup_display_name (path);

  g_prefix_error (error, "%s: ", name);
  return NULL;
}

/* Returns: "iris" for data/iris.csv.gz */
static char *
dup_name (const char *path)
{
  g_autofree char *base = g_path_get_basename (path);
  char *name = nn_path_dup_display_name (base);
  char *dot = strchr (name + 1, '.');

  if (dot != NULL)
    *dot = '\0';
  return name;
}

/**
 * nn_experiment_find_data:
 * @data: (out): of the file; to be cleared
 *
 * Returns: whether @path holds data whose columns can be chosen
 */
gboolean
nn_experiment_find_data (const char *path, NnDataSpec *data)
{
  const char *member;
  g_autofree char *file = nn_array_file_split_path (path, &member);
  NnFileDescription found;

  if (member != NULL || !g_file_test (path, G_FILE_TEST_IS_REGULAR) ||
      nn_path_has_ending (path, ".nudge") || !nn_file_type_find (path, &found, NULL))
    return FALSE;
  if (found.type == NN_FILE_TYPE_TABLE) {
    init_data (data, NN_DATA_CSV, path);
    return TRUE;
  }
  if (found.type != NN_FILE_TYPE_ARRAYS || found.what == nn_arrays_idx.what ||
      nn_experiment_is_of_parameters (path))
    return FALSE;
  init_data (data, NN_DATA_NPZ, path);
  return TRUE;
}

/* @data: with its table loaded
 * Returns: (transfer full) (nullable): NULL with a message that does not name the file */
static NnExperiment *
for_data (const NnDataSpec *data, GError **error)
{
  g_autofree char *name = dup_name (data->file);
  NnExperiment *self;

  if (data->source == NN_DATA_IDX && data->labels == NULL) {
    g_set_error_literal (
        error, NN_ERROR, NN_ERROR_FILE,
        _ ("there is no file of labels beside it, as in train-images-idx3-ubyte and "
           "train-labels-idx1-ubyte; an experiment names any other as \"labels\""));
    return NULL;
  }
  self = nn_experiment_for_data (data, name, error);
  if (self != NULL && data->labels != NULL) {
    g_autofree char *base = g_path_get_basename (data->labels);
    g_autofree char *labels = nn_path_dup_display_name (base);

    nn_experiment_add_note (self, _ ("labels: %s (guessed)"), labels);
  }
  return self;
}

/**
 * nn_experiment_for_data_file:
 * @chosen: with its file, and perhaps a choice of its columns
 * @progress: (nullable)
 *
 * Returns: (transfer full) (nullable): as nn_experiment_open () makes it
 */
NnExperiment *
nn_experiment_for_data_file (const NnDataSpec *chosen,
                             const NnProgress *progress,
                             GError **error)
{
  g_auto (NnDataSpec) data = { 0 };
  NnExperiment *self;

  nn_data_spec_copy (&data, chosen);
  if (!nn_data_spec_load (&data, progress, error))
    return NULL;
  self = for_data (&data, error);
  return self != NULL ? self : prefix_path (error, data.file);
}

static NnExperiment *
open_data (const char *path,
           NnDataSource source,
           const NnProgress *progress,
           GError **error)
{
  g_auto (NnDataSpec) data = { 0 };

  init_data (&data, source, path);
  return nn_experiment_for_data_file (&data, progress, error);
}

/* A file of arrays: parameters are opened as a network, other arrays as data. */
static NnExperiment *
open_arrays (const char *path,
             const NnFileDescription *found,
             const NnProgress *progress,
             GError **error)
{
  if (found->what == nn_arrays_idx.what)
    return open_data (path, NN_DATA_IDX, progress, error);
  if (nn_experiment_is_of_parameters (path))
    return nn_experiment_for_parameters (path, progress, error);
  return open_data (path, NN_DATA_NPZ, progress, error);
}

static NnExperiment *
refuse_type (const char *path, const NnFileDescription *found, GError **error)
{
  g_set_error (error, NN_ERROR, NN_ERROR_UNKNOWN,
               _ ("it is %s, and neither an experiment nor data%s%s"), _ (found->what),
               found->remedy != NULL ? ": " : "",
               found->remedy != NULL ? _ (found->remedy) : "");
  return prefix_path (error, path);
}

/**
 * nn_experiment_open:
 * @progress: (nullable)
 *
 * The experiment of a .nudge file; for data, one with a suitable network and loss
 * (nn-experiment-for-data.h); for parameters (FILE or FILE:MEMBER), one with their
 * network. From a pipe only a .nudge file can be read; see nn_experiment_open_stream ().
 *
 * Returns: (transfer full) (nullable): an experiment that passes nn_experiment_check ();
 *   NULL with a message that begins with the file's name
 */
NnExperiment *
nn_experiment_open (const char *path, const NnProgress *progress, GError **error)
{
  g_return_val_if_fail (path != NULL, NULL);

  const char *member;
  g_autofree char *file = nn_array_file_split_path (path, &member);
  NnFileDescription found;

  if (member != NULL)
    return nn_experiment_for_parameters (path, progress, error);
  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR) || nn_path_has_ending (path, ".nudge"))
    return nn_experiment_file_load_full (path, progress, error);
  if (!nn_file_type_find (path, &found, error))
    return NULL;
  switch (found.type) {
  case NN_FILE_TYPE_EXPERIMENT:
    return nn_experiment_file_load_full (path, progress, error);
  case NN_FILE_TYPE_TABLE:
    return open_data (path, NN_DATA_CSV, progress, error);
  case NN_FILE_TYPE_ARRAYS:
    return open_arrays (path, &found, progress, error);
  case NN_FILE_TYPE_CHECKPOINT:
  case NN_FILE_TYPE_OTHER:
    return refuse_type (path, &found, error);
  }
  g_return_val_if_reached (NULL);
}

/* ---- streams ----------------------------------------------------------------------- */

/* Whether more of it may be of use. The key that makes JSON an experiment may come late. */
static gboolean
may_be_opened (const guint8 *start, gsize n_bytes)
{
  g_autofree char *text = nn_text_start_dup (start, n_bytes, NN_ARRAY_FILE_START);

  if (nn_gzip_recognise (start, n_bytes) ||
      (text != NULL && text[strspn (text, " \t\r\n")] == '{'))
    return TRUE;
  return nn_file_type_recognise (start, n_bytes).type == NN_FILE_TYPE_TABLE;
}

static NnExperiment *
parse_table (const char *path,
             char *bytes,
             gsize n_bytes,
             const NnProgress *progress,
             GError **error)
{
  g_auto (NnDataSpec) data = { 0 };

  init_data (&data, NN_DATA_CSV, path);
  return nn_data_spec_parse (&data, bytes, n_bytes, progress, error)
             ? for_data (&data, error)
             : NULL;
}

/* @bytes: (transfer full): the whole stream */
static NnExperiment *
parse_stream (const char *path,
              const char *folder,
              char *bytes,
              gsize n_bytes,
              const NnProgress *progress,
              GError **error)
{
  g_autofree char *own = bytes;
  const NnFileDescription found =
      nn_file_type_recognise_unpacked ((const guint8 *) own, n_bytes);

  if (found.type == NN_FILE_TYPE_TABLE)
    return parse_table (path, g_steal_pointer (&own), n_bytes, progress, error);
  if (found.type != NN_FILE_TYPE_ARRAYS)
    return nn_experiment_file_parse_file (own, n_bytes, path, folder, progress, error);
  g_set_error (error, NN_ERROR, NN_ERROR_UNKNOWN,
               _ ("it is %s, which cannot be run from a pipe: save it in a file first"),
               _ (found.what));
  return NULL;
}

/**
 * nn_experiment_open_stream:
 * @path: of a pipe or of standard input, which is read once, to its end
 * @name: of it in messages
 * @folder: (nullable): paths of an experiment's data are relative to it
 * @progress: (nullable)
 *
 * nn_experiment_open () of what can be read only once: an experiment, or a table of text.
 * The experiment for a table has @path as its data's file, from which they cannot be read
 * again. What has no end is refused by how it begins, or once it fills a quarter of the
 * available memory.
 *
 * Returns: (transfer full) (nullable)
 */
NnExperiment *
nn_experiment_open_stream (const char *path,
                           const char *name,
                           const char *folder,
                           const NnProgress *progress,
                           GError **error)
{
  g_return_val_if_fail (path != NULL && name != NULL, NULL);

  gsize n_bytes;
  char *bytes = nn_gzip_read_file (path, may_be_opened, &n_bytes, error);
  GError *failure = NULL;
  NnExperiment *self;

  if (bytes == NULL)
    return NULL;
  self = parse_stream (path, folder, bytes, n_bytes, progress, &failure);
  if (failure == NULL)
    return self;
  if (!g_error_matches (failure, NN_ERROR, NN_ERROR_CANCELLED))
    g_prefix_error (&failure, "%s: ", name);
  g_propagate_error (error, failure);
  return NULL;
}

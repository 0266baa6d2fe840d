/* nn-snapshot.c - the parameters at one step, as a file
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/io/nn-snapshot.h"

#include <string.h>

#include "nn/arrays/nn-array-file.h"
#include "nn/files/nn-file.h"

/**
 * nn_snapshot_get_kind:
 * @index: from 0
 *
 * Returns: (transfer none) (nullable): a format of snapshots; NULL past the last one
 */
const NnArrayFileKind *
nn_snapshot_get_kind (guint index)
{
  for (guint i = 0; i < NN_N_ARRAY_KINDS; i++) {
    const NnArrayFileKind *kind = nn_array_kind_get (i);

    if (nn_array_kind_is_written (kind, TRUE) && index-- == 0)
      return kind;
  }
  return NULL;
}

/**
 * nn_snapshot_check_path:
 *
 * Returns: FALSE if the ending of @path, in upper or lower case, is of no format of
 *   snapshots; the message lists those that are
 */
gboolean
nn_snapshot_check_path (const char *path, GError **error)
{
  return nn_array_kind_find (path, TRUE, error) != NULL;
}

/**
 * nn_snapshot_count_memory:
 * @path: its ending gives the format
 *
 * Returns: about how many bytes of memory nn_snapshot_encode () takes, its result included;
 *   0 for no format of snapshots
 */
guint64
nn_snapshot_count_memory (const NnArchitecture *architecture, const char *path)
{
  const NnArrayFileKind *kind = nn_array_kind_find (path, TRUE, NULL);
  guint64 n_bytes = 0;

  for (gsize i = 0; kind != NULL && i < architecture->n_parameters; i++) {
    const NnParameterShape *parameter = &architecture->parameters[i];
    const gsize name = kind->repeats_name ? strlen (parameter->name) : 0;

    n_bytes += (guint64) parameter->n_values * (kind->value_memory + name);
  }
  return n_bytes;
}

/**
 * nn_snapshot_encode:
 * @values: (array) the flat vector that @architecture describes
 * @metadata: (nullable) (element-type utf8): key, value, key, value, …; of a format that
 *   has metadata
 * @path: its ending gives the format
 *
 * Returns: (transfer full) (nullable): the file's bytes
 */
GBytes *
nn_snapshot_encode (const NnArchitecture *architecture,
                    const float *values,
                    const GPtrArray *metadata,
                    const char *path,
                    GError **error)
{
  g_return_val_if_fail (architecture != NULL && values != NULL && path != NULL, NULL);

  const NnArrayFileKind *kind = nn_array_kind_find (path, TRUE, error);
  g_autoptr (NnArrayFile) file = NULL;

  if (kind == NULL)
    return NULL;
  file = nn_array_file_new (kind);
  for (guint i = 0; metadata != NULL && i < metadata->len; i++)
    g_ptr_array_add (file->metadata, g_strdup (metadata->pdata[i]));
  for (gsize i = 0; i < architecture->n_parameters; i++) {
    const NnParameterShape *parameter = &architecture->parameters[i];
    const guint64 shape[] = { parameter->shape[0], parameter->shape[1] };

    g_ptr_array_add (file->arrays,
                     nn_array_new_floats (parameter->name, (guint) parameter->rank, shape,
                                          &values[parameter->offset]));
  }
  return kind->encode (file, error);
}

/**
 * nn_snapshot_save:
 *
 * As nn_snapshot_encode (), to the file at @path, as a whole or not at all. Any thread.
 */
gboolean
nn_snapshot_save (const NnArchitecture *architecture,
                  const float *values,
                  const char *path,
                  GError **error)
{
  g_autoptr (GBytes) bytes = nn_snapshot_encode (architecture, values, NULL, path, error);

  return bytes != NULL && nn_file_replace (path, g_bytes_get_data (bytes, NULL),
                                           g_bytes_get_size (bytes), error);
}

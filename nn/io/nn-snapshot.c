/* nn-snapshot.c - the parameters at one step, as a file
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/io/nn-snapshot.h"

#include "nn/files/nn-array-file.h"

/**
 * nn_snapshot_get_kind:
 * @index: from 0
 *
 * Returns: (transfer none) (nullable): one of the formats of snapshots; NULL if there are
 *   not so many
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
 * Reads the ending alone, in upper or lower case, so that a name can be
 * refused before there is anything to save.
 */
gboolean
nn_snapshot_check_path (const char *path, GError **error)
{
  return nn_array_kind_find (path, TRUE, error) != NULL;
}

/**
 * nn_snapshot_save:
 * @values: (array) the flat vector that @architecture describes
 *
 * On failure a file that was at @path is as it was.
 */
gboolean
nn_snapshot_save (const NnArchitecture *architecture,
                  const float *values,
                  const char *path,
                  GError **error)
{
  g_return_val_if_fail (architecture != NULL && values != NULL && path != NULL, FALSE);

  const NnArrayFileKind *kind = nn_array_kind_find (path, TRUE, error);
  g_autoptr (NnArrayFile) file = NULL;

  if (kind == NULL)
    return FALSE;
  file = nn_array_file_new (kind);
  for (gsize i = 0; i < architecture->n_parameters; i++) {
    const NnParameterShape *parameter = &architecture->parameters[i];
    const guint64 shape[] = { parameter->shape[0], parameter->shape[1] };

    g_ptr_array_add (file->arrays,
                     nn_array_new_floats (parameter->name, (guint) parameter->rank, shape,
                                          &values[parameter->offset]));
  }
  return nn_array_file_save (file, path, error);
}

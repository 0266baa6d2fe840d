/* nn-snapshot.c - the parameters at one step, as a file
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/io/nn-snapshot.h"

#include "nn/base/nn-error.h"
#include "nn/files/nn-file.h"
#include "nn/files/nn-path.h"

static const NnSnapshotKind *const kinds[] = {
#define ROW(format, name) [format] = &nn_snapshot_##name,
#include "nn/io/snapshots.inc"
#undef ROW
};

/**
 * nn_snapshot_get_kind:
 *
 * Returns: (transfer none): what there is to know of @format
 */
const NnSnapshotKind *
nn_snapshot_get_kind (NnSnapshotFormat format)
{
  g_return_val_if_fail (format < NN_N_SNAPSHOTS, NULL);

  return kinds[format];
}

/* ".safetensors or .npz" */
static char *
dup_endings (void)
{
  GString *endings = g_string_new (kinds[0]->ending);

  for (guint i = 1; i < NN_N_SNAPSHOTS; i++)
    g_string_append_printf (endings, "%s%s", i + 1 < NN_N_SNAPSHOTS ? ", " : " or ",
                            kinds[i]->ending);
  return g_string_free (endings, FALSE);
}

/**
 * nn_snapshot_dup_pattern:
 *
 * Returns: (transfer full): "FILE.{safetensors,npz}", for a line of help
 */
char *
nn_snapshot_dup_pattern (void)
{
  GString *pattern = g_string_new ("FILE.");

  for (guint i = 0; i < NN_N_SNAPSHOTS; i++)
    g_string_append_printf (pattern, "%c%s", i > 0 ? ',' : '{', kinds[i]->ending + 1);
  g_string_append_c (pattern, '}');
  return g_string_free (pattern, FALSE);
}

static const NnSnapshotKind *
find_kind (const char *path, GError **error)
{
  g_autofree char *name = NULL;
  g_autofree char *endings = NULL;

  for (guint i = 0; i < NN_N_SNAPSHOTS; i++)
    if (nn_path_has_ending (path, kinds[i]->ending))
      return kinds[i];

  name = nn_path_dup_display_name (path);
  endings = dup_endings ();
  g_set_error (error, NN_ERROR, NN_ERROR_UNKNOWN,
               "%s does not say its format: a snapshot ends in %s", name, endings);
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
  g_return_val_if_fail (path != NULL, FALSE);

  return find_kind (path, error) != NULL;
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

  const NnSnapshotKind *kind = find_kind (path, error);
  g_autoptr (GBytes) bytes = NULL;

  if (kind == NULL)
    return FALSE;
  bytes = kind->encode (architecture, values, error);
  return bytes != NULL && nn_file_replace (path, g_bytes_get_data (bytes, NULL),
                                           g_bytes_get_size (bytes), error);
}

/* nn-snapshot.c - the parameters at one step, as a file
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/io/nn-snapshot.h"

#include "nn/base/nn-error.h"
#include "nn/io/nn-file.h"
#include "nn/io/nn-npz.h"
#include "nn/io/nn-path.h"
#include "nn/io/nn-safetensors.h"

typedef struct {
  const char *ending;
  GBytes *(*encode) (const NnArchitecture *architecture,
                     const float *values,
                     GError **error);
} Format;

static const Format formats[] = {
  { ".safetensors", nn_safetensors_encode },
  { ".npz", nn_npz_encode },
};

static const Format *
find_format (const char *path, GError **error)
{
  g_autofree char *name = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    if (nn_path_has_ending (path, formats[i].ending))
      return &formats[i];

  name = nn_path_dup_display_name (path);
  g_set_error (error, NN_ERROR, NN_ERROR_UNKNOWN,
               "%s does not say its format: a snapshot ends in .safetensors or .npz",
               name);
  return NULL;
}

/**
 * nn_snapshot_check_path:
 *
 * Looks at the ending alone, in upper or lower case, so that a name can be
 * refused before there is anything to save.
 */
gboolean
nn_snapshot_check_path (const char *path, GError **error)
{
  g_return_val_if_fail (path != NULL, FALSE);

  return find_format (path, error) != NULL;
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

  const Format *format = find_format (path, error);
  g_autoptr (GBytes) bytes = NULL;

  if (format == NULL)
    return FALSE;
  bytes = format->encode (architecture, values, error);
  return bytes != NULL && nn_file_replace (path, g_bytes_get_data (bytes, NULL),
                                           g_bytes_get_size (bytes), error);
}

/* nn-file.c - files whole: reading one, and replacing one or not at all
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/files/nn-file.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <stdio.h>

#include "nn/base/nn-error.h"
#include "nn/files/nn-atomic-file.h"
#include "nn/files/nn-path.h"

#define PIECE 65536 /* bytes read at a time */

/* Returns: 0, or why not all of @stream was read into @bytes */
static int
read_stream (FILE *stream, GByteArray *bytes, gsize most_bytes)
{
  g_autofree guint8 *piece = g_malloc (PIECE);
  gsize n;

  while ((n = fread (piece, 1, PIECE, stream)) > 0) {
    g_byte_array_append (bytes, piece, (guint) n);
    if (bytes->len > most_bytes)
      return EFBIG;
  }
  return ferror (stream) ? errno : 0;
}

/**
 * nn_file_read:
 * @most_bytes: a larger file, or one without end such as a device, is refused once so
 *   much of it was read; less than 1 GiB
 * @n_bytes: (out)
 *
 * Returns: (transfer full) (nullable): the contents and a NUL behind them; NULL with
 *   NN_ERROR_FILE
 */
char *
nn_file_read (const char *path, gsize most_bytes, gsize *n_bytes, GError **error)
{
  g_return_val_if_fail (path != NULL && most_bytes < 1 << 30, NULL);

  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  FILE *stream = g_fopen (path, "rbe");
  int failure = stream == NULL ? errno : read_stream (stream, bytes, most_bytes);

  if (stream != NULL)
    fclose (stream);
  if (failure != 0) {
    g_autofree char *name = nn_path_dup_display_name (path);

    if (failure == EFBIG)
      g_set_error (error, NN_ERROR, NN_ERROR_FILE,
                   "cannot read %s: it is larger than %" G_GSIZE_FORMAT " bytes", name,
                   most_bytes);
    else
      g_set_error (error, NN_ERROR, NN_ERROR_FILE, "cannot read %s: %s", name,
                   nn_error_describe (failure));
    return NULL;
  }
  *n_bytes = bytes->len;
  g_byte_array_append (bytes, (const guint8 *) "", 1);
  return (char *) g_byte_array_free (g_steal_pointer (&bytes), FALSE);
}

/**
 * nn_file_replace:
 * @bytes: (nullable) (array length=n_bytes): may be NULL if there are none
 *
 * Makes @bytes the contents of @path. On failure (NN_ERROR_FILE) a file that was
 * there is as it was, and no temporary file is left.
 */
gboolean
nn_file_replace (const char *path, const void *bytes, gsize n_bytes, GError **error)
{
  g_return_val_if_fail (path != NULL && (bytes != NULL || n_bytes == 0), FALSE);

  g_autoptr (NnAtomicFile) file = nn_atomic_file_new (path, error);

  return file != NULL &&
         (n_bytes == 0 || nn_atomic_file_write (file, bytes, n_bytes, error)) &&
         nn_atomic_file_commit (file, error);
}

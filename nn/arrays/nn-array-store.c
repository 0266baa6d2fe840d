/* nn-array-store.c - the arrays of a file that stays on disk and may be larger than memory
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/arrays/nn-array-store.h"

#include <glib/gi18n.h>
#include <string.h>

#include "nn/base/nn-error.h"
#include "nn/files/nn-gzip.h"
#include "nn/files/nn-path.h"

static gboolean
check_is_unpacked (const NnMappedFile *file, GError **error)
{
  gsize n;
  const guint8 *start = g_bytes_get_data (file->bytes, &n);

  if (!nn_gzip_recognise (start, n))
    return TRUE;
  g_set_error_literal (error, NN_ERROR, NN_ERROR_FILE,
                       _ ("it is packed by gzip: unpack it first, with gunzip"));
  return FALSE;
}

static gboolean
is_zip (const NnMappedFile *file)
{
  gsize n;
  const guint8 *start = g_bytes_get_data (file->bytes, &n);

  return n >= 4 && memcmp (start, "PK\3\4", 4) == 0;
}

/**
 * nn_array_store_new:
 * @file: (transfer full)
 * @member: (nullable): as in nn_array_file_parse ()
 * @folder: for temporary files, to which compressed arrays are unpacked
 *
 * Returns: (transfer full) (nullable): NULL with an error that says what is wrong in the
 *   file; the caller prefixes its name
 */
NnArrayStore *
nn_array_store_new (NnMappedFile *file,
                    const char *member,
                    const char *folder,
                    GError **error)
{
  g_autoptr (NnArrayStore) self = g_new0 (NnArrayStore, 1);

  self->file = file;
  if (!check_is_unpacked (file, error))
    return NULL;
  self->arrays =
      nn_array_file_parse_in_place (file->bytes, member, nn_in_place_new (folder), error);
  if (self->arrays == NULL)
    return NULL;
  if (is_zip (file) && (self->zip = nn_zip_directory_read (file->bytes, error)) == NULL)
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * nn_array_store_open:
 * @path: of a file; or FILE:MEMBER, unless a file has that name
 * @folder: for temporary files, to which compressed arrays are unpacked
 *
 * Returns: (transfer full) (nullable): NULL with an error that begins with the
 *   file's name
 */
NnArrayStore *
nn_array_store_open (const char *path, const char *folder, GError **error)
{
  const char *member;
  g_autofree char *name = nn_array_file_split_path (path, &member);
  NnMappedFile *file = nn_mapped_file_open (name, error);
  NnArrayStore *self;

  if (file == NULL)
    return NULL;
  self = nn_array_store_new (file, member, folder, error);
  if (self == NULL) {
    g_autofree char *shown = nn_path_dup_display_name (name);

    g_prefix_error (error, "%s: ", shown);
  }
  return self;
}

void
nn_array_store_free (NnArrayStore *self)
{
  g_clear_pointer (&self->zip, nn_zip_directory_free);
  g_clear_pointer (&self->arrays, nn_array_file_free);
  nn_mapped_file_free (self->file);
  g_free (self);
}

/**
 * nn_array_store_locate:
 * @bytes: of one of the store's arrays
 *
 * Returns: their position; it borrows from the store
 */
NnArrayPlace
nn_array_store_locate (const NnArrayStore *self, GBytes *bytes)
{
  const GPtrArray *unpacked = self->arrays->in_place->unpacked;
  const guint8 *start = g_bytes_get_data (bytes, NULL);
  NnArrayPlace place = { .file = self->file, .unpacked = -1, .memory = start };

  if (nn_mapped_file_find (self->file, start, &place.offset))
    return place;
  for (guint i = 0; i < unpacked->len; i++) {
    place.file = ((const NnUnpackedMember *) unpacked->pdata[i])->file;
    place.unpacked = (gssize) i;
    if (nn_mapped_file_find (place.file, start, &place.offset))
      return place;
  }
  return (NnArrayPlace){ .unpacked = -1, .memory = start };
}

/**
 * nn_array_place_read:
 * @offset: in bytes, from element [0, 0, …]
 * @bytes: (out) (array length=n_bytes)
 *
 * Returns: FALSE if the file cannot be read, or was truncated (NN_ERROR_FILE)
 */
gboolean
nn_array_place_read (const NnArrayPlace *self,
                     guint64 offset,
                     gpointer bytes,
                     gsize n_bytes,
                     GError **error)
{
  if (self->file != NULL)
    return nn_mapped_file_read (self->file, self->offset + offset, bytes, n_bytes, error);
  if (n_bytes > 0)
    memcpy (bytes, self->memory + offset, n_bytes);
  return TRUE;
}

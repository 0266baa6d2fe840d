/* nn-zip.c - reads and writes zip archives, in memory
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/files/nn-zip.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <zip.h>

#include "nn/base/nn-error.h"
#include "nn/files/nn-deflate-file.h"
#include "nn/files/nn-zip-directory.h"

/* A byte of deflate expands to at most so many (RFC 1951: 258 from a length and a
 * distance of one bit each; zlib's technical notes: 1032). */
#define MOST_RATIO 1032

#define SHOWN 60 /* bytes of a name in a message */

/* The first date that a zip can have, so that equal contents give equal archives at
 * any time. */
#define FIRST_DOS_DATE (0 << 9 | 1 << 5 | 1)
#define FIRST_DOS_TIME 0

struct _NnZip {
  GBytes *bytes;             /* (owned) which the zip reads */
  zip_t *zip;                /* (owned) */
  NnInPlace *in_place;       /* (not owned) (nullable) if members are not loaded … */
  NnZipDirectory *directory; /* (owned) (nullable) … the offsets of their bytes */
};

/* ---- reading ----------------------------------------------------------------------- */

static gboolean
refuse (GError **error, const char *message)
{
  g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX,
               _ ("the zip archive is cut short or damaged: %s"), message);
  return FALSE;
}

static gboolean
check_member (NnZip *self, zip_uint64_t i, zip_uint64_t *n_left, GError **error)
{
  const zip_uint64_t wanted = ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE |
                              ZIP_STAT_COMP_METHOD | ZIP_STAT_ENCRYPTION_METHOD;
  zip_stat_t info;

  if (zip_stat_index (self->zip, i, 0, &info) != 0 || (info.valid & wanted) != wanted)
    return refuse (error, _ ("a member without a name or size"));
  if (info.encryption_method != ZIP_EM_NONE) {
    g_set_error (error, NN_ERROR, NN_ERROR_FILE,
                 _ ("'%.*s' is encrypted: unpack the archive with its password first"),
                 SHOWN, info.name);
    return FALSE;
  }
  if (info.comp_size > *n_left)
    return refuse (error, _ ("its members are larger than itself"));
  *n_left -= info.comp_size;
  if (info.comp_method == ZIP_CM_STORE ? info.size != info.comp_size
                                       : info.size / MOST_RATIO > info.comp_size)
    return refuse (error, _ ("a member is larger than its bytes can hold"));
  return TRUE;
}

static gboolean
check_members (NnZip *self, GError **error)
{
  const gsize n = nn_zip_get_length (self);
  zip_uint64_t n_left = g_bytes_get_size (self->bytes);

  for (gsize i = 0; i < n; i++)
    if (!check_member (self, i, &n_left, error))
      return FALSE;
  return TRUE;
}

static NnZip *
open_archive (GBytes *bytes, GError **error)
{
  g_autoptr (NnZip) self = g_new0 (NnZip, 1);
  zip_source_t *source;
  zip_error_t failure;
  gsize n_bytes;
  const void *start = g_bytes_get_data (bytes, &n_bytes);

  self->bytes = g_bytes_ref (bytes);
  zip_error_init (&failure);
  source = zip_source_buffer_create (start, n_bytes, 0, &failure);
  if (source != NULL)
    self->zip = zip_open_from_source (source, ZIP_RDONLY, &failure);
  if (self->zip == NULL) {
    refuse (error, zip_error_strerror (&failure));
    zip_source_free (source);
  }
  zip_error_fini (&failure);
  return self->zip != NULL && check_members (self, error) ? g_steal_pointer (&self)
                                                          : NULL;
}

/**
 * nn_zip_open_in_place:
 * @bytes: a whole file; a reference is taken
 * @in_place: (nullable): owns the unpacked files; must outlive the zip. NULL: all members
 *   that are read will be in memory
 *
 * Uncompressed members that are read will be parts of @bytes, others parts of
 * temporary files.
 *
 * Returns: (transfer full) (nullable): NULL if it is no zip, is encrypted, has members of
 *   impossible sizes, or, in place, two directories
 */
NnZip *
nn_zip_open_in_place (GBytes *bytes, NnInPlace *in_place, GError **error)
{
  g_autoptr (NnZip) self = open_archive (bytes, error);

  if (self == NULL || in_place == NULL)
    return g_steal_pointer (&self);
  self->in_place = in_place;
  self->directory = nn_zip_directory_read (bytes, error);
  if (self->directory == NULL)
    return NULL;
  if (self->directory->members->len == nn_zip_get_length (self))
    return g_steal_pointer (&self);
  refuse (error, _ ("it has two directories"));
  return NULL;
}

void
nn_zip_free (NnZip *self)
{
  if (self->zip != NULL)
    zip_discard (self->zip);
  g_clear_pointer (&self->directory, nn_zip_directory_free);
  g_bytes_unref (self->bytes);
  g_free (self);
}

/**
 * nn_zip_get_length:
 *
 * Returns: the number of members, including folders
 */
gsize
nn_zip_get_length (const NnZip *self)
{
  return (gsize) zip_get_num_entries (self->zip, 0);
}

/**
 * nn_zip_get_name:
 *
 * Returns: (transfer none): the name of a member, in UTF-8; a folder's ends with a slash
 */
const char *
nn_zip_get_name (const NnZip *self, gsize index)
{
  const char *name = zip_get_name (self->zip, index, 0);

  return name != NULL ? name : "";
}

/**
 * nn_zip_find:
 *
 * Returns: the index of the first member called @name; -1 if there is none
 */
gssize
nn_zip_find (const NnZip *self, const char *name)
{
  return (gssize) zip_name_locate (self->zip, name, 0);
}

/* Reads @n_bytes and checks that no more follow, at which libzip verifies
 * the checksum. */
static gboolean
read_whole (zip_file_t *file, char *bytes, gsize n_bytes)
{
  gsize n_read = 0;
  char more;

  while (n_read < n_bytes) {
    const zip_int64_t n = zip_fread (file, &bytes[n_read], n_bytes - n_read);

    if (n <= 0)
      return FALSE;
    n_read += (gsize) n;
  }
  return zip_fread (file, &more, 1) == 0;
}

static GBytes *
refuse_member (const NnZip *self, gsize index, GError **error, const char *message)
{
  g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX, _ ("'%.*s' cannot be unpacked: %s"),
               SHOWN, nn_zip_get_name (self, index), message);
  return NULL;
}

/* Unpacks a member to a temporary file, which in_place owns. */
static NnMappedFile *
unpack (NnZip *self, const NnZipMember *member, GError **error)
{
  const guint8 *start = g_bytes_get_data (self->bytes, NULL);
  const int fd = nn_in_place_create_file (self->in_place->folder, error);

  if (fd < 0)
    return NULL;
  if (nn_deflate_unpack (start + member->data, (gsize) member->n_packed, member->n_bytes,
                         member->crc, fd, error))
    return nn_mapped_file_new (_ ("what was unpacked"), fd, error);
  g_close (fd, NULL);
  return NULL;
}

static GBytes *
read_in_place (NnZip *self, gsize index, GError **error)
{
  const NnZipMember *member = nn_zip_directory_get (self->directory, index);
  NnUnpackedMember *unpacked;
  NnMappedFile *file;
  GError *failure = NULL;

  if (member->is_stored)
    return g_bytes_new_from_bytes (self->bytes, (gsize) member->data,
                                   (gsize) member->n_packed);
  if (!member->is_deflated)
    return refuse_member (self, index, error, _ ("its compression is not supported"));
  file = unpack (self, member, &failure);
  if (file == NULL) {
    refuse_member (self, index, error, failure->message);
    g_error_free (failure);
    return NULL;
  }
  unpacked = g_new0 (NnUnpackedMember, 1);
  *unpacked = (NnUnpackedMember){ file, index };
  g_ptr_array_add (self->in_place->unpacked, unpacked);
  return g_bytes_ref (file->bytes);
}

/**
 * nn_zip_read:
 *
 * Returns: (transfer full) (nullable): the member's uncompressed bytes; NULL if it is
 *   damaged, or larger than the available memory
 */
GBytes *
nn_zip_read (NnZip *self, gsize index, GError **error)
{
  g_autofree char *bytes = NULL;
  zip_file_t *file;
  zip_stat_t info;
  gboolean done;

  if (self->in_place != NULL)
    return read_in_place (self, index, error);
  if (zip_stat_index (self->zip, index, 0, &info) != 0)
    return refuse_member (self, index, error, zip_strerror (self->zip));
  bytes = g_try_malloc (MAX (info.size, 1));
  if (bytes == NULL)
    return refuse_member (self, index, error,
                          _ ("it is larger than the memory that is free"));
  file = zip_fopen_index (self->zip, index, 0);
  if (file == NULL)
    return refuse_member (self, index, error, zip_strerror (self->zip));
  done = read_whole (file, bytes, info.size);
  zip_fclose (file);
  if (!done)
    return refuse_member (self, index, error, _ ("the file is cut short or damaged"));
  return g_bytes_new_take (g_steal_pointer (&bytes), info.size);
}

/* ---- writing ----------------------------------------------------------------------- */

/* @bytes: borrowed until @zip is closed */
static gboolean
add_member (zip_t *zip, const char *name, GBytes *bytes)
{
  gsize n_bytes;
  const void *start = g_bytes_get_data (bytes, &n_bytes);
  zip_source_t *source = zip_source_buffer (zip, start, n_bytes, 0);
  zip_int64_t added;
  zip_uint64_t i;

  if (source == NULL)
    return FALSE;
  added = zip_file_add (zip, name, source, ZIP_FL_ENC_UTF_8);
  if (added < 0) {
    zip_source_free (source);
    return FALSE;
  }
  i = (zip_uint64_t) added;
  /* Not zip_file_set_mtime (), which depends on the time zone. */
  return zip_set_file_compression (zip, i, ZIP_CM_STORE, 0) == 0 &&
         zip_file_set_dostime (zip, i, FIRST_DOS_TIME, FIRST_DOS_DATE, 0) == 0;
}

/* Adds all members and closes @zip, which writes it. */
static gboolean
write_members (zip_t *zip, const GPtrArray *names, const GPtrArray *members)
{
  for (guint i = 0; i < names->len; i++)
    if (!add_member (zip, names->pdata[i], members->pdata[i]))
      return FALSE;
  return zip_close (zip) == 0;
}

/* Returns: (transfer full) (nullable): the bytes that were written to @source */
static GBytes *
read_back (zip_source_t *source)
{
  g_autofree guint8 *bytes = NULL;
  zip_stat_t info;
  zip_int64_t n_read;

  if (zip_source_stat (source, &info) != 0 || !(info.valid & ZIP_STAT_SIZE) ||
      zip_source_open (source) != 0)
    return NULL;
  bytes = g_malloc (info.size);
  n_read = zip_source_read (source, bytes, info.size);
  zip_source_close (source);
  if (n_read < 0 || (zip_uint64_t) n_read != info.size)
    return NULL;
  return g_bytes_new_take (g_steal_pointer (&bytes), info.size);
}

static void
set_error (GError **error, zip_error_t *failure)
{
  g_set_error (error, NN_ERROR, NN_ERROR_FILE, _ ("cannot pack the zip archive: %s"),
               zip_error_strerror (failure));
}

/**
 * nn_zip_pack:
 * @names: (element-type utf8): of the members, in order
 * @members: (element-type GBytes): their bytes
 *
 * Stores members without compression and with a constant date: equal members give
 * equal bytes.
 *
 * Returns: (transfer full) (nullable): NULL if libzip fails (NN_ERROR_FILE)
 *
 * Returns: (transfer full) (nullable): the archive; NULL with NN_ERROR_FILE, if two names
 *   are the same or one is not UTF-8
 */
GBytes *
nn_zip_pack (const GPtrArray *names, const GPtrArray *members, GError **error)
{
  zip_error_t failure;
  zip_source_t *source;
  zip_t *zip = NULL;
  GBytes *bytes = NULL;

  /* libzip writes no file for an archive of nothing. */
  if (names->len == 0)
    return g_bytes_new_static ("PK\5\6\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 22);
  zip_error_init (&failure);
  source = zip_source_buffer_create (NULL, 0, 0, &failure);
  if (source != NULL)
    zip = zip_open_from_source (source, ZIP_TRUNCATE, &failure);
  if (zip == NULL) {
    set_error (error, &failure);
    zip_source_free (source);
    zip_error_fini (&failure);
    return NULL;
  }
  zip_error_fini (&failure);

  /* The zip lets go of its source when closed; what was written is there. */
  zip_source_keep (source);
  if (!write_members (zip, names, members)) {
    set_error (error, zip_get_error (zip));
    zip_discard (zip);
  } else {
    bytes = read_back (source);
    if (bytes == NULL)
      set_error (error, zip_source_error (source));
  }
  zip_source_free (source);
  return bytes;
}

/* nn-zip-directory.c - parses the directory of a zip archive: offsets of members and fields
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/files/nn-zip-directory.h"

#include <glib/gi18n.h>

#include "nn/base/nn-error.h"
#include "nn/files/nn-little-endian.h"

#define END_SIZE     22 /* bytes of each record, before its variable part */
#define LOCATOR_SIZE 20
#define WIDE_SIZE    56
#define ENTRY_SIZE   46
#define LOCAL_SIZE   30

#define END        0x06054b50 /* signatures of the records */
#define LOCATOR    0x07064b50
#define WIDE       0x06064b50
#define ENTRY      0x02014b50
#define LOCAL      0x04034b50
#define DESCRIPTOR 0x08074b50

#define MOST_COMMENT 65535 /* bytes after the end record */

#define WIDE_EXTRA 1          /* the id of the extra field with 64 bit sizes … */
#define NARROW     0xffffffff /* … which apply where a 32 bit field has this value */

#define FLAG_ENCRYPTED  1
#define FLAG_DESCRIPTOR 8
#define METHOD_STORED   0
#define METHOD_DEFLATED 8

typedef struct {
  const guint8 *bytes;
  guint64 n;
} File;

static gboolean
refuse (GError **error, const char *what)
{
  g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX,
               _ ("the zip archive is cut short or damaged: %s"), what);
  return FALSE;
}

/* Whether the file has @n bytes at @at that begin with the signature. */
static gboolean
is_record (const File *file, guint64 at, guint64 n, guint32 signature)
{
  return at <= file->n && n <= file->n - at &&
         nn_little_endian_get_u32 (file->bytes + at) == signature;
}

/* ---- the end ----------------------------------------------------------------------- */

static gboolean
find_end (NnZipDirectory *self, const File *file)
{
  if (file->n < END_SIZE)
    return FALSE;
  for (guint64 n = 0; n <= MIN (MOST_COMMENT, file->n - END_SIZE); n++) {
    const guint64 at = file->n - END_SIZE - n;

    if (is_record (file, at, END_SIZE, END) &&
        nn_little_endian_get_u16 (file->bytes + at + 20) == n) {
      self->end = at;
      return TRUE;
    }
  }
  return FALSE;
}

static gboolean
read_end (NnZipDirectory *self, const File *file, guint64 *n_entries, GError **error)
{
  const guint8 *end;

  if (!find_end (self, file))
    return refuse (error, _ ("it has no directory"));
  end = file->bytes + self->end;
  *n_entries = nn_little_endian_get_u16 (end + 10);
  self->n_directory = nn_little_endian_get_u32 (end + 12);
  self->directory = nn_little_endian_get_u32 (end + 16);
  if (self->end >= LOCATOR_SIZE &&
      is_record (file, self->end - LOCATOR_SIZE, LOCATOR_SIZE, LOCATOR)) {
    self->wide_end = nn_little_endian_get_u64 (end - LOCATOR_SIZE + 8);
    if (!is_record (file, self->wide_end, WIDE_SIZE, WIDE) || self->wide_end == 0)
      return refuse (error, _ ("the 64 bit record of its end is not where it should be"));
    end = file->bytes + self->wide_end;
    *n_entries = nn_little_endian_get_u64 (end + 32);
    self->n_directory = nn_little_endian_get_u64 (end + 40);
    self->directory = nn_little_endian_get_u64 (end + 48);
  }
  if (self->directory > self->end || self->n_directory > self->end - self->directory)
    return refuse (error, _ ("its directory is after its end"));
  return TRUE;
}

/* ---- members ----------------------------------------------------------------------- */

/* @n: (out): the length of its contents
 *
 * Returns: the offset of the contents of the extra field with 64 bit sizes; 0: there
 *   is none */
static guint64
find_wide (const File *file, guint64 extra, guint64 n_extra, guint64 *n)
{
  while (n_extra >= 4) {
    const guint16 id = nn_little_endian_get_u16 (file->bytes + extra);
    const guint64 size = nn_little_endian_get_u16 (file->bytes + extra + 2);

    if (size > n_extra - 4)
      break;
    if (id == WIDE_EXTRA) {
      *n = size;
      return extra + 4;
    }
    extra += 4 + size;
    n_extra -= 4 + size;
  }
  *n = 0;
  return 0;
}

/* Replaces @number, if it is NARROW, by the next one of the extra field.
 * @place: (out) (nullable): its offset */
static gboolean
read_wide (const File *file, guint64 *number, guint64 *at, guint64 *n, guint64 *place)
{
  if (*number != NARROW)
    return TRUE;
  if (*n < sizeof (guint64))
    return FALSE;
  *number = nn_little_endian_get_u64 (file->bytes + *at);
  if (place != NULL)
    *place = *at;
  *at += sizeof (guint64);
  *n -= sizeof (guint64);
  return TRUE;
}

/* Reads the entry at member->entry.
 * @size: (out): its length in bytes */
static gboolean
read_entry (NnZipMember *member, const File *file, guint64 *size, GError **error)
{
  const guint8 *entry = file->bytes + member->entry;
  guint64 n_name, n_extra, n, at;
  guint16 flags, method;

  if (!is_record (file, member->entry, ENTRY_SIZE, ENTRY))
    return refuse (error, _ ("an entry of its directory is not valid"));
  flags = nn_little_endian_get_u16 (entry + 8);
  method = nn_little_endian_get_u16 (entry + 10);
  n_name = nn_little_endian_get_u16 (entry + 28);
  n_extra = nn_little_endian_get_u16 (entry + 30);
  *size = ENTRY_SIZE + n_name + n_extra + nn_little_endian_get_u16 (entry + 32);
  if (*size > file->n - member->entry)
    return refuse (error, _ ("an entry of its directory is cut off"));
  member->is_stored = method == METHOD_STORED;
  member->is_deflated = method == METHOD_DEFLATED;
  member->has_descriptor = (flags & FLAG_DESCRIPTOR) != 0;
  member->crc = nn_little_endian_get_u32 (entry + 16);
  member->n_packed = nn_little_endian_get_u32 (entry + 20);
  member->n_bytes = nn_little_endian_get_u32 (entry + 24);
  member->local = nn_little_endian_get_u32 (entry + 42);
  at = find_wide (file, member->entry + ENTRY_SIZE + n_name, n_extra, &n);
  if (!read_wide (file, &member->n_bytes, &at, &n, &member->entry_sizes) ||
      !read_wide (file, &member->n_packed, &at, &n, &member->entry_packed) ||
      !read_wide (file, &member->local, &at, &n, &member->entry_local))
    return refuse (error, _ ("a size of 64 bits is missing"));
  if (flags & FLAG_ENCRYPTED)
    return refuse (error, _ ("a member is encrypted"));
  return TRUE;
}

static void
read_descriptor (NnZipMember *member, const File *file)
{
  const guint64 n = file->n - member->end;
  const gboolean marked =
      n >= 4 && nn_little_endian_get_u32 (file->bytes + member->end) == DESCRIPTOR;
  const guint64 at = member->end + (marked ? 4 : 0);

  /* Nothing says whether sizes have 32 or 64 bits: 64 if they agree with the
   * directory. */
  member->descriptor_is_marked = marked;
  member->descriptor_is_wide =
      n >= 24 && nn_little_endian_get_u64 (file->bytes + at + 4) == member->n_packed &&
      nn_little_endian_get_u64 (file->bytes + at + 12) == member->n_bytes;
  member->end = at + 4 + (member->descriptor_is_wide ? 16 : 8);
}

static gboolean
read_local (NnZipMember *member, const File *file, guint64 directory, GError **error)
{
  const guint8 *local = file->bytes + member->local;
  guint64 n_name, n_extra, n;

  if (!is_record (file, member->local, LOCAL_SIZE, LOCAL))
    return refuse (error, _ ("a member is not where its directory says"));
  n_name = nn_little_endian_get_u16 (local + 26);
  n_extra = nn_little_endian_get_u16 (local + 28);
  member->data = member->local + LOCAL_SIZE + n_name + n_extra;
  if (member->data > directory || member->n_packed > directory - member->data)
    return refuse (error, _ ("a member is longer than the archive"));
  member->end = member->data + member->n_packed;
  if (nn_little_endian_get_u32 (local + 18) == NARROW)
    member->local_sizes =
        find_wide (file, member->local + LOCAL_SIZE + n_name, n_extra, &n);
  if (member->has_descriptor)
    read_descriptor (member, file);
  if (member->is_stored && member->n_bytes != member->n_packed)
    return refuse (error, _ ("a member has two sizes"));
  return member->end <= directory || refuse (error, _ ("a member has no end"));
}

static int
compare_places (gconstpointer a, gconstpointer b)
{
  const NnZipMember *x = a, *y = b;

  return x->local < y->local ? -1 : x->local > y->local;
}

static gboolean
check_overlap (const NnZipDirectory *self, GError **error)
{
  g_autoptr (GArray) sorted = g_array_copy (self->members);

  g_array_sort (sorted, compare_places);
  for (guint i = 1; i < sorted->len; i++)
    if (g_array_index (sorted, NnZipMember, i - 1).end >
        g_array_index (sorted, NnZipMember, i).local)
      return refuse (error, _ ("two members overlap"));
  return TRUE;
}

static gboolean
read_members (NnZipDirectory *self, const File *file, guint64 n_entries, GError **error)
{
  const File directory = { file->bytes, self->directory + self->n_directory };
  guint64 at = self->directory;

  for (guint64 i = 0; i < n_entries; i++) {
    NnZipMember member = { .entry = at };
    guint64 size;

    if (!read_entry (&member, &directory, &size, error) ||
        !read_local (&member, file, self->directory, error))
      return FALSE;
    g_array_append_val (self->members, member);
    at += size;
  }
  return check_overlap (self, error);
}

/**
 * nn_zip_directory_read:
 * @bytes: a whole file
 *
 * Returns: (transfer full) (nullable): NULL if the archive is damaged, members overlap,
 *   or one is encrypted (NN_ERROR_SYNTAX)
 */
NnZipDirectory *
nn_zip_directory_read (GBytes *bytes, GError **error)
{
  g_autoptr (NnZipDirectory) self = g_new0 (NnZipDirectory, 1);
  File file = { NULL, 0 };
  guint64 n_entries;
  gsize n;

  file.bytes = g_bytes_get_data (bytes, &n);
  file.n = n;
  self->members = g_array_new (FALSE, FALSE, sizeof (NnZipMember));
  if (!read_end (self, &file, &n_entries, error) ||
      !read_members (self, &file, n_entries, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
nn_zip_directory_free (NnZipDirectory *self)
{
  g_array_unref (self->members);
  g_free (self);
}

/**
 * nn_zip_directory_get:
 *
 * Returns: (transfer none): the member at @index
 */
const NnZipMember *
nn_zip_directory_get (const NnZipDirectory *self, gsize index)
{
  g_return_val_if_fail (index < self->members->len, NULL);

  return &g_array_index (self->members, NnZipMember, index);
}

/* nn-patch-zip.c - updates headers and checksums of a zip archive with changed members
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/patch/nn-patch-zip.h"

#include <glib/gi18n.h>
#include <zlib.h>

#include "nn/base/nn-error.h"
#include "nn/files/nn-deflate-file.h"
#include "nn/files/nn-little-endian.h"

/* Offsets of fields in a local header and in a directory entry. */
#define LOCAL_CRC    14
#define LOCAL_PACKED 18
#define ENTRY_CRC    16
#define ENTRY_PACKED 20
#define ENTRY_LOCAL  42
#define END_PLACE    16
#define WIDE_PLACE   48
#define NARROW       0xffffffff

/* ---- fields ------------------------------------------------------------------------ */

static gboolean
put_32 (const NnPatchFile *to, guint64 at, guint32 number, GError **error)
{
  const guint32 bytes = GUINT32_TO_LE (number);

  return nn_patch_file_write (to, at, &bytes, sizeof bytes, error);
}

static gboolean
put_64 (const NnPatchFile *to, guint64 at, guint64 number, GError **error)
{
  const guint64 bytes = GUINT64_TO_LE (number);

  return nn_patch_file_write (to, at, &bytes, sizeof bytes, error);
}

/* Writes a size to the 64 bits at @wide or, if that is 0, to the 32 bits at @narrow. */
static gboolean
put_size (const NnPatchFile *to,
          guint64 wide,
          guint64 narrow,
          guint64 number,
          GError **error)
{
  if (wide != 0)
    return put_64 (to, wide, number, error);
  if (number < NARROW)
    return put_32 (to, narrow, (guint32) number, error);
  g_set_error_literal (
      error, NN_ERROR, NN_ERROR_FILE,
      _ ("compressed again, the archive is too large for its sizes of 32 bits: save it "
         "with numpy.savez, without compression, first"));
  return FALSE;
}

/* Updates the local header, unless its fields are in the data descriptor after
 * the data. */
static gboolean
put_local (const NnArrayStore *store,
           const NnZipMember *member,
           const NnPatchMember *now,
           const NnPatchFile *to,
           GError **error)
{
  const guint8 *start = g_bytes_get_data (store->file->bytes, NULL);
  const guint64 shift = now->local - member->local;

  if (nn_little_endian_get_u32 (start + member->local + LOCAL_CRC) != member->crc)
    return TRUE;
  return put_32 (to, now->local + LOCAL_CRC, now->crc, error) &&
         put_size (to, member->local_sizes ? member->local_sizes + 8 + shift : 0,
                   now->local + LOCAL_PACKED, now->n_packed, error);
}

static gboolean
put_descriptor (const NnZipMember *member,
                const NnPatchMember *now,
                const NnPatchFile *to,
                GError **error)
{
  const guint64 at = member->data + (now->local - member->local) + now->n_packed +
                     (member->descriptor_is_marked ? 4 : 0);

  return !member->has_descriptor ||
         (put_32 (to, at, now->crc, error) &&
          put_size (to, member->descriptor_is_wide ? at + 4 : 0, at + 4, now->n_packed,
                    error));
}

/* @shift: how far the whole directory has moved */
static gboolean
put_entry (const NnZipMember *member,
           const NnPatchMember *now,
           const NnPatchFile *to,
           guint64 shift,
           GError **error)
{
  const guint64 entry = member->entry + shift;

  return put_32 (to, entry + ENTRY_CRC, now->crc, error) &&
         put_size (to, member->entry_packed ? member->entry_packed + shift : 0,
                   entry + ENTRY_PACKED, now->n_packed, error) &&
         put_size (to, member->entry_local ? member->entry_local + shift : 0,
                   entry + ENTRY_LOCAL, now->local, error);
}

/* ---- checksums --------------------------------------------------------------------- */

static gboolean
add_to_crc (gpointer data, const guint8 *bytes, gsize n_bytes, GError **error)
{
  guint32 *crc = data;

  *crc = (guint32) crc32 (*crc, bytes, (uInt) n_bytes);
  return TRUE;
}

static gboolean
find_crc (const NnMappedFile *file,
          guint64 begin,
          guint64 n,
          guint32 *crc,
          GError **error)
{
  *crc = 0;
  return nn_mapped_file_read_pieces (file, begin, begin + n, add_to_crc, crc, error);
}

/* Renews the checksum of a member that is stored uncompressed. The old one is verified:
 * the new one would hide that the member was damaged. */
static gboolean
renew (const NnArrayStore *store,
       const NnPatchFile *file,
       const NnZipMember *member,
       NnPatchMember *now,
       GError **error)
{
  guint32 before;

  if (!find_crc (store->file, member->data, member->n_packed, &before, error))
    return FALSE;
  if (before != member->crc) {
    g_set_error_literal (error, NN_ERROR, NN_ERROR_SYNTAX,
                         _ ("the zip archive is damaged: the checksum of an array that "
                            "is to be changed does not fit it"));
    return FALSE;
  }
  now->changed = TRUE;
  return find_crc (&file->out, member->data, member->n_packed, &now->crc, error);
}

static gboolean
is_touched (const NnPatchFile *file, const NnZipMember *member)
{
  return member->is_stored &&
         nn_patch_file_is_touched (file, member->data, member->data + member->n_packed);
}

static void
init_member (NnPatchMember *now, const NnZipMember *member)
{
  *now = (NnPatchMember){ member->local, member->n_packed, member->crc, FALSE };
}

/**
 * nn_patch_zip_renew_checksums:
 * @file: the complete output, in which no member's size has changed
 * @members: (out) (array): one for each member of the archive
 *
 * Returns: FALSE if the input's checksum of a changed member was wrong (NN_ERROR_SYNTAX),
 *   or a file cannot be read or written
 */
gboolean
nn_patch_zip_renew_checksums (const NnArrayStore *store,
                              const NnPatchFile *file,
                              NnPatchMember *members,
                              GError **error)
{
  for (guint i = 0; i < store->zip->members->len; i++) {
    const NnZipMember *member = nn_zip_directory_get (store->zip, i);

    init_member (&members[i], member);
    if (!is_touched (file, member))
      continue;
    if (!renew (store, file, member, &members[i], error) ||
        !put_local (store, member, &members[i], file, error) ||
        !put_descriptor (member, &members[i], file, error) ||
        !put_entry (member, &members[i], file, 0, error))
      return FALSE;
  }
  return TRUE;
}

/* ---- compressing again ------------------------------------------------------------- */

/* The position in the output. */
typedef struct {
  const NnPatchFile *to;
  guint64 at;
} Writer;

static gboolean
write_next (gpointer data, const guint8 *bytes, gsize n_bytes, GError **error)
{
  Writer *self = data;

  if (!nn_patch_file_write (self->to, self->at, bytes, n_bytes, error))
    return FALSE;
  self->at += n_bytes;
  return TRUE;
}

static gboolean
copy_next (Writer *self,
           const NnPatchFile *file,
           guint64 begin,
           guint64 end,
           GError **error)
{
  return nn_mapped_file_read_pieces (&file->out, begin, end, write_next, self, error);
}

/* Returns: (transfer none) (nullable): the uncompressed contents of member @index, if
 *   they have changed */
static const NnPatchFile *
find_changed (const NnArrayStore *store, NnPatchFile *const *unpacked, guint index)
{
  const GPtrArray *files = store->arrays->in_place->unpacked;

  for (guint i = 0; i < files->len; i++)
    if (((const NnUnpackedMember *) files->pdata[i])->member == index)
      return nn_patch_file_is_touched (unpacked[i], 0, G_MAXUINT64) ? unpacked[i] : NULL;
  return NULL;
}

static gboolean
write_member (Writer *self,
              const NnArrayStore *store,
              const NnPatchFile *file,
              const NnPatchFile *changed,
              const NnZipMember *member,
              NnPatchMember *now,
              GError **error)
{
  guint64 data;

  now->local = self->at;
  if (!copy_next (self, file, member->local, member->data, error))
    return FALSE;
  data = self->at;
  if (changed != NULL) {
    now->changed = TRUE;
    if (!nn_deflate_pack (changed->out.fd, member->n_bytes, write_next, self, &now->crc,
                          error))
      return FALSE;
  } else if (!copy_next (self, file, member->data, member->data + member->n_packed,
                         error) ||
             (is_touched (file, member) && !renew (store, file, member, now, error))) {
    return FALSE;
  }
  now->n_packed = self->at - data;
  return copy_next (self, file, member->data + member->n_packed, member->end, error) &&
         (!now->changed || (put_local (store, member, now, self->to, error) &&
                            put_descriptor (member, now, self->to, error)));
}

/* Writes the central directory, with its end record. */
static gboolean
write_directory (Writer *self,
                 const NnArrayStore *store,
                 const NnPatchFile *file,
                 const NnPatchMember *members,
                 GError **error)
{
  const NnZipDirectory *zip = store->zip;
  const guint64 directory = self->at;
  const guint64 shift = directory - zip->directory;

  if (!copy_next (self, file, zip->directory, file->out.size, error))
    return FALSE;
  for (guint i = 0; i < zip->members->len; i++)
    if (!put_entry (nn_zip_directory_get (zip, i), &members[i], self->to, shift, error))
      return FALSE;
  if (zip->wide_end != 0 &&
      (!put_64 (self->to, zip->wide_end + shift + WIDE_PLACE, directory, error) ||
       !put_64 (self->to, zip->end + shift - 12, zip->wide_end + shift, error)))
    return FALSE;
  if (zip->wide_end != 0 && directory >= NARROW)
    return TRUE;
  return put_size (self->to, 0, zip->end + shift + END_PLACE, directory, error);
}

typedef struct {
  guint64 local;
  guint index;
} Place;

static int
compare_places (gconstpointer a, gconstpointer b)
{
  const Place *x = a, *y = b;

  return x->local < y->local ? -1 : x->local > y->local;
}

/* Returns: (transfer full) (element-type Place): the members by their offset in
 *   the file */
static GArray *
sort_members (const NnZipDirectory *zip)
{
  GArray *places = g_array_new (FALSE, FALSE, sizeof (Place));

  for (guint i = 0; i < zip->members->len; i++) {
    const Place place = { nn_zip_directory_get (zip, i)->local, i };

    g_array_append_val (places, place);
  }
  g_array_sort (places, compare_places);
  return places;
}

/**
 * nn_patch_zip_assemble:
 * @file: the input, with uncompressed members in their present state
 * @unpacked: (array): the contents of compressed members in their present state, in the
 *   order of the store's in_place
 * @to: the archive is written to it
 * @members: (out) (array): one for each member of the archive
 *
 * Writes the archive; changed members are compressed again.
 *
 * Returns: FALSE if the archive would need sizes of more than 32 bits, or as
 *   nn_patch_zip_renew_checksums ()
 */
gboolean
nn_patch_zip_assemble (const NnArrayStore *store,
                       const NnPatchFile *file,
                       NnPatchFile *const *unpacked,
                       const NnPatchFile *to,
                       NnPatchMember *members,
                       GError **error)
{
  g_autoptr (GArray) places = sort_members (store->zip);
  Writer writer = { to, 0 };
  guint64 end = 0;

  for (guint i = 0; i < places->len; i++) {
    const guint index = g_array_index (places, Place, i).index;
    const NnZipMember *member = nn_zip_directory_get (store->zip, index);

    init_member (&members[index], member);
    if (!copy_next (&writer, file, end, member->local, error) ||
        !write_member (&writer, store, file, find_changed (store, unpacked, index),
                       member, &members[index], error))
      return FALSE;
    end = member->end;
  }
  return copy_next (&writer, file, end, store->zip->directory, error) &&
         write_directory (&writer, store, file, members, error);
}

/* nn-zip-directory.h - parses the directory of a zip archive: offsets of members and fields
 *
 * SPDX-License-Identifier: MIT
 *
 * For changing an archive in place (nn/patch): libzip reads members, but does not tell
 * where their bytes, sizes and checksums are. Follows PKWARE's APPNOTE.TXT, version
 * 6.3.10. A plain value. One owner.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  /* Offsets in the file. */
  guint64 local;        /* of the local header */
  guint64 data;         /* of the compressed bytes */
  guint64 n_packed;     /* the number of compressed bytes */
  guint64 end;          /* after these, and the data descriptor if there is one */
  guint64 n_bytes;      /* the uncompressed size */
  guint64 entry;        /* of the entry in the directory */
  guint64 local_sizes;  /* of the 64 bit sizes of the local header; 0: none */
  guint64 entry_sizes;  /* of the 64 bit sizes of the entry; 0: none */
  guint64 entry_packed; /* of the 64 bit compressed size there; 0: it is in the entry */
  guint64 entry_local;  /* of the 64 bit offset of the local header there; 0: likewise */
  guint32 crc;          /* of the uncompressed bytes */
  gboolean is_stored;   /* not compressed */
  gboolean is_deflated; /* neither of the two: another method, not supported */
  gboolean has_descriptor;       /* crc and sizes are repeated after the bytes */
  gboolean descriptor_is_marked; /* with a signature */
  gboolean descriptor_is_wide;   /* with 64 bit sizes */
} NnZipMember;

typedef struct {
  GArray *members;     /* (owned) (element-type NnZipMember) in the directory's order */
  guint64 directory;   /* its offset */
  guint64 n_directory; /* its size in bytes */
  guint64 wide_end;    /* the offset of the 64 bit end record; 0: there is none */
  guint64 end;         /* the offset of the end record */
} NnZipDirectory;

NnZipDirectory *
nn_zip_directory_read (GBytes *bytes, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void nn_zip_directory_free (NnZipDirectory *self);
const NnZipMember *nn_zip_directory_get (const NnZipDirectory *self, gsize index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnZipDirectory, nn_zip_directory_free)

G_END_DECLS

/* nn-zip-directory.h - where the members of a zip archive are
 *
 * SPDX-License-Identifier: MIT
 *
 * libzip unpacks members, but does not say where their bytes, sizes and checksums are, as
 * one has to know who changes an archive in its place. (APPNOTE.TXT of PKWARE, 6.3.10.)
 * A plain value. One owner.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  guint64 local;        /* where its local header is */
  guint64 data;         /* its bytes, as they are packed … */
  guint64 n_packed;     /* … so many */
  guint64 end;          /* behind them, and behind the data descriptor if there is one */
  guint64 n_bytes;      /* unpacked */
  guint64 entry;        /* where its entry of the directory is */
  guint64 local_sizes;  /* where the 64 bit sizes of its local header are, 0: none */
  guint64 entry_sizes;  /* and those of its entry */
  guint64 entry_packed; /* where in those the packed size is, 0: in the entry itself */
  guint64 entry_local;  /* likewise where its local header is said to be */
  guint32 crc;          /* of what is unpacked */
  gboolean is_stored;   /* else deflated … */
  gboolean is_deflated; /* … or packed by something that is not known here */
  gboolean has_descriptor;       /* crc and sizes once more, behind its bytes */
  gboolean descriptor_is_marked; /* by a signature before them */
  gboolean descriptor_is_wide;   /* with sizes of 64 bits */
} NnZipMember;

typedef struct {
  GArray *members;     /* (owned) (element-type NnZipMember) in the directory's order */
  guint64 directory;   /* where it begins … */
  guint64 n_directory; /* … and its bytes */
  guint64 wide_end;    /* where the 64 bit record of its end is, 0: there is none */
  guint64 end;         /* where the record of its end is */
} NnZipDirectory;

NnZipDirectory *
nn_zip_directory_read (GBytes *bytes, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void nn_zip_directory_free (NnZipDirectory *self);
const NnZipMember *nn_zip_directory_get (const NnZipDirectory *self, gsize index);
gssize nn_zip_directory_find (const NnZipDirectory *self, guint64 offset);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnZipDirectory, nn_zip_directory_free)

G_END_DECLS

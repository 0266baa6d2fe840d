/* nn-patch-file.h - a copy of a file in which some regions change, copy-on-write
 *
 * SPDX-License-Identifier: MIT
 *
 * A region is the bytes of an array, or of several that share bytes. A region that is
 * not done is read from the input; to change it, it is first copied, or overwritten
 * entirely, and marked done. nn_patch_file_copy_rest () copies all other bytes at the
 * end, holes as holes.
 *
 * With a base, which has the same regions, those that are not done are read from the base
 * instead. Private to this folder. One owner; once written, read from any thread.
 */

#pragma once

#include "nn/base/nn-progress.h"
#include "nn/files/nn-mapped-file.h"

G_BEGIN_DECLS

/* The progress of a patch, in bytes read or written. */
typedef struct {
  const NnProgress *progress; /* (nullable) */
  guint64 n_done;
  guint64 n_expected;
  guint64 n_reported;
} NnPatchMeter;

typedef struct {
  guint64 begin;
  guint64 end;
  gboolean done; /* its bytes are in out */
} NnPatchRegion;

typedef struct _NnPatchFile NnPatchFile;

struct _NnPatchFile {
  const NnMappedFile *in;  /* (not owned) */
  const NnPatchFile *base; /* (not owned) (nullable) read instead of in, for regions */
  NnMappedFile out;        /* for nn_mapped_file_read (): path (owned), fd (not owned) */
  GArray *regions;         /* (owned) (element-type NnPatchRegion) in order */
  NnPatchMeter *meter;     /* (not owned) */
};

gboolean nn_patch_meter_add (NnPatchMeter *self, guint64 n_bytes, GError **error);

NnPatchFile *nn_patch_file_new (const NnMappedFile *in,
                                const char *path,
                                int fd,
                                NnPatchMeter *meter,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;
void nn_patch_file_free (NnPatchFile *self);

void nn_patch_file_add_region (NnPatchFile *self, guint64 begin, guint64 n_bytes);
void nn_patch_file_join_regions (NnPatchFile *self);
NnPatchRegion *nn_patch_file_find_region (const NnPatchFile *self, guint64 offset);
const NnMappedFile *nn_patch_file_get_source (const NnPatchFile *self, guint64 offset);
gboolean nn_patch_file_is_touched (const NnPatchFile *self, guint64 begin, guint64 end);

gboolean nn_patch_file_write (const NnPatchFile *self,
                              guint64 offset,
                              gconstpointer bytes,
                              gsize n_bytes,
                              GError **error);
gboolean nn_patch_file_write_fresh (const NnPatchFile *self,
                                    guint64 offset,
                                    gconstpointer bytes,
                                    gsize n_bytes,
                                    GError **error);
gboolean
nn_patch_file_copy_region (NnPatchFile *self, NnPatchRegion *region, GError **error);
gboolean nn_patch_file_copy_rest (NnPatchFile *self, GError **error);

G_END_DECLS

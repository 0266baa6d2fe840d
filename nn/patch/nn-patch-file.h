/* nn-patch-file.h - a file that becomes what another is, but for some of its bytes
 *
 * SPDX-License-Identifier: MIT
 *
 * The bytes of arrays are regions, those of arrays that share bytes are one. A region is
 * the input's until it is done; it is read, or copied, before anything is written to it. What no
 * one has done is copied at the end, holes as holes.
 *
 * One that is based on another has the same regions, which are that one's until they are
 * done. Private to this folder. One owner; once it is written, read from any thread.
 */

#pragma once

#include "nn/base/nn-progress.h"
#include "nn/files/nn-mapped-file.h"

G_BEGIN_DECLS

/* How far a patch is, in bytes read or written. */
typedef struct {
  const NnProgress *progress; /* (nullable) */
  guint64 n_done;
  guint64 n_expected;
  guint64 n_reported;
} NnPatchMeter;

typedef struct {
  guint64 begin;
  guint64 end;
  gboolean done; /* the output has it */
} NnPatchRegion;

typedef struct _NnPatchFile NnPatchFile;

struct _NnPatchFile {
  const NnMappedFile *in;  /* (not owned) */
  const NnPatchFile *base; /* (nullable) (not owned) whose regions stand for in's */
  NnMappedFile out;        /* for nn_mapped_file_read (): path and fd, neither owned */
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

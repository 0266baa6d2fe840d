/* nn-in-place.h - reading the arrays of a file that stays on disk
 *
 * SPDX-License-Identifier: MIT
 *
 * What a format's reader gets, beside the file's bytes, if arrays are to be left where they
 * are: their bytes are then those of the file, or of a file without a name that a packed
 * one was unpacked to; checksums of what is not packed are not compared; and arrays of
 * types that are not read are kept as bytes, not refused. One owner.
 */

#pragma once

#include "nn/files/nn-mapped-file.h"

G_BEGIN_DECLS

/* An array of a type that is not read. */
typedef struct {
  char *name;    /* (owned) */
  char *type;    /* (owned) "F8_E4M3": as the file has it */
  GBytes *bytes; /* (owned) */
} NnOtherArray;

/* What a member of a zip was unpacked to. */
typedef struct {
  NnMappedFile *file; /* (owned) */
  gsize member;       /* its index in the archive's directory */
} NnUnpackedMember;

typedef struct {
  char *folder;        /* (owned) where files without a name are made */
  GPtrArray *unpacked; /* (owned) (element-type NnUnpackedMember) */
  GPtrArray *others;   /* (owned) (element-type NnOtherArray) in the file's order */
} NnInPlace;

NnInPlace *nn_in_place_new (const char *folder) G_GNUC_WARN_UNUSED_RESULT;
void nn_in_place_free (NnInPlace *self);

void nn_in_place_add_other (NnInPlace *self,
                            const char *name,
                            const char *type,
                            GBytes *bytes);
int nn_in_place_create_file (const char *folder, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnInPlace, nn_in_place_free)

G_END_DECLS

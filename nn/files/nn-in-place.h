/* nn-in-place.h - what a reader of arrays keeps if the file stays on disk
 *
 * SPDX-License-Identifier: MIT
 *
 * If a format's reader (nn-array-kind.h) is given an NnInPlace, it does not load values:
 * arrays refer to the mapped file, or to a temporary file without a name that a
 * compressed member was unpacked to; checksums of uncompressed members are not verified;
 * and arrays of types that Nudge cannot read are kept as bytes instead of being an error.
 * One owner.
 */

#pragma once

#include "nn/files/nn-mapped-file.h"

G_BEGIN_DECLS

/* An array of a type that Nudge cannot read. */
typedef struct {
  char *name;    /* (owned) */
  char *type;    /* (owned) "F8_E4M3": as the file has it */
  char *shape;   /* (owned) (nullable) "(8, 2)", if it is known */
  GBytes *bytes; /* (owned) */
} NnOtherArray;

/* The file that a compressed member of a zip was unpacked to. */
typedef struct {
  NnMappedFile *file; /* (owned) */
  gsize member;       /* its index in the archive's directory */
} NnUnpackedMember;

typedef struct {
  char *folder;        /* (owned) for temporary files */
  GPtrArray *unpacked; /* (owned) (element-type NnUnpackedMember) */
  GPtrArray *others;   /* (owned) (element-type NnOtherArray) in the file's order */
} NnInPlace;

NnInPlace *nn_in_place_new (const char *folder) G_GNUC_WARN_UNUSED_RESULT;
void nn_in_place_free (NnInPlace *self);

void nn_in_place_add_other (NnInPlace *self,
                            const char *name,
                            const char *type,
                            const char *shape,
                            GBytes *bytes);
int nn_in_place_create_file (const char *folder, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnInPlace, nn_in_place_free)

G_END_DECLS

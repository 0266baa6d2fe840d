/* nn-patch-private.h - the fields of a patch, for the files that implement it
 *
 * SPDX-License-Identifier: MIT
 *
 * nn-patch.c applies nudges and finishes the file; nn-patch-arrays.c finds the arrays of
 * a target, taking care of shared storages; nn-patch-change.c changes one array;
 * nn-patch-verify.c reads the output back. Private to them.
 */

#pragma once

#include "nn/files/nn-atomic-file.h"
#include "nn/patch/nn-patch-file.h"
#include "nn/patch/nn-patch-zip.h"
#include "nn/patch/nn-patch.h"
#include "nn/tensor/nn-random.h"

G_BEGIN_DECLS

struct _NnPatch {
  const NnArrayStore *in;      /* (not owned) */
  const NnArrayStore *initial; /* (not owned) (nullable) with the values of `w0` */
  const NnPatch *base;         /* (not owned) (nullable) of a layer: the layer below it */
  char *path;                  /* (owned) of the output, as the user wrote it */
  NnAtomicFile *out;           /* (owned) (nullable) NULL for a layer */
  NnPatchFile *output;         /* (owned) (nullable) writes to out */

  /* A zip with compressed members cannot be changed in place: it is assembled at the end
   * from file and unpacked. */
  gboolean repacks;
  NnPatchFile *file; /* (owned) the input in its present state; output unless repacks */
  /* (owned) [n_unpacked] compressed members, in their present state */
  NnPatchFile **unpacked;
  guint n_unpacked;
  NnRandom *random;     /* (owned) */
  NnArrayPlace *places; /* (owned) of each array of the input */
  NnPatchMeter meter;
  gboolean *aimed;        /* (owned) for each array, whether a nudge named it */
  NnPatchMember *members; /* (owned) (nullable) of a zip, once it is written */
  NnReceipt *receipt;     /* (owned) */
};

NnPatchFile *nn_patch_get_file (const NnPatch *self, guint index);
NnPatchRegion *nn_patch_get_region (const NnPatch *self, guint index);
GArray *nn_patch_find_areas (NnPatch *self, const NnNudge *nudge, GError **error);
gboolean nn_patch_open_values (const NnPatch *self,
                               const NnArrayArea *area,
                               NnArrayValues *values,
                               GError **error);
gboolean nn_patch_change (NnPatch *self,
                          const NnNudge *nudge,
                          const NnArrayArea *area,
                          const float *ranks,
                          GError **error);
gboolean nn_patch_verify (NnPatch *self, GError **error);

G_END_DECLS

/* nn-patch-private.h - the inside of a patch
 *
 * SPDX-License-Identifier: MIT
 *
 * nn-patch.c applies nudges and finishes, nn-patch-arrays.c finds and opens what they
 * change, nn-patch-change.c changes one array, nn-patch-verify.c reads the output again.
 * Private to them.
 */

#pragma once

#include "nn/files/nn-atomic-file.h"
#include "nn/patch/nn-patch-file.h"
#include "nn/patch/nn-patch-zip.h"
#include "nn/patch/nn-patch.h"
#include "nn/tensor/nn-random.h"

G_BEGIN_DECLS

struct _NnPatch {
  const NnArrayStore *in;
  const NnArrayStore *initial; /* (nullable) */
  const NnPatch *base;         /* (nullable) (not owned) of a layer: what it lies on */
  char *path;                  /* (owned) of the output, as the user wrote it */
  NnAtomicFile *out;           /* (owned) (nullable) none of a layer */
  NnPatchFile *output;         /* (owned) (nullable) onto out's */
  gboolean repacks;            /* the output is assembled of the next two at the end */
  NnPatchFile *file;           /* (owned) the input as it is now; else the output */
  NnPatchFile **unpacked;      /* (owned) [n_unpacked] what it has packed, as it is now */
  guint n_unpacked;
  NnRandom *random;     /* (owned) */
  NnArrayPlace *places; /* (owned) of each array of the input */
  NnPatchMeter meter;
  gboolean *aimed;        /* (owned) for each array, whether a nudge names it */
  NnPatchMember *members; /* (owned) (nullable) of a zip, when it is written */
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

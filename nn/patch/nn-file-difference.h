/* nn-file-difference.h - the difference between the arrays of two files
 *
 * SPDX-License-Identifier: MIT
 *
 * What `nudge diff` prints. Arrays are paired by name; the files may have different
 * formats, and nudges applied (nn-file-version.h). A plain value with one owner.
 */

#pragma once

#include "nn/patch/nn-array-difference.h"
#include "nn/patch/nn-file-version.h"

G_BEGIN_DECLS

typedef enum {
  NN_PAIR_SAME,    /* same type, shape and bits */
  NN_PAIR_CHANGED, /* same type and shape, different values */
  NN_PAIR_TYPE,    /* different types; the values are compared as numbers */
  NN_PAIR_SHAPE,   /* different shapes */
  NN_PAIR_OTHER,   /* same type, which Nudge cannot read, and different bytes */
  NN_PAIR_ONLY_A,
  NN_PAIR_ONLY_B,
} NnPairKind;

typedef struct {
  NnPairKind kind;
  char *name;      /* (owned) */
  char *types[2];  /* (owned) (nullable) "float32", of a and b */
  char *shapes[2]; /* (owned) (nullable) "(3, 2)" */
  guint rank;      /* of both; with shape, only if both have the same */
  guint64 shape[NN_ARRAY_MAX_RANK];
  char *largest_at; /* (owned) (nullable) the element that differs most: "w[2,1]" */
  NnArrayDifference difference; /* only of CHANGED and TYPE */
} NnArrayPair;

typedef struct {
  GPtrArray *pairs; /* (owned) (element-type NnArrayPair) in a's order, then b's others */
  /* (owned) (element-type utf8) differences: "step: 3 in A, 4 in B" */
  GPtrArray *metadata;
  guint n_same;  /* pairs that are NN_PAIR_SAME */
  gboolean same; /* all arrays and all metadata */

  /* Every byte of the files. Only checked if same, and without nudges; else FALSE. */
  gboolean identical;
} NnFileDifference;

NnFileDifference *nn_file_difference_new (const NnFileVersion *a,
                                          const NnFileVersion *b,
                                          const NnProgress *progress,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;
void nn_file_difference_free (NnFileDifference *self);
char *nn_file_difference_dup_json (const NnFileDifference *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnFileDifference, nn_file_difference_free)

G_END_DECLS

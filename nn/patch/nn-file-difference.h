/* nn-file-difference.h - what differs between the arrays of two files
 *
 * SPDX-License-Identifier: MIT
 *
 * Of any two formats: arrays are one another's by their names. A plain value. One owner.
 */

#pragma once

#include "nn/files/nn-array-store.h"
#include "nn/patch/nn-array-difference.h"

G_BEGIN_DECLS

typedef enum {
  NN_PAIR_SAME,    /* type, shape and every bit */
  NN_PAIR_CHANGED, /* the same type and shape; difference says how far */
  NN_PAIR_TYPE,    /* the same shape; difference is of the numbers */
  NN_PAIR_SHAPE,
  NN_PAIR_OTHER, /* the same type, which is not read, and other bytes */
  NN_PAIR_ONLY_A,
  NN_PAIR_ONLY_B,
} NnPairKind;

typedef struct {
  NnPairKind kind;
  char *name;      /* (owned) */
  char *types[2];  /* (owned) (nullable) "float32", of a and b */
  char *shapes[2]; /* (owned) (nullable) "(3, 2)" */
  guint rank;      /* of both, if they are of one shape … */
  guint64 shape[NN_ARRAY_MAX_RANK];
  char *largest_at;             /* (owned) (nullable) "w[2,1]" */
  NnArrayDifference difference; /* of CHANGED and TYPE */
} NnArrayPair;

typedef struct {
  GPtrArray *pairs;    /* (owned) (element-type NnArrayPair) a's order, then b's rest */
  GPtrArray *metadata; /* (owned) (element-type utf8) "step: 3, and 4", what differs */
  guint n_same;
  gboolean same;      /* all arrays and all metadata */
  gboolean identical; /* every byte of the files; found out only if they are the same */
} NnFileDifference;

NnFileDifference *nn_file_difference_new (const NnArrayStore *a,
                                          const NnArrayStore *b,
                                          const NnProgress *progress,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;
void nn_file_difference_free (NnFileDifference *self);
char *nn_file_difference_dup_json (const NnFileDifference *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnFileDifference, nn_file_difference_free)

G_END_DECLS

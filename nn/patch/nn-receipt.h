/* nn-receipt.h - what an edit of a file changed, found by reading the output back
 *
 * SPDX-License-Identifier: MIT
 *
 * A plain value. One owner.
 */

#pragma once

#include "nn/patch/nn-array-difference.h"

G_BEGIN_DECLS

typedef struct {
  char *name;       /* (owned) */
  char *type;       /* (owned) "float16" */
  char *shape;      /* (owned) "(3, 2)" */
  char *largest_at; /* (owned) the element that changed most: "w[2,1]" */
  gboolean aimed;   /* a nudge named it; else it shares bytes with one that was */
  NnArrayDifference difference; /* (owned) from before to after */
} NnReceiptArray;

typedef struct {
  GPtrArray *nudges;    /* (owned) (element-type utf8) as they were applied, in order */
  GPtrArray *arrays;    /* (owned) (element-type NnReceiptArray) in the file's order */
  GPtrArray *notes;     /* (owned) (element-type utf8) what was skipped, and why */
  guint n_same;         /* how many other arrays are unchanged */
  guint64 n_bytes_same; /* how many bytes outside of arrays are unchanged */
  guint64 n_bytes;      /* of the whole file */
} NnReceipt;

NnReceipt *nn_receipt_new (void) G_GNUC_WARN_UNUSED_RESULT;
void nn_receipt_free (NnReceipt *self);
void nn_receipt_add (NnReceipt *self,
                     const NnArrayArea *area,
                     gboolean aimed,
                     const NnArrayDifference *difference);
char *nn_receipt_dup_json (const NnReceipt *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnReceipt, nn_receipt_free)

G_END_DECLS

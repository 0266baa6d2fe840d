/* nn-receipt.h - what an edit of a file did, found by reading the file again
 *
 * SPDX-License-Identifier: MIT
 *
 * A plain value. One owner.
 */

#pragma once

#include "nn/patch/nn-array-difference.h"

G_BEGIN_DECLS

typedef struct {
  char *name;                   /* (owned) */
  char *type;                   /* (owned) "float16" */
  char *shape;                  /* (owned) "(3, 2)" */
  char *largest_at;             /* (owned) the element that has changed most, "w[2,1]" */
  gboolean aimed;               /* a nudge named it; else it shares bytes with one */
  NnArrayDifference difference; /* (owned) before and after */
} NnReceiptArray;

typedef struct {
  GPtrArray *nudges;    /* (owned) (element-type utf8) as they were applied, in order */
  GPtrArray *arrays;    /* (owned) (element-type NnReceiptArray) in the file's order */
  GPtrArray *notes;     /* (owned) (element-type utf8) what was left as it is, and why */
  guint n_same;         /* other arrays, which are as they were */
  guint64 n_bytes_same; /* of the file outside the arrays, which are as they were */
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

/* nn-landing-receipt.h - what a nudge of a job really did, as the job has found it
 *
 * SPDX-License-Identifier: MIT
 *
 * An immutable, shared value: ref and unref from any thread.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Of one parameter. */
typedef struct {
  char *name; /* (owned) */
  gint64 n_values;
  gint64 n_changed; /* those of other bits */
  double norm;      /* of the change */
  char *before;     /* (owned) SHA-256 of its bytes, in hexadecimal … */
  char *after;      /* (owned) … and behind the nudge */
} NnReceiptRow;

typedef struct {
  GPtrArray *rows;   /* (owned) (element-type NnReceiptRow) */
  GPtrArray *others; /* (owned) (element-type utf8) what became of rank 1, 2, …: "same" */
} NnLandingReceipt;

NnLandingReceipt *nn_landing_receipt_new (void) G_GNUC_WARN_UNUSED_RESULT;
NnLandingReceipt *nn_landing_receipt_ref (NnLandingReceipt *self);
void nn_landing_receipt_unref (NnLandingReceipt *self);
void nn_landing_receipt_add (NnLandingReceipt *self, const NnReceiptRow *row);
double nn_landing_receipt_get_norm (const NnLandingReceipt *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnLandingReceipt, nn_landing_receipt_unref)

G_END_DECLS

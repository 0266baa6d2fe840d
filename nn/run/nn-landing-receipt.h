/* nn-landing-receipt.h - what a nudge changed in a job, as measured by the job
 *
 * SPDX-License-Identifier: MIT
 *
 * Part of an NnLanding of a PyTorch job. Immutable once it is shared: ref and unref from
 * any thread.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Of one parameter. */
typedef struct {
  char *name; /* (owned) */
  gint64 n_values;
  gint64 n_changed; /* values whose bits changed */
  double norm;      /* Euclidean, of the change */
  char *before;     /* (owned) SHA-256 of its bytes before the nudge, in hexadecimal */
  char *after;      /* (owned) and after it */
} NnReceiptRow;

typedef struct {
  GPtrArray *rows; /* (owned) (element-type NnReceiptRow) */
  /* (owned) (element-type utf8) of rank 1, 2, …: "same" as rank 0, or not */
  GPtrArray *others;
} NnLandingReceipt;

NnLandingReceipt *nn_landing_receipt_new (void) G_GNUC_WARN_UNUSED_RESULT;
NnLandingReceipt *nn_landing_receipt_ref (NnLandingReceipt *self);
void nn_landing_receipt_unref (NnLandingReceipt *self);
void nn_landing_receipt_add (NnLandingReceipt *self, const NnReceiptRow *row);
double nn_landing_receipt_get_norm (const NnLandingReceipt *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnLandingReceipt, nn_landing_receipt_unref)

G_END_DECLS

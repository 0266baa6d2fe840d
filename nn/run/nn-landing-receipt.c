/* nn-landing-receipt.c - what a nudge changed in a job, as measured by the job
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/run/nn-landing-receipt.h"

#include <math.h>

static void
row_free (gpointer data)
{
  NnReceiptRow *row = data;

  g_free (row->name);
  g_free (row->before);
  g_free (row->after);
  g_free (row);
}

/* Returns: (transfer full): an empty one, for the caller to fill in before it
 * is shared */
NnLandingReceipt *
nn_landing_receipt_new (void)
{
  NnLandingReceipt *self = g_atomic_rc_box_new0 (NnLandingReceipt);

  self->rows = g_ptr_array_new_with_free_func (row_free);
  self->others = g_ptr_array_new_with_free_func (g_free);
  return self;
}

NnLandingReceipt *
nn_landing_receipt_ref (NnLandingReceipt *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  NnLandingReceipt *self = data;

  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->others);
}

void
nn_landing_receipt_unref (NnLandingReceipt *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

/* @row: copied */
void
nn_landing_receipt_add (NnLandingReceipt *self, const NnReceiptRow *row)
{
  NnReceiptRow *copy = g_memdup2 (row, sizeof *row);

  copy->name = g_strdup (row->name);
  copy->before = g_strdup (row->before);
  copy->after = g_strdup (row->after);
  g_ptr_array_add (self->rows, copy);
}

/* Returns: the Euclidean norm of the change of all parameters together */
double
nn_landing_receipt_get_norm (const NnLandingReceipt *self)
{
  double sum = 0;

  for (guint i = 0; i < self->rows->len; i++) {
    const NnReceiptRow *row = self->rows->pdata[i];

    sum += row->norm * row->norm;
  }
  return sqrt (sum);
}

/* nn-loss-file.c - the losses of a run as CSV, written while it trains
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/io/nn-loss-file.h"

#include "nn/io/nn-draft.h"

struct _NnLossFile {
  NnDraft *draft; /* (owned) */
};

/**
 * nn_loss_file_new:
 *
 * Fails now, rather than after an hour's training, where no file can be made.
 */
NnLossFile *
nn_loss_file_new (const char *path, GError **error)
{
  static const char header[] = "step,loss\n";
  g_autoptr (NnDraft) draft = nn_draft_new (path, error);
  NnLossFile *self;

  if (draft == NULL || !nn_draft_write (draft, header, sizeof header - 1, error))
    return NULL;
  self = g_new0 (NnLossFile, 1);
  self->draft = g_steal_pointer (&draft);
  return self;
}

/**
 * nn_loss_file_append:
 * @step: from 1
 *
 * Rows are buffered: a full disk may be noticed some rows later, and then at
 * every row and at nn_loss_file_finish ().
 */
gboolean
nn_loss_file_append (NnLossFile *self, guint64 step, float loss, GError **error)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];
  char row[G_ASCII_DTOSTR_BUF_SIZE + 24]; /* and 20 digits, comma, newline, NUL */
  int length;

  g_ascii_formatd (number, sizeof number, "%.9g", (double) loss);
  length = g_snprintf (row, sizeof row, "%" G_GUINT64_FORMAT ",%s\n", step, number);
  return nn_draft_write (self->draft, row, (gsize) length, error);
}

/**
 * nn_loss_file_finish:
 *
 * Puts the file in its place. Whether it succeeds or not, only
 * nn_loss_file_free () may follow.
 */
gboolean
nn_loss_file_finish (NnLossFile *self, GError **error)
{
  return nn_draft_finish (self->draft, error);
}

void
nn_loss_file_free (NnLossFile *self)
{
  nn_draft_free (self->draft);
  g_free (self);
}

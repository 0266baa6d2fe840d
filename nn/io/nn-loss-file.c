/* nn-loss-file.c - the losses of a run as CSV, written while it trains
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/io/nn-loss-file.h"

#include <glib/gi18n.h>
#include <string.h>

#include "nn/base/nn-number.h"
#include "nn/files/nn-path.h"

#define ROW_SIZE (NN_NUMBER_COUNT_SIZE + 2 * NN_NUMBER_FLOAT_SIZE + 3) /* at most */

/* The bits of a NaN that no arithmetic produces. */
#define MISSING 0x7fc0abcdu

struct _NnLossFile {
  NnAtomicFile *file;  /* (owned) */
  gboolean validation; /* there is a column for it */
  gboolean failed;     /* a write to file has failed */
  gsize n_bytes;       /* of rows that are not written to file yet */
  char rows[1 << 16];
};

/**
 * nn_loss_file_check_path:
 *
 * Returns: FALSE if the ending of @path is not that of such a file
 */
gboolean
nn_loss_file_check_path (const char *path, GError **error)
{
  return nn_path_check_ending (path, ".csv", _ ("losses are written to"), error);
}

/**
 * nn_loss_file_new_for:
 * @file: (transfer full): new
 * @validation: whether there is a column for the loss on held-out examples
 */
NnLossFile *
nn_loss_file_new_for (NnAtomicFile *file, gboolean validation, GError **error)
{
  const char *header = validation ? "step,loss,validation\n" : "step,loss\n";
  g_autoptr (NnLossFile) self = g_new0 (NnLossFile, 1);

  self->file = file;
  self->validation = validation;
  if (!nn_atomic_file_write (file, header, strlen (header), error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * nn_loss_file_get_missing:
 *
 * Returns: the NaN that stands for a loss that was not computed, and makes an empty cell
 */
float
nn_loss_file_get_missing (void)
{
  const guint32 bits = MISSING;
  float missing;

  memcpy (&missing, &bits, sizeof missing);
  return missing;
}

static gboolean
is_missing (float loss)
{
  guint32 bits;

  memcpy (&bits, &loss, sizeof bits);
  return bits == MISSING;
}

static gboolean
flush (NnLossFile *self, GError **error)
{
  const gsize n_bytes = self->n_bytes;

  self->n_bytes = 0;
  self->failed = !nn_atomic_file_write (self->file, self->rows, n_bytes, error);
  return !self->failed;
}

/**
 * nn_loss_file_append:
 * @step: from 1
 * @loss: finite
 * @validation: any number, infinite or NaN too, or nn_loss_file_get_missing (); ignored
 *   if the file has no such column
 *
 * Rows are buffered: a full disk may be reported some thousand rows later, and from then
 * on by every call and by nn_loss_file_commit ().
 */
gboolean
nn_loss_file_append (NnLossFile *self,
                     guint64 step,
                     float loss,
                     float validation,
                     GError **error)
{
  char *at = self->rows + self->n_bytes;

  at += nn_number_write_count (at, step);
  *at++ = ',';
  at += nn_number_write_float (at, loss);
  if (self->validation) {
    *at++ = ',';
    if (!is_missing (validation))
      at += nn_number_write_float (at, validation);
  }
  *at++ = '\n';
  self->n_bytes = (gsize) (at - self->rows);
  if (self->n_bytes + ROW_SIZE <= sizeof self->rows && !self->failed)
    return TRUE;
  return flush (self, error);
}

/**
 * nn_loss_file_commit:
 *
 * Replaces the file. Whether it succeeds or not, only nn_loss_file_free () may be called
 * after it.
 */
gboolean
nn_loss_file_commit (NnLossFile *self, GError **error)
{
  flush (self, NULL); /* the commit fails with it */
  return nn_atomic_file_commit (self->file, error);
}

void
nn_loss_file_free (NnLossFile *self)
{
  nn_atomic_file_free (self->file);
  g_free (self);
}

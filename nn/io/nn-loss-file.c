/* nn-loss-file.c - the losses of a run as CSV, written while it trains
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/io/nn-loss-file.h"

#include <math.h>
#include <string.h>

#include "nn/files/nn-path.h"

struct _NnLossFile {
  NnAtomicFile *file;  /* (owned) */
  gboolean validation; /* there is a third column */
};

/**
 * nn_loss_file_check_path:
 *
 * Reads the ending alone.
 */
gboolean
nn_loss_file_check_path (const char *path, GError **error)
{
  return nn_path_check_ending (path, ".csv", "losses are written to", error);
}

/**
 * nn_loss_file_new_for:
 * @file: (transfer full): nothing was written to it yet
 * @validation: whether there is a loss of held-out examples too
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
 * nn_loss_file_new:
 *
 * The same for a file at @path. Fails now, rather than after an hour's training, where
 * none can be made.
 */
NnLossFile *
nn_loss_file_new (const char *path, gboolean validation, GError **error)
{
  NnAtomicFile *file = nn_atomic_file_new (path, error);

  return file ? nn_loss_file_new_for (file, validation, error) : NULL;
}

/* @number: (G_ASCII_DTOSTR_BUF_SIZE) out
 *
 * A NaN has a sign that means nothing, and that printf shows. */
static const char *
format (float loss, char *number)
{
  return isnan (loss)
             ? "nan"
             : g_ascii_formatd (number, G_ASCII_DTOSTR_BUF_SIZE, "%.9g", (double) loss);
}

/**
 * nn_loss_file_append:
 * @step: from 1
 * @loss: finite
 * @validation: any number, inf and nan as well; ignored if the file has no such column
 *
 * Rows are buffered: a full disk may be noticed some rows later, and then at
 * every row and at nn_loss_file_commit ().
 */
gboolean
nn_loss_file_append (NnLossFile *self,
                     guint64 step,
                     float loss,
                     float validation,
                     GError **error)
{
  char a[G_ASCII_DTOSTR_BUF_SIZE];
  char b[G_ASCII_DTOSTR_BUF_SIZE];
  char row[2 * G_ASCII_DTOSTR_BUF_SIZE + 24]; /* and 20 digits, commas, newline, NUL */
  int length;

  if (self->validation)
    length = g_snprintf (row, sizeof row, "%" G_GUINT64_FORMAT ",%s,%s\n", step,
                         format (loss, a), format (validation, b));
  else
    length = g_snprintf (row, sizeof row, "%" G_GUINT64_FORMAT ",%s\n", step,
                         format (loss, a));
  return nn_atomic_file_write (self->file, row, (gsize) length, error);
}

/**
 * nn_loss_file_commit:
 *
 * Replaces the wanted file. Whether it succeeds or not, only nn_loss_file_free () may
 * follow.
 */
gboolean
nn_loss_file_commit (NnLossFile *self, GError **error)
{
  return nn_atomic_file_commit (self->file, error);
}

void
nn_loss_file_free (NnLossFile *self)
{
  nn_atomic_file_free (self->file);
  g_free (self);
}

/* nn-loss-file.h - the losses of a run as CSV, written while it trains
 *
 * SPDX-License-Identifier: MIT
 *
 * The header "step,loss", or "step,loss,validation" if examples are held out, and one row
 * per step, in "%.9g", which keeps every bit of float32; what was not computed is empty.
 * Rows go to an NnAtomicFile: a commit replaces the file; without one nothing is left
 * behind. One owner, one thread.
 */

#pragma once

#include "nn/files/nn-atomic-file.h"

G_BEGIN_DECLS

typedef struct _NnLossFile NnLossFile;

gboolean nn_loss_file_check_path (const char *path, GError **error);
float nn_loss_file_get_missing (void);
NnLossFile *nn_loss_file_new_for (NnAtomicFile *file,
                                  gboolean validation,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean nn_loss_file_append (NnLossFile *self,
                              guint64 step,
                              float loss,
                              float validation,
                              GError **error);
gboolean nn_loss_file_commit (NnLossFile *self, GError **error);
void nn_loss_file_free (NnLossFile *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnLossFile, nn_loss_file_free)

G_END_DECLS

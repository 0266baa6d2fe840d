/* nudge-tensor-document.h - what a window of tensors shows: a file, and the nudges of it
 *
 * SPDX-License-Identifier: MIT
 *
 * The file on disk is never changed. Nudges are applied on another thread, in order, to
 * versions of the file; undo and redo go along these at once.
 * nudge_tensor_document_get_reader () reads tensors of the present version. Windows are
 * views: they hold no fact of their own. Main thread only.
 *
 * Properties, read-only:
 *
 *   "can-undo", "can-redo"  (boolean)
 *   "busy"      (string) (nullable) what is being done; meanwhile
 *               nudge_tensor_document_get_fraction () says how far it is, and
 *               nudge_tensor_document_cancel () stops it
 *   "file"      (GFile) (nullable) that it was last saved to
 *   "unsaved"   (boolean) something was done that no file has
 *
 * Signals:
 *
 *   "refused"   (const char *why, gboolean can_skip) the newest nudge was not applied;
 *               if @can_skip, nudge_tensor_document_skip () applies it to the tensors
 *               it fits
 *   "applied"   (NudgeFileEdit*)
 */

#pragma once

#include <gio/gio.h>

#include "app/tensors/nudge-file-edit.h"
#include "app/tensors/nudge-tensor-reader.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_TENSOR_DOCUMENT (nudge_tensor_document_get_type ())
G_DECLARE_FINAL_TYPE (NudgeTensorDocument,
                      nudge_tensor_document,
                      NUDGE,
                      TENSOR_DOCUMENT,
                      GObject)

NudgeTensorDocument *
nudge_tensor_document_new (NnFileVersion *file,
                           const char *path) G_GNUC_WARN_UNUSED_RESULT;
void nudge_tensor_document_close (NudgeTensorDocument *self);

const char *nudge_tensor_document_get_path (NudgeTensorDocument *self);
char *nudge_tensor_document_dup_name (NudgeTensorDocument *self);
NnFileVersion *nudge_tensor_document_get_version (NudgeTensorDocument *self);
NudgeTensorReader *nudge_tensor_document_get_reader (NudgeTensorDocument *self);
GListModel *nudge_tensor_document_get_edits (NudgeTensorDocument *self);
char *nudge_tensor_document_dup_command (NudgeTensorDocument *self);

void nudge_tensor_document_apply (NudgeTensorDocument *self, const NnNudge *nudge);
void nudge_tensor_document_skip (NudgeTensorDocument *self);
void nudge_tensor_document_undo (NudgeTensorDocument *self);
void nudge_tensor_document_redo (NudgeTensorDocument *self);
double nudge_tensor_document_get_fraction (NudgeTensorDocument *self);
void nudge_tensor_document_cancel (NudgeTensorDocument *self);

void nudge_tensor_document_save_async (NudgeTensorDocument *self,
                                       GFile *file,
                                       GAsyncReadyCallback callback,
                                       gpointer data);
NnReceipt *nudge_tensor_document_save_finish (NudgeTensorDocument *self,
                                              GAsyncResult *result,
                                              GError **error);

G_END_DECLS

/* nudge-tensor-edits.h - unsaved nudges of a file's tensors, kept for after a crash
 *
 * SPDX-License-Identifier: MIT
 *
 * The path of the file, what tells whether it is still the same file, and the nudges'
 * texts: to recover is to apply them again. A plain value with one owner.
 */

#pragma once

#include "app/base/nudge-kept-run.h"
#include "app/tensors/nudge-tensor-window.h"
#include "nn/base/nn-progress.h"

G_BEGIN_DECLS

typedef struct {
  NnFileVersion *file; /* (owned) as it is on disk */
  char *path;          /* (owned) */
  GPtrArray *nudges;   /* (owned) (element-type NnNudge) in their order */
} NudgeTensorEdits;

void nudge_tensor_edits_keep (NudgeTensorWindow *window, NudgeKeptRun *kept);
gpointer nudge_tensor_edits_read (const char *path,
                                  gconstpointer data,
                                  const NnProgress *progress,
                                  GError **error);
NudgeTensorDocument *
nudge_tensor_edits_make_document (const NudgeTensorEdits *self) G_GNUC_WARN_UNUSED_RESULT;
void nudge_tensor_edits_free (NudgeTensorEdits *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NudgeTensorEdits, nudge_tensor_edits_free)

G_END_DECLS

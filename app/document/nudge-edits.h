/* nudge-edits.h - the experiment as the user has edited it, ahead of the frames
 *
 * SPDX-License-Identifier: MIT
 *
 * Edits come faster than frames: each is made of the experiment as all edits before it
 * leave it. Panels show this experiment, not the frame's.
 *
 * Signals:
 *
 *   "changed"  it is another experiment, or another data set
 *   "message"  (const char*) what an edit had to change besides what was asked
 */

#pragma once

#include "app/document/nudge-session.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_EDITS (nudge_edits_get_type ())
G_DECLARE_FINAL_TYPE (NudgeEdits, nudge_edits, NUDGE, EDITS, GObject)

NudgeEdits *nudge_edits_new (NudgeSession *session,
                             const NnExperiment *experiment) G_GNUC_WARN_UNUSED_RESULT;

const NnExperiment *nudge_edits_get_experiment (NudgeEdits *self);
NnDataset *nudge_edits_get_dataset (NudgeEdits *self);
char *nudge_edits_try (NudgeEdits *self, NnEdit *edit);
char *nudge_edits_try_fitted (NudgeEdits *self, NnEdit *edit);
gboolean nudge_edits_do (NudgeEdits *self, NnEdit *edit, GError **error);

G_END_DECLS

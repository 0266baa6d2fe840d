/* nudge-edits.h - what is being trained, as it was asked to be, and changes of it
 *
 * SPDX-License-Identifier: MIT
 *
 * Changes follow each other faster than frames do: each is a change of the experiment that
 * the ones before it were asked to make. Until a frame shows what came of all of them,
 * that is what is shown.
 *
 * Signal:
 *
 *   "changed"  the experiment, or what its data have become, is another one
 *   "message"  (const char *): what had to change besides
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

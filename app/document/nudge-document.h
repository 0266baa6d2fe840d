/* nudge-document.h - what a window shows: an experiment, and the run that is made of it
 *
 * SPDX-License-Identifier: MIT
 *
 * Owns the experiment, the session that runs it with its newest frame, the state of the
 * cards, the selection, the lists of the log, and the file. Windows and panels are views:
 * they bind to properties, listen to signals, call functions, and hold no fact of their
 * own. The document knows none of them, and any number may show it. Main thread only.
 *
 * The experiment may be one that Nudge's own engine runs, or as much as is known of what an
 * attached PyTorch job trains; nudge_document_get_job () tells which.
 *
 * Most of it is in parts, which live as long as the document:
 *
 *   the run                  nudge_document_get_session ()
 *   a step, walked slowly    nudge_document_get_walk ()
 *   the cards                nudge_document_get_cards ()
 *   the selection            nudge_document_get_selection ()
 *   the log, what repeats    nudge_document_get_lists ()
 *   the lesson               nudge_document_get_learner ()
 *   edits of the experiment  nudge_document_get_edits ()
 *
 * Properties, read-only but for "guard":
 *
 *   "guard"      (string) rw, "shield", "check" or "off"
 *   "pending"    (boolean) a manual nudge has waited 0.2 s for a gradient-free section
 *   "failure"    (string) (nullable) why training stopped by itself, and how to go back
 *   "file"       (GFile) (nullable) that it was opened from, or last saved to
 *   "unsaved"    (boolean) there are changes that the file has not
 *   "notice"     (string) (nullable) what there is to know of the file while it is open
 *   "expecting"  (boolean) frames are to come: what shows the document then calls
 *                nudge_document_take_frame () and nudge_document_update_words () at each
 *                tick of its frame clock
 *
 * Signals:
 *
 *   "frame"      there is a newer frame: draw the pictures again
 *   "words"      write labels again: at most ten times a second, and always after the lists
 *                have followed the frame
 *   "landed"     (NnNudge*) a manual nudge has just changed weights; once for each
 *   "message"    (const char*) something to say once, as a toast
 *   "why"        (guint64) a user asks for the account of this step
 */

#pragma once

#include <gio/gio.h>

#include "app/document/nudge-cards.h"
#include "app/document/nudge-edits.h"
#include "app/document/nudge-job.h"
#include "app/document/nudge-learner.h"
#include "app/document/nudge-lists.h"
#include "app/document/nudge-selection.h"
#include "app/document/nudge-session.h"
#include "app/document/nudge-walk.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_DOCUMENT (nudge_document_get_type ())
G_DECLARE_FINAL_TYPE (NudgeDocument, nudge_document, NUDGE, DOCUMENT, GObject)

NudgeDocument *nudge_document_new (const NnExperiment *experiment,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

NudgeDocument *
nudge_document_new_resumed (const NnExperiment *experiment,
                            NnTimeline *timeline) G_GNUC_WARN_UNUSED_RESULT;

NudgeDocument *nudge_document_new_attached (const NnExperiment *experiment,
                                            NnSession *session,
                                            NudgeJob *job) G_GNUC_WARN_UNUSED_RESULT;

const NnExperiment *nudge_document_get_experiment (NudgeDocument *self);
const NudgeJob *nudge_document_get_job (NudgeDocument *self);
NudgeSession *nudge_document_get_session (NudgeDocument *self);
NnFrame *nudge_document_get_frame (NudgeDocument *self);
NudgeWalk *nudge_document_get_walk (NudgeDocument *self);
NudgeCards *nudge_document_get_cards (NudgeDocument *self);
NudgeSelection *nudge_document_get_selection (NudgeDocument *self);
NudgeLists *nudge_document_get_lists (NudgeDocument *self);
NudgeEdits *nudge_document_get_edits (NudgeDocument *self);
NudgeLearner *nudge_document_get_learner (NudgeDocument *self);
char *nudge_document_dup_sentence (NudgeDocument *self);

char *nudge_document_dup_name (NudgeDocument *self);
char *nudge_document_dup_title (NudgeDocument *self);
gboolean nudge_document_is_untouched (NudgeDocument *self);
gboolean nudge_document_has_file_changed (NudgeDocument *self);
gsize nudge_document_get_n_left_out (NudgeDocument *self);
void nudge_document_leave_out (NudgeDocument *self);

void nudge_document_ask_why (NudgeDocument *self, guint64 step);
void nudge_document_say (NudgeDocument *self, const char *text);
guint64 nudge_document_get_revision (NudgeDocument *self);
void nudge_document_set_saved (NudgeDocument *self, GFile *file, guint64 revision);
void nudge_document_set_recovered (NudgeDocument *self, GFile *file, gboolean unsaved);
void nudge_document_set_notice (NudgeDocument *self, const char *notice);

gboolean nudge_document_take_frame (NudgeDocument *self);
void nudge_document_update_words (NudgeDocument *self);
void nudge_document_hold_words (NudgeDocument *self, gint64 until_us);

G_END_DECLS

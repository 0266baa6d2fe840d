/* nudge-document.h - what a window shows: an experiment, and the run that is made of it
 *
 * SPDX-License-Identifier: MIT
 *
 * Of an attached PyTorch job it shows the job, and the experiment is as much as is known of
 * that.
 *
 * Owns the experiment, the session that runs it with its newest frame, what the cards show,
 * what is selected, the lists of what landed and of what repeats, and the file. Windows and
 * panels are views: they bind to properties, listen to signals, ask for things, and hold no
 * fact of their own. The document knows none of them, and any number may show it.
 *
 * What a user does goes to one of its parts, and the rest here:
 *
 *   the run                  nudge_document_get_session ()
 *   a step, walked slowly    nudge_document_get_walk ()
 *   a card                   nudge_document_get_cards ()
 *   what is selected         nudge_document_get_selection ()
 *   the log, what repeats    nudge_document_get_lists ()
 *   a lesson                 nudge_document_get_learner ()
 *   the experiment itself    nudge_document_get_edits ()
 *
 * Properties, those marked rw for what a user asks:
 *
 *   "guard"      rw, "shield", "check" or "off"
 *   "pending"    a manual nudge waits for a gradient-free section
 *   "failure"    (nullable) why training stopped by itself, and the ways back
 *   "file"       (GFile) (nullable) which it was saved to last
 *   "unsaved"    something was done that no file has
 *   "notice"     (nullable) what is to be known of the file, for as long as it is open
 *   "expecting"  frames are to come. What shows them calls nudge_document_take_frame ()
 *                and nudge_document_update_words () at each frame of its own meanwhile
 *
 * Signals:
 *
 *   "frame"      there is a newer frame: pictures are drawn anew
 *   "words"      words about it are due, which cannot be read as fast; the lists have just
 *                followed
 *   "landed"     (NnNudge): applied manually, it has just changed weights
 *   "message"    (const char *): to be said once
 *   "why"        (guint64): the account of this step is asked for
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

/* nudge-session.h - a run under way: commands to the engine, frames from it
 *
 * SPDX-License-Identifier: MIT
 *
 * Owns the NnSession and its newest frame: nothing else gives commands to the engine or
 * takes frames of it. Main thread only; the training thread never calls in here. The
 * engine may be Nudge's own or a PyTorch job: nudge_session_can () says what it can do,
 * and views make insensitive what it cannot.
 *
 * Commands return at once, before they are done. A property such as "running" has its new
 * value at once, too, and is corrected by the first frame that has seen every command;
 * nudge_session_is_up_to_date () says whether the newest one has.
 *
 * Properties:
 *
 *   "running"    (boolean) rw
 *   "speed"      (double) rw, steps a second; 0: as fast as possible. At NUDGE_WALK_SPEED
 *                or below the run is walked: each step waits for nudge_session_walk ()
 *   "stop-step"  (guint64) rw, pauses after this step; 0: no step
 *   "stop-loss"  (double) rw, pauses when the loss is this or less; NAN: no loss
 *   "ghost"      (boolean) rw, whether the same run without nudges is trained alongside
 *   "can-undo", "can-redo"  (boolean)
 *
 * Signals:
 *
 *   "commanded"  a command was given, so a frame will come
 *   "did"        (int) before that, if the command changes what the run is: the
 *                NnEventKind of its event, or -1 for undo, redo and reset
 *   "frame"      (NnFrame*) there is a newer frame than this one, which is NULL at first
 *   "kept"       (const char*) the first write to the file of nudge_session_keep_in () was
 *                done, with NULL, or failed, for this reason; then whenever that changes
 */

#pragma once

#include <glib-object.h>

#include "nn/session/nn-session.h"

G_BEGIN_DECLS

#define NUDGE_WALK_SPEED 0.5

/* Callers of nudge_session_carry (), each with quantities of its own. */
#define NUDGE_SESSION_ASKERS   2
#define NUDGE_SESSION_PICTURES 0
#define NUDGE_SESSION_LESSON   1

#define NUDGE_TYPE_SESSION (nudge_session_get_type ())
G_DECLARE_FINAL_TYPE (NudgeSession, nudge_session, NUDGE, SESSION, GObject)

NudgeSession *nudge_session_new (const NnExperiment *experiment,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

NudgeSession *nudge_session_new_resumed (const NnExperiment *experiment,
                                         NnTimeline *timeline) G_GNUC_WARN_UNUSED_RESULT;
NudgeSession *nudge_session_new_of (NnSession *session) G_GNUC_WARN_UNUSED_RESULT;
gboolean nudge_session_can (NudgeSession *self, NnCapability what);
void
nudge_session_keep_in (NudgeSession *self, const char *path, const NnExperiment *named);
void nudge_session_keep_as (NudgeSession *self, const NnExperiment *named);

/* Frames. */
gboolean nudge_session_take_frame (NudgeSession *self);
NnFrame *nudge_session_get_frame (NudgeSession *self);
guint64 nudge_session_get_n_commands (NudgeSession *self);
gboolean nudge_session_is_up_to_date (NudgeSession *self);
gboolean nudge_session_is_settled (NudgeSession *self);
gboolean nudge_session_is_idle (NudgeSession *self);
gboolean nudge_session_has_travelled (NudgeSession *self);

/* Along the run. */
void nudge_session_step (NudgeSession *self);
void nudge_session_walk (NudgeSession *self);
void nudge_session_show_section (NudgeSession *self);
gboolean nudge_session_walks (NudgeSession *self);
void nudge_session_run_to_step (NudgeSession *self, guint64 step, gboolean anew);
void nudge_session_run_to_loss (NudgeSession *self, double loss);
void nudge_session_run_to_epoch (NudgeSession *self);
void nudge_session_reset (NudgeSession *self);
void nudge_session_detach (NudgeSession *self);
void nudge_session_undo (NudgeSession *self);
void nudge_session_redo (NudgeSession *self);
void nudge_session_go_to (NudgeSession *self, guint64 step);

/* Nudges. */
guint64 nudge_session_do (NudgeSession *self, const NnEvent *event);

/* To repeat a part of it. */
void nudge_session_find_start (NudgeSession *self,
                               guint64 step,
                               guint64 before,
                               NnSessionFound found,
                               gpointer data);

/* What frames carry besides the usual. */
void nudge_session_carry (NudgeSession *self, guint asks, NnQuantities quantities);
void nudge_session_score (NudgeSession *self);
void nudge_session_set_layers (NudgeSession *self, gboolean shown);
void nudge_session_watch (NudgeSession *self, gssize index);
void nudge_session_show_sample (NudgeSession *self, const NnSampleChoice *choice);
void nudge_session_open_tensor (NudgeSession *self, const NnTensorChoice *choice);
void nudge_session_set_plane (NudgeSession *self, const NnPlaneChoice *plane);
void nudge_session_ask (NudgeSession *self, guint key, const NnQuestion *question);
void nudge_session_preview (NudgeSession *self, guint key, NnNudge *nudge);
gboolean nudge_session_is_previewing (NudgeSession *self);

G_END_DECLS

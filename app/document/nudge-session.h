/* nudge-session.h - a run, as it is commanded
 *
 * SPDX-License-Identifier: MIT
 *
 * Owns the engine's session and the newest frame of it. Here alone commands are given, and
 * frames taken; both on the main thread. The engine may be Nudge's own or a job that is
 * attached to: nudge_session_can () says what it can do, and views are insensitive where
 * that is not enough for them. What a command will have come to is known before
 * a frame shows it, for the next command may depend on it: whether it runs, and where it is
 * to go.
 *
 * Properties, those marked rw for what a user asks:
 *
 *   "running"    rw; until a frame says what came of it, what was asked
 *   "speed"      rw, steps per second; 0: as fast as possible. At NUDGE_WALK_SPEED or
 *                less a run walks: it takes a step only at nudge_session_walk ()
 *   "stop-step"  rw, pauses after this step; 0: none
 *   "stop-loss"  rw, pauses when the loss falls to this; NAN: none
 *   "ghost"      rw, whether the same run without nudges is trained beside it
 *   "can-undo", "can-redo"
 *
 * Signals:
 *
 *   "commanded"  something was asked, so a frame is due
 *   "did"        (int): and that makes it another run: by an event of this NnEventKind, or
 *                by going back, forth or to its start: -1
 *   "frame"      (NnFrame *previous): there is a newer frame than @previous, which is NULL
 *                at first
 */

#pragma once

#include <glib-object.h>

#include "nn/session/nn-session.h"

G_BEGIN_DECLS

#define NUDGE_WALK_SPEED 0.5

/* Who asks for quantities of the weights: pictures, and a lesson. */
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

/* To do a part of it again. */
void nudge_session_find_start (NudgeSession *self,
                               guint64 step,
                               guint64 before,
                               NnSessionFound found,
                               gpointer data);

/* What frames carry besides. */
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

/* nn-session.h - a run on a thread of its own: commands in, frames out
 *
 * SPDX-License-Identifier: MIT
 *
 * A window's interface to a run. An engine trains on the session's thread: the trainer of
 * this program, or a PyTorch job (nn/attach/nn-job-session.h), which can do less: it
 * ignores the other commands (nn_session_get_capabilities ()). Commands go into a queue,
 * which the engine empties in order between two steps. Frames come out of a slot of one:
 * a new frame replaces one that was not taken.
 *
 * All functions are for one thread, the window's, except nn_session_keep (), which any
 * may call. None waits for training except nn_session_free (), which joins the
 * session's thread.
 */

#pragma once

#include <glib.h>

#include "nn/experiment/nn-event.h"
#include "nn/experiment/nn-experiment.h"
#include "nn/run/nn-timeline.h"
#include "nn/session/nn-frame.h"
#include "nn/whatif/nn-replay.h"

G_BEGIN_DECLS

typedef struct _NnSession NnSession;

/* What not every engine can do. */
typedef enum {
  NN_CAN_TRAVEL = 1 << 0,  /* go back and forth along the run, and reset it */
  NN_CAN_GHOST = 1 << 1,   /* train the same run without nudges beside it */
  NN_CAN_WALK = 1 << 2,    /* show the phases of a step */
  NN_CAN_PACE = 1 << 3,    /* train at a given speed */
  NN_CAN_COMPUTE = 1 << 4, /* forward passes: losses, scores, samples, activation maps */
  NN_CAN_REPEAT = 1 << 5,  /* train a part of the run again, for an account */
  NN_CAN_GUARD = 1 << 6,   /* change the guard */
  NN_CAN_SAVE = 1 << 7,    /* save the whole run as a file, and resume it */
  NN_CAN_ALL = (1 << 8) - 1,
} NnCapability;

typedef guint NnCapabilities;

/* @state: (transfer full). On the session's thread: nn_session_set_keeper (). */
typedef void (*NnSessionKeep) (NnRunState *state, gpointer data);

/* @start: (transfer full) (nullable): a state of @log's run, if one was kept
 * @log: (transfer none) (nullable): NULL if the session was freed before the answer
 *
 * Called once, on the session's thread, which waits for it, or by nn_session_free (). */
typedef void (*NnSessionFound) (NnReplayStart *start, NnLog *log, gpointer data);

NnSession *
nn_session_new (const NnExperiment *experiment, GError **error) G_GNUC_WARN_UNUSED_RESULT;
NnSession *nn_session_new_resumed (const NnExperiment *experiment,
                                   NnTimeline *timeline) G_GNUC_WARN_UNUSED_RESULT;
void nn_session_free (NnSession *self);
NnCapabilities nn_session_get_capabilities (const NnSession *self);

void nn_session_run (NnSession *self);
void nn_session_pause (NnSession *self);
void nn_session_step (NnSession *self);
void nn_session_walk (NnSession *self);
void nn_session_show_section (NnSession *self);
void nn_session_set_walks (NnSession *self, gboolean walks);
void nn_session_run_to_step (NnSession *self, guint64 step);
void nn_session_run_to_loss (NnSession *self, double loss);
void nn_session_run_to_epoch (NnSession *self);
void nn_session_reset (NnSession *self);
void nn_session_set_speed (NnSession *self, double steps_per_second);
void nn_session_set_stop (NnSession *self, guint64 step, double loss);
void nn_session_detach (NnSession *self);
guint64 nn_session_do (NnSession *self, const NnEvent *event);

/* Along the timeline. */
void nn_session_undo (NnSession *self);
void nn_session_redo (NnSession *self);
void nn_session_go_to (NnSession *self, guint64 step);

/* What else frames carry. */
void nn_session_carry (NnSession *self, NnQuantities quantities);
void nn_session_watch (NnSession *self, gssize index);
void nn_session_show_sample (NnSession *self, const NnSampleChoice *choice);
void nn_session_set_plane (NnSession *self, const NnPlaneChoice *plane);
void nn_session_open_tensor (NnSession *self, const NnTensorChoice *choice);
void nn_session_set_ghost (NnSession *self, gboolean shown);
void nn_session_set_layers (NnSession *self, gboolean shown);
void nn_session_preview (NnSession *self, NnNudge *nudge);
void nn_session_score (NnSession *self);
void nn_session_ask (NnSession *self, guint key, const NnQuestion *question);

/* Copies of the whole run, for a file. */
void nn_session_set_keeper (NnSession *self, NnSessionKeep keep, gpointer data);
void nn_session_keep (NnSession *self);

/* A checkpoint, to train a part of the run again. */
void nn_session_find_start (NnSession *self,
                            guint64 step,
                            guint64 before,
                            NnSessionFound found,
                            gpointer data);

guint64 nn_session_get_n_commands (const NnSession *self);
NnFrame *nn_session_take_frame (NnSession *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnSession, nn_session_free)

G_END_DECLS

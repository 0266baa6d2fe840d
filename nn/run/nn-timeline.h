/* nn-timeline.h - a run along which one can go back and forth
 *
 * SPDX-License-Identifier: MIT
 *
 * What a session trains, and what `nudge run` runs. It owns the trainer and the log of
 * the user's events. A position on it is a step and the number of events done by then, as
 * several may follow the same step. Checkpoints of the whole state are kept in bounded
 * memory, dense near the end and sparse towards the beginning (nn-checkpoints.h). Any
 * position is reached by training again from the checkpoint before it, which gives the
 * same bits.
 *
 * After going back, what the run did later is kept, and can be gone forward to, until the
 * run branches off: at a new event, or at a step taken where later events would be
 * passed.
 *
 * The events of an experiment's log are planned from the beginning: they are done as the
 * run passes their steps, until it branches off.
 *
 * No event is lost by that unless it was undone. If there are others after the position,
 * planned or done before, the branch is another run, and the one that is left is kept as
 * it is: undo of what was done there, or of having gone on, returns to it. Without such
 * events only the losses of the branch that is left remain.
 *
 * A reset begins another run, of the experiment as it is by then. Undo of the reset
 * returns to the run before, where undo goes on through its events.
 *
 * Without a budget for checkpoints the run only goes onwards: no undo, and none of
 * its cost.
 *
 * One owner, one thread, no clock. What a getter returns is valid until the next call
 * that is not a getter.
 */

#pragma once

#include "nn/experiment/nn-log.h"
#include "nn/run/nn-run-state.h"
#include "nn/run/nn-trainer.h"

G_BEGIN_DECLS

typedef struct _NnTimeline NnTimeline;

/* bytes that checkpoints may take, usually */
#define NN_TIMELINE_BUDGET (64 * 1024 * 1024)
/* a stride takes at least this long: nn_timeline_get_stride () */
#define NN_TIMELINE_STRIDE_NS 2000000
#define NN_TIMELINE_RUNS      3 /* runs that a reset has left, for undo */
/* runs with coming events that were left for a branch, for undo */
#define NN_TIMELINE_BRANCHES 8

NnTimeline *nn_timeline_new (const NnExperiment *experiment,
                             gsize budget,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
NnTimeline *nn_timeline_new_deviating (const NnExperiment *experiment,
                                       GArray *deviations,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
NnRunState *nn_timeline_save (const NnTimeline *self) G_GNUC_WARN_UNUSED_RESULT;
NnTimeline *nn_timeline_resume (const NnExperiment *experiment,
                                const NnChunks *chunks,
                                gsize budget,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean nn_timeline_resume_left (NnTimeline *self,
                                  const NnExperiment *experiment,
                                  NnPosition fork,
                                  const NnHistoryMark *mark,
                                  const GArray *events);
void nn_timeline_free (NnTimeline *self);
NnTrainer *nn_timeline_get_trainer (const NnTimeline *self);

/* Onwards. */
void nn_timeline_keep_change (NnTimeline *self, gboolean keep);
gboolean nn_timeline_run (NnTimeline *self, guint64 n_steps, GError **error);
gboolean nn_timeline_run_until (NnTimeline *self,
                                guint64 n_steps,
                                const gint *enough,
                                GError **error);
gboolean nn_timeline_step (NnTimeline *self, GError **error);
gboolean nn_timeline_step_watched (NnTimeline *self,
                                   NnPhaseWatch watch,
                                   gpointer data,
                                   GError **error);
gboolean nn_timeline_do (NnTimeline *self, const NnEvent *event, GError **error);
void nn_timeline_reset (NnTimeline *self);
void nn_timeline_score (NnTimeline *self, NnScoreKind kind);

/* Back and forth: undo, redo and go_to set the goal, nn_timeline_travel () goes there. */
void nn_timeline_undo (NnTimeline *self);
void nn_timeline_redo (NnTimeline *self);
void nn_timeline_go_to (NnTimeline *self, guint64 step);
gboolean nn_timeline_is_travelling (const NnTimeline *self);
void nn_timeline_travel (NnTimeline *self, guint64 n_steps);
guint64 nn_timeline_get_stride (const NnTimeline *self);

/* Reading it. */
const NnCheckpoint *nn_timeline_find_checkpoint (const NnTimeline *self, guint64 step);
NnLog *nn_timeline_get_log_for (const NnTimeline *self, guint64 step);

guint64 nn_timeline_get_end (const NnTimeline *self);
gboolean nn_timeline_can_undo (const NnTimeline *self);
gboolean nn_timeline_can_redo (const NnTimeline *self);
NnLog *nn_timeline_get_log (const NnTimeline *self);
NnLog *nn_timeline_get_log_for_file (const NnTimeline *self);
gsize nn_timeline_get_n_unfit (const NnTimeline *self);
gsize nn_timeline_get_n_kept (const NnTimeline *self);
gsize nn_timeline_get_n_ahead (const NnTimeline *self);
NnLog *nn_timeline_get_ahead (const NnTimeline *self, gsize index);
gsize nn_timeline_get_n_planned (const NnTimeline *self);
NnLog *nn_timeline_get_planned (const NnTimeline *self, gsize index);
NnHistory *nn_timeline_get_history (const NnTimeline *self);
const NnScores *nn_timeline_get_scores (const NnTimeline *self, NnScoreKind kind);
const NnBranch *nn_timeline_get_branches (const NnTimeline *self, gsize *n_branches);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnTimeline, nn_timeline_free)

G_END_DECLS

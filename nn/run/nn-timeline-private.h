/* nn-timeline-private.h - a timeline's fields, and what its files call of each other
 *
 * SPDX-License-Identifier: MIT
 *
 * Each file calls only those before it in this list:
 *
 *   nn-timeline-read.c         getters
 *   nn-timeline-checkpoints.c  when a checkpoint is made, and how one is restored
 *   nn-timeline-runs.c         reset, branches, and the return to the run before
 *   nn-timeline-travel.c       undo, redo, go to a step
 *   nn-timeline.c              steps and events; new and free
 *   nn-run-state.c             the whole run to a file and back
 */

#pragma once

#include "nn/run/nn-run.h"
#include "nn/run/nn-timeline.h"

G_BEGIN_DECLS

struct _NnTimeline {
  NnTrainer *trainer; /* (owned) */
  GPtrArray *runs;    /* (owned) (element-type NnRun) see NnRun.is_branch */
  guint present;      /* index of the run shown; later ones can be redone */
  NnRun *run;         /* (not owned) runs[present] */
  gsize budget;       /* bytes, of its checkpoints */

  /* (owned) Of the run's history at the present step. Behind the end it is kept up to
   * date step by step; at the end nn_timeline_get_mark () writes it. */
  NnHistoryMark *mark;

  guint64 spacing;       /* steps from one checkpoint to the next */
  guint64 due;           /* the step at which the next one is made */
  guint64 stride;        /* steps that take some milliseconds */
  gboolean onwards_only; /* there are no checkpoints */
  gboolean keeps_change; /* the trainer records the change of the last step of a call */

  gboolean travels; /* the trainer is on its way to goal */
  NnPosition goal;
};

static inline NnPosition
nn_timeline_get_present (const NnTimeline *self)
{
  return (NnPosition){ nn_trainer_get_n_steps (self->trainer), self->run->n_done };
}

/* What undo and redo count from: while the run travels, where it is going. */
static inline NnPosition
nn_timeline_get_position (const NnTimeline *self)
{
  return self->travels ? self->goal : nn_timeline_get_present (self);
}

static inline gboolean
nn_timeline_has_later_run (const NnTimeline *self)
{
  return self->present + 1 < self->runs->len;
}

/* The history has the step just taken: it was taken before. */
static inline void
nn_timeline_record_old_step (NnTimeline *self)
{
  nn_history_mark_append (self->mark, nn_trainer_get_step_loss (self->trainer));
}

/* A step is faster if its change is not recorded, and only that of the last step of a
 * call can be read. */
static inline void
nn_timeline_set_last (NnTimeline *self, gboolean last)
{
  if (self->keeps_change)
    nn_trainer_keep_change (self->trainer, last);
}

/* nn-timeline-checkpoints.c */
const NnHistoryMark *nn_timeline_get_mark (const NnTimeline *self);
void nn_timeline_choose_spacing (NnTimeline *self);
void nn_timeline_schedule_checkpoint (NnTimeline *self);
void nn_timeline_keep_state (NnTimeline *self);
void nn_timeline_restore (NnTimeline *self, const NnCheckpoint *checkpoint);

/* nn-timeline-runs.c */
void nn_timeline_begin_run (NnTimeline *self);
void nn_timeline_begin_here (NnTimeline *self);
void nn_timeline_forget_later_runs (NnTimeline *self);
void nn_timeline_branch_off (NnTimeline *self);
void nn_timeline_return_to_run (NnTimeline *self, guint index);

/* nn-timeline-travel.c */
void nn_timeline_count_event (NnTimeline *self, const NnEvent *event);
gboolean nn_timeline_do_next_event (NnTimeline *self, GError **error);

/* nn-timeline.c */
NnTimeline *nn_timeline_new_idle (const NnExperiment *experiment,
                                  GArray *deviations,
                                  gsize budget,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

/* nn-timeline-checkpoints.c - when a timeline makes a checkpoint, and how it restores one
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/run/nn-timeline-private.h"

/**
 * nn_timeline_get_mark:
 *
 * Returns: (transfer none): of the run's history at the present step; valid until the
 *   next step
 */
const NnHistoryMark *
nn_timeline_get_mark (const NnTimeline *self)
{
  if (nn_trainer_get_n_steps (self->trainer) ==
      nn_history_get_n_steps (self->run->history))
    nn_history_write_mark (self->run->history, self->mark);
  return self->mark;
}

/* A checkpoint costs FIXED_NS and copies BYTES_PER_NS bytes in a nanosecond; a step costs
 * at least STEP_NS and does WORK_PER_NS multiplications in a nanosecond. Measured on one
 * machine: on a slower one both are slower, and only their ratio counts. */
#define FIXED_NS     40000
#define BYTES_PER_NS 4
#define STEP_NS      150
#define WORK_PER_NS  64

/* Checkpoints take less than 1/SHARE of the time of the steps between them. */
#define SHARE 100

static gsize
count_examples (const NnTrainer *trainer)
{
  const gsize n = nn_trainer_get_dataset (trainer)->n_training;
  const gsize batch_size = nn_trainer_get_experiment (trainer)->batch_size;

  return batch_size == 0 ? n : MIN (batch_size, n);
}

/**
 * nn_timeline_choose_spacing:
 *
 * Estimates what a step and a checkpoint cost, for the spacing of checkpoints and for the
 * stride. For each value of a network and each example a step computes three products of
 * matrices, one forward and two backward, which are counted as two operations each.
 */
void
nn_timeline_choose_spacing (NnTimeline *self)
{
  g_autoptr (NnTrainerState) state = NULL;
  const guint64 n_values =
      nn_network_get_architecture (nn_trainer_get_network (self->trainer))->n_values;
  const guint64 step_ns =
      STEP_NS + n_values + 6 * n_values * count_examples (self->trainer) / WORK_PER_NS;
  guint64 copy_ns;

  self->stride = 1 + NN_TIMELINE_STRIDE_NS / step_ns;
  if (self->onwards_only)
    return;
  state = nn_trainer_save (self->trainer);
  copy_ns = FIXED_NS + nn_trainer_state_get_size (state) / BYTES_PER_NS;
  self->spacing = 1 + SHARE * copy_ns / step_ns;
}

/**
 * nn_timeline_schedule_checkpoint:
 *
 * The next checkpoint is due a spacing after the last one that is kept.
 */
void
nn_timeline_schedule_checkpoint (NnTimeline *self)
{
  self->due =
      nn_checkpoints_get_last (self->run->checkpoints)->position.step + self->spacing;
}

/**
 * nn_timeline_keep_state:
 *
 * Makes a checkpoint of the present position, unless the run only goes onwards.
 */
void
nn_timeline_keep_state (NnTimeline *self)
{
  if (self->onwards_only)
    return;
  nn_checkpoints_add (self->run->checkpoints, nn_timeline_get_present (self),
                      self->trainer, nn_timeline_get_mark (self));
  nn_timeline_schedule_checkpoint (self);
}

/**
 * nn_timeline_restore:
 * @checkpoint: of the present run
 */
void
nn_timeline_restore (NnTimeline *self, const NnCheckpoint *checkpoint)
{
  nn_trainer_restore (self->trainer, checkpoint->state);
  self->run->n_done = checkpoint->position.n_done;
  nn_history_mark_assign (self->mark, checkpoint->mark);
}

/**
 * nn_timeline_get_stride:
 *
 * Returns: how many steps take some milliseconds, at least 1: an estimate, for a caller
 *   that does a stretch of steps between two looks at its queue or its cancellation
 */
guint64
nn_timeline_get_stride (const NnTimeline *self)
{
  return self->stride;
}

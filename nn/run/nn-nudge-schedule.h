/* nn-nudge-schedule.h - when a run's nudges are applied, and where they landed
 *
 * SPDX-License-Identifier: MIT
 *
 * The list of nudges that repeat, in the order they run, and the log of all landings,
 * those of manual nudges too. It finds out which are due, applies them to a run that it
 * knows as a host alone, and notes what came of each. What nudges did within a step that
 * fails is rolled back, to the bit.
 *
 * One owner, the trainer, on its thread. Applying a nudge allocates nothing but its first
 * landing and what says why one is refused.
 */

#pragma once

#include "nn/nudge/nn-apply.h"
#include "nn/run/nn-landing.h"

G_BEGIN_DECLS

typedef struct _NnNudgeSchedule NnNudgeSchedule;

/* One of the nudges that repeat. */
typedef struct {
  NnNudge *nudge; /* (owned) */
  gboolean paused;
  guint64 n_times; /* how often it was applied */
} NnStanding;

/* What the nudges that are not paused ask of every step. */
typedef struct {
  gboolean any;              /* some nudge may be due */
  gboolean every_example;    /* the batch is walked one example at a time */
  gboolean before_backward;  /* there is a section between forward and backward */
  gboolean before_optimizer; /* the values from before the optimizer's step are kept */
} NnNudgeDemands;

/* The run that nudges are applied to. */
typedef struct {
  /* What a nudge at @place of @step works on. */
  NnNudgeContext (*get_context) (gpointer run, NnPlace place, guint64 step);
  /* The loss of the present weights on what is trained on at @place. */
  double (*evaluate) (gpointer run, NnPlace place);
} NnNudgeHost;

NnNudgeSchedule *nn_nudge_schedule_new (const NnNudgeHost *host,
                                        gpointer run,
                                        gsize n_values) G_GNUC_WARN_UNUSED_RESULT;
NnNudgeSchedule *
nn_nudge_schedule_copy (const NnNudgeSchedule *self) G_GNUC_WARN_UNUSED_RESULT;
void nn_nudge_schedule_assign (NnNudgeSchedule *self, const NnNudgeSchedule *from);
void nn_nudge_schedule_reset (NnNudgeSchedule *self);
void nn_nudge_schedule_free (NnNudgeSchedule *self);

/* The list. */
gsize nn_nudge_schedule_get_n (const NnNudgeSchedule *self);
const NnStanding *nn_nudge_schedule_get (const NnNudgeSchedule *self, gsize index);
void nn_nudge_schedule_insert (NnNudgeSchedule *self, NnNudge *nudge, gsize index);
void nn_nudge_schedule_replace (NnNudgeSchedule *self, NnNudge *nudge, gsize index);
void nn_nudge_schedule_remove (NnNudgeSchedule *self, gsize index);
void nn_nudge_schedule_set_paused (NnNudgeSchedule *self, gsize index, gboolean paused);
void nn_nudge_schedule_move (NnNudgeSchedule *self, gsize index, gsize to);
const NnNudgeDemands *nn_nudge_schedule_get_demands (const NnNudgeSchedule *self);

/* Landings. */
void nn_nudge_schedule_apply_due (NnNudgeSchedule *self, const NnMoment *moment);
const NnLanding *
nn_nudge_schedule_apply (NnNudgeSchedule *self, NnNudge *nudge, guint64 step);
void nn_nudge_schedule_roll_back (NnNudgeSchedule *self, guint64 step);
void nn_nudge_schedule_measure_next (NnNudgeSchedule *self);
const NnLanding *
nn_nudge_schedule_get_landings (const NnNudgeSchedule *self, gsize *n_landings);
gsize nn_nudge_schedule_get_size (const NnNudgeSchedule *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnNudgeSchedule, nn_nudge_schedule_free)

G_END_DECLS

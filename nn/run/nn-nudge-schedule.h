/* nn-nudge-schedule.h - when a run's nudges are applied, and their landings
 *
 * SPDX-License-Identifier: MIT
 *
 * The list of repeating nudges, in the order they run, each with an id that no other ever
 * has; and the landings of all nudges, one-off ones too. It finds out which are due,
 * applies them to a run that it knows only by NnNudgeHost, and records the outcome. What
 * nudges did within a step that fails is rolled back, to the bit.
 *
 * One owner, the trainer, on its thread. Applying a nudge allocates nothing but its first
 * landing and the message of a refusal.
 */

#pragma once

#include "nn/files/nn-pack.h"
#include "nn/nudge/nn-apply.h"
#include "nn/run/nn-deviation.h"
#include "nn/run/nn-landing.h"
#include "nn/run/nn-standing.h"

G_BEGIN_DECLS

typedef struct _NnNudgeSchedule NnNudgeSchedule;

/* What the nudges that are not paused need in every step. */
typedef struct {
  gboolean any;              /* some nudge may be due */
  gboolean at_start;         /* some nudge is due before the first step */
  gboolean every_example;    /* the mini-batch is processed one example at a time */
  gboolean before_backward;  /* there is a section between forward and backward */
  gboolean before_optimizer; /* the values from before the optimizer's step are kept */
} NnNudgeDemands;

/* The run that nudges are applied to. */
typedef struct {
  /* What a nudge reads and changes in a section of @kind, in @step. */
  NnNudgeContext (*get_context) (gpointer run, NnSectionKind kind, guint64 step);
  /* The loss of the present weights on the examples of that section. */
  double (*evaluate) (gpointer run, NnSectionKind kind);
} NnNudgeHost;

NnNudgeSchedule *
nn_nudge_schedule_new (const NnNudgeHost *host, gpointer run) G_GNUC_WARN_UNUSED_RESULT;
void nn_nudge_schedule_set_deviations (NnNudgeSchedule *self, const GArray *deviations);
void nn_nudge_schedule_set_size (NnNudgeSchedule *self, gsize n_values);
NnNudgeSchedule *
nn_nudge_schedule_copy (const NnNudgeSchedule *self) G_GNUC_WARN_UNUSED_RESULT;
void nn_nudge_schedule_assign (NnNudgeSchedule *self, const NnNudgeSchedule *from);
void nn_nudge_schedule_reset (NnNudgeSchedule *self);
void nn_nudge_schedule_free (NnNudgeSchedule *self);

/* The list. An id that is passed has to be in it, but for nn_nudge_schedule_find (). */
gsize nn_nudge_schedule_get_n (const NnNudgeSchedule *self);
const NnStanding *nn_nudge_schedule_get (const NnNudgeSchedule *self, gsize index);
gssize nn_nudge_schedule_find (const NnNudgeSchedule *self, guint64 id);
guint64 nn_nudge_schedule_get_next_id (const NnNudgeSchedule *self);
void
nn_nudge_schedule_insert (NnNudgeSchedule *self, guint64 id, NnNudge *nudge, gsize index);
void nn_nudge_schedule_replace (NnNudgeSchedule *self, guint64 id, NnNudge *nudge);
void nn_nudge_schedule_follow (NnNudgeSchedule *self, guint64 id, NnNudge *nudge);
void nn_nudge_schedule_remove (NnNudgeSchedule *self, guint64 id);
void nn_nudge_schedule_set_paused (NnNudgeSchedule *self, guint64 id, gboolean paused);
void nn_nudge_schedule_move (NnNudgeSchedule *self, guint64 id, gsize to);
const NnNudgeDemands *nn_nudge_schedule_get_demands (const NnNudgeSchedule *self);

/* Landings. */
void nn_nudge_schedule_apply_due (NnNudgeSchedule *self, const NnSection *section);
const NnLanding *nn_nudge_schedule_apply (NnNudgeSchedule *self,
                                          NnNudge *nudge,
                                          guint64 step,
                                          guint64 number);
void nn_nudge_schedule_roll_back (NnNudgeSchedule *self, guint64 step);
void nn_nudge_schedule_measure_next (NnNudgeSchedule *self);
const NnLanding *
nn_nudge_schedule_get_landings (const NnNudgeSchedule *self, gsize *n_landings);
guint64 nn_nudge_schedule_get_n_news (const NnNudgeSchedule *self);
gsize nn_nudge_schedule_get_size (const NnNudgeSchedule *self);

/* For a checkpoint file: counts, pauses and landings; the nudges are in the log. */
void nn_nudge_schedule_pack (const NnNudgeSchedule *self, GByteArray *bytes);
gboolean nn_nudge_schedule_unpack (NnNudgeSchedule *self,
                                   NnUnpack *bytes,
                                   guint64 most_landed,
                                   guint64 n_steps);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnNudgeSchedule, nn_nudge_schedule_free)

G_END_DECLS

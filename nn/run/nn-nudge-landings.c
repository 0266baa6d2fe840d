/* nn-nudge-landings.c - a schedule's nudges are applied, and the log says what came of it
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/run/nn-nudge-schedule-private.h"

#include <math.h>


/* ---- the log ----------------------------------------------------------------------- */

static gboolean
still_grows (const NnNudgeSchedule *self, gssize index)
{
  for (guint i = 0; i < self->entries->len; i++)
    if (g_array_index (self->entries, NnScheduleEntry, i).landing == index)
      return TRUE;
  return FALSE;
}

static void
remove_landing (NnNudgeSchedule *self, gssize index)
{
  g_array_remove_index (self->landings, (guint) index);
  for (guint i = 0; i < self->entries->len; i++) {
    NnScheduleEntry *entry = &g_array_index (self->entries, NnScheduleEntry, i);

    if (entry->landing > index)
      entry->landing--;
  }
}

/* Forgets the oldest landing, but none of a nudge that still repeats. */
static void
forget_oldest (NnNudgeSchedule *self)
{
  gssize oldest = 0;

  while (oldest < (gssize) self->landings->len && still_grows (self, oldest))
    oldest++;
  if (oldest < (gssize) self->landings->len)
    remove_landing (self, oldest);
}

static NnLanding *
append_landing (NnNudgeSchedule *self, NnNudge *nudge, gboolean repeats, guint64 step)
{
  const NnLanding landing = {
    .serial = self->n_landed++,
    .nudge = nn_nudge_ref (nudge),
    .standing = repeats,
    .first = step,
    .measured = step,
    .change = NAN,
    .loss_before = NAN,
    .loss_after = NAN,
  };

  if (self->landings->len >= NN_LANDING_MOST)
    forget_oldest (self);
  g_array_append_val (self->landings, landing);
  return &g_array_index (self->landings, NnLanding, self->landings->len - 1);
}

/* ---- one nudge --------------------------------------------------------------------- */

/* Writes one application of its nudge into @landing; the weights change or not. Of several
 * in a step, one that is refused is not made up for by the next. */
static void
land (NnNudgeSchedule *self,
      NnLanding *landing,
      const NnNudgeContext *context,
      double *change)
{
  g_autoptr (GError) error = NULL;

  if (landing->last != context->step)
    g_clear_pointer (&landing->refusal, g_free);
  landing->last = context->step;
  if (nn_nudge_apply (landing->nudge, context, change, &error)) {
    landing->n_times++;
    return;
  }
  g_free (landing->refusal);
  landing->refusal = g_strdup (error->message);
}

/* The same, and what it comes to. No bit of the run depends on whether that is measured. */
static void
land_measured (NnNudgeSchedule *self,
               NnLanding *landing,
               NnPlace place,
               const NnNudgeContext *context)
{
  landing->measured = context->step;
  landing->change = 0;
  landing->loss_before = self->host->evaluate (self->run, place);
  land (self, landing, context, &landing->change);
  landing->loss_after =
      landing->refusal ? landing->loss_before : self->host->evaluate (self->run, place);
}

/* Before a nudge is applied within a step, which may fail later on; at its first time. */
static void
keep_landing (NnScheduleEntry *entry, NnLanding *landing, guint64 step, gboolean fresh)
{
  if (entry->kept_step == step)
    return;
  g_free (entry->kept.refusal);
  entry->kept = *landing;
  landing->refusal = NULL;
  entry->kept_fresh = fresh;
  entry->kept_times = entry->standing.n_times;
  entry->kept_step = step;
}

static void
apply_entry (NnNudgeSchedule *self, NnScheduleEntry *entry, const NnMoment *moment)
{
  const NnNudgeContext context =
      self->host->get_context (self->run, moment->place, moment->step);
  const gboolean fresh = entry->landing < 0;
  NnLanding *landing;
  guint64 n_before;

  if (fresh) {
    append_landing (self, entry->standing.nudge, TRUE, moment->step);
    entry->landing = (gssize) self->landings->len - 1;
  }
  landing = &g_array_index (self->landings, NnLanding, entry->landing);
  n_before = landing->n_times;
  if (moment->place != NN_PLACE_SECTION) {
    nn_rollback_keep (self->rollback, moment->step, landing->nudge, &context);
    keep_landing (entry, landing, moment->step, fresh);
  }
  if (entry->measure || fresh)
    land_measured (self, landing, moment->place, &context);
  else
    land (self, landing, &context, NULL);
  entry->measure = FALSE;
  entry->standing.n_times += landing->n_times - n_before;
}

/* ---- steps ------------------------------------------------------------------------- */

/**
 * nn_nudge_schedule_apply_due:
 *
 * Applies the nudges of the list that are due, in their order.
 */
void
nn_nudge_schedule_apply_due (NnNudgeSchedule *self, const NnMoment *moment)
{
  for (guint i = 0; i < self->entries->len; i++) {
    NnScheduleEntry *entry = &g_array_index (self->entries, NnScheduleEntry, i);

    if (!entry->standing.paused && nn_nudge_is_due (entry->standing.nudge, moment))
      apply_entry (self, entry, moment);
  }
}

/**
 * nn_nudge_schedule_apply:
 * @nudge: applied once, whatever its WHEN
 * @step: the one just taken
 *
 * Between steps.
 *
 * Returns: (transfer none): what came of it, until the next change
 */
const NnLanding *
nn_nudge_schedule_apply (NnNudgeSchedule *self, NnNudge *nudge, guint64 step)
{
  const NnNudgeContext context =
      self->host->get_context (self->run, NN_PLACE_SECTION, step);
  NnLanding *landing = append_landing (self, nudge, FALSE, step);

  land_measured (self, landing, NN_PLACE_SECTION, &context);
  return landing;
}

static void
roll_back_landing (NnNudgeSchedule *self, NnScheduleEntry *entry)
{
  NnLanding *landing = &g_array_index (self->landings, NnLanding, entry->landing);

  g_free (landing->refusal);
  landing->refusal = NULL;
  entry->kept_step = 0;
  entry->standing.n_times = entry->kept_times;
  if (entry->kept_fresh) {
    remove_landing (self, entry->landing);
    entry->landing = -1;
    self->n_landed--;
  } else {
    *landing = entry->kept;
    entry->kept.refusal = NULL;
  }
}

/**
 * nn_nudge_schedule_roll_back:
 * @step: the one that was under way and has failed
 *
 * Nothing that nudges did within it has happened: weights, the nudges' random numbers,
 * the optimizer's memory and the log are as before.
 */
void
nn_nudge_schedule_roll_back (NnNudgeSchedule *self, guint64 step)
{
  const NnNudgeContext context = self->host->get_context (self->run, NN_PLACE_GAP, step);

  for (guint i = 0; i < self->entries->len; i++) {
    NnScheduleEntry *entry = &g_array_index (self->entries, NnScheduleEntry, i);

    if (entry->kept_step == step)
      roll_back_landing (self, entry);
  }
  nn_rollback_restore (self->rollback, step, &context);
}

/**
 * nn_nudge_schedule_measure_next:
 *
 * Has the norm of the change and both losses computed the next time each nudge of the
 * list is applied. It costs two forward passes a nudge and changes no bit of the run.
 */
void
nn_nudge_schedule_measure_next (NnNudgeSchedule *self)
{
  for (guint i = 0; i < self->entries->len; i++)
    g_array_index (self->entries, NnScheduleEntry, i).measure = TRUE;
}

/**
 * nn_nudge_schedule_get_landings:
 *
 * Returns: (transfer none) (array length=n_landings): the log, oldest first, until the
 *   next change: the newest NN_LANDING_MOST, or those of all nudges that repeat if they
 *   are more
 */
const NnLanding *
nn_nudge_schedule_get_landings (const NnNudgeSchedule *self, gsize *n_landings)
{
  *n_landings = self->landings->len;
  return (const NnLanding *) (const void *) self->landings->data;
}

/* nn-nudge-landings.c - applies a schedule's nudges, and logs their landings
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/run/nn-nudge-schedule-private.h"

#include <math.h>

#include "nn/tensor/nn-grad-mode.h"

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

static void
set_skipped (NnLanding *landing, const char *skipped)
{
  if (landing->skipped == skipped || g_strcmp0 (landing->skipped, skipped) == 0)
    return;
  g_free (landing->skipped);
  landing->skipped = g_strdup (skipped);
}

/* Applies the landing's nudge once, and records it there. Of several times in a step, one
 * that was refused leaves its refusal. @bound: (inout): made at the first time */
static void
land (NnNudgeSchedule *self,
      NnLanding *landing,
      NnBoundNudge **bound,
      const NnNudgeContext *context,
      double *change)
{
  GError *error = NULL;

  if (landing->last != context->step)
    g_clear_pointer (&landing->refusal, g_free);
  landing->last = context->step;
  if (*bound != NULL && !nn_bound_nudge_fits (*bound, context->network))
    g_clear_pointer (bound, nn_bound_nudge_free);
  if (*bound == NULL)
    *bound = nn_bound_nudge_new (landing->nudge,
                                 nn_network_get_architecture (context->network), &error);
  if (*bound != NULL && nn_bound_nudge_apply (*bound, context, change, &error)) {
    set_skipped (landing, nn_bound_nudge_get_skipped (*bound));
    self->n_news += landing->skipped != NULL && landing->n_skipped == 0;
    landing->n_skipped += landing->skipped != NULL;
    landing->n_times++;
    return;
  }
  self->n_news += landing->n_refused == 0;
  landing->n_refused++;
  g_free (landing->refusal);
  landing->refusal = g_strdup (error->message);
  g_error_free (error);
}

/* The same, and measures the effect. No bit of the run depends on whether that
 * is done. */
static void
land_measured (NnNudgeSchedule *self,
               NnLanding *landing,
               NnBoundNudge **bound,
               NnSectionKind kind,
               const NnNudgeContext *context)
{
  landing->measured = context->step;
  landing->change = 0;
  landing->loss_before = self->host->evaluate (self->run, kind);
  land (self, landing, bound, context, &landing->change);
  landing->loss_after =
      landing->refusal ? landing->loss_before : self->host->evaluate (self->run, kind);
}

/* Before the first application within a step, which may fail and be rolled back. */
static void
keep_landing (NnScheduleEntry *entry, NnLanding *landing, guint64 step, gboolean fresh)
{
  if (entry->kept_step == step)
    return;
  g_free (entry->kept.refusal);
  g_free (entry->kept.skipped);
  entry->kept = *landing;
  entry->kept.skipped = g_strdup (landing->skipped);
  landing->refusal = NULL;
  entry->kept_fresh = fresh;
  entry->kept_times = entry->standing.n_times;
  entry->kept_step = step;
}

static void
apply_entry (NnNudgeSchedule *self,
             NnScheduleEntry *entry,
             const NnSection *section,
             const NnNudgeContext *context)
{
  const gboolean fresh = entry->landing < 0;
  NnLanding *landing;
  guint64 n_before;

  if (fresh) {
    append_landing (self, entry->standing.nudge, TRUE, section->step);
    entry->landing = (gssize) self->landings->len - 1;
  }
  landing = &g_array_index (self->landings, NnLanding, entry->landing);
  n_before = landing->n_times;
  if (section->kind != NN_SECTION_AFTER_STEP) {
    nn_rollback_keep (self->rollback, section->step, landing->nudge, context);
    keep_landing (entry, landing, section->step, fresh);
  }
  if (entry->measure || fresh)
    land_measured (self, landing, &entry->bound, section->kind, context);
  else
    land (self, landing, &entry->bound, context, NULL);
  entry->measure = FALSE;
  entry->standing.n_times += landing->n_times - n_before;
}

/* What deviates in this application. @exception: (inout): all zero, or that of another
 * subject, which is added to */
static void
find_exception (const NnNudgeSchedule *self,
                NnSubject subject,
                guint64 number,
                NnNudgeContext *context,
                NnNudgeException *exception)
{
  nn_nudge_exception_clear (exception);
  context->exception = nn_deviations_find_nudge (self->deviations, subject, number,
                                                 context->step, exception)
                           ? exception
                           : NULL;
}

/* ---- steps ------------------------------------------------------------------------- */

static gboolean
is_due (const NnScheduleEntry *entry, const NnSection *section)
{
  return !entry->standing.paused && nn_nudge_is_due (entry->standing.nudge, section);
}

/**
 * nn_nudge_schedule_apply_due:
 *
 * Applies the nudges of the list that are due, in their order.
 */
void
nn_nudge_schedule_apply_due (NnNudgeSchedule *self, const NnSection *section)
{
  g_auto (NnNudgeException) exception = { 0 };
  NnNudgeContext context;
  gboolean has_context = FALSE; /* once for all of them */

  NN_NO_GRAD_FUNCTION ();

  for (guint i = 0; i < self->entries->len; i++) {
    NnScheduleEntry *entry = &g_array_index (self->entries, NnScheduleEntry, i);

    if (!is_due (entry, section))
      continue;
    if (!has_context)
      context = self->host->get_context (self->run, section->kind, section->step);
    has_context = TRUE;
    if (G_UNLIKELY (self->deviations != NULL))
      find_exception (self, NN_SUBJECT_NUDGE, entry->standing.id, &context, &exception);
    apply_entry (self, entry, section, &context);
  }
}

/**
 * nn_nudge_schedule_apply:
 * @nudge: applied once, whatever its WHEN
 * @step: the one just taken
 * @number: of the log's event, from 1; 0: none
 *
 * Between steps.
 *
 * Returns: (transfer none): its landing, valid until the next change
 */
const NnLanding *
nn_nudge_schedule_apply (NnNudgeSchedule *self,
                         NnNudge *nudge,
                         guint64 step,
                         guint64 number)
{
  NnNudgeContext context =
      self->host->get_context (self->run, NN_SECTION_AFTER_STEP, step);
  g_auto (NnNudgeException) exception = { 0 };
  NnLanding *landing = append_landing (self, nudge, FALSE, step);
  g_autoptr (NnBoundNudge) bound = NULL;

  find_exception (self, NN_SUBJECT_EVENT, number, &context, &exception);
  land_measured (self, landing, &bound, NN_SECTION_AFTER_STEP, &context);
  return landing;
}

static void
roll_back_landing (NnNudgeSchedule *self, NnScheduleEntry *entry)
{
  NnLanding *landing = &g_array_index (self->landings, NnLanding, entry->landing);

  g_clear_pointer (&landing->refusal, g_free);
  g_clear_pointer (&landing->skipped, g_free);
  entry->kept_step = 0;
  entry->standing.n_times = entry->kept_times;
  if (entry->kept_fresh) {
    remove_landing (self, entry->landing);
    entry->landing = -1;
    self->n_landed--;
  } else {
    *landing = entry->kept;
    entry->kept.refusal = entry->kept.skipped = NULL;
  }
}

/**
 * nn_nudge_schedule_roll_back:
 * @step: the one that was under way and has failed
 *
 * Undoes what nudges did within it: weights, slow copies, the nudges' random numbers, the
 * optimizer's state and the landings are as before.
 */
void
nn_nudge_schedule_roll_back (NnNudgeSchedule *self, guint64 step)
{
  const NnNudgeContext context =
      self->host->get_context (self->run, NN_SECTION_BEFORE_BACKWARD, step);

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
 * Has the norm of the change and both losses computed the next time each repeating nudge
 * is applied. It costs two forward passes a nudge and changes no bit of the run.
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
 * Returns: (transfer none) (array length=n_landings): the newest NN_LANDING_MOST, and
 *   those of all nudges that still repeat; oldest first; valid until the next change
 */
const NnLanding *
nn_nudge_schedule_get_landings (const NnNudgeSchedule *self, gsize *n_landings)
{
  *n_landings = self->landings->len;
  return (const NnLanding *) (const void *) self->landings->data;
}

/**
 * nn_nudge_schedule_get_n_news:
 *
 * Returns: a number that grows whenever a landing is refused, or skips a part of its
 *   target, for the first time
 */
guint64
nn_nudge_schedule_get_n_news (const NnNudgeSchedule *self)
{
  return self->n_news;
}

/* nn-account.c - why did the loss jump? The exact account of a step
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/whatif/nn-account.h"

#include <math.h>

#include "nn/whatif/nn-account-private.h"

static void
part_clear (gpointer data)
{
  NnAccountPart *self = data;

  nn_deviation_clear (&self->deviation);
  g_clear_pointer (&self->nudge, nn_nudge_unref);
  nn_event_clear (&self->event);
  g_free (self->failure);
}

void
nn_account_free (NnAccount *self)
{
  for (gsize i = 0; i < self->n_parts; i++)
    part_clear (&self->parts[i]);
  g_free (self->parts);
  g_free (self->failure);
  g_free (self);
}

/**
 * nn_account_get_first_step:
 *
 * Returns: the step at or before which nn_account_new ()'s start has to be, so that all
 *   candidates of @step can be run without
 */
guint64
nn_account_get_first_step (guint64 step)
{
  return step > NN_ACCOUNT_REACH ? step - NN_ACCOUNT_REACH - 1 : 0;
}

/* A guess at the number of candidates, before they are known. */
#define USUAL_RUNS 8

/**
 * nn_account_guess_n_steps:
 *
 * Returns: about how many steps an account of @step trains in all its runs, if it starts
 *   at step 0
 */
guint64
nn_account_guess_n_steps (guint64 step)
{
  return step + USUAL_RUNS * NN_ACCOUNT_REACH;
}

static gboolean
has_event (const NnExperiment *experiment, guint64 step)
{
  for (guint i = 0; i < experiment->events->len; i++)
    if (g_array_index (experiment->events, NnEvent, i).step == step)
      return TRUE;
  return FALSE;
}

/**
 * nn_account_find_step:
 * @step: where a curve of losses jumps
 *
 * A step's loss is that of its forward pass, so what was done after a step shows in the
 * loss of the next one.
 *
 * Returns: the step before, if the log has something there and nothing after @step; else
 *   @step
 */
guint64
nn_account_find_step (const NnExperiment *experiment, guint64 step)
{
  return step > 0 && !has_event (experiment, step) && has_event (experiment, step - 1)
             ? step - 1
             : step;
}

/**
 * nn_account_find_part:
 *
 * Returns: (transfer none) (nullable): the first one of @kind
 */
const NnAccountPart *
nn_account_find_part (const NnAccount *self, NnAccountKind kind)
{
  for (gsize i = 0; i < self->n_parts; i++)
    if (self->parts[i].kind == kind)
      return &self->parts[i];
  return NULL;
}

/**
 * nn_account_counts:
 *
 * Returns: whether @part's share is subtracted for the interaction. A parameter's is not,
 *   being in its nudge's share, nor the batch's where something landed, being in
 *   training's own
 */
gboolean
nn_account_counts (const NnAccount *self, const NnAccountPart *part)
{
  return part->kind != NN_ACCOUNT_PARAMETER &&
         !(self->landed && part->kind == NN_ACCOUNT_BATCH);
}

/* ---- its runs ---------------------------------------------------------------------- */

/* Goes to before the step, and saves the state there and, on the way, the one before the
 * edit that may be a candidate. */
static gboolean
approach (NnAccountWork *work, const NnReplayStart *start, GError **error)
{
  const gssize index = nn_account_find_edit (work);
  const guint64 edit_step =
      index >= 0 ? g_array_index (work->experiment->events, NnEvent, index).step : 0;
  const guint64 first = nn_replay_start_get_step (start);

  if (!nn_replay_begin (work->replay, start, NULL, error))
    return FALSE;
  work->n_in_all = nn_account_guess_n_steps (work->step - MIN (first, work->step));
  if (edit_step > first) {
    if (!nn_account_advance (work, edit_step - 1, error))
      return FALSE;
    nn_replay_save (work->replay, &work->before_edit);
  }
  if (work->step == 0)
    return TRUE;
  if (!nn_account_advance (work, work->step - 1, error))
    return FALSE;
  nn_replay_save (work->replay, &work->before);
  return TRUE;
}

/* Where the run without @part begins. */
static const NnReplayStart *
find_start (const NnAccountWork *work, const NnAccountPart *part)
{
  return part->step < work->step ? &work->before_edit : &work->before;
}

static gboolean
run_without (NnAccountWork *work,
             NnAccountPart *part,
             const double *losses,
             GError **error)
{
  g_autoptr (GArray) deviations = nn_deviations_new ();

  nn_deviations_append (deviations, &part->deviation);
  if (!nn_account_run (work, find_start (work, part), deviations, part->losses,
                       part->curve, &part->failure, error))
    return FALSE;
  for (gsize i = 0; i < NN_ACCOUNT_HORIZONS; i++)
    part->shares[i] = losses[i] - part->losses[i];
  return TRUE;
}

/* The run without anything that landed. */
static gboolean
run_course (NnAccountWork *work, NnAccount *account, GError **error)
{
  g_autoptr (GArray) deviations = nn_deviations_new ();
  g_autofree char *failure = NULL;

  for (gsize i = 0; i < account->n_parts; i++)
    if (account->parts[i].kind == NN_ACCOUNT_NUDGE ||
        account->parts[i].kind == NN_ACCOUNT_EVENT)
      nn_deviations_append (deviations, &account->parts[i].deviation);
  if (!nn_account_run (work, &work->before, deviations, account->course,
                       account->course_curve, &failure, error))
    return FALSE;
  if (work->step == 0)
    account->before = account->course[0];
  for (gsize i = 0; i < NN_ACCOUNT_HORIZONS; i++)
    account->course[i] -= account->before;
  return TRUE;
}

static void
finish (NnAccount *account)
{
  for (gsize i = 0; i < NN_ACCOUNT_HORIZONS; i++) {
    double rest;

    account->changes[i] = account->losses[i] - account->before;
    rest = account->changes[i] - (account->landed ? account->course[i] : 0);
    if (!account->landed)
      account->course[i] = NAN;
    for (gsize k = 0; k < account->n_parts; k++)
      if (nn_account_counts (account, &account->parts[k]))
        rest -= account->parts[k].shares[i];
    account->interaction[i] = rest;
  }
}

static gboolean
run_all (NnAccountWork *work, NnAccount *account, GError **error)
{
  if (!nn_account_take_step (work, account, error))
    return FALSE;
  work->n_in_all = work->n_taken + (2 + account->n_parts) * NN_ACCOUNT_REACH;
  if (!nn_account_run_on (work, TRUE, account->losses, account->curve, &account->failure,
                          error))
    return FALSE;
  for (gsize i = 0; i < account->n_parts; i++)
    if (!run_without (work, &account->parts[i], account->losses, error))
      return FALSE;
  if ((account->landed || work->step == 0) && !run_course (work, account, error))
    return FALSE;
  finish (account);
  return TRUE;
}

/**
 * nn_account_new:
 * @experiment: the run's, with its log; passes nn_experiment_check ()
 * @start: (nullable): a saved state of the run at or before nn_account_get_first_step ();
 *   NULL: the run is done again from step 0
 * @step: the one to account for, with the events after it
 * @progress: (nullable): is called at each step, and can cancel
 *
 * Trains NN_ACCOUNT_REACH steps for each candidate, for the run as it was and for the one
 * without anything that landed.
 *
 * Returns: (nullable): NULL with NN_ERROR_CANCELLED, or if the run ends before @step or
 *   in it, as nn_trainer_step () says, or cannot be made, as nn_trainer_new () says
 */
NnAccount *
nn_account_new (NnExperiment *experiment,
                const NnReplayStart *start,
                guint64 step,
                const NnProgress *progress,
                GError **error)
{
  static const NnReplayStart beginning = { 0 };
  g_auto (NnAccountWork) work = { .experiment = experiment,
                                  .replay = nn_replay_new (experiment),
                                  .step = step,
                                  .progress = progress };
  g_autoptr (NnAccount) account = g_new0 (NnAccount, 1);

  account->step = step;
  for (gsize i = 0; i <= NN_ACCOUNT_REACH; i++)
    account->course_curve[i] = (float) NAN;
  if (!approach (&work, start ? start : &beginning, error) ||
      !run_all (&work, account, error))
    return NULL;
  return g_steal_pointer (&account);
}

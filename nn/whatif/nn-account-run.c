/* nn-account-run.c - the runs that an account is made of
 *
 * SPDX-License-Identifier: MIT
 */

#include <math.h>

#include "nn/base/nn-error.h"
#include "nn/whatif/nn-account-private.h"

static const guint64 horizons[NN_ACCOUNT_HORIZONS] = { 0, 1, 10, NN_ACCOUNT_REACH };

/**
 * nn_account_get_horizon:
 *
 * Returns: how many steps after the account's the losses at @index are: 0, 1, 10 or 100
 */
guint64
nn_account_get_horizon (gsize index)
{
  g_return_val_if_fail (index < NN_ACCOUNT_HORIZONS, 0);

  return horizons[index];
}

void
nn_account_work_clear (NnAccountWork *self)
{
  nn_replay_start_clear (&self->before);
  nn_replay_start_clear (&self->before_edit);
  g_clear_pointer (&self->replay, nn_replay_free);
}

/* n_in_all is a guess that may grow: progress never goes back. */
static gboolean
report (NnAccountWork *self, GError **error)
{
  const double fraction = (double) ++self->n_taken / (double) self->n_in_all;

  self->reported = CLAMP (fraction, self->reported, 1);
  return nn_progress_report (self->progress, self->reported, error);
}

/**
 * nn_account_advance:
 *
 * Trains until after @step and the log's events there.
 *
 * Returns: FALSE if the run ends before that, or with NN_ERROR_CANCELLED
 */
gboolean
nn_account_advance (NnAccountWork *self, guint64 step, GError **error)
{
  if (!nn_replay_follow_log (self->replay, error))
    return FALSE;
  while (nn_replay_get_step (self->replay) < step)
    if (!nn_replay_train (self->replay, error) ||
        !nn_replay_follow_log (self->replay, error) || !report (self, error))
      return FALSE;
  return TRUE;
}

/* Trains until after @step, unless the run ends before: then @failure says why. Returns:
 * FALSE if it is cancelled */
static gboolean
try_to_advance (NnAccountWork *self, guint64 step, char **failure, GError **error)
{
  GError *ended = NULL;

  if (nn_account_advance (self, step, &ended))
    return TRUE;
  if (g_error_matches (ended, NN_ERROR, NN_ERROR_CANCELLED)) {
    g_propagate_error (error, ended);
    return FALSE;
  }
  *failure = g_strdup (ended->message);
  g_error_free (ended);
  return TRUE;
}

/**
 * nn_account_run_on:
 * @is_at_step: the run is at the account's step already
 * @losses: (out) (array fixed-size=NN_ACCOUNT_HORIZONS): over all training examples; NAN
 *   from where the run has ended
 * @curve: (out) (array fixed-size=NN_ACCOUNT_REACH+1): of the mini-batches; likewise
 * @failure: (out) (transfer full) (nullable): why it has ended
 *
 * Trains to NN_ACCOUNT_REACH steps after the account's.
 *
 * Returns: FALSE with NN_ERROR_CANCELLED
 */
gboolean
nn_account_run_on (NnAccountWork *self,
                   gboolean is_at_step,
                   double *losses,
                   float *curve,
                   char **failure,
                   GError **error)
{
  gsize horizon = 0;

  *failure = NULL;
  for (guint64 i = 0; i <= NN_ACCOUNT_REACH; i++) {
    const gboolean done = i == 0 && is_at_step;

    if (*failure == NULL && !done &&
        !try_to_advance (self, self->step + i, failure, error))
      return FALSE;
    curve[i] = *failure ? (float) NAN
                        : nn_trainer_get_step_loss (nn_replay_get_trainer (self->replay));
    if (i != horizons[horizon])
      continue;
    losses[horizon] = NAN;
    if (*failure == NULL)
      losses[horizon] =
          (double) nn_trainer_evaluate_training (nn_replay_get_trainer (self->replay));
    horizon++;
  }
  return TRUE;
}

/**
 * nn_account_run:
 * @start: at or before the account's step
 * @deviations: (element-type NnDeviation)
 *
 * As nn_account_run_on (), from @start and with @deviations.
 *
 * Returns: FALSE with NN_ERROR_CANCELLED, or as nn_replay_begin ()
 */
gboolean
nn_account_run (NnAccountWork *self,
                const NnReplayStart *start,
                GArray *deviations,
                double *losses,
                float *curve,
                char **failure,
                GError **error)
{
  return nn_replay_begin (self->replay, start, deviations, error) &&
         nn_account_run_on (self, FALSE, losses, curve, failure, error);
}

/* nn-account-private.h - while an account is made
 *
 * SPDX-License-Identifier: MIT
 *
 * For its three files: nn-account-run.c trains, nn-account-step.c takes the step itself
 * and finds the candidates, nn-account.c runs without each of them and adds up.
 */

#pragma once

#include "nn/whatif/nn-account.h"

G_BEGIN_DECLS

typedef struct {
  NnExperiment *experiment; /* (not owned) */
  NnReplay *replay;         /* (owned) */
  guint64 step;
  NnReplayStart before; /* (owned) the state after the step before */
  /* (owned) the one before the edit of nn_account_find_edit () */
  NnReplayStart before_edit;

  const NnProgress *progress; /* (nullable) */
  guint64 n_taken;            /* steps trained */
  guint64 n_in_all;           /* an estimate of all of them */
  double reported;            /* of the progress, 0 to 1 */
} NnAccountWork;

/* nn-account-run.c */
void nn_account_work_clear (NnAccountWork *self);
gboolean nn_account_advance (NnAccountWork *self, guint64 step, GError **error);
gboolean nn_account_run (NnAccountWork *self,
                         const NnReplayStart *start,
                         GArray *deviations,
                         double *losses,
                         float *curve,
                         char **failure,
                         GError **error);
gboolean nn_account_run_on (NnAccountWork *self,
                            gboolean is_at_step,
                            double *losses,
                            float *curve,
                            char **failure,
                            GError **error);

/* nn-account-step.c */
gssize nn_account_find_edit (const NnAccountWork *work);
gboolean nn_account_take_step (NnAccountWork *work, NnAccount *account, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NnAccountWork, nn_account_work_clear)

G_END_DECLS

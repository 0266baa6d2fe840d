/* nn-account-private.h - while an account is made
 *
 * SPDX-License-Identifier: MIT
 *
 * For its two files: nn-account-run.c does the runs, nn-account.c finds the suspects and
 * says what they come to.
 */

#pragma once

#include "nn/whatif/nn-account.h"

G_BEGIN_DECLS

typedef struct {
  NnExperiment *experiment; /* (not owned) */
  NnReplay *replay;         /* (owned) */
  guint64 step;
  NnReplayStart before;      /* (owned) after the step before … */
  NnReplayStart before_edit; /* (owned) … and before the edit not long before */

  const NnProgress *progress; /* (nullable) */
  guint64 n_taken;            /* steps */
  guint64 n_in_all;           /* about */
  double reported;            /* 0 to 1 */
} NnAccountWork;

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

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NnAccountWork, nn_account_work_clear)

G_END_DECLS

/* nudge-job.h - a PyTorch job that can be attached to
 *
 * SPDX-License-Identifier: MIT
 *
 * As it was when the job answered. A plain value with one owner.
 */

#pragma once

#include "nn/attach/nn-job.h"

G_BEGIN_DECLS

typedef struct {
  char *path;   /* (owned) of its socket */
  char *script; /* (owned) "train.py" */
  char *torch;  /* (owned) PyTorch's version */
  gint64 pid;
  gint64 n_ranks;
  gint64 step;
  gboolean paused;
  double started;       /* seconds since 1970; 0: not known */
  char *optimizers;     /* (owned) (nullable) "Adam, lr 0.003"; known once attached */
  guint64 n_parameters; /* values of all of them; likewise */
} NudgeJob;

NudgeJob *nudge_job_new (const char *path, const NnJobFacts *facts);
void nudge_job_free (NudgeJob *self);
gboolean nudge_job_is_again (const NudgeJob *self, const NudgeJob *other);
char *nudge_job_dup_since (const NudgeJob *self);
char *nudge_job_dup_words (const NudgeJob *self, gboolean with_step);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NudgeJob, nudge_job_free)

G_END_DECLS

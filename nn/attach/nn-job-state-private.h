/* nn-job-state-private.h - the inside of what is known of a job's run
 *
 * SPDX-License-Identifier: MIT
 *
 * For its two files: nn-job-state.c follows what the job tells, -frame makes frames of it.
 */

#pragma once

#include "nn/attach/nn-job-state.h"
#include "nn/attach/nn-job-tensors.h"
#include "nn/attach/nn-job-values.h"
#include "nn/session/nn-past.h"

G_BEGIN_DECLS

struct _NnJobState {
  NnJobModel *model;     /* (owned) */
  NnJobValues *values;   /* (owned) (nullable) of a chain */
  NnJobTensors *tensors; /* (owned) (nullable) of what is none */
  NnHistory *history;    /* (owned) */
  NnPast *past;          /* (owned) of the values */
  guint64 step;
  double loss;
  gboolean paused;
  gboolean ended;
  char *end; /* (owned) (nullable) why the job is there no more; NULL: it was left */
  GArray *landings;   /* (owned) (element-type NnLanding) oldest first */
  guint64 n_landings; /* those that are forgotten, too */
  GPtrArray
      *undoable;    /* (owned) (element-type NnNudge) whose newest time the job can take
                        * back, the last one first */
  GArray *standing; /* (owned) (element-type NnJobStanding) */
  guint64 next_id;  /* of one that stands */
  NnQuantities quantities;
  NnNudge *preview; /* (owned) (nullable) */
  char *note;       /* (owned) (nullable) what is to be said of the newest deed */
  char *refusal;    /* (owned) (nullable) why the newest deed was not done */
};

G_END_DECLS

/* nn-job-state-private.h - the fields of an NnJobState
 *
 * SPDX-License-Identifier: MIT
 *
 * For its three files: nn-job-state.c reads the job's messages, nn-job-state-standing.c
 * has the nudges that the job repeats, and nn-job-state-frame.c makes frames.
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
  NnJobTensors *tensors; /* (owned) (nullable) of a model that is not a chain */
  NnHistory *history;    /* (owned) */
  NnPast *past;          /* (owned) of the values */
  guint64 step;
  double loss;
  gboolean paused;
  gboolean ended;
  char *end;          /* (owned) (nullable) the error that ended the connection */
  GArray *landings;   /* (owned) (element-type NnLanding) oldest first */
  guint64 n_landings; /* so far, including those that were dropped */
  /* (owned) (element-type NnNudge) What the job can take back, newest first; NULL for a
   * nudge that is not in the log. */
  GPtrArray *undoable;
  GArray *standing;      /* (owned) (element-type NnJobStanding) in the job's order */
  guint64 next_other_id; /* of a repeating nudge that another connection has made */
  NnQuantities quantities;
  NnNudge *preview; /* (owned) (nullable) */
  char *refusal;    /* (owned) (nullable) why the newest event was not done */
};

/* nn-job-state-standing.c */
void nn_job_state_init_standing (NnJobState *self);
NnJobStanding *nn_job_state_find_key (NnJobState *self, const char *key);
void nn_job_state_count_times (NnJobStanding *one, const json_t *times);

G_END_DECLS

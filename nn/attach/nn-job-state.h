/* nn-job-state.h - the state of a job's run, as far as its messages tell it
 *
 * SPDX-License-Identifier: MIT
 *
 * Messages of the job go in, frames come out. Sending is for nn-job-requests.c: there is
 * no socket here. One owner, one thread.
 */

#pragma once

#include "nn/attach/nn-job-model.h"
#include "nn/attach/nn-job-tensors.h"
#include "nn/experiment/nn-event.h"
#include "nn/session/nn-frame.h"

G_BEGIN_DECLS

/* A nudge that the job repeats, with the job's key for it. */
typedef struct {
  NnStanding standing; /* (owned) */
  /* (owned) (nullable) NULL: paused, which means that the job does not have it */
  char *key;
} NnJobStanding;

typedef struct _NnJobState NnJobState;

NnJobState *
nn_job_state_new (NnJobModel *model, const NnJobFacts *facts) G_GNUC_WARN_UNUSED_RESULT;
void nn_job_state_free (NnJobState *self);

const NnJobModel *nn_job_state_get_model (const NnJobState *self);
guint64 nn_job_state_get_step (const NnJobState *self);

/* What the job sends. */
gboolean
nn_job_state_take_frame (NnJobState *self, const NnMessage *message, GError **error);
void nn_job_state_set_paused (NnJobState *self, gboolean paused);
void nn_job_state_land (NnJobState *self, NnNudge *nudge, const NnMessage *reply);
void nn_job_state_land_other (NnJobState *self, const NnMessage *event);
void nn_job_state_refuse (NnJobState *self, NnNudge *nudge, const char *why);
void nn_job_state_repeat (NnJobState *self, const NnMessage *event);
void nn_job_state_take_standing (NnJobState *self, const json_t *head);
void nn_job_state_take_back (NnJobState *self, const NnMessage *reply);
void nn_job_state_end (NnJobState *self, const char *why);

/* The nudges that repeat, in order. */
NnJobStanding *nn_job_state_find_standing (NnJobState *self, guint64 id);
void nn_job_state_stand (NnJobState *self, guint64 id, NnNudge *nudge, const char *key);
void nn_job_state_remove_standing (NnJobState *self, guint64 id);
gboolean nn_job_state_move_standing (NnJobState *self, const NnEvent *event);
const char *nn_job_state_get_key_behind (const NnJobState *self, guint64 id);

/* What else frames carry. */
void nn_job_state_carry (NnJobState *self, NnQuantities quantities);
void nn_job_state_watch (NnJobState *self, gssize index);
void nn_job_state_preview (NnJobState *self, NnNudge *nudge);
void nn_job_state_set_refusal (NnJobState *self, const char *why);
json_t *nn_job_state_make_look (const NnJobState *self) G_GNUC_WARN_UNUSED_RESULT;

/* (nullable): NULL for a chain. */
NnJobTensors *nn_job_state_get_tensors (NnJobState *self);

NnFrame *nn_job_state_make_frame (NnJobState *self) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnJobState, nn_job_state_free)

G_END_DECLS

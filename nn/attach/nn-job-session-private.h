/* nn-job-session-private.h - the thread that is connected to a job
 *
 * SPDX-License-Identifier: MIT
 *
 * For its two files: nn-job-requests.c sends requests and takes replies, nn-job-session.c
 * is the thread's loop and makes frames.
 */

#pragma once

#include "nn/attach/nn-job-state.h"
#include "nn/session/nn-session-engine.h"

G_BEGIN_DECLS

/* A request whose reply has not come yet. */
typedef struct {
  gint64 id;      /* of the request */
  guint64 serial; /* of the command: how many were taken up to it */
  NnCommandKind kind;
  NnEvent event; /* (owned) DO */
} NnJobPending;

typedef struct {
  NnJob *job; /* (owned) (nullable) NULL once the connection has ended */
  NnJobState *state;
  int attention;         /* eventfd: written to when the session's shared fields change */
  GQueue pending;        /* (element-type NnJobPending) (owned) oldest first */
  guint64 n_taken;       /* commands taken out of the queue */
  guint32 seed;          /* of the next nudge's random numbers */
  gboolean shown;        /* the newest frame shows the present state */
  gboolean look_changed; /* the request "look" has to be sent again */
} NnJobWorker;

void nn_job_worker_obey (NnJobWorker *worker, const NnCommand *command);
void nn_job_worker_update_look (NnJobWorker *worker);
void nn_job_worker_request_tensors (NnJobWorker *worker);
gboolean nn_job_worker_take_message (NnJobWorker *worker, GError **error);
void nn_job_worker_lose (NnJobWorker *worker, const char *why);
void nn_job_pending_free (gpointer pending);

G_END_DECLS

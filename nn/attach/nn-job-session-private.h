/* nn-job-session-private.h - the thread that speaks with a job
 *
 * SPDX-License-Identifier: MIT
 *
 * For its two files: nn-job-requests.c is what is said and heard, nn-job-session.c the
 * thread and its frames.
 */

#pragma once

#include "nn/attach/nn-job-state.h"
#include "nn/session/nn-session-engine.h"

G_BEGIN_DECLS

/* A request without its reply yet. */
typedef struct {
  gint64 id;      /* of the request */
  guint64 serial; /* of the command */
  NnCommandKind kind;
  NnEvent event; /* (owned) DO */
} NnJobAsked;

typedef struct {
  NnJob *job; /* (owned) (nullable) until it has ended */
  NnJobState *state;
  int attention;         /* eventfd: the session wants something */
  GQueue asked;          /* (element-type NnJobAsked) (owned) oldest first */
  guint64 n_taken;       /* commands that came out of the queue */
  guint32 seed;          /* of the next nudge */
  gboolean shown;        /* the newest frame shows all of this */
  gboolean look_changed; /* the job is to send something else */
} NnJobWorker;

void nn_job_worker_obey (NnJobWorker *worker, const NnCommand *command);
void nn_job_worker_renew_look (NnJobWorker *worker);
void nn_job_worker_look_around (NnJobWorker *worker);
gboolean nn_job_worker_take_message (NnJobWorker *worker, GError **error);
void nn_job_worker_lose (NnJobWorker *worker, const char *why);
void nn_job_asked_free (gpointer asked);

G_END_DECLS

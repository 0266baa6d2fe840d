/* nn-job.h - a connection to a PyTorch job
 *
 * SPDX-License-Identifier: MIT
 *
 * To the socket on which resources/nudge_attach.py listens; nudge-attach(7) describes the
 * requests. The job answers only after a step of its optimizer, which may take long:
 * every call has a deadline, in g_get_monotonic_time ()'s microseconds, and fails with
 * NN_ERROR_CANCELLED when it has passed. One owner, one thread.
 */

#pragma once

#include "nn/arrays/nn-array-file.h"
#include "nn/attach/nn-wire.h"

G_BEGIN_DECLS

#define NN_JOB_VERSION 3

/* One of the job's tensors, as its state_dict () names it. */
typedef struct {
  const char *name; /* (not owned) in the message that it was read from */
  guint rank;
  guint64 shape[NN_ARRAY_MAX_RANK];
  gboolean is_parameter; /* not a buffer: it can be nudged */
  const char *tied;      /* (not owned) (nullable) the earlier name of the same tensor */
} NnJobTensor;

/* The job's greeting to a new connection. */
typedef struct {
  gint64 pid;
  const char *script; /* (not owned) the job's, like torch */
  gint64 step;
  gint64 n_ranks;
  gboolean paused;
  double started;    /* when, in seconds since 1970; 0: not known */
  const char *torch; /* (not owned) PyTorch's version */
} NnJobFacts;

typedef struct _NnJob NnJob;

NnJob *
nn_job_new (const char *path, gint64 until_us, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void nn_job_free (NnJob *self);

const NnJobFacts *nn_job_get_facts (const NnJob *self);
int nn_job_get_fd (const NnJob *self);
gint64 nn_job_send (NnJob *self, json_t *request, gint64 until_us, GError **error);
gboolean
nn_job_receive (NnJob *self, NnMessage *message, gint64 until_us, GError **error);
gboolean nn_job_check_reply (const NnMessage *reply, GError **error);
gboolean nn_job_ask (NnJob *self,
                     json_t *request,
                     gint64 until_us,
                     NnMessage *reply,
                     GError **error);
GArray *nn_job_describe (NnJob *self, gint64 until_us, NnMessage *reply, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
GArray *
nn_job_read_tensors (const NnMessage *reply, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean nn_job_add_arrays (const NnMessage *reply, NnArrayFile *file, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnJob, nn_job_free)

G_END_DECLS

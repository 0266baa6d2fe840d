/* nn-job-session.c - a session whose engine is a connection to a PyTorch job
 *
 * SPDX-License-Identifier: MIT
 *
 * A command counts as done when the job has replied to it and to all before it.
 */

#include "nn/attach/nn-job-session.h"

#include <errno.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "nn/attach/nn-job-session-private.h"

/* ---- turns ------------------------------------------------------------------------ */

/* Does all commands. Returns: FALSE if the session is being freed */
static gboolean
obey_all (NnSession *self)
{
  NnJobWorker *worker = self->data;
  NnSessionShared *shared = &self->shared;
  NnCommand *command;
  gboolean quit;

  do {
    pthread_mutex_lock (&shared->lock);
    quit = shared->quit;
    command = quit ? NULL : g_queue_pop_head (&shared->commands);
    pthread_mutex_unlock (&shared->lock);
    if (command != NULL) {
      nn_job_worker_obey (worker, command);
      nn_session_free_command (command);
    }
  } while (command != NULL);
  nn_job_worker_update_look (worker);
  return !quit;
}

/* Returns: milliseconds until the next request is due; -1: not before a message */
static int
get_timeout (const NnJobWorker *worker)
{
  const NnJobTensors *tensors = nn_job_state_get_tensors (worker->state);
  const gint64 due_us = worker->job != NULL && tensors != NULL
                            ? nn_job_tensors_get_due (tensors)
                            : G_MAXINT64;
  const gint64 now = g_get_monotonic_time ();

  if (due_us == G_MAXINT64)
    return -1;
  return (int) MIN (MAX (due_us - now, 0) / 1000 + 1, G_MAXINT);
}

/* Waits for a message of the job, a command, or the time of the next request. */
static void
listen (NnJobWorker *worker)
{
  struct pollfd both[] = { { worker->attention, POLLIN, 0 }, { -1, POLLIN, 0 } };
  g_autoptr (GError) error = NULL;
  eventfd_t count;

  if (worker->job != NULL)
    both[1].fd = nn_job_get_fd (worker->job);
  if (poll (both, G_N_ELEMENTS (both), get_timeout (worker)) < 0)
    return; /* a signal */
  if (both[0].revents != 0)
    eventfd_read (worker->attention, &count);
  if (both[1].revents != 0 && !nn_job_worker_take_message (worker, &error))
    nn_job_worker_lose (worker, error->message);
}

/* ---- frames ------------------------------------------------------------------------- */

/* Returns: how many commands are done, and all before them. Requests for frames and
 * tensors are not commands. */
static guint64
count_done (const NnJobWorker *worker)
{
  for (const GList *each = worker->pending.head; each != NULL; each = each->next) {
    const NnJobPending *pending = each->data;

    if (pending->kind != NN_COMMAND_CARRY && pending->kind != NN_COMMAND_TENSOR)
      return pending->serial - 1;
  }
  return worker->n_taken;
}

static void
show (NnSession *self)
{
  NnJobWorker *worker = self->data;
  NnFrame *frame;
  gboolean wanted;

  pthread_mutex_lock (&self->shared.lock);
  wanted = self->shared.wanted;
  pthread_mutex_unlock (&self->shared.lock);
  if (worker->shown || !wanted)
    return;
  frame = nn_job_state_make_frame (worker->state);
  frame->n_commands = count_done (worker);
  worker->shown = TRUE;
  pthread_mutex_lock (&self->shared.lock);
  g_clear_pointer (&self->shared.slot, nn_frame_unref);
  self->shared.slot = frame;
  self->shared.wanted = FALSE;
  pthread_mutex_unlock (&self->shared.lock);
}

static void *
work (void *session)
{
  NnSession *self = session;
  NnJobWorker *worker = self->data;

  worker->look_changed = TRUE;
  while (obey_all (self)) {
    show (self);
    nn_job_worker_request_tensors (worker);
    listen (worker);
  }
  return NULL;
}

/* ---- life --------------------------------------------------------------------------- */

static void
wake (gpointer data)
{
  eventfd_write (((NnJobWorker *) data)->attention, 1);
}

static void
worker_free (gpointer data)
{
  NnJobWorker *worker = data;

  g_clear_pointer (&worker->job, nn_job_free);
  nn_job_state_free (worker->state);
  g_queue_clear_full (&worker->pending, nn_job_pending_free);
  close (worker->attention);
  g_free (worker);
}

/**
 * nn_job_session_new:
 * @job: (transfer full)
 * @model: (transfer full): of @job
 *
 * The job goes on as before. If it is paused when the session is freed, it is resumed.
 */
NnSession *
nn_job_session_new (NnJob *job, NnJobModel *model)
{
  static const NnEngine engine = { 0, work, wake, worker_free };
  NnJobWorker *worker = g_new0 (NnJobWorker, 1);

  worker->job = job;
  worker->state = nn_job_state_new (model, nn_job_get_facts (job));
  worker->attention = eventfd (0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (worker->attention < 0)
    g_error ("no eventfd could be made: %s", g_strerror (errno));
  worker->seed = g_random_int ();
  g_queue_init (&worker->pending);
  return nn_session_start (&engine, worker, 1);
}

/* test-nudge-job-list.c - the jobs that can be attached to, as they come and go
 *
 * SPDX-License-Identifier: MIT
 *
 * Of a socket without a job behind it. With real ones: tests/app/attach.
 */

#include "app/panels/nudge-job-list.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "nn/attach/nn-job-folder.h"
#include "nn/attach/nn-wire.h"
#include "tests/deadline.h"
#include "tests/nn/scratch.h"

#define DEADLINE_US (60 * G_USEC_PER_SEC)

typedef struct {
  Scratch scratch;
  NudgeJobList *list;
  guint n_looks;
  char *path; /* (owned) of the socket */
  int listening;
  int connections[2]; /* those that were accepted */
} Jobs;

static void
changed_cb (guint *n_looks)
{
  ++*n_looks;
}

/* One of this process, which is there. */
static void
listen_as_a_job (Jobs *f)
{
  g_autofree char *folder = nn_job_folder_dup_path ();
  g_autofree char *pid = g_strdup_printf ("%d", (int) getpid ());
  struct sockaddr_un address = { .sun_family = AF_UNIX };

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  f->path = nn_job_folder_dup_socket (pid);
  g_assert_cmpuint (strlen (f->path), <, sizeof address.sun_path);
  strcpy (address.sun_path, f->path);
  f->listening = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  g_assert_cmpint (
      bind (f->listening, (const struct sockaddr *) &address, sizeof address), ==, 0);
  g_assert_cmpint (listen (f->listening, 4), ==, 0);
}

static void
set_up (Jobs *f, gconstpointer data)
{
  scratch_set_up (&f->scratch, NULL);
  g_setenv ("XDG_RUNTIME_DIR", f->scratch.folder, TRUE);
  listen_as_a_job (f);
  f->list = nudge_job_list_new ();
  g_signal_connect_swapped (f->list, "changed", G_CALLBACK (changed_cb), &f->n_looks);
}

static void
tear_down (Jobs *f, gconstpointer data)
{
  g_autofree char *folder = nn_job_folder_dup_path ();

  nudge_job_list_stop (f->list);
  g_signal_handlers_disconnect_by_data (f->list, &f->n_looks);
  g_object_unref (f->list);
  close (f->listening);
  for (gsize i = 0; i < G_N_ELEMENTS (f->connections); i++)
    close (f->connections[i]);
  g_free (f->path);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  scratch_tear_down (&f->scratch, NULL);
}

static void
greet (int fd)
{
  json_t *greeting =
      json_pack ("{s:i, s:i, s:i, s:i, s:s, s:s, s:f, s:b}", "nudge_attach",
                 NN_JOB_VERSION, "pid", (int) getpid (), "step", 7, "ranks", 1, "script",
                 "job.py", "torch", "2", "started", 0.0, "paused", FALSE);
  g_autoptr (GError) error = NULL;

  g_assert_true (nn_wire_send (fd, greeting, deadline_after (DEADLINE_US), &error));
  g_assert_no_error (error);
  json_decref (greeting);
}

static void
wait_for_look (const Jobs *f, guint n)
{
  const gint64 deadline = deadline_after (DEADLINE_US);

  while (f->n_looks < n && g_get_monotonic_time () < deadline)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (f->n_looks, ==, n);
}

/* One that is busy answers late, and is not gone; one whose socket is gone is. */
static void
test_a_busy_job_stays (Jobs *f, gconstpointer data)
{
  const NudgeJob *job;

  f->connections[0] = accept (f->listening, NULL, NULL);
  greet (f->connections[0]);
  wait_for_look (f, 1);
  g_assert_cmpuint (nudge_job_list_get (f->list)->len, ==, 1);

  wait_for_look (f, 2);
  g_assert_cmpuint (nudge_job_list_get (f->list)->len, ==, 1);
  job = nudge_job_list_get (f->list)->pdata[0];
  g_assert_cmpstr (job->path, ==, f->path);
  g_assert_cmpint (job->step, ==, 7);
  f->connections[1] = accept (f->listening, NULL, NULL);

  g_assert_cmpint (g_unlink (f->path), ==, 0);
  wait_for_look (f, 3);
  g_assert_cmpuint (nudge_job_list_get (f->list)->len, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/app/job-list/a-busy-job-stays", Jobs, NULL, set_up, test_a_busy_job_stays,
              tear_down);
  return g_test_run ();
}

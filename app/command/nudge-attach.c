/* nudge-attach.c - the command `nudge attach`: PyTorch jobs that are running
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/command/nudge-attach.h"

#include <glib/gi18n.h>
#include <stdio.h>

#include "app/command/nudge-attach-actions.h"
#include "app/command/nudge-columns.h"
#include "app/command/nudge-complain.h"
#include "app/command/nudge-paths.h"
#include "app/command/nudge-run.h"
#include "nn/attach/nn-job-folder.h"
#include "nn/base/nn-error.h"
#include "nn/files/nn-file.h"

#define CLIENT      "nudge_attach.py"
#define MOST_CLIENT (1 << 20)            /* bytes of it */
#define GREETING_US (2 * G_USEC_PER_SEC) /* for a job that is listed */

static const char *const usage = N_ (
    "Usage:\n"
    "  nudge attach                      list the PyTorch jobs that can be attached to\n"
    "  nudge attach JOB                  open a window on it\n"
    "  nudge attach --client FILE        write the client, nudge_attach.py, for a job\n"
    "  nudge attach --headless [JOB] …   do these things, in order, without a window;\n"
    "                                    with none of them, show what is in the job\n"
    "\n"
    "JOB is a process ID or the path of a socket; it can be left out if there is only\n"
    "one job. A job listens if it is started as python3 -m nudge_attach train.py, or "
    "calls\n"
    "nudge_attach.watch (model, optimizer). It answers after a step of its optimizer.\n"
    "\n"
    "  --nudge TEXT       apply a nudge after the step under way, or at its @ WHEN\n"
    "  --receipt          print what each nudge changed: values, size, hashes\n"
    "  --seed N           seed of the nudges' random numbers; random if left out\n"
    "  --take-back        restore the values from just before the newest nudge\n"
    "  --remove K         stop the repeating nudge K\n"
    "  --pause            pause the job after its step, until --continue\n"
    "  --step, --steps N  train one step, or N, and pause\n"
    "  --continue         continue training\n"
    "  --snapshot FILE    write the tensors of its state_dict: .safetensors, .npz, …\n"
    "  --wait S           how long to wait for each of the job's steps: 60 seconds\n"
    "\n"
    "For example:\n"
    "  nudge attach --headless 4242 --pause --nudge '*.weight: prune 10%' --receipt \\\n"
    "               --snapshot pruned.safetensors --continue\n"
    "  ssh -N -L ./job.sock:/run/user/UID/nudge/PID.sock HOST &\n"
    "  nudge attach --headless ./job.sock --step\n"
    "\n"
    "nudge-attach(7) describes the protocol.\n");

/* ---- the client -------------------------------------------------------------------- */

static gboolean
write_client (const char *path, GError **error)
{
  g_autofree char *from = nudge_paths_dup_data (CLIENT);
  gsize n_bytes;
  g_autofree char *text = nn_file_read (from, MOST_CLIENT, &n_bytes, error);
  g_autofree char *name = nudge_columns_dup_clean (path);

  if (text == NULL || !nn_file_replace (path, text, n_bytes, error))
    return FALSE;
  printf (_ ("written  %s\n"), name);
  return TRUE;
}

/* ---- jobs -------------------------------------------------------------------------- */

static void
add_row (NudgeColumns *columns, const char *path, const NnJob *job)
{
  const NnJobFacts *facts = nn_job_get_facts (job);

  nudge_columns_add (columns, facts->script);
  nudge_columns_add (columns, path);
  nudge_columns_take (columns, g_strdup_printf ("%" G_GINT64_FORMAT, facts->pid));
  nudge_columns_take (columns, g_strdup_printf ("%" G_GINT64_FORMAT "%s", facts->step,
                                                facts->paused ? _ (" (paused)") : ""));
  nudge_columns_take (columns, g_strdup_printf ("%" G_GINT64_FORMAT, facts->n_ranks));
}

static gboolean
list_jobs (GError **error)
{
  static const char *const heads[] = { N_ ("script"), N_ ("socket"), N_ ("job"),
                                       N_ ("step"), N_ ("ranks") };
  g_autoptr (NudgeColumns) columns = nudge_columns_new (G_N_ELEMENTS (heads), 2);
  g_autoptr (GPtrArray) paths = nn_job_folder_list (error);
  guint n = 0;

  if (paths == NULL)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (heads); i++)
    nudge_columns_add (columns, _ (heads[i]));
  for (guint i = 0; i < paths->len; i++) {
    g_autoptr (GError) failure = NULL;
    g_autoptr (NnJob) job =
        nn_job_new (paths->pdata[i], g_get_monotonic_time () + GREETING_US, &failure);

    if (job != NULL)
      add_row (columns, paths->pdata[i], job);
    else
      nudge_complain (paths->pdata[i], failure->message);
    n += job != NULL;
  }
  if (n > 0)
    nudge_columns_print (columns);
  else if (paths->len == 0)
    puts (_ ("no job is running that can be attached to; start one by python3 -m "
             "nudge_attach train.py; nudge attach --client FILE writes nudge_attach.py"));
  return TRUE;
}

/* Returns: (transfer full) (nullable): the path of the socket that is meant */
static char *
dup_only_socket (GError **error)
{
  g_autoptr (GPtrArray) paths = nn_job_folder_list (error);

  if (paths == NULL)
    return NULL;
  if (paths->len == 1)
    return g_strdup (paths->pdata[0]);
  g_set_error (error, NN_ERROR, NN_ERROR_UNKNOWN,
               paths->len == 0
                   ? _ ("no job is running that can be attached to")
                   : _ ("%u jobs are running: name one of those that nudge attach lists"),
               paths->len);
  return NULL;
}

/* Returns: the exit status */
static int
do_headless (const NudgeAttachOptions *options, GError **error)
{
  g_autofree char *path = NULL;
  g_autoptr (NnJob) job = NULL;

  if (!nudge_attach_check (options, error))
    return NUDGE_EXIT_USAGE;
  path = options->job ? nn_job_folder_dup_socket (options->job) : dup_only_socket (error);
  if (path == NULL)
    return NUDGE_EXIT_USAGE;
  job = nn_job_new (
      path, g_get_monotonic_time () + (gint64) options->wait_s * G_USEC_PER_SEC, error);
  if (job == NULL) {
    g_autofree char *name = nudge_columns_dup_clean (path);

    g_prefix_error (error, "%s: ", name);
    return NUDGE_EXIT_USAGE;
  }
  return nudge_attach_do (job, options, error) ? NUDGE_EXIT_DONE : NUDGE_EXIT_FAILED;
}

/* @argv: of the whole program */
static int
open_window (const char *job, char *argv[], const NudgeGraphics *graphics, GError **error)
{
  g_autofree char *path = nn_job_folder_dup_socket (job);

  if (graphics != NULL)
    return graphics->attach (path, argv[0]);
  nudge_graphics_exec (argv, error);
  return NUDGE_EXIT_FAILED;
}

static int
attach (const NudgeAttachOptions *options,
        char *argv[],
        const NudgeGraphics *graphics,
        GError **error)
{
  if (options->client != NULL)
    return write_client (options->client, error) ? NUDGE_EXIT_DONE : NUDGE_EXIT_FAILED;
  if (options->headless)
    return do_headless (options, error);
  if (options->job == NULL)
    return list_jobs (error) ? NUDGE_EXIT_DONE : NUDGE_EXIT_FAILED;
  return open_window (options->job, argv, graphics, error);
}

/**
 * nudge_attach:
 * @argv: (array zero-terminated=1): "nudge", "attach" and what follows it
 * @graphics: (nullable): what draws; without it, nudge-window does
 *
 * Returns: the program's exit status
 */
int
nudge_attach (char *argv[], const NudgeGraphics *graphics)
{
  g_auto (NudgeAttachOptions) options = { 0 };
  g_autoptr (GError) error = NULL;
  int status = NUDGE_EXIT_USAGE;

  if (nudge_attach_options_read (&options, argv + 2, &error)) {
    if (options.help)
      fputs (_ (usage), stdout);
    status = options.help ? NUDGE_EXIT_DONE : attach (&options, argv, graphics, &error);
  }
  if (error != NULL)
    nudge_complain ("attach", error->message);
  return status;
}

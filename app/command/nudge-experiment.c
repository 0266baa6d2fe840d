/* nudge-experiment.c - the experiment that a command line names
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/command/nudge-experiment.h"

#include <glib/gi18n.h>
#include <string.h>

#include "app/command/nudge-progress.h"
#include "app/command/nudge-stream.h"
#include "nn/arrays/nn-array-file.h"
#include "nn/base/nn-error.h"
#include "nn/io/nn-experiment-demo.h"
#include "nn/io/nn-experiment-for-file.h"

#define DEVICES "/dev/" /* has standard input, and what a shell makes of <(COMMAND) */

/* Whether @path is read once, from its start to its end. */
static gboolean
is_stream (const char *path)
{
  return g_file_test (path, G_FILE_TEST_EXISTS) &&
         !g_file_test (path, G_FILE_TEST_IS_REGULAR | G_FILE_TEST_IS_DIR);
}

/* Relative to a pipe made by the shell there is nothing; other pipes are in a folder. */
static char *
dup_folder (const char *path)
{
  return g_str_has_prefix (path, DEVICES) ? g_strdup (".") : g_path_get_dirname (path);
}

/* @name: as typed, "-" or a path */
static NnExperiment *
read_stream (const char *name, const NnProgress *progress, GError **error)
{
  g_autofree char *path = nudge_stream_dup_input (name);
  g_autofree char *folder = dup_folder (path);
  g_autofree char *display_name = nudge_stream_dup_input_name (name);

  return nn_experiment_open_stream (path, display_name, folder, progress, error);
}

/* With a progress bar, and until a signal asks to end. */
static NnExperiment *
open_file (const char *name, gboolean quiet, GError **error)
{
  NudgeProgress bar;
  const NnProgress progress = { nudge_progress_report, &bar };
  NnExperiment *experiment;

  nudge_progress_init_reading (&bar, quiet);
  experiment = strcmp (name, "-") == 0 || is_stream (name)
                   ? read_stream (name, &progress, error)
                   : nn_experiment_open (name, &progress, error);
  nudge_progress_clear (&bar);
  return experiment;
}

/**
 * nudge_experiment_open:
 * @name: "-", an experiment or a table of text on standard input; a demo's name, or else
 *   the path of an experiment, of data or of parameters; ./seed is a file
 * @quiet: without a progress bar
 *
 * Returns: (nullable): an experiment that passes nn_experiment_check ()
 */
NnExperiment *
nudge_experiment_open (const char *name, gboolean quiet, GError **error)
{
  g_autoptr (GError) no_demo = NULL;
  g_autoptr (GError) no_file = NULL;
  g_autofree char *file = NULL;
  const char *member;
  NnExperiment *experiment;

  if (strcmp (name, "-") == 0)
    return open_file (name, quiet, error);
  experiment = nn_experiment_new_demo (name, &no_demo);
  if (experiment == NULL)
    experiment = open_file (name, quiet, &no_file);
  if (experiment != NULL)
    return experiment;
  file = nn_array_file_split_path (name, &member);
  if (g_file_test (file, G_FILE_TEST_EXISTS))
    g_propagate_error (error, g_steal_pointer (&no_file));
  else
    g_set_error (error, NN_ERROR, NN_ERROR_UNKNOWN,
                 _ ("neither a demo nor a file: %s; %s"), no_demo->message,
                 no_file->message);
  return NULL;
}

/**
 * nudge_experiment_check_kept:
 * @experiment: that nudge_experiment_open () has made for @name
 *
 * Returns: FALSE if its data were read from standard input or a pipe, which cannot be
 *   read again when what names them is opened
 */
gboolean
nudge_experiment_check_kept (const NnExperiment *experiment,
                             const char *name,
                             GError **error)
{
  g_autofree char *path = nudge_stream_dup_input (name);
  const gboolean kept = !g_str_has_prefix (path, DEVICES) && !is_stream (path);

  if (kept || g_strcmp0 (experiment->data.file, path) != 0)
    return TRUE;
  g_set_error_literal (
      error, NN_ERROR, NN_ERROR_FILE,
      _ ("the data came through a pipe and cannot be read from it again: "
         "save them in a file, and name that"));
  return FALSE;
}

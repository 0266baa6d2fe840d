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
#include "nn/files/nn-file.h"
#include "nn/files/nn-json.h"
#include "nn/io/nn-experiment-demo.h"
#include "nn/io/nn-experiment-file.h"
#include "nn/io/nn-experiment-for-file.h"

/* With a progress bar, and until a signal asks to end. */
static NnExperiment *
open_file (const char *path, gboolean quiet, GError **error)
{
  NudgeProgress bar;
  const NnProgress progress = { nudge_progress_report, &bar };
  NnExperiment *experiment;

  nudge_progress_init_reading (&bar, quiet);
  experiment = nn_experiment_open (path, &progress, error);
  nudge_progress_clear (&bar);
  return experiment;
}

/* From standard input; its files are found from the current folder. */
static NnExperiment *
read_stream (GError **error)
{
  g_autofree char *path = nudge_stream_dup_input ("-");
  gsize n_bytes;
  g_autofree char *text = nn_file_read (path, NN_JSON_MAX_BYTES, &n_bytes, error);
  NnExperiment *experiment =
      text ? nn_experiment_file_parse_full (text, n_bytes, "stdin", ".", NULL, error)
           : NULL;

  if (text && !experiment)
    g_prefix_error (error, _ ("standard input, read as an experiment: "));
  return experiment;
}

/**
 * nudge_experiment_open:
 * @name: "-", an experiment on standard input; a demo's name, or else the path of an
 *   experiment, of data or of parameters; ./seed is a file
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
    return read_stream (error);
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

/* nudge-experiment.c - the experiment that a command line names
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/command/nudge-experiment.h"

#include "app/command/nudge-progress.h"
#include "app/command/nudge-signals.h"
#include "nn/base/nn-error.h"
#include "nn/files/nn-array-file.h"
#include "nn/io/nn-experiment-demo.h"
#include "nn/io/nn-experiment-for-file.h"

#define READING_STEPS 1000 /* of the progress bar */

static gboolean
report (double fraction, gpointer data)
{
  nudge_progress_show_reading (data, fraction);
  return nudge_signals_get () == 0;
}

/* With a progress bar, and until a signal asks to end. */
static NnExperiment *
open_file (const char *path, gboolean quiet, GError **error)
{
  NudgeProgress bar;
  const NnProgress progress = { report, &bar };
  NnExperiment *experiment;

  nudge_progress_init (&bar, READING_STEPS, quiet);
  experiment = nn_experiment_open (path, &progress, error);
  nudge_progress_clear (&bar);
  return experiment;
}

/**
 * nudge_experiment_open:
 * @name: a demo's name, or else the path of an experiment, of data or of parameters;
 *   ./seed is a file
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
  NnExperiment *experiment = nn_experiment_new_demo (name, &no_demo);

  if (experiment == NULL)
    experiment = open_file (name, quiet, &no_file);
  if (experiment != NULL)
    return experiment;
  file = nn_array_file_split_path (name, &member);
  if (g_file_test (file, G_FILE_TEST_EXISTS))
    g_propagate_error (error, g_steal_pointer (&no_file));
  else
    g_set_error (error, NN_ERROR, NN_ERROR_UNKNOWN, "neither a demo nor a file: %s; %s",
                 no_demo->message, no_file->message);
  return NULL;
}

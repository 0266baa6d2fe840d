/* nudge-experiment.c - the experiment that a command line names
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/command/nudge-experiment.h"

#include "nn/base/nn-error.h"
#include "nn/io/nn-experiment-file.h"

/**
 * nudge_experiment_open:
 * @name: a demo's name, or else the path of a .nudge file; ./seed is a file
 *
 * Returns: (nullable): an experiment that passes nn_experiment_check ()
 */
NnExperiment *
nudge_experiment_open (const char *name, GError **error)
{
  g_autoptr (GError) no_demo = NULL;
  g_autoptr (GError) no_file = NULL;
  NnExperiment *experiment = nn_experiment_new_demo (name, &no_demo);

  if (experiment == NULL)
    experiment = nn_experiment_file_load (name, &no_file);
  if (experiment != NULL)
    return experiment;
  if (g_file_test (name, G_FILE_TEST_EXISTS))
    g_propagate_error (error, g_steal_pointer (&no_file));
  else
    g_set_error (error, NN_ERROR, NN_ERROR_UNKNOWN, "neither a demo nor a file: %s; %s",
                 no_demo->message, no_file->message);
  return NULL;
}

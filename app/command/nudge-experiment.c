/* nudge-experiment.c - the experiment that a command line names
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/command/nudge-experiment.h"

#include "nn/base/nn-error.h"
#include "nn/files/nn-array-file.h"
#include "nn/files/nn-file-type.h"
#include "nn/io/nn-experiment-file.h"
#include "nn/io/nn-experiment-for-parameters.h"

/* Known by its first bytes, not by its name. */
static NnExperiment *
open_file (const char *path, GError **error)
{
  const char *member;
  g_autofree char *file = nn_array_file_split_path (path, &member);
  NnFileDescription found;

  if (nn_file_type_find (file, &found, NULL) && found.type == NN_FILE_TYPE_ARRAYS)
    return nn_experiment_for_parameters (path, NULL, error);
  return nn_experiment_file_load (path, error);
}

/**
 * nudge_experiment_open:
 * @name: a demo's name, or else the path of a .nudge file or of parameters; ./seed is a
 *   file
 *
 * Returns: (nullable): an experiment that passes nn_experiment_check ()
 */
NnExperiment *
nudge_experiment_open (const char *name, GError **error)
{
  g_autoptr (GError) no_demo = NULL;
  g_autoptr (GError) no_file = NULL;
  g_autofree char *file = NULL;
  const char *member;
  NnExperiment *experiment = nn_experiment_new_demo (name, &no_demo);

  if (experiment == NULL)
    experiment = open_file (name, &no_file);
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

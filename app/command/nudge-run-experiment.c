/* nudge-run-experiment.c - the experiment that the options of `nudge run` ask for
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/command/nudge-run-experiment.h"

#include <glib/gi18n.h>
#include <string.h>

#include "app/command/nudge-experiment.h"
#include "app/command/nudge-own-functions.h"
#include "app/command/nudge-whole.h"
#include "nn/arrays/nn-array-file.h"
#include "nn/base/nn-error.h"
#include "nn/files/nn-path.h"
#include "nn/io/nn-experiment-demo.h"
#include "nn/io/nn-experiment-file.h"
#include "nn/io/nn-experiment-parameters.h"

#define USUAL_STEPS 1000

static gboolean
parse_guard (const char *text, NnGuard *guard, GError **error)
{
  if (text == NULL || nn_guard_find (text, guard, error))
    return TRUE;
  g_prefix_error (error, "--guard: ");
  return FALSE;
}

/* @own: (nullable): functions whose names may stand in @text
 * @missing: (nullable): why there are none */
static gboolean
add_nudge (NnExperiment *experiment,
           const char *text,
           const NnFunctions *own,
           const GError *missing,
           GError **error)
{
  g_autoptr (GError) wrong = NULL;

  if (nn_experiment_add_nudge (experiment, text, own, &wrong))
    return TRUE;
  if (missing && g_error_matches (wrong, NN_ERROR, NN_ERROR_UNKNOWN))
    g_set_error (error, NN_ERROR, NN_ERROR_UNKNOWN,
                 _ ("--nudge: %s; your own functions cannot be read: %s"), wrong->message,
                 missing->message);
  else
    g_propagate_prefixed_error (error, g_steal_pointer (&wrong), "--nudge: ");
  return FALSE;
}

/* Names of the person's own functions may stand in these; without their file, the rest of
 * the language. */
static gboolean
add_nudges (NnExperiment *experiment, char *const *texts, GError **error)
{
  g_autoptr (NnFunctions) own = NULL;
  g_autoptr (GError) missing = NULL;

  if (texts == NULL)
    return TRUE;
  own = nudge_own_functions_load (&missing);
  for (; *texts != NULL; texts++)
    if (!add_nudge (experiment, *texts, own, missing, error))
      return FALSE;
  return TRUE;
}

/* Instead of what the experiment itself gives. */
static gboolean
set_parameters (NnExperiment *experiment, const char *path, GError **error)
{
  NnParameters *parameters;
  g_autofree char *name = NULL;

  if (path == NULL)
    return TRUE;
  parameters = nn_experiment_load_parameters (path, NULL, error);
  if (parameters == NULL) {
    g_prefix_error (error, "--from: ");
    return FALSE;
  }
  if (nn_parameters_check (parameters, experiment->architecture, error)) {
    nn_experiment_set_parameters (experiment, parameters);
    return TRUE;
  }
  nn_parameters_unref (parameters);
  name = nn_path_dup_display_name (path);
  g_prefix_error (error, _ ("--from: %s: "), name);
  return FALSE;
}

/* Makes of the experiment the one that @options ask for. */
static gboolean
change_experiment (NnExperiment *experiment,
                   const NudgeRunOptions *options,
                   GError **error)
{
  guint64 seed = experiment->seed;

  if (!nudge_whole_parse ("--seed", options->seed, G_MAXUINT32, &seed, error) ||
      !parse_guard (options->guard, &experiment->guard, error) ||
      !set_parameters (experiment, options->from, error))
    return FALSE;
  experiment->seed = (guint32) seed;

  if (options->no_nudges)
    nn_experiment_remove_nudges (experiment);
  return add_nudges (experiment, options->nudges, error);
}

/* What names the data's file, for a later run, needs a file and a name that can be written.
 *
 * @path: (nullable): that @option writes */
static gboolean
check_output (const NnExperiment *experiment,
              const NudgeRunOptions *options,
              const char *option,
              const char *path,
              GError **error)
{
  g_autofree char *folder = path != NULL ? g_path_get_dirname (path) : NULL;

  if (path == NULL ||
      (nudge_experiment_check_kept (experiment, options->names[0], error) &&
       nn_experiment_file_check_names (experiment, folder, error)))
    return TRUE;
  g_prefix_error (error, "%s: ", option);
  return FALSE;
}

/**
 * nudge_run_experiment_parse_steps:
 * @n_steps: (inout): stays as it is if --steps is not given
 */
gboolean
nudge_run_experiment_parse_steps (const NudgeRunOptions *options,
                                  guint64 *n_steps,
                                  GError **error)
{
  return nudge_whole_parse ("--steps", options->steps, NUDGE_MOST_STEPS, n_steps, error);
}

/**
 * nudge_run_experiment_open:
 * @n_steps: (out): how many steps to train
 *
 * Reads the demo or file that is named, and makes of it what the options ask for.
 *
 * Returns: (nullable): an experiment that passes nn_experiment_check ()
 */
NnExperiment *
nudge_run_experiment_open (const NudgeRunOptions *options,
                           guint64 *n_steps,
                           GError **error)
{
  g_autoptr (NnExperiment) experiment = NULL;

  if (options->names == NULL || options->names[1] != NULL) {
    g_set_error_literal (
        error, NN_ERROR, NN_ERROR_SYNTAX,
        options->names ? _ ("only one demo or file can be run at a time")
                       : _ ("no demo or file is given; for example: nudge run seed"));
    return NULL;
  }
  experiment = nudge_experiment_open (options->names[0], options->quiet, error);
  *n_steps = USUAL_STEPS;
  if (experiment == NULL || !nudge_run_experiment_parse_steps (options, n_steps, error) ||
      !change_experiment (experiment, options, error) ||
      !check_output (experiment, options, "--save", options->save, error) ||
      !check_output (experiment, options, "--checkpoint", options->checkpoint, error))
    return NULL;
  return g_steal_pointer (&experiment);
}

static void
add_files_of_data (GPtrArray *files, const NnDataSpec *data)
{
  if (data->file != NULL)
    g_ptr_array_add (files, g_strdup (data->file));
  if (data->labels != NULL)
    g_ptr_array_add (files, g_strdup (data->labels));
}

/**
 * nudge_run_experiment_list_files:
 * @experiment: as nudge_run_experiment_open () has made it
 *
 * Returns: (element-type filename): the files that the run is read from, with those of
 *   the data that its log goes on with
 */
GPtrArray *
nudge_run_experiment_list_files (const NudgeRunOptions *options,
                                 const NnExperiment *experiment)
{
  GPtrArray *files = g_ptr_array_new_with_free_func (g_free);
  const char *name = options->names ? options->names[0] : NULL;
  const char *member;

  if (name && strcmp (name, "-") != 0 &&
      !g_strv_contains (nn_experiment_get_demo_names (), name) &&
      !g_strv_contains (nn_experiment_get_lesson_names (), name))
    g_ptr_array_add (files, g_strdup (name));
  add_files_of_data (files, &experiment->data);
  for (guint i = 0; i < experiment->events->len; i++) {
    const NnEdit *edit = g_array_index (experiment->events, NnEvent, i).edit;

    if (edit != NULL && (edit->parts & NN_EDIT_HAS_DATA) != 0)
      add_files_of_data (files, &edit->data);
  }
  if (experiment->parameters != NULL && experiment->parameters->file != NULL)
    g_ptr_array_add (files,
                     nn_array_file_split_path (experiment->parameters->file, &member));
  return files;
}

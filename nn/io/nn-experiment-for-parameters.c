/* nn-experiment-for-parameters.c - an experiment for a file of parameters
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/io/nn-experiment-for-parameters.h"

#include <glib/gi18n.h>
#include <string.h>

#include "nn/arrays/nn-array-file.h"
#include "nn/base/nn-error.h"
#include "nn/files/nn-path.h"
#include "nn/io/nn-experiment-parameters.h"
#include "nn/model/nn-chain.h"

#define N_EXAMPLES 32

/* Returns: the file's name without folder and ending */
static char *
dup_name (const char *path)
{
  g_autofree char *base = g_path_get_basename (path);
  char *name = nn_path_dup_display_name (base);
  char *ending = strrchr (name, '.');

  if (ending != NULL && ending > name)
    *ending = '\0';
  return name;
}

/* Returns: the arrays of the chain; the notes say what was converted */
static NnParameters *
choose_parameters (const NnParameters *all, const NnChain *chain)
{
  g_autofree char *file = chain->member != NULL
                              ? g_strdup_printf ("%s:%s", all->file, chain->member)
                              : g_strdup (all->file);

  return nn_parameters_new (chain->arrays, file);
}

static NnExperiment *
make_experiment (const char *path, const NnParameters *all, const NnChain *chain)
{
  NnExperiment *self = g_new0 (NnExperiment, 1);

  self->name = dup_name (path);
  self->title = g_strdup (self->name);
  self->seed = 1;
  nn_data_spec_init (&self->data, NN_DATA_UNIFORM);
  self->data.n_examples = N_EXAMPLES;
  self->data.n_features = chain->architecture->n_features;
  self->architecture = nn_architecture_ref (chain->architecture);
  self->init.type = NN_INIT_TORCH;
  self->parameters = choose_parameters (all, chain);
  self->loss = nn_loss_get_default (NN_LOSS_SQUARED_SUM);
  self->optimizer = nn_optimizer_get_default (NN_OPTIMIZER_ADAM);
  self->guard = NN_GUARD_SHIELD;
  self->nudges = g_ptr_array_new_with_free_func ((GDestroyNotify) nn_nudge_unref);
  self->events = nn_event_new_array ();
  nn_experiment_add_notes (self, chain->notes);
  nn_experiment_add_note (
      self, _ ("the file has no data: %d uniform examples, with squared_sum as the loss"),
      N_EXAMPLES);
  return self;
}

/* Arrays that are no network are still good for something. */
static void
add_remedy (GError **error)
{
  char *text;

  if (error == NULL || !g_error_matches (*error, NN_ERROR, NN_ERROR_SHAPE))
    return;
  text = g_strdup_printf (_ ("%s; nudge info, nudge edit and nudge diff read any arrays"),
                          (*error)->message);
  g_free ((*error)->message);
  (*error)->message = text;
}

/**
 * nn_experiment_is_of_parameters:
 * @path: a file of arrays, or FILE:MEMBER
 *
 * Returns: whether the arrays are parameters and not data, by their names or by the
 *   format; FALSE if they cannot be read
 */
gboolean
nn_experiment_is_of_parameters (const char *path)
{
  g_autoptr (NnArrayFile) file = nn_array_file_open (path, NULL, NULL);

  return file != NULL &&
         (file->kind == &nn_arrays_safetensors || file->kind == &nn_arrays_torch ||
          nn_chain_is_likely (file->arrays));
}

/**
 * nn_experiment_for_parameters:
 * @path: a file of arrays, or FILE:MEMBER
 * @progress: (nullable)
 *
 * Its network is a chain of linear layers (nn-chain.h). What the file does not have is
 * guessed; the experiment's notes say what, and those of its parameters what was
 * converted, as they may begin another experiment.
 *
 * Returns: (nullable): an experiment that passes nn_experiment_check ()
 */
NnExperiment *
nn_experiment_for_parameters (const char *path,
                              const NnProgress *progress,
                              GError **error)
{
  g_autoptr (NnParameters) all = nn_experiment_load_parameters (path, progress, error);
  g_autoptr (NnChain) chain = all != NULL ? nn_chain_find (all->arrays, error) : NULL;
  g_autoptr (NnExperiment) self = NULL;

  if (all == NULL)
    return NULL;
  if (chain != NULL)
    self = make_experiment (path, all, chain);
  else
    add_remedy (error);
  if (self == NULL || !nn_experiment_check (self, error)) {
    g_autofree char *name = nn_path_dup_display_name (path);

    g_prefix_error (error, "%s: ", name);
    return NULL;
  }
  return g_steal_pointer (&self);
}

/* nn-experiment-for-data.c - a reasonable experiment for data of the user's
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/io/nn-experiment-for-data.h"

#include <glib/gi18n.h>
#include <math.h>

#include "nn/base/nn-error.h"

#define MOST_GUESSED_CLASSES 100  /* more different whole numbers are taken for amounts */
#define FEW_FEATURES         32   /* for which few hidden units and large steps suffice */
#define FEW_EXAMPLES         256  /* for which one batch of all is fast enough */
#define ENOUGH_TO_HOLD_OUT   50   /* examples, of which a fifth is held out */
#define ROUNDING             1e-4 /* of the sum of a row of probabilities */

/* Whether whole numbers are taken for classes: all from 0 to the greatest occur, and they
 * are few. */
static gboolean
are_rather_classes (const NnTable *table)
{
  const gsize n_classes = nn_table_get_n_classes (table);
  g_autofree gboolean *seen = NULL;

  if (table->targets_are == NN_TARGETS_CLASSES)
    return TRUE;
  if (n_classes < 2 || n_classes > MOST_GUESSED_CLASSES ||
      2 * n_classes > table->n_examples)
    return FALSE;
  seen = g_new0 (gboolean, n_classes);
  for (gsize i = 0; i < table->n_examples; i++)
    seen[(gsize) table->targets[i]] = TRUE;
  for (gsize i = 0; i < n_classes; i++)
    if (!seen[i])
      return FALSE;
  return TRUE;
}

/* Whether rows are numbers from 0 to 1 with the sum 1, as one-hot rows are. */
static gboolean
are_probabilities (const NnTable *table)
{
  if (table->n_targets < 2)
    return FALSE;
  for (gsize i = 0; i < table->n_examples; i++) {
    const float *row = table->targets + i * table->n_targets;
    double sum = 0;

    for (gsize k = 0; k < table->n_targets; k++) {
      if (row[k] < 0 || row[k] > 1)
        return FALSE;
      sum += (double) row[k];
    }
    if (fabs (sum - 1) > ROUNDING)
      return FALSE;
  }
  return TRUE;
}

/* Returns: how many outputs the network needs for the loss */
static gsize
choose_loss (NnExperiment *self)
{
  const NnTable *table = self->data.table;

  if (are_rather_classes (table)) {
    const gsize n_classes = nn_table_get_n_classes (table);

    self->loss = nn_loss_get_default (NN_LOSS_CROSS_ENTROPY);
    nn_experiment_add_note (
        self, _ ("loss: cross_entropy, as %s is %zu classes"),
        table->target_names ? table->target_names[0] : _ ("the target"), n_classes);
    return n_classes;
  }
  if (are_probabilities (table)) {
    self->loss = nn_loss_get_default (NN_LOSS_CROSS_ENTROPY);
    nn_experiment_add_note (self, _ ("loss: cross_entropy, as each row of targets is "
                                     "probabilities, which sum up to 1"));
    return table->n_targets;
  }
  self->loss = nn_loss_get_default (NN_LOSS_MSE);
  nn_experiment_add_note (self, _ ("loss: mse, as the targets are numbers"));
  return table->n_targets;
}

static void
choose_network (NnExperiment *self, gsize n_outputs)
{
  const gsize n_features = self->data.table->n_features;
  const gboolean few = n_features <= FEW_FEATURES;
  const gsize n_hidden = few ? 16 : 64;
  const NnLayerSpec layers[] = { { "fc1", n_hidden, NN_ACTIVATION_RELU },
                                 { "fc2", n_outputs, NN_ACTIVATION_IDENTITY } };

  self->architecture = nn_architecture_new (n_features, layers, G_N_ELEMENTS (layers));
  self->init.type = NN_INIT_TORCH;
  self->optimizer = nn_optimizer_get_default (NN_OPTIMIZER_ADAM);
  self->optimizer.lr = few ? 0.01 : 0.001;
  nn_experiment_add_note (self, _ ("network: %zu-%zu-%zu, relu between; adam with lr %s"),
                          n_features, n_hidden, n_outputs, few ? "0.01" : "0.001");
}

static void
choose_batch (NnExperiment *self)
{
  const gsize n = self->data.table->n_examples;

  self->data.validation = n >= ENOUGH_TO_HOLD_OUT ? 0.2 : 0;
  if (n > FEW_EXAMPLES) {
    self->batch_size = 64;
    self->shuffle = NN_SHUFFLE_RANDPERM;
  }
  nn_experiment_add_note (self, _ ("examples: %zu%s; batches: %s"), n,
                          self->data.validation > 0 ? _ (", a fifth of them held out")
                                                    : "",
                          n > FEW_EXAMPLES ? _ ("64, shuffled") : _ ("all at once"));
}

/**
 * nn_experiment_for_data:
 * @data: with its table loaded; copied
 * @name: of the experiment
 *
 * Returns: (transfer full) (nullable): NULL with NN_ERROR_SHAPE if the data have nothing
 *   to learn
 */
NnExperiment *
nn_experiment_for_data (const NnDataSpec *data, const char *name, GError **error)
{
  g_return_val_if_fail (data->table != NULL, NULL);

  g_autoptr (NnExperiment) self = g_new0 (NnExperiment, 1);

  if (data->table->n_targets == 0) {
    g_set_error_literal (error, NN_ERROR, NN_ERROR_SHAPE,
                         _ ("there is nothing to learn in it: a column of targets is "
                            "needed besides the inputs"));
    return NULL;
  }
  self->name = g_utf8_make_valid (name, -1);
  self->title = g_strdup (self->name);
  self->seed = 1;
  self->guard = NN_GUARD_SHIELD;
  self->nudges = g_ptr_array_new_with_free_func ((GDestroyNotify) nn_nudge_unref);
  self->events = nn_event_new_array ();
  nn_data_spec_copy (&self->data, data);
  nn_experiment_add_notes (self, data->table->notes);
  if (data->standardise)
    nn_experiment_add_note (self, _ ("inputs are standardised: mean 0, deviation 1"));
  choose_network (self, choose_loss (self));
  choose_batch (self);
  return nn_experiment_check (self, error) ? g_steal_pointer (&self) : NULL;
}

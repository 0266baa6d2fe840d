/* nn-footprint.c - whether there is enough memory for a run, before it begins
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/run/nn-footprint.h"

#include <glib/gi18n.h>

#include "nn/base/nn-error.h"
#include "nn/base/nn-memory.h"
#include "nn/data/nn-batches.h"
#include "nn/kernels/nn-gemm.h"
#include "nn/kernels/nn-kernels.h"
#include "nn/model/nn-loss.h"
#include "nn/run/nn-scores.h"

/* Vectors as long as the network's: values, gradients, the values at step 0, scratch, and
 * two that are for nudges during the run and for what is written after it. */
#define RUN_VECTORS 6
/* Two frames, and two trials with values and gradients, both before a nudge,
 * and scratch. */
#define SESSION_VECTORS 12
/* Slow copies, and what a nudge makes of them, if some nudge mentions them. */
#define SLOW_VECTORS 2
/* Copies of the whole state that a timeline keeps in any case. */
#define LEAST_CHECKPOINTS 2

/* Of a state that is written to a file: values, gradients, and the values before the last
 * nudge. */
#define STATE_VECTORS 3
/* One is written while the next one waits. */
#define STATES 2

/* Less than this is not compared: reading the available memory takes longer than a
 * short run. */
#define LITTLE (16 * 1024 * 1024)
/* The program itself, its threads and what is small. */
#define FIXED (8 * 1024 * 1024)

static guint64
count_moments (const NnExperiment *e)
{
  const NnOptimizerKind *kind = nn_optimizer_get_kind (e->optimizer.type);
  guint64 n = 0;

  while (n < NN_OPTIMIZER_MAX_MOMENTS && kind->moments[n] != NULL)
    n++;
  return n;
}

static gboolean
mentions_slow (const NnNudge *nudge)
{
  return nudge != NULL &&
         (nn_expression_get_needs (nudge->expression) & NN_NEED_SLOW) != 0;
}

/* Whether a nudge may keep slow copies; all parameters are counted then. */
static gboolean
has_slow_copies (const NnExperiment *e)
{
  for (guint i = 0; i < e->nudges->len; i++)
    if (mentions_slow (e->nudges->pdata[i]))
      return TRUE;
  for (guint i = 0; i < e->events->len; i++)
    if (mentions_slow (g_array_index (e->events, NnEvent, i).nudge))
      return TRUE;
  return FALSE;
}

static guint64
count_training (const NnDataSpec *data)
{
  const gsize n = nn_data_spec_get_n_examples (data);
  const double n_held = (double) n * data->validation;

  return n - (guint64) MIN (n_held, (double) n - 1);
}

/* Floats of the tapes for a batch of @n_examples: of each layer the outputs, their
 * gradients and, for most activations, its sums; scratch for the largest product; the
 * loss's derivative. */
static guint64
count_tape (const NnArchitecture *architecture, guint64 n_examples)
{
  const gsize n_columns = nn_kernels_get_columns (n_examples);
  guint64 floats = 0, scratch = 0, widest = 0;

  for (gsize i = 0; i < architecture->n_layers; i++) {
    const NnLayerShape *layer = &architecture->layers[i];
    const guint64 n_arrays = nn_activation_needs_input (layer->activation) ? 3 : 2;

    floats += n_arrays * layer->n_units * n_columns;
    scratch =
        MAX (scratch, nn_gemm_get_scratch (layer->n_units, layer->n_inputs, n_columns));
    widest = MAX (widest, ((guint64) layer->n_inputs + 1) * layer->n_units);
  }
  floats += architecture->layers[architecture->n_layers - 1].n_units * n_columns;
  return floats + scratch + widest;
}

/* Floats of the examples as a batch. */
static guint64
count_columns (const NnDataSpec *data, guint64 n_examples)
{
  return (nn_data_spec_get_n_features (data) + nn_data_spec_get_n_targets (data)) *
         nn_kernels_get_columns (n_examples);
}

/* @n_tapes: for a whole mini-batch; one more for evaluations, if those have
 * more examples */
static guint64
count_batch (const NnExperiment *e, guint64 n_tapes)
{
  const guint64 n_training = count_training (&e->data);
  const guint64 n_batch =
      e->batch_size == 0 ? n_training : MIN (e->batch_size, n_training);
  const guint64 n_held = nn_data_spec_get_n_examples (&e->data) - n_training;
  const guint64 n_scored =
      nn_loss_has_accuracy (e->loss.type) ? MIN (n_training, NN_SCORES_EXAMPLES) : 0;

  return count_tape (e->architecture, n_batch) * n_tapes +
         count_tape (e->architecture, MAX (MAX (n_batch, n_held), n_scored)) +
         count_columns (&e->data, n_batch) + count_columns (&e->data, n_scored);
}

/* Bytes: the rows, unless they are loaded already, and their orders. */
static guint64
count_data (const NnExperiment *e)
{
  const NnDataSpec *data = &e->data;
  const guint64 n_training = count_training (data);
  const guint64 n = nn_data_spec_get_n_examples (data);
  guint64 floats =
      MIN (count_columns (data, n_training), NN_BATCHES_MAX_PACKED / sizeof (float)) +
      count_columns (data, n - n_training);

  if (!nn_data_source_get_kind (data->source)->is_table)
    floats +=
        n * (nn_data_spec_get_n_features (data) + nn_data_spec_get_n_targets (data));
  return floats * sizeof (float) + n * (sizeof (guint32) + 2 * sizeof (gsize));
}

/**
 * nn_footprint_of_run:
 * @experiment: has passed nn_experiment_check ()
 *
 * Returns: what a trainer needs, and writing its parameters
 */
NnFootprint
nn_footprint_of_run (const NnExperiment *experiment)
{
  const guint64 n_values = experiment->architecture->n_values;
  const guint64 n_slow = has_slow_copies (experiment) ? SLOW_VECTORS : 0;

  return (NnFootprint){
    .network =
        (RUN_VECTORS + n_slow + count_moments (experiment)) * n_values * sizeof (float),
    .batch = count_batch (experiment, 1) * sizeof (float),
    .data = count_data (experiment),
  };
}

/**
 * nn_footprint_count_states:
 * @experiment: has passed nn_experiment_check ()
 *
 * Returns: how many bytes a checkpoint saver (nn/io/nn-checkpoint-saver.h) needs
 */
guint64
nn_footprint_count_states (const NnExperiment *experiment)
{
  const guint64 n_vectors =
      STATE_VECTORS + has_slow_copies (experiment) + count_moments (experiment);

  return STATES * (n_vectors * experiment->architecture->n_values * sizeof (float) +
                   count_training (&experiment->data) * sizeof (gsize));
}

/**
 * nn_footprint_of_session:
 * @experiment: has passed nn_experiment_check ()
 * @checkpoints: their budget, in bytes
 *
 * Returns: what a session needs: a timeline with checkpoints, frames, trials and
 *   the ghost
 */
NnFootprint
nn_footprint_of_session (const NnExperiment *experiment, guint64 checkpoints)
{
  const guint64 n_values = experiment->architecture->n_values;
  const guint64 n_vectors = 2 + has_slow_copies (experiment) + count_moments (experiment);
  const guint64 state = n_vectors * n_values * sizeof (float);
  const NnFootprint run = nn_footprint_of_run (experiment);

  return (NnFootprint){
    .network = 2 * run.network + SESSION_VECTORS * n_values * sizeof (float) +
               MAX (MIN (checkpoints, 16 * state), (LEAST_CHECKPOINTS + 1) * state),
    .batch = 2 * run.batch + count_batch (experiment, 1) * sizeof (float),
    .data = 2 * run.data,
  };
}

static guint64
add_up (const NnFootprint *self)
{
  return self->network + self->batch + self->data + self->output + self->states;
}

static const char *
get_largest (const NnFootprint *self)
{
  const guint64 run = MAX (self->network, MAX (self->batch, self->data));

  if (self->states > MAX (run, self->output))
    return _ ("copies of the state for checkpoints: do without them");
  if (self->output > run)
    return _ ("the file with the weights: name one that ends in .safetensors");
  if (self->network >= MAX (self->batch, self->data))
    return _ ("the weights and what the optimizer keeps of them: remove layers or units");
  return self->batch >= self->data
             ? _ ("the outputs of the layers: give a smaller batch.size")
             : _ ("the data: give fewer examples");
}

/**
 * nn_footprint_compare:
 * @available: bytes
 *
 * Returns: FALSE with NN_ERROR_MEMORY, and what to make smaller, if that is too little
 */
gboolean
nn_footprint_compare (const NnFootprint *self, guint64 available, GError **error)
{
  const guint64 needed = add_up (self) + FIXED;
  g_autofree char *wanted = nn_memory_dup_size (needed);
  g_autofree char *there = nn_memory_dup_size (available);

  if (needed <= available)
    return TRUE;
  g_set_error (error, NN_ERROR, NN_ERROR_MEMORY,
               _ ("this needs about %s of memory, but there is %s; most is for %s"),
               wanted, there, get_largest (self));
  return FALSE;
}

/**
 * nn_footprint_check:
 *
 * Returns: FALSE as nn_footprint_compare () with the memory that the process can have now
 */
gboolean
nn_footprint_check (const NnFootprint *self, GError **error)
{
  if (add_up (self) < LITTLE)
    return TRUE;
  return nn_footprint_compare (self, nn_memory_get_available (), error);
}

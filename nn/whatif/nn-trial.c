/* nn-trial.c - a copy of a run's state, in which nudges are tried
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/whatif/nn-trial.h"

#include <math.h>
#include <string.h>

#include "nn/kernels/nn-kernels.h"
#include "nn/nudge/nn-apply.h"
#include "nn/run/nn-evaluate.h"
#include "nn/tensor/nn-grad-mode.h"

struct _NnTrial {
  NnTrainer *trainer;       /* (not owned) */
  NnExperiment *experiment; /* (owned) (nullable) of the state */
  NnDataset *dataset;       /* (owned) (nullable) likewise */
  GBytes *initial;          /* (owned) (nullable) (n_values) the initial values */
  gsize n_values;           /* parameters */

  /* The state. */
  guint64 step;
  float *values;       /* (owned) (n_values) the weights */
  float *before;       /* (owned) (n_values) those before the last step's optimizer */
  gboolean has_before; /* before is known */
  NnSlowCopies *slow;  /* (owned) */
  gboolean walks;
  gboolean packed;      /* full and smaller refer to the run's own arrays */
  const NnBatch *batch; /* (not owned) one of the two below */
  NnBatch full;         /* (owned) made at the first use */
  NnBatch smaller;      /* (owned) likewise */

  /* What trying uses. */
  NnNetwork *network;  /* (owned) with the state's gradients */
  gboolean *has_grads; /* (owned) (n_parameters) scratch */
  NnNoise *noise;      /* (owned) in the run's state */
  NnBoundNudge *bound; /* (owned) (nullable) the nudge that was tried last */
  float *scratch;      /* (owned) (n_values) */
  NnBatch example;     /* (owned) where examples are processed one at a time */
  NnTape *tape;        /* (owned) */
  NnTape *probe_tape;  /* (owned) */
};

/**
 * nn_trial_new:
 * @trainer: (not owned): outlives the trial
 *
 * Returns: (transfer full): a trial, on which nn_trial_begin () has to be called first
 */
NnTrial *
nn_trial_new (NnTrainer *trainer)
{
  NnTrial *self = g_new0 (NnTrial, 1);

  self->trainer = trainer;
  return self;
}

static void
clear_batch (NnBatch *batch)
{
  g_clear_pointer (&batch->inputs, nn_tensor_unref);
  g_clear_pointer (&batch->targets, nn_tensor_unref);
}

static void
clear (NnTrial *self)
{
  g_clear_pointer (&self->probe_tape, nn_tape_free);
  g_clear_pointer (&self->tape, nn_tape_free);
  clear_batch (&self->example);
  clear_batch (&self->smaller);
  clear_batch (&self->full);
  g_clear_pointer (&self->scratch, g_free);
  g_clear_pointer (&self->bound, nn_bound_nudge_free);
  g_clear_pointer (&self->noise, nn_noise_free);
  g_clear_pointer (&self->has_grads, g_free);
  g_clear_pointer (&self->network, nn_network_free);
  g_clear_pointer (&self->slow, nn_slow_copies_free);
  g_clear_pointer (&self->before, g_free);
  g_clear_pointer (&self->values, g_free);
  g_clear_pointer (&self->initial, g_bytes_unref);
  g_clear_pointer (&self->dataset, nn_dataset_unref);
  g_clear_pointer (&self->experiment, nn_experiment_free);
}

void
nn_trial_free (NnTrial *self)
{
  clear (self);
  g_free (self);
}

/* Allocates for what the trainer trains now, which an edit may have changed. The initial
 * values change only by an edit, or by a reset, which makes its data again. */
static void
fit (NnTrial *self)
{
  NnExperiment *experiment = nn_trainer_get_experiment (self->trainer);
  NnDataset *dataset = nn_trainer_get_dataset (self->trainer);
  NnArchitecture *architecture = experiment->architecture;

  if (self->experiment == experiment && self->dataset == dataset)
    return;
  clear (self);
  self->dataset = nn_dataset_ref (dataset);
  self->initial = g_bytes_ref (nn_trainer_get_initial (self->trainer));
  self->experiment = nn_experiment_ref (experiment);
  self->n_values = architecture->n_values;
  self->values = g_new (float, self->n_values);
  self->before = g_new (float, self->n_values);
  self->slow = nn_slow_copies_new (architecture);
  self->network = nn_network_new (architecture);
  self->has_grads = g_new (gboolean, architecture->n_parameters);
  self->noise = nn_noise_new (0);
  self->scratch = g_new (float, self->n_values);
  self->tape = nn_tape_new (NN_GUARD_OFF);
  self->probe_tape = nn_tape_new (NN_GUARD_OFF);
}

/* ---- the batch --------------------------------------------------------------------- */

/* Refers to mini-batches that are packed once; copies one that each step fills again. */
static void
keep_columns (NnTensor **kept, NnTensor *columns, gboolean packed)
{
  if (columns == NULL)
    return;
  /* The rest of an epoch after an edit may have mini-batches of another size. */
  if (*kept && nn_tensor_get_size (*kept) != nn_tensor_get_size (columns))
    g_clear_pointer (kept, nn_tensor_unref);
  if (*kept == NULL)
    *kept = packed ? nn_tensor_data (columns)
                   : nn_tensor_new (2, nn_tensor_get_shape (columns));
  if (packed)
    nn_tensor_move (*kept, nn_tensor_get_offset (columns));
  else
    memcpy (nn_tensor_write (*kept, NULL), nn_tensor_get_values (columns),
            nn_tensor_get_size (columns) * sizeof (float));
}

static void
keep_batch (NnTrial *self)
{
  gboolean packed;
  const NnBatch *batch = nn_trainer_get_next_batch (self->trainer, &packed);
  NnBatch *kept = batch->smaller ? &self->smaller : &self->full;

  if (packed != self->packed) {
    clear_batch (&self->full);
    clear_batch (&self->smaller);
    self->packed = packed;
  }
  keep_columns (&kept->inputs, batch->inputs, packed);
  keep_columns (&kept->targets, batch->targets, packed);
  kept->n_examples = batch->n_examples;
  self->batch = kept;
}

/* Repeats column @index, as in a mini-batch of one example. */
static void
pick_column (NnTensor **example, const NnTensor *columns, gsize index)
{
  const gsize n_rows = nn_tensor_get_shape (columns)[0];
  const gsize n_columns = nn_tensor_get_shape (columns)[1];
  const gsize n_wanted = nn_kernels_get_columns (1);
  const float *from = nn_tensor_get_values (columns);
  float *to;

  if (*example == NULL)
    *example = nn_tensor_new (2, (const gsize[]){ n_rows, n_wanted });
  to = nn_tensor_write (*example, NULL);
  for (gsize r = 0; r < n_rows; r++)
    for (gsize c = 0; c < n_wanted; c++)
      to[r * n_wanted + c] = from[r * n_columns + index];
}

static const NnBatch *
pick_example (NnTrial *self, gsize index)
{
  pick_column (&self->example.inputs, self->batch->inputs, index);
  if (self->batch->targets)
    pick_column (&self->example.targets, self->batch->targets, index);
  self->example.n_examples = 1;
  return &self->example;
}

/* ---- trying ------------------------------------------------------------------------ */

static void
keep_grads (NnTrial *self)
{
  const NnNetwork *network = nn_trainer_get_network (self->trainer);
  const gsize n_parameters = nn_network_get_architecture (network)->n_parameters;

  for (gsize i = 0; i < n_parameters; i++)
    self->has_grads[i] =
        nn_tensor_get_grad (nn_network_get_parameter (network, i)) != NULL;
  nn_network_set_grads (self->network, nn_network_get_grads (network), self->has_grads);
}

/**
 * nn_trial_begin:
 *
 * Copies the present state of the trainer, between two steps.
 */
void
nn_trial_begin (NnTrial *self)
{
  const guint64 step = nn_trainer_get_n_steps (self->trainer);
  const NnNudgeContext context =
      nn_trainer_get_nudge_context (self->trainer, NN_SECTION_AFTER_STEP, step);

  fit (self);
  self->step = step;
  self->walks = nn_trainer_walks_examples (self->trainer);
  memcpy (self->values, nn_network_get_values (context.network),
          self->n_values * sizeof (float));
  keep_grads (self);
  self->has_before = context.before != NULL;
  if (self->has_before)
    memcpy (self->before, context.before, self->n_values * sizeof (float));
  nn_slow_copies_assign (self->slow, context.slow);
  nn_random_assign (nn_noise_get_random (self->noise),
                    nn_noise_get_random (context.noise));
  keep_batch (self);
}

/**
 * nn_trial_get_step:
 *
 * Returns: the step of the copied state
 */
guint64
nn_trial_get_step (const NnTrial *self)
{
  return self->step;
}

static float
evaluate (NnTrial *self, const NnBatch *batch)
{
  return nn_evaluate (self->network, &self->experiment->loss, self->tape, batch);
}

/* As nn_trainer_evaluate (), of the copied state. */
static float
evaluate_all (NnTrial *self)
{
  double sum = 0;

  if (!self->walks)
    return evaluate (self, self->batch);
  for (gsize i = 0; i < self->batch->n_examples; i++)
    sum += (double) evaluate (self, pick_example (self, i));
  return (float) (sum / (double) self->batch->n_examples);
}

/* Binds @nudge, unless it was tried last: it is tried with one amount after the other. */
static gboolean
bind (NnTrial *self, NnNudge *nudge, GError **error)
{
  if (self->bound != NULL && nn_bound_nudge_get_nudge (self->bound) == nudge &&
      nn_bound_nudge_fits (self->bound, self->network))
    return TRUE;
  g_clear_pointer (&self->bound, nn_bound_nudge_free);
  self->bound =
      nn_bound_nudge_new (nudge, nn_network_get_architecture (self->network), error);
  return self->bound != NULL;
}

/* Restores the network from the state, and applies @nudge. */
static gboolean
apply (NnTrial *self, const NnNudge *nudge, float amount, GError **error)
{
  NnNudgeContext context =
      nn_trainer_get_nudge_context (self->trainer, NN_SECTION_AFTER_STEP, self->step);
  float *values;

  NN_NO_GRAD_FUNCTION ();

  context.network = self->network;
  context.optimizer = NULL;
  context.noise = self->noise;
  context.init = &self->experiment->init;
  context.initial = g_bytes_get_data (self->initial, NULL);
  context.before = self->has_before ? self->before : NULL;
  context.slow = self->slow;
  context.scratch = self->scratch;
  values = nn_network_write_values (self->network);
  memcpy (values, self->values, self->n_values * sizeof (float));
  /* The cast is for the reference count only. */
  return bind (self, (NnNudge *) (guintptr) nudge, error) &&
         nn_bound_nudge_preview (self->bound, amount, &context, values, error);
}

/**
 * nn_trial_evaluate:
 *
 * Returns: nn_trainer_evaluate () of the copied state, bit for bit
 */
float
nn_trial_evaluate (NnTrial *self)
{
  NN_NO_GRAD_FUNCTION ();

  memcpy (nn_network_write_values (self->network), self->values,
          self->n_values * sizeof (float));
  return evaluate_all (self);
}

/**
 * nn_trial_try:
 * @nudge: its amount and its WHEN are ignored
 *
 * Returns: nn_trainer_evaluate () of the copied state after @nudge with @amount, bit for
 *   bit; it may be infinite or NAN. NAN with @error set if the nudge is refused
 */
float
nn_trial_try (NnTrial *self, const NnNudge *nudge, float amount, GError **error)
{
  return apply (self, nudge, amount, error) ? evaluate_all (self) : NAN;
}

/**
 * nn_trial_preview:
 * @nudge: gets a reference
 *
 * Returns: (transfer full): the network of the copied state after @nudge; without it, and
 *   with the refusal, if the nudge is refused
 */
NnPreview *
nn_trial_preview (NnTrial *self, NnNudge *nudge)
{
  const NnProbes *probes = nn_trainer_get_probes (self->trainer);
  NnPreview *preview = nn_preview_new (nn_network_get_architecture (self->network),
                                       nn_probes_get_shape (probes)->n);
  g_autoptr (GError) error = NULL;

  preview->nudge = nn_nudge_ref (nudge);
  preview->step = self->step;
  preview->loss = (double) nn_trial_try (self, nudge, nudge->amount, &error);
  if (error)
    preview->refusal = g_strdup (error->message);
  memcpy (preview->values, nn_network_get_values (self->network),
          self->n_values * sizeof (float));
  nn_probes_compute_activations (probes, self->network, self->probe_tape,
                                 preview->activations);
  return preview;
}

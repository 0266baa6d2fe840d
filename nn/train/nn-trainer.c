/* nn-trainer.c - one run: a network, its data, its optimizer and its nudges
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/train/nn-trainer.h"

#include <math.h>
#include <string.h>

#include "nn/data/nn-batches.h"
#include "nn/kernels/nn-flush.h"
#include "nn/kernels/nn-kernels.h"
#include "nn/nn-error.h"
#include "nn/nudge/nn-apply.h"
#include "nn/tensor/nn-grad-mode.h"

/* A nudge that waits for its time, and its entry in the log once it has had it. */
typedef struct {
  NnNudge *nudge; /* (owned) */
  gssize landing; /* index, or -1 */
} Standing;

#define LINE_PROBES  33 /* points of a neuron's graph over the one feature */
#define BATCH_PROBES 16 /* examples shown where there is more than one feature */

struct _NnTrainer {
  NnExperiment *experiment; /* (owned) */
  const NnKernels *kernels;
  NnNetwork *network;     /* (owned) */
  NnOptimizer *optimizer; /* (owned) */
  NnDataset *dataset;     /* (owned) */
  NnBatches *batches;     /* (owned) */
  NnBatch *held_out;      /* (owned) (nullable) */
  NnRandom *random;       /* (owned) parameters, data, then shuffles */
  NnNoise *noise;         /* (owned) what nudges draw, and nothing else */
  NnTensor *probes;       /* (owned) (features, columns) what frames show */
  gsize n_probes;

  /* A tape's plan holds for one shape of batch. */
  NnTape *tape;         /* (owned) full batches */
  NnTape *smaller_tape; /* (owned) an epoch's last batch */
  NnTape *example_tape; /* (owned) single examples */
  NnTape
      *evaluate_tape; /* (owned) outside steps; frames leave the step's results alone */

  float *scratch;    /* (owned) (n_values) for nudges */
  float *unnudged;   /* (owned) (n_values) in case a step fails after a nudge within it */
  NnRandom *undrawn; /* (owned) noise's stream, likewise */
  GArray *standing;  /* (owned) Standing, in the order they run */
  GArray *landings;  /* (owned) NnLanding, oldest first */
  gboolean waits;    /* some standing nudge waits for more than the hand */
  gboolean walks;    /* some standing nudge wants every example */
  gboolean has_gap;  /* some standing nudge is before backward */
  NnCurve *curve;    /* (owned) */

  guint64 n_steps; /* completed */
  float loss;
  NnPhase phase;        /* the next one */
  const NnBatch *batch; /* (not owned) of the step under way */
  gsize example;        /* of the batch, if it is walked */
  NnTensor *loss_now;   /* (not owned) the forward pass's, until backward */
  double loss_sum;      /* over the examples walked */
  gboolean kept;        /* unnudged and undrawn are those from before the step */
};

/* Everything that decides how a run goes on; the curve and the log are not part. */
struct _NnTrainerState {
  guint64 n_steps;
  float loss;
  float *values;       /* (owned) */
  float *grads;        /* (owned) */
  gboolean *has_grads; /* (owned) (n_parameters) */
  NnOptimizerSettings settings;
  void *optimizer;  /* (owned) */
  void *batches;    /* (owned) */
  NnRandom *random; /* (owned) */
  NnRandom *noise;  /* (owned) the nudges' stream */
};

static void
standing_clear (gpointer data)
{
  g_clear_pointer (&((Standing *) data)->nudge, nn_nudge_unref);
}

/* ---- beginning --------------------------------------------------------------------- */

/* One feature is shown as a graph over its range, several by the first examples. */
static void
make_probes (NnTrainer *self)
{
  const NnDataset *data = self->dataset;
  const gsize n_features = data->n_features;
  const gboolean line = n_features == 1;
  const gsize n = line ? LINE_PROBES : MIN (data->n_training, BATCH_PROBES);
  const gsize n_columns = nn_kernels_get_columns (n);
  float low = data->inputs[0], high = data->inputs[0];
  float *p;

  for (gsize i = 0; line && i < data->n_examples; i++) {
    low = MIN (low, data->inputs[i]);
    high = MAX (high, data->inputs[i]);
  }
  if (self->experiment->data.source == NN_DATA_UNIFORM) {
    low = 0; /* where the features are drawn from */
    high = 1;
  }
  self->n_probes = n;
  self->probes = nn_tensor_new (2, (const gsize[]){ n_features, n_columns });
  p = nn_tensor_write (self->probes, NULL);
  for (gsize c = 0; c < n_columns; c++) {
    const gsize i = MIN (c, n - 1);

    for (gsize f = 0; f < n_features; f++)
      p[f * n_columns + c] = line ? low + (high - low) * (float) i / (float) (n - 1)
                                  : data->inputs[i * n_features + f];
  }
}

/* Draws parameters, then data: the order in which a PyTorch script does. The nudges'
 * stream begins anew, too. */
static void
draw (NnTrainer *self)
{
  const NnExperiment *e = self->experiment;

  g_clear_pointer (&self->random, nn_random_free);
  self->random = nn_random_new (e->seed);
  g_clear_pointer (&self->noise, nn_noise_free);
  self->noise = nn_noise_new (e->seed);
  nn_init_network (&e->init, self->network, self->random);
  nn_network_clear_grads (self->network);
  g_clear_pointer (&self->dataset, nn_dataset_unref);
  self->dataset = nn_dataset_new (&e->data, self->random);
  g_clear_pointer (&self->optimizer, nn_optimizer_free);
  self->optimizer = nn_optimizer_new (self->network, &e->optimizer);
}

/* What a step's gap and examples cost is paid only if somebody waits for them. */
static void
look_at_standing (NnTrainer *self)
{
  self->waits = FALSE;
  self->walks = FALSE;
  self->has_gap = FALSE;
  for (guint i = 0; i < self->standing->len; i++) {
    const NnNudge *nudge = g_array_index (self->standing, Standing, i).nudge;

    self->waits |= nudge->when != NN_WHEN_BY_HAND;
    self->walks |= nudge->when == NN_WHEN_EVERY_EXAMPLE;
    self->has_gap |= nudge->before_backward;
  }
}

/**
 * nn_trainer_new:
 * @experiment: copied
 *
 * Returns: (nullable): the run at step 0; NULL if the experiment cannot be run, as
 *   nn_experiment_check () says
 */
NnTrainer *
nn_trainer_new (const NnExperiment *experiment, GError **error)
{
  const gsize n_values = experiment->architecture->n_values;
  NnTrainer *self;

  if (!nn_experiment_check (experiment, error))
    return NULL;

  self = g_new0 (NnTrainer, 1);
  self->experiment = nn_experiment_copy (experiment);
  self->kernels = nn_kernels_get ();
  self->network = nn_network_new (experiment->architecture);
  self->tape = nn_tape_new (experiment->guard);
  self->smaller_tape = nn_tape_new (experiment->guard);
  self->example_tape = nn_tape_new (experiment->guard);
  self->evaluate_tape = nn_tape_new (experiment->guard);
  self->scratch = g_new (float, n_values);
  self->unnudged = g_new (float, n_values);
  self->undrawn = nn_random_new (experiment->seed);
  self->standing = g_array_new (FALSE, FALSE, sizeof (Standing));
  g_array_set_clear_func (self->standing, standing_clear);
  self->landings = g_array_new (FALSE, FALSE, sizeof (NnLanding));
  g_array_set_clear_func (self->landings, (GDestroyNotify) nn_landing_clear);
  self->curve = nn_curve_new ();
  for (gsize i = 0; i < experiment->nudges->len; i++)
    nn_trainer_add_standing (self, experiment->nudges->pdata[i]);
  draw (self);
  self->batches =
      nn_batches_new (self->dataset, experiment->batch_size, experiment->shuffle);
  self->held_out = nn_batch_new_held_out (self->dataset);
  make_probes (self);
  self->loss = nn_trainer_evaluate (self);
  return self;
}

void
nn_trainer_free (NnTrainer *self)
{
  g_array_unref (self->landings);
  g_array_unref (self->standing);
  nn_curve_free (self->curve);
  nn_random_free (self->undrawn);
  g_free (self->unnudged);
  g_free (self->scratch);
  nn_tape_free (self->evaluate_tape);
  nn_tape_free (self->example_tape);
  nn_tape_free (self->smaller_tape);
  nn_tape_free (self->tape);
  nn_tensor_unref (self->probes);
  nn_noise_free (self->noise);
  nn_random_free (self->random);
  g_clear_pointer (&self->held_out, nn_batch_free);
  nn_batches_free (self->batches);
  nn_dataset_unref (self->dataset);
  nn_optimizer_free (self->optimizer);
  nn_network_free (self->network);
  nn_experiment_free (self->experiment);
  g_free (self);
}

/* The step under way is none any more: no tape waits for its backward pass. */
static void
abandon (NnTrainer *self)
{
  nn_tape_rewind (self->tape);
  nn_tape_rewind (self->smaller_tape);
  nn_tape_rewind (self->example_tape);
  self->phase = NN_PHASE_FORWARD;
  self->example = 0;
}

/**
 * nn_trainer_reset:
 *
 * Goes back to step 0 of the same run: same seed, same bits. Standing nudges
 * stay; the log and the curve begin anew.
 */
void
nn_trainer_reset (NnTrainer *self)
{
  abandon (self);
  draw (self);
  nn_batches_restart (self->batches);
  for (gsize i = 0; i < self->standing->len; i++)
    g_array_index (self->standing, Standing, i).landing = -1;
  g_array_set_size (self->landings, 0);
  nn_curve_clear (self->curve);
  self->n_steps = 0;
  self->loss = nn_trainer_evaluate (self);
}

/* ---- nudges ------------------------------------------------------------------------ */

/* Writes one application of @nudge into @landing; the weights change or not. */
static void
land (NnTrainer *self, NnLanding *landing, guint64 step)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&landing->refusal, g_free);
  landing->last = step;
  if (nn_nudge_apply (landing->nudge, self->network, self->noise, self->scratch, &error))
    landing->n_times++;
  else
    landing->refusal = g_strdup (error->message);
}

static NnLanding *
append_landing (NnTrainer *self, NnNudge *nudge, gboolean standing, guint64 step)
{
  const NnLanding landing = {
    .nudge = nn_nudge_ref (nudge),
    .standing = standing,
    .first = step,
    .loss_before = NAN,
    .loss_after = NAN,
  };

  g_array_append_val (self->landings, landing);
  return &g_array_index (self->landings, NnLanding, self->landings->len - 1);
}

/* Applies the standing nudges that are due, in their order. */
static void
run_standing (NnTrainer *self, NnPlace place, guint64 step)
{
  const NnMoment moment = { .place = place,
                            .step = step,
                            .first_example = self->example == 0,
                            .epoch_ends = self->batch->ends_epoch };

  for (gsize i = 0; i < self->standing->len; i++) {
    Standing *standing = &g_array_index (self->standing, Standing, i);

    if (!nn_nudge_is_due (standing->nudge, &moment))
      continue;
    if (standing->landing < 0) {
      append_landing (self, standing->nudge, TRUE, step);
      standing->landing = (gssize) self->landings->len - 1;
    }
    land (self, &g_array_index (self->landings, NnLanding, standing->landing), step);
  }
}

/**
 * nn_trainer_nudge:
 *
 * Applies @nudge now, once, whatever its WHEN, and computes the loss before and
 * after. What came of it, a refusal included, is the newest landing.
 */
void
nn_trainer_nudge (NnTrainer *self, NnNudge *nudge)
{
  NnLanding *landing = append_landing (self, nudge, FALSE, self->n_steps);

  landing->loss_before = (double) nn_trainer_evaluate (self);
  land (self, landing, self->n_steps);
  landing->loss_after = (double) nn_trainer_evaluate (self);
  if (landing->refusal == NULL)
    self->loss = (float) landing->loss_after;
}

/**
 * nn_trainer_add_standing:
 *
 * Puts @nudge last in the list that each section goes through.
 */
void
nn_trainer_add_standing (NnTrainer *self, NnNudge *nudge)
{
  const Standing standing = { nn_nudge_ref (nudge), -1 };

  g_array_append_val (self->standing, standing);
  look_at_standing (self);
}

/**
 * nn_trainer_remove_standing:
 *
 * Takes @nudge, this very one, off the list; nothing if it is not there.
 */
void
nn_trainer_remove_standing (NnTrainer *self, const NnNudge *nudge)
{
  for (guint i = 0; i < self->standing->len; i++)
    if (g_array_index (self->standing, Standing, i).nudge == nudge) {
      g_array_remove_index (self->standing, i);
      break;
    }
  look_at_standing (self);
}

/* ---- the phases of a step ---------------------------------------------------------- */

/* Before a nudge within a step, which may fail later on. */
static void
keep_weights (NnTrainer *self)
{
  if (self->kept)
    return;
  memcpy (self->unnudged, nn_network_get_values (self->network),
          self->experiment->architecture->n_values * sizeof (float));
  nn_random_assign (self->undrawn, nn_noise_get_random (self->noise));
  self->kept = TRUE;
}

static NnTape *
get_tape (const NnTrainer *self)
{
  if (self->walks)
    return self->example_tape;
  return self->batch->smaller ? self->smaller_tape : self->tape;
}

/* The step has not happened: weights, data, the nudges' random numbers and the count are
 * what they were before. */
static void
undo (NnTrainer *self)
{
  abandon (self);
  if (self->kept) {
    nn_random_assign (nn_noise_get_random (self->noise), self->undrawn);
    NN_NO_GRAD ()
    {
      memcpy (nn_network_write_values (self->network), self->unnudged,
              self->experiment->architecture->n_values * sizeof (float));
    }
  }
}

static gboolean
fail (NnTrainer *self, GError **error, const char *what)
{
  undo (self);
  g_set_error (error, NN_ERROR, NN_ERROR_DIVERGED,
               "step %" G_GUINT64_FORMAT ": the %s; the weights are those after step "
               "%" G_GUINT64_FORMAT,
               self->n_steps + 1, what, self->n_steps);
  return FALSE;
}

/* The parameter whose gradient is not finite; the network's last one that has any. */
static const char *
find_diverged_gradient (const NnTrainer *self)
{
  const NnArchitecture *architecture = self->experiment->architecture;

  for (gsize i = architecture->n_parameters; i-- > 0;) {
    const NnTensor *grad =
        nn_tensor_get_grad (nn_network_get_parameter (self->network, i));

    if (grad && !self->kernels->all_finite (nn_tensor_get_values (grad),
                                            nn_tensor_get_size (grad)))
      return architecture->parameters[i].name;
  }
  return NULL;
}

/* The first layer with an output that is not finite; NULL if only the loss is not. */
static const char *
find_diverged_layer (NnTrainer *self, const NnBatch *batch)
{
  const NnArchitecture *architecture = self->experiment->architecture;
  g_autofree NnTensor **outputs = g_new (NnTensor *, architecture->n_layers);

  NN_NO_GRAD_FUNCTION ();
  nn_tape_rewind (self->evaluate_tape);
  nn_network_forward (self->network, self->evaluate_tape, batch->inputs, outputs);
  for (gsize i = 0; i < architecture->n_layers; i++)
    if (!self->kernels->all_finite (nn_tensor_get_values (outputs[i]),
                                    nn_tensor_get_size (outputs[i])))
      return architecture->layers[i].name;
  return NULL;
}

static gboolean
fail_forward (NnTrainer *self, const NnBatch *batch, GError **error)
{
  const char *layer = find_diverged_layer (self, batch);
  g_autofree char *what =
      layer ? g_strdup_printf ("forward pass gave a loss that is not finite, from the "
                               "outputs of %s on",
                               layer)
            : g_strdup ("forward pass gave a loss that is not finite");

  return fail (self, error, what);
}

static gboolean
fail_backward (NnTrainer *self, const char *parameter, GError **error)
{
  g_autofree char *what = g_strdup_printf (
      "backward pass gave a gradient of %s that is not finite", parameter);

  return fail (self, error, what);
}

static gboolean
fail_stale (NnTrainer *self, GError *stale, GError **error)
{
  undo (self);
  g_propagate_prefixed_error (error, stale, "step %" G_GUINT64_FORMAT ": ",
                              self->n_steps + 1);
  return FALSE;
}

static NnTensor *
compute_loss (NnTrainer *self, NnTape *tape, const NnBatch *batch)
{
  NnTensor *out = nn_network_forward (self->network, tape, batch->inputs, NULL);

  return nn_loss_forward (&self->experiment->loss, tape, out, batch->targets,
                          batch->n_examples);
}

static gboolean
forward (NnTrainer *self, GError **error)
{
  const NnBatch *batch;
  NnTape *tape;
  float loss;

  if (self->example == 0) {
    self->batch = nn_batches_begin (self->batches, self->random);
    self->loss_sum = 0;
    self->kept = FALSE;
    nn_network_clear_grads (self->network);
  }
  tape = get_tape (self);
  nn_tape_rewind (tape);
  batch =
      self->walks ? nn_batches_get_example (self->batches, self->example) : self->batch;
  self->loss_now = compute_loss (self, tape, batch);
  loss = *nn_tensor_get_values (self->loss_now);
  if (!isfinite (loss))
    return fail_forward (self, batch, error);
  self->loss_sum += (double) loss;
  self->phase = NN_PHASE_GAP;
  return TRUE;
}

static void
gap (NnTrainer *self)
{
  if (self->has_gap) {
    keep_weights (self);
    run_standing (self, NN_PLACE_GAP, self->n_steps + 1);
  }
  self->phase = NN_PHASE_BACKWARD;
}

static gboolean
backward (NnTrainer *self, GError **error)
{
  const gsize n = self->walks ? self->batch->n_examples : 1;
  const char *diverged;
  GError *stale = NULL;

  if (!nn_tape_backward (get_tape (self), self->loss_now, 1 / (float) n, &stale))
    return fail_stale (self, stale, error);
  if (!self->kernels->all_finite (nn_network_get_grads (self->network),
                                  self->experiment->architecture->n_values) &&
      (diverged = find_diverged_gradient (self)) != NULL)
    return fail_backward (self, diverged, error);

  if (self->walks) {
    keep_weights (self);
    run_standing (self, NN_PLACE_EXAMPLE, self->n_steps + 1);
    if (++self->example < n) {
      self->phase = NN_PHASE_FORWARD;
      return TRUE;
    }
  }
  self->phase = NN_PHASE_OPTIMIZER;
  return TRUE;
}

static void
optimize (NnTrainer *self)
{
  nn_optimizer_step (self->optimizer);
  self->phase = NN_PHASE_SECTION;
}

static void
section (NnTrainer *self)
{
  self->n_steps++;
  self->loss = self->walks ? (float) (self->loss_sum / (double) self->batch->n_examples)
                           : (float) self->loss_sum;
  nn_curve_append (self->curve, self->loss);
  self->example = 0;
  if (self->waits)
    run_standing (self, NN_PLACE_SECTION, self->n_steps);
  nn_batches_advance (self->batches);
  self->phase = NN_PHASE_FORWARD;
}

static gboolean
advance (NnTrainer *self, GError **error)
{
  switch (self->phase) {
  case NN_PHASE_FORWARD:
    return forward (self, error);
  case NN_PHASE_GAP:
    gap (self);
    return TRUE;
  case NN_PHASE_BACKWARD:
    return backward (self, error);
  case NN_PHASE_OPTIMIZER:
    optimize (self);
    return TRUE;
  case NN_PHASE_SECTION:
    section (self);
    return TRUE;
  }
  g_return_val_if_reached (FALSE);
}

/**
 * nn_trainer_advance:
 *
 * Goes through the next phase. After the section comes the next step's forward.
 *
 * Returns: FALSE if the loss or a gradient is not finite (NN_ERROR_DIVERGED), or the
 *   guard refused a value that a nudge changed (NN_ERROR_STALE); the weights are then
 *   those after the step before, and the step has not begun
 */
gboolean
nn_trainer_advance (NnTrainer *self, GError **error)
{
  NN_FLUSH_SUBNORMALS_FUNCTION ();

  return advance (self, error);
}

/**
 * nn_trainer_step:
 *
 * Goes on until one more step, its section included, is done.
 *
 * Returns: as nn_trainer_advance ()
 */
gboolean
nn_trainer_step (NnTrainer *self, GError **error)
{
  NN_FLUSH_SUBNORMALS_FUNCTION ();

  do {
    if (!advance (self, error))
      return FALSE;
  } while (self->phase != NN_PHASE_FORWARD || self->example > 0);
  return TRUE;
}

/**
 * nn_trainer_get_phase:
 *
 * Returns: the phase that comes next
 */
NnPhase
nn_trainer_get_phase (const NnTrainer *self)
{
  return self->phase;
}

/* ---- looking ----------------------------------------------------------------------- */

static float
evaluate (NnTrainer *self, const NnBatch *batch)
{
  NN_NO_GRAD_FUNCTION ();
  NN_FLUSH_SUBNORMALS_FUNCTION ();

  nn_tape_rewind (self->evaluate_tape);
  return *nn_tensor_get_values (compute_loss (self, self->evaluate_tape, batch));
}

/**
 * nn_trainer_evaluate:
 *
 * Between steps.
 *
 * Returns: the loss of the present weights on the next step's batch, just as its
 *   forward pass will compute it; recorded nowhere
 */
float
nn_trainer_evaluate (NnTrainer *self)
{
  const NnBatch *batch = nn_batches_begin (self->batches, self->random);
  double sum = 0;

  if (!self->walks)
    return evaluate (self, batch);
  for (gsize i = 0; i < batch->n_examples; i++)
    sum += (double) evaluate (self, nn_batches_get_example (self->batches, i));
  return (float) (sum / (double) batch->n_examples);
}

/**
 * nn_trainer_evaluate_held_out:
 *
 * Returns: the loss of the present weights on the examples that are not trained on;
 *   NAN if there are none
 */
float
nn_trainer_evaluate_held_out (NnTrainer *self)
{
  return self->held_out ? evaluate (self, self->held_out) : NAN;
}

/* ---- the state --------------------------------------------------------------------- */

/**
 * nn_trainer_save:
 *
 * Between steps.
 *
 * Returns: (transfer full): all that decides how the run goes on: parameters,
 *   gradients, optimizer, both random streams, place in the data. A copy.
 */
NnTrainerState *
nn_trainer_save (const NnTrainer *self)
{
  const NnArchitecture *architecture = self->experiment->architecture;
  const gsize n_bytes = architecture->n_values * sizeof (float);
  NnTrainerState *state = g_new0 (NnTrainerState, 1);

  state->n_steps = self->n_steps;
  state->loss = self->loss;
  state->values = g_memdup2 (nn_network_get_values (self->network), n_bytes);
  state->grads = g_memdup2 (nn_network_get_grads (self->network), n_bytes);
  state->has_grads = g_new (gboolean, architecture->n_parameters);
  for (gsize i = 0; i < architecture->n_parameters; i++)
    state->has_grads[i] =
        nn_tensor_get_grad (nn_network_get_parameter (self->network, i)) != NULL;
  state->settings = *nn_optimizer_get_settings (self->optimizer);
  state->optimizer = g_malloc (nn_optimizer_get_state_size (self->optimizer));
  nn_optimizer_save_state (self->optimizer, state->optimizer);
  state->batches = g_malloc (nn_batches_get_state_size (self->batches));
  nn_batches_save_state (self->batches, state->batches);
  state->random = nn_random_copy (self->random);
  state->noise = nn_random_copy (nn_noise_get_random (self->noise));
  return state;
}

/**
 * nn_trainer_restore:
 * @state: of this trainer, or of another of the same experiment
 *
 * Goes on from @state as if the run had just got there, bit for bit. The log and the
 * curve stay as they are.
 */
void
nn_trainer_restore (NnTrainer *self, const NnTrainerState *state)
{
  NN_NO_GRAD_FUNCTION ();

  abandon (self);
  self->n_steps = state->n_steps;
  self->loss = state->loss;
  memcpy (nn_network_write_values (self->network), state->values,
          self->experiment->architecture->n_values * sizeof (float));
  nn_network_set_grads (self->network, state->grads, state->has_grads);
  nn_optimizer_set_settings (self->optimizer, &state->settings, NULL);
  nn_optimizer_restore_state (self->optimizer, state->optimizer);
  nn_batches_restore_state (self->batches, state->batches);
  nn_random_assign (self->random, state->random);
  nn_random_assign (nn_noise_get_random (self->noise), state->noise);
}

void
nn_trainer_state_free (NnTrainerState *state)
{
  g_free (state->values);
  g_free (state->grads);
  g_free (state->has_grads);
  g_free (state->optimizer);
  g_free (state->batches);
  nn_random_free (state->random);
  nn_random_free (state->noise);
  g_free (state);
}

guint64
nn_trainer_get_n_steps (const NnTrainer *self)
{
  return self->n_steps;
}

/**
 * nn_trainer_get_loss:
 *
 * Returns: the loss that the newest step's forward pass computed; at step 0 and
 *   after a nudge by hand, that of the present weights
 */
float
nn_trainer_get_loss (const NnTrainer *self)
{
  return self->loss;
}

NnNetwork *
nn_trainer_get_network (const NnTrainer *self)
{
  return self->network;
}

NnOptimizer *
nn_trainer_get_optimizer (const NnTrainer *self)
{
  return self->optimizer;
}

const NnDataset *
nn_trainer_get_dataset (const NnTrainer *self)
{
  return self->dataset;
}

/**
 * nn_trainer_get_landings:
 *
 * Returns: (transfer none) (array length=n_landings): the log, oldest first,
 *   until the next change
 */
const NnLanding *
nn_trainer_get_landings (const NnTrainer *self, gsize *n_landings)
{
  *n_landings = self->landings->len;
  return (const NnLanding *) (const void *) self->landings->data;
}

/* (units, columns) of each layer becomes [unit][probe], features first. */
static void
fill_activations (NnTrainer *self, NnFrame *frame)
{
  const NnArchitecture *architecture = frame->architecture;
  g_autofree NnTensor **layers = g_new (NnTensor *, architecture->n_layers + 1);
  float *row = frame->activations;

  NN_NO_GRAD_FUNCTION ();
  nn_tape_rewind (self->evaluate_tape);
  layers[0] = self->probes;
  nn_network_forward (self->network, self->evaluate_tape, self->probes, layers + 1);
  for (gsize k = 0; k <= architecture->n_layers; k++) {
    const float *values = nn_tensor_get_values (layers[k]);
    const gsize n_units = nn_tensor_get_shape (layers[k])[0];
    const gsize n_columns = nn_tensor_get_shape (layers[k])[1];

    for (gsize u = 0; u < n_units; u++, row += frame->n_probes)
      memcpy (row, values + u * n_columns, frame->n_probes * sizeof (float));
  }
}

/**
 * nn_trainer_make_frame:
 *
 * Returns: (transfer full): the run as it is now; the caller sets what only a
 *   session knows: running, n_commands and failure
 */
NnFrame *
nn_trainer_make_frame (NnTrainer *self)
{
  NnArchitecture *architecture = self->experiment->architecture;
  NnFrame *frame = nn_frame_new (architecture, self->n_probes);
  const gsize n_landings = MIN (self->landings->len, NN_FRAME_LANDINGS);
  const gsize first = self->landings->len - n_landings;

  frame->step = self->n_steps;
  frame->loss = (double) self->loss;
  memcpy (frame->values, nn_network_get_values (self->network),
          architecture->n_values * sizeof (float));
  frame->probes_are_a_line = architecture->n_features == 1;
  fill_activations (self, frame);
  frame->curve = nn_curve_copy (self->curve);
  frame->landings = g_new0 (NnLanding, n_landings);
  frame->n_landings = n_landings;
  for (gsize i = 0; i < n_landings; i++)
    nn_landing_copy (&frame->landings[i],
                     &g_array_index (self->landings, NnLanding, first + i));
  return frame;
}

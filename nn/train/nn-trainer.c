/* nn-trainer.c - one run: a network, its data, its optimizer and its nudges
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/train/nn-trainer.h"

#include <math.h>
#include <string.h>

#include "nn/nn-error.h"
#include "nn/nudge/nn-apply.h"
#include "nn/tensor/nn-grad-mode.h"
#include "nn/tensor/nn-ops.h"

/* A nudge that waits for its time, and its entry in the log once it has had it. */
typedef struct {
  NnNudge *nudge; /* (owned) */
  gssize landing; /* index, or -1 */
} Standing;

#define LINE_PROBES  33 /* points of a neuron's graph over the one feature */
#define BATCH_PROBES 16 /* examples shown where there is more than one feature */

struct _NnTrainer {
  NnExperiment *experiment; /* (owned) */
  NnNetwork *network;       /* (owned) */
  NnAdam *adam;             /* (owned) */
  NnTensor *inputs;         /* (owned) (n_examples, n_features) */
  NnTensor *probes;         /* (owned) (n_probes, n_features) what frames show */
  NnTape *tape;             /* (owned) of the step */
  NnTape *probe_tape;       /* (owned) so that frames leave the step's results alone */
  float *scratch;           /* (owned) (n_values) for nudges */
  GArray *standing;         /* (owned) Standing, in the order they run */
  GArray *landings;         /* (owned) NnLanding, oldest first */
  NnCurve *curve;           /* (owned) */
  guint64 n_steps;
  float loss;
};

static void
standing_clear (gpointer data)
{
  g_clear_pointer (&((Standing *) data)->nudge, nn_nudge_unref);
}

/* One feature is shown as a graph over its range, several by the first examples. */
static NnTensor *
make_probes (const NnTensor *inputs, const NnArchitecture *architecture)
{
  const float *x = nn_tensor_get_values (inputs);
  const gsize n_examples = nn_tensor_get_shape (inputs)[0];
  const gsize n_features = architecture->n_features;
  const gsize n_probes = n_features == 1 ? LINE_PROBES : MIN (n_examples, BATCH_PROBES);
  NnTensor *probes = nn_tensor_new (2, (const gsize[]){ n_probes, n_features });
  float *p = nn_tensor_write (probes, NULL);

  if (n_features > 1)
    memcpy (p, x, n_probes * n_features * sizeof (float));
  else
    for (gsize i = 0; i < n_probes; i++) /* the features are drawn from [0, 1) */
      p[i] = (float) i / (float) (n_probes - 1);
  return probes;
}

/* Draws parameters, then data: the order in which PyTorch's script does. */
static void
start (NnTrainer *self)
{
  const NnExperiment *e = self->experiment;
  const NnAdamSettings settings = {
    .learning_rate = e->learning_rate, .beta1 = 0.9, .beta2 = 0.999, .eps = 1e-8
  };
  NnRandom *random = nn_random_new (e->seed);

  nn_network_init (self->network, random);
  nn_network_clear_grads (self->network);
  nn_random_fill_uniform (random, 0, 1, nn_tensor_write (self->inputs, NULL),
                          nn_tensor_get_size (self->inputs));
  nn_random_free (random);

  g_clear_pointer (&self->adam, nn_adam_free);
  self->adam = nn_adam_new (self->network, &settings);
  for (gsize i = 0; i < self->standing->len; i++)
    g_array_index (self->standing, Standing, i).landing = -1;
  g_array_set_size (self->landings, 0);
  nn_curve_clear (self->curve);
  self->n_steps = 0;
  self->loss = nn_trainer_evaluate (self);
}

/**
 * nn_trainer_new:
 * @experiment: copied
 *
 * Returns: (nullable): the run at step 0; NULL if a nudge aims at a layer that
 *   is not there (NN_ERROR_UNKNOWN)
 */
NnTrainer *
nn_trainer_new (const NnExperiment *experiment, GError **error)
{
  NnArchitecture *architecture = experiment->architecture;
  NnTrainer *self;

  for (gsize i = 0; i < experiment->nudges->len; i++)
    if (!nn_nudge_check_target (experiment->nudges->pdata[i], architecture, error))
      return NULL;

  self = g_new0 (NnTrainer, 1);
  self->experiment = nn_experiment_copy (experiment);
  self->network = nn_network_new (architecture);
  self->inputs = nn_tensor_new (
      2, (const gsize[]){ experiment->n_examples, architecture->n_features });
  self->tape = nn_tape_new ();
  self->probe_tape = nn_tape_new ();
  self->scratch = g_new (float, architecture->n_values);
  self->standing = g_array_new (FALSE, FALSE, sizeof (Standing));
  g_array_set_clear_func (self->standing, standing_clear);
  self->landings = g_array_new (FALSE, FALSE, sizeof (NnLanding));
  g_array_set_clear_func (self->landings, (GDestroyNotify) nn_landing_clear);
  self->curve = nn_curve_new ();
  for (gsize i = 0; i < experiment->nudges->len; i++)
    nn_trainer_add_standing (self, experiment->nudges->pdata[i]);
  start (self);
  self->probes = make_probes (self->inputs, architecture);
  return self;
}

void
nn_trainer_free (NnTrainer *self)
{
  g_array_unref (self->landings);
  g_array_unref (self->standing);
  nn_curve_free (self->curve);
  g_free (self->scratch);
  nn_tape_free (self->probe_tape);
  nn_tape_free (self->tape);
  g_clear_pointer (&self->probes, nn_tensor_unref);
  nn_tensor_unref (self->inputs);
  nn_adam_free (self->adam);
  nn_network_free (self->network);
  nn_experiment_free (self->experiment);
  g_free (self);
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
  start (self);
}

/* loss = mean ((target − sum (out))²), the sum taken over the whole output. */
static NnTensor *
forward (NnTrainer *self)
{
  NnTensor *out = nn_network_forward (self->network, self->tape, self->inputs, NULL);
  NnTensor *missing = nn_subtract_from (self->tape, self->experiment->loss_target,
                                        nn_sum (self->tape, out));

  return nn_mean (self->tape, nn_square (self->tape, missing));
}

static gboolean
check_grads (NnTrainer *self, GError **error)
{
  const NnArchitecture *architecture = self->experiment->architecture;

  for (gsize i = 0; i < architecture->n_parameters; i++) {
    const NnTensor *grad =
        nn_tensor_get_grad (nn_network_get_parameter (self->network, i));
    const float *g = grad ? nn_tensor_get_values (grad) : NULL;
    const gsize n = grad ? nn_tensor_get_size (grad) : 0;

    for (gsize k = 0; k < n; k++)
      if (!isfinite (g[k])) {
        g_set_error (error, NN_ERROR, NN_ERROR_DIVERGED,
                     "step %" G_GUINT64_FORMAT
                     ": the backward pass gave a gradient of %s that is not finite; the "
                     "weights are those after step %" G_GUINT64_FORMAT,
                     self->n_steps + 1, architecture->parameters[i].name, self->n_steps);
        return FALSE;
      }
  }
  return TRUE;
}

/* Writes one application of @nudge into @landing; the weights change or not. */
static void
land (NnTrainer *self, NnLanding *landing)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&landing->refusal, g_free);
  landing->last = self->n_steps;
  if (nn_nudge_apply (landing->nudge, self->network, self->scratch, &error))
    landing->n_times++;
  else
    landing->refusal = g_strdup (error->message);
}

static NnLanding *
append_landing (NnTrainer *self, NnNudge *nudge, gboolean standing)
{
  const NnLanding landing = {
    .nudge = nn_nudge_ref (nudge),
    .standing = standing,
    .first = self->n_steps,
    .loss_before = NAN,
    .loss_after = NAN,
  };

  g_array_append_val (self->landings, landing);
  return &g_array_index (self->landings, NnLanding, self->landings->len - 1);
}

/* All the data is one batch, so every step ends an epoch. */
static void
section (NnTrainer *self)
{
  for (gsize i = 0; i < self->standing->len; i++) {
    Standing *standing = &g_array_index (self->standing, Standing, i);

    if (!nn_nudge_is_due (standing->nudge, self->n_steps, TRUE))
      continue;
    if (standing->landing < 0) {
      append_landing (self, standing->nudge, TRUE);
      standing->landing = (gssize) self->landings->len - 1;
    }
    land (self, &g_array_index (self->landings, NnLanding, standing->landing));
  }
}

/**
 * nn_trainer_step:
 *
 * Trains one step and runs the section after it.
 *
 * Returns: FALSE if the loss or a gradient is not finite (NN_ERROR_DIVERGED); no
 *   weight has changed then, and the step does not count
 */
gboolean
nn_trainer_step (NnTrainer *self, GError **error)
{
  NnTensor *loss;
  float value;

  nn_tape_reset (self->tape);
  loss = forward (self);
  value = *nn_tensor_get_values (loss);
  if (!isfinite (value)) {
    g_set_error (
        error, NN_ERROR, NN_ERROR_DIVERGED,
        "step %" G_GUINT64_FORMAT
        ": the forward pass gave a loss that is not finite; the weights are those "
        "after step %" G_GUINT64_FORMAT,
        self->n_steps + 1, self->n_steps);
    return FALSE;
  }

  nn_network_clear_grads (self->network);
  if (!nn_tape_backward (self->tape, loss, error) || !check_grads (self, error))
    return FALSE;

  nn_adam_step (self->adam);
  self->n_steps++;
  self->loss = value;
  nn_curve_append (self->curve, value);
  section (self);
  return TRUE;
}

/**
 * nn_trainer_evaluate:
 *
 * Returns: the loss of the present weights, recorded nowhere
 */
float
nn_trainer_evaluate (NnTrainer *self)
{
  NN_NO_GRAD_FUNCTION ();

  nn_tape_reset (self->tape);
  return *nn_tensor_get_values (forward (self));
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
  NnLanding *landing = append_landing (self, nudge, FALSE);

  landing->loss_before = nn_trainer_evaluate (self);
  land (self, landing);
  landing->loss_after = nn_trainer_evaluate (self);
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
      return;
    }
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

const NnAdam *
nn_trainer_get_optimizer (const NnTrainer *self)
{
  return self->adam;
}

const NnTensor *
nn_trainer_get_inputs (const NnTrainer *self)
{
  return self->inputs;
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

/* (n_probes, units) of each layer becomes [unit][probe], features first. */
static void
fill_activations (NnTrainer *self, NnFrame *frame)
{
  const NnArchitecture *architecture = frame->architecture;
  g_autofree NnTensor **layers = g_new (NnTensor *, architecture->n_layers + 1);
  float *row = frame->activations;

  NN_NO_GRAD_FUNCTION ();
  nn_tape_reset (self->probe_tape);
  layers[0] = self->probes;
  nn_network_forward (self->network, self->probe_tape, self->probes, layers + 1);
  for (gsize k = 0; k <= architecture->n_layers; k++) {
    const float *values = nn_tensor_get_values (layers[k]);
    const gsize n_units = nn_tensor_get_shape (layers[k])[1];

    for (gsize u = 0; u < n_units; u++, row += frame->n_probes)
      for (gsize p = 0; p < frame->n_probes; p++)
        row[p] = values[p * n_units + u];
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
  NnFrame *frame = nn_frame_new (architecture, nn_tensor_get_shape (self->probes)[0]);
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

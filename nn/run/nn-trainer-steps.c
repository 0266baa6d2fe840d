/* nn-trainer-steps.c - the phases of a trainer's step, and steps that fail
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/run/nn-trainer-private.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "nn/base/nn-error.h"
#include "nn/kernels/nn-flush.h"
#include "nn/run/nn-evaluate.h"
#include "nn/tensor/nn-grad-mode.h"

/**
 * nn_trainer_abandon:
 *
 * Drops the step under way: no tape waits for its backward pass any more.
 */
void
nn_trainer_abandon (NnTrainer *self)
{
  nn_tape_rewind (self->tape);
  nn_tape_rewind (self->smaller_tape);
  nn_tape_rewind (self->example_tape);
  nn_trainer_end_swap (self);
  self->phase = NN_PHASE_FORWARD;
  self->example = 0;
}

static NnTape *
get_tape (const NnTrainer *self)
{
  if (self->demands->every_example)
    return self->example_tape;
  return self->batch->smaller ? self->smaller_tape : self->tape;
}

/* Undoes the step under way: weights, data, the nudges' random numbers, the optimizer's
 * moments and the count are as they were before it. */
static void
undo (NnTrainer *self)
{
  nn_trainer_abandon (self);
  if (self->change)
    nn_last_change_forget (self->change);
  nn_nudge_schedule_roll_back (self->schedule, self->n_steps + 1);
}

static gboolean
fail (NnTrainer *self, GError **error, const char *what)
{
  undo (self);
  g_set_error (error, NN_ERROR, NN_ERROR_DIVERGED,
               _ ("step %" PRIu64 ": the %s; the weights are those after step %" PRIu64),
               self->n_steps + 1, what, self->n_steps);
  return FALSE;
}

/* The last parameter whose gradient is not finite: the backward pass reached it first. */
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

static G_NO_INLINE gboolean
fail_forward (NnTrainer *self, const NnBatch *batch, GError **error)
{
  const char *layer = find_diverged_layer (self, batch);
  g_autofree char *what =
      layer ? g_strdup_printf (_ ("forward pass gave a loss that is not finite, from the "
                                  "outputs of %s on"),
                               layer)
            : g_strdup (_ ("forward pass gave a loss that is not finite"));

  return fail (self, error, what);
}

static gboolean
fail_backward (NnTrainer *self, const char *parameter, GError **error)
{
  g_autofree char *what = g_strdup_printf (
      _ ("backward pass gave a gradient of %s that is not finite"), parameter);

  return fail (self, error, what);
}

static gboolean
fail_stale (NnTrainer *self, GError *stale, GError **error)
{
  undo (self);
  g_propagate_prefixed_error (error, stale, _ ("step %" PRIu64 ": "), self->n_steps + 1);
  return FALSE;
}

static gboolean
forward (NnTrainer *self, GError **error)
{
  const NnBatch *batch;
  NnTape *tape;
  float loss;

  if (self->example == 0) {
    nn_trainer_begin_batch (self);
    self->loss_sum = 0;
    nn_network_clear_grads (self->network);
    if (self->change)
      nn_last_change_begin (self->change, nn_network_get_values (self->network));
  }
  tape = get_tape (self);
  nn_tape_rewind (tape);
  batch = self->demands->every_example
              ? nn_batches_get_example (self->batches, self->example)
              : self->batch;
  self->input = batch;
  self->loss_now = nn_compute_loss (self->network, &self->experiment->loss, tape, batch);
  loss = *nn_tensor_get_values (self->loss_now);
  if (!isfinite (loss))
    return fail_forward (self, batch, error);
  self->loss_sum += (double) loss;
  self->phase = NN_PHASE_BEFORE_BACKWARD;
  return TRUE;
}

/* @step: the step under way, or the one just taken */
static G_NO_INLINE void
apply_due (NnTrainer *self, NnSectionKind kind, guint64 step)
{
  const NnSection now = { .kind = kind,
                          .step = step,
                          .first_example = self->example == 0,
                          .epoch = self->ends_epoch ? self->n_epochs + 1 : 0 };

  if (kind == NN_SECTION_AFTER_STEP && self->change)
    nn_last_change_before_nudges (self->change, nn_network_get_values (self->network));
  nn_nudge_schedule_apply_due (self->schedule, &now);
}

static void
before_backward (NnTrainer *self)
{
  if (self->demands->before_backward)
    apply_due (self, NN_SECTION_BEFORE_BACKWARD, self->n_steps + 1);
  self->phase = NN_PHASE_BACKWARD;
}

/* Some parameter may have no gradient, which is no error. */
static G_NO_INLINE gboolean
check_each_gradient (NnTrainer *self, GError **error)
{
  const char *diverged = find_diverged_gradient (self);

  return diverged == NULL || fail_backward (self, diverged, error);
}

static inline gboolean
check_gradients (NnTrainer *self, GError **error)
{
  return G_LIKELY (nn_network_grads_are_finite (self->network)) ||
         check_each_gradient (self, error);
}

static gboolean
backward (NnTrainer *self, GError **error)
{
  const gsize n = self->demands->every_example ? self->batch->n_examples : 1;
  GError *stale = NULL;

  if (!nn_tape_backward (get_tape (self), self->loss_now, 1 / (float) n, &stale))
    return fail_stale (self, stale, error);
  if (!check_gradients (self, error))
    return FALSE;

  if (self->demands->every_example) {
    apply_due (self, NN_SECTION_AFTER_EXAMPLE, self->n_steps + 1);
    if (++self->example < n) {
      self->phase = NN_PHASE_FORWARD;
      return TRUE;
    }
  }
  self->phase = NN_PHASE_OPTIMIZER;
  return TRUE;
}

static G_NO_INLINE void
keep_values_before (NnTrainer *self)
{
  memcpy (self->before, nn_network_get_values (self->network),
          self->experiment->architecture->n_values * sizeof (float));
  self->before_step = self->n_steps + 1;
}

static void
optimize (NnTrainer *self)
{
  if (self->demands->before_optimizer)
    keep_values_before (self);
  if (self->change && (self->demands->before_backward || self->demands->every_example))
    nn_last_change_before_optimizer (self->change, nn_network_get_values (self->network));
  if (G_UNLIKELY (self->deviations != NULL))
    nn_trainer_deviate_before_optimizer (self);
  nn_optimizer_step (self->optimizer);
  if (G_UNLIKELY (self->deviations != NULL))
    nn_trainer_deviate_after_optimizer (self);
  self->phase = NN_PHASE_SECTION;
}

static void
section (NnTrainer *self)
{
  self->n_steps++;
  self->loss = self->demands->every_example
                   ? (float) (self->loss_sum / (double) self->batch->n_examples)
                   : (float) self->loss_sum;
  self->step_loss = self->loss;
  self->example = 0;
  if (G_UNLIKELY (self->swap != NULL))
    nn_trainer_end_swap (self);
  nn_batches_advance (self->batches); /* the section computes losses on the next batch */
  if (self->demands->any)
    apply_due (self, NN_SECTION_AFTER_STEP, self->n_steps);
  self->n_epochs += self->ends_epoch;
  self->phase = NN_PHASE_FORWARD;
}

/* Forward and backward in one call, if nothing has to be done between them and the tape's
 * last batch was like this one. Returns: FALSE, with nothing done, otherwise */
static gboolean
repeat_passes (NnTrainer *self)
{
  const NnNudgeDemands *demands = self->demands;

  if (self->phase != NN_PHASE_FORWARD || self->example > 0 || demands->every_example ||
      demands->before_backward || self->change != NULL || self->deviations != NULL)
    return FALSE;
  nn_trainer_begin_batch (self);
  self->loss_now = nn_tape_repeat (get_tape (self), self->batch->inputs);
  if (self->loss_now == NULL)
    return FALSE;
  self->input = self->batch;
  self->loss_sum = (double) *nn_tensor_get_values (self->loss_now);
  return TRUE;
}

/* The rest of a step after repeat_passes (). */
static gboolean
finish_repeated (NnTrainer *self, GError **error)
{
  if (G_UNLIKELY (!isfinite (self->loss_sum))) {
    nn_network_clear_grads (self->network); /* of a backward pass that must not count */
    return fail_forward (self, self->batch, error);
  }
  if (!check_gradients (self, error))
    return FALSE;
  if (self->demands->before_optimizer)
    keep_values_before (self);
  nn_optimizer_step (self->optimizer);
  section (self);
  return TRUE;
}

static gboolean
advance (NnTrainer *self, GError **error)
{
  switch (self->phase) {
  case NN_PHASE_FORWARD:
    return forward (self, error);
  case NN_PHASE_BEFORE_BACKWARD:
    before_backward (self);
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
 *   guard refused a value that a nudge changed (NN_ERROR_STALE); the step is then undone,
 *   and the weights are those after the previous one
 */
gboolean
nn_trainer_advance (NnTrainer *self, GError **error)
{
  NN_FLUSH_SUBNORMALS_FUNCTION ();

  return advance (self, error);
}

static G_NO_INLINE gboolean
step_by_phases (NnTrainer *self, GError **error)
{
  do {
    if (!advance (self, error))
      return FALSE;
  } while (self->phase != NN_PHASE_FORWARD || self->example > 0);
  return TRUE;
}

/**
 * nn_trainer_step:
 *
 * Takes one step, or the rest of the one under way, up to and including its section.
 *
 * Returns: as nn_trainer_advance ()
 */
gboolean
nn_trainer_step (NnTrainer *self, GError **error)
{
  NN_FLUSH_SUBNORMALS_FUNCTION ();

  if (G_LIKELY (repeat_passes (self)))
    return finish_repeated (self, error);
  return step_by_phases (self, error);
}

/**
 * nn_trainer_step_watched:
 *
 * As nn_trainer_step (), and calls @watch after each phase. If the batch is walked,
 * forward to backward are called once for each example.
 */
gboolean
nn_trainer_step_watched (NnTrainer *self,
                         NnPhaseWatch watch,
                         gpointer data,
                         GError **error)
{
  NN_FLUSH_SUBNORMALS_FUNCTION ();

  do {
    const NnPhase phase = self->phase;

    if (!advance (self, error))
      return FALSE;
    watch (self, phase, data);
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

/**
 * nn_trainer_ended_epoch:
 *
 * Between steps.
 *
 * Returns: whether the newest step, taken just before, was the last of its epoch
 */
gboolean
nn_trainer_ended_epoch (const NnTrainer *self)
{
  return self->ends_epoch;
}

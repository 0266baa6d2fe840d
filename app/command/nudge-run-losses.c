/* nudge-run-losses.c - the losses that `nudge run` writes while it goes on
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/command/nudge-run-losses.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#include "app/command/nudge-whole.h"
#include "nn/base/nn-error.h"
#include "nn/io/nn-loss-file.h"

#define AT_ONCE 1024 /* losses that are copied */

/* A pass over the examples held out takes less than half a step, and half as long as a step
 * would for as many examples. For so many times that there is no other. */
#define REST 10

/* 1, 2, 5, 10, 20, 50 and so on */
static guint64
round_up (guint64 number)
{
  guint64 power = 1;

  while (power * 10 < number)
    power *= 10;
  return number <= power       ? power
         : number <= 2 * power ? 2 * power
         : number <= 5 * power ? 5 * power
                               : 10 * power;
}

/* As the run begins, whatever edits make of it: a run that goes on has it from there. */
static NnDataset *
get_first_dataset (const NnExperiment *experiment, NnTrainer *trainer)
{
  g_autoptr (NnRandom) random = NULL;

  if (nn_trainer_get_n_steps (trainer) == 0 && experiment->events->len == 0)
    return nn_dataset_ref (nn_trainer_get_dataset (trainer));
  random = nn_random_new (0); /* how many there are does not depend on it */
  return nn_dataset_new (&experiment->data, random);
}

/* So rarely that it takes less than a tenth of the time. */
static guint64
choose_usual (const NnExperiment *experiment, NnTrainer *trainer)
{
  g_autoptr (NnDataset) dataset = get_first_dataset (experiment, trainer);
  const guint64 n_held_out = dataset->n_examples - dataset->n_training;
  const guint64 n_batch = experiment->batch_size == 0
                              ? dataset->n_training
                              : MIN (experiment->batch_size, dataset->n_training);

  return round_up (REST / 2 + REST * n_held_out / (2 * n_batch));
}

static gboolean
refuse (GError **error, const char *why)
{
  g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX, "--validate-every: %s", why);
  return FALSE;
}

/**
 * nudge_run_losses_choose_validation:
 * @validates: examples are held out, now or after an edit
 *
 * Sets how often their loss is computed: as --validate-every says.
 */
gboolean
nudge_run_losses_choose_validation (NudgeRunLosses *self,
                                    const NudgeRunOptions *options,
                                    const NnExperiment *experiment,
                                    gboolean validates,
                                    GError **error)
{
  const char *text = options->validate_every;
  guint64 every = 0;

  if (validates)
    every = choose_usual (experiment, nn_timeline_get_trainer (self->timeline));
  else if (text)
    return refuse (error, _ ("no examples are held out; give the data a validation"));
  if (!nudge_whole_parse ("--validate-every", text, NUDGE_MOST_STEPS, &every, error))
    return FALSE;
  if (text && every == 0)
    return refuse (error, _ ("give a number of steps from 1 on"));
  self->validate_every = every;
  return TRUE;
}

/**
 * nudge_run_losses_get_next:
 *
 * Returns: the next step after @step at which nudge_run_losses_append () is to be called at
 *   the latest
 */
guint64
nudge_run_losses_get_next (const NudgeRunLosses *self, guint64 step)
{
  const guint64 every = self->validate_every;

  if (every == 0 || !nudge_run_outputs_want_losses (self->outputs))
    return G_MAXUINT64;
  return (step / every + 1) * every;
}

static float
validate (const NudgeRunLosses *self)
{
  NnTrainer *trainer = nn_timeline_get_trainer (self->timeline);
  const NnDataset *dataset = nn_trainer_get_dataset (trainer);
  const guint64 every = self->validate_every;

  if (every == 0 || nn_trainer_get_n_steps (trainer) % every != 0 ||
      dataset->n_training == dataset->n_examples)
    return nn_loss_file_get_missing ();
  return nn_trainer_evaluate_held_out (trainer);
}

static gboolean
append (NudgeRunLosses *self, guint64 step, float loss, float validation, GError **error)
{
  if (self->checkpoint)
    nudge_run_checkpoint_record (self->checkpoint, loss, validation);
  return nudge_run_outputs_append_losses (self->outputs, step, loss, validation, error);
}

/**
 * nudge_run_losses_append:
 * @from: a step, from which on they were not appended yet
 *
 * Appends those of all steps after @from, if they are wanted.
 */
gboolean
nudge_run_losses_append (NudgeRunLosses *self, guint64 from, GError **error)
{
  const NnHistory *history = nn_timeline_get_history (self->timeline);
  const guint64 to = nn_trainer_get_n_steps (nn_timeline_get_trainer (self->timeline));
  float losses[AT_ONCE];

  if (!nudge_run_outputs_want_losses (self->outputs))
    return TRUE;
  while (from < to) {
    const gsize n =
        nn_history_read (history, from + 1, (gsize) MIN (AT_ONCE, to - from), losses);

    g_return_val_if_fail (n > 0, TRUE);
    for (gsize i = 0; i < n; i++) {
      const float validation =
          ++from == to ? validate (self) : nn_loss_file_get_missing ();

      if (!append (self, from, losses[i], validation, error)) {
        g_prefix_error (error, _ ("step %" PRIu64 ": "), to); /* it ends there */
        return FALSE;
      }
    }
  }
  return TRUE;
}

/**
 * nudge_run_losses_append_again:
 * @record: of the run before it went on
 */
gboolean
nudge_run_losses_append_again (NudgeRunLosses *self,
                               const NnCheckpointRecord *record,
                               GError **error)
{
  const GArray *losses = record->losses;
  const GArray *validations = record->validations;

  for (guint i = 0; losses && i < losses->len; i++)
    if (!nudge_run_outputs_append_losses (
            self->outputs, i + 1, g_array_index (losses, float, i),
            validations ? g_array_index (validations, float, i)
                        : nn_loss_file_get_missing (),
            error))
      return FALSE;
  return TRUE;
}

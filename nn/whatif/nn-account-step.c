/* nn-account-step.c - an account's step as it was: what landed in it, and the candidates
 *
 * SPDX-License-Identifier: MIT
 */

#include <math.h>
#include <string.h>

#include "nn/nudge/nn-area.h"
#include "nn/run/nn-evaluate.h"
#include "nn/whatif/nn-account-private.h"

/* What is found out in the step, before it is run without each candidate. */
typedef struct {
  GArray *parts;                /* (owned) NnAccountPart */
  NnArchitecture *architecture; /* (owned) of the step */
  float *values;                /* (owned) (n_values) from before the step */
  gboolean has_memory;          /* a moment of the optimizer is not 0 */
  guint n_landings;             /* nudges and edits, more than are told apart too */
} Candidates;

static void
candidates_clear (Candidates *self)
{
  g_clear_pointer (&self->parts, g_array_unref);
  g_clear_pointer (&self->architecture, nn_architecture_unref);
  g_free (self->values);
}

static NnAccountPart *
add (Candidates *self, NnAccountKind kind, const NnDeviation *deviation, guint64 step)
{
  NnAccountPart part = { .kind = kind, .rate_before = NAN, .step = step };

  nn_deviation_copy (&part.deviation, deviation);
  g_array_append_val (self->parts, part);
  return &g_array_index (self->parts, NnAccountPart, self->parts->len - 1);
}

/* ---- what landed ------------------------------------------------------------------- */

static void
add_parameters (Candidates *self, NnDeviation deviation, NnNudge *nudge, guint64 step)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  NnAreaIter iter;
  NnArea area;

  if (!nn_area_iter_init (&iter, &nudge->target, self->architecture, NULL))
    return;
  while (nn_area_iter_next (&iter, &area))
    if (!g_ptr_array_find (names, area.parameter->name, NULL))
      g_ptr_array_add (names, area.parameter->name);
  for (guint i = 0; names->len > 1 && i < names->len; i++) {
    deviation.part = names->pdata[i];
    add (self, NN_ACCOUNT_PARAMETER, &deviation, step)->nudge = nn_nudge_ref (nudge);
  }
}

/* @deviation: the run without @nudge */
static void
add_nudge (Candidates *self, NnDeviation deviation, NnNudge *nudge, guint64 step)
{
  if (self->n_landings++ >= NN_ACCOUNT_LANDINGS)
    return;
  add (self, NN_ACCOUNT_NUDGE, &deviation, step)->nudge = nn_nudge_ref (nudge);
  add_parameters (self, deviation, nudge, step);
  if (!self->has_memory || nudge->memory != NN_MEMORY_KEEP)
    return;
  deviation.kind = NN_DEVIATION_ZERO_MEMORY;
  add (self, NN_ACCOUNT_MEMORY, &deviation, step)->nudge = nn_nudge_ref (nudge);
}

/* Returns: the learning rate before event @number of the log, counted from 1, if that is
 * an edit which changes the rate and keeps the optimizer; else NAN */
static double
find_rate_before (const NnExperiment *experiment, guint64 number)
{
  const NnOptimizerSettings *settings = &experiment->optimizer;
  const NnOptimizerSettings *before = settings;
  const NnEdit *last = NULL;

  for (guint64 i = 0; i < number; i++) {
    const NnEdit *edit = g_array_index (experiment->events, NnEvent, i).edit;

    last = edit && edit->parts & NN_EDIT_HAS_OPTIMIZER ? edit : NULL;
    before = settings;
    settings = last ? &last->optimizer : settings;
  }
  return last && before->type == settings->type && before->lr != settings->lr
             ? before->lr
             : (double) NAN;
}

static void
add_event (Candidates *self,
           const NnExperiment *experiment,
           const NnEvent *event,
           guint64 number)
{
  NnAccountPart *part;
  const NnDeviation deviation = { .kind = NN_DEVIATION_WITHOUT,
                                  .subject = NN_SUBJECT_EVENT,
                                  .number = number };

  if (event->kind == NN_EVENT_NUDGE) {
    add_nudge (self, deviation, event->nudge, event->step);
  } else if (self->n_landings++ < NN_ACCOUNT_LANDINGS) {
    part = add (self, NN_ACCOUNT_EVENT, &deviation, event->step);
    nn_event_copy (&part->event, event);
    part->rate_before = find_rate_before (experiment, number);
  }
}

static void
add_events (Candidates *self, const NnAccountWork *work)
{
  const GArray *events = work->experiment->events;

  for (guint i = 0; i < events->len; i++) {
    const NnEvent *event = &g_array_index (events, NnEvent, i);

    if (event->step == work->step)
      add_event (self, work->experiment, event, i + 1);
  }
}

/* Returns: (transfer full) (element-type NnStanding): how often each repeating nudge was
 * applied; the nudges are not owned. @trainer: (nullable) */
static GArray *
count_times (const NnTrainer *trainer)
{
  GArray *times = g_array_new (FALSE, FALSE, sizeof (NnStanding));

  for (gsize i = 0; trainer && i < nn_trainer_get_n_standing (trainer); i++)
    g_array_append_val (times, *nn_trainer_get_standing (trainer, i));
  return times;
}

static guint64
find_times (const GArray *times, guint64 id)
{
  for (guint i = 0; i < times->len; i++)
    if (g_array_index (times, NnStanding, i).id == id)
      return g_array_index (times, NnStanding, i).n_times;
  return 0;
}

/* Adds the repeating nudges that were applied since @times. */
static void
add_repeating (Candidates *self,
               const NnTrainer *trainer,
               const GArray *times,
               guint64 step)
{
  for (gsize i = 0; i < nn_trainer_get_n_standing (trainer); i++) {
    const NnStanding *standing = nn_trainer_get_standing (trainer, i);

    if (standing->n_times > find_times (times, standing->id))
      add_nudge (self,
                 (NnDeviation){ .kind = NN_DEVIATION_WITHOUT,
                                .subject = NN_SUBJECT_NUDGE,
                                .number = standing->id,
                                .once = TRUE,
                                .step = step },
                 standing->nudge, step);
  }
}

static gboolean
has_memory (const NnTrainer *trainer)
{
  const NnOptimizer *optimizer = nn_trainer_get_optimizer (trainer);
  const gsize n =
      nn_network_get_architecture (nn_trainer_get_network (trainer))->n_values;

  for (gsize k = 0; k < nn_optimizer_get_n_moments (optimizer); k++) {
    const float *moment = nn_optimizer_get_moment (optimizer, k);

    for (gsize i = 0; i < n; i++)
      if (moment[i] != 0)
        return TRUE;
  }
  return FALSE;
}

/* ---- where nothing landed ---------------------------------------------------------- */

static void
insert_example (NnAccount *account, const NnAccountExample *example)
{
  gsize at = account->n_examples;

  while (at > 0 && account->examples[at - 1].loss < example->loss)
    at--;
  if (at == NN_ACCOUNT_EXAMPLES)
    return;
  account->n_examples = MIN (account->n_examples + 1, NN_ACCOUNT_EXAMPLES);
  memmove (&account->examples[at + 1], &account->examples[at],
           (account->n_examples - 1 - at) * sizeof *example);
  account->examples[at] = *example;
}

/* Before the step: the mini-batch that it will train on. */
static void
examine_batch (NnAccount *account, NnTrainer *trainer)
{
  const gsize n_training = nn_trainer_get_dataset (trainer)->n_training;
  const NnExperiment *experiment = nn_trainer_get_experiment (trainer);
  gboolean fixed;
  const NnBatch *batch = nn_trainer_get_next_batch (trainer, &fixed);
  g_autofree double *losses = g_new (double, batch->n_examples);
  double sum = 0;

  account->n_batch = batch->n_examples;
  account->one_batch =
      experiment->batch_size == 0 || experiment->batch_size >= n_training;
  if (!nn_evaluate_examples (nn_trainer_get_network (trainer), &experiment->loss, batch,
                             losses))
    return;
  for (gsize i = 0; i < batch->n_examples; i++)
    sum += losses[i];
  for (gsize i = 0; i < batch->n_examples; i++)
    insert_example (account, &(const NnAccountExample){
                                 nn_trainer_get_number_in_next_batch (trainer, i),
                                 losses[i], sum > 0 ? losses[i] / sum : 0 });
}

/* Returns: ‖update‖ / ‖weights‖ of the layer, weight and bias together; 0 if they are
 * all 0 */
static double
measure_layer (const Candidates *self, const NnLayerShape *layer, const float *after)
{
  const NnParameterShape *weight = &self->architecture->parameters[layer->weight];
  const gsize n = weight->n_values + (layer->has_bias ? layer->n_units : 0);
  double size = 0, change = 0;

  for (gsize i = weight->offset; i < weight->offset + n; i++) {
    const double difference = (double) after[i] - (double) self->values[i];

    size += (double) self->values[i] * (double) self->values[i];
    change += difference * difference;
  }
  return size > 0 ? sqrt (change / size) : 0;
}

/* After the step: adds the layer whose update was largest relative to its weights. */
static void
add_layer (Candidates *self, NnAccount *account, NnTrainer *trainer)
{
  const float *after = nn_network_get_values (nn_trainer_get_network (trainer));
  NnDeviation deviation = { .kind = NN_DEVIATION_WITHOUT,
                            .subject = NN_SUBJECT_STEP,
                            .number = account->step };

  for (gsize i = 0; i < self->architecture->n_layers; i++) {
    const NnLayerShape *layer = &self->architecture->layers[i];
    const double change = measure_layer (self, layer, after);

    if (change <= account->layer_change)
      continue;
    account->layer_change = change;
    deviation.part = layer->name;
  }
  if (deviation.part)
    add (self, NN_ACCOUNT_LAYER, &deviation, account->step);
}

/**
 * nn_account_find_edit:
 *
 * Returns: the index in the log of the newest edit before the step, if it is at most
 *   NN_ACCOUNT_REACH steps before; else -1
 */
gssize
nn_account_find_edit (const NnAccountWork *work)
{
  const GArray *events = work->experiment->events;

  for (guint i = events->len; i-- > 0;) {
    const NnEvent *event = &g_array_index (events, NnEvent, i);

    if (event->kind == NN_EVENT_EDIT && event->step < work->step)
      return event->step + NN_ACCOUNT_REACH >= work->step ? (gssize) i : -1;
  }
  return -1;
}

static void
add_step (Candidates *self, NnAccount *account, const NnAccountWork *work)
{
  const NnDeviation rate = { .kind = NN_DEVIATION_TENTH_RATE,
                             .subject = NN_SUBJECT_STEP,
                             .number = work->step };
  const gssize edit = nn_account_find_edit (work);

  if (edit >= 0)
    add_event (self, work->experiment,
               &g_array_index (work->experiment->events, NnEvent, edit),
               (guint64) edit + 1);
  if (account->step > 0)
    add (self, NN_ACCOUNT_RATE, &rate, account->step);
}

static void
add_batch (Candidates *self, const NnAccount *account)
{
  const NnDeviation batch = { .kind = NN_DEVIATION_NEXT_BATCH,
                              .subject = NN_SUBJECT_STEP,
                              .number = account->step };

  if (account->step > 0 && !account->one_batch)
    add (self, NN_ACCOUNT_BATCH, &batch, account->step);
}

/* ---- the step ---------------------------------------------------------------------- */

static gboolean
take_step (NnAccountWork *work,
           NnAccount *account,
           Candidates *candidates,
           GError **error)
{
  NnTrainer *trainer = nn_replay_get_trainer (work->replay);
  g_autoptr (GArray) times = NULL;

  account->batch_before = NAN;
  if (work->step > 0) {
    times = count_times (trainer);
    account->batch_before = nn_trainer_get_step_loss (trainer);
    account->before = (double) nn_trainer_evaluate_training (trainer);
    account->optimizer =
        nn_optimizer_get_settings (nn_trainer_get_optimizer (trainer))->type;
    account->rate = nn_optimizer_get_settings (nn_trainer_get_optimizer (trainer))->lr;
    examine_batch (account, trainer);
  } else {
    times = count_times (NULL);
  }
  candidates->architecture = nn_architecture_ref (
      nn_network_get_architecture (nn_trainer_get_network (trainer)));
  candidates->values =
      g_memdup2 (nn_network_get_values (nn_trainer_get_network (trainer)),
                 candidates->architecture->n_values * sizeof (float));
  if (work->step > 0 && !nn_replay_train (work->replay, error))
    return FALSE;
  candidates->has_memory = has_memory (trainer);
  add_repeating (candidates, trainer, times, work->step);
  add_events (candidates, work);
  account->landed = candidates->n_landings > 0;
  account->n_more =
      candidates->n_landings - MIN (candidates->n_landings, NN_ACCOUNT_LANDINGS);
  add_batch (candidates, account);
  if (!account->landed) {
    add_step (candidates, account, work);
    add_layer (candidates, account, trainer);
  }
  return nn_replay_follow_log (work->replay, error);
}

/**
 * nn_account_take_step:
 * @work: at the step before
 *
 * Takes the step as the run did, and does what the log has after it. Fills in what
 * @account says of the step, and its parts, which are not run yet.
 *
 * Returns: FALSE as nn_replay_train () or nn_replay_follow_log ()
 */
gboolean
nn_account_take_step (NnAccountWork *work, NnAccount *account, GError **error)
{
  Candidates candidates = { .parts = g_array_new (FALSE, FALSE, sizeof (NnAccountPart)) };
  const gboolean taken = take_step (work, account, &candidates, error);

  account->n_parts = candidates.parts->len;
  account->parts = (NnAccountPart *) (void *) g_array_free (
      g_steal_pointer (&candidates.parts), FALSE);
  candidates_clear (&candidates);
  return taken;
}

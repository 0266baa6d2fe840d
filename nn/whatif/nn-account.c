/* nn-account.c - why did the loss jump? The exact account of a step
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/whatif/nn-account.h"

#include <math.h>
#include <string.h>

#include "nn/base/nn-error.h"
#include "nn/nudge/nn-area.h"
#include "nn/run/nn-evaluate.h"
#include "nn/whatif/nn-account-private.h"

static void
part_clear (gpointer data)
{
  NnAccountPart *self = data;

  nn_deviation_clear (&self->deviation);
  g_clear_pointer (&self->nudge, nn_nudge_unref);
  nn_event_clear (&self->event);
  g_free (self->failure);
}

void
nn_account_free (NnAccount *self)
{
  for (gsize i = 0; i < self->n_parts; i++)
    part_clear (&self->parts[i]);
  g_free (self->parts);
  g_free (self->failure);
  g_free (self);
}

/**
 * nn_account_get_first_step:
 *
 * Returns: the step at or before which a run is to begin for an account of @step
 */
guint64
nn_account_get_first_step (guint64 step)
{
  return step > NN_ACCOUNT_REACH ? step - NN_ACCOUNT_REACH - 1 : 0;
}

/* Before the suspects are known. */
#define USUAL_RUNS 8

/**
 * nn_account_guess_n_steps:
 *
 * Returns: how many steps an account of @step takes in all its runs, about, if it begins at
 *   step 0
 */
guint64
nn_account_guess_n_steps (guint64 step)
{
  return step + USUAL_RUNS * NN_ACCOUNT_REACH;
}

static gboolean
has_event (const NnExperiment *experiment, guint64 step)
{
  for (guint i = 0; i < experiment->events->len; i++)
    if (g_array_index (experiment->events, NnEvent, i).step == step)
      return TRUE;
  return FALSE;
}

/**
 * nn_account_find_step:
 * @step: where a curve of losses jumps
 *
 * A step's loss is that of its forward pass, so what was done after a step shows in the loss
 * of the next one.
 *
 * Returns: the step before, if the log has something there and nothing after @step; else
 *   @step
 */
guint64
nn_account_find_step (const NnExperiment *experiment, guint64 step)
{
  return step > 0 && !has_event (experiment, step) && has_event (experiment, step - 1)
             ? step - 1
             : step;
}

/**
 * nn_account_find_part:
 *
 * Returns: (transfer none) (nullable): the first one of @kind
 */
const NnAccountPart *
nn_account_find_part (const NnAccount *self, NnAccountKind kind)
{
  for (gsize i = 0; i < self->n_parts; i++)
    if (self->parts[i].kind == kind)
      return &self->parts[i];
  return NULL;
}

/**
 * nn_account_counts:
 *
 * Returns: whether the interaction is what is left over by @part and others. A parameter's
 *   share is in its nudge's, and where something landed, the batch's is in training's own
 */
gboolean
nn_account_counts (const NnAccount *self, const NnAccountPart *part)
{
  return part->kind != NN_ACCOUNT_PARAMETER &&
         !(self->landed && part->kind == NN_ACCOUNT_BATCH);
}

/* ---- the suspects ------------------------------------------------------------------ */

/* What is known of a step before the suspects are run without. */
typedef struct {
  GArray *parts;                /* (owned) NnAccountPart */
  NnArchitecture *architecture; /* (owned) of the step */
  float *values;                /* (owned) (n_values) from before the step */
  gboolean has_memory;          /* the optimizer does */
  guint n_landings;
} Suspects;

static void
suspects_clear (Suspects *self)
{
  g_clear_pointer (&self->parts, g_array_unref);
  g_clear_pointer (&self->architecture, nn_architecture_unref);
  g_free (self->values);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Suspects, suspects_clear)

static NnAccountPart *
add (Suspects *self, NnAccountKind kind, const NnDeviation *deviation, guint64 step)
{
  NnAccountPart part = { .kind = kind, .rate_before = NAN, .step = step };

  nn_deviation_copy (&part.deviation, deviation);
  g_array_append_val (self->parts, part);
  return &g_array_index (self->parts, NnAccountPart, self->parts->len - 1);
}

static void
add_parameters (Suspects *self, NnDeviation deviation, NnNudge *nudge, guint64 step)
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

/* @deviation: the run without it */
static void
add_nudge (Suspects *self, NnDeviation deviation, NnNudge *nudge, guint64 step)
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

/* The learning rate before the @number-th entry of the log, if that is an edit which gives
 * the same optimizer another one; else NAN. */
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
add_event (Suspects *self,
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
add_events (Suspects *self, const NnAccountWork *work)
{
  const GArray *events = work->experiment->events;

  for (guint i = 0; i < events->len; i++) {
    const NnEvent *event = &g_array_index (events, NnEvent, i);

    if (event->step == work->step)
      add_event (self, work->experiment, event, i + 1);
  }
}

/* How often each of those that repeat was applied. (element-type NnStanding) */
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

/* Those that repeat and were applied since @times. */
static void
add_repeating (Suspects *self,
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

/* Before the step: what it will train on. */
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

/* Norms of the layer's values and of what the step has changed. */
static double
measure_layer (const Suspects *self, const NnLayerShape *layer, const float *after)
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

/* After the step: the layer whose update was largest against its weights. */
static void
add_layer (Suspects *self, NnAccount *account, NnTrainer *trainer)
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

/* The newest edit before the step, of those that an account looks at. Returns: its index, or
 * -1 */
static gssize
find_edit (const NnAccountWork *work)
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
add_step (Suspects *self, NnAccount *account, const NnAccountWork *work)
{
  const NnDeviation rate = { .kind = NN_DEVIATION_TENTH_RATE,
                             .subject = NN_SUBJECT_STEP,
                             .number = work->step };
  const gssize edit = find_edit (work);

  if (edit >= 0)
    add_event (self, work->experiment,
               &g_array_index (work->experiment->events, NnEvent, edit),
               (guint64) edit + 1);
  if (account->step > 0)
    add (self, NN_ACCOUNT_RATE, &rate, account->step);
}

static void
add_batch (Suspects *self, const NnAccount *account)
{
  const NnDeviation batch = { .kind = NN_DEVIATION_NEXT_BATCH,
                              .subject = NN_SUBJECT_STEP,
                              .number = account->step };

  if (account->step > 0 && !account->one_batch)
    add (self, NN_ACCOUNT_BATCH, &batch, account->step);
}

/* ---- the account ------------------------------------------------------------------- */

/* To before the step, and on the way to before the edit that may be a suspect. */
static gboolean
approach (NnAccountWork *work, const NnReplayStart *start, GError **error)
{
  const gssize index = find_edit (work);
  const guint64 edit_step =
      index >= 0 ? g_array_index (work->experiment->events, NnEvent, index).step : 0;
  const guint64 first = nn_replay_start_get_step (start);

  if (!nn_replay_begin (work->replay, start, NULL, error))
    return FALSE;
  work->n_in_all = nn_account_guess_n_steps (work->step - MIN (first, work->step));
  if (edit_step > first) {
    if (!nn_account_advance (work, edit_step - 1, error))
      return FALSE;
    nn_replay_save (work->replay, &work->before_edit);
  }
  if (work->step == 0)
    return TRUE;
  if (!nn_account_advance (work, work->step - 1, error))
    return FALSE;
  nn_replay_save (work->replay, &work->before);
  return TRUE;
}

/* The step itself, as it was: what landed in it, and what can be seen of it. */
static gboolean
take_step (NnAccountWork *work, NnAccount *account, Suspects *suspects, GError **error)
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
  suspects->architecture = nn_architecture_ref (
      nn_network_get_architecture (nn_trainer_get_network (trainer)));
  suspects->values = g_memdup2 (nn_network_get_values (nn_trainer_get_network (trainer)),
                                suspects->architecture->n_values * sizeof (float));
  if (work->step > 0 && !nn_replay_train (work->replay, error))
    return FALSE;
  suspects->has_memory = has_memory (trainer);
  add_repeating (suspects, trainer, times, work->step);
  add_events (suspects, work);
  account->landed = suspects->n_landings > 0;
  account->n_more =
      suspects->n_landings - MIN (suspects->n_landings, NN_ACCOUNT_LANDINGS);
  add_batch (suspects, account);
  if (!account->landed) {
    add_step (suspects, account, work);
    add_layer (suspects, account, trainer);
  }
  return nn_replay_follow_log (work->replay, error);
}

/* Where the run without @part is to begin. */
static const NnReplayStart *
find_start (const NnAccountWork *work, const NnAccountPart *part)
{
  return part->step < work->step ? &work->before_edit : &work->before;
}

static gboolean
run_without (NnAccountWork *work,
             NnAccountPart *part,
             const double *losses,
             GError **error)
{
  g_autoptr (GArray) deviations = nn_deviations_new ();

  nn_deviations_append (deviations, &part->deviation);
  if (!nn_account_run (work, find_start (work, part), deviations, part->losses,
                       part->curve, &part->failure, error))
    return FALSE;
  for (gsize i = 0; i < NN_ACCOUNT_HORIZONS; i++)
    part->shares[i] = losses[i] - part->losses[i];
  return TRUE;
}

/* Without anything that landed. */
static gboolean
run_course (NnAccountWork *work, NnAccount *account, GError **error)
{
  g_autoptr (GArray) deviations = nn_deviations_new ();
  g_autofree char *failure = NULL;

  for (gsize i = 0; i < account->n_parts; i++)
    if (account->parts[i].kind == NN_ACCOUNT_NUDGE ||
        account->parts[i].kind == NN_ACCOUNT_EVENT)
      nn_deviations_append (deviations, &account->parts[i].deviation);
  if (!nn_account_run (work, &work->before, deviations, account->course,
                       account->course_curve, &failure, error))
    return FALSE;
  if (work->step == 0)
    account->before = account->course[0];
  for (gsize i = 0; i < NN_ACCOUNT_HORIZONS; i++)
    account->course[i] -= account->before;
  return TRUE;
}

static void
finish (NnAccount *account)
{
  for (gsize i = 0; i < NN_ACCOUNT_HORIZONS; i++) {
    double rest;

    account->changes[i] = account->losses[i] - account->before;
    rest = account->changes[i] - (account->landed ? account->course[i] : 0);
    if (!account->landed)
      account->course[i] = NAN;
    for (gsize k = 0; k < account->n_parts; k++)
      if (nn_account_counts (account, &account->parts[k]))
        rest -= account->parts[k].shares[i];
    account->interaction[i] = rest;
  }
}

static gboolean
run_all (NnAccountWork *work, NnAccount *account, GError **error)
{
  Suspects suspects = { .parts = g_array_new (FALSE, FALSE, sizeof (NnAccountPart)) };
  const gboolean taken = take_step (work, account, &suspects, error);

  account->n_parts = suspects.parts->len;
  account->parts =
      (NnAccountPart *) (void *) g_array_free (g_steal_pointer (&suspects.parts), FALSE);
  suspects_clear (&suspects);
  if (!taken)
    return FALSE;
  work->n_in_all = work->n_taken + (2 + account->n_parts) * NN_ACCOUNT_REACH;
  if (!nn_account_run_on (work, TRUE, account->losses, account->curve, &account->failure,
                          error))
    return FALSE;
  for (gsize i = 0; i < account->n_parts; i++)
    if (!run_without (work, &account->parts[i], account->losses, error))
      return FALSE;
  if ((account->landed || work->step == 0) && !run_course (work, account, error))
    return FALSE;
  finish (account);
  return TRUE;
}

/**
 * nn_account_new:
 * @experiment: the run's, with its log; passes nn_experiment_check ()
 * @start: (nullable): where its run was at or before nn_account_get_first_step (), as a
 *   state of it was saved; NULL: the run is done again from the beginning
 * @step: what is asked about: what it did, and what was done after it
 * @progress: (nullable): hears of each step
 *
 * Takes as many runs of NN_ACCOUNT_REACH steps as there are suspects, and some more.
 *
 * Returns: (nullable): NULL with NN_ERROR_CANCELLED, or if the run ends before @step or in it,
 *   as nn_trainer_step () says, or cannot be made, as nn_trainer_new () does
 */
NnAccount *
nn_account_new (NnExperiment *experiment,
                const NnReplayStart *start,
                guint64 step,
                const NnProgress *progress,
                GError **error)
{
  static const NnReplayStart beginning = { 0 };
  g_auto (NnAccountWork) work = { .experiment = experiment,
                                  .replay = nn_replay_new (experiment),
                                  .step = step,
                                  .progress = progress };
  g_autoptr (NnAccount) account = g_new0 (NnAccount, 1);

  account->step = step;
  for (gsize i = 0; i <= NN_ACCOUNT_REACH; i++)
    account->course_curve[i] = (float) NAN;
  if (!approach (&work, start ? start : &beginning, error) ||
      !run_all (&work, account, error))
    return NULL;
  return g_steal_pointer (&account);
}

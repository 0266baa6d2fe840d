/* test-nn-random-experiments.c - what holds of any run, of runs that a seed makes up
 *
 * SPDX-License-Identifier: MIT
 *
 * Networks, data, optimizers, guards, nudges and what the user does are all made up. Each
 * property is tried with N_SEEDS seeds; with as many more as the environment variable
 * NUDGE_SEEDS says, or 20,000 where slow tests are asked for (-m slow).
 */

#include <math.h>

#include "nn/base/nn-error.h"
#include "nn/run/nn-timeline.h"
#include "nn/session/nn-frame-of-run.h"
#include "nn/whatif/nn-trial.h"
#include "random-experiment.h"
#include "small-trainer.h"

#define N_SEEDS      300
#define N_SLOW_SEEDS 20000
#define N_STEPS      14
#define MOST_EVENTS  64

/* ---- runs -------------------------------------------------------------------------- */

static NnTrainer *
new_trainer (const RandomExperiment *random)
{
  g_autoptr (GError) error = NULL;
  NnTrainer *trainer = nn_trainer_new (random->experiment, &error);

  g_assert_no_error (error);
  return trainer;
}

static void
stand (NnTrainer *trainer, NnNudge *nudge, gsize index)
{
  small_trainer_do (trainer,
                    &(NnEvent){ .kind = NN_EVENT_STAND, .nudge = nudge, .index = index });
}

static void
stand_new (RandomExperiment *random, NnTrainer *trainer, RandomLimits limits)
{
  g_autoptr (NnNudge) nudge = random_nudge (random, limits);

  stand (trainer, nudge, G_MAXSIZE);
}

static gsize
count_standing (NnTrainer *trainer)
{
  g_autoptr (NnFrame) frame = nn_frame_of_trainer (trainer);

  return frame->n_standing;
}

/* Whether the next step walks its batch: then it computes as many losses and gradients
 * as there are examples, and their sums are not those of the batch as one. */
static gboolean
walks (NnTrainer *trainer)
{
  g_autoptr (NnFrame) frame = nn_frame_of_trainer (trainer);

  for (gsize i = 0; i < frame->n_standing; i++)
    if (!frame->standing[i].paused &&
        frame->standing[i].nudge->time.when == NN_WHEN_EVERY_EXAMPLE)
      return TRUE;
  return FALSE;
}

/* Weights, gradients, the optimizer's memory, the count of steps and the loss. */
static GBytes *
copy_state (NnTrainer *trainer)
{
  g_autoptr (GBytes) run = small_trainer_copy_run (trainer);
  g_autoptr (GArray) grads = small_trainer_copy_grads (trainer);
  const float loss = nn_trainer_get_loss (trainer);
  GByteArray *all = g_byte_array_new ();

  g_byte_array_append (all, g_bytes_get_data (run, NULL), (guint) g_bytes_get_size (run));
  g_byte_array_append (all, (const guint8 *) grads->data, grads->len * sizeof (float));
  g_byte_array_append (all, (const guint8 *) &loss, sizeof loss);
  return g_byte_array_free_to_bytes (all);
}

/* What cannot be seen decides what comes: the same run goes on elsewhere for a few steps,
 * and a nudge draws from its stream. */
static GBytes *
copy_future (const RandomExperiment *random, NnTrainer *trainer)
{
  g_autoptr (NnTrainer) other = new_trainer (random);
  NnTrainerState *state = nn_trainer_save (trainer);
  g_autoptr (NnNudge) draw = nn_nudge_parse ("*: w + 0.01*noise", NULL);

  nn_trainer_restore (other, state);
  nn_trainer_state_free (state);
  small_trainer_nudge (other, draw);
  for (int i = 0; i < 3; i++)
    nn_trainer_step (other, NULL);
  return copy_state (other);
}

static void
assert_same_landing (const NnLanding *a, const NnLanding *b)
{
  g_autofree char *a_text = nn_nudge_dup_text (a->nudge);
  g_autofree char *b_text = nn_nudge_dup_text (b->nudge);

  g_assert_cmpstr (a_text, ==, b_text);
  g_assert_cmpint (a->standing, ==, b->standing);
  g_assert_cmpuint (a->first, ==, b->first);
  g_assert_cmpuint (a->last, ==, b->last);
  g_assert_cmpuint (a->n_times, ==, b->n_times);
  g_assert_cmpstr (a->refusal, ==, b->refusal);
  g_assert_cmpmem (&a->change, sizeof a->change, &b->change, sizeof b->change);
  g_assert_cmpmem (&a->loss_before, sizeof a->loss_before, &b->loss_before,
                   sizeof b->loss_before);
  g_assert_cmpmem (&a->loss_after, sizeof a->loss_after, &b->loss_after,
                   sizeof b->loss_after);
}

static void
assert_same_landings (NnTrainer *one, NnTrainer *other)
{
  gsize n, n_other;
  const NnLanding *landings = nn_trainer_get_landings (one, &n);
  const NnLanding *others = nn_trainer_get_landings (other, &n_other);

  g_assert_cmpuint (n, ==, n_other);
  for (gsize i = 0; i < n; i++)
    assert_same_landing (&landings[i], &others[i]);
}

static void
assert_same_bytes (GBytes *a, GBytes *b)
{
  g_assert_cmpmem (g_bytes_get_data (a, NULL), g_bytes_get_size (a),
                   g_bytes_get_data (b, NULL), g_bytes_get_size (b));
}

/* ---- replaying the log ------------------------------------------------------------- */

static gboolean
step_both (NnTrainer *one, NnTrainer *other)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) other_error = NULL;
  const gboolean went = nn_trainer_step (one, &error);

  g_assert_cmpint (went, ==, nn_trainer_step (other, &other_error));
  if (!went) /* messages tell how often a weight was changed */
    g_assert_error (other_error, error->domain, error->code);
  return went;
}

/* The events of a run, done again after the same steps of the same experiment. */
typedef struct {
  NnEvent events[MOST_EVENTS];
  gsize n;
} Log;

static void
do_some (RandomExperiment *random, NnTrainer *trainer, Log *log)
{
  while (log->n < MOST_EVENTS && random_chance (random, 0.4)) {
    NnEvent *event = &log->events[log->n++];

    random_event (random, trainer, event);
    event->step = nn_trainer_get_n_steps (trainer);
    small_trainer_do (trainer, event);
  }
}

/* Up to where @to is, which took its last steps without an event after them. */
static void
replay (NnTrainer *trainer, const Log *log, NnTrainer *to)
{
  gsize next = 0;

  for (;;) {
    while (next < log->n && log->events[next].step == nn_trainer_get_n_steps (trainer))
      small_trainer_do (trainer, &log->events[next++]);
    if (nn_trainer_get_n_steps (trainer) == nn_trainer_get_n_steps (to))
      return;
    g_assert_true (nn_trainer_step (trainer, NULL));
  }
}

static void
test_replayed_log_repeats_the_bits (RandomExperiment *random)
{
  g_autoptr (NnTrainer) trainer = new_trainer (random);
  g_autoptr (NnTrainer) again = new_trainer (random);
  Log log = { .n = 0 };
  gboolean went = TRUE;

  for (guint k = 0; k < N_STEPS && went; k++) {
    do_some (random, trainer, &log);
    went = nn_trainer_step (trainer, NULL);
  }
  replay (again, &log, trainer);
  assert_same_landings (trainer, again);
  /* A step that failed leaves gradients behind that there are not without it. */
  if (went)
    small_trainer_assert_same (trainer, again);
  for (int i = 0; i < 3 && step_both (trainer, again); i++)
    small_trainer_assert_same (trainer, again);
  for (gsize i = 0; i < log.n; i++)
    nn_event_clear (&log.events[i]);
}

/* ---- back and forth ---------------------------------------------------------------- */

#define MOST_POSITIONS (N_STEPS + MOST_EVENTS + 1)

/* A run, and its state at every position of its timeline: a step, and the number of
 * events until then. */
typedef struct {
  NnTimeline *timeline; /* (owned) */
  struct {
    guint64 step;
    gsize n_done;
    GBytes *state; /* (owned) */
  } positions[MOST_POSITIONS];
  gsize n_positions;
} Journey;

static void
append_landing (GByteArray *all, const NnLanding *landing)
{
  g_autofree char *nudge = nn_nudge_dup_text (landing->nudge);
  g_autofree char *text =
      g_strdup_printf ("%s %d %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT
                       " %" G_GUINT64_FORMAT " %a %a %a %s",
                       nudge, landing->standing, landing->first, landing->last,
                       landing->n_times, landing->change, landing->loss_before,
                       landing->loss_after, landing->refusal ? landing->refusal : "");

  g_byte_array_append (all, (const guint8 *) text, (guint) strlen (text) + 1);
}

/* All of a run that can be seen, the log included. */
static GBytes *
copy_all (NnTrainer *trainer)
{
  g_autoptr (GBytes) bytes = copy_state (trainer);
  GByteArray *all = g_byte_array_new ();
  gsize n;
  const NnLanding *landings = nn_trainer_get_landings (trainer, &n);

  g_byte_array_append (all, g_bytes_get_data (bytes, NULL),
                       (guint) g_bytes_get_size (bytes));
  for (gsize i = 0; i < n; i++)
    append_landing (all, &landings[i]);
  return g_byte_array_free_to_bytes (all);
}

static void
journey_init (Journey *self, RandomExperiment *random)
{
  static const gsize budgets[] = { 1, 60000, NN_TIMELINE_BUDGET };
  const gsize budget = budgets[random_below (random, G_N_ELEMENTS (budgets))];
  g_autoptr (GError) error = NULL;

  self->timeline = nn_timeline_new (random->experiment, budget, &error);
  g_assert_no_error (error);
  self->n_positions = 0;
}

static void
journey_cut (Journey *self, gsize n_positions)
{
  while (self->n_positions > n_positions)
    g_bytes_unref (self->positions[--self->n_positions].state);
}

static void
journey_clear (Journey *self)
{
  journey_cut (self, 0);
  nn_timeline_free (self->timeline);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Journey, journey_clear)

static gsize
count_done (Journey *self)
{
  return nn_log_get_n_events (nn_timeline_get_log (self->timeline));
}

/* Notes the present place. */
static void
journey_note (Journey *self)
{
  NnTrainer *trainer = nn_timeline_get_trainer (self->timeline);

  g_assert_cmpuint (self->n_positions, <, MOST_POSITIONS);
  self->positions[self->n_positions].step = nn_trainer_get_n_steps (trainer);
  self->positions[self->n_positions].n_done = count_done (self);
  self->positions[self->n_positions].state = copy_all (trainer);
  self->n_positions++;
}

/* Travels, in stretches of any length, and finds what was noted. Returns where it is. */
static gsize
journey_arrive (Journey *self, RandomExperiment *random)
{
  NnTrainer *trainer = nn_timeline_get_trainer (self->timeline);
  g_autoptr (GBytes) state = NULL;
  gsize position = 0;

  while (nn_timeline_is_travelling (self->timeline))
    nn_timeline_travel (self->timeline, 1 + random_below (random, 5));
  while (self->positions[position].step != nn_trainer_get_n_steps (trainer) ||
         self->positions[position].n_done != count_done (self))
    g_assert_cmpuint (++position, <, self->n_positions);
  state = copy_all (trainer);
  assert_same_bytes (state, self->positions[position].state);
  return position;
}

static gboolean
journey_go_on (Journey *self, RandomExperiment *random)
{
  NnTrainer *trainer = nn_timeline_get_trainer (self->timeline);

  while (self->n_positions + 2 < MOST_POSITIONS && random_chance (random, 0.3)) {
    g_auto (NnEvent) event = { 0 };
    g_autoptr (GError) error = NULL;

    random_event (random, trainer, &event);
    nn_timeline_do (self->timeline, &event, &error);
    g_assert_no_error (error);
    journey_note (self);
  }
  if (self->n_positions + 2 >= MOST_POSITIONS || !nn_timeline_step (self->timeline, NULL))
    return FALSE;
  journey_note (self);
  return TRUE;
}

/* Undo, to just before what the user did; and as many redos. */
static void
journey_undo_and_redo (Journey *self, RandomExperiment *random)
{
  const guint n = 1 + random_below (random, 3);
  gsize from[3];
  guint n_undone = 0;

  while (n_undone < n && nn_timeline_can_undo (self->timeline)) {
    const gsize n_done = count_done (self);

    from[n_undone++] = journey_arrive (self, random);
    nn_timeline_undo (self->timeline);
    journey_arrive (self, random);
    g_assert_cmpuint (count_done (self), ==, n_done - 1);
  }
  while (n_undone-- > 0) {
    g_assert_true (nn_timeline_can_redo (self->timeline));
    nn_timeline_redo (self->timeline);
    g_assert_cmpuint (journey_arrive (self, random), ==, from[n_undone]);
  }
}

/* To any step and back; or on from there another way. */
static void
journey_go_elsewhere (Journey *self, RandomExperiment *random)
{
  const guint64 end = nn_timeline_get_end (self->timeline);
  gsize position;

  nn_timeline_go_to (self->timeline, random_below (random, (guint) end + 1));
  position = journey_arrive (self, random);
  if (random_chance (random, 0.5)) {
    nn_timeline_go_to (self->timeline, end);
    g_assert_cmpuint (journey_arrive (self, random), ==, self->n_positions - 1);
    return;
  }
  if (position + 1 < self->n_positions) {
    g_auto (NnEvent) event = { .kind = NN_EVENT_GUARD, .guard = NN_GUARD_SHIELD };

    nn_timeline_do (self->timeline, &event, NULL);
    journey_cut (self, position + 1);
    journey_note (self);
  }
}

static void
test_every_position_is_reached_again (RandomExperiment *random)
{
  g_auto (Journey) journey;

  journey_init (&journey, random);
  journey_note (&journey);
  for (guint k = 0; k < N_STEPS; k++) {
    const gboolean went = journey_go_on (&journey, random);

    if (random_chance (random, 0.4))
      journey_undo_and_redo (&journey, random);
    if (random_chance (random, 0.2))
      journey_go_elsewhere (&journey, random);
    if (!went)
      break;
  }
  journey_undo_and_redo (&journey, random);
  journey_go_elsewhere (&journey, random);
}

/* The log in a file, beside the experiment: all that is needed to do it again. */
static void
test_log_alone_makes_the_run_again (RandomExperiment *random)
{
  g_auto (Journey) journey;
  g_autoptr (NnExperiment) logged = NULL;
  g_autoptr (NnExperiment) read = NULL;
  g_autoptr (NnTimeline) again = NULL;
  g_autoptr (GBytes) state = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  journey_init (&journey, random);
  journey_note (&journey);
  for (guint k = 0; k < N_STEPS && journey_go_on (&journey, random); k++)
    if (random_chance (random, 0.2))
      journey_go_elsewhere (&journey, random);
  logged =
      nn_log_make_experiment (nn_timeline_get_log (journey.timeline), random->experiment);
  text = nn_experiment_file_format (logged);
  read = nn_experiment_file_parse (text, strlen (text), "logged", &error);
  g_assert_no_error (error);
  again = nn_timeline_new (read, NN_TIMELINE_BUDGET, &error);
  g_assert_no_error (error);
  while (nn_trainer_get_n_steps (nn_timeline_get_trainer (again)) <
         nn_trainer_get_n_steps (nn_timeline_get_trainer (journey.timeline)))
    g_assert_true (nn_timeline_step (again, NULL));
  state = copy_all (nn_timeline_get_trainer (again));
  assert_same_bytes (state, journey.positions[journey.n_positions - 1].state);
}

/* ---- undo of everything ------------------------------------------------------------ */

#define MOST_RESETS NN_TIMELINE_RUNS

static void
travel_all (NnTimeline *timeline)
{
  while (nn_timeline_is_travelling (timeline))
    nn_timeline_travel (timeline, G_MAXUINT64);
}

static void
do_something (RandomExperiment *random, NnTimeline *timeline)
{
  g_auto (NnEvent) event = { 0 };
  g_autoptr (GError) error = NULL;

  random_event (random, nn_timeline_get_trainer (timeline), &event);
  nn_timeline_do (timeline, &event, &error);
  g_assert_no_error (error);
}

/* Nudges and edits, steps, and all ways back and forth. */
static void
act (RandomExperiment *random, NnTimeline *timeline, guint *n_resets)
{
  const guint kind = random_below (random, 12);

  if (kind < 4)
    do_something (random, timeline);
  else if (kind < 8)
    nn_timeline_step (timeline, NULL);
  else if (kind == 8)
    nn_timeline_undo (timeline);
  else if (kind == 9)
    nn_timeline_redo (timeline);
  else if (kind == 10)
    nn_timeline_go_to (timeline,
                       random_below (random, (guint) nn_timeline_get_end (timeline) + 1));
  else if (*n_resets < MOST_RESETS) {
    nn_timeline_reset (timeline);
    ++*n_resets;
  }
  travel_all (timeline);
}

/* The log of the present run, in a file: done again, it leads to the same state. */
static void
assert_log_repeats (RandomExperiment *random, NnTimeline *timeline)
{
  g_autoptr (GBytes) state = copy_all (nn_timeline_get_trainer (timeline));
  g_autoptr (NnExperiment) logged =
      nn_log_make_experiment (nn_timeline_get_log (timeline), random->experiment);
  g_autofree char *text = nn_experiment_file_format (logged);
  g_autoptr (NnExperiment) read = NULL;
  g_autoptr (NnTimeline) again = NULL;
  g_autoptr (GBytes) again_state = NULL;
  g_autoptr (GError) error = NULL;

  read = nn_experiment_file_parse (text, strlen (text), "logged", &error);
  g_assert_no_error (error);
  again = nn_timeline_new (read, 0, &error);
  g_assert_no_error (error);
  while (nn_trainer_get_n_steps (nn_timeline_get_trainer (again)) <
         nn_trainer_get_n_steps (nn_timeline_get_trainer (timeline)))
    g_assert_true (nn_timeline_step (again, NULL));
  again_state = copy_all (nn_timeline_get_trainer (again));
  assert_same_bytes (again_state, state);
}

static void
test_undo_of_everything_restores_the_first_state (RandomExperiment *random)
{
  static const gsize budgets[] = { 1, 60000, NN_TIMELINE_BUDGET };
  g_autoptr (NnTimeline) timeline = nn_timeline_new (
      random->experiment, budgets[random_below (random, G_N_ELEMENTS (budgets))], NULL);
  NnTrainer *trainer = nn_timeline_get_trainer (timeline);
  g_autoptr (GBytes) first = copy_all (trainer);
  g_autoptr (GBytes) last = NULL;
  guint n_resets = 0;

  for (guint k = 0; k < 3 * N_STEPS; k++)
    act (random, timeline, &n_resets);
  assert_log_repeats (random, timeline);
  while (nn_timeline_can_undo (timeline)) {
    nn_timeline_undo (timeline);
    travel_all (timeline);
  }
  if (nn_trainer_get_n_steps (trainer) > 0) {
    nn_timeline_go_to (timeline, 0);
    travel_all (timeline);
  }
  last = copy_all (trainer);
  assert_same_bytes (last, first);
}

/* ---- nudges without effect --------------------------------------------------------- */

/* Each gives every float32 number back to the bit, −0 and subnormals too. */
static const char *const without_effect[] = {
  "w",   "w*1", "w/1",       "w - 0",         "w + 0*w",       "-(-w)",
  "w^1", "+w",  "max(w, w)", "w + -0*abs(w)", "1 > 0 ? w : g", "i >= 0 ? w : 0",
};

static NnNudge *
new_without_effect (RandomExperiment *random, RandomLimits limits)
{
  g_autofree char *target = random_target (random);
  const char *function =
      without_effect[random_below (random, G_N_ELEMENTS (without_effect))];

  return random_nudge_of (random, target, function, limits | RANDOM_KEEPS_MEMORY);
}

/* Beside others or alone, standing or manual, and wherever in the step. */
static void
test_nudges_without_effect_change_no_bit (RandomExperiment *random)
{
  g_autoptr (NnTrainer) trainer = new_trainer (random);
  g_autoptr (NnTrainer) nudged = new_trainer (random);
  const guint n_others = random_below (random, 3);
  RandomLimits limits = RANDOM_ANYTHING;

  for (guint i = 0; i < n_others; i++) {
    g_autoptr (NnNudge) other = random_nudge (random, RANDOM_ANYTHING);

    stand (trainer, other, G_MAXSIZE);
    stand (nudged, other, G_MAXSIZE);
  }
  if (random->experiment->guard == NN_GUARD_CHECK)
    limits |=
        RANDOM_IN_SECTION; /* what changes nothing counts as a change all the same */
  if (!walks (trainer))
    limits |= RANDOM_NO_EXAMPLES;
  for (guint i = 0; i < 3; i++) {
    g_autoptr (NnNudge) nudge = new_without_effect (random, limits);

    stand (nudged, nudge, random_below (random, n_others + i + 1));
  }
  for (guint k = 0; k < N_STEPS && step_both (trainer, nudged); k++) {
    g_autoptr (NnNudge) nudge = new_without_effect (random, limits);

    small_trainer_assert_same (trainer, nudged);
    if (random_chance (random, 0.5))
      small_trainer_nudge (nudged, nudge);
  }
}

/* ---- what a nudge leaves alone ----------------------------------------------------- */

static void
assert_only_target_changed (const NnTarget *target,
                            NnTrainer *trainer,
                            const float *before)
{
  const NnNetwork *network = nn_trainer_get_network (trainer);
  const NnArchitecture *architecture = nn_network_get_architecture (network);
  const float *after = nn_network_get_values (network);

  for (gsize i = 0; i < architecture->n_parameters; i++) {
    const NnParameterShape *shape = &architecture->parameters[i];

    for (gsize k = 0; k < shape->n_values; k++) {
      const gsize position = shape->offset + k;

      if (!random_target_has (target, architecture, i, k))
        g_assert_cmpmem (&after[position], sizeof (float), &before[position],
                         sizeof (float));
    }
  }
}

static float *
copy_values (NnTrainer *trainer)
{
  const NnNetwork *network = nn_trainer_get_network (trainer);

  return g_memdup2 (nn_network_get_values (network),
                    nn_network_get_architecture (network)->n_values * sizeof (float));
}

static GBytes *
copy_memory (NnTrainer *trainer)
{
  const NnOptimizer *optimizer = nn_trainer_get_optimizer (trainer);
  const gsize size = nn_optimizer_get_state_size (optimizer);
  void *bytes = g_malloc (size);

  nn_optimizer_save_state (optimizer, bytes);
  return g_bytes_new_take (bytes, size);
}

static const NnLanding *
get_newest_landing (NnTrainer *trainer)
{
  gsize n;
  const NnLanding *landings = nn_trainer_get_landings (trainer, &n);

  g_assert_cmpuint (n, >, 0);
  return &landings[n - 1];
}

/* Weights that are not in the target, gradients, and, unless the nudge says otherwise, the
 * optimizer's memory. */
static void
test_nudges_touch_nothing_but_their_target (RandomExperiment *random)
{
  g_autoptr (NnTrainer) trainer = new_trainer (random);

  for (guint k = 0; k < N_STEPS; k++) {
    g_autoptr (NnNudge) nudge = random_nudge (random, RANDOM_ANYTHING);
    g_autofree float *values = copy_values (trainer);
    g_autoptr (GBytes) memory = copy_memory (trainer);
    g_autoptr (GArray) grads = small_trainer_copy_grads (trainer);
    g_autoptr (GBytes) memory_after = NULL;
    g_autoptr (GArray) grads_after = NULL;

    small_trainer_nudge (trainer, nudge);
    assert_only_target_changed (&nudge->target, trainer, values);
    grads_after = small_trainer_copy_grads (trainer);
    g_assert_cmpmem (grads_after->data, grads_after->len * sizeof (float), grads->data,
                     grads->len * sizeof (float));
    memory_after = copy_memory (trainer);
    if (nudge->memory == NN_MEMORY_KEEP || get_newest_landing (trainer)->refusal)
      assert_same_bytes (memory_after, memory);
    if (!nn_trainer_step (trainer, NULL))
      break;
  }
}

/* The section after a step, and the one within it: nothing in them is recorded, and
 * nothing but weights changes. */
static void
test_sections_keep_gradients_and_memory (RandomExperiment *random)
{
  g_autoptr (NnTrainer) trainer = new_trainer (random);
  guint n_sections = 0;

  for (guint i = 0; i < 3; i++)
    stand_new (random, trainer, RANDOM_KEEPS_MEMORY);
  while (n_sections < N_STEPS) {
    const NnPhase phase = nn_trainer_get_phase (trainer);
    g_autoptr (GBytes) memory = copy_memory (trainer);
    g_autoptr (GArray) grads = small_trainer_copy_grads (trainer);
    g_autoptr (GBytes) memory_after = NULL;
    g_autoptr (GArray) grads_after = NULL;

    if (!nn_trainer_advance (trainer, NULL))
      break;
    memory_after = copy_memory (trainer);
    grads_after = small_trainer_copy_grads (trainer);
    if (phase != NN_PHASE_OPTIMIZER)
      assert_same_bytes (memory_after, memory);
    if (phase == NN_PHASE_BEFORE_BACKWARD || phase == NN_PHASE_OPTIMIZER ||
        phase == NN_PHASE_SECTION)
      g_assert_cmpmem (grads_after->data, grads_after->len * sizeof (float), grads->data,
                       grads->len * sizeof (float));
    n_sections += phase == NN_PHASE_SECTION;
  }
}

/* A copy, not a view: neither a frame nor a saved state follows the run. */
static void
test_snapshots_are_copies (RandomExperiment *random)
{
  g_autoptr (NnTrainer) trainer = new_trainer (random);
  g_autoptr (NnFrame) frame = NULL;
  g_autofree float *values = NULL;
  g_autoptr (NnTrainer) other = new_trainer (random);
  NnTrainerState *state;
  gsize size;

  stand_new (random, trainer, RANDOM_ANYTHING);
  for (guint k = 0; k < 3; k++)
    nn_trainer_step (trainer, NULL);
  frame = nn_frame_of_trainer (trainer);
  state = nn_trainer_save (trainer);
  values = copy_values (trainer);
  size = frame->architecture->n_values * sizeof (float);
  for (guint k = 0; k < 4; k++) {
    g_autoptr (NnNudge) nudge = random_nudge (random, RANDOM_ANYTHING);

    small_trainer_nudge (trainer, nudge);
    nn_trainer_step (trainer, NULL);
  }
  g_assert_cmpmem (frame->values, size, values, size);
  nn_trainer_restore (other, state);
  nn_trainer_state_free (state);
  g_assert_cmpmem (nn_network_get_values (nn_trainer_get_network (other)), size, values,
                   size);
}

/* ---- what if ----------------------------------------------------------------------- */

/* What a preview shows is what lands then, and to compute it changes nothing. */
static void
test_previews_are_what_lands (RandomExperiment *random)
{
  g_autoptr (NnTrainer) trainer = new_trainer (random);
  g_autoptr (NnTrial) trial = nn_trial_new (trainer);
  const gsize size = random->experiment->architecture->n_values * sizeof (float);

  stand_new (random, trainer, RANDOM_ANYTHING);
  for (guint k = 0; k < 4; k++) {
    g_autoptr (NnNudge) nudge = random_nudge (random, RANDOM_ANYTHING);
    g_autoptr (GBytes) before = copy_state (trainer);
    g_autoptr (GBytes) ahead = copy_future (random, trainer);
    g_autoptr (GBytes) after = NULL;
    g_autoptr (GBytes) ahead_after = NULL;
    const NnLanding *landing;
    g_autoptr (NnPreview) preview = NULL;

    nn_trial_begin (trial);
    preview = nn_trial_preview (trial, nudge);
    after = copy_state (trainer);
    assert_same_bytes (after, before);
    ahead_after = copy_future (random, trainer);
    assert_same_bytes (ahead_after, ahead);

    small_trainer_nudge (trainer, nudge);
    landing = get_newest_landing (trainer);
    g_assert_cmpstr (preview->refusal, ==, landing->refusal);
    g_assert_cmpmem (preview->values, size,
                     nn_network_get_values (nn_trainer_get_network (trainer)), size);
    if (landing->refusal == NULL)
      g_assert_cmpmem (&preview->loss, sizeof preview->loss, &landing->loss_after,
                       sizeof landing->loss_after);
    if (!nn_trainer_step (trainer, NULL))
      break;
  }
}

/* ---- refusals ---------------------------------------------------------------------- */

/* Each comes to something that is not finite, most after it has drawn. */
static const char *const refused[] = {
  "noise/(w - w)",
  "w + rand*1e38*1e38",
  "shuffled/0",
  "sqrt(-1 - abs(w))",
  "log(-1 - abs(fresh))",
  "exp(1000 + rand)",
  "(noise - noise)/(w - w)",
  "w + (rand < 2 ? 1/(w - w) : 0)",
};

static void
test_refused_nudges_change_nothing (RandomExperiment *random)
{
  g_autoptr (NnTrainer) trainer = new_trainer (random);

  for (guint k = 0; k < 4; k++) {
    g_autofree char *target = random_target (random);
    g_autoptr (NnNudge) nudge = random_nudge_of (
        random, target, refused[random_below (random, G_N_ELEMENTS (refused))],
        RANDOM_ANYTHING);
    g_autoptr (GBytes) before = copy_state (trainer);
    g_autoptr (GBytes) ahead = copy_future (random, trainer);
    g_autoptr (GBytes) after = NULL;
    g_autoptr (GBytes) ahead_after = NULL;

    small_trainer_nudge (trainer, nudge);
    g_assert_nonnull (get_newest_landing (trainer)->refusal);
    after = copy_state (trainer);
    assert_same_bytes (after, before);
    ahead_after = copy_future (random, trainer);
    assert_same_bytes (ahead_after, ahead);
    if (!nn_trainer_step (trainer, NULL))
      break;
  }
}

/* So does a step that the guard refuses, whatever its nudges had done until then. */
static void
test_refused_steps_change_nothing (RandomExperiment *random)
{
  g_autoptr (NnTrainer) trainer = new_trainer (random);
  gsize n_weights;

  small_trainer_do (trainer,
                    &(NnEvent){ .kind = NN_EVENT_GUARD, .guard = NN_GUARD_CHECK });
  for (guint i = 0; i < 3; i++)
    stand_new (random, trainer, RANDOM_ANYTHING);
  n_weights = random->experiment->architecture->n_values * sizeof (float);
  for (guint k = 0; k < N_STEPS; k++) {
    g_autofree float *values = copy_values (trainer);
    g_autoptr (GBytes) run = small_trainer_copy_run (trainer);
    NnTrainerState *state = nn_trainer_save (trainer);
    g_autoptr (NnTrainer) other = NULL;

    if (nn_trainer_step (trainer, NULL)) {
      nn_trainer_state_free (state);
      continue;
    }
    g_assert_cmpmem (nn_network_get_values (nn_trainer_get_network (trainer)), n_weights,
                     values, n_weights);
    other = new_trainer (random);
    nn_trainer_restore (other, state);
    nn_trainer_state_free (state);
    while (count_standing (trainer) > 0) {
      small_trainer_remove_first (trainer);
      small_trainer_remove_first (other);
    }
    {
      g_autoptr (GBytes) run_after = small_trainer_copy_run (trainer);
      g_autoptr (NnNudge) draw = nn_nudge_parse ("*: w + 0.01*noise", NULL);

      assert_same_bytes (run_after, run);
      small_trainer_nudge (trainer, draw);
      small_trainer_nudge (other, draw);
    }
    if (step_both (trainer, other))
      small_trainer_assert_same (trainer, other);
    return;
  }
}

/* ---- the shield -------------------------------------------------------------------- */

/* The same step, of the same run, with what is due between forward and backward and
 * without any nudge at all: the same gradients, bit for bit. */
static void
test_shielded_gradients_are_those_without_nudges (RandomExperiment *random)
{
  g_autoptr (NnTrainer) trainer = new_trainer (random);
  g_autoptr (NnTrainer) plain = new_trainer (random);

  small_trainer_do (trainer,
                    &(NnEvent){ .kind = NN_EVENT_GUARD, .guard = NN_GUARD_SHIELD });
  for (guint i = 0; i < 3; i++) {
    g_autofree char *target = random_target (random);
    g_autofree char *function = random_function (random, RANDOM_ANYTHING);
    const NnNudgeSpec spec = { .target = target,
                               .expression = function,
                               .time.when = NN_WHEN_EVERY_STEPS,
                               .time.interval = 1 + i,
                               .time.before_backward = TRUE,
                               .memory = random_below (random, 3) };
    g_autoptr (NnNudge) nudge = nn_nudge_make (&spec, NULL);

    stand (trainer, nudge, G_MAXSIZE);
  }
  stand_new (random, trainer, RANDOM_IN_SECTION);
  for (guint k = 0; k < N_STEPS; k++) {
    NnTrainerState *state = nn_trainer_save (trainer);
    g_autoptr (GArray) grads = NULL;
    g_autoptr (GArray) plain_grads = NULL;

    nn_trainer_restore (plain, state);
    nn_trainer_state_free (state);
    while (count_standing (plain) > 0)
      small_trainer_remove_first (plain);
    if (!step_both (trainer, plain))
      break;
    grads = small_trainer_copy_grads (trainer);
    plain_grads = small_trainer_copy_grads (plain);
    g_assert_cmpmem (grads->data, grads->len * sizeof (float), plain_grads->data,
                     plain_grads->len * sizeof (float));
  }
}

/* ---- pins -------------------------------------------------------------------------- */

static void
assert_pinned (const NnTarget *target, NnTrainer *trainer, const float *pinned)
{
  const NnNetwork *network = nn_trainer_get_network (trainer);
  const NnArchitecture *architecture = nn_network_get_architecture (network);
  const float *values = nn_network_get_values (network);

  for (gsize i = 0; i < architecture->n_parameters; i++) {
    const NnParameterShape *shape = &architecture->parameters[i];

    for (gsize k = 0; k < shape->n_values; k++)
      if (random_target_has (target, architecture, i, k))
        g_assert_cmpmem (&values[shape->offset + k], sizeof (float),
                         &pinned[shape->offset + k], sizeof (float));
  }
}

/* Whatever the optimizer does, and other nudges of the section before it in the list. */
static void
test_pinned_weights_keep_their_bits (RandomExperiment *random)
{
  g_autoptr (NnTrainer) trainer = new_trainer (random);
  g_autofree float *pinned = copy_values (trainer);
  g_autofree char *target = random_target (random);
  g_autofree char *text = g_strconcat (target, ": before", NULL);
  g_autoptr (NnNudge) pin = nn_nudge_parse (text, NULL);

  stand_new (random, trainer, RANDOM_IN_SECTION);
  stand (trainer, pin, G_MAXSIZE);
  for (guint k = 0; k < N_STEPS && nn_trainer_step (trainer, NULL); k++)
    assert_pinned (&pin->target, trainer, pinned);
}

/* ---- seeds ------------------------------------------------------------------------- */

typedef struct {
  const char *name;
  void (*holds) (RandomExperiment *random);
} Property;

static const Property properties[] = {
  { "replayed-log-repeats-the-bits", test_replayed_log_repeats_the_bits },
  { "every-position-is-reached-again", test_every_position_is_reached_again },
  { "log-alone-makes-the-run-again", test_log_alone_makes_the_run_again },
  { "undo-of-everything-restores-the-first-state",
    test_undo_of_everything_restores_the_first_state },
  { "nudges-without-effect-change-no-bit", test_nudges_without_effect_change_no_bit },
  { "nudges-touch-nothing-but-their-target", test_nudges_touch_nothing_but_their_target },
  { "sections-keep-gradients-and-memory", test_sections_keep_gradients_and_memory },
  { "snapshots-are-copies", test_snapshots_are_copies },
  { "previews-are-what-lands", test_previews_are_what_lands },
  { "refused-nudges-change-nothing", test_refused_nudges_change_nothing },
  { "refused-steps-change-nothing", test_refused_steps_change_nothing },
  { "shielded-gradients-are-those-without-nudges",
    test_shielded_gradients_are_those_without_nudges },
  { "pinned-weights-keep-their-bits", test_pinned_weights_keep_their_bits },
};

static guint
count_seeds (void)
{
  const char *more = g_getenv ("NUDGE_SEEDS");

  if (more)
    return N_SEEDS + (guint) g_ascii_strtoull (more, NULL, 10);
  return g_test_slow () ? N_SLOW_SEEDS : N_SEEDS;
}

static void
try_seeds (gconstpointer data)
{
  const Property *property = data;
  const guint n_seeds = count_seeds ();

  for (guint seed = 0; seed < n_seeds; seed++) {
    g_auto (RandomExperiment) random;

    random_experiment_init (&random, seed);
    property->holds (&random);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (properties); i++) {
    g_autofree char *path =
        g_strconcat ("/nn/random-experiments/", properties[i].name, NULL);

    g_test_add_data_func (path, &properties[i], try_seeds);
  }
  return g_test_run ();
}

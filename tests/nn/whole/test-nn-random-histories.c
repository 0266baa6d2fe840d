/* test-nn-random-histories.c - ways back and forth in runs that a seed makes up
 *
 * SPDX-License-Identifier: MIT
 *
 * Undo, redo, resets and any place restore bits, and the log alone makes a run again.
 */

#include "nn/run/nn-timeline.h"
#include "random-runs.h"
#include "tests/nn/random-log.h"
#include "tests/nn/small-trainer.h"

#define MOST_EVENTS 64

/* ---- landings ---------------------------------------------------------------------- */

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

/* ---- replaying the log ------------------------------------------------------------- */

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
  g_autoptr (NnTrainer) trainer = random_trainer (random);
  g_autoptr (NnTrainer) again = random_trainer (random);
  Log log = { .n = 0 };
  gboolean went = TRUE;

  for (guint k = 0; k < RANDOM_STEPS && went; k++) {
    do_some (random, trainer, &log);
    went = nn_trainer_step (trainer, NULL);
  }
  replay (again, &log, trainer);
  assert_same_landings (trainer, again);
  /* A step that failed leaves gradients behind that there are not without it. */
  if (went)
    small_trainer_assert_same (trainer, again);
  for (int i = 0; i < 3 && random_step_both (trainer, again); i++)
    small_trainer_assert_same (trainer, again);
  for (gsize i = 0; i < log.n; i++)
    nn_event_clear (&log.events[i]);
}

/* ---- back and forth ---------------------------------------------------------------- */

#define MOST_POSITIONS (RANDOM_STEPS + MOST_EVENTS + 1)

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
  g_autoptr (GBytes) bytes = random_copy_state (trainer);
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
  random_assert_same_bytes (state, self->positions[position].state);
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
  for (guint k = 0; k < RANDOM_STEPS; k++) {
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

/* The log in a file, beside the experiment: all that is needed to do the run again. */
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
  random_assert_same_bytes (again_state, state);
}

static void
test_log_alone_makes_the_run_again (RandomExperiment *random)
{
  g_auto (Journey) journey;

  journey_init (&journey, random);
  journey_note (&journey);
  for (guint k = 0; k < RANDOM_STEPS && journey_go_on (&journey, random); k++)
    if (random_chance (random, 0.2))
      journey_go_elsewhere (&journey, random);
  assert_log_repeats (random, journey.timeline);
}

/* ---- undo of everything ------------------------------------------------------------ */

#define MOST_RESETS NN_TIMELINE_RUNS

static void
travel_all (NnTimeline *timeline)
{
  while (nn_timeline_is_travelling (timeline))
    nn_timeline_travel (timeline, G_MAXUINT64);
}

/* Nudges and edits, steps, and all ways back and forth. */
static void
act (RandomExperiment *random, NnTimeline *timeline, guint *n_resets)
{
  const guint kind = random_below (random, 12);

  if (kind < 4)
    random_do (random, timeline);
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

  for (guint k = 0; k < 3 * RANDOM_STEPS; k++)
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
  random_assert_same_bytes (last, first);
}

/* ---- all of it --------------------------------------------------------------------- */

static const RandomProperty properties[] = {
  { "replayed-log-repeats-the-bits", test_replayed_log_repeats_the_bits },
  { "every-position-is-reached-again", test_every_position_is_reached_again },
  { "log-alone-makes-the-run-again", test_log_alone_makes_the_run_again },
  { "undo-of-everything-restores-the-first-state",
    test_undo_of_everything_restores_the_first_state },
};

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  return random_try ("/nn/random-histories", properties, G_N_ELEMENTS (properties));
}

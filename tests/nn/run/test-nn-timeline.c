/* test-nn-timeline.c - back and forth along a run, bit for bit
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/run/nn-timeline.h"

#include <math.h>

#include "nn/base/nn-error.h"
#include "nn/run/nn-checkpoints.h"
#include "nn/session/nn-frame-of-run.h"
#include "timeline-moves.h"

static const char keys[] = MSE "," SHUFFLED;

/* ---- undo and redo ----------------------------------------------------------------- */

/* Four deep, and every state on the way again, however many steps are between. */
static void
test_undo_and_redo_are_inverse (void)
{
  g_autoptr (NnTimeline) timeline = moves_new_timeline (keys, NN_TIMELINE_BUDGET);
  NnTrainer *trainer = nn_timeline_get_trainer (timeline);
  GBytes *states[5];

  for (int i = 0; i < 4; i++) {
    moves_run (timeline, (guint) i * 5);
    moves_nudge (timeline, "*: w + a*noise a=0.1");
  }
  moves_run (timeline, 11);
  for (int i = 4; i >= 0; i--) {
    states[i] = small_trainer_copy_run (trainer);
    g_assert_cmpint (nn_timeline_can_undo (timeline), ==, i > 0);
    moves_undo (timeline);
  }
  g_assert_cmpuint (moves_get_step (timeline), ==, 0);
  for (int i = 0; i < 5; i++) {
    g_autoptr (GBytes) again = small_trainer_copy_run (trainer);

    g_assert_true (g_bytes_equal (states[i], again));
    g_assert_cmpint (nn_timeline_can_redo (timeline), ==, i < 4);
    moves_redo (timeline);
    g_bytes_unref (states[i]);
  }
  g_assert_cmpuint (moves_get_step (timeline), ==, 5 + 10 + 15 + 11);
}

/* The state before is kept, so that no step has to be taken again. */
static void
test_undo_is_immediate (void)
{
  g_autoptr (NnTimeline) timeline = moves_new_timeline (keys, NN_TIMELINE_BUDGET);

  moves_run (timeline, 1000);
  moves_nudge (timeline, "*: w + a*noise a=0.1");
  moves_run (timeline, 1000);
  nn_timeline_undo (timeline);
  nn_timeline_travel (timeline, 0);
  g_assert_false (nn_timeline_is_travelling (timeline));
  g_assert_cmpuint (moves_get_step (timeline), ==, 1000);
  nn_timeline_redo (timeline);
  nn_timeline_travel (timeline, 0);
  g_assert_false (nn_timeline_is_travelling (timeline));
  g_assert_cmpuint (moves_get_step (timeline), ==, 2000);
}

/* Commands on the way count from where it goes. */
static void
test_course_changes_on_the_way (void)
{
  g_autoptr (NnTimeline) timeline = moves_new_timeline (keys, NN_TIMELINE_BUDGET);

  moves_run (timeline, 50);
  moves_nudge (timeline, "*: w + a*noise a=0.1");
  moves_run (timeline, 50);
  nn_timeline_go_to (timeline, 70);
  nn_timeline_travel (timeline, 3);
  g_assert_true (nn_timeline_is_travelling (timeline));
  nn_timeline_go_to (timeline, 30);
  nn_timeline_travel (timeline, 3);
  g_assert_false (nn_timeline_can_undo (timeline));
  nn_timeline_go_to (timeline, 60);
  nn_timeline_undo (timeline);
  moves_arrive (timeline);
  g_assert_cmpuint (moves_get_step (timeline), ==, 50);
  moves_redo (timeline);
  g_assert_cmpuint (moves_get_step (timeline), ==, 60);
}

/* ---- going another way ------------------------------------------------------------- */

static void
test_going_on_where_nothing_was_done_is_the_same_way (void)
{
  g_autoptr (NnTimeline) timeline = moves_new_timeline (keys, NN_TIMELINE_BUDGET);
  g_autoptr (NnTrainer) plain = small_trainer (keys);
  g_autoptr (NnFrame) frame = NULL;

  moves_run (timeline, 40);
  moves_go_to (timeline, 10);
  moves_run (timeline, 5);
  frame = nn_frame_of_timeline (timeline);
  g_assert_cmpuint (frame->end, ==, 40);
  g_assert_cmpuint (frame->step, ==, 15);
  g_assert_cmpuint (nn_history_get_n_steps (frame->history), ==, 40);
  g_assert_cmpuint (frame->n_branches, ==, 0);
  moves_run (timeline, 45);
  g_assert_cmpuint (nn_timeline_get_end (timeline), ==, 60);
  small_trainer_steps (plain, 60);
  small_trainer_assert_same (nn_timeline_get_trainer (timeline), plain);
}

static void
test_way_that_is_left_leaves_its_curve (void)
{
  g_autoptr (NnTimeline) timeline = moves_new_timeline (keys, NN_TIMELINE_BUDGET);
  g_autoptr (NnFrame) before = NULL;
  g_autoptr (NnFrame) after = NULL;

  moves_run (timeline, 10);
  moves_nudge (timeline, "*: w + a*noise a=0.1");
  moves_run (timeline, 20);
  before = nn_frame_of_timeline (timeline);
  moves_undo (timeline);
  moves_run (timeline, 7); /* without it, and so another way */
  after = nn_frame_of_timeline (timeline);
  g_assert_cmpuint (after->end, ==, 17);
  g_assert_false (after->can_undo);
  g_assert_false (after->can_redo);
  g_assert_cmpuint (after->n_branches, ==, 1);
  g_assert_cmpuint (after->branches[0].fork, ==, 10);
  g_assert_cmpuint (nn_history_get_n_steps (after->branches[0].history), ==, 30);
  small_trainer_assert_same_losses (after->branches[0].history, before->history);
  g_assert_cmpuint (nn_history_get_n_steps (after->history), ==, 17);
}

/* An event in the past begins another branch; the newest three are remembered. */
static void
test_newest_branches_are_remembered (void)
{
  g_autoptr (NnTimeline) timeline = moves_new_timeline (keys, NN_TIMELINE_BUDGET);
  g_autoptr (NnFrame) frame = NULL;

  for (guint64 i = 1; i <= 5; i++) {
    moves_run (timeline, 20);
    moves_go_to (timeline, i);
    moves_nudge (timeline, "*: w + a*noise a=0.1");
  }
  frame = nn_frame_of_timeline (timeline);
  g_assert_cmpuint (frame->n_branches, ==, 3);
  for (guint64 i = 0; i < 3; i++)
    g_assert_cmpuint (frame->branches[i].fork, ==, i + 3);

  moves_undo (timeline);
  moves_run (timeline, 1); /* the way that is left here ends where it begins */
  g_clear_pointer (&frame, nn_frame_unref);
  frame = nn_frame_of_timeline (timeline);
  g_assert_cmpuint (frame->branches[2].fork, ==, 5);
}

static void
test_diverged_run_goes_back (void)
{
  g_autoptr (NnTimeline) timeline = moves_new_timeline (keys, NN_TIMELINE_BUDGET);
  g_autoptr (NnTrainer) plain = small_trainer (keys);
  g_autoptr (GError) error = NULL;

  moves_run (timeline, 30);
  moves_nudge (timeline, "*: w*1e18");
  g_assert_false (nn_timeline_step (timeline, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_DIVERGED);
  g_assert_cmpuint (moves_get_step (timeline), ==, 30);
  g_assert_cmpuint (nn_timeline_get_end (timeline), ==, 30);
  moves_go_to (timeline, 20);
  moves_go_to (timeline, 30);
  g_assert_false (nn_timeline_step (timeline, NULL));
  moves_undo (timeline);
  moves_run (timeline, 10);
  small_trainer_steps (plain, 40);
  small_trainer_assert_same (nn_timeline_get_trainer (timeline), plain);
}

/* Without copies, too: there the run ends after the step before. */
static void
test_diverged_run_without_copies_stays (void)
{
  g_autoptr (NnTimeline) timeline = moves_new_timeline (keys, 0);

  moves_run (timeline, 30);
  moves_nudge (timeline, "*: w*1e18");
  g_assert_false (nn_timeline_step (timeline, NULL));
  g_assert_cmpuint (moves_get_step (timeline), ==, 30);
  g_assert_false (nn_timeline_can_undo (timeline));
}

/* ---- reset and log ----------------------------------------------------------------- */

static void
test_reset_keeps_what_stands (void)
{
  g_autoptr (NnTimeline) timeline =
      moves_new_timeline (MSE "," SHUFFLED ", 'nudges': ['fc1: w + a a=0.1',"
                              " 'fc2: w - a a=0.1', 'fc3: w*a @ by hand a=0.5']",
                          NN_TIMELINE_BUDGET);
  g_autoptr (NnFrame) frame = NULL;

  g_assert_true (
      nn_timeline_do (timeline, &(NnEvent){ .kind = NN_EVENT_PAUSE, .id = 1 }, NULL));
  moves_run (timeline, 10);
  moves_nudge (timeline, "*: w + a*noise a=0.1");
  moves_go_to (timeline, 3);
  nn_timeline_reset (timeline);
  frame = nn_frame_of_timeline (timeline);
  g_assert_cmpuint (frame->step, ==, 0);
  g_assert_cmpuint (frame->end, ==, 0);
  g_assert_cmpuint (frame->n_landings, ==, 0);
  g_assert_cmpuint (nn_history_get_n_steps (frame->history), ==, 0);
  g_assert_true (frame->can_undo); /* the reset */
  g_assert_false (frame->can_redo);
  g_assert_cmpuint (frame->n_standing, ==, 2); /* a manual one is no standing */
  g_assert_true (frame->standing[0].paused);
  g_assert_false (frame->standing[1].paused);
}

/* A run with all sorts of things done to it, as an experiment, is that run again. */
static void
test_log_makes_the_same_run (void)
{
  static const char with_nudges[] =
      MSE "," SHUFFLED ", 'nudges': ['fc3: w*a @ by hand a=0.5',"
          " 'fc1: w + a*noise @ every example a=0.01', 'fc2: w - a a=0.001']";
  g_autoptr (GRand) dice = g_rand_new_with_seed (1);
  g_autoptr (NnExperiment) experiment = small_experiment (with_nudges);
  g_autoptr (NnTimeline) timeline = moves_new_timeline (with_nudges, NN_TIMELINE_BUDGET);
  g_autoptr (NnTimeline) again = NULL;
  g_autoptr (NnExperiment) as_run = NULL;
  g_autoptr (NnFrame) frame = NULL;
  g_autoptr (NnFrame) other = NULL;
  g_autoptr (GPtrArray) nudges =
      g_ptr_array_new_with_free_func ((GDestroyNotify) nn_nudge_unref);

  for (gsize i = 0; i < G_N_ELEMENTS (moves_texts); i++)
    g_ptr_array_add (nudges, nn_nudge_parse (moves_texts[i], NULL));
  g_assert_true (
      nn_timeline_do (timeline, &(NnEvent){ .kind = NN_EVENT_PAUSE, .id = 1 }, NULL));
  moves_run (timeline, 2);
  nn_timeline_reset (timeline); /* and so the log begins with something paused */
  for (int i = 0; i < 60; i++) {
    const NnEvent event =
        moves_make_event (dice, nn_timeline_get_trainer (timeline), nudges);

    g_assert_true (nn_timeline_do (timeline, &event, NULL));
    moves_run (timeline, (guint) g_rand_int_range (dice, 0, 4));
    if (i % 7 == 6)
      moves_undo (timeline);
  }
  moves_run (timeline, 5);
  frame = nn_frame_of_timeline (timeline);
  as_run = nn_log_make_experiment (frame->log, experiment);
  g_assert_true (nn_experiment_check (as_run, NULL));
  again = nn_timeline_new (as_run, NN_TIMELINE_BUDGET, NULL);
  moves_run (again, (guint) frame->step);
  small_trainer_assert_same (nn_timeline_get_trainer (timeline),
                             nn_timeline_get_trainer (again));
  other = nn_frame_of_timeline (again);
  moves_assert_same_frames (frame, other);
}

/* A run may begin with any ids, but an experiment's nudges are called 1, 2, … */
static void
test_log_after_a_reset_names_the_same (void)
{
  static const char with_nudges[] =
      MSE ", 'nudges': ['fc1: w + a a=0.1', 'fc2: w - a a=0.1']";
  g_autoptr (NnExperiment) experiment = small_experiment (with_nudges);
  g_autoptr (NnTimeline) timeline = moves_new_timeline (with_nudges, NN_TIMELINE_BUDGET);
  g_autoptr (NnTimeline) again = NULL;
  g_autoptr (NnExperiment) as_run = NULL;
  g_autoptr (NnNudge) nudge = nn_nudge_parse ("fc3: w + a a=0.1", NULL);
  const NnEvent events[] = {
    { .kind = NN_EVENT_STAND, .nudge = nudge },
    { .kind = NN_EVENT_MOVE, .id = 2, .by = -1 },
    { .kind = NN_EVENT_PAUSE, .id = 3 },
  };

  g_assert_true (
      nn_timeline_do (timeline, &(NnEvent){ .kind = NN_EVENT_REMOVE, .id = 1 }, NULL));
  nn_timeline_reset (timeline);
  for (gsize i = 0; i < G_N_ELEMENTS (events); i++) {
    g_assert_true (nn_timeline_do (timeline, &events[i], NULL));
    moves_run (timeline, 3);
  }
  as_run = nn_log_make_experiment (nn_timeline_get_log (timeline), experiment);
  g_assert_true (nn_experiment_check (as_run, NULL));
  g_assert_cmpuint (g_array_index (as_run->events, NnEvent, 1).id, ==, 1);
  g_assert_cmpuint (g_array_index (as_run->events, NnEvent, 2).id, ==, 2);
  again = nn_timeline_new (as_run, NN_TIMELINE_BUDGET, NULL);
  moves_run (again, 9);
  small_trainer_assert_same (nn_timeline_get_trainer (timeline),
                             nn_timeline_get_trainer (again));
}

/* A log's future happens as the run gets there, unless the user does something else. */
static void
test_log_is_followed_until_the_user_acts (void)
{
  g_autoptr (NnExperiment) experiment = small_experiment (keys);
  g_autoptr (NnTimeline) timeline = NULL;
  g_autoptr (NnNudge) noise = nn_nudge_parse ("*: noise", NULL);

  for (guint64 step = 5; step <= 15; step += 5)
    nn_event_append (experiment->events,
                     &(NnEvent){ .kind = NN_EVENT_NUDGE, .step = step, .nudge = noise },
                     1);
  timeline = nn_timeline_new (experiment, NN_TIMELINE_BUDGET, NULL);
  moves_run (timeline, 7);
  g_assert_cmpuint (nn_log_get_n_events (nn_timeline_get_log (timeline)), ==, 1);
  moves_go_to (timeline, 6); /* there and on again is still the same way */
  moves_run (timeline, 6);
  g_assert_cmpuint (nn_log_get_n_events (nn_timeline_get_log (timeline)), ==, 2);
  moves_nudge (timeline, "fc1: w + a a=0.1");
  moves_run (timeline, 20);
  g_assert_cmpuint (nn_log_get_n_events (nn_timeline_get_log (timeline)), ==, 3);
  moves_undo (timeline);
  moves_undo (timeline);
  g_assert_cmpuint (moves_get_step (timeline), ==, 10);
}

/* As single steps do, up to where there is something to tell. */
static void
test_running_stops_where_there_is_news (void)
{
  const guint64 stops[] = { 5, 9, 15, 40 };
  g_autofree char *text = g_strdup_printf ("%s, 'nudges': ['fc1: w / (w - w) @ every 3 "
                                           "steps from step 9 to step 30', "
                                           "'fc2: w + 0.001']",
                                           keys);
  g_autoptr (NnExperiment) experiment = small_experiment (text);
  g_autoptr (NnTimeline) single = NULL;
  g_autoptr (NnTimeline) timeline = NULL;
  g_autoptr (NnNudge) noise = nn_nudge_parse ("*: noise", NULL);

  for (guint64 step = 5; step <= 15; step += 10)
    nn_event_append (experiment->events,
                     &(NnEvent){ .kind = NN_EVENT_NUDGE, .step = step, .nudge = noise },
                     1);
  single = nn_timeline_new (experiment, 0, NULL);
  timeline = nn_timeline_new (experiment, 0, NULL);
  moves_run (single, 40);
  for (gsize i = 0; i < G_N_ELEMENTS (stops); i++) {
    g_assert_true (nn_timeline_run (timeline, 40 - moves_get_step (timeline), NULL));
    g_assert_cmpuint (moves_get_step (timeline), ==, stops[i]);
  }
  small_trainer_assert_same (nn_timeline_get_trainer (single),
                             nn_timeline_get_trainer (timeline));
  g_assert_true (nn_timeline_run (timeline, 0, NULL));
  g_assert_cmpuint (moves_get_step (timeline), ==, 40);
}

/* ---- memory ------------------------------------------------------------------------ */

/* Whatever the length of a run, the copies fit, and no place is far from one: at most a
 * few times as far as with even distances. */
static void
test_copies_fit_and_lie_near (void)
{
  const gsize budget = 400 * 1024;
  g_autoptr (NnCheckpoints) checkpoints = nn_checkpoints_new (budget);
  g_autoptr (NnTrainer) trainer = small_trainer (keys);
  const guint64 n_steps = 20000;
  gsize n = 0;
  guint64 farthest = 0, before = 0;

  for (guint64 step = 0; step < n_steps; step += 20) {
    nn_checkpoints_add (checkpoints, (NnPosition){ step, 0 }, trainer, NULL);
    g_assert_cmpuint (nn_checkpoints_get_size (checkpoints), <=, budget);
  }
  n = nn_checkpoints_get_n (checkpoints);
  g_assert_cmpuint (n, >, 20);
  for (guint64 step = 0; step < n_steps; step += 20) {
    const guint64 at =
        nn_checkpoints_find (checkpoints, (NnPosition){ step, 0 })->position.step;

    farthest = MAX (farthest, step - at);
    if (at != before && n_steps - at < 1000)
      g_assert_cmpuint (at - before, <=, n_steps / n); /* dense where it is recent */
    before = at;
  }
  g_assert_cmpuint (farthest, <=, 4 * n_steps / n);
  g_assert_cmpuint (farthest, >=, n_steps / n / 2);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/timeline/undo-and-redo-are-inverse",
                   test_undo_and_redo_are_inverse);
  g_test_add_func ("/nn/timeline/undo-is-immediate", test_undo_is_immediate);
  g_test_add_func ("/nn/timeline/course-changes-on-the-way",
                   test_course_changes_on_the_way);
  g_test_add_func ("/nn/timeline/going-on-where-nothing-was-done-is-the-same-way",
                   test_going_on_where_nothing_was_done_is_the_same_way);
  g_test_add_func ("/nn/timeline/way-that-is-left-leaves-its-curve",
                   test_way_that_is_left_leaves_its_curve);
  g_test_add_func ("/nn/timeline/newest-ways-are-remembered",
                   test_newest_branches_are_remembered);
  g_test_add_func ("/nn/timeline/diverged-run-goes-back", test_diverged_run_goes_back);
  g_test_add_func ("/nn/timeline/diverged-run-without-copies-stays",
                   test_diverged_run_without_copies_stays);
  g_test_add_func ("/nn/timeline/reset-keeps-what-stands", test_reset_keeps_what_stands);
  g_test_add_func ("/nn/timeline/log-makes-the-same-run", test_log_makes_the_same_run);
  g_test_add_func ("/nn/timeline/log-after-a-reset-names-the-same",
                   test_log_after_a_reset_names_the_same);
  g_test_add_func ("/nn/timeline/log-is-followed-until-the-user-acts",
                   test_log_is_followed_until_the_user_acts);
  g_test_add_func ("/nn/timeline/running-stops-where-there-is-news",
                   test_running_stops_where_there_is_news);
  g_test_add_func ("/nn/timeline/copies-fit-and-lie-near", test_copies_fit_and_lie_near);
  return g_test_run ();
}

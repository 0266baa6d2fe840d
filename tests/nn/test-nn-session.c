/* test-nn-session.c - the run on its own thread: commands in, frames out
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/session/nn-session.h"

#include <math.h>
#include <string.h>

#include "nn/io/nn-experiment-demo.h"
#include "nn/io/nn-experiment-file.h"
#include "nn/run/nn-timeline.h"
#include "nn/session/nn-frame-of-run.h"
#include "session-frames.h"
#include "small-trainer.h"

static NnSession *
new_session (const char *demo)
{
  g_autoptr (NnExperiment) experiment = nn_experiment_new_demo (demo, NULL);

  return nn_session_new (experiment, NULL);
}

static NnTrainer *
trainer_at (const char *demo, guint64 n_steps)
{
  g_autoptr (NnExperiment) experiment = nn_experiment_new_demo (demo, NULL);
  NnTrainer *trainer = nn_trainer_new (experiment, NULL);

  while (nn_trainer_get_n_steps (trainer) < n_steps)
    g_assert_true (nn_trainer_step (trainer, NULL));
  return trainer;
}

static void
apply (NnSession *session, NnNudge *nudge)
{
  nn_session_do (session, &(NnEvent){ .kind = NN_EVENT_NUDGE, .nudge = nudge });
}

static void
assert_same_values (const NnFrame *frame, NnTrainer *trainer)
{
  const gsize n_bytes = frame->architecture->n_values * sizeof (float);

  g_assert_cmpmem (frame->values, n_bytes,
                   nn_network_get_values (nn_trainer_get_network (trainer)), n_bytes);
}

static void
assert_same_step_loss (const NnFrame *frame, NnTrainer *trainer)
{
  if (frame->step == 0)
    g_assert_true (isnan (frame->step_loss));
  else
    g_assert_cmpfloat (frame->step_loss, ==, (double) nn_trainer_get_step_loss (trainer));
}

static void
test_opens_paused_at_step_0 (void)
{
  g_autoptr (NnSession) session = new_session ("seed");
  g_autoptr (NnFrame) frame = next_frame (session);

  g_assert_cmpuint (frame->step, ==, 0);
  g_assert_false (frame->running);
  g_assert_true (isfinite (frame->loss));
  g_assert_null (nn_session_take_frame (session));
}

static void
test_pause_delivers_the_last_frame (void)
{
  g_autoptr (NnSession) session = new_session ("seed-nudged");

  for (int round = 0; round < 50; round++) {
    g_autoptr (NnFrame) frame = NULL;
    g_autoptr (NnTrainer) trainer = NULL;

    nn_session_run (session);
    if (round % 2)
      g_usleep (500);
    nn_session_pause (session);
    frame = settled_frame (session);
    g_assert_false (frame->running);

    /* Nothing moves after it, and it is the run a trainer alone would give. */
    g_assert_null (nn_session_take_frame (session));
    trainer = trainer_at ("seed-nudged", frame->step);
    assert_same_values (frame, trainer);
    g_assert_cmpuint (nn_history_get_n_steps (frame->history), ==, frame->step);
    if (frame->step > 20000)
      nn_session_reset (session);
  }
}

static void
test_frames_come_while_running (void)
{
  g_autoptr (NnSession) session = new_session ("seed");
  guint64 last = 0;

  nn_session_run (session);
  for (int i = 0; i < 20; i++) {
    g_autoptr (NnFrame) frame = settled_frame (session);

    g_assert_true (frame->running);
    g_assert_cmpuint (frame->step, >=, last);
    last = frame->step;
  }
  g_assert_cmpuint (last, >, 0);
}

/* Taken as soon as it is there, a frame must not be the last one. */
static void
test_frames_come_however_soon_they_are_taken (void)
{
  g_autoptr (NnSession) session = new_session ("seed");

  nn_session_run (session);
  for (int i = 0; i < 300; i++) {
    const gint64 deadline = deadline_after (FRAME_DEADLINE_US);
    g_autoptr (NnFrame) frame = NULL;

    while ((frame = nn_session_take_frame (session)) == NULL)
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
  }
}

static void
test_step_takes_one_step (void)
{
  g_autoptr (NnSession) session = new_session ("seed");
  g_autoptr (NnTrainer) trainer = trainer_at ("seed", 3);
  g_autoptr (NnFrame) frame = NULL;

  for (int i = 0; i < 3; i++)
    nn_session_step (session);
  frame = settled_frame (session);
  g_assert_cmpuint (frame->step, ==, 3);
  assert_same_values (frame, trainer);
}

static void
test_a_run_stops_at_a_step (void)
{
  for (int paced = 0; paced <= 1; paced++) {
    g_autoptr (NnSession) session = new_session ("seed");
    g_autoptr (NnTrainer) trainer = trainer_at ("seed", 70);
    g_autoptr (NnFrame) frame = NULL;
    g_autoptr (NnFrame) later = NULL;

    nn_session_set_speed (session, paced ? 2000 : 0);
    nn_session_set_stop (session, 70, NAN);
    nn_session_run (session);
    frame = paused_frame (session);
    g_assert_cmpuint (frame->step, ==, 70);
    assert_same_values (frame, trainer);

    nn_session_set_stop (session, 90, NAN);
    nn_session_run (session);
    later = paused_frame (session);
    g_assert_cmpuint (later->step, ==, 90);
  }
}

/* At the first step that has it, and not again one step later. */
static void
test_a_run_stops_at_a_loss (void)
{
  g_autoptr (NnSession) session = new_session ("seed");
  g_autoptr (NnFrame) frame = NULL;
  g_autoptr (NnFrame) later = NULL;
  float before, at;

  nn_session_set_speed (session, 0);
  nn_session_set_stop (session, 0, 20);
  nn_session_run (session);
  frame = paused_frame (session);
  g_assert_cmpuint (frame->step, >, 1);
  g_assert_true (nn_history_get_loss (frame->history, frame->step, &at));
  g_assert_true (nn_history_get_loss (frame->history, frame->step - 1, &before));
  g_assert_cmpfloat (at, <=, 20);
  g_assert_cmpfloat (before, >, 20);

  nn_session_run (session);
  g_usleep (10000);
  nn_session_pause (session);
  later = paused_frame (session);
  g_assert_cmpuint (later->step, >, frame->step + 1);
}

/* The window draws the very data that are trained on. */
static void
test_frames_carry_the_data (void)
{
  g_autoptr (NnSession) session = new_session ("seed");
  g_autoptr (NnFrame) first = settled_frame (session);
  g_autoptr (NnFrame) second = NULL;

  nn_session_step (session);
  second = settled_frame (session);
  g_assert_nonnull (first->dataset);
  g_assert_true (first->dataset == second->dataset);
  g_assert_cmpuint (first->dataset->n_examples, ==, 3);
}

static void
test_nudge_lands_between_steps (void)
{
  g_autoptr (NnSession) session = new_session ("seed");
  g_autoptr (NnNudge) nudge = nn_nudge_make (&(NnNudgeSpec){ .target = "fc2.weight",
                                                             .expression = "w + a*w",
                                                             .amount = 0.25f,
                                                             .time.when = NN_WHEN_MANUAL,
                                                             .time.interval = 1 },
                                             NULL);
  g_autoptr (NnTrainer) trainer = NULL;
  g_autoptr (NnFrame) frame = NULL;
  const NnLanding *landing;

  nn_session_run (session);
  nn_frame_unref (settled_frame (session));
  apply (session, nudge);
  nn_session_pause (session);
  frame = settled_frame (session);

  g_assert_cmpuint (frame->n_landings, ==, 1);
  landing = &frame->landings[0];
  g_assert_cmpuint (landing->n_times, ==, 1);
  g_assert_cmpuint (landing->first, <=, frame->step);

  /* Made again at the step where it landed, it gives the same bits. */
  trainer = trainer_at ("seed", landing->first);
  small_trainer_nudge (trainer, nudge);
  while (nn_trainer_get_n_steps (trainer) < frame->step)
    g_assert_true (nn_trainer_step (trainer, NULL));
  assert_same_values (frame, trainer);
}

static void
test_standing_nudge_is_replaced (void)
{
  g_autoptr (NnSession) session = new_session ("seed");
  g_autoptr (NnNudge) first =
      nn_nudge_make (&(NnNudgeSpec){ .target = "fc1.weight",
                                     .expression = "a*w",
                                     .amount = 0.5f,
                                     .time.when = NN_WHEN_EVERY_STEPS,
                                     .time.interval = 1 },
                     NULL);
  g_autoptr (NnNudge) second =
      nn_nudge_make (&(NnNudgeSpec){ .target = "fc1.weight",
                                     .expression = "a*w",
                                     .amount = 0.25f,
                                     .time.when = NN_WHEN_EVERY_STEPS,
                                     .time.interval = 2 },
                     NULL);
  g_autoptr (NnFrame) frame = NULL;
  guint64 id;

  id = nn_session_do (session, &(NnEvent){ .kind = NN_EVENT_STAND, .nudge = first });
  nn_session_step (session);
  nn_session_step (session);
  nn_session_do (session,
                 &(NnEvent){ .kind = NN_EVENT_REPLACE, .nudge = second, .id = id });
  nn_session_step (session);
  nn_session_step (session);
  nn_session_do (session, &(NnEvent){ .kind = NN_EVENT_REMOVE, .id = id });
  nn_session_step (session);
  nn_session_step (session);
  frame = settled_frame (session);

  g_assert_cmpuint (frame->n_landings, ==, 2);
  g_assert_true (frame->landings[0].nudge == first);
  g_assert_cmpuint (frame->landings[0].n_times, ==, 2);
  g_assert_cmpuint (frame->landings[1].n_times, ==, 1);
  g_assert_cmpuint (frame->landings[1].first, ==, 4);
}

static void
test_reset_goes_back_and_pauses (void)
{
  g_autoptr (NnSession) session = new_session ("seed");
  g_autoptr (NnTrainer) trainer = trainer_at ("seed", 0);
  g_autoptr (NnFrame) frame = NULL;

  nn_session_run (session);
  nn_session_reset (session);
  frame = settled_frame (session);
  g_assert_cmpuint (frame->step, ==, 0);
  g_assert_false (frame->running);
  g_assert_cmpuint (nn_history_get_n_steps (frame->history), ==, 0);
  assert_same_values (frame, trainer);
}

static void
test_speed_limits_the_steps (void)
{
  g_autoptr (NnSession) session = new_session ("seed");
  g_autoptr (NnFrame) frame = NULL;
  gint64 start;
  double seconds;

  nn_session_set_speed (session, 100);
  start = g_get_monotonic_time ();
  nn_session_run (session);
  g_usleep (300000);
  do { /* however late a busy machine begins */
    g_clear_pointer (&frame, nn_frame_unref);
    frame = next_frame (session);
  } while (frame->step == 0);
  nn_session_pause (session);
  g_clear_pointer (&frame, nn_frame_unref);
  frame = settled_frame (session);
  seconds = (double) (g_get_monotonic_time () - start) / 1e6;

  /* An upper bound only: how late a busy machine is says nothing about us. */
  g_assert_cmpuint (frame->step, <=, (guint64) (seconds * 100) + 2);
}

static void
test_divergence_stops_and_is_reported (void)
{
  g_autoptr (NnSession) session = new_session ("seed");
  g_autoptr (NnNudge) huge = nn_nudge_make (&(NnNudgeSpec){ .target = "*",
                                                            .expression = "w * 1e19",
                                                            .amount = 0,
                                                            .time.when = NN_WHEN_MANUAL,
                                                            .time.interval = 1 },
                                            NULL);
  g_autoptr (NnFrame) frame = NULL;

  nn_session_step (session);
  apply (session, huge);
  nn_session_run (session);
  do {
    g_clear_pointer (&frame, nn_frame_unref);
    frame = settled_frame (session);
  } while (frame->running);
  g_assert_nonnull (frame->failure);
  g_assert_cmpuint (frame->step, ==, 1);

  nn_session_reset (session);
  g_clear_pointer (&frame, nn_frame_unref);
  frame = settled_frame (session);
  g_assert_null (frame->failure);
}

static void
test_closing_while_running_joins (void)
{
  for (int i = 0; i < 20; i++) {
    NnSession *session = new_session ("seed-nudged");

    nn_session_run (session);
    if (i % 2)
      nn_session_set_speed (session, 1);
    nn_session_free (session);
  }
}

/* So large that their products are shared out to several threads. */
static NnExperiment *
new_large_experiment (void)
{
  static const char text[] =
      "{ \"nudge\": 1, \"data\": { \"source\": \"uniform\", \"examples\": 256,"
      " \"features\": 128 }, \"network\": { \"layers\": [ { \"units\": 128,"
      " \"activation\": \"relu\" }, { \"units\": 128 } ] },"
      " \"loss\": { \"type\": \"squared_sum\", \"target\": 5 },"
      " \"nudges\": [ \"*: noise\" ] }";
  g_autoptr (GError) error = NULL;
  NnExperiment *experiment =
      nn_experiment_file_parse (text, strlen (text), "large", &error);

  g_assert_no_error (error);
  return experiment;
}

static void
test_two_at_once_are_as_one_alone (void)
{
  g_autoptr (NnExperiment) experiment = new_large_experiment ();
  g_autoptr (NnSession) one = nn_session_new (experiment, NULL);
  g_autoptr (NnSession) other = nn_session_new (experiment, NULL);
  g_autoptr (NnTrainer) trainer = nn_trainer_new (experiment, NULL);

  for (int step = 1; step <= 5; step++) {
    g_autoptr (NnFrame) a = NULL;
    g_autoptr (NnFrame) b = NULL;

    nn_session_step (one);
    nn_session_step (other);
    g_assert_true (nn_trainer_step (trainer, NULL));
    a = settled_frame (one);
    b = settled_frame (other);
    assert_same_values (a, trainer);
    assert_same_values (b, trainer);
  }
}

/* ---- along the timeline ------------------------------------------------------------ */

static void
test_undo_and_redo_go_back_and_forth (void)
{
  g_autoptr (NnSession) session = new_session ("seed");
  g_autoptr (NnNudge) nudge = nn_nudge_make (&(NnNudgeSpec){ .target = "fc2.weight",
                                                             .expression = "w + a*w",
                                                             .amount = 0.25f,
                                                             .time.when = NN_WHEN_MANUAL,
                                                             .time.interval = 1 },
                                             NULL);
  g_autoptr (NnTrainer) plain = NULL;
  g_autoptr (NnFrame) nudged = NULL;
  g_autoptr (NnFrame) undone = NULL;
  g_autoptr (NnFrame) redone = NULL;
  const gsize n_bytes = 17 * sizeof (float);

  nn_session_run (session);
  nn_frame_unref (settled_frame (session));
  apply (session, nudge);
  nn_frame_unref (settled_frame (session));
  nn_session_pause (session);
  nudged = settled_frame (session);
  g_assert_true (nudged->can_undo);
  g_assert_false (nudged->can_redo);

  nn_session_undo (session);
  undone = settled_frame (session);
  g_assert_false (undone->running);
  g_assert_false (undone->can_undo);
  g_assert_true (undone->can_redo);
  g_assert_cmpuint (undone->step, ==, nudged->landings[0].first);
  g_assert_cmpuint (undone->n_landings, ==, 0);
  g_assert_cmpuint (undone->end, ==, nudged->step);
  plain = trainer_at ("seed", undone->step);
  assert_same_values (undone, plain);

  nn_session_redo (session);
  redone = settled_frame (session);
  g_assert_cmpuint (redone->step, ==, nudged->step);
  g_assert_cmpmem (redone->values, n_bytes, nudged->values, n_bytes);
}

/* While it runs, too: it pauses there. A drag asks for many places, and gets the last. */
static void
test_go_to_goes_there_and_pauses (void)
{
  g_autoptr (NnSession) session = new_session ("seed-nudged");
  guint64 end = 0;

  nn_session_run (session);
  while (end < 30000) {
    g_autoptr (NnFrame) frame = settled_frame (session);

    end = frame->step;
  }
  for (guint64 step = 0; step < 30000; step += 1111) {
    g_autoptr (NnTrainer) plain = trainer_at ("seed-nudged", step);
    g_autoptr (NnFrame) frame = NULL;

    for (guint64 k = 0; k < 20; k++)
      nn_session_go_to (session, (step + 977 * k) % 30000);
    nn_session_go_to (session, step);
    frame = settled_frame (session);
    g_assert_false (frame->running);
    g_assert_cmpuint (frame->step, ==, step);
    assert_same_step_loss (frame, plain);
    g_assert_cmpuint (frame->end, >=, end);
    assert_same_values (frame, plain);
  }
}

/* What is nearer than where go_to leads was already passed: it would run on for ever. */
static void
test_run_to_counts_from_where_go_to_leads (void)
{
  g_autoptr (NnSession) session = new_session ("seed");
  g_autoptr (NnFrame) end = NULL;
  g_autoptr (NnFrame) frame = NULL;
  gint released = FALSE;

  nn_session_run_to_step (session, 5000);
  end = paused_frame (session);
  g_assert_cmpuint (end->step, ==, 5000);

  hold (session, &released);
  nn_session_go_to (session, 4321);
  nn_session_run_to_step (session, 2000);
  g_atomic_int_set (&released, TRUE);
  frame = settled_frame (session);
  g_assert_false (frame->running);
  g_assert_cmpuint (frame->step, ==, 4321);
}

/* An action names what it was done to, before any frame has shown the effect
 * of others. */
static void
test_ids_name_what_was_meant (void)
{
  g_autoptr (NnSession) session = new_session ("seed-nudged");
  g_autoptr (NnNudge) nudge = nn_nudge_parse ("fc2: w + a a=0.1", NULL);
  g_autoptr (NnFrame) frame = NULL;
  const guint64 added =
      nn_session_do (session, &(NnEvent){ .kind = NN_EVENT_STAND, .nudge = nudge });

  g_assert_cmpuint (added, ==, 4); /* the demo has three */
  nn_session_do (session, &(NnEvent){ .kind = NN_EVENT_REMOVE, .id = 2 });
  nn_session_do (session, &(NnEvent){ .kind = NN_EVENT_PAUSE, .id = 2 });
  nn_session_do (session, &(NnEvent){ .kind = NN_EVENT_MOVE, .id = added, .by = 1 });
  nn_session_do (session, &(NnEvent){ .kind = NN_EVENT_MOVE, .id = added, .by = 1 });
  nn_session_do (session, &(NnEvent){ .kind = NN_EVENT_MOVE, .id = added, .by = 1 });
  frame = settled_frame (session);
  g_assert_cmpuint (frame->n_standing, ==, 3);
  g_assert_cmpuint (frame->standing[0].id, ==, 1);
  g_assert_cmpuint (frame->standing[1].id, ==, 3);
  g_assert_cmpuint (frame->standing[2].id, ==, added);
  g_assert_false (frame->standing[0].paused || frame->standing[1].paused ||
                  frame->standing[2].paused);
  /* What is gone, and what is at the end already, is not in the log. */
  g_assert_cmpuint (nn_log_get_n_events (frame->log), ==, 4);
}

/* Undone, its id names nothing, and no other nudge. */
static void
test_ids_are_not_used_again (void)
{
  g_autoptr (NnSession) session = new_session ("seed");
  g_autoptr (NnNudge) nudge = nn_nudge_parse ("fc2: w + a a=0.1", NULL);
  g_autoptr (NnFrame) frame = NULL;
  const NnEvent stand = { .kind = NN_EVENT_STAND, .nudge = nudge };
  const guint64 undone = nn_session_do (session, &stand);

  nn_session_undo (session);
  g_assert_cmpuint (nn_session_do (session, &stand), ==, undone + 1);
  nn_session_do (session, &(NnEvent){ .kind = NN_EVENT_REMOVE, .id = undone });
  frame = settled_frame (session);
  g_assert_cmpuint (frame->n_standing, ==, 1);
  g_assert_cmpuint (frame->standing[0].id, ==, undone + 1);
}

/* A session that is on a long way is closed at once. */
static void
test_closing_on_the_way_joins (void)
{
  for (int i = 0; i < 10; i++) {
    NnSession *session = new_session ("seed-nudged");

    nn_session_run (session);
    g_usleep (20000);
    nn_session_go_to (session, 10);
    nn_session_go_to (session, G_MAXUINT64);
    nn_session_step (session);
    nn_session_free (session);
  }
}

/* One of everything a user can do, at random times. */
static void
do_anything (NnSession *session, GRand *dice)
{
  static const char *const texts[] = { "*: w + a*noise a=0.01",
                                       "fc1: w - a*w @ every 3 steps a=0.1",
                                       "fc2: w + a*rand @ every example a=0.001",
                                       "fc3: w*2 @ every 7 steps before backward",
                                       "fc1: w/(w - w)" };
  const gsize i = (gsize) g_rand_int_range (dice, 0, G_N_ELEMENTS (texts));
  g_autoptr (NnNudge) nudge = nn_nudge_parse (texts[i], NULL);
  const NnEvent event = { .kind = (NnEventKind) g_rand_int_range (dice, 0, 7),
                          .nudge = nudge,
                          .id = (guint64) g_rand_int_range (dice, 1, 9),
                          .index = (gsize) g_rand_int_range (dice, 0, 3),
                          .by = g_rand_int_range (dice, -3, 4) };

  switch (g_rand_int_range (dice, 0, 60)) {
  case 0:
    nn_session_undo (session);
    nn_session_run (session);
    break;
  case 1:
    nn_session_undo (session);
    nn_session_redo (session);
    nn_session_run (session);
    break;
  case 2:
    nn_session_go_to (session, (guint64) g_rand_int_range (dice, 0, 20000));
    nn_session_run (session);
    break;
  default:
    nn_session_do (session, &event);
  }
}

/* The resulting log, run again without a session, gives the same bits. */
static void
test_log_of_a_wild_run_repeats_it (gconstpointer data)
{
  g_autoptr (GRand) dice = g_rand_new_with_seed (GPOINTER_TO_UINT (data));
  g_autoptr (NnExperiment) experiment = nn_experiment_new_demo ("seed", NULL);
  g_autoptr (NnSession) session = nn_session_new (experiment, NULL);
  g_autoptr (NnExperiment) as_run = NULL;
  g_autoptr (NnTimeline) timeline = NULL;
  g_autoptr (NnFrame) frame = NULL;
  g_autoptr (NnFrame) again = NULL;

  nn_session_run (session);
  for (int i = 0; i < 100; i++) {
    g_usleep ((gulong) g_rand_int_range (dice, 0, 600));
    nn_frame_unref (next_frame (session));
    do_anything (session, dice);
  }
  nn_session_pause (session);
  frame = settled_frame (session);
  g_test_message ("%" G_GSIZE_FORMAT " events, %" G_GUINT64_FORMAT " steps",
                  nn_log_get_n_events (frame->log), frame->step);
  as_run = nn_log_make_experiment (frame->log, experiment);
  timeline = nn_timeline_new (as_run, NN_TIMELINE_BUDGET, NULL);
  while (nn_trainer_get_n_steps (nn_timeline_get_trainer (timeline)) < frame->step)
    g_assert_true (nn_timeline_step (timeline, NULL));
  again = nn_frame_of_timeline (timeline);

  assert_same_values (frame, nn_timeline_get_trainer (timeline));
  g_assert_cmpfloat (frame->loss, ==, again->loss);
  g_assert_cmpuint (frame->n_landings, ==, again->n_landings);
  for (gsize i = 0; i < frame->n_landings; i++) {
    const NnLanding *one = &frame->landings[i];
    const NnLanding *other = &again->landings[i];

    g_assert_true (one->nudge == other->nudge);
    g_assert_cmpuint (one->first, ==, other->first);
    g_assert_cmpuint (one->last, ==, other->last);
    g_assert_cmpuint (one->n_times, ==, other->n_times);
    g_assert_cmpstr (one->refusal, ==, other->refusal);
    if (!one->standing) {
      g_assert_cmpfloat (one->change, ==, other->change);
      g_assert_cmpfloat (one->loss_after, ==, other->loss_after);
    }
  }
  for (guint64 step = 1; step <= frame->step; step++) {
    float loss, other;

    g_assert_true (nn_history_get_loss (frame->history, step, &loss));
    g_assert_true (nn_history_get_loss (again->history, step, &other));
    g_assert_cmpfloat (loss, ==, other);
  }
}

/* --- What the session logs --------------------------------------------------------- */

static void
run_two_commands (void)
{
  g_autoptr (NnSession) session = new_session ("seed");

  nn_session_step (session);
  nn_session_undo (session);
  nn_frame_unref (settled_frame (session));
}

static void
test_says_commands_and_frames (void)
{
  if (g_test_subprocess ()) {
    g_setenv ("G_MESSAGES_DEBUG", "nudge-session", TRUE);
    run_two_commands ();
    return;
  }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stdout ("*nudge-session-DEBUG*: command 1: step, at step 0*"
                             "command 2: undo, at step 1*"
                             "frame: step 1, loss *, paused, after command 2*");
}

static void
test_says_nothing_unasked (void)
{
  if (g_test_subprocess ()) {
    g_unsetenv ("G_MESSAGES_DEBUG");
    run_two_commands ();
    return;
  }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stdout_unmatched ("*nudge-session*");
  g_test_trap_assert_stderr_unmatched ("*nudge-session*");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/session/a-run-stops-at-a-step", test_a_run_stops_at_a_step);
  g_test_add_func ("/nn/session/a-run-stops-at-a-loss", test_a_run_stops_at_a_loss);
  g_test_add_func ("/nn/session/frames-carry-the-data", test_frames_carry_the_data);
  g_test_add_func ("/nn/session/opens-paused-at-step-0", test_opens_paused_at_step_0);
  g_test_add_func ("/nn/session/pause-delivers-the-last-frame",
                   test_pause_delivers_the_last_frame);
  g_test_add_func ("/nn/session/frames-come-while-running",
                   test_frames_come_while_running);
  g_test_add_func ("/nn/session/frames-come-however-soon-they-are-taken",
                   test_frames_come_however_soon_they_are_taken);
  g_test_add_func ("/nn/session/step-takes-one-step", test_step_takes_one_step);
  g_test_add_func ("/nn/session/nudge-lands-between-steps",
                   test_nudge_lands_between_steps);
  g_test_add_func ("/nn/session/standing-nudge-is-replaced",
                   test_standing_nudge_is_replaced);
  g_test_add_func ("/nn/session/reset-goes-back-and-pauses",
                   test_reset_goes_back_and_pauses);
  g_test_add_func ("/nn/session/speed-limits-the-steps", test_speed_limits_the_steps);
  g_test_add_func ("/nn/session/divergence-stops-and-is-reported",
                   test_divergence_stops_and_is_reported);
  g_test_add_func ("/nn/session/two-at-once-are-as-one-alone",
                   test_two_at_once_are_as_one_alone);
  g_test_add_func ("/nn/session/closing-while-running-joins",
                   test_closing_while_running_joins);
  g_test_add_func ("/nn/session/undo-and-redo-go-back-and-forth",
                   test_undo_and_redo_go_back_and_forth);
  g_test_add_func ("/nn/session/go-to-goes-there-and-pauses",
                   test_go_to_goes_there_and_pauses);
  g_test_add_func ("/nn/session/run-to-counts-from-where-go-to-leads",
                   test_run_to_counts_from_where_go_to_leads);
  g_test_add_func ("/nn/session/ids-name-what-was-meant", test_ids_name_what_was_meant);
  g_test_add_func ("/nn/session/ids-are-not-used-again", test_ids_are_not_used_again);
  g_test_add_func ("/nn/session/closing-on-the-way-joins", test_closing_on_the_way_joins);
  for (guint seed = 1; seed <= 4; seed++) {
    g_autofree char *path =
        g_strdup_printf ("/nn/session/log-of-a-wild-run-repeats-it/%u", seed);

    g_test_add_data_func (path, GUINT_TO_POINTER (seed),
                          test_log_of_a_wild_run_repeats_it);
  }
  g_test_add_func ("/nn/session/says-commands-and-frames", test_says_commands_and_frames);
  g_test_add_func ("/nn/session/says-nothing-unasked", test_says_nothing_unasked);
  return g_test_run ();
}

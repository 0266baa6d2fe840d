/* test-nn-session-timeline.c - a session's way back and forth along its run
 *
 * SPDX-License-Identifier: MIT
 */

#include <math.h>

#include "nn/run/nn-timeline.h"
#include "nn/session/nn-frame-of-run.h"
#include "session-runs.h"

static void
assert_same_step_loss (const NnFrame *frame, NnTrainer *trainer)
{
  if (frame->step == 0)
    g_assert_true (isnan (frame->step_loss));
  else
    g_assert_cmpfloat (frame->step_loss, ==, (double) nn_trainer_get_step_loss (trainer));
}

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
int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/session-timeline/undo-and-redo-go-back-and-forth",
                   test_undo_and_redo_go_back_and_forth);
  g_test_add_func ("/nn/session-timeline/go-to-goes-there-and-pauses",
                   test_go_to_goes_there_and_pauses);
  g_test_add_func ("/nn/session-timeline/run-to-counts-from-where-go-to-leads",
                   test_run_to_counts_from_where_go_to_leads);
  g_test_add_func ("/nn/session-timeline/ids-name-what-was-meant",
                   test_ids_name_what_was_meant);
  g_test_add_func ("/nn/session-timeline/ids-are-not-used-again",
                   test_ids_are_not_used_again);
  g_test_add_func ("/nn/session-timeline/closing-on-the-way-joins",
                   test_closing_on_the_way_joins);
  for (guint seed = 1; seed <= 4; seed++) {
    g_autofree char *path =
        g_strdup_printf ("/nn/session-timeline/log-of-a-wild-run-repeats-it/%u", seed);

    g_test_add_data_func (path, GUINT_TO_POINTER (seed),
                          test_log_of_a_wild_run_repeats_it);
  }
  return g_test_run ();
}

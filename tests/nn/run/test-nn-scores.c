/* test-nn-scores.c - losses and accuracies at some of a run's steps
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/run/nn-scores.h"

#include <math.h>
#include <time.h>

#include "tests/nn/session-frames.h"
#include "tests/nn/small-trainer.h"

#define HELD_OUT MOONS "," NETWORK (1) ", 'loss': {'type': 'bce_logits'}"

static const NnScore *
get_point (const NnScores *self, guint index)
{
  return &g_array_index (self->points, NnScore, index);
}

static void
add_point (NnScores *self, guint64 step, float loss)
{
  nn_scores_add (self, &(const NnScore){ step, loss, 1 - loss });
}

static void
test_points_are_in_order (void)
{
  NnScores scores;

  nn_scores_init (&scores);
  add_point (&scores, 7, 0.7f);
  add_point (&scores, 3, 0.3f);
  add_point (&scores, 7, 0.8f); /* after a nudge */
  g_assert_cmpuint (scores.points->len, ==, 2);
  g_assert_cmpuint (get_point (&scores, 0)->step, ==, 3);
  g_assert_cmpfloat (get_point (&scores, 1)->loss, ==, 0.8f);
  nn_scores_clear (&scores);
}

static void
test_another_way_drops_what_was_beyond (void)
{
  NnScores scores;

  nn_scores_init (&scores);
  for (guint i = 0; i < 10; i++)
    add_point (&scores, i, 0.5f);
  nn_scores_cut (&scores, 20);
  g_assert_cmpuint (scores.points->len, ==, 10);
  nn_scores_remove (&scores, 9);
  nn_scores_remove (&scores, 9);
  g_assert_cmpuint (scores.points->len, ==, 9);
  nn_scores_cut (&scores, 4);
  g_assert_cmpuint (scores.points->len, ==, 4);
  nn_scores_cut (&scores, 0);
  g_assert_cmpuint (scores.points->len, ==, 0);
  nn_scores_clear (&scores);
}

/* The first and the newest are there, and the rest evenly. */
static void
test_a_long_run_needs_no_more_memory (void)
{
  NnScores scores;
  const guint n = 50 * NN_SCORES_MOST;
  guint64 widest = 0;

  nn_scores_init (&scores);
  for (guint i = 0; i < n; i++) {
    add_point (&scores, 10 * i, 0.5f);
    g_assert_cmpuint (scores.points->len, <=, NN_SCORES_MOST);
    g_assert_cmpuint (get_point (&scores, scores.points->len - 1)->step, ==, 10 * i);
  }
  for (guint i = 1; i < scores.points->len; i++)
    widest =
        MAX (widest, get_point (&scores, i)->step - get_point (&scores, i - 1)->step);
  g_assert_cmpuint (get_point (&scores, 0)->step, ==, 0);
  g_assert_cmpuint (widest, <, 10 * n / 256);
  nn_scores_clear (&scores);
}

static void
test_bytes_and_back (void)
{
  NnScores scores, copy, later;
  g_autoptr (GByteArray) array = g_byte_array_new ();
  g_autoptr (GBytes) bytes = NULL;
  NnUnpack unpack;

  nn_scores_init (&scores);
  nn_scores_init (&copy);
  nn_scores_init (&later);
  add_point (&scores, 0, 0.25f);
  add_point (&scores, 9, NAN);
  nn_scores_pack (&scores, array);
  bytes = g_bytes_new (array->data, array->len);
  nn_unpack_init (&unpack, bytes);
  g_assert_true (nn_scores_unpack (&copy, &unpack, 9));
  g_assert_true (nn_unpack_is_done (&unpack));
  g_assert_cmpmem (copy.points->data, copy.points->len * sizeof (NnScore),
                   scores.points->data, scores.points->len * sizeof (NnScore));
  nn_unpack_init (&unpack, bytes);
  g_assert_false (nn_scores_unpack (&later, &unpack, 8)); /* the run is not so long */
  nn_scores_clear (&later);
  nn_scores_clear (&copy);
  nn_scores_clear (&scores);
}

/* What a trainer of its own says at every step that has a point. */
static void
assert_is_the_runs (const NnFrame *frame)
{
  g_autoptr (NnTrainer) trainer = small_trainer (HELD_OUT);

  g_assert_cmpuint (frame->n_scores[NN_SCORE_HELD_OUT], >, 0);
  for (gsize i = 0; i < frame->n_scores[NN_SCORE_HELD_OUT]; i++) {
    const NnScore *point = &frame->scores[NN_SCORE_HELD_OUT][i];
    NnScore score;

    while (nn_trainer_get_n_steps (trainer) < point->step)
      g_assert_true (nn_trainer_step (trainer, NULL));
    g_assert_cmpfloat (nn_trainer_evaluate_held_out (trainer), ==, point->loss);
    g_assert_true (nn_trainer_score (trainer, NN_SCORE_HELD_OUT, &score));
    g_assert_cmpfloat (score.accuracy, ==, point->accuracy);
    g_assert_cmpfloat (point->accuracy, >=, 0);
    g_assert_cmpfloat (point->accuracy, <=, 1);
  }
}

static void
test_frames_have_it (void)
{
  g_autoptr (NnExperiment) experiment = small_experiment (HELD_OUT);
  g_autoptr (NnSession) session = nn_session_new (experiment, NULL);
  g_autoptr (NnFrame) frame = NULL;
  g_autoptr (NnFrame) back = NULL;

  for (guint i = 0; i < 20; i++)
    nn_session_step (session);
  frame = settled_frame (session);
  assert_is_the_runs (frame);
  g_assert_cmpuint (
      frame->scores[NN_SCORE_HELD_OUT][frame->n_scores[NN_SCORE_HELD_OUT] - 1].step, ==,
      20);

  nn_session_go_to (session, 10);
  back = settled_frame (session);
  assert_is_the_runs (back);
  g_assert_cmpuint (
      back->scores[NN_SCORE_HELD_OUT][back->n_scores[NN_SCORE_HELD_OUT] - 1].step, ==,
      10);
}

/* A nudge changes it at once, and the run is another one from there on. */
static void
test_a_nudge_changes_it (void)
{
  g_autoptr (NnExperiment) experiment = small_experiment (HELD_OUT);
  g_autoptr (NnSession) session = nn_session_new (experiment, NULL);
  g_autoptr (NnNudge) nudge = nn_nudge_parse ("*: -w", NULL);
  g_autoptr (NnFrame) before = settled_frame (session);
  g_autoptr (NnFrame) after = NULL;

  nn_session_do (session, &(NnEvent){ .kind = NN_EVENT_NUDGE, .nudge = nudge });
  nn_session_step (session);
  after = settled_frame (session);
  g_assert_cmpuint (after->n_scores[NN_SCORE_HELD_OUT], >=, 1);
  g_assert_cmpfloat (
      after->scores[NN_SCORE_HELD_OUT][after->n_scores[NN_SCORE_HELD_OUT] - 1].loss, !=,
      before->scores[NN_SCORE_HELD_OUT][0].loss);
}

/* From a frame of a run that stands still to the next, with none on the way. Returns:
 * (transfer full): the latter */
static NnFrame *
run_to (NnSession *session, guint64 step)
{
  g_autoptr (NnFrame) frame = settled_frame (session);

  g_clear_pointer (&frame, nn_frame_unref);
  nn_session_run_to_step (session, step);
  frame = paused_frame (session);
  g_assert_cmpuint (frame->step, ==, step);
  return g_steal_pointer (&frame);
}

/* The first step is far enough from the step before it to be scored, at any speed; for the
 * others see test-nn-scorer.c. */
static void
test_a_way_that_is_skipped_has_it (void)
{
  g_autoptr (NnExperiment) experiment = small_experiment (HELD_OUT);
  g_autoptr (NnSession) session = nn_session_new (experiment, NULL);
  g_autoptr (NnFrame) frame = run_to (session, 6000);
  const NnScore *points = frame->scores[NN_SCORE_HELD_OUT];

  assert_is_the_runs (frame);
  g_assert_cmpuint (points[0].step, ==, 0);
  g_assert_cmpuint (points[1].step, ==, 1);
  g_assert_cmpuint (points[frame->n_scores[NN_SCORE_HELD_OUT] - 1].step, ==, 6000);
}

/* After undo, the way that is gone again has it. */
static void
test_a_way_that_is_gone_again_has_it (void)
{
  g_autoptr (NnExperiment) experiment = small_experiment (HELD_OUT);
  g_autoptr (NnSession) session = nn_session_new (experiment, NULL);
  g_autoptr (NnNudge) nudge = nn_nudge_parse ("*: -w", NULL);
  g_autoptr (NnFrame) first = run_to (session, 6000);
  g_autoptr (NnFrame) frame = NULL;
  gsize n_on_the_way = 0;

  nn_session_go_to (session, 1000);
  nn_session_do (session, &(NnEvent){ .kind = NN_EVENT_NUDGE, .nudge = nudge });
  nn_session_undo (session);
  frame = run_to (session, 6000);
  assert_is_the_runs (frame);
  for (gsize i = 0; i < frame->n_scores[NN_SCORE_HELD_OUT]; i++)
    n_on_the_way += frame->scores[NN_SCORE_HELD_OUT][i].step > 1000 &&
                    frame->scores[NN_SCORE_HELD_OUT][i].step < 6000;
  g_assert_cmpuint (n_on_the_way, >=, 1);
}

#define MANY_HELD_OUT                                                                    \
  "'data': {'source': 'moons', 'examples': 40000, 'validation': 0.9},"                   \
  " 'network': {'layers': [{'units': 96, 'activation': 'tanh'},"                         \
  " {'units': 96, 'activation': 'tanh'}, {'units': 1}]},"                                \
  " 'loss': {'type': 'bce_logits'}, 'batch': {'size': 10}"

static double
time_evaluation (const NnExperiment *experiment)
{
  g_autoptr (NnTrainer) trainer = nn_trainer_new (experiment, NULL);
  clock_t start;

  nn_trainer_evaluate_held_out (trainer);
  start = clock ();
  nn_trainer_evaluate_held_out (trainer);
  return (double) (clock () - start);
}

/* While the run stands still, a slider that is dragged asks for frame after frame. */
static void
test_the_same_weights_are_scored_once (void)
{
  g_autoptr (NnExperiment) experiment = small_experiment (MANY_HELD_OUT);
  g_autoptr (NnSession) session = nn_session_new (experiment, NULL);
  g_autoptr (NnFrame) first = finished_frame (session);
  const double once = time_evaluation (experiment);
  clock_t start = clock ();

  for (int i = 0; i < 20; i++) {
    g_autofree char *text = g_strdup_printf ("fc1: w + a*w a=0.0%d", i + 1);
    g_autoptr (NnNudge) nudge = nn_nudge_parse (text, NULL);
    g_autoptr (NnFrame) frame = NULL;

    nn_session_preview (session, nudge);
    frame = settled_frame (session);
    g_assert_true (frame->preview->nudge == nudge);
    g_assert_cmpuint (frame->n_scores[NN_SCORE_HELD_OUT], ==, 1);
  }
  g_assert_cmpfloat ((double) (clock () - start), <, 10 * once);
}

static void
test_nothing_held_out_has_none (void)
{
  g_autoptr (NnExperiment) experiment =
      small_experiment ("'data': {'source': 'moons', 'examples': 20}, 'loss': {'type': "
                        "'bce_logits'}," NETWORK (1));
  g_autoptr (NnSession) session = nn_session_new (experiment, NULL);
  g_autoptr (NnFrame) frame = settled_frame (session);

  g_assert_cmpuint (frame->n_scores[NN_SCORE_HELD_OUT], ==, 0);
}

/* Of a run so long that its points are not one step from each other. */
static void
test_a_long_run_is_read_back (void)
{
  const guint n = 5 * NN_SCORES_MOST / 2;
  g_autoptr (GByteArray) array = g_byte_array_new ();
  g_autoptr (GBytes) bytes = NULL;
  NnScores scores, copy;
  NnUnpack unpack;

  nn_scores_init (&scores);
  nn_scores_init (&copy);
  for (guint i = 0; i < n; i++)
    add_point (&scores, i, 0.5f);
  g_assert_cmpuint (scores.spacing, >, 1);
  nn_scores_pack (&scores, array);
  bytes = g_bytes_new (array->data, array->len);
  nn_unpack_init (&unpack, bytes);
  g_assert_true (nn_scores_unpack (&copy, &unpack, n));
  g_assert_true (nn_unpack_is_done (&unpack));
  g_assert_cmpuint (copy.spacing, ==, scores.spacing);
  g_assert_cmpmem (copy.points->data, copy.points->len * sizeof (NnScore),
                   scores.points->data, scores.points->len * sizeof (NnScore));
  nn_scores_clear (&scores);
  nn_scores_clear (&copy);
}

/* What a run was scored by is there again, wherever the run goes on. */
static void
test_checkpoints_have_them (void)
{
  g_autoptr (NnExperiment) experiment = small_experiment (HELD_OUT);
  g_autoptr (NnTimeline) timeline = nn_timeline_new (experiment, 1 << 20, NULL);
  g_autoptr (NnTimeline) resumed = NULL;
  g_autoptr (NnRunState) state = NULL;
  g_autoptr (NnChunks) chunks = nn_chunks_new ();

  for (guint i = 0; i < 5; i++) {
    g_assert_true (nn_timeline_step (timeline, NULL));
    nn_timeline_score (timeline, NN_SCORE_TRAINING);
  }
  nn_timeline_score (timeline, NN_SCORE_WHOLE);
  state = nn_timeline_save (timeline);
  nn_run_state_write (state, chunks);
  resumed = nn_timeline_resume (experiment, chunks, 1 << 20, NULL);
  g_assert_nonnull (resumed);
  for (guint i = 0; i < NN_N_SCORES; i++) {
    const GArray *points = nn_timeline_get_scores (resumed, (NnScoreKind) i)->points;
    static const guint n[NN_N_SCORES] = { 0, 5, 1 };

    g_assert_cmpuint (points->len, ==, n[i]);
  }
}

/* Undo of a reset finds those of the run that was left. */
static void
test_a_reset_has_its_own (void)
{
  g_autoptr (NnExperiment) experiment = small_experiment (HELD_OUT);
  g_autoptr (NnTimeline) timeline = nn_timeline_new (experiment, 1 << 20, NULL);

  g_assert_true (nn_timeline_step (timeline, NULL));
  nn_timeline_score (timeline, NN_SCORE_TRAINING);
  nn_timeline_reset (timeline);
  g_assert_cmpuint (nn_timeline_get_scores (timeline, NN_SCORE_TRAINING)->points->len, ==,
                    0);
  nn_timeline_undo (timeline);
  nn_timeline_travel (timeline, G_MAXUINT64);
  g_assert_cmpuint (nn_timeline_get_scores (timeline, NN_SCORE_TRAINING)->points->len, ==,
                    1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define add(name, test) g_test_add_func ("/nn/scores/" name, test)
  add ("points-are-in-order", test_points_are_in_order);
  add ("another-way-drops-what-was-beyond", test_another_way_drops_what_was_beyond);
  add ("a-long-run-needs-no-more-memory", test_a_long_run_needs_no_more_memory);
  add ("bytes-and-back", test_bytes_and_back);
  add ("a-long-run-is-read-back", test_a_long_run_is_read_back);
  add ("checkpoints-have-them", test_checkpoints_have_them);
  add ("a-reset-has-its-own", test_a_reset_has_its_own);
  add ("frames-have-it", test_frames_have_it);
  add ("a-nudge-changes-it", test_a_nudge_changes_it);
  add ("a-way-that-is-skipped-has-it", test_a_way_that_is_skipped_has_it);
  add ("a-way-that-is-gone-again-has-it", test_a_way_that_is_gone_again_has_it);
  add ("the-same-weights-are-scored-once", test_the_same_weights_are_scored_once);
  add ("nothing-held-out-has-none", test_nothing_held_out_has_none);
  return g_test_run ();
}

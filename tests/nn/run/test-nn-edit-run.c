/* test-nn-edit-run.c - edits along a run: its timeline, ghost, trials and session
 *
 * SPDX-License-Identifier: MIT
 *
 * That any sequence of edits is undone and repeated to the bit:
 * test-nn-random-histories.c.
 */

#include "nn/run/nn-checkpoints.h"
#include "nn/run/nn-timeline.h"
#include "nn/session/nn-answers.h"
#include "nn/session/nn-frame-of-run.h"
#include "nn/session/nn-ghost.h"
#include "nn/whatif/nn-trial.h"
#include "tests/nn/session-frames.h"
#include "tests/nn/small-edit.h"

/* ---- along the timeline ------------------------------------------------------------ */

static NnTimeline *
new_timeline (const char *keys, gsize budget)
{
  g_autoptr (NnExperiment) experiment = small_experiment (keys);
  NnTimeline *timeline = nn_timeline_new (experiment, budget, NULL);

  g_assert_nonnull (timeline);
  return timeline;
}

static void
edit (NnTimeline *timeline, const char *keys)
{
  NnTrainer *trainer = nn_timeline_get_trainer (timeline);
  g_autoptr (NnEdit) small = small_edit (nn_trainer_get_experiment (trainer), keys);
  g_autoptr (GError) error = NULL;

  nn_timeline_do (timeline, &(NnEvent){ .kind = NN_EVENT_EDIT, .edit = small }, &error);
  g_assert_no_error (error);
}

static void
steps (NnTimeline *timeline, guint n)
{
  for (guint i = 0; i < n; i++)
    g_assert_true (nn_timeline_step (timeline, NULL));
}

static void
undo (NnTimeline *timeline)
{
  nn_timeline_undo (timeline);
  nn_timeline_travel (timeline, G_MAXUINT64);
}

static void
redo (NnTimeline *timeline)
{
  nn_timeline_redo (timeline);
  nn_timeline_travel (timeline, G_MAXUINT64);
}

static gsize
count_values (NnTimeline *timeline)
{
  return nn_trainer_get_experiment (nn_timeline_get_trainer (timeline))
      ->architecture->n_values;
}

static void
test_timeline_holds_several_shapes (void)
{
  g_autoptr (NnTimeline) timeline = new_timeline (RELU "," SHUFFLED, 40000);
  NnTrainer *trainer = nn_timeline_get_trainer (timeline);
  const gsize n_values = count_values (timeline);
  g_autoptr (GBytes) before = NULL;
  g_autoptr (GBytes) wide = NULL;
  g_autoptr (GBytes) now = NULL;

  steps (timeline, 10);
  before = small_trainer_copy_run (trainer);
  edit (timeline, WIDER);
  steps (timeline, 200);
  wide = small_trainer_copy_run (trainer);
  edit (timeline, NARROWER);
  steps (timeline, 10);
  g_assert_cmpuint (count_values (timeline), <, n_values);
  nn_timeline_go_to (timeline, 9);
  nn_timeline_travel (timeline, G_MAXUINT64);
  g_assert_cmpuint (count_values (timeline), ==, n_values);
  redo (timeline);
  nn_timeline_go_to (timeline, 220);
  nn_timeline_travel (timeline, G_MAXUINT64);
  undo (timeline);
  now = small_trainer_copy_run (trainer);
  g_assert_true (g_bytes_equal (now, wide));
  undo (timeline);
  g_bytes_unref (now);
  now = small_trainer_copy_run (trainer);
  g_assert_true (g_bytes_equal (now, before));
}

/* Data that only past states have are counted, once. */
static void
test_checkpoints_count_data_of_the_past (void)
{
  g_autoptr (NnTrainer) trainer = small_trainer (RELU);
  g_autoptr (NnCheckpoints) checkpoints = nn_checkpoints_new (G_MAXSIZE);
  gsize without;

  for (guint64 step = 0; step < 3; step++)
    nn_checkpoints_add (checkpoints, (NnPosition){ step, 0 }, trainer, NULL);
  small_trainer_edit (trainer, "'data': {'source': 'moons', 'examples': 100000}");
  without = nn_checkpoints_get_size (checkpoints);
  for (guint64 step = 3; step < 6; step++)
    nn_checkpoints_add (checkpoints, (NnPosition){ step, 0 }, trainer, NULL);
  g_assert_cmpuint (nn_checkpoints_get_size (checkpoints), >, without + 1200000);
  g_assert_cmpuint (nn_checkpoints_get_size (checkpoints), <, without + 1300000);
  nn_checkpoints_set_budget (checkpoints, 1);
  g_assert_cmpuint (nn_checkpoints_get_n (checkpoints), ==, 2);
  g_assert_cmpuint (nn_checkpoints_get_size (checkpoints), >, 1200000);
  g_assert_cmpuint (nn_checkpoints_get_size (checkpoints), <, 1300000);
  nn_checkpoints_set_budget (checkpoints, G_MAXSIZE);
  for (guint64 step = 3; step < 5; step++)
    nn_checkpoints_add (checkpoints, (NnPosition){ step, 0 }, trainer, NULL);
  nn_checkpoints_cut (checkpoints, (NnPosition){ 3, 0 });
  g_assert_cmpuint (nn_checkpoints_get_size (checkpoints), >, 1200000);
  nn_checkpoints_cut (checkpoints, (NnPosition){ 2, 0 });
  g_assert_cmpuint (nn_checkpoints_get_size (checkpoints), <, without);
}

static void
test_reset_starts_what_is_there_now (void)
{
  g_autoptr (NnTimeline) timeline = new_timeline (RELU "," SHUFFLED, NN_TIMELINE_BUDGET);
  NnTrainer *trainer = nn_timeline_get_trainer (timeline);
  g_autoptr (NnTrainer) fresh = small_trainer (
      MOONS "," WIDER "," SHUFFLED ", 'loss': {'type': 'mse'}, 'optimizer': {'type': "
            "'sgd', 'lr': 0.1}");
  g_autoptr (GBytes) left = NULL;
  g_autoptr (GBytes) back = NULL;

  steps (timeline, 10);
  edit (timeline, WIDER);
  steps (timeline, 10);
  edit (timeline, "'optimizer': {'type': 'sgd', 'lr': 0.1}");
  steps (timeline, 5);
  left = small_trainer_copy_run (trainer);
  nn_timeline_reset (timeline);
  g_assert_cmpuint (nn_log_get_n_events (nn_timeline_get_log (timeline)), ==, 0);
  small_trainer_assert_same (trainer, fresh);
  steps (timeline, 8);
  small_trainer_steps (fresh, 8);
  small_trainer_assert_same (trainer, fresh);

  undo (timeline);
  g_assert_cmpuint (nn_trainer_get_n_steps (trainer), ==, 25);
  g_assert_cmpuint (nn_log_get_n_events (nn_timeline_get_log (timeline)), ==, 2);
  back = small_trainer_copy_run (trainer);
  g_assert_true (g_bytes_equal (left, back));
  redo (timeline);
  small_trainer_assert_same (trainer, fresh);
  g_assert_false (nn_timeline_can_redo (timeline));
}

static void
test_three_runs_are_kept (void)
{
  g_autoptr (NnTimeline) timeline = new_timeline (RELU, NN_TIMELINE_BUDGET);
  NnTrainer *trainer = nn_timeline_get_trainer (timeline);

  g_assert_false (nn_timeline_can_undo (timeline));
  nn_timeline_reset (timeline); /* a run that has not begun is none to go back to */
  g_assert_false (nn_timeline_can_undo (timeline));
  for (guint i = 1; i <= NN_TIMELINE_RUNS + 2; i++) {
    steps (timeline, i);
    nn_timeline_reset (timeline);
    nn_timeline_reset (timeline);
  }
  for (guint i = NN_TIMELINE_RUNS + 2; i > 2; i--) {
    g_assert_true (nn_timeline_can_undo (timeline));
    undo (timeline);
    g_assert_cmpuint (nn_trainer_get_n_steps (trainer), ==, i);
  }
  g_assert_false (nn_timeline_can_undo (timeline));
  redo (timeline);
  g_assert_cmpuint (nn_trainer_get_n_steps (trainer), ==, 4);
  steps (timeline, 1); /* it goes on another way than the reset did */
  g_assert_false (nn_timeline_can_redo (timeline));
}

/* ---- beside the run ---------------------------------------------------------------- */

static void
test_remove_nudges_leaves_edits (void)
{
  g_autoptr (NnExperiment) experiment =
      small_experiment (RELU ", 'nudges': ['fc1: noise a=0.1'], 'log': ["
                             "{'step': 1, 'do': 'pause', 'index': 0},"
                             "{'step': 2, 'do': 'edit', 'guard': 'off'},"
                             "{'step': 3, 'do': 'nudge', 'nudge': 'fc1: w*0'},"
                             "{'step': 3, 'do': 'edit', " WIDER "}]");

  nn_experiment_remove_nudges (experiment);
  g_assert_cmpuint (experiment->nudges->len, ==, 0);
  g_assert_cmpuint (experiment->events->len, ==, 2);
  g_assert_cmpuint (g_array_index (experiment->events, NnEvent, 1).step, ==, 3);
  g_assert_true (nn_experiment_check (experiment, NULL));
}

static void
ignore_news (gpointer data)
{
}

static void
assert_ghost_is_at (NnGhost *ghost, NnTimeline *timeline, float loss)
{
  const guint64 step = nn_trainer_get_n_steps (nn_timeline_get_trainer (timeline));
  const gint64 deadline = deadline_after (FRAME_DEADLINE_US);
  NnHistory *history = NULL;
  gboolean finished = FALSE;
  float ghost_loss;

  nn_ghost_set_log (ghost, nn_timeline_get_log (timeline));
  while (!finished) {
    history = nn_ghost_follow (ghost, step, &finished);
    g_assert_cmpint (g_get_monotonic_time (), <, deadline);
    g_usleep (200);
  }
  g_assert_true (nn_history_get_loss (history, step, &ghost_loss));
  g_assert_cmpfloat (ghost_loss, ==, loss);
}

static float
get_loss_after (NnTimeline *timeline, guint n_steps)
{
  steps (timeline, n_steps);
  return nn_trainer_get_loss (nn_timeline_get_trainer (timeline));
}

/* Beside a run with nudges and edits it is the run with the same edits alone. */
static void
test_ghost_takes_edits (void)
{
  static const char nudged[] = RELU "," SHUFFLED ", 'nudges': ['*: w*0.9']";
  g_autoptr (NnExperiment) experiment = small_experiment (nudged);
  g_autoptr (NnTimeline) timeline = new_timeline (nudged, NN_TIMELINE_BUDGET);
  g_autoptr (NnTimeline) plain = new_timeline (RELU "," SHUFFLED, NN_TIMELINE_BUDGET);
  g_autoptr (NnGhost) ghost = nn_ghost_new (experiment, ignore_news, NULL);

  steps (timeline, 20);
  assert_ghost_is_at (ghost, timeline, get_loss_after (plain, 20));
  edit (timeline, WIDER);
  edit (plain, WIDER);
  steps (timeline, 20);
  assert_ghost_is_at (ghost, timeline, get_loss_after (plain, 20));
  edit (timeline, "'loss': {'type': 'l1'}");
  edit (plain, "'loss': {'type': 'l1'}");
  steps (timeline, 5);
  assert_ghost_is_at (ghost, timeline, get_loss_after (plain, 5));

  undo (timeline);
  undo (plain);
  steps (timeline, 10);
  assert_ghost_is_at (ghost, timeline, get_loss_after (plain, 10));
  undo (timeline);
  undo (plain);
  steps (timeline, 10);
  assert_ghost_is_at (ghost, timeline, get_loss_after (plain, 10));
  edit (timeline, "'optimizer': {'type': 'sgd'}," WIDER);
  edit (plain, "'optimizer': {'type': 'sgd'}," WIDER);
  nn_timeline_reset (timeline);
  nn_timeline_reset (plain);
  steps (timeline, 10);
  assert_ghost_is_at (ghost, timeline, get_loss_after (plain, 10));
}

/* A trial follows the run through edits. */
static void
test_trials_are_what_lands (void)
{
  static const char *const edits[] = {
    WIDER,
    "'loss': {'type': 'huber'}",
    "'batch': {'size': 4}",
    "'batch': {'size': 7, 'shuffle': true}",
    "'data': {'source': 'sine', 'examples': 30}",
    "'data': {'source': 'moons', 'examples': 30}, 'batch': {'size': 4}",
    DEEPER,
  };
  g_autoptr (NnTrainer) trainer = small_trainer (RELU ", 'batch': {'size': 5}");
  g_autoptr (NnTrial) trial = nn_trial_new (trainer);
  g_autoptr (NnNudge) nudge = nn_nudge_parse ("*: w + 0.1*noise + 0.1*w0 - g", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (edits); i++) {
    small_trainer_steps (trainer, 3); /* and so the batches change within an epoch */
    nn_trial_begin (trial);
    small_trainer_edit (trainer, edits[i]);
    for (guint k = 0; k < 9; k++) {
      g_autoptr (NnPreview) preview = NULL;
      const NnArchitecture *architecture =
          nn_trainer_get_experiment (trainer)->architecture;
      gsize n_landings;

      nn_trial_begin (trial);
      g_assert_cmpfloat (nn_trial_evaluate (trial), ==, nn_trainer_evaluate (trainer));
      preview = nn_trial_preview (trial, nudge);
      small_trainer_nudge (trainer, nudge);
      nn_trainer_get_landings (trainer, &n_landings);
      g_assert_cmpfloat (
          preview->loss, ==,
          nn_trainer_get_landings (trainer, &n_landings)[n_landings - 1].loss_after);
      g_assert_true (preview->architecture == architecture);
      g_assert_cmpmem (preview->values, preview->n_values * sizeof (float),
                       nn_network_get_values (nn_trainer_get_network (trainer)),
                       architecture->n_values * sizeof (float));
      small_trainer_steps (trainer, 1);
    }
  }
}

/* A run that is running may get no time for another one: an old one would not fit. */
static void
test_old_previews_are_not_shown (void)
{
  g_autoptr (NnTrainer) trainer = small_trainer (RELU);
  g_autoptr (NnAnswers) answers = nn_answers_new (trainer);
  g_autoptr (NnNudge) nudge = nn_nudge_parse ("fc1: w*2", NULL);
  g_autoptr (NnFrame) before = NULL;
  g_autoptr (NnFrame) after = NULL;

  nn_answers_set_preview (answers, nudge);
  nn_answers_work (answers, 1, FALSE);
  before = nn_frame_of_trainer (trainer);
  nn_answers_write (answers, before);
  g_assert_nonnull (before->preview);
  small_trainer_edit (trainer, NARROWER);
  after = nn_frame_of_trainer (trainer);
  nn_answers_write (answers, after);
  g_assert_null (after->preview);
}

static void
test_session_shows_edits_and_refusals (void)
{
  g_autoptr (NnExperiment) experiment =
      small_experiment (RELU ", 'nudges': ['fc1[5]: w*0.99']");
  g_autoptr (NnSession) session = nn_session_new (experiment, NULL);
  g_autoptr (NnNudge) nudge = nn_nudge_parse ("fc1: w*2", NULL);
  g_autoptr (NnEdit) wider = small_edit (experiment, WIDER);
  g_autoptr (NnEdit) orphan = nn_edit_new ();
  g_autoptr (NnFrame) frame = NULL;

  nn_edit_set_network (orphan, experiment->architecture, &experiment->init);
  nn_edit_remove_layer (orphan, 0);
  nn_session_preview (session, nudge);
  nn_session_set_ghost (session, TRUE);
  nn_session_step (session);
  nn_session_do (session, &(NnEvent){ .kind = NN_EVENT_EDIT, .edit = wider });
  frame = finished_frame (session);
  g_assert_cmpuint (frame->architecture->layers[0].n_units, ==, 9);
  g_assert_true (frame->experiment->architecture == frame->architecture);
  g_assert_null (frame->refusal);
  g_assert_cmpuint (frame->preview->n_values, ==, frame->architecture->n_values);

  nn_session_do (session, &(NnEvent){ .kind = NN_EVENT_EDIT, .edit = orphan });
  g_clear_pointer (&frame, nn_frame_unref);
  frame = finished_frame (session);
  g_assert_nonnull (strstr (frame->refusal, "fc1[5]"));
  g_assert_cmpuint (frame->architecture->n_layers, ==, 3);

  nn_session_reset (session);
  nn_session_undo (session);
  nn_session_undo (session);
  g_clear_pointer (&frame, nn_frame_unref);
  frame = finished_frame (session);
  g_assert_cmpuint (frame->architecture->layers[0].n_units, ==, 6);
  g_assert_cmpuint (frame->step, ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define add(name, test) g_test_add_func ("/nn/edit-run/" name, test)
  add ("timeline-holds-several-shapes", test_timeline_holds_several_shapes);
  add ("checkpoints-count-data-of-the-past", test_checkpoints_count_data_of_the_past);
  add ("reset-starts-what-is-there-now", test_reset_starts_what_is_there_now);
  add ("three-runs-are-kept", test_three_runs_are_kept);
  add ("remove-nudges-leaves-edits", test_remove_nudges_leaves_edits);
  add ("ghost-takes-edits", test_ghost_takes_edits);
  add ("trials-are-what-lands", test_trials_are_what_lands);
  add ("old-previews-are-not-shown", test_old_previews_are_not_shown);
  add ("session-shows-edits-and-refusals", test_session_shows_edits_and_refusals);
  return g_test_run ();
}

/* test-nn-validation.c - the loss of the examples that are held out, along a run
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/session/nn-validation.h"

#include "session-frames.h"
#include "small-trainer.h"

#define HELD_OUT MOONS "," NETWORK (1) ", 'loss': {'type': 'bce_logits'}"

static const NnLossPoint *
get_point (const NnValidation *self, guint index)
{
  return &g_array_index (self->points, NnLossPoint, index);
}

static void
test_points_are_in_order (void)
{
  NnValidation validation;

  nn_validation_init (&validation);
  nn_validation_add (&validation, 7, 0.7f);
  nn_validation_add (&validation, 3, 0.3f);
  nn_validation_add (&validation, 7, 0.8f); /* after a nudge */
  g_assert_cmpuint (validation.points->len, ==, 2);
  g_assert_cmpuint (get_point (&validation, 0)->step, ==, 3);
  g_assert_cmpfloat (get_point (&validation, 1)->loss, ==, 0.8f);
  nn_validation_clear (&validation);
}

static void
test_another_way_drops_what_was_beyond (void)
{
  NnValidation validation;

  nn_validation_init (&validation);
  for (guint i = 0; i < 10; i++)
    nn_validation_add (&validation, i, 0.5f);
  nn_validation_cut (&validation, 20);
  g_assert_cmpuint (validation.points->len, ==, 10);
  nn_validation_cut (&validation, 4);
  g_assert_cmpuint (validation.points->len, ==, 4);
  nn_validation_cut (&validation, 0);
  g_assert_cmpuint (validation.points->len, ==, 0);
  nn_validation_clear (&validation);
}

/* The first and the newest are there, and the rest evenly. */
static void
test_a_long_run_needs_no_more_memory (void)
{
  NnValidation validation;
  const guint n = 50 * NN_VALIDATION_MOST;
  guint64 widest = 0;

  nn_validation_init (&validation);
  for (guint i = 0; i < n; i++) {
    nn_validation_add (&validation, 10 * i, 0.5f);
    g_assert_cmpuint (validation.points->len, <=, NN_VALIDATION_MOST);
    g_assert_cmpuint (get_point (&validation, validation.points->len - 1)->step, ==,
                      10 * i);
  }
  for (guint i = 1; i < validation.points->len; i++)
    widest = MAX (widest, get_point (&validation, i)->step -
                              get_point (&validation, i - 1)->step);
  g_assert_cmpuint (get_point (&validation, 0)->step, ==, 0);
  g_assert_cmpuint (widest, <, 10 * n / 256);
  nn_validation_clear (&validation);
}

/* What a trainer of its own says at every step that has a point. */
static void
assert_is_the_runs (const NnFrame *frame)
{
  g_autoptr (NnTrainer) trainer = small_trainer (HELD_OUT);

  g_assert_cmpuint (frame->n_validation, >, 0);
  for (gsize i = 0; i < frame->n_validation; i++) {
    const NnLossPoint *point = &frame->validation[i];

    while (nn_trainer_get_n_steps (trainer) < point->step)
      g_assert_true (nn_trainer_step (trainer, NULL));
    g_assert_cmpfloat (nn_trainer_evaluate_held_out (trainer), ==, point->loss);
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
  g_assert_cmpuint (frame->validation[frame->n_validation - 1].step, ==, 20);

  nn_session_go_to (session, 10);
  back = settled_frame (session);
  assert_is_the_runs (back);
  g_assert_cmpuint (back->validation[back->n_validation - 1].step, ==, 10);
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
  g_assert_cmpuint (after->n_validation, >=, 1);
  g_assert_cmpfloat (after->validation[after->n_validation - 1].loss, !=,
                     before->validation[0].loss);
}

static void
test_nothing_held_out_has_none (void)
{
  g_autoptr (NnExperiment) experiment =
      small_experiment ("'data': {'source': 'moons', 'examples': 20}, 'loss': {'type': "
                        "'bce_logits'}," NETWORK (1));
  g_autoptr (NnSession) session = nn_session_new (experiment, NULL);
  g_autoptr (NnFrame) frame = settled_frame (session);

  g_assert_cmpuint (frame->n_validation, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define add(name, test) g_test_add_func ("/nn/validation/" name, test)
  add ("points-are-in-order", test_points_are_in_order);
  add ("another-way-drops-what-was-beyond", test_another_way_drops_what_was_beyond);
  add ("a-long-run-needs-no-more-memory", test_a_long_run_needs_no_more_memory);
  add ("frames-have-it", test_frames_have_it);
  add ("a-nudge-changes-it", test_a_nudge_changes_it);
  add ("nothing-held-out-has-none", test_nothing_held_out_has_none);
  return g_test_run ();
}

/* test-nn-refiner.c - finer maps while a run rests
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/session/nn-refiner.h"

#include "nn/session/nn-frame-of-run.h"
#include "tests/nn/session-frames.h"
#include "tests/nn/small-trainer.h"

#define PLANE MOONS "," NETWORK (1) ", 'loss': {'type': 'bce_logits'}"

/* Until nothing is missing; no more pieces than that can take. */
static void
refine (NnRefiner *refiner, NnTrainer *trainer, guint64 revision)
{
  for (guint i = 0; nn_refiner_is_missing (refiner, trainer, revision); i++) {
    g_assert_cmpuint (i, <, 1000);
    nn_refiner_work (refiner, trainer, revision);
  }
}

/* Its corners are those of the coarse map, which has the same ends. */
static void
test_fine_is_the_same_map (void)
{
  g_autoptr (NnTrainer) trainer = small_trainer (PLANE);
  g_autoptr (NnRefiner) refiner = nn_refiner_new ();
  g_autoptr (NnFrame) coarse = nn_frame_of_trainer (trainer);
  g_autoptr (NnFrame) fine = nn_frame_of_trainer (trainer);

  refine (refiner, trainer, 1);
  nn_refiner_write (refiner, fine, 1);
  g_assert_cmpuint (coarse->probes.side, <, NN_REFINER_SIDE);
  g_assert_cmpuint (fine->probes.side, ==, NN_REFINER_SIDE);
  for (gsize u = 0; u < fine->architecture->n_units; u++) {
    const float *a = coarse->activations + u * coarse->probes.n;
    const float *b = fine->activations + u * fine->probes.n;

    g_assert_cmpfloat_with_epsilon (a[0], b[0], 1e-6);
    g_assert_cmpfloat_with_epsilon (a[coarse->probes.side - 1], b[fine->probes.side - 1],
                                    1e-6);
    g_assert_cmpfloat_with_epsilon (a[coarse->probes.n - 1], b[fine->probes.n - 1], 1e-6);
  }
}

/* One level after the other, each in pieces, so that there is something soon. */
static void
test_it_comes_by_and_by (void)
{
  g_autoptr (NnTrainer) trainer = small_trainer (PLANE);
  g_autoptr (NnRefiner) refiner = nn_refiner_new ();
  gsize side = 0;
  guint n_levels = 0, n_pieces = 0;

  while (nn_refiner_is_missing (refiner, trainer, 1)) {
    n_pieces++;
    if (nn_refiner_work (refiner, trainer, 1)) {
      g_autoptr (NnFrame) frame = nn_frame_of_trainer (trainer);

      nn_refiner_write (refiner, frame, 1);
      g_assert_cmpuint (frame->probes.side, >, side);
      side = frame->probes.side;
      n_levels++;
    }
  }
  g_assert_cmpuint (n_levels, >=, 2);
  g_assert_cmpuint (n_pieces, >, n_levels);
}

/* What was refined is of one state alone, and nothing of it is shown in another. */
static void
test_another_state_has_its_own (void)
{
  g_autoptr (NnTrainer) trainer = small_trainer (PLANE);
  g_autoptr (NnRefiner) refiner = nn_refiner_new ();
  g_autoptr (NnFrame) frame = NULL;
  gsize side;

  refine (refiner, trainer, 1);
  g_assert_true (nn_trainer_step (trainer, NULL));
  frame = nn_frame_of_trainer (trainer);
  side = frame->probes.side;
  nn_refiner_write (refiner, frame, 2);
  g_assert_cmpuint (frame->probes.side, ==, side);
  g_assert_true (nn_refiner_is_missing (refiner, trainer, 2));
}

static void
test_no_plane_needs_none (void)
{
  g_autoptr (NnTrainer) trainer = small_trainer (
      "'data': {'source': 'sine', 'examples': 9}, 'loss': {'type': 'mse'}," NETWORK (1));
  g_autoptr (NnRefiner) refiner = nn_refiner_new ();

  g_assert_false (nn_refiner_is_missing (refiner, trainer, 1));
}

/* The run is to the bit what it would be without. */
static void
test_the_run_stays_as_it_is (void)
{
  g_autoptr (NnTrainer) one = small_trainer (PLANE);
  g_autoptr (NnTrainer) other = small_trainer (PLANE);
  g_autoptr (NnRefiner) refiner = nn_refiner_new ();

  for (guint64 i = 0; i < 5; i++) {
    refine (refiner, one, i);
    g_assert_true (nn_trainer_step (one, NULL));
    g_assert_true (nn_trainer_step (other, NULL));
    g_assert_cmpfloat (nn_trainer_get_loss (one), ==, nn_trainer_get_loss (other));
  }
}

/* Coarse while it runs, fine once it is paused. */
static void
test_a_session_refines_at_rest (void)
{
  g_autoptr (NnExperiment) experiment = small_experiment (PLANE);
  g_autoptr (NnSession) session = nn_session_new (experiment, NULL);
  g_autoptr (NnFrame) frame = NULL;

  nn_session_run (session);
  for (guint i = 0; i < 3; i++) {
    g_clear_pointer (&frame, nn_frame_unref);
    while (frame == NULL || !frame->running) {
      g_clear_pointer (&frame, nn_frame_unref);
      frame = nn_session_take_frame (session);
      if (frame == NULL)
        g_usleep (1000);
    }
    g_assert_cmpuint (frame->probes.side, <, NN_REFINER_SIDE);
  }
  g_clear_pointer (&frame, nn_frame_unref);
  nn_session_pause (session);
  frame = finished_frame (session);
  g_assert_cmpuint (frame->probes.side, ==, NN_REFINER_SIDE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define add(name, test) g_test_add_func ("/nn/refiner/" name, test)
  add ("fine-is-the-same-map", test_fine_is_the_same_map);
  add ("it-comes-by-and-by", test_it_comes_by_and_by);
  add ("another-state-has-its-own", test_another_state_has_its_own);
  add ("no-plane-needs-none", test_no_plane_needs_none);
  add ("the-run-stays-as-it-is", test_the_run_stays_as_it_is);
  add ("a-session-refines-at-rest", test_a_session_refines_at_rest);
  return g_test_run ();
}

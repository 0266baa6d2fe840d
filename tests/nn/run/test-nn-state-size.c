/* test-nn-state-size.c - the state of a run takes the memory that it says it does
 *
 * SPDX-License-Identifier: MIT
 *
 * What checkpoints may take is a promise about memory; it is kept only if the size of each
 * is known, however much was done to the run.
 */

#include "nn/run/nn-trainer.h"

#include <malloc.h>

#include "tests/nn/small-trainer.h"

#define N_STATES 200

/* Of what was computed; the rest is what an allocator rounds up to. */
#define MOST_MORE 1.05
#define LEAST     0.5

/* Bytes that each of the copies takes. */
static double
measure (const NnTrainer *trainer)
{
  NnTrainerState *states[N_STATES];
  const struct mallinfo2 before = mallinfo2 ();
  struct mallinfo2 after;

  for (gsize i = 0; i < N_STATES; i++)
    states[i] = nn_trainer_save (trainer);
  after = mallinfo2 ();
  for (gsize i = 0; i < N_STATES; i++)
    nn_trainer_state_free (states[i]);
  return (double) (after.uordblks + after.hblkhd - before.uordblks - before.hblkhd) /
         N_STATES;
}

static void
assert_known (const NnTrainer *trainer)
{
  g_autoptr (NnTrainerState) state = nn_trainer_save (trainer);
  const double said = (double) nn_trainer_state_get_size (state);
  const double taken = measure (trainer);

  g_test_message ("said %.0f bytes, taken %.0f", said, taken);
#if !defined __SANITIZE_ADDRESS__ && !defined __SANITIZE_THREAD__
  g_assert_cmpfloat (taken, <=, MOST_MORE * said);
  g_assert_cmpfloat (taken, >=, LEAST * said);
#endif
}

static void
nudge (NnTrainer *trainer, const char *text, guint n_times)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NnNudge) nudge = nn_nudge_parse (text, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < n_times; i++)
    small_trainer_nudge (trainer, nudge);
}

static void
test_of_one_that_was_let_be (void)
{
  g_autoptr (NnTrainer) trainer = small_trainer (MSE);

  small_trainer_steps (trainer, 3);
  assert_known (trainer);
}

static void
test_of_one_that_was_nudged (gconstpointer n_times)
{
  g_autoptr (NnTrainer) trainer = small_trainer (MSE);

  small_trainer_steps (trainer, 3);
  nudge (trainer, "*: 0.99*w", GPOINTER_TO_UINT (n_times));
  assert_known (trainer);
}

/* Each landing says in words why it was refused. */
static void
test_of_one_that_refused (void)
{
  g_autoptr (NnTrainer) trainer = small_trainer (MSE);

  small_trainer_steps (trainer, 3);
  nudge (trainer, "*: w/0", NN_LANDING_MOST);
  assert_known (trainer);
}

static void
test_of_one_with_many_that_repeat (void)
{
  g_autoptr (NnTrainer) trainer = small_trainer (MSE);

  for (guint i = 0; i < 130; i++)
    small_trainer_add (trainer, "fc1: 0.999*w @ every step before backward");
  small_trainer_steps (trainer, 3);
  assert_known (trainer);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/state-size/of-one-that-was-let-be", test_of_one_that_was_let_be);
  g_test_add_data_func ("/nn/state-size/of-one-nudged-once", GUINT_TO_POINTER (1),
                        test_of_one_that_was_nudged);
  g_test_add_data_func ("/nn/state-size/of-one-nudged-often", GUINT_TO_POINTER (150),
                        test_of_one_that_was_nudged);
  g_test_add_data_func ("/nn/state-size/of-one-nudged-as-often-as-is-kept",
                        GUINT_TO_POINTER (NN_LANDING_MOST), test_of_one_that_was_nudged);
  g_test_add_func ("/nn/state-size/of-one-that-refused", test_of_one_that_refused);
  g_test_add_func ("/nn/state-size/of-one-with-many-that-repeat",
                   test_of_one_with_many_that_repeat);
  return g_test_run ();
}

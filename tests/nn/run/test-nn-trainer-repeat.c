/* test-nn-trainer-repeat.c - steps taken at once are what their phases are one by one
 *
 * SPDX-License-Identifier: MIT
 *
 * A step whose passes are repeated as a whole and one that goes through its phases differ in
 * nothing, whatever comes between two of them.
 */

#include "nn/model/nn-loss.h"
#include "nn/run/nn-evaluate.h"
#include "nn/tensor/nn-grad-mode.h"
#include "tests/nn/small-edit.h"

/* Long enough for batches of either size to be repeated, many times. */
#define N_STEPS 23

typedef struct {
  NnTrainer *at_once;
  NnTrainer *by_phases;
} Pair;

static Pair
new_pair (const char *keys)
{
  return (Pair){ small_trainer (keys), small_trainer (keys) };
}

static void
pair_clear (Pair *self)
{
  nn_trainer_free (self->at_once);
  nn_trainer_free (self->by_phases);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Pair, pair_clear)

static void
step_by_phases (NnTrainer *trainer)
{
  const guint64 n_steps = nn_trainer_get_n_steps (trainer);
  g_autoptr (GError) error = NULL;

  while (nn_trainer_get_n_steps (trainer) == n_steps) {
    nn_trainer_advance (trainer, &error);
    g_assert_no_error (error);
  }
}

static void
go_on (Pair *self)
{
  for (guint i = 0; i < N_STEPS; i++) {
    small_trainer_steps (self->at_once, 1);
    step_by_phases (self->by_phases);
    small_trainer_assert_same (self->at_once, self->by_phases);
  }
}

#define FOR_BOTH(pair, call)                                                             \
  G_STMT_START                                                                           \
  {                                                                                      \
    NnTrainer *const both_[] = { (pair)->at_once, (pair)->by_phases };                   \
                                                                                         \
    for (gsize i_ = 0; i_ < 2; i_++) {                                                   \
      NnTrainer *trainer = both_[i_];                                                    \
                                                                                         \
      call;                                                                              \
    }                                                                                    \
  }                                                                                      \
  G_STMT_END

static const char *const experiments[] = {
  MSE "," SHUFFLED,
  MSE ", 'batch': {'size': 5}, 'guard': 'check'",
  MOONS "," NETWORK (2) ", 'loss': {'type': 'cross_entropy'}, 'batch': {'size': 5}",
  MOONS "," NETWORK (1) ", 'loss': {'type': 'bce_logits'}, 'batch': {'size': 6}",
  MOONS "," NETWORK (1) ", 'loss': {'type': 'huber', 'delta': 0.3}",
  MOONS "," NETWORK (1) ", 'loss': {'type': 'l1'}, 'optimizer': {'type': 'sgd'}",
  MOONS "," NETWORK (3) ", 'loss': {'type': 'squared_sum', 'target': 5}",
  MOONS "," WITHOUT_BIAS ", 'loss': {'type': 'mse'}, 'batch': {'size': 7}",
};

static void
test_bits_are_the_same (gconstpointer data)
{
  g_auto (Pair) pair = new_pair (data);

  go_on (&pair);
}

/* Repeating nudges in every section, and those that come and go. */
static void
test_nudges_come_between (void)
{
  g_auto (Pair) pair = new_pair (MSE "," SHUFFLED);
  static const char *const nudges[] = {
    "fc1: w - 0.01*w @ every step",
    "*.weight: w + 0.01*noise @ before backward",
    "fc2.weight: w + 0.01*g @ every example",
  };

  go_on (&pair);
  for (gsize i = 0; i < G_N_ELEMENTS (nudges); i++) {
    FOR_BOTH (&pair, small_trainer_add (trainer, nudges[i]));
    go_on (&pair);
    FOR_BOTH (&pair, small_trainer_remove_first (trainer));
    go_on (&pair);
  }
}

/* Each makes something else of the next step than what the one before it was. */
static void
test_edits_come_between (void)
{
  g_auto (Pair) pair = new_pair (MSE ", 'batch': {'size': 5}");
  static const char *const edits[] = {
    "'optimizer': {'type': 'adam', 'lr': 0.02}",
    "'loss': {'type': 'huber', 'delta': 0.1}",
    "'loss': {'type': 'huber', 'delta': 2}",
    "'batch': {'size': 4}",
    "'network': {'layers': [{'units': 7, 'activation': 'relu'}, {'units': 1}]}",
    "'optimizer': {'type': 'rmsprop'}",
    "'data': {'source': 'moons', 'examples': 30, 'noise': 0.2}",
  };

  go_on (&pair);
  for (gsize i = 0; i < G_N_ELEMENTS (edits); i++) {
    FOR_BOTH (&pair, small_trainer_edit (trainer, edits[i]));
    go_on (&pair);
  }
}

/* Also where a step under way is left. */
static void
test_states_come_between (void)
{
  g_auto (Pair) pair = new_pair (MSE "," SHUFFLED);
  g_autoptr (NnTrainerState) state = NULL;

  go_on (&pair);
  state = nn_trainer_save (pair.at_once);
  go_on (&pair);
  g_assert_true (nn_trainer_advance (pair.at_once, NULL));
  FOR_BOTH (&pair, nn_trainer_restore (trainer, state));
  go_on (&pair);
  FOR_BOTH (&pair, nn_trainer_reset (trainer));
  go_on (&pair);
}

/* ---- the tape ---------------------------------------------------------------------- */

/* One step's passes of a network on its own. */
typedef struct {
  NnNetwork *network;
  const NnBatch *batch;
  NnLoss loss;
  NnTape *tape;
  NnTensor *result; /* the tape's */
} Passes;

static void
run (Passes *self)
{
  nn_network_clear_grads (self->network);
  nn_tape_rewind (self->tape);
  self->result = nn_compute_loss (self->network, &self->loss, self->tape, self->batch);
  g_assert_true (nn_tape_backward (self->tape, self->result, 1, NULL));
}

static Passes
begin (NnTrainer *trainer)
{
  gboolean fixed;
  Passes passes = { .network = nn_trainer_get_network (trainer),
                    .batch = nn_trainer_get_next_batch (trainer, &fixed),
                    .loss = nn_loss_get_default (NN_LOSS_MSE),
                    .tape = nn_tape_new (NN_GUARD_SHIELD) };

  run (&passes);
  return passes;
}

static NnTensor *
repeat (const Passes *self)
{
  return nn_tape_repeat (self->tape, self->batch->inputs);
}

/* What the tape would have to record is not repeated. */
static void
test_tape_refuses_what_it_had_not (void)
{
  g_autoptr (NnTrainer) trainer = small_trainer (MSE);
  Passes passes = begin (trainer);
  NnTensor *weight = nn_network_get_parameter (passes.network, 0);

  g_assert_true (repeat (&passes) == passes.result);
  g_assert_null (nn_tape_repeat (passes.tape, passes.batch->targets));
  NN_NO_GRAD ()
  {
    g_assert_null (repeat (&passes));
  }
  nn_tensor_set_requires_grad (weight, FALSE);
  g_assert_null (repeat (&passes));
  nn_tensor_set_requires_grad (weight, TRUE);
  run (&passes);
  g_assert_nonnull (repeat (&passes));
  nn_tensor_ref (passes.result);
  g_assert_null (repeat (&passes)); /* it would be overwritten */
  nn_tensor_unref (passes.result);
  g_assert_nonnull (repeat (&passes));
  nn_tape_rewind (passes.tape);
  g_assert_null (repeat (&passes));
  nn_tape_free (passes.tape);
}

/* They are those of a pass that began with none, whatever there was. */
static void
test_tape_overwrites_gradients (void)
{
  g_autoptr (NnTrainer) trainer = small_trainer (MSE);
  Passes passes = begin (trainer);
  g_autoptr (GArray) expected = small_trainer_copy_grads (trainer);
  g_autoptr (GArray) again = NULL;
  g_autoptr (GArray) from_none = NULL;

  g_assert_nonnull (repeat (&passes));
  again = small_trainer_copy_grads (trainer);
  g_assert_cmpmem (again->data, again->len * 4, expected->data, expected->len * 4);
  nn_network_clear_grads (passes.network);
  g_assert_nonnull (repeat (&passes));
  from_none = small_trainer_copy_grads (trainer);
  g_assert_cmpmem (from_none->data, from_none->len * 4, expected->data,
                   expected->len * 4);
  nn_tape_free (passes.tape);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (experiments); i++) {
    g_autofree char *path =
        g_strdup_printf ("/nn/trainer-repeat/bits-are-the-same-%zu", i);

    g_test_add_data_func (path, experiments[i], test_bits_are_the_same);
  }
  g_test_add_func ("/nn/trainer-repeat/nudges-come-between", test_nudges_come_between);
  g_test_add_func ("/nn/trainer-repeat/edits-come-between", test_edits_come_between);
  g_test_add_func ("/nn/trainer-repeat/states-come-between", test_states_come_between);
  g_test_add_func ("/nn/trainer-repeat/tape-refuses-what-it-had-not",
                   test_tape_refuses_what_it_had_not);
  g_test_add_func ("/nn/trainer-repeat/tape-overwrites-gradients",
                   test_tape_overwrites_gradients);
  return g_test_run ();
}

/* test-nudge-phase-words.c - one sentence about each phase of a real step
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/text/nudge-phase-words.h"

#include <math.h>

#include "nn/session/nn-frame-of-run.h"
#include "tests/nn/small-trainer.h"

#define SMALL                                                                            \
  "'data': {'source': 'inline', 'inputs': [[1], [2]], 'targets': [[0], [0]]},"           \
  " 'network': {'layers': [{'units': 1, 'bias': false}],"                                \
  "             'init': {'type': 'constant', 'value': 2}},"                              \
  " 'loss': {'type': 'mse'}, 'optimizer': {'type': 'sgd', 'lr': 0.1}"

/* A step of the experiment whose keys these are, walked; then @nudge by hand, if any. */
static NnFrame *
walk (const char *keys, const char *nudge)
{
  g_autoptr (NnExperiment) experiment = small_experiment (keys);
  g_autoptr (GError) error = NULL;
  g_autoptr (NnTimeline) timeline =
      nn_timeline_new (experiment, NN_TIMELINE_BUDGET, &error);
  NnStepRecord *record = nn_step_record_new (timeline, &error);
  NnFrame *frame;

  g_assert_no_error (error);
  if (nudge) {
    g_autoptr (NnNudge) parsed = nn_nudge_parse (nudge, &error);

    nn_timeline_do (timeline, &(NnEvent){ .kind = NN_EVENT_NUDGE, .nudge = parsed },
                    &error);
    g_assert_no_error (error);
  }
  frame = nn_frame_of_timeline (timeline);
  frame->record = record;
  return frame;
}

static void
assert_says (const NnFrame *frame, NudgePhase phase, const char *expected)
{
  g_autofree char *words = nudge_words_for_phase (frame, phase);

  g_assert_cmpstr (words, ==, expected);
}

/* Outputs 2 and 4, so a loss of (4 + 16) / 2, of which the gradient is (2·2·1 + 2·4·2) / 2,
 * and the weight goes a tenth of that. */
static void
test_each_phase_has_its_numbers (void)
{
  g_autoptr (NnFrame) frame = walk (SMALL, "fc1.weight: w + a*w @ by hand a=1");

  assert_says (frame, NUDGE_PHASE_FORWARD,
               "Forward: 2 examples through 1 layer; the loss is 10.");
  assert_says (frame, NUDGE_PHASE_BACKWARD,
               "Backward: the largest gradient is that of fc1.weight[0,\u00a00], 10.");
  assert_says (frame, NUDGE_PHASE_OPTIMIZER,
               "Optimizer: sgd moves fc1 by 50\u00a0% of its size, most of all "
               "fc1.weight[0,\u00a00]: 2 → 1.");
  assert_says (frame, NUDGE_PHASE_SECTION,
               "Section: fc1.weight[0,\u00a00] 1 → 2 by w + a·w, a = 1; the next forward "
               "sees it.");
}

static void
test_a_section_without_a_nudge_says_so (void)
{
  g_autoptr (NnFrame) frame = walk (SMALL, NULL);

  assert_says (frame, NUDGE_PHASE_SECTION,
               "Section: no nudge is due. One that is applied now lands here; the next "
               "forward sees it.");
}

/* The one that has changed the value it names, not the newest. */
static void
test_the_nudge_is_that_of_the_weight (void)
{
  g_autoptr (NnFrame) frame =
      walk (MSE ", 'nudges': ['fc2.weight[1,2]: 9', 'fc3.weight: w - 0.01*w']", NULL);
  g_autofree char *words = nudge_words_for_phase (frame, NUDGE_PHASE_SECTION);

  g_assert_true (g_str_has_prefix (words, "Section: fc2.weight[1,\u00a02] "));
  g_assert_true (
      g_str_has_suffix (words, " → 9 by 9, and 1 more; the next forward sees it."));
}

static void
test_a_nudge_between_forward_and_backward_is_said (void)
{
  g_autoptr (NnFrame) frame =
      walk (SMALL ", 'nudges': ['fc1.weight: w + 1 @ every step before backward']", NULL);

  /* The gradient that it would have had: as 2 was, not 3. */
  assert_says (frame, NUDGE_PHASE_BACKWARD,
               "Backward: the largest gradient is that of fc1.weight[0,\u00a00], 10. A "
               "nudge has just landed; the shield keeps what the forward pass saw, so "
               "these are the gradients without it.");
  assert_says (frame, NUDGE_PHASE_OPTIMIZER,
               "Optimizer: sgd moves fc1 by 33\u00a0% of its size, most of all "
               "fc1.weight[0,\u00a00]: 3 → 2.");
}

static void
test_nothing_moves_where_nothing_learns (void)
{
  g_autoptr (NnFrame) frame =
      walk ("'data': {'source': 'inline', 'inputs': [[1]], 'targets': [[2]]},"
            " 'network': {'layers': [{'units': 1, 'bias': false}],"
            "             'init': {'type': 'constant', 'value': 2}},"
            " 'loss': {'type': 'mse'}",
            NULL);

  assert_says (frame, NUDGE_PHASE_FORWARD,
               "Forward: 1 example through 1 layer; the loss is 0.");
  assert_says (frame, NUDGE_PHASE_BACKWARD,
               "Backward: every gradient is 0, so the optimizer has nothing to follow.");
  assert_says (frame, NUDGE_PHASE_OPTIMIZER,
               "Optimizer: adam leaves every weight as it is.");
}

static void
test_examples_one_by_one_are_said (void)
{
  g_autoptr (NnFrame) frame =
      walk (SMALL ", 'nudges': ['fc1.weight: w @ every example']", NULL);

  assert_says (frame, NUDGE_PHASE_FORWARD,
               "Forward: 2 examples, each through 1 layer and back before the next; the "
               "mean loss is 10.");
}

static void
test_what_is_refused_says_why (void)
{
  g_autoptr (NnFrame) frame = walk (SMALL ", 'nudges': ['fc1.weight: w/0']", NULL);
  g_autofree char *words = nudge_words_for_phase (frame, NUDGE_PHASE_SECTION);

  g_assert_true (g_str_has_prefix (words, "Section: refused, fc1.weight: w/0: "));
}

static void
test_small_changes_are_told_apart (void)
{
  g_autoptr (NnFrame) frame = walk (SMALL, "fc1.weight: w + 0.00001 @ by hand");
  const NudgeChange most = nudge_step_find_change (frame, NUDGE_PHASE_SECTION);
  g_autofree char *move = nudge_words_for_move (&most);

  g_assert_cmpstr (move, ==, "1 → 1.00001");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/phase-words/each-phase-has-its-numbers",
                   test_each_phase_has_its_numbers);
  g_test_add_func ("/ui/phase-words/a-section-without-a-nudge-says-so",
                   test_a_section_without_a_nudge_says_so);
  g_test_add_func ("/ui/phase-words/the-nudge-is-that-of-the-weight",
                   test_the_nudge_is_that_of_the_weight);
  g_test_add_func ("/ui/phase-words/a-nudge-between-forward-and-backward-is-said",
                   test_a_nudge_between_forward_and_backward_is_said);
  g_test_add_func ("/ui/phase-words/nothing-moves-where-nothing-learns",
                   test_nothing_moves_where_nothing_learns);
  g_test_add_func ("/ui/phase-words/examples-one-by-one-are-said",
                   test_examples_one_by_one_are_said);
  g_test_add_func ("/ui/phase-words/what-is-refused-says-why",
                   test_what_is_refused_says_why);
  g_test_add_func ("/ui/phase-words/small-changes-are-told-apart",
                   test_small_changes_are_told_apart);
  return g_test_run ();
}

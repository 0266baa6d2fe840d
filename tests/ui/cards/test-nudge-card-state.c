/* test-nudge-card-state.c - a card's state after an action, and after its landing
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/cards/nudge-card-state.h"

#include <math.h>

#include "tests/ui/frame-fixture.h"

typedef struct {
  NudgeCardState state;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  nudge_card_state_init (&f->state, "fc1", 3);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  nudge_card_state_clear (&f->state);
}

static NnNudge *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  NnNudge *nudge = nn_nudge_parse (text, &error);

  g_assert_no_error (error);
  return nudge;
}

static NudgeChanges
act (Fixture *f, NudgeAction action, const char *text)
{
  g_autoptr (NnNudge) nudge = parse (text);

  return nudge_card_state_act (&f->state, action, nudge, NULL);
}

static NudgeChanges
tell (Fixture *f, const char *text)
{
  g_autoptr (NnNudge) nudge = text ? parse (text) : NULL;

  return nudge_card_state_set_repeating (&f->state, nudge, NULL);
}

static void
assert_about (Fixture *f, const char *text)
{
  g_autoptr (NnNudge) expected = parse (text);
  g_autofree char *wanted = nn_nudge_dup_text (expected);
  g_autofree char *got = nn_nudge_dup_text (f->state.nudge);

  g_assert_cmpstr (got, ==, wanted);
}

static void
test_a_preview_is_by_hand (Fixture *f, gconstpointer data)
{
  g_assert_cmpint (act (f, NUDGE_ACTION_SET, "fc1.weight: w + a*w @ every step a=0.1"),
                   ==, NUDGE_CHANGED_REPEATING);
  g_assert_cmpint (
      act (f, NUDGE_ACTION_PREVIEW, "fc1.weight: w + a*w @ every step a=0.5"), ==,
      NUDGE_CHANGED_PREVIEW);
  g_assert_cmpint (f->state.preview->time.when, ==, NN_WHEN_MANUAL);
  g_assert_cmpfloat (f->state.preview->amount, ==, 0.5f);
  assert_about (f, "fc1.weight: w + a*w @ every step a=0.5");
  g_assert_cmpint (act (f, NUDGE_ACTION_CANCEL, "fc1.weight: w + a*w @ every step a=0.1"),
                   ==, NUDGE_CHANGED_PREVIEW);
  g_assert_null (f->state.preview);
  assert_about (f, "fc1.weight: w + a*w @ every step a=0.1");
}

static void
test_another_function_is_asked_about (Fixture *f, gconstpointer data)
{
  act (f, NUDGE_ACTION_PREVIEW, "fc1.weight: w + a*w @ by hand a=0.1");
  f->state.landed = 0.1f;
  g_assert_cmpint (act (f, NUDGE_ACTION_SET, "fc1.weight: a*w @ by hand a=0.5"), ==,
                   NUDGE_CHANGED_QUESTION | NUDGE_CHANGED_PREVIEW);
  g_assert_true (isnan (f->state.landed));
  g_assert_cmpfloat (f->state.question.least, ==, 0);
  g_assert_cmpfloat (f->state.question.most, ==, 2);
  g_assert_false (f->state.question.logarithmic);
}

/* The curve stays in line with its slider. */
static void
test_another_target_keeps_the_range (Fixture *f, gconstpointer data)
{
  act (f, NUDGE_ACTION_SET, "fc1.weight: a*w*w @ by hand a=10");
  g_assert_cmpfloat (f->state.question.most, ==, 20);
  act (f, NUDGE_ACTION_SET, "fc1.weight: a*w*w @ by hand a=15");
  g_assert_cmpint (act (f, NUDGE_ACTION_SET, "fc1.bias: a*w*w @ by hand a=15"), ==,
                   NUDGE_CHANGED_QUESTION);
  g_assert_cmpfloat (f->state.question.most, ==, 20);
  g_assert_cmpint (f->state.question.nudge->target.part, ==, NN_PART_BIAS);
}

static void
test_an_end_of_repeating_is_said (Fixture *f, gconstpointer data)
{
  act (f, NUDGE_ACTION_SET, "fc1.weight: w + a*w @ every step a=0.1");
  tell (f, "fc1.weight: w + a*w @ every step a=0.1");
  g_assert_cmpfloat (f->state.in_force, ==, 0.1f);
  g_assert_cmpint (act (f, NUDGE_ACTION_SET, "fc1.weight: w + a*w @ by hand a=0.1"), ==,
                   NUDGE_CHANGED_REPEATING);
  g_assert_true (isnan (f->state.in_force));
  g_assert_cmpint (act (f, NUDGE_ACTION_SET, "fc1.weight: w + a*w @ by hand a=0.2"), ==,
                   0);
}

static void
test_what_is_told_is_taken_over_but_for_its_amount (Fixture *f, gconstpointer data)
{
  act (f, NUDGE_ACTION_SET, "fc1.weight: w + a*w @ every step a=0.1");
  g_assert_cmpint (tell (f, "fc1.weight: w + a*w @ every step a=0.7"), ==, 0);
  assert_about (f, "fc1.weight: w + a*w @ every step a=0.1");
  g_assert_cmpfloat (f->state.in_force, ==, 0.7f);
  g_assert_cmpint (tell (f, "fc1.bias: w + a*w @ every step a=0.7"), ==,
                   NUDGE_CHANGED_QUESTION);
  assert_about (f, "fc1.bias: w + a*w @ every step a=0.7");
  tell (f, NULL);
  assert_about (f, "fc1.bias: w + a*w @ by hand a=0.7");
  g_assert_true (isnan (f->state.in_force));
}

static void
test_aims_unless_it_repeats (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  NudgeChanges changes;

  g_assert_true (nudge_card_state_aim (&f->state, "fc1.weight[1]", &changes, &error));
  g_assert_cmpint (changes, ==, NUDGE_CHANGED_QUESTION);
  g_assert_true (nudge_card_state_aim (&f->state, "fc1.weight[1]", &changes, &error));
  g_assert_cmpint (changes, ==, 0);
  g_assert_false (nudge_card_state_aim (&f->state, "fc1.weight[", &changes, &error));
  g_clear_error (&error);
  act (f, NUDGE_ACTION_SET, "fc1.weight[1]: w + a*w @ every step a=0.1");
  g_assert_false (nudge_card_state_aim (&f->state, "fc1.weight[0]", &changes, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_BUSY);
  assert_about (f, "fc1.weight[1]: w + a*w @ every step a=0.1");
}

static void
test_the_newest_of_its_landings_counts (Fixture *f, gconstpointer data)
{
  g_autoptr (NnFrame) frame = fixture_frame_new_seed ();

  fixture_frame_land (frame, "fc1.weight: w + a*w @ by hand a=0.3", FALSE, 1, 1, NULL);
  fixture_frame_land (frame, "fc1.weight: w + a*w @ by hand a=0.4", FALSE, 2, 2, "no");
  fixture_frame_land (frame, "fc1.bias: w + a*w @ by hand a=0.5", FALSE, 3, 3, NULL);
  nudge_card_state_follow_landings (&f->state, frame);
  g_assert_cmpfloat (f->state.landed, ==, 0.3f);
  nn_landing_clear (&frame->landings[--frame->n_landings]);
  nn_landing_clear (&frame->landings[--frame->n_landings]);
  nn_landing_clear (&frame->landings[--frame->n_landings]);
  nudge_card_state_follow_landings (&f->state, frame);
  g_assert_true (isnan (f->state.landed));
}

#define ADD(name, function)                                                              \
  g_test_add ("/ui/card-state/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("a-preview-is-by-hand", test_a_preview_is_by_hand);
  ADD ("another-function-is-asked-about", test_another_function_is_asked_about);
  ADD ("another-target-keeps-the-range", test_another_target_keeps_the_range);
  ADD ("an-end-of-repeating-is-said", test_an_end_of_repeating_is_said);
  ADD ("what-is-told-is-taken-over-but-for-its-amount",
       test_what_is_told_is_taken_over_but_for_its_amount);
  ADD ("aims-unless-it-repeats", test_aims_unless_it_repeats);
  ADD ("the-newest-of-its-landings-counts", test_the_newest_of_its_landings_counts);
  return g_test_run ();
}

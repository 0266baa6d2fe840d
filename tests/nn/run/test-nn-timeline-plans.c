/* test-nn-timeline-plans.c - of what a log plans nothing is lost, unless it was undone
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/session/nn-frame-of-run.h"
#include "timeline-moves.h"

/* A nudge, an edit of a setting, one of the shape, a nudge of what that adds, a guard. */
#define PLAN                                                                             \
  "'log': [{'step': 5, 'do': 'nudge', 'nudge': 'fc1: w + a*noise a=0.1'},"               \
  " {'step': 10, 'do': 'edit', 'optimizer': {'type': 'sgd', 'lr': 0.05}},"               \
  " {'step': 15, 'do': 'edit', 'network': {'layers': ["                                  \
  "  {'name': 'fc1', 'units': 6, 'activation': 'tanh'},"                                 \
  "  {'name': 'mid', 'units': 4, 'activation': 'tanh'},"                                 \
  "  {'name': 'fc2', 'units': 5, 'activation': 'relu'}, {'name': 'fc3', 'units': 1}]}}," \
  " {'step': 15, 'do': 'nudge', 'nudge': 'mid.weight: 0.9*w'},"                          \
  " {'step': 20, 'do': 'guard', 'guard': 'check'}]"
#define N_PLANNED 5

static const char keys[] = MSE "," SHUFFLED;
static const char plan[] = MSE "," SHUFFLED "," PLAN;

/* Returns: (transfer full): as it would be saved */
static char *
dup_file (NnTimeline *timeline)
{
  g_autoptr (NnFrame) frame = nn_frame_of_timeline (timeline);
  g_autoptr (NnExperiment) named = small_experiment (plan);
  g_autoptr (NnExperiment) experiment =
      nn_log_make_experiment (frame->log_for_file, named);

  return nn_experiment_file_format (experiment);
}

static void
assert_file_is (NnTimeline *timeline, const char *expected)
{
  g_autofree char *text = dup_file (timeline);

  g_assert_cmpstr (text, ==, expected);
}

/* The frame says all that is to come from the event at @first of the plan on. */
static void
assert_comes (NnTimeline *timeline, gsize first)
{
  static const NnEventKind kinds[N_PLANNED] = { NN_EVENT_NUDGE, NN_EVENT_EDIT,
                                                NN_EVENT_EDIT, NN_EVENT_NUDGE,
                                                NN_EVENT_GUARD };
  static const guint64 steps[N_PLANNED] = { 5, 10, 15, 15, 20 };
  g_autoptr (NnFrame) frame = nn_frame_of_timeline (timeline);

  g_assert_cmpuint (frame->n_coming, ==, N_PLANNED - first);
  g_assert_cmpuint (frame->n_coming_in_all, ==, N_PLANNED - first);
  for (gsize i = 0; i < frame->n_coming; i++) {
    const NnComing *coming = &frame->coming[i];
    const NnEvent *event = nn_log_get_last (coming->log);

    g_assert_cmpint (event->kind, ==, kinds[first + i]);
    g_assert_true (event->nudge == coming->nudge);
    g_assert_cmpuint (coming->step, ==, steps[first + i]);
  }
}

/* Of the plan, only the events with these numbers. */
static void
assert_file_has (NnTimeline *timeline, const char *numbers)
{
  g_autoptr (NnExperiment) some = small_experiment (plan);
  g_autofree char *text = NULL;

  for (guint i = some->events->len; i-- > 0;)
    if (strchr (numbers, '0' + (int) i) == NULL)
      g_array_remove_index (some->events, i);
  text = nn_experiment_file_format (some);
  assert_file_is (timeline, text);
}

static void
assert_unfit (NnTimeline *timeline, gsize n_unfit)
{
  g_autoptr (NnFrame) frame = nn_frame_of_timeline (timeline);

  g_assert_cmpuint (frame->n_unfit, ==, n_unfit);
}

static void
assert_kept (NnTimeline *timeline, gsize n_kept)
{
  g_autoptr (NnFrame) frame = nn_frame_of_timeline (timeline);

  g_assert_cmpuint (frame->n_kept, ==, n_kept);
}

/* At its end it is the run that does the plan and nothing else. */
static void
assert_follows_plan (NnTimeline *timeline)
{
  g_autoptr (NnTimeline) plain = moves_new_timeline (plan, 0);

  moves_run (plain, 30);
  moves_run (timeline, 30 - (guint) moves_get_step (timeline));
  small_trainer_assert_same (nn_timeline_get_trainer (timeline),
                             nn_timeline_get_trainer (plain));
}

static void
test_all_kinds_are_to_come (void)
{
  g_autoptr (NnTimeline) timeline = moves_new_timeline (plan, NN_TIMELINE_BUDGET);
  static const guint64 before[] = { 5, 10, 15, 15, 20 };

  for (guint i = 0; i < 22; i++) {
    gsize first = 0;

    while (first < N_PLANNED && before[first] <= moves_get_step (timeline))
      first++;
    assert_comes (timeline, first);
    moves_run (timeline, 1);
  }
}

/* Repeating nudges among events, at most so many in all, and those are the first. */
static void
test_first_are_in_the_frame (void)
{
  g_autoptr (NnExperiment) experiment =
      small_experiment (MSE ", 'nudges': ['fc1: 0.9*w @ every 7 steps']");
  g_autoptr (NnTimeline) timeline = NULL;
  g_autoptr (NnFrame) frame = NULL;

  for (guint64 step = 1; step <= NN_COMING_MOST + 10; step++)
    nn_event_append (
        experiment->events,
        &(NnEvent){ .kind = NN_EVENT_GUARD, .step = step, .guard = NN_GUARD_CHECK }, 1);
  timeline = nn_timeline_new (experiment, NN_TIMELINE_BUDGET, NULL);
  frame = nn_frame_of_timeline (timeline);
  g_assert_cmpuint (frame->n_coming, ==, NN_COMING_MOST);
  g_assert_cmpuint (frame->n_coming_in_all, ==, NN_COMING_MOST + 11);
  for (gsize i = 0; i < frame->n_coming; i++)
    g_assert_cmpuint (frame->coming[i].step, ==, i < 7 ? i + 1 : i);
  g_assert_nonnull (frame->coming[6].nudge);
  g_assert_null (frame->coming[7].nudge);
}

static void
test_plan_is_kept_when_the_user_acts (void)
{
  g_autoptr (NnTimeline) timeline = moves_new_timeline (plan, NN_TIMELINE_BUDGET);
  g_autofree char *opened = dup_file (timeline);
  g_autofree char *acted = NULL;

  moves_nudge (timeline, "fc2: 0.5*w");
  moves_run (timeline, 12);
  moves_nudge (timeline, "fc3: 0.5*w");
  assert_comes (timeline, N_PLANNED);
  assert_kept (timeline, N_PLANNED);
  acted = dup_file (timeline);
  g_assert_cmpstr (acted, !=, opened);

  moves_undo (timeline);
  assert_kept (timeline, N_PLANNED);
  moves_undo (timeline);
  g_assert_cmpuint (moves_get_step (timeline), ==, 0);
  assert_comes (timeline, 0);
  assert_kept (timeline, 0);
  assert_file_is (timeline, opened);
  g_assert_false (nn_timeline_can_undo (timeline));

  moves_redo (timeline);
  moves_redo (timeline);
  g_assert_cmpuint (moves_get_step (timeline), ==, 12);
  assert_file_is (timeline, acted);
  assert_kept (timeline, N_PLANNED);
  g_assert_false (nn_timeline_can_redo (timeline));

  moves_undo (timeline);
  moves_undo (timeline);
  assert_follows_plan (timeline);
  assert_file_is (timeline, opened);
}

/* On the way, where some of it is done; and again where the user acts once more. */
static void
test_rest_of_a_plan_is_kept (void)
{
  g_autoptr (NnTimeline) timeline = moves_new_timeline (plan, NN_TIMELINE_BUDGET);

  moves_run (timeline, 12);
  moves_nudge (timeline, "fc2: 0.5*w");
  assert_kept (timeline, 3);
  moves_undo (timeline);
  assert_comes (timeline, 2);
  moves_nudge (timeline, "fc3: 0.5*w"); /* instead of the other nudge */
  assert_kept (timeline, 3);
  moves_run (timeline, 5);
  moves_undo (timeline);
  g_assert_cmpuint (moves_get_step (timeline), ==, 12);
  assert_comes (timeline, 2);
  moves_undo (timeline); /* the plan's own edit: what follows is still planned */
  g_assert_cmpuint (moves_get_step (timeline), ==, 10);
  assert_comes (timeline, 2);
  assert_file_has (timeline, "0234");
  moves_run (timeline, 1); /* without it */
  assert_kept (timeline, 3);
  moves_undo (timeline);
  g_assert_cmpuint (moves_get_step (timeline), ==, 10);
  assert_comes (timeline, 2);
  assert_file_has (timeline, "0234");
}

/* The layer that a coming nudge is of cannot be where this edit is: it is of another
 * branch. */
static void
test_plan_that_no_longer_fits_is_kept (void)
{
  g_autoptr (NnTimeline) timeline = moves_new_timeline (plan, NN_TIMELINE_BUDGET);
  g_autoptr (NnExperiment) edited =
      small_experiment (MSE ", 'log': [{'step': 0, 'do': 'edit', 'network': {'layers': ["
                            " {'name': 'other', 'units': 3}, {'units': 1}]}}]");
  g_autofree char *opened = dup_file (timeline);

  moves_run (timeline, 3);
  g_assert_true (
      nn_timeline_do (timeline, &g_array_index (edited->events, NnEvent, 0), NULL));
  moves_run (timeline, 30);
  assert_kept (timeline, N_PLANNED);
  moves_undo (timeline);
  assert_comes (timeline, 0);
  assert_follows_plan (timeline);
  assert_file_is (timeline, opened);
}

/* What was done is no less than what is planned, where the run has only gone back. */
static void
test_gone_back_by_time_keeps_what_was_done (void)
{
  g_autoptr (NnTimeline) timeline = moves_new_timeline (keys, NN_TIMELINE_BUDGET);
  g_autofree char *whole = NULL;

  moves_run (timeline, 5);
  moves_nudge (timeline, "fc1: 0.9*w");
  moves_run (timeline, 5);
  moves_nudge (timeline, "fc2: 0.9*w");
  moves_run (timeline, 5);
  whole = dup_file (timeline);
  moves_go_to (timeline, 2);
  assert_file_is (timeline, whole); /* it is only looked at */

  moves_run (timeline, 10); /* on without them */
  assert_kept (timeline, 2);
  g_assert_true (nn_timeline_can_undo (timeline));
  moves_undo (timeline);
  g_assert_cmpuint (moves_get_step (timeline), ==, 2);
  g_assert_cmpuint (nn_timeline_get_end (timeline), ==, 15);
  assert_file_is (timeline, whole);

  moves_go_to (timeline, 7);
  moves_nudge (timeline, "fc3: 0.9*w");
  assert_kept (timeline, 1);
  moves_undo (timeline);
  assert_file_is (timeline, whole);
}

/* What was undone is in no file, and is left as it always was. */
static void
test_undone_is_not_kept (void)
{
  g_autoptr (NnTimeline) timeline = moves_new_timeline (keys, NN_TIMELINE_BUDGET);
  g_autofree char *before = dup_file (timeline);

  moves_run (timeline, 5);
  moves_nudge (timeline, "fc1: 0.9*w");
  moves_run (timeline, 5);
  moves_undo (timeline);
  assert_file_is (timeline, before);
  moves_run (timeline, 5);
  assert_kept (timeline, 0);
  g_assert_false (nn_timeline_can_undo (timeline));
}

/* Returns: (transfer full): before the first of two events was undone, and after which
 * there is still the other to come */
static NnTimeline *
undo_first_of_two (void)
{
  NnTimeline *timeline = moves_new_timeline (keys, NN_TIMELINE_BUDGET);

  moves_run (timeline, 5);
  moves_nudge (timeline, "fc1: 0.9*w");
  moves_run (timeline, 5);
  moves_nudge (timeline, "fc2: 0.9*w");
  moves_run (timeline, 5);
  moves_go_to (timeline, 7);
  moves_undo (timeline);
  return timeline;
}

static void
assert_only_the_other_comes (NnTimeline *timeline, const char *file)
{
  g_autoptr (NnFrame) frame = nn_frame_of_timeline (timeline);

  g_assert_cmpuint (frame->step, ==, 5);
  g_assert_cmpuint (frame->n_ahead, ==, 0);
  g_assert_cmpuint (frame->n_coming, ==, 1);
  g_assert_cmpuint (frame->coming[0].step, ==, 10);
  assert_file_is (timeline, file);
  assert_unfit (timeline, 0);
}

/* It is neither to come nor to be redone when undo takes back that the run went on; the
 * event after it is still to come, and lands. */
static void
test_undone_is_gone_once_the_run_goes_on (void)
{
  g_autoptr (NnTimeline) timeline = undo_first_of_two ();
  g_autofree char *without = dup_file (timeline);
  g_autofree char *on = NULL;

  moves_run (timeline, 1);
  on = dup_file (timeline);
  assert_kept (timeline, 1);
  moves_undo (timeline);
  assert_only_the_other_comes (timeline, without);
  moves_redo (timeline);
  g_assert_cmpuint (moves_get_step (timeline), ==, 6);
  assert_file_is (timeline, on);
  g_assert_false (nn_timeline_can_redo (timeline));
  moves_undo (timeline);
  moves_run (timeline, 10);
  assert_file_is (timeline, without);
  g_assert_cmpuint (nn_log_get_n_events (nn_timeline_get_log (timeline)), ==, 1);
}

static void
test_undone_is_gone_once_another_is_done (void)
{
  g_autoptr (NnTimeline) timeline = undo_first_of_two ();
  g_autofree char *without = dup_file (timeline);

  moves_nudge (timeline, "fc3: 0.9*w");
  moves_run (timeline, 8);
  moves_undo (timeline);
  assert_only_the_other_comes (timeline, without);
}

/* The layer is undone; the nudge of it stays with it. */
static void
test_undone_stays_for_what_needs_it (void)
{
  g_autoptr (NnExperiment) later = small_experiment (plan);
  g_autoptr (NnTimeline) timeline = NULL;
  g_autofree char *opened = NULL;

  g_array_index (later->events, NnEvent, 3).step = 17;
  timeline = nn_timeline_new (later, NN_TIMELINE_BUDGET, NULL);
  opened = dup_file (timeline);
  moves_run (timeline, 16);
  moves_undo (timeline);
  moves_run (timeline, 1);
  assert_kept (timeline, 2);
  moves_undo (timeline);
  assert_unfit (timeline, 0);
  assert_file_is (timeline, opened);
}

/* What is planned after it stays in the file, unless it needs what was undone. */
static void
test_undone_of_a_plan_is_not_saved (void)
{
  g_autoptr (NnTimeline) timeline = moves_new_timeline (plan, NN_TIMELINE_BUDGET);
  g_autofree char *opened = dup_file (timeline);

  moves_run (timeline, 7);
  moves_undo (timeline);
  assert_file_has (timeline, "1234");
  moves_redo (timeline);
  assert_file_is (timeline, opened);
  moves_undo (timeline);
  moves_go_to (timeline, 6); /* past it, and so it is done again */
  assert_file_is (timeline, opened);
  moves_go_to (timeline, 2);
  assert_file_is (timeline, opened);
  assert_unfit (timeline, 0);

  moves_go_to (timeline, 7);
  moves_run (timeline, 10);
  moves_undo (timeline); /* the nudge of the layer */
  assert_file_has (timeline, "0124");
  moves_undo (timeline); /* the layer */
  assert_file_has (timeline, "014");
  moves_redo (timeline);
  moves_redo (timeline);
  moves_go_to (timeline, 15);
  moves_undo (timeline);
  moves_go_to (timeline, 12);
  assert_file_has (timeline, "0124");
}

/* The layer is undone; what is planned for it cannot be done. */
static void
test_planned_that_needs_the_undone_is_counted (void)
{
  g_autoptr (NnExperiment) later = small_experiment (plan);
  g_autoptr (NnTimeline) timeline = NULL;

  g_array_index (later->events, NnEvent, 3).step = 17;
  timeline = nn_timeline_new (later, NN_TIMELINE_BUDGET, NULL);
  moves_run (timeline, 16);
  assert_unfit (timeline, 0);
  moves_undo (timeline);
  assert_file_has (timeline, "01");
  assert_unfit (timeline, 2);
  moves_redo (timeline);
  assert_unfit (timeline, 0);
}

/* Gone back by time before another event, which was not. */
static void
test_what_was_not_undone_is_kept (void)
{
  g_autoptr (NnTimeline) timeline = moves_new_timeline (keys, NN_TIMELINE_BUDGET);
  g_autofree char *first = NULL;

  moves_run (timeline, 5);
  moves_nudge (timeline, "fc1: 0.9*w");
  moves_run (timeline, 5);
  first = dup_file (timeline);
  moves_nudge (timeline, "fc2: 0.9*w");
  moves_run (timeline, 5);
  moves_undo (timeline);
  assert_file_is (timeline, first);
  moves_go_to (timeline, 2);
  assert_file_is (timeline, first);
  moves_run (timeline, 1); /* on without it */
  assert_kept (timeline, 1);
  moves_undo (timeline);
  g_assert_cmpuint (moves_get_step (timeline), ==, 2);
  moves_go_to (timeline, 7);
  g_assert_cmpuint (nn_log_get_n_events (nn_timeline_get_log (timeline)), ==, 1);
}

/* An undo that was not of the last thing that was done: what followed was not undone. */
static void
test_branch_that_undo_left_is_kept (void)
{
  g_autoptr (NnTimeline) timeline = moves_new_timeline (plan, NN_TIMELINE_BUDGET);
  g_autofree char *branch = NULL;

  moves_nudge (timeline, "fc1: 0.9*w");
  moves_run (timeline, 10);
  moves_nudge (timeline, "fc2: 0.9*w");
  branch = dup_file (timeline);
  moves_go_to (timeline, 3);
  moves_undo (timeline); /* the first nudge, and so back to the plan */
  assert_comes (timeline, 0);
  moves_run (timeline, 3); /* on with the plan */
  assert_kept (timeline, 1);
  moves_undo (timeline); /* to where the branch was left */
  g_assert_cmpuint (moves_get_step (timeline), ==, 3);
  assert_file_is (timeline, branch);
}

static void
test_reset_keeps_the_plan (void)
{
  g_autoptr (NnTimeline) timeline = moves_new_timeline (plan, NN_TIMELINE_BUDGET);
  g_autofree char *opened = dup_file (timeline);

  nn_timeline_reset (timeline); /* nothing was done yet */
  assert_comes (timeline, 0);
  g_assert_false (nn_timeline_can_undo (timeline));

  moves_run (timeline, 7);
  nn_timeline_reset (timeline);
  assert_comes (timeline, N_PLANNED);
  assert_kept (timeline, N_PLANNED - 1);
  moves_undo (timeline);
  assert_comes (timeline, 1);
  assert_kept (timeline, 0);
  assert_file_is (timeline, opened);
}

/* The newest are kept, however often the user acts. */
static void
test_newest_runs_are_kept (void)
{
  g_autoptr (NnTimeline) timeline = moves_new_timeline (keys, NN_TIMELINE_BUDGET);
  const guint n = NN_TIMELINE_BRANCHES + 3;

  for (guint i = 0; i < n; i++) {
    moves_run (timeline, 40 - (guint) moves_get_step (timeline));
    moves_nudge (timeline, "fc1: 0.9*w");
    moves_go_to (timeline, i);
    moves_nudge (timeline, "fc2: 0.9*w");
  }
  assert_kept (timeline, NN_TIMELINE_BRANCHES);
  for (guint i = n; i-- > 0;) {
    moves_undo (timeline);
    g_assert_cmpuint (moves_get_step (timeline), ==, i);
  }
  g_assert_false (nn_timeline_can_undo (timeline));
}
#define ADD(name, function) g_test_add_func ("/nn/timeline-plans/" name, function)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("all-kinds-are-to-come", test_all_kinds_are_to_come);
  ADD ("first-are-in-the-frame", test_first_are_in_the_frame);
  ADD ("plan-is-kept-when-the-user-acts", test_plan_is_kept_when_the_user_acts);
  ADD ("rest-of-a-plan-is-kept", test_rest_of_a_plan_is_kept);
  ADD ("plan-that-no-longer-fits-is-kept", test_plan_that_no_longer_fits_is_kept);
  ADD ("gone-back-by-time-keeps-what-was-done",
       test_gone_back_by_time_keeps_what_was_done);
  ADD ("undone-is-not-kept", test_undone_is_not_kept);
  ADD ("undone-is-gone-once-the-run-goes-on", test_undone_is_gone_once_the_run_goes_on);
  ADD ("undone-is-gone-once-another-is-done", test_undone_is_gone_once_another_is_done);
  ADD ("undone-stays-for-what-needs-it", test_undone_stays_for_what_needs_it);
  ADD ("undone-of-a-plan-is-not-saved", test_undone_of_a_plan_is_not_saved);
  ADD ("planned-that-needs-the-undone-is-counted",
       test_planned_that_needs_the_undone_is_counted);
  ADD ("what-was-not-undone-is-kept", test_what_was_not_undone_is_kept);
  ADD ("branch-that-undo-left-is-kept", test_branch_that_undo_left_is_kept);
  ADD ("reset-keeps-the-plan", test_reset_keeps_the_plan);
  ADD ("newest-runs-are-kept", test_newest_runs_are_kept);
  return g_test_run ();
}

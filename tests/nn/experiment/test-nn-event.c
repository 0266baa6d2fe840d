/* test-nn-event.c - what the user does to a run, and what the log says of it
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/experiment/nn-event.h"

#include <math.h>

#include "nn/base/nn-error.h"
#include "nn/session/nn-frame-of-run.h"
#include "tests/nn/small-trainer.h"

static const char keys[] = MSE "," SHUFFLED;

static void
add_at (NnTrainer *trainer, const char *text, gsize index)
{
  g_autoptr (NnNudge) nudge = nn_nudge_parse (text, NULL);

  g_assert_nonnull (nudge);
  small_trainer_do (trainer,
                    &(NnEvent){ .kind = NN_EVENT_STAND, .nudge = nudge, .index = index });
}

static void
replace (NnTrainer *trainer, const char *text, gsize index)
{
  g_autoptr (NnNudge) nudge = nn_nudge_parse (text, NULL);

  g_assert_nonnull (nudge);
  small_trainer_do (trainer, &(NnEvent){ .kind = NN_EVENT_REPLACE,
                                         .nudge = nudge,
                                         .id = small_trainer_get_id (trainer, index) });
}

static void
do_to (NnTrainer *trainer, NnEventKind kind, gsize index)
{
  small_trainer_do (
      trainer, &(NnEvent){ .kind = kind, .id = small_trainer_get_id (trainer, index) });
}

static void
move (NnTrainer *trainer, gsize index, gssize by)
{
  small_trainer_do (trainer, &(NnEvent){ .kind = NN_EVENT_MOVE,
                                         .id = small_trainer_get_id (trainer, index),
                                         .by = by });
}

/* The standing nudges' texts, one a line, as frames show them; "(paused)" behind some. */
static char *
list_standing (NnTrainer *trainer)
{
  g_autoptr (NnFrame) frame = nn_frame_of_trainer (trainer);
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < frame->n_standing; i++) {
    g_autofree char *nudge = nn_nudge_dup_text (frame->standing[i].nudge);

    g_string_append_printf (text, "%s%s\n", nudge,
                            frame->standing[i].paused ? " (paused)" : "");
  }
  return g_string_free (text, FALSE);
}

#define assert_standing(trainer, expected)                                               \
  G_STMT_START                                                                           \
  {                                                                                      \
    g_autofree char *list_ = list_standing (trainer);                                    \
    g_assert_cmpstr (list_, ==, expected);                                               \
  }                                                                                      \
  G_STMT_END

static void
test_list_is_changed_in_place (void)
{
  g_autoptr (NnTrainer) trainer = small_trainer (keys);

  add_at (trainer, "fc1: w + a a=1", G_MAXSIZE);
  add_at (trainer, "fc2: w + a a=2", 1);
  add_at (trainer, "fc3: w + a a=3", 0);
  assert_standing (trainer, "fc3: w + a a=3\nfc1: w + a a=1\nfc2: w + a a=2\n");
  move (trainer, 0, 2);
  assert_standing (trainer, "fc1: w + a a=1\nfc2: w + a a=2\nfc3: w + a a=3\n");
  move (trainer, 2, -1);
  do_to (trainer, NN_EVENT_PAUSE, 1);
  assert_standing (trainer, "fc1: w + a a=1\nfc3: w + a a=3 (paused)\nfc2: w + a a=2\n");
  replace (trainer, "fc3: w - a a=4", 1);
  do_to (trainer, NN_EVENT_REMOVE, 0);
  assert_standing (trainer, "fc3: w - a a=4 (paused)\nfc2: w + a a=2\n");
  do_to (trainer, NN_EVENT_RESUME, 0);
  assert_standing (trainer, "fc3: w - a a=4\nfc2: w + a a=2\n");
}

/* 2 w + 1 or 2 (w + 1): the same two nudges by hand, in the order of the list. */
static void
test_those_due_at_once_run_in_list_order (void)
{
  g_autoptr (NnTrainer) standing = small_trainer (keys);
  g_autoptr (NnTrainer) by_hand = small_trainer (keys);
  g_autoptr (NnNudge) twice = nn_nudge_parse ("fc2: 2*w", NULL);
  g_autoptr (NnNudge) more = nn_nudge_parse ("fc2: w + 1", NULL);

  add_at (standing, "fc2: 2*w", 0);
  add_at (standing, "fc2: w + 1", 1);
  for (int i = 0; i < 6; i++) {
    small_trainer_steps (standing, 1);
    small_trainer_steps (by_hand, 1);
    small_trainer_nudge (by_hand, i < 3 ? twice : more);
    small_trainer_nudge (by_hand, i < 3 ? more : twice);
    g_assert_cmpmem (nn_network_get_values (nn_trainer_get_network (standing)), 64,
                     nn_network_get_values (nn_trainer_get_network (by_hand)), 64);
    if (i == 2)
      move (standing, 1, -1);
  }
}

/* Paused, it is as if it were not there, walking of batches included; its count stays. */
static void
test_paused_nudge_is_never_due (void)
{
  g_autoptr (NnTrainer) paused = small_trainer (keys);
  g_autoptr (NnTrainer) plain = small_trainer (keys);
  g_autoptr (NnFrame) frame = NULL;

  add_at (paused, "*: w + a*noise @ every example before backward a=0.1", 0);
  add_at (paused, "*: w + a @ every 2 steps a=0.1", 1);
  do_to (paused, NN_EVENT_PAUSE, 0);
  do_to (paused, NN_EVENT_PAUSE, 1);
  small_trainer_steps (paused, 7);
  small_trainer_steps (plain, 7);
  small_trainer_assert_same (paused, plain);

  do_to (paused, NN_EVENT_RESUME, 1);
  add_at (plain, "*: w + a @ every 2 steps a=0.1", 0);
  small_trainer_steps (paused, 7);
  small_trainer_steps (plain, 7);
  small_trainer_assert_same (paused, plain);
  frame = nn_frame_of_trainer (paused);
  g_assert_cmpuint (frame->standing[0].n_times, ==, 0);
  g_assert_cmpuint (frame->standing[1].n_times, ==, 4);
}

static void
test_what_is_not_there_is_refused (void)
{
  static const NnEventKind kinds[] = { NN_EVENT_REPLACE, NN_EVENT_REMOVE, NN_EVENT_PAUSE,
                                       NN_EVENT_RESUME, NN_EVENT_MOVE };
  g_autoptr (NnTrainer) trainer = small_trainer (keys);
  g_autoptr (NnTrainer) plain = small_trainer (keys);
  g_autoptr (NnNudge) nudge = nn_nudge_parse ("fc2: w + a a=0.1", NULL);
  g_autoptr (NnNudge) astray = nn_nudge_parse ("fc9: w + a a=0.1", NULL);
  g_autoptr (NnNudge) idle = nn_nudge_parse ("fc1: w + a @ by hand a=0.1", NULL);

  add_at (trainer, "fc1: w + a a=0.1", 0);
  add_at (plain, "fc1: w + a a=0.1", 0);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_false (nn_trainer_do (
        trainer, &(NnEvent){ .kind = kinds[i], .nudge = nudge, .id = 2 }, &error));
    g_assert_error (error, NN_ERROR, NN_ERROR_UNKNOWN);
    g_assert_cmpstr (error->message, ==, "nudge 2 does not repeat any more");
  }
  g_assert_false (nn_trainer_do (
      trainer, &(NnEvent){ .kind = NN_EVENT_STAND, .nudge = nudge, .id = 1 }, NULL));
  g_assert_false (nn_trainer_do (
      trainer, &(NnEvent){ .kind = NN_EVENT_STAND, .nudge = astray }, NULL));
  g_assert_false (nn_trainer_do (
      trainer, &(NnEvent){ .kind = NN_EVENT_REPLACE, .nudge = astray, .id = 1 }, NULL));
  g_assert_false (
      nn_trainer_do (trainer, &(NnEvent){ .kind = NN_EVENT_STAND, .nudge = idle }, NULL));
  g_assert_false (nn_trainer_do (
      trainer, &(NnEvent){ .kind = NN_EVENT_REPLACE, .nudge = idle, .id = 1 }, NULL));
  small_trainer_steps (trainer, 5);
  small_trainer_steps (plain, 5);
  small_trainer_assert_same (trainer, plain);
}

static void
test_list_is_bounded (void)
{
  g_autoptr (NnTrainer) trainer = small_trainer (keys);
  g_autoptr (NnNudge) nudge = nn_nudge_parse ("fc2: w + a a=0.1", NULL);
  g_autoptr (GError) error = NULL;
  const NnEvent event = { .kind = NN_EVENT_STAND, .nudge = nudge };

  for (int i = 0; i < NN_EXPERIMENT_MAX_NUDGES; i++)
    small_trainer_do (trainer, &event);
  g_assert_false (nn_trainer_do (trainer, &event, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_SHAPE);
  g_assert_cmpuint (nn_trainer_get_n_standing (trainer), ==, NN_EXPERIMENT_MAX_NUDGES);
}

/* A nudge before backward is refused by one guard, and changes gradients under another. */
static void
test_guard_holds_from_the_next_step_on (void)
{
  static const char within[] = "fc3.weight: w*2 @ every step before backward";
  g_autoptr (NnTrainer) trainer = small_trainer (MSE "," SHUFFLED ", 'guard': 'check'");
  g_autoptr (NnTrainer) off = small_trainer (MSE "," SHUFFLED ", 'guard': 'off'");
  g_autoptr (NnFrame) frame = NULL;
  g_autoptr (GError) error = NULL;

  add_at (trainer, within, 0);
  add_at (off, within, 0);
  g_assert_false (nn_trainer_step (trainer, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_STALE);
  small_trainer_do (trainer, &(NnEvent){ .kind = NN_EVENT_GUARD, .guard = NN_GUARD_OFF });
  frame = nn_frame_of_trainer (trainer);
  g_assert_cmpint (frame->guard, ==, NN_GUARD_OFF);
  small_trainer_steps (trainer, 8);
  small_trainer_steps (off, 8);
  small_trainer_assert_same (trainer, off);
  small_trainer_do (trainer,
                    &(NnEvent){ .kind = NN_EVENT_GUARD, .guard = NN_GUARD_CHECK });
  g_assert_false (nn_trainer_step (trainer, NULL));
}

/* ---- the log ----------------------------------------------------------------------- */

static const char *const whens[] = {
  "every step", "every example", "every example before backward",
  "step 3",     "every epoch",   "every 2 steps before backward",
};

static void
test_measuring_changes_no_bit (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (whens); i++) {
    g_autofree char *text = g_strdup_printf ("*: w + a*noise @ %s a=0.01", whens[i]);
    g_autoptr (NnTrainer) measured = small_trainer (keys);
    g_autoptr (NnTrainer) plain = small_trainer (keys);

    add_at (measured, text, 0);
    add_at (plain, text, 0);
    for (int step = 0; step < 12; step++) {
      nn_trainer_measure_next_landings (measured);
      small_trainer_steps (measured, 1);
      small_trainer_steps (plain, 1);
      small_trainer_assert_same (measured, plain);
    }
  }
}

/* The first time always, later ones on request. */
static void
test_log_knows_what_it_came_to (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (whens); i++) {
    g_autofree char *text = g_strdup_printf ("*: w + a @ %s a=0.25", whens[i]);
    g_autoptr (NnTrainer) trainer = small_trainer (keys);
    const double n_values =
        (double) nn_network_get_architecture (nn_trainer_get_network (trainer))->n_values;
    const NnLanding *landing;
    gsize n;

    add_at (trainer, text, 0);
    small_trainer_steps (trainer, 4);
    landing = nn_trainer_get_landings (trainer, &n);
    g_assert_cmpuint (n, ==, 1);
    g_assert_cmpuint (landing->measured, ==, landing->first);
    g_assert_cmpfloat_with_epsilon (landing->change, 0.25 * sqrt (n_values), 1e-6);
    g_assert_true (isfinite (landing->loss_before));
    g_assert_cmpfloat (landing->loss_after, !=, landing->loss_before);
    small_trainer_steps (trainer, 4);
    if (landing->n_times == 1)
      continue;
    landing = nn_trainer_get_landings (trainer, &n);
    g_assert_cmpuint (landing->measured, ==, landing->first);
    nn_trainer_measure_next_landings (trainer);
    small_trainer_steps (trainer, 4);
    landing = nn_trainer_get_landings (trainer, &n);
    g_assert_cmpuint (landing->measured, >, 8);
  }
}

/* In the section the losses are those of the next step's batch: the one before is what the
 * next forward pass would have given, the one after is what it gives. */
static void
test_section_is_measured_on_the_next_batch (void)
{
  g_autoptr (NnTrainer) trainer = small_trainer (keys);
  g_autoptr (NnTrainer) plain = small_trainer (keys);
  const NnLanding *landing;
  gsize n;

  add_at (trainer, "fc2: w + a @ step 4 a=0.25", 0); /* an epoch's last */
  small_trainer_steps (trainer, 5);
  small_trainer_steps (plain, 5);
  landing = nn_trainer_get_landings (trainer, &n);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpfloat (landing->loss_before, ==, (double) nn_trainer_get_loss (plain));
  g_assert_cmpfloat (landing->loss_after, ==, (double) nn_trainer_get_loss (trainer));
}

/* What landed within a step that then failed has not landed; entries of before stay. */
static void
test_failed_step_is_not_in_the_log (void)
{
  g_autoptr (NnTrainer) trainer = small_trainer (keys);
  g_autoptr (NnFrame) before = NULL;
  g_autoptr (NnFrame) after = NULL;

  add_at (trainer, "fc1: w + a @ every example a=0.001", 0);
  add_at (trainer, "fc1: w/(w - w) @ every example", 1);
  small_trainer_steps (trainer, 3);
  add_at (trainer, "fc1: w + a @ every example before backward a=0.001", 2);
  add_at (trainer, "*: w*1e20 @ every example",
          2); /* before it in the list, not in time */
  before = nn_frame_of_trainer (trainer);
  g_assert_cmpuint (before->n_landings, ==, 2);
  for (int attempt = 0; attempt < 3; attempt++) {
    g_assert_false (nn_trainer_step (trainer, NULL));
    g_clear_pointer (&after, nn_frame_unref);
    after = nn_frame_of_trainer (trainer);
    g_assert_cmpuint (after->n_landings, ==, 2);
    for (gsize i = 0; i < 4; i++)
      g_assert_cmpuint (after->standing[i].n_times, ==, i == 0 ? 15 : 0);
    g_assert_cmpuint (after->landings[0].last, ==, 3);
    g_assert_cmpuint (after->landings[0].n_times, ==, 15);
    g_assert_cmpstr (after->landings[1].refusal, ==, before->landings[1].refusal);
  }
  do_to (trainer, NN_EVENT_REMOVE, 2);
  small_trainer_steps (trainer, 1);
  g_clear_pointer (&after, nn_frame_unref);
  after = nn_frame_of_trainer (trainer);
  g_assert_cmpuint (after->n_landings, ==, 3);
  g_assert_cmpuint (after->landings[2].serial, ==, 2);
  g_assert_cmpuint (after->landings[0].n_times, ==, 18); /* an epoch's last batch */
}

/* An example at which a nudge was refused is reported, also if the next one's was not. */
static void
test_refusal_holds_for_its_step (void)
{
  g_autoptr (NnTrainer) trainer = small_trainer (keys);
  guint64 n_before = 0;
  gsize n_mixed = 0;

  add_at (trainer, "fc3.bias: w + 0/(g > 0) @ every example", 0);
  for (int step = 1; step <= 40; step++) {
    const gsize n_examples = step % 4 == 0 ? 3 : 5;
    const NnLanding *landing;
    gsize n_landings;
    guint64 n_times;

    small_trainer_steps (trainer, 1);
    landing = nn_trainer_get_landings (trainer, &n_landings);
    n_times = landing->n_times - n_before;
    n_before = landing->n_times;
    n_mixed += n_times > 0 && n_times < n_examples;
    g_assert_true ((landing->refusal != NULL) == (n_times < n_examples));
  }
  g_assert_cmpuint (n_mixed, >, 5);
}

/* However many nudges there are, the log stays short, and what stands keeps its entry. */
static void
test_log_is_bounded (void)
{
  g_autoptr (NnTrainer) trainer = small_trainer (keys);
  g_autoptr (NnNudge) nudge = nn_nudge_parse ("fc2: w - a a=0.001", NULL);
  g_autoptr (NnFrame) frame = NULL;

  add_at (trainer, "fc1: w + a @ every 2 steps a=0.001", 0);
  for (int i = 0; i < 1000; i++) {
    small_trainer_nudge (trainer, nudge);
    small_trainer_steps (trainer, 1);
  }
  frame = nn_frame_of_trainer (trainer);
  g_assert_cmpuint (frame->n_landings, ==, NN_LANDING_MOST);
  g_assert_true (frame->landings[0].standing);
  g_assert_cmpuint (frame->landings[0].first, ==, 2);
  g_assert_cmpuint (frame->landings[0].n_times, ==, 500);
  g_assert_cmpuint (frame->landings[0].serial, ==, 2);
  for (gsize i = 1; i < frame->n_landings; i++)
    g_assert_cmpuint (frame->landings[i].serial, ==, 1001 - NN_LANDING_MOST + i);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/event/list-is-changed-in-place", test_list_is_changed_in_place);
  g_test_add_func ("/nn/event/those-due-at-once-run-in-list-order",
                   test_those_due_at_once_run_in_list_order);
  g_test_add_func ("/nn/event/paused-nudge-is-never-due", test_paused_nudge_is_never_due);
  g_test_add_func ("/nn/event/what-is-not-there-is-refused",
                   test_what_is_not_there_is_refused);
  g_test_add_func ("/nn/event/list-is-bounded", test_list_is_bounded);
  g_test_add_func ("/nn/event/guard-holds-from-the-next-step-on",
                   test_guard_holds_from_the_next_step_on);
  g_test_add_func ("/nn/event/measuring-changes-no-bit", test_measuring_changes_no_bit);
  g_test_add_func ("/nn/event/log-knows-what-it-came-to", test_log_knows_what_it_came_to);
  g_test_add_func ("/nn/event/section-is-measured-on-the-next-batch",
                   test_section_is_measured_on_the_next_batch);
  g_test_add_func ("/nn/event/failed-step-is-not-in-the-log",
                   test_failed_step_is_not_in_the_log);
  g_test_add_func ("/nn/event/refusal-holds-for-its-step",
                   test_refusal_holds_for_its_step);
  g_test_add_func ("/nn/event/log-is-bounded", test_log_is_bounded);
  return g_test_run ();
}

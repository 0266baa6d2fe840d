/* test-nn-nudge-schedule.c - what is due, where it landed, and what is rolled back
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/run/nn-nudge-schedule.h"

#include <string.h>

#include "nn/tensor/nn-grad-mode.h"

#define N_VALUES 4 /* of the network 1-2: its weight and its bias */

/* A run of nothing but a network. */
typedef struct {
  NnNetwork *network; /* (owned) */
  NnNoise *noise;     /* (owned) */
  float scratch[N_VALUES];
  guint n_evaluated;
  NnSectionKind kind; /* where that was last */
  NnNudgeSchedule *schedule;
} Run;

static NnNudgeContext
get_context (gpointer data, NnSectionKind kind, guint64 step)
{
  Run *run = data;

  return (NnNudgeContext){
    .network = run->network, .noise = run->noise, .step = step, .scratch = run->scratch
  };
}

static double
evaluate (gpointer data, NnSectionKind kind)
{
  Run *run = data;

  run->n_evaluated++;
  run->kind = kind;
  return (double) nn_network_get_values (run->network)[0];
}

static void
run_init (Run *run)
{
  static const NnNudgeHost host = { get_context, evaluate };
  static const NnLayerSpec layer = { "fc1", 2, NN_ACTIVATION_IDENTITY };
  g_autoptr (NnArchitecture) architecture = nn_architecture_new (1, &layer, 1);

  memset (run, 0, sizeof *run);
  run->network = nn_network_new (architecture);
  NN_NO_GRAD ()
  {
    float *values = nn_network_write_values (run->network);

    for (gsize i = 0; i < N_VALUES; i++)
      values[i] = 1 + (float) i;
  }
  run->noise = nn_noise_new (1);
  run->schedule = nn_nudge_schedule_new (&host, run);
  nn_nudge_schedule_set_size (run->schedule, N_VALUES);
}

static void
run_clear (Run *run)
{
  nn_nudge_schedule_free (run->schedule);
  nn_noise_free (run->noise);
  nn_network_free (run->network);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, run_clear)

static guint64
add (NnNudgeSchedule *schedule, const char *text)
{
  const guint64 id = nn_nudge_schedule_get_next_id (schedule);
  g_autoptr (GError) error = NULL;
  g_autoptr (NnNudge) nudge = nn_nudge_parse (text, &error);

  g_assert_no_error (error);
  nn_nudge_schedule_insert (schedule, id, nudge, G_MAXSIZE);
  return id;
}

static void
apply_due (Run *run, NnSectionKind kind, guint64 step)
{
  const NnSection section = { .kind = kind, .step = step, .first_example = TRUE };

  nn_nudge_schedule_apply_due (run->schedule, &section);
}

static void
assert_first_value (Run *run, float expected)
{
  g_assert_cmpfloat (nn_network_get_values (run->network)[0], ==, expected);
}

/* ---- the list ---------------------------------------------------------------------- */

static void
assert_ids (const NnNudgeSchedule *schedule, gsize n, const guint64 *ids)
{
  g_assert_cmpuint (nn_nudge_schedule_get_n (schedule), ==, n);
  for (gsize i = 0; i < n; i++) {
    g_assert_cmpuint (nn_nudge_schedule_get (schedule, i)->id, ==, ids[i]);
    g_assert_cmpint (nn_nudge_schedule_find (schedule, ids[i]), ==, (gssize) i);
  }
}

static void
test_an_id_stays_with_its_nudge (void)
{
  g_auto (Run) run;
  g_autoptr (NnNudge) other = nn_nudge_parse ("fc1: w - 1", NULL);

  run_init (&run);
  for (guint64 id = 1; id <= 4; id++)
    g_assert_cmpuint (add (run.schedule, "fc1: w + 1"), ==, id);
  nn_nudge_schedule_move (run.schedule, 1, 2);
  assert_ids (run.schedule, 4, (const guint64[]){ 2, 3, 1, 4 });
  nn_nudge_schedule_replace (run.schedule, 3, other);
  assert_ids (run.schedule, 4, (const guint64[]){ 2, 3, 1, 4 });
  g_assert_true (nn_nudge_schedule_get (run.schedule, 1)->nudge == other);
  nn_nudge_schedule_remove (run.schedule, 2);
  assert_ids (run.schedule, 3, (const guint64[]){ 3, 1, 4 });
  g_assert_cmpint (nn_nudge_schedule_find (run.schedule, 2), ==, -1);
}

/* Not even after the run has gone back to where there was none of that id yet. */
static void
test_no_id_is_given_twice (void)
{
  g_auto (Run) run;
  g_autoptr (NnNudgeSchedule) before = NULL;

  run_init (&run);
  add (run.schedule, "fc1: w + 1");
  before = nn_nudge_schedule_copy (run.schedule);
  g_assert_cmpuint (add (run.schedule, "fc1: w + 2"), ==, 2);
  nn_nudge_schedule_remove (run.schedule, 2);
  g_assert_cmpuint (add (run.schedule, "fc1: w + 3"), ==, 3);
  nn_nudge_schedule_assign (run.schedule, before);
  assert_ids (run.schedule, 1, (const guint64[]){ 1 });
  g_assert_cmpuint (add (run.schedule, "fc1: w + 4"), ==, 4);
  nn_nudge_schedule_reset (run.schedule);
  g_assert_cmpuint (nn_nudge_schedule_get_next_id (run.schedule), ==, 5);
}

static void
test_demands_are_those_of_what_is_not_paused (void)
{
  g_auto (Run) run;
  const NnNudgeDemands *demands;
  guint64 walking, early;

  run_init (&run);
  demands = nn_nudge_schedule_get_demands (run.schedule);
  g_assert_false (demands->any);
  add (run.schedule, "fc1: before");
  walking = add (run.schedule, "fc1: w @ every example");
  early = add (run.schedule, "fc1: w @ every step before backward");
  g_assert_true (demands->any && demands->every_example && demands->before_backward &&
                 demands->before_optimizer);
  nn_nudge_schedule_set_paused (run.schedule, walking, TRUE);
  nn_nudge_schedule_remove (run.schedule, early);
  g_assert_true (demands->any && demands->before_optimizer);
  g_assert_false (demands->every_example || demands->before_backward);
}

/* ---- landings ---------------------------------------------------------------------- */

static void
test_what_comes_of_it_is_measured_once (void)
{
  g_auto (Run) run;
  const NnLanding *landings;
  gsize n;

  run_init (&run);
  add (run.schedule, "fc1.weight: w + 1 @ every 2 steps");
  apply_due (&run, NN_SECTION_AFTER_STEP, 1); /* not due */
  g_assert_cmpuint (run.n_evaluated, ==, 0);
  apply_due (&run, NN_SECTION_AFTER_STEP, 2);
  g_assert_cmpuint (run.n_evaluated, ==, 2);
  apply_due (&run, NN_SECTION_AFTER_STEP, 4);
  g_assert_cmpuint (run.n_evaluated, ==, 2);
  nn_nudge_schedule_measure_next (run.schedule);
  apply_due (&run, NN_SECTION_AFTER_STEP, 6);
  g_assert_cmpuint (run.n_evaluated, ==, 4);
  assert_first_value (&run, 4);

  landings = nn_nudge_schedule_get_landings (run.schedule, &n);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpuint (landings->n_times, ==, 3);
  g_assert_cmpuint (landings->first, ==, 2);
  g_assert_cmpuint (landings->last, ==, 6);
  g_assert_cmpuint (landings->measured, ==, 6);
  g_assert_cmpfloat (landings->loss_before, ==, 3);
  g_assert_cmpfloat (landings->loss_after, ==, 4);
}

static void
test_a_manual_nudge_lands_at_once (void)
{
  g_auto (Run) run;
  g_autoptr (NnNudge) nudge = nn_nudge_parse ("fc1.weight: 2*w @ by hand", NULL);
  g_autoptr (NnNudge) bad = nn_nudge_parse ("fc1.weight: w/0 @ by hand", NULL);
  const NnLanding *landing;

  run_init (&run);
  landing = nn_nudge_schedule_apply (run.schedule, nudge, 7, 0);
  g_assert_cmpuint (landing->first, ==, 7);
  g_assert_cmpuint (landing->serial, ==, 0);
  g_assert_cmpfloat (landing->loss_after, ==, 2);
  landing = nn_nudge_schedule_apply (run.schedule, bad, 7, 0);
  g_assert_cmpuint (landing->serial, ==, 1);
  g_assert_nonnull (landing->refusal);
  assert_first_value (&run, 2);
}

/* ---- rolling back ------------------------------------------------------------------ */

static void
test_a_failed_step_leaves_no_trace (void)
{
  g_auto (Run) run;
  g_autoptr (NnRandom) undrawn = NULL;
  float drawn, expected;
  gsize n;

  run_init (&run);
  add (run.schedule, "fc1.weight: w + noise @ every step before backward");
  undrawn = nn_random_copy (nn_noise_get_random (run.noise));
  apply_due (&run, NN_SECTION_BEFORE_BACKWARD, 1);
  g_assert_cmpint (run.kind, ==, NN_SECTION_BEFORE_BACKWARD);
  g_assert_cmpfloat (nn_network_get_values (run.network)[0], !=, 1);
  nn_nudge_schedule_roll_back (run.schedule, 1);
  assert_first_value (&run, 1);
  g_assert_cmpuint (nn_nudge_schedule_get (run.schedule, 0)->n_times, ==, 0);
  nn_nudge_schedule_get_landings (run.schedule, &n);
  g_assert_cmpuint (n, ==, 0);
  nn_random_fill_uniform (nn_noise_get_random (run.noise), 0, 1, &drawn, 1);
  nn_random_fill_uniform (undrawn, 0, 1, &expected, 1);
  g_assert_cmpfloat (drawn, ==, expected);
}

/* What was kept in a step that went well is not put back later. */
static void
test_only_the_failed_step_is_rolled_back (void)
{
  g_auto (Run) run;
  const NnLanding *landings;
  gsize n;

  run_init (&run);
  add (run.schedule, "fc1.weight: w + 1 @ every step before backward");
  apply_due (&run, NN_SECTION_BEFORE_BACKWARD, 1);
  nn_nudge_schedule_roll_back (run.schedule, 2);
  assert_first_value (&run, 2);
  apply_due (&run, NN_SECTION_BEFORE_BACKWARD, 2);
  assert_first_value (&run, 3);
  nn_nudge_schedule_roll_back (run.schedule, 2);
  assert_first_value (&run, 2);
  landings = nn_nudge_schedule_get_landings (run.schedule, &n);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpuint (landings->n_times, ==, 1);
  g_assert_cmpuint (landings->last, ==, 1);
}

/* Elsewhere on the run's line a step of the same number may fail without any nudge. */
static void
test_nothing_is_put_back_elsewhere (void)
{
  g_auto (Run) run;
  g_autoptr (NnNudgeSchedule) before = NULL;

  run_init (&run);
  before = nn_nudge_schedule_copy (run.schedule);
  add (run.schedule, "fc1.weight: w + 1 @ every step before backward");
  apply_due (&run, NN_SECTION_BEFORE_BACKWARD, 1);
  nn_nudge_schedule_assign (run.schedule, before);
  nn_nudge_schedule_roll_back (run.schedule, 1);
  assert_first_value (&run, 2);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, test) g_test_add_func ("/nn/nudge-schedule/" name, test)
  ADD ("an-id-stays-with-its-nudge", test_an_id_stays_with_its_nudge);
  ADD ("no-id-is-given-twice", test_no_id_is_given_twice);
  ADD ("demands-are-those-of-what-is-not-paused",
       test_demands_are_those_of_what_is_not_paused);
  ADD ("what-comes-of-it-is-measured-once", test_what_comes_of_it_is_measured_once);
  ADD ("a-manual-nudge-lands-at-once", test_a_manual_nudge_lands_at_once);
  ADD ("a-failed-step-leaves-no-trace", test_a_failed_step_leaves_no_trace);
  ADD ("only-the-failed-step-is-rolled-back", test_only_the_failed_step_is_rolled_back);
  ADD ("nothing-is-put-back-elsewhere", test_nothing_is_put_back_elsewhere);
  return g_test_run ();
}

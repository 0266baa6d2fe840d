/* test-nn-semantics.c - what PyTorch promises of changes between steps, of ours
 *
 * SPDX-License-Identifier: MIT
 *
 * tests/golden/semantics.py asks PyTorch the same. What a section is and which operations
 * save what is in test-nn-grad-mode.c and test-nn-ops.c, what becomes of an optimizer's
 * state in test-nn-optimizer-state.c.
 */

#include <math.h>
#include <string.h>

#include "nn/base/nn-error.h"
#include "nn/io/nn-experiment-demo.h"
#include "nn/nudge/nn-apply.h"
#include "nn/optim/nn-optimizer.h"
#include "nn/run/nn-trainer.h"
#include "nn/tensor/nn-grad-mode.h"
#include "tests/nn/nn-ops.h"

#define COLUMNS  4
#define N_VALUES (3 * 2 + 3 + 2 * 3 + 2) /* of the network 2-3-2 */
#define FC1      (3 * 2 + 3)             /* of its first layer */

/* A network 2-3-2 in the middle of a step. */
typedef struct {
  NnNetwork *network; /* (owned) */
  NnTape *tape;       /* (owned) */
  NnTensor *x;        /* (owned) (2, COLUMNS) */
  NnTensor *loss;     /* (nullable) the tape's, after forward */
} Step;

static void
fill (float *values, gsize n, gsize first)
{
  for (gsize i = 0; i < n; i++)
    values[i] = 0.07f * (float) ((i + first) * 5 % 11) - 0.2f;
}

static void
step_init (Step *self, NnGuard guard)
{
  static const NnLayerSpec layers[] = { { "fc1", 3, NN_ACTIVATION_TANH },
                                        { "fc2", 2, NN_ACTIVATION_IDENTITY } };
  g_autoptr (NnArchitecture) architecture = nn_architecture_new (2, layers, 2);

  self->network = nn_network_new (architecture);
  NN_NO_GRAD ()
  {
    fill (nn_network_write_values (self->network), N_VALUES, 0);
  }
  self->tape = nn_tape_new (guard);
  self->x = nn_tensor_new (2, (const gsize[]){ 2, COLUMNS });
  nn_tensor_set_name (self->x, "the data");
  fill (nn_tensor_write (self->x, NULL), 2 * COLUMNS, 3);
  self->loss = NULL;
}

static void
step_clear (Step *self)
{
  nn_tensor_unref (self->x);
  nn_tape_free (self->tape);
  nn_network_free (self->network);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Step, step_clear)

static NnTensor *
get_weight (const Step *self, gsize layer)
{
  return nn_network_get_parameter (self->network, 2 * layer);
}

static float
forward (Step *self)
{
  nn_tape_rewind (self->tape);
  nn_network_clear_grads (self->network);
  self->loss = nn_network_forward (self->network, self->tape, self->x, NULL);
  self->loss = nn_mean (self->tape, nn_square (self->tape, self->loss));
  return *nn_tensor_get_values (self->loss);
}

static gboolean
backward (Step *self, GError **error)
{
  return nn_tape_backward (self->tape, self->loss, 1, error);
}

/* Changes every value, in a section. */
static void
multiply (NnTensor *tensor, float factor)
{
  NN_NO_GRAD ()
  {
    float *values = nn_tensor_write (tensor, NULL);

    for (gsize i = 0; i < nn_tensor_get_size (tensor); i++)
      values[i] *= factor;
  }
}

/* What comes between a forward and its backward. */
typedef void (*Change) (Step *step);

static void
change_nothing (Step *step)
{
}

static void
change_weight (Step *step)
{
  multiply (get_weight (step, 1), 3);
}

static void
change_weight_twice (Step *step)
{
  change_weight (step);
  change_weight (step);
}

static void
change_without_effect (Step *step)
{
  multiply (get_weight (step, 1), 1);
}

static void
change_first_weight (Step *step)
{
  multiply (get_weight (step, 0), 3);
}

static void
change_data (Step *step)
{
  multiply (step->x, 3);
}

static void
change_row (Step *step)
{
  g_autoptr (NnTensor) row = nn_tensor_row (get_weight (step, 1), 1);

  multiply (row, 3);
}

static void
change_as_one_vector (Step *step)
{
  NN_NO_GRAD ()
  {
    float *values = nn_network_write_values (step->network);

    for (gsize i = 0; i < N_VALUES; i++)
      values[i] *= 3;
  }
}

/* Two of its six elements. */
static void
change_chosen_edges (Step *step)
{
  g_autoptr (NnNudge) nudge = nn_nudge_parse ("fc2.weight[0,1; 1,2]: 3*w + 1", NULL);
  float scratch[N_VALUES];
  const NnNudgeContext context = { .network = step->network, .scratch = scratch };

  g_assert_true (nn_nudge_apply (nudge, &context, NULL, NULL));
}

/* Asks for the loss of other data in the middle of the step. */
static void
evaluate (Step *step)
{
  g_autoptr (NnTape) tape = nn_tape_new (NN_GUARD_CHECK);
  g_autoptr (NnTensor) x = nn_tensor_new (2, (const gsize[]){ 2, COLUMNS });

  NN_NO_GRAD ()
  {
    nn_mean (tape, nn_network_forward (step->network, tape, x, NULL));
  }
}

static gboolean
differentiate (NnGuard guard,
               gboolean data_needs_gradient,
               Change change,
               float *grads,
               GError **error)
{
  g_auto (Step) step;

  step_init (&step, guard);
  nn_tensor_set_requires_grad (step.x, data_needs_gradient);
  forward (&step);
  change (&step);
  if (!backward (&step, error))
    return FALSE;
  memcpy (grads, nn_network_get_grads (step.network), N_VALUES * sizeof (float));
  if (data_needs_gradient)
    memcpy (grads + N_VALUES, nn_tensor_get_values (nn_tensor_get_grad (step.x)),
            2 * COLUMNS * sizeof (float));
  return TRUE;
}

/* Checks that the guard "check" refuses a change, naming what was changed, and that
 * under the shield all gradients are those of the step without it. */
static void
check_stale (Change change, gboolean data_needs_gradient, const char *name)
{
  float plain[N_VALUES + 2 * COLUMNS] = { 0 };
  float grads[N_VALUES + 2 * COLUMNS] = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_false (
      differentiate (NN_GUARD_CHECK, data_needs_gradient, change, grads, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_STALE);
  g_assert_nonnull (strstr (error->message, name));

  g_assert_true (
      differentiate (NN_GUARD_SHIELD, data_needs_gradient, change_nothing, plain, NULL));
  g_assert_true (
      differentiate (NN_GUARD_SHIELD, data_needs_gradient, change, grads, NULL));
  for (gsize i = 0; i < FC1; i++)
    g_assert_cmpfloat (plain[i], !=, 0.0f);
  g_assert_cmpmem (grads, sizeof grads, plain, sizeof plain);
}

/* ---- the mode ---------------------------------------------------------------------- */

static void
test_made_inside_may_require_a_gradient (void)
{
  g_autoptr (NnTape) tape = nn_tape_new (NN_GUARD_CHECK);
  g_autoptr (NnTensor) w = NULL;

  NN_NO_GRAD ()
  {
    w = nn_tensor_new (1, (const gsize[]){ 2 });
    nn_tensor_set_requires_grad (w, TRUE);
  }
  g_assert_true (nn_tensor_get_requires_grad (w));
  g_assert_true (nn_tensor_get_requires_grad (nn_square (tape, w)));
}

static gpointer
take_a_step (gpointer data)
{
  g_auto (Step) step;
  NnTensor *weight;

  step_init (&step, NN_GUARD_CHECK);
  weight = get_weight (&step, 1);
  forward (&step);
  g_assert_true (nn_tensor_get_requires_grad (step.loss));
  g_assert_null (nn_tensor_write (weight, NULL));
  g_assert_true (backward (&step, NULL));
  return GINT_TO_POINTER (nn_tensor_get_grad (weight) != NULL);
}

static void
test_section_leaves_other_threads_recording (void)
{
  NN_NO_GRAD ()
  {
    GThread *other = g_thread_new ("other", take_a_step, NULL);

    g_assert_true (GPOINTER_TO_INT (g_thread_join (other)));
    g_assert_false (nn_grad_mode_is_enabled ());
  }
}

/* A plan made without recording is no excuse for not recording, nor one made before a
 * layer was frozen for going on. */
static void
test_replayed_step_follows_the_mode_and_the_flags (void)
{
  g_auto (Step) step;
  NnTensor *weight;
  float loss = NAN;

  step_init (&step, NN_GUARD_CHECK);
  weight = get_weight (&step, 1);
  NN_NO_GRAD ()
  {
    loss = forward (&step);
    g_assert_cmpuint (nn_tape_get_length (step.tape), ==, 0);
  }
  g_assert_cmpfloat (forward (&step), ==, loss);
  g_assert_cmpuint (nn_tape_get_length (step.tape), >, 0);
  g_assert_true (backward (&step, NULL));
  g_assert_nonnull (nn_tensor_get_grad (weight));

  nn_tensor_set_requires_grad (weight, FALSE);
  g_assert_cmpfloat (forward (&step), ==, loss);
  g_assert_true (backward (&step, NULL));
  g_assert_null (nn_tensor_get_grad (weight));
  g_assert_nonnull (nn_tensor_get_grad (get_weight (&step, 0)));
}

/* ---- changes in place -------------------------------------------------------------- */

static void
test_view_of_a_parameter_is_refused (void)
{
  g_auto (Step) step;
  g_autoptr (NnTensor) row = NULL;
  g_autoptr (NnTensor) row_made_inside = NULL;
  g_autoptr (GError) error = NULL;
  NnTensor *weight;
  guint version;

  step_init (&step, NN_GUARD_CHECK);
  weight = get_weight (&step, 1);
  version = nn_tensor_get_version (weight);
  row = nn_tensor_row (weight, 0);
  g_assert_null (nn_tensor_write (row, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_GRAD_MODE);
  g_assert_nonnull (strstr (error->message, "a view of fc2.weight"));

  NN_NO_GRAD ()
  {
    row_made_inside = nn_tensor_row (weight, 0);
    g_assert_nonnull (nn_tensor_write (row_made_inside, NULL));
  }
  g_assert_null (nn_tensor_write (row_made_inside, NULL));
  g_assert_cmpuint (nn_tensor_get_version (weight), ==, version + 1);
}

static void
test_view_changes_its_base (void)
{
  g_autoptr (NnTensor) base = nn_tensor_new (2, (const gsize[]){ 2, 3 });
  g_autoptr (NnTensor) row = nn_tensor_row (base, 1);
  const float expected[] = { 0, 0, 0, 7, 0, 0 };

  nn_tensor_write (row, NULL)[0] = 7;
  g_assert_cmpmem (nn_tensor_get_values (base), 6 * sizeof (float), expected,
                   sizeof expected);
  g_assert_cmpuint (nn_tensor_get_version (base), ==, 1);
}

static void
test_nudge_keeps_what_its_target_is (void)
{
  g_autoptr (NnNudge) nudge = nn_nudge_parse ("fc1.weight: 2", NULL);
  g_auto (Step) step;
  float scratch[N_VALUES];
  NnTensor *weight;
  const float *values;

  step_init (&step, NN_GUARD_CHECK);
  weight = get_weight (&step, 0);
  values = nn_tensor_get_values (weight);
  g_assert_true (nn_nudge_apply (
      nudge, &(NnNudgeContext){ .network = step.network, .scratch = scratch }, NULL,
      NULL));
  g_assert_true (nn_tensor_get_values (weight) == values);
  g_assert_cmpuint (nn_tensor_get_shape (weight)[0], ==, 3);
  g_assert_cmpuint (nn_tensor_get_shape (weight)[1], ==, 2);
  g_assert_true (nn_tensor_get_requires_grad (weight));
  g_assert_true (nn_tensor_is_leaf (weight));
  for (gsize i = 0; i < 6; i++)
    g_assert_cmpfloat (values[i], ==, 2.0f);
}

/* PyTorch would store it. */
static void
test_nudge_that_is_not_finite_is_refused_whole (void)
{
  g_autoptr (NnNudge) nudge = nn_nudge_parse ("*: 1/(w - 0.15)", NULL);
  g_autoptr (GError) error = NULL;
  g_auto (Step) step;
  float scratch[N_VALUES], before[N_VALUES];
  guint version;

  step_init (&step, NN_GUARD_CHECK);
  NN_NO_GRAD ()
  {
    nn_network_write_values (step.network)[N_VALUES - 1] = 0.15f;
  }
  memcpy (before, nn_network_get_values (step.network), sizeof before);
  version = nn_tensor_get_version (get_weight (&step, 0));
  g_assert_false (nn_nudge_apply (
      nudge, &(NnNudgeContext){ .network = step.network, .scratch = scratch }, NULL,
      &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_NOT_FINITE);
  g_assert_nonnull (strstr (error->message, "fc2.bias [1]"));
  g_assert_cmpmem (nn_network_get_values (step.network), sizeof before, before,
                   sizeof before);
  g_assert_cmpuint (nn_tensor_get_version (get_weight (&step, 0)), ==, version);
}

/* PyTorch's state_dict would follow the weights. */
static void
test_saved_state_is_a_copy (void)
{
  g_autoptr (NnExperiment) experiment = nn_experiment_new_demo ("seed-nudged", NULL);
  g_autoptr (NnTrainer) trainer = nn_trainer_new (experiment, NULL);
  const float *values = nn_network_get_values (nn_trainer_get_network (trainer));
  const gsize size = experiment->architecture->n_values * sizeof (float);
  g_autoptr (NnTrainerState) state = nn_trainer_save (trainer);
  g_autofree float *before = g_memdup2 (values, size);

  g_assert_true (nn_trainer_step (trainer, NULL));
  g_assert_true (memcmp (values, before, size) != 0);
  nn_trainer_restore (trainer, state);
  g_assert_cmpmem (nn_network_get_values (nn_trainer_get_network (trainer)), size, before,
                   size);
}

/* ---- where a change may land ------------------------------------------------------- */

static void
test_change_of_a_saved_weight (void)
{
  check_stale (change_weight, FALSE, "fc2.weight");
}

static void
test_several_changes_of_a_saved_weight (void)
{
  check_stale (change_weight_twice, FALSE, "fc2.weight");
}

static void
test_change_without_effect_is_a_change (void)
{
  check_stale (change_without_effect, FALSE, "fc2.weight");
}

static void
test_change_of_a_view (void)
{
  check_stale (change_row, FALSE, "fc2.weight");
}

static void
test_change_of_saved_data (void)
{
  check_stale (change_data, FALSE, "the data");
}

static void
test_change_of_the_first_weight_if_data_need_a_gradient (void)
{
  check_stale (change_first_weight, TRUE, "fc1.weight");
}

static void
test_change_as_one_vector (void)
{
  check_stale (change_as_one_vector, FALSE, "fc2.weight");
}

static void
test_change_of_chosen_edges (void)
{
  check_stale (change_chosen_edges, FALSE, "fc2.weight");
}

static void
test_evaluating_in_between_changes_nothing (void)
{
  float plain[N_VALUES], grads[N_VALUES];

  for (NnGuard guard = 0; guard < NN_N_GUARDS; guard++) {
    g_assert_true (differentiate (guard, FALSE, change_nothing, plain, NULL));
    g_assert_true (differentiate (guard, FALSE, evaluate, grads, NULL));
    g_assert_cmpmem (grads, sizeof grads, plain, sizeof plain);
  }
}

/* What the tape kept for one step is not what the next one sees. */
static void
test_shield_ends_with_the_step (void)
{
  g_auto (Step) shielded, fresh;

  step_init (&shielded, NN_GUARD_SHIELD);
  step_init (&fresh, NN_GUARD_CHECK);
  for (int i = 0; i < 3; i++) {
    forward (&shielded);
    change_weight (&shielded);
    change_data (&shielded);
    g_assert_true (backward (&shielded, NULL));
    change_weight (&fresh);
    change_data (&fresh);
  }
  g_assert_cmpfloat (forward (&shielded), ==, forward (&fresh));
  g_assert_true (backward (&shielded, NULL));
  g_assert_true (backward (&fresh, NULL));
  g_assert_cmpmem (nn_network_get_grads (shielded.network), N_VALUES * sizeof (float),
                   nn_network_get_grads (fresh.network), N_VALUES * sizeof (float));
}

/* Nothing is stale any more, and the step takes the old gradient to the new weight. */
static void
test_change_after_backward_is_clean (void)
{
  NnOptimizerSettings settings = nn_optimizer_get_default (NN_OPTIMIZER_SGD);
  g_autoptr (NnOptimizer) optimizer = NULL;
  g_auto (Step) step;
  float values[N_VALUES];
  const float *grads;

  settings.lr = 0.5;
  step_init (&step, NN_GUARD_CHECK);
  optimizer = nn_optimizer_new (step.network, &settings);
  forward (&step);
  g_assert_true (backward (&step, NULL));
  change_as_one_vector (&step);
  memcpy (values, nn_network_get_values (step.network), sizeof values);
  nn_optimizer_step (optimizer);
  grads = nn_network_get_grads (step.network);
  for (gsize i = 0; i < N_VALUES; i++)
    g_assert_cmpfloat (nn_network_get_values (step.network)[i], ==,
                       values[i] - 0.5f * grads[i]);
}

static void
test_second_backward_needs_a_second_forward (void)
{
  g_auto (Step) step;
  float grads[N_VALUES];

  step_init (&step, NN_GUARD_SHIELD);
  forward (&step);
  g_assert_true (backward (&step, NULL));
  memcpy (grads, nn_network_get_grads (step.network), sizeof grads);
  g_test_expect_message (NULL, G_LOG_LEVEL_CRITICAL, "*nn_tape_backward*");
  g_assert_false (backward (&step, NULL));
  g_test_assert_expected_messages ();
  g_assert_cmpmem (nn_network_get_grads (step.network), sizeof grads, grads,
                   sizeof grads);

  forward (&step);
  g_assert_true (backward (&step, NULL));
  g_assert_cmpmem (nn_network_get_grads (step.network), sizeof grads, grads,
                   sizeof grads);
}

static void
test_change_keeps_the_gradient (void)
{
  g_auto (Step) step;
  float grads[N_VALUES];

  step_init (&step, NN_GUARD_CHECK);
  forward (&step);
  g_assert_true (backward (&step, NULL));
  memcpy (grads, nn_network_get_grads (step.network), sizeof grads);
  change_as_one_vector (&step);
  multiply (get_weight (&step, 0), 0);
  g_assert_nonnull (nn_tensor_get_grad (get_weight (&step, 0)));
  g_assert_cmpmem (nn_network_get_grads (step.network), sizeof grads, grads,
                   sizeof grads);
}

static void
train (Step *step, NnOptimizer *optimizer, int n_steps)
{
  for (int i = 0; i < n_steps; i++) {
    forward (step);
    g_assert_true (backward (step, NULL));
    nn_optimizer_step (optimizer);
  }
}

static void
test_frozen_layer_keeps_its_bytes (void)
{
  NnOptimizerSettings settings = nn_optimizer_get_default (NN_OPTIMIZER_SGD);
  g_autoptr (NnOptimizer) optimizer = NULL;
  g_auto (Step) step;
  float before[N_VALUES];
  const float *after;

  settings.momentum = 0.9;
  settings.weight_decay = 0.1;
  settings.lr = 0.01;
  step_init (&step, NN_GUARD_CHECK);
  optimizer = nn_optimizer_new (step.network, &settings);
  train (&step, optimizer, 3);
  for (gsize i = 0; i < 2; i++)
    nn_tensor_set_requires_grad (nn_network_get_parameter (step.network, i), FALSE);
  memcpy (before, nn_network_get_values (step.network), sizeof before);
  train (&step, optimizer, 3);
  after = nn_network_get_values (step.network);
  g_assert_cmpmem (after, FC1 * sizeof (float), before, FC1 * sizeof (float));
  for (gsize i = FC1; i < N_VALUES; i++)
    g_assert_cmpfloat (after[i], !=, before[i]);
}

typedef struct {
  const char *statement;
  GTestFunc test;
} Statement;

static const Statement statements[] = {
  { "mode/made-inside-may-require-a-gradient", test_made_inside_may_require_a_gradient },
  { "mode/section-leaves-other-threads-recording",
    test_section_leaves_other_threads_recording },
  { "mode/replayed-step-follows-the-mode-and-the-flags",
    test_replayed_step_follows_the_mode_and_the_flags },
  { "in-place/view-of-a-parameter-is-refused", test_view_of_a_parameter_is_refused },
  { "in-place/view-changes-its-base", test_view_changes_its_base },
  { "in-place/nudge-keeps-what-its-target-is", test_nudge_keeps_what_its_target_is },
  { "in-place/nudge-that-is-not-finite-is-refused-whole",
    test_nudge_that_is_not_finite_is_refused_whole },
  { "in-place/saved-state-is-a-copy", test_saved_state_is_a_copy },
  { "stale-or-shielded/saved-weight", test_change_of_a_saved_weight },
  { "stale-or-shielded/several-changes", test_several_changes_of_a_saved_weight },
  { "stale-or-shielded/change-without-effect", test_change_without_effect_is_a_change },
  { "stale-or-shielded/change-of-a-view", test_change_of_a_view },
  { "stale-or-shielded/saved-data", test_change_of_saved_data },
  { "stale-or-shielded/first-weight-if-data-need-a-gradient",
    test_change_of_the_first_weight_if_data_need_a_gradient },
  { "stale-or-shielded/change-as-one-vector", test_change_as_one_vector },
  { "stale-or-shielded/change-of-chosen-edges", test_change_of_chosen_edges },
  { "landing/evaluating-in-between-changes-nothing",
    test_evaluating_in_between_changes_nothing },
  { "landing/shield-ends-with-the-step", test_shield_ends_with_the_step },
  { "landing/change-after-backward-is-clean", test_change_after_backward_is_clean },
  { "landing/second-backward-needs-a-second-forward",
    test_second_backward_needs_a_second_forward },
  { "state/change-keeps-the-gradient", test_change_keeps_the_gradient },
  { "state/frozen-layer-keeps-its-bytes", test_frozen_layer_keeps_its_bytes },
};

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (statements); i++) {
    g_autofree char *path = g_strconcat ("/nn/semantics/", statements[i].statement, NULL);

    g_test_add_func (path, statements[i].test);
  }
  return g_test_run ();
}

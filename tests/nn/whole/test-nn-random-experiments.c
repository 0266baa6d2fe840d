/* test-nn-random-experiments.c - what nudges do and leave alone in runs that a seed makes up
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/session/nn-frame-of-run.h"
#include "nn/whatif/nn-trial.h"
#include "random-runs.h"
#include "tests/nn/small-trainer.h"

/* ---- runs -------------------------------------------------------------------------- */

static void
stand (NnTrainer *trainer, NnNudge *nudge, gsize index)
{
  small_trainer_do (trainer,
                    &(NnEvent){ .kind = NN_EVENT_STAND, .nudge = nudge, .index = index });
}

static void
stand_new (RandomExperiment *random, NnTrainer *trainer, RandomLimits limits)
{
  g_autoptr (NnNudge) nudge = random_nudge (random, limits);

  stand (trainer, nudge, G_MAXSIZE);
}

static gsize
count_standing (NnTrainer *trainer)
{
  g_autoptr (NnFrame) frame = nn_frame_of_trainer (trainer);

  return frame->n_standing;
}

/* Whether the next step walks its batch: then it computes as many losses and gradients
 * as there are examples, and their sums are not those of the batch as one. */
static gboolean
walks (NnTrainer *trainer)
{
  g_autoptr (NnFrame) frame = nn_frame_of_trainer (trainer);

  for (gsize i = 0; i < frame->n_standing; i++)
    if (!frame->standing[i].paused &&
        frame->standing[i].nudge->time.when == NN_WHEN_EVERY_EXAMPLE)
      return TRUE;
  return FALSE;
}

/* What cannot be seen decides what comes: the same run goes on elsewhere for a few steps,
 * and a nudge draws from its stream. */
static GBytes *
copy_future (const RandomExperiment *random, NnTrainer *trainer)
{
  g_autoptr (NnTrainer) other = random_trainer (random);
  NnTrainerState *state = nn_trainer_save (trainer);
  g_autoptr (NnNudge) draw = nn_nudge_parse ("*: w + 0.01*noise", NULL);

  nn_trainer_restore (other, state);
  nn_trainer_state_free (state);
  small_trainer_nudge (other, draw);
  for (int i = 0; i < 3; i++)
    nn_trainer_step (other, NULL);
  return random_copy_state (other);
}

/* ---- nudges without effect --------------------------------------------------------- */

/* Each gives every float32 number back to the bit, −0 and subnormals too. */
static const char *const without_effect[] = {
  "w",   "w*1", "w/1",       "w - 0",         "w + 0*w",       "-(-w)",
  "w^1", "+w",  "max(w, w)", "w + -0*abs(w)", "1 > 0 ? w : g", "i >= 0 ? w : 0",
};

static NnNudge *
new_without_effect (RandomExperiment *random, RandomLimits limits)
{
  g_autofree char *target = random_target (random);
  const char *function =
      without_effect[random_below (random, G_N_ELEMENTS (without_effect))];

  return random_nudge_of (random, target, function, limits | RANDOM_KEEPS_MEMORY);
}

/* Beside others or alone, standing or manual, and wherever in the step. */
static void
test_nudges_without_effect_change_no_bit (RandomExperiment *random)
{
  g_autoptr (NnTrainer) trainer = random_trainer (random);
  g_autoptr (NnTrainer) nudged = random_trainer (random);
  const guint n_others = random_below (random, 3);
  RandomLimits limits = RANDOM_ANYTHING;

  for (guint i = 0; i < n_others; i++) {
    g_autoptr (NnNudge) other = random_nudge (random, RANDOM_ANYTHING);

    stand (trainer, other, G_MAXSIZE);
    stand (nudged, other, G_MAXSIZE);
  }
  if (random->experiment->guard == NN_GUARD_CHECK)
    limits |=
        RANDOM_IN_SECTION; /* what changes nothing counts as a change all the same */
  if (!walks (trainer))
    limits |= RANDOM_NO_EXAMPLES;
  for (guint i = 0; i < 3; i++) {
    g_autoptr (NnNudge) nudge = new_without_effect (random, limits);

    stand (nudged, nudge, random_below (random, n_others + i + 1));
  }
  for (guint k = 0; k < RANDOM_STEPS && random_step_both (trainer, nudged); k++) {
    g_autoptr (NnNudge) nudge = new_without_effect (random, limits);

    small_trainer_assert_same (trainer, nudged);
    if (random_chance (random, 0.5))
      small_trainer_nudge (nudged, nudge);
  }
}

/* ---- what a nudge leaves alone ----------------------------------------------------- */

static void
assert_only_target_changed (const NnTarget *target,
                            NnTrainer *trainer,
                            const float *before)
{
  const NnNetwork *network = nn_trainer_get_network (trainer);
  const NnArchitecture *architecture = nn_network_get_architecture (network);
  const float *after = nn_network_get_values (network);

  for (gsize i = 0; i < architecture->n_parameters; i++) {
    const NnParameterShape *shape = &architecture->parameters[i];

    for (gsize k = 0; k < shape->n_values; k++) {
      const gsize position = shape->offset + k;

      if (!random_target_has (target, architecture, i, k))
        g_assert_cmpmem (&after[position], sizeof (float), &before[position],
                         sizeof (float));
    }
  }
}

static float *
copy_values (NnTrainer *trainer)
{
  const NnNetwork *network = nn_trainer_get_network (trainer);

  return g_memdup2 (nn_network_get_values (network),
                    nn_network_get_architecture (network)->n_values * sizeof (float));
}

static GBytes *
copy_memory (NnTrainer *trainer)
{
  const NnOptimizer *optimizer = nn_trainer_get_optimizer (trainer);
  const gsize size = nn_optimizer_get_state_size (optimizer);
  void *bytes = g_malloc (size);

  nn_optimizer_save_state (optimizer, bytes);
  return g_bytes_new_take (bytes, size);
}

static const NnLanding *
get_newest_landing (NnTrainer *trainer)
{
  gsize n;
  const NnLanding *landings = nn_trainer_get_landings (trainer, &n);

  g_assert_cmpuint (n, >, 0);
  return &landings[n - 1];
}

/* Weights that are not in the target, gradients, and, unless the nudge says otherwise, the
 * optimizer's memory. */
static void
test_nudges_touch_nothing_but_their_target (RandomExperiment *random)
{
  g_autoptr (NnTrainer) trainer = random_trainer (random);

  for (guint k = 0; k < RANDOM_STEPS; k++) {
    g_autoptr (NnNudge) nudge = random_nudge (random, RANDOM_ANYTHING);
    g_autofree float *values = copy_values (trainer);
    g_autoptr (GBytes) memory = copy_memory (trainer);
    g_autoptr (GArray) grads = small_trainer_copy_grads (trainer);
    g_autoptr (GBytes) memory_after = NULL;
    g_autoptr (GArray) grads_after = NULL;

    small_trainer_nudge (trainer, nudge);
    assert_only_target_changed (&nudge->target, trainer, values);
    grads_after = small_trainer_copy_grads (trainer);
    g_assert_cmpmem (grads_after->data, grads_after->len * sizeof (float), grads->data,
                     grads->len * sizeof (float));
    memory_after = copy_memory (trainer);
    if (nudge->memory == NN_MEMORY_KEEP || get_newest_landing (trainer)->refusal)
      random_assert_same_bytes (memory_after, memory);
    if (!nn_trainer_step (trainer, NULL))
      break;
  }
}

/* The section after a step, and the one within it: nothing in them is recorded, and
 * nothing but weights changes. */
static void
test_sections_keep_gradients_and_memory (RandomExperiment *random)
{
  g_autoptr (NnTrainer) trainer = random_trainer (random);
  guint n_sections = 0;

  for (guint i = 0; i < 3; i++)
    stand_new (random, trainer, RANDOM_KEEPS_MEMORY);
  while (n_sections < RANDOM_STEPS) {
    const NnPhase phase = nn_trainer_get_phase (trainer);
    g_autoptr (GBytes) memory = copy_memory (trainer);
    g_autoptr (GArray) grads = small_trainer_copy_grads (trainer);
    g_autoptr (GBytes) memory_after = NULL;
    g_autoptr (GArray) grads_after = NULL;

    if (!nn_trainer_advance (trainer, NULL))
      break;
    memory_after = copy_memory (trainer);
    grads_after = small_trainer_copy_grads (trainer);
    if (phase != NN_PHASE_OPTIMIZER)
      random_assert_same_bytes (memory_after, memory);
    if (phase == NN_PHASE_BEFORE_BACKWARD || phase == NN_PHASE_OPTIMIZER ||
        phase == NN_PHASE_SECTION)
      g_assert_cmpmem (grads_after->data, grads_after->len * sizeof (float), grads->data,
                       grads->len * sizeof (float));
    n_sections += phase == NN_PHASE_SECTION;
  }
}

/* A copy, not a view: neither a frame nor a saved state follows the run. */
static void
test_snapshots_are_copies (RandomExperiment *random)
{
  g_autoptr (NnTrainer) trainer = random_trainer (random);
  g_autoptr (NnFrame) frame = NULL;
  g_autofree float *values = NULL;
  g_autoptr (NnTrainer) other = random_trainer (random);
  NnTrainerState *state;
  gsize size;

  stand_new (random, trainer, RANDOM_ANYTHING);
  for (guint k = 0; k < 3; k++)
    nn_trainer_step (trainer, NULL);
  frame = nn_frame_of_trainer (trainer);
  state = nn_trainer_save (trainer);
  values = copy_values (trainer);
  size = frame->architecture->n_values * sizeof (float);
  for (guint k = 0; k < 4; k++) {
    g_autoptr (NnNudge) nudge = random_nudge (random, RANDOM_ANYTHING);

    small_trainer_nudge (trainer, nudge);
    nn_trainer_step (trainer, NULL);
  }
  g_assert_cmpmem (frame->values, size, values, size);
  nn_trainer_restore (other, state);
  nn_trainer_state_free (state);
  g_assert_cmpmem (nn_network_get_values (nn_trainer_get_network (other)), size, values,
                   size);
}

/* ---- what if ----------------------------------------------------------------------- */

/* What a preview shows is what lands then, and to compute it changes nothing. */
static void
test_previews_are_what_lands (RandomExperiment *random)
{
  g_autoptr (NnTrainer) trainer = random_trainer (random);
  g_autoptr (NnTrial) trial = nn_trial_new (trainer);
  const gsize size = random->experiment->architecture->n_values * sizeof (float);

  stand_new (random, trainer, RANDOM_ANYTHING);
  for (guint k = 0; k < 4; k++) {
    g_autoptr (NnNudge) nudge = random_nudge (random, RANDOM_ANYTHING);
    g_autoptr (GBytes) before = random_copy_state (trainer);
    g_autoptr (GBytes) ahead = copy_future (random, trainer);
    g_autoptr (GBytes) after = NULL;
    g_autoptr (GBytes) ahead_after = NULL;
    const NnLanding *landing;
    g_autoptr (NnPreview) preview = NULL;

    nn_trial_begin (trial);
    preview = nn_trial_preview (trial, nudge);
    after = random_copy_state (trainer);
    random_assert_same_bytes (after, before);
    ahead_after = copy_future (random, trainer);
    random_assert_same_bytes (ahead_after, ahead);

    small_trainer_nudge (trainer, nudge);
    landing = get_newest_landing (trainer);
    g_assert_cmpstr (preview->refusal, ==, landing->refusal);
    g_assert_cmpmem (preview->values, size,
                     nn_network_get_values (nn_trainer_get_network (trainer)), size);
    if (landing->refusal == NULL)
      g_assert_cmpmem (&preview->loss, sizeof preview->loss, &landing->loss_after,
                       sizeof landing->loss_after);
    if (!nn_trainer_step (trainer, NULL))
      break;
  }
}

/* ---- refusals ---------------------------------------------------------------------- */

/* Each comes to something that is not finite, most after it has drawn. */
static const char *const refused[] = {
  "noise/(w - w)",
  "w + rand*1e38*1e38",
  "shuffled/0",
  "sqrt(-1 - abs(w))",
  "log(-1 - abs(fresh))",
  "exp(1000 + rand)",
  "(noise - noise)/(w - w)",
  "w + (rand < 2 ? 1/(w - w) : 0)",
};

static void
test_refused_nudges_change_nothing (RandomExperiment *random)
{
  g_autoptr (NnTrainer) trainer = random_trainer (random);

  for (guint k = 0; k < 4; k++) {
    g_autofree char *target = random_target (random);
    g_autoptr (NnNudge) nudge = random_nudge_of (
        random, target, refused[random_below (random, G_N_ELEMENTS (refused))],
        RANDOM_ANYTHING);
    g_autoptr (GBytes) before = random_copy_state (trainer);
    g_autoptr (GBytes) ahead = copy_future (random, trainer);
    g_autoptr (GBytes) after = NULL;
    g_autoptr (GBytes) ahead_after = NULL;

    small_trainer_nudge (trainer, nudge);
    g_assert_nonnull (get_newest_landing (trainer)->refusal);
    after = random_copy_state (trainer);
    random_assert_same_bytes (after, before);
    ahead_after = copy_future (random, trainer);
    random_assert_same_bytes (ahead_after, ahead);
    if (!nn_trainer_step (trainer, NULL))
      break;
  }
}

/* So does a step that the guard refuses, whatever its nudges had done until then. */
static void
test_refused_steps_change_nothing (RandomExperiment *random)
{
  g_autoptr (NnTrainer) trainer = random_trainer (random);
  gsize n_weights;

  small_trainer_do (trainer,
                    &(NnEvent){ .kind = NN_EVENT_GUARD, .guard = NN_GUARD_CHECK });
  for (guint i = 0; i < 3; i++)
    stand_new (random, trainer, RANDOM_ANYTHING);
  n_weights = random->experiment->architecture->n_values * sizeof (float);
  for (guint k = 0; k < RANDOM_STEPS; k++) {
    g_autofree float *values = copy_values (trainer);
    g_autoptr (GBytes) run = small_trainer_copy_run (trainer);
    NnTrainerState *state = nn_trainer_save (trainer);
    g_autoptr (NnTrainer) other = NULL;

    if (nn_trainer_step (trainer, NULL)) {
      nn_trainer_state_free (state);
      continue;
    }
    g_assert_cmpmem (nn_network_get_values (nn_trainer_get_network (trainer)), n_weights,
                     values, n_weights);
    other = random_trainer (random);
    nn_trainer_restore (other, state);
    nn_trainer_state_free (state);
    while (count_standing (trainer) > 0) {
      small_trainer_remove_first (trainer);
      small_trainer_remove_first (other);
    }
    {
      g_autoptr (GBytes) run_after = small_trainer_copy_run (trainer);
      g_autoptr (NnNudge) draw = nn_nudge_parse ("*: w + 0.01*noise", NULL);

      random_assert_same_bytes (run_after, run);
      small_trainer_nudge (trainer, draw);
      small_trainer_nudge (other, draw);
    }
    if (random_step_both (trainer, other))
      small_trainer_assert_same (trainer, other);
    return;
  }
}

/* ---- the shield -------------------------------------------------------------------- */

/* The same step, of the same run, with what is due between forward and backward and
 * without any nudge at all: the same gradients, bit for bit. */
static void
test_shielded_gradients_are_those_without_nudges (RandomExperiment *random)
{
  g_autoptr (NnTrainer) trainer = random_trainer (random);
  g_autoptr (NnTrainer) plain = random_trainer (random);

  small_trainer_do (trainer,
                    &(NnEvent){ .kind = NN_EVENT_GUARD, .guard = NN_GUARD_SHIELD });
  for (guint i = 0; i < 3; i++) {
    g_autofree char *target = random_target (random);
    g_autofree char *function = random_function (random, RANDOM_ANYTHING);
    const NnNudgeSpec spec = { .target = target,
                               .expression = function,
                               .time.when = NN_WHEN_EVERY_STEPS,
                               .time.interval = 1 + i,
                               .time.before_backward = TRUE,
                               .memory = random_below (random, 3) };
    g_autoptr (NnNudge) nudge = nn_nudge_make (&spec, NULL);

    stand (trainer, nudge, G_MAXSIZE);
  }
  stand_new (random, trainer, RANDOM_IN_SECTION);
  for (guint k = 0; k < RANDOM_STEPS; k++) {
    NnTrainerState *state = nn_trainer_save (trainer);
    g_autoptr (GArray) grads = NULL;
    g_autoptr (GArray) plain_grads = NULL;

    nn_trainer_restore (plain, state);
    nn_trainer_state_free (state);
    while (count_standing (plain) > 0)
      small_trainer_remove_first (plain);
    if (!random_step_both (trainer, plain))
      break;
    grads = small_trainer_copy_grads (trainer);
    plain_grads = small_trainer_copy_grads (plain);
    g_assert_cmpmem (grads->data, grads->len * sizeof (float), plain_grads->data,
                     plain_grads->len * sizeof (float));
  }
}

/* ---- pins -------------------------------------------------------------------------- */

static void
assert_pinned (const NnTarget *target, NnTrainer *trainer, const float *pinned)
{
  const NnNetwork *network = nn_trainer_get_network (trainer);
  const NnArchitecture *architecture = nn_network_get_architecture (network);
  const float *values = nn_network_get_values (network);

  for (gsize i = 0; i < architecture->n_parameters; i++) {
    const NnParameterShape *shape = &architecture->parameters[i];

    for (gsize k = 0; k < shape->n_values; k++)
      if (random_target_has (target, architecture, i, k))
        g_assert_cmpmem (&values[shape->offset + k], sizeof (float),
                         &pinned[shape->offset + k], sizeof (float));
  }
}

/* Whatever the optimizer does, and other nudges of the section before it in the list. */
static void
test_pinned_weights_keep_their_bits (RandomExperiment *random)
{
  g_autoptr (NnTrainer) trainer = random_trainer (random);
  g_autofree float *pinned = copy_values (trainer);
  g_autofree char *target = random_target (random);
  g_autofree char *text = g_strconcat (target, ": before", NULL);
  g_autoptr (NnNudge) pin = nn_nudge_parse (text, NULL);

  stand_new (random, trainer, RANDOM_IN_SECTION);
  stand (trainer, pin, G_MAXSIZE);
  for (guint k = 0; k < RANDOM_STEPS && nn_trainer_step (trainer, NULL); k++)
    assert_pinned (&pin->target, trainer, pinned);
}

/* ---- all of it --------------------------------------------------------------------- */

static const RandomProperty properties[] = {
  { "nudges-without-effect-change-no-bit", test_nudges_without_effect_change_no_bit },
  { "nudges-touch-nothing-but-their-target", test_nudges_touch_nothing_but_their_target },
  { "sections-keep-gradients-and-memory", test_sections_keep_gradients_and_memory },
  { "snapshots-are-copies", test_snapshots_are_copies },
  { "previews-are-what-lands", test_previews_are_what_lands },
  { "refused-nudges-change-nothing", test_refused_nudges_change_nothing },
  { "refused-steps-change-nothing", test_refused_steps_change_nothing },
  { "shielded-gradients-are-those-without-nudges",
    test_shielded_gradients_are_those_without_nudges },
  { "pinned-weights-keep-their-bits", test_pinned_weights_keep_their_bits },
};

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  return random_try ("/nn/random-experiments", properties, G_N_ELEMENTS (properties));
}

/* test-nudge-words.c - the window's sentences say what happened, and only that
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/text/nudge-words.h"

#include <math.h>

#include "ui/text/nudge-edit-words.h"
#include "ui/text/nudge-landing-words.h"
#include "ui/text/nudge-nudge-words.h"
#include "ui/text/nudge-setting-words.h"

static const NnLayerSpec layers[] = { { "fc1", 2, NN_ACTIVATION_RELU } };

static NnNudge *
nudge (const char *text)
{
  g_autoptr (GError) error = NULL;
  NnNudge *self = nn_nudge_parse (text, &error);

  g_assert_no_error (error);
  return self;
}

static NnFrame *
frame_with_landings (const NnLanding *landings, gsize n_landings)
{
  NnArchitecture *architecture = nn_architecture_new (1, layers, G_N_ELEMENTS (layers));
  NnFrame *frame = nn_frame_new (architecture, &(NnProbesShape){ 0 });

  nn_architecture_unref (architecture);
  frame->landings = g_new0 (NnLanding, n_landings);
  frame->n_landings = n_landings;
  for (gsize i = 0; i < n_landings; i++)
    nn_landing_copy (&frame->landings[i], &landings[i]);
  return frame;
}

static void
test_landing_names_place_and_change (void)
{
  g_autoptr (NnNudge) grow = nudge ("fc2.weight: w + a*w @ by hand a=0.001");
  NnLanding landing = { .nudge = grow,
                        .first = 1204,
                        .last = 1204,
                        .n_times = 1,
                        .loss_before = 0.0211,
                        .loss_after = 0.0187 };
  g_autofree char *sentence = nudge_words_for_landing (&landing);

  g_assert_true (g_str_has_prefix (sentence,
                                   "fc2.weight: w + a·w, a = 0.001 applied after step "
                                   "1204, before the forward of 1205: loss 0.0211"));
  g_assert_nonnull (strstr (sentence, " → 0.0187"));
  g_assert_nonnull (strstr (sentence, "(ΔL\u00a0−0.0024"));
}

static void
test_rising_loss_has_a_plus (void)
{
  g_autoptr (NnNudge) grow = nudge ("fc2: w + a*w @ by hand a=0.5");
  NnLanding landing = { .nudge = grow, .n_times = 1, .loss_before = 1, .loss_after = 3 };
  g_autofree char *sentence = nudge_words_for_landing (&landing);

  g_assert_nonnull (strstr (sentence, "(ΔL\u00a0+2"));
}

/* "24 → 24 (ΔL −0.0229)" would read as a mistake. */
static void
test_small_change_is_seen (void)
{
  g_autoptr (NnNudge) grow = nudge ("fc1: w + a*w @ by hand a=0.5");
  NnLanding landing = {
    .nudge = grow, .n_times = 1, .loss_before = 23.9031, .loss_after = 23.8802
  };
  g_autofree char *sentence = nudge_words_for_landing (&landing);

  g_assert_nonnull (strstr (sentence, ": loss 23.9 → 23.88 (ΔL\u00a0−0.0229)"));
}

static void
test_unknown_loss_is_not_mentioned (void)
{
  g_autoptr (NnNudge) zero = nudge ("*: 0 @ by hand");
  NnLanding landing = {
    .nudge = zero, .n_times = 1, .loss_before = NAN, .loss_after = NAN
  };
  g_autofree char *sentence = nudge_words_for_landing (&landing);

  g_assert_cmpstr (sentence, ==, "*: 0 applied after step 0, before the forward of 1");
}

static void
test_infinite_loss_is_said (void)
{
  g_autoptr (NnNudge) grow = nudge ("fc2: w + a*w @ by hand a=1e30");
  NnLanding landing = {
    .nudge = grow, .n_times = 1, .loss_before = 24, .loss_after = INFINITY
  };
  g_autofree char *sentence = nudge_words_for_landing (&landing);

  g_assert_true (g_str_has_suffix (sentence, ": loss 24 → ∞"));
}

static void
test_refusal_says_why (void)
{
  g_autoptr (NnNudge) grow = nudge ("fc1: w + a*w @ by hand a=2");
  char why[] = "fc1.weight would be infinite";
  NnLanding landing = { .nudge = grow, .first = 7, .last = 7, .refusal = why };
  g_autofree char *sentence = nudge_words_for_landing (&landing);

  g_assert_cmpstr (sentence, ==,
                   "fc1: w + a*w @ by hand a=2 refused after step 7: fc1.weight would be "
                   "infinite");
}

static void
test_refusals_are_shown_as_written (void)
{
  g_autoptr (NnNudge) scale = nudge ("fc1 : SCALE 1e38");
  char why[] = "fc1.weight [0, 1] would become infinite, from 12";
  NnLanding landing = { .nudge = scale, .first = 7, .last = 7, .refusal = why };
  g_autofree char *refusal = nudge_words_for_refusal (&landing);

  g_assert_cmpstr (refusal, ==,
                   "fc1 : SCALE 1e38: fc1.weight [0, 1] would become infinite, from 12");
}

static void
test_refusals_and_skips_are_counted (void)
{
  g_autoptr (NnNudge) scale = nudge ("fc1: scale 2 else=skip");
  static const struct {
    guint64 n_times, n_refused, n_skipped;
    const char *expected;
  } cases[] = {
    { 1, 0, 0, NULL },
    { 0, 1, 0, NULL }, /* the reason is there */
    { 0, 900, 0, "refused 900 times" },
    { 5, 1, 0, "refused 1 time" },
    { 5, 0, 1, "skipped some of it 1 time" },
    { 5, 2, 3, "refused 2 times, skipped some of it 3 times" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    const NnLanding landing = { .nudge = scale,
                                .n_times = cases[i].n_times,
                                .n_refused = cases[i].n_refused,
                                .n_skipped = cases[i].n_skipped };
    g_autofree char *counts = nudge_words_for_counts (&landing);

    g_assert_cmpstr (counts, ==, cases[i].expected);
  }
}

static void
test_standing_nudge_counts (void)
{
  g_autoptr (NnNudge) shrink = nudge ("fc1.weight: w - a*w @ every 10 steps a=0.1");
  NnLanding landing = {
    .nudge = shrink, .standing = TRUE, .first = 10, .last = 120, .n_times = 12
  };
  g_autoptr (NnFrame) frame = frame_with_landings (&landing, 1);
  g_autofree char *sentence = nudge_words_for_standing (frame);

  g_assert_cmpstr (sentence, ==,
                   "fc1.weight: w − a·w, a = 0.1 every 10 steps: 12 times, last after "
                   "step 120");
}

static void
test_only_present_standing_nudges_count (void)
{
  g_autoptr (NnNudge) old = nudge ("fc1: w");
  g_autoptr (NnNudge) one = nudge ("fc1.weight: w");
  g_autoptr (NnNudge) two = nudge ("fc1.bias: w");
  NnLanding landings[] = {
    { .nudge = old, .standing = TRUE, .first = 1, .last = 3, .n_times = 3 },
    { .nudge = one, .standing = TRUE, .first = 4, .last = 9, .n_times = 6 },
    { .nudge = two, .standing = TRUE, .first = 4, .last = 9, .n_times = 6 },
    { .nudge = two, .standing = FALSE, .first = 9, .last = 9, .n_times = 1 },
  };
  g_autoptr (NnFrame) frame = frame_with_landings (landings, G_N_ELEMENTS (landings));
  g_autofree char *sentence = nudge_words_for_standing (frame);

  g_assert_cmpstr (sentence, ==,
                   "2 repeating nudges, last applied after step 9, before the forward of "
                   "10");
}

/* What lands before the optimizer does not land after the step. */
static void
test_landing_within_a_step_is_said (void)
{
  g_autoptr (NnNudge) gap = nudge ("fc1: w/2 @ every 10 steps before backward");
  g_autoptr (NnNudge) example = nudge ("fc1: w/2 @ every example");
  g_autoptr (NnNudge) section = nudge ("fc1: w/2");
  char why[] = "it is infinite";
  NnLanding landings[] = {
    { .nudge = example, .standing = TRUE, .first = 1, .last = 8, .n_times = 8 },
    { .nudge = gap, .standing = TRUE, .first = 10, .last = 20, .n_times = 2 },
    { .nudge = section, .standing = TRUE, .first = 20, .last = 20, .n_times = 1 },
  };
  g_autoptr (NnFrame) one = frame_with_landings (landings + 1, 1);
  g_autoptr (NnFrame) each = frame_with_landings (landings, 1);
  g_autoptr (NnFrame) several = frame_with_landings (landings, 3);
  g_autoptr (NnFrame) refused = NULL;
  g_autofree char *of_one = nudge_words_for_standing (one);
  g_autofree char *of_each = nudge_words_for_standing (each);
  g_autofree char *of_several = nudge_words_for_standing (several);
  g_autofree char *of_refused = NULL;

  g_assert_cmpstr (of_one, ==,
                   "fc1: w/2 every 10 steps before backward: 2 times, last in step 20");
  g_assert_cmpstr (of_each, ==, "fc1: w/2 every example: 8 times, last in step 8");
  g_assert_cmpstr (of_several, ==, "2 repeating nudges, last applied in step 20");
  landings[1].refusal = why;
  refused = frame_with_landings (landings + 1, 1);
  of_refused = nudge_words_for_standing (refused);
  g_assert_cmpstr (
      of_refused, ==,
      "fc1: w/2 @ every 10 steps before backward refused in step 20: it is infinite");
}

static void
test_nothing_standing_says_nothing (void)
{
  g_autoptr (NnFrame) frame = frame_with_landings (NULL, 0);

  g_assert_null (nudge_words_for_standing (frame));
}

static void
test_a_landing_comes_in_pieces (void)
{
  g_autoptr (NnNudge) grow = nudge ("fc2.weight: w + a*w @ by hand a=0.001");
  NnLanding landing = { .nudge = grow,
                        .first = 1204,
                        .last = 1204,
                        .n_times = 1,
                        .change = 0.25,
                        .loss_before = 0.5,
                        .loss_after = 0.75 };
  g_autofree char *place = nudge_words_for_place (&landing);
  g_autofree char *change = nudge_words_for_change (&landing);
  g_autofree char *jump = nudge_words_for_jump (&landing);
  g_autofree char *difference = nudge_words_for_difference (&landing);

  g_assert_cmpstr (place, ==, "applied after step 1204, before the forward of 1205");
  g_assert_cmpstr (change, ==, "moved the weights by 0.25");
  g_assert_cmpstr (jump, ==, "loss 0.5 → 0.75 (ΔL\u00a0+0.25)");
  g_assert_cmpstr (difference, ==, "ΔL\u00a0+0.25");
}

static void
test_what_was_not_computed_has_no_words (void)
{
  g_autoptr (NnNudge) grow = nudge ("fc2.weight: w + a*w @ every 10 steps a=0.001");
  NnLanding landing = { .nudge = grow,
                        .standing = TRUE,
                        .first = 10,
                        .last = 30,
                        .n_times = 3,
                        .change = NAN,
                        .loss_before = NAN,
                        .loss_after = NAN };
  g_autofree char *place = nudge_words_for_place (&landing);

  g_assert_cmpstr (place, ==, "every 10 steps: 3 times, last after step 30");
  g_assert_null (nudge_words_for_change (&landing));
  g_assert_null (nudge_words_for_jump (&landing));
  g_assert_null (nudge_words_for_difference (&landing));
}

/* The amount takes the place of its name, not of letters in other names. */
static void
test_a_nudge_in_brief_has_its_amount (void)
{
  static const struct {
    const char *nudge;
    const char *brief;
  } cases[] = {
    { "fc1.weight: w + a*w @ by hand a=0.05", "fc1.weight: w + 0.05·w" },
    { "fc2: a*w @ by hand a=0.98", "fc2: 0.98·w" },
    { "fc2: abs(w)*max(a, w0) - mean @ by hand a=2", "fc2: abs(w)*max(2, w0) - mean" },
    { "*: w*2 @ by hand", "*: w*2" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (NnNudge) one = nudge (cases[i].nudge);
    g_autofree char *brief = nudge_words_for_nudge_briefly (one);

    g_assert_cmpstr (brief, ==, cases[i].brief);
  }
}

/* Names that begin alike are told apart in a narrow list. */
static void
test_a_nudge_in_a_row_keeps_the_ends_of_names (void)
{
  static const struct {
    const char *nudge;
    const char *row;
  } cases[] = {
    { "fc1.weight: w + a*w @ by hand a=0.05", "fc1.weight: w + 0.05·w" },
    { "encoder_layer_one.weight: a*w @ by hand a=2", "enc…_one.weight: 2·w" },
    { "encoder_layer_two[0], fc2: w*2 @ by hand", "enc…_two[0], fc2: w*2" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (NnNudge) one = nudge (cases[i].nudge);
    g_autofree char *row = nudge_words_for_nudge_in_a_row (one);

    g_assert_cmpstr (row, ==, cases[i].row);
  }
}

static void
test_undone_names_what_and_where (void)
{
  g_autoptr (NnNudge) scale = nudge ("fc2: a*w @ by hand a=0.98");
  NnLanding landing = { .nudge = scale, .first = 1200, .last = 1200, .n_times = 1 };
  g_autofree char *sentence = nudge_words_for_undone (&landing);

  g_assert_cmpstr (sentence, ==, "Undone: back to just before fc2: 0.98·w, step 1200");
}

static void
test_failure_names_the_likely_nudge (void)
{
  g_autoptr (NnNudge) standing = nudge ("fc1.weight: a*w a=2");
  g_autoptr (NnNudge) by_hand = nudge ("fc1.bias: w + a @ by hand a=1");
  g_autoptr (NnNudge) refused = nudge ("fc1.weight: w/0 @ by hand");
  char why[] = "would be infinite";
  const NnLanding landings[] = {
    { .nudge = standing, .standing = TRUE, .first = 1, .last = 1204, .n_times = 1204 },
    { .nudge = by_hand, .first = 900, .last = 900, .n_times = 1 },
    { .nudge = refused, .first = 1204, .last = 1204, .n_times = 1, .refusal = why },
  };
  g_autoptr (NnFrame) frame = frame_with_landings (landings, G_N_ELEMENTS (landings));
  g_autoptr (NnFrame) alone = frame_with_landings (NULL, 0);
  g_autofree char *words = NULL;
  g_autofree char *words_alone = NULL;

  frame->failure = g_strdup ("step 1205: the loss is not finite");
  frame->can_undo = TRUE;
  words = nudge_words_for_failure (frame);
  g_assert_cmpstr (words, ==,
                   "Training stopped: step 1205: the loss is not finite. The last nudge "
                   "before: fc1.weight: 2·w, step 1204. Undo goes back to just before "
                   "the last thing that you did, Reset to the initial network.");
  alone->failure = g_strdup ("step 3: the loss is not finite");
  words_alone = nudge_words_for_failure (alone);
  g_assert_cmpstr (words_alone, ==,
                   "Training stopped: step 3: the loss is not finite. Reset goes back to "
                   "the initial network.");
}

static void
test_ghost_names_the_difference (void)
{
  g_autoptr (NnFrame) frame = frame_with_landings (NULL, 0);
  g_autofree char *before = nudge_words_for_ghost (frame);
  g_autofree char *after = NULL;

  g_assert_cmpstr (before, ==, "without nudges");
  frame->ghost_step = 7;
  frame->ghost_loss = 0.0211;
  frame->ghost_difference = -0.0024;
  after = nudge_words_for_ghost (frame);
  g_assert_cmpstr (after, ==, "without nudges 0.0211 (ΔL\u00a0−0.0024)");
}

/* Both losses are of a step: what has changed since is in neither. */
static void
test_ghost_says_what_it_leaves_out (void)
{
  g_autoptr (NnNudge) twice = nudge ("fc2.weight: a*w @ by hand a=2");
  NnLanding landing = { .nudge = twice, .first = 7, .last = 7, .n_times = 1 };
  g_autoptr (NnFrame) frame = frame_with_landings (&landing, 1);
  g_autofree char *right_after = NULL;
  g_autofree char *a_step_later = NULL;

  frame->step = 7;
  frame->ghost_step = 7;
  frame->ghost_loss = 0.0211;
  right_after = nudge_words_for_ghost (frame);
  frame->ghost_step = 8;
  a_step_later = nudge_words_for_ghost (frame);
  g_assert_cmpstr (right_after, ==,
                   "without nudges 0.0211 (ΔL\u00a00 before the last nudge)");
  g_assert_cmpstr (a_step_later, ==, "without nudges 0.0211 (ΔL\u00a00)");
}

static void
test_loss_keeps_four_digits (void)
{
  static const struct {
    double loss;
    const char *text;
  } cases[] = {
    { 25.3056, "Loss 25.31" },
    { 0.0183, "Loss 0.01830" },
    { 3, "Loss 3.000" },
    { 12345.6, "Loss 12\u2009346" },
    { 1234567, "Loss 1\u2009234\u2009567" },
    { -0.5, "Loss \u22120.5000" },
    { 0, "Loss 0" },
    { 2.5e-9, "Loss 2.500e\u22129" },
    { 1.5e12, "Loss 1.500e12" },
    { INFINITY, "Loss ∞" },
    { NAN, "Loss not a number" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text = nudge_words_for_loss (cases[i].loss);

    g_assert_cmpstr (text, ==, cases[i].text);
  }
}

static void
test_rate_is_grouped_and_calm (void)
{
  static const struct {
    double rate;
    const char *text;
  } cases[] = {
    { 0, "0 steps/s" },
    { 1, "1 step/s" },
    { 299.6, "300 steps/s" },
    { 1234, "1230 steps/s" },
    { 411998, "412\u2009000 steps/s" },
    { 2345678, "2\u2009350\u2009000 steps/s" },
    { NAN, "0 steps/s" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text = nudge_words_for_rate (cases[i].rate);

    g_assert_cmpstr (text, ==, cases[i].text);
  }
}

static void
test_edits_say_what_is_from_then_on (void)
{
  g_autoptr (NnEdit) edit = nn_edit_new ();
  g_autoptr (NnEdit) other = nn_edit_new ();
  g_autofree char *words = NULL;
  g_autofree char *others = NULL;

  edit->parts = NN_EDIT_HAS_OPTIMIZER | NN_EDIT_HAS_BATCH | NN_EDIT_HAS_SEED;
  edit->optimizer = nn_optimizer_get_default (NN_OPTIMIZER_ADAM);
  edit->optimizer.lr = 0.002;
  edit->batch_size = 10;
  edit->shuffle = NN_SHUFFLE_RANDPERM;
  edit->seed = 7;
  words = nudge_words_for_edit (edit, NULL);
  g_assert_cmpstr (words, ==, "adam, lr 0.002; batch of 10, shuffled; seed 7");

  other->parts = NN_EDIT_HAS_DATA | NN_EDIT_HAS_NETWORK | NN_EDIT_HAS_LOSS;
  nn_data_spec_init (&other->data, NN_DATA_CIRCLE);
  nn_edit_insert_layer (other, 0, &(NnLayerSpec){ .name = "fc1", .n_units = 6 }, NULL);
  nn_edit_insert_layer (other, 1, &(NnLayerSpec){ .name = "fc2", .n_units = 1 }, NULL);
  other->loss = nn_loss_get_default (NN_LOSS_MSE);
  others = nudge_words_for_edit (other, NULL);
  g_assert_cmpstr (others, ==, "Circle, 200 examples; layers 6–1; loss mse");
}

/* A key of a file is none of the window. */
static void
test_a_wrong_setting_has_its_name (void)
{
  static const char *const cases[][2] = {
    { "loss.type: mse needs numbers", "Loss: mse needs numbers" },
    { "data.validation: too much", "Held out: too much" },
    { "optimizer.betas[0]: expected less", "Beta 1: expected less" },
    { "network.layers[0]: no name", "network.layers[0]: no name" },
    { "fc1: has no units", "fc1: has no units" },
    { "expected 1", "expected 1" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *words = nudge_words_for_wrong_setting (cases[i][0]);

    g_assert_cmpstr (words, ==, cases[i][1]);
  }
}

/* Of a part that is given whole, only what differs: the newest is at the top of the log. */
static void
test_edits_say_what_they_change (void)
{
  g_autoptr (NnEdit) before = nn_edit_new ();
  static const struct {
    NnEditParts parts;
    const char *words;
  } cases[] = {
    { NN_EDIT_HAS_DATA, "Moons, held out 0.25" },
    { NN_EDIT_HAS_NETWORK, "fc1: tanh; initialisation zeros" },
    { NN_EDIT_HAS_LOSS, "loss huber, delta 2" },
    { NN_EDIT_HAS_OPTIMIZER, "adam, betas[1] 0.99, weight_decay 0.01" },
    { NN_EDIT_HAS_BATCH, "batch of 10, not shuffled" },
  };

  before->parts = NN_EDIT_HAS_DATA | NN_EDIT_HAS_LOSS | NN_EDIT_HAS_OPTIMIZER |
                  NN_EDIT_HAS_BATCH | NN_EDIT_HAS_NETWORK;
  nn_data_spec_init (&before->data, NN_DATA_MOONS);
  nn_edit_insert_layer (before, 0, &(NnLayerSpec){ .name = "fc1", .n_units = 6 }, NULL);
  before->loss = nn_loss_get_default (NN_LOSS_HUBER);
  before->optimizer = nn_optimizer_get_default (NN_OPTIMIZER_ADAM);
  before->batch_size = 10;
  before->shuffle = NN_SHUFFLE_DATALOADER;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (NnEdit) edit = nn_edit_new ();
    g_autofree char *words = NULL;

    nn_edit_take (edit, before);
    edit->parts = cases[i].parts;
    edit->data.validation = 0.25;
    edit->layers[0].activation = NN_ACTIVATION_TANH;
    edit->init.type = NN_INIT_ZEROS;
    edit->loss.delta = 2;
    edit->optimizer.beta2 = 0.99;
    edit->optimizer.weight_decay = 0.01;
    edit->shuffle = NN_SHUFFLE_NONE;
    words = nudge_words_for_edit (edit, before);
    g_assert_cmpstr (words, ==, cases[i].words);
  }
}

static void
test_an_edit_of_sizes_says_them (void)
{
  g_autoptr (NnEdit) before = nn_edit_new ();
  g_autoptr (NnEdit) edit = nn_edit_new ();
  g_autofree char *sizes = NULL;
  g_autofree char *shuffle = NULL;

  nn_edit_insert_layer (before, 0, &(NnLayerSpec){ .name = "fc1", .n_units = 6 }, NULL);
  before->parts = NN_EDIT_HAS_NETWORK | NN_EDIT_HAS_BATCH;
  nn_edit_take (edit, before);
  edit->parts = NN_EDIT_HAS_NETWORK;
  edit->layers[0].n_units = 5;
  sizes = nudge_words_for_edit (edit, before);
  g_assert_cmpstr (sizes, ==, "layers 5");

  edit->parts = NN_EDIT_HAS_BATCH;
  edit->shuffle = NN_SHUFFLE_DATALOADER;
  shuffle = nudge_words_for_edit (edit, before);
  g_assert_cmpstr (shuffle, ==, "batch of all, shuffled as DataLoader does");
}

/* A key that is not known can be read, too. */
static void
test_settings_have_names (void)
{
  static const char *const words[][2] = {
    { "lr", "Learning rate" },          { "betas[1]", "Beta 2" },
    { "validation", "Held out" },       { "warm_up", "Warm up" },
    { "weight_decay", "Weight decay" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++) {
    g_autofree char *name = nudge_words_for_setting (words[i][0]);

    g_assert_cmpstr (name, ==, words[i][1]);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/words/landing-names-place-and-change",
                   test_landing_names_place_and_change);
  g_test_add_func ("/ui/words/small-change-is-seen", test_small_change_is_seen);
  g_test_add_func ("/ui/words/rising-loss-has-a-plus", test_rising_loss_has_a_plus);
  g_test_add_func ("/ui/words/unknown-loss-is-not-mentioned",
                   test_unknown_loss_is_not_mentioned);
  g_test_add_func ("/ui/words/infinite-loss-is-said", test_infinite_loss_is_said);
  g_test_add_func ("/ui/words/refusal-says-why", test_refusal_says_why);
  g_test_add_func ("/ui/words/refusals-are-shown-as-written",
                   test_refusals_are_shown_as_written);
  g_test_add_func ("/ui/words/refusals-and-skips-are-counted",
                   test_refusals_and_skips_are_counted);
  g_test_add_func ("/ui/words/standing-nudge-counts", test_standing_nudge_counts);
  g_test_add_func ("/ui/words/only-present-standing-nudges-count",
                   test_only_present_standing_nudges_count);
  g_test_add_func ("/ui/words/landing-within-a-step-is-said",
                   test_landing_within_a_step_is_said);
  g_test_add_func ("/ui/words/nothing-standing-says-nothing",
                   test_nothing_standing_says_nothing);
  g_test_add_func ("/ui/words/a-landing-comes-in-pieces", test_a_landing_comes_in_pieces);
  g_test_add_func ("/ui/words/what-was-not-computed-has-no-words",
                   test_what_was_not_computed_has_no_words);
  g_test_add_func ("/ui/words/a-nudge-in-brief-has-its-amount",
                   test_a_nudge_in_brief_has_its_amount);
  g_test_add_func ("/ui/words/a-nudge-in-a-row-keeps-the-ends-of-names",
                   test_a_nudge_in_a_row_keeps_the_ends_of_names);
  g_test_add_func ("/ui/words/undone-names-what-and-where",
                   test_undone_names_what_and_where);
  g_test_add_func ("/ui/words/failure-names-the-likely-nudge",
                   test_failure_names_the_likely_nudge);
  g_test_add_func ("/ui/words/ghost-names-the-difference",
                   test_ghost_names_the_difference);
  g_test_add_func ("/ui/words/ghost-says-what-it-leaves-out",
                   test_ghost_says_what_it_leaves_out);
  g_test_add_func ("/ui/words/loss-keeps-four-digits", test_loss_keeps_four_digits);
  g_test_add_func ("/ui/words/rate-is-grouped-and-calm", test_rate_is_grouped_and_calm);
  g_test_add_func ("/ui/words/edits-say-what-is-from-then-on",
                   test_edits_say_what_is_from_then_on);
  g_test_add_func ("/ui/words/a-wrong-setting-has-its-name",
                   test_a_wrong_setting_has_its_name);
  g_test_add_func ("/ui/words/edits-say-what-they-change",
                   test_edits_say_what_they_change);
  g_test_add_func ("/ui/words/an-edit-of-sizes-says-them",
                   test_an_edit_of_sizes_says_them);
  g_test_add_func ("/ui/words/settings-have-names", test_settings_have_names);
  return g_test_run ();
}

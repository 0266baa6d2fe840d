/* test-nn-nudge.c - nudges as text, and when they are due
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/nudge/nn-nudge.h"

#include <locale.h>
#include <math.h>
#include <string.h>

#include "nn/base/nn-error.h"

static NnNudge *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  NnNudge *nudge = nn_nudge_parse (text, &error);

  g_assert_no_error (error);
  return nudge;
}

static void
assert_canonical (const char *text, const char *canonical)
{
  g_autoptr (NnNudge) nudge = parse (text);
  g_autofree char *written = nn_nudge_dup_text (nudge);

  g_assert_cmpstr (written, ==, canonical);
}

static void
assert_refused (const char *text, NnError code, const char *message)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (nn_nudge_parse (text, &error));
  g_assert_error (error, NN_ERROR, (int) code);
  g_assert_cmpstr (error->message, ==, message);
}

static void
assert_same_selection (const NnTarget *a, const NnTarget *b)
{
  g_assert_cmpint (a->selection, ==, b->selection);
  g_assert_cmpmem (&a->rows, sizeof a->rows, &b->rows, sizeof b->rows);
  g_assert_cmpmem (&a->columns, sizeof a->columns, &b->columns, sizeof b->columns);
  g_assert_cmpmem (a->edges, a->n_edges * sizeof *a->edges, b->edges,
                   b->n_edges * sizeof *b->edges);
}

static void
assert_equal (const NnNudge *a, const NnNudge *b)
{
  g_assert_cmpstr (a->target.layer, ==, b->target.layer);
  g_assert_cmpint (a->target.part, ==, b->target.part);
  assert_same_selection (&a->target, &b->target);
  g_assert_cmpstr (nn_expression_get_text (a->expression), ==,
                   nn_expression_get_text (b->expression));
  g_assert_true (memcmp (&a->amount, &b->amount, sizeof a->amount) == 0);
  g_assert_true (nn_time_is_equal (&a->time, &b->time));
  g_assert_cmpint (a->memory, ==, b->memory);
}

static void
test_text_fills_every_field (void)
{
  g_autoptr (NnNudge) nudge = parse ("fc1.weight: w + a*w @ every 10 steps a=0.25");
  g_autofree char *target = nn_nudge_dup_target (nudge);

  g_assert_cmpstr (nudge->target.layer, ==, "fc1");
  g_assert_cmpint (nudge->target.part, ==, NN_PART_WEIGHT);
  g_assert_cmpstr (nn_expression_get_text (nudge->expression), ==, "w + a*w");
  g_assert_cmpfloat (nudge->amount, ==, 0.25f);
  g_assert_cmpint (nudge->time.when, ==, NN_WHEN_EVERY_STEPS);
  g_assert_cmpuint (nudge->time.interval, ==, 10);
  g_assert_cmpstr (target, ==, "fc1.weight");
}

static void
test_targets (void)
{
  static const struct {
    const char *target;
    const char *layer;
    NnPart part;
  } cases[] = {
    { "fc1", "fc1", NN_PART_BOTH },
    { "fc1.weight", "fc1", NN_PART_WEIGHT },
    { "fc1.bias", "fc1", NN_PART_BIAS },
    { "*", "*", NN_PART_BOTH },
    { "*.weight", "*", NN_PART_WEIGHT },
    { "*.bias", "*", NN_PART_BIAS },
    { "My_layer-2", "My_layer-2", NN_PART_BOTH },
    { "weight.weight", "weight", NN_PART_WEIGHT },
    { "0", "0", NN_PART_BOTH },
    { "a", "a", NN_PART_BOTH },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text = g_strdup_printf (" %s :w/2", cases[i].target);
    g_autoptr (NnNudge) nudge = parse (text);
    g_autofree char *target = nn_nudge_dup_target (nudge);

    g_assert_cmpstr (nudge->target.layer, ==, cases[i].layer);
    g_assert_cmpint (nudge->target.part, ==, cases[i].part);
    g_assert_cmpstr (target, ==, cases[i].target);
  }
}

static void
test_memory (void)
{
  static const struct {
    const char *text;
    NnMemory memory;
    const char *canonical;
  } cases[] = {
    { "fc1: w/2", NN_MEMORY_KEEP, "fc1: w/2" },
    { "fc1: w/2 memory=keep", NN_MEMORY_KEEP, "fc1: w/2" },
    { "fc1: w/2 memory=zero", NN_MEMORY_ZERO, "fc1: w/2 memory=zero" },
    { "fc1: w/2 memory = zero-all", NN_MEMORY_ZERO_ALL, "fc1: w/2 memory=zero-all" },
    { "fc1: a*w*w memory=zero a=2 @ by hand", NN_MEMORY_ZERO,
      "fc1: a*w*w @ by hand a=2 memory=zero" },
    { "fc1: a*w*w @ every epoch memory=zero a=2", NN_MEMORY_ZERO,
      "fc1: a*w*w @ every epoch a=2 memory=zero" },
    { "fc1: grow a=2 memory=zero-all@every 2 steps before backward", NN_MEMORY_ZERO_ALL,
      "fc1: w + a*w @ every 2 steps before backward a=2 memory=zero-all" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (NnNudge) nudge = parse (cases[i].text);

    g_assert_cmpint (nudge->memory, ==, cases[i].memory);
    assert_canonical (cases[i].text, cases[i].canonical);
    assert_canonical (cases[i].canonical, cases[i].canonical);
  }
}

static void
test_canonical_text (void)
{
  assert_canonical ("fc1:w/2", "fc1: w/2");
  assert_canonical (" fc1 :\tw / 2\n@every   step ", "fc1: w/2");
  assert_canonical ("fc1: w/2 @ every 1 steps", "fc1: w/2");
  assert_canonical ("fc1: w/2 @ every 2 step", "fc1: w/2 @ every 2 steps");
  assert_canonical ("fc1: w/2 @ step 18446744073709551615",
                    "fc1: w/2 @ step 18446744073709551615");
  assert_canonical ("fc1: w/2 @ every epoch", "fc1: w/2 @ every epoch");
  assert_canonical ("fc1: w/2@by hand", "fc1: w/2 @ by hand");
  assert_canonical ("fc1: a*w*w a=0.1", "fc1: a*w*w a=0.1");
  assert_canonical ("fc1: a*w*w a=-5e-1", "fc1: a*w*w a=-0.5");
  assert_canonical ("fc1: a*w*w a = +3", "fc1: a*w*w a=3");
  assert_canonical ("fc1: a*w*w a=2 @ by hand", "fc1: a*w*w @ by hand a=2");
  assert_canonical ("fc1: a == 2 ? w : 0 a=2", "fc1: a == 2 ? w : 0 a=2");
  assert_canonical ("fc1: a*w*w @ by hand a=2", "fc1: a*w*w @ by hand a=2");
}

static void
test_names_stand_for_expressions (void)
{
  assert_canonical ("fc1: grow a=0.5", "fc1: w + a*w a=0.5");
  assert_canonical ("fc1:grow", "fc1: w + a*w a=0.001");
  assert_canonical ("fc1: scale @ by hand", "fc1: a*w @ by hand a=0.01");
  assert_canonical ("*: shrink@step 3", "*: w - a*w @ step 3 a=0.1");
}

/* Written as in the catalogue, or but for its spaces, the amount may be left out. */
static void
test_usual_amount (void)
{
  g_autoptr (NnNudge) nudge = parse ("fc1: w+a * w");

  g_assert_cmpfloat (nudge->amount, ==, 0.001f);
  assert_refused ("fc1: w + a*w*1", NN_ERROR_SYNTAX,
                  "column 15: 'w + a*w*1' uses a, but no amount is given: add one, as in "
                  "a=0.001; try: fc1: w + a*w*1 a=0.001");
}

static void
test_new_equals_parsed (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NnNudge) parsed = parse ("fc2.bias: w - a*w @ step 7 a=0.3");
  g_autoptr (NnNudge) made = nn_nudge_make (&(NnNudgeSpec){ .target = "fc2.bias",
                                                            .expression = "w - a*w",
                                                            .amount = 0.3f,
                                                            .time.when = NN_WHEN_AT_STEP,
                                                            .time.interval = 7 },
                                            &error);
  g_autoptr (NnNudge) named = nn_nudge_make (&(NnNudgeSpec){ .target = " fc2.bias ",
                                                             .expression = " shrink ",
                                                             .amount = 0.3f,
                                                             .time.when = NN_WHEN_AT_STEP,
                                                             .time.interval = 7 },
                                             &error);
  g_autoptr (NnNudge) unused =
      nn_nudge_make (&(NnNudgeSpec){ .target = "*",
                                     .expression = "w/2",
                                     .amount = 0.3f,
                                     .time.when = NN_WHEN_EVERY_EXAMPLE,
                                     .time.interval = 0 },
                     &error);

  g_assert_no_error (error);
  assert_equal (made, parsed);
  assert_equal (named, parsed);
  g_assert_cmpfloat (unused->amount, ==, 0);
  g_assert_cmpuint (unused->time.interval, ==, 1);
}

static void
test_new_before_backward_is_the_same_as_parsed (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NnNudge) parsed = parse ("fc2: w - a*w @ every 3 steps before backward a=2");
  g_autoptr (NnNudge) made = nn_nudge_make (
      &(NnNudgeSpec){
          "fc2", "w - a*w", 2, { NN_WHEN_EVERY_STEPS, TRUE, 3 }, NN_MEMORY_KEEP },
      &error);

  g_assert_no_error (error);
  assert_equal (made, parsed);
  g_assert_true (made->time.before_backward);
  g_assert_null (nn_nudge_make (
      &(NnNudgeSpec){ "fc2", "w -", 2, { NN_WHEN_EVERY_STEPS, TRUE, 3 }, NN_MEMORY_KEEP },
      &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_SYNTAX);
}

static void
test_new_refuses_what_text_cannot_say (void)
{
  static const struct {
    const char *target;
    const char *expression;
    float amount;
    guint64 interval;
  } cases[] = {
    { "fc1", "w + a*w", NAN, 1 },
    { "fc1", "w + a*w", -INFINITY, 1 },
    { "fc1", "w + a*w", 1, 0 },
    { "fc1: w", "w + a*w", 1, 1 },
    { "", "w + a*w", 1, 1 },
    { "fc1", "w + a*w a=1", 1, 1 },
    { "fc1", "w + a*w @ step 1", 1, 1 },
    { "\xff", "w", 1, 1 },
    { "fc1", "w\xff", 1, 1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (nn_nudge_make (&(NnNudgeSpec){ .target = cases[i].target,
                                                  .expression = cases[i].expression,
                                                  .amount = cases[i].amount,
                                                  .time.when = NN_WHEN_EVERY_STEPS,
                                                  .time.interval = cases[i].interval },
                                  &error));
    g_assert_error (error, NN_ERROR, NN_ERROR_SYNTAX);
  }
}

static void
test_every_amount_survives_text (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);

  for (guint round = 0; round < 20000; round++) {
    guint32 bits = g_rand_int (random);
    float amount;
    g_autoptr (NnNudge) nudge = NULL;
    g_autoptr (NnNudge) again = NULL;
    g_autofree char *text = NULL;

    memcpy (&amount, &bits, sizeof amount);
    if (!isfinite (amount))
      continue;
    nudge = nn_nudge_make (&(NnNudgeSpec){ .target = "fc1",
                                           .expression = "grow",
                                           .amount = amount,
                                           .time.when = NN_WHEN_MANUAL,
                                           .time.interval = 1 },
                           NULL);
    text = nn_nudge_dup_text (nudge);
    again = parse (text);
    assert_equal (nudge, again);
  }
}

/* Pieces in any order: no crash, and what is accepted survives its own text. */
static void
test_random_text_is_survived (void)
{
  static const char *const pieces[] = {
    "fc1",     "*",      ".weight",
    ".bias",   ":",      ": ",
    " ",       "w",      "a",
    "+",       "*",      "(",
    ")",       "2",      "1e-3",
    "@",       " @ ",    "every",
    " steps",  " step ", "by ",
    "hand",    "epoch",  "a=",
    " a=1",    "=",      "0",
    "example", "\n",     "grow",
    "\xc3",    "\xa9",   "[",
    "]",       "; ",     "0:",
    "[1]",     "[0,1]",  " memory=zero",
    "é",       ",",      "-",
    ": w+a",   "-1",     "fc1: w",
  };
  g_autoptr (GRand) random = g_rand_new_with_seed (2);
  guint n_accepted = 0;

  for (guint round = 0; round < 100000; round++) {
    g_autoptr (GString) text = g_string_new (round % 2 == 0 ? "fc1: w" : NULL);
    g_autoptr (GError) error = NULL;
    g_autoptr (NnNudge) nudge = NULL;
    g_autoptr (NnNudge) again = NULL;
    g_autofree char *written = NULL;

    for (int i = g_rand_int_range (random, 0, 8); i > 0; i--)
      g_string_append (text, pieces[g_rand_int_range (random, 0, G_N_ELEMENTS (pieces))]);
    nudge = nn_nudge_parse (text->str, &error);
    g_assert_true ((nudge == NULL) == (error != NULL));
    if (nudge == NULL)
      continue;
    n_accepted++;
    written = nn_nudge_dup_text (nudge);
    again = parse (written);
    assert_equal (nudge, again);
  }
  g_assert_cmpuint (n_accepted, >, 1000);
}

static void
test_megabytes_are_refused (void)
{
  const char *const pieces[] = { "(", "fc1", " ", "@", "a=", "\xf0\x9f\x98\x80", "\xff" };

  for (gsize i = 0; i < G_N_ELEMENTS (pieces); i++) {
    g_autoptr (GString) text = g_string_new ("fc1: w");
    g_autoptr (GError) error = NULL;

    while (text->len < 1 << 20)
      g_string_append (text, pieces[i]);
    g_assert_null (nn_nudge_parse (text->str, &error));
    g_assert_error (error, NN_ERROR, NN_ERROR_SYNTAX);
    g_assert_cmpstr (error->message, ==,
                     "the text is longer than 4096 bytes: shorten it");
  }
}

/* Made of pieces, or of text that grows by being written in full. */
static void
test_what_could_not_be_read_again_is_refused (void)
{
  g_autofree char *digits = g_strnfill (4096 - strlen ("w+0."), '1');
  g_autofree char *expression = g_strconcat ("w+0.", digits, NULL);
  g_autofree char *text =
      g_strdup_printf ("fc1:%.*s@before backward", 4096 - 20, expression);
  g_autoptr (GError) made = NULL;
  g_autoptr (GError) read = NULL;

  g_assert_null (nn_nudge_make (&(NnNudgeSpec){ .target = "fc1",
                                                .expression = expression,
                                                .amount = 0,
                                                .time.when = NN_WHEN_EVERY_STEPS,
                                                .time.interval = 1 },
                                &made));
  g_assert_error (made, NN_ERROR, NN_ERROR_SYNTAX);
  g_assert_cmpuint (strlen (text), <=, 4096);
  g_assert_null (nn_nudge_parse (text, &read));
  g_assert_error (read, NN_ERROR, NN_ERROR_SYNTAX);
  g_assert_cmpstr (read->message, ==, made->message);
}

static void
test_errors_stay_short (void)
{
  g_autofree char *name = g_strnfill (4000, 'x');
  g_autofree char *text = g_strconcat ("fc1: ", name, NULL);
  g_autofree char *when = g_strconcat ("fc1: w @ ", name, NULL);
  const char *const texts[] = { name, text, when };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (nn_nudge_parse (texts[i], &error));
    g_assert_cmpuint (strlen (error->message), <, 300);
  }
}

static void
test_due (void)
{
  static const struct {
    const char *when;
    const char *due; /* at steps 1 to 8, where an epoch has 3 steps */
  } cases[] = {
    { "by hand", "--------" },
    { "step 3", "--x-----" },
    { "step 9", "--------" },
    { "every step", "xxxxxxxx" },
    { "every 3 steps", "--x--x--" },
    { "every epoch", "--x--x--" },
    { "every 1 steps", "xxxxxxxx" },
    { "every 3 steps from 4", "-----x--" },
    { "every 2 epochs", "-----x--" },
    { "every 3 epochs", "--------" },
    { "step 2, 3, 7", "-xx---x-" },
    { "step 9, 99", "--------" },
    { "step 0, 8", "-------x" },
    { "epoch 2", "-----x--" },
    { "epoch 1, 2, 9", "--x--x--" },
    { "every epoch from step 4", "-----x--" },
    { "every epoch to step 5", "--x-----" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text = g_strdup_printf ("fc1: w/2 @ %s", cases[i].when);
    g_autoptr (NnNudge) nudge = parse (text);

    for (guint64 step = 1; step <= 8; step++)
      g_assert_cmpint (
          nn_nudge_is_due (nudge, &(NnSection){ .kind = NN_SECTION_AFTER_STEP,
                                                .step = step,
                                                .first_example = TRUE,
                                                .epoch = step % 3 == 0 ? step / 3 : 0 }),
          ==, cases[i].due[step - 1] == 'x');
  }
}

/* As one step after the other finds out. */
static void
test_next_is_when_it_is_due (void)
{
  static const char *const whens[] = {
    "by hand",
    "step 3",
    "step 5, 9, 60",
    "every 7 steps from 10 to 30",
    "every example",
    "every epoch",
    "every 3 epochs",
    "every 2 epochs from step 9",
    "epoch 2",
    "epoch 1, 4, 40",
    "every epoch to step 12",
    "every example from step 4",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (whens); i++)
    for (guint64 left = 1; left <= 4; left++) {
      const NnClock clock = { .step = 2, .epoch = 1, .n_left = left, .n_per_epoch = 4 };
      g_autofree char *text = g_strdup_printf ("fc1: w/2 @ %s", whens[i]);
      g_autoptr (NnNudge) nudge = parse (text);
      guint64 last = clock.step;

      for (guint64 step = 3; step <= 50; step++) {
        const guint64 in_epoch = step - 2 + 4 - left;
        const guint64 epoch = in_epoch % 4 == 0 ? 1 + in_epoch / 4 : 0;

        if (!nn_time_has_step (&nudge->time, step, epoch))
          continue;
        g_assert_cmpuint (nn_time_find_next (&nudge->time, last, &clock), ==, step);
        last = step;
      }
      last = nn_time_find_next (&nudge->time, last, &clock);
      g_assert_true (last == 0 || last > 50);
    }
}

static void
test_beyond_counting_is_never (void)
{
  const NnClock clock = {
    .step = 1, .epoch = 1, .n_left = 1, .n_per_epoch = G_MAXUINT64 / 2
  };
  NnTime time;

  g_assert_true (nn_time_parse (&time, "every 4 epochs", NULL));
  g_assert_cmpuint (nn_time_find_next (&time, 1, &clock), ==, 0);
  g_assert_true (nn_time_parse (&time, "every 1000 steps", NULL));
  g_assert_cmpuint (nn_time_find_next (&time, G_MAXUINT64 - 1, &clock), ==, 0);
}

/* Up to NN_STEPS_MOST, in whatever order. */
static void
test_named_steps_are_bounded (void)
{
  g_autoptr (GString) text = g_string_new ("fc1: w/2 @ step 1000");
  g_autoptr (NnNudge) most = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 1; i < NN_STEPS_MOST; i++)
    g_string_append_printf (text, ", %u", 1000 - i);
  most = parse (text->str);
  g_assert_cmpuint (most->time.interval, ==, 1000 - NN_STEPS_MOST + 1);
  g_assert_cmpuint (most->time.also.n, ==, NN_STEPS_MOST - 1);
  g_assert_cmpuint (most->time.also.values[NN_STEPS_MOST - 2], ==, 1000);
  g_string_append (text, ", 1000");
  nn_nudge_unref (g_steal_pointer (&most));
  most = parse (text->str);
  g_string_append (text, ", 7");
  g_assert_null (nn_nudge_parse (text->str, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_SYNTAX);
  g_assert_nonnull (strstr (error->message, "more than 64 steps are named"));
}

static void
test_same_in_every_locale (void)
{
  const char *const names[] = { "de_DE.UTF-8", "fr_FR.UTF-8", "ru_RU.UTF-8" };
  gboolean found = FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (names) && !found; i++)
    found = setlocale (LC_ALL, names[i]) != NULL &&
            g_str_equal (localeconv ()->decimal_point, ",");
  assert_canonical ("fc1: grow a=0.5", "fc1: w + a*w a=0.5");
  setlocale (LC_ALL, "C");
  if (!found)
    g_test_skip ("no locale with a decimal comma is installed");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/nudge/text-fills-every-field", test_text_fills_every_field);
  g_test_add_func ("/nn/nudge/targets", test_targets);
  g_test_add_func ("/nn/nudge/memory", test_memory);
  g_test_add_func ("/nn/nudge/canonical-text", test_canonical_text);
  g_test_add_func ("/nn/nudge/names-stand-for-expressions",
                   test_names_stand_for_expressions);
  g_test_add_func ("/nn/nudge/usual-amount", test_usual_amount);
  g_test_add_func ("/nn/nudge/new-equals-parsed", test_new_equals_parsed);
  g_test_add_func ("/nn/nudge/new-refuses-what-text-cannot-say",
                   test_new_refuses_what_text_cannot_say);
  g_test_add_func ("/nn/nudge/new-before-backward-is-the-same-as-parsed",
                   test_new_before_backward_is_the_same_as_parsed);
  g_test_add_func ("/nn/nudge/every-amount-survives-text",
                   test_every_amount_survives_text);
  g_test_add_func ("/nn/nudge/random-text-is-survived", test_random_text_is_survived);
  g_test_add_func ("/nn/nudge/megabytes-are-refused", test_megabytes_are_refused);
  g_test_add_func ("/nn/nudge/what-could-not-be-read-again-is-refused",
                   test_what_could_not_be_read_again_is_refused);
  g_test_add_func ("/nn/nudge/errors-stay-short", test_errors_stay_short);
  g_test_add_func ("/nn/nudge/due", test_due);
  g_test_add_func ("/nn/nudge/next-is-when-it-is-due", test_next_is_when_it_is_due);
  g_test_add_func ("/nn/nudge/beyond-counting-is-never", test_beyond_counting_is_never);
  g_test_add_func ("/nn/nudge/named-steps-are-bounded", test_named_steps_are_bounded);
  g_test_add_func ("/nn/nudge/same-in-every-locale", test_same_in_every_locale);
  return g_test_run ();
}

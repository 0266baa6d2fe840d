/* test-nn-check.c - the expressions of lessons
 *
 * SPDX-License-Identifier: MIT
 */

#include <math.h>
#include <string.h>

#include "nn/base/nn-error.h"
#include "nn/io/nn-experiment-file.h"
#include "nn/lesson/nn-check.h"
#include "nn/lesson/nn-lesson-text.h"
#include "nn/run/nn-timeline.h"
#include "nn/session/nn-frame-of-run.h"

/* Two weights, 1 and -3, and no bias; the loss is that of zeros. */
static const char experiment_text[] =
    "{ \"nudge\": 1, \"data\": { \"source\": \"inline\", \"inputs\": [[1, 1], [2, 0]], "
    "\"targets\": [[0], [0]] }, \"network\": { \"layers\": [ { \"units\": 1, \"bias\": "
    "false } ] }, \"parameters\": { \"fc1.weight\": [[1, -3]] }, \"loss\": { \"type\": "
    "\"mse\" }, \"optimizer\": { \"type\": \"sgd\", \"lr\": 0.1 } }";

/* After a step, and a nudge that halves. */
static NnFrame *
new_frame (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NnExperiment) experiment =
      nn_experiment_file_parse (experiment_text, strlen (experiment_text), "x", &error);
  g_autoptr (NnTimeline) run = nn_timeline_new (experiment, 0, &error);
  g_autoptr (NnNudge) nudge = nn_nudge_parse ("fc1.weight: 0.5*w @ by hand", &error);
  NnFrame *frame;

  g_assert_no_error (error);
  g_assert_true (nn_timeline_step (run, &error));
  g_assert_true (nn_timeline_do (
      run, &(NnEvent){ .kind = NN_EVENT_NUDGE, .nudge = nudge, .step = 1 }, &error));
  frame = nn_frame_of_timeline (run);
  nn_frame_carry (frame, nn_timeline_get_trainer (run), NN_CHECK_QUANTITIES);
  return frame;
}

static double
evaluate (const char *text)
{
  static const char *const names[] = { "kept", "unknown", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (NnCheck) check = nn_check_new (text, names, &error);
  g_autoptr (NnFrame) frame = new_frame ();
  g_autoptr (GHashTable) kept = g_hash_table_new (g_str_hash, g_str_equal);
  double number = 7;

  g_assert_no_error (error);
  g_hash_table_insert (kept, (gpointer) (guintptr) "kept", &number);
  g_assert_true (nn_check_fits (check, frame->architecture, &error));
  return nn_check_evaluate (check, frame, kept);
}

static void
assert_number (const char *text, double expected)
{
  g_test_message ("%s", text);
  g_assert_cmpfloat_with_epsilon (evaluate (text), expected, 1e-6);
}

static void
test_arithmetic_binds_as_in_python (void)
{
  assert_number ("1 + 2*3 - 8/4", 5);
  assert_number ("-(2 - 3) * 4", 4);
  assert_number ("2 - -3", 5);
  assert_number ("min(3, 2) + max(1, 1e2) + abs(-4)", 106);
  assert_number ("1 < 2 < 3", 1);
  assert_number ("1 < 2 > 3", 0);
  assert_number ("1 >= 1 and 1 <= 1 and 1 == 1 and 1 != 2", 1);
  assert_number ("1 == 1 or 1/0 == 0 and 0", 1);
  assert_number ("not 1 == 2 and not 0", 1);
  assert_number ("3*(1 < 2)", 3);
}

/* Outputs -2 and 2: the loss is 4. Gradients of the weights: (y₁·1 + y₂·2, y₁) = (2, -2), so
 * that they become 0.8 and -2.8, and are halved. */
static void
test_the_run_is_read (void)
{
  assert_number ("step", 1);
  assert_number ("loss(1)", 4);
  assert_number ("[fc1.weight: min(w)]", -1.4);
  assert_number ("[fc1.weight: max(w)]", 0.4);
  assert_number ("[fc1.weight: norm(g)]", sqrt (8));
  assert_number ("[fc1.weight: sum(w0)]", -2);
  assert_number ("[*: count(j == 1 and w < 0)]", 1);
  assert_number ("nudges", 1);
  assert_number ("change", sqrt (0.4 * 0.4 + 1.4 * 1.4));
  assert_number ("loss_before", (2.0 * 2.0 + 1.6 * 1.6) / 2);
  assert_number ("loss_after", (1 + 0.8 * 0.8) / 2);
  assert_number ("loss == loss_after", 1);
  assert_number ("failed", 0);
  assert_number ("kept - 1", 6);
}

/* Nothing holds of what is not known, not even that it differs. */
static void
test_unknown_numbers_hold_nothing (void)
{
  static const char *const texts[] = { "loss(2) < 1",        "loss(2) >= 1",
                                       "loss(0) == loss(0)", "loss(2) != 1",
                                       "unknown > 0",        "min(unknown, 1) > 0",
                                       "max(1, unknown) > 0" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_number (texts[i], 0);
  g_assert_true (isnan (evaluate ("loss(-1)")));
  g_assert_true (isnan (evaluate ("[fc1.weight: w]"))); /* two values */
}

static void
test_what_is_wrong_is_named (void)
{
  static const struct {
    const char *text;
    const char *message;
  } cases[] = {
    { "", "column 1: expected a number, a name, '[' or '('" },
    { "1 +", "column 4: expected a number, a name, '[' or '('" },
    { "1 2", "column 3: expected an operator or the end" },
    { "(1", "column 3: expected ')'" },
    { "min(1)", "column 6: expected ','" },
    { "lost < 1",
      "column 1: 'lost' is neither a number of the run nor one that is kept" },
    { "[fc1.weight", "column 2: expected ']' after the function" },
    { "[norm(w)]", "column 2: expected [PARAMETER: FUNCTION]" },
    { "[fc1.weight: noise]",
      "column 2: an expression reads only w, w0, g, m, n, i and j of a parameter" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (nn_check_new (cases[i].text, NULL, &error));
    g_assert_error (error, NN_ERROR, NN_ERROR_SYNTAX);
    g_assert_cmpstr (error->message, ==, cases[i].message);
  }
}

/* However deep, however long: an error and no stack that is full. */
static void
test_depth_and_length_are_bounded (void)
{
  g_autofree char *deep = g_strnfill (100, '(');
  g_autofree char *minus = g_strnfill (100000, '-');
  g_autoptr (GError) error = NULL;

  g_assert_null (nn_check_new (deep, NULL, &error));
  g_assert_true (strstr (error->message, "more than 32") != NULL);
  g_clear_error (&error);
  g_assert_null (nn_check_new (minus, NULL, &error));
  g_assert_cmpstr (error->message, ==, "column 1: it is longer than 1000 bytes");
}

static void
test_parameters_must_be_there (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NnFrame) frame = new_frame ();
  g_autoptr (NnCheck) none = nn_check_new ("[fc2.weight: sum(w)]", NULL, &error);
  g_autoptr (NnCheck) all = nn_check_new ("[*: sum(w)] > 0", NULL, &error);

  g_assert_no_error (error);
  g_assert_true (nn_check_fits (all, frame->architecture, &error));
  g_assert_false (nn_check_fits (none, frame->architecture, &error));
  g_assert_cmpstr (error->message, ==,
                   "there is no parameter 'fc2.weight'; one is called fc1.weight");
}

static void
append (GString *text, double number)
{
  g_string_append_printf (text, "<%g>", number);
}

static void
test_texts_have_numbers (void)
{
  g_autoptr (NnFrame) frame = new_frame ();
  g_autoptr (GHashTable) kept = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *text =
      nn_lesson_text_dup ("From {loss(1)} in {step} step, {lost}.", frame, kept, append);
  g_autofree char *early = nn_lesson_text_dup ("{step}", NULL, kept, append);
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (text, ==, "From <4> in <1> step, {lost}.");
  g_assert_cmpstr (early, ==, "…");
  g_assert_true (nn_lesson_text_check ("a {step} b", NULL, NULL, &error));
  g_assert_false (nn_lesson_text_check ("a {lost} b", NULL, NULL, &error));
  g_assert_true (g_str_has_prefix (error->message, "{lost}: column 1: "));
  g_clear_error (&error);
  g_assert_false (nn_lesson_text_check ("a {step", NULL, NULL, &error));
  g_assert_cmpstr (error->message, ==, "'{step': the '{' is not closed");
}

static void
test_names_that_are_free (void)
{
  g_assert_true (nn_check_name_is_free ("before_1"));
  g_assert_false (nn_check_name_is_free ("loss"));
  g_assert_false (nn_check_name_is_free ("and"));
  g_assert_false (nn_check_name_is_free ("1st"));
  g_assert_false (nn_check_name_is_free ("a b"));
  g_assert_false (nn_check_name_is_free (""));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/check/arithmetic-binds-as-in-python",
                   test_arithmetic_binds_as_in_python);
  g_test_add_func ("/nn/check/the-run-is-read", test_the_run_is_read);
  g_test_add_func ("/nn/check/unknown-numbers-hold-nothing",
                   test_unknown_numbers_hold_nothing);
  g_test_add_func ("/nn/check/what-is-wrong-is-named", test_what_is_wrong_is_named);
  g_test_add_func ("/nn/check/depth-and-length-are-bounded",
                   test_depth_and_length_are_bounded);
  g_test_add_func ("/nn/check/parameters-must-be-there", test_parameters_must_be_there);
  g_test_add_func ("/nn/check/texts-have-numbers", test_texts_have_numbers);
  g_test_add_func ("/nn/check/names-that-are-free", test_names_that_are_free);
  return g_test_run ();
}

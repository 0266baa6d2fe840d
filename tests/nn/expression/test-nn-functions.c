/* test-nn-functions.c - update functions of one's own, by name and in a file
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/expression/nn-functions.h"

#include <math.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "nn/base/nn-error.h"
#include "nn/io/nn-functions-file.h"
#include "nn/nudge/nn-nudge.h"
#include "tests/nn/scratch.h"

static const NnFunction soften = {
  .name = "soften",
  .expression = "w - a*w^3",
  .least = 0.001f,
  .most = 1,
  .usual = 0.1f,
  .logarithmic = TRUE,
};

static NnFunctions *
new_two (void)
{
  NnFunctions *functions = nn_functions_new ();
  const NnFunction halve = { .name = "halve_1", .expression = " w /  2 " };

  g_assert_true (nn_functions_set (functions, &soften, NULL));
  g_assert_true (nn_functions_set (functions, &halve, NULL));
  return functions;
}

static void
assert_two (const NnFunctions *functions)
{
  const NnFunction *first, *second;

  g_assert_cmpuint (nn_functions_get_length (functions), ==, 2);
  first = nn_functions_get (functions, 0);
  second = nn_functions_find (functions, "halve_1");
  g_assert_true (nn_functions_get (functions, 1) == second);
  g_assert_cmpstr (first->name, ==, "soften");
  g_assert_cmpstr (first->expression, ==, "w - a*w^3");
  g_assert_cmpstr (first->symbol, ==, "w - a*w^3");
  g_assert_true (first->has_amount);
  g_assert_cmpfloat (first->least, ==, 0.001f);
  g_assert_cmpfloat (first->most, ==, 1);
  g_assert_cmpfloat (first->usual, ==, 0.1f);
  g_assert_true (first->logarithmic);
  g_assert_cmpstr (second->expression, ==, "w/2");
  g_assert_false (second->has_amount);
  g_assert_null (nn_functions_find (functions, "soft"));
}

static void
test_set_and_remove (void)
{
  g_autoptr (NnFunctions) functions = new_two ();
  NnFunction other = soften;

  assert_two (functions);
  other.expression = "before - a";
  g_assert_true (nn_functions_set (functions, &other, NULL));
  g_assert_cmpuint (nn_functions_get_length (functions), ==, 2);
  g_assert_cmpstr (nn_functions_get (functions, 0)->expression, ==, "before - a");
  g_assert_true (nn_functions_get (functions, 0)->needs_repeating);
}

static void
test_names_must_not_clash (void)
{
  static const char *const bad[] = { "",    "1a",    "a b",   "é",    "grow", "noise",
                                     "w",   "a",     "sin",   "max",  "min",  "clamp",
                                     "pi",  "fresh", "round", "rand", "e",    "memory",
                                     "w0",  "_x",    "x-y",   "tanh", "mean", "relu",
                                     "abs", "j" };
  g_autoptr (NnFunctions) functions = nn_functions_new ();
  g_autofree char *longest = g_strnfill (NN_FUNCTIONS_MAX_NAME, 'x');
  g_autofree char *longer = g_strnfill (NN_FUNCTIONS_MAX_NAME + 1, 'x');
  NnFunction function = soften;

  for (gsize i = 0; i < G_N_ELEMENTS (bad) + 1; i++) {
    g_autoptr (GError) error = NULL;

    function.name = i < G_N_ELEMENTS (bad) ? bad[i] : longer;
    g_assert_false (nn_functions_set (functions, &function, &error));
    g_assert_error (error, NN_ERROR, NN_ERROR_SYNTAX);
    g_test_message ("%s", error->message);
  }
  function.name = longest;
  g_assert_true (nn_functions_set (functions, &function, NULL));
}

static void
test_ranges_must_make_sense (void)
{
  static const NnFunction bad[] = {
    { .name = "x", .expression = "w + a", .least = 1, .most = 1, .usual = 1 },
    { .name = "x", .expression = "w + a", .least = 0, .most = 1, .usual = 2 },
    { .name = "x", .expression = "w + a", .least = 0, .most = 1, .logarithmic = TRUE },
    { .name = "x", .expression = "w + a", .least = 0, .most = INFINITY },
    { .name = "x", .expression = "w + ", .least = 0, .most = 1 },
    { .name = "x", .expression = "soften", .least = 0, .most = 1 },
  };
  g_autoptr (NnFunctions) functions = new_two ();

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (nn_functions_set (functions, &bad[i], NULL));
  assert_two (functions);
}

/* A nudge keeps the expression, so that it can do without the list. */
static void
test_names_in_nudges (void)
{
  g_autoptr (NnFunctions) functions = new_two ();
  g_autoptr (NnNudge) usual = nn_nudge_parse_with ("fc1: soften", functions, NULL);
  g_autoptr (NnNudge) given =
      nn_nudge_parse_with ("fc1:halve_1 @ step 3", functions, NULL);
  g_autofree char *usual_text = nn_nudge_dup_text (usual);
  g_autofree char *given_text = nn_nudge_dup_text (given);
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (usual_text, ==, "fc1: w - a*w^3 a=0.1");
  g_assert_cmpstr (given_text, ==, "fc1: w/2 @ step 3");
  g_assert_null (nn_nudge_parse ("fc1: soften", &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_UNKNOWN);
}

/* What was meant may be one of them; a short word that is another is not. */
static void
test_unknown_names_suggest_them (void)
{
  static const struct {
    const char *text;
    const char *has;
    const char *has_not;
  } cases[] = {
    { "fc1: sotfen", "did you mean soften?; try: fc1: soften", "there are" },
    { "fc1: halve_2", "did you mean halve_1?; try: fc1: halve_1", "there are" },
    { "fc1: rond", "did you mean round?; try: fc1: round", "there are" },
    { "fc1: mine", "unknown function 'mine': there are grow, ", "did you mean" },
    { "fc1: mine @ step 3", "; your own are soften, halve_1", "try:" },
    { "fc1: w - mine", "unknown name 'mine'; ", "min?" },
    { "fc1: w - mni", "did you mean min?", "there are" },
    { "fc1: w - soften", "'soften' is a function that stands alone", "did you mean" },
    { "fc1: 2*halve_1", "column 8: 'halve_1' is a function that stands alone", "try:" },
  };
  g_autoptr (NnFunctions) functions = new_two ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;

    g_test_message ("%s", cases[i].text);
    g_assert_null (nn_nudge_parse_with (cases[i].text, functions, &error));
    g_assert_error (error, NN_ERROR, NN_ERROR_UNKNOWN);
    g_test_message ("%s", error->message);
    g_assert_nonnull (strstr (error->message, cases[i].has));
    g_assert_null (strstr (error->message, cases[i].has_not));
  }
}

/* ---- the file ---------------------------------------------------------------------- */

/* One after the other, as a person names them.
 * Returns: what the file has then */
static NnFunctions *
save_all (const NnFunctions *functions, const char *path)
{
  NnFunctions *kept = NULL;

  for (gsize i = 0; i < nn_functions_get_length (functions); i++) {
    g_autoptr (GError) error = NULL;

    g_clear_pointer (&kept, nn_functions_free);
    kept = nn_functions_file_set (path, nn_functions_get (functions, i), &error);
    g_assert_no_error (error);
  }
  return kept;
}

static void
test_file_round_trip (Scratch *scratch, gconstpointer data)
{
  g_autoptr (NnFunctions) functions = new_two ();
  g_autoptr (NnFunctions) none = NULL;
  g_autoptr (NnFunctions) kept = NULL;
  g_autoptr (NnFunctions) read = NULL;
  g_autoptr (GError) error = NULL;

  none = nn_functions_file_load (scratch->path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (nn_functions_get_length (none), ==, 0);
  g_assert_cmpuint (scratch_count (scratch), ==, 0);
  kept = save_all (functions, scratch->path);
  assert_two (kept);
  read = nn_functions_file_load (scratch->path, &error);
  g_assert_no_error (error);
  assert_two (read);
  g_assert_cmpuint (scratch_count (scratch), ==, 2); /* it and its lock */
}

#define N_WRITERS 4
#define N_EACH    8

static void
add_many (const char *path, int writer)
{
  for (int i = 0; i < N_EACH; i++) {
    g_autofree char *name = g_strdup_printf ("f_%d_%d", writer, i);
    const NnFunction function = { .name = name, .expression = "w / 2" };
    g_autoptr (NnFunctions) kept = nn_functions_file_set (path, &function, NULL);

    if (kept == NULL || nn_functions_find (kept, name) == NULL)
      _exit (1);
  }
  _exit (0);
}

static void
test_writers_keep_each_others (Scratch *scratch, gconstpointer data)
{
  g_autoptr (NnFunctions) kept = NULL;
  pid_t writers[N_WRITERS];

  for (int i = 0; i < N_WRITERS; i++) {
    writers[i] = fork ();
    if (writers[i] == 0)
      add_many (scratch->path, i);
  }
  for (int i = 0; i < N_WRITERS; i++) {
    int status;

    g_assert_cmpint (waitpid (writers[i], &status, 0), ==, writers[i]);
    g_assert_cmpint (status, ==, 0);
  }
  kept = nn_functions_file_load (scratch->path, NULL);
  g_assert_cmpuint (nn_functions_get_length (kept), ==, N_WRITERS * N_EACH);
}

static void
test_bad_file_is_kept (Scratch *scratch, gconstpointer data)
{
  static const char *const bad[][2] = {
    { "", "it is empty" },
    { "{}", "nudge" },
    { "{\"nudge\": 2, \"functions\": []}", "newer" },
    { "{\"nudge\": 1}", "functions" },
    { "{\"nudge\": 1, \"functions\": [{\"name\": \"x\"}]}", "functions[0]" },
    { "{\"nudge\": 1, \"functions\": [{\"name\": \"x\", \"expression\": \"w +\"}]}",
      "column 4" },
    { "{\"nudge\": 1, \"functions\": [{\"name\": \"x\", \"expression\": \"w\"},"
      " {\"name\": \"x\", \"expression\": \"w\"}]}",
      "functions[1]: there are two functions 'x'" },
    { "{\"nudge\": 1, \"functions\": [{\"name\": \"x\", \"expression\": \"w\","
      " \"more\": 1}]}",
      "more" },
    { "{\"nudge\": 1, \"functions\": [{\"name\": \"grow\", \"expression\": \"w\"}]}",
      "taken" },
  };
  g_autoptr (NnFunctions) functions = new_two ();

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *after = NULL;

    g_assert_true (g_file_set_contents (scratch->path, bad[i][0], -1, NULL));
    g_assert_null (nn_functions_file_load (scratch->path, &error));
    g_test_message ("%s", error->message);
    g_assert_nonnull (strstr (error->message, "wanted: "));
    g_assert_nonnull (strstr (error->message, bad[i][1]));
    g_assert_null (
        nn_functions_file_set (scratch->path, nn_functions_get (functions, 0), NULL));
    g_assert_true (g_file_get_contents (scratch->path, &after, NULL, NULL));
    g_assert_cmpstr (after, ==, bad[i][0]);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/functions/set-and-remove", test_set_and_remove);
  g_test_add_func ("/nn/functions/names-must-not-clash", test_names_must_not_clash);
  g_test_add_func ("/nn/functions/ranges-must-make-sense", test_ranges_must_make_sense);
  g_test_add_func ("/nn/functions/names-in-nudges", test_names_in_nudges);
  g_test_add_func ("/nn/functions/unknown-names-suggest-them",
                   test_unknown_names_suggest_them);
  g_test_add ("/nn/functions/file-round-trip", Scratch, NULL, scratch_set_up,
              test_file_round_trip, scratch_tear_down);
  g_test_add ("/nn/functions/writers-keep-each-others", Scratch, NULL, scratch_set_up,
              test_writers_keep_each_others, scratch_tear_down);
  g_test_add ("/nn/functions/bad-file-is-kept", Scratch, NULL, scratch_set_up,
              test_bad_file_is_kept, scratch_tear_down);
  return g_test_run ();
}

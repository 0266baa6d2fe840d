/* test-nn-lessons.c - what each lesson claims holds, and only because of its nudges
 *
 * SPDX-License-Identifier: MIT
 */

#include <math.h>
#include <string.h>

#include "nn/io/nn-experiment-demo.h"
#include "nn/io/nn-experiment-file.h"
#include "nn/lesson/nn-lesson-outcome.h"
#include "nn/lesson/nn-lesson-run.h"
#include "tests/nn/nn-golden.h"

#define MOST_BYTES 4096

static NnExperiment *
open_lesson (gconstpointer name)
{
  g_autoptr (GError) error = NULL;
  NnExperiment *experiment = nn_experiment_new_demo (name, &error);

  g_assert_no_error (error);
  g_assert_nonnull (experiment->lesson);
  return experiment;
}

/* The nearest question before each reveal has exactly one right answer. */
static void
assert_one_answer (const NnLesson *lesson, gsize at, const NnFrame *frame)
{
  const NnLessonStep *question = nn_lesson_find_question (lesson, at);
  gsize n_right = 0;

  g_assert_true (isfinite (nn_lesson_get_outcome (lesson, question, frame)));
  for (gsize i = 0; i < question->n_choices; i++) {
    NnLessonStep alone = *question;

    alone.choices += i;
    alone.n_choices = 1;
    n_right += isfinite (nn_lesson_get_outcome (lesson, &alone, frame));
  }
  if (question->question == NN_LESSON_CHOICES)
    g_assert_cmpuint (n_right, ==, 1);
}

static void
test_its_claims_hold (gconstpointer name)
{
  g_autoptr (NnExperiment) experiment = open_lesson (name);
  g_autoptr (GError) error = NULL;
  g_autoptr (NnLessonRun) run = nn_lesson_run_new (experiment, &error);
  const NnLesson *lesson = nn_lesson_run_get_lesson (run);

  while (lesson->at < lesson->n_steps) {
    g_assert_true (nn_lesson_run_step (run, &error));
    g_assert_no_error (error);
    if (lesson->steps[lesson->at - 1].kind == NN_LESSON_REVEAL)
      assert_one_answer (lesson, lesson->at - 1, nn_lesson_run_get_frame (run));
  }
}

static void
test_without_its_nudges_they_do_not (gconstpointer name)
{
  g_autoptr (NnExperiment) experiment = open_lesson (name);
  g_autoptr (GError) error = NULL;
  g_autoptr (NnLessonRun) run = nn_lesson_run_new (experiment, &error);
  const NnLesson *lesson = nn_lesson_run_get_lesson (run);

  nn_lesson_run_leave_out_nudges (run);
  while (lesson->at < lesson->n_steps && nn_lesson_run_step (run, &error))
    ;
  g_assert_nonnull (error);
  g_test_message ("%s", error->message);
  g_assert_true (strstr (error->message, "it does not hold") != NULL);
}

/* Each nudge alone: one that is taken out is missed. */
static void
test_each_nudge_matters (gconstpointer name)
{
  g_autoptr (NnExperiment) experiment = open_lesson (name);

  for (gsize i = 0; i < experiment->lesson->n_steps; i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (NnLessonRun) run = nn_lesson_run_new (experiment, &error);
    NnLesson *lesson = nn_lesson_run_get_lesson (run);

    if (lesson->steps[i].event.nudge == NULL)
      continue;
    g_test_message ("%s", lesson->steps[i].text);
    lesson->steps[i].kind = NN_LESSON_SAY;
    while (lesson->at < lesson->n_steps && nn_lesson_run_step (run, &error))
      ;
    g_assert_nonnull (error);
  }
}

/* What a lesson says PyTorch does, PyTorch did. */
static void
test_it_keeps_what_pytorch_computed (void)
{
  json_t *root = golden_load ("lessons.json");
  const char *name, *key;
  json_t *numbers, *number;

  json_object_foreach (json_object_get (root, "values"), name, numbers)
  {
    g_autoptr (NnExperiment) experiment = open_lesson (name);
    g_autoptr (GError) error = NULL;
    g_autoptr (NnLessonRun) run = nn_lesson_run_new (experiment, &error);
    const NnLesson *lesson = nn_lesson_run_get_lesson (run);

    while (lesson->at < lesson->n_steps && nn_lesson_run_step (run, &error))
      ;
    g_assert_no_error (error);
    json_object_foreach (numbers, key, number)
    {
      const double expected = json_number_value (number);
      const double *kept = g_hash_table_lookup (lesson->kept, key);

      g_test_message ("%s: %s", name, key);
      g_assert_nonnull (kept);
      g_assert_cmpfloat_with_epsilon (*kept, expected, 1e-5 * expected);
    }
  }
  json_decref (root);
}

/* Small, about one thing, with a prediction, and the same once it was written. */
static void
test_it_is_made_well (gconstpointer name)
{
  g_autoptr (NnExperiment) experiment = open_lesson (name);
  g_autofree char *base = g_strconcat ((const char *) name, ".nudge", NULL);
  g_autofree char *path =
      g_test_build_filename (G_TEST_DIST, "..", "resources", "lessons", base, NULL);
  g_autofree char *file = NULL;
  g_autofree char *text = nn_experiment_file_format (experiment);
  g_autoptr (GError) error = NULL;
  g_autoptr (NnExperiment) again =
      nn_experiment_file_parse (text, strlen (text), name, &error);
  g_autofree char *text_again = nn_experiment_file_format (again);
  gsize n_bytes, n_questions = 0;

  g_assert_no_error (error);
  g_assert_cmpstr (text_again, ==, text);
  g_assert_true (g_file_get_contents (path, &file, &n_bytes, &error));
  g_assert_cmpuint (n_bytes, <, MOST_BYTES);
  for (gsize i = 0; i < experiment->lesson->n_steps; i++) {
    n_questions += experiment->lesson->steps[i].kind == NN_LESSON_ASK;
    g_assert_cmpuint (strlen (experiment->lesson->steps[i].text), <, 300);
  }
  g_assert_cmpuint (n_questions, >=, 1);
  g_assert_cmpuint (strlen (experiment->story), <, 150);
}

static void
add (const char *name, const char *property, GTestDataFunc function)
{
  g_autofree char *path = g_strdup_printf ("/nn/lessons/%s/%s", name, property);

  g_test_add_data_func (path, name, function);
}

int
main (int argc, char *argv[])
{
  const char *const *names = nn_experiment_get_lesson_names ();

  g_test_init (&argc, &argv, NULL);
  g_assert_cmpuint (g_strv_length ((char **) (guintptr) names), ==, 8);
  for (gsize i = 0; names[i] != NULL; i++) {
    add (names[i], "its-claims-hold", test_its_claims_hold);
    add (names[i], "without-its-nudges-they-do-not", test_without_its_nudges_they_do_not);
    add (names[i], "each-nudge-matters", test_each_nudge_matters);
    add (names[i], "it-is-made-well", test_it_is_made_well);
  }
  g_test_add_func ("/nn/lessons/it-keeps-what-pytorch-computed",
                   test_it_keeps_what_pytorch_computed);
  return g_test_run ();
}

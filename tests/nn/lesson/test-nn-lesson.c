/* test-nn-lesson.c - the key "lesson" of a .nudge file
 *
 * SPDX-License-Identifier: MIT
 */

#include <math.h>
#include <string.h>

#include "nn/io/nn-experiment-file.h"
#include "nn/lesson/nn-lesson-outcome.h"
#include "nn/lesson/nn-lesson-run.h"

#define STEPS                                                                            \
  "{ \"say\": \"Run.\", \"point\": \"Run\", \"wait\": { \"step\": 3 }, \"keep\": { "     \
  "\"first\": \"loss\" }, \"check\": \"step == 3\" },\n"                                 \
  "{ \"ask\": \"Which?\", \"choices\": [ { \"say\": \"Less\", \"if\": \"loss < first\" " \
  "}, { \"say\": \"More\", \"if\": \"loss > first\" } ] },\n"                            \
  "{ \"ask\": \"Where?\", \"mark\": { \"step\": 5 } },\n"                                \
  "{ \"ask\": \"How many?\", \"number\": \"nudges\" },\n"                                \
  "{ \"say\": \"Double.\", \"do\": { \"nudge\": \"fc2.weight: 2*w\" } },\n"              \
  "{ \"say\": \"Again.\", \"do\": { \"stand\": \"fc1: 0.9*w @ every 2 steps\" } },\n"    \
  "{ \"say\": \"Off.\", \"do\": { \"guard\": \"off\" } },\n"                             \
  "{ \"say\": \"Faster.\", \"do\": { \"edit\": { \"optimizer\": { \"type\": \"sgd\", "   \
  "\"lr\": 0.5 } } } },\n"                                                               \
  "{ \"say\": \"Low.\", \"do\": { \"loss\": 100 } },\n"                                  \
  "{ \"say\": \"Five.\", \"do\": { \"step\": 5 } },\n"                                   \
  "{ \"say\": \"Back.\", \"wait\": { \"undo\": true } },\n"                              \
  "{ \"say\": \"Start.\", \"do\": { \"reset\": true } },\n"                              \
  "{ \"reveal\": \"It is {loss}.\" }"

/* @lesson: the key's value */
static NnExperiment *
parse (const char *lesson, GError **error)
{
  g_autofree char *text = g_strdup_printf (
      "{ \"nudge\": 1, \"data\": { \"source\": \"uniform\", \"examples\": 3, "
      "\"features\": 1 },\n\"network\": { \"layers\": [ { \"units\": 2 }, { \"units\": 1 "
      "} ] },\n\"loss\": { \"type\": \"squared_sum\", \"target\": 5 },\n\"lesson\": %s }",
      lesson);

  return nn_experiment_file_parse (text, strlen (text), "x", error);
}

static NnExperiment *
parse_steps (const char *steps, const char *rest)
{
  g_autofree char *lesson = g_strdup_printf ("{ \"steps\": [ %s ]%s }", steps, rest);
  g_autoptr (GError) error = NULL;
  NnExperiment *experiment = parse (lesson, &error);

  g_assert_no_error (error);
  return experiment;
}

static void
test_every_kind_is_read (void)
{
  g_autoptr (NnExperiment) experiment = parse_steps (STEPS, "");
  const NnLesson *lesson = experiment->lesson;

  g_assert_cmpuint (lesson->n_steps, ==, 13);
  g_assert_cmpint (lesson->steps[0].kind, ==, NN_LESSON_WAIT);
  g_assert_cmpstr (lesson->steps[0].point, ==, "Run");
  g_assert_cmpuint (lesson->steps[0].step, ==, 3);
  g_assert_cmpstr (lesson->steps[0].keep, ==, "first");
  g_assert_cmpint (lesson->steps[1].kind, ==, NN_LESSON_ASK);
  g_assert_cmpuint (lesson->steps[1].n_choices, ==, 2);
  g_assert_cmpstr (lesson->steps[2].outcome, ==, "loss(5)");
  g_assert_cmpint (lesson->steps[3].question, ==, NN_LESSON_NUMBER);
  g_assert_cmpint (lesson->steps[4].event.kind, ==, NN_EVENT_NUDGE);
  g_assert_cmpint (lesson->steps[5].event.kind, ==, NN_EVENT_STAND);
  g_assert_cmpint (lesson->steps[6].event.guard, ==, NN_GUARD_OFF);
  g_assert_cmpint (lesson->steps[7].event.edit->parts, ==, NN_EDIT_HAS_OPTIMIZER);
  g_assert_cmpfloat (lesson->steps[8].loss, ==, 100);
  g_assert_cmpint (lesson->steps[10].action, ==, NN_LESSON_UNDO);
  g_assert_cmpint (lesson->steps[11].action, ==, NN_LESSON_RESET);
  g_assert_cmpint (lesson->steps[12].kind, ==, NN_LESSON_REVEAL);
  g_assert_true (nn_lesson_find_question (lesson, 12) == &lesson->steps[3]);
  g_assert_null (nn_lesson_find_question (lesson, 1));
  g_assert_false (lesson->begun);
}

/* What is written reads as the same, to the byte, the learner's answers included. */
static void
test_written_it_reads_the_same (void)
{
  static const char *const rests[] = {
    "",
    ", \"learner\": { \"at\": 4, \"step\": 3, \"answers\": [ 1, null, 0.125 ], "
    "\"kept\": { \"first\": 24.5 } }",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rests); i++) {
    g_autoptr (NnExperiment) experiment = parse_steps (STEPS, rests[i]);
    g_autofree char *text = nn_experiment_file_format (experiment);
    g_autoptr (GError) error = NULL;
    g_autoptr (NnExperiment) again =
        nn_experiment_file_parse (text, strlen (text), "x", &error);
    g_autoptr (NnExperiment) copy = NULL;
    g_autofree char *text_again = NULL;

    g_assert_no_error (error);
    copy = nn_experiment_copy (again);
    text_again = nn_experiment_file_format (copy);
    g_assert_cmpstr (text_again, ==, text);
    g_assert_cmpint (again->lesson->begun, ==, i == 1);
  }
}

static void
test_the_learner_is_read (void)
{
  g_autoptr (NnExperiment) experiment =
      parse_steps (STEPS, ", \"learner\": { \"at\": 4, \"step\": 3, \"answers\": [ 1, "
                          "null, 0.125 ], \"kept\": { \"first\": 24.5 } }");
  g_autoptr (NnLesson) copy = nn_lesson_copy (experiment->lesson);

  g_assert_cmpuint (copy->at, ==, 4);
  g_assert_cmpuint (copy->run_to, ==, 3);
  g_assert_cmpfloat (copy->answers[1], ==, 1);
  g_assert_true (isnan (copy->answers[2]));
  g_assert_cmpfloat (copy->answers[3], ==, 0.125);
  g_assert_cmpfloat (*(double *) g_hash_table_lookup (copy->kept, "first"), ==, 24.5);
}

#define ONE(step) "{ \"steps\": [ " step " ] }"
#define SAY(rest) ONE ("{ \"say\": \"x\", " rest " }")

static const struct {
  const char *lesson;
  const char *message;
} wrong[] = {
  { "[]", "lesson: expected an object" },
  { "{}", "lesson: the key \"steps\" is missing" },
  { "{ \"steps\": [] }", "lesson.steps: a lesson has 1 to 64 steps" },
  { ONE ("{ \"sya\": \"x\" }"), "lesson.steps[0]: unknown key \"sya\"" },
  { ONE ("{ \"point\": \"x\" }"), "lesson.steps[0]: the key \"say\" is missing" },
  { ONE ("{ \"say\": \"\" }"), "lesson.steps[0].say: expected a text" },
  { ONE ("{ \"say\": \"{lost}\" }"),
    "lesson.steps[0].say: {lost}: column 1: 'lost' is neither" },
  { SAY ("\"wait\": {}"), "lesson.steps[0].wait: expected one thing: step" },
  { SAY ("\"wait\": { \"step\": 1, \"loss\": 1 }"),
    "lesson.steps[0].wait: expected one thing: step" },
  { SAY ("\"wait\": { \"step\": 1 }, \"do\": { \"step\": 2 }"),
    "lesson.steps[0].do: expected either \"do\" or \"wait\"" },
  { SAY ("\"do\": { \"undo\": false }"), "lesson.steps[0].do.undo: expected true" },
  { SAY ("\"do\": { \"nudge\": \"fc1: w +\" }"), "lesson.steps[0].do.nudge: " },
  { SAY ("\"do\": { \"nudge\": \"fc7: w\" }"), "lesson.steps[0].do.nudge: " },
  { SAY ("\"do\": { \"stand\": \"fc1: w @ by hand\" }"),
    "lesson.steps[0].do.stand: nudge: a manual nudge cannot repeat" },
  { SAY ("\"do\": { \"guard\": \"on\" }"), "lesson.steps[0].do.guard: " },
  { SAY ("\"do\": { \"edit\": { \"title\": \"x\" } }"),
    "lesson.steps[0].do.edit: an edit says what changes" },
  { SAY ("\"check\": \"loss <\""), "lesson.steps[0].check: column 7: " },
  { SAY ("\"check\": \"[fc7.weight: sum(w)] > 0\""),
    "lesson.steps[0].check: there is no parameter 'fc7.weight'" },
  { SAY ("\"keep\": { \"loss\": \"1\" }"),
    "lesson.steps[0].keep: expected one new name" },
  { SAY ("\"keep\": {}"), "lesson.steps[0].keep: expected one new name" },
  { ONE ("{ \"ask\": \"x\" }"),
    "lesson.steps[0]: a question has choices, a mark or a number" },
  { ONE ("{ \"ask\": \"x\", \"choices\": [ ] }"),
    "lesson.steps[0].choices: there are 2 to 6 choices" },
  { ONE ("{ \"ask\": \"x\", \"choices\": [ { \"say\": \"a\" }, { \"say\": \"b\" } ] }"),
    "lesson.steps[0].choices[0]: the key \"if\" is missing" },
  { ONE ("{ \"reveal\": \"x\" }"),
    "lesson.steps[0]: there is no question before this \"reveal\"" },
  { "{ \"steps\": [ { \"say\": \"x\" } ], \"learner\": { \"at\": 1, \"step\": 0, "
    "\"answers\": [] } }",
    "lesson.learner.at: " },
  { "{ \"steps\": [ { \"say\": \"x\" } ], \"learner\": { \"at\": 0, \"step\": 0, "
    "\"answers\": [1] } }",
    "lesson.learner.answers: there are more answers than questions" },
  { "{ \"steps\": [ { \"ask\": \"x\", \"number\": \"1\" } ], \"learner\": { \"at\": 0, "
    "\"step\": 0, \"answers\": [] } }",
    "lesson.learner.answers: expected an answer, or null, for each question" },
};

static void
test_what_is_wrong_is_named (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_autoptr (GError) error = NULL;

    g_test_message ("%s", wrong[i].lesson);
    g_assert_null (parse (wrong[i].lesson, &error));
    g_assert_nonnull (error);
    g_test_message ("%s", error->message);
    g_assert_true (g_str_has_prefix (error->message, wrong[i].message));
  }
}

static void
walk_all (NnLessonRun *run, GError **error)
{
  const NnLesson *lesson = nn_lesson_run_get_lesson (run);

  while (lesson->at < lesson->n_steps && nn_lesson_run_step (run, error))
    ;
}

static void
test_a_walk_does_what_it_says (void)
{
  g_autoptr (NnExperiment) experiment = parse_steps (STEPS, "");
  g_autoptr (GError) error = NULL;
  g_autoptr (NnLessonRun) run = nn_lesson_run_new (experiment, &error);
  NnLesson *lesson = nn_lesson_run_get_lesson (run);

  while (lesson->at < 10) {
    g_assert_true (nn_lesson_run_step (run, &error));
    g_assert_no_error (error);
  }
  g_assert_cmpuint (nn_lesson_run_get_frame (run)->step, ==, 5);
  g_assert_cmpuint (nn_lesson_run_get_frame (run)->n_standing, ==, 1);
  g_assert_cmpint (nn_lesson_run_get_frame (run)->guard, ==, NN_GUARD_OFF);
  g_assert_cmpfloat (
      nn_lesson_get_outcome (lesson, &lesson->steps[2], nn_lesson_run_get_frame (run)), >,
      0);
  walk_all (run, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (nn_lesson_run_get_frame (run)->step, ==, 0);
  g_assert_cmpuint (experiment->lesson->at, ==, 0); /* the file's own is as it was */
}

static void
test_a_claim_that_fails_is_named (void)
{
  g_autoptr (NnExperiment) experiment = parse_steps (
      "{ \"say\": \"x\", \"do\": { \"step\": 2 }, \"check\": \"step > 2\" }", "");
  g_autoptr (GError) error = NULL;
  g_autoptr (NnLessonRun) run = nn_lesson_run_new (experiment, &error);

  walk_all (run, &error);
  g_assert_nonnull (error);
  g_assert_cmpstr (
      error->message, ==,
      "lesson.steps[0]: after step 2 of the run it does not hold that step > "
      "2");
}

static void
test_answers_are_judged (void)
{
  const NnLessonStep choice = { .kind = NN_LESSON_ASK, .question = NN_LESSON_CHOICES };
  const NnLessonStep number = { .kind = NN_LESSON_ASK, .question = NN_LESSON_NUMBER };

  g_assert_true (nn_lesson_answer_is_right (&choice, 1, 1));
  g_assert_false (nn_lesson_answer_is_right (&choice, 1, 2));
  g_assert_false (nn_lesson_answer_is_right (&choice, NAN, 2));
  g_assert_true (nn_lesson_answer_is_right (&number, 0.09, 0.1));
  g_assert_false (nn_lesson_answer_is_right (&number, 0.07, 0.1));
  g_assert_false (nn_lesson_answer_is_right (&number, 1, NAN));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/lesson/every-kind-is-read", test_every_kind_is_read);
  g_test_add_func ("/nn/lesson/written-it-reads-the-same",
                   test_written_it_reads_the_same);
  g_test_add_func ("/nn/lesson/the-learner-is-read", test_the_learner_is_read);
  g_test_add_func ("/nn/lesson/what-is-wrong-is-named", test_what_is_wrong_is_named);
  g_test_add_func ("/nn/lesson/a-walk-does-what-it-says", test_a_walk_does_what_it_says);
  g_test_add_func ("/nn/lesson/a-claim-that-fails-is-named",
                   test_a_claim_that_fails_is_named);
  g_test_add_func ("/nn/lesson/answers-are-judged", test_answers_are_judged);
  return g_test_run ();
}

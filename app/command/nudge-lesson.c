/* nudge-lesson.c - the command `nudge lesson`: a lesson is walked without a window
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/command/nudge-lesson.h"

#include <glib/gi18n.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "app/command/nudge-complain.h"
#include "app/command/nudge-experiment.h"
#include "app/command/nudge-run.h"
#include "app/command/nudge-stream.h"
#include "nn/base/nn-text.h"
#include "nn/lesson/nn-lesson-outcome.h"
#include "nn/lesson/nn-lesson-run.h"
#include "nn/lesson/nn-lesson-text.h"

static const char *const usage = N_ (
    "Usage:\n"
    "  nudge lesson LESSON|FILE [--quiet]\n"
    "\n"
    "Goes through a lesson without a window: does what it waits for the learner to do,\n"
    "prints its text with the numbers of this run, and the outcome of each question.\n"
    "Every claim of the lesson is checked.\n"
    "\n"
    "  --quiet     print only claims that are false\n"
    "\n"
    "Exit status: 0 all claims are true, 1 one is false, 2 the lesson could not be "
    "read.\n"
    "nudge list lessons lists the lessons; nudge LESSON opens one in the window.\n"
    "\n"
    "For example:\n"
    "  nudge lesson lesson-section\n"
    "  nudge lesson lesson-section --quiet\n");

static void
append_number (GString *text, double number)
{
  g_string_append_printf (text, "%.3g", number);
}

static char *
dup_text (NnLessonRun *run, const char *text)
{
  return nn_lesson_text_dup (nn_text_get_translated (text), nn_lesson_run_get_frame (run),
                             nn_lesson_run_get_lesson (run)->kept, append_number);
}

static void
print_choices (NnLessonRun *run, const NnLessonStep *step)
{
  for (gsize i = 0; i < step->n_choices; i++) {
    g_autofree char *text = dup_text (run, step->choices[i].text);

    printf ("     %c  %s\n", (char) ('a' + i), text);
  }
}

/* The outcome of the newest question. */
static void
print_outcome (NnLessonRun *run, gsize at)
{
  const NnLesson *lesson = nn_lesson_run_get_lesson (run);
  const NnLessonStep *question = nn_lesson_find_question (lesson, at);
  const double outcome =
      nn_lesson_get_outcome (lesson, question, nn_lesson_run_get_frame (run));

  if (question->question == NN_LESSON_CHOICES && !isnan (outcome))
    printf ("     -> %c\n", (char) ('a' + (int) outcome));
  else
    printf ("     -> %.3g\n", outcome);
}

static void
print_step (NnLessonRun *run, gsize at)
{
  const NnLessonStep *step = &nn_lesson_run_get_lesson (run)->steps[at];
  g_autofree char *text = dup_text (run, step->text);

  printf ("%2" G_GSIZE_FORMAT "%c  %s\n", at + 1, step->kind == NN_LESSON_ASK ? '?' : ' ',
          text);
  if (step->kind == NN_LESSON_ASK)
    print_choices (run, step);
  else if (step->kind == NN_LESSON_REVEAL)
    print_outcome (run, at);
}

static int
walk (const char *name, gboolean quiet)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NnExperiment) experiment = nudge_experiment_open (name, quiet, &error);
  g_autoptr (NnLessonRun) run =
      experiment ? nn_lesson_run_new (experiment, &error) : NULL;
  const NnLesson *lesson;

  if (run == NULL) {
    nudge_complain ("lesson", error->message);
    return NUDGE_EXIT_USAGE;
  }
  lesson = nn_lesson_run_get_lesson (run);
  while (lesson->at < lesson->n_steps) {
    const gsize at = lesson->at;
    const gboolean held = nn_lesson_run_step (run, &error);

    if (!quiet)
      print_step (run, at);
    if (!held) {
      nudge_complain ("lesson", error->message);
      return NUDGE_EXIT_FAILED;
    }
  }
  return NUDGE_EXIT_DONE;
}

/**
 * nudge_lesson:
 * @argv: (array zero-terminated=1): what follows "lesson"
 *
 * Returns: the program's exit status
 */
int
nudge_lesson (char *argv[])
{
  const char *name = NULL;
  gboolean quiet = FALSE;

  for (char **at = argv; *at != NULL; at++) {
    if (strcmp (*at, "--help") == 0 || strcmp (*at, "-h") == 0) {
      fputs (_ (usage), stdout);
      return NUDGE_EXIT_DONE;
    } else if (strcmp (*at, "--quiet") == 0) {
      quiet = TRUE;
    } else if (nudge_stream_is_option (*at) || name != NULL) {
      g_autofree char *text =
          g_strdup_printf (_ ("%s: not understood; see nudge lesson --help"), *at);

      nudge_complain ("lesson", text);
      return NUDGE_EXIT_USAGE;
    } else {
      name = *at;
    }
  }
  if (name != NULL)
    return walk (name, quiet);
  nudge_complain ("lesson",
                  _ ("no lesson is given; for example: nudge lesson lesson-section"));
  return NUDGE_EXIT_USAGE;
}

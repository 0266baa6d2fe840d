/* test-nudge-window-killed.c - the program by keyboard, killed, and recovered by the next start
 *
 * SPDX-License-Identifier: MIT
 */

#include <string.h>

#include "program.h"

/* A layer more, another rate, a point more, and a nudge. */
static const char experiment[] =
    "{ \"nudge\": 1, \"title\": \"Kept\","
    "  \"data\": { \"source\": \"inline\", \"inputs\": [ [0, 0], [1, 0], [0, 1] ],"
    "              \"targets\": [0, 1, 1] },"
    "  \"network\": { \"layers\": [ { \"units\": 4, \"activation\": \"tanh\" },"
    "                               { \"units\": 2 } ] },"
    "  \"loss\": { \"type\": \"cross_entropy\" },"
    "  \"log\": [ { \"step\": 1, \"do\": \"edit\", \"network\": { \"layers\": ["
    "    { \"name\": \"fc1\", \"units\": 4, \"activation\": \"tanh\" },"
    "    { \"name\": \"fc3\", \"units\": 3, \"activation\": \"relu\" },"
    "    { \"name\": \"fc2\", \"units\": 2, \"activation\": \"identity\" } ] } },"
    "  { \"step\": 1, \"do\": \"edit\", \"optimizer\": { \"type\": \"adam\", \"lr\": "
    "0.02 } },"
    "  { \"step\": 2, \"do\": \"edit\", \"data\": { \"source\": \"inline\","
    "    \"inputs\": [ [0, 0], [1, 0], [0, 1], [1, 1] ], \"targets\": [0, 1, 1, 0] } },"
    "  { \"step\": 2, \"do\": \"nudge\", \"nudge\": \"fc1.weight: w*0.5\" } ] }";

/* What a shell is to know. "kept STEP" waits until the run's state at that step is kept;
 * "gone WINDOW" until that has the keyboard no more. */
#define WORDS                                                                            \
  "state=\"$XDG_STATE_HOME\"/nudge\n"                                                    \
  "start () { \"$NUDGE_PROGRAM\" \"$@\" 2>>said & program=$!; }\n"                       \
  "window () { timeout 60 xdotool search --sync --all --onlyvisible --pid $program "     \
  "--name \"$1\" | head -n 1; }\n"                                                       \
  "gone () { while xdotool search --all --onlyvisible --pid $program --name \"$1\" "     \
  ">/dev/null; do sleep 0.05; done; }\n"                                                 \
  "key () { xdotool windowactivate --sync \"$(window \"$1\")\" key \"$2\"; }\n"          \
  "kept () { for i in $(seq 1200); do\n"                                                 \
  "  nudge info \"$state\"/*.nudge-checkpoint 2>/dev/null | "                            \
  "grep -q \"after step $1\\b\" && return; sleep 0.05\n"                                 \
  "done; echo \"step $1 is not kept\"; }\n"

#define TOUR                                                                             \
  "start kept.nudge\n"                                                                   \
  "for step in 1 2 3; do key 'kept.nudge' ctrl+t; kept $step; done\n"                    \
  "kill -KILL $program; wait $program; echo $?\n"                                        \
  "start\n"                                                                              \
  "key 'Ended Unexpectedly' Return; gone 'Ended Unexpectedly'\n"                         \
  "key 'kept.nudge' ctrl+t; kept 4\n"                                                    \
  "cp \"$state\"/*.nudge-checkpoint then.nudge-checkpoint\n"                             \
  "kill $program; wait $program; cat said\n"

static void
test_goes_on_at_the_same_step (Scratch *scratch, gconstpointer data)
{
  g_autofree char *path = g_build_filename (scratch->folder, "kept.nudge", NULL);
  g_autofree char *found = NULL;
  g_autofree char *expected = NULL;
  g_auto (Outcome) outcome = { 0 };

#ifdef __SANITIZE_ADDRESS__
  g_test_skip (
      "kills are tried without sanitizers, where the program is as fast as it is");
  return;
#endif
  put_contents (path, experiment);
  outcome = program_shell (scratch, WORDS TOUR);
  g_assert_cmpstr (outcome.out, ==, "137\n");
  assert_succeeds (scratch, "run --resume then.nudge-checkpoint --steps 6 --quiet "
                            "--snapshot found.csv");
  assert_succeeds (scratch, "run kept.nudge --steps 6 --quiet --snapshot expected.csv");
  found = read_file (scratch, "found.csv", NULL);
  expected = read_file (scratch, "expected.csv", NULL);
  g_assert_cmpstr (found, ==, expected);
}

/* "learned LEARNER": whether that is kept, as the file has it. "learn NAME KEY LEARNER"
 * presses until it is: a key that comes before the lesson's bar is there is lost, and one
 * that comes after it has gone on does nothing. */
#define LESSON_WORDS                                                                     \
  "learned () { grep -aqsF \"\\\"learner\\\": { $1\" \"$state\"/*.nudge-checkpoint; }\n" \
  "learn () { for i in $(seq 40); do key \"$1\" \"$2\"\n"                                \
  "  for j in $(seq 10); do learned \"$3\" && return; sleep 0.05; done\n"                \
  "done; echo \"$3 is not kept\"; }\n"

/* By the run to step 100, to a question, whose second choice is chosen, and on to what is
 * done then, which is done after the end. */
#define LESSON                                                                           \
  "title='What a gradient-free section is'\n"                                            \
  "start lesson-section\n"                                                               \
  "learn \"$title\" alt+d '\"at\": 1, \"step\": 100'\n"                                  \
  "learn \"$title\" space '\"at\": 1, \"step\": 100, \"answers\": [ 0, null ]'\n"        \
  "learn \"$title\" Down '\"at\": 1, \"step\": 100, \"answers\": [ 1, null ]'\n"         \
  "learn \"$title\" alt+n '\"at\": 2, \"step\": 100, \"answers\": [ 1, null ]'\n"        \
  "kill -KILL $program; wait $program; echo $?\n"                                        \
  "start\n"                                                                              \
  "key 'Ended Unexpectedly' Return; gone 'Ended Unexpectedly'\n"                         \
  "learn \"$title\" alt+d '\"at\": 3, \"step\": 100, \"answers\": [ 1, null ]'\n"        \
  "nudge info \"$state\"/*.nudge-checkpoint | grep -c '^log  *1 entry'\n"                \
  "kill $program; wait $program; cat said\n"

/* At its step, with what was answered. */
static void
test_goes_on_in_the_lesson (Scratch *scratch, gconstpointer data)
{
  g_auto (Outcome) outcome = { 0 };

#ifdef __SANITIZE_ADDRESS__
  g_test_skip ("kills are tried without sanitizers");
  return;
#endif
  outcome = program_shell (scratch, WORDS LESSON_WORDS LESSON);
  g_assert_cmpstr (outcome.out, ==, "137\n1\n");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/app/window-killed/goes-on-at-the-same-step", Scratch, NULL,
              scratch_set_up, test_goes_on_at_the_same_step, scratch_remove_all);
  g_test_add ("/app/window-killed/goes-on-in-the-lesson", Scratch, NULL, scratch_set_up,
              test_goes_on_in_the_lesson, scratch_remove_all);
  return g_test_run ();
}

/* test-nudge-window-killed.c - the program by keyboard, ended, and recovered by the next start
 *
 * SPDX-License-Identifier: MIT
 */

#include <string.h>

#include "tests/app/program.h"

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

/* What a shell is to know. What another test has kept would be offered here, too. A key that
 * comes before the window has the keyboard is lost: "press WINDOW KEY COMMAND…" repeats it,
 * with seconds in between, until the command says that it had its effect, or fails. "kept
 * STEP" says whether the run's state at that step or a later one is kept, "shown WINDOW" and
 * "gone WINDOW" whether there is one of that name. */
#define WORDS                                                                            \
  "state=\"$XDG_STATE_HOME\"/nudge; rm -rf \"$state\"\n"                                 \
  "start () { \"$NUDGE_PROGRAM\" \"$@\" 2>>said & program=$!; }\n"                       \
  "find_window () { timeout 60 xdotool search \"$@\" --all --onlyvisible "               \
  "--pid $program --name \"$window\"; }\n"                                               \
  "shown () { window=$1; find_window >/dev/null; }\n"                                    \
  "gone () { ! shown \"$1\"; }\n"                                                        \
  "kept () { nudge info \"$state\"/*.nudge-checkpoint 2>/dev/null | "                    \
  "awk -v least=$1 '/after step/ { for (i = 1; i < NF; i++) if ($i == \"step\" && "      \
  "$(i + 1) + 0 >= least) found = 1 } END { exit !found }'; }\n"                         \
  "press () { window=$1 key=$2; shift 2; find_window --sync >/dev/null\n"                \
  "  for i in $(seq 24); do\n"                                                           \
  "    timeout 10 xdotool windowactivate --sync $(find_window | head -n 1) key $key\n"   \
  "    for j in $(seq 50); do \"$@\" && return; sleep 0.1; done\n"                       \
  "  done; echo \"$key never did: $*\"; }\n"

#define TOUR                                                                             \
  "start kept.nudge\n"                                                                   \
  "for step in 1 2 3; do press 'kept.nudge' ctrl+t kept $step; done\n"                   \
  "kill -KILL $program; wait $program; echo $?\n"                                        \
  "start\n"                                                                              \
  "press 'Ended Unexpectedly' Return gone 'Ended Unexpectedly'\n"                        \
  "press 'kept.nudge' ctrl+t kept 4\n"                                                   \
  "cp \"$state\"/*.nudge-checkpoint then.nudge-checkpoint\n"                             \
  "kill $program; wait $program; cat said\n"

static void
test_goes_on_at_the_same_step (Scratch *scratch, gconstpointer data)
{
  g_autofree char *found = NULL;
  g_autofree char *expected = NULL;
  g_auto (Outcome) outcome = { 0 };

#ifdef __SANITIZE_ADDRESS__
  g_test_skip (
      "kills are tried without sanitizers, where the program is as fast as it is");
  return;
#endif
  scratch_put (scratch, "kept.nudge", experiment);
  outcome = program_shell (scratch, WORDS TOUR);
  g_assert_cmpstr (outcome.out, ==, "137\n");
  assert_succeeds (scratch, "run --resume then.nudge-checkpoint --steps 6 --quiet "
                            "--snapshot found.csv");
  assert_succeeds (scratch, "run kept.nudge --steps 6 --quiet --snapshot expected.csv");
  found = read_file (scratch, "found.csv", NULL);
  expected = read_file (scratch, "expected.csv", NULL);
  g_assert_cmpstr (found, ==, expected);
}

/* "learned LEARNER": whether that is kept, as the file has it. A key that comes after the
 * lesson has gone on does nothing. */
#define LESSON_WORDS                                                                     \
  "learned () { grep -aqsF \"\\\"learner\\\": { $1\" \"$state\"/*.nudge-checkpoint; }\n"

/* By the run to step 100, to a question, whose second choice is chosen, and on to what is
 * done then, which is done after the end. */
#define LESSON                                                                           \
  "title='What a gradient-free section is'\n"                                            \
  "start lesson-section\n"                                                               \
  "press \"$title\" alt+d learned '\"at\": 1, \"step\": 100'\n"                          \
  "asked='\"at\": 1, \"step\": 100, \"answers\"'\n"                                      \
  "press \"$title\" space learned \"$asked: [ 0, null ]\"\n"                             \
  "press \"$title\" Down learned \"$asked: [ 1, null ]\"\n"                              \
  "press \"$title\" alt+n learned '\"at\": 2, \"step\": 100, \"answers\": [ 1, null "    \
  "]'\n"                                                                                 \
  "kill -KILL $program; wait $program; echo $?\n"                                        \
  "start\n"                                                                              \
  "press 'Ended Unexpectedly' Return gone 'Ended Unexpectedly'\n"                        \
  "press \"$title\" alt+d learned '\"at\": 3, \"step\": 100, \"answers\": [ 1, null "    \
  "]'\n"                                                                                 \
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

/* Of all that is in a home, nothing can be read or written. GTK itself warns of that, on
 * standard error, which is not looked at, and is not to end for it. */
#define NO_HOME                                                                          \
  "touch home; export HOME=$PWD/home\n"                                                  \
  "unset G_DEBUG XDG_STATE_HOME XDG_CONFIG_HOME XDG_CACHE_HOME XDG_DATA_HOME\n"          \
  "start kept.nudge\n"                                                                   \
  "press 'kept.nudge' ctrl+shift+s shown 'Save As'\n"                                    \
  "timeout 10 xdotool type --delay 30 \"$PWD/elsewhere\"\n"                              \
  "press 'Save As' Return test -e elsewhere.nudge\n"                                     \
  "kill $program; wait $program; echo $?\n"

static void
test_saves_elsewhere_without_a_home (Scratch *scratch, gconstpointer data)
{
  g_auto (Outcome) outcome = { 0 };

#ifdef __SANITIZE_ADDRESS__
  g_test_skip ("kills are tried without sanitizers");
  return;
#endif
  scratch_put (scratch, "kept.nudge", experiment);
  outcome = program_shell (scratch, WORDS NO_HOME);
  g_assert_cmpstr (outcome.out, ==, "143\n");
  assert_succeeds (scratch, "run elsewhere.nudge --steps 6 --quiet --snapshot found.csv");
  assert_succeeds (scratch, "run kept.nudge --steps 6 --quiet --snapshot expected.csv");
  assert_same_files (scratch, "found.csv", "expected.csv");
}

/* As text they take seconds to write. */
static const char large[] =
    "{ \"nudge\": 1, \"title\": \"Large\","
    "  \"data\": { \"source\": \"uniform\", \"examples\": 3, \"features\": 1000 },"
    "  \"network\": { \"layers\": [ { \"units\": 4000 }, { \"units\": 1 } ] },"
    "  \"loss\": { \"type\": \"squared_sum\" } }";

#define QUIT                                                                             \
  "start large.nudge\n"                                                                  \
  "press 'large.nudge' ctrl+e shown 'Export Parameters'\n"                               \
  "timeout 10 xdotool key ctrl+a type --delay 30 \"$PWD/wanted.csv\"\n"                  \
  "press 'Export Parameters' Return gone 'Export Parameters'\n"                          \
  "press 'large.nudge' ctrl+q gone 'large.nudge'\n"                                      \
  "wait $program; echo $?; ls -A | grep -e wanted -e unfinished\n"

/* What the user has exported a moment before. */
static void
test_writes_a_file_before_it_quits (Scratch *scratch, gconstpointer data)
{
  g_auto (Outcome) outcome = { 0 };

#ifdef __SANITIZE_ADDRESS__
  g_test_skip ("the end is tried without sanitizers");
  return;
#endif
  scratch_put (scratch, "large.nudge", large);
  outcome = program_shell (scratch, WORDS QUIT);
  g_assert_cmpstr (outcome.out, ==, "0\nwanted.csv\n");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/app/window-killed/goes-on-at-the-same-step", Scratch, NULL,
              scratch_set_up, test_goes_on_at_the_same_step, scratch_remove_all);
  g_test_add ("/app/window-killed/goes-on-in-the-lesson", Scratch, NULL, scratch_set_up,
              test_goes_on_in_the_lesson, scratch_remove_all);
  g_test_add ("/app/window-killed/saves-elsewhere-without-a-home", Scratch, NULL,
              scratch_set_up, test_saves_elsewhere_without_a_home, scratch_remove_all);
  g_test_add ("/app/window-killed/writes-a-file-before-it-quits", Scratch, NULL,
              scratch_set_up, test_writes_a_file_before_it_quits, scratch_remove_all);
  return g_test_run ();
}

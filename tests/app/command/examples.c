/* examples.c - examples that are told to users, run
 *
 * SPDX-License-Identifier: MIT
 */

#include "examples.h"

#include <string.h>

GPtrArray *
find_all (const char *text, const char *pattern, int group)
{
  g_autoptr (GRegex) regex = g_regex_new (pattern, G_REGEX_MULTILINE, 0, NULL);
  GPtrArray *found = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GMatchInfo) match = NULL;

  g_regex_match (regex, text, 0, &match);
  for (; g_match_info_matches (match); g_match_info_next (match, NULL))
    g_ptr_array_add (found, g_match_info_fetch (match, group));
  return found;
}

/* The files that examples name: an experiment with three entries in its log, parameters
 * in two formats, two tables. */
void
examples_make_files (const Scratch *scratch)
{
  g_auto (Outcome) made = program_shell (
      scratch,
      "printf 'a,b\\n1,2\\n2,4\\n3,6\\n4,8\\n' >data.csv\n"
      "printf 'length,width,species\\n1,2,a\\n2,4,b\\n3,6,a\\n4,8,b\\n5,9,b\\n' "
      ">flowers.csv\n"
      "nudge run seed-nudged --quiet --steps 5 --save mine.nudge --snapshot x.npz "
      "--snapshot-slow x.csv --checkpoint x.nudge-checkpoint 2>/dev/null\n"
      "nudge convert x.npz x.safetensors >/dev/null\n"
      "for name in a b before after in tuned base; do cp x.safetensors "
      "$name.safetensors; done\n"
      "cp x.npz in.npz\n"
      "sed -i '$d' mine.nudge\n"
      "printf ', \"log\": [ { \"step\": 90, \"do\": \"nudge\", \"nudge\": \"fc1: 0.9*w\" "
      "},\\n"
      "{ \"step\": 100, \"do\": \"nudge\", \"nudge\": \"fc2: 0.9*w\" },\\n"
      "{ \"step\": 119, \"do\": \"nudge\", \"nudge\": \"fc3: 2*w\" } ] }\\n' "
      ">>mine.nudge\n"
      "nudge info mine.nudge >/dev/null");

  g_assert_cmpstr (made.err, ==, "");
  g_assert_cmpint (made.status, ==, 0);
}

/* What needs a job of PyTorch's is tried with one elsewhere; files that are not here are
 * of formats that only Python writes. */
static gboolean
can_run (const char *example)
{
  return strstr (example, "nudge attach") == NULL && strstr (example, ".pt") == NULL;
}

void
example_run (const Scratch *scratch, const char *example)
{
  g_auto (Outcome) outcome = { 0 };
  const gboolean compares = g_str_has_prefix (example, "nudge diff");

  if (!can_run (example))
    return;
  g_test_message ("%s", example);
  outcome = program_shell (scratch, example);
  g_assert_cmpint (outcome.status, >=, 0);
  g_assert_cmpint (outcome.status, <=, compares ? 1 : 0); /* 1: they differ */
  if (outcome.err[0] != '\0') /* what is said where losses or arrays go to a pipe */
    g_assert_nonnull (strchr (example, '|'));
  g_assert_null (strstr (outcome.err, "nudge: "));
}

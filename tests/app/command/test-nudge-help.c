/* test-nudge-help.c - what --help says: its examples run, and shells complete its options
 *
 * SPDX-License-Identifier: MIT
 *
 * NUDGE_COMPLETION names what bash completes; it is empty where none could be made.
 */

#include <string.h>

#include "examples.h"

#define EXAMPLES "For example:\n"

/* ---- what is read of the help ------------------------------------------------------ */

static char *
get_help (const Scratch *scratch, const char *command)
{
  g_autofree char *arguments = g_strconcat (command, " --help", NULL);
  g_auto (Outcome) outcome = program_run (scratch, arguments);

  g_assert_cmpstr (outcome.err, ==, "");
  g_assert_cmpint (outcome.status, ==, 0);
  return g_steal_pointer (&outcome.out);
}

/* "" is the program itself. */
static GPtrArray *
get_commands (const Scratch *scratch)
{
  g_autofree char *help = get_help (scratch, "");
  g_auto (GStrv) parts = g_strsplit (help, EXAMPLES, 2);
  GPtrArray *commands = find_all (parts[0], "^  nudge ([a-z]+) .*  ", 1);

  g_assert_cmpuint (commands->len, >=, 5);
  g_ptr_array_insert (commands, 0, g_strdup (""));
  return commands;
}

/* ---- examples ---------------------------------------------------------------------- */

/* A line that ends in a backslash goes on; two blanks begin a remark. */
static GPtrArray *
get_examples (const char *help)
{
  const char *start = strstr (help, EXAMPLES);
  g_autoptr (GRegex) broken = g_regex_new ("\\\\\n *", 0, 0, NULL);
  g_autofree char *joined =
      start ? g_regex_replace_literal (broken, start, -1, 0, "", 0, NULL) : g_strdup ("");

  return find_all (joined, "^  (nudge (?:[^ \n]| (?! ))+)", 1);
}

static void
test_every_example_runs (Scratch *scratch, gconstpointer data)
{
  g_autoptr (GPtrArray) commands = get_commands (scratch);

  examples_make_files (scratch);
  for (guint i = 0; i < commands->len; i++) {
    g_autofree char *help = get_help (scratch, commands->pdata[i]);
    g_autoptr (GPtrArray) examples = get_examples (help);

    g_test_message ("nudge %s --help", (const char *) commands->pdata[i]);
    g_assert_cmpuint (examples->len, >, 0);
    for (guint k = 0; k < examples->len; k++)
      example_run (scratch, examples->pdata[k]);
  }
}

/* ---- completion -------------------------------------------------------------------- */

/* What bash offers for the last word of @line, a word to a line. */
static char *
complete (const Scratch *scratch, const char *line)
{
  g_autofree char *command =
      g_strdup_printf ("bash -c '. \"$NUDGE_COMPLETION\"; COMP_WORDS=(%s); "
                       "COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _nudge; printf \"%%s\\n\" "
                       "\"${COMPREPLY[@]}\"'",
                       line);
  g_auto (Outcome) outcome = program_shell (scratch, command);

  g_assert_cmpstr (outcome.err, ==, "");
  return g_strconcat ("\n", outcome.out, NULL);
}

static gboolean
can_complete (void)
{
  g_autofree char *bash = g_find_program_in_path ("bash");
  const char *completion = g_getenv ("NUDGE_COMPLETION");

  if (bash && completion && *completion)
    return TRUE;
  g_test_skip ("no bash, or no completion was made");
  return FALSE;
}

static void
assert_offers (const Scratch *scratch, const char *line, const char *word)
{
  g_autofree char *offered = complete (scratch, line);
  g_autofree char *row = g_strconcat ("\n", word, "\n", NULL);

  g_test_message ("%s offers %s?", line, word);
  g_assert_nonnull (strstr (offered, row));
}

static void
test_every_option_is_completed (Scratch *scratch, gconstpointer data)
{
  g_autoptr (GPtrArray) commands = get_commands (scratch);

  if (!can_complete ())
    return;
  for (guint i = 1; i < commands->len; i++) {
    const char *command = commands->pdata[i];
    g_autofree char *help = get_help (scratch, command);
    g_autofree char *line = g_strdup_printf ("nudge %s --", command);
    g_autoptr (GPtrArray) options =
        find_all (help, "^  (?:-h, |--[a-z]+, )?(--[a-z][a-z-]*)", 1);

    assert_offers (scratch, "nudge \"\"", command);
    assert_offers (scratch, line, "--help");
    for (guint k = 0; k < options->len; k++)
      assert_offers (scratch, line, options->pdata[k]);
  }
}

static void
test_words_and_files_are_completed (Scratch *scratch, gconstpointer data)
{
  g_auto (Outcome) made = program_shell (scratch, "touch \"my data.csv\" other.npz");

  if (!can_complete ())
    return;
  assert_offers (scratch, "nudge run se", "seed-nudged");
  assert_offers (scratch, "nudge run my", "my data.csv");
  assert_offers (scratch, "nudge run seed --guard sh", "shield");
  assert_offers (scratch, "nudge run seed --guard = sh", "shield");
  assert_offers (scratch, "nudge run seed --from o", "other.npz");
  assert_offers (scratch, "nudge list opt", "optimizers");
  assert_offers (scratch, "nudge --v", "--version");
  assert_offers (scratch, "nudge run seed --steps \"\"", ""); /* nothing */
}

#define ADD(path, function)                                                              \
  g_test_add ("/nudge/help/" path, Scratch, NULL, scratch_set_up, function,              \
              scratch_remove_all)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("every-example-runs", test_every_example_runs);
  ADD ("every-option-is-completed", test_every_option_is_completed);
  ADD ("words-and-files-are-completed", test_words_and_files_are_completed);
  return g_test_run ();
}

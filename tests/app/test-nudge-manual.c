/* test-nudge-manual.c - the manual pages: their examples run, and they name every option
 *
 * SPDX-License-Identifier: MIT
 *
 * NUDGE_MANUAL names their folder.
 */

#include <string.h>

#include "examples.h"

/* ---- what is read of a page -------------------------------------------------------- */

/* As a terminal shows it, where that matters here. */
static char *
unescape (const char *roff)
{
  static const char *const signs[][2] = {
    { "\\-", "-" },    { "\\[aq]", "'" }, { "\\[rs]", "\\" }, { "\\[ha]", "^" },
    { "\\[ti]", "~" }, { "\\fB", "" },    { "\\fI", "" },     { "\\fR", "" },
    { "\\e", "\\" },   { "\\&", "" },
  };
  GString *text = g_string_new (roff);

  for (gsize i = 0; i < G_N_ELEMENTS (signs); i++)
    g_string_replace (text, signs[i][0], signs[i][1], 0);
  return g_string_free (text, FALSE);
}

static char *
read_page (const char *name)
{
  g_autofree char *path = g_build_filename (g_getenv ("NUDGE_MANUAL"), name, NULL);
  g_autofree char *roff = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &roff, NULL, &error);
  g_assert_no_error (error);
  return unescape (roff);
}

/* Returns: (element-type utf8): what stands between .EX and .EE */
static GPtrArray *
get_blocks (const char *page)
{
  return find_all (page, "^\\.EX\n((?:(?!\\.EE$).*\n)+)", 1);
}

/* ---- the command line -------------------------------------------------------------- */

static void
run_all (const Scratch *scratch, const GPtrArray *examples)
{
  for (guint i = 0; i < examples->len; i++)
    example_run (scratch, examples->pdata[i]);
}

/* Lines of blocks, behind a prompt or not, and what the list of commands is of; without a
 * command the window would open. */
static void
test_every_command_runs (Scratch *scratch, gconstpointer data)
{
  const char *command =
      "(nudge (?:run|why|info|convert|edit|diff|list)(?:[^ \n]| (?! ))*)";
  g_autofree char *page = read_page ("nudge.1");
  g_autoptr (GPtrArray) blocks = get_blocks (page);
  g_autofree char *in_block = g_strconcat ("^(?:\\$ )?", command, NULL);
  g_autofree char *in_list = g_strconcat ("^\\.TP\n", command, NULL);
  g_autoptr (GPtrArray) listed = find_all (page, in_list, 1);
  guint n = 0;

  examples_make_files (scratch);
  run_all (scratch, listed);
  for (guint i = 0; i < blocks->len; i++) {
    g_autoptr (GPtrArray) examples = find_all (blocks->pdata[i], in_block, 1);

    run_all (scratch, examples);
    n += examples->len;
  }
  g_assert_cmpuint (listed->len, >=, 10);
  g_assert_cmpuint (n, >=, 8);
}

static void
test_every_option_is_named (Scratch *scratch, gconstpointer data)
{
  g_autofree char *page = read_page ("nudge.1");
  g_auto (Outcome) help = program_run (scratch, "run --help");
  g_autoptr (GPtrArray) options = find_all (help.out, "^  (--[a-z][a-z-]*)", 1);

  g_assert_cmpuint (options->len, >=, 20);
  for (guint i = 0; i < options->len; i++) {
    g_test_message ("%s", (const char *) options->pdata[i]);
    g_assert_nonnull (strstr (page, options->pdata[i]));
  }
}

/* ---- the experiment file ----------------------------------------------------------- */

/* An experiment's last key is followed by this one, which takes the place of an earlier one
 * of its name. */
static char *
add_key (const char *experiment, const char *key)
{
  g_auto (GStrv) parts = g_strsplit (key, "\"", 3);
  g_autofree char *line = g_strdup_printf ("^  \"%s\": .*\n", parts[1]);
  g_autoptr (GRegex) old = g_regex_new (line, G_REGEX_MULTILINE, 0, NULL);
  g_autofree char *rest = g_regex_replace_literal (old, experiment, -1, 0, "", 0, NULL);
  char *end = strrchr (rest, '}');

  *end = '\0';
  return g_strconcat (rest, ",", key, "}", NULL);
}

static void
run_experiment (const Scratch *scratch, const char *text)
{
  g_autofree char *path = g_build_filename (scratch->folder, "mine.nudge", NULL);

  g_test_message ("%s", text);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  assert_succeeds (scratch, "run mine.nudge --steps 50 --quiet");
}

/* Of one that is whole the others change a key. */
static void
test_every_experiment_runs (Scratch *scratch, gconstpointer data)
{
  g_autofree char *page = read_page ("nudge-experiment.5");
  g_autoptr (GPtrArray) blocks = get_blocks (page);
  const char *whole = blocks->pdata[0];
  guint n = 0;

  examples_make_files (scratch);
  g_assert_cmpint (whole[0], ==, '{');
  for (guint i = 0; i < blocks->len; i++) {
    const char *block = blocks->pdata[i];
    g_autofree char *changed = block[0] == '"' ? add_key (whole, block) : NULL;

    if (changed == NULL && block[0] != '{')
      continue; /* another language */
    run_experiment (scratch, changed ? changed : block);
    n++;
  }
  g_assert_cmpuint (n, >=, 3);
}

#define ADD(path, function)                                                              \
  g_test_add ("/nudge/manual/" path, Scratch, NULL, scratch_set_up, function,            \
              scratch_remove_all)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("every-command-runs", test_every_command_runs);
  ADD ("every-option-is-named", test_every_option_is_named);
  ADD ("every-experiment-runs", test_every_experiment_runs);
  return g_test_run ();
}

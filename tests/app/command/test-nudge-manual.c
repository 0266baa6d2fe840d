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
      "(nudge (?:run|why|info|convert|edit|diff|lesson|list)(?:[^ \n]| (?! ))*)";
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

/* Lines of its code, without what is said behind them. */
static void
test_every_command_of_the_readme_runs (Scratch *scratch, gconstpointer data)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "README.md", NULL);
  g_autofree char *readme = NULL;
  g_autoptr (GPtrArray) examples = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &readme, NULL, &error);
  g_assert_no_error (error);
  examples = find_all (readme, "^    build/app/(nudge [a-z](?:[^ \n]| (?! ))*)", 1);
  g_assert_cmpuint (examples->len, >=, 5);
  run_all (scratch, examples);
}

/* As a whole word: --step is not named by --steps. */
static void
assert_names (const char *page, const char *word)
{
  g_autofree char *escaped = g_regex_escape_string (word, -1);
  g_autofree char *pattern = g_strdup_printf ("(?<![\\w-])%s(?![\\w-])", escaped);

  g_test_message ("%s", word);
  g_assert_true (g_regex_match_simple (pattern, page, 0, 0));
}

#define OPTION "(?<![\\w-])--[a-z][a-z-]*"

/* Those of nudge itself and of each of its commands, as their help has them; and the page
 * has no others. */
static void
test_every_option_is_named (Scratch *scratch, gconstpointer data)
{
  g_autofree char *page = read_page ("nudge.1");
  g_auto (Outcome) help = program_run (scratch, "--help");
  g_autoptr (GPtrArray) commands = find_all (help.out, "^  nudge ([a-z]+) ", 1);
  g_autoptr (GPtrArray) in_page = find_all (page, OPTION, 0);
  g_autoptr (GPtrArray) options = NULL;
  g_autoptr (GString) all = g_string_new (help.out);

  g_assert_cmpuint (commands->len, >=, 9);
  for (guint i = 0; i < commands->len; i++) {
    g_autofree char *arguments = g_strconcat (commands->pdata[i], " --help", NULL);
    g_auto (Outcome) one = program_run (scratch, arguments);

    g_assert_cmpint (one.status, ==, 0);
    g_string_append (all, one.out);
  }
  options = find_all (all->str, OPTION, 0);
  g_assert_cmpuint (options->len, >=, 50);
  for (guint i = 0; i < options->len; i++)
    assert_names (page, options->pdata[i]);
  for (guint i = 0; i < in_page->len; i++)
    assert_names (all->str, in_page->pdata[i]);
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

#define KNOWN     "the keys here are "
#define DATA      "\"source\": \"circle\", \"examples\": 20, \"noise\": 0.1"
#define NETWORK   "\"layers\": [{ \"units\": 1 }]"
#define LOSS      "\"type\": \"mse\""
#define OPTIMIZER "\"type\": \"sgd\", \"lr\": 0.1"
#define TOP(more, data, network, loss, optimizer)                                        \
  "{ \"nudge\": 1, \"data\": { " data " }, \"network\": { " network                      \
  " }, \"loss\": { " loss " }, \"optimizer\": { " optimizer " }, \"title\": \"x\"" more  \
  " }"

/* Returns: (transfer full): the names that a command prints, the words of a text, or
 * any one */
static char **
dup_kinds (const Scratch *scratch, const char *kinds)
{
  g_auto (Outcome) listed = { 0 };

  if (kinds == NULL)
    return g_strsplit ("none", " ", -1);
  if (!g_str_has_prefix (kinds, "list "))
    return g_strsplit (kinds, " ", -1);
  listed = program_run (scratch, kinds);
  return g_strsplit (g_strchomp (listed.out), "\n", -1);
}

/* What a refusal says of the keys that would have been understood in place of "?". */
static guint
assert_names_keys (const Scratch *scratch, const char *page, const char *experiment)
{
  g_autofree char *path = g_build_filename (scratch->folder, "keys.nudge", NULL);
  g_auto (Outcome) outcome = { 0 };
  g_auto (GStrv) keys = NULL;
  const char *known;

  g_assert_true (g_file_set_contents (path, experiment, -1, NULL));
  outcome = program_run (scratch, "run keys.nudge --steps 1 --quiet");
  known = strstr (outcome.err, KNOWN);
  if (known == NULL)
    g_error ("%s: %s", experiment, outcome.err);
  keys = g_strsplit_set (
      g_strchomp (outcome.err + (known - outcome.err) + strlen (KNOWN)), ", ", -1);
  for (gsize i = 0; keys[i] != NULL; i++)
    if (*keys[i] != '\0')
      assert_names (page, keys[i]);
  return g_strv_length (keys);
}

/* In each object of an experiment, of each of its kinds. */
static void
test_every_key_is_named (Scratch *scratch, gconstpointer data)
{
  static const struct {
    const char *in; /* "%s" is a kind's name */
    const char *kinds;
  } places[] = {
    { TOP (", \"?\": 0", DATA, NETWORK, LOSS, OPTIMIZER), NULL },
    { TOP ("", "\"source\": \"%s\", \"?\": 0", NETWORK, LOSS, OPTIMIZER), "list data" },
    { TOP ("", DATA, NETWORK ", \"?\": 0", LOSS, OPTIMIZER), NULL },
    { TOP ("", DATA, "\"layers\": [{ \"?\": 0 }]", LOSS, OPTIMIZER), NULL },
    { TOP ("", DATA, NETWORK ", \"init\": { \"type\": \"constant\", \"?\": 0 }", LOSS,
           OPTIMIZER),
      NULL },
    { TOP ("", DATA, NETWORK, "\"type\": \"%s\", \"?\": 0", OPTIMIZER), "list losses" },
    { TOP ("", DATA, NETWORK, LOSS, "\"type\": \"%s\", \"?\": 0"), "list optimizers" },
    { TOP (", \"batch\": { \"?\": 0 }", DATA, NETWORK, LOSS, OPTIMIZER), NULL },
    { TOP (", \"lesson\": { \"?\": 0 }", DATA, NETWORK, LOSS, OPTIMIZER), NULL },
    { TOP (", \"lesson\": { \"steps\": [{ \"%s\": \"x\", \"?\": 0 }] }", DATA, NETWORK,
           LOSS, OPTIMIZER),
      "say ask reveal" },
    { TOP (", \"log\": [{ \"step\": 1, \"do\": \"%s\", \"?\": 0 }]", DATA, NETWORK, LOSS,
           OPTIMIZER),
      "nudge stand replace remove pause resume move guard edit" },
    { TOP (", \"log\": [{ \"step\": 1, \"do\": \"edit\", \"network\": { %s } }]", DATA,
           NETWORK, LOSS, OPTIMIZER),
      "\"?\":0 \"layers\":[{\"?\":0}]" },
  };
  g_autofree char *page = read_page ("nudge-experiment.5");

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++) {
    g_auto (GStrv) kinds = dup_kinds (scratch, places[i].kinds);

    for (gsize k = 0; kinds[k] != NULL; k++) {
      g_autoptr (GString) experiment = g_string_new (places[i].in);

      g_string_replace (experiment, "%s", kinds[k], 1);
      g_assert_cmpuint (assert_names_keys (scratch, page, experiment->str), >=, 1);
    }
  }
}

#define ADD(path, function)                                                              \
  g_test_add ("/nudge/manual/" path, Scratch, NULL, scratch_set_up, function,            \
              scratch_remove_all)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("every-command-runs", test_every_command_runs);
  ADD ("every-command-of-the-readme-runs", test_every_command_of_the_readme_runs);
  ADD ("every-option-is-named", test_every_option_is_named);
  ADD ("every-experiment-runs", test_every_experiment_runs);
  ADD ("every-key-is-named", test_every_key_is_named);
  return g_test_run ();
}

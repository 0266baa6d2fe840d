/* test-nudge-language.c - the command line in the language of the environment
 *
 * SPDX-License-Identifier: MIT
 *
 * The program finds the catalogues of the build folder that it is in.
 */

#include <locale.h>
#include <pty.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "app/command/nudge-language.h"
#include "app/command/nudge-progress.h"
#include "app/command/nudge-width.h"
#include "tests/app/program.h"

#define CHINESE "export LC_ALL= LANG=C.UTF-8 LANGUAGE=zh_CN; nudge "
#define ENGLISH "export LC_ALL= LANG=C.UTF-8 LANGUAGE=; nudge "

static void
test_help_is_translated (Scratch *scratch, gconstpointer data)
{
  g_auto (Outcome) outcome = program_shell (scratch, CHINESE "--help");
  g_auto (Outcome) other = program_shell (scratch, ENGLISH "--help");

  g_assert_true (g_str_has_prefix (outcome.out, "用法："));
  g_assert_true (g_str_has_prefix (other.out, "Usage:"));
}

/* Returns: the column at which @line's sentence begins; -1 if it has none */
static int
find_sentence (const char *line)
{
  const char *gap = strstr (line, "  --") == line ? strstr (line + 3, "  ") : NULL;
  g_autofree char *before = NULL;

  while (gap != NULL && *gap == ' ')
    gap++;
  before = gap ? g_strndup (line, (gsize) (gap - line)) : NULL;
  return before ? nudge_width_measure (before) : -1;
}

static void
test_columns_are_aligned (Scratch *scratch, gconstpointer data)
{
  g_auto (Outcome) outcome = program_shell (scratch, CHINESE "run --help");
  g_auto (GStrv) lines = g_strsplit (outcome.out, "\n", -1);
  int column = -1;
  guint n = 0;

  for (gsize i = 0; lines[i] != NULL; i++)
    if (find_sentence (lines[i]) >= 0) {
      if (column >= 0)
        g_assert_cmpint (find_sentence (lines[i]), ==, column);
      column = find_sentence (lines[i]);
      n++;
    }
  g_assert_cmpuint (n, >, 20);
}

/* Behind a word of any width. */
static void
test_labels_are_aligned (Scratch *scratch, gconstpointer data)
{
  g_auto (Outcome) outcome = program_shell (
      scratch,
      "nudge run seed --steps 1 --quiet --save mine.nudge; " CHINESE "info mine.nudge");
  g_auto (GStrv) lines = g_strsplit (outcome.out, "\n", -1);

  for (gsize i = 1; lines[i] != NULL && *lines[i] != '\0'; i++) {
    const char *gap = strstr (lines[i], "  ");
    g_autofree char *label = NULL;

    g_assert_nonnull (gap);
    while (*gap == ' ')
      gap++;
    label = g_strndup (lines[i], (gsize) (gap - lines[i]));
    g_assert_cmpint (nudge_width_measure (label), ==, 11);
  }
  g_assert_nonnull (strstr (outcome.out, "优化器"));
}

static void
test_errors_are_translated (Scratch *scratch, gconstpointer data)
{
  g_auto (Outcome) outcome =
      program_shell (scratch, CHINESE "run seed --nudge 'fc9: grow' --steps 1");
  g_auto (Outcome) system = program_shell (scratch, CHINESE "info no-such-file");

  g_assert_cmpint (outcome.status, ==, 2);
  g_assert_nonnull (strstr (outcome.err, "没有层"));
  g_assert_true (g_str_has_prefix (system.err, "nudge: info: "));
  g_assert_nonnull (strstr (system.err, "没有那个文件或目录"));
}

/* What a file is, and what to do with it. */
static void
test_kinds_of_files_are_translated (Scratch *scratch, gconstpointer data)
{
  g_auto (Outcome) picture = { 0 };
  g_auto (Outcome) table = { 0 };

  picture =
      program_shell (scratch, "printf '\\211PNG\\r\\n\\032\\n' >x; " CHINESE "info x");
  g_assert_cmpint (picture.status, ==, 2);
  g_assert_null (strstr (picture.err, "picture"));
  g_assert_null (strstr (picture.err, "save its"));
  table =
      program_shell (scratch, "printf 'a,b\\n1,2\\n1\\n' >x.csv; " CHINESE "info x.csv");
  g_assert_true (g_str_has_prefix (table.err, "nudge: info: x.csv: "));
  g_assert_null (strstr (table.err, "table"));
}

/* The parser's own are English. */
static void
test_errors_of_json_are_translated (Scratch *scratch, gconstpointer data)
{
  static const char *const texts[][2] = {
    { "{ \"seed\" 1 }", "应为 ':'，位于 '1' 附近" },
    { "{ \"seed\": 1", "应为 '}'，位于文件末尾附近" },
    { "{} {}", "文件应在此结束" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autofree char *command = g_strdup_printf (
        "echo '%s' > broken.nudge; " CHINESE "run broken.nudge", texts[i][0]);
    g_auto (Outcome) outcome = program_shell (scratch, command);

    g_assert_cmpint (outcome.status, ==, 2);
    g_assert_nonnull (strstr (outcome.err, texts[i][1]));
    g_assert_null (strstr (outcome.err, "near"));
  }
}

/* Of what is not a lesson, and of what one claims. */
static void
test_errors_of_lessons_are_translated (Scratch *scratch, gconstpointer data)
{
  static const char *const steps[][2] = {
    { "'say': '{loss'", "没有闭合" },
    { "'reveal': 'It fell'", "\"reveal\" 之前没有提问" },
    { "'say': 'It fell', 'check': 'loss <'", "应为数" },
    { "'say': 'It fell', 'check': 'loss < 0'", "不成立" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++) {
    g_autofree char *text = g_strdup_printf (
        "{ 'nudge': 1, 'data': { 'source': 'xor', 'examples': 4 },"
        "  'network': { 'layers': [ { 'units': 1 } ] }, 'loss': { 'type': 'bce_logits' },"
        "  'lesson': { 'steps': [ { %s } ] } }",
        steps[i][0]);
    g_auto (Outcome) outcome = { 0 };

    scratch_put (scratch, "mine.nudge", g_strdelimit (text, "'", '"'));
    outcome = program_shell (scratch, CHINESE "lesson --quiet mine.nudge");
    g_test_message ("%s", outcome.err);
    g_assert_nonnull (strstr (outcome.err, steps[i][1]));
  }
}

/* What a program reads is the same whatever the language. */
static void
test_files_are_the_same (Scratch *scratch, gconstpointer data)
{
  static const char *const locales[] = { "LANG=C.UTF-8 LANGUAGE=zh_CN",
                                         "LC_ALL=de_DE.UTF-8", "LC_ALL=C" };

  for (gsize i = 0; i < G_N_ELEMENTS (locales); i++) {
    g_autofree char *command = g_strdup_printf (
        "nudge run seed-nudged --steps 20 --quiet --losses a.csv --series s.csv --save "
        "a.nudge --snapshot a.json && export %s && nudge run seed-nudged --steps 20 "
        "--quiet "
        "--losses b.csv --series t.csv --save b.nudge --snapshot b.json && "
        "cmp a.csv b.csv && cmp s.csv t.csv && cmp a.nudge b.nudge && cmp a.json b.json",
        locales[i]);
    g_auto (Outcome) outcome = program_shell (scratch, command);

    g_assert_cmpstr (outcome.err, ==, "");
    g_assert_cmpint (outcome.status, ==, 0);
  }
}

/* Where there is no catalogue, nothing is: neither a locale's words nor its numbers. */
static void
test_other_languages_are_english (Scratch *scratch, gconstpointer data)
{
  g_auto (Outcome) outcome =
      program_shell (scratch, "export LC_ALL=de_DE.UTF-8; nudge info no-such-file");

  g_assert_cmpstr (outcome.err, ==,
                   "nudge: info: cannot read no-such-file: No such file or "
                   "directory\n");
}

static void
test_numbers_have_a_point (void)
{
  g_autofree char *number = NULL;

  g_setenv ("LC_ALL", "de_DE.UTF-8", TRUE);
  nudge_language_prefer ("");
  number = g_strdup_printf ("%.1f", 0.5);
  g_assert_cmpstr (number, ==, "0.5");
}

/* Also where the environment has a locale that is never translated. */
static void
test_a_preference_holds (void)
{
  g_setenv ("LC_ALL", "C", TRUE);
  nudge_language_prefer ("zh_CN");
  g_assert_cmpstr (g_getenv ("LANGUAGE"), ==, "zh_CN");
  g_assert_cmpstr (setlocale (LC_MESSAGES, NULL), ==, "C.UTF-8");
  g_assert_cmpstr (setlocale (LC_CTYPE, NULL), ==, "C.UTF-8");
}

static void
test_widths (void)
{
  g_assert_cmpint (nudge_width_measure (""), ==, 0);
  g_assert_cmpint (nudge_width_measure ("note"), ==, 4);
  g_assert_cmpint (nudge_width_measure ("权重 w"), ==, 6);
  g_assert_cmpint (nudge_width_measure ("e\u0301"), ==, 1);
}

/* Where the line of a terminal ends within a character of three bytes and two columns. */
static void
test_progress_ends_with_a_character (void)
{
  static const struct winsize size = { .ws_row = 24, .ws_col = 20 };
  const int usual = dup (STDERR_FILENO);
  NudgeProgress progress;
  char shown[80];
  int ours, theirs;
  ssize_t n;

  if (openpty (&ours, &theirs, NULL, NULL, &size) != 0) {
    g_test_skip ("there is no pseudo-terminal");
    close (usual);
    return;
  }
  dup2 (theirs, STDERR_FILENO);
  nudge_progress_init (&progress, 10, FALSE);
  nudge_progress_show (&progress, 5, "损失很小");
  dup2 (usual, STDERR_FILENO);
  n = read (ours, shown, sizeof shown - 1);
  g_assert_cmpint (n, >, 0);
  shown[n] = '\0';
  g_assert_cmpstr (shown, ==, "\rstep 5 of 10  损失\033[K");
  close (usual);
  close (theirs);
  close (ours);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function)                                                              \
  g_test_add ("/app/language/" name, Scratch, NULL, scratch_set_up, function,            \
              scratch_remove_all)
  ADD ("help-is-translated", test_help_is_translated);
  ADD ("columns-are-aligned", test_columns_are_aligned);
  ADD ("labels-are-aligned", test_labels_are_aligned);
  ADD ("errors-are-translated", test_errors_are_translated);
  ADD ("kinds-of-files-are-translated", test_kinds_of_files_are_translated);
  ADD ("errors-of-json-are-translated", test_errors_of_json_are_translated);
  ADD ("errors-of-lessons-are-translated", test_errors_of_lessons_are_translated);
  ADD ("files-are-the-same", test_files_are_the_same);
  ADD ("other-languages-are-english", test_other_languages_are_english);
#undef ADD
  g_test_add_func ("/app/language/widths", test_widths);
  g_test_add_func ("/app/language/progress-ends-with-a-character",
                   test_progress_ends_with_a_character);
  g_test_add_func ("/app/language/numbers-have-a-point", test_numbers_have_a_point);
  g_test_add_func ("/app/language/a-preference-holds", test_a_preference_holds);
  return g_test_run ();
}

/* test-nudge-programs.c - the two programs: what each loads, and how one finds the other and data
 *
 * SPDX-License-Identifier: MIT
 */

#include <string.h>

#include "tests/app/program.h"

/* --- What is loaded ---------------------------------------------------------------- */

static const char *const graphics[] = { "libadwaita", "libcairo", "libgio",
                                        "libgobject", "libgtk",   "libharfbuzz",
                                        "libpango",   "libX11" };

static void
test_only_the_window_loads_graphics (Scratch *scratch, gconstpointer data)
{
  g_auto (Outcome) light = program_shell (scratch, "ldd \"$NUDGE_PROGRAM\"");
  g_auto (Outcome) window = program_shell (scratch, "ldd \"$NUDGE_PROGRAM-window\"");

  g_assert_nonnull (strstr (light.out, "libglib"));
  for (gsize i = 0; i < G_N_ELEMENTS (graphics); i++) {
    g_test_message ("%s", graphics[i]);
    g_assert_null (strstr (light.out, graphics[i]));
    g_assert_nonnull (strstr (window.out, graphics[i]));
  }
}

/* As Debian hardens what it builds. */
static void
test_programs_are_hardened (Scratch *scratch, gconstpointer data)
{
  static const char *const signs[] = { "GNU_RELRO", "BIND_NOW", "__stack_chk_fail" };

  for (gsize i = 0; i < G_N_ELEMENTS (signs); i++) {
    g_autofree char *command =
        g_strdup_printf ("readelf -dlsW \"$NUDGE_PROGRAM\" | grep -cw %s &&"
                         "readelf -dlsW \"$NUDGE_PROGRAM-window\" | grep -cw %s",
                         signs[i], signs[i]);
    g_auto (Outcome) outcome = program_shell (scratch, command);

    g_test_message ("%s: %s", signs[i], outcome.out);
    g_assert_cmpint (outcome.status, ==, 0);
  }
}

/* --- How it is found --------------------------------------------------------------- */

#define COPY(folder)                                                                     \
  "mkdir -p '" folder "' && "                                                            \
  "cp \"$NUDGE_PROGRAM\" \"$NUDGE_PROGRAM-window\" '" folder "' && "
#define INSTALL                                                                          \
  "meson install -C \"$G_TEST_BUILDDIR/..\" --no-rebuild --quiet --destdir "             \
  "\"$PWD/old\" "                                                                        \
  "&& mv old new && "
#define INSTALLED "\"$(find \"$PWD/new\" -type f -path '*/bin/nudge')\" "
#define FIGURE    "run seed --steps 1 --quiet --figure \"$wanted\""

/* What is typed, in a folder of its own; it is to draw the figure "$wanted". */
static const struct {
  const char *name;
  const char *command;
} ways[] = {
  { "by-a-relative-path", "cd \"${NUDGE_PROGRAM%/*}\" && ./nudge " FIGURE },
  { "by-path", "PATH=${NUDGE_PROGRAM%/*}:$PATH && env nudge " FIGURE },
  { "by-a-relative-entry-of-path",
    "cd \"${NUDGE_PROGRAM%/*}/..\" && PATH=app:$PATH && env nudge " FIGURE },
  { "by-a-symbolic-link", "ln -s \"$NUDGE_PROGRAM\" other && ./other " FIGURE },
  { "by-a-link-to-a-link-in-path",
    "mkdir bin && ln -s \"$NUDGE_PROGRAM\" other && ln -s ../other bin/nudge && "
    "PATH=$PWD/bin:$PATH && env nudge " FIGURE },
  { "in-a-copied-build", COPY ("a b/\xff") "'a b/\xff/nudge' " FIGURE },
  { "in-a-build-moved-meanwhile",
    COPY ("old") "old/nudge " FIGURE
                 " && rm \"$wanted\" && mv old new && new/nudge " FIGURE },
  { "where-it-is-installed", INSTALL INSTALLED FIGURE },
};

static void
test_figure_is_drawn (Scratch *scratch, gconstpointer data)
{
  const char *const command = data;
  g_autofree char *line =
      g_strconcat ("wanted=$PWD/wanted.svg && ", command, " && ls \"$wanted\"", NULL);
  g_auto (Outcome) outcome = program_shell (scratch, line);

  g_assert_cmpstr (outcome.err, ==, "");
  g_assert_true (g_str_has_suffix (outcome.out, "/wanted.svg\n"));
  g_assert_cmpint (outcome.status, ==, 0);
}

#define SHOW(property)                                                                   \
  "& program=$!\n"                                                                       \
  "window=$(timeout 60 xdotool search --sync --onlyvisible --pid $program)\n"            \
  "xprop -id \"${window%%[!0-9]*}\" " property " | head -n 1\n"                          \
  "kill $program; wait $program; echo $?"

/* The process that was started has the window, under the name that was typed. */
static void
test_window_is_opened (Scratch *scratch, gconstpointer data)
{
  g_auto (Outcome) outcome = program_shell (
      scratch, "ln -s \"$NUDGE_PROGRAM\" typed\n./typed " SHOW ("WM_CLASS"));

  g_assert_cmpstr (outcome.out, ==, "WM_CLASS(STRING) = \"typed\", \"typed\"\n143\n");
}

/* A window keeps more of a run than the command does; it is said in a window, too. */
static void
test_window_says_that_memory_is_too_little (Scratch *scratch, gconstpointer data)
{
  g_autofree char *path = g_build_filename (scratch->folder, "large.nudge", NULL);
  g_auto (Outcome) outcome = { 0 };

  put_contents (
      path, "{ \"nudge\": 1, \"data\": { \"source\": \"moons\", \"examples\": 10000000 },"
            "  \"network\": { \"layers\": [ { \"units\": 65536 }, { \"units\": 1 } ] },"
            "  \"loss\": { \"type\": \"mse\" } }");
  /* The window is there first. */
  outcome = program_shell (scratch, "\"$NUDGE_PROGRAM\" large.nudge 2>said & program=$!\n"
                                    "until [ -s said ]; do sleep 0.05; done\n"
                                    "kill $program; wait $program; echo $?; cat said");
  g_assert_true (g_str_has_prefix (outcome.out, "143\nnudge: window: this needs about "));
}

/* --- How data are found ------------------------------------------------------------ */

#define COPY_BUILD                                                                       \
  COPY ("a b/app") "cp \"${NUDGE_PROGRAM%/*}/nudge-uninstalled\" 'a b/app' && "

/* Where the program is, and where its translations are then; the real build folder is not
 * to have any. */
static const struct {
  const char *name;
  const char *prepare;
  const char *program;
  const char *translations; /* (nullable) */
} homes[] = {
  { "in-a-build", "", "\"$NUDGE_PROGRAM\" ", NULL },
  { "in-a-copied-build", COPY_BUILD, "'a b/app/nudge' ", "a b/resources/po" },
  { "where-it-is-installed", INSTALL, INSTALLED,
    "new" NUDGE_PREFIX "/" NUDGE_LOCALE_DIR },
};

static void
test_icon_is_found (Scratch *scratch, gconstpointer data)
{
  const gsize i = GPOINTER_TO_SIZE (data);
  g_autofree char *command =
      g_strconcat (homes[i].prepare, homes[i].program, SHOW ("_NET_WM_ICON"), NULL);
  g_auto (Outcome) outcome = program_shell (scratch, command);

  g_test_message ("%s", outcome.out);
  g_assert_true (g_str_has_prefix (outcome.out, "_NET_WM_ICON(CARDINAL) = "));
}

static const char catalogue[] =
    "msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=UTF-8\\n\"\n"
    "msgid \"%s – Nudge\"\nmsgstr \"Stups: %s\"\n";

static void
test_translation_is_found (Scratch *scratch, gconstpointer data)
{
  const gsize i = GPOINTER_TO_SIZE (data);
  g_autofree char *msgfmt = g_find_program_in_path ("msgfmt");
  g_autofree char *command = g_strdup_printf (
      "%s folder='%s/de/LC_MESSAGES' && mkdir -p \"$folder\" && "
      "msgfmt -o \"$folder/nudge.mo\" de.po && export LC_ALL=C.UTF-8 LANGUAGE=de && "
      "%s" SHOW ("_NET_WM_NAME"),
      homes[i].prepare, homes[i].translations, homes[i].program);
  g_auto (Outcome) outcome = { 0 };

  if (msgfmt == NULL) {
    g_test_skip ("gettext is not installed");
    return;
  }
  scratch_put (scratch, "de.po", catalogue);
  outcome = program_shell (scratch, command);
  g_assert_cmpstr (outcome.out, ==,
                   "_NET_WM_NAME(UTF8_STRING) = \"Stups: First nudges\"\n"
                   "143\n");
}

/* --- Where it is missing ----------------------------------------------------------- */

#define ALONE                                                                            \
  "mkdir -p x/bin && cp \"$NUDGE_PROGRAM\" x/bin && NUDGE_PROGRAM=x/bin/nudge && "

static void
assert_says (const Scratch *scratch, const char *command, const char *what)
{
  g_auto (Outcome) outcome = program_shell (scratch, command);
  g_autofree char *folder = g_build_filename (scratch->folder, "x", NULL);
  g_autofree char *said = g_strdup_printf (
      "nudge: %s: there is neither %s/bin/nudge-window nor %s/", what, folder, folder);

  assert_one_line (&outcome);
  g_assert_true (g_str_has_prefix (outcome.err, said));
  g_assert_true (g_str_has_suffix (outcome.err, "/nudge/nudge-window\n"));
  g_assert_cmpstr (outcome.out, ==, "");
  g_assert_cmpint (outcome.status, ==, 1);
}

static void
test_missing_program_is_named (Scratch *scratch, gconstpointer data)
{
  assert_says (scratch, ALONE "nudge run seed --figure x.png --losses y.csv", "run");
  assert_says (scratch, ALONE "nudge", "window");
  assert_says (scratch, ALONE "nudge mine.nudge", "window");
}

static void
test_missing_program_is_not_always_needed (Scratch *scratch, gconstpointer data)
{
  g_auto (Outcome) outcome = program_shell (
      scratch, ALONE "nudge list demos && nudge run seed --steps 1 --losses x.csv");

  g_assert_cmpstr (outcome.err, ==, "");
  g_assert_cmpint (outcome.status, ==, 0);
}

static void
test_program_that_does_not_start_is_named (Scratch *scratch, gconstpointer data)
{
  g_auto (Outcome) outcome = program_shell (
      scratch, ALONE "touch x/bin/nudge-window && nudge run seed --figure x.png");

  assert_one_line (&outcome);
  g_assert_nonnull (strstr (outcome.err, "x/bin/nudge-window: Permission denied"));
  g_assert_cmpint (outcome.status, ==, 1);
}

static void
add (const char *name,
     gconstpointer data,
     void (*function) (Scratch *scratch, gconstpointer data))
{
  g_autofree char *path = g_strconcat ("/app/programs/", name, NULL);

  g_test_add (path, Scratch, data, scratch_set_up, function, scratch_remove_all);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  add ("only-the-window-loads-graphics", NULL, test_only_the_window_loads_graphics);
  add ("programs-are-hardened", NULL, test_programs_are_hardened);
  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++) {
    g_autofree char *name = g_strconcat ("figure/", ways[i].name, NULL);

    add (name, ways[i].command, test_figure_is_drawn);
  }
  add ("window-is-opened", NULL, test_window_is_opened);
  add ("window-says-that-memory-is-too-little", NULL,
       test_window_says_that_memory_is_too_little);
  for (gsize i = 0; i < G_N_ELEMENTS (homes); i++) {
    g_autofree char *icon = g_strconcat ("icon/", homes[i].name, NULL);
    g_autofree char *translation = g_strconcat ("translation/", homes[i].name, NULL);

    add (icon, GSIZE_TO_POINTER (i), test_icon_is_found);
    if (homes[i].translations)
      add (translation, GSIZE_TO_POINTER (i), test_translation_is_found);
  }
  add ("missing-program-is-named", NULL, test_missing_program_is_named);
  add ("missing-program-is-not-always-needed", NULL,
       test_missing_program_is_not_always_needed);
  add ("program-that-does-not-start-is-named", NULL,
       test_program_that_does_not_start_is_named);
  return g_test_run ();
}

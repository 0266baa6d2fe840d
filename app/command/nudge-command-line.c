/* nudge-command-line.c - what is done for the arguments that the program was given
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/command/nudge-command-line.h"

#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "app/command/nudge-complain.h"
#include "app/command/nudge-list.h"
#include "app/command/nudge-out-of-memory.h"
#include "app/command/nudge-run.h"
#include "app/command/nudge-standard-files.h"

static const char usage[] =
    "Usage:\n"
    "  nudge [DEMO|FILE.nudge]       open the window; on the demo seed, if nothing else\n"
    "  nudge run DEMO|FILE.nudge …   train without a window; see nudge run --help\n"
    "  nudge list KIND               names: demos, functions, optimizers, losses,\n"
    "                                activations or data\n"
    "  nudge --help                  this text\n"
    "  nudge --version               which version this is\n"
    "\n"
    "The demos are seed and seed-nudged. A FILE.nudge holds an experiment of your own.\n";

static int
open_window (const char *name, char *argv[], const NudgeGraphics *graphics)
{
  g_autoptr (GError) error = NULL;

  if (graphics != NULL)
    return graphics->open_window (name, argv[0]);
  nudge_graphics_exec (argv, &error);
  nudge_complain ("window", error->message);
  return NUDGE_EXIT_FAILED;
}

static int
print (const char *text)
{
  fputs (text, stdout);
  return NUDGE_EXIT_DONE;
}

static int
dispatch (int argc, char *argv[], const NudgeGraphics *graphics)
{
  const char *first = argc > 1 ? argv[1] : "seed";

  if (strcmp (first, "--help") == 0 || strcmp (first, "-h") == 0)
    return print (usage);
  if (strcmp (first, "--version") == 0)
    return print ("nudge " NUDGE_VERSION "\n");
  if (strcmp (first, "run") == 0)
    return nudge_run (argv, graphics);
  if (strcmp (first, "list") == 0)
    return nudge_list (argc - 1, argv + 1);
  if (first[0] == '-' || argc > 2) {
    nudge_complain (first[0] == '-' ? first : argv[2],
                    "not understood; see nudge --help");
    return NUDGE_EXIT_USAGE;
  }
  return open_window (first, argv, graphics);
}

/* What a message blames. */
static const char *
get_command (int argc, char *argv[])
{
  static const char *const commands[] = {
    "run", "list", "--help", "-h", "--version", NULL
  };

  return argc > 1 && g_strv_contains (commands, argv[1]) ? argv[1] : "window";
}

/**
 * nudge_command_line:
 * @argv: (array length=argc): as main () is given it
 * @graphics: (nullable): what draws; without it, nudge-window does
 *
 * Returns: the program's exit status
 */
int
nudge_command_line (int argc, char *argv[], const NudgeGraphics *graphics)
{
  g_autoptr (GError) error = NULL;
  int status;

  /* All that a command asks of the locale, whose files take longer to read than a short
   * run does; GTK reads the rest. Messages are English, so GLib's are to be, too. */
  setlocale (LC_CTYPE, "");
  nudge_standard_files_open ();
  nudge_out_of_memory_watch (get_command (argc, argv));
  status = dispatch (argc, argv, graphics);
  if (nudge_standard_files_flush (&error))
    return status;
  nudge_complain (get_command (argc, argv), error->message);
  return status == NUDGE_EXIT_DONE ? NUDGE_EXIT_FAILED : status;
}

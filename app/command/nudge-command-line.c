/* nudge-command-line.c - what is done for the arguments that the program was given
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/command/nudge-command-line.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#include "app/command/nudge-attach.h"
#include "app/command/nudge-complain.h"
#include "app/command/nudge-convert.h"
#include "app/command/nudge-diff.h"
#include "app/command/nudge-edit.h"
#include "app/command/nudge-info.h"
#include "app/command/nudge-language.h"
#include "app/command/nudge-lesson.h"
#include "app/command/nudge-list.h"
#include "app/command/nudge-out-of-memory.h"
#include "app/command/nudge-run.h"
#include "app/command/nudge-standard-files.h"
#include "app/command/nudge-why.h"
#include "nn/io/nn-experiment-demo.h"

static const char *const usage = N_ (
    "Usage:\n"
    "  nudge [DEMO|FILE]             open the window, else with the first demo\n"
    "  nudge --lecture [DEMO|FILE]   the same for a lecture hall: large, one control at "
    "a time\n"
    "  nudge run DEMO|FILE …         train without a window; see nudge run --help\n"
    "  nudge why DEMO|FILE --step N  why the loss jumped at a step\n"
    "  nudge info FILE               show arrays, a table or an experiment\n"
    "  nudge convert IN OUT          convert arrays between formats: safetensors, npz,\n"
    "                                npy, json, csv\n"
    "  nudge edit IN OUT …           nudge the arrays in any checkpoint; see nudge edit\n"
    "                                --help\n"
    "  nudge diff A B                what differs between the arrays of two files\n"
    "  nudge attach …                attach to a PyTorch job; see nudge attach --help\n"
    "  nudge lesson LESSON|FILE      check a lesson's claims without a window\n"
    "  nudge list KIND               list demos, lessons, functions, optimizers, "
    "losses,\n"
    "                                activations or data\n"
    "  nudge --help                  show this text\n"
    "  nudge --version               show the version\n"
    "\n"
    "nudge list demos lists the demos; a lesson can be given in place of a demo.\n"
    "A FILE.nudge holds an experiment of your own; a file of data or of parameters is\n"
    "made into one.\n"
    "\n"
    "For example:\n"
    "  nudge run seed --steps 500 --losses losses.csv\n"
    "  nudge why seed-nudged --step 20\n");

/* What can be typed first. Of @argv, "nudge" comes before it.
 *
 * Returns: the exit status */
typedef int (*Command) (int argc, char *argv[], const NudgeGraphics *graphics);

static int
print_usage (int argc, char *argv[], const NudgeGraphics *graphics)
{
  fputs (_ (usage), stdout);
  return NUDGE_EXIT_DONE;
}

static int
print_version (int argc, char *argv[], const NudgeGraphics *graphics)
{
  puts ("nudge " NUDGE_VERSION);
  return NUDGE_EXIT_DONE;
}

static int
run (int argc, char *argv[], const NudgeGraphics *graphics)
{
  return nudge_run (argv, graphics);
}

static int
info (int argc, char *argv[], const NudgeGraphics *graphics)
{
  return nudge_info (argc - 1, argv + 1);
}

static int
convert (int argc, char *argv[], const NudgeGraphics *graphics)
{
  return nudge_convert (argc - 1, argv + 1);
}

static int
why (int argc, char *argv[], const NudgeGraphics *graphics)
{
  return nudge_why (argv + 1);
}

static int
edit (int argc, char *argv[], const NudgeGraphics *graphics)
{
  return nudge_edit (argv + 1);
}

static int
diff (int argc, char *argv[], const NudgeGraphics *graphics)
{
  return nudge_diff (argv + 1);
}

static int
attach (int argc, char *argv[], const NudgeGraphics *graphics)
{
  return nudge_attach (argv, graphics);
}

static int
lesson (int argc, char *argv[], const NudgeGraphics *graphics)
{
  return nudge_lesson (argv + 2);
}

static int
list (int argc, char *argv[], const NudgeGraphics *graphics)
{
  return nudge_list (argc - 1, argv + 1);
}

static const struct {
  const char *name;
  Command command;
} commands[] = {
  { "run", run },         { "info", info },
  { "convert", convert }, { "why", why },
  { "edit", edit },       { "diff", diff },
  { "attach", attach },   { "lesson", lesson },
  { "list", list },       { "--help", print_usage },
  { "-h", print_usage },  { "--version", print_version },
};

/* What is done for anything else. */
static int
open_window (int argc, char *argv[], const NudgeGraphics *graphics)
{
  const gboolean lecture = argc > 1 && strcmp (argv[1], "--lecture") == 0;
  const int at = lecture ? 2 : 1;
  const char *name = argc > at ? argv[at] : *nn_experiment_get_demo_names ();
  g_autoptr (GError) error = NULL;

  if (name[0] == '-' || argc > at + 1) {
    nudge_complain (name[0] == '-' ? name : argv[at + 1],
                    _ ("not understood; see nudge --help"));
    return NUDGE_EXIT_USAGE;
  }
  if (graphics != NULL)
    return graphics->open_window (name, lecture, argv[0]);
  nudge_graphics_exec (argv, &error);
  nudge_complain ("window", error->message);
  return NUDGE_EXIT_FAILED;
}

/* @name: (out): what a message blames */
static Command
find_command (const char *typed, const char **name)
{
  for (gsize i = 0; typed && i < G_N_ELEMENTS (commands); i++)
    if (strcmp (typed, commands[i].name) == 0) {
      *name = commands[i].name;
      return commands[i].command;
    }
  *name = "window";
  return open_window;
}

/**
 * nudge_command_line:
 * @argv: (array length=argc) (array zero-terminated=1): as main () is given it
 * @graphics: (nullable): what draws; without it, nudge-window does
 *
 * Returns: the program's exit status
 */
int
nudge_command_line (int argc, char *argv[], const NudgeGraphics *graphics)
{
  const char *name;
  const Command command = find_command (argc > 1 ? argv[1] : NULL, &name);
  g_autoptr (GError) error = NULL;
  int status;

  nudge_language_start ();
  nudge_standard_files_open ();
  nudge_out_of_memory_watch (name);
  status = command (argc, argv, graphics);
  if (nudge_standard_files_flush (&error))
    return status;
  nudge_complain (name, error->message);
  return status == NUDGE_EXIT_DONE ? NUDGE_EXIT_FAILED : status;
}

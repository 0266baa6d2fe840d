/* main.c - the program: a window, or a command without one
 *
 * SPDX-License-Identifier: MIT
 */

#include <locale.h>
#include <stdio.h>
#include <string.h>

#include <gtk/gtk.h>

#include "app/command/nudge-complain.h"
#include "app/command/nudge-experiment.h"
#include "app/command/nudge-list.h"
#include "app/command/nudge-run.h"
#include "app/nudge-application.h"

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
open_window (const char *name, char *program)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NudgeApplication) application = NULL;
  NnExperiment *experiment = nudge_experiment_open (name, &error);

  if (experiment == NULL) {
    nudge_complain ("window", error->message);
    return NUDGE_EXIT_USAGE;
  }
  if (!gtk_init_check ()) {
    g_autofree char *why = g_strdup_printf (
        "no display can be opened; train without one: nudge run %s", name);

    nudge_complain ("window", why);
    nn_experiment_free (experiment);
    return NUDGE_EXIT_FAILED;
  }
  application = nudge_application_new (experiment);
  return g_application_run (G_APPLICATION (application), 1, &program);
}

int
main (int argc, char *argv[])
{
  const char *first = argc > 1 ? argv[1] : "seed";

  setlocale (LC_ALL, "");
  if (strcmp (first, "--help") == 0 || strcmp (first, "-h") == 0) {
    fputs (usage, stdout);
    return NUDGE_EXIT_DONE;
  }
  if (strcmp (first, "--version") == 0) {
    puts ("nudge " NUDGE_VERSION);
    return NUDGE_EXIT_DONE;
  }
  if (strcmp (first, "run") == 0) {
    g_set_prgname ("nudge run"); /* what --help shows */
    argv[1] = argv[0];
    return nudge_run (argc - 1, argv + 1);
  }
  if (strcmp (first, "list") == 0) {
    argv[1] = argv[0];
    return nudge_list (argc - 1, argv + 1);
  }
  if (first[0] == '-' || argc > 2) {
    nudge_complain (first[0] == '-' ? first : argv[2],
                    "not understood; see nudge --help");
    return NUDGE_EXIT_USAGE;
  }
  return open_window (first, argv[0]);
}

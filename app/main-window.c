/* main-window.c - the program nudge-window: the command line, with windows and figures
 *
 * SPDX-License-Identifier: MIT
 */

#include <gtk/gtk.h>

#include "app/command/nudge-command-line.h"
#include "app/command/nudge-complain.h"
#include "app/command/nudge-experiment.h"
#include "app/command/nudge-run.h"
#include "app/nudge-application.h"
#include "ui/draw/nudge-figure.h"

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

/* For paper and slides, so it is light. */
static gboolean
save_figure (const NnFrame *frame, const char *title, const char *path, GError **error)
{
  return nudge_figure_save (frame, title, nudge_palette_get (FALSE, FALSE), FALSE, path,
                            error);
}

int
main (int argc, char *argv[])
{
  static const NudgeGraphics graphics = { open_window, nudge_figure_check_path,
                                          save_figure };

  return nudge_command_line (argc, argv, &graphics);
}

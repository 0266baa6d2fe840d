/* main-window.c - the program nudge-window: the command line, with windows and figures
 *
 * SPDX-License-Identifier: MIT
 */

#include <gtk/gtk.h>
#include <libintl.h>

#include "app/command/nudge-command-line.h"
#include "app/command/nudge-complain.h"
#include "app/command/nudge-experiment.h"
#include "app/command/nudge-paths.h"
#include "app/command/nudge-run.h"
#include "app/nudge-application.h"
#include "ui/draw/nudge-figure.h"

static int
open_window (const char *name, char *program)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NudgeApplication) application = NULL;
  NnExperiment *experiment = nudge_experiment_open (name, FALSE, &error);
  int status;

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
  status = g_application_run (G_APPLICATION (application), 1, &program);
  return nudge_application_has_failed (application) ? NUDGE_EXIT_FAILED : status;
}

/* Before GLib translates its first message: it then checks, once for all libraries, whether
 * this program is translated. */
static void
bind_translations (void)
{
  g_autofree char *folder = nudge_paths_dup_data ("translations");

  bindtextdomain (GETTEXT_PACKAGE, folder);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
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

  bind_translations ();
  return nudge_command_line (argc, argv, &graphics);
}

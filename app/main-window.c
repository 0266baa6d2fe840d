/* main-window.c - the program nudge-window: the command line, with windows and figures
 *
 * SPDX-License-Identifier: MIT
 */

#include <glib/gi18n.h>
#include <gtk/gtk.h>

#include "app/base/nudge-settings.h"
#include "app/command/nudge-command-line.h"
#include "app/command/nudge-complain.h"
#include "app/command/nudge-experiment.h"
#include "app/command/nudge-language.h"
#include "app/command/nudge-run.h"
#include "app/nudge-application.h"
#include "nn/arrays/nn-array-file.h"
#include "nn/base/nn-text.h"
#include "nn/io/nn-experiment-demo.h"
#include "ui/draw/nudge-figure.h"

static int
run_application (NudgeApplication *self, gboolean lecture, char *program)
{
  g_autoptr (NudgeApplication) application = self;
  int status;

  nudge_application_set_lecture (application, lecture);
  status = g_application_run (G_APPLICATION (application), 1, &program);
  return nudge_application_has_failed (application) ? NUDGE_EXIT_FAILED : status;
}

/* A demo comes before a file of its name. */
static gboolean
is_file (const char *name)
{
  const char *member;
  g_autofree char *file = nn_array_file_split_path (name, &member);
  g_autoptr (NnExperiment) demo = nn_experiment_new_demo (name, NULL);

  return demo == NULL && g_file_test (file, G_FILE_TEST_IS_REGULAR);
}

/* A file is read once there is a window to show errors in. */
static int
open_window (const char *name, gboolean lecture, char *program)
{
  g_autofree char *language = nudge_settings_dup_string ("language");
  g_autoptr (GError) error = NULL;
  NnExperiment *experiment;
  gboolean has_screen;

  nudge_language_prefer (language);
  gtk_disable_setlocale ();
  has_screen = gtk_init_check (); /* asked again, it says yes */
  if (has_screen && is_file (name))
    return run_application (nudge_application_new_for_file (name), lecture, program);
  experiment = nudge_experiment_open (name, FALSE, &error);

  if (experiment == NULL || !nudge_experiment_check_kept (experiment, name, &error)) {
    nudge_complain ("window", error->message);
    g_clear_pointer (&experiment, nn_experiment_free);
    return NUDGE_EXIT_USAGE;
  }
  if (!has_screen) {
    g_autofree char *why = g_strdup_printf (
        _ ("no display can be opened; train without one: nudge run %s"), name);

    nudge_complain ("window", why);
    nn_experiment_free (experiment);
    return NUDGE_EXIT_FAILED;
  }
  return run_application (nudge_application_new (experiment), lecture, program);
}

static int
attach (const char *socket, char *program)
{
  if (gtk_init_check ())
    return run_application (nudge_application_new_for_job (socket), FALSE, program);
  nudge_complain ("attach",
                  _ ("no display can be opened; attach without one: nudge attach "
                     "--headless"));
  return NUDGE_EXIT_FAILED;
}

static gboolean
save_figure (const NnFrame *frame,
             const char *title,
             const NudgeFigureOptions *options,
             const char *path,
             GError **error)
{
  static const NudgeFigureParts parts[] = {
    [NUDGE_GRAPHICS_BOTH] = NUDGE_FIGURE_BOTH,
    [NUDGE_GRAPHICS_NETWORK] = NUDGE_FIGURE_NETWORK,
    [NUDGE_GRAPHICS_LOSS] = NUDGE_FIGURE_LOSS,
  };
  const NudgeFigureStyle style = { .palette = nudge_palette_get (options->dark, FALSE),
                                   .parts = parts[options->parts],
                                   .logarithmic = options->logarithmic,
                                   .smoothing = options->smoothing };

  return nudge_figure_save (frame, nn_text_get_translated (title), &style, path, error);
}

int
main (int argc, char *argv[])
{
  static const NudgeGraphics graphics = { open_window, attach, nudge_figure_check_path,
                                          save_figure };

  return nudge_command_line (argc, argv, &graphics);
}

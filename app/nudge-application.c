/* nudge-application.c - the program with its windows
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/nudge-application.h"

#include <glib/gi18n.h>

#include "app/command/nudge-complain.h"
#include "app/command/nudge-paths.h"
#include "app/nudge-open.h"

#define ID   "org.nudgelab.Nudge"
#define PATH "/org/nudgelab/Nudge" /* of the resources: style.css, shortcuts */

struct _NudgeApplication {
  AdwApplication parent_instance;

  NnExperiment *experiment; /* (owned) what a new window opens on */
  gboolean failed;          /* a window could not be opened */
};

G_DEFINE_FINAL_TYPE (NudgeApplication, nudge_application, ADW_TYPE_APPLICATION)

static void
about_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GtkApplication *application = data;

  adw_show_about_window (
      gtk_application_get_active_window (application), "application-name", "Nudge",
      "application-icon", ID, "version", NUDGE_VERSION, "license-type",
      GTK_LICENSE_MIT_X11, "developer-name", _ ("The Nudge authors"), "comments",
      _ ("A laboratory for small neural networks: change the weights while they train, "
         "without touching the gradients."),
      NULL);
}

static void
quit_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GtkApplication *application = data;
  GtkWindow *window;

  /* Closed one by one, so that each session ends before the program does. */
  while ((window = gtk_application_get_active_window (application)))
    gtk_window_destroy (window);
  g_application_quit (G_APPLICATION (application));
}

static void
open_cb (GSimpleAction *action, GVariant *path, gpointer application)
{
  nudge_open_file (application, g_variant_get_bytestring (path));
}

static const GActionEntry actions[] = {
  { "about", about_cb },
  { "open", open_cb, "ay" },
  { "quit", quit_cb },
};

static const struct {
  const char *action;
  const char *keys[3]; /* NULL-terminated */
} shortcuts[] = {
  { "app.quit", { "<Control>q" } },
  { "window.close", { "<Control>w" } },
  { "win.run", { "<Control>r", "F5" } },
  { "win.step", { "<Control>t", "F6" } },
  { "win.reset", { "<Control><Shift>r" } },
  { "win.export-parameters", { "<Control>e" } },
  { "win.export-figure", { "<Control><Shift>e" } },
  { "win.export-experiment", { "<Control>s" } },
  { "win.log-scale", { "<Control>l" } },
  { "win.undo-by-key", { "<Control>z" } },
  { "win.redo-by-key", { "<Control><Shift>z", "<Control>y" } },
  { "win.ghost", { "<Control>g" } },
};

/* A prefix that was moved is not where the theme's own search path leads. */
static void
use_icons (void)
{
  g_autofree char *folder = nudge_paths_dup_data ("icons");
  GdkDisplay *display = gdk_display_get_default ();

  gtk_icon_theme_add_search_path (gtk_icon_theme_get_for_display (display), folder);
  gtk_window_set_default_icon_name (ID);
}

static void
nudge_application_startup (GApplication *application)
{
  G_APPLICATION_CLASS (nudge_application_parent_class)->startup (application);

  use_icons ();
  g_action_map_add_action_entries (G_ACTION_MAP (application), actions,
                                   G_N_ELEMENTS (actions), application);
  for (gsize i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (application),
                                           shortcuts[i].action, shortcuts[i].keys);
}

static void
nudge_application_activate (GApplication *application)
{
  NudgeApplication *self = NUDGE_APPLICATION (application);
  g_autoptr (GError) error = NULL;
  g_autoptr (NudgeDocument) document = nudge_document_new (self->experiment, &error);

  if (!document) {
    nudge_complain ("window", error->message);
    self->failed = TRUE; /* and as there is no window, the program ends */
    return;
  }
  nudge_open_document (GTK_APPLICATION (self), document);
}

static void
nudge_application_finalize (GObject *object)
{
  NudgeApplication *self = NUDGE_APPLICATION (object);

  g_clear_pointer (&self->experiment, nn_experiment_free);
  G_OBJECT_CLASS (nudge_application_parent_class)->finalize (object);
}

static void
nudge_application_class_init (NudgeApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  application_class->startup = nudge_application_startup;
  application_class->activate = nudge_application_activate;
  G_OBJECT_CLASS (klass)->finalize = nudge_application_finalize;
}

static void
nudge_application_init (NudgeApplication *self)
{
}

/**
 * nudge_application_new:
 * @experiment: (transfer full): what the window opens on
 *
 * To be run with g_application_run ().
 */
NudgeApplication *
nudge_application_new (NnExperiment *experiment)
{
  NudgeApplication *self = NULL;

  g_return_val_if_fail (experiment, NULL);

  self = g_object_new (NUDGE_TYPE_APPLICATION, "application-id", ID, "flags",
                       G_APPLICATION_NON_UNIQUE, "resource-base-path", PATH, NULL);
  self->experiment = experiment;
  return self;
}

/**
 * nudge_application_has_failed:
 *
 * Returns: whether the program has said on standard error why there is no window
 */
gboolean
nudge_application_has_failed (NudgeApplication *self)
{
  g_return_val_if_fail (NUDGE_IS_APPLICATION (self), FALSE);

  return self->failed;
}

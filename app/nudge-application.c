/* nudge-application.c - the GtkApplication
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/nudge-application.h"

#include <glib/gi18n.h>

#include "app/base/nudge-close.h"
#include "app/base/nudge-preferences.h"
#include "app/base/nudge-settings.h"
#include "app/command/nudge-complain.h"
#include "app/command/nudge-paths.h"
#include "app/help/nudge-help-window.h"
#include "app/nudge-attach.h"
#include "app/nudge-file-actions.h"
#include "app/nudge-open.h"
#include "app/nudge-preferences-window.h"
#include "app/nudge-recovery.h"
#include "app/panels/nudge-hints.h"
#include "app/tensors/nudge-tensor-window.h"
#include "ui/base/nudge-word.h"

#define ID   "org.nudgelab.Nudge"
#define PATH "/org/nudgelab/Nudge" /* of the resources: style.css, shortcuts */

struct _NudgeApplication {
  AdwApplication parent_instance;

  NnExperiment *experiment; /* (owned) (nullable) what a new window opens on … */
  char *path;       /* (owned) (nullable) … or the file that the first one does */
  char *socket;     /* (owned) (nullable) … or the job that it is attached to */
  gboolean lecture; /* the next window begins as one */
  gboolean failed;  /* a window could not be opened */
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
present (GtkWidget *window)
{
  gtk_window_present (GTK_WINDOW (window));
}

static void
preferences_cb (GSimpleAction *action, GVariant *parameter, gpointer application)
{
  present (
      nudge_preferences_window_new (gtk_application_get_active_window (application)));
}

/* In a window of its own, unless @window is one of the help.
 * @address: (nullable): of a page or section of the help; %NULL: its first page */
static void
open_help (GtkWindow *window, const char *address)
{
  GtkWidget *help = NUDGE_IS_HELP_WINDOW (window) ? GTK_WIDGET (window)
                                                  : nudge_help_window_new (window);

  if (address != NULL)
    nudge_help_window_open (NUDGE_HELP_WINDOW (help), address);
  present (help);
}

/* The glossary's entry for the widget that has the focus, if it has one. */
static void
help_cb (GSimpleAction *action, GVariant *parameter, gpointer application)
{
  GtkWindow *window = gtk_application_get_active_window (application);

  open_help (window,
             nudge_word_find_address (window ? gtk_window_get_focus (window) : NULL));
}

/* @address: of the help, of a word that was clicked */
static void
explain_cb (GSimpleAction *action, GVariant *address, gpointer application)
{
  open_help (gtk_application_get_active_window (application),
             g_variant_get_string (address, NULL));
}

/* @by: percent; 0: as the system has it */
static void
text_size_cb (GSimpleAction *action, GVariant *by, gpointer application)
{
  nudge_preferences_change_text_size (g_variant_get_int32 (by));
}

static void
quit_cb (GSimpleAction *action, GVariant *parameter, gpointer application)
{
  nudge_close_all (application);
}

/* With the document that the program opens by default. */
static void
new_window_cb (GSimpleAction *action, GVariant *parameter, gpointer application)
{
  NudgeWindow *window = nudge_window_new (application);

  g_action_group_activate_action (G_ACTION_GROUP (window), "new", NULL);
}

static void
open_cb (GSimpleAction *action, GVariant *path, gpointer application)
{
  nudge_open_file (application, g_variant_get_bytestring (path));
}

static const GActionEntry actions[] = {
  { "about", about_cb },
  { "help", help_cb },
  { "explain", explain_cb, "s" },
  { "preferences", preferences_cb },
  { "text-size", text_size_cb, "i" },
  { "new-window", new_window_cb },
  { "open", open_cb, "ay" },
  { "quit", quit_cb },
};

static const struct {
  const char *action;
  const char *keys[4]; /* NULL-terminated */
} shortcuts[] = {
  { "app.help", { "F1" } },
  { "app.preferences", { "<Control>comma" } },
  { "app.text-size(10)", { "<Control>plus", "<Control>equal", "<Control>KP_Add" } },
  { "app.text-size(-10)", { "<Control>minus", "<Control>KP_Subtract" } },
  { "app.text-size(0)", { "<Control>0", "<Control>KP_0" } },
  { "win.full-screen", { "F11" } },
  { "win.lecture", { "<Shift>F11" } },
  { "app.quit", { "<Control>q" } },
  { "app.new-window", { "<Control><Shift>n" } },
  { "window.close", { "<Control>w" } },
  { "win.new", { "<Control>n" } },
  { "win.open", { "<Control>o" } },
  { "win.save", { "<Control>s" } },
  { "win.save-as", { "<Control><Shift>s" } },
  { "win.run", { "<Control>r", "F5" } },
  { "win.step", { "<Control>t", "F6" } },
  { "win.step-phase", { "<Control><Shift>t", "F7" } },
  { "win.step-epoch", { "F8" } },
  { "win.run-to-step", { "<Control>j" } },
  { "win.run-to-loss", { "<Control><Shift>j" } },
  { "win.reset", { "<Control><Shift>r" } },
  { "win.export-parameters", { "<Control>e" } },
  { "win.export-figure", { "<Control><Shift>e" } },
  { "win.log-scale", { "<Control>l" } },
  { "win.side-panel", { "F9" } },
  { "win.go-to::data", { "<Alt>1" } },
  { "win.go-to::network", { "<Alt>2" } },
  { "win.go-to::loss", { "<Alt>3" } },
  { "win.go-to::cards", { "<Alt>4" } },
  { "win.go-to::log", { "<Alt>5" } },
  { "win.undo-by-key", { "<Control>z" } },
  { "win.redo-by-key", { "<Control><Shift>z", "<Control>y" } },
  { "win.ghost", { "<Control>g" } },
};

/* The icon theme's search path does not have a prefix that was moved. */
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
  nudge_file_actions_fill_menus ();
  nudge_preferences_get ();
  g_action_map_add_action_entries (G_ACTION_MAP (application), actions,
                                   G_N_ELEMENTS (actions), application);
  for (gsize i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (application),
                                           shortcuts[i].action, shortcuts[i].keys);
}

/* Returns: whether there is something to recover */
static gboolean
offer_recovery (NudgeApplication *self)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  return NUDGE_IS_WINDOW (window) &&
         nudge_recovery_offer (NUDGE_WINDOW (window), NULL, NULL);
}

/* For a newcomer, unless a lesson is open, which says itself what to do. */
static void
offer_hints (NudgeApplication *self, NudgeDocument *document)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  if (nudge_document_get_learner (document) == NULL && nudge_settings_are_kept ())
    nudge_hints_offer (window, document);
}

/* Errors go to standard error: there is no window yet. */
static void
attached_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  NudgeApplication *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (NudgeDocument) document = nudge_attach_finish (result, &error);

  if (document != NULL) {
    nudge_open_document (GTK_APPLICATION (self), document);
  } else {
    nudge_complain (self->socket, error->message);
    self->failed = TRUE;
  }
  g_application_release (G_APPLICATION (self));
}

static void
recovered_cb (gpointer data)
{
  g_autoptr (NudgeApplication) self = data;

  nudge_open_file (GTK_APPLICATION (self), self->path);
  g_application_release (G_APPLICATION (self));
}

/* A file may have a question of its own, such as which columns are the targets: what is to
 * be recovered comes first. */
static void
open_first_file (NudgeApplication *self)
{
  NudgeWindow *window = nudge_window_new (GTK_APPLICATION (self));

  gtk_window_present (GTK_WINDOW (window));
  g_application_hold (G_APPLICATION (self));
  g_object_ref (self);
  if (!nudge_recovery_offer (window, recovered_cb, self))
    recovered_cb (self);
}

static void
nudge_application_activate (GApplication *application)
{
  NudgeApplication *self = NUDGE_APPLICATION (application);
  g_autoptr (GError) error = NULL;
  g_autoptr (NudgeDocument) document = NULL;

  if (self->socket != NULL) {
    g_application_hold (application);
    nudge_attach_async (self->socket, NULL, attached_cb, self);
    return;
  }
  if (self->path != NULL) {
    open_first_file (self);
    return;
  }
  document = nudge_document_new (self->experiment, &error);
  if (!document) {
    nudge_complain ("window", error->message);
    self->failed = TRUE; /* and as there is no window, the program ends */
    return;
  }
  nudge_open_document (GTK_APPLICATION (self), document);
  if (!offer_recovery (self))
    offer_hints (self, document);
}

static gboolean
begin_lecture_cb (gpointer window)
{
  g_action_group_activate_action (window, "lecture", NULL);
  return G_SOURCE_REMOVE;
}

/* As soon as it is whole. */
static void
begin_lecture (NudgeApplication *self, GtkWindow *window)
{
  if (self->lecture)
    g_idle_add_full (G_PRIORITY_HIGH, begin_lecture_cb, g_object_ref (window),
                     g_object_unref);
  self->lecture = FALSE;
}

static void
nudge_application_window_added (GtkApplication *application, GtkWindow *window)
{
  GTK_APPLICATION_CLASS (nudge_application_parent_class)
      ->window_added (application, window);
  if (NUDGE_IS_WINDOW (window)) {
    nudge_file_actions_add (NUDGE_WINDOW (window));
    begin_lecture (NUDGE_APPLICATION (application), window);
  } else if (NUDGE_IS_TENSOR_WINDOW (window)) {
    nudge_file_actions_add_opening (GTK_APPLICATION_WINDOW (window));
  }
}

static void
nudge_application_finalize (GObject *object)
{
  NudgeApplication *self = NUDGE_APPLICATION (object);

  g_clear_pointer (&self->experiment, nn_experiment_free);
  g_free (self->path);
  g_free (self->socket);
  G_OBJECT_CLASS (nudge_application_parent_class)->finalize (object);
}

static void
nudge_application_class_init (NudgeApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  application_class->startup = nudge_application_startup;
  application_class->activate = nudge_application_activate;
  GTK_APPLICATION_CLASS (klass)->window_added = nudge_application_window_added;
  G_OBJECT_CLASS (klass)->finalize = nudge_application_finalize;
}

static void
nudge_application_init (NudgeApplication *self)
{
}

static NudgeApplication *
new_application (void)
{
  return g_object_new (NUDGE_TYPE_APPLICATION, "application-id", ID, "flags",
                       G_APPLICATION_NON_UNIQUE, "resource-base-path", PATH, NULL);
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
  NudgeApplication *self;

  g_return_val_if_fail (experiment, NULL);

  self = new_application ();
  self->experiment = experiment;
  return self;
}

/**
 * nudge_application_new_for_file:
 *
 * Likewise; what cannot be opened is said in a window.
 */
NudgeApplication *
nudge_application_new_for_file (const char *path)
{
  NudgeApplication *self = new_application ();

  self->path = g_strdup (path);
  return self;
}

/**
 * nudge_application_new_for_job:
 * @socket: the path of its socket
 *
 * Likewise, of a job; that it cannot be reached is said on standard error.
 */
NudgeApplication *
nudge_application_new_for_job (const char *socket)
{
  NudgeApplication *self = new_application ();

  self->socket = g_strdup (socket);
  return self;
}

/**
 * nudge_application_set_lecture:
 * @lecture: the first window begins as one
 *
 * To be called before it is run.
 */
void
nudge_application_set_lecture (NudgeApplication *self, gboolean lecture)
{
  g_return_if_fail (NUDGE_IS_APPLICATION (self));

  self->lecture = lecture;
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

  return self->failed || nudge_open_has_failed (GTK_APPLICATION (self));
}

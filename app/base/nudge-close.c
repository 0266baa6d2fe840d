/* nudge-close.c - the question about unsaved work before its window closes
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/base/nudge-close.h"

#include <glib/gi18n.h>

#include "app/base/nudge-dialogs.h"

typedef struct {
  GtkWindow *window; /* (owned) */
  NudgeAnsweredFunc answered;
  gpointer data;
} Question;

/* Of a window that is being asked about, so that it is asked once. */
static GQuark
get_asking (void)
{
  return g_quark_from_static_string ("nudge-close-asking");
}

static GQuark
get_kind_quark (void)
{
  return g_quark_from_static_string ("nudge-close-kind");
}

/* Returns: (nullable) */
static const NudgeWorkKind *
get_kind (GtkWindow *window)
{
  return g_object_get_qdata (G_OBJECT (window), get_kind_quark ());
}

static void
close_cb (GtkWindow *window, gboolean go_on, gpointer data)
{
  if (go_on)
    gtk_window_destroy (window);
}

static gboolean
close_request_cb (GtkWindow *window)
{
  nudge_close_ask (window, close_cb, NULL);
  return TRUE;
}

/**
 * nudge_close_add:
 * @kind: lives as long as the program
 *
 * Has @window asked about before it closes.
 */
void
nudge_close_add (GtkWindow *window, const NudgeWorkKind *kind)
{
  g_object_set_qdata (G_OBJECT (window), get_kind_quark (), (gpointer) (guintptr) kind);
  g_signal_connect (window, "close-request", G_CALLBACK (close_request_cb), NULL);
}

static void
finish (Question *self, gboolean go_on)
{
  g_object_set_qdata (G_OBJECT (self->window), get_asking (), NULL);
  self->answered (self->window, go_on, self->data);
  g_object_unref (self->window);
  g_free (self);
}

static void
saved_cb (GtkWindow *window, gboolean saved, gpointer data)
{
  finish (data, saved);
}

static gboolean
discard_cb (gpointer data)
{
  finish (data, TRUE);
  return G_SOURCE_REMOVE;
}

static void
response_cb (AdwMessageDialog *dialog, const char *response, gpointer data)
{
  Question *self = data;

  if (g_str_equal (response, "save"))
    get_kind (self->window)->save (self->window, saved_cb, self);
  else if (g_str_equal (response, "discard"))
    /* Not within the dialog, which the window takes along. */
    g_idle_add_full (G_PRIORITY_DEFAULT, discard_cb, self, NULL);
  else
    finish (self, FALSE);
}

static void
present_question (Question *self)
{
  g_autofree char *name = get_kind (self->window)->dup_name (self->window);
  AdwMessageDialog *dialog = nudge_dialogs_new (self->window, _ ("Save Changes?"), NULL);

  adw_message_dialog_format_body (
      dialog, _ ("“%s” has unsaved changes. Changes that are not saved will be lost."),
      name);
  adw_message_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "discard",
                                    _ ("_Discard"), "save", _ ("_Save"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "discard",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_response_appearance (dialog, "save", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, "save");
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), self);
  gtk_window_present (GTK_WINDOW (dialog));
}

/**
 * nudge_close_ask:
 * @answered: at once, if there is nothing to ask
 *
 * Asks whether to save what @window shows.
 */
void
nudge_close_ask (GtkWindow *window, NudgeAnsweredFunc answered, gpointer data)
{
  Question *self;

  g_return_if_fail (get_kind (window) != NULL);

  if (!get_kind (window)->has_work (window)) {
    answered (window, TRUE, data);
    return;
  }
  if (g_object_get_qdata (G_OBJECT (window), get_asking ())) {
    answered (window, FALSE, data);
    return;
  }
  g_object_set_qdata (G_OBJECT (window), get_asking (), GINT_TO_POINTER (TRUE));
  self = g_new0 (Question, 1);
  self->window = g_object_ref (window);
  self->answered = answered;
  self->data = data;
  present_question (self);
}

/* --- The end of the program -------------------------------------------------------- */

static GQuark
get_writing (void)
{
  return g_quark_from_static_string ("nudge-close-writing");
}

static GQuark
get_quitting (void)
{
  return g_quark_from_static_string ("nudge-close-quitting");
}

/* How many files are being written. */
static guint
count_writing (GtkApplication *application)
{
  return GPOINTER_TO_UINT (g_object_get_qdata (G_OBJECT (application), get_writing ()));
}

static void
set_writing (GtkApplication *application, guint n)
{
  g_object_set_qdata (G_OBJECT (application), get_writing (), GUINT_TO_POINTER (n));
}

static void
set_quitting (GtkApplication *application, gboolean quitting)
{
  g_object_set_qdata (G_OBJECT (application), get_quitting (),
                      GINT_TO_POINTER (quitting));
}

static void
destroy_windows (GtkApplication *application)
{
  GList *windows;

  while ((windows = gtk_application_get_windows (application)) != NULL)
    gtk_window_destroy (windows->data);
}

/* What is being written is written to its end, without a window. */
static void
quit (GtkApplication *application)
{
  if (count_writing (application) == 0) {
    g_application_quit (G_APPLICATION (application));
    return;
  }
  set_quitting (application, TRUE);
  destroy_windows (application);
}

/**
 * nudge_close_begin_writing:
 *
 * A file is written on another thread: neither a window that is closed meanwhile nor
 * nudge_close_all () ends the program in the middle of it.
 */
void
nudge_close_begin_writing (GtkApplication *application)
{
  g_application_hold (G_APPLICATION (application));
  set_writing (application, count_writing (application) + 1);
}

/**
 * nudge_close_end_writing:
 *
 * To be called once for each nudge_close_begin_writing (), after a failure was said.
 */
void
nudge_close_end_writing (GtkApplication *application)
{
  g_return_if_fail (count_writing (application) > 0);

  set_writing (application, count_writing (application) - 1);
  if (count_writing (application) == 0 &&
      g_object_get_qdata (G_OBJECT (application), get_quitting ()) != NULL) {
    set_quitting (application, FALSE);
    if (gtk_application_get_windows (application) == NULL)
      g_application_quit (G_APPLICATION (application));
  }
  g_application_release (G_APPLICATION (application));
}

static void
close_next_cb (GtkWindow *window, gboolean go_on, gpointer data)
{
  GtkApplication *application = data;

  if (go_on) {
    gtk_window_destroy (window);
    nudge_close_all (application);
  }
}

/**
 * nudge_close_all:
 *
 * Asks window by window and closes each, so that its session ends before the program
 * does; one that is to stay ends it. Then the program ends, once no file is being written.
 */
void
nudge_close_all (GtkApplication *application)
{
  for (GList *each = gtk_application_get_windows (application); each != NULL;
       each = each->next)
    if (get_kind (each->data)) {
      gtk_window_present (each->data);
      nudge_close_ask (each->data, close_next_cb, application);
      return;
    }
  quit (application);
}

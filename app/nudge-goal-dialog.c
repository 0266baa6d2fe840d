/* nudge-goal-dialog.c - how far a run is to go
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/nudge-goal-dialog.h"

#include <glib/gi18n.h>
#include <math.h>

#include "app/nudge-dialogs.h"
#include "ui/text/nudge-number.h"

/* Beyond it a double does not count by ones. */
#define MOST_STEPS 9007199254740992.0

typedef void (*Go) (NudgeSession *session, double number);

typedef struct {
  AdwMessageDialog *dialog; /* (unowned) which owns this */
  GtkEditable *entry;       /* (unowned) */
  NudgeSession *session;    /* (owned) */
  Go go;
  gboolean counts; /* a whole number from 0 */
} Goal;

static void
goal_free (gpointer data)
{
  Goal *self = data;

  g_clear_object (&self->session);
  g_free (self);
}

/* Returns: whether what is typed is such a number */
static gboolean
read_number (Goal *self, double *number)
{
  g_autofree char *text = g_strdup (gtk_editable_get_text (self->entry));

  if (!nudge_number_parse (g_strstrip (text), 0, number, NULL))
    return FALSE;
  return !self->counts ||
         (*number >= 0 && *number <= MOST_STEPS && *number == floor (*number));
}

static void
typed_cb (Goal *self)
{
  double number;

  adw_message_dialog_set_response_enabled (self->dialog, "run",
                                           read_number (self, &number));
}

static void
response_cb (Goal *self, const char *response)
{
  double number;

  if (g_str_equal (response, "run") && read_number (self, &number))
    self->go (self->session, number);
}

static void
ask (GtkWindow *parent,
     NudgeSession *session,
     const char *heading,
     const char *body,
     const char *label,
     Go go,
     gboolean counts)
{
  AdwMessageDialog *dialog = nudge_dialogs_new (parent, heading, body);
  GtkWidget *entry = gtk_entry_new ();
  Goal *self = g_new0 (Goal, 1);

  *self = (Goal){ dialog, GTK_EDITABLE (entry), g_object_ref (session), go, counts };
  g_object_set_data_full (G_OBJECT (dialog), "goal", self, goal_free);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  adw_message_dialog_set_extra_child (dialog, entry);
  adw_message_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "run", _ ("_Run"),
                                    NULL);
  adw_message_dialog_set_response_appearance (dialog, "run", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, "run");
  adw_message_dialog_set_response_enabled (dialog, "run", FALSE);
  g_signal_connect_swapped (entry, "changed", G_CALLBACK (typed_cb), self);
  g_signal_connect_swapped (dialog, "response", G_CALLBACK (response_cb), self);
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (entry);
}

static void
go_to_step (NudgeSession *session, double number)
{
  nudge_session_run_to_step (session, (guint64) number);
}

/**
 * nudge_goal_dialog_ask_step:
 */
void
nudge_goal_dialog_ask_step (GtkWindow *parent, NudgeSession *session)
{
  const NnFrame *frame = nudge_session_get_frame (session);
  g_autofree char *step = g_strdup_printf ("%" G_GUINT64_FORMAT, frame ? frame->step : 0);
  g_autofree char *body = g_strdup_printf (
      _ ("The run is at step %s. It goes on, as fast as possible, and pauses there; to a "
         "step that is past it goes back."),
      step);

  ask (parent, session, _ ("Run to a step"), body, _ ("Step to run to"), go_to_step,
       TRUE);
}

static void
go_to_loss (NudgeSession *session, double number)
{
  nudge_session_run_to_loss (session, number);
}

/**
 * nudge_goal_dialog_ask_loss:
 */
void
nudge_goal_dialog_ask_loss (GtkWindow *parent, NudgeSession *session)
{
  const NnFrame *frame = nudge_session_get_frame (session);
  g_autofree char *loss = nudge_number_format (frame ? frame->loss : NAN, 4);
  g_autofree char *body = g_strdup_printf (
      _ ("The loss is %s. The run goes on, as fast as possible, and pauses at the first "
         "step whose loss is as low as this."),
      loss);

  ask (parent, session, _ ("Run until the loss is low"), body, _ ("Loss to run to"),
       go_to_loss, FALSE);
}

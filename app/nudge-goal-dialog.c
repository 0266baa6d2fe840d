/* nudge-goal-dialog.c - running to a step, or until the loss is low
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/nudge-goal-dialog.h"

#include <glib/gi18n.h>
#include <math.h>

#include "app/base/nudge-dialogs.h"
#include "ui/rows/nudge-message.h"
#include "ui/text/nudge-number.h"

/* The largest step up to which a double has every integer. */
#define MOST_STEPS 9007199254740992.0

typedef struct _Goal Goal;

/* A kind of goal: a step or a loss. */
typedef struct {
  double (*get_present) (const NnFrame *frame);
  gboolean (*parse) (const char *text, double present, double *number, GError **error);
  /* (nullable) Returns: (transfer full) (nullable): why there is no such number */
  char *(*refuse) (double number);
  void (*go) (Goal *self, double number);
} GoalKind;

struct _Goal {
  const GoalKind *kind;
  AdwMessageDialog *dialog; /* (unowned) which owns this */
  GtkWidget *entry;         /* (unowned) */
  GtkWidget *message;       /* (unowned) */
  NudgeSession *session;    /* (owned) */
  NudgeTime *time;          /* (owned) (nullable) where a step is brought into sight */
};

static void
goal_free (gpointer data)
{
  Goal *self = data;

  g_clear_object (&self->session);
  g_clear_object (&self->time);
  g_free (self);
}

/* Returns: whether what is typed is such a number; else it says so below */
static gboolean
read_number (Goal *self, double *number)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  const NnFrame *frame = nudge_session_get_frame (self->session);
  g_autofree char *refusal = NULL;
  g_autoptr (GError) error = NULL;

  if (!self->kind->parse (text, frame ? self->kind->get_present (frame) : 0, number,
                          &error))
    refusal = g_strdup (error->message);
  else if (self->kind->refuse)
    refusal = self->kind->refuse (*number);
  nudge_message_show (self->message, self->entry, *text ? refusal : NULL);
  return refusal == NULL;
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
    self->kind->go (self, number);
}

static GtkWidget *
new_entry (Goal *self, const char *label)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->entry = gtk_entry_new ();
  self->message = nudge_message_new ();
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_entry_set_activates_default (GTK_ENTRY (self->entry), TRUE);
  gtk_box_append (GTK_BOX (column), self->entry);
  gtk_box_append (GTK_BOX (column), self->message);
  g_signal_connect_swapped (self->entry, "changed", G_CALLBACK (typed_cb), self);
  return column;
}

static void
ask (GtkWindow *parent,
     NudgeSession *session,
     NudgeTime *time,
     const GoalKind *kind,
     const char *heading,
     const char *body,
     const char *label)
{
  AdwMessageDialog *dialog = nudge_dialogs_new (parent, heading, body);
  Goal *self = g_new0 (Goal, 1);

  self->kind = kind;
  self->dialog = dialog;
  self->session = g_object_ref (session);
  g_set_object (&self->time, time);
  g_object_set_data_full (G_OBJECT (dialog), "goal", self, goal_free);
  adw_message_dialog_set_extra_child (dialog, new_entry (self, label));
  adw_message_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "run", _ ("_Run"),
                                    NULL);
  adw_message_dialog_set_response_appearance (dialog, "run", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, "run");
  adw_message_dialog_set_response_enabled (dialog, "run", FALSE);
  g_signal_connect_swapped (dialog, "response", G_CALLBACK (response_cb), self);
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (self->entry);
}

/* ---- a step ------------------------------------------------------------------------ */

static double
get_step (const NnFrame *frame)
{
  return (double) frame->step;
}

static char *
refuse_step (double number)
{
  if (round (number) < 0)
    return g_strdup (_ ("A run starts at step 0: type that or a later one"));
  if (number > MOST_STEPS)
    return g_strdup (_ ("No run gets that far: type a step up to 9e15"));
  return NULL;
}

/* A plot that is zoomed in shows the step, or follows the run to it. */
static void
bring_into_sight (Goal *self, double step)
{
  const NnFrame *frame = nudge_session_get_frame (self->session);

  if (step <= (double) frame->end)
    nudge_time_reveal (self->time, frame, step);
  else if (nudge_time_get_span (self->time)->kind == NUDGE_TIME_STRETCH)
    nudge_time_follow (self->time, frame);
}

static void
go_to_step (Goal *self, double number)
{
  const double step = round (number);

  if (nudge_session_get_frame (self->session))
    bring_into_sight (self, step);
  nudge_session_run_to_step (self->session, (guint64) step, FALSE);
}

/**
 * nudge_goal_dialog_ask_step:
 * @time: shows the step then
 */
void
nudge_goal_dialog_ask_step (GtkWindow *parent, NudgeSession *session, NudgeTime *time)
{
  static const GoalKind kind = { get_step, nudge_number_parse_whole, refuse_step,
                                 go_to_step };
  const NnFrame *frame = nudge_session_get_frame (session);
  g_autofree char *step = nudge_number_format_count (frame ? frame->step : 0);
  g_autofree char *body =
      g_strdup_printf (_ ("The run is at step %s. It goes on to the step that you type, "
                          "as fast as possible, and pauses there, or it goes back to an "
                          "earlier one. +100 is a hundred steps further."),
                       step);

  ask (parent, session, time, &kind, _ ("Run to a step"), body, _ ("Step to run to"));
}

/* ---- a loss ------------------------------------------------------------------------ */

static double
get_loss (const NnFrame *frame)
{
  return frame->loss;
}

static void
go_to_loss (Goal *self, double number)
{
  nudge_session_run_to_loss (self->session, number);
}

/**
 * nudge_goal_dialog_ask_loss:
 */
void
nudge_goal_dialog_ask_loss (GtkWindow *parent, NudgeSession *session)
{
  static const GoalKind kind = { get_loss, nudge_number_parse, NULL, go_to_loss };
  const NnFrame *frame = nudge_session_get_frame (session);
  g_autofree char *loss = nudge_number_format (frame ? frame->loss : NAN, 4);
  g_autofree char *body = g_strdup_printf (
      _ ("The loss is %s. The run goes on, as fast as possible, and pauses at the first "
         "step with the loss that you type, or less. /2 is half of what it is now."),
      loss);

  ask (parent, session, NULL, &kind, _ ("Run until the loss is low"), body,
       _ ("Loss to run to"));
}

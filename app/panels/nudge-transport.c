/* nudge-transport.c - Run, Step, Reset, and the speed
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/panels/nudge-transport.h"

#include <glib/gi18n.h>
#include <math.h>

#include "app/panels/nudge-limits.h"
#include "ui/base/nudge-menus.h"
#include "ui/base/nudge-tooltip.h"
#include "ui/text/nudge-number.h"
#include "ui/text/nudge-words.h"

struct _NudgeTransport {
  NudgePanel parent_instance;

  GtkWidget *row; /* the only child: disposal finds it by this */
  GtkWidget *run_button;
  GtkImage *run_icon;
  GtkLabel *run_label;
  GtkMenuButton *step_menu;
  GtkWidget *steps;
  GtkWidget *reset;
  GtkAdjustment *adjustment; /* of log10 of the speed; its end: as fast as possible */
  GtkWidget *speed_scale;
  GtkWidget *speed_words; /* the label, in the width it may have */
  GtkLabel *speed_label;
  GtkLabel *speed_short; /* in its place where it is too wide */
  gboolean shows;        /* the slider is being set to the nearest to the speed */
  GSignalGroup *session; /* (owned) of the document's */
};

G_DEFINE_FINAL_TYPE (NudgeTransport, nudge_transport, NUDGE_TYPE_PANEL)

/* Steps per second, to two digits, as a user would choose them; 0 at the right end, for
 * as fast as possible. */
static double
get_chosen_speed (NudgeTransport *self)
{
  double value = gtk_adjustment_get_value (self->adjustment);
  double speed = pow (10, value);
  double unit = pow (10, floor (value) - 1);

  if (value >= gtk_adjustment_get_upper (self->adjustment))
    return 0;
  if (speed < 1)
    return speed > 0.7 ? 1 : speed > 0.35 ? 0.5 : speed > 0.15 ? 0.2 : 0.1;
  return speed < 10 ? round (speed) : round (speed / unit) * unit;
}

static void
speed_chosen_cb (NudgeTransport *self)
{
  g_autoptr (GObject) session = g_signal_group_dup_target (self->session);

  if (session && !self->shows)
    g_object_set (session, "speed", get_chosen_speed (self), NULL);
}

/* @brief: (out): as short as can be */
static char *
dup_words_for_speed (NudgeSession *session, double speed, char **brief)
{
  g_autofree char *number = NULL;

  if (!nudge_session_can (session, NN_CAN_PACE)) {
    *brief = g_strdup (_ ("its own"));
    return g_strdup (_ ("the script’s own pace"));
  }
  if (speed <= 0) {
    *brief = g_strdup (_ ("fastest"));
    return g_strdup (_ ("as fast as possible"));
  }
  if (nudge_session_walks (session)) {
    number = nudge_number_format (1 / speed, 3);
    *brief = g_strdup_printf (_ ("%s s"), number);
    /* Translators: a number of seconds */
    return g_strdup_printf (_ ("a step in %s s"), number);
  }
  /* Translators: as short as "steps per second" can be, of a number */
  *brief = g_strdup_printf (_ ("%g/s"), speed);
  return nudge_words_for_rate (speed);
}

static void
show_speed (NudgeTransport *self, GParamSpec *pspec, GObject *session)
{
  g_autofree char *text = NULL;
  g_autofree char *brief = NULL;
  double speed;

  g_object_get (session, "speed", &speed, NULL);
  self->shows = TRUE;
  if (get_chosen_speed (self) != speed)
    gtk_adjustment_set_value (self->adjustment,
                              speed > 0 ? log10 (speed)
                                        : gtk_adjustment_get_upper (self->adjustment));
  self->shows = FALSE;
  text = dup_words_for_speed (NUDGE_SESSION (session), speed, &brief);
  gtk_label_set_text (self->speed_label, text);
  gtk_label_set_text (self->speed_short, brief);
  nudge_widget_set_tooltip (self->speed_words,
                            nudge_session_walks (NUDGE_SESSION (session))
                                ? _ ("Each step is shown phase by phase")
                                : text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->speed_scale),
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, text, -1);
}

static void
show_running (NudgeTransport *self, GParamSpec *pspec, GObject *session)
{
  const char *label;
  gboolean running;

  g_object_get (session, "running", &running, NULL);
  label = running ? _ ("Pause") : _ ("Run");
  gtk_label_set_text (self->run_label, label);
  gtk_image_set_from_icon_name (self->run_icon, running
                                                    ? "media-playback-pause-symbolic"
                                                    : "media-playback-start-symbolic");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->run_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  if (running)
    gtk_widget_remove_css_class (self->run_button, "suggested-action");
  else
    gtk_widget_add_css_class (self->run_button, "suggested-action");
}

static void
nudge_transport_document_changed (NudgePanel *panel, NudgeDocument *document)
{
  NudgeTransport *self = NUDGE_TRANSPORT (panel);
  NudgeSession *session = document ? nudge_document_get_session (document) : NULL;

  g_signal_group_set_target (self->session, session);
  gtk_widget_set_sensitive (self->run_button, document != NULL);
  gtk_widget_set_sensitive (self->steps, document != NULL);
  nudge_limits_set (self->speed_scale, document, NN_CAN_PACE);
  nudge_limits_set (self->reset, document, NN_CAN_TRAVEL);
  if (!session)
    return;
  show_running (self, NULL, G_OBJECT (session));
  show_speed (self, NULL, G_OBJECT (session));
}

/* A job that has ended does not continue. */
static void
nudge_transport_show_words (NudgePanel *panel, NnFrame *frame)
{
  NudgeTransport *self = NUDGE_TRANSPORT (panel);

  gtk_widget_set_sensitive (self->run_button, !frame->ended);
  gtk_widget_set_sensitive (self->steps, !frame->ended);
}

/* Before the first step Run is the suggested action. */
static gboolean
nudge_transport_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (NUDGE_TRANSPORT (widget)->run_button);
}

static void
nudge_transport_dispose (GObject *object)
{
  g_clear_object (&NUDGE_TRANSPORT (object)->session);
  gtk_widget_dispose_template (GTK_WIDGET (object), NUDGE_TYPE_TRANSPORT);
  G_OBJECT_CLASS (nudge_transport_parent_class)->dispose (object);
}

static void
nudge_transport_class_init (NudgeTransportClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nudge_transport_dispose;
  widget_class->grab_focus = nudge_transport_grab_focus;
  NUDGE_PANEL_CLASS (klass)->document_changed = nudge_transport_document_changed;
  NUDGE_PANEL_CLASS (klass)->show_words = nudge_transport_show_words;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/nudgelab/Nudge/ui/nudge-transport.ui");
  gtk_widget_class_bind_template_child (widget_class, NudgeTransport, row);
  gtk_widget_class_bind_template_child (widget_class, NudgeTransport, run_button);
  gtk_widget_class_bind_template_child (widget_class, NudgeTransport, run_icon);
  gtk_widget_class_bind_template_child (widget_class, NudgeTransport, run_label);
  gtk_widget_class_bind_template_child (widget_class, NudgeTransport, step_menu);
  gtk_widget_class_bind_template_child (widget_class, NudgeTransport, steps);
  gtk_widget_class_bind_template_child (widget_class, NudgeTransport, reset);
  gtk_widget_class_bind_template_child (widget_class, NudgeTransport, adjustment);
  gtk_widget_class_bind_template_child (widget_class, NudgeTransport, speed_scale);
  gtk_widget_class_bind_template_child (widget_class, NudgeTransport, speed_words);
  gtk_widget_class_bind_template_child (widget_class, NudgeTransport, speed_label);
  gtk_widget_class_bind_template_child (widget_class, NudgeTransport, speed_short);
  gtk_widget_class_bind_template_callback (widget_class, speed_chosen_cb);
}

static void
nudge_transport_init (NudgeTransport *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_menu_model (self->step_menu, nudge_menus_get ("step"));
  self->session = g_signal_group_new (NUDGE_TYPE_SESSION);
  g_signal_group_connect_swapped (self->session, "notify::running",
                                  G_CALLBACK (show_running), self);
  g_signal_group_connect_swapped (self->session, "notify::speed", G_CALLBACK (show_speed),
                                  self);
}

/* nudge-lecture-controls.c - the control that a sentence of a lesson speaks of, large
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/panels/nudge-lecture-controls.h"

#include <glib/gi18n.h>

struct _NudgeLectureControls {
  NudgePanel parent_instance;

  GtkWidget *row; /* the only child: disposal finds it by this */
  GtkButton *run;
  GSignalGroup *session; /* (owned) the document's */
};

G_DEFINE_FINAL_TYPE (NudgeLectureControls, nudge_lecture_controls, NUDGE_TYPE_PANEL)

/**
 * nudge_lecture_controls_show:
 * @control: (nullable): by the name that nudge-pointing.h has for it; any other: none
 *   is shown
 */
void
nudge_lecture_controls_show (NudgeLectureControls *self, const char *control)
{
  g_return_if_fail (NUDGE_IS_LECTURE_CONTROLS (self));

  for (GtkWidget *child = gtk_widget_get_first_child (self->row); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    gtk_widget_set_visible (
        child,
        control != NULL && !g_ascii_strcasecmp (gtk_widget_get_name (child), control));
}

static void
show_running (NudgeLectureControls *self, GParamSpec *pspec, GObject *session)
{
  const char *word;
  gboolean running;

  g_object_get (session, "running", &running, NULL);
  word = running ? _ ("Pause") : _ ("Run");
  gtk_button_set_label (self->run, word);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->run),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, word, -1);
}

static void
nudge_lecture_controls_document_changed (NudgePanel *panel, NudgeDocument *document)
{
  NudgeLectureControls *self = NUDGE_LECTURE_CONTROLS (panel);
  NudgeSession *session = document ? nudge_document_get_session (document) : NULL;

  g_signal_group_set_target (self->session, session);
  if (session != NULL)
    show_running (self, NULL, G_OBJECT (session));
}

static void
nudge_lecture_controls_dispose (GObject *object)
{
  g_clear_object (&NUDGE_LECTURE_CONTROLS (object)->session);
  gtk_widget_dispose_template (GTK_WIDGET (object), NUDGE_TYPE_LECTURE_CONTROLS);
  G_OBJECT_CLASS (nudge_lecture_controls_parent_class)->dispose (object);
}

static void
nudge_lecture_controls_class_init (NudgeLectureControlsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nudge_lecture_controls_dispose;
  NUDGE_PANEL_CLASS (klass)->document_changed = nudge_lecture_controls_document_changed;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/nudgelab/Nudge/ui/nudge-lecture-controls.ui");
  gtk_widget_class_bind_template_child (widget_class, NudgeLectureControls, row);
  gtk_widget_class_bind_template_child (widget_class, NudgeLectureControls, run);
}

static void
nudge_lecture_controls_init (NudgeLectureControls *self)
{
  self->session = g_signal_group_new (NUDGE_TYPE_SESSION);
  g_signal_group_connect_swapped (self->session, "notify::running",
                                  G_CALLBACK (show_running), self);
  gtk_widget_init_template (GTK_WIDGET (self));
}

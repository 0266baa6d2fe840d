/* nudge-notes-bar.c - what was guessed when a file of data or parameters was opened
 *
 * SPDX-License-Identifier: MIT
 *
 * A line per guess, until it is closed.
 */

#include "app/panels/nudge-notes-bar.h"

#include "app/base/nudge-dialogs.h"

struct _NudgeNotesBar {
  NudgePanel parent_instance;

  GtkInfoBar *bar; /* the only child: disposal finds it by this */
  GtkLabel *label;
};

G_DEFINE_FINAL_TYPE (NudgeNotesBar, nudge_notes_bar, NUDGE_TYPE_PANEL)

static void
append_notes (GString *text, const GPtrArray *notes)
{
  for (guint i = 0; notes != NULL && i < notes->len; i++)
    g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "",
                            (const char *) notes->pdata[i]);
}

static void
nudge_notes_bar_document_changed (NudgePanel *panel, NudgeDocument *document)
{
  NudgeNotesBar *self = NUDGE_NOTES_BAR (panel);
  const NnExperiment *experiment =
      document != NULL ? nudge_document_get_experiment (document) : NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  if (experiment != NULL) {
    append_notes (text, experiment->notes);
    append_notes (text,
                  experiment->parameters != NULL ? experiment->parameters->notes : NULL);
  }
  gtk_label_set_text (self->label, text->str);
  gtk_info_bar_set_revealed (self->bar, text->len > 0);
}

static void
nudge_notes_bar_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), NUDGE_TYPE_NOTES_BAR);
  G_OBJECT_CLASS (nudge_notes_bar_parent_class)->dispose (object);
}

static void
response_cb (NudgeNotesBar *self)
{
  gtk_info_bar_set_revealed (self->bar, FALSE);
}

static void
nudge_notes_bar_class_init (NudgeNotesBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nudge_notes_bar_dispose;
  NUDGE_PANEL_CLASS (klass)->document_changed = nudge_notes_bar_document_changed;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/nudgelab/Nudge/ui/nudge-notes-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, NudgeNotesBar, bar);
  gtk_widget_class_bind_template_child (widget_class, NudgeNotesBar, label);
  gtk_widget_class_bind_template_callback (widget_class, response_cb);
}

static void
nudge_notes_bar_init (NudgeNotesBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  nudge_dialogs_name_close_button (self->bar);
}

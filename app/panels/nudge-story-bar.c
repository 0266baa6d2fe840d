/* nudge-story-bar.c - the experiment's story, in a sentence or two
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/panels/nudge-story-bar.h"

#include "nn/base/nn-text.h"

struct _NudgeStoryBar {
  NudgePanel parent_instance;

  GtkWidget *row; /* the only child: disposal finds it by this */
  GtkLabel *label;
};

G_DEFINE_FINAL_TYPE (NudgeStoryBar, nudge_story_bar, NUDGE_TYPE_PANEL)

static void
nudge_story_bar_document_changed (NudgePanel *panel, NudgeDocument *document)
{
  NudgeStoryBar *self = NUDGE_STORY_BAR (panel);
  /* A lesson says itself what it is about. */
  const char *story = document != NULL && nudge_document_get_learner (document) == NULL
                          ? nudge_document_get_experiment (document)->story
                          : NULL;

  gtk_label_set_text (self->label, story != NULL ? nn_text_get_translated (story) : "");
  gtk_widget_set_visible (GTK_WIDGET (self), story != NULL && *story != '\0');
}

static void
close_cb (NudgeStoryBar *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

static void
nudge_story_bar_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), NUDGE_TYPE_STORY_BAR);
  G_OBJECT_CLASS (nudge_story_bar_parent_class)->dispose (object);
}

static void
nudge_story_bar_class_init (NudgeStoryBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nudge_story_bar_dispose;
  NUDGE_PANEL_CLASS (klass)->document_changed = nudge_story_bar_document_changed;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/nudgelab/Nudge/ui/nudge-story-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, NudgeStoryBar, row);
  gtk_widget_class_bind_template_child (widget_class, NudgeStoryBar, label);
  gtk_widget_class_bind_template_callback (widget_class, close_cb);
}

static void
nudge_story_bar_init (NudgeStoryBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/* nudge-edit-panel.c - a panel that shows and edits the experiment
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/panels/nudge-edit-panel.h"

typedef struct {
  NudgeEdits *edits;     /* (owned) (nullable) the document's */
  GSignalGroup *changes; /* (owned) of the edits */
} NudgeEditPanelPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (NudgeEditPanel, nudge_edit_panel, NUDGE_TYPE_PANEL)

/**
 * nudge_edit_panel_get_edits:
 *
 * Returns: (transfer none) (nullable): the document's
 */
NudgeEdits *
nudge_edit_panel_get_edits (NudgeEditPanel *self)
{
  NudgeEditPanelPrivate *priv = nudge_edit_panel_get_instance_private (self);

  return priv->edits;
}

static void
show_experiment (NudgeEditPanel *self)
{
  NUDGE_EDIT_PANEL_GET_CLASS (self)->show_experiment (self,
                                                      nudge_edit_panel_get_edits (self));
}

static void
nudge_edit_panel_document_changed (NudgePanel *panel, NudgeDocument *document)
{
  NudgeEditPanel *self = NUDGE_EDIT_PANEL (panel);
  NudgeEditPanelPrivate *priv = nudge_edit_panel_get_instance_private (self);
  NudgeEdits *edits = document ? nudge_document_get_edits (document) : NULL;

  g_set_object (&priv->edits, edits);
  g_signal_group_set_target (priv->changes, edits);
  gtk_widget_set_sensitive (GTK_WIDGET (self), document != NULL);
  if (document)
    show_experiment (self);
}

static void
nudge_edit_panel_dispose (GObject *object)
{
  NudgeEditPanelPrivate *priv =
      nudge_edit_panel_get_instance_private (NUDGE_EDIT_PANEL (object));

  g_clear_object (&priv->changes);
  g_clear_object (&priv->edits);
  G_OBJECT_CLASS (nudge_edit_panel_parent_class)->dispose (object);
}

static void
nudge_edit_panel_class_init (NudgeEditPanelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = nudge_edit_panel_dispose;
  NUDGE_PANEL_CLASS (klass)->document_changed = nudge_edit_panel_document_changed;
}

static void
nudge_edit_panel_init (NudgeEditPanel *self)
{
  NudgeEditPanelPrivate *priv = nudge_edit_panel_get_instance_private (self);

  priv->changes = g_signal_group_new (NUDGE_TYPE_EDITS);
  g_signal_group_connect_swapped (priv->changes, "changed", G_CALLBACK (show_experiment),
                                  self);
}

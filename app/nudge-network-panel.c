/* nudge-network-panel.c - the network of a document's run, and what is selected in it
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/nudge-network-panel.h"

#include "ui/nudge-network-view.h"

struct _NudgeNetworkPanel {
  NudgePanel parent_instance;

  GtkWidget *view;         /* the only child */
  GSignalGroup *selection; /* (owned) of the document's */
};

G_DEFINE_FINAL_TYPE (NudgeNetworkPanel, nudge_network_panel, NUDGE_TYPE_PANEL)

/* The layers that a nudge has just touched. */
static void
landed_cb (NudgeNetworkPanel *self, NnNudge *nudge)
{
  NudgeDocument *document = nudge_panel_get_document (NUDGE_PANEL (self));
  const NnArchitecture *architecture = nudge_document_get_frame (document)->architecture;
  gssize layer = nn_architecture_find_layer (architecture, nudge->target.layer);

  if (layer >= 0) {
    nudge_network_view_pulse (NUDGE_NETWORK_VIEW (self->view), (gsize) layer);
    return;
  }
  for (gsize i = 0; i < architecture->n_layers; i++)
    nudge_network_view_pulse (NUDGE_NETWORK_VIEW (self->view), i);
}

static void
selected_cb (NudgeNetworkPanel *self, const char *target)
{
  NudgeDocument *document = nudge_panel_get_document (NUDGE_PANEL (self));
  g_autoptr (GError) error = NULL;

  if (document &&
      !nudge_selection_select (nudge_document_get_selection (document), target, &error))
    nudge_document_say (document, error->message);
}

static void
show_selected (NudgeNetworkPanel *self, GParamSpec *pspec, NudgeSelection *selection)
{
  nudge_network_view_set_selected (NUDGE_NETWORK_VIEW (self->view),
                                   selection ? nudge_selection_get_targets (selection)
                                             : NULL);
}

static void
nudge_network_panel_show_frame (NudgePanel *panel, NnFrame *frame)
{
  NudgeNetworkPanel *self = NUDGE_NETWORK_PANEL (panel);

  nudge_network_view_set_frame (NUDGE_NETWORK_VIEW (self->view), frame);
}

static void
nudge_network_panel_document_changed (NudgePanel *panel, NudgeDocument *document)
{
  NudgeNetworkPanel *self = NUDGE_NETWORK_PANEL (panel);
  NudgeSelection *selection = document ? nudge_document_get_selection (document) : NULL;

  g_signal_group_set_target (self->selection, selection);
  show_selected (self, NULL, selection);
  nudge_network_view_set_frame (NUDGE_NETWORK_VIEW (self->view), NULL);
}

static void
nudge_network_panel_dispose (GObject *object)
{
  g_clear_object (&NUDGE_NETWORK_PANEL (object)->selection);
  g_clear_pointer (&NUDGE_NETWORK_PANEL (object)->view, gtk_widget_unparent);
  G_OBJECT_CLASS (nudge_network_panel_parent_class)->dispose (object);
}

static void
nudge_network_panel_class_init (NudgeNetworkPanelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = nudge_network_panel_dispose;
  NUDGE_PANEL_CLASS (klass)->document_changed = nudge_network_panel_document_changed;
  NUDGE_PANEL_CLASS (klass)->show_frame = nudge_network_panel_show_frame;
}

static void
nudge_network_panel_init (NudgeNetworkPanel *self)
{
  GSignalGroup *signals = nudge_panel_get_signals (NUDGE_PANEL (self));

  self->view = nudge_network_view_new ();
  gtk_widget_set_parent (self->view, GTK_WIDGET (self));
  g_signal_connect_object (self->view, "selected", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_group_connect_swapped (signals, "landed", G_CALLBACK (landed_cb), self);
  self->selection = g_signal_group_new (NUDGE_TYPE_SELECTION);
  g_signal_group_connect_swapped (self->selection, "notify::targets",
                                  G_CALLBACK (show_selected), self);
}

/* nudge-side-panel.c - data, network and training: what is being trained, to be changed
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/nudge-side-panel.h"

#include "app/nudge-data-panel.h"
#include "app/nudge-layers-panel.h"
#include "app/nudge-training-panel.h"

struct _NudgeSidePanel {
  NudgePanel parent_instance;

  GtkWidget *scrolled; /* the only child: disposal finds it by this */
};

G_DEFINE_FINAL_TYPE (NudgeSidePanel, nudge_side_panel, NUDGE_TYPE_PANEL)

static void
nudge_side_panel_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), NUDGE_TYPE_SIDE_PANEL);
  G_OBJECT_CLASS (nudge_side_panel_parent_class)->dispose (object);
}

static void
nudge_side_panel_class_init (NudgeSidePanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nudge_side_panel_dispose;
  g_type_ensure (NUDGE_TYPE_DATA_PANEL);
  g_type_ensure (NUDGE_TYPE_LAYERS_PANEL);
  g_type_ensure (NUDGE_TYPE_TRAINING_PANEL);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/nudgelab/Nudge/ui/nudge-side-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, NudgeSidePanel, scrolled);
  gtk_widget_class_set_css_name (widget_class, "side-panel");
}

static void
nudge_side_panel_init (NudgeSidePanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* nudge-side-panel.c - data, network and training, to edit what is trained
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/panels/nudge-side-panel.h"

#include "app/panels/nudge-data-panel.h"
#include "app/panels/nudge-job-panel.h"
#include "app/panels/nudge-layers-panel.h"
#include "app/panels/nudge-training-panel.h"

struct _NudgeSidePanel {
  NudgePanel parent_instance;

  GtkWidget *scrolled; /* the only child: disposal finds it by this */
  GtkWidget *edits;
};

G_DEFINE_FINAL_TYPE (NudgeSidePanel, nudge_side_panel, NUDGE_TYPE_PANEL)

/* By how much the panel has to be scrolled for @widget to be seen; 0 if it is. */
static double
get_distance (GtkWidget *scrolled, GtkWidget *widget)
{
  const double height = gtk_widget_get_height (scrolled);
  graphene_rect_t bounds;
  double above, below;

  if (!gtk_widget_compute_bounds (widget, scrolled, &bounds))
    return 0;
  above = (double) bounds.origin.y;
  below = above + (double) bounds.size.height - height;
  return above < 0 ? above : MAX (below, 0);
}

/* A widget that was scrolled out of sight is scrolled back before it gets a key: the list
 * of a drop-down would open off the screen. */
static gboolean
key_pressed_cb (NudgeSidePanel *self, guint key, guint code, GdkModifierType state)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));
  GtkAdjustment *place =
      gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scrolled));
  double distance;

  if (!focus || !gtk_widget_is_ancestor (focus, self->scrolled))
    return GDK_EVENT_PROPAGATE;
  distance = get_distance (self->scrolled, focus);
  if (distance == 0 ||
      gtk_widget_get_height (focus) > gtk_widget_get_height (self->scrolled))
    return GDK_EVENT_PROPAGATE;
  gtk_adjustment_set_value (place, gtk_adjustment_get_value (place) + distance);
  return key == GDK_KEY_space || key == GDK_KEY_Return || key == GDK_KEY_KP_Enter
             ? GDK_EVENT_STOP
             : GDK_EVENT_PROPAGATE;
}

/* A job's script sets what is trained. */
static void
nudge_side_panel_document_changed (NudgePanel *panel, NudgeDocument *document)
{
  gtk_widget_set_visible (NUDGE_SIDE_PANEL (panel)->edits,
                          document == NULL || nudge_document_get_job (document) == NULL);
}

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
  NUDGE_PANEL_CLASS (klass)->document_changed = nudge_side_panel_document_changed;
  g_type_ensure (NUDGE_TYPE_DATA_PANEL);
  g_type_ensure (NUDGE_TYPE_JOB_PANEL);
  g_type_ensure (NUDGE_TYPE_LAYERS_PANEL);
  g_type_ensure (NUDGE_TYPE_TRAINING_PANEL);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/nudgelab/Nudge/ui/nudge-side-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, NudgeSidePanel, scrolled);
  gtk_widget_class_bind_template_child (widget_class, NudgeSidePanel, edits);
  gtk_widget_class_set_css_name (widget_class, "side-panel");
}

static void
nudge_side_panel_init (NudgeSidePanel *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

/* nudge-plane-button.c - chooses two of many inputs for the maps
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/network/nudge-plane-button.h"

#include <glib/gi18n.h>

struct _NudgePlaneButton {
  GtkWidget parent_instance;

  GtkWidget *button; /* the only child: disposal finds it by this */
  GtkWidget *popover;
  GtkLabel *label;
  GtkDropDown *across;
  GtkDropDown *up;

  NnDataset *dataset; /* (owned) (nullable) whose inputs are in the lists */
  NnProbesShape shown;
  gboolean filled;  /* the lists have the data's inputs */
  gboolean showing; /* it is not the user who chooses */
};

static guint chosen;

G_DEFINE_FINAL_TYPE (NudgePlaneButton, nudge_plane_button, GTK_TYPE_WIDGET)

static void
choose_cb (NudgePlaneButton *self)
{
  NnPlaneChoice choice = { .any = TRUE, .example = self->shown.example };

  if (self->showing || self->dataset == NULL)
    return;
  choice.feature[0] = gtk_drop_down_get_selected (self->across);
  choice.feature[1] = gtk_drop_down_get_selected (self->up);
  if (choice.feature[0] == choice.feature[1]) {
    choice.feature[1] = (choice.feature[0] + 1) % self->dataset->n_features;
    self->showing = TRUE;
    gtk_drop_down_set_selected (self->up, (guint) choice.feature[1]);
    self->showing = FALSE;
  }
  g_signal_emit (self, chosen, 0, &choice);
}

static void
none_cb (NudgePlaneButton *self)
{
  const NnPlaneChoice choice = { 0 };

  g_signal_emit (self, chosen, 0, &choice);
  gtk_popover_popdown (GTK_POPOVER (self->popover));
}

static char *
dup_name (const NnDataset *dataset, gsize feature)
{
  char **names = dataset->table->feature_names;

  return names ? g_strdup (names[feature]) : g_strdup_printf (_ ("input %zu"), feature);
}

/* Only on request: images have hundreds of inputs, and lists make all their rows at once. */
static void
fill_lists (NudgePlaneButton *self)
{
  g_autoptr (GtkStringList) names = NULL;

  if (self->filled)
    return;
  names = gtk_string_list_new (NULL);
  for (gsize i = 0; i < self->dataset->n_features; i++) {
    g_autofree char *name = dup_name (self->dataset, i);

    gtk_string_list_append (names, name);
  }
  gtk_drop_down_set_model (self->across, G_LIST_MODEL (names));
  gtk_drop_down_set_model (self->up, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (self->up, 1);
  self->filled = TRUE;
}

/* Before the popover is measured. */
static void
open_cb (GtkMenuButton *button, gpointer data)
{
  NudgePlaneButton *self = data;

  self->showing = TRUE;
  fill_lists (self);
  self->showing = FALSE;
}

/* To open it is to want one. */
static void
shown_cb (NudgePlaneButton *self)
{
  if (self->shown.kind != NN_PROBES_PLANE)
    choose_cb (self);
}

static void
show (NudgePlaneButton *self)
{
  g_autofree char *title = NULL;
  g_autofree char *name = NULL;
  const gboolean plane = self->shown.kind == NN_PROBES_PLANE;

  if (plane) {
    g_autofree char *first = dup_name (self->dataset, self->shown.feature[0]);
    g_autofree char *second = dup_name (self->dataset, self->shown.feature[1]);

    fill_lists (self);
    title = g_strdup_printf ("%s × %s", first, second);
    gtk_drop_down_set_selected (self->across, (guint) self->shown.feature[0]);
    gtk_drop_down_set_selected (self->up, (guint) self->shown.feature[1]);
  } else {
    title = g_strdup (_ ("No plane"));
  }
  /* Translators: which two inputs the maps are over */
  name = g_strdup_printf (_ ("Plane of the maps: %s"), title);
  gtk_label_set_text (self->label, plane ? _ ("Plane") : title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/**
 * nudge_plane_button_set_frame:
 * @frame: (nullable): whose inputs are chosen from, and which shows what is chosen
 */
void
nudge_plane_button_set_frame (NudgePlaneButton *self, NnFrame *frame)
{
  const gboolean has_many = frame && frame->dataset && frame->dataset->n_features > 2;
  gboolean same;

  g_return_if_fail (NUDGE_IS_PLANE_BUTTON (self));

  gtk_widget_set_visible (GTK_WIDGET (self), has_many);
  if (!has_many) {
    g_clear_pointer (&self->dataset, nn_dataset_unref);
    return;
  }
  same = self->dataset == frame->dataset && self->shown.kind == frame->probes.kind &&
         self->shown.feature[0] == frame->probes.feature[0] &&
         self->shown.feature[1] == frame->probes.feature[1];
  self->shown = frame->probes;
  if (same)
    return;
  self->showing = TRUE;
  if (self->dataset != frame->dataset) {
    g_clear_pointer (&self->dataset, nn_dataset_unref);
    self->dataset = nn_dataset_ref (frame->dataset);
    self->filled = FALSE;
  }
  show (self);
  self->showing = FALSE;
}

static void
nudge_plane_button_dispose (GObject *object)
{
  g_clear_pointer (&NUDGE_PLANE_BUTTON (object)->dataset, nn_dataset_unref);
  gtk_widget_dispose_template (GTK_WIDGET (object), NUDGE_TYPE_PLANE_BUTTON);
  G_OBJECT_CLASS (nudge_plane_button_parent_class)->dispose (object);
}

static void
nudge_plane_button_class_init (NudgePlaneButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nudge_plane_button_dispose;
  chosen = g_signal_new ("chosen", NUDGE_TYPE_PLANE_BUTTON, G_SIGNAL_RUN_LAST, 0, NULL,
                         NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/nudgelab/Nudge/ui/nudge-plane-button.ui");
  gtk_widget_class_bind_template_child (widget_class, NudgePlaneButton, button);
  gtk_widget_class_bind_template_child (widget_class, NudgePlaneButton, popover);
  gtk_widget_class_bind_template_child (widget_class, NudgePlaneButton, label);
  gtk_widget_class_bind_template_child (widget_class, NudgePlaneButton, across);
  gtk_widget_class_bind_template_child (widget_class, NudgePlaneButton, up);
  gtk_widget_class_bind_template_callback (widget_class, choose_cb);
  gtk_widget_class_bind_template_callback (widget_class, none_cb);
  gtk_widget_class_bind_template_callback (widget_class, shown_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
nudge_plane_button_init (NudgePlaneButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (self->button), open_cb, self,
                                         NULL);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

GtkWidget *
nudge_plane_button_new (void)
{
  return g_object_new (NUDGE_TYPE_PLANE_BUTTON, NULL);
}

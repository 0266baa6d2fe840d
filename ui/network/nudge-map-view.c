/* nudge-map-view.c - the network's output over its inputs, live
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/network/nudge-map-view.h"

#include <glib/gi18n.h>

#include "ui/base/nudge-tooltip.h"
#include "ui/draw/network/nudge-map-picture.h"
#include "ui/draw/network/nudge-network-sample.h"

struct _NudgeMapView {
  NudgePicture parent_instance;

  NudgeMapData *data; /* (owned) (nullable) of the frame's data */
};

static guint chosen;

G_DEFINE_FINAL_TYPE (NudgeMapView, nudge_map_view, NUDGE_TYPE_PICTURE)

static void
nudge_map_view_draw (NudgePicture *picture,
                     cairo_t *cr,
                     const NudgePalette *palette,
                     double width,
                     double height)
{
  NudgeMapView *self = NUDGE_MAP_VIEW (picture);

  if (self->data)
    nudge_draw_map (cr, nudge_picture_get_frame (picture), self->data, palette, width,
                    height);
}

/* Returns: (nullable): what the pointer is at */
static char *
dup_reading (NudgeMapView *self)
{
  NudgePicture *picture = NUDGE_PICTURE (self);
  const double scale = nudge_picture_get_scale (picture);
  double x, y;

  if (self->data == NULL || !nudge_picture_get_pointer (picture, &x, &y))
    return NULL;
  return nudge_map_describe (nudge_picture_get_frame (picture), self->data,
                             gtk_widget_get_width (GTK_WIDGET (self)) / scale,
                             gtk_widget_get_height (GTK_WIDGET (self)) / scale, x, y);
}

/* That, or what the picture is of. */
static char *
nudge_map_view_describe (NudgePicture *picture)
{
  NudgeMapView *self = NUDGE_MAP_VIEW (picture);
  char *reading = dup_reading (self);

  if (reading || self->data == NULL)
    return reading ? reading : g_strdup ("");
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%zu example in it",
                                       "%zu examples in it",
                                       self->data->dataset->n_examples),
                          self->data->dataset->n_examples);
}

static void
nudge_map_view_pointer_moved (NudgePicture *picture)
{
  g_autofree char *reading = dup_reading (NUDGE_MAP_VIEW (picture));

  nudge_widget_set_tooltip (GTK_WIDGET (picture), reading);
  nudge_picture_describe_again (picture);
}

/* ---- choosing ---------------------------------------------------------------------- */

static void
pressed_cb (NudgeMapView *self, int n, double x, double y)
{
  NudgePicture *picture = NUDGE_PICTURE (self);
  const double scale = nudge_picture_get_scale (picture);
  NnSampleChoice choice;

  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (self->data &&
      nudge_map_find_sample (nudge_picture_get_frame (picture), self->data,
                             gtk_widget_get_width (GTK_WIDGET (self)) / scale,
                             gtk_widget_get_height (GTK_WIDGET (self)) / scale, x / scale,
                             y / scale, &choice))
    g_signal_emit (self, chosen, 0, &choice);
}

static void
go_to_next_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  NnFrame *frame = nudge_picture_get_frame (NUDGE_PICTURE (widget));
  NnSampleChoice choice;

  if (frame == NULL || frame->dataset == NULL)
    return;
  choice = nudge_sample_find_next (frame, g_variant_get_int32 (parameter));
  g_signal_emit (widget, chosen, 0, &choice);
}

static void
choose_none_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  const NnSampleChoice choice = { 0 };

  g_signal_emit (widget, chosen, 0, &choice);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  static const struct {
    guint key;
    int direction;
  } keys[] = {
    { GDK_KEY_Right, 1 }, { GDK_KEY_Down, 1 }, { GDK_KEY_Left, -1 }, { GDK_KEY_Up, -1 }
  };

  gtk_widget_class_install_action (widget_class, "map.next", "i", go_to_next_cb);
  gtk_widget_class_install_action (widget_class, "map.none", NULL, choose_none_cb);
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding_action (widget_class, keys[i].key, 0, "map.next", "i",
                                         keys[i].direction);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "map.none", NULL);
}

/**
 * nudge_map_view_set_frame:
 * @frame: (nullable): gets a reference
 *
 * Returns: whether there is a map of it
 */
gboolean
nudge_map_view_set_frame (NudgeMapView *self, NnFrame *frame)
{
  g_return_val_if_fail (NUDGE_IS_MAP_VIEW (self), FALSE);

  if (self->data && !(frame && nudge_map_data_is_of (self->data, frame)))
    g_clear_pointer (&self->data, nudge_map_data_free);
  if (frame && self->data == NULL)
    self->data = nudge_map_data_new (frame);
  nudge_picture_set_frame (NUDGE_PICTURE (self), frame);
  return self->data != NULL;
}

static void
nudge_map_view_dispose (GObject *object)
{
  g_clear_pointer (&NUDGE_MAP_VIEW (object)->data, nudge_map_data_free);
  G_OBJECT_CLASS (nudge_map_view_parent_class)->dispose (object);
}

static void
nudge_map_view_class_init (NudgeMapViewClass *klass)
{
  NudgePictureClass *picture_class = NUDGE_PICTURE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nudge_map_view_dispose;
  picture_class->draw = nudge_map_view_draw;
  picture_class->describe = nudge_map_view_describe;
  picture_class->pointer_moved = nudge_map_view_pointer_moved;
  chosen = g_signal_new ("chosen", NUDGE_TYPE_MAP_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                         NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  install_actions (GTK_WIDGET_CLASS (klass));
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "map-view");
}

static void
nudge_map_view_init (NudgeMapView *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  g_signal_connect_swapped (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Output map"), -1);
}

GtkWidget *
nudge_map_view_new (void)
{
  return g_object_new (NUDGE_TYPE_MAP_VIEW, NULL);
}

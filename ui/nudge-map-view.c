/* nudge-map-view.c - what the network puts out over its inputs, live
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/nudge-map-view.h"

#include <glib/gi18n.h>

#include "ui/draw/nudge-map-picture.h"

struct _NudgeMapView {
  NudgePicture parent_instance;

  NudgeMapData *data; /* (owned) (nullable) of the frame's data */
};

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

  gtk_widget_set_tooltip_text (GTK_WIDGET (picture), reading);
  nudge_picture_describe_again (picture);
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
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "map-view");
}

static void
nudge_map_view_init (NudgeMapView *self)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Output map"), -1);
}

GtkWidget *
nudge_map_view_new (void)
{
  return g_object_new (NUDGE_TYPE_MAP_VIEW, NULL);
}

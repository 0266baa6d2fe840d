/* nudge-matrix-view.c - all weights of a layer, a pixel or more for each, live
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/network/nudge-matrix-view.h"

#include <glib/gi18n.h>

#include "ui/draw/network/nudge-matrix-picture.h"
#include "ui/draw/network/nudge-network-cursor.h"
#include "ui/draw/network/nudge-network-reading.h"
#include "ui/network/nudge-value-editor.h"

struct _NudgeMatrixView {
  NudgeZoomPicture parent_instance;

  NudgeNetworkLens lens;
  gsize layer;
  NudgeNetworkThing read; /* what was under the pointer */
  gssize watched;         /* the value of that; -1: none */

  NudgeValueEditor *editor; /* (owned) */
};

enum {
  PROP_WATCHED = 1,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];
static guint closed;
static guint typed;

G_DEFINE_FINAL_TYPE (NudgeMatrixView, nudge_matrix_view, NUDGE_TYPE_ZOOM_PICTURE)

/* ---- what is shown ----------------------------------------------------------------- */

static const NnLayerShape *
get_layer (NudgeMatrixView *self)
{
  const NnFrame *frame = nudge_picture_get_frame (NUDGE_PICTURE (self));

  return frame && self->layer < frame->architecture->n_layers
             ? &frame->architecture->layers[self->layer]
             : NULL;
}

static gboolean
nudge_matrix_view_get_field (NudgeZoomPicture *picture,
                             double width,
                             double height,
                             NudgeMatrixField *field)
{
  const NnLayerShape *layer = get_layer (NUDGE_MATRIX_VIEW (picture));

  if (layer)
    *field = nudge_matrix_get_field (layer, width, height);
  return layer != NULL;
}

static NudgeNetworkThing
find_pointed (NudgeMatrixView *self)
{
  guint64 row, column;

  if (!nudge_zoom_picture_find_pointed (NUDGE_ZOOM_PICTURE (self), &row, &column))
    return (NudgeNetworkThing){ NUDGE_NETWORK_NOTHING };
  return (NudgeNetworkThing){ NUDGE_NETWORK_EDGE, self->layer + 1, (gsize) row,
                              (gsize) column };
}

static void
watch (NudgeMatrixView *self)
{
  const NnFrame *frame = nudge_picture_get_frame (NUDGE_PICTURE (self));
  const gssize index =
      frame ? nudge_network_get_index (frame->architecture, &self->read) : -1;

  if (self->watched == index)
    return;
  self->watched = index;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_WATCHED]);
}

static void
nudge_matrix_view_pointer_moved (NudgePicture *picture)
{
  NudgeMatrixView *self = NUDGE_MATRIX_VIEW (picture);
  const NudgeNetworkThing pointed = find_pointed (self);

  if (nudge_network_is_same (&pointed, &self->read))
    return;
  self->read = pointed;
  watch (self);
  nudge_picture_describe_again (picture);
}

static void
nudge_matrix_view_draw (NudgePicture *picture,
                        cairo_t *cr,
                        const NudgePalette *palette,
                        double width,
                        double height)
{
  NudgeMatrixView *self = NUDGE_MATRIX_VIEW (picture);
  const NnFrame *frame = nudge_picture_get_frame (picture);
  const NnQuantity shown = nudge_network_lens_get_shown (&self->lens, frame);
  NudgeMatrixStyle style = { .palette = palette,
                             .layer = self->layer,
                             .quantity = shown,
                             .limit = nudge_network_lens_get_limit (&self->lens, shown) };
  NudgeMatrixField field;
  NudgeMatrixViewport viewport;

  if (!nudge_zoom_picture_get_viewport (NUDGE_ZOOM_PICTURE (self), &field, &viewport))
    return;
  self->read = find_pointed (self);
  style.read = &self->read;
  nudge_draw_matrix (cr, frame, &style, &viewport, width, height);
}

static char *
nudge_matrix_view_describe (NudgePicture *picture)
{
  NudgeMatrixView *self = NUDGE_MATRIX_VIEW (picture);
  const NnFrame *frame = nudge_picture_get_frame (picture);
  const NnLayerShape *layer = get_layer (self);

  if (layer == NULL)
    return g_strdup ("");
  if (self->read.kind != NUDGE_NETWORK_NOTHING)
    return nudge_network_describe (frame, &self->read);
  return g_strdup_printf (_ ("%s, %zu × %zu"),
                          frame->architecture->parameters[layer->weight].name,
                          layer->n_units, layer->n_inputs);
}

/**
 * nudge_matrix_view_open:
 *
 * Shows the weights of @layer, all of them if they fit.
 */
void
nudge_matrix_view_open (NudgeMatrixView *self, gsize layer)
{
  g_return_if_fail (NUDGE_IS_MATRIX_VIEW (self));

  self->layer = layer;
  nudge_zoom_picture_show_all (NUDGE_ZOOM_PICTURE (self));
  nudge_picture_describe_again (NUDGE_PICTURE (self));
}

/**
 * nudge_matrix_view_set_frame:
 * @frame: (nullable): gets a reference
 *
 * Returns: whether it has the layer
 */
gboolean
nudge_matrix_view_set_frame (NudgeMatrixView *self, NnFrame *frame)
{
  NnFrame *before;
  gboolean other;

  g_return_val_if_fail (NUDGE_IS_MATRIX_VIEW (self), FALSE);

  before = nudge_picture_get_frame (NUDGE_PICTURE (self));
  other = before && frame && before->architecture != frame->architecture;
  nudge_picture_set_frame (NUDGE_PICTURE (self), frame);
  nudge_value_editor_follow (self->editor);
  if (frame)
    nudge_network_lens_follow (&self->lens, frame);
  if (other)
    nudge_zoom_picture_show_all (NUDGE_ZOOM_PICTURE (self));
  return get_layer (self) != NULL;
}

/* What is shown of each weight, and on which scale, is the network's choice. */
void
nudge_matrix_view_set_lens (NudgeMatrixView *self, const NudgeNetworkLens *lens)
{
  g_return_if_fail (NUDGE_IS_MATRIX_VIEW (self));

  self->lens = *lens;
  nudge_picture_refresh (NUDGE_PICTURE (self));
}

static void
nudge_matrix_view_place_changed (NudgeZoomPicture *picture)
{
  nudge_matrix_view_pointer_moved (NUDGE_PICTURE (picture));
}

/* ---- one value --------------------------------------------------------------------- */

static void
value_typed_cb (NudgePicture *picture, const char *nudge)
{
  g_signal_emit (picture, typed, 0, nudge);
}

static void
edit (NudgeMatrixView *self)
{
  const NudgeNetworkThing pointed = find_pointed (self);
  double x, y;

  if (pointed.kind == NUDGE_NETWORK_NOTHING)
    return;
  nudge_picture_get_pointer (NUDGE_PICTURE (self), &x, &y);
  nudge_value_editor_ask (self->editor, &pointed, x, y);
}

static void
nudge_matrix_view_clicked (NudgeZoomPicture *picture, int n)
{
  if (n == 2)
    edit (NUDGE_MATRIX_VIEW (picture));
}

static gboolean
nudge_matrix_view_handle_key (NudgeZoomPicture *picture, guint key, GdkModifierType state)
{
  switch (key) {
  case GDK_KEY_F2:
    edit (NUDGE_MATRIX_VIEW (picture));
    return GDK_EVENT_STOP;
  case GDK_KEY_Escape:
    g_signal_emit (picture, closed, 0);
    return GDK_EVENT_STOP;
  default:
    return GDK_EVENT_PROPAGATE;
  }
}

/* ---- life -------------------------------------------------------------------------- */

static void
nudge_matrix_view_get_property (GObject *object,
                                guint id,
                                GValue *value,
                                GParamSpec *pspec)
{
  if (id == PROP_WATCHED)
    g_value_set_int64 (value, NUDGE_MATRIX_VIEW (object)->watched);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
nudge_matrix_view_dispose (GObject *object)
{
  g_clear_pointer (&NUDGE_MATRIX_VIEW (object)->editor, nudge_value_editor_free);
  G_OBJECT_CLASS (nudge_matrix_view_parent_class)->dispose (object);
}

static void
nudge_matrix_view_class_init (NudgeMatrixViewClass *klass)
{
  NudgePictureClass *picture_class = NUDGE_PICTURE_CLASS (klass);
  NudgeZoomPictureClass *zoom_class = NUDGE_ZOOM_PICTURE_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nudge_matrix_view_dispose;
  G_OBJECT_CLASS (klass)->get_property = nudge_matrix_view_get_property;
  picture_class->draw = nudge_matrix_view_draw;
  picture_class->describe = nudge_matrix_view_describe;
  picture_class->pointer_moved = nudge_matrix_view_pointer_moved;
  zoom_class->get_field = nudge_matrix_view_get_field;
  zoom_class->place_changed = nudge_matrix_view_place_changed;
  zoom_class->clicked = nudge_matrix_view_clicked;
  zoom_class->handle_key = nudge_matrix_view_handle_key;
  props[PROP_WATCHED] = g_param_spec_int64 ("watched", NULL, NULL, -1, G_MAXINT64, -1,
                                            G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY |
                                                G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, props);
  closed = g_signal_new ("closed", NUDGE_TYPE_MATRIX_VIEW, G_SIGNAL_RUN_LAST, 0, NULL,
                         NULL, NULL, G_TYPE_NONE, 0);
  typed = g_signal_new ("typed", NUDGE_TYPE_MATRIX_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                        NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "matrix-view");
}

static void
nudge_matrix_view_init (NudgeMatrixView *self)
{
  self->watched = -1;
  self->editor = nudge_value_editor_new (NUDGE_PICTURE (self), value_typed_cb);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Weights of a layer"), -1);
}

GtkWidget *
nudge_matrix_view_new (void)
{
  return g_object_new (NUDGE_TYPE_MATRIX_VIEW, NULL);
}

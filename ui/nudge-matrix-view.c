/* nudge-matrix-view.c - all weights of a layer, a pixel or more for each, live
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/nudge-matrix-view.h"

#include <glib/gi18n.h>

#include "ui/draw/nudge-matrix-picture.h"
#include "ui/draw/nudge-network-cursor.h"
#include "ui/draw/nudge-network-reading.h"
#include "ui/nudge-value-editor.h"

#define ZOOM_STEP 1.25
#define MOVE_STEP 40.0 /* of an arrow key */

struct _NudgeMatrixView {
  NudgePicture parent_instance;

  NudgeNetworkLens lens;
  gsize layer;
  NudgeMatrixPlace place;
  NudgeNetworkThing read; /* what was under the pointer */
  gssize watched;         /* the value of that; -1: none */

  double drag_x; /* how far it was dragged so far */
  double drag_y;
  double pinch; /* the scale so far */

  NudgeValueEditor *editor; /* (owned) */
};

enum {
  PROP_WATCHED = 1,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];
static guint closed;
static guint typed;

G_DEFINE_FINAL_TYPE (NudgeMatrixView, nudge_matrix_view, NUDGE_TYPE_PICTURE)

/* ---- what is shown ----------------------------------------------------------------- */

static const NnLayerShape *
get_layer (NudgeMatrixView *self)
{
  const NnFrame *frame = nudge_picture_get_frame (NUDGE_PICTURE (self));

  return frame && self->layer < frame->architecture->n_layers
             ? &frame->architecture->layers[self->layer]
             : NULL;
}

static void
get_size (NudgeMatrixView *self, double *width, double *height)
{
  const double scale = nudge_picture_get_scale (NUDGE_PICTURE (self));

  *width = gtk_widget_get_width (GTK_WIDGET (self)) / scale;
  *height = gtk_widget_get_height (GTK_WIDGET (self)) / scale;
}

/* Returns: %FALSE if there is nothing to look at */
static gboolean
fit (NudgeMatrixView *self)
{
  const NnLayerShape *layer = get_layer (self);
  double width, height;

  get_size (self, &width, &height);
  if (layer == NULL || width < 1)
    return FALSE;
  if (self->place.zoom < 1)
    nudge_matrix_place_fit (&self->place, layer, width, height);
  return TRUE;
}

static NudgeNetworkThing
find_pointed (NudgeMatrixView *self)
{
  NudgePicture *picture = NUDGE_PICTURE (self);
  double width, height, x, y;

  if (!fit (self) || !nudge_picture_get_pointer (picture, &x, &y))
    return (NudgeNetworkThing){ NUDGE_NETWORK_NOTHING };
  get_size (self, &width, &height);
  return nudge_matrix_thing_at (nudge_picture_get_frame (picture), self->layer,
                                &self->place, width, height, x, y);
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

  if (!fit (self))
    return;
  self->read = find_pointed (self);
  style.read = &self->read;
  nudge_draw_matrix (cr, frame, &style, &self->place, width, height);
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
  self->place = (NudgeMatrixPlace){ 0 };
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

  g_return_val_if_fail (NUDGE_IS_MATRIX_VIEW (self), FALSE);

  before = nudge_picture_get_frame (NUDGE_PICTURE (self));
  if (before && frame && before->architecture != frame->architecture)
    self->place = (NudgeMatrixPlace){ 0 };
  nudge_picture_set_frame (NUDGE_PICTURE (self), frame);
  nudge_value_editor_follow (self->editor);
  if (frame)
    nudge_network_lens_follow (&self->lens, frame);
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

/* ---- zoom and pan ------------------------------------------------------------------ */

static void
place_changed (NudgeMatrixView *self)
{
  nudge_matrix_view_pointer_moved (NUDGE_PICTURE (self));
  nudge_picture_refresh (NUDGE_PICTURE (self));
}

/* Around the pointer, or the middle where it is not there. */
static void
zoom (NudgeMatrixView *self, double factor)
{
  double width, height, x, y;

  if (!fit (self))
    return;
  get_size (self, &width, &height);
  if (!nudge_picture_get_pointer (NUDGE_PICTURE (self), &x, &y)) {
    x = width / 2;
    y = height / 2;
  }
  nudge_matrix_place_zoom (&self->place, get_layer (self), width, height, factor, x, y);
  place_changed (self);
}

static void
move (NudgeMatrixView *self, double dx, double dy)
{
  double width, height;

  if (!fit (self))
    return;
  get_size (self, &width, &height);
  nudge_matrix_place_move (&self->place, get_layer (self), width, height, dx, dy);
  place_changed (self);
}

static gboolean
scroll_cb (NudgeMatrixView *self, double dx, double dy)
{
  zoom (self, dy < 0 ? ZOOM_STEP : 1 / ZOOM_STEP);
  return GDK_EVENT_STOP;
}

static void
drag_begin_cb (NudgeMatrixView *self)
{
  self->drag_x = self->drag_y = 0;
}

static void
drag_update_cb (NudgeMatrixView *self, double x, double y)
{
  const double scale = nudge_picture_get_scale (NUDGE_PICTURE (self));

  move (self, (x - self->drag_x) / scale, (y - self->drag_y) / scale);
  self->drag_x = x;
  self->drag_y = y;
}

static void
pinch_begin_cb (NudgeMatrixView *self)
{
  self->pinch = 1;
}

static void
pinch_cb (NudgeMatrixView *self, double scale)
{
  zoom (self, scale / self->pinch);
  self->pinch = scale;
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
released_cb (NudgeMatrixView *self, int n)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (n == 2)
    edit (self);
}

static gboolean
key_pressed_cb (NudgeMatrixView *self, guint key, guint code, GdkModifierType state)
{
  if (state & (GDK_ALT_MASK | GDK_CONTROL_MASK))
    return GDK_EVENT_PROPAGATE;
  switch (key) {
  case GDK_KEY_plus:
  case GDK_KEY_equal:
  case GDK_KEY_KP_Add:
    zoom (self, ZOOM_STEP);
    return GDK_EVENT_STOP;
  case GDK_KEY_minus:
  case GDK_KEY_KP_Subtract:
    zoom (self, 1 / ZOOM_STEP);
    return GDK_EVENT_STOP;
  case GDK_KEY_0:
  case GDK_KEY_KP_0:
    nudge_matrix_view_open (self, self->layer);
    return GDK_EVENT_STOP;
  case GDK_KEY_Left:
    move (self, MOVE_STEP, 0);
    return GDK_EVENT_STOP;
  case GDK_KEY_Right:
    move (self, -MOVE_STEP, 0);
    return GDK_EVENT_STOP;
  case GDK_KEY_Up:
    move (self, 0, MOVE_STEP);
    return GDK_EVENT_STOP;
  case GDK_KEY_Down:
    move (self, 0, -MOVE_STEP);
    return GDK_EVENT_STOP;
  case GDK_KEY_F2:
    edit (self);
    return GDK_EVENT_STOP;
  case GDK_KEY_Escape:
    g_signal_emit (self, closed, 0);
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
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nudge_matrix_view_dispose;
  G_OBJECT_CLASS (klass)->get_property = nudge_matrix_view_get_property;
  picture_class->draw = nudge_matrix_view_draw;
  picture_class->describe = nudge_matrix_view_describe;
  picture_class->pointer_moved = nudge_matrix_view_pointer_moved;
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
add (NudgeMatrixView *self, gpointer controller)
{
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (controller));
}

static void
nudge_matrix_view_init (NudgeMatrixView *self)
{
  GtkEventController *wheel =
      gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkGesture *pinch = gtk_gesture_zoom_new ();
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->watched = -1;
  self->editor = nudge_value_editor_new (NUDGE_PICTURE (self), value_typed_cb);
  g_signal_connect_swapped (wheel, "scroll", G_CALLBACK (scroll_cb), self);
  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect_swapped (pinch, "begin", G_CALLBACK (pinch_begin_cb), self);
  g_signal_connect_swapped (pinch, "scale-changed", G_CALLBACK (pinch_cb), self);
  g_signal_connect_swapped (click, "released", G_CALLBACK (released_cb), self);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  add (self, wheel);
  add (self, drag);
  add (self, pinch);
  add (self, click);
  add (self, keys);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Weights of a layer"), -1);
}

GtkWidget *
nudge_matrix_view_new (void)
{
  return g_object_new (NUDGE_TYPE_MATRIX_VIEW, NULL);
}

/* nudge-zoom-picture.c - base class of pictures of a matrix that zoom and pan
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/base/nudge-zoom-picture.h"

#define ZOOM_STEP 1.25
#define MOVE_STEP 40.0 /* of an arrow key */

typedef struct {
  NudgeMatrixViewport viewport; /* of no zoom: all, whatever the size */
  double drag_x;                /* how far it was dragged so far */
  double drag_y;
  double pinch; /* the scale so far */
} NudgeZoomPicturePrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (NudgeZoomPicture,
                                     nudge_zoom_picture,
                                     NUDGE_TYPE_PICTURE)

/* ---- where one looks --------------------------------------------------------------- */

/**
 * nudge_zoom_picture_get_viewport:
 * @field: (out)
 * @viewport: (out)
 *
 * Returns: whether there is something to look at
 */
gboolean
nudge_zoom_picture_get_viewport (NudgeZoomPicture *self,
                                 NudgeMatrixField *field,
                                 NudgeMatrixViewport *viewport)
{
  NudgeZoomPicturePrivate *priv = nudge_zoom_picture_get_instance_private (self);
  const double scale = nudge_picture_get_scale (NUDGE_PICTURE (self));
  const double width = gtk_widget_get_width (GTK_WIDGET (self)) / scale;
  const double height = gtk_widget_get_height (GTK_WIDGET (self)) / scale;

  if (width < 1 ||
      !NUDGE_ZOOM_PICTURE_GET_CLASS (self)->get_field (self, width, height, field))
    return FALSE;
  *viewport = priv->viewport;
  if (viewport->zoom == 0)
    nudge_matrix_viewport_fit (viewport, field);
  else /* the widget may have another size now */
    nudge_matrix_viewport_zoom (viewport, field, 1, field->x, field->y);
  return TRUE;
}

/**
 * nudge_zoom_picture_find_pointed:
 * @row: (out)
 * @column: (out)
 *
 * Returns: whether the pointer is over a value
 */
gboolean
nudge_zoom_picture_find_pointed (NudgeZoomPicture *self, guint64 *row, guint64 *column)
{
  NudgeMatrixField field;
  NudgeMatrixViewport viewport;
  double x, y;

  return nudge_picture_get_pointer (NUDGE_PICTURE (self), &x, &y) &&
         nudge_zoom_picture_get_viewport (self, &field, &viewport) &&
         nudge_matrix_viewport_find (&viewport, &field, x, y, row, column);
}

static void
tell (NudgeZoomPicture *self)
{
  if (NUDGE_ZOOM_PICTURE_GET_CLASS (self)->place_changed)
    NUDGE_ZOOM_PICTURE_GET_CLASS (self)->place_changed (self);
  nudge_picture_refresh (NUDGE_PICTURE (self));
}

/* All that there is, as it was before anything was zoomed or moved. */
void
nudge_zoom_picture_show_all (NudgeZoomPicture *self)
{
  NudgeZoomPicturePrivate *priv = nudge_zoom_picture_get_instance_private (self);

  g_return_if_fail (NUDGE_IS_ZOOM_PICTURE (self));

  priv->viewport = (NudgeMatrixViewport){ 0 };
  tell (self);
}

/* So far that a value is seen. */
void
nudge_zoom_picture_move_to (NudgeZoomPicture *self, guint64 row, guint64 column)
{
  NudgeZoomPicturePrivate *priv = nudge_zoom_picture_get_instance_private (self);
  NudgeMatrixField field;
  NudgeMatrixViewport viewport;
  double width, height, x, y, dx, dy;

  g_return_if_fail (NUDGE_IS_ZOOM_PICTURE (self));

  if (!nudge_zoom_picture_get_viewport (self, &field, &viewport))
    return;
  width = nudge_matrix_viewport_get_width (&viewport, &field);
  height = nudge_matrix_viewport_get_height (&viewport, &field);
  x = nudge_matrix_viewport_get_x (&viewport, &field, column);
  y = nudge_matrix_viewport_get_y (&viewport, &field, row);
  dx = MAX (0, field.x - x) - MAX (0, x + width - field.x - field.width);
  dy = MAX (0, field.y - y) - MAX (0, y + height - field.y - field.height);
  if (dx == 0 && dy == 0)
    return;
  priv->viewport = viewport;
  nudge_matrix_viewport_move (&priv->viewport, &field, dx, dy);
  tell (self);
}

/* Around the pointer, or the middle where it is not there. */
static void
zoom (NudgeZoomPicture *self, double factor)
{
  NudgeZoomPicturePrivate *priv = nudge_zoom_picture_get_instance_private (self);
  NudgeMatrixField field;
  NudgeMatrixViewport viewport;
  double x, y;

  if (!nudge_zoom_picture_get_viewport (self, &field, &viewport))
    return;
  if (!nudge_picture_get_pointer (NUDGE_PICTURE (self), &x, &y)) {
    x = field.x + field.width / 2;
    y = field.y + field.height / 2;
  }
  priv->viewport = viewport;
  nudge_matrix_viewport_zoom (&priv->viewport, &field, factor, x, y);
  tell (self);
}

static void
move (NudgeZoomPicture *self, double dx, double dy)
{
  NudgeZoomPicturePrivate *priv = nudge_zoom_picture_get_instance_private (self);
  NudgeMatrixField field;
  NudgeMatrixViewport viewport;

  if (!nudge_zoom_picture_get_viewport (self, &field, &viewport))
    return;
  priv->viewport = viewport;
  nudge_matrix_viewport_move (&priv->viewport, &field, dx, dy);
  tell (self);
}

/* ---- pointer and keys -------------------------------------------------------------- */

static gboolean
scroll_cb (NudgeZoomPicture *self, double dx, double dy)
{
  zoom (self, dy < 0 ? ZOOM_STEP : 1 / ZOOM_STEP);
  return GDK_EVENT_STOP;
}

static void
drag_begin_cb (NudgeZoomPicture *self)
{
  NudgeZoomPicturePrivate *priv = nudge_zoom_picture_get_instance_private (self);

  priv->drag_x = priv->drag_y = 0;
}

static void
drag_update_cb (NudgeZoomPicture *self, double x, double y)
{
  NudgeZoomPicturePrivate *priv = nudge_zoom_picture_get_instance_private (self);
  const double scale = nudge_picture_get_scale (NUDGE_PICTURE (self));

  move (self, (x - priv->drag_x) / scale, (y - priv->drag_y) / scale);
  priv->drag_x = x;
  priv->drag_y = y;
}

static void
pinch_begin_cb (NudgeZoomPicture *self)
{
  NudgeZoomPicturePrivate *priv = nudge_zoom_picture_get_instance_private (self);

  priv->pinch = 1;
}

static void
pinch_cb (NudgeZoomPicture *self, double scale)
{
  NudgeZoomPicturePrivate *priv = nudge_zoom_picture_get_instance_private (self);

  zoom (self, scale / priv->pinch);
  priv->pinch = scale;
}

static void
released_cb (NudgeZoomPicture *self, int n)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (NUDGE_ZOOM_PICTURE_GET_CLASS (self)->clicked)
    NUDGE_ZOOM_PICTURE_GET_CLASS (self)->clicked (self, n);
}

static gboolean
key_pressed_cb (NudgeZoomPicture *self, guint key, guint code, GdkModifierType state)
{
  if (state & (GDK_ALT_MASK | GDK_CONTROL_MASK))
    return GDK_EVENT_PROPAGATE;
  if (NUDGE_ZOOM_PICTURE_GET_CLASS (self)->handle_key &&
      NUDGE_ZOOM_PICTURE_GET_CLASS (self)->handle_key (self, key, state))
    return GDK_EVENT_STOP;
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
    nudge_zoom_picture_show_all (self);
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
  default:
    return GDK_EVENT_PROPAGATE;
  }
}

/* ---- life -------------------------------------------------------------------------- */

static void
nudge_zoom_picture_class_init (NudgeZoomPictureClass *klass)
{
}

static void
add (NudgeZoomPicture *self, gpointer controller)
{
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (controller));
}

static void
nudge_zoom_picture_init (NudgeZoomPicture *self)
{
  GtkEventController *wheel =
      gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkGesture *pinch = gtk_gesture_zoom_new ();
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

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
}

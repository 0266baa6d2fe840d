/* nudge-data-view.c - the data as a picture that can be edited by pointer or keys
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/network/nudge-data-view.h"

#include <glib/gi18n.h>
#include <math.h>

#include "ui/draw/network/nudge-data-words.h"

/* A pointer that moves less between press and release has clicked. */
#define CLICK_SLOP 4.0
/* An arrow moves by this part of what is shown; with Shift by a fifth of that. */
#define STEP      0.05
#define FINE_STEP 0.01
#define DIGITS    3

struct _NudgeDataView {
  NudgePicture parent_instance;

  NudgeDataScene scene; /* of the newest data; its dataset is NULL until there are some */
  gboolean has_cursor;
  double cursor[2];
  gssize row;      /* held by pointer or keys; -1: none is */
  double held[2];  /* where */
  gboolean picked; /* by keys */
};

static guint edited;

G_DEFINE_FINAL_TYPE (NudgeDataView, nudge_data_view, NUDGE_TYPE_PICTURE)

/**
 * nudge_data_view_is_editable:
 *
 * Returns: whether its points can be changed: others have no place in the picture, or are
 *   not the numbers that the network sees
 */
gboolean
nudge_data_view_is_editable (NudgeDataView *self)
{
  const NnDataset *dataset;

  g_return_val_if_fail (NUDGE_IS_DATA_VIEW (self), FALSE);

  dataset = self->scene.dataset;
  return dataset && nudge_data_scene_is_plane (&self->scene) && !dataset->means &&
         !dataset->fills;
}

static void
let_go (NudgeDataView *self)
{
  self->row = -1;
  self->picked = FALSE;
  nudge_picture_describe_again (NUDGE_PICTURE (self));
}

/**
 * nudge_data_view_set_frame:
 *
 * Shows the frame's data; nothing is done where they are the same as before.
 */
void
nudge_data_view_set_frame (NudgeDataView *self, NnFrame *frame)
{
  NudgeDataScene before;

  g_return_if_fail (NUDGE_IS_DATA_VIEW (self));

  if (frame->dataset == NULL || frame->dataset == self->scene.dataset)
    return;
  before = self->scene;
  nudge_data_scene_init (&self->scene, frame->dataset, &before);
  if (!before.dataset || before.kind != self->scene.kind)
    self->has_cursor = FALSE;
  nudge_data_scene_clear (&before);
  let_go (self);
  nudge_picture_set_frame (NUDGE_PICTURE (self), frame);
}

/* --- Places ------------------------------------------------------------------------ */

/* In units. */
static void
get_size (NudgeDataView *self, double *width, double *height)
{
  const double scale = nudge_picture_get_scale (NUDGE_PICTURE (self));

  *width = gtk_widget_get_width (GTK_WIDGET (self)) / scale;
  *height = gtk_widget_get_height (GTK_WIDGET (self)) / scale;
}

/* @x, @y: in the widget's pixels */
static void
find_values (NudgeDataView *self, double x, double y, double *values)
{
  const double scale = nudge_picture_get_scale (NUDGE_PICTURE (self));
  double width, height;

  get_size (self, &width, &height);
  nudge_data_scene_find_values (&self->scene, width, height, CLAMP (x / scale, 0, width),
                                CLAMP (y / scale, 0, height), values);
}

static gssize
find_row (NudgeDataView *self, double x, double y)
{
  const double scale = nudge_picture_get_scale (NUDGE_PICTURE (self));
  double width, height;

  get_size (self, &width, &height);
  return nudge_data_scene_find_row (&self->scene, width, height, x / scale, y / scale);
}

static gssize
find_row_at_cursor (NudgeDataView *self)
{
  double width, height, x, y;

  if (!self->has_cursor || !nudge_data_view_is_editable (self))
    return -1;
  get_size (self, &width, &height);
  nudge_data_scene_find_place (&self->scene, width, height, self->cursor, &x, &y);
  return nudge_data_scene_find_row (&self->scene, width, height, x, y);
}

static void
emit_edited (NudgeDataView *self, NudgeDataEdit what, gssize row, const double *values)
{
  g_signal_emit (self, edited, 0, (int) what, (guint64) MAX (row, 0), values[0],
                 values[1]);
}

/* --- The pointer ------------------------------------------------------------------- */

static void
drag_begin_cb (NudgeDataView *self, double x, double y)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  let_go (self);
  if (!nudge_data_view_is_editable (self))
    return;
  self->row = find_row (self, x, y);
  if (self->row >= 0)
    nudge_data_scene_get_values (&self->scene, (gsize) self->row, self->held);
}

static void
find_drag_end (NudgeDataView *self, GtkGestureDrag *drag, double *values, gboolean *far)
{
  double x, y, dx, dy;

  gtk_gesture_drag_get_start_point (drag, &x, &y);
  gtk_gesture_drag_get_offset (drag, &dx, &dy);
  find_values (self, x + dx, y + dy, values);
  *far = hypot (dx, dy) >= CLICK_SLOP;
}

static void
drag_update_cb (NudgeDataView *self, double dx, double dy, GtkGestureDrag *drag)
{
  double values[2];
  gboolean far;

  if (self->row < 0 || self->picked)
    return;
  find_drag_end (self, drag, values, &far);
  if (!far)
    return;
  self->held[0] = values[0];
  self->held[1] = values[1];
  nudge_picture_refresh (NUDGE_PICTURE (self));
}

static void
drag_end_cb (NudgeDataView *self, double dx, double dy, GtkGestureDrag *drag)
{
  const gssize row = self->row;
  double values[2];
  gboolean far;

  if (!nudge_data_view_is_editable (self))
    return;
  find_drag_end (self, drag, values, &far);
  self->has_cursor = TRUE;
  self->cursor[0] = values[0];
  self->cursor[1] = values[1];
  if (row >= 0 && far)
    emit_edited (self, NUDGE_DATA_MOVE, row, values);
  else if (row < 0 && !far)
    emit_edited (self, NUDGE_DATA_ADD, -1, values);
  if (!far)
    let_go (self);
}

static void
secondary_cb (NudgeDataView *self, int n, double x, double y)
{
  static const double nowhere[2] = { 0, 0 };
  const gssize row = nudge_data_view_is_editable (self) ? find_row (self, x, y) : -1;

  if (row >= 0)
    emit_edited (self, NUDGE_DATA_REMOVE, row, nowhere);
}

/* --- Keys -------------------------------------------------------------------------- */

static void
set_cursor (NudgeDataView *self, double x, double y)
{
  const NudgeDataScene *scene = &self->scene;

  self->has_cursor = TRUE;
  self->cursor[0] = x;
  self->cursor[1] = y;
  if (self->picked) {
    self->held[0] = x;
    self->held[1] = scene->dataset->n_targets == 0 && scene->kind == NUDGE_DATA_CURVE
                        ? self->held[1]
                        : y;
  }
  nudge_picture_describe_again (NUDGE_PICTURE (self));
}

/* The first key shows where the cursor is; from there on they move it. */
static void
move_cursor (NudgeDataView *self, int dx, int dy, gboolean fine)
{
  const NudgeDataScene *scene = &self->scene;
  const double step = fine ? FINE_STEP : STEP;

  if (!self->has_cursor)
    set_cursor (self, (scene->least[0] + scene->most[0]) / 2,
                (scene->least[1] + scene->most[1]) / 2);
  else
    set_cursor (self, self->cursor[0] + dx * step * (scene->most[0] - scene->least[0]),
                self->cursor[1] + dy * step * (scene->most[1] - scene->least[1]));
}

/* Rows are in the order of the table. */
static void
go_to_neighbour (NudgeDataView *self, int by)
{
  const gssize n = (gssize) self->scene.dataset->n_examples;
  const gssize at = find_row_at_cursor (self);
  double values[2];

  nudge_data_scene_get_values (&self->scene, at < 0 ? 0 : (gsize) ((at + by + n) % n),
                               values);
  set_cursor (self, values[0], values[1]);
}

static void
pick_up_or_put_down (NudgeDataView *self)
{
  const gssize row = self->picked ? self->row : find_row_at_cursor (self);
  double values[2] = { self->held[0], self->held[1] };

  if (self->picked) {
    let_go (self);
    emit_edited (self, NUDGE_DATA_MOVE, row, values);
  } else if (row >= 0) {
    self->picked = TRUE;
    self->row = row;
    nudge_data_scene_get_values (&self->scene, (gsize) row, values);
    set_cursor (self, values[0], values[1]);
  }
}

static gboolean
act (NudgeDataView *self, guint key)
{
  switch (key) {
  case GDK_KEY_space:
    if (!self->has_cursor || self->picked)
      return GDK_EVENT_PROPAGATE;
    emit_edited (self, NUDGE_DATA_ADD, -1, self->cursor);
    return GDK_EVENT_STOP;
  case GDK_KEY_Return:
  case GDK_KEY_KP_Enter:
    pick_up_or_put_down (self);
    return GDK_EVENT_STOP;
  case GDK_KEY_Delete:
  case GDK_KEY_KP_Delete:
    if (find_row_at_cursor (self) >= 0)
      emit_edited (self, NUDGE_DATA_REMOVE, find_row_at_cursor (self), self->cursor);
    return GDK_EVENT_STOP;
  case GDK_KEY_Escape:
    if (self->row < 0)
      return GDK_EVENT_PROPAGATE;
    let_go (self);
    return GDK_EVENT_STOP;
  default:
    return GDK_EVENT_PROPAGATE;
  }
}

static gboolean
key_pressed_cb (NudgeDataView *self, guint key, guint code, GdkModifierType state)
{
  const gboolean fine = state & GDK_SHIFT_MASK;

  if (!nudge_data_view_is_editable (self) || (state & (GDK_ALT_MASK | GDK_CONTROL_MASK)))
    return GDK_EVENT_PROPAGATE;
  switch (key) {
  case GDK_KEY_Left:
    move_cursor (self, -1, 0, fine);
    return GDK_EVENT_STOP;
  case GDK_KEY_Right:
    move_cursor (self, 1, 0, fine);
    return GDK_EVENT_STOP;
  case GDK_KEY_Up:
    move_cursor (self, 0, 1, fine);
    return GDK_EVENT_STOP;
  case GDK_KEY_Down:
    move_cursor (self, 0, -1, fine);
    return GDK_EVENT_STOP;
  case GDK_KEY_Page_Up:
    go_to_neighbour (self, -1);
    return GDK_EVENT_STOP;
  case GDK_KEY_Page_Down:
    go_to_neighbour (self, 1);
    return GDK_EVENT_STOP;
  default:
    return act (self, key);
  }
}

/* --- The picture ------------------------------------------------------------------- */

static void
nudge_data_view_draw (NudgePicture *picture,
                      cairo_t *cr,
                      const NudgePalette *palette,
                      double width,
                      double height)
{
  NudgeDataView *self = NUDGE_DATA_VIEW (picture);
  const NudgeDataStyle style = {
    .palette = palette,
    .row = self->row,
    .x = self->held[0],
    .y = self->held[1],
    .has_cursor = self->has_cursor && nudge_picture_shows_focus (picture),
    .cursor = { self->cursor[0], self->cursor[1] },
  };

  if (self->scene.dataset)
    nudge_draw_data (cr, &self->scene, &style, width, height);
}

static char *
nudge_data_view_describe (NudgePicture *picture)
{
  NudgeDataView *self = NUDGE_DATA_VIEW (picture);
  g_autoptr (GString) text = g_string_new (NULL);
  const gssize row = self->row >= 0 ? self->row : find_row_at_cursor (self);

  if (!self->scene.dataset)
    return g_strdup ("");
  if (self->has_cursor) {
    nudge_data_scene_append_place (&self->scene, self->cursor, row, text);
    if (self->picked)
      g_string_append (text, _ (", picked up"));
    g_string_append (text, ". ");
  }
  nudge_data_scene_append_summary (&self->scene, text);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* --- Life -------------------------------------------------------------------------- */

static void
nudge_data_view_finalize (GObject *object)
{
  nudge_data_scene_clear (&NUDGE_DATA_VIEW (object)->scene);
  G_OBJECT_CLASS (nudge_data_view_parent_class)->finalize (object);
}

static void
nudge_data_view_class_init (NudgeDataViewClass *klass)
{
  NudgePictureClass *picture_class = NUDGE_PICTURE_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = nudge_data_view_finalize;
  picture_class->draw = nudge_data_view_draw;
  picture_class->describe = nudge_data_view_describe;
  edited = g_signal_new ("edited", NUDGE_TYPE_DATA_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                         NULL, G_TYPE_NONE, 4, G_TYPE_INT, G_TYPE_UINT64, G_TYPE_DOUBLE,
                         G_TYPE_DOUBLE);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "data-view");
}

static void
add_gestures (NudgeDataView *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkGesture *secondary = gtk_gesture_click_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (secondary), GDK_BUTTON_SECONDARY);
  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect_swapped (drag, "drag-end", G_CALLBACK (drag_end_cb), self);
  g_signal_connect_swapped (drag, "cancel", G_CALLBACK (let_go), self);
  g_signal_connect_swapped (secondary, "pressed", G_CALLBACK (secondary_cb), self);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  g_signal_connect_swapped (focus, "enter", G_CALLBACK (nudge_picture_refresh), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (nudge_picture_refresh), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (secondary));
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
}

static void
nudge_data_view_init (NudgeDataView *self)
{
  self->row = -1;
  add_gestures (self);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Data"), -1);
}

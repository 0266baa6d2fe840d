/* nudge-network-view-input.c - clicks and keys of a NudgeNetworkView
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/network/nudge-network-cursor.h"
#include "ui/network/nudge-network-view-private.h"

static void
pressed_cb (NudgeNetworkView *self, int n, double x, double y, GtkGesture *click)
{
  const double scale = nudge_picture_get_scale (NUDGE_PICTURE (self));
  NudgeNetworkThing thing;

  if (!nudge_picture_get_frame (NUDGE_PICTURE (self)))
    return;
  gtk_widget_grab_focus (GTK_WIDGET (self));
  thing = nudge_network_view_find_at (self, x / scale, y / scale);
  if (thing.kind == NUDGE_NETWORK_NEURON) {
    self->cursor = thing;
    self->has_cursor = TRUE;
  }
  self->by_key = FALSE;
  self->pinned = thing;
  nudge_network_view_watch (self);
  nudge_network_view_select_thing (
      self, &thing,
      gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (click)));
}

/* Where weights have cells, and not edges, all of them are shown first. */
static void
edit_or_open (NudgeNetworkView *self, const NudgeNetworkThing *thing)
{
  const NnFrame *frame = nudge_picture_get_frame (NUDGE_PICTURE (self));
  const double scale = nudge_picture_get_scale (NUDGE_PICTURE (self));

  if (thing->kind == NUDGE_NETWORK_EDGE &&
      nudge_network_is_folded (frame, gtk_widget_get_width (GTK_WIDGET (self)) / scale,
                               gtk_widget_get_height (GTK_WIDGET (self)) / scale,
                               thing->column))
    nudge_network_view_open (self, thing);
  else
    nudge_network_view_edit (self, thing);
}

/* Where nothing is added to the selection. */
static void
released_cb (NudgeNetworkView *self, int n, double x, double y, GtkGesture *click)
{
  const GdkModifierType state =
      gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (click));

  if (n == 2 && nudge_picture_get_frame (NUDGE_PICTURE (self)) &&
      !(state & (GDK_SHIFT_MASK | GDK_CONTROL_MASK)))
    edit_or_open (self, &self->pinned);
}

static void
cursor_moved (NudgeNetworkView *self)
{
  self->by_key = TRUE;
  nudge_network_view_watch (self);
  nudge_picture_describe_again (NUDGE_PICTURE (self));
}

/* The first key shows where the cursor is; from there on they move it. */
static void
move_cursor (NudgeNetworkView *self, int columns, int units)
{
  const NnFrame *frame = nudge_picture_get_frame (NUDGE_PICTURE (self));

  if (self->has_cursor)
    nudge_network_cursor_move (&self->cursor, frame->architecture, columns, units);
  else
    nudge_network_cursor_begin (&self->cursor);
  self->has_cursor = TRUE;
  cursor_moved (self);
}

static void
go_along_edges (NudgeNetworkView *self, int direction)
{
  const NnFrame *frame = nudge_picture_get_frame (NUDGE_PICTURE (self));

  if (!self->has_cursor)
    nudge_network_cursor_begin (&self->cursor);
  self->has_cursor = TRUE;
  nudge_network_cursor_go_along_edges (&self->cursor, frame->architecture, direction);
  cursor_moved (self);
}

static void
unpin (NudgeNetworkView *self)
{
  self->pinned = (NudgeNetworkThing){ NUDGE_NETWORK_NOTHING };
  nudge_network_view_watch (self);
  nudge_picture_refresh (NUDGE_PICTURE (self));
}

static void
edit_read (NudgeNetworkView *self)
{
  const NudgeNetworkThing read = nudge_network_view_find_read (self);

  if (read.kind != NUDGE_NETWORK_NOTHING)
    nudge_network_view_edit (self, &read);
}

static gboolean
key_pressed_cb (NudgeNetworkView *self, guint key, guint code, GdkModifierType state)
{
  if (!nudge_picture_get_frame (NUDGE_PICTURE (self)) ||
      (state & (GDK_ALT_MASK | GDK_CONTROL_MASK)))
    return GDK_EVENT_PROPAGATE;
  switch (key) {
  case GDK_KEY_Left:
    move_cursor (self, -1, 0);
    return GDK_EVENT_STOP;
  case GDK_KEY_Right:
    move_cursor (self, 1, 0);
    return GDK_EVENT_STOP;
  case GDK_KEY_Up:
    move_cursor (self, 0, -1);
    return GDK_EVENT_STOP;
  case GDK_KEY_Down:
    move_cursor (self, 0, 1);
    return GDK_EVENT_STOP;
  case GDK_KEY_Return:
  case GDK_KEY_KP_Enter:
  case GDK_KEY_space:
    if (self->has_cursor)
      nudge_network_view_select_thing (self, &self->cursor, state);
    return self->has_cursor ? GDK_EVENT_STOP : GDK_EVENT_PROPAGATE;
  case GDK_KEY_e:
  case GDK_KEY_E:
    go_along_edges (self, key == GDK_KEY_e ? 1 : -1);
    return GDK_EVENT_STOP;
  case GDK_KEY_m:
    nudge_network_view_open (self, self->has_cursor ? &self->cursor : &self->pinned);
    return GDK_EVENT_STOP;
  case GDK_KEY_F2:
    edit_read (self);
    return GDK_EVENT_STOP;
  case GDK_KEY_Escape:
    if (self->selected->len == 0 && self->pinned.kind == NUDGE_NETWORK_NOTHING)
      return GDK_EVENT_PROPAGATE;
    unpin (self);
    if (self->selected->len > 0)
      nudge_network_view_select (self, NULL);
    return GDK_EVENT_STOP;
  default:
    return GDK_EVENT_PROPAGATE;
  }
}

void
nudge_network_view_add_input (NudgeNetworkView *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_signal_connect_swapped (click, "pressed", G_CALLBACK (pressed_cb), self);
  g_signal_connect_swapped (click, "released", G_CALLBACK (released_cb), self);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  g_signal_connect_swapped (focus, "enter", G_CALLBACK (nudge_picture_refresh), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (nudge_picture_refresh), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
}

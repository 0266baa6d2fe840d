/* nudge-network-view.c - the network, live
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/nudge-network-view.h"

#include <glib/gi18n.h>

#include "ui/draw/nudge-network-cursor.h"
#include "ui/draw/nudge-network-lens.h"
#include "ui/draw/nudge-network-picture.h"
#include "ui/draw/nudge-network-reading.h"
#include "ui/draw/nudge-network-sample.h"
#include "ui/draw/nudge-network-selection.h"
#include "ui/draw/nudge-network-words.h"
#include "ui/nudge-context-menu.h"
#include "ui/nudge-pulse.h"
#include "ui/nudge-value-editor.h"

struct _NudgeNetworkView {
  NudgePicture parent_instance;

  NudgeNetworkLens lens;
  NudgePulse *pulse; /* (owned) of the layer that a nudge has just touched */

  GArray *selected; /* (owned) (element-type NnTarget) at most one of a layer */
  gboolean has_cursor;
  gboolean by_key;           /* it was a key that led there */
  NudgeNetworkThing cursor;  /* the neuron that keys have reached */
  NudgeNetworkThing context; /* what the menu is of */
  NudgeNetworkThing pinned;  /* what was clicked last: told of where nothing else is */
  NudgeNetworkThing read;    /* what was told of when it was drawn */
  gssize watched;            /* the value of that; -1: none */

  NudgeValueEditor *editor; /* (owned) */
};

enum {
  PROP_QUANTITY = 1,
  PROP_HELD,
  PROP_THRESHOLD,
  PROP_WATCHED,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];
static guint selected;
static guint typed;
static guint chosen;
static guint opened;

G_DEFINE_FINAL_TYPE (NudgeNetworkView, nudge_network_view, NUDGE_TYPE_PICTURE)

static void
pulse_changed_cb (GtkWidget *widget)
{
  nudge_picture_refresh (NUDGE_PICTURE (widget));
}

/**
 * nudge_network_view_pulse:
 * @layer: that a nudge has just touched
 */
void
nudge_network_view_pulse (NudgeNetworkView *self, gsize layer)
{
  g_return_if_fail (NUDGE_IS_NETWORK_VIEW (self));

  nudge_pulse_start (self->pulse, (gssize) layer);
}

void
nudge_network_view_set_frame (NudgeNetworkView *self, NnFrame *frame)
{
  g_return_if_fail (NUDGE_IS_NETWORK_VIEW (self));

  nudge_picture_set_frame (NUDGE_PICTURE (self), frame);
}

/* Returns: (transfer none): what is shown of each weight, and on which scale */
const NudgeNetworkLens *
nudge_network_view_get_lens (NudgeNetworkView *self)
{
  g_return_val_if_fail (NUDGE_IS_NETWORK_VIEW (self), NULL);

  return &self->lens;
}

/**
 * nudge_network_view_set_selected:
 * @targets: (nullable): NULL-terminated: what gets a rim, at most one of each layer
 */
void
nudge_network_view_set_selected (NudgeNetworkView *self, const char *const *targets)
{
  g_return_if_fail (NUDGE_IS_NETWORK_VIEW (self));

  g_array_set_size (self->selected, 0);
  for (gsize i = 0; targets && targets[i]; i++) {
    const char *at = targets[i];
    NnTarget target;

    if (nn_target_parse (&target, targets[i], &at, NULL))
      g_array_append_val (self->selected, target);
    else
      nn_target_clear (&target);
  }
  nudge_picture_describe_again (NUDGE_PICTURE (self));
}

/* Of the frame that there is. */
static NnQuantity
get_shown (NudgeNetworkView *self)
{
  return nudge_network_lens_get_shown (&self->lens,
                                       nudge_picture_get_frame (NUDGE_PICTURE (self)));
}

static NudgeNetworkThing
find_pointed (NudgePicture *picture)
{
  NnFrame *frame = nudge_picture_get_frame (picture);
  double scale = nudge_picture_get_scale (picture);
  double x, y;

  if (!frame || !nudge_picture_get_pointer (picture, &x, &y))
    return (NudgeNetworkThing){ NUDGE_NETWORK_NOTHING };
  return nudge_network_thing_at (frame, get_shown (NUDGE_NETWORK_VIEW (picture)),
                                 gtk_widget_get_width (GTK_WIDGET (picture)) / scale,
                                 gtk_widget_get_height (GTK_WIDGET (picture)) / scale, x,
                                 y);
}

/* Of what is told: the thing under the pointer, where keys have led, or what is pinned. */
static NudgeNetworkThing
find_read (NudgeNetworkView *self)
{
  const NnFrame *frame = nudge_picture_get_frame (NUDGE_PICTURE (self));
  const NudgeNetworkThing pointed = find_pointed (NUDGE_PICTURE (self));

  if (!frame || pointed.kind != NUDGE_NETWORK_NOTHING)
    return pointed;
  if (self->has_cursor && self->by_key && gtk_widget_has_focus (GTK_WIDGET (self)))
    return self->cursor;
  return nudge_network_is_there (frame->architecture, &self->pinned)
             ? self->pinned
             : (NudgeNetworkThing){ NUDGE_NETWORK_NOTHING };
}

/* Who has the run is to watch the value that is told of. */
static void
watch (NudgeNetworkView *self)
{
  const NnFrame *frame = nudge_picture_get_frame (NUDGE_PICTURE (self));
  const NudgeNetworkThing read = find_read (self);
  const gssize index = frame ? nudge_network_get_index (frame->architecture, &read) : -1;

  if (self->watched == index)
    return;
  self->watched = index;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_WATCHED]);
}

/* Drawn only where it has come to another thing: a large network takes its time. */
static void
nudge_network_view_pointer_moved (NudgePicture *picture)
{
  NudgeNetworkView *self = NUDGE_NETWORK_VIEW (picture);
  const NudgeNetworkThing read = find_read (self);

  if (nudge_network_is_same (&read, &self->read))
    return;
  watch (self);
  nudge_picture_refresh (picture);
}

static void
nudge_network_view_frame_changed (NudgePicture *picture)
{
  NudgeNetworkView *self = NUDGE_NETWORK_VIEW (picture);
  NnFrame *frame = nudge_picture_get_frame (picture);

  if (frame)
    nudge_network_lens_follow (&self->lens, frame);
  if (!frame ||
      (self->has_cursor && !nudge_network_is_there (frame->architecture, &self->cursor)))
    self->has_cursor = FALSE;
  nudge_value_editor_follow (self->editor);
  watch (self);
}

/**
 * nudge_network_view_dup_reading:
 *
 * Returns: (transfer full) (nullable): what is told of the thing under the pointer
 */
char *
nudge_network_view_dup_reading (NudgeNetworkView *self)
{
  NudgeNetworkThing pointed;

  g_return_val_if_fail (NUDGE_IS_NETWORK_VIEW (self), NULL);

  pointed = find_pointed (NUDGE_PICTURE (self));
  return pointed.kind == NUDGE_NETWORK_NOTHING
             ? NULL
             : nudge_network_describe (nudge_picture_get_frame (NUDGE_PICTURE (self)),
                                       &pointed);
}

static void
nudge_network_view_draw (NudgePicture *picture,
                         cairo_t *cr,
                         const NudgePalette *palette,
                         double width,
                         double height)
{
  NudgeNetworkView *self = NUDGE_NETWORK_VIEW (picture);
  NnFrame *frame = nudge_picture_get_frame (picture);
  const NnQuantity shown = get_shown (self);
  const double limit = nudge_network_lens_get_limit (&self->lens, shown);
  NudgeNetworkStyle style = {
    .palette = palette,
    .quantity = shown,
    .limit = limit,
    .exceeded = nudge_network_lens_is_exceeded (&self->lens, shown),
    .threshold = self->lens.threshold * limit,
    .selected = (const NnTarget *) (const void *) self->selected->data,
    .n_selected = self->selected->len,
    .cursor = self->has_cursor && gtk_widget_has_visible_focus (GTK_WIDGET (picture))
                  ? &self->cursor
                  : NULL,
  };

  style.pulse = nudge_pulse_get (self->pulse, &style.pulse_layer);
  self->read = find_read (self);
  nudge_picture_get_reserved (picture, &style.reserved_width, &style.reserved_height);
  if (self->read.kind != NUDGE_NETWORK_NOTHING)
    style.read = &self->read;
  if (style.pulse_layer >= (gssize) frame->architecture->n_layers)
    style.pulse_layer = -1;
  nudge_draw_network (cr, frame, &style, width, height);
}

static char *
nudge_network_view_describe (NudgePicture *picture)
{
  NudgeNetworkView *self = NUDGE_NETWORK_VIEW (picture);

  return nudge_network_dup_words (
      nudge_picture_get_frame (picture), self->has_cursor ? &self->cursor : NULL,
      (const NnTarget *) (const void *) self->selected->data, self->selected->len);
}

/* --- What is shown ------------------------------------------------------------------ */

static void
set_quantity (NudgeNetworkView *self, NnQuantity quantity)
{
  if (self->lens.quantity == quantity)
    return;
  self->lens.quantity = quantity;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_QUANTITY]);
}

static void
set_held (NudgeNetworkView *self, gboolean held)
{
  if (self->lens.held == held)
    return;
  self->lens.held = held;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_HELD]);
}

static void
set_threshold (NudgeNetworkView *self, double threshold)
{
  if (self->lens.threshold == threshold)
    return;
  self->lens.threshold = threshold;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_THRESHOLD]);
}

/* The frame that there is may have what is wanted now. */
static void
show_anew (NudgeNetworkView *self)
{
  NnFrame *frame = nudge_picture_get_frame (NUDGE_PICTURE (self));

  if (frame)
    nudge_network_lens_follow (&self->lens, frame);
  nudge_picture_describe_again (NUDGE_PICTURE (self));
}

static void
go_through (NudgeNetworkView *self, int direction)
{
  const NnFrame *frame = nudge_picture_get_frame (NUDGE_PICTURE (self));

  if (!frame)
    return;
  set_quantity (self, nudge_network_lens_find_next (&self->lens, frame, direction));
  show_anew (self);
}

static void
show_next_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  go_through (NUDGE_NETWORK_VIEW (widget), g_variant_get_int32 (parameter));
}

static void
nudge_network_view_get_property (GObject *object,
                                 guint id,
                                 GValue *value,
                                 GParamSpec *pspec)
{
  NudgeNetworkView *self = NUDGE_NETWORK_VIEW (object);

  if (id == PROP_QUANTITY)
    g_value_set_uint (value, self->lens.quantity);
  else if (id == PROP_HELD)
    g_value_set_boolean (value, self->lens.held);
  else if (id == PROP_THRESHOLD)
    g_value_set_double (value, self->lens.threshold);
  else if (id == PROP_WATCHED)
    g_value_set_int64 (value, self->watched);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
nudge_network_view_set_property (GObject *object,
                                 guint id,
                                 const GValue *value,
                                 GParamSpec *pspec)
{
  NudgeNetworkView *self = NUDGE_NETWORK_VIEW (object);

  if (id == PROP_QUANTITY)
    set_quantity (self, (NnQuantity) g_value_get_uint (value));
  else if (id == PROP_HELD)
    set_held (self, g_value_get_boolean (value));
  else if (id == PROP_THRESHOLD)
    set_threshold (self, g_value_get_double (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  show_anew (self);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags flags =
      G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  props[PROP_QUANTITY] =
      g_param_spec_uint ("quantity", NULL, NULL, NN_QUANTITY_VALUE, NN_N_QUANTITIES - 1,
                         NN_QUANTITY_VALUE, flags);
  props[PROP_HELD] = g_param_spec_boolean ("held", NULL, NULL, FALSE, flags);
  props[PROP_THRESHOLD] = g_param_spec_double ("threshold", NULL, NULL, 0, 1, 0, flags);
  props[PROP_WATCHED] = g_param_spec_int64 ("watched", NULL, NULL, -1, G_MAXINT64, -1,
                                            G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY |
                                                G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
show_next_example_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  const NnFrame *frame = nudge_picture_get_frame (NUDGE_PICTURE (widget));
  NnSampleChoice choice;

  if (frame == NULL || frame->dataset == NULL)
    return;
  choice = nudge_sample_find_next (frame, g_variant_get_int32 (parameter));
  g_signal_emit (widget, chosen, 0, &choice);
}

/* --- Selecting ---------------------------------------------------------------------- */

/* Returns: (nullable): what is selected of the layer that @edge leads to */
static const NnTarget *
find_selected (NudgeNetworkView *self,
               const NnArchitecture *architecture,
               const NudgeNetworkThing *edge)
{
  for (guint i = 0; i < self->selected->len; i++) {
    const NnTarget *target = &g_array_index (self->selected, NnTarget, i);

    if (g_str_equal (target->layer, architecture->layers[edge->column - 1].name))
      return target;
  }
  return NULL;
}

static void
select_target (NudgeNetworkView *self, const char *target)
{
  g_signal_emit (self, selected, 0, target);
}

static void
select_thing (NudgeNetworkView *self,
              const NudgeNetworkThing *thing,
              GdkModifierType state)
{
  const NnFrame *frame = nudge_picture_get_frame (NUDGE_PICTURE (self));
  g_autofree char *target = NULL;

  if (thing->kind == NUDGE_NETWORK_EDGE && (state & GDK_CONTROL_MASK)) {
    target = nudge_network_dup_toggled (
        frame->architecture, find_selected (self, frame->architecture, thing), thing);
  } else {
    /* A feature has nothing that feeds it. */
    gboolean outgoing = (state & GDK_SHIFT_MASK) || thing->column == 0;

    target = nudge_network_dup_target (frame->architecture, thing, outgoing);
  }
  if (target || self->selected->len > 0)
    select_target (self, target);
}

static void
unpin (NudgeNetworkView *self)
{
  self->pinned = (NudgeNetworkThing){ NUDGE_NETWORK_NOTHING };
  watch (self);
  nudge_picture_refresh (NUDGE_PICTURE (self));
}

/* --- Typing a value ----------------------------------------------------------------- */

static void
value_typed_cb (NudgePicture *picture, const char *nudge)
{
  g_signal_emit (picture, typed, 0, nudge);
}

static void
edit (NudgeNetworkView *self, const NudgeNetworkThing *thing)
{
  GtkWidget *widget = GTK_WIDGET (self);
  const double scale = nudge_picture_get_scale (NUDGE_PICTURE (self));
  double x, y;

  if (nudge_network_find_place (nudge_picture_get_frame (NUDGE_PICTURE (self)),
                                gtk_widget_get_width (widget) / scale,
                                gtk_widget_get_height (widget) / scale, thing, &x, &y))
    nudge_value_editor_ask (self->editor, thing, x, y);
}

static void
edit_read (NudgeNetworkView *self)
{
  const NudgeNetworkThing read = find_read (self);

  if (read.kind != NUDGE_NETWORK_NOTHING)
    edit (self, &read);
}

static void
open_matrix (NudgeNetworkView *self, const NudgeNetworkThing *thing)
{
  if (thing->kind != NUDGE_NETWORK_NOTHING)
    g_signal_emit (self, opened, 0, (guint) MAX (thing->column, 1) - 1);
}

static void
open_context_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  open_matrix (NUDGE_NETWORK_VIEW (widget), &NUDGE_NETWORK_VIEW (widget)->context);
}

static void
edit_context_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  NudgeNetworkView *self = NUDGE_NETWORK_VIEW (widget);

  if (nudge_picture_get_frame (NUDGE_PICTURE (self)))
    edit (self, &self->context);
}

/* --- Clicks and keys ---------------------------------------------------------------- */

static void
pressed_cb (NudgeNetworkView *self, int n, double x, double y, GtkGesture *click)
{
  GtkWidget *widget = GTK_WIDGET (self);
  const NnFrame *frame = nudge_picture_get_frame (NUDGE_PICTURE (self));
  double scale = nudge_picture_get_scale (NUDGE_PICTURE (self));
  NudgeNetworkThing thing;

  if (!frame)
    return;
  gtk_widget_grab_focus (widget);
  thing = nudge_network_thing_at (
      frame, get_shown (self), gtk_widget_get_width (widget) / scale,
      gtk_widget_get_height (widget) / scale, x / scale, y / scale);
  if (thing.kind == NUDGE_NETWORK_NEURON) {
    self->cursor = thing;
    self->has_cursor = TRUE;
  }
  self->by_key = FALSE;
  self->pinned = thing;
  watch (self);
  select_thing (
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
    open_matrix (self, thing);
  else
    edit (self, thing);
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
  watch (self);
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
      select_thing (self, &self->cursor, state);
    return self->has_cursor ? GDK_EVENT_STOP : GDK_EVENT_PROPAGATE;
  case GDK_KEY_e:
  case GDK_KEY_E:
    go_along_edges (self, key == GDK_KEY_e ? 1 : -1);
    return GDK_EVENT_STOP;
  case GDK_KEY_m:
    open_matrix (self, self->has_cursor ? &self->cursor : &self->pinned);
    return GDK_EVENT_STOP;
  case GDK_KEY_F2:
    edit_read (self);
    return GDK_EVENT_STOP;
  case GDK_KEY_Escape:
    if (self->selected->len == 0 && self->pinned.kind == NUDGE_NETWORK_NOTHING)
      return GDK_EVENT_PROPAGATE;
    unpin (self);
    if (self->selected->len > 0)
      select_target (self, NULL);
    return GDK_EVENT_STOP;
  default:
    return GDK_EVENT_PROPAGATE;
  }
}

/* --- Its menu ----------------------------------------------------------------------- */

static const char *
choose_menu (GtkWidget *widget, double x, double y)
{
  NudgeNetworkView *self = NUDGE_NETWORK_VIEW (widget);
  const NnFrame *frame = nudge_picture_get_frame (NUDGE_PICTURE (self));
  double scale = nudge_picture_get_scale (NUDGE_PICTURE (self));

  if (!frame)
    return NULL;
  if (x >= 0)
    self->context = nudge_network_thing_at (
        frame, get_shown (self), gtk_widget_get_width (widget) / scale,
        gtk_widget_get_height (widget) / scale, x / scale, y / scale);
  else
    self->context =
        self->has_cursor ? self->cursor : (NudgeNetworkThing){ NUDGE_NETWORK_NOTHING };
  gtk_widget_action_set_enabled (widget, "network.select-incoming",
                                 self->context.column > 0);
  gtk_widget_action_set_enabled (widget, "network.select-outgoing",
                                 self->context.column < frame->architecture->n_layers);
  gtk_widget_action_set_enabled (widget, "network.clear", self->selected->len > 0);
  return self->context.kind == NUDGE_NETWORK_NEURON ? "network-neuron"
         : self->context.kind == NUDGE_NETWORK_EDGE ? "network-edge"
                                                    : "network";
}

static void
select_context (NudgeNetworkView *self, GdkModifierType state)
{
  if (nudge_picture_get_frame (NUDGE_PICTURE (self)))
    select_thing (self, &self->context, state);
}

static void
select_incoming_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  select_context (NUDGE_NETWORK_VIEW (widget), 0);
}

static void
select_outgoing_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  select_context (NUDGE_NETWORK_VIEW (widget), GDK_SHIFT_MASK);
}

static void
toggle_edge_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  select_context (NUDGE_NETWORK_VIEW (widget), GDK_CONTROL_MASK);
}

static void
clear_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  select_target (NUDGE_NETWORK_VIEW (widget), NULL);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "network.select-incoming", NULL,
                                   select_incoming_cb);
  gtk_widget_class_install_action (widget_class, "network.select-outgoing", NULL,
                                   select_outgoing_cb);
  gtk_widget_class_install_action (widget_class, "network.toggle-edge", NULL,
                                   toggle_edge_cb);
  gtk_widget_class_install_action (widget_class, "network.clear", NULL, clear_cb);
  gtk_widget_class_install_action (widget_class, "network.edit", NULL, edit_context_cb);
  gtk_widget_class_install_action (widget_class, "network.open", NULL, open_context_cb);
  gtk_widget_class_install_action (widget_class, "network.next-example", "i",
                                   show_next_example_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_n, 0, "network.next-example",
                                       "i", 1);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_n, GDK_SHIFT_MASK,
                                       "network.next-example", "i", -1);
  gtk_widget_class_install_action (widget_class, "network.show-next", "i", show_next_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_v, 0, "network.show-next",
                                       "i", 1);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_v, GDK_SHIFT_MASK,
                                       "network.show-next", "i", -1);
}

static void
nudge_network_view_dispose (GObject *object)
{
  NudgeNetworkView *self = NUDGE_NETWORK_VIEW (object);

  g_clear_pointer (&self->editor, nudge_value_editor_free);
  g_clear_pointer (&self->pulse, nudge_pulse_free);
  G_OBJECT_CLASS (nudge_network_view_parent_class)->dispose (object);
}

static void
nudge_network_view_finalize (GObject *object)
{
  g_array_unref (NUDGE_NETWORK_VIEW (object)->selected);
  G_OBJECT_CLASS (nudge_network_view_parent_class)->finalize (object);
}

static void
nudge_network_view_class_init (NudgeNetworkViewClass *klass)
{
  NudgePictureClass *picture_class = NUDGE_PICTURE_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nudge_network_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = nudge_network_view_finalize;
  G_OBJECT_CLASS (klass)->get_property = nudge_network_view_get_property;
  G_OBJECT_CLASS (klass)->set_property = nudge_network_view_set_property;
  install_properties (G_OBJECT_CLASS (klass));
  picture_class->draw = nudge_network_view_draw;
  picture_class->describe = nudge_network_view_describe;
  picture_class->frame_changed = nudge_network_view_frame_changed;
  picture_class->pointer_moved = nudge_network_view_pointer_moved;
  selected = g_signal_new ("selected", NUDGE_TYPE_NETWORK_VIEW, G_SIGNAL_RUN_LAST, 0,
                           NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  chosen = g_signal_new ("chosen", NUDGE_TYPE_NETWORK_VIEW, G_SIGNAL_RUN_LAST, 0, NULL,
                         NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  opened = g_signal_new ("opened", NUDGE_TYPE_NETWORK_VIEW, G_SIGNAL_RUN_LAST, 0, NULL,
                         NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  typed = g_signal_new ("typed", NUDGE_TYPE_NETWORK_VIEW, G_SIGNAL_RUN_LAST, 0, NULL,
                        NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  install_actions (widget_class);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "network-view");
}

static void
nudge_network_view_init (NudgeNetworkView *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->pulse = nudge_pulse_new (GTK_WIDGET (self), pulse_changed_cb);
  self->watched = -1;
  self->editor = nudge_value_editor_new (NUDGE_PICTURE (self), value_typed_cb);
  self->selected = g_array_new (FALSE, FALSE, sizeof (NnTarget));
  g_array_set_clear_func (self->selected, (GDestroyNotify) nn_target_clear);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (pressed_cb), self);
  g_signal_connect_swapped (click, "released", G_CALLBACK (released_cb), self);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  g_signal_connect_swapped (focus, "enter", G_CALLBACK (nudge_picture_refresh), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (nudge_picture_refresh), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
  nudge_context_menu_add (GTK_WIDGET (self), choose_menu);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Network"), -1);
}

GtkWidget *
nudge_network_view_new (void)
{
  return g_object_new (NUDGE_TYPE_NETWORK_VIEW, NULL);
}

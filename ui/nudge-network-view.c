/* nudge-network-view.c - the network, live
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/nudge-network-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>

#include "ui/draw/nudge-network-hover.h"
#include "ui/draw/nudge-network-lens.h"
#include "ui/draw/nudge-network-picture.h"
#include "ui/draw/nudge-network-selection.h"
#include "ui/nudge-context-menu.h"
#include "ui/text/nudge-number.h"

#define PULSE_MS 350

struct _NudgeNetworkView {
  NudgePicture parent_instance;

  NudgeNetworkLens lens;
  gssize pulse_layer;
  double pulse;
  AdwAnimation *fade; /* (owned) */
  guint still_timer;  /* ends a pulse where nothing may move */

  GArray *selected; /* (owned) (element-type NnTarget) at most one of a layer */
  gboolean has_cursor;
  NudgeNetworkThing cursor;  /* the neuron that keys have reached */
  NudgeNetworkThing context; /* what the menu is of */
  NudgeNetworkThing read;    /* what was under the pointer when it was drawn */
};

enum {
  PROP_QUANTITY = 1,
  PROP_HELD,
  PROP_THRESHOLD,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];
static guint selected;

G_DEFINE_FINAL_TYPE (NudgeNetworkView, nudge_network_view, NUDGE_TYPE_PICTURE)

static void
set_pulse (double value, gpointer data)
{
  NudgeNetworkView *self = data;

  self->pulse = value;
  if (value <= 0)
    self->pulse_layer = -1;
  nudge_picture_refresh (NUDGE_PICTURE (self));
}

static gboolean
still_timer_cb (gpointer data)
{
  NudgeNetworkView *self = data;

  self->still_timer = 0;
  set_pulse (0, self);
  return G_SOURCE_REMOVE;
}

/**
 * nudge_network_view_pulse:
 * @layer: that a nudge has just touched
 *
 * A ring around the layer that fades; without animations it stays still for as long
 * and goes. A new pulse replaces one that has not ended.
 */
void
nudge_network_view_pulse (NudgeNetworkView *self, gsize layer)
{
  g_return_if_fail (NUDGE_IS_NETWORK_VIEW (self));

  g_clear_handle_id (&self->still_timer, g_source_remove);
  adw_animation_reset (self->fade);
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  self->pulse_layer = (gssize) layer;
  set_pulse (1, self);
  if (adw_get_enable_animations (GTK_WIDGET (self)))
    adw_animation_play (self->fade);
  else
    self->still_timer = g_timeout_add (PULSE_MS, still_timer_cb, self);
}

void
nudge_network_view_set_frame (NudgeNetworkView *self, NnFrame *frame)
{
  g_return_if_fail (NUDGE_IS_NETWORK_VIEW (self));

  nudge_picture_set_frame (NUDGE_PICTURE (self), frame);
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

static gsize
get_n_units (const NnArchitecture *architecture, gsize column)
{
  return column == 0 ? architecture->n_features
                     : architecture->layers[column - 1].n_units;
}

static gboolean
has_neuron (const NnArchitecture *architecture, const NudgeNetworkThing *neuron)
{
  return neuron->column <= architecture->n_layers &&
         neuron->unit < get_n_units (architecture, neuron->column);
}

static void
nudge_network_view_frame_changed (NudgePicture *picture)
{
  NudgeNetworkView *self = NUDGE_NETWORK_VIEW (picture);
  NnFrame *frame = nudge_picture_get_frame (picture);

  if (frame)
    nudge_network_lens_follow (&self->lens, frame);
  if (!frame || (self->has_cursor && !has_neuron (frame->architecture, &self->cursor)))
    self->has_cursor = FALSE;
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

/* Drawn only where it has come to another thing: a large network takes its time. */
static void
nudge_network_view_pointer_moved (NudgePicture *picture)
{
  NudgeNetworkView *self = NUDGE_NETWORK_VIEW (picture);
  NudgeNetworkThing pointed = find_pointed (picture);
  const NudgeNetworkThing *read = &self->read;

  if (pointed.kind == read->kind && pointed.column == read->column &&
      pointed.unit == read->unit && pointed.input == read->input)
    return;
  nudge_picture_refresh (picture);
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
    .threshold = self->lens.threshold * limit,
    .pulse_layer = self->pulse_layer,
    .pulse = self->pulse,
    .selected = (const NnTarget *) (const void *) self->selected->data,
    .n_selected = self->selected->len,
    .cursor = self->has_cursor && gtk_widget_has_visible_focus (GTK_WIDGET (picture))
                  ? &self->cursor
                  : NULL,
  };

  self->read = find_pointed (picture);
  if (self->read.kind != NUDGE_NETWORK_NOTHING)
    style.read = &self->read;
  if (style.pulse_layer >= (gssize) frame->architecture->n_layers)
    style.pulse_layer = -1;
  nudge_draw_network (cr, frame, &style, width, height);
}

/* What keys have reached and what is selected, before what is always said. */
static char *
dup_chosen (NudgeNetworkView *self, const NnFrame *frame)
{
  g_autofree char *neuron = NULL;
  g_autoptr (GString) targets = g_string_new (NULL);

  if (self->has_cursor)
    neuron = nudge_network_describe (frame, &self->cursor);
  for (guint i = 0; i < self->selected->len; i++) {
    g_autofree char *target =
        nn_target_dup_text (&g_array_index (self->selected, NnTarget, i));

    g_string_append_printf (targets, "%s%s", i > 0 ? ", " : "", target);
  }
  if (targets->len > 0 && neuron)
    return g_strdup_printf (_ ("%s; selected: %s. "), neuron, targets->str);
  if (targets->len > 0)
    return g_strdup_printf (_ ("selected: %s. "), targets->str);
  return neuron ? g_strdup_printf ("%s. ", neuron) : g_strdup ("");
}

static char *
nudge_network_view_describe (NudgePicture *picture)
{
  const NnFrame *frame = nudge_picture_get_frame (picture);
  const NnArchitecture *architecture = frame->architecture;
  gulong n_features = architecture->n_features;
  g_autofree char *chosen = dup_chosen (NUDGE_NETWORK_VIEW (picture), frame);
  g_autoptr (GString) text = g_string_new (chosen);
  g_autofree char *step = NULL;
  g_autofree char *largest_text = NULL;
  float largest = 0;

  g_string_append_printf (text, ngettext ("%lu feature", "%lu features", n_features),
                          n_features);
  for (gsize k = 0; k < architecture->n_layers; k++) {
    const NnLayerShape *layer = &architecture->layers[k];
    const NnParameterShape *weight = &architecture->parameters[layer->weight];

    /* Translators: a layer's name, its number of units, its activation */
    g_string_append_printf (text, _ (", %s: %lu %s"), layer->name,
                            (gulong) layer->n_units,
                            nn_activation_get_name (layer->activation));
    for (gsize i = 0; i < weight->n_values; i++)
      largest = MAX (largest, fabsf (frame->values[weight->offset + i]));
  }
  step = g_strdup_printf ("%" G_GUINT64_FORMAT, frame->step);
  largest_text = nudge_number_format (largest, 3);
  /* Translators: a step's number, then a weight without its sign */
  g_string_append_printf (text, _ ("; at step %s the largest weight is %s"), step,
                          largest_text);
  return g_string_free (g_steal_pointer (&text), FALSE);
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
  g_object_class_install_properties (object_class, N_PROPS, props);
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
  select_thing (
      self, &thing,
      gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (click)));
}

/* The first key shows where the cursor is; from there on they move it. */
static void
move_cursor (NudgeNetworkView *self, int columns, int units)
{
  const NnArchitecture *architecture =
      nudge_picture_get_frame (NUDGE_PICTURE (self))->architecture;
  NudgeNetworkThing *cursor = &self->cursor;

  if (!self->has_cursor) {
    *cursor = (NudgeNetworkThing){ NUDGE_NETWORK_NEURON, 1, 0, 0 };
    self->has_cursor = TRUE;
  } else {
    cursor->column = (gsize) CLAMP ((gssize) cursor->column + columns, 0,
                                    (gssize) architecture->n_layers);
    cursor->unit =
        (gsize) CLAMP ((gssize) cursor->unit + units, 0,
                       (gssize) get_n_units (architecture, cursor->column) - 1);
  }
  nudge_picture_describe_again (NUDGE_PICTURE (self));
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
  case GDK_KEY_Escape:
    if (self->selected->len == 0)
      return GDK_EVENT_PROPAGATE;
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

  g_clear_handle_id (&self->still_timer, g_source_remove);
  g_clear_object (&self->fade);
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
  install_actions (widget_class);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "network-view");
}

static void
nudge_network_view_init (NudgeNetworkView *self)
{
  AdwAnimationTarget *target = adw_callback_animation_target_new (set_pulse, self, NULL);
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->pulse_layer = -1;
  self->selected = g_array_new (FALSE, FALSE, sizeof (NnTarget));
  g_array_set_clear_func (self->selected, (GDestroyNotify) nn_target_clear);
  self->fade = adw_timed_animation_new (GTK_WIDGET (self), 1, 0, PULSE_MS, target);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (pressed_cb), self);
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

/* nudge-network-view.c - the network, live
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/network/nudge-network-view-private.h"

#include <glib/gi18n.h>

#include "ui/draw/network/nudge-network-cursor.h"
#include "ui/draw/network/nudge-network-picture.h"
#include "ui/draw/network/nudge-network-words.h"

enum {
  PROP_QUANTITY = 1,
  PROP_HELD,
  PROP_THRESHOLD,
  PROP_WATCHED,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

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

/* Drawn only where it has come to another thing: a large network takes its time. */
static void
nudge_network_view_pointer_moved (NudgePicture *picture)
{
  NudgeNetworkView *self = NUDGE_NETWORK_VIEW (picture);
  const NudgeNetworkThing read = nudge_network_view_find_read (self);

  if (nudge_network_is_same (&read, &self->read))
    return;
  nudge_network_view_watch (self);
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
  nudge_network_view_watch (self);
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
  const NnQuantity shown = nudge_network_view_get_shown (self);
  const double limit = nudge_network_lens_get_limit (&self->lens, shown);
  NudgeNetworkStyle style = {
    .palette = palette,
    .quantity = shown,
    .limit = limit,
    .exceeded = nudge_network_lens_is_exceeded (&self->lens, shown),
    .threshold = self->lens.threshold * limit,
    .selected = (const NnTarget *) (const void *) self->selected->data,
    .n_selected = self->selected->len,
    .cursor =
        self->has_cursor && nudge_picture_shows_focus (picture) ? &self->cursor : NULL,
  };

  style.pulse = nudge_pulse_get (self->pulse, &style.pulse_layer);
  self->read = nudge_network_view_find_read (self);
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
value_typed_cb (NudgePicture *picture, const char *nudge)
{
  g_signal_emit_by_name (picture, "typed", nudge);
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
  g_signal_new ("selected", NUDGE_TYPE_NETWORK_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  g_signal_new ("chosen", NUDGE_TYPE_NETWORK_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 1, G_TYPE_POINTER);
  g_signal_new ("opened", NUDGE_TYPE_NETWORK_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 1, G_TYPE_UINT);
  g_signal_new ("typed", NUDGE_TYPE_NETWORK_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 1, G_TYPE_STRING);
  nudge_network_view_install_actions (widget_class);
  gtk_widget_class_install_action (widget_class, "network.show-next", "i", show_next_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_v, 0, "network.show-next",
                                       "i", 1);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_v, GDK_SHIFT_MASK,
                                       "network.show-next", "i", -1);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "network-view");
}

static void
nudge_network_view_init (NudgeNetworkView *self)
{
  self->pulse = nudge_pulse_new (GTK_WIDGET (self), pulse_changed_cb);
  self->watched = -1;
  self->editor = nudge_value_editor_new (NUDGE_PICTURE (self), value_typed_cb);
  self->selected = g_array_new (FALSE, FALSE, sizeof (NnTarget));
  g_array_set_clear_func (self->selected, (GDestroyNotify) nn_target_clear);
  nudge_network_view_add_input (self);
  nudge_network_view_add_menu (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Network"), -1);
}

GtkWidget *
nudge_network_view_new (void)
{
  return g_object_new (NUDGE_TYPE_NETWORK_VIEW, NULL);
}

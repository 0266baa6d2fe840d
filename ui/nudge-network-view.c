/* nudge-network-view.c - the network, live
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/nudge-network-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>

#include "ui/draw/nudge-network-picture.h"
#include "ui/draw/nudge-number.h"

#define PULSE_MS 350

struct _NudgeNetworkView {
  NudgePicture parent_instance;

  double limit; /* |w| at full width, kept from frame to frame */
  gssize pulse_layer;
  double pulse;
  AdwAnimation *fade; /* (owned) */
  guint still_timer;  /* ends a pulse where nothing may move */
};

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

static void
nudge_network_view_frame_changed (NudgePicture *picture)
{
  NudgeNetworkView *self = NUDGE_NETWORK_VIEW (picture);
  NnFrame *frame = nudge_picture_get_frame (picture);

  self->limit = frame ? nudge_network_choose_limit (frame, self->limit) : 0;
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
  NudgeNetworkStyle style = { palette, self->limit, self->pulse_layer, self->pulse };

  if (style.pulse_layer >= (gssize) frame->architecture->n_layers)
    style.pulse_layer = -1;
  nudge_draw_network (cr, frame, &style, width, height);
}

static char *
nudge_network_view_describe (NudgePicture *picture)
{
  const NnFrame *frame = nudge_picture_get_frame (picture);
  const NnArchitecture *architecture = frame->architecture;
  gulong n_features = architecture->n_features;
  g_autoptr (GString) text = g_string_new (NULL);
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

static gboolean
nudge_network_view_query_tooltip (GtkWidget *widget,
                                  int x,
                                  int y,
                                  gboolean keyboard,
                                  GtkTooltip *tooltip)
{
  const NnFrame *frame = nudge_picture_get_frame (NUDGE_PICTURE (widget));
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  g_autofree char *text = NULL;
  NudgeNetworkThing thing;

  if (!frame || keyboard)
    return FALSE;
  thing = nudge_network_thing_at (frame, width, height, x, y);
  if (thing.kind == NUDGE_NETWORK_NOTHING)
    return FALSE;
  text = nudge_network_describe (frame, &thing);
  gtk_tooltip_set_text (tooltip, text);
  return TRUE;
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
nudge_network_view_class_init (NudgeNetworkViewClass *klass)
{
  NudgePictureClass *picture_class = NUDGE_PICTURE_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nudge_network_view_dispose;
  widget_class->query_tooltip = nudge_network_view_query_tooltip;
  picture_class->draw = nudge_network_view_draw;
  picture_class->describe = nudge_network_view_describe;
  picture_class->frame_changed = nudge_network_view_frame_changed;
  gtk_widget_class_set_css_name (widget_class, "network-view");
}

static void
nudge_network_view_init (NudgeNetworkView *self)
{
  AdwAnimationTarget *target = adw_callback_animation_target_new (set_pulse, self, NULL);

  self->pulse_layer = -1;
  self->fade = adw_timed_animation_new (GTK_WIDGET (self), 1, 0, PULSE_MS, target);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Network"), -1);
}

GtkWidget *
nudge_network_view_new (void)
{
  return g_object_new (NUDGE_TYPE_NETWORK_VIEW, NULL);
}

/* nudge-pointer-ring.c - a ring around the pointer that is seen from far away
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/base/nudge-pointer-ring.h"

#include "ui/base/nudge-picture.h"

/* In pixels, where text is as large as usual. */
#define RADIUS 15.0
#define WIDTH  2.0
#define RIM    0.75 /* of background at either side, which sets it off from any picture */

/* Of the accent's colour inside the ring, and while a button is held. */
#define TINT      0.12
#define TINT_HELD 0.45

struct _NudgePointerRing {
  GtkWidget parent_instance;

  gboolean shown;
  gboolean held;
  double x; /* the pointer's place */
  double y;
};

G_DEFINE_FINAL_TYPE (NudgePointerRing, nudge_pointer_ring, GTK_TYPE_WIDGET)

/* @width: of its line, inwards */
static void
draw_circle (NudgePointerRing *self,
             GtkSnapshot *snapshot,
             double radius,
             double width,
             const GdkRGBA *colour)
{
  const float w = (float) width;
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (
      &outline,
      &GRAPHENE_RECT_INIT ((float) (self->x - radius), (float) (self->y - radius),
                           (float) (2 * radius), (float) (2 * radius)),
      (float) radius);
  gtk_snapshot_append_border (snapshot, &outline, (float[4]){ w, w, w, w },
                              (GdkRGBA[4]){ *colour, *colour, *colour, *colour });
}

static GdkRGBA
get_rgba (const NudgeColour *colour, double alpha)
{
  return (GdkRGBA){ (float) colour->red, (float) colour->green, (float) colour->blue,
                    (float) alpha };
}

static void
nudge_pointer_ring_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  NudgePointerRing *self = NUDGE_POINTER_RING (widget);
  const NudgePalette *palette = nudge_widget_get_palette (widget);
  const double scale = nudge_widget_get_text_scale (widget);
  const double radius = RADIUS * scale;
  const GdkRGBA ground = get_rgba (&palette->background, 1);
  const GdkRGBA ink = get_rgba (&palette->accent, 1);
  const GdkRGBA tint = get_rgba (&palette->accent, self->held ? TINT_HELD : TINT);

  if (!self->shown)
    return;
  draw_circle (self, snapshot, radius, radius, &tint);
  draw_circle (self, snapshot, radius + RIM * scale, (WIDTH + 2 * RIM) * scale, &ground);
  draw_circle (self, snapshot, radius, WIDTH * scale, &ink);
}

/* --- The pointer -------------------------------------------------------------------- */

/* It may rest there from before. */
static void
enter_cb (NudgePointerRing *self, double x, double y)
{
  self->x = x;
  self->y = y;
}

static void
motion_cb (NudgePointerRing *self, double x, double y)
{
  /* GTK emits motion for a resting pointer when a widget appears under it. */
  if (self->x == x && self->y == y)
    return;
  self->x = x;
  self->y = y;
  self->shown = TRUE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
set_held (NudgePointerRing *self, gboolean held)
{
  self->held = held;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
event_cb (NudgePointerRing *self, GdkEvent *event)
{
  if (gdk_event_get_event_type (event) == GDK_BUTTON_PRESS)
    set_held (self, TRUE);
  else if (gdk_event_get_event_type (event) == GDK_BUTTON_RELEASE)
    set_held (self, FALSE);
  return GDK_EVENT_PROPAGATE;
}

/**
 * nudge_pointer_ring_follow:
 * @widget: over which the pointer is followed; as large as the ring's own area, and there
 *   for no longer than the ring
 */
void
nudge_pointer_ring_follow (NudgePointerRing *self, GtkWidget *widget)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *buttons = gtk_event_controller_legacy_new ();

  g_return_if_fail (NUDGE_IS_POINTER_RING (self));

  gtk_event_controller_set_propagation_phase (motion, GTK_PHASE_CAPTURE);
  gtk_event_controller_set_propagation_phase (buttons, GTK_PHASE_CAPTURE);
  g_signal_connect_object (motion, "enter", G_CALLBACK (enter_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (motion, "motion", G_CALLBACK (motion_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (motion, "leave", G_CALLBACK (nudge_pointer_ring_hide), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (buttons, "event", G_CALLBACK (event_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (widget, motion);
  gtk_widget_add_controller (widget, buttons);
}

/**
 * nudge_pointer_ring_hide:
 *
 * Until the pointer moves again.
 */
void
nudge_pointer_ring_hide (NudgePointerRing *self)
{
  g_return_if_fail (NUDGE_IS_POINTER_RING (self));

  self->shown = FALSE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

gboolean
nudge_pointer_ring_is_shown (NudgePointerRing *self)
{
  g_return_val_if_fail (NUDGE_IS_POINTER_RING (self), FALSE);

  return self->shown;
}

static void
nudge_pointer_ring_class_init (NudgePointerRingClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->snapshot = nudge_pointer_ring_snapshot;
  gtk_widget_class_set_css_name (widget_class, "pointer-ring");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
nudge_pointer_ring_init (NudgePointerRing *self)
{
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
  gtk_widget_set_can_focus (GTK_WIDGET (self), FALSE);
}

/* nudge-picture.c - base class of widgets that draw the newest frame
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/base/nudge-picture.h"

#include <adwaita.h>

#include "ui/base/nudge-colours.h"
#include "ui/draw/base/nudge-paint.h"

/* Each new description is announced to assistive tools, so words are slower than pictures. */
#define DESCRIPTION_INTERVAL_MS 300

/* Around what has the keyboard's focus, in the widget's pixels. */
#define RING_WIDTH  2.0
#define RING_RADIUS 6.0

typedef struct {
  NnFrame *frame;          /* (owned) (nullable) */
  guint description_timer; /* while it runs, the description is young enough */
  gboolean description_stale;
  gboolean hovered;
  double x; /* the pointer's place while hovered */
  double y;
  gboolean keyed;     /* used by keys, and not by the pointer since */
  int reserved_width; /* at the lower right, in the widget's pixels */
  int reserved_height;
  /* (owned) (nullable) Drawn on in turns, as the renderer still has the one before. */
  cairo_surface_t *surfaces[2];
} NudgePicturePrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (NudgePicture, nudge_picture, GTK_TYPE_WIDGET)

/**
 * nudge_widget_get_palette:
 *
 * Returns: the colours of the system's choice, and the signs' of the user's
 */
const NudgePalette *
nudge_widget_get_palette (GtkWidget *widget)
{
  AdwStyleManager *manager =
      adw_style_manager_get_for_display (gtk_widget_get_display (widget));

  return nudge_palette_get_with (nudge_colours_get_pair (),
                                 adw_style_manager_get_dark (manager),
                                 adw_style_manager_get_high_contrast (manager));
}

/**
 * nudge_picture_get_scale:
 *
 * Returns: how many of the widget's pixels a picture's unit is: it grows with the text
 */
double
nudge_picture_get_scale (NudgePicture *self)
{
  return nudge_widget_get_text_scale (GTK_WIDGET (self));
}

/**
 * nudge_picture_shows_focus:
 *
 * GTK hides the focus three seconds after Tab, and with it what an arrow moves from then on.
 *
 * Returns: whether to show that keys come here: after Tab, as other widgets do, and while keys
 *   are used here
 */
gboolean
nudge_picture_shows_focus (NudgePicture *self)
{
  NudgePicturePrivate *priv = nudge_picture_get_instance_private (self);

  return priv->keyed || gtk_widget_has_visible_focus (GTK_WIDGET (self));
}

/* As other widgets do: after Tab, until another key is pressed. */
static void
draw_ring (cairo_t *cr, const NudgePalette *palette, double width, double height)
{
  nudge_paint_rounded (cr, RING_WIDTH, RING_WIDTH, width - 2 * RING_WIDTH,
                       height - 2 * RING_WIDTH, RING_RADIUS);
  nudge_paint_set_colour (cr, &palette->accent, 1);
  cairo_set_line_width (cr, RING_WIDTH);
  cairo_stroke (cr);
}

static void
nudge_picture_state_flags_changed (GtkWidget *widget, GtkStateFlags previous)
{
  if ((gtk_widget_get_state_flags (widget) ^ previous) & GTK_STATE_FLAG_FOCUS_VISIBLE)
    nudge_picture_refresh (NUDGE_PICTURE (widget));
  GTK_WIDGET_CLASS (nudge_picture_parent_class)->state_flags_changed (widget, previous);
}

/* Whether there is something to draw and to describe. */
static gboolean
has_content (NudgePicture *self)
{
  NudgePicturePrivate *priv = nudge_picture_get_instance_private (self);

  return priv->frame != NULL || NUDGE_PICTURE_GET_CLASS (self)->frameless;
}

static void
draw (NudgePicture *self, cairo_t *cr, int width, int height)
{
  const NudgePalette *palette = nudge_widget_get_palette (GTK_WIDGET (self));
  const double scale = nudge_picture_get_scale (self);

  if (!NUDGE_PICTURE_GET_CLASS (self)->see_through) {
    cairo_set_source_rgb (cr, palette->background.red, palette->background.green,
                          palette->background.blue);
    cairo_paint (cr);
  }
  if (has_content (self)) {
    cairo_save (cr);
    cairo_scale (cr, scale, scale);
    NUDGE_PICTURE_GET_CLASS (self)->draw (self, cr, palette, width / scale,
                                          height / scale);
    cairo_restore (cr);
  }
  if (nudge_picture_shows_focus (self))
    draw_ring (cr, palette, width, height);
}

/* Returns: (transfer none): of the widget's size in the screen's own pixels, and free to be
 *   drawn on */
static cairo_surface_t *
get_surface (NudgePicture *self, int width, int height)
{
  NudgePicturePrivate *priv = nudge_picture_get_instance_private (self);
  const int scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  cairo_surface_t *surface = priv->surfaces[1];

  priv->surfaces[1] = priv->surfaces[0];
  if (surface == NULL || cairo_surface_get_reference_count (surface) > 1 ||
      cairo_image_surface_get_width (surface) != width * scale ||
      cairo_image_surface_get_height (surface) != height * scale) {
    g_clear_pointer (&surface, cairo_surface_destroy);
    surface = cairo_image_surface_create (NUDGE_PICTURE_GET_CLASS (self)->see_through
                                              ? CAIRO_FORMAT_ARGB32
                                              : CAIRO_FORMAT_RGB24,
                                          width * scale, height * scale);
    cairo_surface_set_device_scale (surface, scale, scale);
  }
  priv->surfaces[0] = surface;
  return surface;
}

/* gtk_snapshot_append_cairo () would record the drawing for later; on an image of its own
 * it is done at once, and painters can write pixels faster than Cairo. */
static void
nudge_picture_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  NudgePicture *self = NUDGE_PICTURE (widget);
  const int width = gtk_widget_get_width (widget);
  const int height = gtk_widget_get_height (widget);
  cairo_surface_t *surface;
  cairo_t *cr;

  if (width <= 0 || height <= 0)
    return;
  surface = get_surface (self, width, height);
  cr = cairo_create (surface);
  if (NUDGE_PICTURE_GET_CLASS (self)->see_through) {
    cairo_set_operator (cr, CAIRO_OPERATOR_CLEAR);
    cairo_paint (cr);
    cairo_set_operator (cr, CAIRO_OPERATOR_OVER);
  }
  draw (self, cr, width, height);
  cairo_destroy (cr);
  cr = gtk_snapshot_append_cairo (
      snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  cairo_set_source_surface (cr, surface, 0, 0);
  cairo_paint (cr);
  cairo_destroy (cr);
}

static void
describe (NudgePicture *self)
{
  NudgePicturePrivate *priv = nudge_picture_get_instance_private (self);
  g_autofree char *description = has_content (self)
                                     ? NUDGE_PICTURE_GET_CLASS (self)->describe (self)
                                     : g_strdup ("");

  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description, -1);
  priv->description_stale = FALSE;
}

static gboolean
description_timer_cb (gpointer data)
{
  NudgePicture *self = data;
  NudgePicturePrivate *priv = nudge_picture_get_instance_private (self);

  if (priv->description_stale) {
    describe (self);
    return G_SOURCE_CONTINUE;
  }
  priv->description_timer = 0;
  return G_SOURCE_REMOVE;
}

NnFrame *
nudge_picture_get_frame (NudgePicture *self)
{
  NudgePicturePrivate *priv = nudge_picture_get_instance_private (self);

  return priv->frame;
}

/**
 * nudge_picture_refresh:
 *
 * Draws again, if anybody can see it.
 */
void
nudge_picture_refresh (NudgePicture *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * nudge_picture_describe_again:
 *
 * Draws again, and finds new words, at once or as soon as the present ones are
 * old enough.
 */
void
nudge_picture_describe_again (NudgePicture *self)
{
  NudgePicturePrivate *priv = nudge_picture_get_instance_private (self);

  nudge_picture_refresh (self);
  if (priv->description_timer) {
    priv->description_stale = TRUE;
    return;
  }
  describe (self);
  priv->description_timer =
      g_timeout_add (DESCRIPTION_INTERVAL_MS, description_timer_cb, self);
}

/**
 * nudge_picture_set_frame:
 * @frame: (nullable): gets a reference
 */
void
nudge_picture_set_frame (NudgePicture *self, NnFrame *frame)
{
  NudgePicturePrivate *priv = nudge_picture_get_instance_private (self);

  if (priv->frame == frame)
    return;
  g_clear_pointer (&priv->frame, nn_frame_unref);
  if (frame)
    priv->frame = nn_frame_ref (frame);
  if (NUDGE_PICTURE_GET_CLASS (self)->frame_changed)
    NUDGE_PICTURE_GET_CLASS (self)->frame_changed (self);
  nudge_picture_describe_again (self);
}

/**
 * nudge_picture_get_pointer:
 * @x: (out): in the picture's units
 * @y: (out): the same
 *
 * Returns: whether the pointer is over the picture
 */
gboolean
nudge_picture_get_pointer (NudgePicture *self, double *x, double *y)
{
  NudgePicturePrivate *priv = nudge_picture_get_instance_private (self);

  *x = priv->x / nudge_picture_get_scale (self);
  *y = priv->y / nudge_picture_get_scale (self);
  return priv->hovered;
}

/**
 * nudge_picture_set_reserved:
 * @width: in the widget's pixels, of the lower right corner, on which controls lie
 * @height: the same
 */
void
nudge_picture_set_reserved (NudgePicture *self, int width, int height)
{
  NudgePicturePrivate *priv = nudge_picture_get_instance_private (self);

  if (priv->reserved_width == width && priv->reserved_height == height)
    return;
  priv->reserved_width = width;
  priv->reserved_height = height;
  nudge_picture_refresh (self);
}

/**
 * nudge_picture_get_reserved:
 * @width: (out): in the picture's units
 * @height: (out): the same
 *
 * The lower right corner, on which controls lie.
 */
void
nudge_picture_get_reserved (NudgePicture *self, double *width, double *height)
{
  NudgePicturePrivate *priv = nudge_picture_get_instance_private (self);

  *width = priv->reserved_width / nudge_picture_get_scale (self);
  *height = priv->reserved_height / nudge_picture_get_scale (self);
}

static void
set_keyed (NudgePicture *self, gboolean keyed)
{
  NudgePicturePrivate *priv = nudge_picture_get_instance_private (self);

  if (priv->keyed == keyed)
    return;
  priv->keyed = keyed;
  nudge_picture_refresh (self);
}

/* Pointer or keys, whichever moved last; a resting pointer counts, too. */
static void
motion_cb (NudgePicture *self, double x, double y)
{
  NudgePicturePrivate *priv = nudge_picture_get_instance_private (self);

  if (priv->hovered && (x != priv->x || y != priv->y))
    set_keyed (self, FALSE);
  priv->hovered = TRUE;
  priv->x = x;
  priv->y = y;
  if (NUDGE_PICTURE_GET_CLASS (self)->pointer_moved)
    NUDGE_PICTURE_GET_CLASS (self)->pointer_moved (self);
}

static void
leave_cb (NudgePicture *self)
{
  NudgePicturePrivate *priv = nudge_picture_get_instance_private (self);

  priv->hovered = FALSE;
  if (NUDGE_PICTURE_GET_CLASS (self)->pointer_moved)
    NUDGE_PICTURE_GET_CLASS (self)->pointer_moved (self);
}

static gboolean
key_pressed_cb (NudgePicture *self,
                guint key,
                guint code,
                GdkModifierType state,
                GtkEventController *keys)
{
  GdkEvent *event = gtk_event_controller_get_current_event (keys);

  if (!(state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) && !gdk_key_event_is_modifier (event))
    set_keyed (self, key != GDK_KEY_Escape);
  return GDK_EVENT_PROPAGATE;
}

static void
unset_keyed_cb (NudgePicture *self)
{
  set_keyed (self, FALSE);
}

/* Before the picture's own controllers, which may take a key or a click for themselves. */
static void
watch_keys (NudgePicture *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click),
                                              GTK_PHASE_CAPTURE);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), 0);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (unset_keyed_cb), self);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (unset_keyed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

static void
nudge_picture_dispose (GObject *object)
{
  NudgePicturePrivate *priv = nudge_picture_get_instance_private (NUDGE_PICTURE (object));

  g_clear_handle_id (&priv->description_timer, g_source_remove);
  g_clear_pointer (&priv->frame, nn_frame_unref);
  for (gsize i = 0; i < G_N_ELEMENTS (priv->surfaces); i++)
    g_clear_pointer (&priv->surfaces[i], cairo_surface_destroy);
  G_OBJECT_CLASS (nudge_picture_parent_class)->dispose (object);
}

static void
nudge_picture_class_init (NudgePictureClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nudge_picture_dispose;
  widget_class->snapshot = nudge_picture_snapshot;
  widget_class->state_flags_changed = nudge_picture_state_flags_changed;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
nudge_picture_init (NudgePicture *self)
{
  AdwStyleManager *manager =
      adw_style_manager_get_for_display (gtk_widget_get_display (GTK_WIDGET (self)));
  GtkEventController *motion = gtk_event_controller_motion_new ();

  g_signal_connect_object (manager, "notify::dark", G_CALLBACK (nudge_picture_refresh),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (manager, "notify::high-contrast",
                           G_CALLBACK (nudge_picture_refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (nudge_colours_get (), "notify::pair",
                           G_CALLBACK (nudge_picture_refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_widget_get_settings (GTK_WIDGET (self)),
                           "notify::gtk-xft-dpi", G_CALLBACK (nudge_picture_refresh),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_swapped (motion, "enter", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (leave_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  watch_keys (self);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

/* nudge-loss-plot.c - the loss, live
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/nudge-loss-plot.h"

#include <glib/gi18n.h>
#include <math.h>

#include "ui/draw/nudge-loss-picture.h"
#include "ui/draw/nudge-number.h"

/* How far an arrow key, and Page Up or Down, moves the cursor. */
#define KEY_STEP 4.0
#define KEY_PAGE 40.0

enum {
  PROP_LOGARITHMIC = 1,
  N_PROPS,
};

struct _NudgeLossPlot {
  NudgePicture parent_instance;

  gboolean logarithmic;
  double cursor; /* placed by a key, from the left; below 0: nowhere */
};

G_DEFINE_FINAL_TYPE (NudgeLossPlot, nudge_loss_plot, NUDGE_TYPE_PICTURE)

static GParamSpec *props[N_PROPS];

static void
nudge_loss_plot_draw (NudgePicture *picture,
                      cairo_t *cr,
                      const NudgePalette *palette,
                      double width,
                      double height)
{
  NudgeLossPlot *self = NUDGE_LOSS_PLOT (picture);
  NnFrame *frame = nudge_picture_get_frame (picture);
  NudgeLossStyle style = { palette, self->logarithmic };
  double x;
  double y;

  nudge_draw_loss (cr, frame, &style, width, height);
  if (nudge_picture_get_pointer (picture, &x, &y))
    nudge_draw_loss_cursor (cr, frame, &style, width, height, x);
  else if (self->cursor >= 0)
    nudge_draw_loss_cursor (cr, frame, &style, width, height, MIN (self->cursor, width));
}

static char *
nudge_loss_plot_describe (NudgePicture *picture)
{
  const NnFrame *frame = nudge_picture_get_frame (picture);
  g_autofree char *loss = nudge_number_format (frame->loss, 3);
  g_autofree char *step = g_strdup_printf ("%" G_GUINT64_FORMAT, frame->step);
  g_autofree char *where = NULL;
  g_autofree char *nudges = NULL;

  /* Translators: "Loss 0.0183 at step 1204" */
  where = g_strdup_printf (_ ("Loss %s at step %s"), loss, step);
  if (frame->n_landings == 0)
    return g_steal_pointer (&where);
  nudges =
      g_strdup_printf (ngettext ("%lu nudge", "%lu nudges", (gulong) frame->n_landings),
                       (gulong) frame->n_landings);
  return g_strdup_printf ("%s, %s", where, nudges);
}

static gboolean
key_pressed_cb (NudgeLossPlot *self, guint key)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self));
  double from = self->cursor < 0 ? width : self->cursor;

  switch (key) {
  case GDK_KEY_Left:
    self->cursor = MAX (from - KEY_STEP, 0);
    break;
  case GDK_KEY_Right:
    self->cursor = MIN (from + KEY_STEP, width);
    break;
  case GDK_KEY_Page_Up:
    self->cursor = MAX (from - KEY_PAGE, 0);
    break;
  case GDK_KEY_Page_Down:
    self->cursor = MIN (from + KEY_PAGE, width);
    break;
  case GDK_KEY_Home:
    self->cursor = 0;
    break;
  case GDK_KEY_End:
    self->cursor = width;
    break;
  case GDK_KEY_Escape:
    if (self->cursor < 0)
      return GDK_EVENT_PROPAGATE;
    self->cursor = -1;
    break;
  default:
    return GDK_EVENT_PROPAGATE;
  }
  nudge_picture_refresh (NUDGE_PICTURE (self));
  return GDK_EVENT_STOP;
}

static void
focus_left_cb (NudgeLossPlot *self)
{
  self->cursor = -1;
  nudge_picture_refresh (NUDGE_PICTURE (self));
}

void
nudge_loss_plot_set_frame (NudgeLossPlot *self, NnFrame *frame)
{
  g_return_if_fail (NUDGE_IS_LOSS_PLOT (self));

  nudge_picture_set_frame (NUDGE_PICTURE (self), frame);
}

gboolean
nudge_loss_plot_get_logarithmic (NudgeLossPlot *self)
{
  g_return_val_if_fail (NUDGE_IS_LOSS_PLOT (self), FALSE);

  return self->logarithmic;
}

void
nudge_loss_plot_set_logarithmic (NudgeLossPlot *self, gboolean logarithmic)
{
  g_return_if_fail (NUDGE_IS_LOSS_PLOT (self));

  logarithmic = !!logarithmic;
  if (self->logarithmic == logarithmic)
    return;
  self->logarithmic = logarithmic;
  nudge_picture_refresh (NUDGE_PICTURE (self));
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LOGARITHMIC]);
}

static void
nudge_loss_plot_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  NudgeLossPlot *self = NUDGE_LOSS_PLOT (object);

  if (id == PROP_LOGARITHMIC)
    g_value_set_boolean (value, self->logarithmic);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
nudge_loss_plot_set_property (GObject *object,
                              guint id,
                              const GValue *value,
                              GParamSpec *pspec)
{
  NudgeLossPlot *self = NUDGE_LOSS_PLOT (object);

  if (id == PROP_LOGARITHMIC)
    nudge_loss_plot_set_logarithmic (self, g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
nudge_loss_plot_class_init (NudgeLossPlotClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  NudgePictureClass *picture_class = NUDGE_PICTURE_CLASS (klass);

  object_class->get_property = nudge_loss_plot_get_property;
  object_class->set_property = nudge_loss_plot_set_property;
  picture_class->draw = nudge_loss_plot_draw;
  picture_class->describe = nudge_loss_plot_describe;
  picture_class->shows_pointer = TRUE;
  props[PROP_LOGARITHMIC] = g_param_spec_boolean (
      "logarithmic", NULL, NULL, FALSE,
      G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "loss-plot");
}

static void
nudge_loss_plot_init (NudgeLossPlot *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->cursor = -1;
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (focus_left_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Loss plot"), -1);
}

GtkWidget *
nudge_loss_plot_new (void)
{
  return g_object_new (NUDGE_TYPE_LOSS_PLOT, NULL);
}

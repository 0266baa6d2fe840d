/* nudge-loss-plot.c - the loss, live
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/nudge-loss-plot.h"

#include <glib/gi18n.h>
#include <math.h>

#include "ui/draw/nudge-frame.h"
#include "ui/draw/nudge-loss-cursor.h"
#include "ui/draw/nudge-loss-picture.h"
#include "ui/nudge-context-menu.h"
#include "ui/text/nudge-number.h"
#include "ui/text/nudge-words.h"

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
  double cursor;      /* placed by a key, from the left; below 0: nowhere */
  gboolean keys_lead; /* what moved last is a key, not the pointer */
  double context;     /* the step that the menu is of */
  NnNudge *marked;    /* (owned) (nullable) whose diamond is set off */
  NnFrame *far; /* (owned) (nullable) the newest at the run's end: what lies ahead */
  NnLossPoint *other; /* (owned) (nullable) (n_other) as the style has it */
  gsize n_other;
};

static guint marked, go_to, why;

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
  NudgeLossStyle style = { palette, self->logarithmic, self->marked };
  double x;
  double y;

  style.other = self->other;
  style.n_other = self->n_other;
  if (self->far && frame->step < frame->end && self->far->step == frame->end)
    style.ahead = self->far->curve;
  nudge_draw_loss (cr, frame, &style, width, height);
  if (nudge_picture_get_pointer (picture, &x, &y) && !self->keys_lead)
    nudge_draw_loss_cursor (cr, frame, &style, width, height, x);
  else if (self->cursor >= 0)
    nudge_draw_loss_cursor (cr, frame, &style, width, height, MIN (self->cursor, width));
}

/* "Loss 0.0183 at step 1204, 2 nudges", and in full the one that is set off. */
static char *
nudge_loss_plot_describe (NudgePicture *picture)
{
  const NnFrame *frame = nudge_picture_get_frame (picture);
  g_autofree char *loss = nudge_number_format (nudge_frame_get_loss (frame), 3);
  g_autofree char *step = g_strdup_printf ("%" G_GUINT64_FORMAT, frame->step);
  g_autofree char *where = NULL;
  g_autofree char *nudges = NULL;
  g_autofree char *chosen = NULL;
  const NnLanding *landing =
      nudge_frame_find_landing (frame, NUDGE_LOSS_PLOT (picture)->marked);

  /* Translators: "Loss 0.0183 at step 1204" */
  where = g_strdup_printf (_ ("Loss %s at step %s"), loss, step);
  if (frame->n_landings == 0)
    return g_steal_pointer (&where);
  nudges =
      g_strdup_printf (ngettext ("%lu nudge", "%lu nudges", (gulong) frame->n_landings),
                       (gulong) frame->n_landings);
  if (!landing)
    return g_strdup_printf ("%s, %s", where, nudges);
  chosen = nudge_words_for_landing (landing);
  return g_strdup_printf ("%s. %s, %s", chosen, where, nudges);
}

static double
get_units_wide (NudgeLossPlot *self)
{
  return gtk_widget_get_width (GTK_WIDGET (self)) /
         nudge_picture_get_scale (NUDGE_PICTURE (self));
}

/**
 * nudge_loss_plot_set_marked:
 * @nudge: (nullable): whose diamond is set off, as long as it has one; no signal is
 *   emitted
 */
void
nudge_loss_plot_set_marked (NudgeLossPlot *self, NnNudge *nudge)
{
  g_return_if_fail (NUDGE_IS_LOSS_PLOT (self));

  if (self->marked == nudge)
    return;
  g_clear_pointer (&self->marked, nn_nudge_unref);
  if (nudge)
    self->marked = nn_nudge_ref (nudge);
  nudge_picture_describe_again (NUDGE_PICTURE (self));
}

/**
 * nudge_loss_plot_set_other:
 * @points: (array length=n) (nullable): copied: a part of the run as it would be otherwise,
 *   drawn behind it
 */
void
nudge_loss_plot_set_other (NudgeLossPlot *self, const NnLossPoint *points, gsize n)
{
  g_return_if_fail (NUDGE_IS_LOSS_PLOT (self));

  g_free (self->other);
  self->other = g_memdup2 (points, n * sizeof *points);
  self->n_other = n;
  nudge_picture_refresh (NUDGE_PICTURE (self));
}

static void
mark (NudgeLossPlot *self, NnNudge *nudge)
{
  if (self->marked == nudge)
    return;
  nudge_loss_plot_set_marked (self, nudge);
  g_signal_emit (self, marked, 0, nudge);
}

/* Where the loss is read now: at the cursor, else at the pointer, else at the end. */
static double
get_reading_x (NudgeLossPlot *self)
{
  double x, y;
  gboolean is_pointed = nudge_picture_get_pointer (NUDGE_PICTURE (self), &x, &y);

  if (self->cursor >= 0 && (self->keys_lead || !is_pointed))
    return self->cursor;
  return is_pointed ? x : get_units_wide (self);
}

/* The next nudge in that direction, from the set-off one or else from the cursor; at
 * the ends it stays. */
static void
mark_next (NudgeLossPlot *self, int direction)
{
  const NnFrame *frame = nudge_picture_get_frame (NUDGE_PICTURE (self));
  double width = get_units_wide (self);
  double from = get_reading_x (self);
  const NnLanding *landing = nudge_frame_find_landing (frame, self->marked);
  gssize i = landing ? landing - frame->landings + direction : -1;

  if (!frame || frame->n_landings == 0)
    return;
  if (!landing && direction < 0) {
    for (i = (gssize) frame->n_landings - 1; i > 0; i--)
      if (nudge_loss_get_landing_x (frame, width, &frame->landings[i]) <= from)
        break;
  } else if (!landing) {
    for (i = 0; i < (gssize) frame->n_landings - 1; i++)
      if (nudge_loss_get_landing_x (frame, width, &frame->landings[i]) >= from)
        break;
  }
  i = CLAMP (i, 0, (gssize) frame->n_landings - 1);
  self->cursor = nudge_loss_get_landing_x (frame, width, &frame->landings[i]);
  self->keys_lead = TRUE;
  mark (self, frame->landings[i].nudge);
}

static void
pressed_cb (NudgeLossPlot *self, int n, double x, double y)
{
  const NnFrame *frame = nudge_picture_get_frame (NUDGE_PICTURE (self));
  const NnLanding *landing;

  if (!frame)
    return;
  landing = nudge_loss_landing_at (frame, get_units_wide (self),
                                   x / nudge_picture_get_scale (NUDGE_PICTURE (self)));
  mark (self, landing ? landing->nudge : NULL);
}

static void ask_why_here (NudgeLossPlot *self);

static gboolean
key_pressed_cb (NudgeLossPlot *self, guint key, guint code, GdkModifierType state)
{
  double width = get_units_wide (self);
  double from = get_reading_x (self);

  if (state & GDK_CONTROL_MASK) {
    if (key != GDK_KEY_Left && key != GDK_KEY_Right)
      return GDK_EVENT_PROPAGATE;
    mark_next (self, key == GDK_KEY_Left ? -1 : 1);
    nudge_picture_refresh (NUDGE_PICTURE (self));
    return GDK_EVENT_STOP;
  }
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
  case GDK_KEY_w:
    ask_why_here (self);
    return GDK_EVENT_STOP;
  case GDK_KEY_Escape:
    if (self->cursor < 0 && !self->marked)
      return GDK_EVENT_PROPAGATE;
    self->cursor = -1;
    mark (self, NULL);
    break;
  default:
    return GDK_EVENT_PROPAGATE;
  }
  self->keys_lead = self->cursor >= 0;
  nudge_picture_refresh (NUDGE_PICTURE (self));
  return GDK_EVENT_STOP;
}

/* --- Its menu ----------------------------------------------------------------------- */

/* At the ends where the run has no further one. */
static double
get_step_at (NudgeLossPlot *self, const NnFrame *frame, double x)
{
  double left, right;

  nudge_loss_get_span (get_units_wide (self), &left, &right);
  return CLAMP (
      round ((x - left) / (right - left) * (double) nudge_loss_get_last_step (frame)), 0,
      (double) frame->end);
}

static const char *
choose_menu (GtkWidget *widget, double x, double y)
{
  NudgeLossPlot *self = NUDGE_LOSS_PLOT (widget);
  const NnFrame *frame = nudge_picture_get_frame (NUDGE_PICTURE (self));
  double scale = nudge_picture_get_scale (NUDGE_PICTURE (self));
  const NnLanding *landing;

  if (!frame)
    return NULL;
  x = x >= 0 ? x / scale : get_reading_x (self);
  landing = nudge_loss_landing_at (frame, get_units_wide (self), x);
  self->context = landing ? (double) landing->first : get_step_at (self, frame, x);
  gtk_widget_action_set_enabled (widget, "plot.go-to", frame->end > 0);
  gtk_widget_action_set_enabled (widget, "plot.why", frame->end > 0);
  return "plot";
}

static void
go_to_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_signal_emit (widget, go_to, 0, (guint64) NUDGE_LOSS_PLOT (widget)->context);
}

static void
why_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_signal_emit (widget, why, 0, (guint64) NUDGE_LOSS_PLOT (widget)->context);
}

/* Where the keys are: at the nudge that is set off, else where the loss is read. */
static void
ask_why_here (NudgeLossPlot *self)
{
  const NnFrame *frame = nudge_picture_get_frame (NUDGE_PICTURE (self));
  const NnLanding *landing = nudge_frame_find_landing (frame, self->marked);

  if (frame)
    g_signal_emit (self, why, 0,
                   landing ? landing->first
                           : (guint64) get_step_at (self, frame, get_reading_x (self)));
}

/**
 * nudge_loss_plot_get_anchor:
 * @at: (out): where @step is, in pixels: what is said of it may point there
 */
void
nudge_loss_plot_get_anchor (NudgeLossPlot *self, guint64 step, GdkRectangle *at)
{
  const NnFrame *frame = nudge_picture_get_frame (NUDGE_PICTURE (self));
  const double scale = nudge_picture_get_scale (NUDGE_PICTURE (self));
  double left, right, part;

  nudge_loss_get_span (get_units_wide (self), &left, &right);
  part = frame ? (double) step / (double) MAX (nudge_loss_get_last_step (frame), 1) : 0;
  *at =
      (GdkRectangle){ (int) (scale * (left + MIN (part, 1) * (right - left))), 0, 1, 1 };
}

static void
pointer_moved_cb (NudgeLossPlot *self)
{
  self->keys_lead = FALSE;
}

static void
focus_left_cb (NudgeLossPlot *self)
{
  self->cursor = -1;
  self->keys_lead = FALSE;
  nudge_picture_refresh (NUDGE_PICTURE (self));
}

/* A run that is looked at from the past still goes where it went. */
static void
keep_far (NudgeLossPlot *self, NnFrame *frame)
{
  if (frame && frame->step < frame->end)
    return;
  g_clear_pointer (&self->far, nn_frame_unref);
  if (frame)
    self->far = nn_frame_ref (frame);
}

void
nudge_loss_plot_set_frame (NudgeLossPlot *self, NnFrame *frame)
{
  g_return_if_fail (NUDGE_IS_LOSS_PLOT (self));

  keep_far (self, frame);
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
nudge_loss_plot_dispose (GObject *object)
{
  g_clear_pointer (&NUDGE_LOSS_PLOT (object)->marked, nn_nudge_unref);
  g_clear_pointer (&NUDGE_LOSS_PLOT (object)->far, nn_frame_unref);
  g_clear_pointer (&NUDGE_LOSS_PLOT (object)->other, g_free);
  G_OBJECT_CLASS (nudge_loss_plot_parent_class)->dispose (object);
}

static void
nudge_loss_plot_class_init (NudgeLossPlotClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  NudgePictureClass *picture_class = NUDGE_PICTURE_CLASS (klass);

  object_class->get_property = nudge_loss_plot_get_property;
  object_class->set_property = nudge_loss_plot_set_property;
  object_class->dispose = nudge_loss_plot_dispose;
  marked = g_signal_new ("marked", NUDGE_TYPE_LOSS_PLOT, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                         NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  go_to = g_signal_new ("go-to", NUDGE_TYPE_LOSS_PLOT, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                        NULL, G_TYPE_NONE, 1, G_TYPE_UINT64);
  why = g_signal_new ("why", NUDGE_TYPE_LOSS_PLOT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 1, G_TYPE_UINT64);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "plot.go-to", NULL,
                                   go_to_cb);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "plot.why", NULL, why_cb);
  picture_class->draw = nudge_loss_plot_draw;
  picture_class->describe = nudge_loss_plot_describe;
  picture_class->pointer_moved = nudge_picture_refresh;
  props[PROP_LOGARITHMIC] = g_param_spec_boolean (
      "logarithmic", NULL, NULL, FALSE,
      G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass),
                                            GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "loss-plot");
}

static void
nudge_loss_plot_init (NudgeLossPlot *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  self->cursor = -1;
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (pointer_moved_cb), self);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (focus_left_cb), self);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
  nudge_context_menu_add (GTK_WIDGET (self), choose_menu);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Loss plot"), -1);
}

GtkWidget *
nudge_loss_plot_new (void)
{
  return g_object_new (NUDGE_TYPE_LOSS_PLOT, NULL);
}

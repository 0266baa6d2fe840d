/* nudge-amount.c - the amount of a nudge: a slider, and the number beside it
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/cards/nudge-amount.h"

#include <glib/gi18n.h>
#include <math.h>

#include "nn/base/nn-error.h"
#include "ui/text/nudge-number.h"

/* The slider's finest difference is about this part of its range, its decades' for a
 * logarithmic one; what it gives are round numbers. */
#define SLIDER_STEPS  500.0
#define SLIDER_DIGITS 3

struct _NudgeAmount {
  GtkWidget parent_instance;

  GtkWidget *column; /* the only child: disposal finds it by this */
  GtkRange *scale;
  GtkAdjustment *adjustment; /* of the amount, or of its decimal logarithm */
  GtkEditable *entry;
  GtkLabel *message;

  float value;
  float least;
  float most;
  gboolean logarithmic;
  gboolean showing; /* the slider and the entry are being set, not by the user */

  float in_force; /* NAN: none */
  /* the amount in force was changed elsewhere: the slider has to meet it first */
  gboolean away;

  gboolean lands; /* when the handle is let go */
  gboolean dragging;
  float value_before;            /* the drag */
  gboolean away_before;          /* the same */
  GtkEventController *drag_keys; /* (owned) (nullable) on the root, while dragging */
};

enum {
  PREVIEW,
  SET,
  APPLY,
  CANCEL,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (NudgeAmount, nudge_amount, GTK_TYPE_WIDGET)

static double
position_of (NudgeAmount *self, float value)
{
  double within = CLAMP (value, self->least, self->most);

  return self->logarithmic ? log10 (within) : within;
}

static double
round_to (double value, double unit)
{
  /* A unit below 1 is not exact in binary but its inverse is; + 0.0 unsigns a zero. */
  return (unit < 1 ? round (value * round (1 / unit)) / round (1 / unit)
                   : round (value / unit) * unit) +
         0.0;
}

static float
value_at (NudgeAmount *self, double position)
{
  double span = (double) self->most - (double) self->least;
  double value = position;
  double unit = pow (10, floor (log10 (span / SLIDER_STEPS)));

  if (self->logarithmic) {
    value = pow (10, position);
    unit = pow (10, floor (position) - SLIDER_DIGITS + 1);
  }
  return CLAMP ((float) round_to (value, unit), self->least, self->most);
}

/* The line below: what is wrong with the typed text, or else the amount in force. */
static void
show_message (NudgeAmount *self, const char *wrong)
{
  g_autofree char *number = nudge_number_format_exact (self->in_force);
  /* Translators: %s is an amount, which a standing nudge has */
  g_autofree char *in_force = g_strdup_printf (_ ("In force: %s"), number);
  GtkWidget *message = GTK_WIDGET (self->message);
  GtkWidget *entry = GTK_WIDGET (self->entry);

  gtk_label_set_text (self->message, wrong ? wrong : self->away ? in_force : "");
  gtk_widget_set_visible (message, wrong || self->away);
  if (wrong) {
    gtk_widget_add_css_class (entry, "error");
    gtk_widget_add_css_class (message, "error");
  } else {
    gtk_widget_remove_css_class (entry, "error");
    gtk_widget_remove_css_class (message, "error");
  }
  gtk_accessible_update_state (
      GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_STATE_INVALID,
      wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

static void
set_away (NudgeAmount *self, gboolean away)
{
  if (self->away == away)
    return;
  self->away = away;
  if (away)
    gtk_widget_add_css_class (GTK_WIDGET (self), "away");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "away");
  show_message (self, NULL);
}

/* Whether a slider that moved from @before to @after has met the amount in force. */
static gboolean
meets (NudgeAmount *self, float before, float after)
{
  return MIN (before, after) <= self->in_force && self->in_force <= MAX (before, after);
}

static void
show_number (NudgeAmount *self)
{
  g_autofree char *text = nudge_number_format_exact (self->value);

  self->showing = TRUE;
  if (!g_str_equal (gtk_editable_get_text (self->entry), text)) {
    /* It was not typed, so the entry's undo must not take it back. */
    gtk_editable_set_enable_undo (self->entry, FALSE);
    gtk_editable_set_text (self->entry, text);
    gtk_editable_set_enable_undo (self->entry, TRUE);
  }
  self->showing = FALSE;
  show_message (self, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scale),
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, text, -1);
}

static void
show_value (NudgeAmount *self)
{
  self->showing = TRUE;
  gtk_adjustment_set_value (self->adjustment, position_of (self, self->value));
  self->showing = FALSE;
  show_number (self);
}

static void
end_drag (NudgeAmount *self)
{
  GtkWidget *root =
      self->drag_keys ? gtk_event_controller_get_widget (self->drag_keys) : NULL;

  self->dragging = FALSE;
  if (root)
    gtk_widget_remove_controller (root, self->drag_keys);
  g_clear_object (&self->drag_keys);
}

/* Ends a drag before the button is up: the slider's own gestures forget that it is held,
 * so that the handle stops moving. */
static void
break_off_drag (NudgeAmount *self)
{
  g_autoptr (GListModel) controllers = NULL;

  if (!self->dragging)
    return;
  end_drag (self);
  controllers = gtk_widget_observe_controllers (GTK_WIDGET (self->scale));
  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++) {
    g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

    if (GTK_IS_GESTURE (controller))
      gtk_event_controller_reset (controller);
  }
}

static void
abandon_drag (NudgeAmount *self)
{
  break_off_drag (self);
  self->value = self->value_before;
  set_away (self, self->away_before);
  show_value (self);
  g_signal_emit (self, signals[CANCEL], 0);
}

static gboolean
drag_key_pressed_cb (NudgeAmount *self, guint key)
{
  if (key != GDK_KEY_Escape)
    return GDK_EVENT_PROPAGATE;
  abandon_drag (self);
  return GDK_EVENT_STOP;
}

static void
begin_drag (NudgeAmount *self)
{
  self->dragging = TRUE;
  self->value_before = self->value;
  self->away_before = self->away;

  /* During a drag Escape is for the slider, wherever the focus is. */
  self->drag_keys = g_object_ref (gtk_event_controller_key_new ());
  gtk_event_controller_set_propagation_phase (self->drag_keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (self->drag_keys, "key-pressed",
                            G_CALLBACK (drag_key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self))),
                             self->drag_keys);
}

static void
finish_drag (NudgeAmount *self)
{
  gboolean moved = self->value != self->value_before;

  end_drag (self);
  if (!moved || self->away)
    g_signal_emit (self, signals[CANCEL], 0);
  else
    g_signal_emit (self, signals[self->lands ? APPLY : SET], 0);
}

/* GtkRange claims the button, so only a controller in the capture phase can tell a
 * drag from everything else that moves the slider. At the release the last motion has
 * moved it. */
static gboolean
scale_event_cb (NudgeAmount *self, GdkEvent *event)
{
  switch ((int) gdk_event_get_event_type (event)) {
  case GDK_BUTTON_PRESS:
  case GDK_TOUCH_BEGIN:
    if (!self->dragging)
      begin_drag (self);
    break;
  case GDK_BUTTON_RELEASE:
  case GDK_TOUCH_END:
    if (self->dragging)
      finish_drag (self);
    break;
  case GDK_TOUCH_CANCEL:
  case GDK_GRAB_BROKEN:
    if (self->dragging)
      abandon_drag (self);
    break;
  default:
    break;
  }
  return GDK_EVENT_PROPAGATE;
}

static void
slider_moved_cb (NudgeAmount *self)
{
  float before = self->value;

  if (self->showing)
    return;
  self->value = value_at (self, gtk_adjustment_get_value (self->adjustment));
  if (self->value == before)
    return;
  if (self->away && meets (self, before, self->value))
    set_away (self, FALSE);
  show_number (self);
  g_signal_emit (self, signals[self->dragging || self->away ? PREVIEW : SET], 0);
}

static gboolean
read_text (NudgeAmount *self, float *value, GError **error)
{
  const char *text = gtk_editable_get_text (self->entry);
  double number;

  if (!nudge_number_parse (text, (double) self->value, &number, error))
    return FALSE;
  if (!isfinite ((float) number)) {
    g_set_error (error, NN_ERROR, NN_ERROR_NOT_FINITE,
                 _ ("“%s” is too large: the largest amount is 3.4e38"), text);
    return FALSE;
  }
  *value = (float) number;
  return TRUE;
}

/**
 * nudge_amount_commit:
 *
 * Takes what is typed in the entry as the amount, as Enter does.
 *
 * Returns: %FALSE if it reads as no number; the entry says so and the amount stays
 */
gboolean
nudge_amount_commit (NudgeAmount *self)
{
  g_autofree char *shown = NULL;
  g_autoptr (GError) error = NULL;
  float before;

  g_return_val_if_fail (NUDGE_IS_AMOUNT (self), FALSE);

  shown = nudge_number_format_exact (self->value);
  if (g_str_equal (gtk_editable_get_text (self->entry), shown))
    return TRUE;
  before = self->value;
  if (!read_text (self, &self->value, &error)) {
    show_message (self, error->message);
    return FALSE;
  }
  set_away (self, FALSE);
  show_value (self);
  if (self->value != before)
    g_signal_emit (self, signals[SET], 0);
  return TRUE;
}

/* Enter confirms the number that is shown, so the slider sets it again. */
static void
activate_cb (NudgeAmount *self)
{
  gboolean was_away = self->away;
  float before = self->value;

  if (!nudge_amount_commit (self) || !was_away || self->value != before)
    return;
  set_away (self, FALSE);
  g_signal_emit (self, signals[SET], 0);
}

/* Assistive tools set a text without the focus, so they could not leave it either. */
static void
text_changed_cb (NudgeAmount *self)
{
  GtkWidget *entry = GTK_WIDGET (self->entry);
  gboolean typing = gtk_widget_get_state_flags (entry) & GTK_STATE_FLAG_FOCUS_WITHIN;

  if (self->showing)
    return;
  show_message (self, NULL);
  if (!typing && *gtk_editable_get_text (self->entry) != '\0')
    nudge_amount_commit (self);
}

static gboolean
entry_key_pressed_cb (NudgeAmount *self, guint key)
{
  g_autofree char *shown = nudge_number_format_exact (self->value);

  if (key != GDK_KEY_Escape || g_str_equal (gtk_editable_get_text (self->entry), shown))
    return GDK_EVENT_PROPAGATE;
  show_number (self);
  return GDK_EVENT_STOP;
}

static void
entry_focus_left_cb (NudgeAmount *self)
{
  if (!gtk_widget_in_destruction (GTK_WIDGET (self)))
    nudge_amount_commit (self);
}

/**
 * nudge_amount_set_name:
 * @name: what slider and entry are called to those who cannot see them
 */
void
nudge_amount_set_name (NudgeAmount *self, const char *name)
{
  g_return_if_fail (NUDGE_IS_AMOUNT (self));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scale),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/**
 * nudge_amount_set_range:
 * @question: of the curve above: the slider's ends and whether it is logarithmic
 *
 * The amount itself stays. A slider that is held stays so, unless the range is
 * another one.
 */
void
nudge_amount_set_range (NudgeAmount *self, const NnQuestion *question)
{
  double lower;
  double upper;

  g_return_if_fail (NUDGE_IS_AMOUNT (self));
  g_return_if_fail (question->least < question->most);
  g_return_if_fail (!question->logarithmic || question->least > 0);

  if (self->least == question->least && self->most == question->most &&
      self->logarithmic == question->logarithmic)
    return;
  break_off_drag (self);
  self->least = question->least;
  self->most = question->most;
  self->logarithmic = question->logarithmic;
  lower = position_of (self, self->least);
  upper = position_of (self, self->most);
  self->showing = TRUE;
  gtk_adjustment_configure (self->adjustment, position_of (self, self->value), lower,
                            upper, (upper - lower) / 100, (upper - lower) / 10, 0);
  self->showing = FALSE;
}

/**
 * nudge_amount_set_value:
 *
 * Shows @value without a signal; a drag that is under way is over.
 */
void
nudge_amount_set_value (NudgeAmount *self, float value)
{
  g_return_if_fail (NUDGE_IS_AMOUNT (self));
  g_return_if_fail (isfinite (value));

  break_off_drag (self);
  self->value = value;
  set_away (self, FALSE);
  show_value (self);
}

/**
 * nudge_amount_set_in_force:
 * @in_force: the amount that is at work; NAN: none is
 *
 * A value that the user has set, and that has arrived, changes nothing here. Any other
 * has come from elsewhere: the slider stays where it is, and what moves it only previews
 * until it has met @in_force or a number is typed.
 */
void
nudge_amount_set_in_force (NudgeAmount *self, float in_force)
{
  g_return_if_fail (NUDGE_IS_AMOUNT (self));

  if (self->in_force == in_force || (isnan (self->in_force) && isnan (in_force)))
    return;
  self->in_force = in_force;
  set_away (self, !isnan (in_force) && in_force != self->value);
  show_message (self, NULL);
}

/**
 * nudge_amount_set_lands:
 * @lands: whether an amount lands when the slider's handle is let go; %FALSE: it is set
 */
void
nudge_amount_set_lands (NudgeAmount *self, gboolean lands)
{
  g_return_if_fail (NUDGE_IS_AMOUNT (self));

  self->lands = lands;
}

/* Returns: (transfer none): for widgets that align with it */
GtkRange *
nudge_amount_get_slider (NudgeAmount *self)
{
  g_return_val_if_fail (NUDGE_IS_AMOUNT (self), NULL);

  return self->scale;
}

float
nudge_amount_get_value (NudgeAmount *self)
{
  g_return_val_if_fail (NUDGE_IS_AMOUNT (self), 0);

  return self->value;
}

static void
nudge_amount_unmap (GtkWidget *widget)
{
  NudgeAmount *self = NUDGE_AMOUNT (widget);

  if (self->dragging)
    abandon_drag (self);
  GTK_WIDGET_CLASS (nudge_amount_parent_class)->unmap (widget);
}

static void
nudge_amount_dispose (GObject *object)
{
  end_drag (NUDGE_AMOUNT (object));
  gtk_widget_dispose_template (GTK_WIDGET (object), NUDGE_TYPE_AMOUNT);
  G_OBJECT_CLASS (nudge_amount_parent_class)->dispose (object);
}

static void
nudge_amount_class_init (NudgeAmountClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nudge_amount_dispose;
  widget_class->unmap = nudge_amount_unmap;
  signals[PREVIEW] = g_signal_new ("preview", NUDGE_TYPE_AMOUNT, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CANCEL] = g_signal_new ("cancel", NUDGE_TYPE_AMOUNT, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
  signals[SET] = g_signal_new ("set", NUDGE_TYPE_AMOUNT, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                               NULL, G_TYPE_NONE, 0);
  signals[APPLY] = g_signal_new ("apply", NUDGE_TYPE_AMOUNT, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/nudgelab/Nudge/ui/nudge-amount.ui");
  gtk_widget_class_bind_template_child (widget_class, NudgeAmount, column);
  gtk_widget_class_bind_template_child (widget_class, NudgeAmount, scale);
  gtk_widget_class_bind_template_child (widget_class, NudgeAmount, adjustment);
  gtk_widget_class_bind_template_child (widget_class, NudgeAmount, entry);
  gtk_widget_class_bind_template_child (widget_class, NudgeAmount, message);
  gtk_widget_class_bind_template_callback (widget_class, slider_moved_cb);
  gtk_widget_class_bind_template_callback (widget_class, scale_event_cb);
  gtk_widget_class_bind_template_callback (widget_class, text_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, entry_key_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, entry_focus_left_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "amount");
}

static void
nudge_amount_init (NudgeAmount *self)
{
  self->most = 1;
  self->in_force = NAN;
  self->lands = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  show_value (self);
}

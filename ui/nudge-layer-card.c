/* nudge-layer-card.c - a layer's nudge: what, at what, how much, when
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/nudge-layer-card.h"

#include <glib/gi18n.h>
#include <math.h>

#include "ui/nudge-drop-down.h"
#include "ui/nudge-layer-card-private.h"

/* A preview that no hand is near enough to end goes away by itself. */
#define PREVIEW_SECONDS 4

enum {
  PROP_LAYER = 1,
  N_PROPS,
};

enum {
  APPLY,
  STANDING_CHANGED,
  QUESTION_CHANGED,
  PREVIEW_CHANGED,
  SAVE_FUNCTION,
  N_SIGNALS,
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (NudgeLayerCard, nudge_layer_card, GTK_TYPE_WIDGET)

static gboolean
repeats (NudgeLayerCard *self)
{
  return self->when.when != NN_WHEN_BY_HAND;
}

static void
set_css_class (gpointer widget, const char *name, gboolean set)
{
  if (set)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

static void
show_standing (NudgeLayerCard *self)
{
  set_css_class (self->repeat, "standing", repeats (self));
  set_css_class (self, "standing", repeats (self) || self->standing);
}

/* --- The nudge, from its pieces ---------------------------------------------------- */

/* The nudge that the card is about, at @when. */
static NnNudge *
make_nudge (NudgeLayerCard *self, const NudgeRepeat *when)
{
  g_autofree char *target = g_strconcat (self->layer, self->part, NULL);
  g_autoptr (GError) error = NULL;
  NnNudge *nudge = nn_nudge_make (
      &(NnNudgeSpec){
          .target = target,
          .expression = self->expression,
          .amount = self->uses_amount ? nudge_amount_get_value (self->amount) : 0,
          .when = when->when,
          .interval = when->interval,
          .before_backward = when->before_backward,
          .memory = (NnMemory) gtk_drop_down_get_selected (self->memory),
      },
      &error);

  /* Every part of it was a nudge's before, is the catalogue's, or has been checked. */
  if (!nudge)
    g_error ("%s: %s: %s", target, self->expression, error->message);
  return nudge;
}

static NnNudge *
make_nudge_by_hand (NudgeLayerCard *self)
{
  return make_nudge (self, &(NudgeRepeat){ NN_WHEN_BY_HAND, 1, FALSE });
}

/**
 * nudge_layer_card_dup_nudge:
 *
 * Returns: (transfer full): the nudge that the card shows, by hand while it does not repeat
 */
NnNudge *
nudge_layer_card_dup_nudge (NudgeLayerCard *self)
{
  g_return_val_if_fail (NUDGE_IS_LAYER_CARD (self), NULL);

  return make_nudge (self, &self->when);
}

/* For a function that has no range: around zero, with room for @amount. */
static NnFunction
make_function (const char *expression, float amount)
{
  float reach = MIN (2 * MAX (ABS (amount), 0.5f), G_MAXFLOAT);

  return (NnFunction){
    .expression = expression, .least = -reach, .most = reach, .usual = amount
  };
}

static NnFunction
get_range (NudgeLayerCard *self)
{
  const NnFunction *function = nudge_function_chooser_get (self->function);

  if (!function)
    function = nn_catalogue_find_expression (self->expression);
  return function && function->least < function->most
             ? *function
             : make_function (self->expression, nudge_amount_get_value (self->amount));
}

static void
show_amounts (NudgeLayerCard *self)
{
  double committed = repeats (self) ? (double) nudge_amount_get_in_force (self->amount)
                                    : (double) self->landed;

  nudge_sweep_view_set_amounts (
      self->sweep, self->uses_amount ? (double) nudge_amount_get_value (self->amount) : 0,
      committed);
}

/* --- What if ----------------------------------------------------------------------- */

static void
change_question (NudgeLayerCard *self)
{
  NnFunction range = get_range (self);

  nn_question_clear (&self->question);
  self->question = (NnQuestion){
    .nudge = make_nudge_by_hand (self),
    .least = self->uses_amount ? range.least : 0,
    .most = self->uses_amount ? range.most : 1,
    .logarithmic = self->uses_amount && range.logarithmic,
  };
  nudge_sweep_view_set_question (self->sweep, self->key, self->question.nudge);
  g_signal_emit (self, signals[QUESTION_CHANGED], 0);
}

static void
set_preview (NudgeLayerCard *self, NnNudge *nudge)
{
  g_clear_handle_id (&self->preview_end, g_source_remove);
  if (!nudge && !self->preview)
    return;
  g_clear_pointer (&self->preview, nn_nudge_unref);
  self->preview = nudge;
  nudge_sweep_view_set_preview (self->sweep, nudge);
  g_signal_emit (self, signals[PREVIEW_CHANGED], 0);
}

static void
end_preview (NudgeLayerCard *self)
{
  set_preview (self, NULL);
}

static gboolean
is_attended (NudgeLayerCard *self)
{
  return gtk_event_controller_focus_contains_focus (
             GTK_EVENT_CONTROLLER_FOCUS (self->focus)) ||
         gtk_event_controller_motion_contains_pointer (
             GTK_EVENT_CONTROLLER_MOTION (self->pointer));
}

static gboolean
preview_end_cb (gpointer data)
{
  NudgeLayerCard *self = data;

  self->preview_end = 0;
  if (!is_attended (self))
    end_preview (self);
  return G_SOURCE_REMOVE;
}

static void
show_preview (NudgeLayerCard *self)
{
  set_preview (self, make_nudge_by_hand (self));
  if (!is_attended (self))
    self->preview_end = g_timeout_add_seconds (PREVIEW_SECONDS, preview_end_cb, self);
}

/* A moment later: of two controllers that change hands, both have by then. */
static void
left_cb (NudgeLayerCard *self)
{
  if (self->preview && !self->preview_end)
    self->preview_end = g_idle_add_full (G_PRIORITY_DEFAULT, preview_end_cb, self, NULL);
}

static gboolean
key_pressed_cb (NudgeLayerCard *self, guint key)
{
  if (key != GDK_KEY_Escape || !self->preview)
    return GDK_EVENT_PROPAGATE;
  end_preview (self);
  return GDK_EVENT_STOP;
}

/* --- What a person does ------------------------------------------------------------ */

static void
emit_standing_changed (NudgeLayerCard *self)
{
  if (repeats (self))
    g_signal_emit (self, signals[STANDING_CHANGED], 0);
}

static void
show_function (NudgeLayerCard *self, float amount)
{
  const NnFunction *function = nudge_function_chooser_get (self->function);
  g_autoptr (NnExpression) expression = nn_expression_new (self->expression, NULL);
  NnFunction range;

  self->uses_amount = nn_expression_uses_amount (expression);
  gtk_widget_set_visible (self->own_box, function == NULL);
  if (!function)
    nudge_line_set_text (self->own_line, self->expression);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->function),
                               function ? _ (function->sentence) : NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->amount), self->uses_amount);
  nudge_sweep_view_set_slider (
      self->sweep, self->uses_amount ? nudge_amount_get_slider (self->amount) : NULL);
  nudge_amount_set_value (self->amount, amount);
  range = get_range (self);
  nudge_amount_set_range (self->amount, &range);
  self->landed = NAN;
  end_preview (self);
  show_amounts (self);
  change_question (self);
}

/**
 * nudge_layer_card_put_function:
 * @expression: of the function that the chooser has, or a person's own
 */
void
nudge_layer_card_put_function (NudgeLayerCard *self, const char *expression, float amount)
{
  g_autofree char *fresh = g_strdup (expression); /* it may be what we let go */
  gboolean same = g_strcmp0 (self->expression, fresh) == 0 &&
                  nudge_amount_get_value (self->amount) == amount;

  g_free (self->expression);
  self->expression = g_steal_pointer (&fresh);
  show_function (self, amount);
  if (!same)
    emit_standing_changed (self);
}

void
nudge_layer_card_put_part (NudgeLayerCard *self, const char *part)
{
  g_autofree char *fresh = g_strdup (part);

  if (g_strcmp0 (self->part, fresh) == 0)
    return;
  g_free (self->part);
  self->part = g_steal_pointer (&fresh);
  self->landed = NAN;
  end_preview (self);
  show_amounts (self);
  change_question (self);
  emit_standing_changed (self);
}

void
nudge_layer_card_put_when (NudgeLayerCard *self, const NudgeRepeat *when)
{
  self->when = *when;
  nudge_amount_set_in_force (self->amount, NAN);
  show_standing (self);
  show_amounts (self);
  g_signal_emit (self, signals[STANDING_CHANGED], 0);
}

/* Returns: (transfer full) (nullable): what is wrong */
char *
nudge_layer_card_save_function (NudgeLayerCard *self, const char *name)
{
  char *wrong = NULL;

  g_signal_emit (self, signals[SAVE_FUNCTION], 0, name, self->expression, &wrong);
  return wrong;
}

static void
amount_moved_cb (NudgeLayerCard *self)
{
  show_amounts (self);
  show_preview (self);
}

static void
amount_changed_cb (NudgeLayerCard *self)
{
  amount_moved_cb (self);
  emit_standing_changed (self);
}

static void
apply (NudgeLayerCard *self)
{
  end_preview (self);
  self->landed = nudge_amount_get_value (self->amount);
  show_amounts (self);
  g_signal_emit (self, signals[APPLY], 0);
}

/* One thing is done by a drag, and undone as one: a nudge that repeats has another amount
 * from here on, and lands when it is due. */
static void
amount_landed_cb (NudgeLayerCard *self)
{
  if (!repeats (self)) {
    apply (self);
    return;
  }
  end_preview (self);
  show_amounts (self);
  emit_standing_changed (self);
}

static void
amount_let_go_cb (NudgeLayerCard *self)
{
  show_amounts (self);
  end_preview (self);
}

/* Nothing lands that the card does not show: what is typed counts, unless it is wrong. */
static void
apply_clicked_cb (NudgeLayerCard *self)
{
  if (gtk_widget_get_visible (GTK_WIDGET (self->target_line)) &&
      !nudge_line_commit (self->target_line))
    return;
  if (gtk_widget_get_visible (self->own_box) && !nudge_line_commit (self->own_line))
    return;
  if (!self->uses_amount || nudge_amount_commit (self->amount))
    apply (self);
}

static void
on_release_cb (NudgeLayerCard *self)
{
  nudge_amount_set_lands (self->amount,
                          gtk_switch_get_active (GTK_SWITCH (self->on_release)));
}

static void
memory_selected_cb (NudgeLayerCard *self)
{
  if (!self->showing)
    emit_standing_changed (self);
}

/* --- What others tell -------------------------------------------------------------- */

const char *
nudge_layer_card_get_layer (NudgeLayerCard *self)
{
  g_return_val_if_fail (NUDGE_IS_LAYER_CARD (self), NULL);

  return self->layer;
}

/**
 * nudge_layer_card_set_nudge:
 * @nudge: for this card's layer
 *
 * Shows the function, the amount and the repetition of @nudge; only the question may be
 * another one.
 */
void
nudge_layer_card_set_nudge (NudgeLayerCard *self, NnNudge *nudge)
{
  g_autofree char *target = NULL;

  g_return_if_fail (NUDGE_IS_LAYER_CARD (self));
  g_return_if_fail (nudge != NULL);
  g_return_if_fail (g_str_equal (nudge->target.layer, self->layer));

  target = nn_target_dup_text (&nudge->target);
  g_free (self->part);
  self->part = g_strdup (target + strlen (self->layer));
  g_free (self->expression);
  self->expression = g_strdup (nn_expression_get_text (nudge->expression));
  self->when = (NudgeRepeat){ nudge->when, nudge->interval, nudge->before_backward };
  g_clear_pointer (&self->back, g_free);
  self->showing = TRUE;
  gtk_drop_down_set_selected (self->memory, nudge->memory);
  nudge_function_chooser_select (self->function, self->expression);
  self->showing = FALSE;
  if (!nudge_function_chooser_get (self->function)) {
    g_free (self->own);
    self->own = g_strdup (self->expression);
  }
  nudge_layer_card_show_choices (self);
  show_function (self, nudge->amount);
  show_standing (self);
}

/* Whether the card shows @nudge, its amount aside. */
static gboolean
shows (NudgeLayerCard *self, NnNudge *nudge)
{
  g_autofree char *target = nn_target_dup_text (&nudge->target);
  g_autofree char *shown = g_strconcat (self->layer, self->part, NULL);

  return g_str_equal (target, shown) &&
         g_str_equal (nn_expression_get_text (nudge->expression), self->expression) &&
         nudge->when == self->when.when && nudge->interval == self->when.interval &&
         nudge->before_backward == self->when.before_backward &&
         nudge->memory == (NnMemory) gtk_drop_down_get_selected (self->memory);
}

/**
 * nudge_layer_card_set_standing_nudge:
 * @nudge: (nullable): what of this card is at work, once all that the card said has
 *   arrived; %NULL: nothing
 */
void
nudge_layer_card_set_standing_nudge (NudgeLayerCard *self, NnNudge *nudge)
{
  g_return_if_fail (NUDGE_IS_LAYER_CARD (self));

  if (nudge && !shows (self, nudge))
    nudge_layer_card_set_nudge (self, nudge);
  if (!nudge && repeats (self)) {
    self->when = (NudgeRepeat){ NN_WHEN_BY_HAND, 1, FALSE };
    nudge_layer_card_show_choices (self);
    show_standing (self);
  }
  nudge_amount_set_in_force (self->amount, nudge ? nudge->amount : NAN);
  show_amounts (self);
}

/**
 * nudge_layer_card_set_target:
 * @target: of this card's layer, "fc1.weight[2]"
 *
 * Aims there, as if a person had chosen it.
 */
gboolean
nudge_layer_card_set_target (NudgeLayerCard *self, const char *text, GError **error)
{
  NnTarget target;
  const char *at = text;
  g_autofree char *plain = NULL;

  g_return_val_if_fail (NUDGE_IS_LAYER_CARD (self), FALSE);
  if (!nn_target_parse (&target, text, &at, error))
    return FALSE;
  plain = nn_target_dup_text (&target);
  g_return_val_if_fail (g_str_equal (target.layer, self->layer), FALSE);
  nn_target_clear (&target);
  nudge_layer_card_put_part (self, plain + strlen (self->layer));
  nudge_layer_card_show_choices (self);
  return TRUE;
}

/**
 * nudge_layer_card_get_preview:
 *
 * Returns: (transfer none) (nullable): the nudge to be shown, but not applied
 */
NnNudge *
nudge_layer_card_get_preview (NudgeLayerCard *self)
{
  g_return_val_if_fail (NUDGE_IS_LAYER_CARD (self), NULL);

  return self->preview;
}

/**
 * nudge_layer_card_dup_question:
 * @question: (out): what the curve above the slider is of
 */
void
nudge_layer_card_dup_question (NudgeLayerCard *self, NnQuestion *question)
{
  g_return_if_fail (NUDGE_IS_LAYER_CARD (self));

  nn_question_copy (question, &self->question);
}

/**
 * nudge_layer_card_set_key:
 * @key: of its answers among all in a frame
 */
void
nudge_layer_card_set_key (NudgeLayerCard *self, guint key)
{
  g_return_if_fail (NUDGE_IS_LAYER_CARD (self));

  self->key = key;
  nudge_sweep_view_set_question (self->sweep, key, self->question.nudge);
}

/**
 * nudge_layer_card_set_functions:
 * @functions: (n): copied; those that a person saved
 */
void
nudge_layer_card_set_functions (NudgeLayerCard *self,
                                const NnFunction *functions,
                                gsize n)
{
  g_return_if_fail (NUDGE_IS_LAYER_CARD (self));

  self->showing = TRUE;
  nudge_function_chooser_set_saved (self->function, functions, n);
  nudge_function_chooser_select (self->function, self->expression);
  self->showing = FALSE;
  gtk_widget_set_visible (self->own_box,
                          nudge_function_chooser_get (self->function) == NULL);
}

/**
 * nudge_layer_card_set_standing:
 * @standing: whether a nudge of this layer has just landed
 *
 * Gives the card the border of a nudged layer, which it has anyway while it repeats.
 */
void
nudge_layer_card_set_standing (NudgeLayerCard *self, gboolean standing)
{
  g_return_if_fail (NUDGE_IS_LAYER_CARD (self));

  self->standing = standing;
  show_standing (self);
}

/**
 * nudge_layer_card_forget_landing:
 *
 * The nudge that the card has applied is undone, or was refused: its amount is not marked
 * any more.
 */
void
nudge_layer_card_forget_landing (NudgeLayerCard *self)
{
  g_return_if_fail (NUDGE_IS_LAYER_CARD (self));

  self->landed = NAN;
  show_amounts (self);
}

/**
 * nudge_layer_card_set_pending:
 * @pending: whether a nudge of this card waits for a gradient-free section
 */
void
nudge_layer_card_set_pending (NudgeLayerCard *self, gboolean pending)
{
  g_return_if_fail (NUDGE_IS_LAYER_CARD (self));

  gtk_widget_set_visible (self->pending, pending);
}

/**
 * nudge_layer_card_set_frame:
 * @frame: the newest: its answers and its preview are shown
 */
void
nudge_layer_card_set_frame (NudgeLayerCard *self, NnFrame *frame)
{
  g_return_if_fail (NUDGE_IS_LAYER_CARD (self));

  if (!self->network)
    self->network = nn_architecture_ref (frame->architecture);
  self->step = frame->step;
  nudge_sweep_view_set_frame (self->sweep, frame);
}

/* --- Life -------------------------------------------------------------------------- */

G_GNUC_PRINTF (2, 3)
static void
name_widget (gpointer widget, const char *format, ...)
{
  g_autofree char *name = NULL;
  va_list arguments;

  va_start (arguments, format);
  name = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  if (GTK_IS_DROP_DOWN (widget))
    nudge_drop_down_set_name (widget, name);
  else if (NUDGE_IS_AMOUNT (widget))
    nudge_amount_set_name (widget, name);
  else if (NUDGE_IS_LINE (widget))
    nudge_line_set_name (widget, name);
  else
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget),
                                    GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
set_names (NudgeLayerCard *self)
{
  gboolean all = g_str_equal (self->layer, "*");
  const char *layer = all ? _ ("all layers") : self->layer;

  gtk_label_set_text (self->name, all ? _ ("All layers") : layer);
  nudge_label_set_tooltip_where_cut (GTK_WIDGET (self->name));
  name_widget (self, "%s", layer);
  name_widget (self->function, _ ("Function for %s"), layer);
  name_widget (self->own_line, _ ("Expression for %s"), layer);
  name_widget (self->save, _ ("Save the function for %s"), layer);
  name_widget (self->target, _ ("Target for %s"), layer);
  name_widget (self->target_line, _ ("Part of %s"), layer);
  name_widget (self->sweep, _ ("Loss along the amount for %s"), layer);
  name_widget (self->amount, _ ("Amount for %s"), layer);
  name_widget (self->apply, _ ("Apply to %s"), layer);
  name_widget (self->repeat, _ ("Repeat %s"), layer);
  name_widget (self->count_line, _ ("Number of steps for %s"), layer);
  name_widget (self->more, _ ("More for %s"), layer);
  name_widget (self->on_release, _ ("On release for %s"), layer);
  name_widget (self->before_backward, _ ("Before backward for %s"), layer);
  name_widget (self->memory, _ ("Optimizer memory for %s"), layer);
}

static void
nudge_layer_card_constructed (GObject *object)
{
  NudgeLayerCard *self = NUDGE_LAYER_CARD (object);
  const NnFunction *first = nn_catalogue_get (NULL);

  G_OBJECT_CLASS (nudge_layer_card_parent_class)->constructed (object);
  g_return_if_fail (self->layer != NULL);

  self->expression = g_strdup (first->expression);
  nudge_layer_card_set_up_choices (self);
  set_names (self);
  nudge_layer_card_show_choices (self);
  show_function (self, first->usual);
}

static void
nudge_layer_card_get_property (GObject *object,
                               guint id,
                               GValue *value,
                               GParamSpec *pspec)
{
  NudgeLayerCard *self = NUDGE_LAYER_CARD (object);

  if (id == PROP_LAYER)
    g_value_set_string (value, self->layer);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
nudge_layer_card_set_property (GObject *object,
                               guint id,
                               const GValue *value,
                               GParamSpec *pspec)
{
  NudgeLayerCard *self = NUDGE_LAYER_CARD (object);

  if (id == PROP_LAYER)
    self->layer = g_value_dup_string (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
nudge_layer_card_unmap (GtkWidget *widget)
{
  end_preview (NUDGE_LAYER_CARD (widget));
  GTK_WIDGET_CLASS (nudge_layer_card_parent_class)->unmap (widget);
}

static void
nudge_layer_card_dispose (GObject *object)
{
  NudgeLayerCard *self = NUDGE_LAYER_CARD (object);

  g_clear_handle_id (&self->preview_end, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (object), NUDGE_TYPE_LAYER_CARD);
  G_OBJECT_CLASS (nudge_layer_card_parent_class)->dispose (object);
}

static void
nudge_layer_card_finalize (GObject *object)
{
  NudgeLayerCard *self = NUDGE_LAYER_CARD (object);

  g_free (self->layer);
  g_free (self->part);
  g_free (self->expression);
  g_free (self->own);
  g_free (self->back);
  g_clear_pointer (&self->network, nn_architecture_unref);
  g_clear_pointer (&self->preview, nn_nudge_unref);
  nn_question_clear (&self->question);
  G_OBJECT_CLASS (nudge_layer_card_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (NUDGE_TYPE_AMOUNT);
  g_type_ensure (NUDGE_TYPE_LINE);
  g_type_ensure (NUDGE_TYPE_SWEEP_VIEW);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/nudgelab/Nudge/ui/nudge-layer-card.ui");
#define BIND(child)                                                                      \
  gtk_widget_class_bind_template_child (widget_class, NudgeLayerCard, child)
  BIND (column);
  BIND (name);
  BIND (target);
  BIND (target_line);
  BIND (function);
  BIND (own_box);
  BIND (own_line);
  BIND (save);
  BIND (save_popover);
  BIND (save_entry);
  BIND (save_message);
  BIND (sweep);
  BIND (pending);
  BIND (amount);
  BIND (apply);
  BIND (repeat);
  BIND (count_line);
  BIND (more);
  BIND (on_release);
  BIND (before_backward);
  BIND (memory);
#undef BIND
  gtk_widget_class_bind_template_callback (widget_class, amount_moved_cb);
  gtk_widget_class_bind_template_callback (widget_class, amount_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, amount_landed_cb);
  gtk_widget_class_bind_template_callback (widget_class, amount_let_go_cb);
  gtk_widget_class_bind_template_callback (widget_class, apply_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_release_cb);
  gtk_widget_class_bind_template_callback (widget_class, memory_selected_cb);
  nudge_layer_card_bind_choices (widget_class);
}

static void
add_signals (void)
{
  signals[APPLY] = g_signal_new ("apply", NUDGE_TYPE_LAYER_CARD, G_SIGNAL_RUN_LAST, 0,
                                 NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[STANDING_CHANGED] =
      g_signal_new ("standing-changed", NUDGE_TYPE_LAYER_CARD, G_SIGNAL_RUN_LAST, 0, NULL,
                    NULL, NULL, G_TYPE_NONE, 0);
  signals[QUESTION_CHANGED] =
      g_signal_new ("question-changed", NUDGE_TYPE_LAYER_CARD, G_SIGNAL_RUN_LAST, 0, NULL,
                    NULL, NULL, G_TYPE_NONE, 0);
  signals[PREVIEW_CHANGED] =
      g_signal_new ("preview-changed", NUDGE_TYPE_LAYER_CARD, G_SIGNAL_RUN_LAST, 0, NULL,
                    NULL, NULL, G_TYPE_NONE, 0);
  signals[SAVE_FUNCTION] =
      g_signal_new ("save-function", NUDGE_TYPE_LAYER_CARD, G_SIGNAL_RUN_LAST, 0, NULL,
                    NULL, NULL, G_TYPE_STRING, 2, G_TYPE_STRING, G_TYPE_STRING);
}

static void
nudge_layer_card_class_init (NudgeLayerCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = nudge_layer_card_constructed;
  object_class->get_property = nudge_layer_card_get_property;
  object_class->set_property = nudge_layer_card_set_property;
  object_class->dispose = nudge_layer_card_dispose;
  object_class->finalize = nudge_layer_card_finalize;
  widget_class->unmap = nudge_layer_card_unmap;
  props[PROP_LAYER] = g_param_spec_string ("layer", NULL, NULL, NULL,
                                           G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY |
                                               G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  add_signals ();
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "layer-card");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  bind_template (widget_class);
}

static void
nudge_layer_card_init (NudgeLayerCard *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->part = g_strdup (".weight");
  self->when = (NudgeRepeat){ NN_WHEN_BY_HAND, 1, FALSE };
  self->landed = NAN;
  self->focus = gtk_event_controller_focus_new ();
  self->pointer = gtk_event_controller_motion_new ();
  self->showing = TRUE; /* until all there is to choose is there */
  gtk_widget_init_template (GTK_WIDGET (self));
  self->showing = FALSE;

  g_signal_connect_swapped (self->focus, "leave", G_CALLBACK (left_cb), self);
  g_signal_connect_swapped (self->pointer, "leave", G_CALLBACK (left_cb), self);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), self->focus);
  gtk_widget_add_controller (GTK_WIDGET (self), self->pointer);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

/**
 * nudge_layer_card_new:
 * @layer: its name, "fc1"; "*" for all layers
 *
 * Shows the catalogue's first function with its usual amount, not repeating.
 */
GtkWidget *
nudge_layer_card_new (const char *layer)
{
  g_return_val_if_fail (layer != NULL, NULL);

  return g_object_new (NUDGE_TYPE_LAYER_CARD, "layer", layer, NULL);
}

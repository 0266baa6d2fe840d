/* nudge-layer-card.c - one layer's nudge: a function, an amount, once or again and again
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/nudge-layer-card.h"

#include <glib/gi18n.h>

#include "nn/nudge/nn-catalogue.h"
#include "ui/nudge-amount.h"
#include "ui/nudge-choosers.h"

struct _NudgeLayerCard {
  GtkWidget parent_instance;

  GtkWidget *column; /* the only child: disposal finds it by this */
  GtkLabel *name;
  GtkLabel *part_label;
  GtkDropDown *function;
  NudgeAmount *amount;
  GtkWidget *apply;
  GtkDropDown *repeat;

  char *layer;
  NnPart part;
  gboolean standing;
  gboolean showing; /* the choosers are being told, nobody chose */
};

enum {
  PROP_LAYER = 1,
  N_PROPS,
};

enum {
  APPLY,
  STANDING_CHANGED,
  N_SIGNALS,
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (NudgeLayerCard, nudge_layer_card, GTK_TYPE_WIDGET)

static gboolean
repeats (NudgeLayerCard *self)
{
  return nudge_repeat_chooser_get (self->repeat).when != NN_WHEN_BY_HAND;
}

static void
show_standing (NudgeLayerCard *self)
{
  if (repeats (self))
    gtk_widget_add_css_class (GTK_WIDGET (self->repeat), "standing");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->repeat), "standing");
  if (repeats (self) || self->standing)
    gtk_widget_add_css_class (GTK_WIDGET (self), "standing");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "standing");
}

static void
show_part (NudgeLayerCard *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->part_label), self->part != NN_PART_WEIGHT);
  gtk_label_set_text (self->part_label,
                      self->part == NN_PART_BIAS ? _ ("bias") : _ ("weight and bias"));
}

/* For a function that is not in the catalogue: around zero, with room for @amount. */
static NnFunction
make_function (const char *expression, float amount)
{
  float reach = MIN (2 * MAX (ABS (amount), 0.5f), G_MAXFLOAT);

  return (NnFunction){
    .expression = expression, .least = -reach, .most = reach, .usual = amount
  };
}

static void
show_function (NudgeLayerCard *self, float amount)
{
  const char *text = nudge_function_chooser_get (self->function);
  const NnFunction *function = nn_catalogue_find_expression (text);
  NnFunction own = make_function (text, amount);
  g_autoptr (NnExpression) expression = nn_expression_new (text, NULL);

  gtk_widget_set_tooltip_text (GTK_WIDGET (self->function),
                               function ? _ (function->sentence) : NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->amount),
                            nn_expression_uses_amount (expression));
  nudge_amount_set_range (self->amount, function ? function : &own);
}

static void
emit_standing_changed (NudgeLayerCard *self)
{
  if (repeats (self))
    g_signal_emit (self, signals[STANDING_CHANGED], 0);
}

static void
function_selected_cb (NudgeLayerCard *self)
{
  const NnFunction *function;
  float amount;

  if (self->showing)
    return;
  function = nn_catalogue_find_expression (nudge_function_chooser_get (self->function));
  amount = function ? function->usual : nudge_amount_get_value (self->amount);
  show_function (self, amount);
  nudge_amount_set_value (self->amount, amount);
  emit_standing_changed (self);
}

static void
repeat_selected_cb (NudgeLayerCard *self)
{
  if (self->showing)
    return;
  show_standing (self);
  g_signal_emit (self, signals[STANDING_CHANGED], 0);
}

static void
amount_landed_cb (NudgeLayerCard *self)
{
  emit_standing_changed (self);
  g_signal_emit (self, signals[APPLY], 0);
}

/* Nothing lands that the card does not show: what is typed counts, unless it is no number. */
static void
apply_clicked_cb (NudgeLayerCard *self)
{
  if (nudge_amount_commit (self->amount))
    g_signal_emit (self, signals[APPLY], 0);
}

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
 * Shows the function, the amount and the repetition of @nudge. No signal is emitted.
 */
void
nudge_layer_card_set_nudge (NudgeLayerCard *self, NnNudge *nudge)
{
  g_return_if_fail (NUDGE_IS_LAYER_CARD (self));
  g_return_if_fail (nudge != NULL);

  const NudgeRepeat repeat = { nudge->when, nudge->interval, nudge->before_backward };

  self->showing = TRUE;
  self->part = nudge->target.part;
  nudge_function_chooser_set (self->function, nn_expression_get_text (nudge->expression));
  nudge_repeat_chooser_set (self->repeat, &repeat);
  self->showing = FALSE;
  show_part (self);
  show_function (self, nudge->amount);
  nudge_amount_set_value (self->amount, nudge->amount);
  show_standing (self);
}

/**
 * nudge_layer_card_dup_nudge:
 *
 * Returns: (transfer full): the nudge that the card shows, by hand while it does not repeat
 */
NnNudge *
nudge_layer_card_dup_nudge (NudgeLayerCard *self)
{
  g_autofree char *target = NULL;
  g_autoptr (NnExpression) expression = NULL;
  g_autoptr (GError) error = NULL;
  const char *text;
  NnNudge *nudge;
  NudgeRepeat repeat;
  float amount;

  g_return_val_if_fail (NUDGE_IS_LAYER_CARD (self), NULL);

  text = nudge_function_chooser_get (self->function);
  expression = nn_expression_new (text, NULL);
  amount =
      nn_expression_uses_amount (expression) ? nudge_amount_get_value (self->amount) : 0;
  repeat = nudge_repeat_chooser_get (self->repeat);
  target = g_strconcat (self->layer,
                        self->part == NN_PART_WEIGHT ? ".weight"
                        : self->part == NN_PART_BIAS ? ".bias"
                                                     : "",
                        NULL);
  nudge = nn_nudge_make (
      &(NnNudgeSpec){
          .target = target,
          .expression = text,
          .amount = amount,
          .when = repeat.when,
          .interval = repeat.interval,
          .before_backward = repeat.before_backward,
      },
      &error);

  /* Every part of it was a nudge's before, or is the catalogue's. */
  if (!nudge)
    g_error ("%s: %s", target, error->message);
  return nudge;
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

static void
set_names (NudgeLayerCard *self)
{
  gboolean all = g_str_equal (self->layer, "*");
  const char *layer = all ? _ ("all layers") : self->layer;
  g_autofree char *function = g_strdup_printf (_ ("Function for %s"), layer);
  g_autofree char *amount = g_strdup_printf (_ ("Amount for %s"), layer);
  g_autofree char *apply = g_strdup_printf (_ ("Apply to %s"), layer);
  g_autofree char *repeat = g_strdup_printf (_ ("Repeat %s"), layer);

  gtk_label_set_text (self->name, all ? _ ("All layers") : layer);
  nudge_label_set_tooltip_where_cut (GTK_WIDGET (self->name));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  layer, -1);
  nudge_drop_down_set_name (self->function, function);
  nudge_amount_set_name (self->amount, amount);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->apply),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, apply, -1);
  nudge_drop_down_set_name (self->repeat, repeat);
}

static void
nudge_layer_card_constructed (GObject *object)
{
  NudgeLayerCard *self = NUDGE_LAYER_CARD (object);
  const NnFunction *first = nn_catalogue_get (NULL);

  G_OBJECT_CLASS (nudge_layer_card_parent_class)->constructed (object);
  g_return_if_fail (self->layer != NULL);

  self->showing = TRUE;
  nudge_function_chooser_set_up (self->function);
  nudge_repeat_chooser_set_up (self->repeat);
  self->showing = FALSE;
  set_names (self);
  show_part (self);
  show_function (self, first->usual);
  nudge_amount_set_value (self->amount, first->usual);
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
nudge_layer_card_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), NUDGE_TYPE_LAYER_CARD);
  G_OBJECT_CLASS (nudge_layer_card_parent_class)->dispose (object);
}

static void
nudge_layer_card_finalize (GObject *object)
{
  g_free (NUDGE_LAYER_CARD (object)->layer);
  G_OBJECT_CLASS (nudge_layer_card_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (NUDGE_TYPE_AMOUNT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/nudgelab/Nudge/ui/nudge-layer-card.ui");
  gtk_widget_class_bind_template_child (widget_class, NudgeLayerCard, column);
  gtk_widget_class_bind_template_child (widget_class, NudgeLayerCard, name);
  gtk_widget_class_bind_template_child (widget_class, NudgeLayerCard, part_label);
  gtk_widget_class_bind_template_child (widget_class, NudgeLayerCard, function);
  gtk_widget_class_bind_template_child (widget_class, NudgeLayerCard, amount);
  gtk_widget_class_bind_template_child (widget_class, NudgeLayerCard, apply);
  gtk_widget_class_bind_template_child (widget_class, NudgeLayerCard, repeat);
  gtk_widget_class_bind_template_callback (widget_class, function_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, emit_standing_changed);
  gtk_widget_class_bind_template_callback (widget_class, amount_landed_cb);
  gtk_widget_class_bind_template_callback (widget_class, apply_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, repeat_selected_cb);
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
  props[PROP_LAYER] = g_param_spec_string ("layer", NULL, NULL, NULL,
                                           G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY |
                                               G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[APPLY] = g_signal_new ("apply", NUDGE_TYPE_LAYER_CARD, G_SIGNAL_RUN_LAST, 0,
                                 NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[STANDING_CHANGED] =
      g_signal_new ("standing-changed", NUDGE_TYPE_LAYER_CARD, G_SIGNAL_RUN_LAST, 0, NULL,
                    NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "layer-card");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  bind_template (widget_class);
}

static void
nudge_layer_card_init (NudgeLayerCard *self)
{
  self->part = NN_PART_WEIGHT;
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * nudge_layer_card_new:
 * @layer: its name, "fc1"
 *
 * Shows the catalogue's first function with its usual amount, not repeating.
 */
GtkWidget *
nudge_layer_card_new (const char *layer)
{
  g_return_val_if_fail (layer != NULL, NULL);

  return g_object_new (NUDGE_TYPE_LAYER_CARD, "layer", layer, NULL);
}

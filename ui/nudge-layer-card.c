/* nudge-layer-card.c - a layer's nudge: what, at what, how much, when
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/nudge-layer-card.h"

#include <glib/gi18n.h>
#include <math.h>

#include "ui/nudge-drop-down.h"
#include "ui/nudge-layer-card-private.h"

enum {
  PROP_LAYER = 1,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];
guint nudge_layer_card_signals[NUDGE_LAYER_CARD_N_SIGNALS];

G_DEFINE_FINAL_TYPE (NudgeLayerCard, nudge_layer_card, GTK_TYPE_WIDGET)

static void
set_css_class (gpointer widget, const char *name, gboolean set)
{
  if (set)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

void
nudge_layer_card_show_standing (NudgeLayerCard *self)
{
  set_css_class (self->repeat, "standing", nudge_layer_card_repeats (self));
  set_css_class (self, "standing", nudge_layer_card_repeats (self) || self->standing);
}

/* --- What others tell -------------------------------------------------------------- */

const char *
nudge_layer_card_get_layer (NudgeLayerCard *self)
{
  g_return_val_if_fail (NUDGE_IS_LAYER_CARD (self), NULL);

  return self->layer;
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
  nudge_layer_card_show_standing (self);
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
  nudge_layer_card_show_function (self, first->usual);
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
  nudge_layer_card_end_preview (NUDGE_LAYER_CARD (widget));
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
  nudge_layer_card_bind_hand (widget_class);
  nudge_layer_card_bind_choices (widget_class);
}

static void
add_signals (void)
{
  nudge_layer_card_signals[NUDGE_LAYER_CARD_APPLY] =
      g_signal_new ("apply", NUDGE_TYPE_LAYER_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 0);
  nudge_layer_card_signals[NUDGE_LAYER_CARD_STANDING_CHANGED] =
      g_signal_new ("standing-changed", NUDGE_TYPE_LAYER_CARD, G_SIGNAL_RUN_LAST, 0, NULL,
                    NULL, NULL, G_TYPE_NONE, 0);
  nudge_layer_card_signals[NUDGE_LAYER_CARD_QUESTION_CHANGED] =
      g_signal_new ("question-changed", NUDGE_TYPE_LAYER_CARD, G_SIGNAL_RUN_LAST, 0, NULL,
                    NULL, NULL, G_TYPE_NONE, 0);
  nudge_layer_card_signals[NUDGE_LAYER_CARD_PREVIEW_CHANGED] =
      g_signal_new ("preview-changed", NUDGE_TYPE_LAYER_CARD, G_SIGNAL_RUN_LAST, 0, NULL,
                    NULL, NULL, G_TYPE_NONE, 0);
  nudge_layer_card_signals[NUDGE_LAYER_CARD_SAVE_FUNCTION] =
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
  self->part = g_strdup (".weight");
  self->when = (NudgeRepeat){ NN_WHEN_MANUAL, 1, FALSE };
  self->landed = NAN;
  self->showing = TRUE; /* until all there is to choose is there */
  gtk_widget_init_template (GTK_WIDGET (self));
  self->showing = FALSE;

  nudge_layer_card_watch_hand (self);
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

/* nudge-layer-card.c - the card of a layer or a tensor: function, target, amount, time
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/cards/nudge-layer-card.h"

#include <glib/gi18n.h>
#include <math.h>

#include "ui/base/nudge-drop-down.h"
#include "ui/base/nudge-word.h"
#include "ui/cards/nudge-attention.h"
#include "ui/cards/nudge-card-counts.h"
#include "ui/cards/nudge-choices.h"
#include "ui/cards/nudge-trial.h"
#include "ui/cards/nudge-variant.h"

struct _NudgeLayerCard {
  GtkWidget parent_instance;

  GtkWidget *column; /* the only child: disposal finds it by this */
  GtkWidget *fold;
  GtkImage *fold_icon;
  GtkLabel *name;
  GtkWidget *body; /* all but the first line */
  NudgeChoosers choosers;
  NudgeTrial *trial;
  GtkWidget *apply;
  GtkWidget *more;
  GtkWidget *on_release;
  GtkWidget *before_backward_label;
  GtkWidget *memory_label;
  GtkWidget *copy_script;
  GtkLabel *counts;
  NudgeChoices *choices;     /* (owned) */
  NudgeAttention *attention; /* (owned) a preview lasts as long as this */

  char *layer;          /* (owned) or a tensor's target */
  NnFileVersion *file;  /* (owned) (nullable) that the tensor is in */
  NudgeCardState state; /* shown */
};

enum {
  PROP_LAYER = 1,
  PROP_FILE,
  N_PROPS,
};

enum {
  CHANGED,
  FOLD,
  SAVE_FUNCTION,
  COPY_SCRIPT,
  N_SIGNALS,
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (NudgeLayerCard, nudge_layer_card, GTK_TYPE_WIDGET)

/* --- From the controls to "changed" ------------------------------------------------ */

/* The nudge that is shown, with the amount as the slider has it. */
static NnNudge *
make_shown (NudgeLayerCard *self)
{
  NnNudgeSpec spec;
  g_autofree char *target = nudge_variant_begin (self->state.nudge, &spec);

  spec.amount = nudge_trial_get_amount (self->trial);
  return nudge_variant_make (&spec);
}

static void
act (NudgeLayerCard *self, NudgeAction action)
{
  g_autoptr (NnNudge) nudge = make_shown (self);

  g_signal_emit (self, signals[CHANGED], 0, (int) action, nudge);
}

static void
chosen_cb (NudgeLayerCard *self, const NnNudgeSpec *chosen)
{
  NnNudgeSpec spec = *chosen;
  g_autoptr (NnNudge) nudge = NULL;

  if (isnan (spec.amount))
    spec.amount = nudge_trial_get_amount (self->trial);
  nudge = nudge_variant_make (&spec);
  g_signal_emit (self, signals[CHANGED], 0, (int) NUDGE_ACTION_SET, nudge);
}

static char *
save_cb (NudgeLayerCard *self, const char *name, const char *expression)
{
  char *wrong = NULL;

  g_signal_emit (self, signals[SAVE_FUNCTION], 0, name, expression, &wrong);
  return wrong;
}

/* A drag is one action, undone as one: a repeating nudge has another amount from now on,
 * and is applied when it is due. */
static void
acted_cb (NudgeLayerCard *self, int action)
{
  gboolean repeats = nudge_card_state_repeats (&self->state);

  if (action == NUDGE_ACTION_SET)
    act (self, NUDGE_ACTION_PREVIEW);
  if (action == NUDGE_ACTION_APPLY && repeats) {
    act (self, NUDGE_ACTION_CANCEL);
    act (self, NUDGE_ACTION_SET);
  } else {
    act (self, (NudgeAction) action);
  }
}

/* What is applied is what the card shows: a text that is being typed counts, unless it
 * is wrong. */
static void
apply_clicked_cb (NudgeLayerCard *self)
{
  if (nudge_choices_commit (self->choices) && nudge_trial_commit (self->trial))
    act (self, NUDGE_ACTION_APPLY);
}

/* What is copied is what the card shows. */
static void
copy_script_cb (NudgeLayerCard *self)
{
  g_autoptr (NnNudge) nudge = NULL;

  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->more));
  if (!nudge_choices_commit (self->choices) || !nudge_trial_commit (self->trial))
    return;
  nudge = make_shown (self);
  g_signal_emit (self, signals[COPY_SCRIPT], 0, nudge);
}

static void
on_release_cb (NudgeLayerCard *self)
{
  nudge_trial_set_lands (self->trial,
                         gtk_switch_get_active (GTK_SWITCH (self->on_release)));
}

static void
end_preview (NudgeLayerCard *self)
{
  if (self->state.preview)
    act (self, NUDGE_ACTION_CANCEL);
}

static void
fold_clicked_cb (NudgeLayerCard *self)
{
  end_preview (self);
  g_signal_emit (self, signals[FOLD], 0, !self->state.folded);
}

static gboolean
key_pressed_cb (NudgeLayerCard *self, guint key)
{
  if (key != GDK_KEY_Escape || !self->state.preview)
    return GDK_EVENT_PROPAGATE;
  end_preview (self);
  return GDK_EVENT_STOP;
}

/* --- From the state to the controls ------------------------------------------------ */

static void
set_css_class (gpointer widget, const char *name, gboolean set)
{
  if (set)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

static void
show_results (NudgeLayerCard *self)
{
  gboolean repeats = nudge_card_state_repeats (&self->state);

  nudge_trial_show_results (self->trial, &self->state);
  set_css_class (self->choosers.repeat, "standing", repeats);
  set_css_class (self, "standing", repeats || self->state.nudged);
}

static void
show_folded (NudgeLayerCard *self)
{
  const gboolean folded = self->state.folded;

  gtk_widget_set_visible (self->body, !folded);
  gtk_image_set_from_icon_name (self->fold_icon,
                                folded ? "pan-end-symbolic" : "pan-down-symbolic");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->fold), GTK_ACCESSIBLE_STATE_EXPANDED,
                               !folded, -1);
}

static void
show_state (NudgeLayerCard *self, const NudgeCardState *before)
{
  const NudgeCardState *state = &self->state;

  if (before->nudge != state->nudge) {
    nudge_choices_show (self->choices, state->nudge);
    nudge_trial_show_amount (self->trial, state,
                             !nudge_variant_same_function (before->nudge, state->nudge));
  }
  if (!state->preview)
    nudge_attention_end (self->attention);
  else if (before->preview != state->preview)
    nudge_attention_begin (self->attention);
  if (before->folded != state->folded)
    show_folded (self);
  show_results (self);
}

/**
 * nudge_layer_card_show:
 * @state: copied; of this card's layer
 * @frame: (nullable): the newest: its answers and its preview are shown
 *
 * To be called for every frame, and whenever @state has changed.
 */
void
nudge_layer_card_show (NudgeLayerCard *self, const NudgeCardState *state, NnFrame *frame)
{
  NudgeCardState before = self->state;

  g_return_if_fail (NUDGE_IS_LAYER_CARD (self));
  g_return_if_fail (self->file || g_str_equal (state->nudge->target.layer, self->layer));

  nudge_card_state_copy (&self->state, state);
  show_state (self, &before);
  nudge_card_state_clear (&before);
  if (!frame)
    return;
  nudge_choices_set_frame (self->choices, frame);
  nudge_trial_set_frame (self->trial, frame);
  nudge_card_counts_show (self->counts, &self->state, frame);
}

/**
 * nudge_layer_card_set_functions:
 * @functions: (n): copied; those that a user saved
 */
void
nudge_layer_card_set_functions (NudgeLayerCard *self,
                                const NnFunction *functions,
                                gsize n)
{
  g_return_if_fail (NUDGE_IS_LAYER_CARD (self));

  nudge_choices_set_functions (self->choices, functions, n);
}

/* --- Life -------------------------------------------------------------------------- */

static void
name_widget (gpointer widget, const char *format, const char *layer)
{
  g_autoptr (GString) name = g_string_new (format);

  g_string_replace (name, "%s", layer, 1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name->str, -1);
}

static void
set_names (NudgeLayerCard *self)
{
  gboolean all = g_str_equal (self->layer, "*");
  const char *layer = !all         ? self->layer
                      : self->file ? _ ("several tensors")
                                   : _ ("all layers");

  gtk_label_set_text (self->name, !self->file ? (all ? _ ("All") : layer)
                                  : all       ? _ ("Several")
                                              : _ ("Tensor"));
  nudge_label_set_tooltip_where_cut (GTK_WIDGET (self->name));
  nudge_choices_set_name (self->choices, layer);
  nudge_trial_set_name (self->trial, layer);
  name_widget (self, "%s", layer);
  name_widget (self->apply, _ ("Apply to %s"), layer);
  gtk_widget_set_name (self->apply, "apply");
  name_widget (self->fold, _ ("Fold %s"), layer);
  name_widget (self->more, _ ("More for %s"), layer);
  name_widget (self->on_release, _ ("On release for %s"), layer);
  name_widget (self->copy_script, _ ("Copy as PyTorch for %s"), layer);
}

static void
hide_what_a_run_has (NudgeLayerCard *self)
{
  GtkWidget *widgets[] = { GTK_WIDGET (self->choosers.repeat),
                           self->before_backward_label,
                           GTK_WIDGET (self->choosers.before_backward),
                           self->memory_label, GTK_WIDGET (self->choosers.memory) };

  for (gsize i = 0; i < G_N_ELEMENTS (widgets); i++)
    gtk_widget_set_visible (widgets[i], FALSE);
  nudge_trial_set_has_loss (self->trial, FALSE);
  gtk_widget_set_tooltip_text (self->apply, _ ("Apply once to the file's tensors"));
  gtk_widget_set_tooltip_text (self->more, _ ("On release, copy as PyTorch"));
  gtk_widget_set_hexpand (self->apply, TRUE);
}

static void
nudge_layer_card_constructed (GObject *object)
{
  NudgeLayerCard *self = NUDGE_LAYER_CARD (object);

  G_OBJECT_CLASS (nudge_layer_card_parent_class)->constructed (object);
  g_return_if_fail (self->layer != NULL);

  self->choices =
      self->file ? nudge_choices_new_of_file (&self->choosers, self->layer, self->file)
                 : nudge_choices_new (&self->choosers, self->layer);
  g_signal_connect_object (self->choices, "chosen", G_CALLBACK (chosen_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->choices, "save", G_CALLBACK (save_cb), self,
                           G_CONNECT_SWAPPED);
  if (self->file)
    nudge_card_state_init_of_file (&self->state, self->layer);
  else
    nudge_card_state_init (&self->state, self->layer, 0);
  if (self->file)
    hide_what_a_run_has (self);
  set_names (self);
  nudge_choices_show (self->choices, self->state.nudge);
  nudge_trial_show_amount (self->trial, &self->state, TRUE);
  show_folded (self);
  show_results (self);
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
  else if (id == PROP_FILE)
    g_value_set_pointer (value, self->file);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
take_file (NudgeLayerCard *self, NnFileVersion *file)
{
  if (file)
    self->file = nn_file_version_ref (file);
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
  else if (id == PROP_FILE)
    take_file (self, g_value_get_pointer (value));
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

  g_clear_object (&self->choices);
  g_clear_object (&self->attention);
  gtk_widget_dispose_template (GTK_WIDGET (self), NUDGE_TYPE_LAYER_CARD);
  G_OBJECT_CLASS (nudge_layer_card_parent_class)->dispose (object);
}

static void
nudge_layer_card_finalize (GObject *object)
{
  g_free (NUDGE_LAYER_CARD (object)->layer);
  g_clear_pointer (&NUDGE_LAYER_CARD (object)->file, nn_file_version_unref);
  nudge_card_state_clear (&NUDGE_LAYER_CARD (object)->state);
  G_OBJECT_CLASS (nudge_layer_card_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (NUDGE_TYPE_TRIAL);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/nudgelab/Nudge/ui/nudge-layer-card.ui");
  nudge_choices_bind (widget_class, G_STRUCT_OFFSET (NudgeLayerCard, choosers));
  gtk_widget_class_bind_template_child (widget_class, NudgeLayerCard, column);
  gtk_widget_class_bind_template_child (widget_class, NudgeLayerCard, fold);
  gtk_widget_class_bind_template_child (widget_class, NudgeLayerCard, fold_icon);
  gtk_widget_class_bind_template_child (widget_class, NudgeLayerCard, name);
  gtk_widget_class_bind_template_child (widget_class, NudgeLayerCard, body);
  gtk_widget_class_bind_template_child (widget_class, NudgeLayerCard, trial);
  gtk_widget_class_bind_template_child (widget_class, NudgeLayerCard, apply);
  gtk_widget_class_bind_template_child (widget_class, NudgeLayerCard, more);
  gtk_widget_class_bind_template_child (widget_class, NudgeLayerCard, on_release);
  gtk_widget_class_bind_template_child (widget_class, NudgeLayerCard,
                                        before_backward_label);
  gtk_widget_class_bind_template_child (widget_class, NudgeLayerCard, memory_label);
  gtk_widget_class_bind_template_child (widget_class, NudgeLayerCard, copy_script);
  gtk_widget_class_bind_template_child (widget_class, NudgeLayerCard, counts);
  gtk_widget_class_bind_template_callback (widget_class, acted_cb);
  gtk_widget_class_bind_template_callback (widget_class, apply_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, fold_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_release_cb);
  gtk_widget_class_bind_template_callback (widget_class, copy_script_cb);
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
  props[PROP_FILE] = g_param_spec_pointer ("file", NULL, NULL,
                                           G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY |
                                               G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[CHANGED] =
      g_signal_new ("changed", NUDGE_TYPE_LAYER_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_POINTER);
  signals[FOLD] = g_signal_new ("fold", NUDGE_TYPE_LAYER_CARD, G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  signals[SAVE_FUNCTION] =
      g_signal_new ("save-function", NUDGE_TYPE_LAYER_CARD, G_SIGNAL_RUN_LAST, 0, NULL,
                    NULL, NULL, G_TYPE_STRING, 2, G_TYPE_STRING, G_TYPE_STRING);
  signals[COPY_SCRIPT] =
      g_signal_new ("copy-script", NUDGE_TYPE_LAYER_CARD, G_SIGNAL_RUN_LAST, 0, NULL,
                    NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "layer-card");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  bind_template (widget_class);
}

static void
nudge_layer_card_init (NudgeLayerCard *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  nudge_word_set_address (GTK_WIDGET (self), "words#nudge");
  nudge_word_set_address (GTK_WIDGET (self->trial), "words#amount");
  self->attention = nudge_attention_new (GTK_WIDGET (self));
  g_signal_connect_object (self->attention, "lost", G_CALLBACK (end_preview), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

/**
 * nudge_layer_card_new:
 * @layer: its name, "fc1"; "*" for all layers
 *
 * Shows the catalogue's first function with its first amount, not repeating.
 */
GtkWidget *
nudge_layer_card_new (const char *layer)
{
  g_return_val_if_fail (layer != NULL, NULL);

  return g_object_new (NUDGE_TYPE_LAYER_CARD, "layer", layer, NULL);
}

/**
 * nudge_layer_card_new_of_file:
 * @target: a tensor of @file, as nn_target_parse_of_array () reads it; "*" for several
 *
 * The same; it is shown without a frame.
 */
GtkWidget *
nudge_layer_card_new_of_file (const char *target, NnFileVersion *file)
{
  g_return_val_if_fail (target != NULL && file != NULL, NULL);

  return g_object_new (NUDGE_TYPE_LAYER_CARD, "layer", target, "file", file, NULL);
}

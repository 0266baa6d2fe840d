/* nudge-cards-panel.c - a card for each layer, and one for all of them
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/panels/nudge-cards-panel.h"

#include "app/base/nudge-function-store.h"
#include "app/document/nudge-copy.h"
#include "ui/base/nudge-word.h"
#include "ui/cards/nudge-layer-card.h"

struct _NudgeCardsPanel {
  NudgePanel parent_instance;

  GtkWidget *content; /* the only child: disposal finds it by this */
  GtkBox *column;     /* where the widgets are */
  GtkWidget *all_layers;
  NudgeCards *cards;         /* (owned) (nullable) the document's */
  GSignalGroup *changes;     /* (owned) of the cards */
  GBindingGroup *bindings;   /* (owned) to the cards */
  GPtrArray *widgets;        /* (owned) (element-type NudgeLayerCard) one for each card */
  NudgeFunctionStore *store; /* (owned) the user's own functions */
  GtkWidget *heading;
  char *layer; /* (owned) (nullable) whose card is the only one */
};

enum {
  PROP_LAYER = 1,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (NudgeCardsPanel, nudge_cards_panel, NUDGE_TYPE_PANEL)

/* --- What a user does -------------------------------------------------------------- */

static guint
index_of (NudgeCardsPanel *self, gpointer widget)
{
  guint index = 0;

  g_ptr_array_find (self->widgets, widget, &index);
  return index;
}

static void
changed_cb (NudgeCardsPanel *self, int action, NnNudge *nudge, NudgeLayerCard *widget)
{
  nudge_cards_act (self->cards, index_of (self, widget), (NudgeAction) action, nudge);
}

static void
fold_cb (NudgeCardsPanel *self, gboolean folded, NudgeLayerCard *widget)
{
  nudge_cards_set_folded (self->cards, index_of (self, widget), folded);
}

static char *
save_function_cb (NudgeCardsPanel *self,
                  const char *name,
                  const char *expression,
                  NudgeLayerCard *widget)
{
  return nudge_cards_save_function (self->cards, index_of (self, widget), name,
                                    expression);
}

static void
copy_script_cb (NudgeCardsPanel *self, NnNudge *nudge)
{
  nudge_copy_as_pytorch (self, nudge_panel_get_document (NUDGE_PANEL (self)), nudge);
}

/* --- What is shown ----------------------------------------------------------------- */

static void
show_card (NudgeCardsPanel *self, guint index)
{
  NudgeDocument *document = nudge_panel_get_document (NUDGE_PANEL (self));

  nudge_layer_card_show (self->widgets->pdata[index],
                         nudge_cards_get_state (self->cards, index),
                         nudge_document_get_frame (document));
}

static void
nudge_cards_panel_show_frame (NudgePanel *panel, NnFrame *frame)
{
  NudgeCardsPanel *self = NUDGE_CARDS_PANEL (panel);

  for (guint i = 0; i < self->widgets->len; i++)
    show_card (self, i);
}

static void
offer_functions (NudgeCardsPanel *self)
{
  const NnFunctions *own = nudge_function_store_get (self->store);
  gsize n = nn_functions_get_length (own);
  g_autofree NnFunction *functions = g_new (NnFunction, n);

  for (gsize i = 0; i < n; i++)
    functions[i] = *nn_functions_get (own, i);
  for (guint i = 0; i < self->widgets->len; i++)
    nudge_layer_card_set_functions (self->widgets->pdata[i], functions, n);
}

static void
remove_widgets (NudgeCardsPanel *self)
{
  for (guint i = 0; i < self->widgets->len; i++) {
    g_signal_handlers_disconnect_by_data (self->widgets->pdata[i], self);
    if (self->column)
      gtk_box_remove (self->column, self->widgets->pdata[i]);
  }
  g_ptr_array_set_size (self->widgets, 0);
}

static void
add_widget (NudgeCardsPanel *self, guint index)
{
  const NudgeCardState *state = nudge_cards_get_state (self->cards, index);
  GtkWidget *widget = nudge_layer_card_new (state->nudge->target.layer);

  g_ptr_array_add (self->widgets, g_object_ref (widget));
  gtk_box_append (self->column, widget);
  show_card (self, index);
  g_signal_connect_swapped (widget, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (widget, "fold", G_CALLBACK (fold_cb), self);
  g_signal_connect_swapped (widget, "save-function", G_CALLBACK (save_function_cb), self);
  g_signal_connect_swapped (widget, "copy-script", G_CALLBACK (copy_script_cb), self);
}

/* The first is for all layers, and is shown on request. */
static void
show_chosen (NudgeCardsPanel *self)
{
  gboolean all = FALSE;

  if (self->widgets->len > 0)
    g_object_get (self->cards, "all-layers", &all, NULL);
  for (guint i = 0; i < self->widgets->len; i++) {
    const NudgeCardState *state = nudge_cards_get_state (self->cards, i);

    gtk_widget_set_visible (self->widgets->pdata[i],
                            self->layer
                                ? g_str_equal (state->nudge->target.layer, self->layer)
                                : all || i > 0);
  }
}

static void
set_layer (NudgeCardsPanel *self, const char *layer)
{
  if (g_strcmp0 (self->layer, layer) == 0)
    return;
  g_free (self->layer);
  self->layer = g_strdup (layer);
  show_chosen (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LAYER]);
}

static void
show_cards (NudgeCardsPanel *self)
{
  remove_widgets (self);
  for (guint i = 0; i < nudge_cards_get_n (self->cards); i++)
    add_widget (self, i);
  offer_functions (self);
  show_chosen (self);
}

static void
nudge_cards_panel_document_changed (NudgePanel *panel, NudgeDocument *document)
{
  NudgeCardsPanel *self = NUDGE_CARDS_PANEL (panel);
  NudgeCards *cards = document ? nudge_document_get_cards (document) : NULL;

  remove_widgets (self);
  g_set_object (&self->cards, cards);
  g_signal_group_set_target (self->changes, cards);
  g_binding_group_set_source (self->bindings, cards);
  if (cards)
    show_cards (self);
}

/* --- Life -------------------------------------------------------------------------- */

static void
nudge_cards_panel_get_property (GObject *object,
                                guint id,
                                GValue *value,
                                GParamSpec *pspec)
{
  if (id == PROP_LAYER)
    g_value_set_string (value, NUDGE_CARDS_PANEL (object)->layer);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
nudge_cards_panel_set_property (GObject *object,
                                guint id,
                                const GValue *value,
                                GParamSpec *pspec)
{
  if (id == PROP_LAYER)
    set_layer (NUDGE_CARDS_PANEL (object), g_value_get_string (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
nudge_cards_panel_dispose (GObject *object)
{
  NudgeCardsPanel *self = NUDGE_CARDS_PANEL (object);

  remove_widgets (self);
  g_clear_object (&self->changes);
  g_clear_object (&self->bindings);
  g_clear_object (&self->cards);
  g_clear_object (&self->store);
  gtk_widget_dispose_template (GTK_WIDGET (self), NUDGE_TYPE_CARDS_PANEL);
  G_OBJECT_CLASS (nudge_cards_panel_parent_class)->dispose (object);
}

static void
nudge_cards_panel_finalize (GObject *object)
{
  g_ptr_array_unref (NUDGE_CARDS_PANEL (object)->widgets);
  g_free (NUDGE_CARDS_PANEL (object)->layer);
  G_OBJECT_CLASS (nudge_cards_panel_parent_class)->finalize (object);
}

static void
nudge_cards_panel_class_init (NudgeCardsPanelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = nudge_cards_panel_get_property;
  object_class->set_property = nudge_cards_panel_set_property;
  object_class->dispose = nudge_cards_panel_dispose;
  object_class->finalize = nudge_cards_panel_finalize;
  NUDGE_PANEL_CLASS (klass)->document_changed = nudge_cards_panel_document_changed;
  NUDGE_PANEL_CLASS (klass)->show_frame = nudge_cards_panel_show_frame;
  props[PROP_LAYER] = g_param_spec_string ("layer", NULL, NULL, NULL,
                                           G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY |
                                               G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/nudgelab/Nudge/ui/nudge-cards-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, NudgeCardsPanel, content);
  gtk_widget_class_bind_template_child (widget_class, NudgeCardsPanel, column);
  gtk_widget_class_bind_template_child (widget_class, NudgeCardsPanel, all_layers);
  gtk_widget_class_bind_template_child (widget_class, NudgeCardsPanel, heading);
}

static void
nudge_cards_panel_init (NudgeCardsPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  nudge_word_explain (self->heading, "words#nudge");
  self->widgets = g_ptr_array_new_with_free_func (g_object_unref);
  self->store = nudge_function_store_ref_default ();
  g_signal_connect_object (self->store, "changed", G_CALLBACK (offer_functions), self,
                           G_CONNECT_SWAPPED);
  self->changes = g_signal_group_new (NUDGE_TYPE_CARDS);
  g_signal_group_connect_swapped (self->changes, "changed", G_CALLBACK (show_card), self);
  g_signal_group_connect_swapped (self->changes, "layers", G_CALLBACK (show_cards), self);
  g_signal_group_connect_swapped (self->changes, "notify::all-layers",
                                  G_CALLBACK (show_chosen), self);
  self->bindings = g_binding_group_new ();
  g_binding_group_bind (self->bindings, "all-layers", self->all_layers, "active",
                        G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
}

/* nudge-card-column.c - the layer cards, as widgets one below the other
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/nudge-card-column.h"

#include "ui/nudge-layer-card.h"

struct _NudgeCardColumn {
  GObject parent_instance;

  GtkBox *column;              /* (owned) where the widgets are */
  GtkToggleButton *all_layers; /* (owned) */
  NudgeCards *cards;           /* (owned) (nullable) */
  GSignalGroup *changes;       /* (owned) of the cards */
  GPtrArray *widgets; /* (owned) (element-type NudgeLayerCard) (unowned) as the cards */
  NnFrame *frame;     /* (owned) (nullable) the newest */
};

G_DEFINE_FINAL_TYPE (NudgeCardColumn, nudge_card_column, G_TYPE_OBJECT)

static guint
index_of (NudgeCardColumn *self, gpointer widget)
{
  guint index = 0;

  g_ptr_array_find (self->widgets, widget, &index);
  return index;
}

static void
changed_cb (NudgeCardColumn *self, int action, NnNudge *nudge, NudgeLayerCard *widget)
{
  nudge_cards_act (self->cards, index_of (self, widget), (NudgeAction) action, nudge);
}

static char *
save_function_cb (NudgeCardColumn *self,
                  const char *name,
                  const char *expression,
                  NudgeLayerCard *widget)
{
  return nudge_cards_save_function (self->cards, index_of (self, widget), name,
                                    expression);
}

static void
visible_cb (NudgeCardColumn *self, GParamSpec *pspec, GtkWidget *widget)
{
  nudge_cards_set_shown (self->cards, index_of (self, widget),
                         gtk_widget_get_visible (widget));
}

static void
show_card (NudgeCardColumn *self, guint index)
{
  nudge_layer_card_show (self->widgets->pdata[index],
                         nudge_cards_get_state (self->cards, index), self->frame);
}

static void
offer_functions (NudgeCardColumn *self)
{
  const NnFunctions *own = nudge_cards_get_functions (self->cards);
  gsize n = nn_functions_get_length (own);
  g_autofree NnFunction *functions = g_new (NnFunction, n);

  for (gsize i = 0; i < n; i++)
    functions[i] = *nn_functions_get (own, i);
  for (guint i = 0; i < self->widgets->len; i++)
    nudge_layer_card_set_functions (self->widgets->pdata[i], functions, n);
}

static void
remove_widgets (NudgeCardColumn *self)
{
  for (guint i = 0; i < self->widgets->len; i++) {
    g_signal_handlers_disconnect_by_data (self->widgets->pdata[i], self);
    gtk_box_remove (self->column, self->widgets->pdata[i]);
  }
  g_ptr_array_set_size (self->widgets, 0);
}

static void
add_widget (NudgeCardColumn *self, guint index)
{
  const NudgeCardState *state = nudge_cards_get_state (self->cards, index);
  GtkWidget *widget = nudge_layer_card_new (state->nudge->target.layer);

  g_ptr_array_add (self->widgets, widget);
  gtk_box_append (self->column, widget);
  show_card (self, index);
  if (index == 0)
    g_object_bind_property (self->all_layers, "active", widget, "visible",
                            G_BINDING_SYNC_CREATE);
  g_signal_connect_swapped (widget, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (widget, "save-function", G_CALLBACK (save_function_cb), self);
  g_signal_connect_swapped (widget, "notify::visible", G_CALLBACK (visible_cb), self);
  visible_cb (self, NULL, widget);
}

/**
 * nudge_card_column_set_cards:
 * @cards: (nullable): gets a reference
 *
 * Widgets for @cards, in place of those that were there.
 */
void
nudge_card_column_set_cards (NudgeCardColumn *self, NudgeCards *cards)
{
  g_return_if_fail (NUDGE_IS_CARD_COLUMN (self));

  remove_widgets (self);
  g_clear_pointer (&self->frame, nn_frame_unref);
  g_set_object (&self->cards, cards);
  g_signal_group_set_target (self->changes, cards);
  if (!cards)
    return;
  gtk_toggle_button_set_active (
      self->all_layers, nudge_card_state_repeats (nudge_cards_get_state (cards, 0)));
  for (guint i = 0; i < nudge_cards_get_n (cards); i++)
    add_widget (self, i);
  offer_functions (self);
}

/**
 * nudge_card_column_set_frame:
 * @frame: the newest, which the cards have seen
 */
void
nudge_card_column_set_frame (NudgeCardColumn *self, NnFrame *frame)
{
  g_return_if_fail (NUDGE_IS_CARD_COLUMN (self));

  nn_frame_ref (frame);
  g_clear_pointer (&self->frame, nn_frame_unref);
  self->frame = frame;
  for (guint i = 0; i < self->widgets->len; i++)
    show_card (self, i);
}

static void
nudge_card_column_dispose (GObject *object)
{
  NudgeCardColumn *self = NUDGE_CARD_COLUMN (object);

  if (self->column)
    remove_widgets (self);
  g_clear_object (&self->changes);
  g_clear_object (&self->cards);
  g_clear_object (&self->all_layers);
  g_clear_object (&self->column);
  g_clear_pointer (&self->frame, nn_frame_unref);
  G_OBJECT_CLASS (nudge_card_column_parent_class)->dispose (object);
}

static void
nudge_card_column_finalize (GObject *object)
{
  g_ptr_array_unref (NUDGE_CARD_COLUMN (object)->widgets);
  G_OBJECT_CLASS (nudge_card_column_parent_class)->finalize (object);
}

static void
nudge_card_column_class_init (NudgeCardColumnClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = nudge_card_column_dispose;
  G_OBJECT_CLASS (klass)->finalize = nudge_card_column_finalize;
}

static void
nudge_card_column_init (NudgeCardColumn *self)
{
  self->widgets = g_ptr_array_new ();
  self->changes = g_signal_group_new (NUDGE_TYPE_CARDS);
  g_signal_group_connect_swapped (self->changes, "changed", G_CALLBACK (show_card), self);
  g_signal_group_connect_swapped (self->changes, "functions-changed",
                                  G_CALLBACK (offer_functions), self);
}

/**
 * nudge_card_column_new:
 * @column: empty; for the cards
 * @all_layers: shows and hides the card for all layers
 */
NudgeCardColumn *
nudge_card_column_new (GtkBox *column, GtkToggleButton *all_layers)
{
  NudgeCardColumn *self = g_object_new (NUDGE_TYPE_CARD_COLUMN, NULL);

  self->column = g_object_ref (column);
  self->all_layers = g_object_ref (all_layers);
  return self;
}

/* nudge-tensor-cards.c - a card for the selected tensor, and one for several
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/tensors/nudge-tensor-cards.h"

#include <glib/gi18n.h>

#include "app/base/nudge-function-store.h"
#include "nn/patch/nn-array-target.h"
#include "ui/cards/nudge-layer-card.h"
#include "ui/cards/nudge-variant.h"

/* A card and what it shows. */
typedef struct {
  GtkWidget *widget; /* (nullable) none where nothing can be nudged */
  NudgeCardState state;
} Card;

enum {
  CARD_TENSOR,
  CARD_SEVERAL,
  N_CARDS,
};

struct _NudgeTensorCards {
  GtkWidget parent_instance;

  GtkWidget *content; /* the only child: disposal finds it by this */
  GtkBox *column;
  GtkLabel *hint;            /* in place of the tensor's card */
  NnFileVersion *file;       /* (owned) (nullable) */
  NudgeFunctionStore *store; /* (owned) the user's own functions */
  Card cards[N_CARDS];
};

enum {
  PREVIEW,
  APPLY,
  COPY_SCRIPT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (NudgeTensorCards, nudge_tensor_cards, GTK_TYPE_WIDGET)

/* --- What a user does -------------------------------------------------------------- */

static Card *
find_card (NudgeTensorCards *self, gpointer widget)
{
  return &self->cards[widget == (gpointer) self->cards[CARD_SEVERAL].widget];
}

static void
show_card (Card *card)
{
  nudge_layer_card_show (NUDGE_LAYER_CARD (card->widget), &card->state, NULL);
}

static void
changed_cb (NudgeTensorCards *self, int action, NnNudge *nudge, GtkWidget *widget)
{
  Card *card = find_card (self, widget);
  const NudgeChanges changes = nudge_card_state_act (
      &card->state, (NudgeAction) action, nudge, nudge_function_store_get (self->store));

  show_card (card);
  if (action == NUDGE_ACTION_APPLY)
    g_signal_emit (self, signals[APPLY], 0, nudge);
  else if (changes & NUDGE_CHANGED_PREVIEW)
    g_signal_emit (self, signals[PREVIEW], 0, card->state.preview);
}

static void
fold_cb (NudgeTensorCards *self, gboolean folded, GtkWidget *widget)
{
  Card *card = find_card (self, widget);

  card->state.folded = folded;
  show_card (card);
}

static char *
save_function_cb (NudgeTensorCards *self,
                  const char *name,
                  const char *expression,
                  GtkWidget *widget)
{
  const Card *card = find_card (self, widget);
  const NnFunction function = nudge_card_state_name (&card->state, name, expression);
  g_autoptr (GError) error = NULL;

  return nudge_function_store_save (self->store, &function, &error)
             ? NULL
             : g_strdup (error->message);
}

static void
copy_script_cb (NudgeTensorCards *self, NnNudge *nudge)
{
  g_signal_emit (self, signals[COPY_SCRIPT], 0, nudge);
}

/* The nudge of the preview was applied, or refused. */
void
nudge_tensor_cards_end_preview (NudgeTensorCards *self)
{
  g_return_if_fail (NUDGE_IS_TENSOR_CARDS (self));

  for (guint i = 0; i < N_CARDS; i++)
    if (self->cards[i].widget && self->cards[i].state.preview) {
      g_clear_pointer (&self->cards[i].state.preview, nn_nudge_unref);
      show_card (&self->cards[i]);
    }
}

/* --- What is shown ----------------------------------------------------------------- */

static void
offer_functions (NudgeTensorCards *self)
{
  const NnFunctions *own = nudge_function_store_get (self->store);
  const gsize n = nn_functions_get_length (own);
  g_autofree NnFunction *functions = g_new (NnFunction, n);

  for (gsize i = 0; i < n; i++)
    functions[i] = *nn_functions_get (own, i);
  for (guint i = 0; i < N_CARDS; i++)
    if (self->cards[i].widget)
      nudge_layer_card_set_functions (NUDGE_LAYER_CARD (self->cards[i].widget), functions,
                                      n);
}

static void
remove_card (NudgeTensorCards *self, Card *card)
{
  if (!card->widget)
    return;
  g_signal_handlers_disconnect_by_data (card->widget, self);
  gtk_box_remove (self->column, card->widget);
  card->widget = NULL;
  nudge_card_state_clear (&card->state);
}

static void
add_card (NudgeTensorCards *self, Card *card, const char *target)
{
  card->widget = nudge_layer_card_new_of_file (target, self->file);
  nudge_card_state_init_of_file (&card->state, target);
  if (card == &self->cards[CARD_TENSOR])
    gtk_box_prepend (self->column, card->widget);
  else
    gtk_box_append (self->column, card->widget);
  show_card (card);
  g_signal_connect_swapped (card->widget, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (card->widget, "fold", G_CALLBACK (fold_cb), self);
  g_signal_connect_swapped (card->widget, "save-function", G_CALLBACK (save_function_cb),
                            self);
  g_signal_connect_swapped (card->widget, "copy-script", G_CALLBACK (copy_script_cb),
                            self);
  offer_functions (self);
}

/* The next tensor's card begins with this function and amount. */
static void
take_over (NudgeTensorCards *self, const NnNudge *before)
{
  Card *card = &self->cards[CARD_TENSOR];
  g_autofree char *target = nn_nudge_dup_target (card->state.nudge);
  g_autoptr (NnNudge) nudge = nudge_variant_aimed (before, target);

  nudge_card_state_set_nudge (&card->state, nudge,
                              nudge_function_store_get (self->store));
  show_card (card);
}

/* Returns: (nullable): why @tensor has no card */
static const char *
find_hint (NudgeTensorCards *self, NudgeTensor *tensor, char **target)
{
  const GPtrArray *arrays = nn_file_version_get_arrays (self->file);

  if (tensor == NULL)
    return _ ("Choose a tensor in the table to nudge it.");
  for (guint i = 0; i < arrays->len; i++) {
    const NnArray *array = arrays->pdata[i];

    if (!g_str_equal (nn_array_area_get_name (array), nudge_tensor_get_name (tensor)))
      continue;
    if (!nn_dtype_is_floating (array->dtype))
      break;
    if (array->n_values == 0)
      return _ ("This tensor has no values.");
    *target = nn_array_dup_target (nn_file_version_get_store (self->file)->arrays, i);
    return *target ? NULL
                   : _ ("Its name also matches other tensors, or cannot be written as a "
                        "target: use the card for several.");
  }
  return _ ("Update functions change float16, bfloat16, float32 and float64: this tensor "
            "is shown, and left as it is.");
}

/**
 * nudge_tensor_cards_set_tensor:
 * @tensor: (nullable): that is looked at
 */
void
nudge_tensor_cards_set_tensor (NudgeTensorCards *self, NudgeTensor *tensor)
{
  Card *card;
  g_autofree char *target = NULL;
  g_autoptr (NnNudge) before = NULL;
  const char *hint;

  g_return_if_fail (NUDGE_IS_TENSOR_CARDS (self));

  card = &self->cards[CARD_TENSOR];
  hint = find_hint (self, tensor, &target);
  if (card->widget)
    before = nn_nudge_ref (card->state.nudge);
  remove_card (self, card);
  gtk_widget_set_visible (GTK_WIDGET (self->hint), hint != NULL);
  if (hint) {
    gtk_label_set_text (self->hint, hint);
    return;
  }
  add_card (self, card, target);
  if (before)
    take_over (self, before);
}

/**
 * nudge_tensor_cards_set_file:
 * @file: whose tensors they are
 */
void
nudge_tensor_cards_set_file (NudgeTensorCards *self, NnFileVersion *file)
{
  g_return_if_fail (NUDGE_IS_TENSOR_CARDS (self));

  self->file = nn_file_version_ref (file);
  add_card (self, &self->cards[CARD_SEVERAL], "*");
  nudge_tensor_cards_set_tensor (self, NULL);
}

/* --- Life -------------------------------------------------------------------------- */

static void
nudge_tensor_cards_dispose (GObject *object)
{
  NudgeTensorCards *self = NUDGE_TENSOR_CARDS (object);

  for (guint i = 0; i < N_CARDS; i++)
    remove_card (self, &self->cards[i]);
  g_clear_object (&self->store);
  gtk_widget_dispose_template (GTK_WIDGET (self), NUDGE_TYPE_TENSOR_CARDS);
  G_OBJECT_CLASS (nudge_tensor_cards_parent_class)->dispose (object);
}

static void
nudge_tensor_cards_finalize (GObject *object)
{
  g_clear_pointer (&NUDGE_TENSOR_CARDS (object)->file, nn_file_version_unref);
  G_OBJECT_CLASS (nudge_tensor_cards_parent_class)->finalize (object);
}

static void
nudge_tensor_cards_class_init (NudgeTensorCardsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = nudge_tensor_cards_dispose;
  object_class->finalize = nudge_tensor_cards_finalize;
  signals[PREVIEW] = g_signal_new ("preview", NUDGE_TYPE_TENSOR_CARDS, G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[APPLY] = g_signal_new ("apply", NUDGE_TYPE_TENSOR_CARDS, G_SIGNAL_RUN_LAST, 0,
                                 NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[COPY_SCRIPT] =
      g_signal_new ("copy-script", NUDGE_TYPE_TENSOR_CARDS, G_SIGNAL_RUN_LAST, 0, NULL,
                    NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/nudgelab/Nudge/ui/nudge-tensor-cards.ui");
  gtk_widget_class_bind_template_child (widget_class, NudgeTensorCards, content);
  gtk_widget_class_bind_template_child (widget_class, NudgeTensorCards, column);
  gtk_widget_class_bind_template_child (widget_class, NudgeTensorCards, hint);
}

static void
nudge_tensor_cards_init (NudgeTensorCards *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->store = nudge_function_store_ref_default ();
  g_signal_connect_object (self->store, "changed", G_CALLBACK (offer_functions), self,
                           G_CONNECT_SWAPPED);
}

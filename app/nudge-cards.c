/* nudge-cards.c - the column of layer cards, between the hand and the session
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/nudge-cards.h"

#include "ui/nudge-layer-card.h"

struct _NudgeCards {
  GObject parent_instance;

  GtkBox *column;              /* (owned) where the cards are */
  GtkToggleButton *all_layers; /* (owned) */
  NnSession *session;          /* (unowned) (nullable) from open to close */
  GHashTable *standing;        /* (owned) NudgeLayerCard to NnNudge: what is repeated */
  GPtrArray *stands; /* (owned) (element-type NnNudge) all that stand, in order */
};

enum {
  COMMANDED,
  NUDGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (NudgeCards, nudge_cards, G_TYPE_OBJECT)

static void
apply_cb (NudgeCards *self, NudgeLayerCard *card)
{
  g_autoptr (NnNudge) nudge = nudge_layer_card_dup_nudge (card);

  nn_session_do (self->session, &(NnEvent){ .kind = NN_EVENT_NUDGE, .nudge = nudge });
  g_signal_emit (self, signals[NUDGED], 0);
  g_signal_emit (self, signals[COMMANDED], 0);
}

static void
standing_changed_cb (NudgeCards *self, NudgeLayerCard *card)
{
  NnNudge *old = g_hash_table_lookup (self->standing, card);
  g_autoptr (NnNudge) fresh = nudge_layer_card_dup_nudge (card);
  guint index = self->stands->len;

  if (fresh->when == NN_WHEN_BY_HAND)
    g_clear_pointer (&fresh, nn_nudge_unref);
  if (!old && !fresh)
    return;
  if (old)
    g_ptr_array_find (self->stands, old, &index);
  nn_session_do (self->session, &(NnEvent){ .kind = !old    ? NN_EVENT_STAND
                                                    : fresh ? NN_EVENT_REPLACE
                                                            : NN_EVENT_REMOVE,
                                            .nudge = fresh,
                                            .index = index });
  if (old)
    g_ptr_array_remove_index (self->stands, index);
  if (fresh)
    g_ptr_array_insert (self->stands, (gint) index, nn_nudge_ref (fresh));
  if (fresh)
    g_hash_table_insert (self->standing, card, nn_nudge_ref (fresh));
  else
    g_hash_table_remove (self->standing, card);
  g_signal_emit (self, signals[COMMANDED], 0);
}

/* The layer's first nudge, for its card shows one; others stay as they are. */
static NnNudge *
find_nudge_for_card (const NnExperiment *experiment, const char *layer)
{
  for (guint i = 0; i < experiment->nudges->len; i++) {
    NnNudge *nudge = g_ptr_array_index (experiment->nudges, i);

    if (g_str_equal (nudge->target.layer, layer))
      return nudge;
  }
  return NULL;
}

static GtkWidget *
add_card (NudgeCards *self, const NnExperiment *experiment, const char *layer)
{
  GtkWidget *card = nudge_layer_card_new (layer);
  NnNudge *nudge = find_nudge_for_card (experiment, layer);

  if (nudge) {
    nudge_layer_card_set_nudge (NUDGE_LAYER_CARD (card), nudge);
    if (nudge->when != NN_WHEN_BY_HAND)
      g_hash_table_insert (self->standing, card, nn_nudge_ref (nudge));
  }
  g_signal_connect_object (card, "apply", G_CALLBACK (apply_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (card, "standing-changed", G_CALLBACK (standing_changed_cb),
                           self, G_CONNECT_SWAPPED);
  gtk_box_append (self->column, card);
  return card;
}

/* Those that wait for the hand alone do not stand. */
static void
stand_all (NudgeCards *self, const NnExperiment *experiment)
{
  for (guint i = 0; i < experiment->nudges->len; i++) {
    NnNudge *nudge = experiment->nudges->pdata[i];

    if (nudge->when != NN_WHEN_BY_HAND)
      g_ptr_array_add (self->stands, nn_nudge_ref (nudge));
  }
}

/**
 * nudge_cards_open:
 * @session: (unowned): until nudge_cards_close ()
 * @experiment: what @session was made of
 *
 * Cards for its layers, in place of those that were there.
 */
void
nudge_cards_open (NudgeCards *self, NnSession *session, const NnExperiment *experiment)
{
  GtkWidget *all;

  g_return_if_fail (NUDGE_IS_CARDS (self));

  nudge_cards_close (self);
  self->session = session;
  stand_all (self, experiment);
  all = add_card (self, experiment, "*");
  gtk_toggle_button_set_active (self->all_layers,
                                g_hash_table_contains (self->standing, all));
  g_object_bind_property (self->all_layers, "active", all, "visible",
                          G_BINDING_SYNC_CREATE);
  for (gsize i = 0; i < experiment->architecture->n_layers; i++)
    add_card (self, experiment, experiment->architecture->layers[i].name);
}

/**
 * nudge_cards_close:
 *
 * Takes the cards away. No command goes to the session any more.
 */
void
nudge_cards_close (NudgeCards *self)
{
  GtkWidget *card;

  g_return_if_fail (NUDGE_IS_CARDS (self));

  g_hash_table_remove_all (self->standing);
  g_ptr_array_set_size (self->stands, 0);
  while ((card = gtk_widget_get_first_child (GTK_WIDGET (self->column))))
    gtk_box_remove (self->column, card);
  self->session = NULL;
}

/**
 * nudge_cards_set_frame:
 * @frame: the newest of the session's
 */
void
nudge_cards_set_frame (NudgeCards *self, NnFrame *frame)
{
  g_return_if_fail (NUDGE_IS_CARDS (self));
}

static void
nudge_cards_dispose (GObject *object)
{
  NudgeCards *self = NUDGE_CARDS (object);

  g_clear_pointer (&self->standing, g_hash_table_unref);
  g_clear_pointer (&self->stands, g_ptr_array_unref);
  g_clear_object (&self->all_layers);
  g_clear_object (&self->column);
  G_OBJECT_CLASS (nudge_cards_parent_class)->dispose (object);
}

static void
nudge_cards_class_init (NudgeCardsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = nudge_cards_dispose;
  signals[COMMANDED] = g_signal_new ("commanded", NUDGE_TYPE_CARDS, G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[NUDGED] = g_signal_new ("nudged", NUDGE_TYPE_CARDS, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
}

static void
nudge_cards_init (NudgeCards *self)
{
  self->standing =
      g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) nn_nudge_unref);
  self->stands = g_ptr_array_new_with_free_func ((GDestroyNotify) nn_nudge_unref);
}

/**
 * nudge_cards_new:
 * @column: empty; for the cards
 * @all_layers: shows and hides the card for all layers
 */
NudgeCards *
nudge_cards_new (GtkBox *column, GtkToggleButton *all_layers)
{
  NudgeCards *self = g_object_new (NUDGE_TYPE_CARDS, NULL);

  self->column = g_object_ref (column);
  self->all_layers = g_object_ref (all_layers);
  return self;
}

/* nudge-cards.c - the cards of a document, between the user and the session
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/document/nudge-cards.h"

#include "app/base/nudge-function-store.h"
#include "app/document/nudge-card.h"
#include "app/document/nudge-known-list.h"
#include "ui/cards/nudge-variant.h"
#include "ui/draw/base/nudge-frame.h"

struct _NudgeCards {
  GObject parent_instance;

  NudgeSession *session;     /* (owned) */
  GPtrArray *cards;          /* (owned) (element-type NudgeCard) */
  NudgeKnownList *known;     /* (owned) the nudges that repeat, as of a frame … */
  gboolean is_told;          /* … after which nothing was asked for */
  NudgeFunctionStore *store; /* (owned) the user's own functions */
};

enum {
  PROP_ALL_LAYERS = 1,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];
static guint changed, layers;

G_DEFINE_FINAL_TYPE (NudgeCards, nudge_cards, G_TYPE_OBJECT)

static NudgeCard *
get_card (NudgeCards *self, guint index)
{
  return g_ptr_array_index (self->cards, index);
}

static void
card_changed (NudgeCard *card, gpointer cards)
{
  g_signal_emit (cards, changed, 0, card->state.key);
}

/* --- Commands ---------------------------------------------------------------------- */

/* Every application has a nudge of its own, by which it is known. */
static void
apply (NudgeCards *self, NudgeCard *card)
{
  NnNudgeSpec spec;
  g_autofree char *target = nudge_variant_begin (card->state.nudge, &spec);
  g_autoptr (NnNudge) nudge = nudge_variant_make (&spec);

  nudge_session_do (self->session, &(NnEvent){ .kind = NN_EVENT_NUDGE, .nudge = nudge });
  nudge_card_await (card, nudge, nudge_session_get_n_commands (self->session));
}

/* The card's repeating nudge has changed, begun or ended. */
static void
repeat (NudgeCards *self, NudgeCard *card)
{
  NnNudge *nudge = card->state.nudge;
  NnEvent event = { .id = card->repeating, .nudge = nudge, .index = G_MAXSIZE };

  if (nudge->time.when == NN_WHEN_MANUAL && !card->repeating)
    return;
  if (nudge->time.when == NN_WHEN_MANUAL) {
    event.kind = NN_EVENT_REMOVE;
    event.nudge = NULL;
  } else {
    event.kind = card->repeating ? NN_EVENT_REPLACE : NN_EVENT_STAND;
  }
  card->repeating = nudge_session_do (self->session, &event);
  if (event.kind == NN_EVENT_REMOVE)
    card->repeating = 0;
}

static void
ask (NudgeCards *self, NudgeCard *card)
{
  nudge_session_ask (self->session, card->state.key,
                     card->shown && !card->state.folded ? &card->state.question : NULL);
}

static void
see_to (NudgeCards *self, NudgeCard *card, NudgeChanges changes)
{
  if (changes & NUDGE_CHANGED_PREVIEW)
    nudge_session_preview (self->session, card->state.key, card->state.preview);
  if (changes & NUDGE_CHANGED_QUESTION)
    ask (self, card);
  if (changes & NUDGE_CHANGED_REPEATING)
    repeat (self, card);
}

/**
 * nudge_cards_act:
 * @nudge: of that card's layer
 *
 * To be called with what a user did on a card.
 */
void
nudge_cards_act (NudgeCards *self, guint index, NudgeAction action, NnNudge *nudge)
{
  NudgeCard *card;
  NudgeChanges changes;

  g_return_if_fail (NUDGE_IS_CARDS (self));
  g_return_if_fail (index < self->cards->len);

  card = get_card (self, index);
  changes = nudge_card_state_act (&card->state, action, nudge,
                                  nudge_function_store_get (self->store));
  see_to (self, card, changes);
  if (action == NUDGE_ACTION_APPLY)
    apply (self, card);
  card_changed (card, self);
}

/* A card that is not shown asks nothing. */
static void
set_shown (NudgeCards *self, NudgeCard *card, gboolean shown)
{
  if (card->shown == !!shown)
    return;
  card->shown = !!shown;
  ask (self, card);
}

/**
 * nudge_cards_set_folded:
 *
 * Folds the card to its first line; forgotten when its layer is removed.
 */
void
nudge_cards_set_folded (NudgeCards *self, guint index, gboolean folded)
{
  NudgeCard *card;

  g_return_if_fail (NUDGE_IS_CARDS (self));
  g_return_if_fail (index < self->cards->len);

  card = get_card (self, index);
  if (card->state.folded == !!folded)
    return;
  card->state.folded = !!folded;
  ask (self, card);
  card_changed (card, self);
}

/**
 * nudge_cards_aim:
 * @target: of that card's layer, such as "fc1.weight[2]"
 *
 * Sets the card's target. A nudge that repeats keeps its own: only the user changes that,
 * on the card.
 */
gboolean
nudge_cards_aim (NudgeCards *self, guint index, const char *target, GError **error)
{
  NudgeCard *card;
  NudgeChanges changes;
  gboolean aimed;

  g_return_val_if_fail (NUDGE_IS_CARDS (self), FALSE);
  g_return_val_if_fail (index < self->cards->len, FALSE);

  card = get_card (self, index);
  aimed = nudge_card_state_aim (&card->state, target, &changes, error);
  see_to (self, card, changes);
  card_changed (card, self);
  return aimed;
}

/* --- The user's own functions ------------------------------------------------------ */

/**
 * nudge_cards_save_function:
 * @index: of a card with the function, whose range of amounts is saved with it
 *
 * Returns: (transfer full) (nullable): what is wrong; %NULL if it was saved
 */
char *
nudge_cards_save_function (NudgeCards *self,
                           guint index,
                           const char *name,
                           const char *expression)
{
  const NnFunction function =
      nudge_card_state_name (nudge_cards_get_state (self, index), name, expression);
  g_autoptr (GError) error = NULL;

  return nudge_function_store_save (self->store, &function, &error)
             ? NULL
             : g_strdup (error->message);
}

/* --- Layers ------------------------------------------------------------------------ */

static gboolean
is_of (const NudgeCard *card, const char *layer)
{
  return g_str_equal (card->state.nudge->target.layer, layer);
}

static gboolean
has_cards_of (NudgeCards *self, const NnArchitecture *architecture)
{
  if (self->cards->len != architecture->n_layers + 1)
    return FALSE;
  for (guint i = 1; i < self->cards->len; i++)
    if (!is_of (get_card (self, i), architecture->layers[i - 1].name))
      return FALSE;
  return TRUE;
}

/* Questions have the card's index as their key, which may change now. */
static void
hide_layers (NudgeCards *self)
{
  for (guint i = 1; i < self->cards->len; i++) {
    set_shown (self, get_card (self, i), FALSE);
    nudge_session_preview (self->session, i, NULL);
  }
}

static NudgeCard *
take_card (NudgeCards *self, const char *layer)
{
  for (guint i = 1; i < self->cards->len; i++)
    if (is_of (get_card (self, i), layer))
      return g_ptr_array_steal_index (self->cards, i);
  return nudge_card_new (layer, 0, card_changed, self);
}

/* A layer keeps its card; a renamed one gets a new card, which shows its repeating nudge. */
static void
follow_layers (NudgeCards *self, const NnArchitecture *architecture)
{
  GPtrArray *cards = g_ptr_array_new_with_free_func ((GDestroyNotify) nudge_card_free);

  hide_layers (self);
  for (guint i = 0; i < architecture->n_layers; i++)
    g_ptr_array_add (cards, take_card (self, architecture->layers[i].name));
  g_ptr_array_insert (cards, 0, g_ptr_array_steal_index (self->cards, 0));
  g_ptr_array_unref (self->cards);
  self->cards = cards;
  for (guint i = 1; i < cards->len; i++) {
    get_card (self, i)->state.key = i;
    set_shown (self, get_card (self, i), TRUE);
  }
  self->is_told = FALSE;
}

/* --- Frames ------------------------------------------------------------------------ */

static gboolean
is_owned (NudgeCards *self, guint64 id)
{
  for (guint i = 0; i < self->cards->len; i++)
    if (get_card (self, i)->repeating == id)
      return TRUE;
  return FALSE;
}

/* The card of its layer takes over what undo or redo has brought, if it has none. */
static void
adopt (NudgeCards *self, const NnStanding *standing)
{
  for (guint i = 0; i < self->cards->len; i++) {
    NudgeCard *card = get_card (self, i);

    if (!card->repeating &&
        g_str_equal (card->state.nudge->target.layer, standing->nudge->target.layer)) {
      card->repeating = standing->id;
      return;
    }
  }
}

static void
remember (NudgeCards *self, guint64 id, NnNudge *nudge)
{
  nudge_known_list_append (self->known, id, nudge, !is_owned (self, id));
}

static void
show_repeating (NudgeCards *self, NudgeCard *card, const NnFrame *frame)
{
  const NnStanding *standing = nudge_frame_find_repeating (frame, card->repeating);
  NudgeChanges changes =
      nudge_card_state_set_repeating (&card->state, standing ? standing->nudge : NULL,
                                      nudge_function_store_get (self->store));

  see_to (self, card, changes);
  card_changed (card, self);
}

/* Undo, redo or a list may have removed a card's repeating nudge, or brought one, which
 * the card of its layer shows. One that no card showed before stays so. */
static void
tell_repeating (NudgeCards *self, const NnFrame *frame)
{
  for (guint i = 0; i < self->cards->len; i++)
    if (!nudge_frame_find_repeating (frame, get_card (self, i)->repeating))
      get_card (self, i)->repeating = 0;
  for (gsize i = 0; i < frame->n_standing; i++)
    if (!is_owned (self, frame->standing[i].id) &&
        !nudge_known_list_has_alone (self->known, frame->standing[i].id))
      adopt (self, &frame->standing[i]);
  nudge_known_list_clear (self->known);
  for (gsize i = 0; i < frame->n_standing; i++)
    remember (self, frame->standing[i].id, frame->standing[i].nudge);
  for (guint i = 0; i < self->cards->len; i++)
    show_repeating (self, get_card (self, i), frame);
  self->is_told = TRUE;
}

/**
 * nudge_cards_set_frame:
 * @frame: the newest of the session's
 */
void
nudge_cards_set_frame (NudgeCards *self, const NnFrame *frame)
{
  gboolean others;

  g_return_if_fail (NUDGE_IS_CARDS (self));

  others = !has_cards_of (self, frame->architecture);
  if (others)
    follow_layers (self, frame->architecture);
  for (guint i = 0; i < self->cards->len; i++)
    nudge_card_set_frame (get_card (self, i), frame);
  if (others)
    g_signal_emit (self, layers, 0);

  /* The list counts only once every command is done. */
  if (nudge_session_is_up_to_date (self->session) &&
      !(self->is_told && nudge_known_list_agrees (self->known, frame)))
    tell_repeating (self, frame);
}

/* --- Life -------------------------------------------------------------------------- */

guint
nudge_cards_get_n (NudgeCards *self)
{
  g_return_val_if_fail (NUDGE_IS_CARDS (self), 0);

  return self->cards->len;
}

const NudgeCardState *
nudge_cards_get_state (NudgeCards *self, guint index)
{
  g_return_val_if_fail (NUDGE_IS_CARDS (self), NULL);
  g_return_val_if_fail (index < self->cards->len, NULL);

  return &get_card (self, index)->state;
}

static void
nudge_cards_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_ALL_LAYERS)
    g_value_set_boolean (value, get_card (NUDGE_CARDS (object), 0)->shown);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
nudge_cards_set_property (GObject *object,
                          guint id,
                          const GValue *value,
                          GParamSpec *pspec)
{
  NudgeCards *self = NUDGE_CARDS (object);
  NudgeCard *all = get_card (self, 0);
  gboolean before = all->shown;

  if (id != PROP_ALL_LAYERS) {
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    return;
  }
  set_shown (self, all, g_value_get_boolean (value));
  if (all->shown != before)
    g_object_notify_by_pspec (object, pspec);
}

static void
nudge_cards_finalize (GObject *object)
{
  NudgeCards *self = NUDGE_CARDS (object);

  g_ptr_array_unref (self->cards);
  nudge_known_list_free (self->known);
  g_object_unref (self->session);
  g_object_unref (self->store);
  G_OBJECT_CLASS (nudge_cards_parent_class)->finalize (object);
}

static void
nudge_cards_class_init (NudgeCardsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = nudge_cards_get_property;
  object_class->set_property = nudge_cards_set_property;
  object_class->finalize = nudge_cards_finalize;
  props[PROP_ALL_LAYERS] = g_param_spec_boolean (
      "all-layers", NULL, NULL, FALSE,
      G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  changed = g_signal_new ("changed", NUDGE_TYPE_CARDS, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                          NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  layers = g_signal_new ("layers", NUDGE_TYPE_CARDS, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                         NULL, G_TYPE_NONE, 0);
}

static void
did_cb (NudgeCards *self)
{
  self->is_told = FALSE;
}

static void
nudge_cards_init (NudgeCards *self)
{
  self->store = nudge_function_store_ref_default ();
  self->cards = g_ptr_array_new_with_free_func ((GDestroyNotify) nudge_card_free);
  self->known = nudge_known_list_new ();
}

/* The layer's first nudge, for its card shows one; others stay as they are.
 * @id: (out): 0 if it does not repeat */
static NnNudge *
find_nudge_for_card (const NnExperiment *experiment, const char *layer, guint64 *id)
{
  for (guint i = 0; i < experiment->nudges->len; i++) {
    NnNudge *nudge = g_ptr_array_index (experiment->nudges, i);

    if (g_str_equal (nudge->target.layer, layer)) {
      *id = nn_experiment_get_nudge_id (experiment, i);
      return nudge;
    }
  }
  return NULL;
}

static void
add_card (NudgeCards *self, const NnExperiment *experiment, const char *layer)
{
  NudgeCard *card = nudge_card_new (layer, self->cards->len, card_changed, self);
  NnNudge *nudge = find_nudge_for_card (experiment, layer, &card->repeating);

  if (nudge)
    nudge_card_state_set_nudge (&card->state, nudge,
                                nudge_function_store_get (self->store));
  g_ptr_array_add (self->cards, card);
}

static void
remember_all (NudgeCards *self, const NnExperiment *experiment)
{
  for (guint i = 0; i < experiment->nudges->len; i++) {
    const guint64 id = nn_experiment_get_nudge_id (experiment, i);

    if (id > 0)
      remember (self, id, experiment->nudges->pdata[i]);
  }
}

/**
 * nudge_cards_new:
 * @session: of @experiment
 *
 * The card for all layers is shown if the experiment has a nudge of it.
 */
NudgeCards *
nudge_cards_new (NudgeSession *session, const NnExperiment *experiment)
{
  NudgeCards *self = g_object_new (NUDGE_TYPE_CARDS, NULL);
  guint64 id;
  const gboolean of_all = find_nudge_for_card (experiment, "*", &id) != NULL;

  self->session = g_object_ref (session);
  add_card (self, experiment, "*");
  for (gsize i = 0; i < experiment->architecture->n_layers; i++)
    add_card (self, experiment, experiment->architecture->layers[i].name);
  remember_all (self, experiment);
  for (guint i = 0; i < self->cards->len; i++)
    set_shown (self, get_card (self, i), i > 0 || of_all);
  g_signal_connect_object (session, "did", G_CALLBACK (did_cb), self, G_CONNECT_SWAPPED);
  return self;
}

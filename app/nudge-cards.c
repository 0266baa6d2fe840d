/* nudge-cards.c - what the cards show, between the user and the session
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/nudge-cards.h"

#include "app/nudge-card.h"
#include "app/nudge-expected-list.h"
#include "app/nudge-function-store.h"
#include "ui/draw/nudge-frame.h"
#include "ui/nudge-variant.h"

struct _NudgeCards {
  GObject parent_instance;

  NnSession *session;           /* (unowned) outlives us */
  GPtrArray *cards;             /* (owned) (element-type NudgeCard) */
  NudgeExpectedList *repeating; /* (owned) all that will repeat */
  gboolean is_told;             /* the cards know the newest frame's list */
  NudgeFunctionStore *store;    /* (owned) the user's own functions */
  NudgeCard *previewing;        /* (unowned) (nullable) whose preview the session shows */
};

enum {
  CHANGED,
  FUNCTIONS_CHANGED,
  COMMANDED,
  NUDGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (NudgeCards, nudge_cards, G_TYPE_OBJECT)

static NudgeCard *
get_card (NudgeCards *self, guint index)
{
  return g_ptr_array_index (self->cards, index);
}

static void
card_changed (NudgeCard *card, gpointer cards)
{
  g_signal_emit (cards, signals[CHANGED], 0, card->state.key);
}

/* --- Commands ---------------------------------------------------------------------- */

/**
 * nudge_cards_do:
 * @event: addresses the list of repeating nudges as the newest frame has it, or as it
 *   will be once all that was given to this function is done
 *
 * Gives @event to the session.
 */
void
nudge_cards_do (NudgeCards *self, const NnEvent *event)
{
  g_return_if_fail (NUDGE_IS_CARDS (self));

  nudge_expected_list_follow (self->repeating, event);
  self->is_told = FALSE;
  nn_session_do (self->session, event);
  g_signal_emit (self, signals[COMMANDED], 0);
}

/* Every application has a nudge of its own, by which it is known. */
static void
apply (NudgeCards *self, NudgeCard *card)
{
  NnNudgeSpec spec;
  g_autofree char *target = nudge_variant_begin (card->state.nudge, &spec);
  g_autoptr (NnNudge) nudge = nudge_variant_make (&spec);

  nudge_cards_do (self, &(NnEvent){ .kind = NN_EVENT_NUDGE, .nudge = nudge });
  nudge_card_await (card, nudge, nn_session_get_n_commands (self->session));
  g_signal_emit (self, signals[NUDGED], 0);
}

/* What repeats of the card is its nudge from now on, or nothing. */
static void
repeat (NudgeCards *self, NudgeCard *card)
{
  NnNudge *nudge = card->state.nudge;
  NnEvent event = { .nudge = nudge };
  gboolean is_there =
      nudge_expected_list_find (self->repeating, card->repeating, &event.index);

  if (!is_there)
    event.index = nudge_expected_list_get_length (self->repeating);
  if (nudge->when != NN_WHEN_BY_HAND)
    event.kind = is_there ? NN_EVENT_REPLACE : NN_EVENT_STAND;
  else if (is_there)
    event.kind = NN_EVENT_REMOVE;
  else
    return;
  if (event.kind == NN_EVENT_REMOVE)
    event.nudge = NULL;
  nudge_card_set_repeating (card, event.nudge);
  nudge_cards_do (self, &event);
}

static void
ask (NudgeCards *self, NudgeCard *card)
{
  nn_session_ask (self->session, card->state.key,
                  card->shown ? &card->state.question : NULL);
  g_signal_emit (self, signals[COMMANDED], 0);
}

static void
preview (NudgeCards *self, NudgeCard *card)
{
  NnNudge *nudge = card->state.preview;

  if (!nudge && self->previewing != card)
    return; /* another card's is shown by now */
  self->previewing = nudge ? card : NULL;
  nn_session_preview (self->session, nudge);
  g_signal_emit (self, signals[COMMANDED], 0);
}

static void
see_to (NudgeCards *self, NudgeCard *card, NudgeChanges changes)
{
  if (changes & NUDGE_CHANGED_PREVIEW)
    preview (self, card);
  if (changes & NUDGE_CHANGED_QUESTION)
    ask (self, card);
  if (changes & NUDGE_CHANGED_REPEATING)
    repeat (self, card);
}

/**
 * nudge_cards_act:
 * @nudge: of that card's layer
 *
 * What a user has done on a card.
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

/**
 * nudge_cards_set_shown:
 *
 * A card that is not seen has no questions.
 */
void
nudge_cards_set_shown (NudgeCards *self, guint index, gboolean shown)
{
  NudgeCard *card;

  g_return_if_fail (NUDGE_IS_CARDS (self));
  g_return_if_fail (index < self->cards->len);

  card = get_card (self, index);
  shown = !!shown;
  if (card->shown == shown)
    return;
  card->shown = shown;
  ask (self, card);
}

/**
 * nudge_cards_aim:
 * @target: "fc1.weight[2]"
 *
 * Aims the card of that layer there; but a nudge that repeats keeps its target, which is
 * changed on the card alone.
 */
gboolean
nudge_cards_aim (NudgeCards *self, const char *target, GError **error)
{
  const char *at = target;
  NnTarget parsed;
  gboolean aimed;

  g_return_val_if_fail (NUDGE_IS_CARDS (self), FALSE);

  aimed = nn_target_parse (&parsed, target, &at, error);
  for (guint i = 0; aimed && i < self->cards->len; i++) {
    NudgeCard *card = get_card (self, i);
    NudgeChanges changes = 0;

    if (!g_str_equal (card->state.nudge->target.layer, parsed.layer))
      continue;
    aimed = nudge_card_state_aim (&card->state, target, &changes, error);
    see_to (self, card, changes);
    card_changed (card, self);
  }
  nn_target_clear (&parsed);
  return aimed;
}

/* --- The user's own functions ------------------------------------------------------ */

/**
 * nudge_cards_save_function:
 * @index: of the card that has it, and the range to keep it with
 *
 * Returns: (transfer full) (nullable): what is wrong, if anything
 */
char *
nudge_cards_save_function (NudgeCards *self,
                           guint index,
                           const char *name,
                           const char *expression)
{
  const NudgeCardState *state = nudge_cards_get_state (self, index);
  const NnQuestion *range = &state->question;
  g_autoptr (GError) error = NULL;
  const NnFunction function = {
    .name = name,
    .expression = expression,
    .symbol = expression,
    .sentence = "",
    .least = range->least,
    .most = range->most,
    .usual = CLAMP (state->nudge->amount, range->least, range->most),
    .logarithmic = range->logarithmic,
  };

  return nudge_function_store_save (self->store, &function, &error)
             ? NULL
             : g_strdup (error->message);
}

/* --- Frames ------------------------------------------------------------------------ */

static gboolean
is_owned (NudgeCards *self, const NnNudge *nudge)
{
  for (guint i = 0; i < self->cards->len; i++)
    if (get_card (self, i)->repeating == nudge)
      return TRUE;
  return FALSE;
}

/* The card of @nudge's layer takes it over, if it has none. */
static void
adopt (NudgeCards *self, NnNudge *nudge)
{
  for (guint i = 0; i < self->cards->len; i++) {
    NudgeCard *card = get_card (self, i);

    if (!card->repeating &&
        g_str_equal (card->state.nudge->target.layer, nudge->target.layer)) {
      nudge_card_set_repeating (card, nudge);
      return;
    }
  }
}

/* What undo, redo or a list has taken away is no card's any more; what they have brought
 * is shown by the card of its layer. What no card has shown all along stays alone. */
static void
tell_repeating (NudgeCards *self, const NnFrame *frame)
{
  for (guint i = 0; i < self->cards->len; i++) {
    NudgeCard *card = get_card (self, i);

    if (card->repeating && nudge_frame_find_repeating (frame, card->repeating) < 0)
      nudge_card_set_repeating (card, NULL);
  }
  for (gsize i = 0; i < frame->n_standing; i++) {
    NnNudge *nudge = frame->standing[i].nudge;

    if (!nudge_expected_list_find (self->repeating, nudge, NULL) &&
        !is_owned (self, nudge))
      adopt (self, nudge);
  }
  nudge_expected_list_set_frame (self->repeating, frame);
  for (guint i = 0; i < self->cards->len; i++) {
    NudgeCard *card = get_card (self, i);

    NudgeChanges changes = nudge_card_state_set_repeating (
        &card->state, card->repeating, nudge_function_store_get (self->store));

    see_to (self, card, changes);
  }
  self->is_told = TRUE;
}

/**
 * nudge_cards_set_frame:
 * @frame: the newest of the session's
 */
void
nudge_cards_set_frame (NudgeCards *self, const NnFrame *frame)
{
  g_return_if_fail (NUDGE_IS_CARDS (self));

  for (guint i = 0; i < self->cards->len; i++)
    nudge_card_set_frame (get_card (self, i), frame);

  /* Until all that was said has been done, the list is not what it will be. */
  if (frame->n_commands >= nn_session_get_n_commands (self->session) &&
      !(self->is_told && nudge_expected_list_agrees (self->repeating, frame)))
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

const NnFunctions *
nudge_cards_get_functions (NudgeCards *self)
{
  g_return_val_if_fail (NUDGE_IS_CARDS (self), NULL);

  return nudge_function_store_get (self->store);
}

static void
nudge_cards_finalize (GObject *object)
{
  NudgeCards *self = NUDGE_CARDS (object);

  g_ptr_array_unref (self->cards);
  nudge_expected_list_free (self->repeating);
  g_object_unref (self->store);
  G_OBJECT_CLASS (nudge_cards_parent_class)->finalize (object);
}

static void
nudge_cards_class_init (NudgeCardsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = nudge_cards_finalize;
  signals[CHANGED] = g_signal_new ("changed", NUDGE_TYPE_CARDS, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[FUNCTIONS_CHANGED] =
      g_signal_new ("functions-changed", NUDGE_TYPE_CARDS, G_SIGNAL_RUN_LAST, 0, NULL,
                    NULL, NULL, G_TYPE_NONE, 0);
  signals[COMMANDED] = g_signal_new ("commanded", NUDGE_TYPE_CARDS, G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[NUDGED] = g_signal_new ("nudged", NUDGE_TYPE_CARDS, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
}

static void
functions_changed_cb (NudgeCards *self)
{
  g_signal_emit (self, signals[FUNCTIONS_CHANGED], 0);
}

static void
nudge_cards_init (NudgeCards *self)
{
  self->store = nudge_function_store_ref_default ();
  g_signal_connect_object (self->store, "changed", G_CALLBACK (functions_changed_cb),
                           self, G_CONNECT_SWAPPED);
  self->cards = g_ptr_array_new_with_free_func ((GDestroyNotify) nudge_card_free);
  self->repeating = nudge_expected_list_new ();
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

static void
add_card (NudgeCards *self, const NnExperiment *experiment, const char *layer)
{
  NudgeCard *card = nudge_card_new (layer, self->cards->len, card_changed, self);
  NnNudge *nudge = find_nudge_for_card (experiment, layer);

  if (nudge) {
    nudge_card_state_set_nudge (&card->state, nudge,
                                nudge_function_store_get (self->store));
    if (nudge->when != NN_WHEN_BY_HAND)
      nudge_card_set_repeating (card, nudge);
  }
  g_ptr_array_add (self->cards, card);
}

/**
 * nudge_cards_new:
 * @session: (unowned): outlives the result
 * @experiment: what @session was made of
 *
 * None of them is shown yet.
 */
NudgeCards *
nudge_cards_new (NnSession *session, const NnExperiment *experiment)
{
  NudgeCards *self = g_object_new (NUDGE_TYPE_CARDS, NULL);

  self->session = session;
  for (guint i = 0; i < experiment->nudges->len; i++) {
    NnNudge *nudge = experiment->nudges->pdata[i];

    if (nudge->when != NN_WHEN_BY_HAND)
      nudge_expected_list_append (self->repeating, nudge);
  }
  add_card (self, experiment, "*");
  for (gsize i = 0; i < experiment->architecture->n_layers; i++)
    add_card (self, experiment, experiment->architecture->layers[i].name);
  return self;
}

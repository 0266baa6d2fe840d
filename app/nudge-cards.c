/* nudge-cards.c - the column of layer cards, between the hand and the session
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/nudge-cards.h"

#include "app/nudge-own-functions.h"
#include "ui/draw/nudge-frame.h"
#include "ui/nudge-layer-card.h"

/* A wait shorter than this is not worth a badge. */
#define PENDING_MS 200
/* How long a card keeps the border of a nudge that has landed. */
#define LANDED_MS 1500

/* A card, and what of it has gone to the session. */
typedef struct {
  NudgeCards *owner;
  NudgeLayerCard *card;  /* (unowned) in the column */
  guint key;             /* of its question */
  NnNudge *standing;     /* (owned) (nullable) its own of those that repeat */
  NnNudge *applied;      /* (owned) (nullable) by hand, and not landed yet */
  guint64 applied_until; /* commands done by then */
  guint timer;           /* until a badge comes, or a border goes */
} Entry;

struct _NudgeCards {
  GObject parent_instance;

  GtkBox *column;              /* (owned) where the cards are */
  GtkToggleButton *all_layers; /* (owned) */
  NnSession *session;          /* (unowned) (nullable) from open to close */
  GPtrArray *entries;  /* (owned) (element-type Entry) the first is of all layers */
  GPtrArray *standing; /* (owned) (element-type NnNudge) all that will stand, in order */
  NnFunctions *functions; /* (owned) a person's own */
  gboolean is_told;       /* the cards know the newest frame's list */
  Entry *previewing;      /* (unowned) (nullable) whose preview the session shows */
};

enum {
  COMMANDED,
  NUDGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (NudgeCards, nudge_cards, G_TYPE_OBJECT)

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_clear_handle_id (&entry->timer, g_source_remove);
  g_clear_pointer (&entry->standing, nn_nudge_unref);
  g_clear_pointer (&entry->applied, nn_nudge_unref);
  g_free (entry);
}

static void
set_nudge (NnNudge **place, NnNudge *nudge)
{
  if (nudge)
    nn_nudge_ref (nudge);
  g_clear_pointer (place, nn_nudge_unref);
  *place = nudge;
}

/* --- Commands ---------------------------------------------------------------------- */

/* What @event will make of the list. */
static void
foresee (NudgeCards *self, const NnEvent *event)
{
  GPtrArray *list = self->standing;

  switch (event->kind) {
  case NN_EVENT_STAND:
    g_ptr_array_insert (list, (gint) MIN (event->index, list->len),
                        nn_nudge_ref (event->nudge));
    break;
  case NN_EVENT_REPLACE:
    if (event->index < list->len)
      set_nudge ((NnNudge **) &list->pdata[event->index], event->nudge);
    break;
  case NN_EVENT_REMOVE:
    if (event->index < list->len)
      g_ptr_array_remove_index (list, (guint) event->index);
    break;
  case NN_EVENT_MOVE:
    if (event->index < list->len) {
      gpointer moved = g_ptr_array_steal_index (list, (guint) event->index);

      g_ptr_array_insert (list, (gint) MIN (event->to, list->len), moved);
    }
    break;
  case NN_EVENT_NUDGE:
  case NN_EVENT_PAUSE:
  case NN_EVENT_RESUME:
  case NN_EVENT_GUARD:
    break;
  }
}

/**
 * nudge_cards_do:
 * @event: addresses the list of standing nudges as the newest frame has it, or as it
 *   will be once all that was given to this function is done
 *
 * Gives @event to the session.
 */
void
nudge_cards_do (NudgeCards *self, const NnEvent *event)
{
  g_return_if_fail (NUDGE_IS_CARDS (self));
  g_return_if_fail (self->session != NULL);

  foresee (self, event);
  self->is_told = FALSE;
  nn_session_do (self->session, event);
  g_signal_emit (self, signals[COMMANDED], 0);
}

static gboolean
show_pending_cb (gpointer data)
{
  Entry *entry = data;

  entry->timer = 0;
  nudge_layer_card_set_pending (entry->card, TRUE);
  return G_SOURCE_REMOVE;
}

static gboolean
hide_landed_cb (gpointer data)
{
  Entry *entry = data;

  entry->timer = 0;
  nudge_layer_card_set_standing (entry->card, FALSE);
  return G_SOURCE_REMOVE;
}

static void
apply_cb (Entry *entry)
{
  NudgeCards *self = entry->owner;
  g_autoptr (NnNudge) nudge = nudge_layer_card_dup_nudge (entry->card);

  nudge_cards_do (self, &(NnEvent){ .kind = NN_EVENT_NUDGE, .nudge = nudge });
  set_nudge (&entry->applied, nudge);
  entry->applied_until = nn_session_get_n_commands (self->session);
  g_clear_handle_id (&entry->timer, g_source_remove);
  entry->timer = g_timeout_add (PENDING_MS, show_pending_cb, entry);
  g_signal_emit (self, signals[NUDGED], 0);
}

static void
standing_changed_cb (Entry *entry)
{
  NudgeCards *self = entry->owner;
  g_autoptr (NnNudge) fresh = nudge_layer_card_dup_nudge (entry->card);
  NnEvent event = { .nudge = fresh };
  guint index;
  gboolean stands =
      entry->standing && g_ptr_array_find (self->standing, entry->standing, &index);

  event.index = stands ? index : self->standing->len;
  if (fresh->when != NN_WHEN_BY_HAND)
    event.kind = stands ? NN_EVENT_REPLACE : NN_EVENT_STAND;
  else if (stands)
    event.kind = NN_EVENT_REMOVE;
  else
    return;
  if (event.kind == NN_EVENT_REMOVE)
    event.nudge = NULL;
  set_nudge (&entry->standing, event.nudge);
  nudge_cards_do (self, &event);
}

/* A card that nobody sees has no questions. */
static void
ask_cb (Entry *entry)
{
  NudgeCards *self = entry->owner;
  g_auto (NnQuestion) question = { 0 };

  if (gtk_widget_get_visible (GTK_WIDGET (entry->card))) {
    nudge_layer_card_dup_question (entry->card, &question);
    nn_session_ask (self->session, entry->key, &question);
  } else {
    nn_session_ask (self->session, entry->key, NULL);
  }
  g_signal_emit (self, signals[COMMANDED], 0);
}

static void
preview_changed_cb (Entry *entry)
{
  NudgeCards *self = entry->owner;
  NnNudge *preview = nudge_layer_card_get_preview (entry->card);

  if (!preview && self->previewing != entry)
    return; /* another card's is shown by now */
  self->previewing = preview ? entry : NULL;
  nn_session_preview (self->session, preview);
  g_signal_emit (self, signals[COMMANDED], 0);
}

/* --- A person's own functions ------------------------------------------------------ */

static void
offer_functions (NudgeCards *self, Entry *entry)
{
  gsize n = nn_functions_get_length (self->functions);
  g_autofree NnFunction *functions = g_new (NnFunction, n);

  for (gsize i = 0; i < n; i++)
    functions[i] = *nn_functions_get (self->functions, i);
  nudge_layer_card_set_functions (entry->card, functions, n);
}

/* With the range that the card has given it. Returns: what is wrong, if anything */
static char *
save_function_cb (Entry *entry, const char *name, const char *expression)
{
  NudgeCards *self = entry->owner;
  g_autoptr (NnNudge) nudge = nudge_layer_card_dup_nudge (entry->card);
  g_auto (NnQuestion) range = { 0 };
  g_autoptr (GError) error = NULL;
  NnFunction function;

  nudge_layer_card_dup_question (entry->card, &range);
  function = (NnFunction){
    .name = name,
    .expression = expression,
    .symbol = expression,
    .sentence = "",
    .least = range.least,
    .most = range.most,
    .usual = CLAMP (nudge->amount, range.least, range.most),
    .logarithmic = range.logarithmic,
  };
  if (!nn_functions_set (self->functions, &function, &error) ||
      !nudge_own_functions_save (self->functions, &error))
    return g_strdup (error->message);
  for (guint i = 0; i < self->entries->len; i++)
    offer_functions (self, self->entries->pdata[i]);
  return NULL;
}

/* --- Frames ------------------------------------------------------------------------ */

static void
show_landed (Entry *entry, const NnFrame *frame)
{
  const NnLanding *landing;

  if (!entry->applied) {
    nudge_layer_card_follow_landings (entry->card, frame);
    return;
  }
  if (frame->n_commands < entry->applied_until)
    return;
  landing = nudge_frame_find_landing (frame, entry->applied);
  g_clear_handle_id (&entry->timer, g_source_remove);
  nudge_layer_card_set_pending (entry->card, FALSE);
  if (landing && !landing->refusal) {
    nudge_layer_card_set_standing (entry->card, TRUE);
    entry->timer = g_timeout_add (LANDED_MS, hide_landed_cb, entry);
  }
  set_nudge (&entry->applied, NULL);
  nudge_layer_card_follow_landings (entry->card, frame);
}

static gboolean
is_owned (NudgeCards *self, const NnNudge *nudge)
{
  for (guint i = 0; i < self->entries->len; i++)
    if (((Entry *) self->entries->pdata[i])->standing == nudge)
      return TRUE;
  return FALSE;
}

/* The card of @nudge's layer takes it over, if it has none. */
static void
adopt (NudgeCards *self, NnNudge *nudge)
{
  for (guint i = 0; i < self->entries->len; i++) {
    Entry *entry = self->entries->pdata[i];

    if (!entry->standing &&
        g_str_equal (nudge_layer_card_get_layer (entry->card), nudge->target.layer)) {
      set_nudge (&entry->standing, nudge);
      return;
    }
  }
}

static gboolean
list_is_as_foreseen (NudgeCards *self, const NnFrame *frame)
{
  if (frame->n_standing != self->standing->len)
    return FALSE;
  for (gsize i = 0; i < frame->n_standing; i++)
    if (frame->standing[i].nudge != self->standing->pdata[i])
      return FALSE;
  return TRUE;
}

/* What undo, redo or a list has taken away is no card's any more; what they have brought
 * is shown by the card of its layer. What no card has shown all along stays alone. */
static void
tell_standing (NudgeCards *self, const NnFrame *frame)
{
  for (guint i = 0; i < self->entries->len; i++) {
    Entry *entry = self->entries->pdata[i];

    if (entry->standing && nudge_frame_find_repeating (frame, entry->standing) < 0)
      set_nudge (&entry->standing, NULL);
  }
  for (gsize i = 0; i < frame->n_standing; i++)
    if (!g_ptr_array_find (self->standing, frame->standing[i].nudge, NULL) &&
        !is_owned (self, frame->standing[i].nudge))
      adopt (self, frame->standing[i].nudge);

  g_ptr_array_set_size (self->standing, 0);
  for (gsize i = 0; i < frame->n_standing; i++)
    g_ptr_array_add (self->standing, nn_nudge_ref (frame->standing[i].nudge));
  for (guint i = 0; i < self->entries->len; i++) {
    Entry *entry = self->entries->pdata[i];

    nudge_layer_card_set_standing_nudge (entry->card, entry->standing);
  }
  self->is_told = TRUE;
}

/**
 * nudge_cards_set_frame:
 * @frame: the newest of the session's
 */
void
nudge_cards_set_frame (NudgeCards *self, NnFrame *frame)
{
  g_return_if_fail (NUDGE_IS_CARDS (self));
  g_return_if_fail (self->session != NULL);

  for (guint i = 0; i < self->entries->len; i++) {
    Entry *entry = self->entries->pdata[i];

    nudge_layer_card_set_frame (entry->card, frame);
    show_landed (entry, frame);
  }

  /* Until all that was said has been done, the list is not what it will be. */
  if (frame->n_commands >= nn_session_get_n_commands (self->session) &&
      !(self->is_told && list_is_as_foreseen (self, frame)))
    tell_standing (self, frame);
}

/**
 * nudge_cards_set_target:
 * @target: "fc1.weight[2]"
 *
 * Aims the card of that layer at it, as if a person had chosen it there.
 */
gboolean
nudge_cards_set_target (NudgeCards *self, const char *target, GError **error)
{
  const char *at = target;
  NnTarget parsed;
  gboolean aimed;

  g_return_val_if_fail (NUDGE_IS_CARDS (self), FALSE);

  aimed = nn_target_parse (&parsed, target, &at, error);
  for (guint i = 0; aimed && i < self->entries->len; i++) {
    Entry *entry = self->entries->pdata[i];

    if (g_str_equal (nudge_layer_card_get_layer (entry->card), parsed.layer))
      aimed = nudge_layer_card_set_target (entry->card, target, error);
  }
  nn_target_clear (&parsed);
  return aimed;
}

/* --- Opening ----------------------------------------------------------------------- */

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
connect_card (Entry *entry)
{
  static const struct {
    const char *signal;
    void (*callback) (Entry *entry);
  } handlers[] = {
    { "apply", apply_cb },          { "standing-changed", standing_changed_cb },
    { "question-changed", ask_cb }, { "preview-changed", preview_changed_cb },
    { "notify::visible", ask_cb },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (handlers); i++)
    g_signal_connect_swapped (entry->card, handlers[i].signal,
                              G_CALLBACK (handlers[i].callback), entry);
  g_signal_connect_swapped (entry->card, "save-function", G_CALLBACK (save_function_cb),
                            entry);
}

static Entry *
add_card (NudgeCards *self, const NnExperiment *experiment, const char *layer)
{
  Entry *entry = g_new0 (Entry, 1);
  NnNudge *nudge = find_nudge_for_card (experiment, layer);

  entry->owner = self;
  entry->card = NUDGE_LAYER_CARD (nudge_layer_card_new (layer));
  entry->key = self->entries->len;
  nudge_layer_card_set_key (entry->card, entry->key);
  offer_functions (self, entry);
  if (nudge) {
    nudge_layer_card_set_nudge (entry->card, nudge);
    if (nudge->when != NN_WHEN_BY_HAND)
      entry->standing = nn_nudge_ref (nudge);
  }
  g_ptr_array_add (self->entries, entry);
  gtk_box_append (self->column, GTK_WIDGET (entry->card));
  return entry;
}

/* Those that wait for the hand alone do not stand. */
static void
stand_all (NudgeCards *self, const NnExperiment *experiment)
{
  for (guint i = 0; i < experiment->nudges->len; i++) {
    NnNudge *nudge = experiment->nudges->pdata[i];

    if (nudge->when != NN_WHEN_BY_HAND)
      g_ptr_array_add (self->standing, nn_nudge_ref (nudge));
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
  Entry *all;

  g_return_if_fail (NUDGE_IS_CARDS (self));

  nudge_cards_close (self);
  self->session = session;
  stand_all (self, experiment);
  all = add_card (self, experiment, "*");
  gtk_toggle_button_set_active (self->all_layers, all->standing != NULL);
  g_object_bind_property (self->all_layers, "active", all->card, "visible",
                          G_BINDING_SYNC_CREATE);
  for (gsize i = 0; i < experiment->architecture->n_layers; i++)
    add_card (self, experiment, experiment->architecture->layers[i].name);
  for (guint i = 0; i < self->entries->len; i++) {
    connect_card (self->entries->pdata[i]);
    ask_cb (self->entries->pdata[i]);
  }
}

/**
 * nudge_cards_close:
 *
 * Takes the cards away. No command goes to the session any more.
 */
void
nudge_cards_close (NudgeCards *self)
{
  g_return_if_fail (NUDGE_IS_CARDS (self));

  for (guint i = 0; i < self->entries->len; i++) {
    Entry *entry = self->entries->pdata[i];

    g_signal_handlers_disconnect_by_data (entry->card, entry);
    gtk_box_remove (self->column, GTK_WIDGET (entry->card));
  }
  g_ptr_array_set_size (self->entries, 0);
  g_ptr_array_set_size (self->standing, 0);
  self->is_told = FALSE;
  self->previewing = NULL;
  self->session = NULL;
}

static void
nudge_cards_dispose (GObject *object)
{
  NudgeCards *self = NUDGE_CARDS (object);

  if (self->column)
    nudge_cards_close (self);
  g_clear_object (&self->all_layers);
  g_clear_object (&self->column);
  G_OBJECT_CLASS (nudge_cards_parent_class)->dispose (object);
}

static void
nudge_cards_finalize (GObject *object)
{
  NudgeCards *self = NUDGE_CARDS (object);

  g_ptr_array_unref (self->entries);
  g_ptr_array_unref (self->standing);
  nn_functions_free (self->functions);
  G_OBJECT_CLASS (nudge_cards_parent_class)->finalize (object);
}

static void
nudge_cards_class_init (NudgeCardsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = nudge_cards_dispose;
  G_OBJECT_CLASS (klass)->finalize = nudge_cards_finalize;
  signals[COMMANDED] = g_signal_new ("commanded", NUDGE_TYPE_CARDS, G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[NUDGED] = g_signal_new ("nudged", NUDGE_TYPE_CARDS, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
}

/* A file that is damaged is no reason to go without the cards. */
static NnFunctions *
load_functions (void)
{
  g_autoptr (GError) error = NULL;
  NnFunctions *functions = nudge_own_functions_load (&error);

  if (functions)
    return functions;
  g_message ("the functions that were named are not there: %s", error->message);
  return nn_functions_new ();
}

static void
nudge_cards_init (NudgeCards *self)
{
  self->functions = load_functions ();
  self->entries = g_ptr_array_new_with_free_func (entry_free);
  self->standing = g_ptr_array_new_with_free_func ((GDestroyNotify) nn_nudge_unref);
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

/* nudge-cards.c - the column of layer cards, between the hand and the session
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/nudge-cards.h"

#include "app/command/nudge-own-functions.h"
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
  guint64 standing;      /* id of its own of those that repeat; 0: none does */
  NnNudge *applied;      /* (owned) (nullable) by hand, and not landed yet */
  guint64 applied_until; /* commands done by then */
  guint timer;           /* until a badge comes, or a border goes */
} Entry;

/* One of the nudges that repeat, as the cards were last told. */
typedef struct {
  guint64 id;
  NnNudge *nudge; /* (owned) */
  gboolean alone; /* no card shows it */
} Told;

struct _NudgeCards {
  GObject parent_instance;

  GtkBox *column;              /* (owned) where the cards are */
  GtkToggleButton *all_layers; /* (owned) */
  NnSession *session;          /* (unowned) (nullable) from open to close */
  GPtrArray *entries;     /* (owned) (element-type Entry) the first is of all layers */
  GArray *told;           /* (owned) Told: the list that the cards know */
  NnFunctions *functions; /* (owned) a person's own */
  gboolean is_told;       /* the cards know the newest frame's list, which is told */
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

/**
 * nudge_cards_do:
 *
 * Gives @event to the session.
 *
 * Returns: as nn_session_do ()
 */
guint64
nudge_cards_do (NudgeCards *self, const NnEvent *event)
{
  guint64 id;

  g_return_val_if_fail (NUDGE_IS_CARDS (self), 0);
  g_return_val_if_fail (self->session != NULL, 0);

  self->is_told = FALSE;
  id = nn_session_do (self->session, event);
  g_signal_emit (self, signals[COMMANDED], 0);
  return id;
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
  NnEvent event = { .id = entry->standing, .nudge = fresh, .index = G_MAXSIZE };

  if (fresh->when == NN_WHEN_MANUAL && !entry->standing)
    return;
  if (fresh->when == NN_WHEN_MANUAL) {
    event.kind = NN_EVENT_REMOVE;
    event.nudge = NULL;
  } else {
    event.kind = entry->standing ? NN_EVENT_REPLACE : NN_EVENT_STAND;
  }
  entry->standing = nudge_cards_do (self, &event);
  if (event.kind == NN_EVENT_REMOVE)
    entry->standing = 0;
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

static const NnLanding *
find_landing (const NnFrame *frame, const NnNudge *nudge)
{
  for (gsize i = frame->n_landings; i > 0; i--)
    if (frame->landings[i - 1].nudge == nudge)
      return &frame->landings[i - 1];
  return NULL;
}

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
  landing = find_landing (frame, entry->applied);
  g_clear_handle_id (&entry->timer, g_source_remove);
  nudge_layer_card_set_pending (entry->card, FALSE);
  if (landing && !landing->refusal) {
    nudge_layer_card_set_standing (entry->card, TRUE);
    entry->timer = g_timeout_add (LANDED_MS, hide_landed_cb, entry);
  }
  set_nudge (&entry->applied, NULL);
  nudge_layer_card_follow_landings (entry->card, frame);
}

static const NnStanding *
find_standing (const NnFrame *frame, guint64 id)
{
  for (gsize i = 0; i < frame->n_standing; i++)
    if (frame->standing[i].id == id)
      return &frame->standing[i];
  return NULL;
}

static gboolean
is_owned (NudgeCards *self, guint64 id)
{
  for (guint i = 0; i < self->entries->len; i++)
    if (((Entry *) self->entries->pdata[i])->standing == id)
      return TRUE;
  return FALSE;
}

/* Whether it was there already, and no card showed it. */
static gboolean
was_alone (NudgeCards *self, guint64 id)
{
  for (guint i = 0; i < self->told->len; i++)
    if (g_array_index (self->told, Told, i).id == id)
      return g_array_index (self->told, Told, i).alone;
  return FALSE;
}

/* The card of its layer takes over what undo or redo has brought, if it has none. */
static void
adopt (NudgeCards *self, const NnStanding *standing)
{
  for (guint i = 0; i < self->entries->len; i++) {
    Entry *entry = self->entries->pdata[i];

    if (!entry->standing && g_str_equal (nudge_layer_card_get_layer (entry->card),
                                         standing->nudge->target.layer)) {
      entry->standing = standing->id;
      return;
    }
  }
}

static gboolean
list_is_as_told (NudgeCards *self, const NnFrame *frame)
{
  if (frame->n_standing != self->told->len)
    return FALSE;
  for (gsize i = 0; i < frame->n_standing; i++) {
    const Told *told = &g_array_index (self->told, Told, i);

    if (frame->standing[i].id != told->id || frame->standing[i].nudge != told->nudge)
      return FALSE;
  }
  return TRUE;
}

static void
remember (NudgeCards *self, guint64 id, NnNudge *nudge)
{
  const Told told = { id, nn_nudge_ref (nudge), !is_owned (self, id) };

  g_array_append_val (self->told, told);
}

/* What undo, redo or a list has taken away is no card's any more; what they have brought
 * is shown by the card of its layer. What no card has shown all along stays alone. */
static void
tell_standing (NudgeCards *self, const NnFrame *frame)
{
  for (guint i = 0; i < self->entries->len; i++) {
    Entry *entry = self->entries->pdata[i];

    if (!find_standing (frame, entry->standing))
      entry->standing = 0;
  }
  for (gsize i = 0; i < frame->n_standing; i++)
    if (!is_owned (self, frame->standing[i].id) &&
        !was_alone (self, frame->standing[i].id))
      adopt (self, &frame->standing[i]);
  for (guint i = 0; i < self->entries->len; i++) {
    Entry *entry = self->entries->pdata[i];
    const NnStanding *standing = find_standing (frame, entry->standing);

    nudge_layer_card_set_standing_nudge (entry->card, standing ? standing->nudge : NULL);
  }
  g_array_set_size (self->told, 0);
  for (gsize i = 0; i < frame->n_standing; i++)
    remember (self, frame->standing[i].id, frame->standing[i].nudge);
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
      !(self->is_told && list_is_as_told (self, frame)))
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
  NnNudge *nudge = find_nudge_for_card (experiment, layer, &entry->standing);

  entry->owner = self;
  entry->card = NUDGE_LAYER_CARD (nudge_layer_card_new (layer));
  entry->key = self->entries->len;
  nudge_layer_card_set_key (entry->card, entry->key);
  offer_functions (self, entry);
  if (nudge)
    nudge_layer_card_set_nudge (entry->card, nudge);
  g_ptr_array_add (self->entries, entry);
  gtk_box_append (self->column, GTK_WIDGET (entry->card));
  return entry;
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
  all = add_card (self, experiment, "*");
  gtk_toggle_button_set_active (self->all_layers, all->standing != 0);
  g_object_bind_property (self->all_layers, "active", all->card, "visible",
                          G_BINDING_SYNC_CREATE);
  for (gsize i = 0; i < experiment->architecture->n_layers; i++)
    add_card (self, experiment, experiment->architecture->layers[i].name);
  remember_all (self, experiment);
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
  g_array_set_size (self->told, 0);
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
  g_array_unref (self->told);
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
forget (gpointer told)
{
  g_clear_pointer (&((Told *) told)->nudge, nn_nudge_unref);
}

static void
nudge_cards_init (NudgeCards *self)
{
  self->functions = load_functions ();
  self->entries = g_ptr_array_new_with_free_func (entry_free);
  self->told = g_array_new (FALSE, FALSE, sizeof (Told));
  g_array_set_clear_func (self->told, forget);
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

/* nudge-list.c - list models that follow frames: the log, and what repeats
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/base/nudge-list.h"

#include <math.h>

#include "ui/text/nudge-edit-words.h"

struct _NudgeEntry {
  GObject parent_instance;

  NnNudge *nudge;    /* (owned) (nullable) NULL for an event without one */
  NnEdit *edit;      /* (owned) (nullable) of the log … */
  NnLog *log;        /* (owned) (nullable) of another event, which is its last one … */
  char *words;       /* (owned) (nullable) … what either of these two does … */
  guint64 edited;    /* … after this step */
  NnLanding landing; /* (owned) of the log; its nudge is NULL elsewhere */
  gboolean ahead;    /* of the log: the run has been there, and gone back */
  gboolean coming;   /* of the log: it has not landed yet */
  guint64 id;        /* of the nudges that repeat */
  gboolean paused;
  guint64 n_times;
};

enum {
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (NudgeEntry, nudge_entry, G_TYPE_OBJECT)

/* Returns: (nullable): NULL where it is an edit or another event */
NnNudge *
nudge_entry_get_nudge (NudgeEntry *self)
{
  g_return_val_if_fail (NUDGE_IS_ENTRY (self), NULL);

  return self->nudge;
}

/* Returns: (nullable): what is done, in words, if there is no nudge */
const char *
nudge_entry_get_words (NudgeEntry *self)
{
  g_return_val_if_fail (NUDGE_IS_ENTRY (self), NULL);

  return self->words;
}

/* Returns: after which step it was done first, if it is one of the log's */
guint64
nudge_entry_get_step (NudgeEntry *self)
{
  g_return_val_if_fail (NUDGE_IS_ENTRY (self), 0);

  return self->nudge ? self->landing.first : self->edited;
}

/**
 * nudge_entry_get_landing:
 *
 * Returns: (nullable): where it landed, if it is one of the log's
 */
const NnLanding *
nudge_entry_get_landing (NudgeEntry *self)
{
  g_return_val_if_fail (NUDGE_IS_ENTRY (self), NULL);

  return self->landing.nudge ? &self->landing : NULL;
}

gboolean
nudge_entry_get_ahead (NudgeEntry *self)
{
  g_return_val_if_fail (NUDGE_IS_ENTRY (self), FALSE);

  return self->ahead;
}

/**
 * nudge_entry_get_coming:
 *
 * Returns: whether its landing is yet to come, after a step that may not be known: 0
 */
gboolean
nudge_entry_get_coming (NudgeEntry *self)
{
  g_return_val_if_fail (NUDGE_IS_ENTRY (self), FALSE);

  return self->coming;
}

/**
 * nudge_entry_get_id:
 *
 * Returns: what events call it, if it is one of those that repeat
 */
guint64
nudge_entry_get_id (NudgeEntry *self)
{
  g_return_val_if_fail (NUDGE_IS_ENTRY (self), 0);

  return self->id;
}

gboolean
nudge_entry_get_paused (NudgeEntry *self)
{
  g_return_val_if_fail (NUDGE_IS_ENTRY (self), FALSE);

  return self->paused;
}

guint64
nudge_entry_get_n_times (NudgeEntry *self)
{
  g_return_val_if_fail (NUDGE_IS_ENTRY (self), 0);

  return self->n_times;
}

/* Whether there is nothing new to show: a landing only ever grows. */
static gboolean
landings_agree (const NnLanding *a, const NnLanding *b)
{
  return a->nudge == b->nudge && a->first == b->first && a->last == b->last &&
         a->n_times == b->n_times && a->n_refused == b->n_refused &&
         a->taken_back == b->taken_back && a->receipt == b->receipt &&
         g_strcmp0 (a->refusal, b->refusal) == 0 &&
         g_strcmp0 (a->skipped, b->skipped) == 0;
}

static void
set_landing (NudgeEntry *self, const NnLanding *landing)
{
  if (landings_agree (&self->landing, landing))
    return;
  nn_landing_clear (&self->landing);
  nn_landing_copy (&self->landing, landing);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
set_ahead (NudgeEntry *self, gboolean ahead)
{
  if (self->ahead == ahead)
    return;
  self->ahead = ahead;
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
set_coming (NudgeEntry *self, gboolean coming)
{
  if (self->coming == coming)
    return;
  self->coming = coming;
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
set_standing (NudgeEntry *self, const NnStanding *standing)
{
  self->id = standing->id;
  if (self->paused == standing->paused && self->n_times == standing->n_times)
    return;
  self->paused = standing->paused;
  self->n_times = standing->n_times;
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
nudge_entry_finalize (GObject *object)
{
  NudgeEntry *self = NUDGE_ENTRY (object);

  nn_landing_clear (&self->landing);
  g_clear_pointer (&self->nudge, nn_nudge_unref);
  g_clear_pointer (&self->edit, nn_edit_unref);
  g_clear_pointer (&self->log, nn_log_unref);
  g_free (self->words);
  G_OBJECT_CLASS (nudge_entry_parent_class)->finalize (object);
}

static void
nudge_entry_class_init (NudgeEntryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = nudge_entry_finalize;
  signals[CHANGED] = g_signal_new ("changed", NUDGE_TYPE_ENTRY, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
nudge_entry_init (NudgeEntry *self)
{
}

static NudgeEntry *
entry_new (NnNudge *nudge)
{
  NudgeEntry *self = g_object_new (NUDGE_TYPE_ENTRY, NULL);

  self->nudge = nn_nudge_ref (nudge);
  return self;
}

static NudgeEntry *
entry_new_edit (const NnLog *log, const GArray *edits, guint index)
{
  NudgeEntry *self = g_object_new (NUDGE_TYPE_ENTRY, NULL);
  const NnEvent *event = &g_array_index (edits, NnEvent, index);
  g_autoptr (NnEdit) before = nn_log_dup_before (log, edits, index);

  self->edit = nn_edit_ref (event->edit);
  self->words = nudge_words_for_edit (event->edit, before);
  self->edited = event->step;
  return self;
}

/* @log: whose last event has no nudge */
static NudgeEntry *
entry_new_event (NnLog *log)
{
  const NnEvent *event = nn_log_get_last (log);
  NudgeEntry *self;

  if (event->edit) {
    g_autoptr (GArray) edits = nn_log_dup_edits (log);

    return entry_new_edit (log, edits, edits->len - 1);
  }
  self = g_object_new (NUDGE_TYPE_ENTRY, NULL);
  self->log = nn_log_ref (log);
  self->words = nudge_words_for_event (event);
  self->edited = event->step;
  return self;
}

/* What it is known by. */
static gpointer
get_key (NudgeEntry *self)
{
  return self->nudge  ? (gpointer) self->nudge
         : self->edit ? (gpointer) self->edit
                      : self->log;
}

/**
 * nudge_list_find:
 * @nudge: (nullable)
 * @position: (out) (optional)
 *
 * Returns: (transfer none) (nullable): the entry of @nudge
 */
NudgeEntry *
nudge_list_find (GListModel *list, const NnNudge *nudge, guint *position)
{
  for (guint i = 0; nudge && i < g_list_model_get_n_items (list); i++) {
    g_autoptr (NudgeEntry) entry = g_list_model_get_item (list, i);

    if (entry->nudge != nudge)
      continue;
    if (position)
      *position = i;
    return entry;
  }
  return NULL;
}

/* Returns: (transfer full): the entries by what they are known by, for many to be found */
static GHashTable *
index_entries (GListModel *list)
{
  GHashTable *index = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++) {
    NudgeEntry *entry = g_list_model_get_item (list, i);

    g_hash_table_replace (index, get_key (entry), entry);
  }
  return index;
}

static gboolean
is_at (GListStore *list, guint position, gpointer entry)
{
  g_autoptr (GObject) there = g_list_model_get_item (G_LIST_MODEL (list), position);

  return there == entry;
}

/* Takes out and puts in what is between the first and the last difference, so that the
 * rows around it, and what is selected there, stay. Those of @entries that @list holds
 * already are the same objects. */
static void
follow (GListStore *list, GPtrArray *entries)
{
  guint n_old = g_list_model_get_n_items (G_LIST_MODEL (list));
  guint n_new = entries->len;
  guint n_before = 0;
  guint n_after = 0;

  while (n_before < MIN (n_old, n_new) &&
         is_at (list, n_before, entries->pdata[n_before]))
    n_before++;
  while (n_after < MIN (n_old, n_new) - n_before &&
         is_at (list, n_old - 1 - n_after, entries->pdata[n_new - 1 - n_after]))
    n_after++;
  if (n_before + n_after < MAX (n_old, n_new))
    g_list_store_splice (list, n_before, n_old - n_before - n_after,
                         entries->pdata + n_before, n_new - n_before - n_after);
}

/* Whether the way from the state in @frame onwards, as it is known, leads there; at the
 * same step, whether redo does. */
static gboolean
is_ahead (const NnFrame *frame, guint64 step)
{
  return step == frame->step ? frame->can_redo : step > frame->step && step <= frame->end;
}

/* What @frame has behind it. */
static GHashTable *
index_done (const NnFrame *frame, const GArray *edits)
{
  GHashTable *done = g_hash_table_new (NULL, NULL);

  for (gsize i = 0; i < frame->n_landings; i++)
    g_hash_table_add (done, frame->landings[i].nudge);
  for (guint i = 0; edits && i < edits->len; i++)
    g_hash_table_add (done, g_array_index (edits, NnEvent, i).edit);
  return done;
}

static int
compare_newest (gconstpointer a, gconstpointer b)
{
  const guint64 first = nudge_entry_get_step (*(NudgeEntry *const *) a);
  const guint64 second = nudge_entry_get_step (*(NudgeEntry *const *) b);

  return (first < second) - (first > second);
}

static void
set_plan (NudgeEntry *self, guint64 step, gboolean ahead)
{
  const NnLanding landing = {
    .nudge = self->nudge,
    .first = step,
    .last = step,
    .change = NAN,
    .loss_before = NAN,
    .loss_after = NAN,
  };

  if (self->nudge)
    set_landing (self, &landing);
  set_ahead (self, ahead);
  set_coming (self, !ahead);
}

/* What the run has gone back from before the list had it, on another branch. */
static void
add_those_ahead (const NnFrame *frame, GPtrArray *entries)
{
  g_autoptr (GHashTable) shown = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < entries->len; i++)
    g_hash_table_add (shown, get_key (entries->pdata[i]));
  for (gsize i = 0; i < frame->n_ahead; i++) {
    const NnEvent *event = nn_log_get_last (frame->ahead[i]);
    NudgeEntry *entry;

    if (event->kind != NN_EVENT_NUDGE && event->kind != NN_EVENT_EDIT)
      continue;
    if (!g_hash_table_add (shown, event->edit ? (gpointer) event->edit : event->nudge))
      continue;
    entry = event->edit ? entry_new_event (frame->ahead[i]) : entry_new (event->nudge);
    set_plan (entry, event->step, TRUE);
    g_ptr_array_insert (entries, 0, entry);
  }
  g_ptr_array_sort (entries, compare_newest);
}

/* Those that were there and are not done in @frame, but will be again. */
static void
keep_those_ahead (GListModel *list,
                  const NnFrame *frame,
                  const GArray *edits,
                  GPtrArray *entries)
{
  g_autoptr (GHashTable) done = index_done (frame, edits);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++) {
    g_autoptr (NudgeEntry) entry = g_list_model_get_item (list, i);

    if (g_hash_table_contains (done, get_key (entry)) || entry->coming ||
        !is_ahead (frame, nudge_entry_get_step (entry)))
      continue;
    set_ahead (entry, TRUE);
    g_ptr_array_add (entries, g_steal_pointer (&entry));
  }
}

static NudgeEntry *
ref_entry (GHashTable *known, NnNudge *nudge)
{
  NudgeEntry *entry = g_hash_table_lookup (known, nudge);

  return entry ? g_object_ref (entry) : entry_new (nudge);
}

/* What @coming is known by. */
static gpointer
get_coming_key (const NnComing *coming)
{
  const NnEvent *event = coming->log ? nn_log_get_last (coming->log) : NULL;

  return coming->nudge         ? (gpointer) coming->nudge
         : event->edit != NULL ? (gpointer) event->edit
                               : coming->log;
}

static NudgeEntry *
ref_coming_entry (GHashTable *known, const NnComing *coming)
{
  NudgeEntry *entry = g_hash_table_lookup (known, get_coming_key (coming));

  if (entry)
    return g_object_ref (entry);
  return coming->nudge ? entry_new (coming->nudge) : entry_new_event (coming->log);
}

/* After what is in @entries, in the order in which they will be done; each nudge once, and
 * not one that has landed already and will again. */
static void
append_coming (const NnFrame *frame, GHashTable *known, GPtrArray *entries)
{
  g_autoptr (GHashTable) shown = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < entries->len; i++)
    g_hash_table_add (shown, get_key (entries->pdata[i]));
  for (gsize i = 0; i < frame->n_coming; i++) {
    const NnComing *coming = &frame->coming[i];
    NudgeEntry *entry;

    if (!g_hash_table_add (shown, get_coming_key (coming)))
      continue;
    entry = ref_coming_entry (known, coming);
    set_plan (entry, coming->step, FALSE);
    g_ptr_array_add (entries, entry);
  }
}

static void
add_landing (GHashTable *known, const NnLanding *landing, GPtrArray *entries)
{
  NudgeEntry *entry = ref_entry (known, landing->nudge);

  set_landing (entry, landing);
  set_ahead (entry, FALSE);
  set_coming (entry, FALSE);
  g_ptr_array_add (entries, entry);
}

static void
add_edit (GHashTable *known,
          const NnLog *log,
          const GArray *edits,
          guint index,
          GPtrArray *entries)
{
  NudgeEntry *entry =
      g_hash_table_lookup (known, g_array_index (edits, NnEvent, index).edit);

  entry = entry ? g_object_ref (entry) : entry_new_edit (log, edits, index);
  set_ahead (entry, FALSE);
  set_coming (entry, FALSE);
  g_ptr_array_add (entries, entry);
}

/**
 * nudge_list_follow_log:
 * @edits: (nullable) (element-type NnEvent): of the frame's log, oldest first
 *
 * The landings of @frame and the edits, newest first, after those that are ahead of it,
 * and then those that are to come. At most NN_LANDING_MOST landings are compared; to be
 * called as often as words can be read.
 */
void
nudge_list_follow_log (GListStore *list, const NnFrame *frame, const GArray *edits)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) known = index_entries (G_LIST_MODEL (list));
  guint n_edits = edits ? edits->len : 0;

  keep_those_ahead (G_LIST_MODEL (list), frame, edits, entries);
  add_those_ahead (frame, entries);
  for (gsize i = frame->n_landings; i-- > 0;) {
    const NnLanding *landing = &frame->landings[i];

    while (n_edits > 0 &&
           g_array_index (edits, NnEvent, n_edits - 1).step >= landing->first)
      add_edit (known, frame->log, edits, --n_edits, entries);
    add_landing (known, landing, entries);
  }
  while (n_edits > 0)
    add_edit (known, frame->log, edits, --n_edits, entries);
  append_coming (frame, known, entries);
  follow (list, entries);
}

/**
 * nudge_list_follow_repeating:
 *
 * The repeating nudges of @frame, in their order.
 */
void
nudge_list_follow_repeating (GListStore *list, const NnFrame *frame)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) known = index_entries (G_LIST_MODEL (list));

  for (gsize i = 0; i < frame->n_standing; i++) {
    const NnStanding *standing = &frame->standing[i];
    NudgeEntry *entry = ref_entry (known, standing->nudge);

    set_standing (entry, standing);
    g_ptr_array_add (entries, entry);
  }
  follow (list, entries);
}

/* Returns: (transfer full): of NudgeEntry, empty */
GListStore *
nudge_list_new (void)
{
  return g_list_store_new (NUDGE_TYPE_ENTRY);
}

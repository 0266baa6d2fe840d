/* nudge-list.c - lists that follow frames
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/nudge-list.h"

struct _NudgeEntry {
  GObject parent_instance;

  NnNudge *nudge;    /* (owned) */
  NnLanding landing; /* (owned) of the log; its nudge is NULL elsewhere */
  gboolean ahead;    /* of the log: the run has been there, and gone back */
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

NnNudge *
nudge_entry_get_nudge (NudgeEntry *self)
{
  g_return_val_if_fail (NUDGE_IS_ENTRY (self), NULL);

  return self->nudge;
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
         a->n_times == b->n_times && g_strcmp0 (a->refusal, b->refusal) == 0;
}

void
nudge_entry_set_landing (NudgeEntry *self, const NnLanding *landing)
{
  g_return_if_fail (NUDGE_IS_ENTRY (self));

  if (landings_agree (&self->landing, landing))
    return;
  nn_landing_clear (&self->landing);
  nn_landing_copy (&self->landing, landing);
  g_signal_emit (self, signals[CHANGED], 0);
}

void
nudge_entry_set_ahead (NudgeEntry *self, gboolean ahead)
{
  g_return_if_fail (NUDGE_IS_ENTRY (self));

  if (self->ahead == ahead)
    return;
  self->ahead = ahead;
  g_signal_emit (self, signals[CHANGED], 0);
}

void
nudge_entry_set_standing (NudgeEntry *self, const NnStanding *standing)
{
  g_return_if_fail (NUDGE_IS_ENTRY (self));

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
  nn_nudge_unref (self->nudge);
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

NudgeEntry *
nudge_entry_new (NnNudge *nudge)
{
  NudgeEntry *self = g_object_new (NUDGE_TYPE_ENTRY, NULL);

  self->nudge = nn_nudge_ref (nudge);
  return self;
}

/**
 * nudge_list_find:
 * @position: (out) (optional)
 *
 * Returns: (transfer none) (nullable): the entry of @nudge
 */
NudgeEntry *
nudge_list_find (GListModel *list, const NnNudge *nudge, guint *position)
{
  for (guint i = 0; i < g_list_model_get_n_items (list); i++) {
    g_autoptr (NudgeEntry) entry = g_list_model_get_item (list, i);

    if (entry->nudge != nudge)
      continue;
    if (position)
      *position = i;
    return entry;
  }
  return NULL;
}

/**
 * nudge_list_index:
 *
 * Returns: (transfer full): the entries by their nudges, for many to be found
 */
GHashTable *
nudge_list_index (GListModel *list)
{
  GHashTable *index = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++) {
    NudgeEntry *entry = g_list_model_get_item (list, i);

    g_hash_table_replace (index, entry->nudge, entry);
  }
  return index;
}

static gboolean
is_at (GListStore *list, guint position, gpointer entry)
{
  g_autoptr (GObject) there = g_list_model_get_item (G_LIST_MODEL (list), position);

  return there == entry;
}

/**
 * nudge_list_follow:
 * @entries: what @list shall hold; those it holds already are the same objects
 *
 * Takes out and puts in what lies between the first and the last difference, so that
 * the rows around it, and what is selected there, stay.
 */
void
nudge_list_follow (GListStore *list, GPtrArray *entries)
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

/* nn-nudge-ids.c - the ids of repeating nudges
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/experiment/nn-nudge-ids.h"

typedef struct {
  guint64 id;
  NnNudge *nudge; /* (owned) */
} Entry;

struct _NnNudgeIds {
  GArray *entries; /* (owned) Entry, in the order of the list */
  guint64 next;
};

static void
entry_clear (gpointer data)
{
  nn_nudge_unref (((Entry *) data)->nudge);
}

static Entry *
get_entry (const NnNudgeIds *self, gsize index)
{
  return &g_array_index (self->entries, Entry, index);
}

static void
insert (NnNudgeIds *self, guint64 id, NnNudge *nudge, gsize index)
{
  const Entry entry = { id, nn_nudge_ref (nudge) };

  g_array_insert_val (self->entries, (guint) MIN (index, self->entries->len), entry);
  self->next = MAX (self->next, id + 1);
}

/**
 * nn_nudge_ids_new:
 * @nudges: (element-type NnNudge): an experiment's; one-off ones among them get no id
 */
NnNudgeIds *
nn_nudge_ids_new (const GPtrArray *nudges)
{
  NnNudgeIds *self = g_new (NnNudgeIds, 1);

  self->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  g_array_set_clear_func (self->entries, entry_clear);
  self->next = 1;
  for (guint i = 0; i < nudges->len; i++)
    if (((const NnNudge *) nudges->pdata[i])->time.when != NN_WHEN_MANUAL)
      insert (self, self->next, nudges->pdata[i], G_MAXSIZE);
  return self;
}

void
nn_nudge_ids_free (NnNudgeIds *self)
{
  g_array_unref (self->entries);
  g_free (self);
}

gsize
nn_nudge_ids_get_n (const NnNudgeIds *self)
{
  return self->entries->len;
}

/**
 * nn_nudge_ids_get:
 *
 * Returns: the id at @index, or 0 at or past the end of the list
 */
guint64
nn_nudge_ids_get (const NnNudgeIds *self, gsize index)
{
  return index < self->entries->len ? get_entry (self, index)->id : 0;
}

/**
 * nn_nudge_ids_get_nudge:
 *
 * Returns: (transfer none): the nudge at @index, which is not past the end
 */
NnNudge *
nn_nudge_ids_get_nudge (const NnNudgeIds *self, gsize index)
{
  return get_entry (self, index)->nudge;
}

/**
 * nn_nudge_ids_take_nudge:
 * @nudge: (transfer full): replaces the one at @index, and keeps the id
 */
void
nn_nudge_ids_take_nudge (NnNudgeIds *self, gsize index, NnNudge *nudge)
{
  nn_nudge_unref (get_entry (self, index)->nudge);
  get_entry (self, index)->nudge = nudge;
}

/**
 * nn_nudge_ids_find:
 *
 * Returns: the index of @id, or -1 if it is not on the list
 */
gssize
nn_nudge_ids_find (const NnNudgeIds *self, guint64 id)
{
  for (guint i = 0; i < self->entries->len; i++)
    if (get_entry (self, i)->id == id)
      return i;
  return -1;
}

/**
 * nn_nudge_ids_get_next:
 *
 * Returns: an id that no nudge has had yet
 */
guint64
nn_nudge_ids_get_next (const NnNudgeIds *self)
{
  return self->next;
}

static void
move (NnNudgeIds *self, const NnEvent *event, gsize index)
{
  const gsize to = nn_event_get_goal (event, index, self->entries->len);
  g_autoptr (NnNudge) nudge = nn_nudge_ref (get_entry (self, index)->nudge);

  g_array_remove_index (self->entries, (guint) index);
  insert (self, event->id, nudge, to);
}

/**
 * nn_nudge_ids_follow:
 *
 * Does to the list what @event does to the run's; nothing if its nudge is not in the
 * list. After an edit the caller replaces the nudges whose targets have new names.
 */
void
nn_nudge_ids_follow (NnNudgeIds *self, const NnEvent *event)
{
  const gssize index = nn_nudge_ids_find (self, event->id);

  if (event->kind == NN_EVENT_STAND)
    insert (self, event->id > 0 ? event->id : self->next, event->nudge, event->index);
  else if (event->kind == NN_EVENT_REPLACE && index >= 0)
    nn_nudge_ids_take_nudge (self, (gsize) index, nn_nudge_ref (event->nudge));
  else if (event->kind == NN_EVENT_REMOVE && index >= 0)
    g_array_remove_index (self->entries, (guint) index);
  else if (event->kind == NN_EVENT_MOVE && index >= 0)
    move (self, event, (gsize) index);
}

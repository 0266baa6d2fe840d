/* nn-nudge-ids.c - which nudges repeat, and in which order, as a log goes on
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/experiment/nn-nudge-ids.h"

struct _NnNudgeIds {
  GArray *ids; /* (owned) guint64, in the order of the list */
  guint64 next;
};

/**
 * nn_nudge_ids_new:
 * @nudges: (element-type NnNudge): an experiment's; those that are applied manually alone
 *   are not on the list
 */
NnNudgeIds *
nn_nudge_ids_new (const GPtrArray *nudges)
{
  NnNudgeIds *self = g_new (NnNudgeIds, 1);

  self->ids = g_array_new (FALSE, FALSE, sizeof (guint64));
  self->next = 1;
  for (guint i = 0; i < nudges->len; i++)
    if (((const NnNudge *) nudges->pdata[i])->when != NN_WHEN_MANUAL) {
      g_array_append_val (self->ids, self->next);
      self->next++;
    }
  return self;
}

void
nn_nudge_ids_free (NnNudgeIds *self)
{
  g_array_unref (self->ids);
  g_free (self);
}

gsize
nn_nudge_ids_get_n (const NnNudgeIds *self)
{
  return self->ids->len;
}

/**
 * nn_nudge_ids_get:
 *
 * Returns: the id at @index, or 0 past the end of the list
 */
guint64
nn_nudge_ids_get (const NnNudgeIds *self, gsize index)
{
  return index < self->ids->len ? g_array_index (self->ids, guint64, index) : 0;
}

/**
 * nn_nudge_ids_find:
 *
 * Returns: the index of @id, or -1 if it is not on the list
 */
gssize
nn_nudge_ids_find (const NnNudgeIds *self, guint64 id)
{
  for (guint i = 0; i < self->ids->len; i++)
    if (g_array_index (self->ids, guint64, i) == id)
      return i;
  return -1;
}

/**
 * nn_nudge_ids_get_next:
 *
 * Returns: an id that nothing has had yet
 */
guint64
nn_nudge_ids_get_next (const NnNudgeIds *self)
{
  return self->next;
}

static void
insert (NnNudgeIds *self, guint64 id, gsize index)
{
  g_array_insert_val (self->ids, (guint) MIN (index, self->ids->len), id);
  self->next = MAX (self->next, id + 1);
}

/**
 * nn_nudge_ids_follow:
 *
 * Does to the list what @event does; nothing, if that names what is not there.
 */
void
nn_nudge_ids_follow (NnNudgeIds *self, const NnEvent *event)
{
  const gssize index = nn_nudge_ids_find (self, event->id);
  gsize to;

  if (event->kind == NN_EVENT_STAND)
    insert (self, event->id > 0 ? event->id : self->next, event->index);
  else if (event->kind == NN_EVENT_REMOVE && index >= 0)
    g_array_remove_index (self->ids, (guint) index);
  else if (event->kind == NN_EVENT_MOVE && index >= 0) {
    to = nn_event_get_goal (event, (gsize) index, self->ids->len);
    g_array_remove_index (self->ids, (guint) index);
    insert (self, event->id, to);
  }
}

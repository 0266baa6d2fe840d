/* nudge-known-list.c - the repeating nudges, as the cards have shown them
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/document/nudge-known-list.h"

typedef struct {
  guint64 id;
  NnNudge *nudge; /* (owned) */
  gboolean alone; /* no card shows it */
} Known;

struct _NudgeKnownList {
  GArray *array; /* (owned) (element-type Known) in order */
};

static void
known_clear (gpointer data)
{
  g_clear_pointer (&((Known *) data)->nudge, nn_nudge_unref);
}

NudgeKnownList *
nudge_known_list_new (void)
{
  NudgeKnownList *self = g_new (NudgeKnownList, 1);

  self->array = g_array_new (FALSE, FALSE, sizeof (Known));
  g_array_set_clear_func (self->array, known_clear);
  return self;
}

void
nudge_known_list_free (NudgeKnownList *self)
{
  g_array_unref (self->array);
  g_free (self);
}

void
nudge_known_list_clear (NudgeKnownList *self)
{
  g_array_set_size (self->array, 0);
}

/**
 * nudge_known_list_append:
 * @id: what events call it
 * @alone: no card shows it
 */
void
nudge_known_list_append (NudgeKnownList *self, guint64 id, NnNudge *nudge, gboolean alone)
{
  const Known known = { id, nn_nudge_ref (nudge), alone };

  g_array_append_val (self->array, known);
}

/* Returns: whether @frame has the same nudges in the same order, and none was replaced */
gboolean
nudge_known_list_agrees (const NudgeKnownList *self, const NnFrame *frame)
{
  if (frame->n_standing != self->array->len)
    return FALSE;
  for (gsize i = 0; i < frame->n_standing; i++) {
    const Known *known = &g_array_index (self->array, Known, i);

    if (frame->standing[i].id != known->id || frame->standing[i].nudge != known->nudge)
      return FALSE;
  }
  return TRUE;
}

/* Returns: whether @id is in the list, and no card shows it */
gboolean
nudge_known_list_has_alone (const NudgeKnownList *self, guint64 id)
{
  for (guint i = 0; i < self->array->len; i++)
    if (g_array_index (self->array, Known, i).id == id)
      return g_array_index (self->array, Known, i).alone;
  return FALSE;
}

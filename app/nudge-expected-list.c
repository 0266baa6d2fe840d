/* nudge-expected-list.c - the repeating nudges, as they will be
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/nudge-expected-list.h"

struct _NudgeExpectedList {
  GPtrArray *nudges; /* (owned) (element-type NnNudge) in order */
};

NudgeExpectedList *
nudge_expected_list_new (void)
{
  NudgeExpectedList *self = g_new (NudgeExpectedList, 1);

  self->nudges = g_ptr_array_new_with_free_func ((GDestroyNotify) nn_nudge_unref);
  return self;
}

void
nudge_expected_list_free (NudgeExpectedList *self)
{
  g_ptr_array_unref (self->nudges);
  g_free (self);
}

void
nudge_expected_list_append (NudgeExpectedList *self, NnNudge *nudge)
{
  g_ptr_array_add (self->nudges, nn_nudge_ref (nudge));
}

static void
replace (GPtrArray *list, gsize index, NnNudge *nudge)
{
  nn_nudge_unref (list->pdata[index]);
  list->pdata[index] = nn_nudge_ref (nudge);
}

static void
move (GPtrArray *list, gsize index, gsize to)
{
  gpointer moved = g_ptr_array_steal_index (list, (guint) index);

  g_ptr_array_insert (list, (gint) MIN (to, list->len), moved);
}

/**
 * nudge_expected_list_follow:
 *
 * Does what @event will do to the list; nothing where it has no such place.
 */
void
nudge_expected_list_follow (NudgeExpectedList *self, const NnEvent *event)
{
  GPtrArray *list = self->nudges;
  gboolean is_there = event->index < list->len;

  if (event->kind == NN_EVENT_STAND)
    g_ptr_array_insert (list, (gint) MIN (event->index, list->len),
                        nn_nudge_ref (event->nudge));
  else if (event->kind == NN_EVENT_REPLACE && is_there)
    replace (list, event->index, event->nudge);
  else if (event->kind == NN_EVENT_REMOVE && is_there)
    g_ptr_array_remove_index (list, (guint) event->index);
  else if (event->kind == NN_EVENT_MOVE && is_there)
    move (list, event->index, event->to);
}

/* The list of @frame, after which nothing has been asked for. */
void
nudge_expected_list_set_frame (NudgeExpectedList *self, const NnFrame *frame)
{
  g_ptr_array_set_size (self->nudges, 0);
  for (gsize i = 0; i < frame->n_standing; i++)
    nudge_expected_list_append (self, frame->standing[i].nudge);
}

gboolean
nudge_expected_list_agrees (const NudgeExpectedList *self, const NnFrame *frame)
{
  if (frame->n_standing != self->nudges->len)
    return FALSE;
  for (gsize i = 0; i < frame->n_standing; i++)
    if (frame->standing[i].nudge != self->nudges->pdata[i])
      return FALSE;
  return TRUE;
}

/**
 * nudge_expected_list_find:
 * @nudge: (nullable)
 * @index: (out) (optional)
 */
gboolean
nudge_expected_list_find (const NudgeExpectedList *self,
                          const NnNudge *nudge,
                          gsize *index)
{
  guint at;

  if (!nudge || !g_ptr_array_find (self->nudges, nudge, &at))
    return FALSE;
  if (index)
    *index = at;
  return TRUE;
}

gsize
nudge_expected_list_get_length (const NudgeExpectedList *self)
{
  return self->nudges->len;
}

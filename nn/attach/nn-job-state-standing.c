/* nn-job-state-standing.c - the nudges that a job repeats
 *
 * SPDX-License-Identifier: MIT
 */

#include <string.h>

#include "nn/attach/nn-job-state-private.h"

static void
standing_clear (gpointer data)
{
  NnJobStanding *standing = data;

  g_clear_pointer (&standing->standing.nudge, nn_nudge_unref);
  g_clear_pointer (&standing->key, g_free);
}

/* Returns: (transfer none) (nullable): valid until the list changes */
NnJobStanding *
nn_job_state_find_standing (NnJobState *self, guint64 id)
{
  for (guint i = 0; i < self->standing->len; i++) {
    NnJobStanding *standing = &g_array_index (self->standing, NnJobStanding, i);

    if (standing->standing.id == id)
      return standing;
  }
  return NULL;
}

/* Returns: (transfer none) (nullable): valid until the list changes */
NnJobStanding *
nn_job_state_find_key (NnJobState *self, const char *key)
{
  for (guint i = 0; i < self->standing->len; i++) {
    NnJobStanding *standing = &g_array_index (self->standing, NnJobStanding, i);

    if (g_strcmp0 (standing->key, key) == 0)
      return standing;
  }
  return NULL;
}

/**
 * nn_job_state_stand:
 * @id: a new one, or that of the nudge to replace
 * @key: the job's key for it
 */
void
nn_job_state_stand (NnJobState *self, guint64 id, NnNudge *nudge, const char *key)
{
  NnJobStanding *old = nn_job_state_find_standing (self, id);
  const NnJobStanding new = { { id, nn_nudge_ref (nudge), FALSE, 0 }, g_strdup (key) };

  g_clear_pointer (&self->refusal, g_free);
  self->next_id = MAX (self->next_id, id + 1);
  if (old == NULL) {
    g_array_append_val (self->standing, new);
  } else {
    standing_clear (old);
    *old = new;
  }
}

/**
 * nn_job_state_init_standing:
 *
 * Lists the nudges that already repeat when the connection begins. One whose text cannot
 * be parsed goes on repeating in the job, but is not in the list.
 */
void
nn_job_state_init_standing (NnJobState *self)
{
  json_t *there = json_object_get (self->model->reply.head, "standing");
  const char *key;
  json_t *text;

  self->standing = g_array_new (FALSE, TRUE, sizeof (NnJobStanding));
  g_array_set_clear_func (self->standing, standing_clear);
  self->next_id = 1;
  json_object_foreach (there, key, text)
  {
    g_autoptr (NnNudge) nudge =
        json_is_string (text) ? nn_nudge_parse (json_string_value (text), NULL) : NULL;

    if (nudge != NULL)
      nn_job_state_stand (self, self->next_id, nudge, key);
  }
}

void
nn_job_state_remove_standing (NnJobState *self, guint64 id)
{
  for (guint i = 0; i < self->standing->len; i++)
    if (g_array_index (self->standing, NnJobStanding, i).standing.id == id) {
      g_array_remove_index (self->standing, i);
      return;
    }
}

static guint
find_index (const NnJobState *self, guint64 id)
{
  guint i = 0;

  while (i < self->standing->len &&
         g_array_index (self->standing, NnJobStanding, i).standing.id != id)
    i++;
  return i;
}

/**
 * nn_job_state_move_standing:
 * @event: MOVE
 *
 * Returns: FALSE if the nudge does not repeat, or is already there
 */
gboolean
nn_job_state_move_standing (NnJobState *self, const NnEvent *event)
{
  const guint from = find_index (self, event->id);
  NnJobStanding moved;
  guint to;

  if (from == self->standing->len)
    return FALSE;
  to = (guint) nn_event_get_goal (event, from, self->standing->len);
  if (to == from)
    return FALSE;
  moved = g_array_index (self->standing, NnJobStanding, from);
  /* The copy owns its nudge and its key now: nothing for the clear function. */
  memset (&g_array_index (self->standing, NnJobStanding, from), 0, sizeof moved);
  g_array_remove_index (self->standing, from);
  g_array_insert_val (self->standing, to, moved);
  return TRUE;
}

/* Returns: (transfer none) (nullable): the key of the next nudge that the job repeats;
 * %NULL if @id is the last */
const char *
nn_job_state_get_key_behind (const NnJobState *self, guint64 id)
{
  for (guint i = find_index (self, id) + 1; i < self->standing->len; i++) {
    const NnJobStanding *standing = &g_array_index (self->standing, NnJobStanding, i);

    if (standing->key != NULL)
      return standing->key;
  }
  return NULL;
}

/* Returns: an id that no nudge has had yet */
guint64
nn_job_state_get_next_id (const NnJobState *self)
{
  return self->next_id;
}

/* nn-job-state-standing.c - the nudges that a job repeats
 *
 * SPDX-License-Identifier: MIT
 */

#include <string.h>

#include "nn/attach/nn-job-state-private.h"

/* Of nudges that another connection has made: the session counts its own from 1 on. */
#define FIRST_OTHER_ID (G_GUINT64_CONSTANT (1) << 32)

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
  if (old == NULL) {
    g_array_append_val (self->standing, new);
  } else {
    standing_clear (old);
    *old = new;
  }
}

static GArray *
new_list (void)
{
  GArray *list = g_array_new (FALSE, TRUE, sizeof (NnJobStanding));

  g_array_set_clear_func (list, standing_clear);
  return list;
}

static NnJobStanding
copy_standing (const NnJobStanding *one)
{
  NnJobStanding copy = *one;

  nn_nudge_ref (copy.standing.nudge);
  copy.key = g_strdup (copy.key);
  return copy;
}

/* A nudge that is listed already keeps its id and its NnNudge: landings are found by them. */
static void
append_from_job (NnJobState *self, GArray *list, const char *key, const json_t *text)
{
  const NnJobStanding *known = nn_job_state_find_key (self, key);
  NnJobStanding one;

  if (known != NULL) {
    one = copy_standing (known);
  } else {
    NnNudge *nudge =
        json_is_string (text) ? nn_nudge_parse (json_string_value (text), NULL) : NULL;

    if (nudge == NULL)
      return;
    one = (NnJobStanding){ { self->next_other_id++, nudge, FALSE, 0 }, g_strdup (key) };
  }
  g_array_append_val (list, one);
}

static guint
find_key_index (const GArray *list, const char *key)
{
  guint i = 0;

  while (i < list->len &&
         g_strcmp0 (g_array_index (list, NnJobStanding, i).key, key) != 0)
    i++;
  return i;
}

/* Paused nudges, which the job does not have, stay before the nudge that follows them, where
 * they are added again when they are resumed. */
static void
insert_paused (const NnJobState *self, GArray *list)
{
  guint place = list->len;

  for (guint i = self->standing->len; i > 0; i--) {
    const NnJobStanding *one = &g_array_index (self->standing, NnJobStanding, i - 1);
    const guint found = one->key != NULL ? find_key_index (list, one->key) : list->len;

    if (one->key == NULL) {
      const NnJobStanding copy = copy_standing (one);

      g_array_insert_val (list, place, copy);
    } else if (found < list->len) {
      place = found;
    }
  }
}

/**
 * nn_job_state_take_standing:
 * @head: of the job's description, or of its event "standing"
 *
 * The list becomes the job's, in its order. One whose text cannot be parsed goes on
 * repeating in the job, but is not in the list.
 */
void
nn_job_state_take_standing (NnJobState *self, const json_t *head)
{
  json_t *there = json_object_get (head, "standing");
  const json_t *times = json_object_get (head, "times");
  GArray *list = new_list ();
  const char *key;
  json_t *text;

  json_object_foreach (there, key, text)
  {
    append_from_job (self, list, key, text);
  }
  insert_paused (self, list);
  g_array_unref (self->standing);
  self->standing = list;
  json_object_foreach (there, key, text)
  {
    nn_job_state_count_times (nn_job_state_find_key (self, key),
                              json_object_get (times, key));
  }
}

/* Sets how often the job has applied @one. @times: (nullable) */
void
nn_job_state_count_times (NnJobStanding *one, const json_t *times)
{
  if (one != NULL && json_is_integer (times) && json_integer_value (times) >= 0)
    one->standing.n_times = (guint64) json_integer_value (times);
}

/* Begins with the nudges of earlier connections that still repeat. */
void
nn_job_state_init_standing (NnJobState *self)
{
  self->standing = new_list ();
  self->next_other_id = FIRST_OTHER_ID;
  nn_job_state_take_standing (self, self->model->reply.head);
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

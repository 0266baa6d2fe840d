/* nn-job-state.c - what is known of a job's run, as frames show it
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/attach/nn-job-state.h"

#include <math.h>
#include <string.h>

#include "nn/attach/nn-job-landing.h"
#include "nn/attach/nn-job-losses.h"
#include "nn/attach/nn-job-state-private.h"

/* As the client's: older nudges cannot be taken back. */
#define MOST_PAST 4

static void
standing_clear (gpointer data)
{
  NnJobStanding *standing = data;

  g_clear_pointer (&standing->standing.nudge, nn_nudge_unref);
  g_clear_pointer (&standing->key, g_free);
}

/* Those that another connection has asked for before; what cannot be read stays the job's. */
static void
adopt_standing (NnJobState *self)
{
  json_t *there = json_object_get (self->model->reply.head, "standing");
  const char *key;
  json_t *text;

  json_object_foreach (there, key, text)
  {
    g_autoptr (NnNudge) nudge =
        json_is_string (text) ? nn_nudge_parse (json_string_value (text), NULL) : NULL;

    if (nudge != NULL)
      nn_job_state_stand (self, self->next_id, nudge, key);
  }
}

/**
 * nn_job_state_new:
 * @model: (transfer full)
 */
NnJobState *
nn_job_state_new (NnJobModel *model, const NnJobFacts *facts)
{
  NnJobState *self = g_new0 (NnJobState, 1);

  self->model = model;
  self->values = model->architecture->is_chain ? nn_job_values_new (model) : NULL;
  self->tensors = model->architecture->is_chain ? NULL : nn_job_tensors_new (model);
  self->history = nn_history_new (NN_HISTORY_WHOLE);
  self->past = nn_past_new ();
  self->step = (guint64) facts->step;
  self->loss = NAN;
  self->paused = facts->paused;
  self->landings = nn_landing_new_array ();
  self->undoable = g_ptr_array_new_with_free_func ((GDestroyNotify) nn_nudge_unref);
  self->standing = g_array_new (FALSE, TRUE, sizeof (NnJobStanding));
  g_array_set_clear_func (self->standing, standing_clear);
  self->next_id = 1;
  adopt_standing (self);
  return self;
}

void
nn_job_state_free (NnJobState *self)
{
  g_clear_pointer (&self->values, nn_job_values_free);
  g_clear_pointer (&self->tensors, nn_job_tensors_free);
  nn_job_model_free (self->model);
  nn_history_free (self->history);
  nn_past_free (self->past);
  g_array_unref (self->landings);
  g_ptr_array_unref (self->undoable);
  g_array_unref (self->standing);
  g_clear_pointer (&self->preview, nn_nudge_unref);
  g_free (self->end);
  g_free (self->note);
  g_free (self->refusal);
  g_free (self);
}

const NnJobModel *
nn_job_state_get_model (const NnJobState *self)
{
  return self->model;
}

NnJobTensors *
nn_job_state_get_tensors (NnJobState *self)
{
  return self->tensors;
}

guint64
nn_job_state_get_step (const NnJobState *self)
{
  return self->step;
}

/* ---- what the job tells ------------------------------------------------------------- */

static void
follow_step (NnJobState *self, const NnMessage *message)
{
  const json_t *step = json_object_get (message->head, "step");

  if (json_is_integer (step) && json_integer_value (step) >= 0)
    self->step = (guint64) json_integer_value (step);
}

/**
 * nn_job_state_take_frame:
 *
 * Returns: FALSE if its tensors cannot be read
 */
gboolean
nn_job_state_take_frame (NnJobState *self, const NnMessage *message, GError **error)
{
  follow_step (self, message);
  self->loss = nn_job_losses_read (json_object_get (message->head, "loss"));
  self->paused = json_is_true (json_object_get (message->head, "paused"));
  nn_job_losses_add (self->history, message);
  if (self->values == NULL)
    return TRUE;
  if (!nn_job_values_take (self->values, message, error))
    return FALSE;
  nn_past_see (self->past, self->model->architecture, self->step,
               self->values->numbers[NN_QUANTITY_VALUE],
               self->model->architecture->n_values);
  return TRUE;
}

void
nn_job_state_set_paused (NnJobState *self, gboolean paused)
{
  self->paused = paused;
}

static void
forget_words (NnJobState *self)
{
  g_clear_pointer (&self->note, g_free);
  g_clear_pointer (&self->refusal, g_free);
}

void
nn_job_state_set_refusal (NnJobState *self, const char *why)
{
  forget_words (self);
  self->refusal = g_strdup (why);
}

/* @landing: (transfer full) */
static void
append_landing (NnJobState *self, NnLanding landing)
{
  landing.serial = self->n_landings++;
  g_array_append_val (self->landings, landing);
  if (self->landings->len > NN_LANDING_MOST)
    g_array_remove_index (self->landings, 0);
}

static void
remember_undoable (NnJobState *self, NnNudge *nudge)
{
  g_ptr_array_insert (self->undoable, 0, nn_nudge_ref (nudge));
  if (self->undoable->len > MOST_PAST)
    g_ptr_array_set_size (self->undoable, MOST_PAST);
}

/**
 * nn_job_state_land:
 * @reply: to "nudge", of one that was applied once
 */
void
nn_job_state_land (NnJobState *self, NnNudge *nudge, const NnMessage *reply)
{
  NnLanding landing;

  forget_words (self);
  follow_step (self, reply);
  nn_job_landing_init (&landing, nudge, self->step);
  nn_job_landing_read (&landing, reply);
  append_landing (self, landing);
  remember_undoable (self, nudge);
}

/* @why: it changed nothing */
void
nn_job_state_refuse (NnJobState *self, NnNudge *nudge, const char *why)
{
  NnLanding landing;

  forget_words (self);
  nn_job_landing_init (&landing, nudge, self->step);
  landing.refusal = g_strdup (why);
  landing.n_refused = 1;
  append_landing (self, landing);
}

/* Returns: (nullable): the newest of this nudge */
static NnLanding *
find_landing (NnJobState *self, const NnNudge *nudge)
{
  for (guint i = self->landings->len; i > 0; i--) {
    NnLanding *landing = &g_array_index (self->landings, NnLanding, i - 1);

    if (landing->nudge == nudge)
      return landing;
  }
  return NULL;
}

static NnJobStanding *
find_key (NnJobState *self, const char *key)
{
  for (guint i = 0; i < self->standing->len; i++) {
    NnJobStanding *standing = &g_array_index (self->standing, NnJobStanding, i);

    if (g_strcmp0 (standing->key, key) == 0)
      return standing;
  }
  return NULL;
}

/**
 * nn_job_state_repeat:
 * @event: one that stands was applied, or refused
 */
void
nn_job_state_repeat (NnJobState *self, const NnMessage *event)
{
  const char *why = json_string_value (json_object_get (event->head, "error"));
  const char *key = json_string_value (json_object_get (event->head, "standing"));
  NnJobStanding *one = key != NULL ? find_key (self, key) : NULL;
  NnLanding *landing;

  follow_step (self, event);
  if (one == NULL)
    return; /* another's, that was asked for meanwhile */
  landing = find_landing (self, one->standing.nudge);
  if (landing == NULL) {
    NnLanding first;

    nn_job_landing_init (&first, one->standing.nudge, self->step);
    first.standing = TRUE;
    append_landing (self, first);
    landing = find_landing (self, one->standing.nudge);
  }
  landing->last = self->step;
  g_clear_pointer (&landing->refusal, g_free);
  if (why != NULL) {
    landing->refusal = g_strdup (why);
    landing->n_refused++;
    return;
  }
  landing->n_times++;
  landing->taken_back = FALSE;
  one->standing.n_times++;
  remember_undoable (self, one->standing.nudge);
}

/**
 * nn_job_state_take_back:
 * @reply: to "take back"
 */
void
nn_job_state_take_back (NnJobState *self, const NnMessage *reply)
{
  const gboolean exact = json_is_true (json_object_get (reply->head, "exact"));
  const json_int_t since =
      json_integer_value (json_object_get (reply->head, "sections_since"));
  NnLanding *landing =
      self->undoable->len > 0 ? find_landing (self, self->undoable->pdata[0]) : NULL;

  forget_words (self);
  follow_step (self, reply);
  if (landing != NULL) {
    landing->taken_back = TRUE;
    landing->taken_back_at = self->step;
    landing->n_lost = exact ? 0 : (guint64) MAX (since, 1);
  }
  if (self->undoable->len > 0)
    g_ptr_array_remove_index (self->undoable, 0);
}

/**
 * nn_job_state_end:
 * @why: (nullable): the job does not answer any more; %NULL: it was left
 *
 * The state stays what it is.
 */
void
nn_job_state_end (NnJobState *self, const char *why)
{
  self->ended = TRUE;
  g_free (self->end);
  self->end = g_strdup (why);
}

/* ---- those that repeat -------------------------------------------------------------- */

/* Returns: (nullable) */
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

/**
 * nn_job_state_stand:
 * @id: of a new one, or of the one whose place it takes
 * @key: the job's
 */
void
nn_job_state_stand (NnJobState *self, guint64 id, NnNudge *nudge, const char *key)
{
  NnJobStanding *old = nn_job_state_find_standing (self, id);
  const NnJobStanding new = { { id, nn_nudge_ref (nudge), FALSE, 0 }, g_strdup (key) };

  forget_words (self);
  self->next_id = MAX (self->next_id, id + 1);
  if (old == NULL) {
    g_array_append_val (self->standing, new);
  } else {
    standing_clear (old);
    *old = new;
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
 * Returns: whether it is somewhere else now
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
  /* Its nudge and its key go with it. */
  memset (&g_array_index (self->standing, NnJobStanding, from), 0, sizeof moved);
  g_array_remove_index (self->standing, from);
  g_array_insert_val (self->standing, to, moved);
  return TRUE;
}

/* Returns: (nullable): the job's key of the next one that it repeats; %NULL: @id is the last */
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

/* Returns: which no nudge has had yet */
guint64
nn_job_state_get_next_id (const NnJobState *self)
{
  return self->next_id;
}

/* ---- what frames have besides ------------------------------------------------------- */

void
nn_job_state_carry (NnJobState *self, NnQuantities quantities)
{
  self->quantities = quantities;
}

void
nn_job_state_watch (NnJobState *self, gssize index)
{
  nn_past_watch (self->past, index);
}

/* @nudge: (nullable) */
void
nn_job_state_preview (NnJobState *self, NnNudge *nudge)
{
  g_clear_pointer (&self->preview, nn_nudge_unref);
  self->preview = nudge != NULL ? nn_nudge_ref (nudge) : NULL;
  if (self->tensors != NULL)
    nn_job_tensors_preview (self->tensors, nudge);
}

/* nn-job-state.c - the state of a job's run, as far as its messages tell it
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/attach/nn-job-state.h"

#include <math.h>

#include "nn/attach/nn-job-landing.h"
#include "nn/attach/nn-job-losses.h"
#include "nn/attach/nn-job-state-private.h"

/* How many states nudge_attach.py keeps: older nudges cannot be taken back. */
#define MOST_UNDOABLE 4

static void
clear_undoable (gpointer nudge)
{
  if (nudge != NULL)
    nn_nudge_unref (nudge);
}

/**
 * nn_job_state_new:
 * @model: (transfer full)
 * @facts: of the job as it was attached to
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
  self->undoable = g_ptr_array_new_with_free_func (clear_undoable);
  nn_job_state_init_standing (self);
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

/* ---- what the job sends ------------------------------------------------------------ */

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
 * Returns: FALSE if its tensors cannot be read, as nn_job_values_take ()
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

void
nn_job_state_set_refusal (NnJobState *self, const char *why)
{
  g_clear_pointer (&self->refusal, g_free);
  self->refusal = g_strdup (why);
}

static gboolean
still_repeats (const NnJobState *self, const NnLanding *landing)
{
  for (guint i = 0; landing->standing && i < self->standing->len; i++)
    if (g_array_index (self->standing, NnJobStanding, i).standing.nudge == landing->nudge)
      return TRUE;
  return FALSE;
}

/* Forgets the oldest landing, but none of a nudge that still repeats. */
static void
forget_oldest (NnJobState *self)
{
  guint oldest = 0;

  while (oldest < self->landings->len &&
         still_repeats (self, &g_array_index (self->landings, NnLanding, oldest)))
    oldest++;
  if (oldest < self->landings->len)
    g_array_remove_index (self->landings, oldest);
}

/* @landing: (transfer full) */
static void
append_landing (NnJobState *self, NnLanding landing)
{
  if (self->landings->len >= NN_LANDING_MOST)
    forget_oldest (self);
  landing.serial = self->n_landings++;
  g_array_append_val (self->landings, landing);
}

/* @nudge: (nullable): %NULL if it is not in the log */
static void
remember_undoable (NnJobState *self, NnNudge *nudge)
{
  g_ptr_array_insert (self->undoable, 0, nudge != NULL ? nn_nudge_ref (nudge) : NULL);
  if (self->undoable->len > MOST_UNDOABLE)
    g_ptr_array_set_size (self->undoable, MOST_UNDOABLE);
}

static void
land (NnJobState *self, NnNudge *nudge, const NnMessage *message)
{
  NnLanding landing;

  follow_step (self, message);
  nn_job_landing_init (&landing, nudge, self->step);
  nn_job_landing_read (&landing, message);
  append_landing (self, landing);
  remember_undoable (self, nudge);
}

/**
 * nn_job_state_land:
 * @nudge: which was applied once
 * @reply: to the request "nudge"
 */
void
nn_job_state_land (NnJobState *self, NnNudge *nudge, const NnMessage *reply)
{
  g_clear_pointer (&self->refusal, g_free);
  land (self, nudge, reply);
}

/**
 * nn_job_state_land_other:
 * @event: says that a nudge of another connection was applied once
 *
 * Such a landing has no receipt. A nudge whose text cannot be parsed is not in the log,
 * but can be taken back like any other.
 */
void
nn_job_state_land_other (NnJobState *self, const NnMessage *event)
{
  const char *text = json_string_value (json_object_get (event->head, "text"));
  g_autoptr (NnNudge) nudge = text != NULL ? nn_nudge_parse (text, NULL) : NULL;

  if (nudge != NULL)
    land (self, nudge, event);
  else
    remember_undoable (self, NULL);
}

/* The job has refused @nudge, and changed nothing. @why: the job's message */
void
nn_job_state_refuse (NnJobState *self, NnNudge *nudge, const char *why)
{
  NnLanding landing;

  g_clear_pointer (&self->refusal, g_free);
  nn_job_landing_init (&landing, nudge, self->step);
  landing.refusal = g_strdup (why);
  landing.n_refused = 1;
  append_landing (self, landing);
}

/* Returns: (transfer none) (nullable): the newest landing of @nudge */
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

/**
 * nn_job_state_repeat:
 * @event: says that a repeating nudge was applied, or refused
 */
void
nn_job_state_repeat (NnJobState *self, const NnMessage *event)
{
  const char *why = json_string_value (json_object_get (event->head, "error"));
  const char *key = json_string_value (json_object_get (event->head, "standing"));
  NnJobStanding *one = key != NULL ? nn_job_state_find_key (self, key) : NULL;
  NnLanding *landing;

  follow_step (self, event);
  if (one == NULL) { /* its text could not be parsed */
    if (why == NULL)
      remember_undoable (self, NULL);
    return;
  }
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
  nn_job_state_count_times (one, json_object_get (event->head, "times"));
  remember_undoable (self, one->standing.nudge);
}

/**
 * nn_job_state_take_back:
 * @reply: to the request "take back", or the event of another connection's request
 *
 * The newest nudge that could be undone was undone.
 */
void
nn_job_state_take_back (NnJobState *self, const NnMessage *reply)
{
  const gboolean exact = json_is_true (json_object_get (reply->head, "exact"));
  const json_int_t since =
      json_integer_value (json_object_get (reply->head, "sections_since"));
  NnLanding *landing =
      self->undoable->len > 0 ? find_landing (self, self->undoable->pdata[0]) : NULL;

  g_clear_pointer (&self->refusal, g_free);
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
 * @why: (nullable): an error, if the connection was lost; %NULL if the user detached
 *
 * From now on frames show the last state.
 */
void
nn_job_state_end (NnJobState *self, const char *why)
{
  self->ended = TRUE;
  g_free (self->end);
  self->end = g_strdup (why);
}

/* ---- what else frames carry --------------------------------------------------------- */

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

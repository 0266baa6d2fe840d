/* nn-job-state-frame.c - frames of a job's run, and what they need from the job
 *
 * SPDX-License-Identifier: MIT
 */

#include <math.h>
#include <string.h>

#include "nn/attach/nn-job-state-private.h"

/* Between two looks, at least; the client makes them rarer where they would cost the job
 * more than a hundredth of its time. */
#define LOOK_MS 50

static gboolean
wants_gradients (const NnJobState *self)
{
  return self->preview != NULL || nn_past_get_watched (self->past) >= 0 ||
         (self->quantities & NN_QUANTITY_BIT (NN_QUANTITY_GRADIENT)) != 0;
}

static json_t *
list_names (const NnJobState *self)
{
  const NnArchitecture *architecture = self->model->architecture;
  json_t *names = json_array ();

  for (gsize i = 0; architecture->is_chain && i < architecture->n_parameters; i++)
    json_array_append_new (names,
                           json_string (nn_job_model_get_tensor (self->model, i)->name));
  return names;
}

/**
 * nn_job_state_make_look:
 *
 * Returns: (transfer full): the request for what frames are to show
 */
json_t *
nn_job_state_make_look (const NnJobState *self)
{
  json_t *names = list_names (self);
  json_t *look =
      json_pack ("{ss si sO}", "do", "look", "every_ms", LOOK_MS, "tensors", names);

  if (wants_gradients (self))
    json_object_set (look, "gradients", names);
  json_decref (names);
  return look;
}

static void
fill_values (const NnJobState *self, NnFrame *frame)
{
  const gsize n_bytes = frame->architecture->n_values * sizeof (float);

  memcpy (frame->values, self->values->values, n_bytes);
  for (gsize i = NN_QUANTITY_VALUE + 1; i < NN_N_QUANTITIES; i++) {
    if (!(self->quantities & NN_QUANTITY_BIT (i)))
      continue;
    frame->numbers[i] = g_memdup2 (self->values->gradients, n_bytes);
    /* Of the others nothing is known. */
    for (gsize k = 0; i != NN_QUANTITY_GRADIENT && k < frame->architecture->n_values; k++)
      frame->numbers[i][k] = NAN;
  }
  if (self->preview != NULL)
    frame->preview = nn_job_values_preview (self->values, self->preview, self->step);
}

static void
fill_watched (const NnJobState *self, NnFrame *frame)
{
  const gssize index = nn_past_get_watched (self->past);

  if (index < 0 || (gsize) index >= frame->architecture->n_values)
    return;
  frame->watched = g_new0 (NnWatched, 1);
  frame->watched->index = (gsize) index;
  for (gsize i = 0; i < NN_N_QUANTITIES; i++)
    frame->watched->numbers[i] = NAN;
  frame->watched->numbers[NN_QUANTITY_VALUE] = self->values->values[index];
  frame->watched->numbers[NN_QUANTITY_GRADIENT] = self->values->gradients[index];
  frame->watched->points = nn_past_dup_way (self->past, &frame->watched->n_points);
}

static void
fill_standing (const NnJobState *self, NnFrame *frame)
{
  frame->n_standing = self->standing->len;
  frame->standing = g_new (NnStanding, frame->n_standing);
  for (gsize i = 0; i < frame->n_standing; i++) {
    frame->standing[i] = g_array_index (self->standing, NnJobStanding, i).standing;
    nn_nudge_ref (frame->standing[i].nudge);
  }
}

/**
 * nn_job_state_make_frame:
 *
 * Returns: (transfer full): the run as it is known now; the caller sets what only a session
 *   knows
 */
NnFrame *
nn_job_state_make_frame (NnJobState *self)
{
  NnFrame *frame = nn_frame_new (self->model->architecture, &(const NnProbesShape){ 0 });

  frame->step = self->step;
  frame->loss = self->loss;
  frame->step_loss = self->loss;
  if (self->values != NULL) {
    fill_values (self, frame);
    fill_watched (self, frame);
  }
  if (self->tensors != NULL)
    frame->tensors = nn_tensors_ref (nn_job_tensors_get (self->tensors));
  frame->history = nn_history_copy (self->history);
  frame->n_landings = self->landings->len;
  frame->landings = nn_landing_copy_newest (
      (const NnLanding *) (const void *) self->landings->data, &frame->n_landings);
  fill_standing (self, frame);
  frame->guard = NN_GUARD_OFF;
  frame->end = self->step;
  frame->can_undo = self->undoable->len > 0 && !self->ended;
  frame->running = !self->paused && !self->ended;
  /* A job may do something by itself, or because another one asks it to, at any time. */
  frame->unfinished = !self->ended;
  frame->without_trials = TRUE;
  frame->ended = self->ended;
  frame->failure = g_strdup (self->end);
  frame->refusal = g_strdup (self->refusal);
  frame->note = g_strdup (self->note);
  return frame;
}

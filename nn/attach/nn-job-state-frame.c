/* nn-job-state-frame.c - frames of a job's run, and the request for their numbers
 *
 * SPDX-License-Identifier: MIT
 */

#include <math.h>
#include <string.h>

#include "nn/attach/nn-job-state-private.h"

/* The shortest time between two frames of the job; nudge_attach.py sends them less often
 * if they would take more than a hundredth of the job's time. */
#define LOOK_MS 50

/* For a watched value, all quantities that the job need not keep a copy for. */
static NnQuantities
get_wanted (const NnJobState *self)
{
  NnQuantities wanted = self->quantities;

  if (self->preview != NULL)
    wanted |= NN_QUANTITY_BIT (NN_QUANTITY_GRADIENT);
  if (nn_past_get_watched (self->past) >= 0)
    wanted |= ~(guint) NN_QUANTITIES_OF_CHANGE;
  return wanted & self->model->known & ~NN_QUANTITY_BIT (NN_QUANTITY_VALUE);
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
 * Returns: (transfer full): the request for what frames show
 */
json_t *
nn_job_state_make_look (const NnJobState *self)
{
  const NnQuantities wanted = self->values != NULL ? get_wanted (self) : 0;
  json_t *names = list_names (self);
  json_t *also = json_object ();
  json_t *look = json_pack ("{ss si sO so}", "do", "look", "every_ms", LOOK_MS, "tensors",
                            names, "also", also);

  for (guint q = 0; q < NN_N_QUANTITIES; q++)
    if (wanted & NN_QUANTITY_BIT (q))
      json_object_set (also, nn_job_values_get_kind (self->model, (NnQuantity) q), names);
  json_decref (names);
  return look;
}

static void
fill_values (const NnJobState *self, NnFrame *frame)
{
  const gsize n_bytes = frame->architecture->n_values * sizeof (float);

  frame->known = self->model->known;
  frame->optimizer = self->model->optimizer;
  memcpy (frame->values, self->values->numbers[NN_QUANTITY_VALUE], n_bytes);
  for (gsize i = NN_QUANTITY_VALUE + 1; i < NN_N_QUANTITIES; i++)
    if (self->quantities & NN_QUANTITY_BIT (i))
      frame->numbers[i] = g_memdup2 (self->values->numbers[i], n_bytes);
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
    frame->watched->numbers[i] = self->values->numbers[i][index];
  frame->watched->points = nn_past_dup_points (self->past, &frame->watched->n_points);
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
 * Returns: (transfer full): the present state; the caller sets the fields that only a
 *   session knows
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
  /* A job may do something by itself, or for another connection, at any time. */
  frame->unfinished = !self->ended;
  frame->without_trials = TRUE;
  frame->ended = self->ended;
  frame->failure = g_strdup (self->end);
  frame->refusal = g_strdup (self->refusal);
  return frame;
}

/* nn-job-requests.c - sends requests to a job, and takes its replies
 *
 * SPDX-License-Identifier: MIT
 *
 * A request is sent without waiting for the reply to the one before: a job may take a
 * minute for a step.
 */

#include <glib/gi18n.h>

#include "nn/attach/nn-job-nudge.h"
#include "nn/attach/nn-job-session-private.h"

/* Deadline for sending a message, and for the rest of one that has begun to arrive. */
#define MESSAGE_US (20 * G_USEC_PER_SEC)

void
nn_job_pending_free (gpointer data)
{
  NnJobPending *pending = data;

  nn_event_clear (&pending->event);
  g_free (pending);
}

static gint64
get_deadline (void)
{
  return g_get_monotonic_time () + MESSAGE_US;
}

/* ---- requests ---------------------------------------------------------------------- */

/* Ends the connection. @why: (nullable): %NULL if the user detached */
void
nn_job_worker_lose (NnJobWorker *worker, const char *why)
{
  worker->shown = FALSE;
  g_clear_pointer (&worker->job, nn_job_free);
  nn_job_state_end (worker->state, why);
  while (!g_queue_is_empty (&worker->pending)) {
    NnJobPending *pending = g_queue_pop_head (&worker->pending);

    if (pending->kind == NN_COMMAND_DO && pending->event.kind == NN_EVENT_NUDGE)
      nn_job_state_refuse (
          worker->state, pending->event.nudge,
          why != NULL ? why : _ ("the connection was closed before the job answered"));
    nn_job_pending_free (pending);
  }
}

/* @request: (transfer full)
 * @event: (nullable): of an NN_COMMAND_DO, which is done when the reply comes */
static void
ask (NnJobWorker *worker, json_t *request, NnCommandKind kind, const NnEvent *event)
{
  g_autoptr (GError) error = NULL;
  const gint64 id = nn_job_send (worker->job, request, get_deadline (), &error);
  NnJobPending *pending;

  if (id == 0) {
    nn_job_worker_lose (worker, error->message);
    return;
  }
  pending = g_new0 (NnJobPending, 1);
  pending->id = id;
  pending->serial = worker->n_taken;
  pending->kind = kind;
  if (event != NULL)
    nn_event_copy (&pending->event, event);
  g_queue_push_tail (&worker->pending, pending);
}

static void
ask_to (NnJobWorker *worker, const char *what, NnCommandKind kind)
{
  ask (worker, json_pack ("{ss}", "do", what), kind, NULL);
}

static void
ask_for_steps (NnJobWorker *worker, guint64 n_steps)
{
  ask (worker, json_pack ("{sssI}", "do", "step", "steps", (json_int_t) n_steps),
       NN_COMMAND_STEP, NULL);
}

/* ---- nudges ------------------------------------------------------------------------- */

/* Returns: (nullable) */
static json_t *
make_nudge (NnJobWorker *worker, NnNudge *nudge, gboolean repeats, GError **error)
{
  const NnJobModel *model = nn_job_state_get_model (worker->state);

  return nn_job_nudge_new (nudge, model->tensors, repeats, worker->seed++, error);
}

static void
nudge (NnJobWorker *worker, const NnEvent *event)
{
  g_autoptr (GError) error = NULL;
  json_t *request = make_nudge (worker, event->nudge, FALSE, &error);

  if (request != NULL)
    ask (worker, request, NN_COMMAND_DO, event);
  else
    nn_job_state_refuse (worker->state, event->nudge, error->message);
}

/* Adds the nudge's position in the list: before the nudge that follows it. */
static void
set_position (NnJobWorker *worker, json_t *request, guint64 id)
{
  const char *key = nn_job_state_get_key_behind (worker->state, id);

  if (key != NULL)
    json_object_set_new (request, "before", json_string (key));
}

static void
stand (NnJobWorker *worker, const NnEvent *event)
{
  g_autoptr (GError) error = NULL;
  json_t *request = make_nudge (worker, event->nudge, TRUE, &error);

  if (request != NULL)
    set_position (worker, request, event->id);
  if (request != NULL)
    ask (worker, request, NN_COMMAND_DO, event);
  else
    nn_job_state_set_refusal (worker->state, error->message);
}

static void
remove_from_job (NnJobWorker *worker, NnJobStanding *one, const NnEvent *event)
{
  if (one->key != NULL)
    ask (worker, json_pack ("{ssss}", "do", "remove", "standing", one->key),
         NN_COMMAND_DO, event);
  else if (event->kind == NN_EVENT_REMOVE)
    nn_job_state_remove_standing (worker->state, event->id);
}

/* The job does not have a paused nudge: it gets its position when it is resumed. */
static void
move (NnJobWorker *worker, const NnJobStanding *one, const NnEvent *event)
{
  g_autofree char *key = g_strdup (one->key);
  json_t *request;

  if (!nn_job_state_move_standing (worker->state, event) || key == NULL)
    return;
  request = json_pack ("{ssss}", "do", "move", "standing", key);
  set_position (worker, request, event->id);
  ask (worker, request, NN_COMMAND_DO, event);
}

static void
change_standing (NnJobWorker *worker, const NnEvent *event)
{
  NnJobStanding *one = nn_job_state_find_standing (worker->state, event->id);

  if (one == NULL) {
    nn_job_state_set_refusal (worker->state, _ ("this nudge does not repeat any more"));
  } else if (event->kind == NN_EVENT_MOVE) {
    move (worker, one, event);
  } else if (event->kind == NN_EVENT_RESUME) {
    NnEvent again = { .kind = NN_EVENT_STAND,
                      .id = event->id,
                      .nudge = one->standing.nudge };

    stand (worker, &again);
  } else if (event->kind == NN_EVENT_REPLACE) {
    const NnEvent gone = { .kind = NN_EVENT_PAUSE, .id = event->id };

    remove_from_job (worker, one, &gone);
    if (worker->job != NULL)
      stand (worker, event);
  } else {
    remove_from_job (worker, one, event);
  }
}

static void
do_event (NnJobWorker *worker, const NnEvent *event)
{
  switch (event->kind) {
  case NN_EVENT_NUDGE:
    nudge (worker, event);
    break;
  case NN_EVENT_STAND:
    stand (worker, event);
    break;
  case NN_EVENT_REPLACE:
  case NN_EVENT_REMOVE:
  case NN_EVENT_PAUSE:
  case NN_EVENT_RESUME:
  case NN_EVENT_MOVE:
    change_standing (worker, event);
    break;
  case NN_EVENT_GUARD:
  case NN_EVENT_EDIT:
  default:
    nn_job_state_set_refusal (worker->state, _ ("only with Nudge's own engine"));
  }
}

/* ---- commands ----------------------------------------------------------------------- */

/* What frames carry. */
static void
set_shown (NnJobWorker *worker, const NnCommand *command)
{
  worker->look_changed = TRUE;
  if (command->kind == NN_COMMAND_CARRY)
    nn_job_state_carry (worker->state, command->quantities);
  else if (command->kind == NN_COMMAND_WATCH)
    nn_job_state_watch (worker->state, command->index);
  else if (command->kind == NN_COMMAND_PREVIEW)
    nn_job_state_preview (worker->state, command->nudge);
  else if (nn_job_state_get_tensors (worker->state) != NULL)
    nn_job_tensors_open (nn_job_state_get_tensors (worker->state), &command->tensor);
}

static void
run_to (NnJobWorker *worker, const NnStop *stop)
{
  const guint64 step = nn_job_state_get_step (worker->state);

  if (stop->step > step)
    ask_for_steps (worker, stop->step - step);
  else if (stop->step == 0)
    nn_job_state_set_refusal (worker->state, _ ("only with Nudge's own engine"));
}

static void
obey_job (NnJobWorker *worker, const NnCommand *command)
{
  switch (command->kind) {
  case NN_COMMAND_RUN:
    ask_to (worker, "continue", command->kind);
    break;
  case NN_COMMAND_PAUSE:
    ask (worker, json_pack ("{sssb}", "do", "pause", "hold", FALSE), command->kind, NULL);
    break;
  case NN_COMMAND_STEP:
  case NN_COMMAND_WALK:
    ask_for_steps (worker, 1);
    break;
  case NN_COMMAND_RUN_TO:
    run_to (worker, &command->stop);
    break;
  case NN_COMMAND_DO:
    do_event (worker, &command->event);
    break;
  case NN_COMMAND_UNDO:
    ask_to (worker, "take back", command->kind);
    break;
  case NN_COMMAND_DETACH:
    nn_job_worker_lose (worker, NULL);
    break;
  default:
    break;
  }
}

void
nn_job_worker_obey (NnJobWorker *worker, const NnCommand *command)
{
  worker->n_taken++;
  worker->shown = FALSE;
  if (command->kind == NN_COMMAND_CARRY || command->kind == NN_COMMAND_WATCH ||
      command->kind == NN_COMMAND_PREVIEW || command->kind == NN_COMMAND_TENSOR)
    set_shown (worker, command);
  else if (worker->job != NULL)
    obey_job (worker, command);
  else if (command->kind == NN_COMMAND_DO && command->event.kind == NN_EVENT_NUDGE)
    nn_job_state_refuse (worker->state, command->event.nudge, _ ("the job has ended"));
  else if (command->kind == NN_COMMAND_DO)
    nn_job_state_set_refusal (worker->state, _ ("the job has ended"));
}

/* Requests tensors, if that is due. */
void
nn_job_worker_request_tensors (NnJobWorker *worker)
{
  NnJobTensors *tensors = nn_job_state_get_tensors (worker->state);

  if (worker->job != NULL && tensors != NULL &&
      g_get_monotonic_time () >= nn_job_tensors_get_due (tensors))
    ask (worker, nn_job_tensors_make_request (tensors), NN_COMMAND_TENSOR, NULL);
}

/* Requests what frames carry, if that has changed. */
void
nn_job_worker_update_look (NnJobWorker *worker)
{
  if (worker->look_changed && worker->job != NULL)
    ask (worker, nn_job_state_make_look (worker->state), NN_COMMAND_CARRY, NULL);
  worker->look_changed = FALSE;
}

/* ---- replies ----------------------------------------------------------------------- */

static void
take_done_event (NnJobWorker *worker, const NnEvent *event, const NnMessage *reply)
{
  const char *key = json_string_value (json_object_get (reply->head, "standing"));
  NnJobStanding *one;

  switch (event->kind) {
  case NN_EVENT_NUDGE:
    nn_job_state_land (worker->state, event->nudge, reply);
    break;
  case NN_EVENT_STAND:
  case NN_EVENT_REPLACE:
    nn_job_state_stand (worker->state, event->id, event->nudge, key);
    break;
  case NN_EVENT_REMOVE:
    nn_job_state_remove_standing (worker->state, event->id);
    break;
  case NN_EVENT_MOVE:
    break;
  default:
    one = nn_job_state_find_standing (worker->state, event->id);
    if (one != NULL) {
      one->standing.paused = TRUE;
      g_clear_pointer (&one->key, g_free);
    }
  }
}

static void
take_done (NnJobWorker *worker, const NnJobPending *pending, const NnMessage *reply)
{
  if (pending->kind == NN_COMMAND_DO)
    take_done_event (worker, &pending->event, reply);
  else if (pending->kind == NN_COMMAND_UNDO)
    nn_job_state_take_back (worker->state, reply);
  else if (pending->kind == NN_COMMAND_RUN)
    nn_job_state_set_paused (worker->state, FALSE);
  else if (pending->kind == NN_COMMAND_PAUSE || pending->kind == NN_COMMAND_STEP)
    nn_job_state_set_paused (worker->state, TRUE);
}

/* Tensors belong to no command; a reply that cannot be read is ignored. */
static void
take_tensors (NnJobWorker *worker, const NnMessage *reply)
{
  NnJobTensors *tensors = nn_job_state_get_tensors (worker->state);

  if (!nn_job_check_reply (reply, NULL) || !nn_job_tensors_take (tensors, reply, NULL))
    nn_job_tensors_give_up (tensors);
}

static void
take_reply (NnJobWorker *worker, const NnMessage *reply)
{
  const gint64 id = json_integer_value (json_object_get (reply->head, "id"));
  g_autoptr (GError) error = NULL;

  for (GList *each = worker->pending.head; each != NULL; each = each->next) {
    NnJobPending *pending = each->data;

    if (pending->id != id)
      continue;
    if (pending->kind == NN_COMMAND_TENSOR)
      take_tensors (worker, reply);
    else if (nn_job_check_reply (reply, &error))
      take_done (worker, pending, reply);
    else if (pending->kind == NN_COMMAND_DO && pending->event.kind == NN_EVENT_NUDGE)
      nn_job_state_refuse (worker->state, pending->event.nudge, error->message);
    else
      nn_job_state_set_refusal (worker->state, error->message);
    g_queue_delete_link (&worker->pending, each);
    nn_job_pending_free (pending);
    return;
  }
}

/* Something was done to the job, but not by a request of this connection. */
static void
take_event (NnJobState *state, const char *event, const NnMessage *message)
{
  if (g_str_equal (event, "take back"))
    nn_job_state_take_back (state, message);
  else if (g_str_equal (event, "standing"))
    nn_job_state_take_standing (state, message->head);
  else if (!g_str_equal (event, "nudge"))
    return;
  else if (json_object_get (message->head, "standing") != NULL)
    nn_job_state_repeat (state, message);
  else
    nn_job_state_land_other (state, message);
}

/* Takes the next message. Returns: FALSE if the connection has ended */
gboolean
nn_job_worker_take_message (NnJobWorker *worker, GError **error)
{
  g_auto (NnMessage) message = { NULL, NULL };
  const char *event;

  if (!nn_job_receive (worker->job, &message, get_deadline (), error))
    return FALSE;
  worker->shown = FALSE;
  event = json_string_value (json_object_get (message.head, "event"));
  if (g_strcmp0 (event, "frame") == 0)
    return nn_job_state_take_frame (worker->state, &message, error);
  if (event != NULL)
    take_event (worker->state, event, &message);
  else
    take_reply (worker, &message);
  return TRUE;
}

/* nn-job-session.c - a session whose engine is a PyTorch job
 *
 * SPDX-License-Identifier: MIT
 *
 * Requests are sent as the commands come, and their replies taken as they come: a job may
 * take a minute for a step, and what is asked meanwhile is on its way. A command is carried
 * out when the job has replied to it, and all before it are.
 */

#include "nn/attach/nn-job-session.h"

#include <errno.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "nn/attach/nn-job-nudge.h"
#include "nn/attach/nn-job-state.h"
#include "nn/session/nn-session-engine.h"

/* A message that has begun comes whole within this time, and one that is sent is taken. */
#define MESSAGE_US (20 * G_USEC_PER_SEC)

/* A request without its reply yet. */
typedef struct {
  gint64 id;      /* of the request */
  guint64 serial; /* of the command */
  NnCommandKind kind;
  NnEvent event; /* (owned) DO */
} Asked;

typedef struct {
  NnJob *job; /* (owned) (nullable) until it has ended */
  NnJobState *state;
  int attention;         /* eventfd: the session wants something */
  GQueue asked;          /* (element-type Asked) (owned) oldest first */
  guint64 n_taken;       /* commands that came out of the queue */
  guint32 seed;          /* of the next nudge */
  gboolean shown;        /* the newest frame shows all of this */
  gboolean look_changed; /* the job is to send something else */
} Worker;

static void
asked_free (gpointer data)
{
  Asked *asked = data;

  nn_event_clear (&asked->event);
  g_free (asked);
}

static gint64
get_deadline (void)
{
  return g_get_monotonic_time () + MESSAGE_US;
}

/* ---- what is said to the job --------------------------------------------------------- */

/* @why: (nullable): %NULL: it is left to itself */
static void
lose (Worker *worker, const char *why)
{
  g_clear_pointer (&worker->job, nn_job_free);
  nn_job_state_end (worker->state, why);
  while (!g_queue_is_empty (&worker->asked)) {
    Asked *asked = g_queue_pop_head (&worker->asked);

    if (asked->kind == NN_COMMAND_DO && asked->event.kind == NN_EVENT_NUDGE)
      nn_job_state_refuse (worker->state, asked->event.nudge,
                           why != NULL ? why : "the job was left before it answered");
    asked_free (asked);
  }
}

/* @request: (transfer full)
 * @event: (nullable): of a command that is carried out with the reply */
static void
ask (Worker *worker, json_t *request, NnCommandKind kind, const NnEvent *event)
{
  g_autoptr (GError) error = NULL;
  const gint64 id = nn_job_send (worker->job, request, get_deadline (), &error);
  Asked *asked;

  if (id == 0) {
    lose (worker, error->message);
    return;
  }
  asked = g_new0 (Asked, 1);
  asked->id = id;
  asked->serial = worker->n_taken;
  asked->kind = kind;
  if (event != NULL)
    nn_event_copy (&asked->event, event);
  g_queue_push_tail (&worker->asked, asked);
}

static void
ask_to (Worker *worker, const char *what, NnCommandKind kind)
{
  ask (worker, json_pack ("{ss}", "do", what), kind, NULL);
}

static void
ask_for_steps (Worker *worker, guint64 n_steps)
{
  ask (worker, json_pack ("{sssI}", "do", "step", "steps", (json_int_t) n_steps),
       NN_COMMAND_STEP, NULL);
}

/* ---- nudges ------------------------------------------------------------------------- */

/* Returns: (nullable) */
static json_t *
make_nudge (Worker *worker, NnNudge *nudge, gboolean repeats, GError **error)
{
  const NnJobModel *model = nn_job_state_get_model (worker->state);

  return nn_job_nudge_new (nudge, model->tensors, repeats, worker->seed++, error);
}

static void
nudge (Worker *worker, const NnEvent *event)
{
  g_autoptr (GError) error = NULL;
  json_t *request = make_nudge (worker, event->nudge, FALSE, &error);

  if (request != NULL)
    ask (worker, request, NN_COMMAND_DO, event);
  else
    nn_job_state_refuse (worker->state, event->nudge, error->message);
}

/* One that takes the place of another comes first: the job leaves no step out. */
static void
stand (Worker *worker, const NnEvent *event)
{
  g_autoptr (GError) error = NULL;
  json_t *request = make_nudge (worker, event->nudge, TRUE, &error);

  if (request != NULL)
    ask (worker, request, NN_COMMAND_DO, event);
  else
    nn_job_state_set_refusal (worker->state, error->message);
}

static void
remove_from_job (Worker *worker, NnJobStanding *one, const NnEvent *event)
{
  if (one->key != NULL)
    ask (worker, json_pack ("{ssss}", "do", "remove", "standing", one->key),
         NN_COMMAND_DO, event);
  else if (event->kind == NN_EVENT_REMOVE)
    nn_job_state_remove_standing (worker->state, event->id);
}

static void
change_standing (Worker *worker, const NnEvent *event)
{
  NnJobStanding *one = nn_job_state_find_standing (worker->state, event->id);

  if (one == NULL) {
    nn_job_state_set_refusal (worker->state, "this nudge does not repeat any more");
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
do_event (Worker *worker, const NnEvent *event)
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
    change_standing (worker, event);
    break;
  case NN_EVENT_MOVE:
    nn_job_state_set_refusal (worker->state,
                              "a job's nudges repeat in the order in which they came");
    break;
  case NN_EVENT_GUARD:
  case NN_EVENT_EDIT:
  default:
    nn_job_state_set_refusal (worker->state, "only with Nudge's own engine");
  }
}

/* ---- commands ----------------------------------------------------------------------- */

/* What frames are to have. */
static void
set_shown (Worker *worker, const NnCommand *command)
{
  worker->look_changed = TRUE;
  if (command->kind == NN_COMMAND_CARRY)
    nn_job_state_carry (worker->state, command->quantities);
  else if (command->kind == NN_COMMAND_WATCH)
    nn_job_state_watch (worker->state, command->index);
  else
    nn_job_state_preview (worker->state, command->nudge);
}

static void
run_to (Worker *worker, const NnStop *stop)
{
  const guint64 step = nn_job_state_get_step (worker->state);

  if (stop->step > step)
    ask_for_steps (worker, stop->step - step);
  else if (stop->step == 0)
    nn_job_state_set_refusal (worker->state, "only with Nudge's own engine");
}

static void
obey_job (Worker *worker, const NnCommand *command)
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
    lose (worker, NULL);
    break;
  default:
    break;
  }
}

static void
obey (Worker *worker, const NnCommand *command)
{
  worker->n_taken++;
  worker->shown = FALSE;
  if (command->kind == NN_COMMAND_CARRY || command->kind == NN_COMMAND_WATCH ||
      command->kind == NN_COMMAND_PREVIEW)
    set_shown (worker, command);
  else if (worker->job != NULL)
    obey_job (worker, command);
  else if (command->kind == NN_COMMAND_DO && command->event.kind == NN_EVENT_NUDGE)
    nn_job_state_refuse (worker->state, command->event.nudge, "the job has ended");
  else if (command->kind == NN_COMMAND_DO)
    nn_job_state_set_refusal (worker->state, "the job has ended");
}

/* Returns: FALSE if the session is to end */
static gboolean
obey_all (NnSession *self)
{
  Worker *worker = self->data;
  NnSessionShared *shared = &self->shared;
  NnCommand *command;
  gboolean quit;

  do {
    pthread_mutex_lock (&shared->lock);
    quit = shared->quit;
    command = quit ? NULL : g_queue_pop_head (&shared->commands);
    pthread_mutex_unlock (&shared->lock);
    if (command != NULL) {
      obey (worker, command);
      nn_session_free_command (command);
    }
  } while (command != NULL);
  if (worker->look_changed && worker->job != NULL)
    ask (worker, nn_job_state_make_look (worker->state), NN_COMMAND_CARRY, NULL);
  worker->look_changed = FALSE;
  return !quit;
}

/* ---- what the job says -------------------------------------------------------------- */

static void
take_done_event (Worker *worker, const NnEvent *event, const NnMessage *reply)
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
  default:
    one = nn_job_state_find_standing (worker->state, event->id);
    if (one != NULL) {
      one->standing.paused = TRUE;
      g_clear_pointer (&one->key, g_free);
    }
  }
}

static void
take_done (Worker *worker, const Asked *asked, const NnMessage *reply)
{
  if (asked->kind == NN_COMMAND_DO)
    take_done_event (worker, &asked->event, reply);
  else if (asked->kind == NN_COMMAND_UNDO)
    nn_job_state_take_back (worker->state, reply);
  else if (asked->kind == NN_COMMAND_RUN)
    nn_job_state_set_paused (worker->state, FALSE);
  else if (asked->kind == NN_COMMAND_PAUSE || asked->kind == NN_COMMAND_STEP)
    nn_job_state_set_paused (worker->state, TRUE);
}

static void
take_reply (Worker *worker, const NnMessage *reply)
{
  const gint64 id = json_integer_value (json_object_get (reply->head, "id"));
  g_autoptr (GError) error = NULL;

  for (GList *each = worker->asked.head; each != NULL; each = each->next) {
    Asked *asked = each->data;

    if (asked->id != id)
      continue;
    if (nn_job_check_reply (reply, &error))
      take_done (worker, asked, reply);
    else if (asked->kind == NN_COMMAND_DO && asked->event.kind == NN_EVENT_NUDGE)
      nn_job_state_refuse (worker->state, asked->event.nudge, error->message);
    else
      nn_job_state_set_refusal (worker->state, error->message);
    g_queue_delete_link (&worker->asked, each);
    asked_free (asked);
    return;
  }
}

/* Returns: FALSE if nothing more will come */
static gboolean
take_message (Worker *worker, GError **error)
{
  g_auto (NnMessage) message = { NULL, NULL };
  const char *event;

  if (!nn_job_receive (worker->job, &message, get_deadline (), error))
    return FALSE;
  worker->shown = FALSE;
  event = json_string_value (json_object_get (message.head, "event"));
  if (g_strcmp0 (event, "frame") == 0)
    return nn_job_state_take_frame (worker->state, &message, error);
  if (g_strcmp0 (event, "nudge") == 0)
    nn_job_state_repeat (worker->state, &message);
  else
    take_reply (worker, &message);
  return TRUE;
}

/* Sleeps until the job says something or the session wants something. */
static void
listen (Worker *worker)
{
  struct pollfd both[] = { { worker->attention, POLLIN, 0 }, { -1, POLLIN, 0 } };
  g_autoptr (GError) error = NULL;
  eventfd_t count;

  if (worker->job != NULL)
    both[1].fd = nn_job_get_fd (worker->job);
  if (poll (both, G_N_ELEMENTS (both), -1) < 0)
    return; /* a signal */
  if (both[0].revents != 0)
    eventfd_read (worker->attention, &count);
  if (both[1].revents != 0 && !take_message (worker, &error))
    lose (worker, error->message);
}

/* ---- frames ------------------------------------------------------------------------- */

/* The look is no command; and a command is not done before those that came first. */
static guint64
count_done (const Worker *worker)
{
  for (const GList *each = worker->asked.head; each != NULL; each = each->next) {
    const Asked *asked = each->data;

    if (asked->kind != NN_COMMAND_CARRY)
      return asked->serial - 1;
  }
  return worker->n_taken;
}

static void
show (NnSession *self)
{
  Worker *worker = self->data;
  NnFrame *frame;
  gboolean wanted;

  pthread_mutex_lock (&self->shared.lock);
  wanted = self->shared.wanted;
  pthread_mutex_unlock (&self->shared.lock);
  if (worker->shown || !wanted)
    return;
  frame = nn_job_state_make_frame (worker->state);
  frame->n_commands = count_done (worker);
  worker->shown = TRUE;
  pthread_mutex_lock (&self->shared.lock);
  g_clear_pointer (&self->shared.slot, nn_frame_unref);
  self->shared.slot = frame;
  self->shared.wanted = FALSE;
  pthread_mutex_unlock (&self->shared.lock);
}

static void *
work (void *session)
{
  NnSession *self = session;
  Worker *worker = self->data;

  worker->look_changed = TRUE;
  while (obey_all (self)) {
    show (self);
    listen (worker);
  }
  return NULL;
}

/* ---- life --------------------------------------------------------------------------- */

static void
wake (gpointer data)
{
  eventfd_write (((Worker *) data)->attention, 1);
}

static void
worker_free (gpointer data)
{
  Worker *worker = data;

  g_clear_pointer (&worker->job, nn_job_free);
  nn_job_state_free (worker->state);
  g_queue_clear_full (&worker->asked, asked_free);
  close (worker->attention);
  g_free (worker);
}

/**
 * nn_job_session_new:
 * @job: (transfer full): which has just been reached
 * @model: (transfer full): that it trains
 *
 * The job goes on as it did. A pause ends with the session, at the latest.
 */
NnSession *
nn_job_session_new (NnJob *job, NnJobModel *model)
{
  static const NnEngine engine = { 0, work, wake, worker_free };
  Worker *worker = g_new0 (Worker, 1);

  worker->job = job;
  worker->state = nn_job_state_new (model, nn_job_get_facts (job));
  worker->attention = eventfd (0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (worker->attention < 0)
    g_error ("no eventfd could be made: %s", g_strerror (errno));
  worker->seed = g_random_int ();
  g_queue_init (&worker->asked);
  return nn_session_start (&engine, worker, nn_job_state_get_next_id (worker->state));
}

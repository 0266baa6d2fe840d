/* nn-session-commands.c - carries out commands on the session's thread
 *
 * SPDX-License-Identifier: MIT
 */

#define G_LOG_DOMAIN "nudge-session"

#include "nn/session/nn-session-private.h"

static const char *const command_names[] = {
  [NN_COMMAND_RUN] = "run",
  [NN_COMMAND_PAUSE] = "pause",
  [NN_COMMAND_STEP] = "step",
  [NN_COMMAND_RESET] = "reset",
  [NN_COMMAND_SPEED] = "speed",
  [NN_COMMAND_DO] = "do",
  [NN_COMMAND_UNDO] = "undo",
  [NN_COMMAND_REDO] = "redo",
  [NN_COMMAND_GO_TO] = "go to",
  [NN_COMMAND_PREVIEW] = "preview",
  [NN_COMMAND_ASK] = "ask",
  [NN_COMMAND_GHOST] = "ghost",
  [NN_COMMAND_STOP] = "stop",
  [NN_COMMAND_WALK] = "walk",
  [NN_COMMAND_SECTION] = "section",
  [NN_COMMAND_WALKS] = "walks",
  [NN_COMMAND_RUN_TO] = "run to",
  [NN_COMMAND_CARRY] = "carry",
  [NN_COMMAND_WATCH] = "watch",
  [NN_COMMAND_SAMPLE] = "sample",
  [NN_COMMAND_PLANE] = "plane",
  [NN_COMMAND_LAYERS] = "layers",
  [NN_COMMAND_FIND_START] = "find start",
  [NN_COMMAND_SCORE] = "score",
  [NN_COMMAND_DETACH] = "detach",
  [NN_COMMAND_TENSOR] = "tensor",
};

/* Nothing is formatted unless G_MESSAGES_DEBUG has nudge-session in it. */
static void
log_command (const NnSessionWorker *worker, NnCommandKind kind)
{
  if (!g_log_writer_default_would_drop (G_LOG_LEVEL_DEBUG, G_LOG_DOMAIN))
    g_debug ("command %" G_GUINT64_FORMAT ": %s, at step %" G_GUINT64_FORMAT,
             worker->n_commands + 1, command_names[kind],
             nn_trainer_get_n_steps (worker->trainer));
}

/* Called on the ghost's thread. */
static void
take_ghost_news (gpointer data)
{
  NnSessionShared *shared = &((NnSession *) data)->shared;

  pthread_mutex_lock (&shared->lock);
  shared->ghost_news = TRUE;
  pthread_cond_signal (&shared->changed);
  pthread_mutex_unlock (&shared->lock);
}

static void
set_ghost (NnSession *self, gboolean shown)
{
  NnSessionWorker *worker = self->data;

  if (!shown) {
    g_clear_pointer (&worker->ghost, nn_ghost_free);
  } else if (worker->ghost == NULL) {
    NnLog *log = nn_timeline_get_log (worker->timeline);

    worker->ghost = nn_ghost_new (nn_log_get_base (log), take_ghost_news, self);
    /* Now, not with the next frame: there may be a reset before that. */
    nn_ghost_set_log (worker->ghost, log);
  }
}

/* Whether the command leaves the run and its speed as they are. */
static gboolean
is_question (NnCommandKind kind)
{
  return kind == NN_COMMAND_PREVIEW || kind == NN_COMMAND_ASK ||
         kind == NN_COMMAND_GHOST || kind == NN_COMMAND_STOP ||
         kind == NN_COMMAND_WALKS || kind == NN_COMMAND_SECTION ||
         kind == NN_COMMAND_CARRY || kind == NN_COMMAND_WATCH ||
         kind == NN_COMMAND_SAMPLE || kind == NN_COMMAND_PLANE ||
         kind == NN_COMMAND_LAYERS || kind == NN_COMMAND_FIND_START ||
         kind == NN_COMMAND_SCORE || kind == NN_COMMAND_DETACH ||
         kind == NN_COMMAND_TENSOR;
}

/* Finishes undo, redo or go to, as the next command is for the state there; returns early
 * if the session is freed. */
static void
arrive (NnSession *self)
{
  NnSessionWorker *worker = self->data;
  gboolean quit = FALSE;

  while (!quit && nn_timeline_is_travelling (worker->timeline)) {
    nn_session_worker_travel (worker);
    pthread_mutex_lock (&self->shared.lock);
    quit = self->shared.quit;
    pthread_mutex_unlock (&self->shared.lock);
  }
}

/* Pauses for a command that moves the run to another state. */
static void
stop (NnSessionWorker *worker)
{
  g_clear_pointer (&worker->failure, g_free);
  nn_session_worker_pause (worker);
}

static gboolean
needs_arrival (NnCommandKind kind)
{
  return kind == NN_COMMAND_STEP || kind == NN_COMMAND_WALK || kind == NN_COMMAND_DO ||
         kind == NN_COMMAND_RUN_TO || kind == NN_COMMAND_RESET ||
         kind == NN_COMMAND_SCORE;
}

static void
set_pace (NnSession *self, const NnCommand *command)
{
  NnSessionWorker *worker = self->data;

  switch (command->kind) {
  case NN_COMMAND_RUN:
  case NN_COMMAND_RUN_TO:
    g_clear_pointer (&worker->failure, g_free);
    nn_stops_clear_goal (&worker->stops);
    worker->running = TRUE;
    worker->due_us = g_get_monotonic_time ();
    break;
  case NN_COMMAND_PAUSE:
    nn_session_worker_pause (worker);
    break;
  case NN_COMMAND_STEP:
    stop (worker);
    nn_session_worker_step (worker, FALSE);
    break;
  case NN_COMMAND_WALK:
    if (!worker->walks)
      stop (worker);
    nn_trainer_measure_next_landings (worker->trainer);
    nn_session_worker_step (worker, TRUE);
    break;
  default:
    worker->speed = command->speed;
    worker->due_us = g_get_monotonic_time ();
  }
}

/* Ignores a step that was already taken: the run would never stop. */
static void
run_to (NnSession *self, const NnCommand *command)
{
  NnSessionWorker *worker = self->data;
  const guint64 step = command->stop.step;

  if (step > 0 && step <= nn_trainer_get_n_steps (worker->trainer))
    return;
  set_pace (self, command);
  worker->stops.goal = command->stop;
}

static void
go (NnSessionWorker *worker, const NnCommand *command)
{
  stop (worker);
  nn_session_worker_forget_record (worker);
  switch (command->kind) {
  case NN_COMMAND_RESET:
    nn_timeline_reset (worker->timeline);
    nn_session_worker_forget_from (worker, 0);
    break;
  case NN_COMMAND_UNDO:
    nn_timeline_undo (worker->timeline);
    break;
  case NN_COMMAND_REDO:
    nn_timeline_redo (worker->timeline);
    break;
  default:
    nn_timeline_go_to (worker->timeline, command->step);
  }
}

/* Whether it moves a nudge that is first up, or one that is last down. */
static gboolean
moves_nothing (const NnTrainer *trainer, const NnEvent *event)
{
  const gssize index = nn_trainer_find_standing (trainer, event->id);
  const gsize n = nn_trainer_get_n_standing (trainer);

  return event->kind == NN_EVENT_MOVE && index >= 0 &&
         nn_event_get_goal (event, (gsize) index, n) == (gsize) index;
}

static void
do_event (NnSessionWorker *worker, const NnEvent *event)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&worker->refusal, g_free);
  nn_session_worker_forget_from (worker, nn_trainer_get_n_steps (worker->trainer));
  worker->within_step = FALSE;
  if (event->kind == NN_EVENT_EDIT)
    nn_session_worker_forget_record (worker);
  if (!moves_nothing (worker->trainer, event) &&
      !nn_timeline_do (worker->timeline, event, &error))
    worker->refusal = g_strdup (error->message);
}

/* A checkpoint is useful only if nudges have the same ids in the repeated run. */
static void
find_start (const NnSessionWorker *worker, NnCommand *command)
{
  NnLog *log = nn_timeline_get_log_for (worker->timeline, command->step);
  const NnCheckpoint *checkpoint =
      nn_log_keeps_ids (log)
          ? nn_timeline_find_checkpoint (worker->timeline, command->before)
          : NULL;
  NnReplayStart start = { 0 };

  if (checkpoint)
    start = (NnReplayStart){ nn_trainer_state_ref (checkpoint->state),
                             checkpoint->position.n_done };
  command->found (checkpoint ? &start : NULL, log, command->found_data);
  command->found = NULL;
}

/* Commands that leave the run as it is: what frames carry, and where the run pauses. */
static void
answer (NnSession *self, NnCommand *command)
{
  NnSessionWorker *worker = self->data;

  switch (command->kind) {
  case NN_COMMAND_PREVIEW:
    nn_answers_set_preview (worker->answers, command->nudge);
    break;
  case NN_COMMAND_GHOST:
    set_ghost (self, command->on);
    break;
  case NN_COMMAND_WALKS:
    worker->walks = command->on;
    worker->due_us = g_get_monotonic_time ();
    break;
  case NN_COMMAND_SECTION:
    worker->within_step = FALSE;
    break;
  case NN_COMMAND_STOP:
    nn_stops_set_always (&worker->stops, &command->stop);
    break;
  case NN_COMMAND_CARRY:
    worker->quantities = command->quantities;
    break;
  case NN_COMMAND_LAYERS:
    worker->shows_layers = command->on;
    break;
  case NN_COMMAND_WATCH:
    nn_past_watch (worker->past, command->index);
    break;
  case NN_COMMAND_SAMPLE:
    worker->sample = command->sample;
    break;
  case NN_COMMAND_PLANE:
    nn_trainer_set_plane (worker->trainer, &command->plane);
    break;
  case NN_COMMAND_ASK:
    nn_answers_ask (worker->answers, command->key, command->question);
    break;
  case NN_COMMAND_SCORE:
    nn_timeline_score (worker->timeline, NN_SCORE_WHOLE);
    break;
  case NN_COMMAND_FIND_START:
    find_start (worker, command);
    break;
  case NN_COMMAND_DETACH:
  case NN_COMMAND_TENSOR:
    break; /* for a job */
  default:
    g_assert_not_reached ();
  }
}

/**
 * nn_session_obey:
 *
 * Does @command, on the session's thread between two steps. Called without the lock, as
 * some commands compute.
 */
void
nn_session_obey (NnSession *self, NnCommand *command)
{
  NnSessionWorker *worker = self->data;

  log_command (worker, command->kind);
  if (needs_arrival (command->kind)) {
    arrive (self);
    if (nn_timeline_is_travelling (worker->timeline))
      return; /* the session is being freed */
  }
  if (!is_question (command->kind)) {
    worker->revision++;
    worker->acted = TRUE;
    worker->frame_due_us = 0; /* a command shows its effect at once */
  }
  switch (command->kind) {
  case NN_COMMAND_RUN:
  case NN_COMMAND_PAUSE:
  case NN_COMMAND_STEP:
  case NN_COMMAND_WALK:
  case NN_COMMAND_SPEED:
    set_pace (self, command);
    break;
  case NN_COMMAND_RESET:
  case NN_COMMAND_UNDO:
  case NN_COMMAND_REDO:
  case NN_COMMAND_GO_TO:
    go (worker, command);
    break;
  case NN_COMMAND_DO:
    do_event (worker, &command->event);
    break;
  case NN_COMMAND_RUN_TO:
    run_to (self, command);
    break;
  default:
    answer (self, command);
  }
  nn_session_worker_keep_change (worker);
  worker->n_commands++;
  worker->shown = FALSE;
}

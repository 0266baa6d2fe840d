/* nn-session-worker.c - the thread of a session, which trains
 *
 * SPDX-License-Identifier: MIT
 *
 * The worker trains in bursts. A burst ends when its attention is wanted: a command was
 * pushed, or the window asked for a frame. That is one atomic read per step, so at full
 * speed neither the window nor the clock costs training anything. Everything else is
 * decided in one critical section, next_turn ().
 */

#define G_LOG_DOMAIN "nudge-session"

#include "nn/session/nn-session-private.h"

#include <errno.h>
#include <math.h>
#include <time.h>

#include "nn/kernels/nn-flush.h"
#include "nn/kernels/nn-threads.h"
#include "nn/session/nn-frame-of-run.h"
#include "nn/session/nn-off-units.h"

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
static gboolean
is_logged (void)
{
  return !g_log_writer_default_would_drop (G_LOG_LEVEL_DEBUG, G_LOG_DOMAIN);
}

static void
log_command (const NnSessionWorker *worker, NnCommandKind kind)
{
  if (is_logged ())
    g_debug ("command %" G_GUINT64_FORMAT ": %s, at step %" G_GUINT64_FORMAT,
             worker->n_commands + 1, command_names[kind],
             nn_trainer_get_n_steps (worker->trainer));
}

static void
log_frame (const NnFrame *frame)
{
  if (is_logged ())
    g_debug ("frame: step %" G_GUINT64_FORMAT ", loss %g, %s%s, after command "
             "%" G_GUINT64_FORMAT,
             frame->step, frame->loss, frame->running ? "running" : "paused",
             frame->unfinished ? ", unfinished" : "", frame->n_commands);
}

typedef enum {
  TURN_TRAIN,
  TURN_OBEY,
  TURN_TRAVEL,
  TURN_SHOW,
  TURN_KEEP,
  TURN_ANSWER,
  TURN_REFINE,
  TURN_QUIT,
} Turn;

/* A paced run that has fallen far behind (a slow machine, a suspended one) does not
 * rush to catch up. */
#define MOST_BEHIND_US 100000

static gint64
interval_us (const NnSessionWorker *worker)
{
  return (gint64) (1e6 / worker->speed);
}

/* Whether it takes steps without being told to take each one. */
static gboolean
paces_itself (const NnSessionWorker *worker)
{
  return worker->running && (!worker->walks || nn_stops_have_goal (&worker->stops));
}

/* A run that has a goal is there as soon as possible. */
static gboolean
is_paced (const NnSessionWorker *worker)
{
  return worker->speed > 0 && !nn_stops_have_goal (&worker->stops);
}

/* Making frames takes a small part of the time while the run is running: after one that took
 * this thread t, none for so many t, but never much longer than the eye notices. */
#define FRAME_REST         31
#define LONGEST_FRAME_REST 100000 /* microseconds */

/* Where all processors train, a frame that is drawn takes one of them away, and the others
 * wait for it. */
#define SHARED_FRAME_REST 45000 /* microseconds */

/* Of this thread alone, in microseconds: on a busy machine others run in between. */
static gint64
get_thread_us (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return (gint64) time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

/* Returns: how many microseconds no frame is made, after one that took @took_us */
static gint64
get_frame_rest (const NnFrame *frame, gint64 took_us)
{
  const gint64 rest_us = MIN (FRAME_REST * took_us, LONGEST_FRAME_REST);
  const gboolean shared =
      frame->architecture->n_values >= NN_THREADS_MIN_FLOATS && nn_threads_get () > 1;

  return shared ? MAX (rest_us, SHARED_FRAME_REST) : rest_us;
}

static gboolean
may_show (const NnSessionWorker *worker)
{
  return !worker->running || g_get_monotonic_time () >= worker->frame_due_us;
}

/* Sleeps until something changed, or until the next step or frame is due. */
static void
wait_locked (NnSession *self)
{
  NnSessionShared *shared = &self->shared;
  const NnSessionWorker *worker = self->data;
  gint64 due_us = paces_itself (worker) ? worker->due_us : G_MAXINT64;

  if (worker->running && shared->wanted && (!worker->shown || shared->ghost_news))
    due_us = MIN (due_us, worker->frame_due_us);
  if (due_us < G_MAXINT64) {
    const struct timespec due = { due_us / 1000000, due_us % 1000000 * 1000 };

    pthread_cond_timedwait (&shared->changed, &shared->lock, &due);
  } else {
    pthread_cond_wait (&shared->changed, &shared->lock);
  }
}

/* The one place that decides what the worker does next. */
static Turn
next_turn (NnSession *self)
{
  NnSessionShared *shared = &self->shared;
  const NnSessionWorker *worker = self->data;
  Turn turn;

  pthread_mutex_lock (&shared->lock);
  for (;;) {
    g_atomic_int_set (&shared->attention, FALSE);
    if (shared->quit)
      turn = TURN_QUIT;
    else if (!g_queue_is_empty (&shared->commands))
      turn = TURN_OBEY;
    else if (nn_timeline_is_travelling (worker->timeline))
      turn = TURN_TRAVEL; /* no frame shows the way there */
    else if (may_show (worker) &&
             ((!worker->shown && (shared->wanted || !worker->running)) ||
              (shared->ghost_news && shared->wanted)))
      turn = TURN_SHOW;
    else if (shared->keep && (shared->keep_due || worker->acted))
      turn = TURN_KEEP;
    else if (!worker->running &&
             nn_answers_are_missing (worker->answers, worker->revision))
      turn = TURN_ANSWER;
    else if (!worker->running &&
             nn_refiner_is_missing (worker->refiner, worker->trainer, worker->revision))
      turn = TURN_REFINE;
    else if (paces_itself (worker) &&
             (!is_paced (worker) || g_get_monotonic_time () >= worker->due_us))
      turn = TURN_TRAIN;
    else {
      wait_locked (self);
      continue;
    }
    break;
  }
  /* A frame that is wanted already, though there is nothing new to show yet or it is too
   * soon, is due after a single step: it will not be asked for again. */
  if (turn == TURN_TRAIN && shared->wanted)
    g_atomic_int_set (&shared->attention, TRUE);
  pthread_mutex_unlock (&shared->lock);
  return turn;
}

static void
pause_run (NnSessionWorker *worker)
{
  worker->running = FALSE;
  nn_stops_clear_goal (&worker->stops);
}

/* The present state is another one than what is recorded of the newest step led to. */
static void
forget_record (NnSessionWorker *worker)
{
  g_clear_pointer (&worker->record, nn_step_record_unref);
  worker->within_step = FALSE;
}

static gboolean
take_step (NnSessionWorker *worker, gboolean recorded, GError **error)
{
  if (!recorded)
    return nn_timeline_step (worker->timeline, error);
  worker->record = nn_step_record_new (worker->timeline, error);
  worker->within_step = worker->record != NULL;
  return worker->record != NULL;
}

/* The run goes another way from @step on, or may do so. */
static void
forget_from (NnSessionWorker *worker, guint64 step)
{
  nn_layer_recorder_cut (worker->layers, step);
}

static void
train_one (NnSession *self, gboolean recorded)
{
  NnSessionWorker *worker = self->data;
  g_autoptr (GError) error = NULL;

  worker->shown = FALSE;
  worker->revision++;
  forget_record (worker);
  if (take_step (worker, recorded, &error)) {
    forget_from (worker, nn_trainer_get_n_steps (worker->trainer));
    if (nn_stops_are_reached (&worker->stops, worker->trainer))
      pause_run (worker);
    return;
  }
  pause_run (worker);
  worker->acted = TRUE;
  g_free (worker->failure);
  worker->failure = g_strdup (error->message);
}

static void
train (NnSession *self)
{
  NnSessionWorker *worker = self->data;
  gint64 now;

  nn_trainer_measure_next_landings (worker->trainer); /* a frame follows */
  if (!is_paced (worker)) {
    do
      train_one (self, FALSE);
    while (worker->running && !g_atomic_int_get (&self->shared.attention));
    return;
  }
  train_one (self, FALSE);
  now = g_get_monotonic_time ();
  worker->due_us = MAX (worker->due_us + interval_us (worker), now - MOST_BEHIND_US);
}

/* On the ghost's thread. */
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

  if (!shown)
    g_clear_pointer (&worker->ghost, nn_ghost_free);
  else if (worker->ghost == NULL)
    worker->ghost = nn_ghost_new (
        nn_log_get_base (nn_timeline_get_log (worker->timeline)), take_ghost_news, self);
}

/* Whether carrying it out leaves the run as it is. */
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

/* Of a small network what a step has changed, and what its layers are like, costs nothing
 * to speak of, so that it is known when it is asked for. An edit may make it a large one. */
#define MOST_SMALL 4096 /* values */

static gboolean
is_small (const NnSessionWorker *worker)
{
  const NnNetwork *network = nn_trainer_get_network (worker->trainer);

  return nn_network_get_architecture (network)->n_values <= MOST_SMALL;
}

static void
keep_change (NnSessionWorker *worker)
{
  nn_trainer_keep_change (worker->trainer,
                          is_small (worker) || worker->shows_layers ||
                              (worker->quantities & NN_QUANTITIES_OF_CHANGE) != 0 ||
                              nn_past_get_watched (worker->past) >= 0);
}

static void
travel (NnSession *self)
{
  NnSessionWorker *worker = self->data;

  worker->shown = FALSE;
  worker->revision++;
  forget_record (worker);
  nn_timeline_travel (worker->timeline, nn_timeline_get_stride (worker->timeline));
}

/* What is to happen where the run is going waits for it to get there; but nothing is to
 * happen any more when the session ends. */
static void
arrive (NnSession *self)
{
  const NnSessionWorker *worker = self->data;
  gboolean quit = FALSE;

  while (!quit && nn_timeline_is_travelling (worker->timeline)) {
    travel (self);
    pthread_mutex_lock (&self->shared.lock);
    quit = self->shared.quit;
    pthread_mutex_unlock (&self->shared.lock);
  }
}

/* Stops the run where it is, to go to another position. */
static void
stand_still (NnSessionWorker *worker)
{
  g_clear_pointer (&worker->failure, g_free);
  pause_run (worker);
}

static gboolean
needs_arrival (NnCommandKind kind)
{
  return kind == NN_COMMAND_STEP || kind == NN_COMMAND_WALK || kind == NN_COMMAND_DO ||
         kind == NN_COMMAND_RESET || kind == NN_COMMAND_SCORE;
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
    pause_run (worker);
    break;
  case NN_COMMAND_STEP:
    stand_still (worker);
    train_one (self, FALSE);
    break;
  case NN_COMMAND_WALK:
    if (!worker->walks)
      stand_still (worker);
    nn_trainer_measure_next_landings (worker->trainer);
    train_one (self, TRUE);
    break;
  default:
    worker->speed = command->speed;
    worker->due_us = g_get_monotonic_time ();
  }
}

/* A step that is past already is no goal: the run would never get there. */
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
  stand_still (worker);
  forget_record (worker);
  switch (command->kind) {
  case NN_COMMAND_RESET:
    nn_timeline_reset (worker->timeline);
    forget_from (worker, 0);
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

/* At the end of the list already. */
static gboolean
moves_nothing (const NnTrainer *trainer, const NnEvent *event)
{
  const gssize index = nn_trainer_find_standing (trainer, event->id);
  const gsize n = nn_trainer_get_n_standing (trainer);

  return event->kind == NN_EVENT_MOVE && index >= 0 &&
         nn_event_get_goal (event, (gsize) index, n) == (gsize) index;
}

/* What names a nudge that is gone meanwhile is refused, and the next frame shows it. */
static void
do_event (NnSessionWorker *worker, const NnEvent *event)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&worker->refusal, g_free);
  forget_from (worker, nn_trainer_get_n_steps (worker->trainer));
  worker->within_step = FALSE;
  if (event->kind == NN_EVENT_EDIT)
    forget_record (worker);
  if (!moves_nothing (worker->trainer, event) &&
      !nn_timeline_do (worker->timeline, event, &error))
    worker->refusal = g_strdup (error->message);
}

/* A state is of use only to a run that calls its nudges what this one does. */
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

/* What the next frames have besides the run, and where it is to stop. */
static void
set_shown (NnSession *self, NnCommand *command)
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
    break; /* of an engine elsewhere */
  default:
    g_assert_not_reached ();
  }
}

static void
obey (NnSession *self, NnCommand *command)
{
  NnSessionWorker *worker = self->data;

  if (needs_arrival (command->kind)) {
    arrive (self);
    if (nn_timeline_is_travelling (worker->timeline))
      return; /* the session is about to end */
  }
  if (!is_question (command->kind)) {
    worker->revision++;
    worker->acted = TRUE;
    worker->frame_due_us = 0; /* what was asked for is shown at once */
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
    set_shown (self, command);
  }
  keep_change (worker);
  worker->n_commands++;
  worker->shown = FALSE;
}

/* The commands are carried out without the lock: some of them compute. */
static void
obey_all (NnSession *self)
{
  NnCommand *command;

  do {
    pthread_mutex_lock (&self->shared.lock);
    command = g_queue_pop_head (&self->shared.commands);
    pthread_mutex_unlock (&self->shared.lock);
    if (command) {
      log_command (self->data, command->kind);
      obey (self, command);
      nn_session_free_command (command);
    }
  } while (command);
}

/* Beside the run up to the frame's step, and no farther. */
static void
write_ghost (NnGhost *ghost, NnFrame *frame)
{
  gboolean finished;
  NnHistory *history;
  float run_loss, ghost_loss;

  nn_ghost_set_log (ghost, frame->log);
  history = nn_ghost_follow (ghost, frame->step, &finished);
  frame->unfinished |= !finished;
  if (history == NULL)
    return;
  frame->ghost = nn_history_copy (history);
  nn_history_cut (frame->ghost, frame->step);
  frame->ghost_step = nn_history_find_common_step (frame->history, frame->ghost);
  if (nn_history_get_loss (frame->history, frame->ghost_step, &run_loss) &&
      nn_history_get_loss (frame->ghost, frame->ghost_step, &ghost_loss)) {
    frame->ghost_loss = (double) ghost_loss;
    frame->ghost_difference = (double) run_loss - (double) ghost_loss;
  }
}

/* What the user asked for is measured at once. */
static void
measure_layers (NnSessionWorker *worker)
{
  guint rest = NN_LAYER_REST_HIDDEN;

  if (worker->shows_layers)
    rest = worker->running ? NN_LAYER_REST_SHOWN : NN_LAYER_REST_NONE;
  if (worker->shows_layers || is_small (worker))
    nn_layer_recorder_measure (worker->layers, worker->trainer, rest);
}

static void
show (NnSession *self)
{
  NnSessionWorker *worker = self->data;
  gint64 start_us;
  NnFrame *frame;

  nn_scorer_measure (&worker->scorer, worker->timeline, worker->running);
  start_us = get_thread_us ();
  frame = nn_frame_of_timeline (worker->timeline);
  nn_frame_carry (frame, worker->trainer, worker->quantities);
  nn_frame_find_off_units (frame, worker->trainer, worker->running);
  nn_frame_show_sample (frame, worker->trainer, &worker->sample);
  nn_past_see (worker->past, frame->architecture, frame->step, frame->values,
               frame->architecture->n_values);
  nn_frame_watch (frame, worker->trainer, worker->past);
  worker->frame_due_us =
      g_get_monotonic_time () + get_frame_rest (frame, get_thread_us () - start_us);
  nn_answers_work (worker->answers, worker->revision, worker->running);
  nn_answers_write (worker->answers, frame);
  nn_refiner_write (worker->refiner, frame, worker->revision);
  measure_layers (worker);
  if (worker->shows_layers)
    frame->layers = nn_layer_recorder_dup_series (worker->layers, frame->step);
  frame->unfinished =
      !worker->running &&
      (nn_answers_are_missing (worker->answers, worker->revision) ||
       nn_refiner_is_missing (worker->refiner, worker->trainer, worker->revision));
  pthread_mutex_lock (&self->shared.lock);
  self->shared.ghost_news = FALSE; /* what comes from here on may be missed below */
  pthread_mutex_unlock (&self->shared.lock);
  if (worker->ghost)
    write_ghost (worker->ghost, frame);
  if (worker->record)
    frame->record = nn_step_record_ref (worker->record);
  if (worker->within_step)
    nn_frame_put_before_section (frame);
  frame->running = worker->running;
  frame->n_commands = worker->n_commands;
  frame->failure = g_strdup (worker->failure);
  frame->refusal = g_strdup (worker->refusal);
  worker->shown = TRUE;
  log_frame (frame);

  pthread_mutex_lock (&self->shared.lock);
  g_clear_pointer (&self->shared.slot, nn_frame_unref);
  self->shared.slot = frame;
  self->shared.wanted = FALSE;
  pthread_mutex_unlock (&self->shared.lock);
}

/* The keeper is called with the lock, so that it is not called after another was set. */
static void
keep (NnSession *self)
{
  NnSessionWorker *worker = self->data;
  NnSessionShared *shared = &self->shared;
  NnRunState *state = nn_timeline_save (worker->timeline);

  worker->acted = FALSE;
  pthread_mutex_lock (&shared->lock);
  shared->keep_due = FALSE;
  if (shared->keep)
    shared->keep (g_steal_pointer (&state), shared->keep_data);
  pthread_mutex_unlock (&shared->lock);
  g_clear_pointer (&state, nn_run_state_free);
}

/**
 * nn_session_work:
 *
 * The thread: until the session quits.
 */
void *
nn_session_work (void *data)
{
  NnSession *self = data;
  NnSessionWorker *worker = self->data;

  nn_flush_subnormals (); /* so that no step has to */
  keep_change (worker);
  for (;;) {
    switch (next_turn (self)) {
    case TURN_TRAIN:
      train (self);
      break;
    case TURN_OBEY:
      obey_all (self);
      if (!nn_timeline_is_travelling (worker->timeline))
        show (self);
      break;
    case TURN_TRAVEL:
      travel (self);
      break;
    case TURN_SHOW:
      show (self);
      break;
    case TURN_KEEP:
      keep (self);
      break;
    case TURN_ANSWER:
      if (nn_answers_work (worker->answers, worker->revision, FALSE))
        worker->shown = FALSE;
      break;
    case TURN_REFINE:
      if (nn_refiner_work (worker->refiner, worker->trainer, worker->revision))
        worker->shown = FALSE;
      break;
    case TURN_QUIT:
    default:
      g_clear_pointer (&worker->ghost, nn_ghost_free);
      nn_layer_recorder_free (worker->layers);
      nn_refiner_free (worker->refiner);
      nn_past_free (worker->past);
      nn_answers_free (worker->answers);
      forget_record (worker);
      nn_timeline_free (worker->timeline); /* by the thread that used it */
      return NULL;
    }
  }
}

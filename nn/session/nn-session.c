/* nn-session.c - a run on a thread of its own
 *
 * SPDX-License-Identifier: MIT
 *
 * The worker trains in bursts. A burst ends when somebody wants its attention: a
 * command was pushed, or the window asked for a frame. That is one atomic read
 * per step, so at full speed neither the window nor the clock costs training
 * anything. Everything else is decided in one critical section, next_turn ().
 */

#include "nn/session/nn-session.h"

#include <errno.h>
#include <pthread.h>
#include <time.h>

#include "nn/kernels/nn-flush.h"
#include "nn/run/nn-timeline.h"
#include "nn/session/nn-answers.h"
#include "nn/session/nn-frame-of-run.h"
#include "nn/session/nn-ghost.h"

typedef enum {
  COMMAND_RUN,
  COMMAND_PAUSE,
  COMMAND_STEP,
  COMMAND_RESET,
  COMMAND_SPEED,
  COMMAND_DO,
  COMMAND_UNDO,
  COMMAND_REDO,
  COMMAND_GO_TO,
  COMMAND_PREVIEW,
  COMMAND_ASK,
  COMMAND_GHOST,
} CommandKind;

typedef struct {
  CommandKind kind;
  double speed;         /* SPEED: steps per second, 0 as fast as possible */
  NnEvent event;        /* (owned) DO */
  guint64 step;         /* GO_TO */
  NnNudge *nudge;       /* (owned) (nullable) PREVIEW */
  gboolean shown;       /* GHOST */
  guint key;            /* ASK */
  NnQuestion *question; /* (owned) (nullable) ASK */
} Command;

/* What both threads touch. */
typedef struct {
  pthread_mutex_t lock; /* guards all fields below, but attention */
  pthread_cond_t changed;
  GQueue commands; /* (element-type Command) (owned) */
  gboolean quit;
  gboolean ghost_news; /* that no frame has yet */
  gboolean wanted;     /* the window has taken the newest frame and wants the next */
  NnFrame *slot;       /* (owned) (nullable) newest frame nobody has taken yet */
  gint attention;      /* atomic: the worker is to end its burst */
} Shared;

/* What only the worker touches. */
typedef struct {
  NnTimeline *timeline; /* (owned) */
  NnTrainer *trainer;   /* (not owned) the timeline's, to look at */
  NnAnswers *answers;   /* (owned) */
  NnGhost *ghost;       /* (owned) (nullable) if it was asked for */
  guint64 moment;       /* another number whenever the trainer may be in another state */
  gboolean running;
  double speed;
  gint64 due_us;      /* monotonic time at which the next step is due, if paced */
  gboolean shown;     /* the newest frame shows the present state */
  guint64 n_commands; /* carried out */
  char *failure;      /* (owned) (nullable) why the run stopped by itself */
} Worker;

struct _NnSession {
  NnExperiment *experiment; /* (owned) what the ghost is made of */
  Shared shared;
  Worker worker;
  pthread_t thread;
  guint64 n_commands; /* given; the caller's thread only */
};

typedef enum {
  TURN_TRAIN,
  TURN_OBEY,
  TURN_TRAVEL,
  TURN_SHOW,
  TURN_ANSWER,
  TURN_QUIT,
} Turn;

static void
command_free (gpointer data)
{
  Command *command = data;

  nn_event_clear (&command->event);
  g_clear_pointer (&command->nudge, nn_nudge_unref);
  if (command->question)
    nn_question_clear (command->question);
  g_free (command->question);
  g_free (command);
}

/* ---- the worker ------------------------------------------------------------------- */

/* A paced run that has fallen far behind (a slow machine, a suspended one) does not
 * rush to catch up. */
#define MOST_BEHIND_US 100000

static gint64
interval_us (const Worker *worker)
{
  return (gint64) (1e6 / worker->speed);
}

/* Sleeps until something changed, or until the next step is due. */
static void
wait_locked (NnSession *self)
{
  Shared *shared = &self->shared;

  if (self->worker.running) {
    const struct timespec due = { self->worker.due_us / 1000000,
                                  self->worker.due_us % 1000000 * 1000 };

    pthread_cond_timedwait (&shared->changed, &shared->lock, &due);
  } else {
    pthread_cond_wait (&shared->changed, &shared->lock);
  }
}

/* The one place that decides what the worker does next. */
static Turn
next_turn (NnSession *self)
{
  Shared *shared = &self->shared;
  const Worker *worker = &self->worker;
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
    else if ((!worker->shown && (shared->wanted || !worker->running)) ||
             (shared->ghost_news && shared->wanted))
      turn = TURN_SHOW;
    else if (!worker->running && nn_answers_are_missing (worker->answers, worker->moment))
      turn = TURN_ANSWER;
    else if (worker->running &&
             (worker->speed <= 0 || g_get_monotonic_time () >= worker->due_us))
      turn = TURN_TRAIN;
    else {
      wait_locked (self);
      continue;
    }
    break;
  }
  /* A frame that is wanted already, though there is nothing new to show yet, is due after
   * a single step: nobody will ask for it again. */
  if (turn == TURN_TRAIN && shared->wanted)
    g_atomic_int_set (&shared->attention, TRUE);
  pthread_mutex_unlock (&shared->lock);
  return turn;
}

static void
train_one (NnSession *self)
{
  Worker *worker = &self->worker;
  g_autoptr (GError) error = NULL;

  worker->shown = FALSE;
  worker->moment++;
  if (nn_timeline_step (worker->timeline, &error))
    return;
  worker->running = FALSE;
  g_free (worker->failure);
  worker->failure = g_strdup (error->message);
}

static void
train (NnSession *self)
{
  Worker *worker = &self->worker;
  gint64 now;

  nn_trainer_measure_next_landings (worker->trainer); /* a frame follows */
  if (worker->speed <= 0) {
    do
      train_one (self);
    while (worker->running && !g_atomic_int_get (&self->shared.attention));
    return;
  }
  train_one (self);
  now = g_get_monotonic_time ();
  worker->due_us = MAX (worker->due_us + interval_us (worker), now - MOST_BEHIND_US);
}

/* On the ghost's thread. */
static void
take_ghost_news (gpointer data)
{
  Shared *shared = &((NnSession *) data)->shared;

  pthread_mutex_lock (&shared->lock);
  shared->ghost_news = TRUE;
  pthread_cond_signal (&shared->changed);
  pthread_mutex_unlock (&shared->lock);
}

static void
set_ghost (NnSession *self, gboolean shown)
{
  Worker *worker = &self->worker;

  if (!shown)
    g_clear_pointer (&worker->ghost, nn_ghost_free);
  else if (worker->ghost == NULL)
    worker->ghost = nn_ghost_new (self->experiment, take_ghost_news, self);
}

/* Whether carrying it out leaves the run as it is. */
static gboolean
is_question (CommandKind kind)
{
  return kind == COMMAND_PREVIEW || kind == COMMAND_ASK || kind == COMMAND_GHOST;
}

static void
travel (NnSession *self)
{
  Worker *worker = &self->worker;

  worker->shown = FALSE;
  worker->moment++;
  nn_timeline_travel (worker->timeline, nn_timeline_get_stride (worker->timeline));
}

/* What is to happen where the run is going waits for it to get there; but nothing is to
 * happen any more when the session ends. */
static void
arrive (NnSession *self)
{
  gboolean quit = FALSE;

  while (!quit && nn_timeline_is_travelling (self->worker.timeline)) {
    travel (self);
    pthread_mutex_lock (&self->shared.lock);
    quit = self->shared.quit;
    pthread_mutex_unlock (&self->shared.lock);
  }
}

/* Stops the run where it is, for somebody is going to another place. */
static void
stand_still (Worker *worker)
{
  g_clear_pointer (&worker->failure, g_free);
  worker->running = FALSE;
}

static gboolean
needs_arrival (CommandKind kind)
{
  return kind == COMMAND_STEP || kind == COMMAND_DO;
}

static void
obey (NnSession *self, const Command *command)
{
  Worker *worker = &self->worker;

  if (needs_arrival (command->kind)) {
    arrive (self);
    if (nn_timeline_is_travelling (worker->timeline))
      return; /* the session is about to end */
  }
  worker->moment += !is_question (command->kind);
  switch (command->kind) {
  case COMMAND_RUN:
    g_clear_pointer (&worker->failure, g_free);
    worker->running = TRUE;
    worker->due_us = g_get_monotonic_time ();
    break;
  case COMMAND_PAUSE:
    worker->running = FALSE;
    break;
  case COMMAND_STEP:
    stand_still (worker);
    train_one (self);
    break;
  case COMMAND_RESET:
    stand_still (worker);
    nn_timeline_reset (worker->timeline);
    break;
  case COMMAND_SPEED:
    worker->speed = command->speed;
    worker->due_us = g_get_monotonic_time ();
    break;
  case COMMAND_DO:
    /* Refused where the list is not as whoever asked believed: then it is shown. */
    nn_timeline_do (worker->timeline, &command->event, NULL);
    break;
  case COMMAND_UNDO:
    stand_still (worker);
    nn_timeline_undo (worker->timeline);
    break;
  case COMMAND_REDO:
    stand_still (worker);
    nn_timeline_redo (worker->timeline);
    break;
  case COMMAND_GO_TO:
    stand_still (worker);
    nn_timeline_go_to (worker->timeline, command->step);
    break;
  case COMMAND_PREVIEW:
    nn_answers_set_preview (worker->answers, command->nudge);
    break;
  case COMMAND_GHOST:
    set_ghost (self, command->shown);
    break;
  case COMMAND_ASK:
    nn_answers_ask (worker->answers, command->key, command->question);
    break;
  default:
    g_assert_not_reached ();
  }
  worker->n_commands++;
  worker->shown = FALSE;
}

/* The commands are carried out without the lock: some of them compute. */
static void
obey_all (NnSession *self)
{
  Command *command;

  do {
    pthread_mutex_lock (&self->shared.lock);
    command = g_queue_pop_head (&self->shared.commands);
    pthread_mutex_unlock (&self->shared.lock);
    if (command) {
      obey (self, command);
      command_free (command);
    }
  } while (command);
}

/* Beside the run up to the frame's step, and no farther. */
static void
write_ghost (NnGhost *ghost, NnFrame *frame)
{
  gboolean finished;
  const NnCurve *curve = nn_ghost_follow (ghost, frame->step, &finished);
  float run_loss, ghost_loss;

  frame->unfinished |= !finished;
  if (curve == NULL)
    return;
  frame->ghost = nn_curve_copy (curve);
  nn_curve_cut (frame->ghost, frame->step);
  frame->ghost_step = nn_curve_find_common_step (frame->curve, frame->ghost);
  if (nn_curve_get_loss (frame->curve, frame->ghost_step, &run_loss) &&
      nn_curve_get_loss (frame->ghost, frame->ghost_step, &ghost_loss)) {
    frame->ghost_loss = (double) ghost_loss;
    frame->ghost_gap = (double) run_loss - (double) ghost_loss;
  }
}

static void
show (NnSession *self)
{
  Worker *worker = &self->worker;
  NnFrame *frame = nn_frame_of_timeline (worker->timeline);

  nn_answers_work (worker->answers, worker->moment, worker->running);
  nn_answers_write (worker->answers, frame);
  frame->unfinished =
      !worker->running && nn_answers_are_missing (worker->answers, worker->moment);
  pthread_mutex_lock (&self->shared.lock);
  self->shared.ghost_news = FALSE; /* what comes from here on may be missed below */
  pthread_mutex_unlock (&self->shared.lock);
  if (worker->ghost)
    write_ghost (worker->ghost, frame);
  frame->running = worker->running;
  frame->n_commands = worker->n_commands;
  frame->failure = g_strdup (worker->failure);
  worker->shown = TRUE;

  pthread_mutex_lock (&self->shared.lock);
  g_clear_pointer (&self->shared.slot, nn_frame_unref);
  self->shared.slot = frame;
  self->shared.wanted = FALSE;
  pthread_mutex_unlock (&self->shared.lock);
}

static void *
work (void *data)
{
  NnSession *self = data;

  nn_flush_subnormals (); /* so that no step has to */
  for (;;) {
    switch (next_turn (self)) {
    case TURN_TRAIN:
      train (self);
      break;
    case TURN_OBEY:
      obey_all (self);
      if (!nn_timeline_is_travelling (self->worker.timeline))
        show (self);
      break;
    case TURN_TRAVEL:
      travel (self);
      break;
    case TURN_SHOW:
      show (self);
      break;
    case TURN_ANSWER:
      if (nn_answers_work (self->worker.answers, self->worker.moment, FALSE))
        self->worker.shown = FALSE;
      break;
    case TURN_QUIT:
    default:
      g_clear_pointer (&self->worker.ghost, nn_ghost_free);
      nn_answers_free (self->worker.answers);
      nn_timeline_free (self->worker.timeline); /* by the thread that used it */
      return NULL;
    }
  }
}

/* ---- the caller's side ------------------------------------------------------------ */

/**
 * nn_session_new:
 * @experiment: copied
 *
 * Starts the worker, paused at step 0, as fast as possible once it runs. Its
 * first frame comes by itself.
 *
 * Returns: (nullable): NULL as nn_trainer_new ()
 */
NnSession *
nn_session_new (const NnExperiment *experiment, GError **error)
{
  NnTimeline *timeline = nn_timeline_new (experiment, NN_TIMELINE_BUDGET, error);
  pthread_condattr_t attributes;
  NnSession *self;

  if (timeline == NULL)
    return NULL;

  self = g_new0 (NnSession, 1);
  self->experiment = nn_experiment_copy (experiment);
  self->worker.timeline = timeline;
  self->worker.trainer = nn_timeline_get_trainer (timeline);
  self->worker.answers = nn_answers_new (self->worker.trainer);
  self->shared.wanted = TRUE;
  g_queue_init (&self->shared.commands);
  pthread_mutex_init (&self->shared.lock, NULL);
  pthread_condattr_init (&attributes);
  pthread_condattr_setclock (&attributes, CLOCK_MONOTONIC); /* g_get_monotonic_time's */
  pthread_cond_init (&self->shared.changed, &attributes);
  pthread_condattr_destroy (&attributes);
  if (pthread_create (&self->thread, NULL, work, self) != 0)
    g_error ("no thread could be started for training"); /* as g_thread_new does */
  return self;
}

/**
 * nn_session_free:
 *
 * Ends training after the step that is under way, and joins the thread.
 */
void
nn_session_free (NnSession *self)
{
  pthread_mutex_lock (&self->shared.lock);
  self->shared.quit = TRUE;
  g_atomic_int_set (&self->shared.attention, TRUE);
  pthread_cond_signal (&self->shared.changed);
  pthread_mutex_unlock (&self->shared.lock);
  pthread_join (self->thread, NULL);

  g_queue_clear_full (&self->shared.commands, command_free);
  g_clear_pointer (&self->shared.slot, nn_frame_unref);
  pthread_cond_destroy (&self->shared.changed);
  pthread_mutex_destroy (&self->shared.lock);
  g_free (self->worker.failure);
  nn_experiment_free (self->experiment);
  g_free (self);
}

static void
push (NnSession *self, Command command)
{
  Command *copy = g_memdup2 (&command, sizeof command);

  self->n_commands++;
  pthread_mutex_lock (&self->shared.lock);
  g_queue_push_tail (&self->shared.commands, copy);
  g_atomic_int_set (&self->shared.attention, TRUE);
  pthread_cond_signal (&self->shared.changed);
  pthread_mutex_unlock (&self->shared.lock);
}

void
nn_session_run (NnSession *self)
{
  push (self, (Command){ .kind = COMMAND_RUN });
}

void
nn_session_pause (NnSession *self)
{
  push (self, (Command){ .kind = COMMAND_PAUSE });
}

/**
 * nn_session_step:
 *
 * Trains one step and pauses.
 */
void
nn_session_step (NnSession *self)
{
  push (self, (Command){ .kind = COMMAND_STEP });
}

/**
 * nn_session_reset:
 *
 * Pauses and goes back to step 0; standing nudges stay.
 */
void
nn_session_reset (NnSession *self)
{
  push (self, (Command){ .kind = COMMAND_RESET });
}

/**
 * nn_session_set_speed:
 * @steps_per_second: at most this many; 0 for as fast as possible
 */
void
nn_session_set_speed (NnSession *self, double steps_per_second)
{
  push (self, (Command){ .kind = COMMAND_SPEED, .speed = steps_per_second });
}

/**
 * nn_session_do:
 * @event: copied; when its turn comes, its step is what it is done after
 *
 * Between steps, as nn_timeline_do (); what that refuses has no effect.
 */
void
nn_session_do (NnSession *self, const NnEvent *event)
{
  Command command = { .kind = COMMAND_DO };

  nn_event_copy (&command.event, event);
  push (self, command);
}

/**
 * nn_session_undo:
 *
 * Pauses, and goes back to just before the last thing that was done by hand. Several are
 * undone one after the other.
 */
void
nn_session_undo (NnSession *self)
{
  push (self, (Command){ .kind = COMMAND_UNDO });
}

/**
 * nn_session_redo:
 *
 * Pauses, and goes forward to where the last undo was called.
 */
void
nn_session_redo (NnSession *self)
{
  push (self, (Command){ .kind = COMMAND_REDO });
}

/**
 * nn_session_go_to:
 * @step: the end of the run, if it is less far
 *
 * Pauses, and goes back or forth along the run to @step, with all that was done there. No
 * frame comes before it is there; another one of these on the way changes the course.
 */
void
nn_session_go_to (NnSession *self, guint64 step)
{
  push (self, (Command){ .kind = COMMAND_GO_TO, .step = step });
}

/**
 * nn_session_set_ghost:
 *
 * From the next frame on, or until this is called again, frames carry the curve of the
 * same run without nudges. It is trained on a thread of its own, from step 0 on; until
 * it has caught up with a paused run, frames come by themselves and are unfinished.
 */
void
nn_session_set_ghost (NnSession *self, gboolean shown)
{
  push (self, (Command){ .kind = COMMAND_GHOST, .shown = shown });
}

/**
 * nn_session_preview:
 * @nudge: (nullable): gets a reference; NULL to see none any more
 *
 * From the next frame on, frames show besides what the network would be if @nudge were
 * applied by hand. Nothing is changed. While running, that of a large network may be a
 * few steps old.
 */
void
nn_session_preview (NnSession *self, NnNudge *nudge)
{
  push (self, (Command){ .kind = COMMAND_PREVIEW,
                         .nudge = nudge ? nn_nudge_ref (nudge) : NULL });
}

/**
 * nn_session_ask:
 * @key: who asks
 * @question: (nullable): copied, and takes the place of what @key has asked before; NULL
 *   takes it back
 *
 * Frames carry the newest answer, which follows the run. It comes with the next frame
 * where the network is small. When paused, one of a large network comes in a frame of
 * its own, and until then frames are unfinished; while running, answers take about a
 * tenth of the time, and come as often as that allows. Nothing is changed by asking.
 */
void
nn_session_ask (NnSession *self, guint key, const NnQuestion *question)
{
  NnQuestion *copy = NULL;

  if (question) {
    copy = g_new0 (NnQuestion, 1);
    nn_question_copy (copy, question);
  }
  push (self, (Command){ .kind = COMMAND_ASK, .key = key, .question = copy });
}

/**
 * nn_session_get_n_commands:
 *
 * Returns: commands given so far; a frame whose n_commands is equal shows the
 *   effect of all of them
 */
guint64
nn_session_get_n_commands (const NnSession *self)
{
  return self->n_commands;
}

/**
 * nn_session_take_frame:
 *
 * Takes the newest frame, if there is one that was not taken yet, and asks for
 * the next. Never waits for training.
 *
 * Returns: (transfer full) (nullable)
 */
NnFrame *
nn_session_take_frame (NnSession *self)
{
  NnFrame *frame;

  pthread_mutex_lock (&self->shared.lock);
  frame = g_steal_pointer (&self->shared.slot);
  if (!self->shared.wanted) {
    self->shared.wanted = TRUE;
    g_atomic_int_set (&self->shared.attention, TRUE);
    pthread_cond_signal (&self->shared.changed);
  }
  pthread_mutex_unlock (&self->shared.lock);
  return frame;
}

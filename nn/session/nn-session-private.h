/* nn-session-private.h - the engine with the trainer of this program
 *
 * SPDX-License-Identifier: MIT
 *
 * For its files: nn-session-of-run.c starts it, nn-session-worker.c is the thread's loop,
 * nn-session-steps.c trains, nn-session-commands.c does commands, nn-session-frames.c
 * makes frames.
 */

#pragma once

#include "nn/run/nn-timeline.h"
#include "nn/session/nn-answers.h"
#include "nn/session/nn-ghost.h"
#include "nn/session/nn-past.h"
#include "nn/session/nn-refiner.h"
#include "nn/session/nn-scorer.h"
#include "nn/session/nn-session-engine.h"

G_BEGIN_DECLS

/* For the session's thread only. */
typedef struct {
  NnTimeline *timeline; /* (owned) */
  NnTrainer *trainer;   /* (not owned) the timeline's, to read */
  NnAnswers *answers;   /* (owned) */
  NnScorer scorer;
  gboolean scored; /* the paused run's weights of scored_revision were */
  guint64 scored_revision;
  NnRefiner *refiner;      /* (owned) */
  NnLayerRecorder *layers; /* (owned) */
  gboolean shows_layers;   /* frames carry what it has recorded */
  NnGhost *ghost;          /* (owned) (nullable) if frames carry it */
  NnQuantities quantities; /* that frames carry */
  NnPast *past;            /* (owned) */
  NnSampleChoice sample;   /* that frames carry */
  guint64 revision;        /* counts possible changes of the trainer */
  gboolean running;
  double speed;
  gint64 due_us;        /* monotonic time at which the next step is due, if paced */
  gint64 frame_due_us;  /* monotonic time before which no frame is made while running */
  gboolean frame_waits; /* a frame was asked for, and is made after frame_due_us */
  gboolean walks;       /* nn_session_set_walks () */
  NnStepRecord *record; /* (owned) (nullable) of the newest step, if it was walked */
  gboolean within_step; /* frames show the state before that step's section */
  NnStops stops;
  gboolean shown; /* the newest frame shows the present state */
  gboolean acted; /* the keeper is to be called: a command was done, or a step failed */
  guint64 n_commands; /* done */
  char *failure;      /* (owned) (nullable) why a step failed, which paused the run */
  char *refusal;      /* (owned) (nullable) why the newest event was not done */
} NnSessionWorker;

/* nn-session-worker.c */
void *nn_session_work (void *session);

/* nn-session-steps.c */
gboolean nn_session_worker_paces_itself (const NnSessionWorker *self);
gboolean nn_session_worker_is_paced (const NnSessionWorker *self);
gboolean nn_session_worker_is_small (const NnSessionWorker *self);
void nn_session_worker_keep_change (NnSessionWorker *self);
void nn_session_worker_pause (NnSessionWorker *self);
void nn_session_worker_forget_record (NnSessionWorker *self);
void nn_session_worker_forget_from (NnSessionWorker *self, guint64 step);
void nn_session_worker_step (NnSessionWorker *self, gboolean recorded);
void nn_session_worker_train (NnSessionWorker *self, const gint *attention);
void nn_session_worker_travel (NnSessionWorker *self);

/* nn-session-commands.c */
void nn_session_obey (NnSession *self, NnCommand *command);

/* nn-session-frames.c */
gboolean nn_session_worker_may_show (const NnSessionWorker *self);
void nn_session_show (NnSession *self);

G_END_DECLS

/* nn-session-private.h - a session's inside
 *
 * SPDX-License-Identifier: MIT
 *
 * For its two files: nn-session.c is the caller's side, nn-session-worker.c the thread.
 */

#pragma once

#include <pthread.h>

#include "nn/run/nn-timeline.h"
#include "nn/session/nn-answers.h"
#include "nn/session/nn-ghost.h"
#include "nn/session/nn-past.h"
#include "nn/session/nn-scorer.h"
#include "nn/session/nn-session.h"
#include "nn/session/nn-stops.h"

G_BEGIN_DECLS

typedef enum {
  NN_COMMAND_RUN,
  NN_COMMAND_PAUSE,
  NN_COMMAND_STEP,
  NN_COMMAND_WALK,
  NN_COMMAND_SECTION,
  NN_COMMAND_RUN_TO,
  NN_COMMAND_RESET,
  NN_COMMAND_SPEED,
  NN_COMMAND_WALKS,
  NN_COMMAND_DO,
  NN_COMMAND_UNDO,
  NN_COMMAND_REDO,
  NN_COMMAND_GO_TO,
  NN_COMMAND_PREVIEW,
  NN_COMMAND_ASK,
  NN_COMMAND_GHOST,
  NN_COMMAND_STOP,
  NN_COMMAND_LAYERS,
  NN_COMMAND_CARRY,
  NN_COMMAND_WATCH,
  NN_COMMAND_SAMPLE,
  NN_COMMAND_PLANE,
  NN_COMMAND_FIND_START,
  NN_COMMAND_SCORE,
} NnCommandKind;

typedef struct {
  NnCommandKind kind;
  double speed;            /* SPEED: steps per second, 0 as fast as possible */
  NnEvent event;           /* (owned) DO */
  guint64 step;            /* GO_TO, FIND_START */
  guint64 before;          /* FIND_START */
  NnSessionFound found;    /* (nullable) FIND_START: until it was called … */
  gpointer found_data;     /* … with this */
  NnStop stop;             /* STOP, RUN_TO */
  NnNudge *nudge;          /* (owned) (nullable) PREVIEW */
  gboolean on;             /* GHOST, WALKS */
  guint key;               /* ASK */
  NnQuestion *question;    /* (owned) (nullable) ASK */
  NnQuantities quantities; /* CARRY */
  gssize index;            /* WATCH: -1 for none */
  NnSampleChoice sample;   /* SAMPLE */
  NnPlaneChoice plane;     /* PLANE */
} NnCommand;

/* What both threads touch. */
typedef struct {
  pthread_mutex_t lock; /* guards all fields below, but attention */
  pthread_cond_t changed;
  GQueue commands; /* (element-type NnCommand) (owned) */
  gboolean quit;
  NnSessionKeep keep;  /* (nullable) what gets the run's state … */
  gpointer keep_data;  /* … with this */
  gboolean keep_due;   /* it is asked for */
  gboolean ghost_news; /* that no frame has yet */
  gboolean wanted;     /* the window has taken the newest frame and wants the next */
  NnFrame *slot;       /* (owned) (nullable) newest frame that was not taken yet */
  gint attention;      /* atomic: the worker is to end its burst */
} NnSessionShared;

/* What only the worker touches. */
typedef struct {
  NnTimeline *timeline; /* (owned) */
  NnTrainer *trainer;   /* (not owned) the timeline's, to read */
  NnAnswers *answers;   /* (owned) */
  NnScorer scorer;
  NnLayerRecorder *layers; /* (owned) */
  gboolean shows_layers;   /* frames have what it recorded */
  NnGhost *ghost;          /* (owned) (nullable) if it was asked for */
  NnQuantities quantities; /* that frames carry */
  NnPast *past;            /* (owned) */
  NnSampleChoice sample;   /* that they show */
  guint64 revision;        /* of the trainer: counts what may have changed it */
  gboolean running;
  double speed;
  gint64 due_us;        /* monotonic time at which the next step is due, if paced */
  gint64 frame_due_us;  /* monotonic time before which no frame is made while it runs */
  gboolean walks;       /* a run takes a step only when it is told to */
  NnStepRecord *record; /* (owned) (nullable) of the newest step, if it was told to … */
  gboolean within_step; /* … whose section is not to be shown yet */
  NnStops stops;
  gboolean shown;     /* the newest frame shows the present state */
  gboolean acted;     /* the user has done something, and the state was not kept since */
  guint64 n_commands; /* carried out */
  char *failure;      /* (owned) (nullable) why the run stopped by itself */
  char *refusal;      /* (owned) (nullable) why the newest event was not done */
} NnSessionWorker;

struct _NnSession {
  NnSessionShared shared;
  NnSessionWorker worker;
  pthread_t thread;
  guint64 n_commands; /* given; the caller's thread only */
  guint64 next_id;    /* of a nudge that is to repeat; likewise */
};

/* nn-session-worker.c */
void *nn_session_work (void *session);
void nn_session_free_command (gpointer command);

G_END_DECLS

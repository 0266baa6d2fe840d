/* nn-session-engine.h - the interface between a session and its engine
 *
 * SPDX-License-Identifier: MIT
 *
 * For the files that implement an engine: the trainer of this program
 * (nn-session-worker.c), and a connection to a PyTorch job (nn/attach/nn-job-session.c).
 * Its thread takes commands out of the queue and puts frames into the slot.
 */

#pragma once

#include <pthread.h>

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
  NN_COMMAND_DETACH,
  NN_COMMAND_TENSOR,
} NnCommandKind;

typedef struct {
  NnCommandKind kind;
  double speed;            /* SPEED: steps per second, 0 as fast as possible */
  NnEvent event;           /* (owned) DO */
  guint64 step;            /* GO_TO, FIND_START */
  guint64 before;          /* FIND_START */
  NnSessionFound found;    /* (nullable) FIND_START: NULL once it was called */
  gpointer found_data;     /* FIND_START */
  NnStop stop;             /* STOP, RUN_TO */
  NnNudge *nudge;          /* (owned) (nullable) PREVIEW */
  gboolean on;             /* GHOST, LAYERS, WALKS */
  guint key;               /* ASK */
  NnQuestion *question;    /* (owned) (nullable) ASK */
  NnQuantities quantities; /* CARRY */
  gssize index;            /* WATCH: -1 for none */
  NnSampleChoice sample;   /* SAMPLE */
  NnTensorChoice tensor;   /* TENSOR */
  NnPlaneChoice plane;     /* PLANE */
} NnCommand;

/* Shared by the caller's thread and the session's. */
typedef struct {
  pthread_mutex_t lock; /* guards all fields below, but attention */
  pthread_cond_t changed;
  GQueue commands; /* (element-type NnCommand) (owned) */
  gboolean quit;
  NnSessionKeep keep; /* (nullable) nn_session_set_keeper () */
  gpointer keep_data;
  gboolean keep_due;   /* nn_session_keep () was called */
  gboolean ghost_news; /* the ghost has trained on since the newest frame */
  gboolean wanted;     /* the caller has taken the newest frame and wants the next */
  NnFrame *slot;       /* (owned) (nullable) newest frame that was not taken yet */
  gint attention;      /* atomic: the thread has to check these fields after this step */
} NnSessionShared;

/* A kind of engine. */
typedef struct {
  NnCapabilities can;
  /* The thread's function: returns when the session quits. */
  void *(*work) (void *session);
  /* (nullable) Wakes the thread if it waits for something other than shared.changed.
   * Called with the lock, by any thread. */
  void (*wake) (gpointer data);
  void (*free) (gpointer data); /* called after the thread has ended */
} NnEngine;

struct _NnSession {
  NnSessionShared shared;
  const NnEngine *engine;
  gpointer data; /* (owned) the engine's: for its thread only, once that runs */
  pthread_t thread;
  guint64 n_commands; /* given so far; for the caller's thread only */
  guint64 next_id;    /* of the next new repeating nudge; likewise */
};

NnSession *nn_session_start (const NnEngine *engine,
                             gpointer data,
                             guint64 next_id) G_GNUC_WARN_UNUSED_RESULT;
void nn_session_push (NnSession *self, NnCommand command);
void nn_session_free_command (gpointer command);

G_END_DECLS

/* nn-experiment.h - everything needed to repeat a run
 *
 * SPDX-License-Identifier: MIT
 *
 * A plain value: its owner may change the fields until a trainer or session is
 * made of it, which copies what it needs. Once it is shared, nothing changes it any more:
 * ref and free from any thread. As a file: nn/io/nn-experiment-file.h.
 */

#pragma once

#include <glib.h>

#include "nn/data/nn-dataset.h"
#include "nn/data/nn-shuffle.h"
#include "nn/experiment/nn-event.h"
#include "nn/experiment/nn-lesson.h"
#include "nn/model/nn-architecture.h"
#include "nn/model/nn-init.h"
#include "nn/model/nn-loss.h"
#include "nn/model/nn-parameters.h"
#include "nn/nudge/nn-nudge.h"
#include "nn/optim/nn-optimizer.h"

G_BEGIN_DECLS

/* What a file may ask for, so that none can ask for all memory. */
#define NN_EXPERIMENT_MAX_LAYERS     64
#define NN_EXPERIMENT_MAX_UNITS      65536
#define NN_EXPERIMENT_MAX_NAME       64     /* characters of a layer's name */
#define NN_EXPERIMENT_MAX_NUDGES     1024   /* and as many may stand at once */
#define NN_EXPERIMENT_MIN_SPEED      0.1    /* steps a second */
#define NN_EXPERIMENT_MAX_SPEED      100000 /* likewise */
#define NN_EXPERIMENT_MAX_PARAMETERS (G_GUINT64_CONSTANT (1) << 28)

typedef struct {
  char *name;   /* (owned) "seed": a demo's name, or the file's without its ending */
  char *title;  /* (owned) "Change weights, keep gradients" */
  char *story;  /* (owned) (nullable) what is to be seen, in a sentence or two */
  double speed; /* steps a second that a window begins with; 0: as ever */
  guint32 seed;
  NnDataSpec data;              /* (owned) */
  NnArchitecture *architecture; /* (owned) its n_features are the data's */
  NnInit init;
  NnParameters *parameters; /* (owned) (nullable) put in place of what init draws */
  NnLoss loss;
  NnOptimizerSettings optimizer;
  gsize batch_size; /* 0: all training examples are one batch */
  NnShuffle shuffle;
  NnGuard guard;
  GPtrArray *nudges; /* (owned) (element-type NnNudge) in the order they run; see below */
  GArray *events;    /* (owned) (element-type NnEvent) the log: what the user does */
  NnLesson *lesson;  /* (owned) (nullable) what it teaches, and how far the learner is */
  GPtrArray *notes; /* (owned) (nullable) (element-type utf8) what was guessed when it was
                      * opened; no file has them */
  gint n_others; /* atomic, nn-experiment.c's own: references besides the first. The last
                      * field: a copy takes all before it */
} NnExperiment;

/* Of the nudges, those that repeat are named 1, 2, … by the events in the log
 * (nn-nudge-ids.h). Where there is a log, nn_experiment_add_nudge () puts another behind
 * them, and names the log's own anew. */

NnExperiment *nn_experiment_copy (const NnExperiment *self) G_GNUC_WARN_UNUSED_RESULT;
NnExperiment *
nn_experiment_copy_plain (const NnExperiment *self) G_GNUC_WARN_UNUSED_RESULT;
NnExperiment *nn_experiment_ref (NnExperiment *self);
void nn_experiment_free (NnExperiment *self);
void
nn_experiment_add_note (NnExperiment *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
void nn_experiment_add_notes (NnExperiment *self, const GPtrArray *notes);

void nn_experiment_remove_nudges (NnExperiment *self);

gboolean nn_experiment_check_parts (const NnExperiment *self, GError **error);
gboolean nn_experiment_check (const NnExperiment *self, GError **error);
gboolean nn_experiment_add_nudge (NnExperiment *self,
                                  const char *text,
                                  const NnFunctions *own,
                                  GError **error);
guint64 nn_experiment_get_nudge_id (const NnExperiment *self, gsize index);
guint64 nn_experiment_get_next_nudge_id (const NnExperiment *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnExperiment, nn_experiment_free)

G_END_DECLS

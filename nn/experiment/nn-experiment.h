/* nn-experiment.h - everything needed to repeat a run
 *
 * SPDX-License-Identifier: MIT
 *
 * What to train, on what, by what, and what is done to it on the way. As a
 * file: nn/io/nn-experiment-file.h.
 *
 * A plain value whose owner may change the fields; a trainer or session that is made
 * of it copies what it needs. Once it is shared it is immutable: ref and free from
 * any thread.
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

/* Limits, so that no file can ask for all memory. */
#define NN_EXPERIMENT_MAX_LAYERS     64
#define NN_EXPERIMENT_MAX_UNITS      65536
#define NN_EXPERIMENT_MAX_NAME       64     /* characters of a layer's name */
#define NN_EXPERIMENT_MAX_NUDGES     1024   /* and as many may repeat at once */
#define NN_EXPERIMENT_MIN_SPEED      0.1    /* steps a second */
#define NN_EXPERIMENT_MAX_SPEED      100000 /* likewise */
#define NN_EXPERIMENT_MAX_PARAMETERS (G_GUINT64_CONSTANT (1) << 28)

typedef struct {
  char *name;   /* (owned) "seed": a demo's name, or the file's without its ending */
  char *title;  /* (owned) "Change weights, keep gradients" */
  char *story;  /* (owned) (nullable) what to look at, in a sentence or two */
  double speed; /* steps a second that a window begins with; 0: its usual ones */
  guint32 seed;
  NnDataSpec data;              /* (owned) */
  NnArchitecture *architecture; /* (owned) its n_features are the data's */
  NnInit init;
  /* (owned) (nullable) the initial values, in place of init's */
  NnParameters *parameters;
  NnLoss loss;
  NnOptimizerSettings optimizer;
  gsize batch_size; /* 0: all training examples are one batch */
  NnShuffle shuffle;
  NnGuard guard;
  GPtrArray *nudges; /* (owned) (element-type NnNudge) in the order they run; see below */
  GArray *events;    /* (owned) (element-type NnEvent) the log; steps rise */
  NnLesson *lesson;  /* (owned) (nullable) the lesson, and the learner's progress */
  /* (owned) (nullable) (element-type utf8) What was guessed when a file was opened;
   * not saved. */
  GPtrArray *notes;
  /* Atomic, private: references besides the first. It stays the last field:
   * nn_experiment_copy () copies those before it. */
  gint n_others;
} NnExperiment;

/* The repeating nudges have the ids 1, 2, … in the events of the log (nn-nudge-ids.h),
 * and those that the log adds have the next ones. So nn_experiment_add_nudge ()
 * renumbers those. */

NnExperiment *nn_experiment_copy (const NnExperiment *self) G_GNUC_WARN_UNUSED_RESULT;
NnExperiment *
nn_experiment_copy_plain (const NnExperiment *self) G_GNUC_WARN_UNUSED_RESULT;
NnExperiment *nn_experiment_ref (NnExperiment *self);
void nn_experiment_free (NnExperiment *self);
void
nn_experiment_add_note (NnExperiment *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
void nn_experiment_add_notes (NnExperiment *self, const GPtrArray *notes);

void nn_experiment_set_parameters (NnExperiment *self, NnParameters *parameters);
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

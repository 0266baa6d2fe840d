/* nn-trainer-state-private.h - the fields of a trainer's state
 *
 * SPDX-License-Identifier: MIT
 *
 * For its two files: nn-trainer-state.c saves and restores it in memory,
 * nn-trainer-chunks.c as bytes of a file.
 */

#pragma once

#include "nn/run/nn-trainer-private.h"

G_BEGIN_DECLS

/* Everything that decides how a run goes on, and its newest losses. */
struct _NnTrainerState {
  NnExperiment *experiment; /* (owned) what is trained, and so the architecture */
  NnDataset *dataset;       /* (owned) */
  GBytes *initial;          /* (owned) (n_values) */
  guint64 n_steps;
  guint64 n_epochs;
  float loss;
  float step_loss;
  float *values;       /* (owned) */
  float *before;       /* (owned) (nullable) the values before the optimizer's step */
  NnSlowCopies *slow;  /* (owned) (nullable) if there are any */
  float *grads;        /* (owned) */
  gboolean *has_grads; /* (owned) (n_parameters) */
  NnOptimizerSettings settings;
  void *optimizer; /* (owned) */
  NnOptimizerLayout layout;
  gsize *batches; /* (owned) (n_batches) the position in the data */
  gsize n_batches;
  NnRandom *random; /* (owned) */
  NnRandom *noise;  /* (owned) the nudges' stream */
  NnGuard guard;
  NnNudgeSchedule *schedule; /* (owned) a copy */
  char *note;                /* (owned) (nullable) */
  gsize n_bytes;             /* of all this, about */
  gatomicrefcount references;
};

G_END_DECLS

/* nn-trainer-private.h - the fields of a trainer
 *
 * SPDX-License-Identifier: MIT
 *
 * For the files of the trainer alone: nn-trainer.c begins and ends a run, -parts makes
 * what its experiment needs, -steps goes through the phases, -events does what the user
 * asks for, -edit changes what is being trained, -nudges is the run as the schedule of
 * nudges sees it, -deviations changes single steps, -evaluate computes losses, -state
 * saves and restores in memory, and -chunks in a file.
 */

#pragma once

#include "nn/data/nn-batches.h"
#include "nn/kernels/nn-kernels.h"
#include "nn/run/nn-trainer.h"

G_BEGIN_DECLS

typedef struct _NnTrainerSwap NnTrainerSwap;

struct _NnTrainer {
  NnExperiment *experiment; /* (owned) (nullable) shared; without a log, and no nudges
                             * that repeat: the schedule has those */
  const NnKernels *kernels;
  NnNetwork *network;     /* (owned) */
  NnOptimizer *optimizer; /* (owned) borrows the network */
  NnDataset *dataset;     /* (owned) */
  NnBatches *batches;     /* (owned) */
  NnBatch *held_out;      /* (owned) (nullable) */
  NnBatch *scored;     /* (owned) (nullable) training examples, made when first scored */
  NnRandom *random;    /* (owned) parameters, data, then shuffles */
  NnNoise *noise;      /* (owned) what nudges draw */
  NnProbes *probes;    /* (owned) what frames show */
  NnPlaneChoice plane; /* of the probes, if there are more than two features */

  /* A tape's plan holds for one shape of batch. */
  NnTape *tape;         /* (owned) full batches */
  NnTape *smaller_tape; /* (owned) an epoch's last batch */
  NnTape *example_tape; /* (owned) single examples */
  /* (owned) for losses and frames between steps: a step's results must stay */
  NnTape *evaluate_tape;

  float *scratch;       /* (owned) (n_values) for nudges, and a step that deviates */
  GBytes *initial;      /* (owned) (n_values) the first values, of step 0 or an edit */
  const float *w0;      /* (not owned) the data of initial */
  float *before;        /* (owned) (n_values) the values before an optimizer step */
  guint64 before_step;  /* the step that before is of; 0: none */
  NnSlowCopies *slow;   /* (owned) */
  NnLastChange *change; /* (owned) (nullable) if it is kept */

  GArray *deviations;  /* (owned) (nullable) NnDeviation */
  NnTrainerSwap *swap; /* (owned) (nullable) while a step has the next one's batch */
  NnNudgeSchedule *schedule;     /* (owned) */
  const NnNudgeDemands *demands; /* (not owned) the schedule's */
  NnGuard guard;
  char *note; /* (owned) (nullable) what the newest edit could not keep */

  guint64 n_steps;  /* completed */
  guint64 n_epochs; /* completed, edits of the data included */
  float loss;
  float step_loss;      /* of the newest step's forward pass; NAN at step 0 */
  NnPhase phase;        /* the next one */
  const NnBatch *batch; /* (not owned) of the step under way */
  gboolean ends_epoch;  /* of the step under way, or else of the newest one */
  gsize example;        /* index in the batch, if it is walked */
  const NnBatch *input; /* (not owned) what the newest forward pass was given */
  NnTensor *loss_now;   /* (not owned) the forward pass's, until backward */
  double loss_sum;      /* over the examples walked */
};

/* nn-trainer-parts.c */
void nn_trainer_fit_network (NnTrainer *self, NnArchitecture *architecture);
void nn_trainer_fit (NnTrainer *self, NnExperiment *experiment, NnDataset *dataset);
void nn_trainer_clear_parts (NnTrainer *self);
void nn_trainer_take_initial (NnTrainer *self, GBytes *initial);
void nn_trainer_set_guard (NnTrainer *self, NnGuard guard);

/* nn-trainer-edit.c */
gboolean nn_trainer_edit (NnTrainer *self, const NnEdit *edit, GError **error);

/* nn-trainer-steps.c */
void nn_trainer_abandon (NnTrainer *self);

/* nn-trainer-deviations.c */
void nn_trainer_begin_batch (NnTrainer *self);
void nn_trainer_end_swap (NnTrainer *self);
void nn_trainer_deviate_before_optimizer (NnTrainer *self);
void nn_trainer_deviate_after_optimizer (NnTrainer *self);

/* nn-trainer-nudges.c */
NnNudgeSchedule *nn_trainer_new_schedule (NnTrainer *self) G_GNUC_WARN_UNUSED_RESULT;

/* nn-trainer-evaluate.c */
float nn_trainer_evaluate_input (NnTrainer *self);

G_END_DECLS

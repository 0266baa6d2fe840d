/* nn-trainer-private.h - a trainer's inside
 *
 * SPDX-License-Identifier: MIT
 *
 * For the files of the trainer, and nn-trial.c, alone: nn-trainer.c begins and ends a
 * run, -steps goes through the phases, -events does what a hand asks for, -nudges lands
 * nudges, -view looks, and -state saves and restores.
 */

#pragma once

#include "nn/data/nn-batches.h"
#include "nn/kernels/nn-kernels.h"
#include "nn/nudge/nn-apply.h"
#include "nn/run/nn-trainer.h"

G_BEGIN_DECLS

/* A nudge that waits for its time, and its entry in the log once it has had it. */
typedef struct {
  NnStanding standing;
  gssize landing; /* index, or -1 */
  gboolean look;  /* somebody wants to know what its next time comes to */

  /* In case the step fails after it was applied within it. */
  guint64 kept_step;   /* of which all this is; 0: of none */
  guint64 kept_times;  /* standing's before */
  gboolean kept_fresh; /* it had no landing before */
  NnLanding kept;      /* (owns its refusal alone) its landing before */
} NnStandingEntry;

struct _NnTrainer {
  NnExperiment *experiment; /* (owned) */
  const NnKernels *kernels;
  NnNetwork *network;     /* (owned) */
  NnOptimizer *optimizer; /* (owned) */
  NnDataset *dataset;     /* (owned) */
  NnBatches *batches;     /* (owned) */
  NnBatch *held_out;      /* (owned) (nullable) */
  NnRandom *random;       /* (owned) parameters, data, then shuffles */
  NnNoise *noise;         /* (owned) what nudges draw, and nothing else */
  NnTensor *probes;       /* (owned) (features, columns) what frames show */
  gsize n_probes;

  /* A tape's plan holds for one shape of batch. */
  NnTape *tape;         /* (owned) full batches */
  NnTape *smaller_tape; /* (owned) an epoch's last batch */
  NnTape *example_tape; /* (owned) single examples */
  NnTape
      *evaluate_tape; /* (owned) outside steps; frames leave the step's results alone */

  float *scratch; /* (owned) (n_values) for nudges */
  float *initial; /* (owned) (n_values) the values at step 0 */
  float
      *before; /* (owned) (n_values) those from before an optimizer step: before_step's */
  guint64 before_step; /* 0: of none */
  float *unnudged;   /* (owned) (n_values) in case a step fails after a nudge within it */
  NnRandom *undrawn; /* (owned) noise's stream, likewise */
  void *unzeroed;    /* (owned) the optimizer's state, likewise */
  GArray *standing;  /* (owned) NnStandingEntry, in the order they run */
  GArray *landings;  /* (owned) NnLanding, oldest first; see nn_trainer_get_landings () */
  guint64 n_landed;  /* landings there ever were */
  NnGuard guard;
  gboolean waits;        /* some standing nudge waits for more than the hand */
  gboolean walks;        /* some standing nudge wants every example */
  gboolean has_gap;      /* some standing nudge is before backward */
  gboolean needs_before; /* some standing nudge mentions `before` */
  NnCurve *curve;        /* (owned) */

  guint64 n_steps; /* completed */
  float loss;
  NnPhase phase;         /* the next one */
  const NnBatch *batch;  /* (not owned) of the step under way */
  gsize example;         /* of the batch, if it is walked */
  const NnBatch *input;  /* (not owned) what the newest forward pass was given */
  NnTensor *loss_now;    /* (not owned) the forward pass's, until backward */
  double loss_sum;       /* over the examples walked */
  gboolean weights_kept; /* unnudged is from before the step … */
  gboolean noise_kept;   /* … and undrawn … */
  gboolean memory_kept;  /* … and unzeroed */
};

/* nn-trainer-steps.c */
void nn_trainer_abandon (NnTrainer *self);
void nn_trainer_keep (NnTrainer *self, const NnNudge *nudge);
NnTensor *nn_trainer_compute_loss (NnTrainer *self, NnTape *tape, const NnBatch *batch);

/* nn-trainer-nudges.c */
GArray *nn_trainer_new_landings (void) G_GNUC_WARN_UNUSED_RESULT;
void nn_trainer_run_standing (NnTrainer *self, const NnMoment *moment);
void nn_trainer_take_back_landings (NnTrainer *self);
NnNudgeContext
nn_trainer_get_context (const NnTrainer *self, NnPlace place, guint64 step);
void nn_trainer_land_by_hand (NnTrainer *self, NnNudge *nudge);

/* nn-trainer-events.c */
GArray *nn_trainer_new_standing (void) G_GNUC_WARN_UNUSED_RESULT;
void nn_trainer_copy_standing (GArray *standing, const GArray *from);
void nn_trainer_stand (NnTrainer *self, NnNudge *nudge, gsize index);
void nn_trainer_look_at_standing (NnTrainer *self);
void nn_trainer_set_guard (NnTrainer *self, NnGuard guard);

/* nn-trainer-view.c */
void nn_trainer_make_probes (NnTrainer *self);
float nn_trainer_evaluate_input (NnTrainer *self);
void nn_trainer_compute_activations (const NnTrainer *self,
                                     NnNetwork *network,
                                     NnTape *tape,
                                     float *activations);

G_END_DECLS

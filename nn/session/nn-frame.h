/* nn-frame.h - an immutable picture of the run at one step
 *
 * SPDX-License-Identifier: MIT
 *
 * The training thread makes it, the window's widgets and the figure draw it;
 * nothing changes it. Shared: ref and unref from any thread.
 */

#pragma once

#include <glib.h>

#include "nn/data/nn-dataset.h"
#include "nn/experiment/nn-log.h"
#include "nn/model/nn-architecture.h"
#include "nn/run/nn-history.h"
#include "nn/run/nn-landing.h"
#include "nn/run/nn-probes.h"
#include "nn/run/nn-quantity.h"
#include "nn/run/nn-sample.h"
#include "nn/run/nn-scores.h"
#include "nn/run/nn-standing.h"
#include "nn/run/nn-step-record.h"
#include "nn/session/nn-layer-series.h"
#include "nn/session/nn-past.h"
#include "nn/session/nn-tensors.h"
#include "nn/tensor/nn-tape.h"
#include "nn/whatif/nn-preview.h"
#include "nn/whatif/nn-sweep.h"

G_BEGIN_DECLS

/* A nudge that has not landed yet. */
typedef struct {
  NnNudge *nudge; /* (owned) */
  guint64 step;   /* lands after this one first; 0: not known */
} NnComing;

/* One value of the parameters, if it is watched, and how it came to be what it is. */
typedef struct {
  gsize index;                    /* into the flat vector of parameters */
  float numbers[NN_N_QUANTITIES]; /* NAN where there is none */
  NnPastPoint *points;            /* (owned) (n_points) by their steps */
  gsize n_points;
} NnWatched;

#define NN_COMING_MOST 256 /* of them are in a frame */

typedef struct {
  NnArchitecture *architecture; /* (owned) */
  NnExperiment *experiment;     /* (owned) (nullable) as it is there, edits included; but
                                 * standing nudges and the guard are below */
  NnDataset *dataset;           /* (owned) (nullable) the data that it is trained on */
  guint64 step;                 /* optimizer steps taken; 0 is the initial network */
  double
      loss; /* of step's forward pass; of the present weights at step 0 and after a nudge */
  double
      step_loss; /* of step's forward pass, whatever was done after it; NAN at step 0 */
  float
      *values; /* (owned) (nullable) (architecture->n_values) every parameter; NULL where
                  * the architecture is no chain */

  NnProbesShape probes; /* inputs that were fed through the network for the picture */
  float *activations;   /* (owned) [n_units][probes.n]: features first, then each layer's
                         * outputs */

  NnQuantities known;        /* those that can be asked for … */
  NnOptimizerType optimizer; /* … whose moments are this one's */
  /* (owned) (nullable) (n_values): those that were asked for, NAN where there is none */
  float *numbers[NN_N_QUANTITIES];
  NnWatched *watched; /* (owned) (nullable) */
  gboolean *off; /* (owned) (nullable) (n_units) 0 for every example, if it was found */
  NnSample *sample; /* (owned) (nullable) if one was chosen */

  /* (owned) (nullable) the losses of every step of the run, up to end; of a timeline */
  NnHistory *history;
  NnLanding *landings; /* (owned) (n_landings) oldest first, the newest NN_LANDING_MOST */
  gsize n_landings;
  NnLog *log;           /* (owned) (nullable) what the user did up to step */
  NnStanding *standing; /* (owned) (n_standing) */
  gsize n_standing;
  NnGuard guard;
  NnComing *coming; /* (owned) (n_coming) by their steps: a log's, and those that are to
                           * repeat */
  gsize n_coming;
  guint64 n_coming_in_all; /* those that are too many, too */

  guint64 end;       /* the farthest step that the timeline can go forward to */
  gboolean can_undo; /* the user did something before this */
  gboolean can_redo; /* something was undone, and the run has not branched off since */

  NnScore *scores[NN_N_SCORES]; /* (owned) (nullable) ([n_scores]) at some steps up to
                                 * this one */
  gsize n_scores[NN_N_SCORES];

  NnLayerSeries *layers; /* (owned) (nullable) if they were asked for */

  NnBranch *branches; /* (owned) (n_branches) oldest first */
  gsize n_branches;

  NnHistory
      *ghost; /* (owned) (nullable) the losses without nudges, up to step or less, if
                     * they were asked for */
  guint64 ghost_step; /* the newest step at which both losses are known; 0: none yet */
  double ghost_loss;  /* the ghost's loss at ghost_step … */
  double ghost_difference; /* … and the run's loss there minus that */

  NnStepRecord
      *record; /* (owned) (nullable) of step, if it was walked: after it there may
                         * have been nudges, but no edit */
  gboolean within_step; /* of a record: landings are those before the step's section */

  NnPreview *preview; /* (owned) (nullable) if one was asked for */
  NnSweep *sweeps;    /* (owned) (n_sweeps) the newest answer to each question */
  gsize n_sweeps;

  gboolean unfinished; /* more frames come by themselves, though it is paused */
  gboolean
      running; /* FALSE: paused, stopped or failed; the step will not change by itself */
  guint64 n_commands; /* commands the session has carried out, of those it was given */
  NnTensors *tensors; /* (owned) (nullable) where the architecture is no chain */

  gboolean without_trials; /* no loss is known but the run's: nothing can be tried out */
  gboolean ended;          /* what the run was is here for good: it goes on no more */
  char *failure;           /* (owned) (nullable) why the run stopped by itself */
  char *note;    /* (owned) (nullable) what the newest edit could not keep, and why */
  char *refusal; /* (owned) (nullable) why the newest event was not done */
} NnFrame;

NnFrame *nn_frame_new (NnArchitecture *architecture,
                       const NnProbesShape *probes) G_GNUC_WARN_UNUSED_RESULT;
NnFrame *nn_frame_ref (NnFrame *self);
void nn_frame_unref (NnFrame *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnFrame, nn_frame_unref)

G_END_DECLS

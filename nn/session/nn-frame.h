/* nn-frame.h - the state of a run at one step, as the window shows it
 *
 * SPDX-License-Identifier: MIT
 *
 * The only thing that goes from the session's thread to the window's. The session's
 * thread makes frames; widgets and figures draw them. Immutable once shared: ref and
 * unref from any thread.
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

/* What is still to be done: an event of the log, the first time of a nudge that will
 * repeat, or a step or epoch that a nudge's time lists. */
typedef struct {
  NnNudge *nudge; /* (owned) (nullable) if there is one in it */
  guint64 step;   /* it is done after this one; 0: not known */
  NnLog *log;     /* (owned) (nullable) of the event, which is its last one */
} NnComing;

/* One value of the parameters, which the user watches. */
typedef struct {
  gsize index;                    /* into the flat vector of parameters */
  float numbers[NN_N_QUANTITIES]; /* NAN where there is none */
  NnPastPoint *points;            /* (owned) (n_points) its past; in the order of steps */
  gsize n_points;
} NnWatched;

#define NN_COMING_MOST 256 /* of what is still to be done, in a frame */

typedef struct {
  NnArchitecture *architecture; /* (owned) */
  /* (owned) (nullable) With all edits up to step; the repeating nudges and the guard
   * are below. */
  NnExperiment *experiment;
  NnDataset *dataset; /* (owned) (nullable) the data that it is trained on */
  guint64 step;       /* optimizer steps taken; 0 is the initial network */
  double loss; /* of step's forward pass; at step 0 and after a nudge, of the weights */
  double step_loss; /* of step's forward pass in any case; NAN at step 0 */
  /* (owned) (nullable) (architecture->n_values) Every parameter; NULL if the architecture
   * is not a chain of layers. */
  float *values;

  NnProbesShape probes; /* inputs that were fed forward for the picture */
  /* (owned) [n_units][probes.n] The features first, then each layer's outputs. */
  float *activations;

  NnQuantities known;        /* those that nn_session_carry () can ask for */
  NnOptimizerType optimizer; /* that the moments are of */
  /* (owned) (nullable) (n_values) Those that were asked for, NAN where there is none. */
  float *numbers[NN_N_QUANTITIES];
  NnWatched *watched; /* (owned) (nullable) */
  gboolean *off; /* (owned) (nullable) (n_units) whether a unit is 0 for every example */
  NnSample *sample; /* (owned) (nullable) if one was chosen */

  /* (owned) (nullable) the losses of every step of the run, up to end; of a timeline */
  NnHistory *history;
  NnLanding *landings; /* (owned) (n_landings) oldest first, the newest NN_LANDING_MOST */
  gsize n_landings;
  NnLog *log; /* (owned) (nullable) the events up to step */
  /* (owned) (nullable) What is saved: nn_timeline_get_log_for_file (). */
  NnLog *log_for_file;
  gsize n_unfit; /* coming events that are not in it: nn_timeline_get_n_unfit () */
  gsize n_kept;  /* events that only undo can bring back: nn_timeline_get_n_kept () */
  NnStanding *standing; /* (owned) (n_standing) */
  gsize n_standing;
  NnGuard guard;
  /* (owned) (n_coming) The log's, and those of the repeating nudges; in the order of
   * steps. */
  NnComing *coming;
  gsize n_coming;
  guint64 n_coming_in_all; /* with those beyond NN_COMING_MOST */

  /* (owned) (n_ahead) Each up to an event that was done, and that the run has gone back
   * from; the first NN_COMING_MOST, in their order. */
  NnLog **ahead;
  gsize n_ahead;

  guint64 end;       /* the farthest step that the timeline can go forward to */
  gboolean can_undo; /* nn_timeline_can_undo () */
  gboolean can_redo; /* nn_timeline_can_redo () */

  /* (owned) (nullable) ([n_scores]) At some steps up to this one, in order. */
  NnScore *scores[NN_N_SCORES];
  gsize n_scores[NN_N_SCORES];

  NnLayerSeries *layers; /* (owned) (nullable) nn_session_set_layers () */

  NnBranch *branches; /* (owned) (n_branches) oldest first */
  gsize n_branches;

  /* (owned) (nullable) The losses without nudges, up to step or less:
   * nn_session_set_ghost () */
  NnHistory *ghost;
  guint64 ghost_step; /* the newest step at which both losses are known; 0: none yet */
  double ghost_loss;  /* the ghost's loss at ghost_step */
  double ghost_difference; /* the run's loss at ghost_step minus ghost_loss */

  /* (owned) (nullable) Of step, if it was walked: nn_session_walk (). There may have been
   * nudges since, but no edit. */
  NnStepRecord *record;
  gboolean within_step; /* with a record: landings are those before the step's section */

  NnPreview *preview; /* (owned) (nullable) nn_session_preview () */
  NnSweep *sweeps;    /* (owned) (n_sweeps) the newest answer to each question */
  gsize n_sweeps;

  gboolean unfinished; /* more frames will come without a command, though it is paused */
  gboolean running;    /* FALSE: paused or failed: the step will not change by itself */
  guint64 n_commands;  /* done so far: nn_session_get_n_commands () */
  /* (owned) (nullable) if the architecture is not a chain of layers */
  NnTensors *tensors;

  gboolean without_trials; /* there are no data: no previews of the loss and no sweeps */
  gboolean ended;          /* the job or the connection to it has ended: its last state */
  char *failure; /* (owned) (nullable) why a step failed, which paused the run */
  char *note;    /* (owned) (nullable) what the newest edit could not keep, and why */
  char *refusal; /* (owned) (nullable) why the newest event was not done */
} NnFrame;

NnFrame *nn_frame_new (NnArchitecture *architecture,
                       const NnProbesShape *probes) G_GNUC_WARN_UNUSED_RESULT;
NnFrame *nn_frame_ref (NnFrame *self);
void nn_frame_unref (NnFrame *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnFrame, nn_frame_unref)

G_END_DECLS

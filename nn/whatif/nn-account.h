/* nn-account.h - why did the loss jump? The exact account of a step
 *
 * SPDX-License-Identifier: MIT
 *
 * The steps around one are trained again, bit for bit: once as they were, and once
 * without each candidate. So every number here is that of a run, which `nudge run`
 * repeats, and none is an estimate. Losses are over all training examples, whatever the
 * mini-batch is.
 *
 * The candidates are the nudges and edits that landed within the step or after it, a
 * nudge's effect on each single parameter, and the optimizer's moments of a nudge's
 * target, which that run zeroes instead of keeping. The mini-batch is one unless it is
 * all of the data. Where nothing landed, so are the learning rate, the layer whose update
 * was largest relative to its weights, and the newest edit before the step.
 *
 * The share of a candidate is the loss of the run as it was minus that of the run without
 * it. Shares need not add up to the change: the remainder is the interaction, which is
 * given as such and never distributed over the candidates.
 *
 * A plain value with one owner; any thread may make one.
 */

#pragma once

#include "nn/base/nn-progress.h"
#include "nn/whatif/nn-replay.h"

G_BEGIN_DECLS

/* Losses are compared 0, 1, 10 and 100 steps after the step:
 * nn_account_get_horizon (). */
#define NN_ACCOUNT_HORIZONS 4
#define NN_ACCOUNT_REACH    100

#define NN_ACCOUNT_EXAMPLES 3 /* of the mini-batch that are listed */
#define NN_ACCOUNT_LANDINGS 8 /* nudges and edits of one step that are candidates */

typedef enum {
  NN_ACCOUNT_NUDGE,
  NN_ACCOUNT_PARAMETER, /* one of several parameters that a nudge changed */
  NN_ACCOUNT_EVENT,     /* an edit, or any other event that is no nudge */
  NN_ACCOUNT_MEMORY,    /* the optimizer's moments of a nudge's target: zeroed */
  NN_ACCOUNT_BATCH,     /* the mini-batch: the next one instead */
  NN_ACCOUNT_RATE,      /* the learning rate: a tenth of it */
  NN_ACCOUNT_LAYER,     /* its update in this step: none */
} NnAccountKind;

typedef struct {
  NnAccountKind kind;
  /* (owned) The run without it. Its part is the name of the layer or parameter. */
  NnDeviation deviation;
  NnNudge *nudge;     /* (owned) (nullable) NUDGE, PARAMETER, MEMORY */
  NnEvent event;      /* (owned) EVENT */
  double rate_before; /* EVENT: the learning rate, if an edit changes that, else NAN */
  guint64 step;       /* it landed at */
  double losses[NN_ACCOUNT_HORIZONS]; /* without it; NAN where that run had ended */
  double shares[NN_ACCOUNT_HORIZONS]; /* the run's loss minus that */
  float curve[NN_ACCOUNT_REACH + 1];  /* as the account's, without it */
  char *failure;                      /* (owned) (nullable) why that run has ended */
} NnAccountPart;

typedef struct {
  gsize number; /* in the data, from 0 */
  double loss;
  double share; /* of the batch's loss, 0 to 1 */
} NnAccountExample;

typedef struct {
  guint64 step;
  gboolean landed; /* a nudge or an edit did, within the step or after it */
  gsize n_more;    /* of those beyond NN_ACCOUNT_LANDINGS, which are no candidates */

  double before;                       /* the loss before the step */
  double losses[NN_ACCOUNT_HORIZONS];  /* after it; NAN where the run had ended */
  double changes[NN_ACCOUNT_HORIZONS]; /* ΔL: losses minus before */
  /* The share of training itself: ΔL of the run without anything that landed. NAN if
   * nothing did. */
  double course[NN_ACCOUNT_HORIZONS];
  double interaction[NN_ACCOUNT_HORIZONS]; /* ΔL minus all shares: nn_account_counts () */
  /* [i]: the loss of the forward pass of step + i, on its mini-batch; NAN where the run
   * had ended. */
  float curve[NN_ACCOUNT_REACH + 1];
  /* likewise, without what landed; or all NAN */
  float course_curve[NN_ACCOUNT_REACH + 1];
  char *failure; /* (owned) (nullable) why the run has ended */

  NnAccountPart *parts; /* (owned) (n_parts) a PARAMETER is of the NUDGE before it */
  gsize n_parts;

  /* Of the step. */
  float batch_before; /* the loss of the forward pass before it; NAN for the first step */
  gsize n_batch;      /* examples in its mini-batch */
  gboolean one_batch; /* that is all training examples */
  NnAccountExample examples[NN_ACCOUNT_EXAMPLES]; /* largest loss first */
  gsize n_examples;
  NnOptimizerType optimizer;
  double rate;         /* the learning rate */
  double layer_change; /* of the LAYER: norm of its update over that of its weights */
} NnAccount;

guint64 nn_account_get_horizon (gsize index);

NnAccount *nn_account_new (NnExperiment *experiment,
                           const NnReplayStart *start,
                           guint64 step,
                           const NnProgress *progress,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;
void nn_account_free (NnAccount *self);
guint64 nn_account_get_first_step (guint64 step);
guint64 nn_account_guess_n_steps (guint64 step);
guint64 nn_account_find_step (const NnExperiment *experiment, guint64 step);
const NnAccountPart *nn_account_find_part (const NnAccount *self, NnAccountKind kind);
gboolean nn_account_counts (const NnAccount *self, const NnAccountPart *part);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnAccount, nn_account_free)

G_END_DECLS

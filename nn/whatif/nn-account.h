/* nn-account.h - why did the loss jump? The exact account of a step
 *
 * SPDX-License-Identifier: MIT
 *
 * The stretch around a step is run again, bit for bit: once as it was, and once without each
 * suspect. So every number here is that of a run, which `nudge run` repeats, and none is an
 * estimate. Losses are of all examples that are trained on, whatever the batches are.
 *
 * The suspects are the nudges and edits that landed within the step or after it, their parts
 * on each parameter, and the optimizer's memory of a nudge's target, zeroed instead of kept.
 * Where nothing landed they are the batch, the learning rate, the layer whose update was
 * largest against its weights, and an edit not long before.
 *
 * The share of a suspect is what its absence takes away from the change of the loss. Shares
 * need not add up: what they leave over is the interaction, which is said and never spread.
 *
 * A plain value with one owner; any thread may make one.
 */

#pragma once

#include "nn/base/nn-progress.h"
#include "nn/whatif/nn-replay.h"

G_BEGIN_DECLS

/* How many steps after it an account looks: 0, 1, 10 and 100. */
#define NN_ACCOUNT_HORIZONS 4
#define NN_ACCOUNT_REACH    100

#define NN_ACCOUNT_EXAMPLES 3 /* that are named */
#define NN_ACCOUNT_LANDINGS 8 /* nudges and edits of one step that are told apart */

typedef enum {
  NN_ACCOUNT_NUDGE,
  NN_ACCOUNT_PARAMETER, /* what a nudge of several did to one */
  NN_ACCOUNT_EVENT,     /* an edit, or what else a log has */
  NN_ACCOUNT_MEMORY,    /* the optimizer's, of a nudge's target */
  NN_ACCOUNT_BATCH,
  NN_ACCOUNT_RATE,
  NN_ACCOUNT_LAYER,
} NnAccountKind;

typedef struct {
  NnAccountKind kind;
  NnDeviation
      deviation;      /* (owned) the run without it; a layer's or parameter's name is its
                          * part */
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
  gboolean landed; /* something did, within the step or after it */
  gsize n_more;    /* landings that are not told apart */

  double before; /* the loss with the weights from before the step */
  double
      losses[NN_ACCOUNT_HORIZONS]; /* so many steps after it; NAN where the run ended */
  double changes[NN_ACCOUNT_HORIZONS]; /* ΔL: that minus before */
  /* The share of training itself: the change without anything that landed. NAN if nothing
   * did. */
  double course[NN_ACCOUNT_HORIZONS];
  float course_curve[NN_ACCOUNT_REACH + 1]; /* as curve, without what landed; or NAN */
  double interaction[NN_ACCOUNT_HORIZONS];  /* ΔL minus all shares */
  float curve[NN_ACCOUNT_REACH +
              1]; /* [i]: of the forward pass of step + i, on its batch; NAN:
                                      * none */
  char *failure;  /* (owned) (nullable) why the run has ended */

  NnAccountPart *parts; /* (owned) (n_parts) a PARAMETER is of the NUDGE before it */
  gsize n_parts;

  /* Of the step. */
  float batch_before; /* the loss of the forward pass before it; NAN for the first step */
  gsize n_batch;      /* examples in its batch */
  gboolean one_batch; /* which is all there are */
  NnAccountExample examples[NN_ACCOUNT_EXAMPLES]; /* largest loss first */
  gsize n_examples;
  NnOptimizerType optimizer;
  double rate;         /* the learning rate */
  double layer_change; /* of the layer: norm of the update over that of the weights */
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

/* nn-change.h - what an edit changes in the experiment that is being trained
 *
 * SPDX-License-Identifier: MIT
 *
 * nn_change_new () applies an edit to an experiment, checks the result, and finds out by
 * comparison what of the run stays: the trainer then rebuilds only the rest. Both
 * experiments have the one-off nudges only, and no log. Which nudges repeat by then is
 * known to the caller, who gets each one's successor from nn_change_follow ().
 *
 * Immutable, with one owner.
 */

#pragma once

#include "nn/experiment/nn-edit.h"
#include "nn/experiment/nn-experiment.h"
#include "nn/model/nn-growth.h"

G_BEGIN_DECLS

/* How much of the run has to be rebuilt. */
typedef enum {
  NN_CHANGE_NOTHING,
  NN_CHANGE_SETTING, /* nothing: numbers that hold from the next step on */
  NN_CHANGE_PART,    /* the data, the optimizer, the loss or an activation */
  NN_CHANGE_SHAPE,   /* the network */
} NnChangeKind;

typedef struct {
  NnChangeKind kind;
  NnExperiment *before; /* (owned) */
  NnExperiment *after; /* (owned) shares before's architecture, if that does not change */
  NnGrowth *growth;    /* (owned) (nullable) how the network changes */
  gboolean data;       /* this and the next four: whether it changes */
  gboolean loss;
  gboolean optimizer;
  gboolean batch;
  gboolean guard;
} NnChange;

NnChange *nn_change_new (const NnEdit *edit,
                         NnExperiment *before,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
void nn_change_free (NnChange *self);

NnNudge *nn_change_follow (const NnChange *self, NnNudge *nudge, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnChange, nn_change_free)

G_END_DECLS

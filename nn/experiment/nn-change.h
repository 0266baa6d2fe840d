/* nn-change.h - what an edit makes of an experiment
 *
 * SPDX-License-Identifier: MIT
 *
 * An edit meets the experiment that is being trained: whether it fits is found out, and
 * what of the run it leaves alone, by comparing the experiment before and after. Both of
 * these have manual nudges only, and no log; which nudges repeat by then is for the caller
 * to know, who asks what becomes of each.
 *
 * Immutable, with one owner.
 */

#pragma once

#include "nn/experiment/nn-edit.h"
#include "nn/experiment/nn-experiment.h"
#include "nn/model/nn-growth.h"

G_BEGIN_DECLS

/* How much of the run has to be made anew. */
typedef enum {
  NN_CHANGE_NOTHING,
  NN_CHANGE_SETTING, /* nothing: numbers, from the next step on */
  NN_CHANGE_PART,    /* the data, the optimizer, the loss or an activation */
  NN_CHANGE_SHAPE,   /* the network */
} NnChangeKind;

typedef struct {
  NnChangeKind kind;
  NnExperiment *before; /* (owned) */
  NnExperiment *after;  /* (owned) its architecture is before's, if it does not change */
  NnGrowth *growth;     /* (owned) (nullable) how the network changes */
  gboolean data;        /* what changes, besides the network */
  gboolean loss;
  gboolean optimizer;
  gboolean batch;
  gboolean guard;
} NnChange;

NnChange *nn_change_new (const NnEdit *edit,
                         NnExperiment *before,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
void nn_change_free (NnChange *self);

const char *nn_change_kind_get_name (NnChangeKind kind);
NnNudge *nn_change_follow (const NnChange *self, NnNudge *nudge, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnChange, nn_change_free)

G_END_DECLS

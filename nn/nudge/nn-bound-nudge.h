/* nn-bound-nudge.h - a nudge and what it is aimed at: its inside
 *
 * SPDX-License-Identifier: MIT
 *
 * nn-bound-nudge.c binds, nn-new-values.c computes, and nn-apply.c has what nn-apply.h
 * declares beside. Private to them.
 */

#pragma once

#include "nn/nudge/nn-apply.h"
#include "nn/nudge/nn-area.h"
#include "nn/nudge/nn-small.h"

G_BEGIN_DECLS

#define NN_BOUND_SMALL 4 /* parts that are changed in a few instructions */

typedef struct {
  NnArea area;
  gsize offset;     /* of its new values in the context's scratch */
  char *lack;       /* (owned) (nullable) why nothing can come of it */
  gboolean skipped; /* the last time */
} NnBoundPart;

struct _NnBoundNudge {
  NnNudge *nudge;               /* (owned) */
  NnArchitecture *architecture; /* (owned) */
  NnNeeds needs;
  gsize n_parts;
  NnBoundPart *parts; /* (owned) */
  gsize n;            /* elements of all parts */
  gsize n_work;
  float *new_slow; /* (not owned) (n) `m`'s new values, between computing and storing */
  NnSmall small;   /* of few parts of few weights: what is done to each */
  gsize window;   /* if these are one after another: NN_SMALL of the network's that … */
  gsize n_before; /* … have so many before them */
  gboolean in_one; /* whether they are */
  char *skipped;   /* (owned) (nullable) what was left as it is the last time, and why */
};

NnOperands nn_bound_nudge_get_shape (const NnArea *area);
gboolean nn_bound_nudge_compute (NnBoundNudge *self,
                                 float amount,
                                 const NnNudgeContext *context,
                                 GError **error);

G_END_DECLS

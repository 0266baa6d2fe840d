/* nn-bound-nudge.h - the fields of a bound nudge, for the files that implement it
 *
 * SPDX-License-Identifier: MIT
 *
 * nn-bound-nudge.c binds, nn-new-values.c computes new values, nn-apply.c stores them.
 * Private to them, but for nn_bound_nudge_get_shape (), which nn/script calls, too.
 */

#pragma once

#include "nn/expression/nn-small.h"
#include "nn/nudge/nn-apply.h"
#include "nn/nudge/nn-area.h"

G_BEGIN_DECLS

#define NN_BOUND_SMALL 4 /* nudges with more parts do not use nn-small.h */

typedef struct {
  NnArea area;
  gsize offset;     /* of its new values in the context's scratch */
  char *lack;       /* (owned) (nullable) why the function cannot be applied to it */
  gboolean skipped; /* in the last application */
} NnBoundPart;

struct _NnBoundNudge {
  NnNudge *nudge;               /* (owned) */
  NnArchitecture *architecture; /* (owned) */
  NnNeeds needs;
  gsize n_parts;
  NnBoundPart *parts; /* (owned) */
  gsize n;            /* elements of all parts */
  gsize n_work;       /* floats of scratch that computing one part needs */
  float *new_slow; /* (not owned) (n) new values of `m`, between computing and storing */

  /* The fast path, for few parts with few weights. If these are contiguous (in_one), they
   * are loaded as one vector of NN_SMALL floats, from index window of the network's
   * values on, of which the first n_before are not part of the target. */
  NnSmall small;
  gsize window;
  gsize n_before;
  gboolean in_one;
  char *skipped; /* (owned) (nullable) what the last application skipped, and why */
};

NnOperands nn_bound_nudge_get_shape (const NnArea *area);
gboolean nn_bound_nudge_compute (NnBoundNudge *self,
                                 float amount,
                                 const NnNudgeContext *context,
                                 GError **error);

G_END_DECLS

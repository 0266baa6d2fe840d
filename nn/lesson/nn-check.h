/* nn-check.h - what must hold at a step of a lesson, and numbers that it shows
 *
 * SPDX-License-Identifier: MIT
 *
 * An expression over a run as it stands, with one number as its value: 1 or 0 of what holds
 * or does not. It is made of
 *
 *   step          the steps that were taken
 *   loss          of the newest step's forward pass; after a nudge, of the present weights
 *   loss(400)     of the forward pass of step 400
 *   loss_before   of the weights just before the newest nudge …
 *   loss_after    … and just after it, on the same examples
 *   change        the norm of what it changed
 *   nudges        how many times nudges have changed weights
 *   failed        1 if the run has stopped by itself, as a guard does
 *   a name        a number that a step of the lesson keeps, from then on
 *   [fc1.weight: max(abs(g))]
 *                 an update function of parameters as they stand, which has one value for
 *                 all of one, such as a statistic; w, w0, g and m are as in a nudge. Of
 *                 several parameters (*.weight) the values are added up
 *
 * with numbers, + - * /, abs(x), min(x, y), max(x, y), comparisons, which chain, and, or,
 * not and parentheses, which bind as in Python.
 *
 * What there is not, such as the loss of a step to come, is not a number; whatever is
 * compared with that does not hold. Immutable after it was made. One owner.
 */

#pragma once

#include "nn/session/nn-frame.h"

G_BEGIN_DECLS

/* What a frame has to carry so that all expressions have a value. */
#define NN_CHECK_QUANTITIES                                                              \
  (NN_QUANTITY_BIT (NN_QUANTITY_GRADIENT) | NN_QUANTITY_BIT (NN_QUANTITY_SINCE_START) |  \
   NN_QUANTITY_BIT (NN_QUANTITY_SLOW))

typedef struct _NnCheck NnCheck;

NnCheck *nn_check_new (const char *text,
                       const char *const *kept,
                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
void nn_check_free (NnCheck *self);
gboolean nn_check_name_is_free (const char *name);
gboolean
nn_check_fits (const NnCheck *self, const NnArchitecture *architecture, GError **error);
double nn_check_evaluate (const NnCheck *self, const NnFrame *frame, GHashTable *kept);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnCheck, nn_check_free)

G_END_DECLS

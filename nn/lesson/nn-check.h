/* nn-check.h - conditions and numbers of a lesson
 *
 * SPDX-License-Identifier: MIT
 *
 * An expression over the present state of a run. Its value is one number; a condition is
 * 1 or 0. It is made of
 *
 *   step          steps taken
 *   loss          of the newest step's forward pass; after a nudge, of the present weights
 *   loss(400)     of the forward pass of step 400
 *   loss_before   of the weights just before the newest nudge
 *   loss_after    of the weights just after it, on the same examples
 *   change        the Euclidean norm of that nudge's change
 *   nudges        how many times nudges have changed weights
 *   failed        1 if the run has stopped because a step failed, for instance by a guard
 *   a name        a number that an earlier step of the lesson keeps
 *   [fc1.weight: max(abs(g))]
 *                 an expression of the nudge language that has one value for a parameter,
 *                 such as a statistic; w, w0, g and m are as in a nudge. For
 *                 several parameters (*.weight) it is the sum
 *
 * with numbers, + - * /, abs(x), min(x, y), max(x, y), comparisons, which chain, and, or,
 * not and parentheses, which bind as in Python.
 *
 * What does not exist, such as the loss of a future step, is NaN, and a comparison with
 * it is false. Immutable; one owner.
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

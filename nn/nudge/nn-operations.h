/* nn-operations.h - an update function as a list of operations, for another program
 *
 * SPDX-License-Identifier: MIT
 *
 * Postfix: an operation takes its values from a stack, the last one's on top, and leaves
 * one. Nothing is folded or reordered, and numbers are doubles as they were written, so that
 * what PyTorch makes of them is, to the bit, what it makes of the same expression in Python.
 *
 *   number                          the number itself
 *   w w0 m g before rank global_rank orthogonal i j shuffled fresh noise rand a n lr
 *                                   as in nn-expression.h
 *   negate abs sign sqrt exp log sin cos tanh sigmoid relu floor round not
 *                                   of one value
 *   add subtract multiply divide power minimum maximum clamp_min clamp_max and or normal
 *   uniform                         of two
 *   less less_equal greater greater_equal equal not_equal
 *                                   of two; if it keeps, the second one is left on top of
 *                                   the result, to be compared again
 *   choose clamp                    of three
 *   mean std norm amin amax sum prod median any all count
 *                                   of one: over all of the target, or over dim
 *   quantile                        the same of x and q
 *   set_w set_m                     of one, and leaves none: the end of a statement
 */

#pragma once

#include "nn/nudge/nn-expression.h"

G_BEGIN_DECLS

typedef struct {
  const char *name; /* static */
  double number;    /* of "number" */
  gboolean is_statistic;
  gboolean has_dim;
  int dim;         /* of a statistic, if it has one */
  gboolean biased; /* of "std": over n, not n - 1 */
  gboolean keeps;  /* of a comparison */
} NnListedOperation;

GArray *nn_operations_new (const NnExpression *expression) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

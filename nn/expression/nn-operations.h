/* nn-operations.h - an update function as postfix operations, to be executed by PyTorch
 *
 * SPDX-License-Identifier: MIT
 *
 * For nudges that are sent to a running PyTorch job. An operation pops its arguments from
 * a stack, the last one from the top, and pushes its result. Nothing is folded or
 * reordered, and numbers are the doubles that were written, so PyTorch gives the same
 * bits as for the same expression in Python.
 *
 *   number                          the number itself
 *   w w0 m g before rank global_rank orthogonal i j shuffled fresh noise rand a n lr
 *                                   as in nn-expression.h
 *   negate abs sign sqrt exp log sin cos tanh sigmoid relu floor round not
 *                                   of one value
 *   add subtract multiply divide power minimum maximum clamp_min clamp_max and or normal
 *   uniform                         of two
 *   less less_equal greater greater_equal equal not_equal
 *                                   of two; if keeps, the second one is pushed after the
 *                                   result, for the next comparison of a chain
 *   choose clamp                    of three
 *   mean std norm amin amax sum prod median any all count
 *                                   of one: over all of the target, or over dim
 *   quantile                        the same of x and q
 *   set_w set_m                     of one, pushes nothing: the end of a statement
 */

#pragma once

#include "nn/expression/nn-expression.h"

G_BEGIN_DECLS

typedef struct {
  const char *name; /* static */
  double number;    /* only of "number" */
  gboolean is_statistic;
  gboolean has_dim;
  int dim;         /* of a statistic, if it has one */
  gboolean biased; /* of "std": over n, not n - 1 */
  gboolean keeps;  /* of a comparison */
} NnListedOperation;

GArray *nn_operations_new (const NnExpression *expression) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

/* nn-check-node.h - an expression of a lesson, as a tree
 *
 * SPDX-License-Identifier: MIT
 *
 * Private to nn-check.c, which evaluates it, and nn-check-parser.c.
 */

#pragma once

#include "nn/expression/nn-expression.h"

G_BEGIN_DECLS

typedef enum {
  NN_CHECK_NUMBER,
  NN_CHECK_STEP,
  NN_CHECK_LOSS,
  NN_CHECK_LOSS_OF, /* of the step that its left operand gives */
  NN_CHECK_LOSS_BEFORE,
  NN_CHECK_LOSS_AFTER,
  NN_CHECK_CHANGE,
  NN_CHECK_NUDGES,
  NN_CHECK_FAILED,
  NN_CHECK_KEPT,
  NN_CHECK_PARAMETER,
  NN_CHECK_ADD,
  NN_CHECK_SUBTRACT,
  NN_CHECK_MULTIPLY,
  NN_CHECK_DIVIDE,
  NN_CHECK_ABS,
  NN_CHECK_MIN,
  NN_CHECK_MAX,
  NN_CHECK_LESS,
  NN_CHECK_AT_MOST,
  NN_CHECK_EQUAL,
  NN_CHECK_UNEQUAL,
  NN_CHECK_AND,
  NN_CHECK_OR,
  NN_CHECK_NOT,
} NnCheckOp;

typedef struct _NnCheckNode NnCheckNode;

struct _NnCheckNode {
  NnCheckOp op;
  double number;            /* NUMBER */
  char *name;               /* (owned) (nullable) KEPT; PARAMETER: a name or a pattern */
  NnExpression *expression; /* (owned) (nullable) PARAMETER */
  const NnCheckNode *left;  /* (nullable) */
  const NnCheckNode *right; /* (nullable) */
};

/* Whether @name is a number of the run: "loss", "step", … */
gboolean nn_check_node_find_name (const char *name, NnCheckOp *op);

const NnCheckNode *nn_check_parse (const char *text,
                                   const char *const *kept,
                                   GPtrArray *nodes,
                                   GError **error);

G_END_DECLS

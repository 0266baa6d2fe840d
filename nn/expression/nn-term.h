/* nn-term.h - the syntax tree of an expression, and its canonical text
 *
 * SPDX-License-Identifier: MIT
 *
 * Terms are owned by an NnTree, and may have several parents. For the parsers here and
 * in nn/nudge, and for nn/script, which writes terms in Python. Tested through
 * nn-expression.h.
 */

#pragma once

#include "nn/expression/nn-program.h"

G_BEGIN_DECLS

typedef enum {
  NN_TERM_NUMBER,    /* a literal */
  NN_TERM_VALUE,     /* a name, by its op */
  NN_TERM_OPERATION, /* an operator with one to three arguments, by its op */
  NN_TERM_CALL,      /* an operation that is written as a function */
  NN_TERM_COMPARISON,
  NN_TERM_AND,
  NN_TERM_OR,
  NN_TERM_NOT,
  NN_TERM_STATISTIC,
} NnTermKind;

typedef struct _NnTerm NnTerm;

struct _NnTerm {
  NnTermKind kind;
  NnOp op;
  const char *at;   /* its start in the text */
  const char *name; /* of a value, a function or a statistic; not owned */
  float number;
  double exact; /* the number before rounding to float32 */
  char *digits; /* (owned) (nullable) of a literal, as written */
  NnTerm **arguments;
  guint n_arguments;
  NnOp *relations;    /* (n_arguments - 1) of a comparison */
  int dim;            /* of a statistic: the dimension, or NN_DIM_NONE for all */
  gboolean biased;    /* std over n, not n - 1 */
  gboolean boolean;   /* its value is 1 or 0 */
  gboolean has_array; /* it depends on an array */
  gboolean draws;     /* it draws random numbers */
};

typedef struct {
  GPtrArray *terms; /* (owned) */
} NnTree;

/* "w = 0.5*w; w = w + 1" is two of these. */
typedef struct {
  char variable; /* 'w' or 'm' */
  NnTerm *value;
} NnStatement;

void nn_tree_init (NnTree *self);
void nn_tree_clear (NnTree *self);
NnTerm *nn_tree_add (NnTree *self,
                     NnTermKind kind,
                     NnOp op,
                     const char *at,
                     guint n,
                     NnTerm *const *from);
NnTerm *nn_tree_add_number (NnTree *self, const char *at, const char *digits);

char *nn_statements_dup_text (const NnStatement *statements, guint n);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NnTree, nn_tree_clear)

G_END_DECLS

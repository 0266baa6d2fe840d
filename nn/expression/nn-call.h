/* nn-call.h - binds the arguments of a function call to its parameters
 *
 * SPDX-License-Identifier: MIT
 *
 * By position or by name, as in Python. An NnCall (nn-words.h) is a function of the
 * language and an NnCalling one call of it in a text. Private to this folder, and tested
 * through nn-expression.h.
 */

#pragma once

#include "nn/expression/nn-fault.h"
#include "nn/expression/nn-term.h"
#include "nn/expression/nn-words.h"

G_BEGIN_DECLS

#define NN_CALL_ARGUMENTS 8

typedef enum {
  NN_ARGUMENT_ABSENT,
  NN_ARGUMENT_VALUE,
  NN_ARGUMENT_TRUE,
  NN_ARGUMENT_FALSE,
  NN_ARGUMENT_NONE,
  NN_ARGUMENT_SHAPE, /* w.shape */
} NnArgumentKind;

typedef struct {
  NnArgumentKind kind;
  char *name; /* (owned) (nullable) */
  const char *start;
  const char *end;
  NnTerm *term; /* of a value */
} NnArgument;

/* A call that is being parsed. */
typedef struct {
  const NnCall *call;
  const char *at;   /* its name in the text */
  gboolean is_text; /* the arguments are in the user's text, so messages may quote them */
  NnArgument given[NN_CALL_ARGUMENTS];
  guint n_given;
  NnArgument bound[NN_CALL_ARGUMENTS]; /* indexed by parameter; names are not owned */
  guint n_parameters;
} NnCalling;

void nn_calling_clear (NnCalling *self);
gboolean nn_calling_bind (NnCalling *self, NnFault *fault);
gboolean
nn_calling_fail (NnCalling *self, const char *at, const char *what, NnFault *fault);
guint nn_calling_find_parameter (const NnCalling *self, const char *name);
const NnArgument *nn_calling_get_argument (const NnCalling *self, const char *name);
gboolean nn_argument_read_integer (const NnArgument *argument, int *value);
char *nn_calling_dup_default (const NnCalling *self, guint parameter);
gboolean nn_calling_get_dim (const NnCalling *self, int *dim, NnFault *fault);

/* nn-call-meaning.c */
NnTerm *nn_calling_make (NnCalling *self, NnTree *tree, NnFault *fault);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NnCalling, nn_calling_clear)

G_END_DECLS

/* nn-script-python.h - Python expressions, and what is made of several
 *
 * SPDX-License-Identifier: MIT
 *
 * An expression is a text with properties of its value: whether it is a tensor, a truth
 * value, finite, of what sign. Operators and functions make another one of them: the
 * shortest text that computes in PyTorch what the engine computes, with parentheses where
 * Python needs them. Where Python would raise an exception (1/0) or compute in double, a
 * number becomes a tensor first.
 *
 * All texts belong to a scope, and live as long. A scope is a plain value with one owner.
 */

#pragma once

#include "nn/expression/nn-grammar.h"

G_BEGIN_DECLS

/* Owns the texts, and has what names of the nudge language stand for. */
typedef struct {
  const char *amount;  /* a */
  const char *step;    /* n */
  const char *rate;    /* lr */
  const char *fresh;   /* fresh */
  gsize least_size;    /* elements of the smallest part of the target: std needs two */
  const char *nonzero; /* (nullable) an expression that is not 0 inside an `if` on it */
  GPtrArray *texts;    /* (owned) (element-type utf8) */
} NnScriptScope;

/* How tightly a text binds in Python, the loosest first. */
typedef enum {
  NN_SCRIPT_CHOICE,
  NN_SCRIPT_OR,
  NN_SCRIPT_AND,
  NN_SCRIPT_NOT,
  NN_SCRIPT_COMPARISON,
  NN_SCRIPT_BITS_OR,
  NN_SCRIPT_BITS_AND,
  NN_SCRIPT_SUM,
  NN_SCRIPT_PRODUCT,
  NN_SCRIPT_SIGN,
  NN_SCRIPT_POWER,
  NN_SCRIPT_PRIMARY,
} NnScriptLevel;

typedef enum {
  NN_SCRIPT_ANY_SIGN,
  NN_SCRIPT_NOT_NEGATIVE,
  NN_SCRIPT_POSITIVE,
} NnScriptSign;

typedef struct {
  const char *text; /* the scope's */
  NnScriptLevel level;
  gboolean tensor; /* else a Python number */
  gboolean boolean;
  gboolean full;   /* of w's shape */
  gboolean finite; /* for any finite weights */
  NnScriptSign sign;
} NnScriptText;

void nn_script_scope_init (NnScriptScope *self);
void nn_script_scope_clear (NnScriptScope *self);
const char *
nn_script_scope_print (NnScriptScope *self, const char *format, ...) G_GNUC_PRINTF (2, 3);

const char *nn_script_bind (NnScriptScope *self, NnScriptText text, NnScriptLevel level);
NnScriptText nn_script_make_primary (NnScriptText like, const char *text);

NnScriptText nn_script_as_number (NnScriptScope *self, NnScriptText x);
NnScriptText nn_script_as_tensor (NnScriptScope *self, NnScriptText x);
NnScriptText nn_script_as_full (NnScriptScope *self, NnScriptText x);
NnScriptText nn_script_as_condition (NnScriptScope *self, NnScriptText x);

NnScriptText nn_script_join (NnScriptScope *self,
                             NnScriptText x,
                             const char *sign,
                             NnScriptText y,
                             NnScriptLevel level,
                             NnScriptLevel right);
NnScriptText
nn_script_calculate (NnScriptScope *self, NnOp op, NnScriptText x, NnScriptText y);
NnScriptText
nn_script_and_or (NnScriptScope *self, NnScriptText x, NnScriptText y, gboolean or);
NnScriptText nn_script_min_or_max (NnScriptScope *self,
                                   NnScriptText x,
                                   NnScriptText y,
                                   gboolean larger);
NnScriptText nn_script_clamp (NnScriptScope *self,
                              NnScriptText x,
                              NnScriptText low,
                              NnScriptText high);
NnScriptText nn_script_call (NnScriptScope *self, NnOp op, NnScriptText x);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NnScriptScope, nn_script_scope_clear)

G_END_DECLS

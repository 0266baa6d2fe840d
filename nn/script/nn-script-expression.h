/* nn-script-expression.h - an update function in PyTorch's words
 *
 * SPDX-License-Identifier: MIT
 *
 * Arrays and statistics are tensors there, and what has neither is a Python number. Truth
 * values are tensors of bool, and become numbers where they are computed with.
 *
 * A plain value: the caller fills in what names stand for, and clears it. The texts that it
 * gives live as long.
 */

#pragma once

#include "nn/nudge/nn-grammar.h"

G_BEGIN_DECLS

typedef struct {
  const char *amount; /* what a, n, lr and fresh are */
  const char *step;
  const char *rate;
  const char *fresh;
  gsize least_size;    /* elements of the smallest target: std needs two */
  const char *nonzero; /* (nullable) what a condition around has found not to be 0 */
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
  gboolean full;   /* it has a number for each element of the target */
  gboolean finite; /* for any weights that are */
  NnScriptSign sign;
} NnScriptText;

void nn_script_scope_init (NnScriptScope *self);
void nn_script_scope_clear (NnScriptScope *self);

const char *
nn_script_scope_print (NnScriptScope *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
NnScriptText nn_script_write_term (NnScriptScope *self, const NnTerm *term);
NnScriptText nn_script_write_value (NnScriptScope *self, const NnTerm *term);
NnScriptText nn_script_write_full (NnScriptScope *self, const NnTerm *term);
const char *nn_script_bind (NnScriptScope *self, NnScriptText text, NnScriptLevel level);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NnScriptScope, nn_script_scope_clear)

G_END_DECLS

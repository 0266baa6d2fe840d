/* nn-reader.h - what the files that read a nudge have in common
 *
 * SPDX-License-Identifier: MIT
 *
 * nn-reader-tail.c has what follows the function, nn-reader-function.c the function, and
 * nn-nudge-reader.c all of it. Private to them.
 */

#pragma once

#include "nn/nudge/nn-fault.h"
#include "nn/nudge/nn-grammar.h"
#include "nn/nudge/nn-nudge.h"
#include "nn/nudge/nn-time-reader.h"
#include "nn/nudge/nn-token.h"

G_BEGIN_DECLS

/* A nudge that is being read. */
typedef struct {
  NnNudge *nudge;
  NnTokens tokens;
  NnFault *fault;
  const NnFunctions *own; /* (nullable) */
  char *path; /* (owned) (nullable) the target's, which is w in the function */
  guint sign; /* before the function */
  NnToken sign_at;
  const char *condition;    /* (nullable) at the '[' of one */
  const NnFunction *named;  /* (nullable) by whose name the function is called */
  gboolean is_called;       /* it is, and not written out */
  const char *amount_at;    /* (nullable) where an amount is given … */
  const char *amount_start; /* … its digits … */
  const char *amount_end;   /* … up to here */
  double amount;
  const char *when_at;
  NnTime time;
  const char *memory_at;
  const char *else_at;
} NnReader;

const char *nn_reader_skip_back (const char *text, const char *at);
gboolean nn_reader_is_behind_function (const NnTokens *tokens);
gboolean nn_reader_is_at_amount (const NnTokens *tokens);
gboolean nn_reader_read_rest (NnReader *self);
NnExpression *nn_reader_read_function (NnReader *self, NnTerm *condition, NnBody *body);

G_END_DECLS

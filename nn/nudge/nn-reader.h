/* nn-reader.h - the state of the parser of nudges, for the files that implement it
 *
 * SPDX-License-Identifier: MIT
 *
 * nn-reader-function.c reads the function, nn-reader-tail.c what follows it (time,
 * amount, memory=, else=), and nn-nudge-reader.c the whole nudge. Private to them.
 */

#pragma once

#include "nn/expression/nn-fault.h"
#include "nn/expression/nn-grammar.h"
#include "nn/expression/nn-token.h"
#include "nn/nudge/nn-nudge.h"
#include "nn/nudge/nn-time-reader.h"

G_BEGIN_DECLS

/* A nudge that is being parsed. */
typedef struct {
  NnNudge *nudge;
  NnTokens tokens;
  NnFault *fault;
  const NnFunctions *own; /* (nullable) */
  char *path; /* (owned) (nullable) the target's path, which means w in the function */
  guint sign; /* between target and function: ':', '=', NN_SIGN_ADD_TO … */
  NnToken sign_at;
  const char *condition;    /* (nullable) the '[' of a condition */
  const NnFunction *named;  /* (nullable) the named function that the text has */
  gboolean is_called;       /* by its name, not by its symbol or expression */
  const char *amount_at;    /* (nullable) where an amount is given, with its key */
  const char *amount_start; /* its digits … */
  const char *amount_end;   /* … to here */
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

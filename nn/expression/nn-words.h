/* nn-words.h - the tables of names and functions of the expression language
 *
 * SPDX-License-Identifier: MIT
 *
 * Constant tables, from which the parser, messages, completion and `nudge list functions
 * --symbols` are made. Any thread.
 */

#pragma once

#include "nn/expression/nn-program.h"

G_BEGIN_DECLS

/* A name of a value: w, g, pi. */
typedef struct {
  const char *name;
  NnOp op;
  double number; /* of NN_OP_NUMBER */
  const char *sentence;
  const char *synonyms; /* (nullable) separated by spaces */
} NnWord;

/* A function or a statistic: a name with arguments in parentheses. */
typedef struct {
  const char *name; /* "np.std" if NumPy's differs */
  NnOp op;          /* not used if there is a meaning */
  /* The parameters, separated by spaces: "x|input min=". Alternative names follow a '|';
   * the first one is used in messages. One with '=' may be left out; its default, if it
   * has one, follows the '='. */
  const char *parameters;
  const char *meaning; /* (nullable) the expression that defines it, with $1, $2 … */
  const char *sentence;
  const char *synonyms; /* (nullable) separated by spaces */
  /* (nullable) the meaning if the last argument is left out; of a function without a
   * meaning, the meaning if it is given */
  const char *other_meaning;
  /* (nullable) the meaning if the last argument is a number of at least a half: of two that
   * are equal but for rounding, the one that is exact where it is 1 */
  const char *late_meaning;
} NnCall;

const NnWord *nn_words_get (gsize *n_words);
const NnWord *nn_words_find (const char *name);
const NnWord *nn_words_find_op (NnOp op);

const NnCall *nn_calls_get (gsize *n_calls);
const NnCall *nn_calls_find (const char *name, gboolean numpy);
gboolean nn_call_is_method (const NnCall *call);

gboolean nn_words_is_among (const char *list, const char *name);
char *nn_words_dup_nearest (const char *name, gboolean calls);
guint nn_words_get_distance (const char *one, const char *other);
guint nn_words_get_slip (const char *typed, const char *known);

G_END_DECLS

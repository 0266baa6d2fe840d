/* nn-words.h - the words of update functions: names, functions, synonyms, and hints
 *
 * SPDX-License-Identifier: MIT
 *
 * Constant tables. Reading, messages, completion and `nudge list functions --symbols` are
 * all made from them.
 */

#pragma once

#include "nn/nudge/nn-program.h"

G_BEGIN_DECLS

/* A name that stands for a value. */
typedef struct {
  const char *name;
  NnOp op;
  double number; /* of NN_OP_NUMBER */
  const char *sentence;
  const char *synonyms; /* (nullable) separated by spaces */
} NnWord;

/* A name with its arguments in parentheses behind it. */
typedef struct {
  const char *name; /* "np.std": of NumPy's */
  NnOp op;          /* a function's or a statistic's; if there is a meaning, not used */
  /* "x|input min=": their names, the first one by which it is told; those with = may be
   * left out, and what is behind it is meant then */
  const char *parameters;
  const char *meaning; /* (nullable) in the language itself, with $1 $2 … for them */
  const char *sentence;
  const char *synonyms; /* (nullable) separated by spaces */
  /* (nullable) the meaning without the last argument; of what has none, with it */
  const char *other_meaning;
} NnCall;

const NnWord *nn_words_get (gsize *n_words);
const NnWord *nn_words_find (const char *name);
const NnWord *nn_words_find_op (NnOp op);

const NnCall *nn_calls_get (gsize *n_calls);
const NnCall *nn_calls_find (const char *name, gboolean numpy);
const NnCall *nn_calls_find_op (NnOp op);
gboolean nn_call_is_method (const NnCall *call);

gboolean nn_words_is_among (const char *list, const char *name);
char *nn_words_dup_nearest (const char *name, gboolean calls);
guint nn_words_get_distance (const char *one, const char *other);

G_END_DECLS

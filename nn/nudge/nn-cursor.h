/* nn-cursor.h - which part of a nudge's text a cursor is in
 *
 * SPDX-License-Identifier: MIT
 *
 * Private to completion.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What is expected where the cursor is. */
typedef enum {
  NN_STAGE_TARGET,
  NN_STAGE_BEHIND_TARGET,
  NN_STAGE_FUNCTION, /* its beginning */
  NN_STAGE_OPERAND,
  NN_STAGE_OPERATOR,
  NN_STAGE_METHOD,
  NN_STAGE_BEHIND_FUNCTION,
  NN_STAGE_WHEN,
  NN_STAGE_AMOUNT,
  NN_STAGE_MEMORY,
  NN_STAGE_ELSE,
  NN_STAGE_NONE, /* a part of a target, or a number */
} NnStage;

typedef struct {
  NnStage stage;
  guint depth;         /* of brackets in a target, or of parentheses */
  guint n_words;       /* of the function so far */
  gboolean named;      /* its only word is a function's name */
  const char *when_at; /* where the time begins */
} NnCursor;

NnCursor nn_cursor_find (const char *head);

G_END_DECLS

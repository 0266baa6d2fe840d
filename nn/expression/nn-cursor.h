/* nn-cursor.h - finds the part of a nudge's text that the cursor is in
 *
 * SPDX-License-Identifier: MIT
 *
 * Private to completion.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What is expected at the cursor. */
typedef enum {
  NN_STAGE_TARGET,
  NN_STAGE_BEHIND_TARGET,
  NN_STAGE_FUNCTION, /* at its start */
  NN_STAGE_OPERAND,
  NN_STAGE_OPERATOR,
  NN_STAGE_METHOD,
  NN_STAGE_BEHIND_FUNCTION,
  NN_STAGE_WHEN,
  NN_STAGE_AMOUNT,
  NN_STAGE_MEMORY,
  NN_STAGE_ELSE,
  NN_STAGE_NONE, /* nothing to complete: in a target's brackets, or in a number */
} NnStage;

typedef struct {
  NnStage stage;
  guint depth;         /* of brackets in a target, or of parentheses */
  guint n_words;       /* words of the function so far */
  gboolean named;      /* its only word is a function's name */
  const char *when_at; /* the start of the time, in NN_STAGE_WHEN */
} NnCursor;

NnCursor nn_cursor_find (const char *head);

G_END_DECLS

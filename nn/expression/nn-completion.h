/* nn-completion.h - completions for a nudge's text, with a description of each
 *
 * SPDX-License-Identifier: MIT
 *
 * For an entry's popup while the user types. Only tokens before the cursor are looked at,
 * not the grammar, so that text may be incomplete, or wrong elsewhere. A list has one
 * owner and borrows nothing.
 */

#pragma once

#include "nn/expression/nn-functions.h"
#include "nn/model/nn-architecture.h"

G_BEGIN_DECLS

typedef struct {
  char *text;     /* (owned) replaces the text from start to the cursor */
  char *sentence; /* (owned) a description, translated */
} NnCompletion;

typedef struct {
  gsize start;         /* byte offset of the word that is being typed */
  GArray *completions; /* (owned) (element-type NnCompletion) in the order to show them */
} NnCompletionList;

NnCompletionList *
nn_completion_list_new (const char *text,
                        gsize cursor,
                        const NnArchitecture *architecture,
                        const NnFunctions *own) G_GNUC_WARN_UNUSED_RESULT;
NnCompletionList *
nn_completion_list_new_of_expression (const char *text,
                                      gsize cursor) G_GNUC_WARN_UNUSED_RESULT;
void nn_completion_list_free (NnCompletionList *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnCompletionList, nn_completion_list_free)

G_END_DECLS

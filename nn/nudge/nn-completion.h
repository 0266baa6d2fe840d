/* nn-completion.h - what can come next in a nudge's text, with a sentence for each
 *
 * SPDX-License-Identifier: MIT
 *
 * For an entry's list while a person types. It looks at words and signs alone, so that it
 * has something to say of text that is not finished, or wrong elsewhere. A list has one
 * owner, and borrows nothing.
 */

#pragma once

#include "nn/model/nn-architecture.h"
#include "nn/nudge/nn-functions.h"

G_BEGIN_DECLS

typedef struct {
  char *text;     /* (owned) what is typed in place of what was begun */
  char *sentence; /* (owned) what it is */
} NnCompletion;

typedef struct {
  gsize start;         /* the byte at which what was begun begins */
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

/* nn-lesson-text.h - the numbers in the texts of a lesson
 *
 * SPDX-License-Identifier: MIT
 *
 * Expressions (nn-check.h) in braces are replaced by numbers: "The loss is {loss} now".
 */

#pragma once

#include "nn/session/nn-frame.h"

G_BEGIN_DECLS

/* Appends @number in the form that people read. */
typedef void (*NnLessonFormat) (GString *text, double number);

gboolean nn_lesson_text_check (const char *text,
                               const char *const *kept,
                               const NnArchitecture *architecture,
                               GError **error);
char *nn_lesson_text_dup (const char *text,
                          const NnFrame *frame,
                          GHashTable *kept,
                          NnLessonFormat format) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

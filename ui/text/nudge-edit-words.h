/* nudge-edit-words.h - an edit of the experiment, or another event, in words
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include <glib.h>

#include "nn/experiment/nn-event.h"

G_BEGIN_DECLS

const char *nudge_words_for_event_kind (NnEventKind kind);
char *nudge_words_for_event (const NnEvent *event);
char *nudge_words_for_edit (const NnEdit *edit, const NnEdit *before);

G_END_DECLS

/* nudge-edit-words.h - an edit of the experiment, in words
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include <glib.h>

#include "nn/experiment/nn-edit.h"

G_BEGIN_DECLS

char *nudge_words_for_edit (const NnEdit *edit, const NnEdit *before);

G_END_DECLS

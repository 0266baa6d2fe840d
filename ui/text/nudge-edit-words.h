/* nudge-edit-words.h - what an edit of the experiment made it
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include <glib.h>

#include "nn/experiment/nn-edit.h"

G_BEGIN_DECLS

char *nudge_words_for_edit (const NnEdit *edit);

G_END_DECLS

/* nudge-when-words.h - when a nudge is applied, in words
 *
 * SPDX-License-Identifier: MIT
 *
 * All results are new strings.
 */

#pragma once

#include "nn/nudge/nn-nudge.h"

G_BEGIN_DECLS

char *nudge_words_for_rhythm (const NnNudge *nudge);
char *nudge_words_for_choice (const NnTime *time);

G_END_DECLS

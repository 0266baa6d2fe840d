/* nudge-nudge-words.h - a nudge, as people write it
 *
 * SPDX-License-Identifier: MIT
 *
 * From the shortest to the longest, for one that grows fc2.weight by 0.1 %:
 *
 *   for_function           "w + a·w, a = 0.001"
 *   for_nudge_in_a_row     "fc2.weight: w + 0.001·w", long names of layers shortened
 *   for_nudge_briefly      "fc2.weight: w + 0.001·w"
 *   for_nudge              "fc2.weight: w + a·w, a = 0.001"
 *
 * When it is applied is in nudge-when-words.h. All results are new strings.
 */

#pragma once

#include "nn/nudge/nn-nudge.h"

G_BEGIN_DECLS

char *nudge_words_for_function (const NnNudge *nudge);
char *nudge_words_for_nudge (const NnNudge *nudge);
char *nudge_words_for_nudge_briefly (const NnNudge *nudge);
char *nudge_words_for_nudge_in_a_row (const NnNudge *nudge);

G_END_DECLS

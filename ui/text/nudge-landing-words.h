/* nudge-landing-words.h - when a nudge was applied, and what that did
 *
 * SPDX-License-Identifier: MIT
 *
 * Parts of a sentence for a narrow row, such as the log's (for_place, for_difference,
 * for_change, for_counts), and whole sentences for a status line (for_landing,
 * for_refusal, for_undone, for_standing). All results are new strings; where one may be
 * NULL, its definition says when.
 */

#pragma once

#include "nn/session/nn-frame.h"

G_BEGIN_DECLS

char *nudge_words_for_place (const NnLanding *landing);
char *nudge_words_for_change (const NnLanding *landing);
char *nudge_words_for_difference (const NnLanding *landing);
char *nudge_words_for_jump (const NnLanding *landing);
char *nudge_words_for_counts (const NnLanding *landing);

char *nudge_words_for_landing (const NnLanding *landing);
char *nudge_words_for_refusal (const NnLanding *landing);
char *nudge_words_for_undone (const NnLanding *landing);
char *nudge_words_for_standing (const NnFrame *frame);

gboolean nudge_words_lands_within_step (const NnLanding *landing);

G_END_DECLS

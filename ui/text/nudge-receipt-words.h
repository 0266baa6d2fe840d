/* nudge-receipt-words.h - the receipt of a job's nudge, in words
 *
 * SPDX-License-Identifier: MIT
 *
 * All results are new strings; NULL if there is no receipt.
 */

#pragma once

#include "nn/run/nn-landing.h"

G_BEGIN_DECLS

char *nudge_words_for_receipt (const NnLanding *landing);
char *nudge_words_for_whole_receipt (const NnLanding *landing);
char *nudge_words_for_taking_back (const NnLanding *landing);

G_END_DECLS

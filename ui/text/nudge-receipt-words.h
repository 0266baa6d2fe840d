/* nudge-receipt-words.h - what a nudge of a job really did, in words
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include "nn/run/nn-landing.h"

G_BEGIN_DECLS

char *nudge_words_for_receipt (const NnLanding *landing);
char *nudge_words_for_whole_receipt (const NnLanding *landing);
char *nudge_words_for_taking_back (const NnLanding *landing);

G_END_DECLS

/* nudge-phase-words.h - a sentence for each phase of a step, with its numbers
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include "ui/text/nudge-step-facts.h"

G_BEGIN_DECLS

char *nudge_words_for_phase (const NnFrame *frame, NudgePhase phase);
char *nudge_words_for_move (const NudgeChange *change);

G_END_DECLS

/* nudge-words.h - numbers and states of a run, in words
 *
 * SPDX-License-Identifier: MIT
 *
 * Sentences about one nudge are in nudge-nudge-words.h and nudge-landing-words.h. All
 * results are new strings.
 */

#pragma once

#include "nn/session/nn-frame.h"

G_BEGIN_DECLS

char *nudge_words_for_step (guint64 step);
char *nudge_words_for_loss (double loss);
char *nudge_words_for_loss_change (double change);
char *nudge_words_for_rate (double steps_per_second);
char *nudge_words_for_share (double share) G_GNUC_WARN_UNUSED_RESULT;
char *nudge_words_for_accuracy (double share) G_GNUC_WARN_UNUSED_RESULT;
char *nudge_words_for_whole (const NnScore *score) G_GNUC_WARN_UNUSED_RESULT;

char *nudge_words_for_ghost_loss (const NnFrame *frame);
char *nudge_words_for_ghost (const NnFrame *frame);
char *nudge_words_for_coming (const NnFrame *frame);
char *nudge_words_for_kept (gsize n);
char *nudge_words_for_failure (const NnFrame *frame);

G_END_DECLS

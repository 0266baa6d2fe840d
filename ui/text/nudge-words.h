/* nudge-words.h - what window and figure say about a run
 *
 * SPDX-License-Identifier: MIT
 *
 * Sentences and numbers for people, made of the engine's values. Knows no
 * widget. All results are new strings.
 */

#pragma once

#include <glib.h>

#include "nn/session/nn-frame.h"

G_BEGIN_DECLS

char *nudge_words_for_function (const NnNudge *nudge);
char *nudge_words_for_nudge (const NnNudge *nudge);
char *nudge_words_for_nudge_briefly (const NnNudge *nudge);
char *nudge_words_for_nudge_in_a_row (const NnNudge *nudge);
char *nudge_words_for_place (const NnLanding *landing);
char *nudge_words_for_change (const NnLanding *landing);
char *nudge_words_for_failure (const NnFrame *frame);
char *nudge_words_for_jump (const NnLanding *landing);
char *nudge_words_for_difference (const NnLanding *landing);
char *nudge_words_for_share (double share) G_GNUC_WARN_UNUSED_RESULT;
char *nudge_words_for_whole (const NnScore *score) G_GNUC_WARN_UNUSED_RESULT;
char *nudge_words_for_accuracy (double share) G_GNUC_WARN_UNUSED_RESULT;
char *nudge_words_for_loss_change (double change);
char *nudge_words_for_ghost (const NnFrame *frame);
char *nudge_words_for_landing (const NnLanding *landing);
char *nudge_words_for_refusal (const NnLanding *landing);
char *nudge_words_for_counts (const NnLanding *landing);
char *nudge_words_for_undone (const NnLanding *landing);
char *nudge_words_for_standing (const NnFrame *frame);
char *nudge_words_for_coming (const NnFrame *frame);
gboolean nudge_words_lands_within_step (const NnLanding *landing);
char *nudge_words_for_step (guint64 step);
char *nudge_words_for_loss (double loss);
char *nudge_words_for_rate (double steps_per_second);

G_END_DECLS

/* nudge-news.h - the sentence for the status line: what has just been done to the run
 *
 * SPDX-License-Identifier: MIT
 *
 * What the user did last comes first, for as long as it takes to read; then what repeats.
 * A plain value with one owner, which hands in every frame.
 */

#pragma once

#include "nn/session/nn-frame.h"

G_BEGIN_DECLS

typedef struct {
  char *undone;       /* (owned) (nullable) said until something else is done */
  char *scored;       /* (owned) (nullable) what all examples came to … */
  gint64 scored_us;   /* … since when it can be read */
  gint64 landed_us;   /* when the newest manual nudge landed, or was refused */
  gboolean is_manual; /* one has, in the newest frame */
  GPtrArray *refused; /* (owned) (element-type char*) news of the newest frame */
  GPtrArray *landed;  /* (owned) (element-type NnNudge) manual ones that are new in it */
} NudgeNews;

void nudge_news_init (NudgeNews *self);
void nudge_news_clear (NudgeNews *self);
void nudge_news_follow (NudgeNews *self,
                        const NnFrame *frame,
                        const NnFrame *previous,
                        gboolean travelled);
char *nudge_news_dup_sentence (const NudgeNews *self, const NnFrame *frame);

G_END_DECLS

/* nudge-news.c - the sentence for the status line: what has just been done to the run
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/document/nudge-news.h"

#include "ui/draw/base/nudge-frame.h"
#include "ui/text/nudge-landing-words.h"
#include "ui/text/nudge-words.h"

/* What the user has done stays readable this long before repeating nudges are named. */
#define READ_US (6 * G_USEC_PER_SEC)

void
nudge_news_init (NudgeNews *self)
{
  *self = (NudgeNews){
    .refused = g_ptr_array_new_with_free_func (g_free),
    .landed = g_ptr_array_new_with_free_func ((GDestroyNotify) nn_nudge_unref),
  };
}

void
nudge_news_clear (NudgeNews *self)
{
  g_clear_pointer (&self->undone, g_free);
  g_clear_pointer (&self->scored, g_free);
  g_clear_pointer (&self->refused, g_ptr_array_unref);
  g_clear_pointer (&self->landed, g_ptr_array_unref);
}

/* Every application has a nudge of its own, so the nudge is its landing's identity. */
static void
follow_landings (NudgeNews *self, const NnFrame *frame, const NnFrame *previous)
{
  for (gsize i = 0; i < frame->n_landings; i++) {
    const NnLanding *landing = &frame->landings[i];
    const NnLanding *before = nudge_frame_find_landing (previous, landing->nudge);

    /* A nudge that is refused again is only counted in the log. */
    if (landing->n_refused > 0 && !(before && before->n_refused > 0))
      g_ptr_array_add (self->refused, nudge_words_for_refusal (landing));
    if (landing->standing || before)
      continue;
    self->is_manual = TRUE;
    self->landed_us = g_get_monotonic_time ();
    if (!landing->refusal)
      g_ptr_array_add (self->landed, nn_nudge_ref (landing->nudge));
  }
}

/* The newest manual nudge that @previous has and @frame has not. */
static const NnLanding *
find_undone (const NnFrame *frame, const NnFrame *previous)
{
  for (gsize i = previous->n_landings; i > 0; i--) {
    const NnLanding *landing = &previous->landings[i - 1];

    if (!landing->standing && !nudge_frame_find_landing (frame, landing->nudge))
      return landing;
  }
  return NULL;
}

/* The run went back: if one nudge was undone by that, the sentence names it. */
static void
follow_undo (NudgeNews *self, const NnFrame *frame, const NnFrame *previous)
{
  const NnLanding *landing;

  g_clear_pointer (&self->undone, g_free);
  if (!previous || !frame->can_redo || frame->n_landings >= previous->n_landings)
    return;
  landing = find_undone (frame, previous);
  if (landing && frame->step == landing->first)
    self->undone = nudge_words_for_undone (landing);
}

/* It stays until something else lands, or the run has gone on for a while. */
static void
follow_score (NudgeNews *self, const NnFrame *frame, const NnFrame *previous)
{
  const gsize n = frame->n_scores[NN_SCORE_WHOLE];
  const gsize n_before = previous ? previous->n_scores[NN_SCORE_WHOLE] : 0;

  if (n > n_before) {
    const NnScore *newest = &frame->scores[NN_SCORE_WHOLE][n - 1];

    g_free (self->scored);
    self->scored = nudge_words_for_whole (newest);
    self->scored_us = g_get_monotonic_time ();
  } else if (!previous || n < n_before || self->landed->len > 0 ||
             self->refused->len > 0 ||
             (self->scored && frame->step != previous->step &&
              g_get_monotonic_time () - self->scored_us > READ_US)) {
    g_clear_pointer (&self->scored, g_free);
  }
}

/**
 * nudge_news_follow:
 * @previous: (nullable): the frame before @frame
 * @travelled: whether the run went back or forth between them: what lands on the way has
 *   landed before
 */
void
nudge_news_follow (NudgeNews *self,
                   const NnFrame *frame,
                   const NnFrame *previous,
                   gboolean travelled)
{
  gboolean stays = previous && frame->n_landings == previous->n_landings &&
                   frame->step == previous->step;

  self->is_manual = FALSE;
  g_ptr_array_set_size (self->refused, 0);
  g_ptr_array_set_size (self->landed, 0);
  if (!travelled)
    follow_landings (self, frame, previous);
  if (!stays)
    follow_undo (self, frame, previous);
  follow_score (self, frame, previous);
}

/**
 * nudge_news_dup_sentence:
 *
 * Returns: (transfer full): empty where there is nothing to say
 */
char *
nudge_news_dup_sentence (const NudgeNews *self, const NnFrame *frame)
{
  gboolean is_read = g_get_monotonic_time () - self->landed_us > READ_US;
  const NnLanding *manual = NULL;
  char *sentence = NULL;

  if (self->scored)
    return g_strdup (self->scored);
  if (self->undone)
    return g_strdup (self->undone);
  for (gsize i = frame->n_landings; i > 0 && !manual; i--)
    if (!frame->landings[i - 1].standing)
      manual = &frame->landings[i - 1];
  if (!manual || is_read)
    sentence = nudge_words_for_standing (frame);
  if (!sentence && manual)
    sentence = nudge_words_for_landing (manual);
  if (!sentence)
    sentence = nudge_words_for_coming (frame);
  return sentence ? sentence : g_strdup ("");
}

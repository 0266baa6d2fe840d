/* nudge-document-frames.c - what commands to the session and its frames mean to a document
 *
 * SPDX-License-Identifier: MIT
 */

#include <glib/gi18n.h>

#include "app/document/nudge-document-private.h"
#include "ui/text/nudge-setting-words.h"
#include "ui/text/nudge-words.h"

/* "pending" is for a wait of at least this. */
#define PENDING_MS 200

/* --- What came of it --------------------------------------------------------------- */

static void
set_flag (NudgeDocument *self, gboolean *flag, gboolean value, NudgeDocumentProp prop)
{
  if (*flag == value)
    return;
  *flag = value;
  nudge_document_notify (self, prop);
}

static void
commanded_cb (NudgeDocument *self)
{
  set_flag (self, &self->expecting, TRUE, NUDGE_DOCUMENT_PROP_EXPECTING);
}

static gboolean
pending_cb (gpointer data)
{
  NudgeDocument *self = data;

  self->pending_timer = 0;
  set_flag (self, &self->pending, TRUE, NUDGE_DOCUMENT_PROP_PENDING);
  return G_SOURCE_REMOVE;
}

static void
did_cb (NudgeDocument *self, int kind)
{
  if (kind < 0 && self->saved.revision == 0)
    return; /* if there were actions in the run, its log says what has changed */
  self->saved.revision++;
  if (!nudge_session_can (self->session, NN_CAN_SAVE))
    self->saved.in_file_to =
        self->saved.revision; /* the job's state is not ours to save */
  nudge_document_notify (self, NUDGE_DOCUMENT_PROP_UNSAVED);
  if (kind != NN_EVENT_NUDGE)
    return;
  self->pending_until = nudge_session_get_n_commands (self->session);
  g_clear_handle_id (&self->pending_timer, g_source_remove);
  self->pending_timer = g_timeout_add (PENDING_MS, pending_cb, self);
}

static void
follow_frame (NudgeDocument *self, const NnFrame *frame, const NnFrame *previous)
{
  if (frame->n_commands >= self->pending_until) {
    g_clear_handle_id (&self->pending_timer, g_source_remove);
    set_flag (self, &self->pending, FALSE, NUDGE_DOCUMENT_PROP_PENDING);
  }
  if (nudge_session_is_up_to_date (self->session) && self->guard != frame->guard) {
    self->guard = frame->guard;
    nudge_document_notify (self, NUDGE_DOCUMENT_PROP_GUARD);
  }
  if (!previous || g_strcmp0 (previous->failure, frame->failure) != 0) {
    g_free (self->failure);
    self->failure =
        frame->failure && !frame->ended ? nudge_words_for_failure (frame) : NULL;
    nudge_document_notify (self, NUDGE_DOCUMENT_PROP_FAILURE);
  }
}

/* An edit that does not fit is refused; one that could not keep all weights has a note,
 * which was said when it was made: the run may come back to it. */
static void
say_of_edit (NudgeDocument *self, const NnFrame *frame, const NnFrame *previous)
{
  if (frame->refusal && g_strcmp0 (frame->refusal, previous ? previous->refusal : NULL)) {
    g_autofree char *wrong = nudge_words_for_wrong_setting (frame->refusal);
    g_autofree char *text = g_strdup_printf (_ ("Refused: %s"), wrong);

    nudge_document_say (self, text);
  }
  if (frame->note && !nudge_session_has_travelled (self->session) &&
      g_strcmp0 (frame->note, previous ? previous->note : NULL))
    nudge_document_say (self, frame->note);
}

static void
follow_log (NudgeDocument *self, const NnFrame *frame)
{
  if (nudge_session_can (self->session, NN_CAN_SAVE) &&
      nudge_saved_follow_log (&self->saved, frame->log_for_file,
                              nudge_session_is_up_to_date (self->session)))
    nudge_document_notify (self, NUDGE_DOCUMENT_PROP_UNSAVED);
}

/* What was to come is in no list any more. */
static void
say_of_kept (NudgeDocument *self, const NnFrame *frame, const NnFrame *previous)
{
  g_autofree char *text = NULL;

  self->saved.n_left_out = MIN (self->saved.n_left_out, frame->n_kept + frame->n_unfit);
  if (previous == NULL || frame->n_kept <= previous->n_kept ||
      nudge_session_has_travelled (self->session))
    return;
  text = nudge_words_for_kept (frame->n_kept - previous->n_kept);
  nudge_document_say (self, text);
}

static void
say_news (NudgeDocument *self)
{
  for (guint i = 0; i < self->news.refused->len; i++) {
    g_autofree char *text =
        g_strdup_printf (_ ("Refused: %s"), (char *) self->news.refused->pdata[i]);

    nudge_document_say (self, text);
  }
  for (guint i = 0; i < self->news.landed->len; i++)
    nudge_document_emit (self, NUDGE_DOCUMENT_LANDED, self->news.landed->pdata[i]);
}

static void
frame_cb (NudgeDocument *self, const NnFrame *previous)
{
  const NnFrame *frame = nudge_session_get_frame (self->session);

  nudge_news_follow (&self->news, frame, previous,
                     nudge_session_has_travelled (self->session));
  nudge_walk_follow (self->walk, nudge_session_get_frame (self->session));
  nudge_cards_set_frame (self->cards, frame);
  follow_frame (self, frame, previous);
  follow_log (self, frame);
  nudge_pace_make_stale (&self->pace, self->news.is_manual || !frame->running);
  nudge_document_emit (self, NUDGE_DOCUMENT_FRAME, NULL);
  say_of_edit (self, frame, previous);
  say_of_kept (self, frame, previous);
  say_news (self);
}

/* The sentence that is shown is the phase's. */
static void
phase_cb (NudgeDocument *self)
{
  nudge_pace_make_stale (&self->pace, TRUE);
  set_flag (self, &self->expecting, TRUE, NUDGE_DOCUMENT_PROP_EXPECTING);
}

/* --- For those who show it --------------------------------------------------------- */

/**
 * nudge_document_take_frame:
 *
 * Takes the newest frame from the session, if one has come since, and emits "frame". Not
 * while a step is walked: the frame that is shown has to stay then.
 *
 * Returns: whether there was a newer frame
 */
gboolean
nudge_document_take_frame (NudgeDocument *self)
{
  g_return_val_if_fail (NUDGE_IS_DOCUMENT (self), FALSE);

  return !nudge_walk_holds (self->walk) && nudge_session_take_frame (self->session);
}

/**
 * nudge_document_update_words:
 *
 * Emits "words" if they are due, and ends "expecting" once nothing more is to come.
 */
void
nudge_document_update_words (NudgeDocument *self)
{
  const NnFrame *frame;

  g_return_if_fail (NUDGE_IS_DOCUMENT (self));

  frame = nudge_session_get_frame (self->session);
  if (nudge_pace_take (&self->pace, g_get_monotonic_time ())) {
    nudge_lists_follow (self->lists);
    nudge_document_emit (self, NUDGE_DOCUMENT_WORDS, NULL);
  }
  if (!self->pace.stale && nudge_session_is_up_to_date (self->session) &&
      !frame->running && !frame->unfinished)
    set_flag (self, &self->expecting, FALSE, NUDGE_DOCUMENT_PROP_EXPECTING);
}

/**
 * nudge_document_hold_words:
 * @until_us: of g_get_monotonic_time ()
 *
 * "words" is not emitted before that: what is said now is to be read first.
 */
void
nudge_document_hold_words (NudgeDocument *self, gint64 until_us)
{
  g_return_if_fail (NUDGE_IS_DOCUMENT (self));

  self->pace.hold_until_us = until_us;
}

/* Returns: (transfer full): a sentence for a status line: of the phase that is walked, else
 *   of what the user has just done, else of what repeats; "" if there is none of these */
char *
nudge_document_dup_sentence (NudgeDocument *self)
{
  const NnFrame *frame = nudge_document_get_frame (self);
  char *phase = nudge_walk_dup_sentence (self->walk);

  if (phase)
    return phase;
  return frame ? nudge_news_dup_sentence (&self->news, frame) : g_strdup ("");
}

/* Listens to the session and the walk, until @self ends. */
void
nudge_document_follow (NudgeDocument *self)
{
  g_signal_connect_object (self->session, "commanded", G_CALLBACK (commanded_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "did", G_CALLBACK (did_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "frame", G_CALLBACK (frame_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->walk, "notify::phase", G_CALLBACK (phase_cb), self,
                           G_CONNECT_SWAPPED);
}

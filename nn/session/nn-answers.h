/* nn-answers.h - the questions that a session was asked, and their newest answers
 *
 * SPDX-License-Identifier: MIT
 *
 * One question for each key, answered by a sweep (nn/whatif/nn-sweep.h), and one preview.
 * Each is answered again as the run goes on, until it is removed. A round answers them
 * all for one state: it tries one amount after the other on a copy of that state, and the
 * run may go on in between. While it is running, this takes a bounded part of its time.
 *
 * It belongs to one trainer, is used on its thread, and is freed before it.
 */

#pragma once

#include "nn/run/nn-trainer.h"
#include "nn/session/nn-frame.h"

G_BEGIN_DECLS

typedef struct _NnAnswers NnAnswers;

NnAnswers *nn_answers_new (NnTrainer *trainer) G_GNUC_WARN_UNUSED_RESULT;
void nn_answers_free (NnAnswers *self);

void nn_answers_ask (NnAnswers *self, guint key, const NnQuestion *question);
void nn_answers_set_preview (NnAnswers *self, NnNudge *nudge);

gboolean nn_answers_are_missing (const NnAnswers *self, guint64 revision);
gboolean nn_answers_work (NnAnswers *self, guint64 revision, gboolean running);
void nn_answers_write (NnAnswers *self, NnFrame *frame);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnAnswers, nn_answers_free)

G_END_DECLS

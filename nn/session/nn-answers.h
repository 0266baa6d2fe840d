/* nn-answers.h - what a session was asked, and what it has to say to that
 *
 * SPDX-License-Identifier: MIT
 *
 * Questions stand until they are taken back, and are answered anew as the run goes on:
 * at most one question and its sweep for each key, and one preview. A round answers all
 * questions of one state, amount by amount, in as many pieces as it takes, while the
 * run may go on. Keeps the time that this takes from a running run within bounds.
 *
 * Belongs to one trainer, on the trainer's thread, and goes before it does.
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

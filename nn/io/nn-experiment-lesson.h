/* nn-experiment-lesson.h - the key "lesson" of a .nudge file
 *
 * SPDX-License-Identifier: MIT
 *
 *   { "steps": [
 *       { "say": "Press Run.", "point": "Run", "wait": { "step": 100 } },
 *       { "ask": "What will the loss do?",
 *         "choices": [ { "say": "Fall", "if": "loss < loss_before" }, … ] },
 *       { "ask": "What will it be?", "number": "loss" },
 *       { "ask": "Draw it.", "mark": { "step": 200 } },
 *       { "say": "Half of them.", "do": { "nudge": "fc2.weight: prune a=0.5" },
 *         "keep": { "jump": "loss_after" }, "check": "loss > 10*loss(100)" },
 *       { "reveal": "It is {loss}." } ],
 *     "learner": { "at": 5, "step": 100, "answers": [ 0, null, 0.5 ], "kept": { … } } }
 *
 * What "do" does and "wait" waits for is one of { "step": N }, { "loss": X }, { "nudge":
 * TEXT }, { "stand": TEXT }, { "guard": NAME }, { "edit": { … } }, { "undo": true } and {
 * "reset": true }. "answers" are those of the steps that ask, in their order.
 *
 * Private to the reader and the writer of experiment files.
 */

#pragma once

#include "nn/experiment/nn-experiment.h"
#include "nn/io/nn-experiment-log.h"

G_BEGIN_DECLS

NnLesson *nn_experiment_read_lesson (const NnArchitecture *architecture,
                                     NnReadEdit read_edit,
                                     gconstpointer data,
                                     const NnJson *lesson,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* @append_edit: appends an edit's keys, each after ", " */
void nn_experiment_append_lesson (GString *text,
                                  const NnLesson *self,
                                  void (*append_edit) (GString *text,
                                                       const NnEdit *edit,
                                                       const char *folder),
                                  const char *folder);

G_END_DECLS

/* nn-script-batches.h - the mini-batches of a run, in PyTorch's words
 *
 * SPDX-License-Identifier: MIT
 *
 * The program has the rows of the rest of the epoch in the list `waiting`. All texts are
 * the caller's to free.
 */

#pragma once

#include "nn/experiment/nn-change.h"

G_BEGIN_DECLS

void nn_script_append_batch_settings (GString *text, const NnExperiment *experiment);
void nn_script_append_new_batches (GString *text, const NnChange *change);
char *nn_script_write_epoch (const NnExperiment *experiment) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

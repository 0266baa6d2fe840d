/* nn-job-losses.h - the losses that a job sends, as a history
 *
 * SPDX-License-Identifier: MIT
 *
 * A message of the job has the losses since the previous message. The history needs
 * a loss for each step: where one is not sent, or is not finite, the previous loss
 * is repeated.
 */

#pragma once

#include "nn/attach/nn-wire.h"
#include "nn/run/nn-history.h"

G_BEGIN_DECLS

void nn_job_losses_add (NnHistory *history, const NnMessage *frame);
double nn_job_losses_read (const json_t *number);

G_END_DECLS

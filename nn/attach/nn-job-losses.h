/* nn-job-losses.h - the losses that a job tells, as a history
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include "nn/attach/nn-wire.h"
#include "nn/run/nn-history.h"

G_BEGIN_DECLS

void nn_job_losses_add (NnHistory *history, const NnMessage *frame);
double nn_job_losses_read (const json_t *number);

G_END_DECLS

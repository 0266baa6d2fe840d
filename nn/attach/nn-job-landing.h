/* nn-job-landing.h - a landing, from the reply of a job
 *
 * SPDX-License-Identifier: MIT
 *
 * nudge-attach(7) describes the keys of the JSON.
 */

#pragma once

#include "nn/attach/nn-wire.h"
#include "nn/run/nn-landing.h"

G_BEGIN_DECLS

void nn_job_landing_init (NnLanding *self, NnNudge *nudge, guint64 step);
void nn_job_landing_read (NnLanding *self, const NnMessage *reply);

G_END_DECLS

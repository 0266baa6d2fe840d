/* nudge-attach-state.h - what there is in a job, as text
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include "nn/attach/nn-job.h"

G_BEGIN_DECLS

void nudge_attach_print_state (const NnMessage *description, const GArray *tensors);

G_END_DECLS

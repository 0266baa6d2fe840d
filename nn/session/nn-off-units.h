/* nn-off-units.h - which ReLU units are off for every example
 *
 * SPDX-License-Identifier: MIT
 *
 * Asked only where the probes have found some that are off there, and where it does not
 * cost much.
 */

#pragma once

#include "nn/session/nn-frame.h"

G_BEGIN_DECLS

void nn_frame_find_off_units (NnFrame *self, NnTrainer *trainer, gboolean running);

G_END_DECLS

/* nn-off-units.h - which ReLU units are off for every example
 *
 * SPDX-License-Identifier: MIT
 *
 * "Dead" ReLU units: 0 for every training example. Looked for only where a unit is 0 for
 * every probe, and where a forward pass of all examples is cheap.
 */

#pragma once

#include "nn/session/nn-frame.h"

G_BEGIN_DECLS

void nn_frame_find_off_units (NnFrame *self, NnTrainer *trainer, gboolean running);

G_END_DECLS

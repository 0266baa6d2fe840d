/* busy-settings.h - settings of the optimizers, for tests that go through all of them
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include "nn/optim/nn-optimizer.h"

/* Settings under which a type uses all the state it can. */
static inline NnOptimizerSettings
busy_settings (NnOptimizerType type)
{
  NnOptimizerSettings settings = nn_optimizer_get_default (type);

  settings.weight_decay = 0.1;
  settings.momentum = 0.9;
  settings.nesterov = TRUE;
  settings.centered = TRUE;
  settings.lr_decay = 0.01;
  settings.initial_accumulator_value = 0.1;
  return settings;
}

/* settings.h - settings of any kind, for tests that go through all of them
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include <string.h>

#include "nn/base/nn-setting.h"

static inline const NnSetting *
settings_find (const NnSettings *self, const char *key)
{
  for (gsize i = 0; i < self->n_rows; i++)
    if (strcmp (self->rows[i].key, key) == 0)
      return &self->rows[i];
  return NULL;
}

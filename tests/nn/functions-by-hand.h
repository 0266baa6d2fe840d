/* functions-by-hand.h - what some update functions make of three weights
 *
 * SPDX-License-Identifier: MIT
 *
 * For functions that tests/golden does not have from PyTorch. The one of flip, which it
 * has, shows the way.
 */

#pragma once

#include <string.h>

static const struct {
  const char *name;
  float amount;
  float w[3];
  float expected[3];
} functions_by_hand[] = {
  { "flip", 0, { 1, -2, 0.5f }, { -1, 2, -0.5f } },
};

static inline gboolean
functions_by_hand_have (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (functions_by_hand); i++)
    if (strcmp (functions_by_hand[i].name, name) == 0)
      return TRUE;
  return FALSE;
}

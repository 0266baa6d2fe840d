/* nudge-strongest.c - the innermost loops over all weights: which is the strongest
 *
 * SPDX-License-Identifier: MIT
 *
 * Compiled once for each instruction set, with vectors where the compiler finds them: on
 * bits, as only numbers may be added in any order, but not floats.
 */

#include "ui/draw/base/nudge-strongest.h"

/* Values that are looked at together, one for each of as many largest ones. */
#define LANES 64

/* Returns: the bits of |value|, or 0 */
static inline guint32
get_finite (float value)
{
  guint32 bits;

  memcpy (&bits, &value, sizeof bits);
  bits &= 0x7fffffffu;
  return bits < 0x7f800000u ? bits : 0;
}

static float
find_largest (const float *values, gsize n)
{
  guint32 most[LANES] = { 0 };
  gsize i = 0;

  for (; i + LANES <= n; i += LANES)
    for (gsize k = 0; k < LANES; k++)
      most[k] = MAX (most[k], get_finite (values[i + k]));
  for (; i < n; i++)
    most[0] = MAX (most[0], get_finite (values[i]));
  for (gsize k = 1; k < LANES; k++)
    most[0] = MAX (most[0], most[k]);
  return nudge_strongest_get_value (most[0] << 1);
}

static void
raise_keys (guint32 *restrict keys, const float *restrict values, gsize n)
{
  for (gsize i = 0; i < n; i++)
    keys[i] = MAX (keys[i], nudge_strongest_get_key (values[i]));
}

const NudgeStrongestLoops NN_IN_THIS_SET (nudge_strongest_loops) = {
  .find_largest = find_largest,
  .raise_keys = raise_keys,
};

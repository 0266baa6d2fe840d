/* nudge-strongest.h - the innermost loops over all weights: which is the strongest
 *
 * SPDX-License-Identifier: MIT
 *
 * Private to the painters. Compiled for several instruction sets, as nudge-raster-rows.h is.
 *
 * A weight's key is its bits with the sign's below those of the magnitude: of two weights the
 * one of larger magnitude has the larger key, of equal ones the negative one, and 0 is that
 * of what is not a number.
 */

#pragma once

#include <glib.h>
#include <string.h>

#include "nn/kernels/nn-instruction-sets.h"

G_BEGIN_DECLS

typedef struct {
  /* Returns: the largest |value| that is finite, or 0 */
  float (*find_largest) (const float *values, gsize n);
  /* Each of @keys (n) becomes the larger one of itself and its value's. */
  void (*raise_keys) (guint32 *keys, const float *values, gsize n);
} NudgeStrongestLoops;

extern const NudgeStrongestLoops NN_IN_EACH_SET (nudge_strongest_loops);

static inline guint32
nudge_strongest_get_key (float value)
{
  guint32 bits;

  memcpy (&bits, &value, sizeof bits);
  return (bits << 1) > 0xff000000u ? 0 : bits << 1 | bits >> 31;
}

static inline float
nudge_strongest_get_value (guint32 key)
{
  const guint32 bits = key >> 1 | key << 31;
  float value;

  memcpy (&value, &bits, sizeof value);
  return value;
}

G_END_DECLS

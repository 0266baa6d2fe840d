/* last-place.h - how far a float is from what it should be
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include <math.h>

/* In units of the exact value's last place. What is not finite must be so exactly, and
 * nothing else may be: else the error is infinite. */
static inline double
get_error (float computed, double exact)
{
  int exponent;

  if (isnan (exact) || isnan (computed))
    return isnan (exact) && isnan (computed) ? 0 : INFINITY;
  if (isinf (computed) || isinf ((float) exact))
    return computed == (float) exact ? 0 : INFINITY;
  frexp (exact, &exponent);
  if (exact == 0 || exponent < -125)
    exponent = -125;
  return ldexp (fabs ((double) computed - exact), 24 - exponent);
}

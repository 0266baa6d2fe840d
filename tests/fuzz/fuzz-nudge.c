/* fuzz-nudge.c - libFuzzer's target: anything, read as a nudge (see README.md)
 *
 * SPDX-License-Identifier: MIT
 */

#include "tests/fuzz/try-nudge.h"

/* libFuzzer's name for it; it has no header. */
int LLVMFuzzerTestOneInput (const guint8 *bytes, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *bytes, gsize size)
{
  try_nudge (bytes, size);
  return 0;
}

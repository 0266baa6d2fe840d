/* fuzz.c - libFuzzer's targets: anything, read as what TRY reads (see README.md)
 *
 * SPDX-License-Identifier: MIT
 *
 * Compiled once for each of them, with TRY as its function's name.
 */

#include <glib.h>

gboolean TRY (const void *bytes, gsize size);

/* libFuzzer's name for it; it has no header. */
int LLVMFuzzerTestOneInput (const guint8 *bytes, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *bytes, gsize size)
{
  TRY (bytes, size);
  return 0;
}

/* deadline.h - how long a test waits for what must happen
 *
 * SPDX-License-Identifier: MIT
 *
 * NUDGE_TEST_PATIENCE in the environment says how many times longer than on a processor of
 * one's own: tests/arm64 sets it, for a processor that is simulated. A test that passes
 * waits no longer for that.
 */

#pragma once

#include <glib.h>

/* Returns: when it is too late, in g_get_monotonic_time ()'s microseconds */
static inline gint64
deadline_after (gint64 us)
{
  const char *patience = g_getenv ("NUDGE_TEST_PATIENCE");

  return g_get_monotonic_time () +
         us * (patience ? MAX (1, g_ascii_strtoll (patience, NULL, 10)) : 1);
}

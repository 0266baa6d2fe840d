/* said.c - what every refusal of a reader must be like
 *
 * SPDX-License-Identifier: MIT
 */

#include "tests/fuzz/said.h"

#include <string.h>

/* One line that fits on a screen, in UTF-8. */
void
assert_can_be_said (const GError *error)
{
  g_assert_nonnull (error);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_cmpuint (strlen (error->message), <, 1000);
  g_assert_null (strchr (error->message, '\n'));
}

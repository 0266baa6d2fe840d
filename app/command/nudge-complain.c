/* nudge-complain.c - what went wrong, as one line on standard error
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/command/nudge-complain.h"

#include <stdio.h>

#include "nn/base/nn-text.h"

/**
 * nudge_complain:
 *
 * Prints "nudge: WHAT: WHY". Both may quote what a user typed, so control characters,
 * which could begin a new line or control the terminal, become question marks.
 */
void
nudge_complain (const char *what, const char *why)
{
  g_autofree char *raw = g_strdup_printf ("%s: %s", what, why);
  g_autofree char *line = g_utf8_make_valid (raw, -1);

  nn_text_replace_controls (line, '?');
  fprintf (stderr, "nudge: %s\n", line);
}

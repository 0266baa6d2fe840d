/* nudge-width.c - how many columns of a terminal a text takes
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/command/nudge-width.h"

#include <stdio.h>

static int
measure_character (const char *at)
{
  const gunichar character = g_utf8_get_char (at);

  return g_unichar_iszerowidth (character) ? 0 : g_unichar_iswide (character) ? 2 : 1;
}

/**
 * nudge_width_measure:
 * @text: in UTF-8, on one line
 */
int
nudge_width_measure (const char *text)
{
  int width = 0;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    width += measure_character (at);
  return width;
}

/**
 * nudge_width_fit:
 * @text: in UTF-8, on one line
 * @width: (inout): columns; so many as there are, and then those that are taken
 *
 * Returns: how many bytes of @text, from its start, there is space for
 */
gsize
nudge_width_fit (const char *text, int *width)
{
  const char *at = text;
  int taken = 0;

  while (*at != '\0' && taken + measure_character (at) <= *width) {
    taken += measure_character (at);
    at = g_utf8_next_char (at);
  }
  *width = taken;
  return (gsize) (at - text);
}

/**
 * nudge_width_print:
 * @width: columns; a text that takes more of them is printed whole
 *
 * To standard output, with blanks behind it.
 */
void
nudge_width_print (const char *text, int width)
{
  printf ("%s%*s", text, MAX (width - nudge_width_measure (text), 0), "");
}

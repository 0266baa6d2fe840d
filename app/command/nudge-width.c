/* nudge-width.c - how many columns of a terminal a text takes
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/command/nudge-width.h"

#include <stdio.h>

/**
 * nudge_width_measure:
 * @text: in UTF-8, on one line
 */
int
nudge_width_measure (const char *text)
{
  int width = 0;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at)) {
    const gunichar character = g_utf8_get_char (at);

    if (!g_unichar_iszerowidth (character))
      width += g_unichar_iswide (character) ? 2 : 1;
  }
  return width;
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

/* nudge-width.h - how many columns of a terminal a text takes
 *
 * SPDX-License-Identifier: MIT
 *
 * A Chinese character takes two, so that neither bytes nor characters say it.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* of the word that a line begins with, and what is behind it */
#define NUDGE_WIDTH_LABEL 10

int nudge_width_measure (const char *text);
gsize nudge_width_fit (const char *text, int *width);
void nudge_width_print (const char *text, int width);

G_END_DECLS

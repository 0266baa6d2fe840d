/* nudge-columns.c - a table of text, its columns as wide as what is in them
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/command/nudge-columns.h"

#include <math.h>
#include <stdio.h>

#include "app/command/nudge-width.h"

#define SPACING    2  /* between columns */
#define SHOWN_HASH 16 /* of a hash of 64 digits */

struct _NudgeColumns {
  guint n_columns;
  guint n_left; /* columns that begin at the left; the others, of numbers, end right */
  gboolean *hidden; /* (owned) [n_columns] */
  GPtrArray *cells; /* (owned) (element-type utf8) row after row */
};

/* @n_left: how many columns, from the first on, are of words */
NudgeColumns *
nudge_columns_new (guint n_columns, guint n_left)
{
  NudgeColumns *self = g_new0 (NudgeColumns, 1);

  self->n_columns = n_columns;
  self->n_left = n_left;
  self->hidden = g_new0 (gboolean, n_columns);
  self->cells = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
nudge_columns_free (NudgeColumns *self)
{
  g_free (self->hidden);
  g_ptr_array_unref (self->cells);
  g_free (self);
}

/* Returns: (transfer full): @text in UTF-8 on one line, without a code that a terminal
 * would obey */
char *
nudge_columns_dup_clean (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *clean = g_string_new (NULL);

  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at)) {
    const gunichar character = g_utf8_get_char (at);

    g_string_append_unichar (clean, g_unichar_isprint (character) ? character : '?');
  }
  return g_string_free (clean, FALSE);
}

/* The next cell of the row, or the first of another. */
void
nudge_columns_add (NudgeColumns *self, const char *cell)
{
  g_ptr_array_add (self->cells, nudge_columns_dup_clean (cell));
}

/* @cell: (transfer full) */
void
nudge_columns_take (NudgeColumns *self, char *cell)
{
  nudge_columns_add (self, cell);
  g_free (cell);
}

void
nudge_columns_add_number (NudgeColumns *self, double number)
{
  if (isnan (number))
    nudge_columns_add (self, "-");
  else
    nudge_columns_take (self, g_strdup_printf ("%.4g", number));
}

/* As many digits as tell one from another. */
void
nudge_columns_add_hash (NudgeColumns *self, const char *hash)
{
  nudge_columns_take (self, g_strndup (hash, SHOWN_HASH));
}

/* Leaves out a column without any contents. */
void
nudge_columns_hide (NudgeColumns *self, guint column)
{
  g_return_if_fail (column < self->n_columns);

  self->hidden[column] = TRUE;
}

static int
measure (const NudgeColumns *self, guint column)
{
  int width = 0;

  for (guint i = column; i < self->cells->len; i += self->n_columns)
    width = MAX (width, nudge_width_measure (self->cells->pdata[i]));
  return width;
}

void
nudge_columns_print (const NudgeColumns *self)
{
  g_autofree int *widths = g_new (int, self->n_columns);
  guint last = 0;

  for (guint k = 0; k < self->n_columns; k++) {
    widths[k] = measure (self, k);
    if (!self->hidden[k])
      last = k;
  }
  for (guint i = 0; i < self->cells->len; i++) {
    const guint k = i % self->n_columns;
    const char *cell = self->cells->pdata[i];
    const int padding = widths[k] - nudge_width_measure (cell);

    if (self->hidden[k])
      continue;
    if (k >= self->n_left)
      printf ("%*s%s", padding, "", cell);
    else
      printf ("%s%*s", cell, k < last ? padding : 0, "");
    printf ("%*s", k < last ? SPACING : 0, "");
    if (k == last)
      putchar ('\n');
  }
}

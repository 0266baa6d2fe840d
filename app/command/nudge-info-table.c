/* nudge-info-table.c - what `nudge info` prints of a table of text
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/command/nudge-info-table.h"

#include <glib/gi18n.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "app/command/nudge-columns.h"

#define MOST_CLASSES 6  /* that are named */
#define SHOWN        16 /* characters of a name */
#define ENOUGH       20 /* bytes, after which no more names are added */

/* A name from the file, not longer than is useful. */
static char *
dup_shown (const char *name)
{
  g_autofree char *start =
      g_utf8_substring (name, 0, MIN (g_utf8_strlen (name, -1), SHOWN));

  return g_strconcat (start, strlen (start) < strlen (name) ? "…" : "", NULL);
}

/* "red, blue, green" */
static char *
dup_classes (const GPtrArray *classes)
{
  GString *text = g_string_new (NULL);
  guint i;

  for (i = 0; i < MIN (classes->len, MOST_CLASSES) && text->len < ENOUGH; i++) {
    g_autofree char *name = dup_shown (classes->pdata[i]);

    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", name);
  }
  if (i < classes->len)
    g_string_append (text, ", …");
  return g_string_free (text, FALSE);
}

/* "-1 to 2.5" */
static char *
dup_range (const NnCsvColumn *column, gsize n_rows)
{
  float least = INFINITY, most = -INFINITY;

  for (gsize i = 0; i < n_rows; i++)
    if (!isnan (column->numbers[i])) {
      least = MIN (least, column->numbers[i]);
      most = MAX (most, column->numbers[i]);
    }
  if (least > most)
    return g_strdup ("");
  return g_strdup_printf (_ ("%.6g to %.6g"), (double) least, (double) most);
}

static void
add_column (NudgeColumns *columns, const NnCsvColumn *column, gsize n_rows)
{
  nudge_columns_take (columns, dup_shown (column->name));
  if (column->classes != NULL) {
    nudge_columns_take (columns, g_strdup_printf (ngettext ("%u class", "%u classes",
                                                            column->classes->len),
                                                  column->classes->len));
    nudge_columns_take (columns, dup_classes (column->classes));
  } else {
    nudge_columns_add (columns, _ ("numbers"));
    nudge_columns_take (columns, dup_range (column, n_rows));
  }
  nudge_columns_take (columns, g_strdup_printf ("%" G_GSIZE_FORMAT, column->n_missing));
  nudge_columns_take (columns, g_strdup_printf ("%" G_GSIZE_FORMAT, column->n_words));
}

/**
 * nudge_info_print_table:
 *
 * To standard output: its size, what was found about how it is written, its columns.
 */
void
nudge_info_print_table (const NnCsv *table)
{
  static const char *const heads[] = { N_ ("column"), N_ ("holds"), N_ ("values"),
                                       N_ ("missing"), N_ ("no numbers") };
  g_autoptr (NudgeColumns) columns = nudge_columns_new (G_N_ELEMENTS (heads), 3);
  gsize n_words = 0;

  printf (ngettext ("%zu row of ", "%zu rows of ", table->n_rows), table->n_rows);
  printf (ngettext ("%zu column\n", "%zu columns\n", table->n_columns), table->n_columns);
  for (guint i = 0; i < table->notes->len; i++) {
    g_autofree char *note = nudge_columns_dup_clean (table->notes->pdata[i]);

    printf (_ ("note  %s\n"), note);
  }
  putchar ('\n');
  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    nudge_columns_add (columns, _ (heads[i]));
  for (gsize i = 0; i < table->n_columns; i++) {
    add_column (columns, &table->columns[i], table->n_rows);
    n_words += table->columns[i].n_words;
  }
  if (n_words == 0)
    nudge_columns_hide (columns, G_N_ELEMENTS (heads) - 1);
  nudge_columns_print (columns);
}

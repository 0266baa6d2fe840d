/* nudge-attach-receipt.c - what a nudge of a job really did, as text
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/command/nudge-attach-receipt.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <stdio.h>

#include "app/command/nudge-columns.h"

#define HASH_DIGITS 16 /* of SHA-256 that are shown */

static void
add_text (NudgeColumns *columns, const json_t *value, int n_bytes)
{
  nudge_columns_take (
      columns, g_strdup_printf ("%.*s", n_bytes, json_string_value (value) ?: "–"));
}

static void
add_number (NudgeColumns *columns, const json_t *value)
{
  if (json_is_string (value))
    nudge_columns_add (columns, json_string_value (value));
  else
    nudge_columns_take (columns, g_strdup_printf ("%.4g", json_number_value (value)));
}

static void
add_row (NudgeColumns *columns, const json_t *row)
{
  add_text (columns, json_object_get (row, "name"), G_MAXINT);
  add_text (columns, json_object_get (row, "type"), G_MAXINT);
  add_text (columns, json_object_get (row, "shape"), G_MAXINT);
  nudge_columns_take (
      columns,
      g_strdup_printf (_ ("%" PRIu64 " of %" PRIu64),
                       (guint64) json_integer_value (json_object_get (row, "changed")),
                       (guint64) json_integer_value (json_object_get (row, "values"))));
  add_number (columns, json_object_get (row, "norm"));
  add_number (columns, json_object_get (row, "largest"));
  add_text (columns, json_object_get (row, "largest_at"), G_MAXINT);
  add_text (columns, json_object_get (row, "sha256_before"), HASH_DIGITS);
  add_text (columns, json_object_get (row, "sha256_after"), HASH_DIGITS);
}

static void
print_table (const json_t *rows)
{
  static const char *const heads[] = { N_ ("name"),           N_ ("type"),
                                       N_ ("shape"),          N_ ("changed"),
                                       N_ ("norm of change"), N_ ("largest"),
                                       N_ ("where"),          N_ ("SHA-256 before"),
                                       N_ ("SHA-256 after") };
  g_autoptr (NudgeColumns) columns = nudge_columns_new (G_N_ELEMENTS (heads), 3);

  for (gsize i = 0; i < G_N_ELEMENTS (heads); i++)
    nudge_columns_add (columns, _ (heads[i]));
  for (gsize i = 0; i < json_array_size (rows); i++)
    add_row (columns, json_array_get (rows, i));
  putchar ('\n');
  nudge_columns_print (columns);
  putchar ('\n');
}

static void
print_clean (const char *head, const json_t *text)
{
  g_autofree char *clean = nudge_columns_dup_clean (json_string_value (text) ?: "");

  printf ("%s%s\n", head, clean);
}

/* What the other ranks of a job made of it. */
static void
print_ranks (const json_t *others)
{
  gsize n_same = 0;

  for (gsize i = 0; i < json_array_size (others); i++) {
    const char *is = json_string_value (json_array_get (others, i));

    if (g_strcmp0 (is, "same") == 0) {
      n_same++;
    } else {
      g_autofree char *head = g_strdup_printf (_ ("rank %zu: "), i + 1);

      print_clean (head, json_array_get (others, i));
    }
  }
  if (n_same > 0)
    printf (ngettext ("%zu other rank: the same values\n",
                      "%zu other ranks: the same values\n", n_same),
            n_same);
}

/**
 * nudge_attach_print_receipt:
 * @text: the nudge
 * @draws: whether it draws random numbers, whose seed is then said
 * @whole: whether the table of parameters is wanted
 */
void
nudge_attach_print_receipt (const char *text,
                            const NnMessage *reply,
                            gboolean draws,
                            gboolean whole)
{
  const json_t *skipped = json_object_get (reply->head, "skipped");

  printf (_ ("nudge    %s\n"), text);
  if (draws)
    printf (_ ("seed     %" PRId64 "\n"),
            (gint64) json_integer_value (json_object_get (reply->head, "seed")));
  for (gsize i = 0; i < json_array_size (skipped); i++)
    print_clean (_ ("skipped  "), json_array_get (skipped, i));
  if (whole)
    print_table (json_object_get (reply->head, "receipt"));
  print_ranks (json_object_get (reply->head, "others"));
}

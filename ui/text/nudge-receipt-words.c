/* nudge-receipt-words.c - the receipt of a job's nudge, in words
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/text/nudge-receipt-words.h"

#include <glib/gi18n-lib.h>

#include "ui/text/nudge-number.h"

#define DIGITS      4
#define HASH_DIGITS 12 /* of SHA-256 that are shown */

static char *
dup_counts (gint64 n_changed, gint64 n_values)
{
  g_autofree char *changed = nudge_number_format_count ((guint64) n_changed);
  g_autofree char *values = nudge_number_format_count ((guint64) n_values);

  /* Translators: two numbers of values */
  return g_strdup_printf (_ ("%s of %s values changed"), changed, values);
}

static gboolean
is_same (const char *other)
{
  return g_str_equal (other, "same");
}

/* Returns: (nullable): NULL in a job of one process */
static char *
dup_ranks (const NnLandingReceipt *receipt)
{
  guint n_same = 0;

  for (guint i = 0; i < receipt->others->len; i++)
    n_same += is_same (receipt->others->pdata[i]);
  if (receipt->others->len == 0)
    return NULL;
  if (n_same < receipt->others->len)
    return g_strdup (_ ("not the same on all ranks"));
  return g_strdup_printf (ngettext ("the same on %u rank", "the same on all %u ranks",
                                    receipt->others->len + 1),
                          receipt->others->len + 1);
}

/**
 * nudge_words_for_receipt:
 *
 * "24 of 24 values changed, norm 0.0123, the same on all 2 ranks"
 *
 * Returns: (transfer full) (nullable): %NULL where there is none
 */
char *
nudge_words_for_receipt (const NnLanding *landing)
{
  const NnLandingReceipt *receipt = landing->receipt;
  g_autofree char *counts = NULL;
  g_autofree char *norm = NULL;
  g_autofree char *ranks = NULL;
  gint64 n_changed = 0;
  gint64 n_values = 0;

  if (receipt == NULL)
    return NULL;
  for (guint i = 0; i < receipt->rows->len; i++) {
    const NnReceiptRow *row = receipt->rows->pdata[i];

    n_changed += row->n_changed;
    n_values += row->n_values;
  }
  counts = dup_counts (n_changed, n_values);
  norm = nudge_number_format (nn_landing_receipt_get_norm (receipt), DIGITS);
  ranks = dup_ranks (receipt);
  /* Translators: what a nudge has changed, the norm of the change, on which ranks */
  return ranks != NULL ? g_strdup_printf (_ ("%s, norm %s, %s"), counts, norm, ranks)
                       : g_strdup_printf (_ ("%s, norm %s"), counts, norm);
}

static void
append_row (GString *text, const NnReceiptRow *row)
{
  g_autofree char *counts = dup_counts (row->n_changed, row->n_values);
  g_autofree char *norm = nudge_number_format (row->norm, DIGITS);

  /* Translators: a parameter, what of it was changed, the norm of the change, and the
   * beginnings of two hashes */
  g_string_append_printf (text, _ ("%s: %s, norm %s, SHA-256 %.*s… → %.*s…"), row->name,
                          counts, norm, HASH_DIGITS, row->before, HASH_DIGITS,
                          row->after);
}

/**
 * nudge_words_for_whole_receipt:
 *
 * All of it: a line for each parameter and each rank.
 *
 * Returns: (transfer full) (nullable): %NULL where there is none
 */
char *
nudge_words_for_whole_receipt (const NnLanding *landing)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (landing->receipt == NULL)
    return NULL;
  for (guint i = 0; i < landing->receipt->rows->len; i++) {
    if (i > 0)
      g_string_append_c (text, '\n');
    append_row (text, landing->receipt->rows->pdata[i]);
  }
  for (guint i = 0; i < landing->receipt->others->len; i++) {
    const char *other = landing->receipt->others->pdata[i];

    g_string_append_c (text, '\n');
    /* Translators: the number of a process, what became of it there */
    g_string_append_printf (text, _ ("rank %u: %s"), i + 1,
                            is_same (other) ? _ ("the same values") : other);
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * nudge_words_for_taking_back:
 *
 * Returns: (transfer full) (nullable): %NULL where it was not
 */
char *
nudge_words_for_taking_back (const NnLanding *landing)
{
  g_autofree char *step = nudge_number_format_count (landing->taken_back_at);
  g_autofree char *lost = nudge_number_format_count (landing->n_lost);

  if (!landing->taken_back)
    return NULL;
  if (landing->n_lost == 0)
    return g_strdup_printf (_ ("taken back after step %s: exactly as before"), step);
  /* Translators: two numbers of steps */
  return g_strdup_printf (ngettext ("taken back after step %s, and with it %s step of "
                                    "training of what it had changed",
                                    "taken back after step %s, and with it %s steps of "
                                    "training of what it had changed",
                                    (gulong) landing->n_lost),
                          step, lost);
}

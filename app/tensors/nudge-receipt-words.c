/* nudge-receipt-words.c - a receipt, in words
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/tensors/nudge-receipt-words.h"

#include <glib/gi18n.h>
#include <math.h>

#include "ui/text/nudge-number.h"

#define DIGITS     4
#define HASH_CHARS 12 /* that are shown; what is copied has all */

/* "12 of 20 values changed" */
static char *
dup_changed (guint64 n_changed, guint64 n)
{
  g_autofree char *changed = nudge_number_format_count (n_changed);
  g_autofree char *all = nudge_number_format_count (n);

  /* Translators: two counts */
  return g_strdup_printf (
      ngettext ("%s of %s value changed", "%s of %s values changed", (gulong) n), changed,
      all);
}

static void
append_norm (GString *text, double norm)
{
  g_autofree char *number = nudge_number_format (norm, DIGITS);

  /* Translators: the norm of a change */
  g_string_append_printf (text, _ (" · norm of the change %s"), number);
}

/* Of all arrays that a nudge named; arrays that share bytes are counted once. */
typedef struct {
  guint64 n;
  guint64 n_changed;
  double norm;
} Sum;

static Sum
add_up (const NnReceipt *receipt)
{
  Sum sum = { 0 };

  for (guint i = 0; i < receipt->arrays->len; i++) {
    const NnReceiptArray *array = receipt->arrays->pdata[i];
    const NnArrayDifference *d = &array->difference;

    if (!array->aimed)
      continue;
    sum.n += d->n;
    sum.n_changed += d->n_changed;
    sum.norm = hypot (sum.norm, d->norm);
  }
  return sum;
}

/* "12 values moved by 0.5" */
char *
nudge_receipt_words_for_change_briefly (const NnReceipt *receipt)
{
  const Sum sum = add_up (receipt);
  g_autofree char *changed = nudge_number_format_count (sum.n_changed);
  g_autofree char *norm = nudge_number_format (sum.norm, DIGITS);

  /* Translators: a count, and the norm of the change */
  return g_strdup_printf (
      ngettext ("%s value moved by %s", "%s values moved by %s", (gulong) sum.n_changed),
      changed, norm);
}

/* "12 of 20 values changed · norm of the change 0.5" */
char *
nudge_receipt_words_for_change (const NnReceipt *receipt)
{
  const Sum sum = add_up (receipt);
  g_autofree char *changed = dup_changed (sum.n_changed, sum.n);
  GString *text = g_string_new (changed);

  append_norm (text, sum.norm);
  return g_string_free (text, FALSE);
}

/* The same of one, with where it changed most. */
char *
nudge_receipt_words_for_array (const NnReceiptArray *array)
{
  const NnArrayDifference *d = &array->difference;
  g_autofree char *changed = dup_changed (d->n_changed, d->n);
  g_autofree char *largest = nudge_number_format (d->largest, DIGITS);
  GString *text = g_string_new (changed);

  append_norm (text, d->norm);
  if (array->largest_at != NULL)
    /* Translators: the largest change, and of which element */
    g_string_append_printf (text, _ (" · most: %s at %s"), largest, array->largest_at);
  return g_string_free (text, FALSE);
}

char *
nudge_receipt_words_for_hashes (const NnReceiptArray *array)
{
  const NnArrayDifference *d = &array->difference;

  return g_strdup_printf ("SHA-256 %.*s… → %.*s…", HASH_CHARS, d->hash_a, HASH_CHARS,
                          d->hash_b);
}

/* What was found unchanged when the file was read back. */
char *
nudge_receipt_words_for_rest (const NnReceipt *receipt)
{
  g_autofree char *same = nudge_number_format_count (receipt->n_same);
  g_autofree char *bytes = nudge_number_format_count (receipt->n_bytes_same);

  /* Translators: a count of tensors, a count of bytes */
  return g_strdup_printf (
      ngettext (
          "Read again and compared: %s other tensor, and %s bytes outside of those "
          "that were changed, are as they were.",
          "Read again and compared: %s other tensors, and %s bytes outside of those "
          "that were changed, are as they were.",
          receipt->n_same),
      same, bytes);
}

/* test-nudge-receipt-words.c - a receipt, in words
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/tensors/nudge-receipt-words.h"

static void
assert_rest (guint n_same, const char *wanted)
{
  const NnReceipt receipt = { .n_same = n_same, .n_bytes_same = 2694 };
  g_autofree char *words = nudge_receipt_words_for_rest (&receipt);

  g_assert_cmpstr (words, ==, wanted);
}

static void
test_one_tensor_is_no_tensors (void)
{
  assert_rest (1, "Read again and compared: 1 other tensor, and 2694 bytes outside of "
                  "those that were changed, are as they were.");
  assert_rest (2, "Read again and compared: 2 other tensors, and 2694 bytes outside of "
                  "those that were changed, are as they were.");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nudge/receipt-words/one-tensor-is-no-tensors",
                   test_one_tensor_is_no_tensors);
  return g_test_run ();
}

/* nudge-receipt-words.h - a receipt, in words
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include "nn/patch/nn-receipt.h"

G_BEGIN_DECLS

char *nudge_receipt_words_for_change_briefly (const NnReceipt *receipt)
    G_GNUC_WARN_UNUSED_RESULT;
char *nudge_receipt_words_for_change (const NnReceipt *receipt) G_GNUC_WARN_UNUSED_RESULT;
char *
nudge_receipt_words_for_array (const NnReceiptArray *array) G_GNUC_WARN_UNUSED_RESULT;
char *
nudge_receipt_words_for_hashes (const NnReceiptArray *array) G_GNUC_WARN_UNUSED_RESULT;
char *nudge_receipt_words_for_rest (const NnReceipt *receipt) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

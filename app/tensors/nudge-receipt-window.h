/* nudge-receipt-window.h - a receipt, tensor by tensor
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include <gtk/gtk.h>

#include "nn/patch/nn-receipt.h"

G_BEGIN_DECLS

void nudge_receipt_window_present (GtkWindow *parent,
                                   const char *title,
                                   const char *heading,
                                   const NnReceipt *receipt);

G_END_DECLS

/* nudge-tensor-bars.h - a small histogram, in a row of a table
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include <gtk/gtk.h>

#include "nn/tensor/nn-tensor-summary.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_TENSOR_BARS (nudge_tensor_bars_get_type ())
G_DECLARE_FINAL_TYPE (NudgeTensorBars, nudge_tensor_bars, NUDGE, TENSOR_BARS, GtkWidget)

GtkWidget *nudge_tensor_bars_new (void);
void nudge_tensor_bars_show (NudgeTensorBars *self, NnTensorSummary *summary);

G_END_DECLS

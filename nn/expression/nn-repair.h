/* nn-repair.h - adds a corrected text to a parse error: "…; try: fc1: w*0.9"
 *
 * SPDX-License-Identifier: MIT
 *
 * Private to nn/expression and nn/nudge, and tested through nn-nudge.h.
 */

#pragma once

#include "nn/expression/nn-fault.h"

G_BEGIN_DECLS

typedef gboolean (*NnReads) (const char *text, gpointer data);

void nn_repair_propagate (NnFault *fault, NnReads reads, gpointer data, GError **error);

G_END_DECLS

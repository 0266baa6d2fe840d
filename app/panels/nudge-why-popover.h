/* nudge-why-popover.h - why the loss jumped: the question, its progress and the answer
 *
 * SPDX-License-Identifier: MIT
 *
 * A popover of a loss plot. The plot shows the run without the candidate that the pointer
 * or the focus is on.
 */

#pragma once

#include <gtk/gtk.h>

#include "app/document/nudge-document.h"
#include "ui/loss/nudge-loss-plot.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_WHY_POPOVER (nudge_why_popover_get_type ())
G_DECLARE_FINAL_TYPE (NudgeWhyPopover, nudge_why_popover, NUDGE, WHY_POPOVER, GtkPopover)

void nudge_why_popover_open (NudgeLossPlot *plot, NudgeDocument *document, guint64 step);

G_END_DECLS

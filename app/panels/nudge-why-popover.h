/* nudge-why-popover.h - why did the loss jump? Asked, waited for, and shown at the curve
 *
 * SPDX-License-Identifier: MIT
 *
 * A popover of a loss plot, which shows the run that the pointer or the focus is on.
 */

#pragma once

#include <gtk/gtk.h>

#include "app/document/nudge-document.h"
#include "ui/nudge-loss-plot.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_WHY_POPOVER (nudge_why_popover_get_type ())
G_DECLARE_FINAL_TYPE (NudgeWhyPopover, nudge_why_popover, NUDGE, WHY_POPOVER, GtkPopover)

void nudge_why_popover_open (NudgeLossPlot *plot, NudgeDocument *document, guint64 step);

G_END_DECLS

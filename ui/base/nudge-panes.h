/* nudge-panes.h - how a split's two panes share its height, until the user moves the handle
 *
 * SPDX-License-Identifier: MIT
 *
 * Around a vertical GtkPaned, which by itself shares as its panes' least heights are: here
 * those heights say only what each needs at least, however low all of it is.
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define NUDGE_TYPE_PANES (nudge_panes_get_type ())
G_DECLARE_FINAL_TYPE (NudgePanes, nudge_panes, NUDGE, PANES, AdwBin)

GtkPaned *nudge_panes_get_paned (NudgePanes *self);

G_END_DECLS

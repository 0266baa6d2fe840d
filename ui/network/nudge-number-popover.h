/* nudge-number-popover.h - asks for a new number
 *
 * SPDX-License-Identifier: MIT
 *
 * Beside the old one. It is typed as amounts are: with comma or point, "3/4", or as a
 * change of the old one, "*1.1" or "+0.2". Enter accepts, Escape gives up.
 *
 *   "accepted"  (double number)
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define NUDGE_TYPE_NUMBER_POPOVER (nudge_number_popover_get_type ())
G_DECLARE_FINAL_TYPE (NudgeNumberPopover,
                      nudge_number_popover,
                      NUDGE,
                      NUMBER_POPOVER,
                      GtkPopover)

GtkWidget *nudge_number_popover_new (void);
void nudge_number_popover_ask (NudgeNumberPopover *self,
                               const char *name,
                               float present,
                               const GdkRectangle *at);
void nudge_number_popover_set_present (NudgeNumberPopover *self, float present);

G_END_DECLS

/* nudge-pointer-ring.h - a ring around the pointer that is seen from far away
 *
 * SPDX-License-Identifier: MIT
 *
 * An overlay, as large as what is under it, which gets no events.
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define NUDGE_TYPE_POINTER_RING (nudge_pointer_ring_get_type ())
G_DECLARE_FINAL_TYPE (NudgePointerRing,
                      nudge_pointer_ring,
                      NUDGE,
                      POINTER_RING,
                      GtkWidget)

void nudge_pointer_ring_follow (NudgePointerRing *self, GtkWidget *widget);
void nudge_pointer_ring_hide (NudgePointerRing *self);
gboolean nudge_pointer_ring_is_shown (NudgePointerRing *self);

G_END_DECLS

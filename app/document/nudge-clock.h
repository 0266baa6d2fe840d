/* nudge-clock.h - when a window takes the frames of its document
 *
 * SPDX-License-Identifier: MIT
 *
 * While the document expects frames, at each tick of the window's frame clock; after a
 * frame that took most of a tick it rests, to leave time for input and training. Belongs
 * to one window.
 */

#pragma once

#include <gtk/gtk.h>

#include "app/document/nudge-document.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_CLOCK (nudge_clock_get_type ())
G_DECLARE_FINAL_TYPE (NudgeClock, nudge_clock, NUDGE, CLOCK, GObject)

NudgeClock *nudge_clock_new (GtkWidget *window) G_GNUC_WARN_UNUSED_RESULT;
void nudge_clock_set_document (NudgeClock *self, NudgeDocument *document);

G_END_DECLS

/* nudge-sample-button.h - chooses the example that is sent through the network
 *
 * SPDX-License-Identifier: MIT
 *
 * A button with its number; the popover chooses one by number, or none.
 *
 *   "chosen"  (const NnSampleChoice*) by the user
 */

#pragma once

#include <gtk/gtk.h>

#include "nn/session/nn-frame.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_SAMPLE_BUTTON (nudge_sample_button_get_type ())
G_DECLARE_FINAL_TYPE (NudgeSampleButton,
                      nudge_sample_button,
                      NUDGE,
                      SAMPLE_BUTTON,
                      GtkWidget)

GtkWidget *nudge_sample_button_new (void);
void nudge_sample_button_set_frame (NudgeSampleButton *self, NnFrame *frame);
void
nudge_sample_button_set_choice (NudgeSampleButton *self, const NnSampleChoice *choice);

G_END_DECLS

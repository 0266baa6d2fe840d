/* nudge-window.h - the laboratory: the network, its loss, and a card per layer
 *
 * SPDX-License-Identifier: MIT
 *
 * The one place that knows both the session and the widgets. Gestures become
 * commands on the session's queue; frames are taken at the frame clock's pace
 * and handed to the widgets. It never waits for training, and holds no fact of
 * it but the newest frame.
 */

#pragma once

#include <adwaita.h>

#include "nn/experiment/nn-experiment.h"
#include "nn/session/nn-frame.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_WINDOW (nudge_window_get_type ())
G_DECLARE_FINAL_TYPE (NudgeWindow, nudge_window, NUDGE, WINDOW, AdwApplicationWindow)

NudgeWindow *nudge_window_new (GtkApplication *application);
gboolean
nudge_window_open (NudgeWindow *self, const NnExperiment *experiment, GError **error);
NnFrame *nudge_window_get_frame (NudgeWindow *self);

G_END_DECLS

/* nudge-transport.h - Run, Step, Reset, and how fast
 *
 * SPDX-License-Identifier: MIT
 *
 * The buttons are the window's actions; the speed is the document's own.
 */

#pragma once

#include "app/panels/nudge-panel.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_TRANSPORT (nudge_transport_get_type ())
G_DECLARE_FINAL_TYPE (NudgeTransport, nudge_transport, NUDGE, TRANSPORT, NudgePanel)

G_END_DECLS

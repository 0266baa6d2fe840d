/* nudge-transport.h - Run, Step, Reset, and the speed
 *
 * SPDX-License-Identifier: MIT
 *
 * The buttons have the window's actions; the speed is the session's.
 */

#pragma once

#include "app/panels/nudge-panel.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_TRANSPORT (nudge_transport_get_type ())
G_DECLARE_FINAL_TYPE (NudgeTransport, nudge_transport, NUDGE, TRANSPORT, NudgePanel)

G_END_DECLS

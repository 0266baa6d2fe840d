/* nudge-attach.h - the command `nudge attach`: PyTorch jobs that are running
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include "app/command/nudge-graphics.h"

G_BEGIN_DECLS

int nudge_attach (char *argv[], const NudgeGraphics *graphics);

G_END_DECLS

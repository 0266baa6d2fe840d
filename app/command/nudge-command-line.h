/* nudge-command-line.h - what is done for the arguments that the program was given
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include "app/command/nudge-graphics.h"

G_BEGIN_DECLS

int nudge_command_line (int argc, char *argv[], const NudgeGraphics *graphics);

G_END_DECLS

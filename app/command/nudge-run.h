/* nudge-run.h - the command `nudge run`: train without a window
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include "app/command/nudge-graphics.h"

G_BEGIN_DECLS

/* Exit statuses of the program. */
enum {
  NUDGE_EXIT_DONE = 0,
  NUDGE_EXIT_FAILED = 1,      /* a run that stopped, a file that could not be written */
  NUDGE_EXIT_USAGE = 2,       /* bad usage or bad input: nothing was begun */
  NUDGE_EXIT_SIGNALLED = 128, /* and the number of the signal that stopped a run */
};

int nudge_run (char *argv[], const NudgeGraphics *graphics);

G_END_DECLS

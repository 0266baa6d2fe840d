/* nudge-lesson.h - the command `nudge lesson`: a lesson is walked without a window
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

int nudge_lesson (char *argv[]);

G_END_DECLS

/* nudge-hall.h - what is in it is as large as a lecture hall needs it
 *
 * SPDX-License-Identifier: MIT
 *
 * Text, pictures and lines grow with the area, whatever the system's text size is: text is 24
 * pixels high where there are 1024 by 768. What does not fit all the same is cut off, so that
 * a window can be made smaller.
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define NUDGE_TYPE_HALL (nudge_hall_get_type ())
G_DECLARE_FINAL_TYPE (NudgeHall, nudge_hall, NUDGE, HALL, AdwBin)

G_END_DECLS

/* nudge-hall.h - makes what is in it as large as a lecture hall needs
 *
 * SPDX-License-Identifier: MIT
 *
 * Text, pictures and lines grow with the area, whatever the system's text size: text is
 * 24 pixels high in 1024 by 768. What does not fit is cut off, so that a window can
 * still be made smaller.
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define NUDGE_TYPE_HALL (nudge_hall_get_type ())
G_DECLARE_FINAL_TYPE (NudgeHall, nudge_hall, NUDGE, HALL, AdwBin)

G_END_DECLS

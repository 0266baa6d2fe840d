/* nudge-colours.h - the pair of colours for signs, in all windows
 *
 * SPDX-License-Identifier: MIT
 *
 *   "pair"  (int) rw, a NudgePair
 */

#pragma once

#include <glib-object.h>

#include "ui/draw/base/nudge-palette.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_COLOURS (nudge_colours_get_type ())
G_DECLARE_FINAL_TYPE (NudgeColours, nudge_colours, NUDGE, COLOURS, GObject)

NudgeColours *nudge_colours_get (void);
NudgePair nudge_colours_get_pair (void);

G_END_DECLS

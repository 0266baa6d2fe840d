/* nudge-figure.h - the network and its loss as a file
 *
 * SPDX-License-Identifier: MIT
 *
 * The same pictures as the window's, one above the other, with a title line, as
 * PNG, SVG or PDF by the file's ending. Written whole or not at all.
 */

#pragma once

#include "nn/session/nn-frame.h"
#include "ui/draw/nudge-palette.h"

G_BEGIN_DECLS

gboolean nudge_figure_check_path (const char *path, GError **error);
gboolean nudge_figure_save (const NnFrame *frame,
                            const char *title,
                            const NudgePalette *palette,
                            gboolean logarithmic,
                            const char *path,
                            GError **error);

G_END_DECLS

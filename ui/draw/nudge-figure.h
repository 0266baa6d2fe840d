/* nudge-figure.h - the network and its loss as a file
 *
 * SPDX-License-Identifier: MIT
 *
 * The same pictures as the window's, one above the other or one of them, with a title line,
 * as PNG, SVG or PDF by the file's ending; in the last two, text is text. Written whole or
 * not at all.
 */

#pragma once

#include "nn/session/nn-frame.h"
#include "ui/draw/base/nudge-palette.h"
#include "ui/draw/base/nudge-time-span.h"

G_BEGIN_DECLS

typedef enum {
  NUDGE_FIGURE_BOTH,
  NUDGE_FIGURE_NETWORK, /* with the map of its output, where there is one */
  NUDGE_FIGURE_LOSS,
} NudgeFigureParts;

/* What to draw; all zeros except the palette: all of both. */
typedef struct {
  const NudgePalette *palette;
  NudgeFigureParts parts;
  gboolean logarithmic;
  double smoothing;    /* of the loss, as TensorBoard's: 0 none, less than 1 */
  NudgeTimeSpan span;  /* steps of it */
  NnQuantity quantity; /* of each weight; the frame has it */
  double limit;        /* |number| at full width; 0: what fits */
  gboolean exceeded;   /* some are beyond it, which is said */
  double threshold;    /* edges below it are left out */
} NudgeFigureStyle;

gboolean nudge_figure_check_path (const char *path, GError **error);
gboolean nudge_figure_save (const NnFrame *frame,
                            const char *title,
                            const NudgeFigureStyle *style,
                            const char *path,
                            GError **error);

G_END_DECLS

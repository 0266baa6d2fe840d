/* nudge-graphics.h - all that the command line knows of windows and figures
 *
 * SPDX-License-Identifier: MIT
 *
 * There are two programs. `nudge` is the command line alone, as loading GTK takes longer
 * than a short run does. `nudge-window` is the same command line with these functions,
 * and `nudge` goes on as that program when it needs one of them.
 */

#pragma once

#include "nn/session/nn-frame.h"

G_BEGIN_DECLS

/* Of a figure. */
typedef enum {
  NUDGE_GRAPHICS_BOTH, /* the network above its loss */
  NUDGE_GRAPHICS_NETWORK,
  NUDGE_GRAPHICS_LOSS,
} NudgeGraphicsParts;

/* What a figure shows; a plain value. */
typedef struct {
  NudgeGraphicsParts parts;
  gboolean dark;
  gboolean logarithmic; /* the loss's axis */
  double smoothing;     /* of the loss, as TensorBoard's: 0 none, less than 1 */
} NudgeFigureOptions;

typedef struct {
  /* @lecture: it begins as one
   *
   * Returns: the program's exit status */
  int (*open_window) (const char *name, gboolean lecture, char *program);
  /* @socket: a job's
   *
   * Returns: the program's exit status */
  int (*attach) (const char *socket, char *program);
  gboolean (*check_figure_path) (const char *path, GError **error);
  gboolean (*save_figure) (const NnFrame *frame,
                           const char *title,
                           const NudgeFigureOptions *options,
                           const char *path,
                           GError **error);
} NudgeGraphics;

void nudge_graphics_exec (char *argv[], GError **error);

G_END_DECLS

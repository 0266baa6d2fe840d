/* nudge-sweep-picture.h - the loss along an amount, above its slider
 *
 * SPDX-License-Identifier: MIT
 *
 * A curve over the slider's range, a dot on it at the amount that is shown, a ring at
 * the one in force, a dim line at the loss without the nudge, and the loss in words
 * beside it. The curve leaves through the top where the loss is infinite, and is dotted
 * along the bottom where the nudge would be refused. Same arguments, same pixels.
 */

#pragma once

#include <cairo.h>

#include "nn/whatif/nn-sweep.h"
#include "ui/draw/base/nudge-palette.h"

G_BEGIN_DECLS

typedef struct {
  const NudgePalette *palette;

  /* Where the slider's handle is at the least amount, and at the most: the words are on
   * the side of the latter. The two are equal where there is no slider, and no curve. */
  double from;
  double to;
} NudgeSweepStyle;

typedef struct {
  double amount;    /* the one shown; beyond the range it is at that end */
  double committed; /* the one in force; NAN: none */
  gboolean never;   /* there is no loss but the run's: the rest is not known */
  gboolean has_loss;
  double loss;     /* at @amount; NAN: it would be refused */
  double present;  /* the loss without the nudge; NAN: not known */
  gboolean is_old; /* all of it is of another step than what is shown else … */
  guint64 step;    /* … of this one */
} NudgeSweepMarks;

void nudge_draw_sweep (cairo_t *cr,
                       const NnSweep *sweep,
                       const NudgeSweepMarks *marks,
                       const NudgeSweepStyle *style,
                       double width,
                       double height);

gboolean nudge_sweep_find_loss (const NnSweep *sweep, double amount, double *loss);
char *nudge_sweep_dup_words (const NudgeSweepMarks *marks);
char *nudge_sweep_dup_step (const NudgeSweepMarks *marks);

G_END_DECLS

/* nudge-phase-overlay.h - what a phase of a step does, over the network's picture
 *
 * SPDX-License-Identifier: MIT
 *
 * Forward: what each edge adds for one example runs to the right, and leaves each
 * neuron's number. Backward: the gradients come from the right, and stay on the edges.
 * Optimizer and section: what has changed, the latter in the nudges' colour. A mark
 * says which weight the phase's sentence is about. Same arguments, same pixels; the end
 * of the animation is what is shown under reduced motion.
 */

#pragma once

#include <cairo.h>

#include "ui/draw/base/nudge-palette.h"
#include "ui/text/nudge-step-facts.h"

G_BEGIN_DECLS

typedef struct {
  const NudgePalette *palette;
  NudgePhase phase;      /* not none */
  double progress;       /* 0 as it begins, 1 when all of it is shown */
  double reserved_width; /* the lower right corner, for what lies on the picture there */
  double reserved_height;
} NudgePhaseStyle;

void nudge_draw_phase (cairo_t *cr,
                       const NnFrame *frame,
                       const NudgePhaseStyle *style,
                       double width,
                       double height);

G_END_DECLS

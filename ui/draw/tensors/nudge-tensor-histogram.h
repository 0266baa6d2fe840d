/* nudge-tensor-histogram.h - how a tensor's values are spread, now and after a nudge
 *
 * SPDX-License-Identifier: MIT
 *
 * Bars in the signs' colours for the values as they are, and a line in the nudges' colour
 * for those that a nudge would make. Bars of several widths compare by their areas. Same
 * arguments, same pixels.
 */

#pragma once

#include <cairo.h>

#include "nn/tensor/nn-tensor-summary.h"
#include "ui/draw/base/nudge-palette.h"

G_BEGIN_DECLS

typedef struct {
  const NudgePalette *palette;
  gboolean logarithmic; /* the counts */
} NudgeTensorHistogramStyle;

void nudge_draw_tensor_histogram (cairo_t *cr,
                                  const NnTensorSummary *now,
                                  const NnTensorSummary *preview,
                                  const NudgeTensorHistogramStyle *style,
                                  double width,
                                  double height);
void nudge_draw_small_histogram (cairo_t *cr,
                                 const NnTensorSummary *now,
                                 const NudgePalette *palette,
                                 double width,
                                 double height);
char *nudge_tensor_histogram_dup_words (const NnTensorSummary *now,
                                        const NnTensorSummary *preview)
    G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

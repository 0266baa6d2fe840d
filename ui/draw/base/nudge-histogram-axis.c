/* nudge-histogram-axis.c - the values that a histogram is of, under its bars
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/base/nudge-histogram-axis.h"

#include "ui/draw/base/nudge-paint.h"
#include "ui/text/nudge-number.h"

/* Where they are within, with a mark at zero, which weights are mostly around. */
void
nudge_draw_histogram_axis (cairo_t *cr,
                           NudgeText *text,
                           const NudgePalette *palette,
                           const cairo_rectangle_t *area,
                           double low,
                           double high)
{
  const double bottom = area->y + area->height;
  const double span = high - low;
  const double zero = span > 0 ? -low / span : -1;
  g_autofree char *left = nudge_number_format (low, 3);
  g_autofree char *right = nudge_number_format (high, 3);

  nudge_paint_set_colour (cr, &palette->hairline, 1);
  cairo_set_line_width (cr, 1);
  nudge_paint_line (cr, area->x, nudge_paint_snap (bottom), area->x + area->width,
                    nudge_paint_snap (bottom));
  nudge_text_draw (text, NUDGE_TEXT_LABEL, &palette->secondary, area->x, bottom + 15, 0,
                   left);
  nudge_text_draw (text, NUDGE_TEXT_LABEL, &palette->secondary, area->x + area->width,
                   bottom + 15, 1, right);
  if (zero < 0 || zero > 1)
    return;
  nudge_paint_set_colour (cr, &palette->secondary, 1);
  nudge_paint_line (cr, nudge_paint_snap (area->x + zero * area->width), bottom,
                    nudge_paint_snap (area->x + zero * area->width), bottom + 4);
  if (zero > 0.3 && zero < 0.7)
    nudge_text_draw (text, NUDGE_TEXT_LABEL, &palette->secondary,
                     area->x + zero * area->width, bottom + 15, 0.5, "0");
}

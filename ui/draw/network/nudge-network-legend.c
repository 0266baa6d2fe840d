/* nudge-network-legend.c - the scale under the network
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/network/nudge-network-legend.h"

#include <glib/gi18n-lib.h>

#include "ui/draw/base/nudge-paint.h"
#include "ui/draw/base/nudge-quantity.h"
#include "ui/draw/network/nudge-network-sample.h"
#include "ui/draw/network/nudge-network-scale.h"
#include "ui/text/nudge-number.h"

/* From the controls; and how wide three numbers are. */
#define CONTROLS_GAP 8.0
#define LEAST_WIDTH  70.0
#define NUMBER_GAP   6.0

/* Half of the legend: an edge's own widths, colours and dashes along the scale. */
static void
draw_wedge (const NudgeNetworkCanvas *self, double zero_x, double end_x, float sign)
{
  const NudgeColour *colour = nudge_network_get_sign_colour (self->palette, sign);
  const double least = nudge_network_get_width (self, 0);
  const double full = nudge_network_get_width (self, 1);
  double y = self->layout->legend_y;
  double dash[2];
  cairo_pattern_t *pattern = cairo_pattern_create_linear (zero_x, 0, end_x, 0);

  for (int i = 0; i <= 8; i++)
    cairo_pattern_add_color_stop_rgba (pattern, i / 8.0, colour->red, colour->green,
                                       colour->blue,
                                       nudge_network_get_opacity (self, i / 8.0));
  cairo_new_path (self->cr);
  cairo_move_to (self->cr, zero_x, y - least / 2);
  cairo_line_to (self->cr, end_x, y - full / 2);
  cairo_line_to (self->cr, end_x, y + full / 2);
  cairo_line_to (self->cr, zero_x, y + least / 2);
  cairo_close_path (self->cr);
  cairo_save (self->cr);
  cairo_clip (self->cr);
  cairo_set_source (self->cr, pattern);
  cairo_set_line_width (self->cr, full);
  nudge_network_get_dash (sign, full / 2, &dash[0], &dash[1]);
  cairo_set_dash (self->cr, dash, dash[0] > 0 ? 2 : 0, 0);
  nudge_paint_line (self->cr, end_x, y, zero_x, y);
  cairo_restore (self->cr);
  cairo_pattern_destroy (pattern);
}

/* Whether some cell stands for several weights, and no caption says so. */
static gboolean
has_silent_cells (const NudgeNetworkCanvas *self)
{
  const NudgeNetworkLayout *layout = self->layout;

  if (layout->spacing >= NUDGE_CAPTION_NEEDS)
    return FALSE;
  for (gsize k = 1; k < layout->n_columns; k++)
    if (layout->gaps[k].folded &&
        (layout->gaps[k].n_rows < layout->columns[k].n_units ||
         layout->gaps[k].n_columns < layout->columns[k - 1].n_units))
      return TRUE;
  return FALSE;
}

/* What is shown, in which unit, and what of it is not. */
static char *
dup_words (const NudgeNetworkCanvas *self)
{
  const NudgeNetworkStyle *style = self->style;
  g_autofree char *legend = nudge_quantity_dup_legend (style->quantity, self->frame);
  g_autoptr (GString) words = g_string_new (legend);

  if (has_silent_cells (self))
    /* Translators: of several weights that one cell of a heat map stands for */
    g_string_append (words, _ (", the strongest of each cell"));
  if (style->exceeded)
    g_string_append (words, _ (" (hollow: beyond the scale)"));
  if (style->threshold > 0) {
    g_autofree char *threshold = nudge_number_format (style->threshold, 3);
    gsize n;
    const gsize n_weak =
        nudge_network_count_weak (self->frame, style->quantity, style->threshold, &n);

    /* Translators: of so many edges, those whose number is below the second one */
    g_string_append_printf (words, _ (" · %zu of %zu below %s hidden"), n_weak, n,
                            threshold);
  }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

/* Less far to the right in a narrow picture, beside what is in its lower corner; or above
 * that, if it would be too narrow beside it. */
static double
get_right (const NudgeNetworkCanvas *self, double width, gboolean *is_above)
{
  const double beside = width - self->style->reserved_width - CONTROLS_GAP;

  *is_above = beside < NUDGE_MARGIN + LEAST_WIDTH;
  return *is_above ? self->layout->legend_right
                   : MIN (self->layout->legend_right, beside);
}

/* With the numbers beside it, where there is no space below. */
static void
draw_row (const NudgeNetworkCanvas *self, double left, double right)
{
  const NudgeColour *colour = &self->palette->secondary;
  const double baseline = self->layout->legend_y + 4.5;
  g_autofree char *high = nudge_number_format (self->style->limit, 3);
  g_autofree char *low = nudge_number_format (-self->style->limit, 3);
  const double from =
      left + nudge_text_measure (self->text, NUDGE_TEXT_LABEL, low) + NUMBER_GAP;
  const double to =
      right - nudge_text_measure (self->text, NUDGE_TEXT_LABEL, high) - NUMBER_GAP;

  nudge_text_draw (self->text, NUDGE_TEXT_LABEL, colour, left, baseline, 0, low);
  draw_wedge (self, (from + to) / 2, from, -1);
  draw_wedge (self, (from + to) / 2, to, 1);
  nudge_text_draw (self->text, NUDGE_TEXT_LABEL, colour, right, baseline, 1, high);
}

/* The numbers at the ends, and that in the middle unless it would touch one: "−2.5" and
 * "0" together are read as one number. */
static void
draw_numbers (const NudgeNetworkCanvas *self, double left, double right, double baseline)
{
  static const char zero[] = "0";
  const NudgeColour *colour = &self->palette->secondary;
  const double middle = (left + right) / 2;
  g_autofree char *high = nudge_number_format (self->style->limit, 3);
  g_autofree char *low = nudge_number_format (-self->style->limit, 3);
  const double end = MAX (nudge_text_measure (self->text, NUDGE_TEXT_LABEL, low),
                          nudge_text_measure (self->text, NUDGE_TEXT_LABEL, high));
  const double needed = nudge_text_measure (self->text, NUDGE_TEXT_LABEL, zero) / 2;

  nudge_text_draw (self->text, NUDGE_TEXT_LABEL, colour, left, baseline, 0, low);
  if (end + NUMBER_GAP + needed <= middle - left)
    nudge_text_draw (self->text, NUDGE_TEXT_LABEL, colour, middle, baseline, 0.5, zero);
  nudge_text_draw (self->text, NUDGE_TEXT_LABEL, colour, right, baseline, 1, high);
}

void
nudge_draw_network_legend (const NudgeNetworkCanvas *self, double width)
{
  const NudgePalette *palette = self->palette;
  double left = NUDGE_MARGIN;
  gboolean is_above;
  double right = get_right (self, width, &is_above);
  double middle = (left + right) / 2;
  g_autofree char *words = dup_words (self);

  if (is_above) {
    draw_row (self, left, right);
  } else {
    draw_wedge (self, middle, left, -1);
    draw_wedge (self, middle, right, 1);
    draw_numbers (self, left, right, self->layout->legend_y + 22);
  }
  nudge_text_draw_within (
      self->text, NUDGE_TEXT_LABEL, &palette->secondary, left,
      self->layout->legend_y - 12, 0,
      (self->style->read ? self->layout->reading_x - NUDGE_MARGIN
                         : nudge_network_sample_get_left (self, width - NUDGE_MARGIN)) -
          left,
      words);
}

/* nudge-tensor-histogram.c - how a tensor's values are spread, now and after a nudge
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/tensors/nudge-tensor-histogram.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "ui/draw/base/nudge-histogram-axis.h"
#include "ui/draw/base/nudge-paint.h"
#include "ui/draw/base/nudge-text.h"
#include "ui/text/nudge-number.h"

#define BINS NN_TENSOR_SUMMARY_BINS

/* Above the bars what they are, if there are several things. */
#define HEAD 22.0
#define GAP  4.0

/* Of the range, around values that are all the same. */
#define PAD 0.5

#define LINE_WIDTH 1.5

typedef struct {
  cairo_t *cr;
  const NudgePalette *palette;
  gboolean logarithmic;
  double low; /* of all that is drawn */
  double high;
  double unit; /* values that a bar's count is of */
  double most; /* of get_height () */
  cairo_rectangle_t area;
} Canvas;

/* ---- heights ----------------------------------------------------------------------- */

static double
get_bin_width (const Canvas *self, const NnTensorSummary *summary)
{
  const double width = summary->high / BINS - summary->low / BINS;

  return width > 0 ? width : self->unit;
}

/* As if all bins were of one width; in no unit. */
static double
get_height (const Canvas *self, const NnTensorSummary *summary, guint bin)
{
  const double count =
      (double) summary->counts[bin] * self->unit / get_bin_width (self, summary);

  return self->logarithmic ? log1p (count) : count;
}

static double
find_most (const Canvas *self, const NnTensorSummary *summary)
{
  double most = 0;

  for (guint i = 0; summary && i < BINS; i++)
    most = MAX (most, get_height (self, summary, i));
  return most;
}

static gboolean
has_bars (const NnTensorSummary *summary)
{
  return summary != NULL && summary->has_histogram;
}

static void
find_range (Canvas *self, const NnTensorSummary *now, const NnTensorSummary *preview)
{
  const NnTensorSummary *any = now ? now : preview;

  self->low = any->low;
  self->high = any->high;
  if (now && preview) {
    self->low = MIN (now->low, preview->low);
    self->high = MAX (now->high, preview->high);
  }
  if (self->high > self->low)
    self->unit = self->high / BINS - self->low / BINS;
  else {
    const double pad = self->low == 0 ? 1 : PAD * fabs (self->low);

    self->low -= pad;
    self->high += pad;
    self->unit = 2 * pad / BINS;
  }
  if (now && now->high > now->low)
    self->unit = now->high / BINS - now->low / BINS;
  self->most = MAX (find_most (self, now), find_most (self, preview));
}

/* ---- bars -------------------------------------------------------------------------- */

static double
get_x (const Canvas *self, double value)
{
  /* Halves, as the range of doubles has twice the largest double. */
  const double share = (value / 2 - self->low / 2) / (self->high / 2 - self->low / 2);

  return self->area.x + share * self->area.width;
}

static double
get_y (const Canvas *self, const NnTensorSummary *summary, guint bin)
{
  return self->area.y + self->area.height * (1 - get_height (self, summary, bin) /
                                                     MAX (self->most, 1e-300));
}

/* Values that are all the same have one bin, around them. */
static double
get_edge (const Canvas *self, const NnTensorSummary *summary, guint bin)
{
  if (summary->high > summary->low)
    return summary->low + (summary->high / BINS - summary->low / BINS) * bin;
  return summary->low + (bin == 0 ? -0.5 : 0.5) * get_bin_width (self, summary);
}

static void
draw_bars (const Canvas *self, const NnTensorSummary *summary)
{
  const double bottom = self->area.y + self->area.height;

  for (guint i = 0; i < BINS; i++) {
    const double left = round (get_x (self, get_edge (self, summary, i)));
    const double right = round (get_x (self, get_edge (self, summary, i + 1)));
    const double middle =
        get_edge (self, summary, i) / 2 + get_edge (self, summary, i + 1) / 2;
    double top = round (get_y (self, summary, i));

    if (summary->counts[i] == 0)
      continue;
    /* However few they are, they are there. */
    top = MIN (top, bottom - 1);
    cairo_rectangle (self->cr, left, top, MAX (right - left, 1), bottom - top);
    nudge_paint_set_colour (
        self->cr, middle < 0 ? &self->palette->negative : &self->palette->positive,
        NUDGE_BAR_OPACITY);
    cairo_fill (self->cr);
  }
}

static void
draw_outline (const Canvas *self, const NnTensorSummary *summary)
{
  const double bottom = self->area.y + self->area.height;
  const guint n = summary->high > summary->low ? BINS : 1;

  cairo_new_path (self->cr);
  cairo_move_to (self->cr, get_x (self, get_edge (self, summary, 0)), bottom);
  for (guint i = 0; i < n; i++) {
    const double y = get_y (self, summary, i);

    cairo_line_to (self->cr, get_x (self, get_edge (self, summary, i)), y);
    cairo_line_to (self->cr, get_x (self, get_edge (self, summary, i + 1)), y);
  }
  cairo_line_to (self->cr, get_x (self, get_edge (self, summary, n)), bottom);
  nudge_paint_set_colour (self->cr, &self->palette->nudge, 1);
  cairo_set_line_width (self->cr, LINE_WIDTH);
  cairo_stroke (self->cr);
}

/* ---- the pictures ------------------------------------------------------------------ */

static void
draw_legend (const Canvas *self, NudgeText *text)
{
  const char *now = _ ("bars: now");
  const double x = self->area.x;

  nudge_text_draw (text, NUDGE_TEXT_LABEL, &self->palette->secondary, x, 14, 0, now);
  nudge_text_draw_within (text, NUDGE_TEXT_LABEL, &self->palette->nudge,
                          x + nudge_text_measure (text, NUDGE_TEXT_LABEL, now) + 16, 14,
                          0, self->area.width - 100, _ ("line: with the nudge"));
}

/**
 * nudge_draw_tensor_histogram:
 * @now: (nullable)
 * @preview: (nullable): what a nudge would make of it
 *
 * Nothing but the background, if none has a histogram.
 */
void
nudge_draw_tensor_histogram (cairo_t *cr,
                             const NnTensorSummary *now,
                             const NnTensorSummary *preview,
                             const NudgeTensorHistogramStyle *style,
                             double width,
                             double height)
{
  g_autoptr (NudgeText) text = nudge_text_new (cr);
  const double head = has_bars (preview) ? HEAD : GAP;
  Canvas self = {
    .cr = cr,
    .palette = style->palette,
    .logarithmic = style->logarithmic,
    .area = { NUDGE_MARGIN, head, MAX (width - 2 * NUDGE_MARGIN, 1),
              MAX (floor (height - head - NUDGE_HISTOGRAM_FOOT), 1) },
  };

  now = has_bars (now) ? now : NULL;
  preview = has_bars (preview) ? preview : NULL;
  nudge_paint_set_colour (cr, &style->palette->background, 1);
  cairo_paint (cr);
  if (now == NULL && preview == NULL)
    return;
  find_range (&self, now, preview);
  if (now)
    draw_bars (&self, now);
  if (preview) {
    draw_outline (&self, preview);
    draw_legend (&self, text);
  }
  nudge_draw_histogram_axis (cr, text, style->palette, &self.area, self.low, self.high);
}

/**
 * nudge_draw_small_histogram:
 *
 * The bars alone, without a background.
 */
void
nudge_draw_small_histogram (cairo_t *cr,
                            const NnTensorSummary *now,
                            const NudgePalette *palette,
                            double width,
                            double height)
{
  Canvas self = { .cr = cr, .palette = palette, .area = { 0, 0, width, height } };

  if (!has_bars (now) || width < 1 || height < 1)
    return;
  find_range (&self, now, NULL);
  draw_bars (&self, now);
}

/**
 * nudge_tensor_histogram_dup_words:
 * @now: (nullable)
 * @preview: (nullable)
 *
 * Returns: (transfer full): where the values are, and where they would be
 */
char *
nudge_tensor_histogram_dup_words (const NnTensorSummary *now,
                                  const NnTensorSummary *preview)
{
  g_autofree char *low = NULL;
  g_autofree char *high = NULL;
  g_autofree char *new_low = NULL;
  g_autofree char *new_high = NULL;

  if (!has_bars (now))
    return g_strdup ("");
  low = nudge_number_format (now->min, 3);
  high = nudge_number_format (now->max, 3);
  if (!has_bars (preview))
    /* Translators: "Values from −0.3 to 0.5" */
    return g_strdup_printf (_ ("Values from %s to %s"), low, high);
  new_low = nudge_number_format (preview->min, 3);
  new_high = nudge_number_format (preview->max, 3);
  return g_strdup_printf (_ ("Values from %s to %s, with the nudge from %s to %s"), low,
                          high, new_low, new_high);
}

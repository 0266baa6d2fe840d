/* nudge-histogram-picture.c - how every layer's weights are spread, now and at the start
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/loss/nudge-histogram-picture.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "ui/draw/base/nudge-histogram-axis.h"
#include "ui/draw/base/nudge-paint.h"
#include "ui/draw/loss/nudge-layer-picture.h"
#include "ui/text/nudge-number.h"

/* A plot has at least this, and its name above it and its numbers below. */
#define LEAST_WIDTH  130.0
#define LEAST_HEIGHT 96.0
#define HEAD         24.0
#define LEGEND       30.0

typedef struct {
  cairo_t *cr;
  NudgeText *text;
  const NnFrame *frame;
  const NudgePalette *palette;
} Canvas;

static guint
find_most (const NnHistogram *histogram)
{
  guint most = 1;

  for (gsize i = 0; i < NN_HISTOGRAM_BINS; i++)
    most = MAX (most, MAX (histogram->now[i], histogram->start[i]));
  return most;
}

static void
draw_bars (const Canvas *self,
           const NnHistogram *histogram,
           const NudgeColour *colour,
           const cairo_rectangle_t *area)
{
  const double unit = area->height / find_most (histogram);
  const double step = area->width / NN_HISTOGRAM_BINS;

  nudge_paint_set_colour (self->cr, colour, NUDGE_BAR_OPACITY);
  for (gsize i = 0; i < NN_HISTOGRAM_BINS; i++) {
    const double left = round (area->x + (double) i * step);
    const double right = round (area->x + (double) (i + 1) * step);
    const double top = round (area->y + area->height - histogram->now[i] * unit);

    cairo_rectangle (self->cr, left, top, MAX (right - left, 1),
                     area->y + area->height - top);
  }
  cairo_fill (self->cr);
}

static void
draw_start (const Canvas *self,
            const NnHistogram *histogram,
            const cairo_rectangle_t *area)
{
  const double unit = area->height / find_most (histogram);
  const double step = area->width / NN_HISTOGRAM_BINS;

  cairo_new_path (self->cr);
  cairo_move_to (self->cr, area->x, area->y + area->height);
  for (gsize i = 0; i < NN_HISTOGRAM_BINS; i++) {
    const double y = area->y + area->height - histogram->start[i] * unit;

    cairo_line_to (self->cr, area->x + (double) i * step, y);
    cairo_line_to (self->cr, area->x + (double) (i + 1) * step, y);
  }
  cairo_line_to (self->cr, area->x + area->width, area->y + area->height);
  nudge_paint_set_colour (self->cr, &self->palette->text, 1);
  cairo_set_line_width (self->cr, 1.2);
  cairo_stroke (self->cr);
}

static void
draw_one (const Canvas *self, gsize layer, const cairo_rectangle_t *area)
{
  const NnHistogram *histogram = &self->frame->layers->histograms[layer];

  nudge_text_draw_within (self->text, NUDGE_TEXT_LABEL, &self->palette->text, area->x,
                          area->y - 9, 0, area->width,
                          self->frame->architecture->layers[layer].name);
  draw_bars (self, histogram, nudge_layer_get_colour (self->palette, layer), area);
  draw_start (self, histogram, area);
  nudge_draw_histogram_axis (self->cr, self->text, self->palette, area,
                             (double) histogram->low, (double) histogram->high);
}

/* What bars and lines are; and how many layers have no space. */
static void
draw_legend (const Canvas *self, double width, gsize n_left)
{
  g_autofree char *step = nudge_number_format_count (self->frame->layers->histogram_step);
  g_autofree char *now = g_strdup_printf (_ ("bars: weights after step %s"), step);
  g_autoptr (GString) words = g_string_new (now);

  g_string_append_printf (words, "    %s", _ ("line: at the start"));
  if (n_left > 0) {
    g_string_append (words, "    ");
    g_string_append_printf (words,
                            ngettext ("and %lu more", "and %lu more", (gulong) n_left),
                            (gulong) n_left);
  }
  nudge_text_draw_within (self->text, NUDGE_TEXT_LABEL, &self->palette->secondary,
                          NUDGE_MARGIN, 18 + 4.5, 0, width - 2 * NUDGE_MARGIN,
                          words->str);
}

static void
draw_all (const Canvas *self, double width, double height)
{
  const gsize n = self->frame->layers->n_layers;
  const double space = width - 2 * NUDGE_MARGIN;
  const gsize most_columns = (gsize) MAX ((space + NUDGE_MARGIN) / LEAST_WIDTH, 1);
  const gsize most_rows = (gsize) MAX ((height - LEGEND) / LEAST_HEIGHT, 1);
  const gsize n_columns = MIN (n, most_columns);
  const gsize n_rows = MIN ((n + n_columns - 1) / n_columns, most_rows);
  const double pitch = (space + NUDGE_MARGIN) / (double) n_columns;
  const double row = (height - LEGEND - 6) / (double) n_rows;
  const gsize n_shown = MIN (n, n_rows * n_columns);

  draw_legend (self, width, n - n_shown);
  for (gsize i = 0; i < n_shown; i++) {
    const cairo_rectangle_t area = {
      NUDGE_MARGIN + (double) (i % n_columns) * pitch,
      floor (LEGEND + (double) (i / n_columns) * row + HEAD),
      pitch - NUDGE_MARGIN,
      MAX (floor (row - HEAD - NUDGE_HISTOGRAM_FOOT), 1),
    };

    draw_one (self, i, &area);
  }
}

/**
 * nudge_draw_histograms:
 *
 * Side by side, in as many rows as that takes, if there is space.
 */
void
nudge_draw_histograms (cairo_t *cr,
                       const NnFrame *frame,
                       const NudgePalette *palette,
                       double width,
                       double height)
{
  g_return_if_fail (frame != NULL && palette != NULL);

  if (width < 1 || height < 1)
    return;
  g_autoptr (NudgeText) text = nudge_text_new (cr);
  const Canvas self = { cr, text, frame, palette };

  cairo_save (cr);
  cairo_rectangle (cr, 0, 0, width, height);
  cairo_clip (cr);
  nudge_paint_set_colour (cr, &palette->background, 1);
  cairo_paint (cr);
  if (frame->layers && width > 3 * NUDGE_MARGIN)
    draw_all (&self, width, height);
  cairo_restore (cr);
}

/**
 * nudge_histograms_dup_words:
 *
 * Returns: (transfer full): each layer's least and greatest weight, now or at the start
 */
char *
nudge_histograms_dup_words (const NnFrame *frame)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (gsize i = 0; frame->layers && i < frame->layers->n_layers; i++) {
    const NnHistogram *histogram = &frame->layers->histograms[i];
    g_autofree char *low = nudge_number_format ((double) histogram->low, 3);
    g_autofree char *high = nudge_number_format ((double) histogram->high, 3);

    /* Translators: "fc1: weights from −0.3 to 0.5" */
    g_string_append_printf (words, _ ("%s: weights from %s to %s"),
                            frame->architecture->layers[i].name, low, high);
    if (i + 1 < frame->layers->n_layers)
      g_string_append (words, "; ");
  }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

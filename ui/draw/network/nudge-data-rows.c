/* nudge-data-rows.c - the first examples of a table, as rows or as images
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/network/nudge-data-rows.h"

#include <math.h>

#include "ui/draw/base/nudge-paint.h"
#include "ui/draw/base/nudge-text.h"
#include "ui/text/nudge-number.h"

#define MARGIN       8.0
#define ROW_HEIGHT   18.0
#define BASELINE     13.0 /* below the top of a row */
#define COLUMN_WIDTH 48.0
#define DIGITS       3

#define IMAGE_SIZE 24.0
#define IMAGE_GAP  4.0

/* --- Rows -------------------------------------------------------------------------- */

/* What stands in a column: a feature, or the first target. */
typedef struct {
  const NnTable *table;
  gsize feature;
  gboolean is_target;
} Column;

static char *
dup_heading (const Column *column)
{
  const NnTable *table = column->table;
  char **names = column->is_target ? table->target_names : table->feature_names;

  if (names)
    return g_strdup (names[column->is_target ? 0 : column->feature]);
  return column->is_target ? g_strdup ("y")
                           : g_strdup_printf ("x%" G_GSIZE_FORMAT, column->feature + 1);
}

static char *
dup_cell (const Column *column, gsize row)
{
  const NnTable *table = column->table;
  float value;

  if (!column->is_target)
    value = table->inputs[row * table->n_features + column->feature];
  else
    value = table->targets[row * table->n_targets];
  if (column->is_target && table->class_names && nn_table_is_class (value) &&
      (gsize) value < g_strv_length (table->class_names))
    return g_strdup (table->class_names[(gsize) value]);
  return isnan (value) ? g_strdup ("–") : nudge_number_format ((double) value, DIGITS);
}

static void
draw_column (cairo_t *cr,
             const Column *column,
             const NudgePalette *palette,
             double right,
             double width,
             gsize n_rows)
{
  g_autoptr (NudgeText) text = nudge_text_new (cr);
  g_autofree char *heading = dup_heading (column);

  nudge_text_draw_within (text, NUDGE_TEXT_LABEL, &palette->secondary, right,
                          MARGIN + BASELINE, 1, width - 4, heading);
  for (gsize i = 0; i < n_rows; i++) {
    g_autofree char *cell = dup_cell (column, i);

    nudge_text_draw_within (
        text, NUDGE_TEXT_LABEL, column->is_target ? &palette->positive : &palette->text,
        right, MARGIN + (double) (i + 1) * ROW_HEIGHT + BASELINE + 3, 1, width - 4, cell);
  }
}

/**
 * nudge_draw_data_rows:
 *
 * As many columns and rows as can be read; the last one is the target, if there is one.
 */
void
nudge_draw_data_rows (cairo_t *cr,
                      const NnTable *table,
                      const NudgePalette *palette,
                      double width,
                      double height)
{
  const double inner = fmax (width - 2 * MARGIN, 0);
  const gsize has_target = table->n_targets > 0;
  const gsize fits = MAX ((gsize) (inner / COLUMN_WIDTH), 1);
  const gsize n_columns = MIN (fits, table->n_features + has_target);
  const gsize n_rows = (gsize) (fmax (height - 2 * MARGIN - 3, 0) / ROW_HEIGHT);
  const double column_width = inner / (double) n_columns;
  const double line = nudge_paint_snap (MARGIN + ROW_HEIGHT);

  for (gsize i = 0; i < n_columns; i++) {
    const Column column = { table, i, has_target && i + 1 == n_columns };

    draw_column (cr, &column, palette, MARGIN + (double) (i + 1) * column_width,
                 column_width, MIN (n_rows > 0 ? n_rows - 1 : 0, table->n_examples));
  }
  nudge_paint_set_colour (cr, &palette->hairline, 1);
  cairo_set_line_width (cr, 1);
  nudge_paint_line (cr, MARGIN, line, width - MARGIN, line);
}

/* --- Images ------------------------------------------------------------------------ */

static void
find_range (const float *values, gsize n, float *least, float *most)
{
  *least = G_MAXFLOAT;
  *most = -G_MAXFLOAT;
  for (gsize i = 0; i < n; i++) {
    *least = fminf (*least, values[i]);
    *most = fmaxf (*most, values[i]);
  }
}

/* @ink: of the largest value; of the smallest there is none */
static cairo_surface_t *
new_image (const float *values, int side, const NudgeColour *ink)
{
  cairo_surface_t *image = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, side, side);
  unsigned char *pixels = cairo_image_surface_get_data (image);
  const int stride = cairo_image_surface_get_stride (image);
  float least, most;

  find_range (values, (gsize) (side * side), &least, &most);
  for (int y = 0; y < side; y++)
    for (int x = 0; x < side; x++) {
      const float value = values[y * side + x];
      const double alpha = most > least ? (double) ((value - least) / (most - least)) : 0;
      guint32 *pixel = (guint32 *) (void *) (pixels + y * stride) + x;

      *pixel = (guint32) lround (255 * alpha) << 24 |
               (guint32) lround (255 * alpha * ink->red) << 16 |
               (guint32) lround (255 * alpha * ink->green) << 8 |
               (guint32) lround (255 * alpha * ink->blue);
    }
  cairo_surface_mark_dirty (image);
  return image;
}

static void
draw_image (cairo_t *cr,
            const float *values,
            int side,
            const NudgeColour *ink,
            double x,
            double y)
{
  cairo_surface_t *image = new_image (values, side, ink);

  cairo_save (cr);
  cairo_translate (cr, x, y);
  cairo_scale (cr, IMAGE_SIZE / side, IMAGE_SIZE / side);
  cairo_set_source_surface (cr, image, 0, 0);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_NEAREST);
  cairo_rectangle (cr, 0, 0, side, side);
  cairo_fill (cr);
  cairo_restore (cr);
  cairo_surface_destroy (image);
}

/**
 * nudge_draw_data_images:
 * @table: whose features are a square's pixels, row by row
 */
void
nudge_draw_data_images (cairo_t *cr,
                        const NnTable *table,
                        const NudgePalette *palette,
                        double width,
                        double height)
{
  const int side = (int) lround (sqrt ((double) table->n_features));
  const double step = IMAGE_SIZE + IMAGE_GAP;
  const gsize n_across =
      MAX ((gsize) (fmax (width - 2 * MARGIN + IMAGE_GAP, 0) / step), 1);
  const gsize n_down = (gsize) (fmax (height - 2 * MARGIN + IMAGE_GAP, 0) / step);
  const double left = (width - (double) n_across * step + IMAGE_GAP) / 2;
  const double top = (height - (double) n_down * step + IMAGE_GAP) / 2;

  for (gsize i = 0; i < MIN (n_across * n_down, table->n_examples); i++)
    draw_image (cr, table->inputs + i * table->n_features, side, &palette->text,
                left + (double) (i % n_across) * step,
                top + (double) (i / n_across) * step);
}

/* nudge-tensor-picture.c - a tensor's values as a heat map, and its scale
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/tensors/nudge-tensor-picture.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "nn/arrays/nn-array.h"
#include "ui/draw/base/nudge-paint.h"
#include "ui/draw/network/nudge-matrix-cells.h"
#include "ui/draw/network/nudge-network-scale.h"
#include "ui/draw/network/nudge-network-tile.h"
#include "ui/draw/tensors/nudge-tensor-cells.h"
#include "ui/text/nudge-number.h"

/* Below the matrix the scale, and what is read beside it. */
#define FOOTER       46.0
#define SCALE_HEIGHT 8.0
#define SCALE_WIDTH  150.0

/* A description of a value has no more. */
#define DIGITS 9

typedef struct {
  cairo_t *cr;
  NudgeText *text;
  const NudgeTensorSource *source;
  const NudgeTensorStyle *style;
  const NudgeMatrixViewport *viewport;
  NudgeMatrixField field;
  gboolean exact; /* all that is seen is drawn value by value */
} Canvas;

/* ---- what there is ----------------------------------------------------------------- */

/**
 * nudge_tensor_find_limit:
 * @previous: the limit before, or 0
 *
 * Returns: a round number that no finite value of the picture exceeds, greater than 0
 */
double
nudge_tensor_find_limit (const NudgeTensorSource *source, double previous)
{
  const NnTensorPicture *picture = source->picture;
  const gsize n = picture ? (gsize) picture->n_cell_rows * picture->n_cell_columns : 0;
  double largest = 0;

  for (gsize i = 0; i < n; i++) {
    const double value = source->means ? picture->means[i] : picture->extremes[i];

    if (isfinite (value))
      largest = MAX (largest, fabs (value));
  }
  return nudge_network_fit_limit (largest, previous);
}

/**
 * nudge_tensor_get_field:
 * @field: (out): where the values are in a picture of this size
 *
 * Returns: whether there are any
 */
gboolean
nudge_tensor_get_field (const NudgeTensorSource *source,
                        double width,
                        double height,
                        NudgeMatrixField *field)
{
  guint64 n_rows, n_columns;

  nn_tensor_get_matrix (source->rank, source->shape, &n_rows, &n_columns);
  if (n_rows == 0 || n_columns == 0 || (source->rank > 0 && source->shape == NULL))
    return FALSE;
  *field = (NudgeMatrixField){
    .n_rows = (double) n_rows,
    .n_columns = (double) n_columns,
    .x = NUDGE_MARGIN,
    .y = 2,
    .width = MAX (width - 2 * NUDGE_MARGIN, 1),
    .height = MAX (height - FOOTER - 2, 1),
  };
  nudge_matrix_field_stretch (field);
  return TRUE;
}

/* ---- words ------------------------------------------------------------------------- */

/* "3, 1, 0, 2": a column is all indices but the first one. */
static void
append_index (GString *words,
              const NudgeTensorSource *source,
              guint64 row,
              guint64 column)
{
  guint64 indices[NN_ARRAY_MAX_RANK];

  for (guint i = source->rank; i-- > 0; column /= source->shape[i])
    indices[i] = i == 0 && source->rank > 1 ? row : column % source->shape[i];
  for (guint i = 0; i < source->rank; i++)
    g_string_append_printf (words, "%s%" G_GUINT64_FORMAT, i > 0 ? ", " : "", indices[i]);
}

/* Returns: "fc1.weight[3, 1]" */
static char *
dup_index (const NudgeTensorSource *source, guint64 row, guint64 column)
{
  g_autoptr (GString) words = g_string_new (source->name);

  if (source->rank > 0) {
    g_string_append_c (words, '[');
    append_index (words, source, row, column);
    g_string_append_c (words, ']');
  }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static char *
dup_value_reading (const NudgeTensorSource *source,
                   guint64 row,
                   guint64 column,
                   double value)
{
  g_autofree char *index = dup_index (source, row, column);
  g_autofree char *number = nudge_number_format (value, DIGITS);

  return g_strdup_printf ("%s = %s", index, number);
}

static void
append_range (GString *words, guint64 first, guint64 end)
{
  g_string_append_printf (words, "%" G_GUINT64_FORMAT, first);
  if (end > first + 1)
    g_string_append_printf (words, "–%" G_GUINT64_FORMAT, end - 1);
}

/* "rows 0–195, columns 3–5: strongest 0.12, mean 0.003" */
static char *
dup_cell_reading (const NudgeTensorSource *source, guint row, guint column)
{
  const NnTensorPicture *picture = source->picture;
  const gsize cell = (gsize) row * picture->n_cell_columns + column;
  g_autofree char *extreme = nudge_number_format (picture->extremes[cell], DIGITS);
  g_autofree char *mean = nudge_number_format (picture->means[cell], DIGITS);
  g_autoptr (GString) rows = g_string_new (NULL);
  g_autoptr (GString) columns = g_string_new (NULL);

  append_range (rows, nn_tensor_picture_get_row (picture, row),
                nn_tensor_picture_get_row (picture, row + 1));
  append_range (columns, nn_tensor_picture_get_column (picture, column),
                nn_tensor_picture_get_column (picture, column + 1));
  if (picture->n_rows == 1)
    /* Translators: of several values, from the first to the last: "0–195" */
    return g_strdup_printf (_ ("%s[%s]: strongest %s, mean %s"), source->name,
                            columns->str, extreme, mean);
  /* Translators: of the values in these rows, "0–195", and columns, "3–5" */
  return g_strdup_printf (_ ("rows %s, columns %s: strongest %s, mean %s"), rows->str,
                          columns->str, extreme, mean);
}

/**
 * nudge_tensor_dup_reading:
 *
 * Returns: (nullable): the value there with nine digits, or a description of the cell
 *   that it is in
 */
char *
nudge_tensor_dup_reading (const NudgeTensorSource *source, guint64 row, guint64 column)
{
  const NnTensorPicture *picture = source->picture;
  guint cell_row, cell_column;
  double value;

  if (source->window != NULL &&
      nn_tensor_window_get (source->window, row, column, &value))
    return dup_value_reading (source, row, column, value);
  if (picture == NULL)
    return NULL;
  cell_row = nudge_tensor_find_cell (picture->n_rows, picture->n_cell_rows, row);
  cell_column =
      nudge_tensor_find_cell (picture->n_columns, picture->n_cell_columns, column);
  if (picture->n_cell_rows < picture->n_rows ||
      picture->n_cell_columns < picture->n_columns)
    return dup_cell_reading (source, cell_row, cell_column);
  return dup_value_reading (
      source, row, column,
      picture->extremes[cell_row * (gsize) picture->n_cell_columns + cell_column]);
}

/* How large a value is, or what a pixel is. */
static char *
dup_detail (const Canvas *self)
{
  const NnTensorPicture *picture = self->source->picture;
  const double width = nudge_matrix_viewport_get_width (self->viewport, &self->field);
  const double height = nudge_matrix_viewport_get_height (self->viewport, &self->field);
  g_autofree char *zoom = nudge_number_format (self->viewport->zoom, 2);

  if (picture == NULL)
    return g_strdup (_ ("Reading the values…"));
  if (self->exact && width >= 1 && height >= 1)
    /* Translators: how wide a value is drawn; + and − are keys */
    return g_strdup_printf (_ ("each value %s px · wheel or + and − zoom, 0 shows all"),
                            zoom);
  return g_strdup (self->source->means
                       ? _ ("each cell the mean of its values · zoom in to see them")
                       : _ ("each cell its strongest value · zoom in to see all"));
}

/* ---- the picture ------------------------------------------------------------------- */

static void
draw_scale (const Canvas *self, double width, double y)
{
  const NudgePalette *palette = self->style->palette;
  g_autofree char *low = nudge_number_format (-self->style->limit, 3);
  g_autofree char *high = nudge_number_format (self->style->limit, 3);
  float shares[65];
  NudgeRamp ramp;

  nudge_ramp_init (&ramp, palette);
  for (int i = 0; i < 65; i++)
    shares[i] = (float) (i - 32) / 32;
  nudge_draw_heat_map (self->cr, &ramp, shares, 1, G_N_ELEMENTS (shares), NUDGE_MARGIN, y,
                       width, SCALE_HEIGHT, SCALE_HEIGHT / 2);
  y += SCALE_HEIGHT + 15;
  nudge_text_draw (self->text, NUDGE_TEXT_LABEL, &palette->secondary, NUDGE_MARGIN, y, 0,
                   low);
  nudge_text_draw (self->text, NUDGE_TEXT_LABEL, &palette->secondary,
                   NUDGE_MARGIN + width / 2, y, 0.5, "0");
  nudge_text_draw (self->text, NUDGE_TEXT_LABEL, &palette->secondary,
                   NUDGE_MARGIN + width, y, 1, high);
}

/* "[3, 1] = 0.25" of "fc1.weight[3, 1] = 0.25": the name is above, and space is scarce. */
static const char *
skip_name (const Canvas *self, const char *reading)
{
  const gsize length = strlen (self->source->name);

  return g_str_has_prefix (reading, self->source->name) && reading[length] == '['
             ? reading + length
             : reading;
}

static void
draw_footer (const Canvas *self, double width, double height)
{
  const NudgePalette *palette = self->style->palette;
  const double y = height - FOOTER + 12;
  const double scale = MIN (SCALE_WIDTH, width / 3);
  const double left = 2 * NUDGE_MARGIN + scale;
  const double space = width - left - NUDGE_MARGIN;
  g_autofree char *detail = dup_detail (self);
  g_autofree char *reading =
      self->style->reading
          ? nudge_tensor_dup_reading (self->source, self->style->row, self->style->column)
          : NULL;

  draw_scale (self, scale, y);
  if (space < 1)
    return;
  if (reading != NULL)
    nudge_text_draw_within (self->text, NUDGE_TEXT_BODY, &palette->text, left, y + 8, 0,
                            space, skip_name (self, reading));
  nudge_text_draw_within (self->text, NUDGE_TEXT_LABEL, &palette->secondary, left,
                          y + SCALE_HEIGHT + 15, 0, space, detail);
}

static double
get_value (gconstpointer data, guint64 row, guint64 column)
{
  const Canvas *self = data;
  double value = (double) NAN;

  nn_tensor_window_get (self->source->window, row, column, &value);
  return value;
}

/* The numbers, where there is space, and a ring around the one that is described. */
static void
draw_details (const Canvas *self)
{
  const NudgeMatrixCells cells = {
    .cr = self->cr,
    .text = self->text,
    .palette = self->style->palette,
    .field = &self->field,
    .viewport = self->viewport,
    .limit = self->style->limit,
    .get = get_value,
    .data = self,
  };

  if (self->exact)
    nudge_draw_cell_numbers (&cells);
  if (self->style->reading)
    nudge_draw_cell_ring (&cells, self->style->row, self->style->column);
}

/* Around the values that are seen. */
static void
draw_frame (const Canvas *self)
{
  const NudgeMatrixField *field = &self->field;
  const double x = MAX (field->x, nudge_matrix_viewport_get_x (self->viewport, field, 0));
  const double y = MAX (field->y, nudge_matrix_viewport_get_y (self->viewport, field, 0));
  const double right = MIN (
      field->x + field->width,
      nudge_matrix_viewport_get_x (self->viewport, field, (guint64) field->n_columns));
  const double bottom =
      MIN (field->y + field->height,
           nudge_matrix_viewport_get_y (self->viewport, field, (guint64) field->n_rows));

  cairo_rectangle (self->cr, nudge_paint_snap (x) - 1, nudge_paint_snap (y) - 1,
                   ceil (right - x) + 1, ceil (bottom - y) + 1);
  nudge_paint_set_colour (self->cr, &self->style->palette->hairline, 1);
  cairo_set_line_width (self->cr, 1);
  cairo_stroke (self->cr);
}

/**
 * nudge_draw_tensor:
 * @viewport: was fitted, and so has a zoom
 */
void
nudge_draw_tensor (cairo_t *cr,
                   const NudgeTensorSource *source,
                   const NudgeTensorStyle *style,
                   const NudgeMatrixViewport *viewport,
                   double width,
                   double height)
{
  g_autoptr (NudgeText) text = nudge_text_new (cr);
  Canvas self = { cr, text, source, style, viewport };
  NudgeMatrixSeen seen;

  nudge_paint_set_colour (cr, &style->palette->background, 1);
  cairo_paint (cr);
  if (!nudge_tensor_get_field (source, width, height, &self.field))
    return;
  nudge_matrix_viewport_get_seen (viewport, &self.field, &seen);
  self.exact = nudge_tensor_has_values (source, &seen);
  draw_footer (&self, width, height);
  draw_frame (&self);
  cairo_save (cr);
  cairo_rectangle (cr, self.field.x, self.field.y, self.field.width, self.field.height);
  cairo_clip (cr);
  nudge_draw_tensor_cells (cr, source, style, &self.field, viewport);
  draw_details (&self);
  cairo_restore (cr);
}

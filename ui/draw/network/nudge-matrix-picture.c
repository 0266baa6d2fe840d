/* nudge-matrix-picture.c - all weights of a layer, a pixel or more for each
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/network/nudge-matrix-picture.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "ui/draw/base/nudge-frame.h"
#include "ui/draw/base/nudge-paint.h"
#include "ui/draw/base/nudge-quantity.h"
#include "ui/draw/network/nudge-matrix-cells.h"
#include "ui/draw/network/nudge-network-reading.h"
#include "ui/draw/network/nudge-network-tile.h"
#include "ui/text/nudge-number.h"

/* Above the matrix its name, below it what is told, and below that the controls. */
#define NAME_BASELINE   30.0
#define DETAIL_BASELINE 48.0
#define HEADER          60.0
#define FOOTER          88.0
#define LINE_HEIGHT     17.0

/* ---- where one looks --------------------------------------------------------------- */

/* Returns: where the weights of @layer are; each is a pixel at least */
NudgeMatrixField
nudge_matrix_get_field (const NnLayerShape *layer, double width, double height)
{
  return (NudgeMatrixField){
    .n_rows = (double) layer->n_units,
    .n_columns = (double) layer->n_inputs,
    .x = NUDGE_MARGIN,
    .y = HEADER,
    .width = MAX (width - 2 * NUDGE_MARGIN, 1),
    .height = MAX (height - HEADER - FOOTER, 1),
    .least_width = 1,
    .least_height = 1,
  };
}

/* ---- the picture ------------------------------------------------------------------- */

typedef struct {
  cairo_t *cr;
  const NnFrame *frame;
  const NudgeMatrixStyle *style;
  const NudgeMatrixViewport *viewport;
  const NnLayerShape *layer;
  const float *weights;
  NudgeText *text;
  NudgeMatrixField field;
  NudgeMatrixSeen seen;
} Matrix;

static float
get_weight (const Matrix *self, gsize row, gsize column)
{
  return self->weights[row * self->layer->n_inputs + column];
}

static double
get_value (gconstpointer data, guint64 row, guint64 column)
{
  return (double) get_weight (data, (gsize) row, (gsize) column);
}

static void
draw_weights (const Matrix *self)
{
  const NudgeMatrixSeen *seen = &self->seen;
  const gsize n_rows = (gsize) (seen->end_row - seen->first_row);
  const gsize n_columns = (gsize) (seen->end_column - seen->first_column);
  const float limit = (float) self->style->limit;
  g_autofree float *shares = g_new (float, n_rows *n_columns);
  NudgeRamp ramp;

  nudge_ramp_init (&ramp, self->style->palette);
  for (gsize i = 0; i < n_rows; i++)
    for (gsize k = 0; k < n_columns; k++) {
      const float w = get_weight (self, seen->first_row + i, seen->first_column + k);

      shares[i * n_columns + k] = isnan (w) ? 0 : CLAMP (w / limit, -1, 1);
    }
  nudge_draw_heat_map (
      self->cr, &ramp, shares, n_rows, n_columns,
      nudge_matrix_viewport_get_x (self->viewport, &self->field, seen->first_column),
      nudge_matrix_viewport_get_y (self->viewport, &self->field, seen->first_row),
      self->viewport->zoom * (double) n_columns, self->viewport->zoom * (double) n_rows,
      0);
}

/* The numbers, where there is space, and a ring around the one that is described. */
static void
draw_details (const Matrix *self)
{
  const NudgeNetworkThing *read = self->style->read;
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

  nudge_draw_cell_numbers (&cells);
  if (read != NULL && read->kind == NUDGE_NETWORK_EDGE &&
      read->column == self->style->layer + 1)
    nudge_draw_cell_ring (&cells, read->unit, read->input);
}

static void
draw_words (const Matrix *self, double width, double height)
{
  const NudgePalette *palette = self->style->palette;
  const NnParameterShape *weight =
      &self->frame->architecture->parameters[self->layer->weight];
  g_autofree char *zoom = nudge_number_format (self->viewport->zoom, 2);
  g_autofree char *limit = nudge_number_format (self->style->limit, 3);
  g_autofree char *what = nudge_quantity_dup_legend (self->style->quantity, self->frame);
  g_autofree char *detail = g_strdup_printf (
      /* Translators: units by inputs, pixels, "gradient …", the scale's end */
      _ ("%zu × %zu, each weight %s px wide · %s, full colour at ±%s"),
      self->layer->n_units, self->layer->n_inputs, zoom, what, limit);
  const double y = height - FOOTER + 20;
  const double space = width - 2 * NUDGE_MARGIN;

  nudge_text_draw_within (self->text, NUDGE_TEXT_NAME, &palette->text, NUDGE_MARGIN,
                          NAME_BASELINE, 0, space, weight->name);
  nudge_text_draw_within (self->text, NUDGE_TEXT_LABEL, &palette->secondary, NUDGE_MARGIN,
                          DETAIL_BASELINE, 0, space, detail);
  if (self->style->read && self->style->read->kind != NUDGE_NETWORK_NOTHING) {
    g_autofree char *value = nudge_network_describe (self->frame, self->style->read);
    g_auto (GStrv) lines = g_strsplit (value, "\n", 2);
    g_auto (NudgeReading) reading = { 0 };
    g_autofree char *words = NULL;

    nudge_reading_init (&reading, self->frame, self->style->read);
    words = nudge_reading_dup_words (&reading);
    nudge_text_draw_within (self->text, NUDGE_TEXT_BODY, &palette->text, NUDGE_MARGIN, y,
                            0, space, lines[0]);
    nudge_text_draw_within (self->text, NUDGE_TEXT_LABEL, &palette->secondary,
                            NUDGE_MARGIN, y + LINE_HEIGHT, 0, space,
                            reading.n_rows > 0 ? words : lines[1]);
  } else {
    nudge_text_draw_within (self->text, NUDGE_TEXT_LABEL, &palette->secondary,
                            NUDGE_MARGIN, y, 0, space,
                            _ ("Wheel or + and − zoom, dragging or arrows move, Escape "
                               "closes"));
  }
}

/**
 * nudge_draw_matrix:
 * @viewport: was fitted, and so has a zoom
 */
void
nudge_draw_matrix (cairo_t *cr,
                   const NnFrame *frame,
                   const NudgeMatrixStyle *style,
                   const NudgeMatrixViewport *viewport,
                   double width,
                   double height)
{
  g_autoptr (NudgeText) text = nudge_text_new (cr);
  Matrix self = {
    .cr = cr,
    .frame = frame,
    .style = style,
    .viewport = viewport,
    .layer = &frame->architecture->layers[style->layer],
    .weights = nudge_frame_get_shown (frame, style->quantity, style->layer + 1),
    .text = text,
  };

  nudge_paint_set_colour (cr, &style->palette->background, 1);
  cairo_paint (cr);
  draw_words (&self, width, height);
  self.field = nudge_matrix_get_field (self.layer, width, height);
  nudge_matrix_viewport_get_seen (viewport, &self.field, &self.seen);
  if (self.seen.first_row >= self.seen.end_row ||
      self.seen.first_column >= self.seen.end_column)
    return;
  cairo_save (cr);
  cairo_rectangle (cr, self.field.x, self.field.y, self.field.width, self.field.height);
  cairo_clip (cr);
  draw_weights (&self);
  draw_details (&self);
  cairo_restore (cr);
}

/* nudge-matrix-picture.c - all weights of a layer, a pixel or more for each
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/nudge-matrix-picture.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "ui/draw/nudge-frame.h"
#include "ui/draw/nudge-network-reading.h"
#include "ui/draw/nudge-network-tile.h"
#include "ui/draw/nudge-paint.h"
#include "ui/draw/nudge-quantity.h"
#include "ui/draw/nudge-text.h"
#include "ui/text/nudge-number.h"

/* Above the matrix its name, below it what is told, and below that the controls. */
#define NAME_BASELINE   30.0
#define DETAIL_BASELINE 48.0
#define HEADER          60.0
#define FOOTER          88.0
#define LINE_HEIGHT     17.0

/* From here on a weight has its number in it. */
#define NUMBER_NEEDS_ZOOM 40.0

/* Where the weights are, in the picture's units. */
typedef struct {
  double x;
  double y;
  double width;
  double height;
} Box;

static Box
get_box (double width, double height)
{
  return (Box){ NUDGE_MARGIN, HEADER, MAX (width - 2 * NUDGE_MARGIN, 1),
                MAX (height - HEADER - FOOTER, 1) };
}

/* ---- where one looks --------------------------------------------------------------- */

static double
hold (double at, double n, double n_seen)
{
  return n <= n_seen ? (n - n_seen) / 2 : CLAMP (at, 0, n - n_seen);
}

/* What is smaller than the picture is in its middle, and nothing goes beyond an end. */
static void
keep_inside (NudgeMatrixPlace *self, const NnLayerShape *layer, const Box *box)
{
  self->x = hold (self->x, (double) layer->n_inputs, box->width / self->zoom);
  self->y = hold (self->y, (double) layer->n_units, box->height / self->zoom);
}

/* As large as all of it fits; but a weight is a pixel at least. */
void
nudge_matrix_place_fit (NudgeMatrixPlace *self,
                        const NnLayerShape *layer,
                        double width,
                        double height)
{
  const Box box = get_box (width, height);

  self->zoom = CLAMP (
      MIN (box.width / (double) layer->n_inputs, box.height / (double) layer->n_units), 1,
      NUDGE_MATRIX_MOST_ZOOM);
  if (self->zoom > 1)
    self->zoom = floor (self->zoom);
  self->x = self->y = 0;
  keep_inside (self, layer, &box);
}

/* What is at @x, @y of the picture stays there. */
void
nudge_matrix_place_zoom (NudgeMatrixPlace *self,
                         const NnLayerShape *layer,
                         double width,
                         double height,
                         double factor,
                         double x,
                         double y)
{
  const Box box = get_box (width, height);
  const double before = self->zoom;

  self->zoom = CLAMP (before * factor, 1, NUDGE_MATRIX_MOST_ZOOM);
  self->x += (x - box.x) * (1 / before - 1 / self->zoom);
  self->y += (y - box.y) * (1 / before - 1 / self->zoom);
  keep_inside (self, layer, &box);
}

/* @dx, @dy: in the picture's units, as the pointer drags what it holds */
void
nudge_matrix_place_move (NudgeMatrixPlace *self,
                         const NnLayerShape *layer,
                         double width,
                         double height,
                         double dx,
                         double dy)
{
  const Box box = get_box (width, height);

  self->x -= dx / self->zoom;
  self->y -= dy / self->zoom;
  keep_inside (self, layer, &box);
}

/**
 * nudge_matrix_thing_at:
 *
 * Returns: the weight that is drawn there
 */
NudgeNetworkThing
nudge_matrix_thing_at (const NnFrame *frame,
                       gsize layer,
                       const NudgeMatrixPlace *place,
                       double width,
                       double height,
                       double x,
                       double y)
{
  const NnLayerShape *shape = &frame->architecture->layers[layer];
  const Box box = get_box (width, height);
  const double column = place->x + (x - box.x) / place->zoom;
  const double row = place->y + (y - box.y) / place->zoom;

  if (x < box.x || y < box.y || x >= box.x + box.width || y >= box.y + box.height ||
      row < 0 || column < 0 || row >= (double) shape->n_units ||
      column >= (double) shape->n_inputs)
    return (NudgeNetworkThing){ NUDGE_NETWORK_NOTHING };
  return (NudgeNetworkThing){ NUDGE_NETWORK_EDGE, layer + 1, (gsize) row,
                              (gsize) column };
}

/* ---- the picture ------------------------------------------------------------------- */

typedef struct {
  cairo_t *cr;
  const NnFrame *frame;
  const NudgeMatrixStyle *style;
  const NudgeMatrixPlace *place;
  const NnLayerShape *layer;
  const float *weights;
  NudgeText *text;
  Box box;
  /* What of it is seen. */
  gsize first_row, end_row;
  gsize first_column, end_column;
} Matrix;

static void
find_seen (Matrix *self)
{
  const NudgeMatrixPlace *place = self->place;

  self->first_row = (gsize) MAX (floor (place->y), 0);
  self->first_column = (gsize) MAX (floor (place->x), 0);
  self->end_row = (gsize) CLAMP (ceil (place->y + self->box.height / place->zoom), 0,
                                 (double) self->layer->n_units);
  self->end_column = (gsize) CLAMP (ceil (place->x + self->box.width / place->zoom), 0,
                                    (double) self->layer->n_inputs);
}

static float
get_weight (const Matrix *self, gsize row, gsize column)
{
  return self->weights[row * self->layer->n_inputs + column];
}

static double
get_x (const Matrix *self, gsize column)
{
  return self->box.x + ((double) column - self->place->x) * self->place->zoom;
}

static double
get_y (const Matrix *self, gsize row)
{
  return self->box.y + ((double) row - self->place->y) * self->place->zoom;
}

static void
draw_weights (const Matrix *self)
{
  const gsize n_rows = self->end_row - self->first_row;
  const gsize n_columns = self->end_column - self->first_column;
  const float limit = (float) self->style->limit;
  g_autofree float *shares = g_new (float, n_rows *n_columns);
  NudgeRamp ramp;

  nudge_ramp_init (&ramp, self->style->palette);
  for (gsize i = 0; i < n_rows; i++)
    for (gsize k = 0; k < n_columns; k++) {
      const float w = get_weight (self, self->first_row + i, self->first_column + k);

      shares[i * n_columns + k] = isnan (w) ? 0 : CLAMP (w / limit, -1, 1);
    }
  nudge_draw_heat_map (self->cr, &ramp, shares, n_rows, n_columns,
                       get_x (self, self->first_column), get_y (self, self->first_row),
                       self->place->zoom * (double) n_columns,
                       self->place->zoom * (double) n_rows, 0);
}

static void
draw_numbers (const Matrix *self)
{
  for (gsize i = self->first_row; i < self->end_row; i++)
    for (gsize k = self->first_column; k < self->end_column; k++) {
      const float w = get_weight (self, i, k);
      g_autofree char *number = nudge_number_format ((double) w, 2);
      const gboolean strong =
          isfinite (w) && fabs ((double) w) > 0.4 * self->style->limit;

      nudge_text_draw_within (self->text, NUDGE_TEXT_LABEL,
                              strong ? &self->style->palette->background
                                     : &self->style->palette->text,
                              get_x (self, k) + self->place->zoom / 2,
                              get_y (self, i) + self->place->zoom / 2 + 4, 0.5,
                              self->place->zoom - 2, number);
    }
}

/* A ring in the text's colour, with one of the ground around it. */
static void
draw_read (const Matrix *self)
{
  const NudgeNetworkThing *read = self->style->read;
  const double side = MAX (self->place->zoom, 4);

  if (read == NULL || read->kind != NUDGE_NETWORK_EDGE ||
      read->column != self->style->layer + 1)
    return;
  for (int i = 0; i < 2; i++) {
    cairo_rectangle (self->cr, get_x (self, read->input) - 1.5,
                     get_y (self, read->unit) - 1.5, side + 3, side + 3);
    nudge_paint_set_colour (
        self->cr,
        i == 0 ? &self->style->palette->background : &self->style->palette->text, 1);
    cairo_set_line_width (self->cr, i == 0 ? 4 : 1.5);
    cairo_stroke (self->cr);
  }
}

static void
draw_words (const Matrix *self, double width, double height)
{
  const NudgePalette *palette = self->style->palette;
  const NnParameterShape *weight =
      &self->frame->architecture->parameters[self->layer->weight];
  g_autofree char *zoom = nudge_number_format (self->place->zoom, 2);
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
 * @place: was fitted, and so has a zoom
 */
void
nudge_draw_matrix (cairo_t *cr,
                   const NnFrame *frame,
                   const NudgeMatrixStyle *style,
                   const NudgeMatrixPlace *place,
                   double width,
                   double height)
{
  g_autoptr (NudgeText) text = nudge_text_new (cr);
  Matrix self = {
    .cr = cr,
    .frame = frame,
    .style = style,
    .place = place,
    .layer = &frame->architecture->layers[style->layer],
    .weights = nudge_frame_get_shown (frame, style->quantity, style->layer + 1),
    .text = text,
    .box = get_box (width, height),
  };

  nudge_paint_set_colour (cr, &style->palette->background, 1);
  cairo_paint (cr);
  draw_words (&self, width, height);
  find_seen (&self);
  if (self.first_row >= self.end_row || self.first_column >= self.end_column)
    return;
  cairo_save (cr);
  cairo_rectangle (cr, self.box.x, self.box.y, self.box.width, self.box.height);
  cairo_clip (cr);
  draw_weights (&self);
  if (place->zoom >= NUMBER_NEEDS_ZOOM)
    draw_numbers (&self);
  draw_read (&self);
  cairo_restore (cr);
}

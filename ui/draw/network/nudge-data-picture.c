/* nudge-data-picture.c - a picture of the data that a run is trained on
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/network/nudge-data-picture.h"

#include <math.h>

#include "ui/draw/base/nudge-class-colour.h"
#include "ui/draw/base/nudge-paint.h"
#include "ui/draw/network/nudge-data-rows.h"

#define MARGIN      10.0 /* between the outermost points and the frame */
#define RADIUS      3.0  /* of a point */
#define HALO        1.5  /* around each, so that those above others can be told apart */
#define REACH       8.0  /* a pointer this near to a point means it */
#define MOST_POINTS 3000 /* are drawn */
#define CURSOR      7.0  /* half the length of its arms */
#define N_SHAPES    4

/* --- The scene --------------------------------------------------------------------- */

static NudgeDataKind
choose_kind (const NnTable *table)
{
  const double side = floor (sqrt ((double) table->n_features));

  if (table->n_features == 2 && table->n_targets <= 1)
    return NUDGE_DATA_POINTS;
  if (table->n_features == 1 && table->n_targets <= 1)
    return NUDGE_DATA_CURVE;
  return table->n_features >= 49 && side * side == (double) table->n_features
             ? NUDGE_DATA_IMAGES
             : NUDGE_DATA_TABLE;
}

gboolean
nudge_data_scene_is_plane (const NudgeDataScene *self)
{
  return self->kind == NUDGE_DATA_POINTS || self->kind == NUDGE_DATA_CURVE;
}

/**
 * nudge_data_scene_get_values:
 * @row: of the table
 * @values: (array fixed-size=2) (out): where it is along the axes
 */
void
nudge_data_scene_get_values (const NudgeDataScene *self, gsize row, double *values)
{
  const NnTable *table = self->dataset->table;
  const float *inputs = table->inputs + row * table->n_features;

  values[0] = (double) inputs[0];
  if (self->kind == NUDGE_DATA_POINTS)
    values[1] = (double) inputs[1];
  else
    values[1] = table->n_targets > 0 ? (double) table->targets[row] : 0;
}

static void
find_range (NudgeDataScene *self)
{
  self->least[0] = self->least[1] = G_MAXDOUBLE;
  self->most[0] = self->most[1] = -G_MAXDOUBLE;
  for (gsize i = 0; i < self->dataset->n_examples; i++) {
    double values[2];

    nudge_data_scene_get_values (self, i, values);
    for (int k = 0; k < 2; k++) {
      self->least[k] = fmin (self->least[k], values[k]);
      self->most[k] = fmax (self->most[k], values[k]);
    }
  }
  for (int k = 0; k < 2; k++)
    if (!(self->most[k] > self->least[k])) {
      const double middle = isfinite (self->most[k]) ? self->most[k] : 0;

      self->least[k] = middle - 1;
      self->most[k] = middle + 1;
    }
}

/* Points that come and go move no others, as long as all are well within what there was. */
static void
keep_range (NudgeDataScene *self, const NudgeDataScene *before)
{
  for (int k = 0; k < 2; k++) {
    const double span = self->most[k] - self->least[k];

    if (self->least[k] < before->least[k] || self->most[k] > before->most[k] ||
        span < (before->most[k] - before->least[k]) / 2)
      return;
  }
  for (int k = 0; k < 2; k++) {
    self->least[k] = before->least[k];
    self->most[k] = before->most[k];
  }
}

static void
find_limit (NudgeDataScene *self)
{
  const NnTable *table = self->dataset->table;

  for (gsize i = 0; i < table->n_examples * table->n_targets; i++)
    self->limit = fmax (self->limit, fabs ((double) table->targets[i]));
}

static void
find_held_out (NudgeDataScene *self)
{
  const NnDataset *dataset = self->dataset;

  if (dataset->n_training == dataset->n_examples)
    return;
  self->held_out = g_new0 (guint8, dataset->n_examples);
  for (gsize i = dataset->n_training; i < dataset->n_examples; i++)
    self->held_out[dataset->order ? dataset->order[i] : i] = TRUE;
}

/**
 * nudge_data_scene_init:
 * @self: (out): what it held is not freed
 * @dataset: gets a reference
 * @before: (nullable): what was drawn until now, whose axes are kept where they will do
 */
void
nudge_data_scene_init (NudgeDataScene *self,
                       NnDataset *dataset,
                       const NudgeDataScene *before)
{
  *self = (NudgeDataScene){ .dataset = nn_dataset_ref (dataset) };
  self->kind = choose_kind (dataset->table);
  self->stride = 1 + (dataset->n_examples - 1) / MOST_POINTS;
  find_held_out (self);
  if (!nudge_data_scene_is_plane (self))
    return;
  find_range (self);
  find_limit (self);
  if (before && before->dataset && before->kind == self->kind)
    keep_range (self, before);
}

void
nudge_data_scene_clear (NudgeDataScene *self)
{
  g_clear_pointer (&self->dataset, nn_dataset_unref);
  g_clear_pointer (&self->held_out, g_free);
}

/* --- Where things are -------------------------------------------------------------- */

/* A feature is as long in both directions; a target has a scale of its own. */
static void
find_scales (const NudgeDataScene *self, double width, double height, double *scales)
{
  scales[0] = fmax (width - 2 * MARGIN, 1) / (self->most[0] - self->least[0]);
  scales[1] = fmax (height - 2 * MARGIN, 1) / (self->most[1] - self->least[1]);
  if (self->kind == NUDGE_DATA_POINTS)
    scales[0] = scales[1] = fmin (scales[0], scales[1]);
}

/**
 * nudge_data_scene_find_place:
 * @values: (array fixed-size=2)
 */
void
nudge_data_scene_find_place (const NudgeDataScene *self,
                             double width,
                             double height,
                             const double *values,
                             double *x,
                             double *y)
{
  double scales[2];

  find_scales (self, width, height, scales);
  *x = width / 2 + (values[0] - (self->least[0] + self->most[0]) / 2) * scales[0];
  *y = height / 2 - (values[1] - (self->least[1] + self->most[1]) / 2) * scales[1];
}

/**
 * nudge_data_scene_find_values:
 * @values: (array fixed-size=2) (out)
 */
void
nudge_data_scene_find_values (const NudgeDataScene *self,
                              double width,
                              double height,
                              double x,
                              double y,
                              double *values)
{
  double scales[2];

  find_scales (self, width, height, scales);
  values[0] = (self->least[0] + self->most[0]) / 2 + (x - width / 2) / scales[0];
  values[1] = (self->least[1] + self->most[1]) / 2 - (y - height / 2) / scales[1];
}

/**
 * nudge_data_scene_find_row:
 *
 * Returns: the nearest point that is drawn there; -1 for none
 */
gssize
nudge_data_scene_find_row (const NudgeDataScene *self,
                           double width,
                           double height,
                           double x,
                           double y)
{
  double nearest = REACH * REACH;
  gssize row = -1;

  if (!nudge_data_scene_is_plane (self))
    return -1;
  for (gsize i = 0; i < self->dataset->n_examples; i += self->stride) {
    double values[2], px, py, distance;

    nudge_data_scene_get_values (self, i, values);
    nudge_data_scene_find_place (self, width, height, values, &px, &py);
    distance = (px - x) * (px - x) + (py - y) * (py - y);
    if (distance > nearest)
      continue;
    nearest = distance;
    row = (gssize) i;
  }
  return row;
}

/* --- Drawing ----------------------------------------------------------------------- */

static NudgeColour
choose_colour (const NudgeDataScene *self, gsize row, const NudgePalette *palette)
{
  const NnTable *table = self->dataset->table;
  double value;

  if (self->kind == NUDGE_DATA_CURVE || table->n_targets == 0)
    return palette->positive;
  value = (double) table->targets[row];
  if (self->dataset->n_classes > 0)
    return *nudge_class_colour_get (palette, (gsize) value, self->dataset->n_classes);
  value = self->limit > 0 ? value / self->limit : 0;
  return nudge_paint_mix (
      &palette->ghost, value < 0 ? &palette->negative : &palette->positive, fabs (value));
}

/* From the third class on the shape says it, too. */
static void
trace_point (cairo_t *cr, gsize shape, double x, double y)
{
  const double r = RADIUS;

  cairo_new_path (cr);
  switch (shape) {
  case 2:
    cairo_rectangle (cr, x - r, y - r, 2 * r, 2 * r);
    break;
  case 3:
    cairo_move_to (cr, x, y - r - 1);
    cairo_line_to (cr, x + r + 1, y + r);
    cairo_line_to (cr, x - r - 1, y + r);
    cairo_close_path (cr);
    break;
  default:
    cairo_arc (cr, x, y, r, 0, 2 * G_PI);
  }
}

static void
draw_point (cairo_t *cr,
            const NudgeDataScene *self,
            const NudgeDataStyle *style,
            gsize row,
            double x,
            double y)
{
  const NudgeColour colour = choose_colour (self, row, style->palette);
  const gboolean has_class =
      self->kind == NUDGE_DATA_POINTS && self->dataset->n_classes > 0;
  const gsize class = has_class ? (gsize) self->dataset->table->targets[row] : 0;

  trace_point (cr, class % N_SHAPES, x, y);
  if (self->held_out && self->held_out[row]) {
    nudge_paint_set_colour (cr, &style->palette->background, 1);
    cairo_fill_preserve (cr);
    nudge_paint_set_colour (cr, &colour, 1);
    cairo_set_line_width (cr, 1.5);
    cairo_stroke (cr);
    return;
  }
  nudge_paint_set_colour (cr, &style->palette->background, 1);
  cairo_set_line_width (cr, HALO);
  cairo_stroke_preserve (cr);
  nudge_paint_set_colour (cr, &colour, 1);
  cairo_fill (cr);
}

static void
draw_points (cairo_t *cr,
             const NudgeDataScene *self,
             const NudgeDataStyle *style,
             double width,
             double height)
{
  for (gsize i = 0; i < self->dataset->n_examples; i += self->stride) {
    double values[2], x, y;

    nudge_data_scene_get_values (self, i, values);
    if ((gssize) i == style->row) {
      values[0] = style->x;
      values[1] = style->y;
    }
    nudge_data_scene_find_place (self, width, height, values, &x, &y);
    draw_point (cr, self, style, i, x, y);
  }
}

/* The axes, where they are in sight. */
static void
draw_axes (cairo_t *cr,
           const NudgeDataScene *self,
           const NudgePalette *palette,
           double width,
           double height)
{
  static const double origin[2] = { 0, 0 };
  double x, y;

  nudge_data_scene_find_place (self, width, height, origin, &x, &y);
  nudge_paint_set_colour (cr, &palette->hairline, 1);
  cairo_set_line_width (cr, 1);
  if (x > 0 && x < width)
    nudge_paint_line (cr, nudge_paint_snap (x), 0, nudge_paint_snap (x), height);
  if (y > 0 && y < height)
    nudge_paint_line (cr, 0, nudge_paint_snap (y), width, nudge_paint_snap (y));
}

static void
draw_cursor (cairo_t *cr,
             const NudgeDataScene *self,
             const NudgeDataStyle *style,
             double width,
             double height)
{
  double x, y;

  nudge_data_scene_find_place (self, width, height, style->cursor, &x, &y);
  x = nudge_paint_snap (x);
  y = nudge_paint_snap (y);
  nudge_paint_set_colour (cr, &style->palette->accent, 1);
  cairo_set_line_width (cr, 2);
  nudge_paint_line (cr, x - CURSOR - RADIUS, y, x - RADIUS - 1, y);
  nudge_paint_line (cr, x + RADIUS + 1, y, x + CURSOR + RADIUS, y);
  nudge_paint_line (cr, x, y - CURSOR - RADIUS, x, y - RADIUS - 1);
  nudge_paint_line (cr, x, y + RADIUS + 1, x, y + CURSOR + RADIUS);
}

/**
 * nudge_draw_data:
 *
 * On the background that there is.
 */
void
nudge_draw_data (cairo_t *cr,
                 const NudgeDataScene *scene,
                 const NudgeDataStyle *style,
                 double width,
                 double height)
{
  cairo_save (cr);
  cairo_rectangle (cr, 0, 0, width, height);
  cairo_clip (cr);
  if (nudge_data_scene_is_plane (scene)) {
    draw_axes (cr, scene, style->palette, width, height);
    draw_points (cr, scene, style, width, height);
    if (style->has_cursor)
      draw_cursor (cr, scene, style, width, height);
  } else if (scene->kind == NUDGE_DATA_IMAGES) {
    nudge_draw_data_images (cr, scene->dataset->table, style->palette, width, height);
  } else {
    nudge_draw_data_rows (cr, scene->dataset->table, style->palette, width, height);
  }
  cairo_restore (cr);
}

/* nudge-matrix-viewport.c - which part of a matrix is visible, and how large
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/network/nudge-matrix-viewport.h"

#include <math.h>

/* A side that all values would take less of is stretched up to this share of the space … */
#define LEAST_SHARE 0.5
/* … but no value to more than this. */
#define MOST_STRETCH 48.0

/* Of a value, where all are seen and are squares. */
static double
get_square (const NudgeMatrixField *self)
{
  return MIN (MIN (self->width / self->n_columns, self->height / self->n_rows),
              NUDGE_MATRIX_MOST_ZOOM);
}

static double
stretch (double square, double n, double space)
{
  return MAX (square, MIN (MOST_STRETCH, LEAST_SHARE * space / n));
}

/**
 * nudge_matrix_field_stretch:
 *
 * A value's least width and height become such that all are seen, as squares or, of a long
 * and narrow matrix, as less narrow ones.
 */
void
nudge_matrix_field_stretch (NudgeMatrixField *self)
{
  const double square = get_square (self);

  self->least_width = stretch (square, self->n_columns, self->width);
  self->least_height = stretch (square, self->n_rows, self->height);
}

/* Returns: of a value */
double
nudge_matrix_viewport_get_width (const NudgeMatrixViewport *self,
                                 const NudgeMatrixField *field)
{
  return MAX (self->zoom, field->least_width);
}

/* Returns: of a value */
double
nudge_matrix_viewport_get_height (const NudgeMatrixViewport *self,
                                  const NudgeMatrixField *field)
{
  return MAX (self->zoom, field->least_height);
}

static double
hold (double at, double n, double n_seen)
{
  return n <= n_seen ? (n - n_seen) / 2 : CLAMP (at, 0, n - n_seen);
}

/* What is smaller than the picture is in its middle, and nothing goes beyond an end. */
static void
keep_inside (NudgeMatrixViewport *self, const NudgeMatrixField *field)
{
  self->x = hold (self->x, field->n_columns,
                  field->width / nudge_matrix_viewport_get_width (self, field));
  self->y = hold (self->y, field->n_rows,
                  field->height / nudge_matrix_viewport_get_height (self, field));
}

static double
get_least_zoom (const NudgeMatrixField *field)
{
  return MIN (field->least_width, field->least_height);
}

/* As large as all of it fits, but no smaller than the least. */
void
nudge_matrix_viewport_fit (NudgeMatrixViewport *self, const NudgeMatrixField *field)
{
  self->zoom = MAX (get_square (field), get_least_zoom (field));
  if (floor (self->zoom) >= MAX (get_least_zoom (field), 1))
    self->zoom = floor (self->zoom);
  self->x = self->y = 0;
  keep_inside (self, field);
}

/* What is at @x, @y of the picture stays there. */
void
nudge_matrix_viewport_zoom (NudgeMatrixViewport *self,
                            const NudgeMatrixField *field,
                            double factor,
                            double x,
                            double y)
{
  const double width = nudge_matrix_viewport_get_width (self, field);
  const double height = nudge_matrix_viewport_get_height (self, field);

  self->zoom =
      CLAMP (self->zoom * factor, get_least_zoom (field), NUDGE_MATRIX_MOST_ZOOM);
  self->x +=
      (x - field->x) * (1 / width - 1 / nudge_matrix_viewport_get_width (self, field));
  self->y +=
      (y - field->y) * (1 / height - 1 / nudge_matrix_viewport_get_height (self, field));
  keep_inside (self, field);
}

/* @dx, @dy: as the pointer drags what it holds */
void
nudge_matrix_viewport_move (NudgeMatrixViewport *self,
                            const NudgeMatrixField *field,
                            double dx,
                            double dy)
{
  self->x -= dx / nudge_matrix_viewport_get_width (self, field);
  self->y -= dy / nudge_matrix_viewport_get_height (self, field);
  keep_inside (self, field);
}

/**
 * nudge_matrix_viewport_find:
 * @row: (out)
 * @column: (out)
 *
 * Returns: whether a value is drawn there
 */
gboolean
nudge_matrix_viewport_find (const NudgeMatrixViewport *self,
                            const NudgeMatrixField *field,
                            double x,
                            double y,
                            guint64 *row,
                            guint64 *column)
{
  const double c =
      self->x + (x - field->x) / nudge_matrix_viewport_get_width (self, field);
  const double r =
      self->y + (y - field->y) / nudge_matrix_viewport_get_height (self, field);

  if (x < field->x || y < field->y || x >= field->x + field->width ||
      y >= field->y + field->height || r < 0 || c < 0 || r >= field->n_rows ||
      c >= field->n_columns)
    return FALSE;
  *row = (guint64) r;
  *column = (guint64) c;
  return TRUE;
}

/* The values that are at least partly visible. */
void
nudge_matrix_viewport_get_seen (const NudgeMatrixViewport *self,
                                const NudgeMatrixField *field,
                                NudgeMatrixSeen *seen)
{
  const double width = nudge_matrix_viewport_get_width (self, field);
  const double height = nudge_matrix_viewport_get_height (self, field);

  seen->first_row = (guint64) MAX (floor (self->y), 0);
  seen->first_column = (guint64) MAX (floor (self->x), 0);
  seen->end_row =
      (guint64) CLAMP (ceil (self->y + field->height / height), 0, field->n_rows);
  seen->end_column =
      (guint64) CLAMP (ceil (self->x + field->width / width), 0, field->n_columns);
}

/* Returns: of a column's left edge */
double
nudge_matrix_viewport_get_x (const NudgeMatrixViewport *self,
                             const NudgeMatrixField *field,
                             guint64 column)
{
  return field->x +
         ((double) column - self->x) * nudge_matrix_viewport_get_width (self, field);
}

/* Returns: of a row's upper edge */
double
nudge_matrix_viewport_get_y (const NudgeMatrixViewport *self,
                             const NudgeMatrixField *field,
                             guint64 row)
{
  return field->y +
         ((double) row - self->y) * nudge_matrix_viewport_get_height (self, field);
}

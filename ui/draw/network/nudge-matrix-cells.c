/* nudge-matrix-cells.c - what is written in the cells of a matrix, and a ring around one
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/network/nudge-matrix-cells.h"

#include <math.h>

#include "ui/draw/base/nudge-paint.h"
#include "ui/text/nudge-number.h"

/* So wide and high, a cell has its number in it. */
#define NUMBER_NEEDS 40.0

/* A ring is around this at least. */
#define LEAST_SIDE 4.0

/* In fewer digits if it must be. One that is cut would be read as another number, without
 * its exponent for instance: then none is shown. */
static char *
dup_number (const NudgeMatrixCells *self, double w, double width)
{
  for (int n_digits = 2; n_digits > 0; n_digits--) {
    g_autofree char *number = nudge_number_format (w, n_digits);

    if (nudge_text_measure (self->text, NUDGE_TEXT_LABEL, number) <= width)
      return g_steal_pointer (&number);
  }
  return NULL;
}

static void
draw_number (const NudgeMatrixCells *self,
             guint64 row,
             guint64 column,
             double width,
             double height)
{
  const double w = self->get (self->data, row, column);
  const gboolean strong = isfinite (w) && fabs (w) > 0.4 * self->limit;
  g_autofree char *number = dup_number (self, w, width - 2);

  if (number != NULL)
    nudge_text_draw (
        self->text, NUDGE_TEXT_LABEL,
        strong ? &self->palette->background : &self->palette->text,
        nudge_matrix_viewport_get_x (self->viewport, self->field, column) + width / 2,
        nudge_matrix_viewport_get_y (self->viewport, self->field, row) + height / 2 + 4,
        0.5, number);
}

/* Where there is space for them. */
void
nudge_draw_cell_numbers (const NudgeMatrixCells *self)
{
  const double width = nudge_matrix_viewport_get_width (self->viewport, self->field);
  const double height = nudge_matrix_viewport_get_height (self->viewport, self->field);
  NudgeMatrixSeen seen;

  if (MIN (width, height) < NUMBER_NEEDS)
    return;
  nudge_matrix_viewport_get_seen (self->viewport, self->field, &seen);
  for (guint64 i = seen.first_row; i < seen.end_row; i++)
    for (guint64 k = seen.first_column; k < seen.end_column; k++)
      draw_number (self, i, k, width, height);
}

/* A ring in the text's colour, with one of the ground around it. */
void
nudge_draw_cell_ring (const NudgeMatrixCells *self, guint64 row, guint64 column)
{
  const double width =
      MAX (nudge_matrix_viewport_get_width (self->viewport, self->field), LEAST_SIDE);
  const double height =
      MAX (nudge_matrix_viewport_get_height (self->viewport, self->field), LEAST_SIDE);

  for (int i = 0; i < 2; i++) {
    cairo_rectangle (
        self->cr, nudge_matrix_viewport_get_x (self->viewport, self->field, column) - 1.5,
        nudge_matrix_viewport_get_y (self->viewport, self->field, row) - 1.5, width + 3,
        height + 3);
    nudge_paint_set_colour (
        self->cr, i == 0 ? &self->palette->background : &self->palette->text, 1);
    cairo_set_line_width (self->cr, i == 0 ? 4 : 1.5);
    cairo_stroke (self->cr);
  }
}

/* nudge-raster.c - the pixels behind a cairo_t, for what Cairo is slow at
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/base/nudge-raster.h"

#include <math.h>

/* Rounding errors of a chain of transformations. */
#define SAME 1e-9

/* Of the user's units to the surface's pixels. */
static gboolean
find_transform (NudgeRaster *self, cairo_t *cr)
{
  cairo_matrix_t matrix;
  double x_scale, y_scale, x_offset, y_offset;

  cairo_get_matrix (cr, &matrix);
  cairo_surface_get_device_scale (self->surface, &x_scale, &y_scale);
  cairo_surface_get_device_offset (self->surface, &x_offset, &y_offset);
  self->scale = matrix.xx * x_scale;
  self->x0 = matrix.x0 * x_scale + x_offset;
  self->y0 = matrix.y0 * y_scale + y_offset;
  return self->scale > 0 && fabs (matrix.xy) < SAME && fabs (matrix.yx) < SAME &&
         fabs (matrix.yy * y_scale - self->scale) < SAME * self->scale;
}

/* A clip between two pixels goes to the nearer one. */
static gboolean
find_clip (NudgeRaster *self, cairo_t *cr)
{
  cairo_rectangle_list_t *list = cairo_copy_clip_rectangle_list (cr);
  const gboolean is_one =
      list->status == CAIRO_STATUS_SUCCESS && list->num_rectangles == 1;

  if (is_one) {
    const cairo_rectangle_t *clip = list->rectangles;
    const int width = cairo_image_surface_get_width (self->surface);
    const int height = cairo_image_surface_get_height (self->surface);

    self->left = (int) lround (MAX (self->x0 + self->scale * clip->x, 0));
    self->top = (int) lround (MAX (self->y0 + self->scale * clip->y, 0));
    self->right =
        (int) lround (MIN (self->x0 + self->scale * (clip->x + clip->width), width));
    self->bottom =
        (int) lround (MIN (self->y0 + self->scale * (clip->y + clip->height), height));
  }
  cairo_rectangle_list_destroy (list);
  return is_one && self->left < self->right && self->top < self->bottom;
}

/**
 * nudge_raster_begin:
 * @cr: not to be drawn with until nudge_raster_end ()
 *
 * Returns: FALSE if its pixels cannot be written, or none of them may be
 */
gboolean
nudge_raster_begin (NudgeRaster *self, cairo_t *cr)
{
  cairo_format_t format;

  self->surface = cairo_get_group_target (cr);
  if (cairo_surface_get_type (self->surface) != CAIRO_SURFACE_TYPE_IMAGE)
    return FALSE;
  format = cairo_image_surface_get_format (self->surface);
  self->has_alpha = format == CAIRO_FORMAT_ARGB32;
  if ((format != CAIRO_FORMAT_ARGB32 && format != CAIRO_FORMAT_RGB24) ||
      !find_transform (self, cr) || !find_clip (self, cr))
    return FALSE;
  cairo_surface_flush (self->surface);
  self->pixels = (guint32 *) (gpointer) cairo_image_surface_get_data (self->surface);
  self->stride =
      (gsize) cairo_image_surface_get_stride (self->surface) / sizeof *self->pixels;
  return self->pixels != NULL;
}

/**
 * nudge_raster_end:
 *
 * From here on the cairo_t may draw again.
 */
void
nudge_raster_end (NudgeRaster *self)
{
  cairo_surface_mark_dirty (self->surface);
}

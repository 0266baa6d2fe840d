/* nudge-raster-rows.c - the innermost loops of shapes and areas: one row of pixels
 *
 * SPDX-License-Identifier: MIT
 *
 * Compiled once for each instruction set, with vectors where the compiler finds them.
 */

#include "ui/draw/nudge-raster-rows.h"

#include <math.h>

/* Pixels of which it is computed together how far they are covered. */
#define CHUNK 64

static inline float
clamp (float value, float most)
{
  value = value < 0 ? 0 : value;
  return value > most ? most : value;
}

static inline guint32
blend_channel (guint32 pixel, int shift, float colour, float covered)
{
  const float there = (float) (gint32) (pixel >> shift & 0xff);

  return (guint32) (gint32) (there + covered * (colour - there) + 0.5f) << shift;
}

/* Most pixels of a row are not covered, or wholly. */
static void
blend (guint32 *restrict pixels,
       const float *restrict covered,
       const float *colour,
       gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (covered[i] > 0)
      pixels[i] = blend_channel (pixels[i], 24, colour[3], covered[i]) |
                  blend_channel (pixels[i], 16, colour[0], covered[i]) |
                  blend_channel (pixels[i], 8, colour[1], covered[i]) |
                  blend_channel (pixels[i], 0, colour[2], covered[i]);
}

/* From the boundary to the pixels' middles; below 0: inside. */
static void
measure_rectangle (const NudgeRowShape *shape,
                   float first,
                   float *restrict distance,
                   gsize n)
{
  const float radius = shape->radius;
  const float down = fabsf (shape->y) - shape->half_height + radius;
  const float below = down > 0 ? down : 0;

  for (gsize i = 0; i < n; i++) {
    const float across =
        fabsf (first + (float) (gint32) i - shape->x) - shape->half_width + radius;
    const float beside = across > 0 ? across : 0;
    const float inside = across > down ? across : down;

    distance[i] =
        sqrtf (beside * beside + below * below) + (inside < 0 ? inside : 0) - radius;
  }
}

static void
measure_diamond (const NudgeRowShape *shape,
                 float first,
                 float *restrict distance,
                 gsize n)
{
  const float down = fabsf (shape->y) - shape->half_width;

  for (gsize i = 0; i < n; i++)
    distance[i] =
        (fabsf (first + (float) (gint32) i - shape->x) + down) * (float) M_SQRT1_2;
}

static void
draw_shape (const NudgeRowShape *shape, guint32 *pixels, gsize n)
{
  for (gsize start = 0; start < n; start += CHUNK) {
    const gsize n_here = MIN (n - start, CHUNK);
    float covered[CHUNK];

    if (shape->is_diamond)
      measure_diamond (shape, (float) (gint32) start, covered, n_here);
    else
      measure_rectangle (shape, (float) (gint32) start, covered, n_here);
    for (gsize i = 0; i < n_here; i++) {
      const float distance = shape->is_line ? fabsf (covered[i]) : covered[i];

      covered[i] =
          clamp (0.5f + shape->half_line - distance, shape->peak) * shape->opacity;
    }
    blend (pixels + start, covered, shape->colour, n_here);
  }
}

static void
draw_area (const NudgeRowArea *area, float y, guint32 *pixels, gsize n)
{
  for (gsize start = 0; start < n; start += CHUNK) {
    const float *restrict tops = area->top + start;
    const float *restrict bottoms = area->bottom + start;
    const gsize n_here = MIN (n - start, CHUNK);
    float covered[CHUNK];

    for (gsize i = 0; i < n_here; i++) {
      const float top = tops[i] > y ? tops[i] : y;
      const float bottom = bottoms[i] < y + 1 ? bottoms[i] : y + 1;

      covered[i] = clamp (bottom - top, 1) * area->opacity;
    }
    blend (pixels + start, covered, area->colour, n_here);
  }
}

const NudgeRowLoops NN_IN_THIS_SET (nudge_row_loops) = {
  .draw_shape = draw_shape,
  .draw_area = draw_area,
};

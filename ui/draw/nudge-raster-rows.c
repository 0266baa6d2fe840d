/* nudge-raster-rows.c - the innermost loops of shapes and lines: one row of pixels
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
  const guint32 whole =
      blend_channel (0, 24, colour[3], 1) | blend_channel (0, 16, colour[0], 1) |
      blend_channel (0, 8, colour[1], 1) | blend_channel (0, 0, colour[2], 1);

  for (gsize i = 0; i < n; i++)
    if (covered[i] >= 1)
      pixels[i] = whole;
    else if (covered[i] > 0)
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

static inline void
cover_columns (const NudgeRowLine *line,
               const NudgeRowColumns *columns,
               gsize first,
               float y,
               float *restrict covered,
               gsize n)
{
  const float *restrict middles = columns->middle + first;
  const float *restrict shrinks = columns->shrink + first;
  const float *restrict tops = columns->top + first;
  const float *restrict bottoms = columns->bottom + first;

  for (gsize i = 0; i < n; i++) {
    const float top = tops[i] > y ? tops[i] : y;
    const float bottom = bottoms[i] < y + 1 ? bottoms[i] : y + 1;
    const float distance = fabsf (y + 0.5f - middles[i]) * shrinks[i];
    const float here =
        clamp (line->half - distance, line->peak) * clamp (bottom - top, 1);

    covered[i] = covered[i] > here ? covered[i] : here;
  }
}

static void
draw_line (const NudgeRowLine *line, float y, guint32 *pixels, gsize n)
{
  for (gsize start = 0; start < n; start += NUDGE_ROW_CHUNK) {
    const gsize n_here = MIN (n - start, NUDGE_ROW_CHUNK);
    float covered[NUDGE_ROW_CHUNK] = { 0 };
    gboolean any = FALSE;

    for (gsize k = 0; k < line->n_layers; k++) {
      const NudgeRowColumns *columns = &line->layers[k];
      const gsize chunk = start / NUDGE_ROW_CHUNK;

      if (columns->chunk_bottom[chunk] <= y || columns->chunk_top[chunk] >= y + 1)
        continue;
      any = TRUE;
      if (n_here == NUDGE_ROW_CHUNK)
        cover_columns (line, columns, start, y, covered, NUDGE_ROW_CHUNK);
      else
        cover_columns (line, columns, start, y, covered, n_here);
    }
    if (!any)
      continue;
    for (gsize i = 0; i < n_here; i++)
      covered[i] *= line->opacity;
    blend (pixels + start, covered, line->colour, n_here);
  }
}

const NudgeRowLoops NN_IN_THIS_SET (nudge_row_loops) = {
  .draw_shape = draw_shape,
  .draw_line = draw_line,
};

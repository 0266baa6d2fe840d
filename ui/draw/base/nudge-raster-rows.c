/* nudge-raster-rows.c - the innermost loops of shapes and lines: one row of pixels
 *
 * SPDX-License-Identifier: MIT
 *
 * Compiled once for each instruction set, with vectors where the compiler finds them.
 */

#include "ui/draw/base/nudge-raster-rows.h"

#include <math.h>

static inline float
clamp (float value, float most)
{
  value = value < 0 ? 0 : value;
  return value > most ? most : value;
}

/* Of the channel of each pixel that begins at bit @shift. */
static inline void
blend_channel (guint32 *restrict blended,
               const guint32 *restrict pixels,
               const float *restrict covered,
               float colour,
               int shift)
{
  for (gsize i = 0; i < NUDGE_ROW_CHUNK; i++) {
    const float there = (float) (gint32) (pixels[i] >> shift & 0xff);
    const float mixed = there + covered[i] * (colour - there) + 0.5f;

    blended[i] |= (guint32) (gint32) mixed << shift;
  }
}

static inline void
blend_chunk (guint32 *restrict pixels, const float *restrict covered, const float *colour)
{
  guint32 blended[NUDGE_ROW_CHUNK] = { 0 };

  blend_channel (blended, pixels, covered, colour[0], 16);
  blend_channel (blended, pixels, covered, colour[1], 8);
  blend_channel (blended, pixels, covered, colour[2], 0);
  blend_channel (blended, pixels, covered, colour[3], 24);
  for (gsize i = 0; i < NUDGE_ROW_CHUNK; i++)
    pixels[i] = blended[i];
}

/* What is not covered keeps its bits. */
static void
blend (guint32 *restrict pixels,
       const float *restrict covered,
       const float *colour,
       gsize n)
{
  guint32 rest[NUDGE_ROW_CHUNK] = { 0 };
  float rest_covered[NUDGE_ROW_CHUNK] = { 0 };

  for (; n >= NUDGE_ROW_CHUNK; n -= NUDGE_ROW_CHUNK) {
    blend_chunk (pixels, covered, colour);
    pixels += NUDGE_ROW_CHUNK;
    covered += NUDGE_ROW_CHUNK;
  }
  if (n == 0)
    return;
  for (gsize i = 0; i < n; i++) {
    rest[i] = pixels[i];
    rest_covered[i] = covered[i];
  }
  blend_chunk (rest, rest_covered, colour);
  for (gsize i = 0; i < n; i++)
    pixels[i] = rest[i];
}

static void
blend_pixels (guint32 *restrict pixels,
              const float *restrict covered,
              const guint32 *restrict colours,
              gsize n)
{
  for (gsize i = 0; i < n; i++) {
    guint32 blended = 0;

    for (int shift = 0; shift < 32; shift += 8) {
      const float there = (float) (gint32) (pixels[i] >> shift & 0xff);
      const float colour = (float) (gint32) (colours[i] >> shift & 0xff);

      blended |= (guint32) (gint32) (there + covered[i] * (colour - there) + 0.5f)
                 << shift;
    }
    pixels[i] = blended;
  }
}

static void
interpolate (const guint32 *restrict upper,
             const guint32 *restrict lower,
             float down,
             const guint32 *restrict from,
             const float *restrict beside,
             guint32 *restrict pixels,
             gsize n)
{
  for (gsize i = 0; i < n; i++) {
    const guint32 a = upper[from[i]], b = upper[from[i] + 1];
    const guint32 c = lower[from[i]], d = lower[from[i] + 1];
    guint32 mixed = 0;

    for (int shift = 0; shift < 32; shift += 8) {
      const float a1 = (float) (gint32) (a >> shift & 0xff);
      const float b1 = (float) (gint32) (b >> shift & 0xff);
      const float c1 = (float) (gint32) (c >> shift & 0xff);
      const float d1 = (float) (gint32) (d >> shift & 0xff);
      const float above = a1 + beside[i] * (b1 - a1);
      const float below = c1 + beside[i] * (d1 - c1);

      mixed |= (guint32) (gint32) (above + down * (below - above) + 0.5f) << shift;
    }
    pixels[i] = mixed;
  }
}

/* From the boundary to the pixels' middles; below 0: inside. */
static void
measure_rectangle (const NudgeRowShape *shape, float *restrict distance, gsize n)
{
  const float radius = shape->radius;
  const float down = fabsf (shape->y) - shape->half_height + radius;
  const float below = down > 0 ? down : 0;

  for (gsize i = 0; i < n; i++) {
    const float across =
        fabsf ((float) (gint32) i - shape->x) - shape->half_width + radius;
    const float beside = across > 0 ? across : 0;
    const float inside = across > down ? across : down;

    distance[i] =
        sqrtf (beside * beside + below * below) + (inside < 0 ? inside : 0) - radius;
  }
}

static void
measure_diamond (const NudgeRowShape *shape, float *restrict distance, gsize n)
{
  const float down = fabsf (shape->y) - shape->half_width;

  for (gsize i = 0; i < n; i++)
    distance[i] = (fabsf ((float) (gint32) i - shape->x) + down) * (float) M_SQRT1_2;
}

static void
cover_shape (const NudgeRowShape *shape, float *covered, gsize n)
{
  if (shape->is_diamond)
    measure_diamond (shape, covered, n);
  else
    measure_rectangle (shape, covered, n);
  for (gsize i = 0; i < n; i++) {
    const float distance = shape->is_line ? fabsf (covered[i]) : covered[i];

    covered[i] = clamp (0.5f + shape->half_line - distance, shape->peak) * shape->opacity;
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
  .cover_shape = cover_shape,
  .blend = blend,
  .blend_pixels = blend_pixels,
  .interpolate = interpolate,
  .draw_line = draw_line,
};

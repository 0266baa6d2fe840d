/* nudge-raster-column.c - the innermost loop of curves: one column of pixels
 *
 * SPDX-License-Identifier: MIT
 *
 * Compiled once for each instruction set, with vectors wherever the compiler finds them:
 * loops over NUDGE_RASTER_LANES rows are such. It may take numbers to be finite.
 */

#include "ui/draw/nudge-raster-column.h"

#include <math.h>

#define LANES NUDGE_RASTER_LANES

/* Curves whose places are computed together. */
#define CHUNK 64

/* Where curves are in the column. */
typedef struct {
  float middle[CHUNK]; /* row, from the first pixel's middle */
  float shrink[CHUNK]; /* a distance to the curve is as much of that down the column */
  float along[CHUNK];  /* way along the curve of each row down */
  float way[CHUNK];    /* along the curve to its middle here */
  int first[CHUNK];    /* rows that it may cover … */
  int end[CHUNK];      /* … up to, not including */
} Places;

static inline float
clamp (float value, float most)
{
  value = value < 0 ? 0 : value;
  return value > most ? most : value;
}

static void
find_places (Places *places,
             const NudgeRasterCurves *curves,
             gsize start,
             gsize n,
             int n_rows)
{
  const float *restrict y0 = curves->y0 + start;
  const float *restrict dy = curves->dy + start;
  float *restrict length = curves->length + start;
  const NudgeRasterInk *inks = curves->inks + start;

  for (gsize i = 0; i < n; i++) {
    const float slope = curves->slope * dy[i];
    const float stretch = sqrtf (1 + slope * slope);

    places->middle[i] = y0[i] + curves->share * dy[i];
    places->shrink[i] = 1 / stretch;
    places->along[i] = slope / stretch;
    places->way[i] = length[i] + curves->covered * stretch / 2;
    length[i] += curves->covered * stretch;
  }
  for (gsize i = 0; i < n; i++) {
    const float reach = inks[i].half / places->shrink[i];

    places->first[i] = (int) clamp (places->middle[i] - reach + 1, (float) n_rows);
    places->end[i] = (int) clamp (places->middle[i] + reach + 1, (float) n_rows);
  }
}

/* How much of each of the rows is covered: the overlap of the curve's width and a pixel's,
 * both across the curve. */
static inline void
cover (float *restrict covered,
       const NudgeRasterInk *ink,
       const Places *places,
       gsize i,
       float row,
       float opacity)
{
  const float shrink = places->shrink[i];

  for (int lane = 0; lane < LANES; lane++) {
    const float distance = fabsf ((row + (float) lane - places->middle[i]) * shrink);

    covered[lane] = clamp (ink->half - distance, ink->peak) * opacity;
  }
}

/* The same of the dashes' and a pixel's, both along the curve. */
static inline void
dash (float *restrict covered,
      const NudgeRasterInk *ink,
      const Places *places,
      gsize i,
      float row)
{
  const float half = ink->drawn / 2;
  const float start = places->way[i] - half;
  const float periods = 1 / ink->period;

  for (int lane = 0; lane < LANES; lane++) {
    const float way = start + (row + (float) lane - places->middle[i]) * places->along[i];
    const float beside = way - ink->period * rintf (way * periods);

    covered[lane] *= clamp (half + 0.5f - fabsf (beside), 1);
  }
}

static inline void
blend (float *restrict plane, const float *restrict covered, float colour)
{
  for (int lane = 0; lane < LANES; lane++)
    plane[lane] += covered[lane] * (colour - plane[lane]);
}

static inline void
draw_curve (const NudgeRasterInk *ink,
            const Places *places,
            gsize i,
            float opacity,
            const NudgeRasterColumn *column,
            gsize n_planes)
{
  for (int row = places->first[i]; row < places->end[i]; row += LANES) {
    float covered[LANES];

    cover (covered, ink, places, i, (float) row, opacity);
    if (ink->period > 0)
      dash (covered, ink, places, i, (float) row);
    for (gsize k = 0; k < n_planes; k++)
      blend (column->planes + k * column->plane_stride + row, covered, ink->colour[k]);
  }
}

void
NN_IN_THIS_SET (nudge_raster_draw_column) (const NudgeRasterCurves *curves,
                                           const NudgeRasterColumn *column)
{
  Places places;

  for (gsize start = 0; start < curves->n; start += CHUNK) {
    const NudgeRasterInk *inks = curves->inks + start;
    const gsize n = MIN (curves->n - start, CHUNK);

    find_places (&places, curves, start, n, column->n_rows);
    for (gsize i = 0; i < n; i++) {
      const float opacity = inks[i].opacity * curves->covered;

      if (column->n_planes == 3)
        draw_curve (&inks[i], &places, i, opacity, column, 3);
      else
        draw_curve (&inks[i], &places, i, opacity, column, 4);
    }
  }
}

/* nudge-raster-tile.c - the innermost loop of curves: a tile of a few columns of pixels
 *
 * SPDX-License-Identifier: MIT
 *
 * Compiled once for each instruction set. The compiler makes vectors of what is done to many
 * curves; those of one curve's pixels are written down, as it does not find them. It may take
 * numbers to be finite.
 */

#include "ui/draw/base/nudge-raster-tile.h"

#include <math.h>
#include <string.h>
#ifdef __AVX__
#include <immintrin.h>
#endif

/* Pixels that are computed together: some rows of all columns. */
#ifdef __AVX512F__
#define ROWS               4
#define SPREAD(a, b, c, d) a, b, c, d, a, b, c, d, a, b, c, d, a, b, c, d
#define ROW_NUMBERS        0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3
#else
#define ROWS               2
#define SPREAD(a, b, c, d) a, b, c, d, a, b, c, d
#define ROW_NUMBERS        0, 0, 0, 0, 1, 1, 1, 1
#endif
G_STATIC_ASSERT (ROWS <= NUDGE_TILE_SPARE && NUDGE_TILE_COLUMNS == 4);

/* Anywhere in memory. */
typedef float Pixels __attribute__ ((vector_size (16 * ROWS), aligned (4), may_alias));
typedef gint32 Mask __attribute__ ((vector_size (16 * ROWS)));

/* Added to a number and taken away again, it leaves a whole one. */
#define ROUNDING 0x1.8p23f

/* Beyond its reach a curve is wider by less than this, where it bends. */
#define BEND 0.5f

/* Curves whose places are computed together. */
#define CHUNK 64

/* Where curves are in the tile. */
typedef struct {
  float stretch[CHUNK]; /* of a curve's way against its columns */
  float shrink[CHUNK];  /* the inverse: of a distance to it against that down a column */
  float along[CHUNK];   /* its way of each row down */
  float way[CHUNK];     /* from its start to the tile */
  int first[CHUNK];     /* rows that it may cover … */
  int end[CHUNK];       /* … up to, not including */
} Places;

/* What is the same for all curves. */
typedef struct {
  Pixels share;
  Pixels covered;
  Pixels column; /* the middle of what is covered, from the left */
} Columns;

static inline float
clamp (float value, float most)
{
  value = value < 0 ? 0 : value;
  return value > most ? most : value;
}

static void
find_places (Places *places,
             const NudgeTileCurves *curves,
             const NudgeTile *tile,
             gsize start,
             gsize n)
{
  const float *restrict y0 = curves->y0 + start;
  const float *restrict dy = curves->dy + start;
  float *restrict length = curves->length + start;
  const NudgeTileInk *inks = curves->inks + start;
  const float left = tile->share[0], right = tile->share[NUDGE_TILE_COLUMNS - 1];
  float covered = 0;

  for (gsize k = 0; k < NUDGE_TILE_COLUMNS; k++)
    covered += tile->covered[k];
  for (gsize i = 0; i < n; i++) {
    const float slope = tile->slope * dy[i];
    const float stretch = sqrtf (1 + slope * slope);

    places->stretch[i] = stretch;
    places->shrink[i] = 1 / stretch;
    places->along[i] = slope * places->shrink[i];
    places->way[i] = length[i];
    length[i] += covered * stretch;
  }
  for (gsize i = 0; i < n; i++) {
    const float reach = inks[i].half * places->stretch[i] + BEND;
    const float a = y0[i] + left * dy[i], b = y0[i] + right * dy[i];
    const float top = a < b ? a : b, bottom = a < b ? b : a;

    places->first[i] = (int) clamp (top - reach + 1, (float) tile->n_rows);
    places->end[i] = (int) clamp (bottom + reach + 1, (float) tile->n_rows);
  }
}

static inline Pixels
clamp_pixels (Pixels value, float most)
{
#if defined(__AVX512F__)
  return (Pixels) _mm512_min_ps (_mm512_max_ps ((__m512) value, _mm512_setzero_ps ()),
                                 _mm512_set1_ps (most));
#elif defined(__AVX__)
  return (Pixels) _mm256_min_ps (_mm256_max_ps ((__m256) value, _mm256_setzero_ps ()),
                                 _mm256_set1_ps (most));
#else
  const Pixels positive = (Pixels) ((Mask) value & (value > 0));
  const Pixels limit = most - (Pixels){ 0 };
  const Mask beyond = positive > limit;

  return (Pixels) (((Mask) limit & beyond) | ((Mask) positive & ~beyond));
#endif
}

static inline Pixels
get_magnitudes (Pixels value)
{
  return (Pixels) ((Mask) value & 0x7fffffff);
}

/* How much of pixels @down from the curve's middle is covered: the overlap of its width and a
 * pixel's, both across the curve. */
static inline Pixels
cover (const NudgeTileInk *ink, const Places *places, gsize i, Pixels down)
{
  return clamp_pixels (ink->half - get_magnitudes (down * places->shrink[i]), ink->peak);
}

/* The same of the dashes' and a pixel's, both along the curve. */
static inline Pixels
dash (const NudgeTileInk *ink,
      const Places *places,
      gsize i,
      Pixels down,
      const Columns *columns)
{
  const float half = ink->drawn / 2;
  const Pixels way = (places->way[i] - half) + columns->column * places->stretch[i] +
                     down * places->along[i];
  const Pixels period = way * ink->frequency + ROUNDING - ROUNDING;

  return clamp_pixels (half + 0.5f - get_magnitudes (way - ink->period * period), 1);
}

/* Solid ones are dashed, too, with dashes longer than any curve: the processor cannot guess
 * which curve is, and to guess wrong costs more. */
static inline void
draw_curve (const NudgeTileCurves *curves,
            gsize number,
            const Places *places,
            gsize i,
            const NudgeTile *tile,
            const Columns *columns,
            gsize n_planes)
{
  static const Pixels rows = { ROW_NUMBERS };
  const NudgeTileInk *ink = &curves->inks[number];
  const gsize plane = (tile->n_rows + NUDGE_TILE_SPARE) * NUDGE_TILE_COLUMNS;
  const Pixels above = curves->y0[number] + curves->dy[number] * columns->share;
  const Pixels opacity = columns->covered * ink->opacity;

  for (int row = places->first[i]; row < places->end[i]; row += ROWS) {
    float *at = tile->planes + row * NUDGE_TILE_COLUMNS;
    const Pixels down = rows + (float) row - above;
    const Pixels covered =
        cover (ink, places, i, down) * dash (ink, places, i, down, columns) * opacity;

    for (gsize k = 0; k < n_planes; k++) {
      Pixels *pixels = (Pixels *) (gpointer) (at + k * plane);

      *pixels += covered * (ink->colour[k] - *pixels);
    }
  }
}

static Columns
find_columns (const NudgeTile *tile)
{
  const float *share = tile->share, *covered = tile->covered;
  float middles[NUDGE_TILE_COLUMNS];
  float left = 0;

  for (gsize k = 0; k < NUDGE_TILE_COLUMNS; k++) {
    middles[k] = left + covered[k] / 2;
    left += covered[k];
  }
  return (Columns){
    .share = { SPREAD (share[0], share[1], share[2], share[3]) },
    .covered = { SPREAD (covered[0], covered[1], covered[2], covered[3]) },
    .column = { SPREAD (middles[0], middles[1], middles[2], middles[3]) },
  };
}

static void
draw_curves (const NudgeTileCurves *curves, const NudgeTile *tile)
{
  const Columns columns = find_columns (tile);
  Places places;

  for (gsize start = 0; start < curves->n; start += CHUNK) {
    const gsize n = MIN (curves->n - start, CHUNK);

    find_places (&places, curves, tile, start, n);
    if (tile->n_planes == 3)
      for (gsize i = 0; i < n; i++)
        draw_curve (curves, start + i, &places, i, tile, &columns, 3);
    else
      for (gsize i = 0; i < n; i++)
        draw_curve (curves, start + i, &places, i, tile, &columns, 4);
  }
}

/* ---- between the image and the tile ------------------------------------------------- */

static inline gsize
get_plane (const NudgeTile *tile, gsize plane, gsize row)
{
  return (plane * (tile->n_rows + NUDGE_TILE_SPARE) + row) * NUDGE_TILE_COLUMNS;
}

/* Nearly always all of a row. */
static inline void
copy_pixels (void *to, const void *from, gsize n)
{
  if (n == NUDGE_TILE_COLUMNS)
    memcpy (to, from, NUDGE_TILE_COLUMNS * sizeof (guint32));
  else
    memcpy (to, from, n * sizeof (guint32));
}

static void
read_rows (const NudgeTile *tile, const NudgeTileSource *source, gsize first, gsize end)
{
  float *restrict red = tile->planes;
  float *restrict green = tile->planes + get_plane (tile, 1, 0);
  float *restrict blue = tile->planes + get_plane (tile, 2, 0);
  float *restrict alpha = tile->planes + get_plane (tile, 3, 0);

  for (gsize row = first; row < end; row++) {
    gint32 line[NUDGE_TILE_COLUMNS] = { 0 };
    const gsize at = row * NUDGE_TILE_COLUMNS;

    copy_pixels (line, source->pixels + row * source->stride, source->n_columns);
    for (gsize i = 0; i < NUDGE_TILE_COLUMNS; i++)
      red[at + i] = (float) (line[i] >> 16 & 0xff);
    for (gsize i = 0; i < NUDGE_TILE_COLUMNS; i++)
      green[at + i] = (float) (line[i] >> 8 & 0xff);
    for (gsize i = 0; i < NUDGE_TILE_COLUMNS; i++)
      blue[at + i] = (float) (line[i] & 0xff);
    for (gsize i = 0; i < NUDGE_TILE_COLUMNS; i++)
      alpha[at + i] = (float) (line[i] >> 24 & 0xff);
  }
}

/* Vectors of floats become signed integers in one instruction. */
static inline guint32
to_byte (float level)
{
  return (guint32) (gint32) (level + 0.5f);
}

/* Without alpha, that is all there as it was read. */
static void
write_rows (const NudgeTile *tile, const NudgeTileSource *source, gsize first, gsize end)
{
  const float *restrict red = tile->planes;
  const float *restrict green = tile->planes + get_plane (tile, 1, 0);
  const float *restrict blue = tile->planes + get_plane (tile, 2, 0);
  const float *restrict alpha = tile->planes + get_plane (tile, 3, 0);

  for (gsize row = first; row < end; row++) {
    guint32 line[NUDGE_TILE_COLUMNS];
    const gsize at = row * NUDGE_TILE_COLUMNS;

    for (gsize i = 0; i < NUDGE_TILE_COLUMNS; i++)
      line[i] = to_byte (alpha[at + i]) << 24 | to_byte (red[at + i]) << 16 |
                to_byte (green[at + i]) << 8 | to_byte (blue[at + i]);
    copy_pixels (source->pixels + row * source->stride, line, source->n_columns);
  }
}

const NudgeTileLoops NN_IN_THIS_SET (nudge_tile_loops) = {
  .draw = draw_curves,
  .read = read_rows,
  .write = write_rows,
};

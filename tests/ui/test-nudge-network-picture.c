/* test-nudge-network-picture.c - the network's picture
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/nudge-network-picture.h"

#include <math.h>
#include <string.h>

#include "frame-fixture.h"
#include "ui/draw/nudge-network-layout.h"
#include "ui/draw/nudge-network-reading.h"
#include "ui/draw/nudge-network-scale.h"
#include "ui/draw/nudge-paint.h"

#define WIDTH  640
#define HEIGHT 400

typedef struct {
  gboolean dark;
  double limit;
  gssize pulse_layer;
  double pulse;
} Look;

static const Look plain = { FALSE, 2, -1, 0 };

static cairo_surface_t *
draw_at (const NnFrame *frame, const Look *look, int width, int height)
{
  cairo_surface_t *surface = fixture_surface_new (width, height);
  cairo_t *cr = cairo_create (surface);
  NudgeNetworkStyle style = { nudge_palette_get (look->dark, FALSE), look->limit,
                              look->pulse_layer, look->pulse };

  nudge_draw_network (cr, frame, &style, width, height);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  return surface;
}

static cairo_surface_t *
draw (const NnFrame *frame)
{
  return draw_at (frame, &plain, WIDTH, HEIGHT);
}

static gboolean
pictures_equal (const NnFrame *a, const NnFrame *b)
{
  cairo_surface_t *one = draw (a);
  cairo_surface_t *other = draw (b);
  gboolean equal = fixture_surfaces_equal (one, other);

  cairo_surface_destroy (one);
  cairo_surface_destroy (other);
  return equal;
}

static gsize
count_ink (const NnFrame *frame, const Look *look, FixtureInk ink)
{
  cairo_surface_t *surface = draw_at (frame, look, WIDTH, HEIGHT);
  gsize n = fixture_count_ink (surface, ink);

  cairo_surface_destroy (surface);
  return n;
}

static void
test_same_arguments_same_pixels (void)
{
  g_autoptr (NnFrame) one = fixture_frame_new_seed ();
  g_autoptr (NnFrame) other = fixture_frame_new_seed ();

  g_assert_true (pictures_equal (one, one));
  g_assert_true (pictures_equal (one, other));
}

/* Two features: what a unit puts out over their plane, the first row on top. */
static void
test_tile_is_a_map_of_the_plane (void)
{
  static const gsize units[] = { 2, 1 };
  static const float map[] = { 1, -1, -1, -1 };
  g_autoptr (NnFrame) frame = fixture_frame_new (units, G_N_ELEMENTS (units));
  g_autoptr (NudgeNetworkLayout) layout =
      nudge_network_layout_new (frame->architecture, WIDTH, HEIGHT);
  const NudgeColumn *column = &layout->columns[1];
  const int x = (int) column->x, y = (int) nudge_column_get_y (column, 0);
  const int far = (int) (column->tile / 3);
  cairo_surface_t *surface;

  frame->probes = (NnProbesShape){ .kind = NN_PROBES_PLANE, .n = 4, .side = 2 };
  memset (frame->activations, 0, 2 * sizeof map);
  memcpy (frame->activations + 2 * G_N_ELEMENTS (map), map, sizeof map);
  surface = draw (frame);
  g_assert_true (fixture_is_ink (surface, x - far, y - far, FIXTURE_POSITIVE));
  g_assert_true (fixture_is_ink (surface, x + far, y - far, FIXTURE_NEGATIVE));
  g_assert_true (fixture_is_ink (surface, x + far, y + far, FIXTURE_NEGATIVE));
  cairo_surface_destroy (surface);
}

static void
test_every_number_shows (void)
{
  g_autoptr (NnFrame) before = fixture_frame_new_seed ();

  for (gsize i = 0; i < before->architecture->n_values; i++) {
    g_autoptr (NnFrame) after = fixture_frame_new_seed ();

    after->values[i] += 0.3f;
    g_assert_false (pictures_equal (before, after));
  }
  for (gsize i = 0; i < before->architecture->n_units; i++) {
    g_autoptr (NnFrame) after = fixture_frame_new_seed ();

    after->activations[i * FIXTURE_PROBES + 20] += 0.4f;
    g_assert_false (pictures_equal (before, after));
  }
}

/* Nothing but one weight is drawn in colour: its sign's, wherever the edge is. */
static void
test_sign_is_colour (void)
{
  g_autoptr (NnFrame) frame = fixture_frame_new_seed ();
  gsize legend[2];
  Look look = plain;

  memset (frame->values, 0, frame->architecture->n_values * sizeof *frame->values);
  memset (frame->activations, 0,
          frame->architecture->n_units * FIXTURE_PROBES * sizeof *frame->activations);
  legend[0] = count_ink (frame, &look, FIXTURE_POSITIVE);
  legend[1] = count_ink (frame, &look, FIXTURE_NEGATIVE);
  fixture_frame_set_weight (frame, 2, 1, 0, 1.5f);
  g_assert_cmpuint (count_ink (frame, &look, FIXTURE_POSITIVE), >, legend[0] + 200);
  g_assert_cmpuint (count_ink (frame, &look, FIXTURE_NEGATIVE), ==, legend[1]);
  fixture_frame_set_weight (frame, 2, 1, 0, -1.5f);
  g_assert_cmpuint (count_ink (frame, &look, FIXTURE_POSITIVE), ==, legend[0]);
  g_assert_cmpuint (count_ink (frame, &look, FIXTURE_NEGATIVE), >, legend[1] + 200);
}

/* Solid against dashed: colour is not the only thing that says the sign. Along the middle
 * of an edge that is level. */
static void
test_sign_is_dash (void)
{
  g_autoptr (NnFrame) frame = fixture_frame_new_seed ();
  g_autoptr (NudgeNetworkLayout) layout =
      nudge_network_layout_new (frame->architecture, WIDTH, HEIGHT);
  const int y = (int) nudge_column_get_y (&layout->columns[3], 0);
  gsize n[2] = { 0, 0 };

  for (int i = 0; i < 2; i++) {
    cairo_surface_t *surface;

    fixture_frame_set_weight (frame, 3, 0, 1, i == 0 ? 1.5f : -1.5f);
    surface = draw (frame);
    for (int x = (int) layout->columns[2].x; x < (int) layout->columns[3].x; x++)
      n[i] +=
          fixture_is_ink (surface, x, y, i == 0 ? FIXTURE_POSITIVE : FIXTURE_NEGATIVE);
    cairo_surface_destroy (surface);
  }
  g_assert_cmpuint (n[1], >, 30);
  g_assert_cmpuint (n[1], <, 0.85 * n[0]);
}

/* As WCAG 2.1 has it, of a pixel in the picture against its background. */
static double
get_contrast (guint32 pixel, guint32 background)
{
  double luminance[2] = { 0, 0 };
  static const double weights[] = { 0.2126, 0.7152, 0.0722 };

  for (int i = 0; i < 2; i++)
    for (int k = 0; k < 3; k++) {
      const double c = ((i == 0 ? pixel : background) >> (16 - 8 * k) & 0xff) / 255.0;

      luminance[i] +=
          weights[k] * (c <= 0.04045 ? c / 12.92 : pow ((c + 0.055) / 1.055, 2.4));
    }
  return (MAX (luminance[0], luminance[1]) + 0.05) /
         (MIN (luminance[0], luminance[1]) + 0.05);
}

/* The weakest edge, dashed besides, can be told from its background. */
static void
test_weak_edges_can_be_seen (void)
{
  for (int dark = 0; dark < 2; dark++) {
    const Look look = { dark, 2, -1, 0 };
    g_autoptr (NnFrame) frame = fixture_frame_new_seed ();
    g_autoptr (NudgeNetworkLayout) layout =
        nudge_network_layout_new (frame->architecture, WIDTH, HEIGHT);
    const int x = (int) (layout->columns[0].x + layout->columns[1].x) / 2;
    cairo_surface_t *surface;
    double best = 0;

    memset (frame->values, 0, frame->architecture->n_values * sizeof *frame->values);
    fixture_frame_set_weight (frame, 1, 0, 0, -0.01f);
    surface = draw_at (frame, &look, WIDTH, HEIGHT);
    cairo_surface_flush (surface);
    for (int i = x - 20; i < x + 20; i++)
      for (int y = 70; y < HEIGHT - 110; y++) {
        const guint32 *row =
            (const guint32 *) (const void *) (cairo_image_surface_get_data (surface) +
                                              y * cairo_image_surface_get_stride (
                                                      surface));

        if (fixture_is_ink (surface, i, y, FIXTURE_NEGATIVE))
          best = MAX (best, get_contrast (row[i], row[2]));
      }
    cairo_surface_destroy (surface);
    g_assert_cmpfloat (best, >=, 2.9);
  }
}

/* How many pixels above each other at @x, near @y, are of the positive sign's colour. */
static int
measure_width (cairo_surface_t *surface, double x, double y)
{
  int n = 0;

  for (int row = (int) y - 7; row <= (int) y + 7; row++)
    n += fixture_is_ink (surface, (int) x, row, FIXTURE_POSITIVE);
  return n;
}

/* Of a level edge at the limit, while all others are zero, and of the legend there. */
static void
measure_widths (const gsize *units, gsize n_units, gsize unit, int *edge, int *legend)
{
  g_autoptr (NnFrame) frame = fixture_frame_new (units, n_units);
  g_autoptr (NudgeNetworkLayout) layout =
      nudge_network_layout_new (frame->architecture, WIDTH, HEIGHT);
  const NudgeColumn *from = &layout->columns[1];
  cairo_surface_t *surface;

  memset (frame->values, 0, frame->architecture->n_values * sizeof *frame->values);
  fixture_frame_set_weight (frame, 2, unit, unit, (float) plain.limit);
  surface = draw (frame);
  *edge = measure_width (surface, from->x + 0.4 * layout->spacing,
                         nudge_column_get_y (from, unit));
  *legend = measure_width (surface, layout->legend_right - 2, layout->legend_y);
  cairo_surface_destroy (surface);
}

/* One scale for all edges, which the legend has, too: thinner where they crowd. */
static void
test_crowded_edges_are_thin (void)
{
  static const gsize few[] = { 2, 3, 3, 1 };
  static const gsize many[] = { 2, 16, 16, 1 };
  int edge[2], legend[2];

  measure_widths (few, G_N_ELEMENTS (few), 1, &edge[0], &legend[0]);
  measure_widths (many, G_N_ELEMENTS (many), 5, &edge[1], &legend[1]);
  g_assert_cmpint (edge[0], >=, 5);
  g_assert_cmpint (edge[1], >=, 2);
  g_assert_cmpint (edge[1], <=, 0.6 * edge[0]);
  for (int i = 0; i < 2; i++)
    g_assert_cmpint (ABS (edge[i] - legend[i]), <=, 1);
}

static gsize
count_differences (cairo_surface_t *a, cairo_surface_t *b, int from_y)
{
  const int stride = cairo_image_surface_get_stride (a);
  gsize n = 0;

  cairo_surface_flush (a);
  cairo_surface_flush (b);
  for (int y = from_y; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++)
      n += memcmp (cairo_image_surface_get_data (a) + y * stride + 4 * x,
                   cairo_image_surface_get_data (b) + y * stride + 4 * x, 4) != 0;
  return n;
}

static NnWatched *
watched_new (gsize index)
{
  NnWatched *watched = g_new0 (NnWatched, 1);

  watched->index = index;
  for (guint k = 0; k < NN_N_QUANTITIES; k++)
    watched->numbers[k] = 0.125f * (float) k;
  return watched;
}

/* Its numbers and its way, below all neurons; and the edge itself. */
static void
test_what_is_watched_is_told (void)
{
  const NudgeNetworkThing edge = { NUDGE_NETWORK_EDGE, 2, 1, 0 };
  g_autoptr (NnFrame) frame = fixture_frame_new_seed ();
  const NudgeNetworkStyle style = { .palette = nudge_palette_get (FALSE, FALSE),
                                    .limit = 2,
                                    .pulse_layer = -1,
                                    .read = &edge };
  cairo_surface_t *surfaces[3];
  g_auto (NudgeReading) reading = { 0 };
  g_autofree char *words = NULL;

  surfaces[0] = draw (frame);
  for (int i = 1; i < 3; i++) {
    cairo_t *cr;

    surfaces[i] = fixture_surface_new (WIDTH, HEIGHT);
    cr = cairo_create (surfaces[i]);
    nudge_draw_network (cr, frame, &style, WIDTH, HEIGHT);
    cairo_destroy (cr);
    if (frame->watched)
      break;
    frame->watched = watched_new (4 + 1 * 2 + 0);
    frame->watched->points = g_new0 (NnPastPoint, 3);
    frame->watched->n_points = 3;
    for (guint k = 0; k < 3; k++)
      frame->watched->points[k] = (NnPastPoint){ k, (float) (k * k) };
  }
  g_assert_cmpuint (count_differences (surfaces[0], surfaces[1], HEIGHT - 104), >, 300);
  g_assert_cmpuint (count_differences (surfaces[0], surfaces[1], 0), >, 1000);
  g_assert_cmpuint (count_differences (surfaces[1], surfaces[2], HEIGHT - 104), >, 500);
  g_assert_cmpuint (count_differences (surfaces[1], surfaces[2], 0), ==,
                    count_differences (surfaces[1], surfaces[2], HEIGHT - 104));
  nudge_reading_init (&reading, frame, &edge);
  words = nudge_reading_dup_words (&reading);
  g_assert_cmpstr (words, ==,
                   "gradient 0.125, last change 0.25, nudges’ part 0.5, since the start "
                   "0.625, momentum_buffer 0.75, slow copy 1.125, contribution 1.25");
  for (int i = 0; i < 3; i++)
    cairo_surface_destroy (surfaces[i]);
}

static gboolean
rows_equal (cairo_surface_t *a, cairo_surface_t *b, int first, int end)
{
  const int stride = cairo_image_surface_get_stride (a);

  cairo_surface_flush (a);
  cairo_surface_flush (b);
  return memcmp (cairo_image_surface_get_data (a) + first * stride,
                 cairo_image_surface_get_data (b) + first * stride,
                 (gsize) ((end - first) * stride)) == 0;
}

static gsize
count_pixels (cairo_surface_t *surface, int left, int top)
{
  const int width = cairo_image_surface_get_width (surface);
  const int height = cairo_image_surface_get_height (surface);
  const int stride = cairo_image_surface_get_stride (surface) / 4;
  const guint32 *pixels =
      (const guint32 *) (const void *) cairo_image_surface_get_data (surface);
  gsize n = 0;

  cairo_surface_flush (surface);
  for (int y = top; y < height; y++)
    for (int x = left; x < width; x++)
      n += pixels[y * stride + x] != pixels[0];
  return n;
}

/* Where controls lie on the lower right, nothing is told; all digits of the value are. */
static void
test_what_is_told_keeps_off_the_controls (void)
{
  static const int sizes[][2] = { { 712, 400 }, { 565, 275 } };
  static const int corner[] = { 340, 46 };
  const NudgeNetworkThing edge = { NUDGE_NETWORK_EDGE, 2, 1, 0 };
  g_autoptr (NnFrame) frame = fixture_frame_new_seed ();

  frame->watched = watched_new (4 + 1 * 2 + 0);
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++) {
    const int width = sizes[i][0], height = sizes[i][1];
    NudgeNetworkStyle style = { .palette = nudge_palette_get (FALSE, FALSE),
                                .limit = 2,
                                .pulse_layer = -1,
                                .read = &edge };
    g_autoptr (NudgeNetworkLayout) layout =
        nudge_network_layout_new (frame->architecture, width, height);
    const int line = (int) layout->reading_y;
    cairo_surface_t *surfaces[2];

    for (int k = 0; k < 2; k++) {
      cairo_t *cr;

      surfaces[k] = fixture_surface_new (width, height);
      cr = cairo_create (surfaces[k]);
      style.reserved_width = k * corner[0];
      style.reserved_height = k * corner[1];
      nudge_draw_network (cr, frame, &style, width, height);
      cairo_destroy (cr);
    }
    g_assert_cmpuint (count_pixels (surfaces[0], width - corner[0], height - corner[1]),
                      >, 100);
    g_assert_cmpuint (count_pixels (surfaces[1], width - corner[0], height - corner[1]),
                      ==, 0);
    g_assert_cmpuint (count_pixels (surfaces[1], 0, line + 5), >, 100);
    if (height >= 400)
      g_assert_true (rows_equal (surfaces[0], surfaces[1], line - 11, line + 2));
    cairo_surface_destroy (surfaces[0]);
    cairo_surface_destroy (surfaces[1]);
  }
}

static void
test_legend_keeps_off_the_controls (void)
{
  enum { NARROW = 455, LOW = 370, CONTROLS = 340 };
  g_autoptr (NnFrame) frame = fixture_frame_new_seed ();
  NudgeNetworkStyle style = { .palette = nudge_palette_get (FALSE, FALSE),
                              .limit = 2,
                              .pulse_layer = -1 };

  for (int reserved = 0; reserved <= CONTROLS; reserved += CONTROLS) {
    cairo_surface_t *surface = fixture_surface_new (NARROW, LOW);
    cairo_t *cr = cairo_create (surface);

    style.reserved_width = reserved;
    style.reserved_height = 46;
    nudge_draw_network (cr, frame, &style, NARROW, LOW);
    cairo_destroy (cr);
    g_assert_true ((count_pixels (surface, NARROW - CONTROLS, LOW - 46) == 0) ==
                   (reserved > 0));
    cairo_surface_destroy (surface);
  }
}

/* A number on each neuron, and the loss below the output. */
static void
test_sample_is_on_its_neurons (void)
{
  g_autoptr (NnFrame) frame = fixture_frame_new_seed ();
  g_autoptr (NudgeNetworkLayout) layout =
      nudge_network_layout_new (frame->architecture, WIDTH, HEIGHT);
  cairo_surface_t *without = draw (frame);
  cairo_surface_t *with[2];
  gsize n_units = 0;

  frame->sample = g_new0 (NnSample, 1);
  frame->sample->choice.any = TRUE;
  frame->sample->units = g_new0 (float, frame->architecture->n_units);
  frame->sample->loss = NAN;
  with[0] = draw (frame);
  for (gsize k = 0; k < layout->n_columns; k++)
    for (gsize i = 0; i < layout->columns[k].n_units; i++, n_units++) {
      const int x = (int) layout->columns[k].x;
      const int y = (int) nudge_column_get_y (&layout->columns[k], i);
      gsize n = 0;

      cairo_surface_flush (without);
      cairo_surface_flush (with[0]);
      for (int row = y - 7; row < y + 7; row++)
        n += memcmp (cairo_image_surface_get_data (without) +
                         row * cairo_image_surface_get_stride (without) + 4 * (x - 8),
                     cairo_image_surface_get_data (with[0]) +
                         row * cairo_image_surface_get_stride (without) + 4 * (x - 8),
                     64) != 0;
      g_assert_cmpuint (n, >, 3);
    }
  g_assert_cmpuint (n_units, ==, frame->architecture->n_units);
  frame->sample->loss = 0.25;
  with[1] = draw (frame);
  g_assert_cmpuint (count_differences (with[0], with[1], 0), >, 50);
  cairo_surface_destroy (without);
  cairo_surface_destroy (with[0]);
  cairo_surface_destroy (with[1]);
}

/* In the colour of failures, in place of the layer's detail. */
static void
test_exploding_layers_are_marked (void)
{
  g_autoptr (NnFrame) frame = fixture_frame_new_seed ();
  cairo_surface_t *before = draw (frame);
  cairo_surface_t *after;

  frame->activations[FIXTURE_PROBES + 3] = 9e4f;
  after = draw (frame);
  for (int y = 36; y < 52; y++)
    g_assert_cmpmem (cairo_image_surface_get_data (before) +
                         y * cairo_image_surface_get_stride (before),
                     4 * WIDTH,
                     cairo_image_surface_get_data (after) +
                         y * cairo_image_surface_get_stride (before),
                     4 * WIDTH);
  cairo_surface_destroy (after);
  frame->activations[FIXTURE_PROBES + 3] = 9e6f;
  after = draw (frame);
  g_assert_cmpint (memcmp (cairo_image_surface_get_data (before) +
                               44 * cairo_image_surface_get_stride (before),
                           cairo_image_surface_get_data (after) +
                               44 * cairo_image_surface_get_stride (before),
                           4 * WIDTH),
                   !=, 0);
  cairo_surface_destroy (before);
  cairo_surface_destroy (after);
}

static gboolean
explosions_look_alike (NnFrame *frame, int width, float one, float other)
{
  cairo_surface_t *surfaces[2];
  gboolean equal;

  frame->activations[FIXTURE_PROBES + 3] = one;
  surfaces[0] = draw_at (frame, &plain, width, HEIGHT);
  frame->activations[FIXTURE_PROBES + 3] = other;
  surfaces[1] = draw_at (frame, &plain, width, HEIGHT);
  equal = rows_equal (surfaces[0], surfaces[1], 36, 52);
  cairo_surface_destroy (surfaces[0]);
  cairo_surface_destroy (surfaces[1]);
  return equal;
}

/* The first and the last column are nearer to the sides than this one, whose neighbours
 * are far away. */
static void
test_explosions_are_not_cut_off (void)
{
  enum { NARROW = 455 };
  g_autoptr (NnFrame) frame = fixture_frame_new_seed ();

  g_assert_true (explosions_look_alike (frame, NARROW, 6.31e6f, 6.32e6f));
  g_assert_false (explosions_look_alike (frame, NARROW, 6.1e6f, 6.9e6f));
}

/* Of the legend's numbers, as narrow as it gets. */
static gsize
count_middle_ink (double limit)
{
  enum { NARROW = 455, LOW = 370, CONTROLS = 420, HALF = 3 };
  g_autoptr (NnFrame) frame = fixture_frame_new_seed ();
  g_autoptr (NudgeNetworkLayout) layout =
      nudge_network_layout_new (frame->architecture, NARROW, LOW);
  NudgeNetworkStyle style = { .palette = nudge_palette_get (FALSE, FALSE),
                              .limit = limit,
                              .pulse_layer = -1,
                              .reserved_width = CONTROLS,
                              .reserved_height = 46 };
  cairo_surface_t *surface = fixture_surface_new (NARROW, LOW);
  cairo_t *cr = cairo_create (surface);
  const int middle = (int) NUDGE_MARGIN + 35;
  const int baseline = (int) layout->legend_y + 22;
  gsize n = 0;

  nudge_draw_network (cr, frame, &style, NARROW, LOW);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  for (int y = baseline - 9; y <= baseline; y++)
    for (int x = middle - HALF; x < middle + HALF; x++)
      n += cairo_image_surface_get_data (
               surface)[y * cairo_image_surface_get_stride (surface) + 4 * x] < 160;
  cairo_surface_destroy (surface);
  return n;
}

/* "−2.5" and "0" without a space would be "−2.50". */
static void
test_legend_numbers_keep_apart (void)
{
  g_assert_cmpuint (count_middle_ink (2), >, 5);
  g_assert_cmpuint (count_middle_ink (2.5), ==, 0);
}

static void
test_beyond_the_limit_is_marked (void)
{
  g_autoptr (NnFrame) frame = fixture_frame_new_seed ();
  Look at_limit = plain;
  Look below = plain;
  cairo_surface_t *a;
  cairo_surface_t *b;

  /* Both draw this edge at full width; only in one it is hollow. */
  memset (frame->values, 0, frame->architecture->n_values * sizeof *frame->values);
  fixture_frame_set_weight (frame, 1, 0, 0, 2);
  at_limit.limit = 2;
  below.limit = 1.99;
  a = draw_at (frame, &at_limit, WIDTH, HEIGHT);
  b = draw_at (frame, &below, WIDTH, HEIGHT);
  g_assert_cmpuint (fixture_count_ink (a, FIXTURE_POSITIVE), >,
                    fixture_count_ink (b, FIXTURE_POSITIVE) + 100);
  cairo_surface_destroy (a);
  cairo_surface_destroy (b);
}

static void
test_pulse_is_violet (void)
{
  g_autoptr (NnFrame) frame = fixture_frame_new_seed ();
  Look faint = { FALSE, 2, 1, 0.4 };
  Look full = { TRUE, 2, 1, 1 };
  Look over = { FALSE, 2, 1, 0 };

  g_assert_cmpuint (count_ink (frame, &plain, FIXTURE_NUDGE), ==, 0);
  g_assert_cmpuint (count_ink (frame, &over, FIXTURE_NUDGE), ==, 0);
  g_assert_cmpuint (count_ink (frame, &faint, FIXTURE_NUDGE), >, 100);
  g_assert_cmpuint (count_ink (frame, &full, FIXTURE_NUDGE), >, 300);
}

/* Ink of the sign's colour inside the tile of the first layer's first unit. */
static gsize
count_ink_in_tile (const NnFrame *frame)
{
  cairo_surface_t *surface = draw (frame);
  gsize n = 0;

  for (int x = 0; x < WIDTH; x++)
    for (int y = 0; y < HEIGHT; y++) {
      NudgeNetworkThing thing =
          nudge_network_thing_at (frame, NN_QUANTITY_VALUE, WIDTH, HEIGHT, x, y);

      n += thing.kind == NUDGE_NETWORK_NEURON && thing.column == 1 && thing.unit == 0 &&
           fixture_is_ink (surface, x, y, FIXTURE_POSITIVE);
    }
  cairo_surface_destroy (surface);
  return n;
}

static void
test_dead_unit_has_no_colour (void)
{
  g_autoptr (NnFrame) frame = fixture_frame_new_seed ();

  memset (frame->values, 0, frame->architecture->n_values * sizeof *frame->values);
  g_assert_cmpuint (count_ink_in_tile (frame), >, 30);
  memset (frame->activations + FIXTURE_PROBES, 0,
          FIXTURE_PROBES * sizeof *frame->activations);
  g_assert_cmpuint (count_ink_in_tile (frame), ==, 0);
}

/* Nothing is drawn or said of a bias that is not there. */
static void
test_no_bias_is_no_mark (void)
{
  g_autoptr (NnFrame) frame = fixture_frame_new_without_bias ();
  g_autoptr (NnFrame) with = fixture_frame_new_seed ();
  NudgeNetworkThing neuron = { NUDGE_NETWORK_NEURON, 1, 0, 0 };
  g_autofree char *words = nudge_network_describe (frame, &neuron);

  g_assert_cmpstr (words, ==, "fc1 [0]\nactivation from 0 to 0.5");
  memset (frame->activations + FIXTURE_PROBES, 0,
          FIXTURE_PROBES * sizeof *frame->activations);
  memset (with->activations + FIXTURE_PROBES, 0,
          FIXTURE_PROBES * sizeof *with->activations);
  with->values[2] = 1; /* the bias */
  g_assert_cmpuint (count_ink_in_tile (with), >, count_ink_in_tile (frame) + 10);
}

/* Wide layers: still a picture, at a bounded cost, where no strong weight is lost. */
static void
test_wide_layers_fold (void)
{
  static const gsize units[] = { 64, 300, 10 };
  g_autoptr (NnFrame) frame = fixture_frame_new (units, G_N_ELEMENTS (units));
  NudgeNetworkThing thing = { NUDGE_NETWORK_NOTHING };
  gboolean found = FALSE;
  gsize without;

  memset (frame->values, 0, frame->architecture->n_values * sizeof *frame->values);
  without = count_ink (frame, &plain, FIXTURE_NEGATIVE);
  fixture_frame_set_weight (frame, 1, 123, 45, -2);
  g_assert_cmpuint (count_ink (frame, &plain, FIXTURE_NEGATIVE), >=, without + 4);
  for (int y = 0; y < HEIGHT && !found; y++)
    for (int x = 0; x < WIDTH && !found; x++) {
      thing = nudge_network_thing_at (frame, NN_QUANTITY_VALUE, WIDTH, HEIGHT, x, y);
      found = thing.kind == NUDGE_NETWORK_EDGE && thing.column == 1 &&
              thing.unit == 123 && thing.input == 45;
    }
  g_assert_true (found);
}

/* Thousands of edges are shown where there is space for them, the strong one above all. */
static void
test_thousands_of_edges_are_shown (void)
{
  static const gsize units[] = { 64, 64, 64, 10 };
  g_autoptr (NnFrame) frame = fixture_frame_new (units, G_N_ELEMENTS (units));
  const gsize n_values = frame->architecture->n_values;
  cairo_surface_t *surface;
  gsize without;

  for (gsize k = 1; k < G_N_ELEMENTS (units); k++) {
    g_assert_false (nudge_network_is_folded (frame, 1280, 800, k));
    g_assert_true (nudge_network_is_folded (frame, 560, 300, k));
  }
  for (gsize i = 0; i < n_values; i++)
    frame->values[i] = 0.05f;
  surface = draw_at (frame, &plain, 1280, 800);
  without = fixture_count_ink (surface, FIXTURE_NEGATIVE);
  cairo_surface_destroy (surface);
  fixture_frame_set_weight (frame, 2, 50, 5, (float) -plain.limit);
  surface = draw_at (frame, &plain, 1280, 800);
  g_assert_cmpuint (fixture_count_ink (surface, FIXTURE_NEGATIVE), >=, without + 150);
  cairo_surface_destroy (surface);
}

/* Drawing more of them in all would take longer than a frame. */
static void
test_too_many_edges_fold (void)
{
  static const gsize wide[] = { 64, 65, 10 }, deep[] = { 60, 60, 60, 60, 4 };
  g_autoptr (NnFrame) wide_frame = fixture_frame_new (wide, G_N_ELEMENTS (wide));
  g_autoptr (NnFrame) deep_frame = fixture_frame_new (deep, G_N_ELEMENTS (deep));

  g_assert_true (nudge_network_is_folded (wide_frame, 1280, 800, 1));
  g_assert_false (nudge_network_is_folded (wide_frame, 1280, 800, 2));
  for (gsize k = 1; k < 4; k++)
    g_assert_true (nudge_network_is_folded (deep_frame, 1280, 800, k));
  g_assert_false (nudge_network_is_folded (deep_frame, 1280, 800, 4));
}

/* Letters of the columns' names rise above what is left of a name without space: dots. */
static void
test_many_columns_keep_readable_names (void)
{
  gsize units[65];
  g_autoptr (NnFrame) frame = NULL;
  cairo_surface_t *surface;
  gsize n_dark = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (units); i++)
    units[i] = 2;
  frame = fixture_frame_new (units, G_N_ELEMENTS (units));
  surface = draw_at (frame, &plain, WIDTH, HEIGHT);
  for (int y = 18; y < 24; y++)
    for (int x = 0; x < WIDTH; x++) {
      const guint8 *row = cairo_image_surface_get_data (surface) +
                          y * cairo_image_surface_get_stride (surface);

      n_dark += row[4 * x] < 128;
    }
  g_assert_cmpuint (n_dark, >, 100);
  cairo_surface_destroy (surface);
}

/* Any size, and numbers that are no numbers. */
static void
test_nothing_is_too_small_or_too_strange (void)
{
  static const int sizes[][2] = {
    { 1, 1 }, { 3, 200 }, { 200, 3 }, { 60, 60 }, { 380, 260 }
  };
  static const gsize wide[] = { 40, 3, 200, 2 };
  g_autoptr (NnFrame) seed = fixture_frame_new_seed ();
  g_autoptr (NnFrame) folded = fixture_frame_new (wide, G_N_ELEMENTS (wide));

  seed->values[0] = NAN;
  seed->values[4] = INFINITY;
  seed->activations[60] = NAN;
  seed->activations[90] = -INFINITY;
  folded->values[5] = NAN;
  folded->activations[5] = NAN;
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++) {
    int width = sizes[i][0];
    int height = sizes[i][1];

    cairo_surface_destroy (draw_at (seed, &plain, width, height));
    cairo_surface_destroy (draw_at (folded, &plain, width, height));
    for (int x = 0; x <= width; x++)
      nudge_network_thing_at (folded, NN_QUANTITY_VALUE, width, height, x, height / 2.0);
  }
  folded->probes.n = 0;
  cairo_surface_destroy (draw (folded));
}

static void
test_limit_is_round_and_holds (void)
{
  static const float largest[] = { 1, 1.01f, 2.4f, 2.6f, 7, 0.013f, 3e-7f, 4e9f };
  static const double limits[] = { 1, 2, 2.5, 5, 10, 0.02, 5e-7, 5e9 };
  g_autoptr (NnFrame) frame = fixture_frame_new_seed ();

  for (gsize i = 0; i < G_N_ELEMENTS (largest); i++) {
    memset (frame->values, 0, frame->architecture->n_values * sizeof *frame->values);
    fixture_frame_set_weight (frame, 2, 1, 1, -largest[i]);
    g_assert_cmpfloat_with_epsilon (nudge_network_choose_limit (frame, 0), limits[i],
                                    1e-12 * limits[i]);
  }
}

static void
test_limit_does_not_jump (void)
{
  g_autoptr (NnFrame) frame = fixture_frame_new_seed ();

  memset (frame->values, 0, frame->architecture->n_values * sizeof *frame->values);
  g_assert_cmpfloat (nudge_network_choose_limit (frame, 0), ==, 1);
  g_assert_cmpfloat (nudge_network_choose_limit (frame, 2.5), ==, 2.5);
  fixture_frame_set_weight (frame, 1, 1, 0, 0.9f);
  g_assert_cmpfloat (nudge_network_choose_limit (frame, 2.5), ==, 2.5);
  fixture_frame_set_weight (frame, 1, 1, 0, 0.5f);
  g_assert_cmpfloat (nudge_network_choose_limit (frame, 2.5), ==, 0.5);
  fixture_frame_set_weight (frame, 1, 1, 0, 2.6f);
  g_assert_cmpfloat (nudge_network_choose_limit (frame, 2.5), ==, 5);
  g_assert_cmpfloat (nudge_network_choose_limit (frame, NAN), ==, 5);
  fixture_frame_set_weight (frame, 1, 1, 0, INFINITY);
  g_assert_cmpfloat (nudge_network_choose_limit (frame, 0), ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/network-picture/what-is-watched-is-told",
                   test_what_is_watched_is_told);
  g_test_add_func ("/ui/network-picture/what-is-told-keeps-off-the-controls",
                   test_what_is_told_keeps_off_the_controls);
  g_test_add_func ("/ui/network-picture/legend-keeps-off-the-controls",
                   test_legend_keeps_off_the_controls);
  g_test_add_func ("/ui/network-picture/sample-is-on-its-neurons",
                   test_sample_is_on_its_neurons);
  g_test_add_func ("/ui/network-picture/exploding-layers-are-marked",
                   test_exploding_layers_are_marked);
  g_test_add_func ("/ui/network-picture/explosions-are-not-cut-off",
                   test_explosions_are_not_cut_off);
  g_test_add_func ("/ui/network-picture/legend-numbers-keep-apart",
                   test_legend_numbers_keep_apart);
  g_test_add_func ("/ui/network-picture/weak-edges-can-be-seen",
                   test_weak_edges_can_be_seen);
  g_test_add_func ("/ui/network-picture/crowded-edges-are-thin",
                   test_crowded_edges_are_thin);
  g_test_add_func ("/ui/network-picture/same-arguments-same-pixels",
                   test_same_arguments_same_pixels);
  g_test_add_func ("/ui/network-picture/tile-is-a-map-of-the-plane",
                   test_tile_is_a_map_of_the_plane);
  g_test_add_func ("/ui/network-picture/every-number-shows", test_every_number_shows);
  g_test_add_func ("/ui/network-picture/sign-is-colour", test_sign_is_colour);
  g_test_add_func ("/ui/network-picture/sign-is-dash", test_sign_is_dash);
  g_test_add_func ("/ui/network-picture/beyond-the-limit-is-marked",
                   test_beyond_the_limit_is_marked);
  g_test_add_func ("/ui/network-picture/pulse-is-violet", test_pulse_is_violet);
  g_test_add_func ("/ui/network-picture/dead-unit-has-no-colour",
                   test_dead_unit_has_no_colour);
  g_test_add_func ("/ui/network-picture/no-bias-is-no-mark", test_no_bias_is_no_mark);
  g_test_add_func ("/ui/network-picture/wide-layers-fold", test_wide_layers_fold);
  g_test_add_func ("/ui/network-picture/thousands-of-edges-are-shown",
                   test_thousands_of_edges_are_shown);
  g_test_add_func ("/ui/network-picture/too-many-edges-fold", test_too_many_edges_fold);
  g_test_add_func ("/ui/network-picture/many-columns-keep-readable-names",
                   test_many_columns_keep_readable_names);
  g_test_add_func ("/ui/network-picture/nothing-is-too-small-or-too-strange",
                   test_nothing_is_too_small_or_too_strange);
  g_test_add_func ("/ui/network-picture/limit-is-round-and-holds",
                   test_limit_is_round_and_holds);
  g_test_add_func ("/ui/network-picture/limit-does-not-jump", test_limit_does_not_jump);
  return g_test_run ();
}

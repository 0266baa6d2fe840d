/* test-nudge-matrix-picture.c - all weights of a layer, and where one looks
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/network/nudge-matrix-picture.h"

#include <math.h>
#include <string.h>

#include "tests/ui/frame-fixture.h"
#include "ui/draw/network/nudge-matrix-cells.h"

#define WIDTH  500
#define HEIGHT 400

static const gsize units[] = { 300, 70 };

static cairo_surface_t *
draw (const NnFrame *frame, const NudgeMatrixViewport *viewport)
{
  cairo_surface_t *surface = fixture_surface_new (WIDTH, HEIGHT);
  cairo_t *cr = cairo_create (surface);
  const NudgeMatrixStyle style = { .palette = nudge_palette_get (FALSE, FALSE),
                                   .limit = 1 };

  nudge_draw_matrix (cr, frame, &style, viewport, WIDTH, HEIGHT);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  return surface;
}

static NnFrame *
new_frame (void)
{
  NnFrame *frame = fixture_frame_new (units, G_N_ELEMENTS (units));

  for (gsize i = 0; i < frame->architecture->n_values; i++)
    frame->values[i] = 0;
  return frame;
}

/* At any place, and at any zoom, what is pointed at is what is drawn there. */
static void
test_pointer_finds_what_is_drawn (void)
{
  g_autoptr (NnFrame) frame = new_frame ();
  const NnLayerShape *layer = &frame->architecture->layers[0];
  const NudgeMatrixField field = nudge_matrix_get_field (layer, WIDTH, HEIGHT);
  NudgeMatrixViewport viewport;

  fixture_frame_set_weight (frame, 1, 35, 150, 1);
  nudge_matrix_viewport_fit (&viewport, &field);
  g_assert_cmpfloat (viewport.zoom, ==, 1);
  for (int step = 0; step < 6; step++) {
    cairo_surface_t *surface = draw (frame, &viewport);
    gsize n = 0;

    for (int x = 0; x < WIDTH; x++)
      for (int y = 60; y < HEIGHT - 60; y++) {
        guint64 row, column;

        if (fixture_is_ink (surface, x, y, FIXTURE_POSITIVE) &&
            nudge_matrix_viewport_find (&viewport, &field, x + 0.5, y + 0.5, &row,
                                        &column) &&
            row == 35 && column == 150)
          n++;
      }
    g_assert_cmpuint (n, >=, 1);
    g_assert_cmpuint (n, >=, (gsize) (0.6 * viewport.zoom * viewport.zoom));
    cairo_surface_destroy (surface);
    nudge_matrix_viewport_zoom (&viewport, &field, 1.7, WIDTH / 2.0, HEIGHT / 2.0);
  }
}

/* What is under the pointer stays there, as far as there is an end. */
static void
test_zoom_keeps_what_is_pointed_at (void)
{
  g_autoptr (NnFrame) frame = new_frame ();
  const NnLayerShape *layer = &frame->architecture->layers[0];
  const NudgeMatrixField field = nudge_matrix_get_field (layer, WIDTH, HEIGHT);
  NudgeMatrixViewport viewport;
  guint64 before[2], after[2];

  nudge_matrix_viewport_fit (&viewport, &field);
  nudge_matrix_viewport_zoom (&viewport, &field, 10, 250, 200);
  nudge_matrix_viewport_find (&viewport, &field, 260, 210, &before[0], &before[1]);
  nudge_matrix_viewport_zoom (&viewport, &field, 2, 260, 210);
  nudge_matrix_viewport_find (&viewport, &field, 260, 210, &after[0], &after[1]);
  g_assert_cmpmem (before, sizeof before, after, sizeof after);
  nudge_matrix_viewport_zoom (&viewport, &field, 1e-6, 0, 0);
  g_assert_cmpfloat (viewport.zoom, ==, 1);
  nudge_matrix_viewport_zoom (&viewport, &field, 1e6, 0, 0);
  g_assert_cmpfloat (viewport.zoom, ==, NUDGE_MATRIX_MOST_ZOOM);
}

static double
get_weight (gconstpointer data, guint64 row, guint64 column)
{
  return *(const double *) data;
}

/* @as: (nullable): instead of what the cell writes itself */
static cairo_surface_t *
draw_cell (double weight, double side, const char *as)
{
  const NudgeMatrixField field = { .n_rows = 1,
                                   .n_columns = 1,
                                   .width = side,
                                   .height = side,
                                   .least_width = side,
                                   .least_height = side };
  const NudgeMatrixViewport viewport = { .zoom = side };
  cairo_surface_t *surface = fixture_surface_new (100, 100);
  cairo_t *cr = cairo_create (surface);
  g_autoptr (NudgeText) text = nudge_text_new (cr);
  const NudgeMatrixCells cells = { .cr = cr,
                                   .text = text,
                                   .palette = nudge_palette_get (FALSE, FALSE),
                                   .field = &field,
                                   .viewport = &viewport,
                                   .limit = 1,
                                   .get = get_weight,
                                   .data = &weight };

  g_assert_cmpfloat (nudge_matrix_viewport_get_width (&viewport, &field), ==, side);
  if (as == NULL)
    nudge_draw_cell_numbers (&cells);
  else
    nudge_text_draw (text, NUDGE_TEXT_LABEL, &cells.palette->text,
                     nudge_matrix_viewport_get_x (&viewport, &field, 0) + side / 2,
                     nudge_matrix_viewport_get_y (&viewport, &field, 0) + side / 2 + 4,
                     0.5, as);
  cairo_destroy (cr);
  return surface;
}

static gboolean
is_same (cairo_surface_t *a, cairo_surface_t *b)
{
  const gsize n = (gsize) cairo_image_surface_get_stride (a) *
                  (gsize) cairo_image_surface_get_height (a);

  cairo_surface_flush (a);
  cairo_surface_flush (b);
  return memcmp (cairo_image_surface_get_data (a), cairo_image_surface_get_data (b), n) ==
         0;
}

/* Half of a number reads as another. */
static void
test_numbers_are_not_cut (void)
{
  static const struct {
    double weight;
    const char *whole[3];
  } cases[] = {
    { -0.0482, { "−0.048", "−0.05", "" } },
    { -1.26e-12, { "−1.3e−12", "−1e−12", "" } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (double side = 40; side <= 80; side += 4) {
      cairo_surface_t *drawn = draw_cell (cases[i].weight, side, NULL);
      guint n = 0;

      for (guint k = 0; k < G_N_ELEMENTS (cases[i].whole); k++) {
        cairo_surface_t *wanted = draw_cell (cases[i].weight, side, cases[i].whole[k]);

        n += is_same (drawn, wanted);
        cairo_surface_destroy (wanted);
      }
      g_test_message ("%g in %g pixels", cases[i].weight, side);
      g_assert_cmpuint (n, ==, 1);
      cairo_surface_destroy (drawn);
    }
}

/* One comes to every end, and no further. */
static void
test_moves_reach_every_weight (void)
{
  g_autoptr (NnFrame) frame = new_frame ();
  const NnLayerShape *layer = &frame->architecture->layers[0];
  const NudgeMatrixField field = nudge_matrix_get_field (layer, WIDTH, HEIGHT);
  NudgeMatrixViewport viewport;
  guint64 row, column;

  nudge_matrix_viewport_fit (&viewport, &field);
  nudge_matrix_viewport_zoom (&viewport, &field, 20, 250, 200);
  nudge_matrix_viewport_move (&viewport, &field, 1e6, 1e6);
  g_assert_cmpfloat (viewport.x, ==, 0);
  g_assert_cmpfloat (viewport.y, ==, 0);
  nudge_matrix_viewport_move (&viewport, &field, -1e6, -1e6);
  g_assert_true (nudge_matrix_viewport_find (&viewport, &field, WIDTH - 18.5,
                                             HEIGHT - 88.5, &row, &column));
  g_assert_cmpuint (column, ==, 299);
  g_assert_cmpuint (row, ==, 69);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/matrix-picture/pointer-finds-what-is-drawn",
                   test_pointer_finds_what_is_drawn);
  g_test_add_func ("/ui/matrix-picture/zoom-keeps-what-is-pointed-at",
                   test_zoom_keeps_what_is_pointed_at);
  g_test_add_func ("/ui/matrix-picture/numbers-are-not-cut", test_numbers_are_not_cut);
  g_test_add_func ("/ui/matrix-picture/moves-reach-every-weight",
                   test_moves_reach_every_weight);
  return g_test_run ();
}

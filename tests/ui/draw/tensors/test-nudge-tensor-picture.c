/* test-nudge-tensor-picture.c - a tensor's values as a heat map
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/tensors/nudge-tensor-picture.h"

#include <math.h>

#include "nn/tensor/nn-tensor-summary.h"
#include "tests/ui/frame-fixture.h"

#define WIDTH  400
#define HEIGHT 300

typedef struct {
  guint64 shape[4];
  guint rank;
  double *values;
  NnTensorPicture *picture;
  NnTensorWindow *window;
  NudgeMatrixField field;
  NudgeMatrixViewport viewport;
} Tensor;

/* Of zeros, but for one value. */
static void
init (Tensor *self, guint rank, const guint64 *shape, guint64 at, double value)
{
  NnTensorPictureBuilder *builder = nn_tensor_picture_builder_new (rank, shape);
  guint64 n = 1;

  *self = (Tensor){ .rank = rank };
  for (guint i = 0; i < rank; i++) {
    self->shape[i] = shape[i];
    n *= shape[i];
  }
  self->values = g_new0 (double, n);
  self->values[at] = value;
  nn_tensor_picture_builder_add (builder, self->values, n);
  self->picture = nn_tensor_picture_builder_end (builder);
}

static void
clear (Tensor *self)
{
  nn_tensor_picture_unref (self->picture);
  g_clear_pointer (&self->window, nn_tensor_window_unref);
  g_free (self->values);
}

static NudgeTensorSource
get_source (const Tensor *self)
{
  return (NudgeTensorSource){ "w",           self->rank,   self->shape,
                              self->picture, self->window, FALSE };
}

static void
fit (Tensor *self)
{
  const NudgeTensorSource source = get_source (self);

  g_assert_true (nudge_tensor_get_field (&source, WIDTH, HEIGHT, &self->field));
  nudge_matrix_viewport_fit (&self->viewport, &self->field);
}

static cairo_surface_t *
draw (const Tensor *self)
{
  const NudgeTensorSource source = get_source (self);
  const NudgeTensorStyle style = { .palette = nudge_palette_get (FALSE, FALSE),
                                   .limit = 1 };
  cairo_surface_t *surface = fixture_surface_new (WIDTH, HEIGHT);
  cairo_t *cr = cairo_create (surface);

  nudge_draw_tensor (cr, &source, &style, &self->viewport, WIDTH, HEIGHT);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  return surface;
}

/* Whether each pixel of ink in the map is where the pointer finds one of those values, and
 * each of those is ink. */
static void
assert_ink (const Tensor *self,
            guint64 first_row,
            guint64 end_row,
            guint64 first_column,
            guint64 end_column)
{
  cairo_surface_t *surface = draw (self);
  gsize n = 0;

  for (int x = 0; x < WIDTH; x++)
    for (int y = 0; y < (int) (self->field.y + self->field.height); y++) {
      guint64 row, column;
      const gboolean found = nudge_matrix_viewport_find (&self->viewport, &self->field,
                                                         x + 0.5, y + 0.5, &row, &column);
      const gboolean its = found && row >= first_row && row < end_row &&
                           column >= first_column && column < end_column;

      g_assert_cmpint (fixture_is_ink (surface, x, y, FIXTURE_POSITIVE), ==, its);
      n += its;
    }
  g_assert_cmpuint (n, >, 0);
  cairo_surface_destroy (surface);
}

/* 1000 rows in 256 cells: the block of the one value, at any zoom. */
static void
test_cells_are_where_the_pointer_finds_them (void)
{
  static const guint64 shape[] = { 1000, 600 };
  Tensor tensor;
  guint row, column;

  init (&tensor, 2, shape, 617 * 600 + 411, 1);
  fit (&tensor);
  row = nudge_tensor_find_cell (1000, 256, 617);
  column = nudge_tensor_find_cell (600, 256, 411);
  for (int step = 0; step < 4; step++) {
    assert_ink (&tensor, nn_tensor_picture_get_row (tensor.picture, row),
                nn_tensor_picture_get_row (tensor.picture, row + 1),
                nn_tensor_picture_get_column (tensor.picture, column),
                nn_tensor_picture_get_column (tensor.picture, column + 1));
    nudge_matrix_viewport_zoom (
        &tensor.viewport, &tensor.field, 3,
        nudge_matrix_viewport_get_x (&tensor.viewport, &tensor.field, 411),
        nudge_matrix_viewport_get_y (&tensor.viewport, &tensor.field, 617));
  }
  clear (&tensor);
}

/* With the values there, it is that value alone. */
static void
test_values_are_where_the_pointer_finds_them (void)
{
  static const guint64 shape[] = { 1000, 600 };
  Tensor tensor;

  init (&tensor, 2, shape, 617 * 600 + 411, 1);
  fit (&tensor);
  tensor.window = nn_tensor_window_new (
      0, 0, 1000, 600, g_memdup2 (tensor.values, 600000 * sizeof (double)));
  for (int step = 0; step < 5; step++) {
    nudge_matrix_viewport_zoom (
        &tensor.viewport, &tensor.field, 4,
        nudge_matrix_viewport_get_x (&tensor.viewport, &tensor.field, 411),
        nudge_matrix_viewport_get_y (&tensor.viewport, &tensor.field, 617));
    if (tensor.viewport.zoom >= 1 &&
        tensor.viewport.zoom < 40) /* from where it is written */
      assert_ink (&tensor, 617, 618, 411, 412);
  }
  clear (&tensor);
}

/* However small a value is drawn, the strongest of a pixel is seen. */
static void
test_no_value_is_lost (void)
{
  static const guint64 shape[] = { 3000, 700 };
  Tensor tensor;

  for (guint i = 0; i < 20; i++) {
    cairo_surface_t *surface;
    const guint64 at = i * G_GUINT64_CONSTANT (104999) + i;

    init (&tensor, 2, shape, at % 2100000, 1);
    fit (&tensor);
    for (int exact = 0; exact < 2; exact++) {
      if (exact)
        tensor.window = nn_tensor_window_new (
            0, 0, 3000, 700, g_memdup2 (tensor.values, 2100000 * sizeof (double)));
      surface = draw (&tensor);
      g_assert_cmpuint (fixture_count_ink (surface, FIXTURE_POSITIVE), >, 0);
      cairo_surface_destroy (surface);
    }
    clear (&tensor);
  }
}

/* Cell @i begins at i * n / cells, as the builder has it. */
static void
test_finds_every_cell (void)
{
  static const guint64 sizes[] = { 1, 5, 255, 256, 257, 1000, 50257 };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++) {
    const guint n_cells = (guint) MIN (sizes[i], 256);

    for (guint64 at = 0; at < sizes[i]; at++) {
      const guint cell = nudge_tensor_find_cell (sizes[i], n_cells, at);

      g_assert_cmpuint (cell, <, n_cells);
      g_assert_cmpuint (cell * sizes[i] / n_cells, <=, at);
      g_assert_cmpuint ((cell + 1) * sizes[i] / n_cells, >, at);
    }
  }
  g_assert_cmpuint (nudge_tensor_find_cell (G_MAXUINT64 / 2, 256, G_MAXUINT64 / 2 - 1),
                    ==, 255);
}

static void
assert_reading (const Tensor *tensor, guint64 row, guint64 column, const char *wanted)
{
  const NudgeTensorSource source = get_source (tensor);
  g_autofree char *reading = nudge_tensor_dup_reading (&source, row, column);

  g_assert_cmpstr (reading, ==, wanted);
}

static void
test_reading_has_all_indices_and_nine_digits (void)
{
  static const guint64 filter[] = { 4, 3, 2, 5 };
  static const guint64 vector[] = { 7 };
  static const guint64 large[] = { 1000, 600 };
  Tensor tensor;

  init (&tensor, 4, filter, 3 * 30 + 1 * 10 + 0 * 5 + 2, (double) 0.1f);
  assert_reading (&tensor, 3, 12, "w[3, 1, 0, 2] = 0.100000001");
  clear (&tensor);
  init (&tensor, 1, vector, 4, -2.5);
  assert_reading (&tensor, 0, 4, "w[4] = −2.5");
  clear (&tensor);
  init (&tensor, 0, NULL, 0, 17);
  assert_reading (&tensor, 0, 0, "w = 17");
  clear (&tensor);
  init (&tensor, 2, large, 0, 12);
  assert_reading (&tensor, 1, 1, "rows 0–2, columns 0–1: strongest 12, mean 2");
  clear (&tensor);
}

/* What is no number has a colour of its own, in a cell that has others, too. */
static void
test_not_a_number_is_seen (void)
{
  static const guint64 shape[] = { 20, 20 };
  Tensor tensor;
  cairo_surface_t *surface;
  NudgeTensorSource source;

  init (&tensor, 2, shape, 35, (double) NAN);
  fit (&tensor);
  surface = draw (&tensor);
  g_assert_cmpuint (fixture_count_ink (surface, FIXTURE_NEGATIVE), >, 100);
  cairo_surface_destroy (surface);
  source = get_source (&tensor);
  g_assert_cmpfloat (nudge_tensor_find_limit (&source, 0), ==, 1);
  clear (&tensor);
}

/* Long and narrow ones are stretched; nothing at all is nothing. */
static void
test_any_shape_has_a_place (void)
{
  static const guint64 shapes[][2] = {
    { 1, 1 }, { 1, 100000 }, { 100000, 1 }, { 3, 4000 }
  };
  static const guint64 none[] = { 0, 5 };
  NudgeTensorSource source;
  NudgeMatrixField field;
  Tensor tensor;

  for (gsize i = 0; i < G_N_ELEMENTS (shapes); i++) {
    cairo_surface_t *surface;

    init (&tensor, 2, shapes[i], 0, 1);
    fit (&tensor);
    g_assert_cmpfloat (tensor.field.least_width * tensor.field.n_columns, >=, 20);
    g_assert_cmpfloat (tensor.field.least_height * tensor.field.n_rows, >=, 20);
    g_assert_cmpfloat (tensor.field.least_width * tensor.field.n_columns, <=,
                       tensor.field.width + 1e-6);
    surface = draw (&tensor);
    g_assert_cmpuint (fixture_count_ink (surface, FIXTURE_POSITIVE), >, 0);
    cairo_surface_destroy (surface);
    clear (&tensor);
  }
  source = (NudgeTensorSource){ "w", 2, none, NULL, NULL, FALSE };
  g_assert_false (nudge_tensor_get_field (&source, WIDTH, HEIGHT, &field));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/tensor-picture/cells-are-where-the-pointer-finds-them",
                   test_cells_are_where_the_pointer_finds_them);
  g_test_add_func ("/ui/tensor-picture/values-are-where-the-pointer-finds-them",
                   test_values_are_where_the_pointer_finds_them);
  g_test_add_func ("/ui/tensor-picture/no-value-is-lost", test_no_value_is_lost);
  g_test_add_func ("/ui/tensor-picture/finds-every-cell", test_finds_every_cell);
  g_test_add_func ("/ui/tensor-picture/reading-has-all-indices-and-nine-digits",
                   test_reading_has_all_indices_and_nine_digits);
  g_test_add_func ("/ui/tensor-picture/not-a-number-is-seen", test_not_a_number_is_seen);
  g_test_add_func ("/ui/tensor-picture/any-shape-has-a-place",
                   test_any_shape_has_a_place);
  return g_test_run ();
}

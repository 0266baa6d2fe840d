/* test-nudge-data-picture.c - the picture of the data shows each example where it is
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/network/nudge-data-picture.h"

#include <math.h>

#include "tests/ui/frame-fixture.h"

#define WIDTH  200
#define HEIGHT 140

static NnDataset *
make_dataset (NnDataSource source, gsize n, double validation)
{
  g_autoptr (NnRandom) random = nn_random_new (1);
  NnDataSpec spec;
  NnDataset *dataset;

  nn_data_spec_init (&spec, source);
  spec.validation = validation;
  if (n > 0)
    spec.n_examples = n;
  g_assert_true (nn_data_spec_load (&spec, NULL, NULL));
  dataset = nn_dataset_new (&spec, random);
  nn_data_spec_clear (&spec);
  return dataset;
}

/* Of the points that @values gives, two numbers and a class each. */
static NnDataset *
make_points (const float *values, gsize n)
{
  g_autoptr (NnRandom) random = nn_random_new (1);
  NnDataSpec spec;
  NnDataset *dataset;

  nn_data_spec_init (&spec, NN_DATA_INLINE);
  spec.table = nn_table_new (n, 2, 1);
  spec.table->targets_are = NN_TARGETS_CLASSES;
  for (gsize i = 0; i < n; i++) {
    spec.table->inputs[2 * i] = values[3 * i];
    spec.table->inputs[2 * i + 1] = values[3 * i + 1];
    spec.table->targets[i] = values[3 * i + 2];
  }
  dataset = nn_dataset_new (&spec, random);
  nn_data_spec_clear (&spec);
  return dataset;
}

static cairo_surface_t *
draw (const NudgeDataScene *scene, const NudgeDataStyle *style)
{
  cairo_surface_t *surface = fixture_surface_new (WIDTH, HEIGHT);
  cairo_t *cr = cairo_create (surface);

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  nudge_draw_data (cr, scene, style, WIDTH, HEIGHT);
  cairo_destroy (cr);
  return surface;
}

static NudgeDataStyle
plain_style (void)
{
  return (NudgeDataStyle){ .palette = nudge_palette_get (FALSE, FALSE), .row = -1 };
}

static gsize
count_dark (cairo_surface_t *surface)
{
  gsize n = 0;

  cairo_surface_flush (surface);
  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++) {
      const unsigned char *pixel = cairo_image_surface_get_data (surface) +
                                   y * cairo_image_surface_get_stride (surface) + 4 * x;

      n += pixel[0] < 128 && pixel[1] < 128 && pixel[2] < 128;
    }
  return n;
}

/* --- Points ------------------------------------------------------------------------ */

static const float two_points[] = { -1, -1, 0, 1, 1, 1 };

static void
test_points_are_where_they_are (void)
{
  g_autoptr (NnDataset) dataset = make_points (two_points, 2);
  const NudgeDataStyle style = plain_style ();
  const FixtureInk inks[] = { FIXTURE_NEGATIVE, FIXTURE_POSITIVE };
  cairo_surface_t *surface;
  NudgeDataScene scene;

  nudge_data_scene_init (&scene, dataset, NULL);
  surface = draw (&scene, &style);
  for (gsize i = 0; i < 2; i++) {
    double values[2], back[2], x, y;

    nudge_data_scene_get_values (&scene, i, values);
    nudge_data_scene_find_place (&scene, WIDTH, HEIGHT, values, &x, &y);
    g_assert_true (fixture_is_ink (surface, (int) x, (int) y, inks[i]));
    g_assert_false (fixture_is_ink (surface, (int) x, (int) y, inks[1 - i]));
    nudge_data_scene_find_values (&scene, WIDTH, HEIGHT, x, y, back);
    g_assert_cmpfloat_with_epsilon (back[0], values[0], 1e-9);
    g_assert_cmpfloat_with_epsilon (back[1], values[1], 1e-9);
    g_assert_cmpint (nudge_data_scene_find_row (&scene, WIDTH, HEIGHT, x + 3, y), ==, i);
  }
  g_assert_cmpint (
      nudge_data_scene_find_row (&scene, WIDTH, HEIGHT, WIDTH / 2, HEIGHT / 2), ==, -1);
  cairo_surface_destroy (surface);
  nudge_data_scene_clear (&scene);
}

/* A disc is round. */
static void
test_features_have_one_scale (void)
{
  g_autoptr (NnDataset) dataset = make_dataset (NN_DATA_CIRCLE, 100, 0);
  const double origin[2] = { 0, 0 }, right[2] = { 1, 0 }, up[2] = { 0, 1 };
  NudgeDataScene scene;
  double x, y, x_right, y_up, other;

  nudge_data_scene_init (&scene, dataset, NULL);
  nudge_data_scene_find_place (&scene, WIDTH, HEIGHT, origin, &x, &y);
  nudge_data_scene_find_place (&scene, WIDTH, HEIGHT, right, &x_right, &other);
  nudge_data_scene_find_place (&scene, WIDTH, HEIGHT, up, &other, &y_up);
  g_assert_cmpfloat (x_right, >, x + 1);
  g_assert_cmpfloat_with_epsilon (y - y_up, x_right - x, 1e-9);
  nudge_data_scene_clear (&scene);
}

static void
test_held_out_points_are_hollow (void)
{
  g_autoptr (NnDataset) dataset = make_dataset (NN_DATA_CIRCLE, 6, 0.5);
  const NudgeDataStyle style = plain_style ();
  cairo_surface_t *surface;
  NudgeDataScene scene;
  gsize n_hollow = 0;

  nudge_data_scene_init (&scene, dataset, NULL);
  surface = draw (&scene, &style);
  for (gsize i = 0; i < 6; i++) {
    double values[2], x, y;
    gboolean is_ink;

    nudge_data_scene_get_values (&scene, i, values);
    nudge_data_scene_find_place (&scene, WIDTH, HEIGHT, values, &x, &y);
    is_ink = fixture_is_ink (surface, (int) x, (int) y, FIXTURE_POSITIVE) ||
             fixture_is_ink (surface, (int) x, (int) y, FIXTURE_NEGATIVE);
    g_assert_true (is_ink == !scene.held_out[i]);
    n_hollow += !is_ink;
  }
  g_assert_cmpuint (n_hollow, ==, 3);
  cairo_surface_destroy (surface);
  nudge_data_scene_clear (&scene);
}

static void
test_what_is_dragged_is_drawn_elsewhere (void)
{
  g_autoptr (NnDataset) dataset = make_points (two_points, 2);
  NudgeDataStyle style = plain_style ();
  const double to[2] = { 1, -1 }, from[2] = { -1, -1 };
  cairo_surface_t *surface;
  NudgeDataScene scene;
  double x, y;

  nudge_data_scene_init (&scene, dataset, NULL);
  style.row = 0;
  style.x = to[0];
  style.y = to[1];
  surface = draw (&scene, &style);
  nudge_data_scene_find_place (&scene, WIDTH, HEIGHT, to, &x, &y);
  g_assert_true (fixture_is_ink (surface, (int) x, (int) y, FIXTURE_NEGATIVE));
  nudge_data_scene_find_place (&scene, WIDTH, HEIGHT, from, &x, &y);
  g_assert_false (fixture_is_ink (surface, (int) x, (int) y, FIXTURE_NEGATIVE));
  cairo_surface_destroy (surface);
  nudge_data_scene_clear (&scene);
}

/* What comes within the axes moves nothing; what is outside of them does. */
static void
test_axes_stay_while_they_will_do (void)
{
  static const float within[] = { -1, -1, 0, 0.5f, 0.5f, 1, 0, 0.5f, 1 };
  static const float outside[] = { -1, -1, 0, 1, 1, 1, 5, 0.5f, 1 };
  g_autoptr (NnDataset) first = make_points (two_points, 2);
  g_autoptr (NnDataset) fewer = make_points (within, 3);
  g_autoptr (NnDataset) wider = make_points (outside, 3);
  NudgeDataScene before, after;

  nudge_data_scene_init (&before, wider, NULL);
  g_assert_cmpfloat (before.most[0], ==, 5);
  nudge_data_scene_clear (&before);
  nudge_data_scene_init (&before, first, NULL);
  nudge_data_scene_init (&after, fewer, &before);
  g_assert_cmpfloat (after.most[0], ==, before.most[0]);
  nudge_data_scene_clear (&after);
  nudge_data_scene_init (&after, wider, &before);
  g_assert_cmpfloat (after.most[0], ==, 5);
  nudge_data_scene_clear (&after);
  nudge_data_scene_clear (&before);
}

static void
test_many_points_are_some_thousand (void)
{
  g_autoptr (NnDataset) dataset = make_dataset (NN_DATA_SPIRAL, 100000, 0);
  NudgeDataScene scene;

  nudge_data_scene_init (&scene, dataset, NULL);
  g_assert_cmpuint (dataset->n_examples / scene.stride, <=, 3000);
  nudge_data_scene_clear (&scene);
}

/* --- Other data -------------------------------------------------------------------- */

static void
test_each_kind_of_data_has_its_picture (void)
{
  static const struct {
    NnDataSource source;
    NudgeDataKind kind;
  } pictures[] = {
    { NN_DATA_CIRCLE, NUDGE_DATA_POINTS }, { NN_DATA_PLANE, NUDGE_DATA_POINTS },
    { NN_DATA_SINE, NUDGE_DATA_CURVE },    { NN_DATA_UNIFORM, NUDGE_DATA_CURVE },
    { NN_DATA_IRIS, NUDGE_DATA_TABLE },    { NN_DATA_DIGITS, NUDGE_DATA_IMAGES },
  };
  const NudgeDataStyle style = plain_style ();

  for (gsize i = 0; i < G_N_ELEMENTS (pictures); i++) {
    g_autoptr (NnDataset) dataset = make_dataset (pictures[i].source, 0, 0);
    const gboolean is_text =
        pictures[i].kind == NUDGE_DATA_TABLE || pictures[i].kind == NUDGE_DATA_IMAGES;
    cairo_surface_t *surface;
    NudgeDataScene scene;

    nudge_data_scene_init (&scene, dataset, NULL);
    g_assert_cmpint (scene.kind, ==, pictures[i].kind);
    surface = draw (&scene, &style);
    if (is_text)
      g_assert_cmpuint (count_dark (surface), >, 200);
    else
      g_assert_cmpuint (fixture_count_ink (surface, FIXTURE_POSITIVE), >, 20);
    cairo_surface_destroy (surface);
    nudge_data_scene_clear (&scene);
  }
}

/* One point, one value everywhere: nothing is divided by its spread. */
static void
test_a_single_point_is_in_the_middle (void)
{
  static const float one[] = { 3, 4, 1 };
  g_autoptr (NnDataset) dataset = make_points (one, 1);
  double values[2], x, y;
  NudgeDataScene scene;

  nudge_data_scene_init (&scene, dataset, NULL);
  nudge_data_scene_get_values (&scene, 0, values);
  nudge_data_scene_find_place (&scene, WIDTH, HEIGHT, values, &x, &y);
  g_assert_cmpfloat_with_epsilon (x, WIDTH / 2, 1e-9);
  g_assert_cmpfloat_with_epsilon (y, HEIGHT / 2, 1e-9);
  nudge_data_scene_clear (&scene);
}

#define ADD(name, function) g_test_add_func ("/ui/data-picture/" name, function)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("points-are-where-they-are", test_points_are_where_they_are);
  ADD ("features-have-one-scale", test_features_have_one_scale);
  ADD ("held-out-points-are-hollow", test_held_out_points_are_hollow);
  ADD ("what-is-dragged-is-drawn-elsewhere", test_what_is_dragged_is_drawn_elsewhere);
  ADD ("axes-stay-while-they-will-do", test_axes_stay_while_they_will_do);
  ADD ("many-points-are-some-thousand", test_many_points_are_some_thousand);
  ADD ("each-kind-of-data-has-its-picture", test_each_kind_of_data_has_its_picture);
  ADD ("a-single-point-is-in-the-middle", test_a_single_point_is_in_the_middle);
  return g_test_run ();
}

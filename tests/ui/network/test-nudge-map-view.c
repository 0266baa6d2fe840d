/* test-nudge-map-view.c - what a network puts out over its inputs: picture and widget
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/network/nudge-map-view.h"

#include <adwaita.h>
#include <string.h>

#include "nn/session/nn-frame-of-run.h"
#include "nn/tensor/nn-grad-mode.h"
#include "tests/nn/small-trainer.h"
#include "tests/ui/drive.h"
#include "tests/ui/frame-fixture.h"
#include "ui/draw/base/nudge-class-colour.h"
#include "ui/draw/network/nudge-map-picture.h"

#define WIDTH  300
#define HEIGHT 400

/* Points in the four corners of a square from 0 to 1. */
#define CORNERS "'inputs': [[0, 0], [1, 0], [0, 1], [1, 1]]"
#define PLANE                                                                            \
  "'data': {'source': 'inline', " CORNERS ", 'targets': [[0], [1], [0], [1]]},"          \
  "'network': {'layers': [{'units': 1}]}, 'loss': {'type': 'bce_logits'}"
#define CLASSES                                                                          \
  "'data': {'source': 'inline', " CORNERS ", 'targets': [0, 1, 2, 2]},"                  \
  "'network': {'layers': [{'units': 3}]}, 'loss': {'type': 'cross_entropy'}"
#define LINE                                                                             \
  "'data': {'source': 'inline', 'inputs': [[0], [1]], 'targets': [[0], [1]]},"           \
  "'network': {'layers': [{'units': 1}]}, 'loss': {'type': 'mse'}"
#define MANY                                                                             \
  "'data': {'source': 'iris'}, 'network': {'layers': [{'units': 3}]},"                   \
  " 'loss': {'type': 'cross_entropy'}"

/* @values: (n) the network's, in the order of its parameters */
static NnFrame *
new_frame (const char *keys, const float *values, gsize n)
{
  g_autoptr (NnTrainer) trainer = small_trainer (keys);
  NnNetwork *network = nn_trainer_get_network (trainer);

  g_assert_cmpuint (nn_network_get_architecture (network)->n_values, ==, n);
  NN_NO_GRAD ()
  {
    memcpy (nn_network_write_values (network), values, n * sizeof *values);
  }
  return nn_frame_of_trainer (trainer);
}

/* Rises to the right: negative at the left, positive at the right. */
static NnFrame *
new_plane (void)
{
  return new_frame (PLANE, (const float[]){ 2, 0, -1 }, 3);
}

static cairo_surface_t *
draw_data (const NnFrame *frame, const NudgeMapData *data)
{
  cairo_surface_t *surface = fixture_surface_new (WIDTH, HEIGHT);
  cairo_t *cr = cairo_create (surface);

  nudge_draw_map (cr, frame, data, nudge_palette_get (FALSE, FALSE), WIDTH, HEIGHT);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  return surface;
}

static cairo_surface_t *
draw (const NnFrame *frame)
{
  g_autoptr (NudgeMapData) data = nudge_map_data_new (frame);

  return draw_data (frame, data);
}

static guint32
get_pixel (cairo_surface_t *surface, int x, int y)
{
  const guint8 *rows = cairo_image_surface_get_data (surface);
  guint32 pixel;

  memcpy (&pixel,
          rows + y * cairo_image_surface_get_stride (surface) + x * (int) sizeof pixel,
          sizeof pixel);
  return pixel & 0xffffff;
}

/* The map is in the middle, a square of the width without margins. */
static void
test_sides_have_their_signs (void)
{
  g_autoptr (NnFrame) frame = new_plane ();
  cairo_surface_t *surface = draw (frame);

  g_assert_true (fixture_is_ink (surface, 30, HEIGHT / 2, FIXTURE_NEGATIVE));
  g_assert_true (fixture_is_ink (surface, WIDTH - 30, HEIGHT / 2, FIXTURE_POSITIVE));
  cairo_surface_destroy (surface);
}

/* Both have rings of the ground around them. */
static void
test_examples_are_in_it (void)
{
  g_autoptr (NnFrame) frame = new_plane ();
  g_autoptr (NudgeMapData) data = nudge_map_data_new (frame);
  cairo_surface_t *with = draw (frame);
  cairo_surface_t *without;

  g_assert_cmpuint (data->n_points, ==, 4);
  g_assert_cmpuint (data->n_classes, ==, 2);
  g_assert_cmpfloat (data->points[1].target, ==, 1);
  data->n_points = 0;
  without = draw_data (frame, data);
  g_assert_false (fixture_surfaces_equal (with, without));
  cairo_surface_destroy (with);
  cairo_surface_destroy (without);
}

/* Each class in the colour that its examples have. */
static void
test_regions_are_of_classes (void)
{
  const NudgePalette *palette = nudge_palette_get (FALSE, FALSE);
  /* 0 where x + y is small, 1 where x is large and y small, 2 where y is large. */
  static const float values[] = { -20, -20, 20, -20, 0, 20, 20, -10, -10 };
  g_autoptr (NnFrame) frame = new_frame (CLASSES, values, G_N_ELEMENTS (values));
  cairo_surface_t *surface = draw (frame);
  guint32 seen[3];

  seen[0] = get_pixel (surface, 60, HEIGHT / 2 + 90);
  seen[1] = get_pixel (surface, WIDTH - 25, HEIGHT / 2 + 125);
  seen[2] = get_pixel (surface, WIDTH / 2, HEIGHT / 2 - 100);
  for (gsize i = 0; i < 3; i++) {
    const NudgeColour *colour = nudge_class_colour_get (palette, i, 3);
    const double green = (seen[i] >> 8 & 0xff) / 255.0;

    g_assert_cmpfloat_with_epsilon (green, 0.85 * colour->green + 0.15, 0.02);
  }
  cairo_surface_destroy (surface);
}

static void
test_one_input_has_a_curve (void)
{
  g_autoptr (NnFrame) rising = new_frame (LINE, (const float[]){ 1, 0 }, 2);
  g_autoptr (NnFrame) falling = new_frame (LINE, (const float[]){ -1, 1 }, 2);
  cairo_surface_t *one = draw (rising);
  cairo_surface_t *other = draw (falling);

  g_assert_cmpuint (get_pixel (one, WIDTH / 2 + 60, HEIGHT / 2), ==, 0xffffff);
  g_assert_false (fixture_surfaces_equal (one, other));
  cairo_surface_destroy (one);
  cairo_surface_destroy (other);
}

static void
test_points_are_read (void)
{
  g_autoptr (NnFrame) frame = new_plane ();
  g_autoptr (NudgeMapData) data = nudge_map_data_new (frame);
  g_autofree char *left =
      nudge_map_describe (frame, data, WIDTH, HEIGHT, 18.5, HEIGHT / 2);
  g_autofree char *outside = nudge_map_describe (frame, data, WIDTH, HEIGHT, 5, 5);

  g_assert_true (g_str_has_prefix (left, "input 0 −0.1, input 1 "));
  g_assert_true (g_str_has_suffix (left, ": output −1.2"));
  g_assert_null (outside);
}

/* The numbers are those that the data had. */
static void
test_standardised_inputs_are_read_as_they_were (void)
{
  g_autoptr (NnFrame) frame = NULL;
  g_autoptr (NudgeMapData) data = NULL;
  g_autofree char *words = NULL;

  frame =
      new_frame ("'data': {'source': 'inline', 'inputs': [[-1, 0], [1, 2]],"
                 " 'targets': [[0], [1]]},"
                 "'network': {'layers': [{'units': 1}]}, 'loss': {'type': 'bce_logits'}",
                 (const float[]){ 1, 0, 0 }, 3);
  frame->dataset->means = g_memdup2 ((const float[]){ 200, 0 }, 2 * sizeof (float));
  frame->dataset->deviations = g_memdup2 ((const float[]){ 100, 1 }, 2 * sizeof (float));
  data = nudge_map_data_new (frame);
  words = nudge_map_describe (frame, data, WIDTH, HEIGHT, 18.5, HEIGHT / 2);
  g_assert_true (g_str_has_prefix (words, "input 0 80, "));
}

/* ---- the widget -------------------------------------------------------------------- */

static void
test_widget_has_a_map_of_two_inputs_only (void)
{
  NudgeMapView *view = NUDGE_MAP_VIEW (g_object_ref_sink (nudge_map_view_new ()));
  g_autoptr (NnFrame) plane = new_plane ();
  g_autoptr (NnTrainer) trainer = small_trainer (MANY);
  g_autoptr (NnFrame) many = nn_frame_of_trainer (trainer);

  g_assert_true (nudge_map_view_set_frame (view, plane));
  gtk_test_accessible_assert_property (view, GTK_ACCESSIBLE_PROPERTY_LABEL, "Output map");
  gtk_test_accessible_assert_property (view, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "4 examples in it");
  g_assert_false (nudge_map_view_set_frame (view, many));
  g_assert_true (nudge_map_view_set_frame (view, plane));
  g_assert_false (nudge_map_view_set_frame (view, NULL));
  g_object_unref (view);
}

/* Of more inputs, where two of them were chosen. */
static void
test_many_inputs_have_a_map_of_two (void)
{
  NudgeMapView *view = NUDGE_MAP_VIEW (g_object_ref_sink (nudge_map_view_new ()));
  g_autoptr (NnTrainer) trainer = small_trainer (MANY);
  g_autoptr (NnFrame) frame = NULL;
  g_autoptr (NudgeMapData) data = NULL;
  g_autofree char *name = NULL;
  float inputs[4];

  nn_trainer_set_plane (trainer, &(NnPlaneChoice){ TRUE, { 3, 1 }, 7 });
  frame = nn_frame_of_trainer (trainer);
  g_assert_true (nudge_map_view_set_frame (view, frame));
  data = nudge_map_data_new (frame);
  nn_dataset_read_inputs (frame->dataset, data->points[5].row, inputs);
  g_assert_cmpfloat (data->points[5].inputs[0], ==, inputs[3]);
  g_assert_cmpfloat (data->points[5].inputs[1], ==, inputs[1]);
  name = nudge_map_data_dup_feature (data, 0);
  g_assert_cmpstr (name, ==, frame->dataset->table->feature_names[3]);
  g_object_unref (view);
}

/* ---- choosing ---------------------------------------------------------------------- */

/* An example that is drawn there, or the place itself. */
static void
test_places_are_samples (void)
{
  g_autoptr (NnFrame) frame = new_plane ();
  g_autoptr (NudgeMapData) data = nudge_map_data_new (frame);
  const double side = WIDTH - 36, top = 64 + (HEIGHT - 64 - 58 - side) / 2;
  const double low = (double) frame->probes.low[0], high = (double) frame->probes.high[0];
  NnSampleChoice choice;

  /* Upper right: 1, 1 is the last example. */
  g_assert_true (nudge_map_find_sample (
      frame, data, WIDTH, HEIGHT, 18 + side * (1 - low) / (high - low) + 2,
      top + side * (1 - (1 - low) / (high - low)), &choice));
  g_assert_cmpuint (choice.n_free, ==, 0);
  g_assert_cmpuint (choice.example, ==, 3);

  g_assert_true (nudge_map_find_sample (frame, data, WIDTH, HEIGHT, 18 + side / 2,
                                        top + side / 4, &choice));
  g_assert_cmpuint (choice.n_free, ==, 2);
  g_assert_cmpfloat_with_epsilon (choice.value[0], (low + high) / 2, 1e-4);
  g_assert_cmpfloat_with_epsilon (choice.value[1], low + 0.75 * (high - low), 1e-4);
  g_assert_false (
      nudge_map_find_sample (frame, data, WIDTH, HEIGHT, WIDTH / 2, 10, &choice));
}

static void
test_sample_is_marked (void)
{
  g_autoptr (NnFrame) frame = new_plane ();
  cairo_surface_t *without = draw (frame);
  cairo_surface_t *with;

  frame->sample = g_new0 (NnSample, 1);
  frame->sample->choice.any = TRUE;
  frame->sample->units = g_new0 (float, frame->architecture->n_units);
  with = draw (frame);
  g_assert_false (fixture_surfaces_equal (with, without));
  cairo_surface_destroy (with);
  cairo_surface_destroy (without);
}

static void
chosen_cb (NnSampleChoice *chosen, const NnSampleChoice *choice)
{
  *chosen = *choice;
}

static void
test_clicks_and_keys_choose (void)
{
  g_autoptr (NnFrame) frame = new_plane ();
  GtkWidget *view = nudge_map_view_new ();
  GtkWindow *window = GTK_WINDOW (gtk_window_new ());
  NnSampleChoice chosen = { 0 };

  gtk_window_set_child (window, view);
  gtk_window_set_default_size (window, WIDTH, HEIGHT);
  drive_present (window);
  nudge_map_view_set_frame (NUDGE_MAP_VIEW (view), frame);
  g_signal_connect_swapped (view, "chosen", G_CALLBACK (chosen_cb), &chosen);
  drive_click (view, 0.5, 0.5);
  g_assert_true (chosen.any);
  g_assert_cmpuint (chosen.n_free, ==, 2);
  drive_key (view, "Right");
  g_assert_cmpuint (chosen.n_free, ==, 0);
  g_assert_cmpuint (chosen.example, ==, 0);
  drive_key (view, "Left");
  g_assert_cmpuint (chosen.example, ==, 3);
  drive_key (view, "Escape");
  g_assert_false (chosen.any);
  drive_close (window);
}

static void
count_cb (gpointer n)
{
  (*(guint *) n)++;
}

/* GTK waits for the display's answer after each tooltip. */
static void
test_the_tooltip_is_set_where_it_changes (void)
{
  g_autoptr (NnFrame) frame = new_plane ();
  GtkWidget *view = nudge_map_view_new ();
  GtkWindow *window = GTK_WINDOW (gtk_window_new ());
  guint n = 0;

  gtk_window_set_child (window, view);
  gtk_window_set_default_size (window, WIDTH, HEIGHT);
  drive_present (window);
  nudge_map_view_set_frame (NUDGE_MAP_VIEW (view), frame);
  drive_move (view, 0.5, 0.02);
  drive_settle (view);
  g_signal_connect_swapped (view, "notify::tooltip-text", G_CALLBACK (count_cb), &n);
  drive_move (view, 0.5, 0.04);
  drive_settle (view);
  g_assert_cmpuint (n, ==, 0);
  drive_move (view, 0.5, 0.5);
  drive_settle (view);
  g_assert_cmpuint (n, >, 0);
  g_assert_nonnull (gtk_widget_get_tooltip_text (view));
  drive_move (view, 0.5, 0.02);
  drive_settle (view);
  g_assert_null (gtk_widget_get_tooltip_text (view));
  drive_close (window);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
#define add(name, test) g_test_add_func ("/ui/map-view/" name, test)
  add ("sides-have-their-signs", test_sides_have_their_signs);
  add ("examples-are-in-it", test_examples_are_in_it);
  add ("regions-are-of-classes", test_regions_are_of_classes);
  add ("one-input-has-a-curve", test_one_input_has_a_curve);
  add ("points-are-read", test_points_are_read);
  add ("standardised-inputs-are-read-as-they-were",
       test_standardised_inputs_are_read_as_they_were);
  add ("widget-has-a-map-of-two-inputs-only", test_widget_has_a_map_of_two_inputs_only);
  add ("many-inputs-have-a-map-of-two", test_many_inputs_have_a_map_of_two);
  add ("places-are-samples", test_places_are_samples);
  add ("sample-is-marked", test_sample_is_marked);
  add ("clicks-and-keys-choose", test_clicks_and_keys_choose);
  add ("the-tooltip-is-set-where-it-changes", test_the_tooltip_is_set_where_it_changes);
  return g_test_run ();
}

/* test-nudge-map-picture.c - the picture of what the network puts out
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/network/nudge-map-picture.h"

#include "nn/io/nn-experiment-demo.h"
#include "nn/session/nn-frame-of-run.h"
#include "tests/ui/frame-fixture.h"

#define SIDE 230

/* Its map, in pixels. */
#define LEFT 61
#define TOP  64

/* Where the number at the uppermost line is, below it. */
#define NUMBER_WIDTH  30
#define NUMBER_HEIGHT 14
#define NUMBER_INK    8 /* pixels, at least */

static NnFrame *
make_frame (const char *demo)
{
  g_autoptr (NnExperiment) experiment = nn_experiment_new_demo (demo, NULL);
  g_autoptr (NnTrainer) trainer = nn_trainer_new (experiment, NULL);

  return nn_frame_of_trainer (trainer);
}

/* Of words, which are neither of a colour nor as light as a line of the grid. */
static gsize
count_grey (cairo_surface_t *surface, int left, int top, int width, int height)
{
  gsize n = 0;

  cairo_surface_flush (surface);
  for (int y = top; y < top + height; y++)
    for (int x = left; x < left + width; x++) {
      const guint8 *pixel = cairo_image_surface_get_data (surface) +
                            y * cairo_image_surface_get_stride (surface) + 4 * x;

      n += pixel[0] < 180 && pixel[1] < 180 && pixel[2] < 180 &&
           ABS (pixel[0] - pixel[2]) < 40;
    }
  return n;
}

/* Where the axis ends at the uppermost line, above which its number has no space. */
static void
test_uppermost_number_is_whole (void)
{
  g_autoptr (NnFrame) frame = make_frame ("sine");
  NudgeMapData *data = nudge_map_data_new (frame);
  const gsize n_values = frame->architecture->n_units * frame->probes.n;
  cairo_surface_t *surface = fixture_surface_new (SIDE, SIDE);
  cairo_t *cr = cairo_create (surface);

  frame->activations[n_values - 1] = 2; /* of the output, at the right end */
  nudge_draw_map (cr, frame, data, nudge_palette_get (FALSE, FALSE), SIDE, SIDE);
  cairo_destroy (cr);
  g_assert_cmpuint (count_grey (surface, LEFT + 2, TOP + 3, NUMBER_WIDTH, NUMBER_HEIGHT),
                    >=, NUMBER_INK);
  cairo_surface_destroy (surface);
  nudge_map_data_free (data);
}

/* The line at 2.8105: three digits would say no more than "2.81", as at every other line
 * of its axis. */
static void
test_numbers_tell_lines_apart (void)
{
  g_autoptr (NnFrame) frame = make_frame ("first");
  NudgeMapData *data = nudge_map_data_new (frame);
  const gsize n_probes = frame->probes.n;
  float *output = frame->activations + (frame->architecture->n_units - 1) * n_probes;
  cairo_surface_t *surface = fixture_surface_new (SIDE, SIDE);
  cairo_t *cr = cairo_create (surface);

  /* Its curve passes at the right there. */
  for (gsize i = 0; i < n_probes; i++)
    output[i] = i < n_probes / 2 ? 2.8103f : 2.8107f;
  nudge_draw_map (cr, frame, data, nudge_palette_get (FALSE, FALSE), SIDE, SIDE);
  cairo_destroy (cr);
  g_assert_cmpuint (
      count_grey (surface, LEFT + 4 + NUMBER_WIDTH, TOP + 3, NUMBER_WIDTH / 2, SIDE / 4),
      >=, NUMBER_INK);
  cairo_surface_destroy (surface);
  nudge_map_data_free (data);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/map-picture/uppermost-number-is-whole",
                   test_uppermost_number_is_whole);
  g_test_add_func ("/ui/map-picture/numbers-tell-lines-apart",
                   test_numbers_tell_lines_apart);
  return g_test_run ();
}

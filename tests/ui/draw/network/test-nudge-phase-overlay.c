/* test-nudge-phase-overlay.c - what a phase does, over the network's picture
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/network/nudge-phase-overlay.h"

#include "nn/session/nn-frame-of-run.h"
#include "tests/nn/small-trainer.h"
#include "tests/ui/frame-fixture.h"
#include "ui/draw/network/nudge-network-layout.h"

#define WIDTH  900
#define HEIGHT 420

/* Four inputs, of which the last is always 0: its edges carry nothing. */
#define SMALL                                                                            \
  "'seed': 3,"                                                                           \
  "'data': {'source': 'inline', 'inputs': [[1, 2, -1, 0], [2, 1, 1, 0]],"                \
  "         'targets': [[1], [2]]},"                                                     \
  "'network': {'layers': [{'units': 3, 'activation': 'tanh'}, {'units': 1}]},"           \
  "'loss': {'type': 'mse'}, 'optimizer': {'type': 'sgd', 'lr': 0.1}"

static NnFrame *
walk (const char *keys)
{
  g_autoptr (NnExperiment) experiment = small_experiment (keys);
  g_autoptr (GError) error = NULL;
  g_autoptr (NnTimeline) timeline =
      nn_timeline_new (experiment, NN_TIMELINE_BUDGET, &error);
  NnStepRecord *record = nn_step_record_new (timeline, &error);
  NnFrame *frame;

  g_assert_no_error (error);
  frame = nn_frame_of_timeline (timeline);
  frame->record = record;
  return frame;
}

static cairo_surface_t *
draw (const NnFrame *frame, NudgePhase phase, double progress)
{
  cairo_surface_t *surface = fixture_surface_new (WIDTH, HEIGHT);
  cairo_t *cr = cairo_create (surface);

  nudge_draw_phase (cr, frame,
                    &(NudgePhaseStyle){ .palette = nudge_palette_get (FALSE, FALSE),
                                        .phase = phase,
                                        .progress = progress },
                    WIDTH, HEIGHT);
  cairo_destroy (cr);
  return surface;
}

/* What is on the picture is no longer in the corner where controls lie. */
static void
test_the_caption_keeps_off_the_controls (void)
{
  g_autoptr (NnFrame) frame = walk (SMALL);
  NudgePhaseStyle style = { .palette = nudge_palette_get (FALSE, FALSE),
                            .phase = NUDGE_PHASE_BACKWARD,
                            .progress = 1 };
  gsize n[2];

  for (int i = 0; i < 2; i++) {
    cairo_surface_t *surface = fixture_surface_new (WIDTH, HEIGHT);
    cairo_t *cr = cairo_create (surface);
    const guint32 *pixels;
    int stride;

    style.reserved_width = i * 200;
    style.reserved_height = i * 40;
    nudge_draw_phase (cr, frame, &style, WIDTH, HEIGHT);
    cairo_destroy (cr);
    cairo_surface_flush (surface);
    pixels = (const guint32 *) (const void *) cairo_image_surface_get_data (surface);
    stride = cairo_image_surface_get_stride (surface) / 4;
    n[i] = 0;
    for (int y = HEIGHT - 40; y < HEIGHT; y++)
      for (int x = WIDTH - 200; x < WIDTH; x++)
        n[i] += pixels[y * stride + x] != pixels[0];
    cairo_surface_destroy (surface);
  }
  g_assert_cmpuint (n[0], >, 50);
  g_assert_cmpuint (n[1], ==, 0);
}

/* Of edges: what is between column @k and the one before, but the tiles. */
static gsize
count_in_gap (cairo_surface_t *surface, const NnFrame *frame, gsize k, FixtureInk ink)
{
  g_autoptr (NudgeNetworkLayout) layout =
      nudge_network_layout_new (frame->architecture, WIDTH, HEIGHT);
  const NudgeColumn *from = &layout->columns[k - 1];
  const NudgeColumn *to = &layout->columns[k];
  gsize n = 0;

  for (int x = (int) (from->x + from->tile); x < (int) (to->x - to->tile); x++)
    for (int y = 60; y < HEIGHT - 60; y++)
      n += fixture_is_ink (surface, x, y, ink);
  return n;
}

static gsize
count_signs (cairo_surface_t *surface, const NnFrame *frame, gsize k)
{
  return count_in_gap (surface, frame, k, FIXTURE_POSITIVE) +
         count_in_gap (surface, frame, k, FIXTURE_NEGATIVE);
}

/* How many of the signs' pixels each of the two gaps has. */
static void
count (const NnFrame *frame,
       NudgePhase phase,
       double progress,
       gsize *first,
       gsize *second)
{
  cairo_surface_t *surface = draw (frame, phase, progress);

  *first = count_signs (surface, frame, 1);
  *second = count_signs (surface, frame, 2);
  cairo_surface_destroy (surface);
}

static void
test_values_run_to_the_right (void)
{
  g_autoptr (NnFrame) frame = walk (SMALL);
  gsize first, second;

  count (frame, NUDGE_PHASE_FORWARD, 0.25, &first, &second);
  g_assert_cmpuint (first, >, 20);
  g_assert_cmpuint (second, ==, 0);
  count (frame, NUDGE_PHASE_FORWARD, 0.75, &first, &second);
  g_assert_cmpuint (first, ==, 0);
  g_assert_cmpuint (second, >, 20);
}

static void
test_gradients_come_from_the_right_and_stay (void)
{
  g_autoptr (NnFrame) frame = walk (SMALL);
  gsize first, second, stays;

  count (frame, NUDGE_PHASE_BACKWARD, 0.25, &first, &second);
  g_assert_cmpuint (first, ==, 0);
  g_assert_cmpuint (second, >, 20);
  count (frame, NUDGE_PHASE_BACKWARD, 1, &first, &stays);
  g_assert_cmpuint (first, >, 500);
  g_assert_cmpuint (stays, >, 500);
}

/* At an input, where its edges begin. */
static gboolean
has_band (cairo_surface_t *surface, const NnFrame *frame, gsize input)
{
  g_autoptr (NudgeNetworkLayout) layout =
      nudge_network_layout_new (frame->architecture, WIDTH, HEIGHT);
  const NudgeColumn *from = &layout->columns[0];
  const int x = (int) (from->x + from->tile / 2);
  const int y = (int) nudge_column_get_y (from, input);
  gboolean found = FALSE;

  for (int dx = 2; dx <= 20; dx++)
    for (int dy = -5; dy <= 5; dy++)
      found |= fixture_is_ink (surface, x + dx, y + dy, FIXTURE_POSITIVE) ||
               fixture_is_ink (surface, x + dx, y + dy, FIXTURE_NEGATIVE);
  return found;
}

static void
test_what_has_no_gradient_has_no_band (void)
{
  g_autoptr (NnFrame) frame = walk (SMALL);
  cairo_surface_t *surface = draw (frame, NUDGE_PHASE_BACKWARD, 1);

  g_assert_true (has_band (surface, frame, 0));
  g_assert_false (has_band (surface, frame, 3));
  cairo_surface_destroy (surface);
}

static void
test_the_section_is_violet (void)
{
  g_autoptr (NnFrame) frame = walk (SMALL ", 'nudges': ['fc2.weight: w + 1']");
  g_autoptr (NnFrame) idle = walk (SMALL);
  cairo_surface_t *surface = draw (frame, NUDGE_PHASE_SECTION, 1);
  cairo_surface_t *nothing = draw (idle, NUDGE_PHASE_SECTION, 1);

  g_assert_cmpuint (count_in_gap (surface, frame, 2, FIXTURE_NUDGE), >, 500);
  g_assert_cmpuint (count_in_gap (surface, frame, 1, FIXTURE_NUDGE), ==, 0);
  g_assert_cmpuint (count_signs (surface, frame, 2), ==, 0);
  g_assert_cmpuint (count_in_gap (nothing, idle, 2, FIXTURE_NUDGE), ==, 0);
  g_assert_cmpuint (fixture_count_ink (nothing, FIXTURE_NUDGE), >, 200); /* its frame */
  cairo_surface_destroy (surface);
  cairo_surface_destroy (nothing);
}

static void
test_the_same_arguments_give_the_same_pixels (void)
{
  g_autoptr (NnFrame) frame = walk (SMALL ", 'nudges': ['fc2.weight: w + 1']");

  for (guint i = NUDGE_PHASE_FORWARD; i <= NUDGE_PHASE_SECTION; i++) {
    cairo_surface_t *one = draw (frame, i, 0.4);
    cairo_surface_t *other = draw (frame, i, 0.4);
    cairo_surface_t *later = draw (frame, i, 0.9);

    g_assert_true (fixture_surfaces_equal (one, other));
    g_assert_false (fixture_surfaces_equal (one, later));
    cairo_surface_destroy (one);
    cairo_surface_destroy (other);
    cairo_surface_destroy (later);
  }
}

/* Its layers are heat maps, which have something running over them, too. */
static void
test_a_large_network_is_drawn (void)
{
  g_autoptr (NnFrame) frame = walk (
      "'data': {'source': 'digits'}, 'network': {'layers': [{'units': 60, 'activation':"
      " 'relu'}, {'units': 10}]}, 'loss': {'type': 'cross_entropy'},"
      " 'nudges': ['*.weight: w + 1']");

  for (guint i = NUDGE_PHASE_FORWARD; i <= NUDGE_PHASE_SECTION; i++) {
    cairo_surface_t *early = draw (frame, i, 0.2);
    cairo_surface_t *done = draw (frame, i, 1);

    g_assert_false (fixture_surfaces_equal (early, done));
    cairo_surface_destroy (early);
    cairo_surface_destroy (done);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/phase-overlay/values-run-to-the-right",
                   test_values_run_to_the_right);
  g_test_add_func ("/ui/phase-overlay/gradients-come-from-the-right-and-stay",
                   test_gradients_come_from_the_right_and_stay);
  g_test_add_func ("/ui/phase-overlay/what-has-no-gradient-has-no-band",
                   test_what_has_no_gradient_has_no_band);
  g_test_add_func ("/ui/phase-overlay/the-section-is-violet", test_the_section_is_violet);
  g_test_add_func ("/ui/phase-overlay/the-caption-keeps-off-the-controls",
                   test_the_caption_keeps_off_the_controls);
  g_test_add_func ("/ui/phase-overlay/the-same-arguments-give-the-same-pixels",
                   test_the_same_arguments_give_the_same_pixels);
  g_test_add_func ("/ui/phase-overlay/a-large-network-is-drawn",
                   test_a_large_network_is_drawn);
  return g_test_run ();
}

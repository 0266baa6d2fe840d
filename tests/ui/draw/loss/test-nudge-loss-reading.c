/* test-nudge-loss-reading.c - what can be known of steps long ago, and what is drawn of them
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/loss/nudge-loss-reading.h"

#include <math.h>

#include "tests/ui/frame-fixture.h"
#include "ui/draw/loss/nudge-loss-picture.h"

#define WIDTH  600
#define HEIGHT 260

/* So many that the first are kept in buckets of 256 steps, whose losses go from 1 to 2. */
#define N 300000

static NnFrame *
new_long_run (void)
{
  NnFrame *frame = fixture_frame_new_seed ();

  nn_history_free (frame->history);
  frame->history = nn_history_new (1);
  for (gsize i = 0; i < N; i++)
    nn_history_append (frame->history, 1 + (float) (i % 256) / 255);
  frame->step = N;
  frame->end = N;
  return frame;
}

static NudgeLossStyle
zoom (guint64 first, guint64 n_steps)
{
  return (NudgeLossStyle){
    .palette = nudge_palette_get (FALSE, FALSE),
    .span = { .kind = NUDGE_TIME_STRETCH, .first = first, .n_steps = n_steps }
  };
}

static gsize
find_stretch (const NudgeLossLayout *plot, double step)
{
  const gssize stretch =
      nudge_loss_layout_find_stretch (plot, nudge_loss_layout_get_x (plot, step));

  g_assert_cmpint (stretch, >=, 0);
  return (gsize) stretch;
}

static void
test_a_bucket_is_named (void)
{
  g_autoptr (NnFrame) frame = new_long_run ();
  const NudgeLossStyle style = zoom (1000, 600);
  g_autoptr (NudgeLossLayout) plot = nudge_loss_layout_new (frame, &style, WIDTH, HEIGHT);
  const gsize stretch = find_stretch (plot, 1100);
  g_autofree char *reading = nudge_loss_dup_reading (plot, stretch);
  g_autofree char *why = nudge_loss_dup_why_together (plot, stretch);

  g_assert_cmpstr (reading, ==, "steps 1025–1280: least 1, greatest 2");
  g_assert_cmpstr (why, ==, "mean 1.5; steps this old are kept in groups");
}

/* What shares a column of pixels can be told apart by zooming in, and single steps are. */
static void
test_columns_and_steps_are_no_buckets (void)
{
  g_autoptr (NnFrame) frame = new_long_run ();
  const NudgeLossStyle far = zoom (0, N);
  const NudgeLossStyle near = zoom (N - 100, 100);
  g_autoptr (NudgeLossLayout) columns =
      nudge_loss_layout_new (frame, &far, WIDTH, HEIGHT);
  g_autoptr (NudgeLossLayout) steps = nudge_loss_layout_new (frame, &near, WIDTH, HEIGHT);
  g_autofree char *step = nudge_loss_dup_reading (steps, find_stretch (steps, N - 50));

  g_assert_null (nudge_loss_dup_why_together (columns, find_stretch (columns, N / 2)));
  g_assert_null (nudge_loss_dup_why_together (steps, find_stretch (steps, N - 50)));
  g_assert_true (g_str_has_prefix (step, "step 299\u2009950  loss"));
}

/* From its least to its greatest loss, over all of its steps, as a pale box. */
static void
test_a_bucket_is_drawn_as_its_box (void)
{
  g_autoptr (NnFrame) frame = new_long_run ();
  const NudgeLossStyle style = zoom (1000, 600);
  g_autoptr (NudgeLossLayout) plot = nudge_loss_layout_new (frame, &style, WIDTH, HEIGHT);
  cairo_surface_t *surface = fixture_surface_new (WIDTH, HEIGHT);
  cairo_t *cr = cairo_create (surface);
  const int middle = (int) nudge_loss_layout_get_y (plot, 1.52);
  const unsigned char *row;

  nudge_draw_loss (cr, frame, &style, WIDTH, HEIGHT);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  row = cairo_image_surface_get_data (surface) +
        middle * cairo_image_surface_get_stride (surface);
  for (double step = 1030; step < 1270; step += 10) {
    const int x = (int) nudge_loss_layout_get_x (plot, step);

    g_assert_cmpint (row[4 * x + 1], <, 0xe8);
    g_assert_cmpint (row[4 * x + 1], >, 0x80);
  }
  cairo_surface_destroy (surface);
}

/* Where there is little height the loss has nearly half of it. */
static void
test_a_low_picture_is_of_the_loss (void)
{
  enum { LOW = 85 };
  g_autoptr (NnFrame) frame = new_long_run ();
  const NudgeLossStyle style = zoom (0, N);
  g_autoptr (NudgeLossLayout) plot = nudge_loss_layout_new (frame, &style, WIDTH, LOW);

  g_assert_cmpfloat (plot->bottom - plot->top, >, 0.42 * LOW);
  g_assert_cmpfloat (plot->header_y + 5, <=, nudge_loss_get_header (LOW));
  g_assert_cmpfloat (nudge_loss_get_header (LOW), <, plot->top);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define add(name, test) g_test_add_func ("/nudge/loss-reading/" name, test)
  add ("a-bucket-is-named", test_a_bucket_is_named);
  add ("columns-and-steps-are-no-buckets", test_columns_and_steps_are_no_buckets);
  add ("a-low-picture-is-of-the-loss", test_a_low_picture_is_of_the_loss);
  add ("a-bucket-is-drawn-as-its-box", test_a_bucket_is_drawn_as_its_box);
  return g_test_run ();
}

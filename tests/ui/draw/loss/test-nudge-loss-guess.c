/* test-nudge-loss-guess.c - a prediction on the loss's picture
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/loss/nudge-loss-guess.h"

#include <math.h>

#include "tests/ui/frame-fixture.h"
#include "ui/draw/loss/nudge-loss-picture.h"

#define WIDTH  600
#define HEIGHT 260

/* From 10 at the first step on. */
static NnFrame *
new_flat (gsize n_steps, float loss)
{
  NnFrame *frame = fixture_frame_new_seed ();

  for (gsize i = 0; i < n_steps; i++)
    fixture_frame_append (frame, i == 0 ? 10 : loss);
  return frame;
}

/* A prediction is drawn where its click is, also below all losses that there were. */
static void
test_a_click_is_the_loss_of_its_guess (void)
{
  g_autoptr (NnFrame) frame = new_flat (100, 1);
  const NudgeLossStyle style = { .palette = nudge_palette_get (FALSE, FALSE),
                                 .from_zero = TRUE };
  g_autoptr (NudgeLossLayout) plot = nudge_loss_layout_new (frame, &style, 600, 300);
  const double loss = nudge_loss_guess_at (frame, &style, 600, 300, plot->bottom - 1);

  g_assert_cmpfloat (plot->y.low, <=, 0);
  g_assert_cmpfloat_with_epsilon (nudge_loss_layout_get_y (plot, loss), plot->bottom - 1,
                                  1e-6);
  g_assert_true (isnan (nudge_loss_guess_at (frame, &style, 600, 300, 2)));
}

/* Returns: (transfer full): 100 steps, and a prediction of the last, if it is a number */
static cairo_surface_t *
draw (const NnFrame *frame, const NudgeLossStyle *style, double guessed)
{
  cairo_surface_t *surface = fixture_surface_new (WIDTH, HEIGHT);
  cairo_t *cr = cairo_create (surface);
  const NudgeLossGuess guess = { .step = isnan (guessed) ? 0 : 100, .loss = guessed };

  nudge_draw_loss (cr, frame, style, WIDTH, HEIGHT);
  nudge_draw_loss_guess (cr, frame, style, WIDTH, HEIGHT, &guess);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

static guint32
get_pixel (cairo_surface_t *surface, int x, int y)
{
  const guchar *row = cairo_image_surface_get_data (surface) +
                      y * cairo_image_surface_get_stride (surface);

  return ((const guint32 *) (const void *) row)[x];
}

/* Where words at the prediction would cover a curve that is a little above it. */
static void
test_words_make_room_for_the_curve (void)
{
  const NudgeLossStyle style = { .palette = nudge_palette_get (FALSE, FALSE),
                                 .from_zero = TRUE };

  for (float loss = 0.2f; loss < 9; loss += 0.4f) {
    g_autoptr (NnFrame) frame = new_flat (100, loss);
    g_autoptr (NudgeLossLayout) plot =
        nudge_loss_layout_new (frame, &style, WIDTH, HEIGHT);
    const int y = (int) nudge_loss_layout_get_y (plot, loss);
    cairo_surface_t *bare = draw (frame, &style, NAN);

    for (double guessed = 0; guessed < 9; guessed += 0.3) {
      cairo_surface_t *guess = draw (frame, &style, guessed);

      for (int x = (int) plot->left + 20; x < (int) plot->right - 20; x++)
        g_assert_cmphex (get_pixel (guess, x, y), ==, get_pixel (bare, x, y));
      cairo_surface_destroy (guess);
    }
    cairo_surface_destroy (bare);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/loss-guess/a-click-is-the-loss-of-its-guess",
                   test_a_click_is_the_loss_of_its_guess);
  g_test_add_func ("/ui/loss-guess/words-make-space-for-the-curve",
                   test_words_make_room_for_the_curve);
  return g_test_run ();
}

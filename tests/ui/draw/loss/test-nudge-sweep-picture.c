/* test-nudge-sweep-picture.c - the curve above a slider says what the answer says
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/loss/nudge-sweep-picture.h"

#include <math.h>

#include "tests/ui/frame-fixture.h"

#define WIDTH  280
#define HEIGHT 34
#define FROM   10.0
#define TO     190.0

static const NudgeSweepMarks no_marks = { .committed = NAN, .present = NAN };

/* Losses 1, 2, … 65 over amounts from @least to @most. */
static NnSweep
make_sweep (float least, float most, gboolean logarithmic)
{
  NnSweep sweep = { .question = {
                        .least = least, .most = most, .logarithmic = logarithmic } };

  for (gsize k = 0; k < NN_SWEEP_AMOUNTS; k++) {
    sweep.amounts[k] = nn_question_get_amount (&sweep.question, k);
    sweep.losses[k] = (float) (k + 1);
  }
  return sweep;
}

static cairo_surface_t *
draw (const NnSweep *sweep, const NudgeSweepMarks *marks, double from, double to)
{
  NudgeSweepStyle style = { nudge_palette_get (FALSE, FALSE), from, to };
  cairo_surface_t *surface = fixture_surface_new (WIDTH, HEIGHT);
  cairo_t *cr = cairo_create (surface);

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  nudge_draw_sweep (cr, sweep, marks, &style, WIDTH, HEIGHT);
  cairo_destroy (cr);
  return surface;
}

/* How dark the darkest pixel of a column is: 0 for none, 255 for black. */
static int
get_darkness (cairo_surface_t *surface, int x, int *y)
{
  int darkest = 0;

  cairo_surface_flush (surface);
  for (int row = 0; row < HEIGHT; row++) {
    const unsigned char *pixel = cairo_image_surface_get_data (surface) +
                                 row * cairo_image_surface_get_stride (surface) + 4 * x;

    if (255 - pixel[1] > darkest) {
      darkest = 255 - pixel[1];
      if (y)
        *y = row;
    }
  }
  return darkest;
}

static double
find_loss (const NnSweep *sweep, double amount)
{
  double loss;

  g_assert_true (nudge_sweep_find_loss (sweep, amount, &loss));
  return loss;
}

static void
test_losses_are_those_of_the_answer (void)
{
  for (int logarithmic = 0; logarithmic <= 1; logarithmic++) {
    NnSweep sweep = make_sweep (0.001f, 2.0f, logarithmic);
    double loss;

    for (gsize k = 0; k < NN_SWEEP_AMOUNTS; k++)
      g_assert_cmpfloat_with_epsilon (find_loss (&sweep, (double) sweep.amounts[k]),
                                      (double) k + 1, 1e-4);
    g_assert_false (nudge_sweep_find_loss (&sweep, 2.1, &loss));
    g_assert_false (nudge_sweep_find_loss (&sweep, 0.0, &loss));
  }
}

static void
test_between_amounts_is_between_losses (void)
{
  NnSweep linear = make_sweep (0, 64, FALSE);
  NnSweep decades = make_sweep (1, 1e16f, TRUE);

  g_assert_cmpfloat_with_epsilon (find_loss (&linear, 10.25), 11.25, 1e-6);
  g_assert_cmpfloat_with_epsilon (find_loss (&decades, sqrt (10) * 100), 11, 1e-6);
}

static void
test_a_refused_neighbour_refuses (void)
{
  NnSweep sweep = make_sweep (0, 64, FALSE);

  sweep.losses[5] = NAN;
  g_assert_true (isnan (find_loss (&sweep, 4.5)));
  g_assert_true (isnan (find_loss (&sweep, 5)));
  g_assert_cmpfloat (find_loss (&sweep, 4), ==, 5);
  g_assert_cmpfloat (find_loss (&sweep, 6), ==, 7);
}

static void
test_an_infinite_neighbour_is_infinite (void)
{
  NnSweep sweep = make_sweep (0, 64, FALSE);

  sweep.losses[5] = sweep.losses[6] = INFINITY;
  g_assert_cmpfloat (find_loss (&sweep, 4.5), ==, INFINITY);
  g_assert_cmpfloat (find_loss (&sweep, 5.5), ==, INFINITY);
  g_assert_cmpfloat (find_loss (&sweep, 4), ==, 5);
  g_assert_cmpfloat (find_loss (&sweep, 7), ==, 8);
}

static void
test_words (void)
{
  static const struct {
    gboolean has_loss;
    double loss;
    const char *words;
  } cases[] = {
    { FALSE, 1, "" },
    { TRUE, 0.0179, "loss 0.0179" },
    { TRUE, 24.0449, "loss 24.04" },
    { TRUE, INFINITY, "loss ∞" },
    { TRUE, NAN, "refused" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    NudgeSweepMarks marks = { .has_loss = cases[i].has_loss, .loss = cases[i].loss };
    g_autofree char *words = nudge_sweep_dup_words (&marks);

    g_assert_cmpstr (words, ==, cases[i].words);
  }
}

static gsize
count_dark_beside (cairo_surface_t *surface, int top, int bottom)
{
  gsize n = 0;

  cairo_surface_flush (surface);
  for (int y = top; y < bottom; y++)
    for (int x = (int) TO + 12; x < WIDTH; x++)
      n += cairo_image_surface_get_data (
               surface)[y * cairo_image_surface_get_stride (surface) + 4 * x] < 160;
  return n;
}

/* A curve that is not of the present step is fainter, and says of which step it is. */
static void
test_an_old_curve_says_so (void)
{
  NnSweep sweep = make_sweep (0, 1, FALSE);
  NudgeSweepMarks marks = {
    .amount = 0.5, .committed = NAN, .present = NAN, .step = 12040
  };
  g_autofree char *none = nudge_sweep_dup_step (&marks);
  g_autofree char *step = NULL;
  cairo_surface_t *fresh, *old;

  g_assert_null (none);
  marks.has_loss = TRUE;
  marks.loss = 33;
  fresh = draw (&sweep, &marks, FROM, TO);
  marks.is_old = TRUE;
  step = nudge_sweep_dup_step (&marks);
  g_assert_cmpstr (step, ==, "at step 12\u2009040");
  old = draw (&sweep, &marks, FROM, TO);
  g_assert_cmpint (get_darkness (old, 60, NULL), <, get_darkness (fresh, 60, NULL) - 30);
  g_assert_cmpuint (count_dark_beside (fresh, 24, 34), ==, 0);
  g_assert_cmpuint (count_dark_beside (old, 24, 34), >, 20);
  cairo_surface_destroy (fresh);
  cairo_surface_destroy (old);
}

/* In every scale and direction the dot is where the slider's handle is. */
static void
test_the_dot_is_above_the_handle (void)
{
  for (int i = 0; i < 8; i++) {
    NnSweep sweep = make_sweep (0.01f, 1.0f, i & 1);
    double amount = i & 2 ? 0.1 : 0.5;
    double place = i & 1 ? (log10 (amount) + 2) / 2 : (amount - 0.01) / 0.99;
    double from = i & 4 ? TO + 80 : FROM;
    double to = i & 4 ? FROM + 80 : TO;
    NudgeSweepMarks marks = { amount, NAN, FALSE, TRUE, find_loss (&sweep, amount), NAN };
    cairo_surface_t *surface = draw (&sweep, &marks, from, to);
    double x = 0;
    gsize n = 0;

    for (int column = 0; column < WIDTH; column++)
      for (int row = 0; row < HEIGHT; row++)
        if (fixture_is_ink (surface, column, row, FIXTURE_NUDGE)) {
          x += column + 0.5;
          n++;
        }
    g_assert_cmpuint (n, >, 20);
    g_assert_cmpfloat_with_epsilon (x / (double) n, from + (to - from) * place, 0.5);
    cairo_surface_destroy (surface);
  }
}

static void
test_an_amount_beyond_is_at_the_end (void)
{
  NnSweep sweep = make_sweep (0, 1, FALSE);
  NudgeSweepMarks marks = { 7, NAN, FALSE, TRUE, 1e9, NAN };
  cairo_surface_t *surface = draw (&sweep, &marks, FROM, TO);

  g_assert_true (fixture_is_ink (surface, (int) TO, 5, FIXTURE_NUDGE));
  g_assert_cmpuint (fixture_count_ink (surface, FIXTURE_NUDGE), >, 20);
  cairo_surface_destroy (surface);
}

/* A ring has nothing in its middle. */
static void
test_the_amount_in_force_has_a_ring (void)
{
  NnSweep sweep = make_sweep (0, 1, FALSE);
  NudgeSweepMarks marks = no_marks;
  cairo_surface_t *plain = draw (&sweep, &marks, FROM, TO);
  cairo_surface_t *ringed;

  marks.committed = 0.5;
  ringed = draw (&sweep, &marks, FROM, TO);
  g_assert_cmpuint (fixture_count_ink (plain, FIXTURE_NUDGE), ==, 0);
  g_assert_cmpuint (fixture_count_ink (ringed, FIXTURE_NUDGE), >, 8);
  g_assert_false (fixture_is_ink (ringed, 100, 17, FIXTURE_NUDGE));
  cairo_surface_destroy (plain);
  cairo_surface_destroy (ringed);
}

/* The curve is lower where the loss is, and uses the height there is. */
static void
test_the_curve_follows_the_losses (void)
{
  NnSweep sweep = make_sweep (0, 1, FALSE);
  cairo_surface_t *surface = draw (&sweep, &no_marks, FROM, TO);
  int left = 0;
  int right = 0;

  g_assert_cmpint (get_darkness (surface, (int) FROM + 2, &left), >, 60);
  g_assert_cmpint (get_darkness (surface, (int) TO - 3, &right), >, 60);
  g_assert_cmpint (left, >, HEIGHT - 12);
  g_assert_cmpint (right, <, 12);
  g_assert_cmpint (get_darkness (surface, (int) FROM - 5, NULL), ==, 0);
  g_assert_cmpint (get_darkness (surface, (int) TO + 5, NULL), ==, 0);
  cairo_surface_destroy (surface);
}

/* What is far away, or infinite, must not flatten the rest. */
static void
test_a_cliff_leaves_the_rest_readable (void)
{
  NnSweep sweep = make_sweep (0, 1, FALSE);
  cairo_surface_t *surface;
  int near = 0;
  int far = 0;

  for (gsize k = 0; k < NN_SWEEP_AMOUNTS; k++)
    sweep.losses[k] = k < 40 ? (float) exp ((double) k / 4) : INFINITY;
  surface = draw (&sweep, &no_marks, FROM, TO);
  get_darkness (surface, (int) FROM + 2, &near);
  get_darkness (surface, (int) (FROM + (TO - FROM) * 20 / 64), &far);
  g_assert_cmpint (near - far, >, 8);
  g_assert_cmpint (get_darkness (surface, (int) (FROM + (TO - FROM) * 50 / 64), NULL), ==,
                   0);
  cairo_surface_destroy (surface);
}

static void
test_what_would_be_refused_has_no_curve (void)
{
  NnSweep sweep = make_sweep (0, 1, FALSE);
  cairo_surface_t *surface;
  int dots = 0;

  for (gsize k = 32; k < NN_SWEEP_AMOUNTS; k++)
    sweep.losses[k] = NAN;
  surface = draw (&sweep, &no_marks, FROM, TO);
  for (int x = (int) (FROM + TO) / 2 + 5; x < (int) TO; x++) {
    int row = HEIGHT - 1;
    int darkness = get_darkness (surface, x, &row);

    dots += darkness > 60;
    if (darkness > 60)
      g_assert_cmpint (row, >, HEIGHT - 9);
  }
  g_assert_cmpint (dots, >, 5);
  cairo_surface_destroy (surface);

  /* All of it: still a picture. */
  for (gsize k = 0; k < 32; k++)
    sweep.losses[k] = NAN;
  surface = draw (&sweep, &no_marks, FROM, TO);
  g_assert_cmpint (get_darkness (surface, (int) FROM + 4, NULL), >=, 0);
  cairo_surface_destroy (surface);
}

static void
test_a_flat_curve_is_in_the_middle (void)
{
  NnSweep sweep = make_sweep (0, 1, FALSE);
  cairo_surface_t *surface;
  int row = 0;

  for (gsize k = 0; k < NN_SWEEP_AMOUNTS; k++)
    sweep.losses[k] = 0.5f;
  surface = draw (&sweep, &no_marks, FROM, TO);
  g_assert_cmpint (get_darkness (surface, 100, &row), >, 60);
  g_assert_cmpint (ABS (row - HEIGHT / 2), <=, 1);
  cairo_surface_destroy (surface);
}

static void
test_without_an_answer_there_are_words (void)
{
  NudgeSweepMarks marks = { 0.5, NAN, FALSE, TRUE, 0.25, NAN };
  cairo_surface_t *surface = draw (NULL, &marks, FROM, TO);
  int dark = 0;

  g_assert_cmpuint (fixture_count_ink (surface, FIXTURE_NUDGE), ==, 0);
  for (int x = 0; x < (int) TO; x++)
    g_assert_cmpint (get_darkness (surface, x, NULL), ==, 0);
  for (int x = (int) TO + 10; x < WIDTH; x++)
    dark += get_darkness (surface, x, NULL) > 40;
  g_assert_cmpint (dark, >, 10);
  cairo_surface_destroy (surface);
}

/* "loss 6 300 …" would be another loss: what ends in a digit has ink at its height, where
 * the dots have none. */
static void
test_a_large_loss_is_not_cut_off (void)
{
  NudgeSweepMarks marks = { 0.5, NAN, FALSE, TRUE, 6.3e6, NAN };
  cairo_surface_t *surface = draw (NULL, &marks, FROM, TO);
  int uppermost = HEIGHT;

  for (int x = WIDTH - 8; x < WIDTH; x++) {
    int row = HEIGHT;

    get_darkness (surface, x, &row);
    uppermost = MIN (uppermost, row);
  }
  g_assert_cmpint (uppermost, <, HEIGHT / 2);
  cairo_surface_destroy (surface);
}

static void
test_same_arguments_same_pixels (void)
{
  NnSweep sweep = make_sweep (0, 1, FALSE);
  NudgeSweepMarks marks = { 0.3, 0.6, FALSE, TRUE, 20, 10 };
  cairo_surface_t *a = draw (&sweep, &marks, FROM, TO);
  cairo_surface_t *b = draw (&sweep, &marks, FROM, TO);

  g_assert_true (fixture_surfaces_equal (a, b));
  cairo_surface_destroy (a);
  cairo_surface_destroy (b);
}

#define ADD(name, function) g_test_add_func ("/ui/sweep-picture/" name, function)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("losses-are-those-of-the-answer", test_losses_are_those_of_the_answer);
  ADD ("between-amounts-is-between-losses", test_between_amounts_is_between_losses);
  ADD ("a-refused-neighbour-refuses", test_a_refused_neighbour_refuses);
  ADD ("an-infinite-neighbour-is-infinite", test_an_infinite_neighbour_is_infinite);
  ADD ("words", test_words);
  ADD ("the-dot-is-above-the-handle", test_the_dot_is_above_the_handle);
  ADD ("an-old-curve-says-so", test_an_old_curve_says_so);
  ADD ("an-amount-beyond-is-at-the-end", test_an_amount_beyond_is_at_the_end);
  ADD ("the-amount-in-force-has-a-ring", test_the_amount_in_force_has_a_ring);
  ADD ("the-curve-follows-the-losses", test_the_curve_follows_the_losses);
  ADD ("a-cliff-leaves-the-rest-readable", test_a_cliff_leaves_the_rest_readable);
  ADD ("what-would-be-refused-has-no-curve", test_what_would_be_refused_has_no_curve);
  ADD ("a-flat-curve-is-in-the-middle", test_a_flat_curve_is_in_the_middle);
  ADD ("without-an-answer-there-are-words", test_without_an_answer_there_are_words);
  ADD ("a-large-loss-is-not-cut-off", test_a_large_loss_is_not_cut_off);
  ADD ("same-arguments-same-pixels", test_same_arguments_same_pixels);
  return g_test_run ();
}

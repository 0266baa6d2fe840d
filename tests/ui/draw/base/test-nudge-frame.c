/* test-nudge-frame.c - what a frame's losses say
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/base/nudge-frame.h"

#include <math.h>

#include "tests/ui/frame-fixture.h"

/* Whatever else there is to see, and however long the run. */
static void
test_jump_is_found_to_the_step (void)
{
  static const guint64 lengths[] = { 1, 2, 100, 3000, 70000, 1500000 };

  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++) {
    const guint64 jump = lengths[i] * 9 / 10 + 1;
    g_autoptr (NnFrame) frame = fixture_frame_new_seed ();

    g_assert_cmpuint (nudge_frame_find_jump (frame), ==, 0);
    for (guint64 step = 1; step <= lengths[i]; step++)
      fixture_frame_append (frame, (step < jump ? 1 : 2) + (float) (step % 7) / 10);
    g_assert_cmpuint (nudge_frame_find_jump (frame), ==, jump);
    for (guint k = 0; k < 5000; k++) /* ahead of the frame's step */
      nn_history_append (frame->history, 9);
    g_assert_cmpuint (nudge_frame_find_jump (frame), ==, jump);
  }
}

/* Before the first step, and where the weights have no loss, it is that of the weights. */
static void
test_loss_is_the_step_s (void)
{
  g_autoptr (NnFrame) frame = fixture_frame_new_seed ();

  g_assert_cmpfloat (nudge_frame_get_loss (frame), ==, frame->loss);
  fixture_frame_append (frame, 3);
  frame->loss = 5; /* after a nudge */
  g_assert_cmpfloat (nudge_frame_get_loss (frame), ==, 3);
  frame->loss = (double) INFINITY;
  g_assert_cmpfloat (nudge_frame_get_loss (frame), ==, (double) INFINITY);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/frame/jump-is-found-to-the-step", test_jump_is_found_to_the_step);
  g_test_add_func ("/ui/frame/loss-is-the-step-s", test_loss_is_the_step_s);
  return g_test_run ();
}

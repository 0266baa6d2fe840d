/* test-nn-series-file.c - what was recorded along a run, as CSV
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/io/nn-series-file.h"

#include <math.h>
#include <string.h>

#include "nn/base/nn-error.h"
#include "tests/nn/scratch.h"

static NnFrame *
new_frame (const char *layer)
{
  const NnLayerSpec layers[] = { { layer, 1, NN_ACTIVATION_IDENTITY, TRUE } };
  g_autoptr (NnArchitecture) architecture = nn_architecture_new (1, layers, 1);
  NnFrame *frame = nn_frame_new (architecture, &(NnProbesShape){ .n = 1 });

  frame->history = nn_history_new (1);
  return frame;
}

static void
save (const NnFrame *frame, const Scratch *scratch)
{
  g_autoptr (GError) error = NULL;

  nn_series_file_save (frame, scratch->path, &error);
  g_assert_no_error (error);
}

#define HEADER "series,from,to,first,last,least,greatest,mean\n"

/* It has neither steps after the frame's, nor unknown numbers. */
static void
test_rows_by_hand (Scratch *scratch, gconstpointer data)
{
  g_autoptr (NnFrame) frame = new_frame ("a,\"b\"");
  const float values[2 * NN_N_MEASURES] = { 1, NAN, NAN, 0, 2, 0.5f, 0.25f, 1 };

  nn_history_append (frame->history, 3);
  nn_history_append (frame->history, 0.1f);
  nn_history_append (frame->history, 77);
  frame->step = 2;
  frame->n_scores[NN_SCORE_HELD_OUT] = 1;
  frame->scores[NN_SCORE_HELD_OUT] =
      g_memdup2 (&(NnScore){ 2, 4, 0.75f }, sizeof (NnScore));
  frame->layers = g_new0 (NnLayerSeries, 1);
  frame->layers->n_layers = 1;
  frame->layers->n_points = 2;
  frame->layers->steps = g_new (guint64, 2);
  frame->layers->steps[0] = 0;
  frame->layers->steps[1] = 2;
  frame->layers->values = g_memdup2 (values, sizeof values);
  save (frame, scratch);
  assert_contents (
      scratch->path,
      HEADER "loss,1,1,3,3,3,3,3\n"
             "loss,2,2,0.100000001,0.100000001,0.100000001,0.100000001,0.100000001\n"
             "validation,2,2,4,4,4,4,4\n"
             "validation_accuracy,2,2,0.75,0.75,0.75,0.75,0.75\n"
             "\"a,\"\"b\"\".weight_norm\",0,0,1,1,1,1,1\n"
             "\"a,\"\"b\"\".weight_norm\",2,2,2,2,2,2,2\n"
             "\"a,\"\"b\"\".gradient_norm\",2,2,0.5,0.5,0.5,0.5,0.5\n"
             "\"a,\"\"b\"\".update_over_weight\",2,2,0.25,0.25,0.25,0.25,0.25\n"
             "\"a,\"\"b\"\".dead_units\",0,0,0,0,0,0,0\n"
             "\"a,\"\"b\"\".dead_units\",2,2,1,1,1,1,1\n");
}

/* Each step of the run is in one row, and the newest have rows of their own. */
static void
test_long_run_has_stretches (Scratch *scratch, gconstpointer data)
{
  g_autoptr (NnFrame) frame = new_frame ("fc1");
  g_autofree char *text = NULL;
  g_auto (GStrv) rows = NULL;
  guint64 next = 1;
  guint64 width = G_MAXUINT64;

  frame->step = 100000;
  for (guint64 step = 1; step <= frame->step; step++)
    nn_history_append (frame->history, (float) step);
  save (frame, scratch);
  g_assert_true (g_file_get_contents (scratch->path, &text, NULL, NULL));
  rows = g_strsplit (text, "\n", -1);
  g_assert_cmpstr (rows[0], ==, "series,from,to,first,last,least,greatest,mean");
  for (guint i = 1; rows[i + 1]; i++) {
    g_auto (GStrv) fields = g_strsplit (rows[i], ",", -1);
    const guint64 from = g_ascii_strtoull (fields[1], NULL, 10);
    const guint64 to = g_ascii_strtoull (fields[2], NULL, 10);

    g_assert_cmpuint (from, ==, next);
    g_assert_cmpuint (to - from + 1, <=, width);
    g_assert_cmpfloat (g_ascii_strtod (fields[3], NULL), ==, (double) from);
    g_assert_cmpfloat (g_ascii_strtod (fields[6], NULL), ==, (double) to);
    g_assert_cmpfloat (g_ascii_strtod (fields[7], NULL), ==, (double) (from + to) / 2);
    width = to - from + 1;
    next = to + 1;
  }
  g_assert_cmpuint (width, ==, 1);
  g_assert_cmpuint (next, ==, frame->step + 1);
}

static void
test_another_ending_is_refused (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (nn_series_file_check_path ("a/b.csv", NULL));
  g_assert_false (nn_series_file_check_path ("a/b.txt", &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_UNKNOWN);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  scratch_add ("/nn/series-file/rows-by-hand", test_rows_by_hand);
  scratch_add ("/nn/series-file/long-run-has-stretches", test_long_run_has_stretches);
  g_test_add_func ("/nn/series-file/another-ending-is-refused",
                   test_another_ending_is_refused);
  return g_test_run ();
}

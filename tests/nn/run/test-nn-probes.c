/* test-nn-probes.c - the inputs at which activations are shown
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/run/nn-probes.h"

#include "nn/session/nn-frame-of-run.h"
#include "tests/nn/small-edit.h"

/* Three classes, out of order, of three features each. */
#define CLASSES                                                                          \
  "'data': {'source': 'inline', 'inputs': [[5, 0, 0], [1, 0, 0], [3, 0, 0], [4, 0, 0],"  \
  " [0, 0, 0], [2, 0, 0]], 'targets': [2, 0, 1, 2, 0, 1]},"                              \
  "'loss': {'type': 'cross_entropy'},"                                                   \
  "'network': {'layers': [{'units': 3}]}"

#define CORNERS                                                                          \
  "'data': {'source': 'inline', 'inputs': [[0, 10], [1, 10], [0, 30], [1, 20]],"         \
  " 'targets': [[0], [1], [1], [0]]}, 'loss': {'type': 'mse'},"

#define TANH "'network': {'layers': [{'units': 2, 'activation': 'tanh'}, {'units': 1}]}"

static NnFrame *
new_frame (const char *keys)
{
  g_autoptr (NnTrainer) trainer = small_trainer (keys);

  return nn_frame_of_trainer (trainer);
}

static float
get_activation (const NnFrame *frame, gsize unit, gsize probe)
{
  return frame->activations[unit * frame->probes.n + probe];
}

/* A tenth of the range is shown around the examples. */
static void
test_plane_has_all_examples_in_it (void)
{
  g_autoptr (NnFrame) frame = new_frame (CORNERS TANH);
  const gsize side = frame->probes.side, n = frame->probes.n;

  g_assert_cmpint (frame->probes.kind, ==, NN_PROBES_PLANE);
  g_assert_cmpuint (side, >=, 8);
  g_assert_cmpuint (n, ==, side * side);
  g_assert_cmpfloat_with_epsilon (frame->probes.low[0], -0.1f, 1e-6f);
  g_assert_cmpfloat_with_epsilon (frame->probes.high[0], 1.1f, 1e-6f);
  g_assert_cmpfloat_with_epsilon (frame->probes.low[1], 8, 1e-6f);
  g_assert_cmpfloat_with_epsilon (frame->probes.high[1], 32, 1e-6f);

  /* The first row is the upper one. */
  g_assert_cmpfloat (get_activation (frame, 0, 0), ==, frame->probes.low[0]);
  g_assert_cmpfloat (get_activation (frame, 1, 0), ==, frame->probes.high[1]);
  g_assert_cmpfloat (get_activation (frame, 0, side - 1), ==, frame->probes.high[0]);
  g_assert_cmpfloat (get_activation (frame, 1, n - 1), ==, frame->probes.low[1]);
}

/* By a forward pass of our own, in double. */
static void
test_map_is_what_the_network_puts_out (void)
{
  g_autoptr (NnFrame) frame = new_frame (CORNERS TANH);
  const float *w = frame->values; /* fc1.weight (2, 2), fc1.bias, fc2.weight, fc2.bias */

  for (gsize p = 0; p < frame->probes.n; p++) {
    const double x = (double) get_activation (frame, 0, p);
    const double y = (double) get_activation (frame, 1, p);
    double out = (double) w[8];

    for (gsize u = 0; u < 2; u++) {
      const double hidden =
          tanh ((double) w[2 * u] * x + (double) w[2 * u + 1] * y + (double) w[4 + u]);

      g_assert_cmpfloat_with_epsilon ((double) get_activation (frame, 2 + u, p), hidden,
                                      1e-5);
      out += (double) w[6 + u] * hidden;
    }
    g_assert_cmpfloat_with_epsilon ((double) get_activation (frame, 4, p), out, 1e-5);
  }
}

static void
test_one_value_is_in_the_middle (void)
{
  g_autoptr (NnFrame) frame =
      new_frame ("'data': {'source': 'inline', 'inputs': [[7, 0], [7, 1]],"
                 " 'targets': [[0], [1]]}, 'loss': {'type': 'mse'}," TANH);

  g_assert_cmpfloat (frame->probes.low[0], ==, 6);
  g_assert_cmpfloat (frame->probes.high[0], ==, 8);
}

/* So that a frame of a large network does not take longer than it is shown. */
static void
test_large_networks_have_coarse_maps (void)
{
  g_autoptr (NnFrame) small = new_frame (CORNERS TANH);
  g_autoptr (NnFrame) large = new_frame (
      CORNERS "'network': {'layers': [{'units': 400}, {'units': 400}, {'units': 1}]}");

  g_assert_cmpuint (large->probes.side, <, small->probes.side);
  g_assert_cmpuint (large->probes.side, >=, 8);
}

static void
test_a_grown_network_has_its_own (void)
{
  g_autoptr (NnTrainer) trainer = small_trainer (CORNERS TANH);
  g_autoptr (NnFrame) before = nn_frame_of_trainer (trainer);
  g_autoptr (NnEdit) edit =
      small_edit (nn_trainer_get_experiment (trainer),
                  "'network': {'layers': [{'name': 'fc1', 'units': 400},"
                  " {'name': 'new', 'units': 400}, {'name': 'fc2', 'units': 1}]}");
  g_autoptr (NnFrame) after = NULL;

  small_trainer_do (trainer, &(NnEvent){ .kind = NN_EVENT_EDIT, .edit = edit });
  after = nn_frame_of_trainer (trainer);
  g_assert_cmpuint (after->probes.side, <, before->probes.side);
  g_assert_cmpfloat (get_activation (after, 0, 0), ==, before->probes.low[0]);
}

static void
test_examples_are_sorted_by_class (void)
{
  g_autoptr (NnFrame) frame = new_frame (CLASSES);
  static const float expected[] = { 1, 0, 3, 2, 5, 4 };

  g_assert_cmpint (frame->probes.kind, ==, NN_PROBES_EXAMPLES);
  g_assert_cmpuint (frame->probes.n, ==, G_N_ELEMENTS (expected));
  for (gsize p = 0; p < G_N_ELEMENTS (expected); p++)
    g_assert_cmpfloat (get_activation (frame, 0, p), ==, expected[p]);
}

/* Of many examples some of each class are shown. */
static void
test_examples_are_of_all_classes (void)
{
  g_autoptr (NnFrame) frame =
      new_frame ("'data': {'source': 'iris'}, 'loss': {'type': 'cross_entropy'},"
                 "'network': {'layers': [{'units': 3}]}");
  static const float petal_length_of_a_setosa = 2;
  gsize n_setosa = 0;

  for (gsize p = 0; p < frame->probes.n; p++)
    n_setosa += get_activation (frame, 2, p) < petal_length_of_a_setosa;
  g_assert_cmpuint (frame->probes.n, ==, 16);
  g_assert_cmpuint (n_setosa, >=, 4);
  g_assert_cmpuint (n_setosa, <=, 7);
  g_assert_cmpfloat (get_activation (frame, 2, 0), <, petal_length_of_a_setosa);
  g_assert_cmpfloat (get_activation (frame, 2, 15), >, petal_length_of_a_setosa);
}

/* Of three features two span the plane, and the third is an example's. */
static void
test_two_of_many_span_a_plane (void)
{
  g_autoptr (NnTrainer) trainer = small_trainer (CLASSES);
  const NnPlaneChoice choice = { TRUE, { 2, 0 }, 3 };
  g_autoptr (NnFrame) before = nn_frame_of_trainer (trainer);
  g_autoptr (NnFrame) frame = NULL;
  const float *row = NULL;

  g_assert_cmpint (before->probes.kind, ==, NN_PROBES_EXAMPLES);
  nn_trainer_set_plane (trainer, &choice);
  frame = nn_frame_of_trainer (trainer);
  g_assert_cmpint (frame->probes.kind, ==, NN_PROBES_PLANE);
  g_assert_cmpfloat_with_epsilon (frame->probes.low[1], -0.5f, 1e-6f);
  g_assert_cmpfloat_with_epsilon (frame->probes.high[1], 5.5f, 1e-6f);
  /* Upper left: the least of feature 2, the most of feature 0. */
  g_assert_cmpfloat (get_activation (frame, 2, 0), ==, frame->probes.low[0]);
  g_assert_cmpfloat (get_activation (frame, 0, 0), ==, frame->probes.high[1]);
  row = frame->activations + frame->probes.n;
  for (gsize p = 0; p < frame->probes.n; p++)
    g_assert_cmpfloat (row[p], ==, 0); /* example 3 is 4, 0, 0 */
}

/* What the data do not have is no plane. */
static void
test_a_plane_that_is_not_there_is_none (void)
{
  g_autoptr (NnTrainer) trainer = small_trainer (CLASSES);
  const NnPlaneChoice choices[] = {
    { TRUE, { 1, 1 }, 0 }, { TRUE, { 0, 3 }, 0 }, { TRUE, { 0, 1 }, 6 }, { 0 }
  };

  for (gsize i = 0; i < G_N_ELEMENTS (choices); i++) {
    g_autoptr (NnFrame) frame = NULL;

    nn_trainer_set_plane (trainer, &choices[i]);
    frame = nn_frame_of_trainer (trainer);
    g_assert_cmpint (frame->probes.kind, ==, NN_PROBES_EXAMPLES);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define add(name, test) g_test_add_func ("/nn/probes/" name, test)
  add ("plane-has-all-examples-in-it", test_plane_has_all_examples_in_it);
  add ("map-is-what-the-network-puts-out", test_map_is_what_the_network_puts_out);
  add ("one-value-is-in-the-middle", test_one_value_is_in_the_middle);
  add ("large-networks-have-coarse-maps", test_large_networks_have_coarse_maps);
  add ("a-grown-network-has-its-own", test_a_grown_network_has_its_own);
  add ("examples-are-sorted-by-class", test_examples_are_sorted_by_class);
  add ("examples-are-of-all-classes", test_examples_are_of_all_classes);
  add ("two-of-many-span-a-plane", test_two_of_many_span_a_plane);
  add ("a-plane-that-is-not-there-is-none", test_a_plane_that_is_not_there_is_none);
  return g_test_run ();
}

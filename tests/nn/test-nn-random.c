/* test-nn-random.c - PyTorch's random numbers, bit for bit
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/tensor/nn-random.h"

#include <string.h>

#include "nn-golden.h"

static void
test_draws_are_pytorchs (void)
{
  json_t *root = golden_load ("random.json");
  const json_t *streams = json_object_get (root, "streams");

  g_assert_cmpuint (json_array_size (streams), >=, 3);
  for (gsize i = 0; i < json_array_size (streams); i++) {
    const json_t *stream = json_array_get (streams, i);
    guint32 seed = (guint32) json_integer_value (json_object_get (stream, "seed"));
    NnRandom *random = nn_random_new (seed);
    float drawn[8];
    gsize n;
    g_autofree float *expected = golden_floats (stream, "rand", &n);

    g_assert_cmpuint (n, ==, G_N_ELEMENTS (drawn));
    nn_random_fill_uniform (random, 0, 1, drawn, n);
    g_assert_cmpmem (drawn, sizeof drawn, expected, n * sizeof (float));
    nn_random_free (random);
  }
  json_decref (root);
}

/* The generator makes 624 words at a time; the next batch is as right as the first. */
static void
test_stream_goes_on (void)
{
  json_t *root = golden_load ("random.json");
  const json_t *streams = json_object_get (root, "streams");

  for (gsize i = 0; i < json_array_size (streams); i++) {
    const json_t *stream = json_array_get (streams, i);
    const json_t *words = json_object_get (stream, "words_from_620");
    NnRandom *random =
        nn_random_new ((guint32) json_integer_value (json_object_get (stream, "seed")));
    float drawn[628];

    nn_random_fill_uniform (random, 0, 1, drawn, G_N_ELEMENTS (drawn));
    for (gsize k = 0; k < 8; k++) {
      guint32 word = (guint32) json_integer_value (json_array_get (words, k));

      g_assert_cmpfloat (drawn[620 + k], ==, (float) (word & 0xFFFFFF) * 0x1p-24f);
    }
    nn_random_free (random);
  }
  json_decref (root);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/random/draws-are-pytorchs", test_draws_are_pytorchs);
  g_test_add_func ("/nn/random/stream-goes-on", test_stream_goes_on);
  return g_test_run ();
}

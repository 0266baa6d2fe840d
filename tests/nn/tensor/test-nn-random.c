/* test-nn-random.c - PyTorch's random numbers, bit for bit
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/tensor/nn-random.h"

#include <string.h>

#include "nn/data/nn-shuffle.h"
#include "nn/kernels/nn-kernel-set.h"

#include "tests/nn/nn-golden.h"

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

static void
draw_order (NnRandom *random, NnShuffle shuffle, guint32 *words, gsize n)
{
  g_autofree gsize *order = g_new (gsize, n);
  g_autoptr (NnRandom) sampler = nn_random_new (0);

  nn_shuffle_draw (shuffle, random, sampler, order, n);
  for (gsize i = 0; i < n; i++)
    words[i] = (guint32) order[i];
}

/* A recorded call: ["uniform", n, low, high], ["normal", n, mean, std],
 * ["permutation", n] or ["dataloader", n]. Returns its values as words: bits, or the
 * numbers themselves. */
static guint32 *
repeat_call (NnRandom *random, const json_t *call, gsize *n)
{
  const char *kind = json_string_value (json_array_get (call, 0));
  const double a = json_number_value (json_array_get (call, 2));
  const double b = json_number_value (json_array_get (call, 3));
  g_autofree float *values = NULL;
  guint32 *words;

  *n = (gsize) json_integer_value (json_array_get (call, 1));
  words = g_new (guint32, *n);
  if (g_str_equal (kind, "permutation") || g_str_equal (kind, "dataloader")) {
    draw_order (random, kind[0] == 'd' ? NN_SHUFFLE_DATALOADER : NN_SHUFFLE_RANDPERM,
                words, *n);
    return words;
  }
  values = g_new (float, *n);
  if (g_str_equal (kind, "normal"))
    nn_random_fill_normal (random, a, b, values, *n);
  else
    nn_random_fill_uniform (random, (float) a, (float) b, values, *n);
  memcpy (words, values, *n * sizeof *words);
  return words;
}

static void
assert_words (const guint32 *words, gsize n, const json_t *expected)
{
  g_assert_cmpuint (json_array_size (expected), ==, n);
  for (gsize i = 0; i < n; i++)
    g_assert_cmphex (words[i], ==,
                     (guint32) json_integer_value (json_array_get (expected, i)));
}

static void
assert_digest (guint32 *words, gsize n, const char *expected)
{
  g_autofree char *digest = NULL;

  for (gsize i = 0; i < n; i++)
    words[i] = GUINT32_TO_LE (words[i]);
  digest = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) words,
                                        n * sizeof *words);
  g_assert_cmpstr (digest, ==, expected);
}

/* Calls of all kinds and sizes, mixed, from one stream: what one leaves behind (the
 * second number of a pair) is what the next one finds. */
static void
test_mixed_calls_are_pytorchs (void)
{
  json_t *root = golden_load ("random.json");
  const json_t *mixes = json_object_get (root, "mixes");

  g_assert_cmpuint (json_array_size (mixes), >=, 8);
  for (gsize i = 0; i < json_array_size (mixes); i++) {
    const json_t *mix = json_array_get (mixes, i);
    const json_t *draws = json_object_get (mix, "draws");
    g_autoptr (NnRandom) random =
        nn_random_new ((guint32) json_integer_value (json_object_get (mix, "seed")));

    g_test_message ("%s", json_string_value (json_object_get (mix, "name")));
    g_assert_cmpuint (json_array_size (draws), >, 0);
    for (gsize k = 0; k < json_array_size (draws); k++) {
      const json_t *draw = json_array_get (draws, k);
      const json_t *values = json_object_get (draw, "values");
      gsize n;
      g_autofree guint32 *words =
          repeat_call (random, json_object_get (draw, "call"), &n);

      if (values != NULL)
        assert_words (words, n, values);
      else
        assert_digest (words, n, json_string_value (json_object_get (draw, "sha256")));
    }
  }
  json_decref (root);
}

/* Box and Muller's transformation has one answer, whatever the processor. */
static void
test_every_kernel_set_gives_the_same_bits (void)
{
  const gsize n_blocks = 1 << 15;
  const gsize n_bytes = 16 * n_blocks * sizeof (float);
  g_autofree float *uniform = g_malloc (n_bytes);
  g_autofree float *expected = NULL;
  g_autoptr (NnRandom) random = nn_random_new (3);
  const NnKernels *sets[] = { nn_kernels_get (), &nn_kernels_base, NULL };

#ifdef __x86_64__
  if (__builtin_cpu_supports ("avx2") && __builtin_cpu_supports ("fma"))
    sets[2] = &nn_kernels_avx2;
#endif
  nn_random_fill_uniform (random, 0, 1, uniform, 16 * n_blocks);
  uniform[0] = 0; /* log (1) */
  uniform[1] = 1 - 0x1p-24f;
  uniform[8] = 1 - 0x1p-24f;
  expected = g_memdup2 (uniform, n_bytes);
  sets[0]->box_muller (expected, n_blocks, 0.3f, 1.7f);
  g_assert_cmpfloat (expected[0], ==, 0.3f);
  for (gsize i = 1; i < G_N_ELEMENTS (sets) && sets[i] != NULL; i++) {
    g_autofree float *values = g_memdup2 (uniform, n_bytes);

    sets[i]->box_muller (values, n_blocks, 0.3f, 1.7f);
    g_assert_cmpmem (values, n_bytes, expected, n_bytes);
  }
}

/* The copy and the stream assigned to go on as the first does, from the middle of a
 * pair and of the words, and none of the three moves another. */
static void
test_copies_go_on_alike (void)
{
  g_autoptr (NnRandom) random = nn_random_new (11);
  g_autoptr (NnRandom) copy = NULL;
  g_autoptr (NnRandom) other = nn_random_new (12);
  float drawn[3][700];

  nn_random_fill_uniform (random, 0, 1, drawn[0], 100);
  nn_random_fill_normal (random, 0, 1, drawn[0], 1);
  nn_random_fill_normal (other, 0, 1, drawn[0], 2);
  copy = nn_random_copy (random);
  nn_random_assign (other, random);
  for (gsize i = 0; i < 3; i++) {
    NnRandom *streams[] = { random, copy, other };

    nn_random_fill_normal (streams[i], 0, 1, drawn[i], 3);
    nn_random_fill_uniform (streams[i], 0, 1, drawn[i] + 3, 697);
    g_assert_cmpmem (drawn[i], sizeof drawn[i], drawn[0], sizeof drawn[0]);
  }
}

static void
test_nothing_draws_nothing (void)
{
  g_autoptr (NnRandom) random = nn_random_new (1);
  g_autoptr (NnRandom) untouched = nn_random_new (1);
  gsize one = 9;
  float a, b;

  nn_random_fill_uniform (random, 0, 1, NULL, 0);
  nn_random_fill_normal (random, 0, 1, NULL, 0);
  nn_random_fill_permutation (random, NULL, 0);
  nn_random_fill_permutation (random, &one, 1);
  g_assert_cmpuint (one, ==, 0);
  nn_random_fill_uniform (random, 0, 1, &a, 1);
  nn_random_fill_uniform (untouched, 0, 1, &b, 1);
  g_assert_cmpfloat (a, ==, b);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/random/draws-are-pytorchs", test_draws_are_pytorchs);
  g_test_add_func ("/nn/random/stream-goes-on", test_stream_goes_on);
  g_test_add_func ("/nn/random/mixed-calls-are-pytorchs", test_mixed_calls_are_pytorchs);
  g_test_add_func ("/nn/random/every-kernel-set-gives-the-same-bits",
                   test_every_kernel_set_gives_the_same_bits);
  g_test_add_func ("/nn/random/copies-go-on-alike", test_copies_go_on_alike);
  g_test_add_func ("/nn/random/nothing-draws-nothing", test_nothing_draws_nothing);
  return g_test_run ();
}

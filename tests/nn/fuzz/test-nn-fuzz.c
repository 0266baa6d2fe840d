/* test-nn-fuzz.c - random texts, read as nudges
 *
 * SPDX-License-Identifier: MIT
 *
 * libFuzzer, which learns what leads where, finds more: see tests/fuzz/README.md.
 */

#include "mutate.h"
#include "nn/base/nn-text.h"
#include "tests/fuzz/try-nudge.h"

#define N_INPUTS 100000

static void
test_seeds_are_nudges (void)
{
  g_autoptr (GPtrArray) seeds = mutate_read_lines ("nudge.seeds");

  for (guint i = 0; i < seeds->len; i++) {
    gsize length;
    const char *seed = g_bytes_get_data (seeds->pdata[i], &length);

    g_test_message ("%.*s", (int) length, seed);
    g_assert_true (try_nudge (seed, length));
  }
}

static void
test_changed_seeds_are_survived (void)
{
  g_autoptr (GPtrArray) seeds = mutate_read_lines ("nudge.seeds");
  const guint n_nudges = mutate_try (&(Mutation){
      .seeds = seeds,
      .alphabet = "wamgnije0123456789.+-*/^<>=!?:()[],;@ \t\xc3\xa9",
      .n_inputs = N_INPUTS,
      .try = try_nudge,
  });

  g_test_message ("%u of %u are nudges", n_nudges, N_INPUTS);
  g_assert_cmpuint (n_nudges, >, N_INPUTS / 20);
  g_assert_cmpuint (n_nudges, <, N_INPUTS / 2);
}

/* A megabyte of one piece or another, as a whole nudge. */
static void
test_long_texts_are_survived (void)
{
  const char *const pieces[] = { "(", "-",  "w?", "sin(", "fc1: ", "[", "0:", "; 0,1",
                                 "@", "a=", " ",  "\xff", "1",     "e", "w^", "," };

  for (gsize i = 0; i < G_N_ELEMENTS (pieces); i++) {
    g_autoptr (GString) text = g_string_new ("fc1: ");
    g_autoptr (GString) alone = g_string_new (NULL);

    while (text->len < 1 << 20) {
      g_string_append (text, pieces[i]);
      g_string_append (alone, pieces[i]);
    }
    g_assert_false (try_nudge (text->str, text->len));
    g_assert_false (try_nudge (alone->str, alone->len));
    g_assert_false (try_nudge (text->str, NN_TEXT_BYTES));
    g_assert_false (try_nudge (alone->str, NN_TEXT_BYTES));
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/fuzz/seeds-are-nudges", test_seeds_are_nudges);
  g_test_add_func ("/nn/fuzz/changed-seeds-are-survived",
                   test_changed_seeds_are_survived);
  g_test_add_func ("/nn/fuzz/long-texts-are-survived", test_long_texts_are_survived);
  return g_test_run ();
}

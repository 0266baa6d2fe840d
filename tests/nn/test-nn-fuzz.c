/* test-nn-fuzz.c - random texts, read as nudges
 *
 * SPDX-License-Identifier: MIT
 *
 * The seeds of tests/fuzz, changed in random ways, the same ones every time. libFuzzer,
 * which learns what leads where, finds more: see tests/fuzz/README.md.
 */

#include <string.h>

#include "nn/base/nn-text.h"
#include "tests/fuzz/try-nudge.h"

#define N_INPUTS    100000
#define MOST_EDITS  4
#define MOST_COPIED 40

static char **
read_seeds (void)
{
  g_autofree char *path =
      g_test_build_filename (G_TEST_DIST, "fuzz", "nudge.seeds", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return g_strsplit (g_strchomp (text), "\n", -1);
}

static gsize
choose_position (GRand *random, const GString *text)
{
  return (gsize) g_rand_int_range (random, 0, (gint32) text->len + 1);
}

/* Some of another text, at any place. */
static void
splice (GRand *random, GString *text, const char *other)
{
  const gsize length = strlen (other);
  const gsize first = (gsize) g_rand_int_range (random, 0, (gint32) length);
  const gsize most = MIN (length - first, MOST_COPIED);

  g_string_insert_len (text, (gssize) choose_position (random, text), other + first,
                       g_rand_int_range (random, 0, (gint32) most + 1));
}

static void
erase (GRand *random, GString *text)
{
  const gsize first = choose_position (random, text);
  const gsize most = MIN (text->len - first, MOST_COPIED);

  g_string_erase (text, (gssize) first, g_rand_int_range (random, 0, (gint32) most + 1));
}

static void
edit (GRand *random, GString *text, char **seeds)
{
  static const char alphabet[] = "wagnije0123456789.+-*/^<>=!?:()[],;@ \t\xc3\xa9";
  const guint n_seeds = g_strv_length (seeds);
  const gsize position = choose_position (random, text);

  switch (g_rand_int_range (random, 0, 5)) {
  case 0:
    g_string_insert_c (
        text, (gssize) position,
        alphabet[g_rand_int_range (random, 0, (gint32) sizeof alphabet - 1)]);
    break;
  case 1:
    if (position < text->len)
      text->str[position] = (char) g_rand_int_range (random, 1, 256);
    break;
  case 2:
    erase (random, text);
    break;
  default:
    splice (random, text, seeds[g_rand_int_range (random, 0, (gint32) n_seeds)]);
    break;
  }
}

static void
test_seeds_are_nudges (void)
{
  g_auto (GStrv) seeds = read_seeds ();

  for (guint i = 0; seeds[i] != NULL; i++) {
    g_test_message ("%s", seeds[i]);
    g_assert_true (try_nudge (seeds[i], strlen (seeds[i])));
  }
}

static void
test_changed_seeds_are_survived (void)
{
  g_auto (GStrv) seeds = read_seeds ();
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  g_autoptr (GString) text = g_string_new (NULL);
  const guint n_seeds = g_strv_length (seeds);
  guint n_nudges = 0;

  for (guint i = 0; i < N_INPUTS; i++) {
    g_string_assign (text, seeds[g_rand_int_range (random, 0, (gint32) n_seeds)]);
    for (int k = g_rand_int_range (random, 1, MOST_EDITS + 1); k > 0; k--)
      edit (random, text, seeds);
    n_nudges += try_nudge (text->str, text->len);
  }
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

/* mutate.c - the seeds of tests/fuzz, changed in random ways, the same ones every time
 *
 * SPDX-License-Identifier: MIT
 */

#include "mutate.h"

#include <string.h>

#define MOST_EDITS  4
#define MOST_COPIED 40

/**
 * mutate_read_lines:
 * @name: of a file in tests/fuzz
 *
 * Returns: (transfer full) (element-type GBytes): a seed of each line
 */
GPtrArray *
mutate_read_lines (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "fuzz", name, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *seeds = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_auto (GStrv) lines = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (g_strchomp (text), "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    g_ptr_array_add (seeds, g_bytes_new (lines[i], strlen (lines[i])));
  return seeds;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/**
 * mutate_read_folder:
 * @name: of a folder in tests/fuzz/seeds
 *
 * Returns: (transfer full) (element-type GBytes): a seed of each file, by name
 */
GPtrArray *
mutate_read_folder (const char *name)
{
  g_autofree char *path =
      g_test_build_filename (G_TEST_DIST, "fuzz", "seeds", name, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) folder = g_dir_open (path, 0, &error);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  GPtrArray *seeds = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  const char *entry;

  g_assert_no_error (error);
  while ((entry = g_dir_read_name (folder)) != NULL)
    g_ptr_array_add (names, g_build_filename (path, entry, NULL));
  /* A folder's order is the file system's. */
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++) {
    char *bytes;
    gsize n_bytes;

    g_file_get_contents (names->pdata[i], &bytes, &n_bytes, &error);
    g_assert_no_error (error);
    g_ptr_array_add (seeds, g_bytes_new_take (bytes, n_bytes));
  }
  g_assert_cmpuint (seeds->len, >, 0);
  return seeds;
}

static gsize
choose (GRand *random, gsize most)
{
  return (gsize) g_rand_int_range (random, 0, (gint32) most + 1);
}

static GBytes *
choose_seed (GRand *random, const GPtrArray *seeds)
{
  return seeds->pdata[choose (random, seeds->len - 1)];
}

/* Some of another seed, at any place. */
static void
splice (GRand *random, GString *text, GBytes *other)
{
  gsize length;
  const char *bytes = g_bytes_get_data (other, &length);
  const gsize first = choose (random, length);
  const gsize most = MIN (length - first, MOST_COPIED);

  if (most > 0)
    g_string_insert_len (text, (gssize) choose (random, text->len), bytes + first,
                         (gssize) choose (random, most));
}

static void
erase (GRand *random, GString *text)
{
  const gsize first = choose (random, text->len);
  const gsize most = MIN (text->len - first, MOST_COPIED);

  g_string_erase (text, (gssize) first, (gssize) choose (random, most));
}

static void
insert (GRand *random, GString *text, const char *alphabet)
{
  const gsize position = choose (random, text->len);
  const char byte = alphabet != NULL ? alphabet[choose (random, strlen (alphabet) - 1)]
                                     : (char) g_rand_int_range (random, 0, 256);

  g_string_insert_c (text, (gssize) position, byte);
}

/* As a size or an offset, a number that is too large, negative or one off. */
static void
overwrite (GRand *random, GString *text)
{
  static const guint64 numbers[] = {
    0,          1,           G_MAXINT32,  G_MAXUINT32, G_MAXINT64,
    G_MAXINT16, G_MAXUINT16, G_MAXUINT64, 0x80000000,  G_GUINT64_CONSTANT (1) << 40,
  };
  const guint64 little =
      GUINT64_TO_LE (numbers[choose (random, G_N_ELEMENTS (numbers) - 1)]);
  const guint64 number = g_rand_boolean (random) ? little : GUINT64_SWAP_LE_BE (little);
  const gsize size = (gsize) 1 << choose (random, 3);
  const gsize position = choose (random, text->len);

  memcpy (text->str + position, &number, MIN (size, text->len - position));
}

static void
edit (GRand *random, GString *text, const Mutation *mutation)
{
  const gsize position = choose (random, text->len);

  switch (g_rand_int_range (random, 0, 6)) {
  case 0:
    insert (random, text, mutation->alphabet);
    break;
  case 1:
    if (position < text->len)
      text->str[position] = (char) g_rand_int_range (random, 0, 256);
    break;
  case 2:
    erase (random, text);
    break;
  case 3:
    /* Sizes and offsets are for files of bytes. */
    if (mutation->alphabet == NULL) {
      overwrite (random, text);
      break;
    }
    G_GNUC_FALLTHROUGH;
  default:
    splice (random, text, choose_seed (random, mutation->seeds));
    break;
  }
  if (choose (random, 50) == 0)
    g_string_truncate (text, position);
}

/* Without a byte more, so that AddressSanitizer sees one that is read behind the end. */
static char *
copy (const char *bytes, gsize n_bytes)
{
  char *exact = g_malloc (MAX (n_bytes, 1));

  memcpy (exact, bytes, n_bytes);
  return exact;
}

/**
 * mutate_try:
 *
 * Returns: how many of the mutation's inputs were accepted
 */
guint
mutate_try (const Mutation *mutation)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  g_autoptr (GString) text = g_string_new (NULL);
  guint n_accepted = 0;

  for (guint i = 0; i < mutation->n_inputs; i++) {
    g_autofree char *exact = NULL;
    gsize length;
    const char *seed = g_bytes_get_data (choose_seed (random, mutation->seeds), &length);

    g_string_truncate (text, 0);
    g_string_append_len (text, seed, (gssize) length);
    for (gsize k = 1 + choose (random, MOST_EDITS - 1); k > 0; k--)
      edit (random, text, mutation);
    exact = copy (text->str, text->len);
    n_accepted += mutation->try (exact, text->len);
  }
  return n_accepted;
}

static void
test_seeds_are_survived (gconstpointer data)
{
  const Mutation *mutation = data;

  for (guint i = 0; i < mutation->seeds->len; i++) {
    gsize length;
    const char *seed = g_bytes_get_data (mutation->seeds->pdata[i], &length);
    g_autofree char *exact = copy (seed, length);

    mutation->try (exact, length);
  }
}

static void
test_changed_seeds_are_survived (gconstpointer data)
{
  const Mutation *mutation = data;
  const guint n_accepted = mutate_try (mutation);

  g_test_message ("%u of %u are accepted", n_accepted, mutation->n_inputs);
  g_assert_cmpuint (n_accepted, >, 0);
  g_assert_cmpuint (n_accepted, <, mutation->n_inputs);
}

static void
free_mutation (gpointer data)
{
  Mutation *mutation = data;

  g_ptr_array_unref (mutation->seeds);
  g_free (mutation);
}

/**
 * mutate_add_tests:
 * @name: of the reader, and of its folder in tests/fuzz/seeds
 * @alphabet: (nullable): borrowed
 * @try: aborts if the reader does what it must not
 *
 * Adds the tests that the seeds, and what random changes make of them, are survived.
 */
void
mutate_add_tests (const char *name,
                  const char *alphabet,
                  guint n_inputs,
                  gboolean (*try) (const void *bytes, gsize size))
{
  g_autofree char *plain = g_strdup_printf ("/nn/fuzz/%s/seeds-are-survived", name);
  g_autofree char *changed =
      g_strdup_printf ("/nn/fuzz/%s/changed-seeds-are-survived", name);
  Mutation *mutation = g_new (Mutation, 1);

  *mutation = (Mutation){ mutate_read_folder (name), alphabet, n_inputs, try };
  g_test_add_data_func (plain, mutation, test_seeds_are_survived);
  g_test_add_data_func_full (changed, mutation, test_changed_seeds_are_survived,
                             free_mutation);
}

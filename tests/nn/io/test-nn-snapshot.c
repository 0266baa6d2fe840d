/* test-nn-snapshot.c - the parameters at one step, as a file
 *
 * SPDX-License-Identifier: MIT
 *
 * What is written is read by read-snapshot.py, which shares no code with us.
 */

#include "nn/io/nn-snapshot.h"

#include <string.h>
#include <time.h>

#include "nn/base/nn-error.h"
#include "tests/nn/scratch.h"
#include "tests/nn/snapshot-reader.h"

static NnArchitecture *
seed_architecture_new (void)
{
  static const NnLayerSpec layers[] = {
    { "fc1", 2, NN_ACTIVATION_RELU },
    { "fc2", 3, NN_ACTIVATION_RELU },
    { "fc3", 1, NN_ACTIVATION_IDENTITY },
  };

  return nn_architecture_new (1, layers, G_N_ELEMENTS (layers));
}

static NnArchitecture *
smallest_architecture_new (void)
{
  static const NnLayerSpec layer = { "ab", 1, NN_ACTIVATION_IDENTITY };

  return nn_architecture_new (1, &layer, 1);
}

/* Names that need escapes, rows of many lengths, headers longer than one block. */
static NnArchitecture *
odd_architecture_new (void)
{
  g_autofree char *lengthy = g_strnfill (300, 'n');
  const NnLayerSpec layers[] = {
    { "Schicht ä", 100, NN_ACTIVATION_RELU },
    { "say \"\\u0041\"\n", 7, NN_ACTIVATION_RELU },
    { lengthy, 12, NN_ACTIVATION_IDENTITY },
  };

  return nn_architecture_new (64, layers, G_N_ELEMENTS (layers));
}

/* JSON has no NaN, and in csv it has no bits to lose. */
static gboolean
is_text (const char *ending)
{
  return strcmp (ending, ".json") == 0 || strcmp (ending, ".csv") == 0;
}

#define N_NOT_FINITE 3

/* Begins with the bit patterns that careless code loses. */
static float *
values_new (const NnArchitecture *architecture, const char *ending)
{
  static const guint32 awkward[] = {
    0x80000000, /* -0.0 */
    0x00000001, /* the smallest subnormal */
    0x807fffff, /* the largest, negative */
    0xff7fffff, /* the lowest finite value */
    0x3f800001, /* just above one */
    0x7f800001, /* a signalling NaN */
    0xffc12345, /* a quiet NaN with a payload and a sign */
    0x7f800000, /* infinity */
  };
  const gsize n_awkward = G_N_ELEMENTS (awkward) - (is_text (ending) ? N_NOT_FINITE : 0);
  float *values = g_new (float, architecture->n_values);

  for (gsize i = 0; i < architecture->n_values; i++) {
    guint32 bits = i < n_awkward ? awkward[i] : 0x3e000000 + (guint32) i * 7;

    memcpy (&values[i], &bits, sizeof bits);
  }
  return values;
}

static void
save (const NnArchitecture *architecture, const float *values, const char *path)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (nn_snapshot_save (architecture, values, path, &error));
  g_assert_no_error (error);
}

static void
check_python_reads (const Scratch *scratch,
                    NnArchitecture *architecture,
                    const char *ending)
{
  g_autofree float *values = values_new (architecture, ending);
  g_autofree char *path = g_strconcat (scratch->path, ending, NULL);
  g_autofree char *expected = snapshot_describe (architecture, values);
  g_autofree char *found = NULL;

  save (architecture, values, path);
  found = snapshot_read_by_python (path);
  if (found != NULL)
    g_assert_cmpstr (found, ==, expected);
}

static void
test_python_reads_the_seed (Scratch *scratch, gconstpointer ending)
{
  g_autoptr (NnArchitecture) architecture = seed_architecture_new ();

  check_python_reads (scratch, architecture, ending);
}

static void
test_python_reads_odd_names (Scratch *scratch, gconstpointer ending)
{
  g_autoptr (NnArchitecture) architecture = odd_architecture_new ();

  check_python_reads (scratch, architecture, ending);
}

/* nn.Linear's: weight [out, in] before bias [out], layer by layer. */
static void
test_names_and_shapes_are_pytorchs (Scratch *scratch, gconstpointer data)
{
  g_autoptr (NnArchitecture) architecture = seed_architecture_new ();
  g_autofree float *values = g_new0 (float, architecture->n_values);
  g_autofree char *path = g_strconcat (scratch->path, ".safetensors", NULL);
  g_autofree char *contents = NULL;
  gsize length;

  save (architecture, values, path);
  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  g_assert_nonnull (g_strstr_len (
      contents + 8, (gssize) length - 8,
      "{\"__metadata__\":{\"format\":\"pt\"},"
      "\"fc1.weight\":{\"dtype\":\"F32\",\"shape\":[2,1],\"data_offsets\":[0,8]},"
      "\"fc1.bias\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,16]},"
      "\"fc2.weight\":{\"dtype\":\"F32\",\"shape\":[3,2],\"data_offsets\":[16,40]},"
      "\"fc2.bias\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[40,52]},"
      "\"fc3.weight\":{\"dtype\":\"F32\",\"shape\":[1,3],\"data_offsets\":[52,64]},"
      "\"fc3.bias\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[64,68]}}"));
}

static void
test_safetensors_by_hand (Scratch *scratch, gconstpointer data)
{
  static const char expected[] =
      "\xa0\0\0\0\0\0\0\0"
      "{\"__metadata__\":{\"format\":\"pt\"},"
      "\"ab.weight\":{\"dtype\":\"F32\",\"shape\":[1,1],\"data_offsets\":[0,4]},"
      "\"ab.bias\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}"
      "      "
      "\0\0\xc0\x3f"
      "\0\0\0\x80";
  static const float values[] = { 1.5f, -0.0f };
  g_autoptr (NnArchitecture) architecture = smallest_architecture_new ();
  g_autofree char *path = g_strconcat (scratch->path, ".safetensors", NULL);
  g_autofree char *contents = NULL;
  gsize length;

  save (architecture, values, path);
  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  g_assert_cmpmem (contents, length, expected, sizeof expected - 1);
}

/* Wherever and whenever it is written. */
static void
test_same_parameters_same_bytes (Scratch *scratch, gconstpointer ending)
{
  static const char *const zones[] = { "UTC", "Asia/Kathmandu", "XYZ11" };
  g_autoptr (NnArchitecture) architecture = seed_architecture_new ();
  g_autofree float *values = values_new (architecture, ending);
  g_autofree char *path = g_strconcat (scratch->path, ending, NULL);
  g_autofree char *first = NULL;
  gsize n_first;

  save (architecture, values, path);
  g_assert_true (g_file_get_contents (path, &first, &n_first, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (zones); i++) {
    g_autofree char *contents = NULL;
    gsize length;

    g_setenv ("TZ", zones[i], TRUE);
    tzset ();
    save (architecture, values, path);
    g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
    g_assert_cmpmem (contents, length, first, n_first);
  }
  g_unsetenv ("TZ");
  tzset ();
  g_assert_cmpuint (scratch_count (scratch), ==, 1);
}

static void
test_full_disk_keeps_the_old_file (Scratch *scratch, gconstpointer ending)
{
  g_autoptr (NnArchitecture) architecture = odd_architecture_new ();
  g_autofree float *values = values_new (architecture, ending);
  g_autofree char *path = g_strconcat (scratch->path, ending, NULL);
  g_autoptr (GError) error = NULL;
  gboolean saved;

  put_contents (path, "old");
  limit_files (5000);
  saved = nn_snapshot_save (architecture, values, path, &error);
  unlimit_files ();
  g_assert_false (saved);
  g_assert_error (error, NN_ERROR, NN_ERROR_FILE);
  assert_contents (path, "old");
  g_assert_cmpuint (scratch_count (scratch), ==, 1);
}

/* No format has a place for two things of one name. */
static void
test_ambiguous_names_are_refused (Scratch *scratch, gconstpointer ending)
{
  static const NnLayerSpec layers[] = {
    { "fc", 2, NN_ACTIVATION_RELU },
    { "fc", 2, NN_ACTIVATION_RELU },
  };
  static const NnLayerSpec foreign = { "\xff", 2, NN_ACTIVATION_RELU };
  g_autoptr (NnArchitecture) twins = nn_architecture_new (2, layers, 2);
  g_autoptr (NnArchitecture) bytes = nn_architecture_new (2, &foreign, 1);
  g_autofree float *values = values_new (twins, ending);
  g_autofree char *path = g_strconcat (scratch->path, ending, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (nn_snapshot_save (twins, values, path, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_FILE);
  g_clear_error (&error);
  g_assert_false (nn_snapshot_save (bytes, values, path, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_FILE);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_cmpuint (scratch_count (scratch), ==, 0);
}

static void
test_ending_says_the_format (Scratch *scratch, gconstpointer data)
{
  static const char *const known[] = { "a.safetensors", "out/a.NPZ", "a.b.SafeTensors" };
  static const char *const unknown[] = {
    "a", "a.npy", "a.npz.gz", "a.npz/", "", "a.txt"
  };
  g_autoptr (NnArchitecture) architecture = smallest_architecture_new ();
  static const float values[] = { 1, 2 };
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    g_assert_true (nn_snapshot_check_path (known[i], NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (unknown); i++) {
    g_assert_false (nn_snapshot_check_path (unknown[i], &error));
    g_assert_error (error, NN_ERROR, NN_ERROR_UNKNOWN);
    g_clear_error (&error);
  }
  nn_snapshot_check_path ("a.bin", &error);
  g_assert_true (g_str_has_prefix (error->message,
                                   "a.bin does not say its format: a snapshot ends in "
                                   ".safetensors"));
  g_assert_nonnull (strstr (error->message, " or ."));
  g_clear_error (&error);
  g_assert_false (nn_snapshot_save (architecture, values, scratch->path, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_UNKNOWN);
  g_assert_cmpuint (scratch_count (scratch), ==, 0);
}

static void
add (const char *path, const char *ending, void (*test) (Scratch *, gconstpointer))
{
  g_test_add (path, Scratch, ending, scratch_set_up, test, scratch_tear_down);
}

static void
add_for_each_format (const char *name, void (*test) (Scratch *, gconstpointer))
{
  for (guint i = 0; nn_snapshot_get_kind (i) != NULL; i++) {
    const char *ending = nn_snapshot_get_kind (i)->endings;
    g_autofree char *path = g_strdup_printf ("/nn/snapshot/%s/%s", ending + 1, name);

    add (path, ending, test);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  add_for_each_format ("python-reads-the-seed", test_python_reads_the_seed);
  add_for_each_format ("python-reads-odd-names", test_python_reads_odd_names);
  add_for_each_format ("same-parameters-same-bytes", test_same_parameters_same_bytes);
  add_for_each_format ("full-disk-keeps-the-old-file", test_full_disk_keeps_the_old_file);
  add_for_each_format ("ambiguous-names-are-refused", test_ambiguous_names_are_refused);
  add ("/nn/snapshot/safetensors/by-hand", NULL, test_safetensors_by_hand);
  add ("/nn/snapshot/names-and-shapes-are-pytorchs", NULL,
       test_names_and_shapes_are_pytorchs);
  add ("/nn/snapshot/ending-says-the-format", NULL, test_ending_says_the_format);
  return g_test_run ();
}

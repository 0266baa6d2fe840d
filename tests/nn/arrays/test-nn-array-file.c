/* test-nn-array-file.c - the named arrays that a file holds, whatever its format
 *
 * SPDX-License-Identifier: MIT
 *
 * make-arrays.py writes files as NumPy and others do, good and bad ones, and says
 * what is in them. What is written here is read here; that others read it too is
 * tested by test-nn-snapshot.c.
 */

#include "nn/arrays/nn-array-file.h"

#include <math.h>
#include <string.h>

#include "nn/base/nn-error.h"
#include "nn/files/nn-file.h"
#include "tests/nn/scratch.h"

#define PYTHON   "/usr/bin/python3" /* the one that has Debian's NumPy */
#define NO_NUMPY 77                 /* make-arrays.py's exit status */

/* ---- as others write them ---------------------------------------------------------- */

/* What make-arrays.py says; NULL, and the test is skipped, where there is no NumPy. */
static char *
make_files (const char *folder)
{
  g_autofree char *python = g_strdup (PYTHON);
  g_autofree char *script =
      g_test_build_filename (G_TEST_DIST, "nn", "arrays", "make-arrays.py", NULL);
  g_autofree char *target = g_strdup (folder);
  char *argv[] = { python, script, target, NULL };
  g_autofree char *complaint = NULL;
  g_autoptr (GError) error = NULL;
  char *said = NULL;
  int status;

  if (!g_file_test (PYTHON, G_FILE_TEST_IS_EXECUTABLE)) {
    g_test_skip ("there is no " PYTHON);
    return NULL;
  }
  g_spawn_sync (NULL, argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &said, &complaint, &status,
                &error);
  g_assert_no_error (error);
  if (g_spawn_check_wait_status (status, &error))
    return said;
  if (!g_error_matches (error, G_SPAWN_EXIT_ERROR, NO_NUMPY))
    g_error ("%s", complaint);
  g_test_skip (PYTHON " has no NumPy");
  g_free (said);
  return NULL;
}

/* "NAME TYPE SHAPE HEX" */
static void
append_array (GString *text, const NnArray *array)
{
  g_autofree float *values = g_new (float, array->n_values);
  g_autofree char *shape = nn_array_dup_shape (array);
  g_auto (GStrv) words = g_strsplit (array->name, " ", -1);
  g_auto (GStrv) sizes = g_strsplit (shape, " ", -1);
  g_autofree char *name = g_strjoinv ("_", words);
  g_autofree char *plain = g_strjoinv ("", sizes);

  g_string_append_printf (text, "%s %s %s ", *name != '\0' ? name : "-",
                          nn_dtype_get_name (array->dtype), plain);
  nn_array_get_floats (array, values);
  for (gsize i = 0; i < array->n_values; i++) {
    guint32 bits;

    memcpy (&bits, &values[i], sizeof bits);
    g_string_append_printf (text, "%08x", GUINT32_SWAP_LE_BE (bits));
  }
  g_string_append_c (text, '\n');
}

static char *
describe_file (const NnArrayFile *file)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < file->arrays->len; i++)
    append_array (text, file->arrays->pdata[i]);
  return g_string_free (text, FALSE);
}

/* Whatever the order of the bytes and of the elements was in the file. */
static void
check_written_again (const NnArrayFile *file, const char *expected)
{
  g_autoptr (NnArrayFile) copy = nn_array_file_new (&nn_arrays_safetensors);
  g_autoptr (NnArrayFile) read = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *found = NULL;

  for (guint i = 0; i < file->arrays->len; i++)
    g_ptr_array_add (copy->arrays, nn_array_ref (file->arrays->pdata[i]));
  bytes = copy->kind->encode (copy, &error);
  g_assert_no_error (error);
  read = nn_array_file_parse (bytes, NULL, NULL, &error);
  g_assert_no_error (error);
  found = describe_file (read);
  g_assert_cmpstr (found, ==, expected);
}

static void
check_good (const char *folder, const char *name, const char *expected)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (NnArrayFile) file = nn_array_file_open (path, NULL, &error);
  g_autofree char *found = NULL;

  if (error != NULL)
    g_error ("%s", error->message);
  found = describe_file (file);
  if (strcmp (found, expected) != 0)
    g_error ("%s holds\n%sand not\n%s", name, found, expected);
  check_written_again (file, expected);
}

static void
check_bad (const char *folder, const char *name, const char *expected)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (nn_array_file_open (path, NULL, &error));
  g_assert_nonnull (error);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_null (strchr (error->message, '\n'));
  g_assert_true (g_str_has_prefix (error->message, path));
  if (strstr (error->message, expected) == NULL)
    g_error ("%s, and not: %s", error->message, expected);
}

/* Passes the lines of the arrays of one file. */
static char *
take_arrays (char **lines, guint *i)
{
  GString *text = g_string_new (NULL);

  for (; lines[*i] != NULL && strchr (lines[*i], ' ') != NULL &&
         strstr (lines[*i], ": ") == NULL;
       (*i)++)
    g_string_append_printf (text, "%s\n", lines[*i]);
  return g_string_free (text, FALSE);
}

static void
test_reads_what_numpy_writes (Scratch *scratch, gconstpointer data)
{
  g_autofree char *said = make_files (scratch->folder);
  g_auto (GStrv) lines = NULL;
  guint n_good = 0, n_bad = 0;

  if (said == NULL)
    return;
  lines = g_strsplit (g_strchomp (said), "\n", -1);
  for (guint i = 0; lines[i] != NULL;) {
    char *name = lines[i++];
    char *colon = strstr (name, ": ");

    if (colon != NULL) {
      *colon = '\0';
      check_bad (scratch->folder, name, colon + 2);
      n_bad++;
    } else {
      g_autofree char *expected = take_arrays (lines, &i);

      check_good (scratch->folder, name, expected);
      n_good++;
    }
  }
  g_assert_cmpuint (n_good, >=, 24);
  g_assert_cmpuint (n_bad, >=, 70);
}

/* ---- there and back ---------------------------------------------------------------- */

static void
add_floats (NnArrayFile *file,
            const char *name,
            guint rank,
            guint64 n_rows,
            guint64 n_columns)
{
  const guint64 shape[] = { n_rows, n_columns };
  const gsize n = rank == 0 ? 1 : rank == 1 ? n_rows : n_rows * n_columns;
  g_autofree float *values = g_new (float, n + 1);

  for (gsize i = 0; i < n; i++) {
    const guint32 bits = 0x3f800001u + (guint32) i * 7919u * 1000u;

    memcpy (&values[i], &bits, sizeof bits);
  }
  g_ptr_array_add (file->arrays, nn_array_new_floats (name, rank, shape, values));
}

static NnArrayFile *
pass_through (const NnArrayFile *file)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = file->kind->encode (file, &error);
  g_autoptr (GBytes) again = NULL;
  NnArrayFile *read;

  g_assert_no_error (error);
  read = nn_array_file_parse (bytes, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (read->kind == file->kind);
  again = file->kind->encode (read, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (bytes, again));
  return read;
}

static void
test_comes_back (gconstpointer data)
{
  const NnArrayFileKind *kind = data;
  g_autoptr (NnArrayFile) file = nn_array_file_new (kind);
  g_autoptr (NnArrayFile) read = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  if (kind->holds_one)
    add_floats (file, "", 2, 3, 5);
  else {
    add_floats (file, "net.0.weight", 2, 3, 5);
    add_floats (file, "net.0.bias", 1, 3, 1);
    add_floats (file, "say \"ä\",\nb", 1, 1, 1);
    add_floats (file, "number", 0, 1, 1);
  }
  before = describe_file (file);
  read = pass_through (file);
  after = describe_file (read);
  g_assert_cmpstr (before, ==, after);
}

/* Every kind of number that text can hold, at its limits. */
static void
test_types_come_back_from_text (gconstpointer data)
{
  const gint64 integers[] = { G_MININT64, G_MAXINT64, -1, 0 };
  const double doubles[] = { 0.1, 1e300, 5e-324, -0.0 };
  const float whole[] = { 1, -2, 0, 300000 };
  const guint64 shape = 4;
  g_autoptr (GBytes) first = g_bytes_new (integers, sizeof integers);
  g_autoptr (GBytes) second = g_bytes_new (doubles, sizeof doubles);
  g_autoptr (NnArrayFile) file = nn_array_file_new (data);
  g_autoptr (NnArrayFile) read = NULL;
  const NnArray *array;

  g_ptr_array_add (file->arrays,
                   nn_array_new ("a", NN_DTYPE_INT64, 1, &shape, NULL, first, NULL));
  g_ptr_array_add (file->arrays,
                   nn_array_new ("b", NN_DTYPE_FLOAT64, 1, &shape, NULL, second, NULL));
  g_ptr_array_add (file->arrays, nn_array_new_floats ("c", 1, &shape, whole));
  read = pass_through (file);
  array = nn_array_file_find (read, "c");
  g_assert_cmpuint (array->dtype, ==, NN_DTYPE_FLOAT32);
  array = nn_array_file_find (read, "a");
  g_assert_cmpuint (array->dtype, ==, NN_DTYPE_INT64);
  g_assert_true (g_bytes_equal (array->bytes, first));
  array = nn_array_file_find (read, "b");
  g_assert_cmpuint (array->dtype, ==, NN_DTYPE_FLOAT64);
  g_assert_true (g_bytes_equal (array->bytes, second));
}

/* What a format cannot hold is refused, and names one that can. */
static void
test_what_text_cannot_hold (void)
{
  static const float nan[] = { NAN };
  const guint64 one = 1, none = 0;
  g_autoptr (NnArrayFile) json = nn_array_file_new (&nn_arrays_json);
  g_autoptr (NnArrayFile) csv = nn_array_file_new (&nn_arrays_csv);
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (json->arrays, nn_array_new_floats ("w", 1, &one, nan));
  g_assert_null (json->kind->encode (json, &error));
  g_assert_cmpstr (
      error->message, ==,
      "'w' holds a NaN or an infinity, which JSON cannot store: name a file that "
      "ends in .safetensors or .npz");
  g_clear_error (&error);
  g_ptr_array_add (csv->arrays, nn_array_new_floats ("w", 1, &none, nan));
  g_assert_null (csv->kind->encode (csv, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_FILE);
}

/* A few bytes may have a shape that is a terabyte of empty lists. */
static void
test_empty_lists_are_bounded (void)
{
  static const guint64 few[] = { 3, 0 }, many[] = { 1ull << 20, 1ull << 20, 0 };
  g_autoptr (NnArrayFile) good = nn_array_file_new (&nn_arrays_json);
  g_autoptr (NnArrayFile) bad = nn_array_file_new (&nn_arrays_json);
  g_autoptr (NnArrayFile) read = NULL;
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (good->arrays, nn_array_new_floats ("w", 2, few, NULL));
  read = pass_through (good);
  g_assert_cmpmem (((const NnArray *) read->arrays->pdata[0])->shape, sizeof few, few,
                   sizeof few);
  g_ptr_array_add (bad->arrays, nn_array_new_floats ("w", 3, many, NULL));
  g_assert_null (bad->kind->encode (bad, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_SHAPE);
  g_assert_cmpstr (error->message, ==,
                   "'w' of shape (1048576, 1048576, 0) would be 1099511627776 empty "
                   "lists; name a file that ends in .safetensors or .npz");
}

static void
test_metadata_comes_back (void)
{
  g_autoptr (NnArrayFile) file = nn_array_file_new (&nn_arrays_safetensors);
  g_autoptr (NnArrayFile) read = NULL;

  g_ptr_array_add (file->metadata, g_strdup ("author"));
  g_ptr_array_add (file->metadata, g_strdup ("ä \"b\""));
  add_floats (file, "w", 1, 2, 1);
  read = pass_through (file);
  g_assert_cmpstr (nn_array_file_get_metadata (read, "author"), ==, "ä \"b\"");
  g_assert_cmpstr (nn_array_file_get_metadata (read, "format"), ==, "pt");
  g_assert_null (nn_array_file_get_metadata (read, "none"));
}

/* PyTorch's reader takes aligned numbers for granted. */
static void
test_safetensors_are_aligned (void)
{
  const guint64 three = 3;
  g_autoptr (GBytes) bytes = g_bytes_new ("abcdefghijklmnopqrstuvwx", 24);
  g_autoptr (NnArrayFile) file = nn_array_file_new (&nn_arrays_safetensors);
  g_autoptr (NnArrayFile) read = NULL;
  g_autoptr (GBytes) encoded = NULL;
  const guint8 *start;

  for (NnDtype i = 0; i < NN_N_DTYPES; i++)
    g_ptr_array_add (file->arrays, nn_array_new (nn_dtype_get_name (i), i, 1, &three,
                                                 NULL, bytes, NULL));
  encoded = file->kind->encode (file, NULL);
  start = g_bytes_get_data (encoded, NULL);
  read = nn_array_file_parse (encoded, NULL, NULL, NULL);
  for (NnDtype i = 0; i < NN_N_DTYPES; i++) {
    const NnArray *array = read->arrays->pdata[i];
    const guint8 *numbers = g_bytes_get_data (array->bytes, NULL);

    g_assert_cmpuint (array->dtype, ==, i);
    g_assert_cmpuint ((gsize) (numbers - start) % nn_dtype_get_size (i), ==, 0);
  }
}

/* ---- which file, and which of its arrays ------------------------------------------- */

static void
test_member_is_chosen (Scratch *scratch, gconstpointer data)
{
  g_autofree char *path = g_strconcat (scratch->path, ".npz", NULL);
  g_autofree char *chosen = g_strconcat (path, ":model", NULL);
  g_autofree char *missing = g_strconcat (path, ":mod", NULL);
  g_autoptr (NnArrayFile) file = nn_array_file_new (&nn_arrays_npz);
  g_autoptr (NnArrayFile) read = NULL;
  g_autoptr (GError) error = NULL;

  add_floats (file, "model.fc1.bias", 1, 2, 1);
  add_floats (file, "optimizer.fc1.bias", 1, 2, 1);
  add_floats (file, "model", 1, 2, 1);
  g_assert_true (nn_array_file_save (file, path, &error));
  read = nn_array_file_open (chosen, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (read->arrays->len, ==, 2);
  g_assert_nonnull (nn_array_file_find (read, "fc1.bias"));
  g_assert_nonnull (nn_array_file_find (read, "model"));
  g_assert_null (nn_array_file_open (missing, NULL, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_UNKNOWN);
  g_assert_nonnull (strstr (error->message, "begins with 'mod'"));
}

static gboolean
refuse_to_go_on (double fraction, gpointer data)
{
  return FALSE;
}

static void
test_reading_can_be_stopped (Scratch *scratch, gconstpointer data)
{
  const NnProgress progress = { refuse_to_go_on, NULL };
  g_autoptr (NnArrayFile) file = nn_array_file_new (&nn_arrays_npz);
  g_autofree char *path = g_strconcat (scratch->path, ".npz", NULL);
  g_autoptr (GError) error = NULL;

  add_floats (file, "w", 1, 2, 1);
  g_assert_true (nn_array_file_save (file, path, &error));
  g_assert_null (nn_array_file_open (path, &progress, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_CANCELLED);
}

static void
test_other_files_are_named (Scratch *scratch, gconstpointer data)
{
  g_autofree char *expected = g_strdup_printf (
      "%s: it is an HDF5 file (Keras), which holds no arrays that are read here: in "
      "Python, save the model's weights with numpy.savez",
      scratch->path);
  g_autoptr (GError) error = NULL;

  put_contents (scratch->path, "\x89HDF\r\n\x1a\n");
  g_assert_null (nn_array_file_open (scratch->path, NULL, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_UNKNOWN);
  g_assert_cmpstr (error->message, ==, expected);
}

static void
add_for_each_format (const char *name, void (*test) (gconstpointer))
{
  for (guint i = 0; i < NN_N_ARRAY_KINDS; i++) {
    const NnArrayFileKind *kind = nn_array_kind_get (i);
    g_autofree char *path = g_strdup_printf ("/nn/array-file/%s/%s", kind->name, name);

    if (nn_array_kind_is_written (kind, FALSE))
      g_test_add_data_func (path, kind, test);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define add_scratch(name, test)                                                          \
  g_test_add ("/nn/array-file/" name, Scratch, NULL, scratch_set_up, test,               \
              scratch_tear_down)
  add_scratch ("reads-what-numpy-writes", test_reads_what_numpy_writes);
  add_for_each_format ("comes-back", test_comes_back);
  g_test_add_data_func ("/nn/array-file/json/types-come-back", &nn_arrays_json,
                        test_types_come_back_from_text);
  g_test_add_data_func ("/nn/array-file/csv/types-come-back", &nn_arrays_csv,
                        test_types_come_back_from_text);
  g_test_add_func ("/nn/array-file/what-text-cannot-hold", test_what_text_cannot_hold);
  g_test_add_func ("/nn/array-file/json/empty-lists-are-bounded",
                   test_empty_lists_are_bounded);
  g_test_add_func ("/nn/array-file/safetensors/metadata-comes-back",
                   test_metadata_comes_back);
  g_test_add_func ("/nn/array-file/safetensors/numbers-are-aligned",
                   test_safetensors_are_aligned);
  add_scratch ("member-is-chosen", test_member_is_chosen);
  add_scratch ("reading-can-be-stopped", test_reading_can_be_stopped);
  add_scratch ("other-files-are-named", test_other_files_are_named);
#undef add_scratch
  return g_test_run ();
}

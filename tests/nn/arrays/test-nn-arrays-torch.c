/* test-nn-arrays-torch.c - PyTorch's files, bit for bit
 *
 * SPDX-License-Identifier: MIT
 *
 * tests/data/torch.py makes the files and says what each holds; those in tests/data/torch
 * are of Debian 12's PyTorch. Where there is a PyTorch, its own are tried as well.
 */

#include <glib/gstdio.h>
#include <jansson.h>
#include <string.h>

#include "nn/arrays/nn-array-file.h"
#include "nn/arrays/nn-file-type.h"
#include "nn/base/nn-error.h"

#define NO_TORCH 77 /* exit status of torch.py */

static char *
dup_hex (const guint8 *bytes, gsize n_bytes)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < n_bytes; i++)
    g_string_append_printf (text, "%02x", bytes[i]);
  return g_string_free (text, FALSE);
}

/* @expected: of torch.py: name, dtype, shape and bytes */
static void
assert_array (const NnArray *array, json_t *expected)
{
  const gsize n_bytes = array->n_values * nn_dtype_get_size (array->dtype);
  g_autofree guint8 *bytes = g_malloc (n_bytes + 1);
  g_autofree char *hex = NULL;
  json_t *shape = json_object_get (expected, "shape");
  const char *digits = json_string_value (json_object_get (expected, "bytes"));

  g_test_message ("%s", array->name);
  g_assert_cmpstr (array->name, ==,
                   json_string_value (json_object_get (expected, "name")));
  g_assert_cmpstr (nn_dtype_get_name (array->dtype), ==,
                   json_string_value (json_object_get (expected, "dtype")));
  g_assert_cmpuint (array->rank, ==, json_array_size (shape));
  for (guint i = 0; i < array->rank; i++)
    g_assert_cmpint ((gint64) array->shape[i], ==,
                     json_integer_value (json_array_get (shape, i)));
  nn_array_get_bytes (array, bytes);
  hex = dup_hex (bytes, n_bytes);
  g_assert_cmpstr (hex, ==, digits);
  if (array->dtype == NN_DTYPE_FLOAT32) {
    g_autofree float *values = g_new (float, array->n_values + 1);
    g_autofree char *again = NULL;

    nn_array_get_floats (array, values);
    again = dup_hex ((const guint8 *) values, n_bytes);
    if (G_BYTE_ORDER == G_LITTLE_ENDIAN)
      g_assert_cmpstr (again, ==, digits);
  }
}

static void
assert_notes (const NnArrayFile *file, json_t *note)
{
  if (note == NULL) {
    g_assert_cmpuint (file->notes->len, ==, 0);
    return;
  }
  g_assert_cmpuint (file->notes->len, ==, 1);
  g_test_message ("%s", (const char *) file->notes->pdata[0]);
  g_assert_nonnull (strstr (file->notes->pdata[0], json_string_value (note)));
}

static void
assert_file (const char *folder, const char *name, json_t *expected)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (NnArrayFile) file = nn_array_file_open (path, NULL, &error);
  json_t *arrays = json_object_get (expected, "arrays");
  json_t *refused = json_object_get (expected, "refused");

  g_test_message ("%s: %s", name, error != NULL ? error->message : "read");
  if (refused != NULL) {
    g_assert_null (file);
    g_assert_nonnull (strstr (error->message, json_string_value (refused)));
    g_assert_null (strchr (error->message, '\n'));
    return;
  }
  g_assert_no_error (error);
  g_assert_cmpstr (file->kind->name, ==, "torch");
  g_assert_cmpuint (file->arrays->len, ==, json_array_size (arrays));
  for (guint i = 0; i < file->arrays->len; i++)
    assert_array (file->arrays->pdata[i], json_array_get (arrays, i));
  assert_notes (file, json_object_get (expected, "note"));
}

static void
assert_folder (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "expected.json", NULL);
  json_auto_t *expected = json_load_file (path, 0, NULL);
  const char *name;
  json_t *what;

  g_assert_cmpuint (json_object_size (expected), >, 25);
  json_object_foreach (expected, name, what) assert_file (folder, name, what);
}

static void
test_stored_files_are_read (void)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "data", "torch", NULL);

  assert_folder (folder);
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);

  for (const char *name = g_dir_read_name (dir); name; name = g_dir_read_name (dir)) {
    g_autofree char *path = g_build_filename (folder, name, NULL);

    g_unlink (path);
  }
  g_rmdir (folder);
}

/* Of whatever version is installed. */
static void
test_new_files_are_read (void)
{
  g_autofree char *script = g_test_build_filename (G_TEST_DIST, "data", "torch.py", NULL);
  g_autofree char *folder = g_dir_make_tmp ("nudge-test-XXXXXX", NULL);
  g_autofree char *python = g_strdup ("python3");
  char *argv[] = { python, script, folder, NULL };
  g_autofree char *said = NULL;
  int status;

  g_assert_true (g_spawn_sync (NULL, argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL,
                               &said, &status, NULL));
  if (WIFEXITED (status) && WEXITSTATUS (status) == NO_TORCH) {
    g_test_skip ("there is no PyTorch: install python3-torch");
  } else {
    g_test_message ("%s", said);
    g_assert_cmpint (status, ==, 0);
    assert_folder (folder);
  }
  remove_folder (folder);
}

static void
test_a_part_is_chosen_by_its_key (void)
{
  g_autofree char *path =
      g_test_build_filename (G_TEST_DIST, "data", "torch", "checkpoint.pt", NULL);
  g_autofree char *model = g_strconcat (path, ":model", NULL);
  g_autofree char *none = g_strconcat (path, ":modle", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (NnArrayFile) file = nn_array_file_open (model, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (file->arrays->len, ==, 4);
  g_assert_nonnull (nn_array_file_find (file, "0.weight"));
  g_assert_null (nn_array_file_open (none, NULL, &error));
  g_assert_nonnull (strstr (error->message, "modle"));
}

static void
test_files_are_known_by_their_first_bytes (void)
{
  const char *const names[] = { "state-dict.pt", "legacy.pt", "legacy-1.pt",
                                "legacy-4.pt",   "zip64.pt",  "script.pt" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *path =
        g_test_build_filename (G_TEST_DIST, "data", "torch", names[i], NULL);
    NnFileDescription found;

    g_test_message ("%s", names[i]);
    g_assert_true (nn_file_type_find (path, &found, NULL));
    g_assert_cmpstr (found.what, ==, "a PyTorch file");
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/arrays-torch/stored-files-are-read", test_stored_files_are_read);
  g_test_add_func ("/nn/arrays-torch/new-files-are-read", test_new_files_are_read);
  g_test_add_func ("/nn/arrays-torch/a-part-is-chosen-by-its-key",
                   test_a_part_is_chosen_by_its_key);
  g_test_add_func ("/nn/arrays-torch/files-are-known-by-their-first-bytes",
                   test_files_are_known_by_their_first_bytes);
  return g_test_run ();
}

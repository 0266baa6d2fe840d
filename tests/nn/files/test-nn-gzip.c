/* test-nn-gzip.c - unpacking what gzip has packed
 *
 * SPDX-License-Identifier: MIT
 */

#include <string.h>

#include "nn/base/nn-error.h"
#include "nn/files/nn-gzip.h"
#include "nn/tables/nn-csv.h"
#include "packed.h"
#include "tests/nn/scratch.h"

#define TEXT "x,y\n1,2\n3,4\n"
#define MANY ((gsize) 1 << 20)

static GByteArray *
pack (const char *text)
{
  GByteArray *file = g_byte_array_new ();

  packed_append (file, text, strlen (text));
  return file;
}

static void
assert_unpacks (const GByteArray *file, const char *expected)
{
  g_autoptr (GError) error = NULL;
  gsize n_bytes;
  g_autofree char *bytes = nn_gzip_unpack (file->data, file->len, MANY, &n_bytes, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (n_bytes, ==, strlen (expected));
  g_assert_cmpstr (bytes, ==, expected);
}

static void
assert_refused (const GByteArray *file, gsize n_bytes, const char *expected)
{
  g_autoptr (GError) error = NULL;
  gsize n_unpacked;

  g_assert_null (nn_gzip_unpack (file->data, n_bytes, MANY, &n_unpacked, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_SYNTAX);
  g_assert_cmpstr (error->message, ==, expected);
}

static void
test_members_are_joined (void)
{
  g_autoptr (GByteArray) file = pack (TEXT);

  g_assert_true (nn_gzip_recognise (file->data, file->len));
  g_assert_false (nn_gzip_recognise (TEXT, strlen (TEXT)));
  g_assert_false (nn_gzip_recognise (file->data, 2));
  assert_unpacks (file, TEXT);
  packed_append (file, "", 0);
  packed_append (file, "5,6\n", 4);
  assert_unpacks (file, TEXT "5,6\n");
  g_byte_array_append (file, (const guint8 *) "\0\0\0\0\0", 5);
  assert_unpacks (file, TEXT "5,6\n");
}

static void
test_every_cut_is_refused (void)
{
  g_autoptr (GByteArray) file = pack (TEXT);

  for (guint n = 0; n < 3; n++)
    assert_refused (file, n, "the gzip file continues after its end");
  for (guint n = 3; n < file->len; n++)
    assert_refused (file, n, "the gzip file is cut off");
}

static void
test_damage_is_refused (void)
{
  for (guint i = 1; i <= 8; i++) {
    g_autoptr (GByteArray) file = pack (TEXT);

    /* The checksum and the size are at the end. */
    file->data[file->len - i] ^= 1;
    assert_refused (file, file->len, "the gzip file is damaged");
  }
}

static void
test_rest_is_refused (void)
{
  g_autoptr (GByteArray) file = pack (TEXT);

  g_byte_array_append (file, (const guint8 *) "\0x", 2);
  assert_refused (file, file->len, "the gzip file continues after its end");
}

static void
test_size_is_bounded (void)
{
  g_autofree char *zeros = g_malloc0 (4 * MANY);
  g_autoptr (GByteArray) file = g_byte_array_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *bytes = NULL;
  gsize n_bytes;

  packed_append (file, zeros, MANY);
  bytes = nn_gzip_unpack (file->data, file->len, MANY, &n_bytes, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_bytes, ==, MANY);
  packed_append (file, "x", 1);
  g_assert_null (nn_gzip_unpack (file->data, file->len, MANY, &n_bytes, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_FILE);
  g_assert_cmpstr (error->message, ==,
                   "the unpacked gzip file is larger than 1048576 bytes");
  g_clear_error (&error);
  g_byte_array_set_size (file, 0);
  packed_append (file, zeros, 4 * MANY);
  g_assert_null (nn_gzip_unpack (file->data, file->len, MANY, &n_bytes, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_FILE);
}

static void
test_files_are_unpacked (Scratch *scratch, gconstpointer data)
{
  g_autofree char *expected =
      g_strdup_printf ("%s: the gzip file is cut off", scratch->path);
  g_autoptr (GByteArray) file = pack (TEXT);
  g_autoptr (GError) error = NULL;
  g_autoptr (NnCsv) table = NULL;

  g_file_set_contents (scratch->path, (char *) file->data, (gssize) file->len, &error);
  g_assert_no_error (error);
  table = nn_csv_open (scratch->path, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (table->n_rows, ==, 2);
  g_assert_cmpfloat (table->columns[1].numbers[1], ==, 4);
  g_file_set_contents (scratch->path, (char *) file->data, (gssize) file->len - 4, NULL);
  g_assert_null (nn_csv_open (scratch->path, NULL, NULL, &error));
  g_assert_cmpstr (error->message, ==, expected);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/gzip/members-are-joined", test_members_are_joined);
  g_test_add_func ("/nn/gzip/every-cut-is-refused", test_every_cut_is_refused);
  g_test_add_func ("/nn/gzip/damage-is-refused", test_damage_is_refused);
  g_test_add_func ("/nn/gzip/rest-is-refused", test_rest_is_refused);
  g_test_add_func ("/nn/gzip/size-is-bounded", test_size_is_bounded);
  g_test_add ("/nn/gzip/files-are-unpacked", Scratch, NULL, scratch_set_up,
              test_files_are_unpacked, scratch_tear_down);
  return g_test_run ();
}

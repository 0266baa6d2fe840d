/* test-nn-file-type.c - what a file is, by its first bytes
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/arrays/nn-file-type.h"

#include <string.h>
#include <sys/stat.h>
#include <zlib.h>

#include "nn/base/nn-error.h"
#include "nn/files/nn-zip.h"
#include "tests/nn/scratch.h"

typedef struct {
  const char *bytes;
  gsize n_bytes;
  NnFileType type;
  const char *what; /* a part of it */
} Case;

#define EXPERIMENT NN_FILE_TYPE_EXPERIMENT
#define ARRAYS     NN_FILE_TYPE_ARRAYS
#define TABLE      NN_FILE_TYPE_TABLE
#define OTHER      NN_FILE_TYPE_OTHER
#define B(bytes)   bytes, sizeof bytes - 1

static const Case cases[] = {
  { B ("{\"nudge\": 1}"), EXPERIMENT, "an experiment" },
  { B (" \r\n\t{ \"title\": \"}\\\" {\", \"nudge\" : 1}"), EXPERIMENT, "an experiment" },
  { B ("\xef\xbb\xbf{\"nudge\":1}"), EXPERIMENT, "an experiment" },
  { B ("\xff\xfe{\0\"\0n\0u\0d\0g\0e\0\"\0:\0"), EXPERIMENT, "an experiment" },
  { B ("\xfe\xff\0{\0\"\0n\0u\0d\0g\0e\0\"\0:"), EXPERIMENT, "an experiment" },
  { B ("{\"data\": {\"nudge\": 1}}"), ARRAYS, "JSON" },
  { B ("{\"a\": \"nudge\"}"), ARRAYS, "JSON" },
  { B ("[[1, 2]]"), ARRAYS, "JSON" },
  { B ("[\"a\"]"), OTHER, "JSON" },
  { B ("{nudge: 1}"), OTHER, "JSON" },
  { B ("\x93NUMPY\x01\0"), ARRAYS, "npy" },
  { B ("PK\5\6\0\0\0\0"), ARRAYS, "npz" },
  { B ("\x10\0\0\0\0\0\0\0{\"a\""), ARRAYS, "safetensors" },
  { B ("parameter,i,j,value\n"), ARRAYS, "csv" },
  { B ("a;b\n1;2\n"), TABLE, "csv" },
  { B ("1 2 3\n"), TABLE, "csv" },
  { B ("gr\xf6\xdf"
       "e,n\n1,2\n"),
    TABLE, "csv" },
  { B ("\xff\xfe"
       "a\0,\0b\0\n\0"),
    TABLE, "csv" },
  { B ("a\0,\0b\0\n\0"), TABLE, "csv" },
  { B (""), OTHER, "an empty file" },
  { B (" \n\n"), OTHER, "an empty file" },
  { B ("\x89HDF\r\n\x1a\n"), OTHER, "HDF5" },
  { B ("\x89PNG\r\n\x1a\n"), OTHER, "PNG" },
  { B ("\xff\xd8\xff\xe0"), OTHER, "JPEG" },
  { B ("%PDF-1.7\n"), OTHER, "PDF" },
  { B ("PAR1\x15"), OTHER, "Parquet" },
  { B ("\x7f"
       "ELF\2"),
    OTHER, "program" },
  { B ("SQLite format 3\0"), OTHER, "SQLite" },
  { B ("\x80\4\x95"), OTHER, "pickle" },
  { B ("<!DOCTYPE html><html>"), OTHER, "web page" },
  { B ("version https://git-lfs.github.com/spec/v1\n"), OTHER, "Git LFS" },
  { B ("#!/bin/sh\n"), OTHER, "script" },
  { B ("\1\2\3\4\5"), OTHER, "no format known" },
  { B ("\0"), OTHER, "no format known" },
  { B ("\x1f\x8b"), OTHER, "gzip" },
  { B ("\x1f\x8b\x08garbage-garbage-garbage"), OTHER, "gzip" },
  { B ("PK\3\4"), OTHER, "zip" },
  { B ("PK\3\4..........................."
       "...................."),
    OTHER, "zip" },
};

static void
check (const Case *expected, const guint8 *bytes, gsize n_bytes)
{
  const NnFileDescription found = nn_file_type_recognise (bytes, n_bytes);

  if (found.type != expected->type || strstr (found.what, expected->what) == NULL)
    g_error ("case %td: %s, and not %s", expected - cases, found.what, expected->what);
}

static void
test_known_files (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    check (&cases[i], (const guint8 *) cases[i].bytes, cases[i].n_bytes);
}

/* A beginning of anything can be asked about. */
static void
test_all_beginnings (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    for (gsize n = 0; n <= cases[i].n_bytes; n++) {
      g_autofree guint8 *bytes = g_memdup2 (cases[i].bytes, n);

      g_assert_nonnull (nn_file_type_recognise (bytes, n).what);
    }
}

static void
test_looks_into_gzip (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    guint8 packed[1000];
    z_stream stream = { .next_in = (guint8 *) (gsize) cases[i].bytes,
                        .avail_in = (uInt) cases[i].n_bytes,
                        .next_out = packed,
                        .avail_out = sizeof packed };

    if (cases[i].n_bytes == 0)
      continue;
    g_assert_cmpint (deflateInit2 (&stream, 9, Z_DEFLATED, 16 + MAX_WBITS, 8, 0), ==, 0);
    g_assert_cmpint (deflate (&stream, Z_FINISH), ==, Z_STREAM_END);
    deflateEnd (&stream);
    check (&cases[i], packed, sizeof packed - stream.avail_out);
  }
}

static void
check_zip (const char *member, const char *what)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autoptr (GPtrArray) members = g_ptr_array_new ();
  g_autoptr (GBytes) content = g_bytes_new_static ("hello", 5);
  g_autoptr (GBytes) zip = NULL;
  gsize n_bytes;
  const guint8 *bytes;

  g_ptr_array_add (names, (gpointer) (gsize) member);
  g_ptr_array_add (members, content);
  zip = nn_zip_pack (names, members, NULL);
  bytes = g_bytes_get_data (zip, &n_bytes);
  g_assert_nonnull (strstr (nn_file_type_recognise (bytes, n_bytes).what, what));
}

static void
test_archives (void)
{
  check_zip ("fc1.weight.npy", "npz");
  check_zip ("archive/data.pkl", "PyTorch");
  check_zip ("[Content_Types].xml", "Excel");
  check_zip ("mimetype", "LibreOffice");
  check_zip ("metadata.json", "Keras");
  check_zip ("readme.txt", "zip");
}

/* A title or data may come before what makes it an experiment. */
static void
test_experiment_is_known_late (void)
{
  g_autoptr (GString) text = g_string_new ("{\"title\": \"");

  while (text->len < 30000)
    g_string_append (text, "a long title ");
  g_string_append (text, "\", \"nudge\": 1}");
  g_assert_cmpuint (nn_file_type_recognise ((const guint8 *) text->str, text->len).type,
                    ==, EXPERIMENT);
}

static void
test_reads_the_file (Scratch *scratch, gconstpointer data)
{
  NnFileDescription found;
  g_autoptr (GError) error = NULL;

  g_assert_false (nn_file_type_find (scratch->path, &found, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_FILE);
  g_clear_error (&error);
  g_assert_false (nn_file_type_find (scratch->folder, &found, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_FILE);
  g_clear_error (&error);
  put_contents (scratch->path, "{\"nudge\": 1}");
  g_assert_true (nn_file_type_find (scratch->path, &found, &error));
  g_assert_cmpuint (found.type, ==, EXPERIMENT);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/file-type/known-files", test_known_files);
  g_test_add_func ("/nn/file-type/all-beginnings", test_all_beginnings);
  g_test_add_func ("/nn/file-type/looks-into-gzip", test_looks_into_gzip);
  g_test_add_func ("/nn/file-type/archives", test_archives);
  g_test_add_func ("/nn/file-type/experiment-is-known-late",
                   test_experiment_is_known_late);
  g_test_add ("/nn/file-type/reads-the-file", Scratch, NULL, scratch_set_up,
              test_reads_the_file, scratch_tear_down);
  return g_test_run ();
}

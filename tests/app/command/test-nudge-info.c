/* test-nudge-info.c - `nudge info` and `nudge convert`
 *
 * SPDX-License-Identifier: MIT
 */

#include <string.h>

#include "nn/arrays/nn-array-file.h"
#include "tests/app/program.h"

#define WIDTH 80 /* columns of a terminal */

/* Two arrays with statistics that are known, in the format that @name says. */
static void
save_arrays (const Scratch *scratch, const char *name)
{
  static const float weight[] = { 3, 0, 0, -4 }, bias[] = { 0.5f };
  static const guint64 shapes[][2] = { { 2, 2 }, { 1, 1 } };
  g_autofree char *path = g_build_filename (scratch->folder, name, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (NnArrayFile) file =
      nn_array_file_new (nn_array_kind_find (name, TRUE, &error));

  g_assert_no_error (error);
  g_ptr_array_add (file->arrays,
                   nn_array_new_floats ("fc1.weight", 2, shapes[0], weight));
  g_ptr_array_add (file->arrays, nn_array_new_floats ("fc1.bias", 1, shapes[1], bias));
  nn_array_file_save (file, path, &error);
  g_assert_no_error (error);
}

static void
assert_says (const Scratch *scratch, const char *arguments, const char *expected)
{
  g_auto (Outcome) outcome = program_run (scratch, arguments);

  g_assert_cmpstr (outcome.err, ==, "");
  g_assert_cmpstr (outcome.out, ==, expected);
  g_assert_cmpint (outcome.status, ==, 0);
}

/* ---- info -------------------------------------------------------------------------- */

#define TABLE                                                                            \
  "name        type     shape   min  max   mean    std  norm  zeros\n"                   \
  "fc1.weight  float32  (2, 2)   -4    3  -0.25  2.872     5      2\n"                   \
  "fc1.bias    float32  (1,)    0.5  0.5    0.5      -   0.5      0\n"

static void
test_info_on_arrays (Scratch *scratch, gconstpointer data)
{
  save_arrays (scratch, "x.safetensors");
  save_arrays (scratch, "y.npz");
  assert_says (scratch, "info x.safetensors",
               "x.safetensors is a safetensors file\n2 arrays, 5 numbers\nformat  "
               "pt\n\n" TABLE);
  assert_says (scratch, "info y.npz",
               "y.npz is a NumPy archive of arrays (npz)\n2 arrays, 5 numbers\n\n" TABLE);
}

/* Whatever it is called, and from a pipe, and packed. */
static void
test_info_knows_the_first_bytes (Scratch *scratch, gconstpointer data)
{
  g_auto (Outcome) piped = { 0 };
  g_auto (Outcome) packed = { 0 };

  save_arrays (scratch, "x.npz");
  piped = program_shell (scratch, "mv x.npz x.csv; cat x.csv | nudge info /dev/stdin");
  g_assert_cmpstr (piped.out, ==,
                   "/dev/stdin is a NumPy archive of arrays (npz)\n2 arrays, 5 "
                   "numbers\n\n" TABLE);
  packed = program_shell (scratch, "gzip x.csv; nudge info x.csv.gz");
  g_assert_cmpstr (packed.out, ==,
                   "x.csv.gz is a NumPy archive of arrays (npz)\n2 arrays, 5 "
                   "numbers\n\n" TABLE);
}

/* One that ends is read, if only to say that it is empty. */
static void
test_info_on_devices_and_pipes (Scratch *scratch, gconstpointer data)
{
  g_auto (Outcome) fifo = { 0 };
  g_auto (Outcome) input = { 0 };

  save_arrays (scratch, "x.npz");
  fifo = program_shell (scratch, "mkfifo pipe; cat x.npz >pipe & nudge info pipe");
  g_assert_cmpstr (fifo.out, ==,
                   "pipe is a NumPy archive of arrays (npz)\n2 arrays, 5 "
                   "numbers\n\n" TABLE);
  assert_refuses (scratch, "info /dev/zero", 2,
                  "nudge: info: cannot read /dev/zero: it is a device, name a file\n");
  assert_refuses (scratch, "convert /dev/urandom x.npy", 2,
                  "cannot read /dev/urandom: it is a device, name a file\n");
  assert_refuses (scratch, "info /dev/null", 2, "it is an empty file");
  input = program_shell (scratch, "nudge info - </dev/zero");
  g_assert_cmpint (input.status, ==, 2);
  g_assert_nonnull (strstr (input.err, "it is a device, name a file\n"));
}

/* What a pipe brings has no end, but is refused by how it begins; a table that may end
 * is, once it fills much of the memory. */
static void
test_info_refuses_an_endless_pipe (Scratch *scratch, gconstpointer data)
{
#ifndef __SANITIZE_ADDRESS__
  static const char *const commands[] = { "yes '#!' | nudge info -",
                                          "cat /dev/zero | nudge info -",
                                          "yes | nudge convert - x.npz" };
  g_auto (Outcome) table = { 0 };
  g_auto (Outcome) endless = { 0 };

  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++) {
    g_autofree char *limited = g_strconcat ("ulimit -v 400000; ", commands[i], NULL);
    g_auto (Outcome) outcome = program_shell (scratch, limited);

    g_test_message ("%s", outcome.err);
    g_assert_cmpint (outcome.status, ==, 2);
    g_assert_null (strstr (outcome.err, "larger than"));
  }
  table = program_shell (scratch, "yes 1,2 | head -n 600000 | nudge info -");
  g_assert_nonnull (strstr (table.out, "\n600000 rows of 2 columns\n"));
  endless = program_shell (scratch, "ulimit -v 400000; yes | nudge info -");
  g_test_message ("%s", endless.err);
  g_assert_cmpint (endless.status, ==, 2);
  g_assert_nonnull (strstr (endless.err, ": it has not ended after "));
  g_assert_nonnull (strstr (endless.err, " MB, a quarter of the memory that there is\n"));
  g_assert_cmpuint (scratch_count (scratch), ==, 0);
#endif
}

/* It is no table for that. */
static void
test_info_names_gzip_in_gzip (Scratch *scratch, gconstpointer data)
{
  g_auto (Outcome) info = { 0 };
  g_auto (Outcome) convert = { 0 };

  scratch_put (scratch, "x", "a,b\n1,2\n");
  info = program_shell (scratch, "gzip <x | gzip >x.gz; nudge info x.gz");
  g_assert_cmpstr (info.err, ==,
                   "nudge: info: x.gz: it is a gzip file in a gzip file: unpack it "
                   "first\n");
  convert = program_shell (scratch, "nudge convert x.gz x.npz");
  g_assert_nonnull (
      strstr (convert.err, "it is packed twice by gzip: unpack it first\n"));
}

static void
test_info_on_a_part (Scratch *scratch, gconstpointer data)
{
  g_auto (Outcome) outcome = { 0 };

  save_arrays (scratch, "x.npz");
  outcome = program_run (scratch, "info x.npz:fc1.bias");
  g_assert_nonnull (strstr (outcome.out, "1 array, 1 number\n"));
  assert_refuses (scratch, "info x.npz:fc2", 2,
                  "nudge: info: x.npz: there is no array whose name is or begins with "
                  "'fc2'\n");
}

/* A safetensors file of one array that is read, and one that is not. */
static void
put_two_types (const Scratch *scratch, const char *name)
{
  static const char header[] =
      "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
      "\"m.b\":{\"dtype\":\"F8_E4M3\",\"shape\":[2,2],\"data_offsets\":[4,8]}}";
  const guint8 length[8] = { sizeof header - 1 };
  const guint8 values[8] = { 0, 0, 0, 0x40, 1, 2, 3, 4 };
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autofree char *path = g_build_filename (scratch->folder, name, NULL);

  g_byte_array_append (bytes, length, sizeof length);
  g_byte_array_append (bytes, (const guint8 *) header, sizeof header - 1);
  g_byte_array_append (bytes, values, sizeof values);
  g_assert_true (
      g_file_set_contents (path, (const char *) bytes->data, bytes->len, NULL));
}

/* The others are seen. */
static void
test_info_lists_what_it_does_not_read (Scratch *scratch, gconstpointer data)
{
  put_two_types (scratch, "x.safetensors");
  assert_says (scratch, "info x.safetensors",
               "x.safetensors is a safetensors file\n2 arrays, 1 number\n"
               "note  1 array is of a type that is not read: it has no numbers here\n\n"
               "name  type     shape   min  max  mean  std  norm  zeros\n"
               "a     float32  (1,)      2    2     2    -     2      0\n"
               "m.b   F8_E4M3  (2, 2)    -    -     -    -     -      -\n");
  assert_says (scratch, "info x.safetensors:m",
               "x.safetensors:m is a safetensors file\n1 array, 0 numbers\n"
               "note  1 array is of a type that is not read: it has no numbers here\n\n"
               "name  type     shape   min  max  mean  std  norm  zeros\n"
               "b     F8_E4M3  (2, 2)    -    -     -    -     -      -\n");
  assert_refuses (scratch, "convert x.safetensors x.npz", 2,
                  "m.b.dtype: numbers of the type F8_E4M3 are not read; in Python, save "
                  "them as float32\n");
}

/* NaN counts and is in no other statistic; a name may not write to the terminal. */
static void
test_info_on_odd_arrays (Scratch *scratch, gconstpointer data)
{
  scratch_put (scratch, "x.csv",
               "parameter,i,j,value\n\"a\nb\033[2J\",0,,nan\n\"a\nb\033[2J\",1,,2.5\n"
               "inf,0,,inf\ninf,1,,1\n");
  assert_says (scratch, "info x.csv",
               "x.csv is arrays in a table of text (csv)\n2 arrays, 4 numbers\n\n"
               "name     type     shape  min  max  mean  std  norm  zeros  nan\n"
               "a?b?[2J  float32  (2,)   2.5  2.5   2.5    -   2.5      0    1\n"
               "inf      float32  (2,)     1  inf   inf  nan   inf      0    0\n");
}

static void
test_info_on_a_table (Scratch *scratch, gconstpointer data)
{
  scratch_put (scratch, "x.csv", "size;colour\n1,5;red\n-2;blue\n");
  assert_says (scratch, "info x.csv",
               "x.csv is a table of text (csv)\n2 rows of 2 columns\n"
               "note  separator ';', decimal comma, a header of 2 names\n"
               "note  column 'colour' is 2 classes: 'red' 0, 'blue' 1\n\n"
               "column  holds      values     missing\n"
               "size    numbers    -2 to 1.5        0\n"
               "colour  2 classes  red, blue        0\n");
}

/* Names of people, and a name that is a paragraph. */
static void
test_info_on_long_names (Scratch *scratch, gconstpointer data)
{
  g_autofree char *paragraph = g_strnfill (5000, 'q');
  g_autofree char *text = g_strconcat (paragraph,
                                       ",y\n\"Braund, Mr. Owen Harris\",1\n"
                                       "\"Heikkinen, Miss. Laina\",2\nMüller,3\n",
                                       NULL);
  g_auto (Outcome) outcome = { 0 };
  char *table;

  scratch_put (scratch, "x.csv", text);
  outcome = program_run (scratch, "info x.csv");
  g_assert_cmpint (outcome.status, ==, 0);
  table = strstr (outcome.out, "\ncolumn");
  g_assert_nonnull (table);
  g_assert_nonnull (strstr (table, "\nqqqqqqqqqqqqqqqq…  3 classes  Braund, Mr. Owen…, "
                                   "Heikkinen, Miss.…, …        0\n"));
}

/* The statistics need no memory of the array's size: 64 MiB of bytes as doubles were 512. */
static void
test_info_needs_little_memory (Scratch *scratch, gconstpointer data)
{
#ifndef __SANITIZE_ADDRESS__
  g_auto (Outcome) outcome = program_shell (
      scratch, "printf '\\0\\0\\10\\1\\4\\0\\0\\0' >x && truncate -s 67108872 x && "
               "ulimit -v 300000 && nudge info x");

  g_assert_cmpstr (outcome.err, ==, "");
  g_assert_nonnull (
      strstr (outcome.out, "uint8  (67108864,)    0    0     0    0     0"));
  g_assert_cmpint (outcome.status, ==, 0);
#endif
}

static void
test_info_on_an_experiment (Scratch *scratch, gconstpointer data)
{
  g_auto (Outcome) outcome =
      program_shell (scratch, "nudge run seed --steps 1 --nudge 'fc1: w + 0.1*w' --save "
                              "x.nudge --quiet && nudge info x.nudge");

  g_assert_cmpstr (outcome.err, ==, "");
  g_assert_true (g_str_has_prefix (outcome.out, "x.nudge is an experiment\n"
                                                "title      "));
  g_assert_nonnull (strstr (outcome.out, "\nseed       1\n"));
  g_assert_nonnull (strstr (outcome.out, "\ndata       uniform, examples 3"));
  g_assert_nonnull (strstr (outcome.out, "\nnetwork    1-2-3-1, 17 parameters: fc1 relu, "
                                         "fc2 relu, fc3 identity\n"));
  g_assert_nonnull (strstr (outcome.out, "\noptimizer  adam, lr 0.001, "));
  g_assert_nonnull (strstr (outcome.out, "fc1: w + 0.1*w"));
}

/* An experiment as a text editor on Windows saves it. */
static void
test_info_on_marked_text (Scratch *scratch, gconstpointer data)
{
  g_auto (Outcome) outcome = program_shell (
      scratch, "nudge run seed --steps 1 --save x.nudge --quiet &&"
               "(printf '\\357\\273\\277'; cat x.nudge) >bom.nudge &&"
               "iconv -f UTF-8 -t UTF-16 x.nudge >wide.nudge &&"
               "nudge info bom.nudge && nudge info wide.nudge && nudge run --quiet "
               "--steps 2 bom.nudge && nudge run --quiet --steps 2 wide.nudge");

  g_assert_cmpstr (outcome.err, ==, "");
  g_assert_cmpint (outcome.status, ==, 0);
}

static void
test_info_fits_a_terminal (Scratch *scratch, gconstpointer data)
{
  g_auto (Outcome) outcome =
      program_shell (scratch, "nudge run seed --steps 9 --snapshot x.npz --quiet &&"
                              "nudge info x.npz");
  g_auto (GStrv) lines = g_strsplit (outcome.out, "\n", -1);

  g_assert_cmpuint (g_strv_length (lines), ==, 11);
  for (guint i = 0; lines[i] != NULL; i++)
    g_assert_cmpuint (strlen (lines[i]), <=, WIDTH);
}

static void
test_info_refuses (Scratch *scratch, gconstpointer data)
{
  scratch_put (scratch, "x.png", "\x89PNG\r\n\x1a\n");
  scratch_put (scratch, "empty", "");
  scratch_put (scratch, "x.json", "{\"a\": \"b\"}");
  assert_refuses (scratch, "info x.png", 2,
                  "nudge: info: x.png: it is a PNG picture: save its numbers as csv or, "
                  "with numpy.save, as npy\n");
  assert_refuses (scratch, "info empty", 2, "nudge: info: empty: it is an empty file\n");
  assert_refuses (scratch, "info x.json", 2,
                  "nudge: info: x.json: a: expected numbers, or names and numbers, found "
                  "\"b\"\n");
  scratch_put (scratch, "x.txt", "a,b\n1,2\n1,2,3\n");
  assert_refuses (scratch, "info x.txt", 2,
                  "nudge: info: x.txt: read as a table of text (csv): ");
  assert_refuses (scratch, "info none", 2,
                  "nudge: info: cannot read none: No such file or directory\n");
  assert_refuses (scratch, "info", 2,
                  "nudge: info: no file is given; for example: nudge info x.npz\n");
  assert_refuses (scratch, "info a b", 2,
                  "nudge: info: only one file can be shown at a time\n");
  assert_refuses (scratch, "run x.png", 2,
                  "nudge: run: x.png: it is a PNG picture, and neither an experiment nor "
                  "data: save its numbers as csv or, with numpy.save, as npy\n");
}

/* ---- convert ----------------------------------------------------------------------- */

/* Through every format and back: the same bytes. */
static void
test_convert_there_and_back (Scratch *scratch, gconstpointer data)
{
  static const char *const names[] = { "b.safetensors", "b.json", "b.csv", "b.npz" };

  save_arrays (scratch, "a.npz");
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *there = g_strdup_printf ("convert a.npz %s", names[i]);
    g_autofree char *back = g_strdup_printf ("convert %s c.npz", names[i]);
    g_autofree char *said = g_strdup_printf ("written  %s\n", names[i]);

    assert_says (scratch, there, said);
    assert_succeeds (scratch, back);
    assert_same_files (scratch, "a.npz", "c.npz");
  }
}

static void
test_convert_says_what_it_changes (Scratch *scratch, gconstpointer data)
{
  scratch_put (scratch, "x.json", "[[1, 2], [3, 4]]");
  assert_says (scratch, "convert x.json x.npz",
               "written  x.npz\nnote     the array has the name arr_0 now\n");
  assert_says (scratch, "convert x.npz x.npy",
               "written  x.npy\nnote     the name arr_0 is left out\n");
  save_arrays (scratch, "x.safetensors");
  assert_says (scratch, "convert x.safetensors y.npz",
               "written  y.npz\nnote     the metadata is left out\n");
}

static void
test_convert_refuses (Scratch *scratch, gconstpointer data)
{
  save_arrays (scratch, "a.npz");
  scratch_put (scratch, "b.npy", "old");
  assert_refuses (scratch, "convert a.npz b.npy", 2,
                  "nudge: convert: an npy file holds one array, and here are 2: name a "
                  "file that ends in .npz\n");
  assert_refuses (scratch, "convert a.npz ./a.npz", 2,
                  "nudge: convert: input and output are the same file; name another "
                  "output\n");
  assert_refuses (scratch, "convert a.npz a.pt", 2,
                  "nudge: convert: a.pt: such a file is only read; name a file that ends "
                  "in .safetensors, .npz, .npy, .json or .csv\n");
  assert_refuses (scratch, "convert a.npz", 2,
                  "nudge: convert: an input and an output are needed; for example: nudge "
                  "convert x.pt x.npz\n");
  assert_refuses (scratch, "convert b.npy c.npz", 2,
                  "nudge: convert: b.npy: it is a table of text (csv), which holds no "
                  "arrays that are read here\n");
  assert_refuses (
      scratch, "convert a.npz none/c.npz", 1,
      "nudge: convert: cannot write none/c.npz: there is no folder none, create "
      "it first\n");
  g_assert_cmpuint (scratch_count (scratch), ==, 2);
}

/* A full disk leaves the old file, and nothing else. */
static void
test_convert_is_atomic (Scratch *scratch, gconstpointer data)
{
  g_auto (Outcome) outcome = { 0 };
  g_autofree char *old = NULL;

  save_arrays (scratch, "a.npz");
  scratch_put (scratch, "b.csv", "old");
  outcome =
      program_shell (scratch, "trap '' XFSZ; ulimit -f 0; nudge convert a.npz b.csv");
  assert_one_line (&outcome);
  g_assert_cmpint (outcome.status, ==, 1);
  old = read_file (scratch, "b.csv", NULL);
  g_assert_cmpstr (old, ==, "old");
  g_assert_cmpuint (scratch_count (scratch), ==, 2);
}

static void
add (const char *path, void (*test) (Scratch *, gconstpointer))
{
  g_test_add (path, Scratch, NULL, scratch_set_up, test, scratch_remove_all);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  add ("/nudge/info/arrays", test_info_on_arrays);
  add ("/nudge/info/knows-the-first-bytes", test_info_knows_the_first_bytes);
  add ("/nudge/info/refuses-an-endless-pipe", test_info_refuses_an_endless_pipe);
  add ("/nudge/info/names-gzip-in-gzip", test_info_names_gzip_in_gzip);
  add ("/nudge/info/a-part", test_info_on_a_part);
  add ("/nudge/info/devices-and-pipes", test_info_on_devices_and_pipes);
  add ("/nudge/info/lists-what-it-does-not-read", test_info_lists_what_it_does_not_read);
  add ("/nudge/info/odd-arrays", test_info_on_odd_arrays);
  add ("/nudge/info/a-table", test_info_on_a_table);
  add ("/nudge/info/long-names", test_info_on_long_names);
  add ("/nudge/info/needs-little-memory", test_info_needs_little_memory);
  add ("/nudge/info/an-experiment", test_info_on_an_experiment);
  add ("/nudge/info/marked-text", test_info_on_marked_text);
  add ("/nudge/info/fits-a-terminal", test_info_fits_a_terminal);
  add ("/nudge/info/refuses", test_info_refuses);
  add ("/nudge/convert/there-and-back", test_convert_there_and_back);
  add ("/nudge/convert/says-what-it-changes", test_convert_says_what_it_changes);
  add ("/nudge/convert/refuses", test_convert_refuses);
  add ("/nudge/convert/is-atomic", test_convert_is_atomic);
  return g_test_run ();
}

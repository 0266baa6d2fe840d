/* test-nn-csv.c - tables of text
 *
 * SPDX-License-Identifier: MIT
 */

#include <math.h>
#include <string.h>

#include "nn/base/nn-error.h"
#include "nn/tables/nn-csv.h"
#include "tests/nn/scratch.h"

/* "x: 1 2 nan; y: red blue red {red blue}": columns in order, and the classes' names. */
static char *
dup_picture (const NnCsv *table)
{
  GString *text = g_string_new (NULL);

  for (gsize k = 0; k < table->n_columns; k++) {
    const NnCsvColumn *column = &table->columns[k];

    g_string_append_printf (text, "%s%s:", k > 0 ? "; " : "", column->name);
    for (gsize i = 0; i < table->n_rows; i++)
      if (isnan (column->numbers[i]))
        g_string_append (text, " nan");
      else if (column->classes != NULL)
        g_string_append_printf (
            text, " %s", (char *) column->classes->pdata[(int) column->numbers[i]]);
      else
        g_string_append_printf (text, " %.9g", (double) column->numbers[i]);
    for (guint i = 0; column->classes != NULL && i < column->classes->len; i++)
      g_string_append_printf (text, "%s%s%s", i == 0 ? " {" : " ",
                              (char *) column->classes->pdata[i],
                              i + 1 == column->classes->len ? "}" : "");
  }
  return g_string_free (text, FALSE);
}

static char *
dup_notes (const NnCsv *table)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < table->notes->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "; " : "",
                            (char *) table->notes->pdata[i]);
  return g_string_free (text, FALSE);
}

/* What becomes of a text. */
typedef struct {
  const char *name;
  const char *text;
  const char *picture; /* (nullable) */
  const char *notes;   /* (nullable) their beginning */
  const char *error;   /* (nullable) */
  NnCsvDialect dialect;
  gsize n_bytes; /* 0: up to a NUL */
} Case;

static const Case cases[] = {
  { "plain", "x,y\n1,2\n3,4\n", "x: 1 3; y: 2 4",
    "separator ',', decimal point, a header of 2 names" },
  { "no-line-end", "x,y\n1,2", "x: 1; y: 2" },
  { "crlf", "x,y\r\n1,2\r\n3,4\r\n", "x: 1 3; y: 2 4" },
  { "cr", "x,y\r1,2\r3,4\r", "x: 1 3; y: 2 4" },
  { "mark", "\xef\xbb\xbfx,y\n1,2\n", "x: 1; y: 2" },
  { "semicolon", "x;y\n1,5;2\n-3,25;4\n", "x: 1.5 -3.25; y: 2 4",
    "separator ';', decimal comma, a header of 2 names" },
  { "semicolon-without-header", "1,5;2,5\n3,1;4,2\n",
    "1: 1.5 3.0999999; 2: 2.5 4.19999981",
    "separator ';', decimal comma, no header: columns are called 1 to 2" },
  { "semicolon-and-point", "x;y\n1.5;2\n", "x: 1.5; y: 2" },
  { "tabs", "x\ty\n1\t\n3\t4\n", "x: 1 3; y: nan 4", "separated by tabs" },
  { "bars", "x|y\n1|2\n", "x: 1; y: 2", "separator '|'" },
  { "blanks", "  x   y\n 1.5\t2 \n3   4\n", "x: 1.5 3; y: 2 4", "separated by blanks" },
  { "blanks-and-commas", "1,5 2,5\n3,5 4,5\n", "1: 1.5 3.5; 2: 2.5 4.5",
    "separated by blanks, decimal comma" },
  { "comma-and-blank", "x, y\n1, 2\n3 ,4 \n", "x: 1 3; y: 2 4" },
  { "one-column", "x\n1\n2\n", "x: 1 2", "one column" },
  { "one-column-of-numbers", "1\n2\n", "1: 1 2",
    "one column, decimal point, no header: the column is called 1" },
  { "excel-says-separator", "sep=;\nx;y\n1;2\n", "x: 1; y: 2", "separator ';'" },
  { "comments", "# measured\n#\n\nx,y\n1,2\n#3,4\n", "x: 1 #3 {1 #3}; y: 2 4" },
  { "comments-without-header", "# a, b\n1,2\n3,4\n", "1: 1 3; 2: 2 4",
    "separator ',', decimal point, no header: columns are called 1 to 2; "
    "1 line before the table left out: #" },
  { "blank-lines", "\n\nx,y\n1,2\n\n \n3,4\n\n\n", "x: 1 3; y: 2 4",
    "separator ',', decimal point, a header of 2 names; 2 blank lines left out, the "
    "first is line 5" },
  { "quotes", "\"x\",\"y, in \"\"m\"\"\"\n\"1\",\" 2 \"\n", "x: 1; y, in \"m\": 2" },
  { "quoted-lines", "x,y\n\"a\nb\",1\n\"a\r\nb\",2\n",
    "x: a\nb a\r\nb {a\nb a\r\nb}; y: 1 2" },
  { "quoted-decimal-comma", "x,y\n\"1,5\",2\n\"2,5\",3\n", "x: 1.5 2.5; y: 2 3",
    "separator ',', decimal comma" },
  { "quote-inside", "x,y\n5\" pipe,1\n3\" pipe,2\n5\" pipe,3\n",
    "x: 5\" pipe 3\" pipe 5\" pipe {5\" pipe 3\" pipe}; y: 1 2 3" },
  { "numbers",
    "x\n+1\n-0\n1e3\n.5\n1.\n1E+3\n-1.5e-2\ninf\n-Infinity\n1e999\n\xe2\x88\x92"
    "2\n",
    "x: 1 -0 1000 0.5 1 1000 -0.0149999997 inf -inf inf -2" },
  { "no-numbers", "x,k\n0x10,1\n1_000,2\n1e,3\n1.2.3,4\n5%,5\n+,6\n1e,7\n",
    "x: 0x10 1_000 1e 1.2.3 5% + 1e {0x10 1_000 1e 1.2.3 5% +}; k: 1 2 3 4 5 6 7" },
  { "missing", "x,k\n,1\n?,2\nNA,3\nn/a,4\nNaN,5\nnull,6\nNone,7\n-,8\n.,9\n5,10\n",
    "x: nan nan nan nan nan nan nan nan nan 5; k: 1 2 3 4 5 6 7 8 9 10",
    "separator ',', decimal point, a header of 2 names; "
    "9 missing values, the first in line 2, column 'x'" },
  { "signs-are-classes", "1,+\n2,-\n3,+\n4,?\n", "1: 1 2 3 4; 2: + - + nan {+ -}" },
  { "classes", "5.0,red\n6.2,blue\n4.7,red\n6.9,green\n",
    "1: 5 6.19999981 4.69999981 6.9000001; 2: red blue red green {red blue green}",
    "separator ',', decimal point, no header: columns are called 1 to 2; "
    "column '2' is 3 classes: 'red' 0, 'blue' 1, 'green' 2" },
  { "numbers-among-classes", "c,x\n1,1\n01,2\na,3\nb,4\na,5\n",
    "c: 1 01 a b a {1 01 a b}; x: 1 2 3 4 5" },
  { "word-among-numbers", "age,x\n31,1\nabc,2\n47,3\n", "age: 31 nan 47; x: 1 2 3",
    "separator ',', decimal point, a header of 2 names; "
    "line 3, column 'age': 'abc' is not a number" },
  { "header-of-names-only", "c,d\nred,a\nblue,a\nred,b\n",
    "c: red blue red {red blue}; d: a a b {a b}" },
  { "no-header-of-names-only", "red,a\nblue,a\nred,b\n",
    "1: red blue red {red blue}; 2: a a b {a b}" },
  { "numbers-as-names", "label,0,1\n7,1,2\n8,3,4\n", "label: 7 8; 0: 1 3; 1: 2 4" },
  { "names-with-blanks", "red car,a b\nblue van,c d\nred car,a b\n",
    "1: red car blue van red car {red car blue van}; 2: a b c d a b {a b c d}" },
  { "number-as-name-twice",
    ",x,1\n2,3,4\n",
    "1.1: 2; x: 3; 1: 4",
    NULL,
    NULL,
    { .header = NN_CSV_HEADER_YES } },
  { "index-without-name", ",x\n0,1.5\n1,2.5\n", "1: 0 1; x: 1.5 2.5",
    "column 1 has no name: it is called '1'" },
  { "names-twice",
    "x,x,x.1,,5\n1,2,3,4,5\n2,3,4,5,6\n",
    "x: 1 2; x.2: 2 3; x.1: 3 4; 4: 4 5; 5: 5 6",
    "column 2 is called 'x', as another one is: here it is 'x.2'; "
    "column 4 has no name: it is called '4'",
    NULL,
    { .header = NN_CSV_HEADER_YES } },
  { "latin-1",
    "gr\xf6\xdf"
    "e,x\n1,2\n",
    "größe: 1; x: 2",
    "separator ',', decimal point, a header of 2 names, encoding latin-1" },
  { "windows-1252", "\x80,x\n1,2\n", "€: 1; x: 2" },
  { "utf-16",
    "\xff\xfex\0,\0\x3d\xd8\x00\xde\n\0001\0,\0002\0\n\0",
    "x: 1; 😀: 2",
    "separator ',', decimal point, a header of 2 names, encoding utf-16",
    NULL,
    { 0 },
    20 },
  { "utf-16-big-endian-without-mark",
    "\0x\0,\0y\0\n\0001\0,\0002\0\n",
    "x: 1; y: 2",
    "separator ',', decimal point, a header of 2 names, encoding utf-16be",
    NULL,
    { 0 },
    16 },
  { "given-header",
    "1,2\n3,4\n",
    "1: 3; 2: 4",
    NULL,
    NULL,
    { .header = NN_CSV_HEADER_YES } },
  { "given-no-header",
    "x,1\ny,2\nz,3\n",
    "1: x y z {x y z}; 2: 1 2 3",
    NULL,
    NULL,
    { .header = NN_CSV_HEADER_NO } },
  { "given-separator",
    "1,5;2\n3,5;4\n",
    "1: 1 3; 2: 5;2 5;4 {5;2 5;4}",
    NULL,
    NULL,
    { .separator = ',' } },
  { "given-decimal",
    "x;y\n1.5;2\n",
    "x: 1.5 {1.5}; y: 2",
    NULL,
    NULL,
    { .decimal = ',' } },
  { "given-encoding",
    "\xc3\xa9,x\n1,2\n",
    "Ã©: 1; x: 2",
    NULL,
    NULL,
    { .encoding = "ISO-8859-1" } },

  { "empty", "", NULL, NULL, "the table is empty" },
  { "nothing-but-comments", "# x\n\n", NULL, NULL, "the table is empty" },
  { "no-rows", "x,y\n", NULL, NULL, "the table has a header and no rows" },
  { "short-row", "x,y,z\n1,2,3\n1,2\n4,5,6\n", NULL, NULL,
    "line 3 has 2 fields, and line 1 has 3" },
  { "long-row", "x,y,z\n1,2,3\n4,5,6\n1,2,3,4,5\n", NULL, NULL,
    "line 4 has 5 fields, and line 1 has 3" },
  { "title-before-header", "My table\nx,y,z\n1,2,3\n4,5,6\n7,8,9\n", NULL, NULL,
    "line 2 has 3 fields, and line 1 has 1" },
  { "open-quote", "x,y\n1,2\n\"3,4\n", NULL, NULL,
    "line 3: a field begins with a quote (\") that has no end" },
  { "text-behind-quote", "x,y\n1,2\n\"3\"3,4\n", NULL, NULL,
    "line 3: a field continues after the quote (\") that ends it" },
  { "nul",
    "x,y\n1,2\n3,\0\n",
    NULL,
    NULL,
    "line 3: found a byte 0, expected text",
    { 0 },
    12 },
  { "german-thousands",
    "Preis;Menge;Teil\n1.000,5;1.000;1.000,5\n-12.345.678;2;0x\n500;1.500;z\n;-;y\n",
    "Preis: 1000.5 -12345678 500 nan; Menge: 1.000 2 1.500 - {1.000 2 1.500 -}; "
    "Teil: 1.000,5 0x z y {1.000,5 0x z y}",
    "separator ';', decimal comma, a header of 3 names; column 'Menge' is 4 classes: "
    "'1.000' 0, '2' 1, '1.500' 2, '-' 3; line 2, column 'Menge': points after "
    "thousands, as in 1.000,5, are read with a decimal comma and if the column has only "
    "such numbers; else leave them out of the file; column 'Teil' is 4 classes" },
  { "german-thousands-alone", "1.000\n1.000,5\n2.000\n", "1: 1000 1000.5 2000" },
  { "german-thousands-and-others", "x;y\n1.000,5;1,5\n1.00,5;2\n3;4\n",
    "x: 1.000,5 1.00,5 3 {1.000,5 1.00,5 3}; y: 1.5 2 4" },
  { "perhaps-german-thousands", "x;y\n1.000;1,5\n192.168.100.200;2,5\n",
    "x: 1.000 192.168.100.200 {1.000 192.168.100.200}; y: 1.5 2.5" },
  { "no-german-thousands", "x;y\n1.000;1.5\n2.500;192.168.100.200\n3.000;2\n",
    "x: 1 2.5 3; y: 1.5 nan 2" },
  { "a-point-before-three-zeros", "x,y\n1.000,1.5\n2.000,2.25\n", "x: 1 2; y: 1.5 2.25",
    "separator ',', decimal point, a header of 2 names" },
  { "only-points-before-three-zeros", "x;y\n1.000;3\n2.000;4\n", "x: 1 2; y: 3 4",
    "separator ';', decimal point, a header of 2 names" },
  { "only-perhaps-german-thousands", "x;z;y\n1.000;2.500;1,5\n2.000;1.000;2,25\n",
    "x: 1.000 2.000 {1.000 2.000}; z: 2.500 1.000 {2.500 1.000}; y: 1.5 2.25" },
  { "half-a-character",
    "\xff\xfex\0\n\0"
    "1\0\n\0"
    "2\0"
    "3",
    NULL,
    NULL,
    "line 3: the text ends in the middle of a character of UTF-16: it is cut short or "
    "damaged",
    { 0 },
    13 },
  { "given-utf-8",
    "x,y\n1,2\n3,\xff\n",
    NULL,
    NULL,
    "line 3: the byte 0xff is not UTF-8; say another encoding, such as latin-1",
    { .encoding = "utf-8" } },
  { "unknown-encoding",
    "x\n1\n",
    NULL,
    NULL,
    "'ebcdic' is not a supported encoding: give utf-8, utf-16 or latin-1",
    { .encoding = "ebcdic" } },
  { "bad-separator",
    "x\n1\n",
    NULL,
    NULL,
    "the separator can be , ; | a tab or a blank",
    { .separator = 'a' } },
};

static void
test_case (gconstpointer data)
{
  const Case *expected = data;
  const gsize n_bytes =
      expected->n_bytes > 0 ? expected->n_bytes : strlen (expected->text);
  g_autoptr (GError) error = NULL;
  g_autoptr (NnCsv) table =
      nn_csv_parse (expected->text, n_bytes, &expected->dialect, NULL, &error);
  g_autofree char *picture = NULL;
  g_autofree char *notes = NULL;

  if (expected->error != NULL) {
    g_assert_null (table);
    g_assert_nonnull (error);
    g_assert_cmpstr (error->message, ==, expected->error);
    return;
  }
  g_assert_no_error (error);
  picture = dup_picture (table);
  if (expected->picture != NULL)
    g_assert_cmpstr (picture, ==, expected->picture);
  notes = dup_notes (table);
  if (expected->notes != NULL && !g_str_has_prefix (notes, expected->notes))
    g_assert_cmpstr (notes, ==, expected->notes);
}

/* ---- places ------------------------------------------------------------------------ */

static NnCsv *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  NnCsv *table = nn_csv_parse (text, strlen (text), NULL, NULL, &error);

  g_assert_no_error (error);
  return table;
}

static void
test_rows_have_lines (void)
{
  g_autoptr (NnCsv) plain = parse ("# a\nx,y\n1,2\n3,4\n");
  g_autoptr (NnCsv) blank = parse ("x,y\n1,2\n\n3,4\r\n5,6\n");
  g_autoptr (NnCsv) quoted = parse ("\"x\n\",y\n1,\"a\r\nb\"\n3,\"a\rb\"\n5,c\n");

  g_assert_cmpuint (nn_csv_get_line (plain, 0), ==, 3);
  g_assert_cmpuint (nn_csv_get_line (plain, 1), ==, 4);
  g_assert_cmpuint (nn_csv_get_line (blank, 0), ==, 2);
  g_assert_cmpuint (nn_csv_get_line (blank, 1), ==, 4);
  g_assert_cmpuint (nn_csv_get_line (blank, 2), ==, 5);
  g_assert_cmpuint (nn_csv_get_line (quoted, 0), ==, 3);
  g_assert_cmpuint (nn_csv_get_line (quoted, 1), ==, 5);
  g_assert_cmpuint (nn_csv_get_line (quoted, 2), ==, 7);
}

static void
test_words_among_numbers_have_a_place (void)
{
  g_autoptr (NnCsv) table = parse ("age,x\n31,1\n?,2\nabc,3\n47,4\nd,5\n3,6\n");
  g_autoptr (GError) error = NULL;
  g_autofree char *place = NULL;

  g_assert_cmpstr (table->columns[0].name, ==, "age");
  g_assert_cmpstr (table->columns[1].name, ==, "x");
  g_assert_true (nn_csv_check_column (table, 1, NULL));
  g_assert_false (nn_csv_check_column (table, 0, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_SYNTAX);
  g_assert_cmpstr (error->message, ==, "line 4, column 'age': 'abc' is not a number");
  g_assert_cmpuint (table->columns[0].n_words, ==, 2);
  g_assert_cmpuint (table->columns[0].n_missing, ==, 1);
  place = nn_csv_dup_place (table, table->columns[0].first_missing, 0);
  g_assert_cmpstr (place, ==, "line 3, column 'age'");
}

/* ---- larger ones ------------------------------------------------------------------- */

static void
test_decimal_comma_may_come_late (void)
{
  g_autoptr (GString) text = g_string_new ("x;y\n");
  g_autoptr (NnCsv) table = NULL;

  for (int i = 0; i < 1000; i++)
    g_string_append_printf (text, "%d;%d\n", i, i + 1);
  g_string_append (text, "1;2,5\n");
  table = parse (text->str);
  g_assert_cmpint (table->dialect.decimal, ==, ',');
  g_assert_cmpfloat (table->columns[1].numbers[1000], ==, 2.5f);
}

/* Whether the column of @n_numbers "7", @n_missing "" and @n_words of @n_different words,
 * in this order, is classes. */
static gboolean
is_classes (guint n_numbers, guint n_missing, guint n_words, guint n_different)
{
  g_autoptr (GString) text = g_string_new ("x,k\n");
  g_autoptr (NnCsv) table = NULL;
  const NnCsvColumn *column;
  guint row = 0;

  for (guint i = 0; i < n_numbers; i++)
    g_string_append (text, "7,0\n");
  for (guint i = 0; i < n_missing; i++)
    g_string_append (text, ",0\n");
  for (guint i = 0; i < n_words; i++)
    g_string_append_printf (text, "w%u,0\n", i % n_different);
  table = parse (text->str);
  column = &table->columns[0];
  g_assert_cmpuint (column->n_missing, ==, n_missing);
  for (; row < n_numbers; row++)
    g_assert_cmpfloat (column->numbers[row], ==, column->classes != NULL ? 0 : 7);
  for (; row < n_numbers + n_missing; row++)
    g_assert_true (isnan (column->numbers[row]));
  for (guint i = 0; i < n_words && column->classes != NULL; i++)
    g_assert_cmpfloat (column->numbers[row + i], ==,
                       (float) ((n_numbers > 0) + i % n_different));
  return column->classes != NULL;
}

static void
test_most_fields_say_what_a_column_is (void)
{
  g_assert_true (is_classes (0, 0, 10, 3));
  g_assert_true (is_classes (10, 0, 10, 3));
  g_assert_false (is_classes (11, 0, 10, 3));
  g_assert_true (is_classes (4000, 5000, 10000, 3));
  g_assert_true (is_classes (0, 10000, 10000, 10000));
  g_assert_true (is_classes (0, 0, NN_CSV_MAX_CLASSES, NN_CSV_MAX_CLASSES));
  g_assert_false (is_classes (0, 0, NN_CSV_MAX_CLASSES + 1, NN_CSV_MAX_CLASSES + 1));
  g_assert_false (is_classes (1000000, 0, 1, 1));
}

static void
test_columns_are_bounded (void)
{
  g_autofree char *text = g_strnfill (NN_CSV_MAX_COLUMNS, ',');
  g_autoptr (GError) error = NULL;
  g_autoptr (NnCsv) table = nn_csv_parse (text, NN_CSV_MAX_COLUMNS - 1, NULL, NULL, NULL);

  g_assert_nonnull (table);
  g_assert_cmpuint (table->n_columns, ==, NN_CSV_MAX_COLUMNS);
  g_assert_cmpstr (table->columns[NN_CSV_MAX_COLUMNS - 1].name, ==, "65536");
  g_assert_null (nn_csv_parse (text, NN_CSV_MAX_COLUMNS, NULL, NULL, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_SYNTAX);
  g_assert_cmpstr (error->message, ==, "there are more than 65536 columns");
}

typedef struct {
  guint n_reports;
  guint most;
  double last;
} Watch;

static gboolean
watch (double fraction, gpointer data)
{
  Watch *self = data;

  g_assert_cmpfloat (fraction, >=, self->last);
  g_assert_cmpfloat (fraction, <=, 1);
  self->last = fraction;
  return ++self->n_reports < self->most;
}

static void
test_progress_is_reported_and_may_cancel (void)
{
  g_autoptr (GString) text = g_string_new ("x,y\n");
  Watch all = { .most = G_MAXUINT };
  Watch some = { .most = 10 };
  g_autoptr (NnCsv) table = NULL;
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < 100000; i++)
    g_string_append (text, "0.25,3\n");
  table = nn_csv_parse (text->str, text->len, NULL, &(NnProgress){ watch, &all }, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (table->n_rows, ==, 100000);
  g_assert_cmpuint (all.n_reports, >=, 50);
  g_assert_cmpuint (all.n_reports, <=, 200);
  g_assert_cmpfloat (all.last, >, 0.9);
  g_assert_null (
      nn_csv_parse (text->str, text->len, NULL, &(NnProgress){ watch, &some }, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_CANCELLED);
  g_assert_cmpuint (some.n_reports, ==, 10);
}

/* That what was read is given back changes nothing of what is yet to be read. */
static void
test_taken_text_is_read_alike (void)
{
  g_autoptr (GString) text = g_string_new ("x,name\n");
  g_autoptr (NnCsv) borrowed = NULL;
  g_autoptr (NnCsv) taken = NULL;
  gsize length;

  for (int i = 0; i < 200000; i++)
    g_string_append_printf (text, "%d.5,\"w%d\"\n", i, i % 1000);
  length = text->len;
  borrowed = nn_csv_parse (text->str, length, NULL, NULL, NULL);
  taken = nn_csv_parse_take (g_memdup2 (text->str, length), length, NULL, NULL, NULL);
  g_assert_cmpuint (taken->n_rows, ==, 200000);
  for (int k = 0; k < 2; k++)
    g_assert_cmpmem (taken->columns[k].numbers, 200000 * sizeof (float),
                     borrowed->columns[k].numbers, 200000 * sizeof (float));
  g_assert_cmpstr (taken->columns[1].classes->pdata[999], ==, "w999");
}

/* ---- files ------------------------------------------------------------------------- */

static void
test_files_are_read (void)
{
  static const struct {
    const char *name;
    const char *picture;
  } files[] = {
    { "plain.csv", "x,y,target 12" },
    { "bom-crlf.csv", "x,y, in m,target 12" },
    { "missing.csv", "x,y,target 3" },
    { "no-header-classes.csv", "1,2,3 4" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++) {
    g_autofree char *path =
        g_test_build_filename (G_TEST_DIST, "data", "csv", files[i].name, NULL);
    g_autoptr (GError) error = NULL;
    g_autoptr (NnCsv) table = nn_csv_open (path, NULL, NULL, &error);
    g_autofree char *picture = NULL;

    g_assert_no_error (error);
    picture =
        g_strdup_printf ("%s,%s,%s %zu", table->columns[0].name, table->columns[1].name,
                         table->columns[2].name, table->n_rows);
    g_assert_cmpstr (picture, ==, files[i].picture);
  }
}

static void
test_errors_name_the_file (Scratch *scratch, gconstpointer data)
{
  g_autofree char *expected =
      g_strdup_printf ("%s: line 3 has 1 field, and line 1 has 2", scratch->path);
  g_autoptr (GError) error = NULL;

  put_contents (scratch->path, "x,y\n1,2\n3\n");
  g_assert_null (nn_csv_open (scratch->path, NULL, NULL, &error));
  g_assert_cmpstr (error->message, ==, expected);
}

/* ---- another reader ---------------------------------------------------------------- */

#define PYTHON   "/usr/bin/python3" /* the one that has Debian's NumPy */
#define N_TABLES 400
#define NO_NUMPY 77

static gboolean
make_tables (const char *folder)
{
  g_autofree char *script =
      g_test_build_filename (G_TEST_DIST, "nn", "tables", "random-tables.py", NULL);
  g_autofree char *n = g_strdup_printf ("%d", N_TABLES);
  char *argv[] = { (char[]){ PYTHON }, script, (char *) (gsize) folder, n, NULL };
  g_autoptr (GError) error = NULL;
  int status;

  if (!g_spawn_sync (NULL, argv, NULL, 0, NULL, NULL, NULL, NULL, &status, &error)) {
    g_test_skip (error->message);
    return FALSE;
  }
  if (WIFEXITED (status) && WEXITSTATUS (status) == NO_NUMPY) {
    g_test_skip ("no NumPy");
    return FALSE;
  }
  g_spawn_check_wait_status (status, &error);
  g_assert_no_error (error);
  return TRUE;
}

static void
compare_with_python (const char *folder, guint i)
{
  g_autofree char *path = g_strdup_printf ("%s/%u.csv", folder, i);
  g_autofree char *numbers_path = g_strdup_printf ("%s/%u.f32", folder, i);
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (NnCsv) table = nn_csv_open (path, NULL, NULL, &error);
  const float *numbers;
  gsize n_bytes;

  g_assert_no_error (error);
  g_file_get_contents (numbers_path, &bytes, &n_bytes, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_bytes, ==, table->n_rows * table->n_columns * sizeof (float));
  numbers = (const float *) (gconstpointer) bytes;
  for (gsize k = 0; k < table->n_columns; k++) {
    const NnCsvColumn *column = &table->columns[k];

    g_assert_null (column->word);
    g_assert_null (column->classes);
    for (gsize row = 0; row < table->n_rows; row++) {
      const float expected = numbers[row * table->n_columns + k];

      if (isnan (expected))
        g_assert_true (isnan (column->numbers[row]));
      else
        g_assert_cmpmem (&column->numbers[row], sizeof expected, &expected,
                         sizeof expected);
    }
  }
}

static void
test_python_reads_the_same (Scratch *scratch, gconstpointer data)
{
  if (!make_tables (scratch->folder))
    return;
  for (guint i = 0; i < N_TABLES; i++) {
    g_test_message ("table %u", i);
    compare_with_python (scratch->folder, i);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strconcat ("/nn/csv/", cases[i].name, NULL);

    g_test_add_data_func (path, &cases[i], test_case);
  }
  g_test_add_func ("/nn/csv/rows-have-lines", test_rows_have_lines);
  g_test_add_func ("/nn/csv/words-among-numbers-have-a-place",
                   test_words_among_numbers_have_a_place);
  g_test_add_func ("/nn/csv/decimal-comma-may-come-late",
                   test_decimal_comma_may_come_late);
  g_test_add_func ("/nn/csv/most-fields-say-what-a-column-is",
                   test_most_fields_say_what_a_column_is);
  g_test_add_func ("/nn/csv/columns-are-bounded", test_columns_are_bounded);
  g_test_add_func ("/nn/csv/progress-is-reported-and-may-cancel",
                   test_progress_is_reported_and_may_cancel);
  g_test_add_func ("/nn/csv/taken-text-is-read-alike", test_taken_text_is_read_alike);
  g_test_add_func ("/nn/csv/files-are-read", test_files_are_read);
  g_test_add ("/nn/csv/errors-name-the-file", Scratch, NULL, scratch_set_up,
              test_errors_name_the_file, scratch_tear_down);
  g_test_add ("/nn/csv/python-reads-the-same", Scratch, NULL, scratch_set_up,
              test_python_reads_the_same, scratch_tear_down);
  return g_test_run ();
}

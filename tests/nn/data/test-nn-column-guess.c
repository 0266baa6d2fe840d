/* test-nn-column-guess.c - which columns of other people's tables are learned from
 *
 * SPDX-License-Identifier: MIT
 */

#include <string.h>

#include "nn/arrays/nn-array-file.h"
#include "nn/arrays/nn-array-kind.h"
#include "nn/data/nn-data-spec.h"
#include "tests/nn/scratch.h"

static void
append_role (GString *text, const NnSheet *sheet, NnColumnRole role)
{
  const char *separator = "";

  for (gsize i = 0; i < sheet->n_columns; i++)
    if (sheet->columns[i].role == role) {
      g_string_append_printf (text, "%s%s", separator, sheet->columns[i].name);
      separator = ", ";
    }
}

/* What a user is offered to choose from is what would be taken. */
static void
assert_sheet_agrees (const NnDataSpec *spec)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NnSheet) sheet = nn_data_spec_load_sheet (spec, NULL, &error);
  g_autofree char *inputs = g_strjoinv (", ", spec->table->feature_names);
  g_autofree char *targets = g_strjoinv (", ", spec->table->target_names);
  g_autoptr (GString) of_inputs = g_string_new (NULL);
  g_autoptr (GString) of_targets = g_string_new (NULL);

  g_assert_no_error (error);
  append_role (of_inputs, sheet, NN_COLUMN_INPUT);
  append_role (of_targets, sheet, NN_COLUMN_TARGET);
  g_assert_cmpstr (of_inputs->str, ==, inputs);
  g_assert_cmpstr (of_targets->str, ==, targets);
}

/* @guessed: "a, b -> c", and behind it what is left out, with why. */
static void
assert_guessed (const Scratch *scratch, const char *text, const char *guessed)
{
  g_auto (NnDataSpec) spec = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) found = g_string_new (NULL);
  g_autofree char *inputs = NULL;
  g_autofree char *targets = NULL;

  g_file_set_contents (scratch->path, text, -1, &error);
  g_assert_no_error (error);
  nn_data_spec_init (&spec, NN_DATA_CSV);
  spec.file = g_strdup (scratch->path);
  spec.missing = NN_MISSING_DROP;
  nn_data_spec_load (&spec, NULL, &error);
  g_assert_no_error (error);
  inputs = g_strjoinv (", ", spec.table->feature_names);
  targets = g_strjoinv (", ", spec.table->target_names);
  g_string_append_printf (found, "%s -> %s", inputs, targets);
  for (guint i = 0; i < spec.table->notes->len; i++)
    if (g_str_has_prefix (spec.table->notes->pdata[i], "left out: "))
      g_string_append_printf (found, "; %s", (char *) spec.table->notes->pdata[i] + 10);
  g_assert_cmpstr (found->str, ==, guessed);
  assert_sheet_agrees (&spec);
}

static void
test_sheet_has_rows_as_text (Scratch *scratch, gconstpointer data)
{
  g_auto (NnDataSpec) spec = { 0 };
  g_autoptr (NnSheet) sheet = NULL;

  put_contents (scratch->path, "length,kind\n0.1,rose\n,lily\n-3e-5,rose\n");
  nn_data_spec_init (&spec, NN_DATA_CSV);
  spec.file = g_strdup (scratch->path);
  sheet = nn_data_spec_load_sheet (&spec, NULL, NULL);
  g_assert_cmpuint (sheet->n_rows, ==, 3);
  g_assert_cmpuint (sheet->n_shown, ==, 3);
  g_assert_cmpuint (sheet->columns[0].n_missing, ==, 1);
  g_assert_cmpuint (sheet->columns[1].n_classes, ==, 2);
  g_assert_cmpstr (sheet->cells[0], ==, "0.1");
  g_assert_cmpstr (sheet->cells[1], ==, "rose");
  g_assert_cmpstr (sheet->cells[2], ==, "");
  g_assert_cmpstr (sheet->cells[4], ==, "-3e-05");
}

/* A header, and 12 rows in which %d is the row from 1. */
static char *
make_rows (const char *header, const char *row)
{
  GString *text = g_string_new (header);

  for (int i = 1; i <= 12; i++) {
    g_auto (GStrv) parts = g_strsplit (row, "%d", -1);
    g_autofree char *number = g_strdup_printf ("%d", i);
    g_autofree char *line = g_strjoinv (number, parts);

    g_string_append_printf (text, "\n%s", line);
  }
  g_string_append_c (text, '\n');
  return g_string_free (text, FALSE);
}

static void
assert_rows (const Scratch *scratch,
             const char *header,
             const char *row,
             const char *guessed)
{
  g_autofree char *text = make_rows (header, row);

  assert_guessed (scratch, text, guessed);
}

static void
test_dates_and_names_are_left_out (Scratch *scratch, gconstpointer data)
{
  assert_rows (scratch, "day,sex,x,y", "2024-01-%d,m,%d,7",
               "sex, x -> y; day, which has another name in most rows");
  assert_rows (scratch, "x,y,remark", "%d,7,text %d",
               "x -> y; remark, which has another name in most rows");
  /* Few rows may all differ by chance. */
  assert_guessed (scratch, "colour,y\nred,1\ngreen,2\nblue,3\n", "colour -> y");
}

static void
test_an_index_is_left_out (Scratch *scratch, gconstpointer data)
{
  assert_rows (scratch, "PassengerId,Survived,Age", "%d,1,%d",
               "Age -> Survived; PassengerId, which counts the rows");
  assert_rows (scratch, ",x,y", "%d,%d,4", "x -> y; 1, which counts the rows");
  assert_rows (scratch, "time,y", "%d,4", "time -> y");
  assert_rows (scratch, "id,y", "5,%d", "id -> y");
}

static void
test_a_column_without_values_is_left_out (Scratch *scratch, gconstpointer data)
{
  assert_guessed (scratch, "a,b,c,\n1,2,3,\n4,5,6,\n",
                  "a, b -> c; 4, which has no values");
}

static void
test_better_such_columns_than_none (Scratch *scratch, gconstpointer data)
{
  assert_rows (scratch, "id,y", "%d,4", "id -> y");
  assert_rows (scratch, "name,y", "n%d,4", "name -> y");
}

/* @shapes: "X 5 2; y 5": zeros */
static void
save_arrays (const char *path, const char *shapes)
{
  g_auto (GStrv) each = g_strsplit (shapes, "; ", -1);
  g_autoptr (GError) error = NULL;
  g_autoptr (NnArrayFile) file =
      nn_array_file_new (nn_array_kind_find ("x.npz", TRUE, &error));
  const float zeros[64] = { 0 };

  for (guint i = 0; each[i] != NULL; i++) {
    g_auto (GStrv) words = g_strsplit (each[i], " ", -1);
    guint64 shape[2] = { 0 };
    guint rank = 0;

    for (; words[1 + rank] != NULL; rank++)
      shape[rank] = g_ascii_strtoull (words[1 + rank], NULL, 10);
    g_ptr_array_add (file->arrays, nn_array_new_floats (words[0], rank, shape, zeros));
  }
  nn_array_file_save (file, path, &error);
  g_assert_no_error (error);
}

static void
test_arrays_are_of_one_part (Scratch *scratch, gconstpointer data)
{
  g_auto (NnDataSpec) spec = { 0 };
  g_autoptr (GError) error = NULL;

  nn_data_spec_init (&spec, NN_DATA_NPZ);
  spec.file = g_strdup (scratch->path);
  save_arrays (scratch->path, "x_train 4 2; y_train 4; x_test 4 2; y_test 4");
  g_assert_true (nn_data_spec_load (&spec, NULL, &error));
  g_assert_cmpuint (spec.table->n_features, ==, 2);
  g_assert_cmpuint (spec.table->n_targets, ==, 1);
  save_arrays (scratch->path, "X 5 2; y 4");
  g_assert_false (nn_data_spec_load (&spec, NULL, &error));
  g_assert_nonnull (
      strstr (error->message, "y has 4 examples, and no other array has as many: X"));
}

#define ADD(name, function)                                                              \
  g_test_add ("/nn/column-guess/" name, Scratch, NULL, scratch_set_up, function,         \
              scratch_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("dates-and-names-are-left-out", test_dates_and_names_are_left_out);
  ADD ("an-index-is-left-out", test_an_index_is_left_out);
  ADD ("a-column-without-values-is-left-out", test_a_column_without_values_is_left_out);
  ADD ("better-such-columns-than-none", test_better_such_columns_than_none);
  ADD ("arrays-are-of-one-part", test_arrays_are_of_one_part);
  ADD ("sheet-has-rows-as-text", test_sheet_has_rows_as_text);
  return g_test_run ();
}

/* test-nn-loss-file.c - the losses of a run as CSV, written while it trains
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/io/nn-loss-file.h"

#include <float.h>
#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "nn/base/nn-error.h"
#include "tests/nn/scratch.h"

static NnLossFile *
make (const char *path, gboolean validation, GError **error)
{
  NnAtomicFile *file = nn_atomic_file_new (path, error);

  return file ? nn_loss_file_new_for (file, validation, error) : NULL;
}

static NnLossFile *
start (const Scratch *scratch)
{
  g_autoptr (GError) error = NULL;
  NnLossFile *file = make (scratch->path, FALSE, &error);

  g_assert_no_error (error);
  return file;
}

static void
append (NnLossFile *file, guint64 step, float loss)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (nn_loss_file_append (file, step, loss, NAN, &error));
  g_assert_no_error (error);
}

static void
finish (NnLossFile *file)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (nn_loss_file_commit (file, &error));
  g_assert_no_error (error);
}

static void
test_rows_by_hand (Scratch *scratch, gconstpointer data)
{
  g_autoptr (NnLossFile) file = start (scratch);

  append (file, 1, 25);
  append (file, 2, 0.1f);
  append (file, 3, -1e-20f);
  append (file, G_MAXUINT64, FLT_MAX);
  finish (file);
  assert_contents (scratch->path, "step,loss\n"
                                  "1,25\n"
                                  "2,0.100000001\n"
                                  "3,-9.99999968e-21\n"
                                  "18446744073709551615,3.40282347e+38\n");
  g_assert_cmpuint (scratch_count (scratch), ==, 1);
}

/* The training loss is always finite; that of examples never trained on need not be. */
static void
test_validation_is_a_third_column (Scratch *scratch, gconstpointer data)
{
  static const float validations[] = { 0.1f, FLT_MAX, INFINITY, NAN, -NAN };
  g_autoptr (GError) error = NULL;
  g_autoptr (NnLossFile) file = make (scratch->path, TRUE, &error);

  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (validations); i++)
    g_assert_true (nn_loss_file_append (file, i + 1, 0.5f, validations[i], NULL));
  g_assert_true (nn_loss_file_append (file, 6, 0.5f, nn_loss_file_get_missing (), NULL));
  g_assert_true (
      nn_loss_file_append (file, G_MAXUINT64, -FLT_TRUE_MIN, -FLT_TRUE_MIN, NULL));
  finish (file);
  assert_contents (scratch->path,
                   "step,loss,validation\n"
                   "1,0.5,0.100000001\n"
                   "2,0.5,3.40282347e+38\n"
                   "3,0.5,inf\n"
                   "4,0.5,nan\n"
                   "5,0.5,nan\n"
                   "6,0.5,\n"
                   "18446744073709551615,-1.40129846e-45,-1.40129846e-45\n");
}

static void
test_run_without_steps (Scratch *scratch, gconstpointer data)
{
  g_autoptr (NnLossFile) file = start (scratch);

  finish (file);
  assert_contents (scratch->path, "step,loss\n");
}

static void
test_every_float_survives (Scratch *scratch, gconstpointer data)
{
  g_autoptr (NnLossFile) file = start (scratch);
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  g_autofree char *contents = NULL;
  g_auto (GStrv) rows = NULL;
  float losses[10000];

  for (gsize i = 0; i < G_N_ELEMENTS (losses); i++) {
    guint32 bits = g_rand_int (rand) & 0x7fffffff;

    if (bits >= 0x7f800000) /* not finite */
      bits -= 0x7f800000;   /* then it is small, maybe subnormal */
    memcpy (&losses[i], &bits, sizeof bits);
    append (file, i + 1, losses[i]);
  }
  finish (file);
  g_assert_true (g_file_get_contents (scratch->path, &contents, NULL, NULL));
  rows = g_strsplit (contents, "\n", -1);
  g_assert_cmpuint (g_strv_length (rows), ==, G_N_ELEMENTS (losses) + 2);
  for (gsize i = 0; i < G_N_ELEMENTS (losses); i++) {
    float read = strtof (strchr (rows[i + 1], ',') + 1, NULL);

    g_assert_cmpmem (&read, sizeof read, &losses[i], sizeof losses[i]);
  }
}

static void
test_point_in_every_locale (Scratch *scratch, gconstpointer data)
{
  static const char *const comma_locales[] = { "de_DE.UTF-8", "fr_FR.UTF-8",
                                               "nl_NL.UTF-8", "ru_RU.UTF-8" };
  g_autoptr (NnLossFile) file = start (scratch);
  const char *locale = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (comma_locales) && locale == NULL; i++)
    locale = setlocale (LC_NUMERIC, comma_locales[i]);
  if (locale == NULL) {
    g_test_skip ("no locale here writes a decimal comma");
    return;
  }
  g_assert_cmpstr (localeconv ()->decimal_point, ==, ",");
  append (file, 1, 0.5f);
  finish (file);
  setlocale (LC_NUMERIC, "C");
  assert_contents (scratch->path, "step,loss\n1,0.5\n");
}

static void
test_old_file_stays_until_committed (Scratch *scratch, gconstpointer data)
{
  NnLossFile *file;

  put_contents (scratch->path, "old");
  file = start (scratch);
  for (guint64 step = 1; step <= 10000; step++)
    append (file, step, 1.5f);
  assert_contents (scratch->path, "old");
  nn_loss_file_free (file);
  assert_contents (scratch->path, "old");
  g_assert_cmpuint (scratch_count (scratch), ==, 1);
}

static void
test_uncommitted_leaves_nothing (Scratch *scratch, gconstpointer data)
{
  NnLossFile *file = start (scratch);

  append (file, 1, 1);
  nn_loss_file_free (file);
  g_assert_cmpuint (scratch_count (scratch), ==, 0);
}

static void
test_impossible_path_is_refused_at_once (Scratch *scratch, gconstpointer data)
{
  g_autofree char *missing = g_build_filename (scratch->path, "losses.csv", NULL);
  const char *const paths[] = { missing, scratch->folder, "/dev/full", "" };

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (make (paths[i], FALSE, &error));
    g_assert_error (error, NN_ERROR, NN_ERROR_FILE);
    g_assert_true (g_str_has_prefix (error->message, "cannot write "));
  }
  g_assert_cmpuint (scratch_count (scratch), ==, 0);
}

static void
test_full_disk_is_noticed_while_training (Scratch *scratch, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  NnLossFile *file;
  guint64 step = 0;
  gboolean later;
  gboolean finished;

  put_contents (scratch->path, "old");
  limit_files (20000);
  file = start (scratch);
  while (step < 100000 && nn_loss_file_append (file, step + 1, 0.5f, NAN, &error))
    step++;
  later = nn_loss_file_append (file, step + 2, 0.5f, NAN, NULL);
  finished = nn_loss_file_commit (file, NULL);
  unlimit_files ();
  g_assert_error (error, NN_ERROR, NN_ERROR_FILE);
  g_assert_true (g_str_has_suffix (error->message, "/wanted: File too large"));
  g_assert_cmpuint (step, <, 100000);
  g_assert_false (later);
  g_assert_false (finished);
  assert_contents (scratch->path, "old");
  g_assert_cmpuint (scratch_count (scratch), ==, 1);
  nn_loss_file_free (file);
}

static void
test_full_disk_is_noticed_at_the_end (Scratch *scratch, gconstpointer data)
{
  g_autoptr (NnLossFile) file = start (scratch);
  g_autoptr (GError) error = NULL;
  gboolean finished;

  append (file, 1, 0.5f);
  limit_files (5);
  finished = nn_loss_file_commit (file, &error);
  unlimit_files ();
  g_assert_false (finished);
  g_assert_error (error, NN_ERROR, NN_ERROR_FILE);
  g_assert_cmpuint (scratch_count (scratch), ==, 0);
}

static void
test_a_million_rows (Scratch *scratch, gconstpointer data)
{
  g_autoptr (NnLossFile) file = start (scratch);
  g_autofree char *contents = NULL;
  gsize n_lines = 0;

  g_test_timer_start ();
  for (guint64 step = 1; step <= 1000000; step++)
    append (file, step, 1 / (float) step);
  finish (file);
  g_test_message ("a million rows took %.2f s", g_test_timer_elapsed ());

  g_assert_true (g_file_get_contents (scratch->path, &contents, NULL, NULL));
  for (const char *c = contents; *c != '\0'; c++)
    n_lines += *c == '\n';
  g_assert_cmpuint (n_lines, ==, 1000001);
  g_assert_true (g_str_has_suffix (contents, "\n1000000,9.99999997e-07\n"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  scratch_add ("/nn/loss-file/rows-by-hand", test_rows_by_hand);
  scratch_add ("/nn/loss-file/validation-is-a-third-column",
               test_validation_is_a_third_column);
  scratch_add ("/nn/loss-file/run-without-steps", test_run_without_steps);
  scratch_add ("/nn/loss-file/every-float-survives", test_every_float_survives);
  scratch_add ("/nn/loss-file/point-in-every-locale", test_point_in_every_locale);
  scratch_add ("/nn/loss-file/old-file-stays-until-committed",
               test_old_file_stays_until_committed);
  scratch_add ("/nn/loss-file/uncommitted-leaves-nothing",
               test_uncommitted_leaves_nothing);
  scratch_add ("/nn/loss-file/impossible-path-is-refused-at-once",
               test_impossible_path_is_refused_at_once);
  scratch_add ("/nn/loss-file/full-disk-is-noticed-while-training",
               test_full_disk_is_noticed_while_training);
  scratch_add ("/nn/loss-file/full-disk-is-noticed-at-the-end",
               test_full_disk_is_noticed_at_the_end);
  scratch_add ("/nn/loss-file/a-million-rows", test_a_million_rows);
  return g_test_run ();
}

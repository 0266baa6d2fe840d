/* test-nn-experiment-file-survives.c - bad texts, and files that are saved and loaded
 *
 * SPDX-License-Identifier: MIT
 */

#include <math.h>
#include <string.h>

#include "experiment-text.h"
#include "nn/base/nn-error.h"
#include "nn/io/nn-experiment-demo.h"
#include "nn/io/nn-experiment-file.h"
#include "same-experiment.h"
#include "tests/nn/scratch.h"

/* Whatever comes out of @text is either an error or an experiment that is good.
 * Returns: whether it was one */
static gboolean
survive (const char *text, gsize n_bytes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NnExperiment) experiment =
      nn_experiment_file_parse (text, n_bytes, "name", &error);

  g_assert_true ((experiment == NULL) == (error != NULL));
  if (experiment == NULL) {
    g_assert_true (error->domain == NN_ERROR);
    g_assert_true (g_utf8_validate (error->message, -1, NULL));
    g_assert_cmpuint (strlen (error->message), <, 400);
    g_assert_null (strchr (error->message, '\n'));
    return FALSE;
  }
  assert_survives (experiment);
  return TRUE;
}

static void
test_every_truncation_is_refused (void)
{
  g_autoptr (NnExperiment) demo = nn_experiment_new_demo ("seed-nudged", NULL);
  g_autofree char *whole = nn_experiment_file_format (demo);
  const gsize n_bytes = strlen (whole);

  g_assert_true (survive (whole, n_bytes));
  g_assert_true (survive (whole, n_bytes - 1)); /* without the last newline */
  for (gsize n = 0; n < n_bytes - 1; n++) {
    g_autofree char *text = g_memdup2 (whole, n); /* for ASan to watch its end */

    g_assert_false (survive (n > 0 ? text : "", n));
  }
}

static void
test_every_byte_anywhere_is_survived (void)
{
  static const char good[] =
      "{\"nudge\":1,\"seed\":7,\"data\":{\"source\":\"inline\",\"inputs\":[[0,1.5],"
      "[2,-3]],\"targets\":[0,1]},\"network\":{\"layers\":[{\"name\":\"a\","
      "\"units\":2}]},\"loss\":{\"type\":\"cross_entropy\"},\"nudges\":[\"a: w/2\"]}";
  guint n_good = 0;

  for (gsize i = 0; i < strlen (good); i++)
    for (int byte = 0; byte < 256; byte++) {
      char text[sizeof good];

      memcpy (text, good, sizeof good);
      text[i] = (char) byte;
      n_good += survive (text, strlen (good));
    }
  g_assert_cmpuint (n_good, >, strlen (good)); /* one of the 256 is what was there */
}

static void
test_depth_and_size_are_bounded (void)
{
  const gsize n_bytes = 64 * 1024 * 1024 + 1;
  g_autofree char *text = g_malloc (n_bytes);
  g_autoptr (GError) error = NULL;

  memset (text, '[', n_bytes);
  g_assert_null (nn_experiment_file_parse (text, 1000000, "name", &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_SYNTAX);
  g_assert_cmpstr (error->message, ==,
                   "line 1, column 2049: maximum parsing depth reached near '['");
  g_clear_error (&error);
  g_assert_null (nn_experiment_file_parse (text, n_bytes - 1, "name", &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_SYNTAX);
  g_assert_cmpstr (error->message, ==, "it holds more than 8388608 values");
  g_clear_error (&error);
  g_assert_null (nn_experiment_file_parse (text, n_bytes, "name", &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_SYNTAX);
  g_assert_cmpstr (error->message, ==, "it is larger than 64 MiB");
}

static void
test_errors_stay_short (void)
{
  g_autofree char *name = g_strnfill (100000, 'x');
  static const char *const patterns[] = {
    WITH ("\"%s\":1"),
    WITH ("\"guard\":\"%s\""),
    WITH ("\"seed\":\"%s\""),
    WITH ("\"nudges\":[\"%s\"]"),
    WITH ("\"nudges\":[\"fc1: %s\"]"),
    LAYER ("{\"units\":1,\"name\":\"%s\"}"),
    OPTI ("\"%s\""),
    DATA ("{\"source\":\"%s\"}"),
  };

  for (gsize i = 0; i < G_N_ELEMENTS (patterns); i++) {
    g_auto (GStrv) parts = g_strsplit (patterns[i], "%s", 2);
    g_autofree char *text = g_strconcat (parts[0], name, parts[1], NULL);

    g_assert_false (survive (text, strlen (text)));
  }
}

static void
test_saved_is_loaded (Scratch *scratch, gconstpointer data)
{
  g_autofree char *path = g_build_filename (scratch->folder, "my run.NUDGE", NULL);
  g_autoptr (NnExperiment) demo = nn_experiment_new_demo ("seed", NULL);
  g_autoptr (NnExperiment) read = NULL;
  g_autofree char *text = nn_experiment_file_format (demo);
  g_autoptr (GError) error = NULL;

  g_assert_true (nn_experiment_file_save (demo, path, &error));
  g_assert_no_error (error);
  assert_contents (path, text);
  g_assert_cmpuint (scratch_count (scratch), ==, 1);
  read = nn_experiment_file_load_full (path, NULL, &error);
  g_assert_no_error (error);
  assert_equal (read, demo);
  g_assert_cmpstr (read->name, ==, "my run");
}

static void
test_bad_is_not_saved (Scratch *scratch, gconstpointer data)
{
  g_autoptr (NnExperiment) demo = nn_experiment_new_demo ("seed", NULL);
  g_autoptr (GError) error = NULL;

  put_contents (scratch->path, "old");
  demo->loss.target = NAN;
  g_assert_false (nn_experiment_file_save (demo, scratch->path, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_SYNTAX);
  assert_contents (scratch->path, "old");
}

static void
test_too_large_is_not_saved (Scratch *scratch, gconstpointer data)
{
  const gsize n_examples = 50000, n_features = 180; /* 9 million numbers */
  const NnLayerSpec layer = { "out", 1, NN_ACTIVATION_IDENTITY };
  g_autoptr (NnExperiment) experiment = nn_experiment_new_demo ("seed", NULL);
  g_autofree char *message = g_strdup_printf (
      "cannot write %s: it holds more than 8388608 values", scratch->path);
  g_autoptr (GError) error = NULL;

  nn_data_spec_clear (&experiment->data);
  nn_data_spec_init (&experiment->data, NN_DATA_INLINE);
  experiment->data.table = nn_table_new (n_examples, n_features, 0);
  g_ptr_array_set_size (experiment->nudges, 0);
  nn_architecture_unref (experiment->architecture);
  experiment->architecture = nn_architecture_new (n_features, &layer, 1);
  put_contents (scratch->path, "old");
  g_assert_false (nn_experiment_file_save (experiment, scratch->path, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_SYNTAX);
  g_assert_cmpstr (error->message, ==, message);
  assert_contents (scratch->path, "old");
}

static void
test_names_come_from_paths (Scratch *scratch, gconstpointer data)
{
  static const struct {
    const char *file;
    const char *name;
  } cases[] = {
    { "seed.nudge", "seed" },
    { ".nudge", ".nudge" },
    { "seed.json", "seed.json" },
    { "a.nudge.nudge", "a.nudge" },
    { "\xff\n.nudge", "\xef\xbf\xbd?" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_build_filename (scratch->folder, cases[i].file, NULL);
    g_autoptr (GError) error = NULL;
    g_autoptr (NnExperiment) read = NULL;

    put_contents (path, "{\"nudge\":1," REST "}");
    read = nn_experiment_file_load_full (path, NULL, &error);
    g_assert_no_error (error);
    g_assert_cmpstr (read->name, ==, cases[i].name);
    g_assert_cmpstr (read->title, ==, cases[i].name);
  }
}

static void
test_errors_name_the_file (Scratch *scratch, gconstpointer data)
{
  g_autofree char *missing =
      g_strdup_printf ("cannot read %s: No such file or directory", scratch->path);
  g_autofree char *bad = g_strdup_printf (
      "%s: line 2, column 1: string or '}' expected near 'x'", scratch->path);
  g_autofree char *folder =
      g_strdup_printf ("cannot read %s: Is a directory", scratch->folder);
  g_autoptr (GError) error = NULL;

  g_assert_null (nn_experiment_file_load_full (scratch->path, NULL, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_FILE);
  g_assert_cmpstr (error->message, ==, missing);
  g_clear_error (&error);
  g_assert_null (nn_experiment_file_load_full (scratch->folder, NULL, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_FILE);
  g_assert_cmpstr (error->message, ==, folder);
  g_clear_error (&error);
  put_contents (scratch->path, "{\nx");
  g_assert_null (nn_experiment_file_load_full (scratch->path, NULL, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_SYNTAX);
  g_assert_cmpstr (error->message, ==, bad);
  g_clear_error (&error);
  g_assert_null (nn_experiment_file_load_full ("/dev/zero", NULL, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_FILE);
  g_assert_cmpstr (error->message, ==,
                   "cannot read /dev/zero: it is a device, name a file");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define add(name, test) g_test_add_func ("/nn/experiment-file-survives/" name, test)
#define add_with_folder(name, test)                                                      \
  g_test_add ("/nn/experiment-file-survives/" name, Scratch, NULL, scratch_set_up, test, \
              scratch_tear_down)
  add ("every-truncation-is-refused", test_every_truncation_is_refused);
  add ("every-byte-anywhere-is-survived", test_every_byte_anywhere_is_survived);
  add ("depth-and-size-are-bounded", test_depth_and_size_are_bounded);
  add ("errors-stay-short", test_errors_stay_short);
  add_with_folder ("saved-is-loaded", test_saved_is_loaded);
  add_with_folder ("bad-is-not-saved", test_bad_is_not_saved);
  add_with_folder ("too-large-is-not-saved", test_too_large_is_not_saved);
  add_with_folder ("names-come-from-paths", test_names_come_from_paths);
  add_with_folder ("errors-name-the-file", test_errors_name_the_file);
  return g_test_run ();
}

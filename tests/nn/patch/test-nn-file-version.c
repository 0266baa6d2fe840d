/* test-nn-file-version.c - a file with so many nudges applied, and that saving it is the same
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/patch/nn-file-version.h"

#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#include "nn/base/nn-error.h"
#include "nn/patch/nn-file-difference.h"
#include "nn/patch/nn-patch.h"
#include "nn/script/nn-script-file.h"
#include "nn/script/nn-script-names.h"
#include "tests/nn/scratch.h"

#define SEED 7

/* Of several targets, with noise, order, statistics and parts; later ones see earlier. */
static const char *const nudges[] = {
  "*.weight: w + 0.1*noise",
  "a.weight[:,1]: 0",
  "a.weight, b.weight: w * (global_rank < 0.5 ? 0.5 : 1)",
  "b.bias, d: w - mean + rand",
  "*: shuffled else=skip",
  "c.weight: prune 0.25",
  "*: 0.5*w + 0.5*w0",
};

typedef struct {
  Scratch scratch;
  NnFileVersion *versions[G_N_ELEMENTS (nudges) + 1]; /* (owned) the file first */
} Fixture;

static void
add_floats (NnArrayFile *file, const char *name, guint rank, const guint64 *shape)
{
  float values[60];
  gsize n = 1;

  for (guint i = 0; i < rank; i++)
    n *= shape[i];
  g_assert_cmpuint (n, <=, G_N_ELEMENTS (values));
  for (gsize i = 0; i < n; i++)
    values[i] = (float) ((i * 37 + n) % 23) / 7 - 1;
  g_ptr_array_add (file->arrays, nn_array_new_floats (name, rank, shape, values));
}

/* Of the type @dtype, with bits that are numbers of any of them. */
static void
add_bytes (NnArrayFile *file, const char *name, NnDtype dtype)
{
  const guint64 shape[] = { 6 };
  const gsize n_bytes = 6 * nn_dtype_get_size (dtype);
  g_autofree guint8 *bytes = g_malloc (n_bytes);
  g_autoptr (GBytes) data = NULL;
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < n_bytes; i++)
    bytes[i] = (guint8) (0x30 + i % 12);
  data = g_bytes_new (bytes, n_bytes);
  g_ptr_array_add (file->arrays,
                   nn_array_new (name, dtype, 1, shape, NULL, data, &error));
  g_assert_no_error (error);
}

static void
write_file (const char *path)
{
  const guint64 five[] = { 1, 2, 3, 2, 2 }, matrix[] = { 5, 4 }, empty[] = { 0, 3 };
  g_autoptr (GError) error = NULL;
  g_autoptr (NnArrayFile) file =
      nn_array_file_new (nn_array_kind_find (path, TRUE, &error));

  g_assert_no_error (error);
  add_floats (file, "a.weight", 2, matrix);
  add_floats (file, "b.weight", 5, five);
  add_floats (file, "b.bias", 1, matrix);
  add_bytes (file, "c.weight", NN_DTYPE_FLOAT64);
  add_bytes (file, "d", NN_DTYPE_FLOAT16);
  add_bytes (file, "steps", NN_DTYPE_INT64);
  add_floats (file, "empty", 2, empty);
  add_floats (file, "scalar", 0, NULL);
  g_assert_true (nn_array_file_save (file, path, &error));
  g_assert_no_error (error);
}

static NnNudge *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  NnNudge *nudge = nn_nudge_parse_of_arrays (text, NULL, &error);

  g_assert_no_error (error);
  return nudge;
}

static NnFileVersion *
apply (NnFileVersion *before, const char *text)
{
  g_autoptr (NnNudge) nudge = parse (text);
  g_autoptr (GError) error = NULL;
  NnFileVersion *version = nn_file_version_apply (before, nudge, NULL, &error);

  g_assert_no_error (error);
  return version;
}

static NnFileVersion *
open_file (const Fixture *f, const char *path)
{
  g_autoptr (GError) error = NULL;
  NnFileVersion *version = nn_file_version_open (path, f->scratch.folder, SEED, &error);

  g_assert_no_error (error);
  return version;
}

static char *
dup_path (const Fixture *f, const char *base)
{
  return g_build_filename (f->scratch.folder, base, NULL);
}

static void
set_up (Fixture *f, gconstpointer format)
{
  g_autofree char *base = g_strconcat ("in.", (const char *) format, NULL);
  g_autofree char *path = NULL;

  scratch_set_up (&f->scratch, NULL);
  path = dup_path (f, base);
  write_file (path);
  f->versions[0] = open_file (f, path);
  for (guint i = 0; i < G_N_ELEMENTS (nudges); i++)
    f->versions[i + 1] = apply (f->versions[i], nudges[i]);
}

static void
tear_down (Fixture *f, gconstpointer format)
{
  for (guint i = 0; i <= G_N_ELEMENTS (nudges); i++)
    nn_file_version_unref (f->versions[i]);
  scratch_tear_down (&f->scratch, NULL);
}

static GBytes *
read_array (NnFileVersion *version, guint index)
{
  const NnArray *array = nn_file_version_get_arrays (version)->pdata[index];
  NnArrayArea area;
  NnArrayValues values;
  g_autoptr (GError) error = NULL;
  const guint8 *bytes;
  GBytes *copy;

  nn_array_area_init_whole (&area, array, index);
  g_assert_true (nn_file_version_open_values (version, &area, &values, &error));
  bytes = nn_array_values_read_bytes (&values, 0, array->n_values, &error);
  g_assert_no_error (error);
  copy = g_bytes_new (bytes, array->n_values * values.size);
  nn_array_values_clear (&values);
  return copy;
}

static void
assert_same_array (NnFileVersion *a, NnFileVersion *b, guint index)
{
  g_autoptr (GBytes) one = read_array (a, index);
  g_autoptr (GBytes) other = read_array (b, index);

  if (!g_bytes_equal (one, other))
    g_error ("array %u differs", index);
}

/* After every nudge, and so after every undo, the file that is saved has what was shown. */
static void
test_what_is_saved_is_what_is_shown (Fixture *f, gconstpointer format)
{
  g_autofree char *base = g_strconcat ("out.", (const char *) format, NULL);
  g_autofree char *path = dup_path (f, base);

  for (guint i = G_N_ELEMENTS (nudges) + 1; i-- > 0;) {
    g_autoptr (GError) error = NULL;
    NnReceipt *receipt = nn_file_version_save (f->versions[i], path, NULL, &error);
    NnFileVersion *saved;

    g_assert_no_error (error);
    g_assert_cmpuint (receipt->nudges->len, ==, i);
    saved = open_file (f, path);
    for (guint k = 0; k < nn_file_version_get_arrays (saved)->len; k++)
      assert_same_array (f->versions[i], saved, k);
    nn_file_version_unref (saved);
    nn_receipt_free (receipt);
  }
}

/* The numbers that a preview shows of one array are those that Apply makes, whatever other
 * arrays draw before it. */
static void
test_a_preview_is_what_apply_makes (Fixture *f, gconstpointer format)
{
  for (guint i = 0; i < G_N_ELEMENTS (nudges); i++) {
    g_autoptr (NnNudge) nudge = parse (nudges[i]);

    for (guint k = 0; k < nn_file_version_get_arrays (f->versions[i])->len; k++) {
      g_autoptr (GError) error = NULL;
      NnFileVersion *preview =
          nn_file_version_preview (f->versions[i], nudge, k, NULL, &error);

      g_assert_no_error (error);
      assert_same_array (preview, f->versions[i + 1], k);
      nn_file_version_unref (preview);
    }
  }
}

static void
test_a_receipt_has_each_array (Fixture *f, gconstpointer format)
{
  const NnReceipt *receipt = nn_file_version_get_receipt (f->versions[2]);
  const NnReceiptArray *array = receipt->arrays->pdata[0];

  g_assert_null (nn_file_version_get_receipt (f->versions[0]));
  g_assert_cmpuint (receipt->arrays->len, ==, 1);
  g_assert_cmpuint (receipt->n_same, ==, 7);
  g_assert_cmpstr (array->name, ==, "a.weight");
  g_assert_cmpuint (array->difference.n_changed, ==, 5);
  g_assert_cmpstr (array->difference.hash_a, !=, array->difference.hash_b);
  g_assert_true (nn_file_version_has_changed (f->versions[2], 0));
  g_assert_false (nn_file_version_has_changed (f->versions[2], 1));
}

static void
test_refusals_change_nothing (Fixture *f, gconstpointer format)
{
  static const struct {
    const char *nudge;
    const char *why;
  } refused[] = {
    { "nothing: 2*w", "there is no array" },
    { "steps: 2*w", "int64" },
    { "a.weight: log(w)", "a.weight[" },
    { "a.weight: g", "gradient" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++) {
    g_autoptr (NnNudge) nudge = parse (refused[i].nudge);
    g_autoptr (GError) error = NULL;

    g_assert_null (nn_file_version_apply (f->versions[3], nudge, NULL, &error));
    g_assert_nonnull (strstr (error->message, refused[i].why));
    g_assert_nonnull (strstr (error->message, refused[i].nudge));
  }
  assert_same_array (f->versions[3], f->versions[2], 3);
}

static void
test_differences_are_of_versions (Fixture *f, gconstpointer format)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NnFileDifference) difference =
      nn_file_difference_new (f->versions[1], f->versions[2], NULL, &error);
  const NnArrayPair *pair;

  g_assert_no_error (error);
  pair = difference->pairs->pdata[0];
  g_assert_cmpint (pair->kind, ==, NN_PAIR_CHANGED);
  g_assert_cmpuint (pair->difference.n_changed, ==, 5);
  g_assert_cmpuint (difference->n_same, ==, 7);
}

/* The edits are of the file as it was: what was written over it meanwhile is not edited. */
static void
test_a_file_that_was_written_is_refused (Fixture *f, gconstpointer format)
{
  const char *path = nn_file_version_get_store (f->versions[0])->file->path;
  g_autofree char *out = dup_path (f, "out.x");
  g_autoptr (NnNudge) nudge = parse (nudges[0]);
  g_autoptr (GError) error = NULL;
  FILE *file;

  g_assert_null (nn_file_version_save (f->versions[1], path, NULL, &error));
  g_assert_nonnull (strstr (error->message, "another name"));
  g_clear_error (&error);

  file = g_fopen (path, "r+");
  g_assert_true (file && fputc ('x', file) == 'x' && fclose (file) == 0);
  g_assert_null (nn_file_version_apply (f->versions[1], nudge, NULL, &error));
  g_assert_nonnull (strstr (error->message, "open it again"));
  g_clear_error (&error);
  g_assert_null (nn_file_version_save (f->versions[1], out, NULL, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_FILE);
  g_assert_false (g_file_test (out, G_FILE_TEST_EXISTS));
}

/* As in `nudge edit`: a file named *.json that is none deceives who reads it. */
static void
test_another_formats_ending_is_refused (Fixture *f, gconstpointer format)
{
  static const char *const names[] = { "out.json", "out.NPZ", "out.pt" };
  g_autofree char *plain = dup_path (f, "out.v2");
  g_autoptr (GError) error = NULL;
  NnReceipt *receipt;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *out = dup_path (f, names[i]);

    g_assert_null (nn_file_version_save (f->versions[1], out, NULL, &error));
    g_assert_error (error, NN_ERROR, NN_ERROR_UNKNOWN);
    g_assert_nonnull (strstr (error->message, "ends in .safetensors"));
    g_assert_false (g_file_test (out, G_FILE_TEST_EXISTS));
    g_clear_error (&error);
  }
  receipt = nn_file_version_save (f->versions[1], plain, NULL, &error);
  g_assert_no_error (error);
  nn_receipt_free (receipt);
}

static gboolean
stop (double fraction, gpointer data)
{
  return FALSE;
}

static void
test_progress_stops_it (Fixture *f, gconstpointer format)
{
  const NnProgress progress = { stop, NULL };
  g_autoptr (NnNudge) nudge = parse (nudges[0]);
  g_autoptr (GError) error = NULL;

  g_assert_null (nn_file_version_apply (f->versions[0], nudge, &progress, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_CANCELLED);
}

/* ---- as a program ------------------------------------------------------------------- */

/* Runs @program in the test's folder. Returns: FALSE if NumPy or PyTorch is not installed */
static gboolean
run_python (const Fixture *f, const char *program)
{
  const char *const words[] = { "python3", "-c", program, NULL };
  g_auto (GStrv) argv = g_strdupv ((char **) (guintptr) words);
  g_autofree char *output = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  g_spawn_sync (f->scratch.folder, argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL,
                &output, &status, &error);
  g_assert_no_error (error);
  if (status != 0 && strstr (output, "No module named '") != NULL)
    return FALSE;
  if (status != 0)
    g_error ("%s\n%s", program, output);
  return TRUE;
}

/* What PyTorch writes is what we do, but for the last bits of statistics. */
static void
assert_alike (const Fixture *f, const char *text, const char *base)
{
  g_autofree char *path = dup_path (f, base);
  g_autoptr (NnFileVersion) wanted = apply (f->versions[0], text);
  g_autoptr (NnFileVersion) made = open_file (f, path);
  g_autoptr (NnFileDifference) difference =
      nn_file_difference_new (wanted, made, NULL, NULL);

  for (guint i = 0; i < difference->pairs->len; i++) {
    const NnArrayPair *pair = difference->pairs->pdata[i];

    if (pair->kind != NN_PAIR_SAME &&
        (pair->kind != NN_PAIR_CHANGED || pair->difference.largest > 1e-6))
      g_error ("%s: %s", text, pair->name);
  }
}

/* All in one process, as PyTorch takes longer to load than they do. */
static void
test_the_program_does_the_same (Fixture *f, gconstpointer format)
{
  static const char *const texts[] = {
    "a.weight, b.weight: 0.9*w",
    "c.weight: 0.1*w + 1e-3*i",
    "b.weight: w + 0.01*j - 0.001*i",
    "a.weight[1:4,::2]: w - mean(w)",
    "a.weight[0,1; 2,3]: 0",
    "d, b.bias: rank < 0.4 ? 0 : w",
    "*.bias: sign(w)*w0",
    "a.weight, b.weight, d: w * (global_rank < 0.5 ? 0.5 : 1)",
    "*: log(w) else=skip",
    "scalar, a.weight: w/std else=skip",
  };
  const NnArrayStore *store = nn_file_version_get_store (f->versions[0]);
  g_autoptr (GString) all = g_string_new ("import os\n");

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (NnNudge) nudge = parse (texts[i]);
    g_autofree char *program = nn_script_dup_file_nudge (nudge, store, store->file->path);

    g_string_append_printf (all, "%s\nos.rename('out.npz', 'out-%u.npz')\n", program, i);
  }
  if (!run_python (f, all->str)) {
    g_test_skip ("NumPy or PyTorch is not installed");
    return;
  }
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autofree char *base = g_strdup_printf ("out-%u.npz", i);

    assert_alike (f, texts[i], base);
  }
}

/* As of weights with torch.channels_last, of which PyTorch's flatten () is a copy. */
static void
test_the_program_keeps_another_order (Fixture *f, gconstpointer format)
{
  static const char make[] =
      "import numpy\n"
      "a = numpy.arange(24, dtype=numpy.float32).reshape(2, 3, 4)\n"
      "numpy.savez('other.npz', a=numpy.asfortranarray(a))\n";
  g_autofree char *path = dup_path (f, "other.npz");
  g_autofree char *program = NULL;
  g_autoptr (NnNudge) nudge = parse ("a[1]: 2*w + 1");
  g_autoptr (NnFileVersion) version = NULL;
  g_autoptr (NnFileVersion) wanted = NULL;
  g_autoptr (NnFileVersion) made = NULL;
  g_autoptr (NnFileDifference) difference = NULL;
  g_autofree char *out = dup_path (f, "out.npz");

  if (!run_python (f, make)) {
    g_test_skip ("NumPy is not installed");
    return;
  }
  version = open_file (f, path);
  program = nn_script_dup_file_nudge (nudge, nn_file_version_get_store (version), path);
  if (!run_python (f, program)) {
    g_test_skip ("PyTorch is not installed");
    return;
  }
  wanted = apply (version, "a[1]: 2*w + 1");
  made = open_file (f, out);
  difference = nn_file_difference_new (wanted, made, NULL, NULL);
  g_assert_cmpuint (difference->n_same, ==, 1);
}

/* As Nudge does, where a value would not be finite, be it in float16 only. */
static void
test_the_program_refuses (Fixture *f, gconstpointer format)
{
  static const char *const texts[] = { "a.weight: log(w)", "d: 1e6*w" };
  const NnArrayStore *store = nn_file_version_get_store (f->versions[0]);
  g_autoptr (GString) all = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (NnNudge) nudge = parse (texts[i]);
    g_autofree char *program = nn_script_dup_file_nudge (nudge, store, store->file->path);
    g_autofree char *quoted = nn_script_dup_quoted (program);

    g_string_append_printf (
        all,
        "try:\n    exec(%s, {})\n    raise SystemExit('not refused')\n"
        "except ValueError:\n    pass\n",
        quoted);
  }
  if (!run_python (f, all->str))
    g_test_skip ("NumPy or PyTorch is not installed");
}

/* The file is what has failed, not the nudge: its message begins with the file. As on a full
 * disk, there is space for the file, but not for what is written to it. */
static void
test_a_full_disk_is_said_of_the_file (Fixture *f, gconstpointer format)
{
  g_autofree char *in = g_build_filename (f->scratch.folder, "in.safetensors", NULL);
  g_autofree char *out = g_build_filename (f->scratch.folder, "out.safetensors", NULL);
  g_autofree char *expected = g_strdup_printf ("cannot write %s: ", out);
  g_autoptr (GError) error = NULL;
  g_autoptr (NnNudge) nudge = parse ("a.weight: w + 1");
  g_autoptr (NnArrayStore) store = NULL;
  g_autoptr (NnPatch) patch = NULL;
  struct rlimit usual, none;

  write_file (in);
  store = nn_array_store_open (in, NULL, &error);
  g_assert_no_error (error);
  patch = nn_patch_new (store, NULL, out, SEED, NULL, &error);
  g_assert_no_error (error);
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &usual), ==, 0);
  none = (struct rlimit){ 0, usual.rlim_max };
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &none), ==, 0);
  g_assert_false (nn_patch_apply (patch, nudge, &error));
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &usual), ==, 0);
  g_assert_error (error, NN_ERROR, NN_ERROR_FILE);
  g_assert_true (g_str_has_prefix (error->message, expected));
}

#define ADD(name, format, function)                                                      \
  g_test_add ("/nn/file-version/" name, Fixture, format, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("what-is-saved-is-what-is-shown", "safetensors",
       test_what_is_saved_is_what_is_shown);
  ADD ("what-is-saved-is-what-is-shown-npz", "npz", test_what_is_saved_is_what_is_shown);
  ADD ("a-preview-is-what-apply-makes", "safetensors",
       test_a_preview_is_what_apply_makes);
  ADD ("a-receipt-has-each-array", "safetensors", test_a_receipt_has_each_array);
  ADD ("refusals-change-nothing", "safetensors", test_refusals_change_nothing);
  ADD ("differences-are-of-versions", "safetensors", test_differences_are_of_versions);
  ADD ("a-file-that-was-written-is-refused", "safetensors",
       test_a_file_that_was_written_is_refused);
  ADD ("another-formats-ending-is-refused", "safetensors",
       test_another_formats_ending_is_refused);
  ADD ("progress-stops-it", "safetensors", test_progress_stops_it);
  ADD ("a-full-disk-is-said-of-the-file", "safetensors",
       test_a_full_disk_is_said_of_the_file);
  ADD ("the-program-does-the-same", "npz", test_the_program_does_the_same);
  ADD ("the-program-keeps-another-order", "npz", test_the_program_keeps_another_order);
  ADD ("the-program-refuses", "npz", test_the_program_refuses);
  return g_test_run ();
}

/* test-nudge-tensor-diff.c - what differs between two files
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/tensors/nudge-tensor-diff.h"

#include <adwaita.h>

#include "tests/ui/drive.h"
#include "tests/ui/tensors/tensor-fixture.h"

typedef struct {
  GtkWindow *window;
  GtkWidget *diff;
  FixtureFiles files;
  char *wanted; /* (owned) (nullable) the picture that was asked for last */
} Fixture;

static void
picture_wanted_cb (Fixture *f, const char *name)
{
  g_free (f->wanted);
  f->wanted = g_strdup (name);
}

static void
window_wanted_cb (Fixture *f,
                  const char *name,
                  guint64 first_row,
                  guint64 first_column,
                  guint64 n_rows,
                  guint64 n_columns)
{
  g_autoptr (NnTensorWindow) window = fixture_files_difference_window (
      &f->files, name, first_row, first_column, n_rows, n_columns);

  nudge_tensor_diff_set_window (NUDGE_TENSOR_DIFF (f->diff), name, window);
}

static void
compare (Fixture *f, guint a, guint b)
{
  g_autoptr (GError) error = NULL;
  NnFileDifference *difference =
      nn_file_difference_new (f->files.versions[a], f->files.versions[b], NULL, &error);

  g_assert_no_error (error);
  nudge_tensor_diff_take_difference (NUDGE_TENSOR_DIFF (f->diff), difference, "old.npz",
                                     "new.npz");
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->diff = nudge_tensor_diff_new ();
  f->window = GTK_WINDOW (gtk_window_new ());
  f->wanted = NULL;
  fixture_files_init (&f->files);
  g_signal_connect_swapped (f->diff, "picture-wanted", G_CALLBACK (picture_wanted_cb), f);
  g_signal_connect_swapped (f->diff, "window-wanted", G_CALLBACK (window_wanted_cb), f);
  gtk_window_set_default_size (f->window, 1300, 600);
  gtk_window_set_child (f->window, f->diff);
  drive_present (f->window);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  drive_close (f->window);
  fixture_files_clear (&f->files);
  g_free (f->wanted);
}

static GtkWidget *
find (Fixture *f, const char *text)
{
  drive_settle (f->diff);
  return drive_find_label (f->diff, text);
}

/* ---- the table --------------------------------------------------------------------- */

static void
test_rows_say_what_differs (Fixture *f, gconstpointer data)
{
  static const char *const texts[] = {
    "A old.npz · B new.npz · 6 of 8 tensors differ",
    "head.weight",
    "other values",
    "0.433",
    "0.25",
    "head.bias",
    "other shape",
    "(10,) → (2, 5)",
    "steps",
    "other type",
    "float32 → float64",
    "embedding.weight",
    "only in A",
    "new.weight",
    "only in B",
  };

  compare (f, 0, 1);
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_test_message ("%s", texts[i]);
    g_assert_nonnull (find (f, texts[i]));
  }
  g_assert_null (find (f, "encoder.blocks.0.mlp.up.bias"));
}

static void
test_same_ones_are_shown_on_request (Fixture *f, gconstpointer data)
{
  GtkWidget *only =
      drive_find (f->diff, "Only what differs", GTK_ACCESSIBLE_ROLE_CHECKBOX);

  compare (f, 0, 1);
  g_assert_nonnull (only);
  drive_click (only, 0.1, 0.5);
  g_assert_nonnull (find (f, "encoder.blocks.0.mlp.up.bias"));
  g_assert_nonnull (find (f, "same"));
  drive_click (find (f, "encoder.blocks.0.mlp.up.bias"), 0.5, 0.5);
  g_assert_nonnull (find (f, "The same in both, to the bit"));
}

static void
test_files_that_are_the_same (Fixture *f, gconstpointer data)
{
  compare (f, 0, 0);
  g_assert_true (
      gtk_widget_get_mapped (find (f, "The files are the same, byte for byte")));
  g_assert_null (f->wanted);
}

/* ---- the chosen one ---------------------------------------------------------------- */

static GtkWidget *
choose (Fixture *f, const char *name)
{
  g_autoptr (NnTensorPicture) picture = NULL;

  drive_click (find (f, name), 0.2, 0.5);
  g_assert_cmpstr (f->wanted, ==, name);
  picture = fixture_files_difference_picture (&f->files, name);
  nudge_tensor_diff_set_picture (NUDGE_TENSOR_DIFF (f->diff), name, picture);
  drive_settle (f->diff);
  return drive_find (f->diff, "Heat map", GTK_ACCESSIBLE_ROLE_IMG);
}

static void
test_chosen_one_is_told_and_drawn (Fixture *f, gconstpointer data)
{
  g_autoptr (GBytes) before = NULL;
  g_autoptr (GBytes) after = NULL;
  g_autofree char *reading = NULL;
  GtkWidget *map;

  compare (f, 0, 1);
  g_assert_cmpstr (f->wanted, ==, "encoder.blocks.0.mlp.up.weight"); /* by itself */
  map = choose (f, "head.weight");
  g_assert_nonnull (map);
  g_assert_nonnull (find (f, "3 of 1280 values differ: norm 0.433, the largest 0.25 at "
                             "[0,7]; cosine 0.997639692"));
  gtk_widget_grab_focus (map);
  drive_key (map, "shift+Right");
  for (guint i = 0; i < 7; i++)
    drive_key (map, "shift+Right");
  g_object_get (map, "reading", &reading, NULL);
  g_assert_cmpstr (reading, ==, "head.weight[0, 7] = 0.25");
}

static void
test_one_without_a_picture_has_none (Fixture *f, gconstpointer data)
{
  GtkWidget *map;

  compare (f, 0, 1);
  map = drive_find (f->diff, "Heat map", GTK_ACCESSIBLE_ROLE_IMG);
  g_assert_true (gtk_widget_get_mapped (map));
  drive_click (find (f, "head.bias"), 0.5, 0.5);
  g_assert_nonnull (find (f, "Of shape (10,) in A, and (2, 5) in B"));
  g_assert_false (gtk_widget_get_mapped (map));
}

#define ADD(name, function)                                                              \
  g_test_add ("/ui/tensor-diff/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  drive_load_style (FALSE);
  ADD ("rows-say-what-differs", test_rows_say_what_differs);
  ADD ("same-ones-are-shown-on-request", test_same_ones_are_shown_on_request);
  ADD ("files-that-are-the-same", test_files_that_are_the_same);
  ADD ("chosen-one-is-told-and-drawn", test_chosen_one_is_told_and_drawn);
  ADD ("one-without-a-picture-has-none", test_one_without_a_picture_has_none);
  return g_test_run ();
}

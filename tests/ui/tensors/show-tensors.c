/* show-tensors.c - pictures of the widgets that show tensors, to be looked at
 *
 * SPDX-License-Identifier: MIT
 *
 *   tests/with-display --wm show-tensors FOLDER
 *
 * Writes a PNG of each, light and dark, small and large.
 */

#include <adwaita.h>

#include "tests/ui/drive.h"
#include "tests/ui/tensors/tensor-fixture.h"
#include "ui/tensors/nudge-tensor-diff.h"
#include "ui/tensors/nudge-tensor-table.h"
#include "ui/tensors/nudge-tensor-view.h"

static const char *folder;
static const char *suffix;

static void
picture_wanted_cb (NudgeTensorView *view, NudgeTensor *tensor)
{
  g_autoptr (NnTensorSummary) summary = fixture_tensor_summarize (tensor, 0, TRUE);

  nudge_tensor_view_set_picture (view, tensor, summary->picture);
}

static void
window_wanted_cb (NudgeTensorView *view,
                  NudgeTensor *tensor,
                  guint64 first_row,
                  guint64 first_column,
                  guint64 n_rows,
                  guint64 n_columns)
{
  g_autoptr (NnTensorWindow) window =
      fixture_tensor_window (tensor, first_row, first_column, n_rows, n_columns);

  nudge_tensor_view_set_window (view, tensor, window);
}

static void
keep (GtkWindow *window, const char *name)
{
  g_autofree char *path = g_strdup_printf ("%s/%s-%s.png", folder, name, suffix);
  g_autoptr (GBytes) pixels = drive_dup_pixels (GTK_WIDGET (window), path);

  g_assert_cmpuint (g_bytes_get_size (pixels), >, 0);
}

static void
show_all (int width, int height)
{
  g_autoptr (GListModel) tensors = fixture_tensors_new ();
  GtkWidget *table = nudge_tensor_table_new ();
  GtkWidget *view = nudge_tensor_view_new ();
  GtkWidget *paned = gtk_paned_new (GTK_ORIENTATION_HORIZONTAL);
  GtkWindow *window = GTK_WINDOW (gtk_window_new ());
  NudgeTensor *chosen = fixture_tensors_find (tensors, "encoder.blocks.3.mlp.up.weight");
  g_autoptr (NnTensorSummary) preview = NULL;

  g_signal_connect (view, "picture-wanted", G_CALLBACK (picture_wanted_cb), NULL);
  g_signal_connect (view, "window-wanted", G_CALLBACK (window_wanted_cb), NULL);
  gtk_paned_set_start_child (GTK_PANED (paned), table);
  gtk_paned_set_end_child (GTK_PANED (paned), view);
  gtk_paned_set_position (GTK_PANED (paned), width * 6 / 10);
  gtk_window_set_child (window, paned);
  gtk_window_set_default_size (window, width, height);
  nudge_tensor_table_set_tensors (NUDGE_TENSOR_TABLE (table), tensors);
  drive_present (window);
  keep (window, "tree-waiting");
  fixture_tensors_fill (tensors);
  nudge_tensor_table_select (NUDGE_TENSOR_TABLE (table), chosen);
  nudge_tensor_view_set_tensor (NUDGE_TENSOR_VIEW (view), chosen);
  keep (window, "tree");
  preview = fixture_tensor_summarize (chosen, 0.05, FALSE);
  nudge_tensor_view_set_preview (NUDGE_TENSOR_VIEW (view), preview);
  nudge_tensor_table_set_flat (NUDGE_TENSOR_TABLE (table), TRUE);
  nudge_tensor_table_set_filter (NUDGE_TENSOR_TABLE (table), "*.weight");
  keep (window, "list-preview");
  nudge_tensor_view_set_tensor (
      NUDGE_TENSOR_VIEW (view),
      fixture_tensors_find (tensors, "encoder.blocks.3.mlp.up.bias"));
  keep (window, "vector");
  nudge_tensor_view_set_tensor (NUDGE_TENSOR_VIEW (view),
                                fixture_tensors_find (tensors, "embedding.weight"));
  keep (window, "embedding");
  drive_move (drive_find (view, "Heat map", GTK_ACCESSIBLE_ROLE_IMG), 0.5, 0.4);
  for (guint i = 0; i < 26; i++)
    drive_wheel (drive_find (view, "Heat map", GTK_ACCESSIBLE_ROLE_IMG), TRUE);
  keep (window, "zoomed");
  nudge_tensor_view_set_tensor (NUDGE_TENSOR_VIEW (view),
                                fixture_tensors_find (tensors, "head.weight"));
  keep (window, "head");
  drive_close (window);
}

static void
difference_wanted_cb (NudgeTensorDiff *diff, const char *name, FixtureFiles *files)
{
  g_autoptr (NnTensorPicture) picture = fixture_files_difference_picture (files, name);

  nudge_tensor_diff_set_picture (diff, name, picture);
}

static void
show_diff (int width, int height)
{
  GtkWidget *diff = nudge_tensor_diff_new ();
  GtkWindow *window = GTK_WINDOW (gtk_window_new ());
  FixtureFiles files;
  NnFileDifference *difference;

  fixture_files_init (&files);
  difference = nn_file_difference_new (files.versions[0], files.versions[1], NULL, NULL);
  g_signal_connect (diff, "picture-wanted", G_CALLBACK (difference_wanted_cb), &files);
  gtk_window_set_child (window, diff);
  gtk_window_set_default_size (window, width, height);
  nudge_tensor_diff_take_difference (NUDGE_TENSOR_DIFF (diff), difference, "old.npz",
                                     "new.npz");
  drive_present (window);
  keep (window, "diff");
  drive_click (drive_find_label (diff, "encoder.blocks.0.mlp.up.weight"), 0.5, 0.5);
  keep (window, "diff-chosen");
  drive_close (window);
  fixture_files_clear (&files);
}

int
main (int argc, char *argv[])
{
  static const int sizes[][2] = { { 900, 600 }, { 1440, 900 } };

  adw_init ();
  folder = argc > 1 ? argv[1] : ".";
  for (int dark = 0; dark < 2; dark++) {
    adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                        dark ? ADW_COLOR_SCHEME_FORCE_DARK
                                             : ADW_COLOR_SCHEME_FORCE_LIGHT);
    drive_load_style (dark);
    for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++) {
      g_autofree char *name =
          g_strdup_printf ("%d-%s", sizes[i][0], dark ? "dark" : "light");

      suffix = name;
      show_all (sizes[i][0], sizes[i][1]);
      show_diff (sizes[i][0], sizes[i][1]);
    }
  }
  return 0;
}

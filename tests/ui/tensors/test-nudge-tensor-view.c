/* test-nudge-tensor-view.c - one tensor: statistics, heat map, histogram
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/tensors/nudge-tensor-view.h"

#include <adwaita.h>
#include <string.h>

#include "tests/ui/drive.h"
#include "tests/ui/tensors/tensor-fixture.h"
#include "ui/tensors/nudge-tensor-map.h"

typedef struct {
  GtkWindow *window;
  GtkWidget *view;
  GtkWidget *map;
  GListModel *tensors;
  guint n_pictures; /* asked for */
  guint n_windows;
  guint64 asked[4]; /* the last window */
} Fixture;

static void
picture_wanted_cb (Fixture *f, NudgeTensor *tensor)
{
  f->n_pictures++;
}

static void
window_wanted_cb (Fixture *f,
                  NudgeTensor *tensor,
                  guint64 first_row,
                  guint64 first_column,
                  guint64 n_rows,
                  guint64 n_columns)
{
  const guint64 asked[] = { first_row, first_column, n_rows, n_columns };

  g_assert_cmpuint (n_rows * n_columns, <=, NUDGE_TENSOR_MAP_MOST);
  memcpy (f->asked, asked, sizeof asked);
  f->n_windows++;
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->view = nudge_tensor_view_new ();
  f->tensors = fixture_tensors_new ();
  f->window = GTK_WINDOW (gtk_window_new ());
  g_signal_connect_swapped (f->view, "picture-wanted", G_CALLBACK (picture_wanted_cb), f);
  g_signal_connect_swapped (f->view, "window-wanted", G_CALLBACK (window_wanted_cb), f);
  gtk_window_set_default_size (f->window, 500, 700);
  gtk_window_set_child (f->window, f->view);
  drive_present (f->window);
  f->map = drive_find (f->view, "Heat map", GTK_ACCESSIBLE_ROLE_IMG);
  g_assert_nonnull (f->map);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  drive_close (f->window);
  g_object_unref (f->tensors);
}

static NudgeTensor *
show (Fixture *f, const char *name, gboolean with_values)
{
  NudgeTensor *tensor = fixture_tensors_find (f->tensors, name);
  g_autoptr (NnTensorSummary) summary = fixture_tensor_summarize (tensor, 0, TRUE);

  nudge_tensor_view_set_tensor (NUDGE_TENSOR_VIEW (f->view), tensor);
  if (with_values)
    nudge_tensor_set_summary (tensor, summary);
  drive_settle (f->view);
  return tensor;
}

static void
give_window (Fixture *f, NudgeTensor *tensor)
{
  g_autoptr (NnTensorWindow) window =
      fixture_tensor_window (tensor, f->asked[0], f->asked[1], f->asked[2], f->asked[3]);

  nudge_tensor_view_set_window (NUDGE_TENSOR_VIEW (f->view), tensor, window);
}

static char *
dup_reading (Fixture *f)
{
  g_auto (GValue) reading = G_VALUE_INIT;

  g_object_get_property (G_OBJECT (f->map), "reading", &reading);
  return g_value_dup_string (&reading);
}

static void
assert_shown (Fixture *f, const char *text)
{
  drive_settle (f->view);
  g_test_message ("%s", text);
  g_assert_nonnull (drive_find_label (f->view, text));
}

/* ---- words and numbers ------------------------------------------------------------- */

static void
test_tells_what_it_is (Fixture *f, gconstpointer data)
{
  NudgeTensor *tensor = show (f, "stem.filter.weight", FALSE);
  g_autofree char *norm = NULL;

  assert_shown (f, "stem.filter.weight");
  assert_shown (f, "float32 · 16 × 3 × 7 × 7 · 2352 values");
  assert_shown (f, "…");
  g_assert_cmpuint (f->n_pictures, ==, 1);
  show (f, "stem.filter.weight", TRUE);
  norm = g_strdup_printf ("%.5g", nudge_tensor_get_summary (tensor)->norm);
  assert_shown (f, norm);
  assert_shown (f, "norm");
  gtk_test_accessible_assert_property (drive_find_label (f->view, norm),
                                       GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "norm");
  nudge_tensor_set_note (tensor, "buffer");
  assert_shown (f, "float32 · 16 × 3 × 7 × 7 · 2352 values · buffer");
  gtk_test_accessible_assert_role (f->map, GTK_ACCESSIBLE_ROLE_IMG);
}

/* Of a job that trains: a new summary is followed by a new picture, one at a time. */
static void
test_asks_again_when_values_change (Fixture *f, gconstpointer data)
{
  NudgeTensor *tensor = show (f, "head.bias", FALSE);
  g_autoptr (NnTensorSummary) first = fixture_tensor_summarize (tensor, 0, FALSE);
  g_autoptr (NnTensorSummary) second = fixture_tensor_summarize (tensor, 1, FALSE);
  g_autoptr (NnTensorSummary) whole = fixture_tensor_summarize (tensor, 1, TRUE);

  g_assert_cmpuint (f->n_pictures, ==, 1);
  nudge_tensor_set_summary (tensor, first);
  g_assert_cmpuint (f->n_pictures, ==, 1);
  nudge_tensor_view_set_picture (NUDGE_TENSOR_VIEW (f->view), tensor, whole->picture);
  nudge_tensor_set_summary (tensor, second);
  g_assert_cmpuint (f->n_pictures, ==, 2);
  nudge_tensor_set_summary (tensor, whole);
  g_assert_cmpuint (f->n_pictures, ==, 2);
  drive_settle (f->view);
  g_assert_cmpuint (f->n_windows, ==, 0); /* the picture has all values */
}

static void
test_preview_is_beside_what_is_now (Fixture *f, gconstpointer data)
{
  NudgeTensor *tensor = show (f, "head.bias", TRUE);
  g_autoptr (NnTensorSummary) preview = fixture_tensor_summarize (tensor, 2, FALSE);
  g_autoptr (GBytes) without = drive_dup_pixels (f->view, NULL);
  g_autoptr (GBytes) with = NULL;
  g_autoptr (GBytes) after = NULL;
  g_autofree char *words = NULL;

  nudge_tensor_view_set_preview (NUDGE_TENSOR_VIEW (f->view), preview);
  words = g_strdup_printf ("→ %.4g", preview->norm);
  g_assert_nonnull (drive_find_label (f->view, words));
  with = drive_dup_pixels (f->view, NULL);
  g_assert_false (g_bytes_equal (without, with));
  nudge_tensor_view_set_preview (NUDGE_TENSOR_VIEW (f->view), NULL);
  after = drive_dup_pixels (f->view, NULL);
  g_assert_true (g_bytes_equal (without, after));
}

static void
test_what_comes_late_is_dropped (Fixture *f, gconstpointer data)
{
  NudgeTensor *before = show (f, "head.bias", FALSE);
  g_autoptr (NnTensorSummary) summary = fixture_tensor_summarize (before, 0, TRUE);
  g_autoptr (GBytes) without = NULL;
  g_autoptr (GBytes) with = NULL;

  show (f, "steps", TRUE);
  without = drive_dup_pixels (f->map, NULL);
  nudge_tensor_view_set_picture (NUDGE_TENSOR_VIEW (f->view), before, summary->picture);
  with = drive_dup_pixels (f->map, NULL);
  g_assert_true (g_bytes_equal (without, with));
}

/* Behind "= ", with a true minus sign. */
static double
read_number (const char *reading)
{
  const char *number = strstr (reading, "= ");
  const gboolean negative = number && g_str_has_prefix (number + 2, "\u2212");

  g_assert_nonnull (number);
  return negative ? -g_ascii_strtod (number + 5, NULL)
                  : g_ascii_strtod (number + 2, NULL);
}

/* ---- the heat map ------------------------------------------------------------------ */

/* So far in that values are drawn one by one; and what is hovered is read. */
static void
test_wheel_zooms_down_to_values (Fixture *f, gconstpointer data)
{
  NudgeTensor *tensor = show (f, "embedding.weight", TRUE);
  g_autofree char *cell = NULL;
  g_autofree char *value = NULL;
  g_autofree char *wanted = NULL;
  guint64 row, column;

  g_assert_cmpuint (f->n_windows, ==, 1); /* it is small enough for all of it */
  drive_move (f->map, 0.5, 0.4);
  cell = dup_reading (f);
  g_assert_true (g_str_has_prefix (cell, "rows "));
  for (guint i = 0; i < 25; i++)
    drive_wheel (f->map, TRUE);
  give_window (f, tensor);
  value = dup_reading (f);
  g_assert_cmpint (sscanf (value, "embedding.weight[%lu, %lu]", &row, &column), ==, 2);
  wanted = g_strdup_printf ("embedding.weight[%lu, %lu] = ", row, column);
  g_assert_true (g_str_has_prefix (value, wanted));
  g_assert_cmpfloat_with_epsilon (read_number (value),
                                  fixture_tensor_value (tensor, row, column), 1e-9);
  gtk_test_accessible_assert_property (f->map, GTK_ACCESSIBLE_PROPERTY_LABEL, "Heat map");
}

/* The keyboard's cursor describes a value without a pointer. */
static void
test_keys_read_and_zoom (Fixture *f, gconstpointer data)
{
  NudgeTensor *tensor = show (f, "head.weight", TRUE);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *none = NULL;
  g_autoptr (GBytes) all = NULL;
  g_autoptr (GBytes) zoomed = NULL;
  g_autoptr (GBytes) again = NULL;

  g_assert_nonnull (tensor);
  drive_move (f->view, 0.5, 0.02);
  gtk_widget_grab_focus (f->map);
  drive_key (f->map, "shift+Right");
  first = dup_reading (f);
  g_assert_true (g_str_has_prefix (first, "head.weight[0, 0] = "));
  drive_key (f->map, "shift+Right");
  drive_key (f->map, "shift+Down");
  second = dup_reading (f);
  g_assert_true (g_str_has_prefix (second, "head.weight[1, 1] = "));
  drive_key (f->map, "Escape");
  none = dup_reading (f);
  g_assert_null (none);

  all = drive_dup_pixels (f->map, NULL);
  drive_key (f->map, "plus");
  drive_key (f->map, "plus");
  zoomed = drive_dup_pixels (f->map, NULL);
  g_assert_false (g_bytes_equal (all, zoomed));
  drive_key (f->map, "0");
  again = drive_dup_pixels (f->map, NULL);
  g_assert_true (g_bytes_equal (all, again));
}

/* Nothing on the way keeps the focus for itself, as children of a flow box do. */
static void
test_tab_passes_through (Fixture *f, gconstpointer data)
{
  gboolean map = FALSE;
  guint n = 0;

  show (f, "stem.filter.weight", TRUE);
  gtk_window_set_focus (f->window, NULL);
  while (n < 20 && gtk_widget_child_focus (f->view, GTK_DIR_TAB_FORWARD)) {
    n++;
    map = map || gtk_window_get_focus (f->window) == f->map;
  }
  g_assert_true (map);
  g_assert_cmpuint (n, <, 20);
}

static void
test_mean_and_strongest (Fixture *f, gconstpointer data)
{
  GtkWidget *mean = drive_find (f->view, "Mean of each cell", GTK_ACCESSIBLE_ROLE_BUTTON);
  g_autoptr (GBytes) strongest = NULL;
  g_autoptr (GBytes) means = NULL;

  show (f, "embedding.weight", TRUE);
  g_assert_nonnull (mean);
  strongest = drive_dup_pixels (f->map, NULL);
  drive_click (mean, 0.5, 0.5);
  drive_move (f->view, 0.5, 0.05);
  means = drive_dup_pixels (f->map, NULL);
  g_assert_false (g_bytes_equal (strongest, means));
}

static void
test_logarithm_of_counts (Fixture *f, gconstpointer data)
{
  GtkWidget *button =
      drive_find (f->view, "Logarithmic counts", GTK_ACCESSIBLE_ROLE_BUTTON);
  GtkWidget *histogram = drive_find (f->view, "Histogram", GTK_ACCESSIBLE_ROLE_IMG);
  g_autoptr (GBytes) linear = NULL;
  g_autoptr (GBytes) logarithmic = NULL;

  show (f, "embedding.weight", TRUE);
  linear = drive_dup_pixels (histogram, NULL);
  drive_click (button, 0.5, 0.5);
  logarithmic = drive_dup_pixels (histogram, NULL);
  g_assert_false (g_bytes_equal (linear, logarithmic));
}

static void
test_lets_go_of_all (void)
{
  g_autoptr (GListModel) tensors = fixture_tensors_new ();
  GtkWidget *view = g_object_ref_sink (nudge_tensor_view_new ());
  NudgeTensor *tensor = fixture_tensors_find (tensors, "steps");

  nudge_tensor_view_set_tensor (NUDGE_TENSOR_VIEW (view), tensor);
  g_assert_finalize_object (view);
  nudge_tensor_set_note (tensor, "still there");
}

#define ADD(name, function)                                                              \
  g_test_add ("/ui/tensor-view/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  drive_load_style (FALSE);
  ADD ("tells-what-it-is", test_tells_what_it_is);
  ADD ("asks-again-when-values-change", test_asks_again_when_values_change);
  ADD ("preview-is-beside-what-is-now", test_preview_is_beside_what_is_now);
  ADD ("what-comes-late-is-dropped", test_what_comes_late_is_dropped);
  ADD ("wheel-zooms-down-to-values", test_wheel_zooms_down_to_values);
  ADD ("keys-read-and-zoom", test_keys_read_and_zoom);
  ADD ("tab-passes-through", test_tab_passes_through);
  ADD ("mean-and-strongest", test_mean_and_strongest);
  ADD ("logarithm-of-counts", test_logarithm_of_counts);
  g_test_add_func ("/ui/tensor-view/lets-go-of-all", test_lets_go_of_all);
  return g_test_run ();
}

/* test-nudge-phase-strip.c - the phase strip: its sentence, its badge, its width
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/network/nudge-phase-strip.h"

#include <adwaita.h>

#include "tests/ui/drive.h"

/* The label that assistive tools and tests find by its description. */
static GtkWidget *
find_sentence (GtkWidget *root)
{
  GtkWidget *child = gtk_widget_get_first_child (root);
  g_autofree char *differs = NULL;

  if (GTK_IS_LABEL (root)) {
    differs = gtk_test_accessible_check_property (
        GTK_ACCESSIBLE (root), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "Landing");
    if (!differs)
      return root;
  }
  for (; child; child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_sentence (child);

    if (found)
      return found;
  }
  return NULL;
}

static void
test_sentence_is_found_whole (void)
{
  GtkWidget *strip = g_object_ref_sink (nudge_phase_strip_new ());
  const char *text =
      "fc2 was scaled by 0.98 after step 1200, before the forward of 1201: "
      "loss 0.0211 → 0.0187";
  GtkLabel *label;

  g_assert_nonnull (find_sentence (strip));
  nudge_phase_strip_set_sentence (NUDGE_PHASE_STRIP (strip), text);
  label = GTK_LABEL (find_sentence (strip));
  g_assert_nonnull (label);
  g_assert_cmpstr (gtk_label_get_text (label), ==, text);
  g_assert_cmpstr (gtk_widget_get_tooltip_text (GTK_WIDGET (label)), ==, text);

  nudge_phase_strip_set_sentence (NUDGE_PHASE_STRIP (strip), NULL);
  g_assert_cmpstr (gtk_label_get_text (label), ==, "");
  g_assert_false (gtk_widget_get_has_tooltip (GTK_WIDGET (label)));
  g_assert_true (find_sentence (strip) == GTK_WIDGET (label));
  g_assert_finalize_object (NUDGE_PHASE_STRIP (strip));
}

static int
measure_width (GtkWidget *strip)
{
  int least;

  gtk_widget_measure (strip, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  return least;
}

static void
test_pending_is_seen_and_fits (void)
{
  GtkWidget *strip = nudge_phase_strip_new ();
  GtkWindow *window = GTK_WINDOW (gtk_window_new ());
  g_autofree char *text = g_strnfill (5000, 'w');
  int without;

  gtk_window_set_child (window, strip);
  drive_present (window);
  without = measure_width (strip);
  nudge_phase_strip_set_sentence (NUDGE_PHASE_STRIP (strip), text);
  nudge_phase_strip_set_pending (NUDGE_PHASE_STRIP (strip), TRUE);
  g_assert_cmpint (measure_width (strip), >, without);
  g_assert_cmpint (measure_width (strip), <=, 900);
  nudge_phase_strip_set_pending (NUDGE_PHASE_STRIP (strip), FALSE);
  g_assert_cmpint (measure_width (strip), ==, without);
  drive_close (window);
}

static gboolean
shows (GtkLabel *label, const char *part)
{
  const char *text = gtk_label_get_text (label);
  PangoLayout *layout = gtk_label_get_layout (label);
  PangoLayoutIter *lines = pango_layout_get_iter (layout);
  gsize first = (gsize) (strstr (text, part) - text);
  g_autofree gboolean *seen = g_new0 (gboolean, strlen (text) + 1);
  gboolean all = TRUE;

  /* What is cut out is at no place: an ellipsis there stands for its first letter. */
  do {
    PangoLayoutLine *line = pango_layout_iter_get_line_readonly (lines);
    PangoRectangle extents;
    int index;

    pango_layout_line_get_extents (line, NULL, &extents);
    for (int x = 0; x < extents.width; x += PANGO_SCALE)
      if (pango_layout_line_x_to_index (line, x, &index, NULL))
        seen[index] = TRUE;
  } while (pango_layout_iter_next_line (lines));
  pango_layout_iter_free (lines);
  for (gsize i = first; i < first + strlen (part); i++)
    all &= seen[i] || text[i] == ' ' || ((guchar) text[i] & 0xc0) == 0x80;
  return all;
}

static GtkWindow *
present_with_landing (int width, GtkLabel **sentence)
{
  GtkWidget *strip = nudge_phase_strip_new ();
  GtkWindow *window = GTK_WINDOW (gtk_window_new ());

  nudge_phase_strip_set_sentence (
      NUDGE_PHASE_STRIP (strip),
      "fc1.weight: w + a·w, a = 0.001 applied after step 22401358, before the forward of "
      "22401359: loss 0.02111 → 0.01873 (ΔL −0.00238)");
  gtk_window_set_default_size (window, width, 100);
  gtk_window_set_child (window, strip);
  drive_present (window);
  *sentence = GTK_LABEL (find_sentence (strip));
  return window;
}

static void
test_a_narrow_sentence_keeps_its_ends (void)
{
  GtkLabel *sentence;
  GtkWindow *window = present_with_landing (480, &sentence);

  g_assert_true (shows (sentence, "fc1.weight: w + a·w, a = 0.001"));
  g_assert_true (shows (sentence, "0.01873 (ΔL"));
  g_assert_true (shows (sentence, "−0.00238)"));
  g_assert_false (shows (sentence, gtk_label_get_text (sentence)));
  drive_close (window);
}

static void
test_a_wide_sentence_is_whole (void)
{
  GtkLabel *sentence;
  GtkWindow *window = present_with_landing (1000, &sentence);

  g_assert_true (shows (sentence, gtk_label_get_text (sentence)));
  drive_close (window);
}

static gboolean
has_names (GtkWindow *window)
{
  GtkWidget *forward =
      drive_find (GTK_WIDGET (window), "Forward", GTK_ACCESSIBLE_ROLE_LABEL);

  return forward && gtk_widget_get_mapped (forward);
}

/* The names are removed before anything of this run is shown. */
static void
test_names_go_when_it_is_narrow (void)
{
  GtkLabel *sentence;
  GtkWindow *window = present_with_landing (1000, &sentence);

  g_assert_true (has_names (window));
  drive_close (window);
  window = present_with_landing (480, &sentence);
  g_assert_false (has_names (window));
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (window)), <=, 490);
  g_assert_true (shows (sentence, "−0.00238)"));
  drive_close (window);
}

/* While a step is walked the names stay, and none moves as it goes on. */
static void
test_a_phase_is_lit_where_it_stands (void)
{
  static const char *const names[] = { "Forward", "Backward", "Optimizer",
                                       "◆ Gradient-free section" };
  GtkLabel *sentence;
  GtkWindow *window = present_with_landing (720, &sentence);
  GtkWidget *strip = gtk_window_get_child (window);
  double places[G_N_ELEMENTS (names)];

  nudge_phase_strip_set_sentence (NUDGE_PHASE_STRIP (strip), "Forward: the loss is 1.");
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    nudge_phase_strip_set_phase (NUDGE_PHASE_STRIP (strip), NUDGE_PHASE_FORWARD + i);
    drive_settle (strip);
    for (guint k = 0; k < G_N_ELEMENTS (names); k++) {
      GtkWidget *name = drive_find (strip, names[k], GTK_ACCESSIBLE_ROLE_LABEL);
      double x;

      g_assert_true (gtk_widget_get_mapped (name));
      g_assert_true (gtk_widget_has_css_class (name, "lit") == (k == i));
      gtk_widget_translate_coordinates (name, strip, 0, 0, &x, NULL);
      if (i == 0)
        places[k] = x;
      g_assert_cmpfloat (x, ==, places[k]);
    }
  }
  drive_close (window);
}

/* Where it will land, and not beside it. */
static void
test_a_nudge_waits_at_the_section (void)
{
  GtkWidget *strip = g_object_ref_sink (nudge_phase_strip_new ());
  const char *waits = "◆ A nudge waits here";

  nudge_phase_strip_set_phase (NUDGE_PHASE_STRIP (strip), NUDGE_PHASE_BACKWARD);
  nudge_phase_strip_set_pending (NUDGE_PHASE_STRIP (strip), TRUE);
  g_assert_nonnull (drive_find (strip, waits, GTK_ACCESSIBLE_ROLE_LABEL));
  nudge_phase_strip_set_phase (NUDGE_PHASE_STRIP (strip), NUDGE_PHASE_NONE);
  g_assert_null (drive_find (strip, waits, GTK_ACCESSIBLE_ROLE_LABEL));
  nudge_phase_strip_set_pending (NUDGE_PHASE_STRIP (strip), FALSE);
  g_assert_finalize_object (NUDGE_PHASE_STRIP (strip));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  drive_load_style (FALSE);
  g_test_add_func ("/ui/phase-strip/sentence-is-found-whole",
                   test_sentence_is_found_whole);
  g_test_add_func ("/ui/phase-strip/pending-is-seen-and-fits",
                   test_pending_is_seen_and_fits);
  g_test_add_func ("/ui/phase-strip/a-narrow-sentence-keeps-its-ends",
                   test_a_narrow_sentence_keeps_its_ends);
  g_test_add_func ("/ui/phase-strip/a-wide-sentence-is-whole",
                   test_a_wide_sentence_is_whole);
  g_test_add_func ("/ui/phase-strip/names-go-when-it-is-narrow",
                   test_names_go_when_it_is_narrow);
  g_test_add_func ("/ui/phase-strip/a-phase-is-lit-where-it-stands",
                   test_a_phase_is_lit_where_it_stands);
  g_test_add_func ("/ui/phase-strip/a-nudge-waits-at-the-section",
                   test_a_nudge_waits_at_the_section);
  return g_test_run ();
}

/* test-nudge-phase-strip.c - the phase strip: its sentence, its badge, its width
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/nudge-phase-strip.h"

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
  return g_test_run ();
}

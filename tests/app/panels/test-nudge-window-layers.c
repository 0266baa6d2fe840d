/* test-nudge-window-layers.c - what each layer is like along the run, in the loss's place
 *
 * SPDX-License-Identifier: MIT
 */

#include "tests/app/window-fixture.h"

static GtkDropDown *
get_views (Fixture *f)
{
  return GTK_DROP_DOWN (find (f, "What is plotted", GTK_ACCESSIBLE_ROLE_COMBO_BOX));
}

static gboolean
has_layers (gpointer data)
{
  return frame_of (data)->layers != NULL;
}

static gboolean
has_no_layers (gpointer data)
{
  return frame_of (data)->layers == NULL;
}

static GtkWidget *
get_plot (Fixture *f, const char *name)
{
  return find (f, name, GTK_ACCESSIBLE_ROLE_IMG);
}

/* Frames have them as long as they are seen, and no longer; of a small network from
 * the beginning. */
static void
test_frames_have_layers_while_they_are_seen (Fixture *f, gconstpointer data)
{
  step_to (f, 1);
  g_assert_null (frame_of (f)->layers);
  gtk_drop_down_set_selected (get_views (f), 1);
  g_assert_true (drive_until (has_layers, f));
  step_to (f, 2);
  step_to (f, 3);
  g_assert_cmpuint (frame_of (f)->layers->n_points, ==, 4);
  g_assert_cmpuint (frame_of (f)->layers->steps[0], ==, 0);
  g_assert_true (gtk_widget_get_mapped (get_plot (f, "Norm of weights")));
  g_assert_false (gtk_widget_get_mapped (get_plot (f, "Loss plot")));
  gtk_drop_down_set_selected (get_views (f), 0);
  g_assert_true (drive_until (has_no_layers, f));
  g_assert_true (gtk_widget_get_mapped (get_plot (f, "Loss plot")));
}

static void
test_each_view_has_a_name (Fixture *f, gconstpointer data)
{
  static const char *const names[] = { "Norm of weights", "Norm of gradients",
                                       "Update over weights", "Dead units", "Weights" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    gtk_drop_down_set_selected (get_views (f), i + 1);
    g_assert_true (gtk_widget_get_mapped (get_plot (f, names[i])));
  }
}

/* The cursor goes from one point to another, and Return to the step that it is at. */
static void
test_keys_go_along_the_points (Fixture *f, gconstpointer data)
{
  GtkWidget *plot;

  gtk_drop_down_set_selected (get_views (f), 3);
  for (guint64 step = 1; step <= 4; step++)
    step_to (f, step);
  plot = get_plot (f, "Update over weights");
  gtk_widget_grab_focus (plot);
  drive_key (plot, "Home");
  drive_key (plot, "Right");
  drive_key (plot, "Right");
  drive_key (plot, "Return");
  g_assert_true (drive_until (is_at_step, &(AtStep){ f, 2 }));
}

#define ADD(name, function)                                                              \
  g_test_add ("/app/window-layers/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("frames-have-layers-while-they-are-seen",
       test_frames_have_layers_while_they_are_seen);
  ADD ("each-view-has-a-name", test_each_view_has_a_name);
  ADD ("keys-go-along-the-points", test_keys_go_along_the_points);
  return fixture_run ();
}

/* test-nudge-window-layout.c - nothing is off the screen, and nothing in the way
 *
 * SPDX-License-Identifier: MIT
 */

#include "tests/app/window-fixture.h"

#include "ui/nudge-phase-strip.h"

/* The screen on which all must be within reach, with text of 150 %. */
#define WIDTH  1024
#define HEIGHT 768
#define LARGE  (144 * PANGO_SCALE)

/* One that ends the run at its second step, and ten that do not. */
static NnExperiment *
experiment_that_fails (void)
{
  g_autoptr (GError) error = NULL;
  NnExperiment *experiment = nn_experiment_new_demo ("seed", &error);

  g_assert_no_error (error);
  nn_experiment_add_nudge (experiment, "*: w*1e13 @ step 2", NULL, &error);
  g_assert_no_error (error);
  for (int i = 0; i < 10; i++) {
    nn_experiment_add_nudge (experiment, "fc1.weight: w + 0.001*w @ step 3000", NULL,
                             &error);
    g_assert_no_error (error);
  }
  return experiment;
}

static void
set_up_large (Fixture *f, gconstpointer data)
{
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", LARGE, NULL);
  scratch_set_up (&f->scratch, NULL);
  open_experiment (f, experiment_that_fails ());
}

static void
tear_down_large (Fixture *f, gconstpointer data)
{
  tear_down (f, data);
  gtk_settings_reset_property (gtk_settings_get_default (), "gtk-xft-dpi");
}

static void
assert_fits (Fixture *f)
{
  GtkWidget *window = GTK_WIDGET (f->window);
  int width, height;

  gtk_widget_measure (window, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  gtk_widget_measure (window, GTK_ORIENTATION_VERTICAL, WIDTH, &height, NULL, NULL, NULL);
  g_test_message ("at least %d x %d", width, height);
  g_assert_cmpint (width, <=, WIDTH);
  g_assert_cmpint (height, <=, HEIGHT);
}

/* --- A small screen ---------------------------------------------------------------- */

static void
test_fits_while_it_waits (Fixture *f, gconstpointer data)
{
  GtkWidget *strip =
      gtk_widget_get_ancestor (GTK_WIDGET (f->landing), NUDGE_TYPE_PHASE_STRIP);

  assert_fits (f);
  step_to (f, 1);
  drive_click (find (f, "Apply to fc1", GTK_ACCESSIBLE_ROLE_BUTTON), 0.5, 0.5);
  g_assert_true (drive_until (has_landed, f));
  nudge_phase_strip_set_pending (NUDGE_PHASE_STRIP (strip), TRUE);
  assert_fits (f);
}

static void
test_fits_after_a_long_run (Fixture *f, gconstpointer data)
{
  gtk_label_set_text (f->step_label, "Step 123456789");
  gtk_label_set_text (f->loss_label, "Loss 0.0001234");
  assert_fits (f);
}

static void
test_fits_after_a_failure (Fixture *f, gconstpointer data)
{
  drive_click (f->run, 0.5, 0.5);
  g_assert_true (drive_until (has_failed, f));
  g_assert_true (drive_until (is_paused, f));
  assert_fits (f);
}

#define ADD(name, before, function, after)                                               \
  g_test_add ("/app/window-layout/" name, Fixture, NULL, before, function, after)

int
main (int argc, char *argv[])
{
  GtkApplication *application;
  int status;

  g_test_init (&argc, &argv, NULL);
  application = fixture_application_new ();
  ADD ("fits-while-it-waits", set_up_large, test_fits_while_it_waits, tear_down_large);
  ADD ("fits-after-a-long-run", set_up_large, test_fits_after_a_long_run,
       tear_down_large);
  ADD ("fits-after-a-failure", set_up_large, test_fits_after_a_failure, tear_down_large);
  status = g_test_run ();
  g_object_unref (application);
  return status;
}

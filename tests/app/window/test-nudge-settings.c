/* test-nudge-settings.c - what is remembered from one window to the next
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/base/nudge-preferences.h"
#include "app/base/nudge-settings.h"
#include "app/nudge-open.h"
#include "nn/io/nn-experiment-demo.h"
#include "tests/app/window-fixture.h"

static int
get_default_width (NudgeWindow *window)
{
  int width;

  g_object_get (window, "default-width", &width, NULL);
  return width;
}

/* Returns: (nullable): the first one in @widget, which has the network above the loss */
static GtkPaned *
find_paned (GtkWidget *widget)
{
  GtkPaned *found = GTK_IS_PANED (widget) ? GTK_PANED (widget) : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child && !found;
       child = gtk_widget_get_next_sibling (child))
    found = find_paned (child);
  return found;
}

static gboolean
get_state (Fixture *f, const char *action)
{
  GVariant *state = g_action_group_get_action_state (G_ACTION_GROUP (f->window), action);
  const gboolean value = g_variant_get_boolean (state);

  g_variant_unref (state);
  return value;
}

/* Returns: (transfer none): the window of the application that shows a document */
static NudgeWindow *
open_another (Fixture *f)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (f->window));
  g_autoptr (NnExperiment) experiment = nn_experiment_new_demo ("seed", NULL);
  g_autoptr (NudgeDocument) document = nudge_document_new (experiment, NULL);

  nudge_open_document (application, document);
  return NUDGE_WINDOW (gtk_application_get_windows (application)->data);
}

static void
test_a_window_is_as_the_last_one_was_left (Fixture *f, gconstpointer data)
{
  Fixture other = { .window = open_another (f) };
  double speed;

  g_assert_nonnull (nudge_settings_get ());
  drive_present (GTK_WINDOW (other.window));
  g_object_set (other.window, "default-width", 1100, "default-height", 760, NULL);
  gtk_paned_set_position (find_paned (GTK_WIDGET (other.window)), 300);
  g_object_set (nudge_document_get_session (nudge_window_get_document (other.window)),
                "speed", 20.0, NULL);
  g_action_group_activate_action (G_ACTION_GROUP (other.window), "log-scale", NULL);
  g_action_group_activate_action (G_ACTION_GROUP (other.window), "side-panel", NULL);
  g_assert_true (get_state (&other, "log-scale"));
  g_assert_false (get_state (f, "log-scale"));
  g_assert_true (get_state (f, "side-panel"));
  g_assert_cmpint (get_default_width (f->window), ==, 1280);
  drive_close (GTK_WINDOW (other.window));

  other.window = open_another (f);
  drive_present (GTK_WINDOW (other.window));
  g_assert_cmpint (get_default_width (other.window), ==, 1100);
  g_assert_true (get_state (&other, "log-scale"));
  g_assert_false (get_state (&other, "side-panel"));
  g_assert_cmpint (gtk_paned_get_position (find_paned (GTK_WIDGET (other.window))), ==,
                   300);
  g_object_get (nudge_document_get_session (nudge_window_get_document (other.window)),
                "speed", &speed, NULL);
  g_assert_cmpfloat (speed, ==, 20);
  drive_close (GTK_WINDOW (other.window));
}

static void
test_a_key_that_is_not_there_does_nothing (Fixture *f, gconstpointer data)
{
  nudge_settings_set_int ("no-such-key", 3);
  nudge_settings_bind ("no-such-key", f->window, "default-width");
  nudge_settings_remember ("no-such-key", f->window, "default-width");
  g_assert_cmpint (nudge_settings_get_int ("no-such-key", 7), ==, 7);
  g_assert_true (nudge_settings_get_boolean ("autosave", FALSE));
}

static void
test_preferences_are_kept (Fixture *f, gconstpointer data)
{
  NudgePreferences *preferences = nudge_preferences_get ();
  g_autofree char *language = NULL;
  int pair;

  g_object_set (preferences, "text-size", 120, "still", TRUE, "pair", 1, "autosave",
                FALSE, "start-speed", 10.0, "language", "zh_CN", NULL);
  g_assert_cmpint (nudge_settings_get_int ("text-size", 0), ==, 120);
  g_assert_true (nudge_settings_get_boolean ("still", FALSE));
  g_assert_cmpint (nudge_settings_get_int ("pair", 0), ==, 1);
  g_assert_false (nudge_settings_get_boolean ("autosave", TRUE));
  g_assert_cmpfloat (nudge_settings_get_double ("start-speed", 0), ==, 10);
  language = nudge_settings_dup_string ("language");
  g_assert_cmpstr (language, ==, "zh_CN");

  nudge_settings_set_int ("pair", 0); /* as another program would */
  g_object_get (preferences, "pair", &pair, NULL);
  g_assert_cmpint (pair, ==, 0);
  g_object_set (preferences, "text-size", 100, "still", FALSE, "autosave", TRUE,
                "start-speed", -1.0, "language", "", NULL);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/app/settings/a-window-is-as-the-last-one-was-left", Fixture, NULL, set_up,
              test_a_window_is_as_the_last_one_was_left, tear_down);
  g_test_add ("/app/settings/a-key-that-is-not-there-does-nothing", Fixture, NULL, set_up,
              test_a_key_that_is_not_there_does_nothing, tear_down);
  g_test_add ("/app/settings/preferences-are-kept", Fixture, NULL, set_up,
              test_preferences_are_kept, tear_down);
  return fixture_run ();
}

/* test-nudge-window-preferences.c - text size, motion, colours, full screen, help, Undo
 *
 * SPDX-License-Identifier: MIT
 */

#include "tests/app/window-dialogs.h"

#include <adwaita.h>

#include "app/base/nudge-preferences.h"
#include "app/help/nudge-help-window.h"
#include "app/nudge-open.h"
#include "app/nudge-preferences-window.h"
#include "nn/io/nn-experiment-demo.h"
#include "ui/base/nudge-picture.h"

static void
tear_down_preferences (Fixture *f, gconstpointer data)
{
  g_object_set (nudge_preferences_get (), "text-size", 100, "still", FALSE, "pair", 0,
                "start-speed", -1.0, NULL);
  tear_down (f, data);
}

/* --- Text -------------------------------------------------------------------------- */

static int
get_dpi (void)
{
  int dpi;

  g_object_get (gtk_settings_get_default (), "gtk-xft-dpi", &dpi, NULL);
  return dpi;
}

static gboolean
has_dpi (gpointer data)
{
  return get_dpi () == GPOINTER_TO_INT (data);
}

/* Of plus, Shift has a release of its own: not all was seen yet. */
static void
assert_dpi (int dpi)
{
  g_assert_true (drive_until (has_dpi, GINT_TO_POINTER (dpi)));
}

static void
test_keys_change_the_size_of_text (Fixture *f, gconstpointer data)
{
  const int usual = get_dpi ();
  const int height = gtk_widget_get_height (f->run);

  drive_key (GTK_WIDGET (f->window), "ctrl+plus");
  drive_key (GTK_WIDGET (f->window), "ctrl+plus");
  assert_dpi (usual * 120 / 100);
  drive_settle (f->run);
  g_assert_cmpint (gtk_widget_get_height (f->run), >=, height);
  g_assert_cmpfloat (nudge_widget_get_text_scale (f->network), >, 1.1);
  drive_key (GTK_WIDGET (f->window), "ctrl+minus");
  assert_dpi (usual * 110 / 100);
  drive_key (GTK_WIDGET (f->window), "ctrl+0");
  assert_dpi (usual);
}

static void
test_text_has_a_largest_and_a_smallest_size (Fixture *f, gconstpointer data)
{
  int size;

  for (int i = 0; i < 40; i++)
    nudge_preferences_change_text_size (10);
  g_object_get (nudge_preferences_get (), "text-size", &size, NULL);
  g_assert_cmpint (size, ==, 300);
  for (int i = 0; i < 40; i++)
    nudge_preferences_change_text_size (-10);
  g_object_get (nudge_preferences_get (), "text-size", &size, NULL);
  g_assert_cmpint (size, ==, 50);
}

/* --- The window of preferences ----------------------------------------------------- */

static GtkWidget *
find_window (GType type)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++) {
    g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

    if (g_type_is_a (G_OBJECT_TYPE (window), type) && gtk_widget_get_mapped (window))
      return window;
  }
  return NULL;
}

static gboolean
preferences_are_shown (gpointer data)
{
  return find_window (NUDGE_TYPE_PREFERENCES_WINDOW) != NULL;
}

/* The key's release is the new window's, so what the key does is done here. */
static void
activate (Fixture *f, const char *action, const char *key)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (f->window));
  g_autofree char *detailed = g_strconcat ("app.", action, NULL);
  g_auto (GStrv) keys = gtk_application_get_accels_for_action (application, detailed);

  g_assert_true (g_strv_contains ((const char *const *) keys, key));
  g_action_group_activate_action (G_ACTION_GROUP (application), action, NULL);
}

static GtkWidget *
open_preferences (Fixture *f)
{
  GtkWidget *window;

  activate (f, "preferences", "<Control>comma");
  g_assert_true (drive_until (preferences_are_shown, NULL));
  window = find_window (NUDGE_TYPE_PREFERENCES_WINDOW);
  drive_settle (window);
  return window;
}

static gboolean
is_still (gpointer data)
{
  gboolean moves;

  g_object_get (gtk_settings_get_default (), "gtk-enable-animations", &moves, NULL);
  return !moves;
}

static void
test_a_switch_ends_motion (Fixture *f, gconstpointer data)
{
  GtkWidget *window = open_preferences (f);
  GtkWidget *still = drive_find (window, "No motion", GTK_ACCESSIBLE_ROLE_SWITCH);

  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", TRUE, NULL);
  drive_click (still, 0.5, 0.5);
  g_assert_true (drive_until (is_still, NULL));
  drive_close (GTK_WINDOW (window));
}

static void
assert_nothing_is_cut (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget)) {
    g_test_message ("%s", gtk_label_get_text (GTK_LABEL (widget)));
    g_assert_false (
        pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (widget))));
  }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child;
       child = gtk_widget_get_next_sibling (child))
    assert_nothing_is_cut (child);
}

static void
test_large_text_is_not_cut (Fixture *f, gconstpointer data)
{
  GtkWidget *window;

  g_object_set (nudge_preferences_get (), "text-size", 150, "start-speed", 0.0, NULL);
  window = open_preferences (f);
  assert_nothing_is_cut (window);
  g_assert_cmpint (gtk_widget_get_width (window), <, 640);
  drive_close (GTK_WINDOW (window));
}

static guint
count_colour (GtkWidget *widget, const NudgeColour *colour)
{
  g_autoptr (GBytes) pixels = drive_dup_pixels (widget, NULL);
  const guint8 *bgra = g_bytes_get_data (pixels, NULL);
  guint n = 0;

  for (gsize i = 0; i < g_bytes_get_size (pixels); i += 4)
    n += ABS (bgra[i] - colour->blue * 255) < 12 &&
         ABS (bgra[i + 1] - colour->green * 255) < 12 &&
         ABS (bgra[i + 2] - colour->red * 255) < 12;
  return n;
}

static void
test_the_signs_have_other_colours (Fixture *f, gconstpointer data)
{
  const NudgePalette *usual =
      nudge_palette_get_with (NUDGE_PAIR_BLUE_ORANGE, FALSE, FALSE);
  const NudgePalette *other = nudge_palette_get_with (NUDGE_PAIR_RED_BLUE, FALSE, FALSE);

  g_assert_cmpuint (count_colour (f->network, &usual->negative), >, 10);
  g_assert_cmpuint (count_colour (f->network, &other->positive), ==, 0);
  g_object_set (nudge_preferences_get (), "pair", (int) NUDGE_PAIR_RED_BLUE, NULL);
  drive_settle (f->network);
  g_assert_cmpuint (count_colour (f->network, &usual->negative), ==, 0);
  g_assert_cmpuint (count_colour (f->network, &other->positive), >, 10);
}

/* --- Speed ------------------------------------------------------------------------- */

/* Of a document that is opened, in a window that is closed again. */
static double
open_and_get_speed (Fixture *f, const char *demo)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (f->window));
  g_autoptr (NnExperiment) experiment = nn_experiment_new_demo (demo, NULL);
  g_autoptr (NudgeDocument) document = nudge_document_new (experiment, NULL);
  double speed;

  nudge_open_document (application, document);
  g_object_get (nudge_document_get_session (document), "speed", &speed, NULL);
  drive_close (gtk_application_get_windows (application)->data);
  return speed;
}

static void
test_a_start_speed_holds_for_what_has_none (Fixture *f, gconstpointer data)
{
  g_object_set (nudge_preferences_get (), "start-speed", 10.0, NULL);
  g_assert_cmpfloat (open_and_get_speed (f, "seed"), ==, 10);
  g_assert_cmpfloat (open_and_get_speed (f, "heal"), ==, 60);
}

/* --- Others ------------------------------------------------------------------------ */

static gboolean
is_full_screen (gpointer data)
{
  return gtk_window_is_fullscreen (GTK_WINDOW (((Fixture *) data)->window));
}

static gboolean
is_not_full_screen (gpointer data)
{
  return !is_full_screen (data);
}

static void
test_f11_is_full_screen (Fixture *f, gconstpointer data)
{
  drive_key (GTK_WIDGET (f->window), "F11");
  g_assert_true (drive_until (is_full_screen, f));
  drive_settle (GTK_WIDGET (f->window));
  drive_key (GTK_WIDGET (f->window), "F11");
  g_assert_true (drive_until (is_not_full_screen, f));
}

static gboolean
help_is_shown (gpointer data)
{
  return find_window (NUDGE_TYPE_HELP_WINDOW) != NULL;
}

static GtkWidget *
open_help (Fixture *f)
{
  activate (f, "help", "F1");
  g_assert_true (drive_until (help_is_shown, f));
  return GTK_WIDGET (find_window (NUDGE_TYPE_HELP_WINDOW));
}

static gboolean
help_is_closed (gpointer data)
{
  return find_window (NUDGE_TYPE_HELP_WINDOW) == NULL;
}

static guint
count_windows (void)
{
  return g_list_model_get_n_items (gtk_window_get_toplevels ());
}

/* Also in the help, which shows itself; and there are the keys of a window. */
static void
test_f1_is_help (Fixture *f, gconstpointer data)
{
  GtkWidget *help = open_help (f);
  const guint n_windows = count_windows ();

  g_assert_nonnull (drive_find (help, "Your first nudge", GTK_ACCESSIBLE_ROLE_GROUP));
  drive_key (help, "F1");
  g_assert_cmpuint (count_windows (), ==, n_windows);
  dialogs_key ("ctrl+w");
  g_assert_true (drive_until (help_is_closed, NULL));
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (f->window)));
}

static void
test_help_goes_with_its_window (Fixture *f, gconstpointer data)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (f->window));
  NudgeWindow *other = nudge_window_new (application);

  drive_present (GTK_WINDOW (other));
  dialogs_key ("F1");
  g_assert_true (drive_until (help_is_shown, NULL));
  drive_close (GTK_WINDOW (other));
  g_assert_true (help_is_closed (NULL));
}

static void
test_f1_is_about_what_has_the_focus (Fixture *f, gconstpointer data)
{
  static const char *const controls[] = { "Apply to fc1", "Amount for fc1", "Loss plot" };
  static const GtkAccessibleRole roles[] = { GTK_ACCESSIBLE_ROLE_BUTTON,
                                             GTK_ACCESSIBLE_ROLE_SLIDER,
                                             GTK_ACCESSIBLE_ROLE_IMG };

  for (gsize i = 0; i < G_N_ELEMENTS (controls); i++) {
    GtkWidget *help;

    gtk_widget_grab_focus (find (f, controls[i], roles[i]));
    drive_key (GTK_WIDGET (f->window), "F1");
    g_assert_true (drive_until (help_is_shown, f));
    help = GTK_WIDGET (find_window (NUDGE_TYPE_HELP_WINDOW));
    g_assert_nonnull (drive_find (help, "Words", GTK_ACCESSIBLE_ROLE_GROUP));
    drive_close (GTK_WINDOW (help));
  }
}

/* Above the network, and on the head of the cards. */
static void
test_a_word_is_explained (Fixture *f, gconstpointer data)
{
  static const char *const words[] = { "Optimizer", "Nudges" };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++) {
    GtkWidget *help;

    drive_click (drive_find_label (GTK_WIDGET (f->window), words[i]), 0.5, 0.5);
    g_assert_true (drive_until (help_is_shown, f));
    help = GTK_WIDGET (find_window (NUDGE_TYPE_HELP_WINDOW));
    g_assert_nonnull (drive_find (help, "Words", GTK_ACCESSIBLE_ROLE_GROUP));
    drive_close (GTK_WINDOW (help));
  }
}

/* Symbols have "<" in them, which is no markup. */
static void
test_help_is_searched (Fixture *f, gconstpointer data)
{
  GtkWidget *help = open_help (f);

  drive_key (help, "ctrl+f");
  drive_type (help, "prune");
  drive_settle (help);
  drive_key (help, "Return");
  drive_settle (help);
  g_assert_nonnull (
      drive_find (help, "Functions with a name", GTK_ACCESSIBLE_ROLE_GROUP));
  drive_key (help, "alt+Left");
  drive_settle (help);
  g_assert_nonnull (drive_find (help, "Your first nudge", GTK_ACCESSIBLE_ROLE_GROUP));
  drive_close (GTK_WINDOW (help));
}

static gboolean
undo_is_offered (gpointer data)
{
  GtkWidget *overlay =
      gtk_widget_get_ancestor (((Fixture *) data)->network, ADW_TYPE_TOAST_OVERLAY);
  GtkWidget *button = find_button (overlay, "Undo");

  return button && gtk_widget_get_sensitive (button);
}

static gboolean
undo_is_not_offered (gpointer data)
{
  return !undo_is_offered (data);
}

static gboolean
has_two_steps (gpointer data)
{
  return frame_of (data)->step == 2;
}

static void
reset (Fixture *f)
{
  step_to (f, 1);
  step_to (f, 2);
  drive_click (f->reset, 0.5, 0.5);
  g_assert_true (drive_until (is_at_start, f));
  g_assert_true (drive_until (undo_is_offered, f));
}

static void
test_a_message_undoes_reset (Fixture *f, gconstpointer data)
{
  GtkWidget *overlay;

  reset (f);
  overlay = gtk_widget_get_ancestor (f->network, ADW_TYPE_TOAST_OVERLAY);
  drive_settle (overlay);
  drive_click (find_button (overlay, "Undo"), 0.5, 0.5);
  g_assert_true (drive_until (has_two_steps, f));
}

/* What Undo takes back then is something else. */
static void
test_the_offer_ends_with_the_next_thing_done (Fixture *f, gconstpointer data)
{
  reset (f);
  drive_click (find (f, "Apply to fc1", GTK_ACCESSIBLE_ROLE_BUTTON), 0.5, 0.5);
  g_assert_true (drive_until (has_landed, f));
  g_assert_true (drive_until (undo_is_not_offered, f));
}

#define ADD(name, function)                                                              \
  g_test_add ("/app/window-preferences/" name, Fixture, NULL, set_up, function,          \
              tear_down_preferences)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("keys-change-the-size-of-text", test_keys_change_the_size_of_text);
  ADD ("text-has-a-largest-and-a-smallest-size",
       test_text_has_a_largest_and_a_smallest_size);
  ADD ("a-switch-ends-motion", test_a_switch_ends_motion);
  ADD ("large-text-is-not-cut", test_large_text_is_not_cut);
  ADD ("the-signs-have-other-colours", test_the_signs_have_other_colours);
  ADD ("a-start-speed-holds-for-what-has-none",
       test_a_start_speed_holds_for_what_has_none);
  ADD ("f11-is-full-screen", test_f11_is_full_screen);
  ADD ("f1-is-help", test_f1_is_help);
  ADD ("help-goes-with-its-window", test_help_goes_with_its_window);
  ADD ("a-word-is-explained", test_a_word_is_explained);
  ADD ("f1-is-about-what-has-the-focus", test_f1_is_about_what_has_the_focus);
  ADD ("help-is-searched", test_help_is_searched);
  ADD ("a-message-undoes-reset", test_a_message_undoes_reset);
  ADD ("the-offer-ends-with-the-next-thing-done",
       test_the_offer_ends_with_the_next_thing_done);
  return fixture_run ();
}

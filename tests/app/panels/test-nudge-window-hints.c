/* test-nudge-window-hints.c - what points a newcomer at the first steps, and is then gone
 *
 * SPDX-License-Identifier: MIT
 */

#include "tests/app/window-fixture.h"

#include "app/base/nudge-settings.h"
#include "app/panels/nudge-hints.h"

#define KEY "hints-seen"

static const char *const texts[] = { "Press Run", "Each layer has", "Here the loss" };

static NudgeHints *
get_hints (Fixture *f)
{
  return nudge_hints_find (GTK_WINDOW (f->window));
}

/* Returns: which is shown; 3: none */
static guint
get_shown (Fixture *f)
{
  GtkWidget *hints = GTK_WIDGET (get_hints (f));
  GtkLabel *label = hints ? find_described (hints, "Hint") : NULL;

  if (hints == NULL || !gtk_widget_get_mapped (hints))
    return 3;
  for (guint i = 0; i < 3; i++)
    if (g_str_has_prefix (gtk_label_get_text (label), texts[i]))
      return i;
  g_assert_not_reached ();
}

typedef struct {
  Fixture *f;
  guint shown;
} Goal;

static gboolean
is_shown (gpointer data)
{
  const Goal *goal = data;

  return get_shown (goal->f) == goal->shown &&
         (goal->shown < 3 || get_hints (goal->f) == NULL);
}

/* And until its bubble is where it belongs: before that it may be anywhere in the window,
 * and take what is meant for what is below. */
static void
wait_for (Fixture *f, guint shown)
{
  Goal goal = { f, shown };

  g_assert_true (drive_until (is_shown, &goal));
  drive_settle (GTK_WIDGET (f->window));
}

static void
press (Fixture *f, const char *key)
{
  drive_key (GTK_WIDGET (f->window), key);
}

static void
offer (Fixture *f)
{
  nudge_hints_offer (GTK_WINDOW (f->window), nudge_window_get_document (f->window));
}

static void
set_up_new (Fixture *f, gconstpointer data)
{
  set_up (f, data);
  nudge_settings_set_int (KEY, 0);
}

/* --- One after the other ------------------------------------------------------------ */

static void
test_a_newcomer_clicks (Fixture *f, gconstpointer data)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (f->window));

  offer (f);
  wait_for (f, 0);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (f->window)) == focus);
  drive_click (
      drive_find (GTK_WIDGET (get_hints (f)), "Next", GTK_ACCESSIBLE_ROLE_BUTTON), 0.5,
      0.5);
  wait_for (f, 1);
  g_assert_cmpint (nudge_settings_get_int (KEY, 0), ==, 1);
  drive_click (GTK_WIDGET (find_described (GTK_WIDGET (get_hints (f)), "Hint")), 0.5,
               0.5);
  wait_for (f, 2);
  drive_click (
      drive_find (GTK_WIDGET (get_hints (f)), "Done", GTK_ACCESSIBLE_ROLE_BUTTON), 0.5,
      0.5);
  wait_for (f, 3);
  g_assert_cmpint (nudge_settings_get_int (KEY, 0), ==, 7);
  offer (f);
  g_assert_null (get_hints (f));
}

static void
test_keys_are_enough (Fixture *f, gconstpointer data)
{
  offer (f);
  wait_for (f, 0);
  press (f, "alt+n");
  wait_for (f, 1);
  press (f, "alt+n");
  wait_for (f, 2);
  press (f, "Escape");
  wait_for (f, 3);
  g_assert_cmpint (nudge_settings_get_int (KEY, 0), ==, 7);
}

static void
test_escape_ends_all (Fixture *f, gconstpointer data)
{
  offer (f);
  wait_for (f, 0);
  press (f, "Escape");
  wait_for (f, 3);
  g_assert_false (nudge_hints_are_new ());
}

/* --- By itself ---------------------------------------------------------------------- */

static void
test_what_is_done_is_not_pointed_at (Fixture *f, gconstpointer data)
{
  offer (f);
  wait_for (f, 0);
  drive_click (f->run, 0.5, 0.5); /* nothing is locked */
  g_assert_true (drive_until (has_trained, f));
  wait_for (f, 1);
  press (f, "ctrl+r");
  g_assert_true (drive_until (is_paused, f));
  drive_click (find (f, "Apply to fc1", GTK_ACCESSIBLE_ROLE_BUTTON), 0.5, 0.5);
  g_assert_true (drive_until (has_landed, f));
  wait_for (f, 2);
  press (f, "ctrl+z");
  wait_for (f, 3);
  g_assert_false (nudge_hints_are_new ());
}

/* Before it is their turn, too. */
static void
test_what_was_done_before_is_left_out (Fixture *f, gconstpointer data)
{
  offer (f);
  wait_for (f, 0);
  drive_click (find (f, "Apply to fc1", GTK_ACCESSIBLE_ROLE_BUTTON), 0.5, 0.5);
  g_assert_true (drive_until (has_landed, f));
  press (f, "alt+n");
  wait_for (f, 2);
  nudge_settings_set_int (KEY, 5);
  nudge_hints_show (GTK_WINDOW (f->window), nudge_window_get_document (f->window));
  wait_for (f, 0); /* asked for: all of them again */
}

/* They are about what is shown. */
static void
test_another_document_ends_them (Fixture *f, gconstpointer data)
{
  offer (f);
  wait_for (f, 0);
  nudge_window_set_document (f->window, NULL);
  g_assert_null (get_hints (f));
  g_assert_true (nudge_hints_are_new ());
}

/* --- Asked for ---------------------------------------------------------------------- */

static void
test_the_menu_shows_them_again (Fixture *f, gconstpointer data)
{
  nudge_settings_set_int (KEY, 7);
  step_to (f, 1);
  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.hints", NULL);
  wait_for (f, 0);
  tear_down (f, data); /* with a bubble, without a warning */
  set_up (f, data);
}

#define ADD(name, function)                                                              \
  g_test_add ("/app/window-hints/" name, Fixture, NULL, set_up_new, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("a-newcomer-clicks", test_a_newcomer_clicks);
  ADD ("keys-are-enough", test_keys_are_enough);
  ADD ("escape-ends-all", test_escape_ends_all);
  ADD ("what-is-done-is-not-pointed-at", test_what_is_done_is_not_pointed_at);
  ADD ("what-was-done-before-is-left-out", test_what_was_done_before_is_left_out);
  ADD ("another-document-ends-them", test_another_document_ends_them);
  ADD ("the-menu-shows-them-again", test_the_menu_shows_them_again);
  return fixture_run ();
}

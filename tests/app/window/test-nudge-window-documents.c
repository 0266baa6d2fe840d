/* test-nudge-window-documents.c - windows that show documents: several, another one, none
 *
 * SPDX-License-Identifier: MIT
 */

#include "tests/app/window-fixture.h"

#include <string.h>

#include "app/base/nudge-toast.h"
#include "nn/io/nn-experiment-demo.h"

/* Windows that are opened and closed: some in an ordinary run, many in a slow one (-m
 * slow), which takes minutes. */
#ifdef __SANITIZE_ADDRESS__ /* which says itself what is left, and is slow */
#define SOME 2
#else
#define SOME 24
#endif
#define MANY 1000

/* The allocators keep this much more at their high-water mark from one time to the next. */
#define SLACK_KIB 2048

static NudgeDocument *
open_demo (const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NnExperiment) experiment = nn_experiment_new_demo (name, &error);
  NudgeDocument *document;

  g_assert_no_error (error);
  document = nudge_document_new (experiment, &error);
  g_assert_no_error (error);
  return document;
}

/* A second window, beside the fixture's. */
static void
open_beside (Fixture *f, Fixture *other, NudgeDocument *document)
{
  *other = (Fixture){ .window = nudge_window_new (
                          gtk_window_get_application (GTK_WINDOW (f->window))) };
  nudge_window_set_document (other->window, document);
  drive_present (GTK_WINDOW (other->window));
  g_assert_true (drive_until (has_frame, other));
  find_controls (other);
}

static gboolean
shows_step (gpointer data)
{
  AtStep *at = data;
  g_autofree char *step = g_strdup_printf ("Step %" G_GUINT64_FORMAT, at->step);

  return g_str_equal (gtk_label_get_text (at->f->step_label), step);
}

static void
wait_for_label (Fixture *f, guint64 step)
{
  AtStep at = { f, step };

  g_assert_true (drive_until (shows_step, &at));
}

static guint
get_function (Fixture *f, const char *name)
{
  return gtk_drop_down_get_selected (
      GTK_DROP_DOWN (find (f, name, GTK_ACCESSIBLE_ROLE_COMBO_BOX)));
}

static void
test_two_windows_show_two_documents (Fixture *f, gconstpointer data)
{
  g_autoptr (NudgeDocument) document = open_demo ("seed-nudged");
  Fixture other;

  open_beside (f, &other, document);
  step_to (&other, 1);
  wait_for_label (&other, 1);
  g_assert_cmpuint (frame_of (&other)->n_landings, ==, 3);
  g_assert_cmpuint (frame_of (f)->step, ==, 0);
  g_assert_cmpstr (gtk_label_get_text (f->step_label), ==, "Step 0");
  drive_close (GTK_WINDOW (other.window));
  g_assert_finalize_object (g_steal_pointer (&document));
}

/* What is done in one is shown in both: step, cards, log. */
static void
test_two_windows_show_one_document (Fixture *f, gconstpointer data)
{
  NudgeDocument *document = nudge_window_get_document (f->window);
  Fixture other;
  GtkWidget *function;

  open_beside (f, &other, document);
  drive_click (other.step, 0.5, 0.5);
  wait_for_label (&other, 1);
  wait_for_label (f, 1);

  function = find (&other, "Function for fc1", GTK_ACCESSIBLE_ROLE_COMBO_BOX);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (function), 3);
  g_assert_cmpuint (get_function (f, "Function for fc1"), ==, 3);
  g_object_set (nudge_document_get_session (document), "speed", 20.0, NULL);
  g_assert_cmpstr (
      gtk_label_get_text (find_described (GTK_WIDGET (f->window), "Chosen speed")), ==,
      "20 steps/s");
  g_assert_cmpstr (
      gtk_label_get_text (find_described (GTK_WIDGET (other.window), "Chosen speed")), ==,
      "20 steps/s");

  /* The one that is left shows it on. */
  drive_close (GTK_WINDOW (other.window));
  step_to (f, 2);
  wait_for_label (f, 2);
}

static void
test_a_window_shows_another_document (Fixture *f, gconstpointer data)
{
  g_autoptr (NudgeDocument) other = open_demo ("seed-nudged");
  g_autoptr (NudgeDocument) first = g_object_ref (nudge_window_get_document (f->window));

  step_to (f, 1);
  g_object_set (nudge_document_get_session (first), "running", TRUE, NULL);
  g_assert_true (drive_until (is_running, f));

  nudge_window_set_document (f->window, other);
  g_assert_true (drive_until (has_frame, f));
  wait_for_label (f, 0);
  g_assert_true (is_paused (f));
  g_assert_cmpuint (get_function (f, "Repeat fc2"), ==, 1);
  step_to (f, 1);
  g_assert_cmpuint (frame_of (f)->n_landings, ==, 3);
  g_assert_nonnull (strstr (gtk_label_get_text (f->landing), "3 repeating nudges"));

  /* The first one is let go of, running as it was; and can be shown again. */
  nudge_window_set_document (f->window, first);
  g_assert_true (drive_until (is_running, f));
  g_assert_cmpuint (frame_of (f)->n_standing, ==, 0);
  g_assert_true (find (f, "Pause", GTK_ACCESSIBLE_ROLE_BUTTON) == f->run);
  g_assert_finalize_object (g_steal_pointer (&other));
}

static void
test_a_window_shows_nothing (Fixture *f, gconstpointer data)
{
  NudgeDocument *document = g_object_ref (nudge_window_get_document (f->window));

  step_to (f, 1);
  nudge_window_set_document (f->window, NULL);
  drive_settle (GTK_WIDGET (f->window));
  g_assert_false (gtk_widget_is_sensitive (f->run));
  g_assert_false (gtk_widget_is_sensitive (f->step));
  g_assert_null (
      drive_find (GTK_WIDGET (f->window), "Apply to fc1", GTK_ACCESSIBLE_ROLE_BUTTON));
  g_assert_finalize_object (document);

  document = open_demo ("seed");
  nudge_window_set_document (f->window, document);
  g_object_unref (document);
  g_assert_true (drive_until (has_frame, f));
  g_assert_true (gtk_widget_is_sensitive (f->run));
}

/* --- Memory ------------------------------------------------------------------------ */

static void
open_and_close (GtkApplication *application)
{
  NudgeDocument *document = open_demo ("seed");
  Fixture f = { .window = nudge_window_new (application) };

  nudge_window_set_document (f.window, document);
  drive_present (GTK_WINDOW (f.window));
  g_assert_true (drive_until (has_frame, &f));
  drive_close (GTK_WINDOW (f.window));
  g_assert_finalize_object (document);
}

/* Once all that is made once is there. */
static void
test_closed_windows_leave_no_memory (Fixture *f, gconstpointer data)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (f->window));
  guint n = g_test_slow () ? MANY : SOME;
  gsize before;
  gsize after;

  for (guint i = 0; i < SOME; i++)
    open_and_close (application);
  before = fixture_get_resident_kib ();
  for (guint i = 0; i < n; i++)
    open_and_close (application);
  after = fixture_get_resident_kib ();
  g_test_message ("%u windows: %zu KiB before, %zu KiB after", n, before, after);
#ifndef __SANITIZE_ADDRESS__
  g_assert_cmpuint (after, <, before + SLACK_KIB);
#endif
}

static NudgeDocument *
open_guessed (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NnExperiment) experiment = nn_experiment_new_demo ("seed", NULL);
  NudgeDocument *document;

  for (int i = 1; i <= 9; i++)
    nn_experiment_add_note (experiment, "guess %d of nine, which is as long as one is",
                            i);
  document = nudge_document_new (experiment, &error);
  g_assert_no_error (error);
  return document;
}

/* All of it, however much: a toast cut it off. */
static void
test_what_was_guessed_is_said (Fixture *f, gconstpointer data)
{
  g_autoptr (NudgeDocument) first = g_object_ref (nudge_window_get_document (f->window));
  g_autoptr (NudgeDocument) guessed = open_guessed ();
  GtkLabel *label = find_described (GTK_WIDGET (f->window), "What was guessed");
  GtkInfoBar *bar =
      GTK_INFO_BAR (gtk_widget_get_ancestor (GTK_WIDGET (label), GTK_TYPE_INFO_BAR));

  g_assert_false (gtk_info_bar_get_revealed (bar));
  nudge_window_set_document (f->window, guessed);
  g_assert_true (gtk_info_bar_get_revealed (bar));
  g_assert_true (g_str_has_prefix (gtk_label_get_text (label), "guess 1 of nine"));
  g_assert_nonnull (strstr (gtk_label_get_text (label), "\nguess 9 of nine"));
  g_assert_false (pango_layout_is_ellipsized (gtk_label_get_layout (label)));
  g_assert_nonnull (drive_find (GTK_WIDGET (bar), "Close", GTK_ACCESSIBLE_ROLE_BUTTON));
  g_signal_emit_by_name (bar, "close");
  g_assert_false (gtk_info_bar_get_revealed (bar));

  nudge_window_set_document (f->window, guessed);
  nudge_window_set_document (f->window, first);
  g_assert_false (gtk_info_bar_get_revealed (bar));
}

static gboolean
is_drawn (gpointer label)
{
  return gtk_widget_get_height (label) > 0;
}

/* Nor is it markup. */
static void
test_a_toast_is_not_cut_off (void)
{
  static const char text[] =
      "fc4 was drawn, as it cannot pass its inputs on <unchanged>: "
      "its activation changes its inputs";
  GtkWidget *overlay = adw_toast_overlay_new ();
  GtkWindow *window = GTK_WINDOW (gtk_window_new ());
  GtkWidget *label;
  PangoLayout *layout;
  int height;

  drive_load_style (FALSE);
  gtk_window_set_default_size (window, 360, 300);
  gtk_window_set_child (window, overlay);
  drive_present (window);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay),
                               nudge_toast_new (ADW_TOAST_OVERLAY (overlay), text));
  label = drive_find_label (overlay, text);
  g_assert_nonnull (label);
  g_assert_true (drive_until (is_drawn, label));
  layout = gtk_label_get_layout (GTK_LABEL (label));
  g_assert_false (pango_layout_is_ellipsized (layout));
  pango_layout_get_pixel_size (layout, NULL, &height);
  g_assert_cmpint (gtk_widget_get_height (label), >=, height);
  drive_close (window);
}

/* With a button, too. */
static void
test_a_short_toast_is_one_line (void)
{
  static const char text[] = "The run starts again";
  GtkWidget *overlay = adw_toast_overlay_new ();
  GtkWindow *window = GTK_WINDOW (gtk_window_new ());
  AdwToast *toast;
  GtkWidget *label;

  drive_load_style (FALSE);
  gtk_window_set_default_size (window, 900, 300);
  gtk_window_set_child (window, overlay);
  drive_present (window);
  toast = nudge_toast_new (ADW_TOAST_OVERLAY (overlay), text);
  adw_toast_set_button_label (toast, "Undo");
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);
  label = drive_find_label (overlay, text);
  g_assert_nonnull (label);
  g_assert_true (drive_until (is_drawn, label));
  g_assert_cmpint (pango_layout_get_line_count (gtk_label_get_layout (GTK_LABEL (label))),
                   ==, 1);
  drive_close (window);
}

#define ADD(name, function)                                                              \
  g_test_add ("/app/window-documents/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/window-documents/a-toast-is-not-cut-off",
                   test_a_toast_is_not_cut_off);
  g_test_add_func ("/app/window-documents/a-short-toast-is-one-line",
                   test_a_short_toast_is_one_line);
  ADD ("two-windows-show-two-documents", test_two_windows_show_two_documents);
  ADD ("two-windows-show-one-document", test_two_windows_show_one_document);
  ADD ("a-window-shows-another-document", test_a_window_shows_another_document);
  ADD ("what-was-guessed-is-said", test_what_was_guessed_is_said);
  ADD ("a-window-shows-nothing", test_a_window_shows_nothing);
  ADD ("closed-windows-leave-no-memory", test_closed_windows_leave_no_memory);
  return fixture_run ();
}

/* test-nudge-window-why.c - why did the loss jump? Asked and answered in the window
 *
 * SPDX-License-Identifier: MIT
 */

#include "tests/app/window-fixture.h"

#include <string.h>

#include "nn/io/nn-experiment-demo.h"
#include "ui/log/nudge-account-view.h"

static GtkWidget *
find_type (GtkWidget *root, GType type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (root, type))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_type (child, type);

    if (found)
      return found;
  }
  return NULL;
}

/* Returns: (nullable) */
static NudgeAccountView *
find_view (Fixture *f)
{
  GtkWidget *found = find_type (GTK_WIDGET (f->window), NUDGE_TYPE_ACCOUNT_VIEW);

  return found ? NUDGE_ACCOUNT_VIEW (found) : NULL;
}

static gboolean
is_answered (gpointer data)
{
  NudgeAccountView *view = find_view (data);

  return view && nudge_account_view_get_account (view) != NULL;
}

static gboolean
is_closed (gpointer data)
{
  return find_view (data) == NULL;
}

static const NnAccount *
wait_for_account (Fixture *f)
{
  g_assert_true (drive_until (is_answered, f));
  return nudge_account_view_get_account (find_view (f));
}

/* The popover goes at the press of the key, and does not see its release. */
static void
close_it (Fixture *f)
{
  g_spawn_command_line_sync ("xdotool key Escape", NULL, NULL, NULL, NULL);
  g_assert_true (drive_until (is_closed, f));
}

static void
set_up_demo (Fixture *f, const char *name, guint64 step)
{
  g_autoptr (GError) error = NULL;
  NnExperiment *experiment = nn_experiment_new_demo (name, &error);
  NudgeDocument *document;
  AtStep at = { f, step };

  g_assert_no_error (error);
  experiment->speed = 0;
  scratch_set_up (&f->scratch, NULL);
  open_experiment (f, experiment);
  document = nudge_window_get_document (f->window);
  g_object_set (nudge_document_get_session (document), "speed", 0.0, "stop-step", step,
                "running", TRUE, NULL);
  g_assert_true (drive_until (is_at_step, &at));
  g_assert_true (drive_until (is_paused, f));
  drive_settle (GTK_WIDGET (f->window));
}

static void
set_up_heal (Fixture *f, gconstpointer data)
{
  set_up_demo (f, "heal", 500);
}

/* The label that holds the sentence. */
static const char *
get_sentence (Fixture *f)
{
  GtkWidget *column = gtk_widget_get_first_child (GTK_WIDGET (find_view (f)));

  return gtk_label_get_text (
      GTK_LABEL (gtk_widget_get_next_sibling (gtk_widget_get_first_child (column))));
}

static int
get_height (GtkWidget *widget)
{
  int natural;

  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, gtk_widget_get_width (widget),
                      NULL, &natural, NULL, NULL);
  return natural;
}

/* In a low window rows scroll, and none is cut. */
static void
test_it_is_no_higher_than_its_window (Fixture *f, gconstpointer data)
{
  GtkWidget *view;
  int whole, low;

  drive_click (find (f, "Why?", GTK_ACCESSIBLE_ROLE_BUTTON), 0.5, 0.5);
  wait_for_account (f);
  view = GTK_WIDGET (find_view (f));
  nudge_account_view_set_most_height (NUDGE_ACCOUNT_VIEW (view), 1000);
  whole = get_height (view);
  g_assert_cmpint (whole, <, 1000);
  low = whole - 40;
  nudge_account_view_set_most_height (NUDGE_ACCOUNT_VIEW (view), low);
  g_assert_cmpint (get_height (view), <=, low);
  g_assert_cmpint (get_height (view), >, low / 2);
  close_it (f);
}

static void
test_the_button_asks_about_the_newest_nudge (Fixture *f, gconstpointer data)
{
  drive_click (find (f, "Why?", GTK_ACCESSIBLE_ROLE_BUTTON), 0.5, 0.5);
  g_assert_cmpuint (wait_for_account (f)->step, ==, 400);
  g_assert_cmpstr (get_sentence (f), ==,
                   "The nudge of all weights raised the loss from 0.00104 to 0.906. "
                   "Without it, the loss would be 0.00104.");
  close_it (f);
}

static void
test_keys_ask_in_the_plot (Fixture *f, gconstpointer data)
{
  GtkWidget *plot = find (f, "Loss plot", GTK_ACCESSIBLE_ROLE_IMG);

  gtk_widget_grab_focus (plot);
  drive_key (plot, "Home");
  for (int i = 0; i < 3; i++)
    drive_key (plot, "Page_Down");
  g_spawn_command_line_sync ("xdotool key w", NULL, NULL, NULL, NULL);
  g_assert_false (wait_for_account (f)->landed);
  close_it (f);
  gtk_widget_grab_focus (plot);
  drive_key (plot, "ctrl+Left");
  g_spawn_command_line_sync ("xdotool key w", NULL, NULL, NULL, NULL);
  g_assert_true (wait_for_account (f)->landed);
  close_it (f);
}

/* What changes of the plot's picture: the run behind the curve. */
static gboolean
differs (GBytes *before, GtkWidget *plot)
{
  g_autoptr (GBytes) now = drive_dup_pixels (plot, NULL);

  return !g_bytes_equal (before, now);
}

static void
test_a_bar_shows_its_run (Fixture *f, gconstpointer data)
{
  GtkWidget *plot = find (f, "Loss plot", GTK_ACCESSIBLE_ROLE_IMG);
  g_autoptr (GBytes) before = NULL;
  g_autoptr (GBytes) first = NULL;

  gtk_widget_grab_focus (f->run);
  drive_move (f->run, 0.5, 0.5);
  drive_settle (GTK_WIDGET (f->window));
  before = drive_dup_pixels (plot, NULL);
  nudge_document_ask_why (nudge_window_get_document (f->window), 400);
  wait_for_account (f);
  drive_settle (GTK_WIDGET (f->window));
  g_assert_true (differs (before, plot)); /* the first bar has the focus */
  first = drive_dup_pixels (plot, NULL);
  for (int i = 0; i < 3; i++)
    drive_key (GTK_WIDGET (find_view (f)), "Down");
  drive_settle (GTK_WIDGET (f->window));
  g_assert_true (differs (first, plot));
  close_it (f);
  gtk_widget_grab_focus (f->run);
  drive_settle (GTK_WIDGET (f->window));
  g_assert_false (differs (before, plot));
}

static gboolean
has_copied (gpointer data)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (data);
  GdkContentProvider *provider = gdk_clipboard_get_content (clipboard);
  g_auto (GValue) value = G_VALUE_INIT;

  g_value_init (&value, G_TYPE_STRING);
  return provider && gdk_content_provider_get_value (provider, &value, NULL) &&
         strstr (g_value_get_string (&value), "The nudge of all weights raised") &&
         strstr (g_value_get_string (&value), "--steps 400 --without log:1 --evaluate\n");
}

static void
test_it_is_copied_as_text (Fixture *f, gconstpointer data)
{
  nudge_document_ask_why (nudge_window_get_document (f->window), 400);
  wait_for_account (f);
  drive_settle (GTK_WIDGET (f->window));
  g_signal_emit_by_name (find (f, "Copy as text", GTK_ACCESSIBLE_ROLE_BUTTON), "clicked");
  g_assert_true (drive_until (has_copied, f->window));
  close_it (f);
}

/* Whether or not it was asked in the midst of it, the run is the same to the bit. */
static void
test_the_run_goes_on (Fixture *f, gconstpointer data)
{
  NudgeDocument *document = nudge_window_get_document (f->window);
  AtStep at = { f, 3000 };
  g_autoptr (NnExperiment) experiment = nn_experiment_new_demo ("heal", NULL);
  g_autoptr (NnTimeline) alone = nn_timeline_new (experiment, 0, NULL);
  const NnFrame *frame;

  g_object_set (nudge_document_get_session (document), "stop-step", at.step, "running",
                TRUE, NULL);
  nudge_document_ask_why (document, 400);
  wait_for_account (f);
  g_assert_true (drive_until (is_at_step, &at));
  while (nn_trainer_get_n_steps (nn_timeline_get_trainer (alone)) < at.step)
    g_assert_true (nn_timeline_step (alone, NULL));
  frame = frame_of (f);
  g_assert_cmpmem (
      frame->values, frame->architecture->n_values * sizeof (float),
      nn_network_get_values (nn_trainer_get_network (nn_timeline_get_trainer (alone))),
      frame->architecture->n_values * sizeof (float));
  close_it (f);
}

/* A window that closes takes the question along, answered or not. */
static guint
count_type (GtkWidget *root, GType type)
{
  guint n = G_TYPE_CHECK_INSTANCE_TYPE (root, type);

  for (GtkWidget *child = gtk_widget_get_first_child (root); child;
       child = gtk_widget_get_next_sibling (child))
    n += count_type (child, type);
  return n;
}

static gboolean
is_alone (gpointer data)
{
  Fixture *f = data;

  return count_type (GTK_WIDGET (f->window), NUDGE_TYPE_ACCOUNT_VIEW) == 1;
}

/* As the soak does, which closes none of them. */
static void
test_the_next_one_closes_it (Fixture *f, gconstpointer data)
{
  NudgeDocument *document = nudge_window_get_document (f->window);

  for (guint i = 0; i < 3; i++)
    nudge_document_ask_why (document, 400);
  g_assert_true (drive_until (is_alone, f));
  g_assert_cmpuint (wait_for_account (f)->step, ==, 400);
  close_it (f);
}

static void
test_it_goes_with_its_window (Fixture *f, gconstpointer data)
{
  nudge_document_ask_why (nudge_window_get_document (f->window), 400);
}

static void
test_undone_nudges_are_not_blamed (Fixture *f, gconstpointer data)
{
  NudgeDocument *document = nudge_window_get_document (f->window);
  AtStep at = { f, 400 };

  nudge_session_undo (nudge_document_get_session (document));
  g_assert_true (drive_until (is_at_step, &at));
  nudge_document_ask_why (document, 400);
  g_assert_false (wait_for_account (f)->landed);
  close_it (f);
}

#define MOST_US (2 * G_USEC_PER_SEC)

static void
test_every_demo_is_answered_soon (void)
{
  const char *const *names = nn_experiment_get_demo_names ();

  for (; *names; names++) {
    Fixture f = { 0 };
    gint64 begin;

    set_up_demo (&f, *names, 1500);
    begin = g_get_monotonic_time ();
    drive_click (find (&f, "Why?", GTK_ACCESSIBLE_ROLE_BUTTON), 0.5, 0.5);
    wait_for_account (&f);
    g_test_message ("%s: %" G_GINT64_FORMAT " ms", *names,
                    (g_get_monotonic_time () - begin) / 1000);
#ifndef __SANITIZE_ADDRESS__
    g_assert_cmpint (g_get_monotonic_time () - begin, <, MOST_US);
#endif
    close_it (&f);
    tear_down (&f, NULL);
  }
}

#define ADD(name, function)                                                              \
  g_test_add ("/app/window-why/" name, Fixture, NULL, set_up_heal, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("the-button-asks-about-the-newest-nudge",
       test_the_button_asks_about_the_newest_nudge);
  ADD ("it-is-no-higher-than-its-window", test_it_is_no_higher_than_its_window);
  ADD ("keys-ask-in-the-plot", test_keys_ask_in_the_plot);
  ADD ("a-bar-shows-its-run", test_a_bar_shows_its_run);
  ADD ("it-is-copied-as-text", test_it_is_copied_as_text);
  ADD ("the-run-goes-on", test_the_run_goes_on);
  ADD ("the-next-one-closes-it", test_the_next_one_closes_it);
  ADD ("it-goes-with-its-window", test_it_goes_with_its_window);
  ADD ("undone-nudges-are-not-blamed", test_undone_nudges_are_not_blamed);
  g_test_add_func ("/app/window-why/every-demo-is-answered-soon",
                   test_every_demo_is_answered_soon);
  return fixture_run ();
}

/* test-nudge-window-demos.c - a demo in the window: its story, its speed, its cards
 *
 * SPDX-License-Identifier: MIT
 */

#include "tests/app/window-fixture.h"

#include <math.h>

#include "nn/io/nn-experiment-demo.h"
#include "ui/base/nudge-list.h"

static GtkLabel *
find_story (Fixture *f)
{
  GtkLabel *label = find_described (GTK_WIDGET (f->window), "Story");

  g_assert_nonnull (label);
  return label;
}

static void
test_the_story_stands_there_until_it_is_closed (Fixture *f, gconstpointer data)
{
  const NnExperiment *experiment =
      nudge_document_get_experiment (nudge_window_get_document (f->window));

  g_assert_cmpstr (gtk_label_get_text (find_story (f)), ==, experiment->story);
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (find_story (f))));
  drive_click (find (f, "Close the story", GTK_ACCESSIBLE_ROLE_BUTTON), 0.5, 0.5);
  g_assert_false (gtk_widget_get_mapped (GTK_WIDGET (find_story (f))));
}

static void
set_up_without_a_story (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  NnExperiment *experiment = nn_experiment_new_demo ("heal", &error);

  g_assert_no_error (error);
  g_clear_pointer (&experiment->story, g_free);
  experiment->speed = 0;
  scratch_set_up (&f->scratch, NULL);
  open_experiment (f, experiment);
}

static void
test_none_takes_no_height (Fixture *f, gconstpointer data)
{
  g_assert_false (gtk_widget_get_mapped (GTK_WIDGET (find_story (f))));
}

static const char *
get_speed (Fixture *f)
{
  return gtk_label_get_text (find_described (GTK_WIDGET (f->window), "Chosen speed"));
}

static void
test_a_demo_begins_at_its_speed (Fixture *f, gconstpointer data)
{
  g_assert_cmpstr (get_speed (f), ==, "60 steps/s");
}

static void
test_others_begin_as_ever (Fixture *f, gconstpointer data)
{
  g_assert_cmpstr (get_speed (f), ==, "300 steps/s");
}

/* Applied before the first step: the loss moves, and the run still ends at 5. */
static gboolean
has_learned (gpointer data)
{
  Fixture *f = data;

  return frame_of (f)->step > 600 && frame_of (f)->loss < 0.01;
}

static void
test_the_first_cards_are_seen_and_survived (Fixture *f, gconstpointer data)
{
  static const char *const buttons[] = { "Apply to fc1", "Apply to fc2", "Apply to fc3" };

  for (gsize i = 0; i < G_N_ELEMENTS (buttons); i++) {
    drive_click (find (f, buttons[i], GTK_ACCESSIBLE_ROLE_BUTTON), 0.5, 0.5);
    drive_settle (GTK_WIDGET (f->window));
  }
  g_assert_true (drive_until (has_landed, f));
  for (gsize i = 0; i < frame_of (f)->n_landings; i++)
    g_assert_cmpfloat (fabs (frame_of (f)->landings[i].loss_after -
                             frame_of (f)->landings[i].loss_before),
                       >, 0.01);
  gtk_range_set_value (GTK_RANGE (find (f, "Speed", GTK_ACCESSIBLE_ROLE_SLIDER)), 3);
  drive_click (f->run, 0.5, 0.5);
  g_assert_true (drive_until (has_learned, f));
}

/* --- Cards ------------------------------------------------------------------------- */

static gboolean
is_seen (Fixture *f, const char *name)
{
  GtkWidget *widget =
      drive_find (GTK_WIDGET (f->window), name, GTK_ACCESSIBLE_ROLE_BUTTON);

  return widget && gtk_widget_get_mapped (widget);
}

static gboolean
has_no_curve_of_fc2 (gpointer data)
{
  const NnFrame *frame = frame_of (data);

  for (gsize i = 0; i < frame->n_sweeps; i++)
    if (g_str_equal (frame->sweeps[i].question.nudge->target.layer, "fc2"))
      return FALSE;
  return frame->n_sweeps > 0;
}

/* Its line stays, it asks for nothing, and the document remembers it. */
static void
test_a_card_folds_to_its_line (Fixture *f, gconstpointer data)
{
  NudgeDocument *document = nudge_window_get_document (f->window);
  GtkWidget *card = find (f, "fc2", GTK_ACCESSIBLE_ROLE_GROUP);
  GtkWidget *fold = find (f, "Fold fc2", GTK_ACCESSIBLE_ROLE_BUTTON);
  const int height = gtk_widget_get_height (card);

  g_assert_true (is_seen (f, "Apply to fc2"));
  drive_click (fold, 0.5, 0.5);
  drive_settle (card);
  g_assert_false (is_seen (f, "Apply to fc2"));
  g_assert_true (is_seen (f, "Apply to fc1"));
  g_assert_cmpint (gtk_widget_get_height (card), <, height / 2);
  gtk_test_accessible_assert_state (fold, GTK_ACCESSIBLE_STATE_EXPANDED, FALSE);
  step_to (f, 1);
  g_assert_true (drive_until (has_no_curve_of_fc2, f));

  g_object_ref (document);
  nudge_window_set_document (f->window, NULL);
  nudge_window_set_document (f->window, document);
  g_object_unref (document);
  drive_settle (GTK_WIDGET (f->window));
  g_assert_false (is_seen (f, "Apply to fc2"));
  drive_click (find (f, "Fold fc2", GTK_ACCESSIBLE_ROLE_BUTTON), 0.5, 0.5);
  drive_settle (GTK_WIDGET (f->window));
  g_assert_true (is_seen (f, "Apply to fc2"));
}

/* --- What is to come --------------------------------------------------------------- */

static NudgeEntry *
get_entry (Fixture *f, guint position)
{
  NudgeDocument *document = nudge_window_get_document (f->window);
  g_autoptr (NudgeEntry) entry = g_list_model_get_item (
      nudge_lists_get_landings (nudge_document_get_lists (document)), position);

  return entry; /* the list's */
}

static gboolean
has_passed_the_first (gpointer data)
{
  Fixture *f = data;

  return frame_of (f)->step == 420 && get_entry (f, 0) &&
         !nudge_entry_get_coming (get_entry (f, 0));
}

static void
test_a_log_says_what_is_to_come (Fixture *f, gconstpointer data)
{
  NudgeEntry *first = get_entry (f, 0);

  g_assert_cmpstr (gtk_label_get_text (f->landing), ==,
                   "2 nudges to come, the first after step 400");
  g_assert_true (nudge_entry_get_coming (first));
  g_assert_cmpuint (nudge_entry_get_landing (first)->first, ==, 400);
  g_assert_true (nudge_entry_get_coming (get_entry (f, 1)));
  g_assert_null (get_entry (f, 2));

  gtk_range_set_value (GTK_RANGE (find (f, "Speed", GTK_ACCESSIBLE_ROLE_SLIDER)), 3);
  g_object_set (nudge_document_get_session (nudge_window_get_document (f->window)),
                "stop-step", (guint64) 420, NULL);
  drive_click (f->run, 0.5, 0.5);
  g_assert_true (drive_until (has_passed_the_first, f));
  g_assert_true (get_entry (f, 0) == first); /* the same row */
  g_assert_cmpuint (frame_of (f)->n_coming, ==, 1);
  g_assert_true (nudge_entry_get_coming (get_entry (f, 1)));
}

static void
test_repeating_nudges_are_to_come (Fixture *f, gconstpointer data)
{
  g_assert_cmpstr (gtk_label_get_text (f->landing), ==,
                   "3 nudges to come, the first after step 1");
  step_to (f, 1);
  g_assert_cmpuint (frame_of (f)->n_coming, ==, 0);
}

/* More than a list can show. */
static void
set_up_many (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  NnExperiment *experiment = nn_experiment_new_demo ("first", &error);

  for (guint i = 0; i < 1000; i++) {
    NnEvent event = { .kind = NN_EVENT_NUDGE,
                      .step = 100 + i,
                      .nudge = nn_nudge_parse ("fc1.weight: -w @ by hand", &error) };

    g_assert_no_error (error);
    nn_event_append (experiment->events, &event, 1);
    nn_event_clear (&event);
  }
  scratch_set_up (&f->scratch, NULL);
  open_experiment (f, experiment);
}

static void
test_many_are_counted (Fixture *f, gconstpointer data)
{
  g_assert_true (g_str_has_prefix (gtk_label_get_text (f->landing), "1"));
  g_assert_true (g_str_has_suffix (gtk_label_get_text (f->landing),
                                   "nudges to come, the first after step 100"));
  g_assert_cmpuint (frame_of (f)->n_coming_in_all, ==, 1000);
  g_assert_cmpuint (frame_of (f)->n_coming, ==, NN_COMING_MOST);
}

#define ADD(name, data, set_up, function)                                                \
  g_test_add ("/app/window-demos/" name, Fixture, data, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("the-story-stands-there-until-it-is-closed", "heal", set_up,
       test_the_story_stands_there_until_it_is_closed);
  ADD ("none-takes-no-height", NULL, set_up_without_a_story, test_none_takes_no_height);
  ADD ("a-demo-begins-at-its-speed", "heal", set_up, test_a_demo_begins_at_its_speed);
  ADD ("others-begin-as-ever", NULL, set_up_without_a_story, test_others_begin_as_ever);
  ADD ("the-first-cards-are-seen-and-survived", "first", set_up,
       test_the_first_cards_are_seen_and_survived);
  ADD ("a-card-folds-to-its-line", "first", set_up, test_a_card_folds_to_its_line);
  ADD ("a-log-says-what-is-to-come", "permute", set_up, test_a_log_says_what_is_to_come);
  ADD ("repeating-nudges-are-to-come", "seed-nudged", set_up,
       test_repeating_nudges_are_to_come);
  ADD ("many-are-counted", NULL, set_up_many, test_many_are_counted);
  return fixture_run ();
}

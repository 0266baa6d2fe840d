/* test-nudge-window-lessons.c - a lesson in the window, by clicks and by keys
 *
 * SPDX-License-Identifier: MIT
 */

#include "tests/app/window-fixture.h"

#include <math.h>
#include <string.h>

#include "app/panels/nudge-pointing.h"
#include "nn/io/nn-experiment-demo.h"
#include "nn/io/nn-experiment-file.h"

static NudgeDocument *
get_document (Fixture *f)
{
  return nudge_window_get_document (f->window);
}

static const char *
get_text (Fixture *f, const char *description)
{
  return gtk_label_get_text (find_described (GTK_WIDGET (f->window), description));
}

static gboolean
has_left (gpointer data)
{
  return nudge_learner_get_state (get_learner (data)) == NUDGE_LEARNER_LEFT;
}

static void
click (Fixture *f, const char *name, GtkAccessibleRole role)
{
  drive_settle (GTK_WIDGET (f->window));
  drive_click (find (f, name, role), 0.5, 0.5);
}

static void
press (Fixture *f, const char *button)
{
  click (f, button, GTK_ACCESSIBLE_ROLE_BUTTON);
}

/* What the lesson points at. */
static void
use (Fixture *f)
{
  const char *point = nudge_learner_get_step (get_learner (f))->point;

  drive_settle (GTK_WIDGET (f->window));
  drive_click (nudge_pointing_find (GTK_WIDGET (f->window), point), 0.5, 0.5);
}

static void
type (Fixture *f, const char *key)
{
  drive_settle (GTK_WIDGET (f->window));
  drive_key (GTK_WIDGET (f->window), key);
}

/* --- The first lesson --------------------------------------------------------------- */

/* As its sentences say, to the end. */
static void
test_a_newcomer_clicks_through_the_first (Fixture *f, gconstpointer data)
{
  gtk_range_set_value (GTK_RANGE (find (f, "Speed", GTK_ACCESSIBLE_ROLE_SLIDER)), 3);
  g_assert_true (g_str_has_suffix (get_text (f, "Lesson"), "1 of 11"));
  g_assert_true (
      g_str_has_suffix (get_text (f, "What the lesson says"), "at step\u00a0100."));
  use (f);
  wait_for_sentence (f, 1);
  click (f, "Nothing: no weight changes", GTK_ACCESSIBLE_ROLE_CHECKBOX);
  press (f, "Next");
  wait_for_sentence (f, 2);
  press (f, "Do It");
  wait_for_sentence (f, 3);
  g_assert_cmpstr (get_text (f, "Prediction"), ==,
                   "✓ You said: Nothing: no weight changes");
  g_assert_cmpstr (get_text (f, "Outcome"), ==,
                   "It came out: Nothing: no weight changes");
  press (f, "Next");
  wait_for_sentence (f, 4);
  click (f, "They become zero", GTK_ACCESSIBLE_ROLE_CHECKBOX);
  press (f, "Next");
  wait_for_sentence (f, 5);
  use (f);
  wait_for_sentence (f, 6);
  g_assert_cmpstr (get_text (f, "Prediction"), ==, "✗ You said: They become zero");
  g_assert_nonnull (strstr (get_text (f, "What the lesson says"), "from 1.84 to 2.37"));
  press (f, "Next");
  wait_for_sentence (f, 7);
  use (f);
  wait_for_sentence (f, 8);
  use (f);
  wait_for_sentence (f, 9);
  use (f);
  wait_for_sentence (f, 10);
  g_assert_cmpuint (frame_of (f)->step, ==, 400);
  press (f, "Finish");
  drive_settle (GTK_WIDGET (f->window));
  g_assert_false (gtk_widget_get_mapped (
      GTK_WIDGET (find_described (GTK_WIDGET (f->window), "What the lesson says"))));
}

/* Alt and a letter, and an arrow or Space to choose: a question has the focus by then. */
static void
test_keys_are_enough_for_the_first (Fixture *f, gconstpointer data)
{
  type (f, "alt+d");
  wait_for_sentence (f, 1);
  type (f, "space");
  g_assert_cmpfloat (nudge_learner_get_lesson (get_learner (f))->answers[1], ==, 0);
  type (f, "Down");
  type (f, "alt+n");
  wait_for_sentence (f, 2);
  g_assert_cmpfloat (nudge_learner_get_lesson (get_learner (f))->answers[1], ==, 1);
  type (f, "alt+d");
  wait_for_sentence (f, 3);
  type (f, "alt+b");
  wait_for_sentence (f, 2);
  g_assert_cmpuint (frame_of (f)->n_landings, ==, 0);
  type (f, "alt+d");
  wait_for_sentence (f, 3);
  for (gsize at = 3; at < 10; at++) {
    type (f, at == 3 || at == 4 || at == 6 ? "alt+n" : "alt+d");
    wait_for_sentence (f, at + 1);
  }
  type (f, "alt+f");
  g_assert_true (drive_until (has_left, f));
}

/* --- All of them -------------------------------------------------------------------- */

/* Each claim holds, and each control that is pointed at is there to be seen. */
static void
test_it_passes (Fixture *f, gconstpointer data)
{
  const NnLesson *lesson = nudge_learner_get_lesson (get_learner (f));

  wait_for_sentence (f, 0);
  for (gsize at = 0; at < lesson->n_steps; at++) {
    const char *point = lesson->steps[at].point;
    GtkWidget *control = NULL;

    drive_settle (GTK_WIDGET (f->window));
    if (point != NULL)
      control = nudge_pointing_find (GTK_WIDGET (f->window), point);

    if (point != NULL) {
      g_test_message ("%s", point);
      g_assert_nonnull (control);
      g_assert_true (gtk_widget_get_mapped (control));
      g_assert_true (gtk_widget_has_css_class (control, "nudge-pointed"));
    }
    nudge_learner_next (get_learner (f));
    if (at + 1 < lesson->n_steps)
      wait_for_sentence (f, at + 1);
  }
  g_assert_cmpint (nudge_learner_get_state (get_learner (f)), ==, NUDGE_LEARNER_LEFT);
}

/* --- Back, again, and another way --------------------------------------------------- */

/* @n: how often next is pressed */
static void
go_on (Fixture *f, gsize n)
{
  wait_for_sentence (f, 0);
  for (gsize at = 0; at < n; at++) {
    nudge_learner_next (get_learner (f));
    wait_for_sentence (f, at + 1);
  }
}

/* All the way, over an edit, a reset and undone nudges, to the bit. */
static void
test_back_takes_the_run_along (Fixture *f, gconstpointer data)
{
  const NnLesson *lesson = nudge_learner_get_lesson (get_learner (f));
  g_autoptr (NnFrame) start = NULL;

  wait_for_sentence (f, 0);
  start = nn_frame_ref (nudge_document_get_frame (get_document (f)));
  go_on (f, lesson->n_steps - 1);
  for (gsize at = lesson->n_steps - 1; at-- > 0;) {
    nudge_learner_back (get_learner (f));
    wait_for_sentence (f, at);
  }
  g_assert_cmpuint (frame_of (f)->step, ==, 0);
  assert_same_values (frame_of (f), start);
  g_assert_cmpint (frame_of (f)->experiment->optimizer.type, ==, NN_OPTIMIZER_SGD);
  go_on (f, lesson->n_steps - 1);
}

static void
test_again_begins_anew (Fixture *f, gconstpointer data)
{
  const NnLesson *lesson = nudge_learner_get_lesson (get_learner (f));

  go_on (f, 1);
  nudge_learner_answer (get_learner (f), 1);
  nudge_learner_next (get_learner (f));
  wait_for_sentence (f, 2);
  press (f, "Begin the lesson again");
  wait_for_sentence (f, 0);
  g_assert_cmpuint (frame_of (f)->step, ==, 0);
  g_assert_true (isnan (lesson->answers[1]));
  go_on (f, lesson->n_steps - 1);
}

/* Nothing is locked: another amount can be chosen, and the lesson's check fails. */
static gboolean
has_failed_check (gpointer data)
{
  return nudge_learner_get_state (get_learner (data)) == NUDGE_LEARNER_CHECK_FAILED;
}

static void
test_another_way_is_said (Fixture *f, gconstpointer data)
{
  g_autoptr (NnNudge) other = nn_nudge_parse ("fc2.weight: w @ by hand", NULL);

  go_on (f, 5);
  nudge_session_do (nudge_document_get_session (get_document (f)),
                    &(NnEvent){ .kind = NN_EVENT_NUDGE, .nudge = other });
  g_assert_true (drive_until (has_failed_check, f));
  press (f, "Back");
  wait_for_sentence (f, 4);
  nudge_learner_next (get_learner (f));
  wait_for_sentence (f, 5);
  press (f, "Apply to fc2");
  wait_for_sentence (f, 6);
}

/* --- Answers ------------------------------------------------------------------------ */

/* The run is done again to where it was, and the lesson goes on there. */
static void
test_a_copy_has_the_answers (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NnExperiment) copy = NULL;
  g_autoptr (NnExperiment) again = NULL;
  g_autoptr (NudgeDocument) document = NULL;
  g_autofree char *text = NULL;
  gboolean unsaved;

  go_on (f, 1);
  nudge_learner_answer (get_learner (f), 1);
  g_object_get (get_document (f), "unsaved", &unsaved, NULL);
  g_assert_true (unsaved);
  nudge_learner_next (get_learner (f));
  wait_for_sentence (f, 2);
  nudge_learner_next (get_learner (f));
  wait_for_sentence (f, 3);
  copy = nn_log_make_experiment (frame_of (f)->log,
                                 nudge_document_get_experiment (get_document (f)));
  text = nn_experiment_file_format (copy);
  again = nn_experiment_file_parse (text, strlen (text), "mine", &error);
  g_assert_no_error (error);
  document = nudge_document_new (again, &error);
  g_assert_no_error (error);
  nudge_window_set_document (f->window, document);
  wait_for_sentence (f, 3);
  g_assert_cmpuint (frame_of (f)->step, ==, 100);
  g_assert_cmpfloat (nudge_learner_get_lesson (get_learner (f))->answers[1], ==, 1);
  g_assert_cmpstr (get_text (f, "Prediction"), ==,
                   "✓ You said: Nothing: no weight changes");
}

/* A click into the plot is a loss, and the entry says which. */
static void
test_a_mark_is_drawn (Fixture *f, gconstpointer data)
{
  GtkWidget *entry;
  double drawn;

  go_on (f, 5);
  drive_settle (GTK_WIDGET (f->window));
  drive_click (nudge_pointing_find (GTK_WIDGET (f->window), "Loss plot"), 0.5, 0.4);
  drawn = nudge_learner_get_lesson (get_learner (f))->answers[5];
  g_assert_cmpfloat (drawn, >, 0);
  g_assert_cmpfloat (drawn, <, 1);
  g_assert_cmpuint (frame_of (f)->step, ==, 401); /* it has not gone anywhere */
  entry = find (f, "Prediction", GTK_ACCESSIBLE_ROLE_TEXT_BOX);
  g_assert_cmpfloat_with_epsilon (
      g_ascii_strtod (gtk_editable_get_text (GTK_EDITABLE (entry)), NULL), drawn,
      0.01 * drawn);
  gtk_editable_set_text (GTK_EDITABLE (entry), "0.0125");
  g_assert_cmpfloat (nudge_learner_get_lesson (get_learner (f))->answers[5], ==, 0.0125);
  for (gsize at = 5; at < 7; at++) {
    nudge_learner_next (get_learner (f));
    wait_for_sentence (f, at + 1);
  }
  g_assert_cmpstr (get_text (f, "Prediction"), ==, "✓ You said: 0.0125");
}

/* Under a sanitizer, where they take four times as long, the first four have all kinds
 * of steps. */
#ifdef __SANITIZE_ADDRESS__
#define MOST_LESSONS 4
#else
#define MOST_LESSONS G_MAXSIZE
#endif

#define ADD(name, lesson, function)                                                      \
  g_test_add ("/app/window-lessons/" name, Fixture, lesson, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  const char *const *names = nn_experiment_get_lesson_names ();

  g_test_init (&argc, &argv, NULL);
  ADD ("a-newcomer-clicks-through-the-first", "lesson-section",
       test_a_newcomer_clicks_through_the_first);
  ADD ("keys-are-enough-for-the-first", "lesson-section",
       test_keys_are_enough_for_the_first);
  for (gsize i = 0; names[i] != NULL && i < MOST_LESSONS; i++) {
    g_autofree char *path = g_strdup_printf ("/app/window-lessons/%s-passes", names[i]);

    g_test_add (path, Fixture, names[i], set_up, test_it_passes, tear_down);
  }
  ADD ("back-takes-the-run-along", "lesson-memory", test_back_takes_the_run_along);
  ADD ("again-begins-anew", "lesson-section", test_again_begins_anew);
  ADD ("another-way-is-said", "lesson-section", test_another_way_is_said);
  ADD ("a-copy-has-the-answers", "lesson-section", test_a_copy_has_the_answers);
  ADD ("a-mark-is-drawn", "lesson-heal", test_a_mark_is_drawn);
  return fixture_run ();
}

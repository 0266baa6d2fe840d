/* test-nudge-window-lecture.c - a lecture in the window, by clicks and by keys
 *
 * SPDX-License-Identifier: MIT
 */

#include <math.h>

#include "nn/io/nn-experiment-demo.h"
#include "tests/app/panels/window-lecture.h"
#include "ui/base/nudge-pointer-ring.h"
#include "ui/cards/nudge-layer-card.h"
#include "ui/loss/nudge-loss-plot.h"
#include "ui/network/nudge-network-view.h"

/* A demonstration. */
#define MOST_INPUTS  12
#define MOST_SECONDS 180

static gboolean
is_shown (Fixture *f, const char *name, GtkAccessibleRole role)
{
  return gtk_widget_get_mapped (find (f, name, role));
}

/* --- A demonstration ---------------------------------------------------------------- */

/* From the window to the last sentence and to the window again. */
static void
test_twelve_inputs_are_enough (Fixture *f, gconstpointer data)
{
  const gint64 start_us = g_get_monotonic_time ();
  const gsize n_steps = nudge_learner_get_lesson (get_learner (f))->n_steps;
  guint n_inputs = 2;

  wait_for_sentence (f, 0);
  begin_lecture (f);
  for (gsize at = 1; at < n_steps; at++, n_inputs++) {
    type_key (f, at % 2 ? "space" : "Next");
    wait_for_sentence (f, at);
  }
  g_assert_cmpuint (frame_of (f)->step, ==, 400);
  type_key (f, "Escape");
  wait_for_window (f);
  g_assert_cmpuint (n_inputs, <=, MOST_INPUTS);
  g_assert_cmpfloat ((double) (g_get_monotonic_time () - start_us) / G_USEC_PER_SEC, <,
                     MOST_SECONDS);
}

static void
set_speed (Fixture *f, double speed)
{
  g_object_set (nudge_document_get_session (nudge_window_get_document (f->window)),
                "speed", speed, NULL);
}

/* A clicker's keys, all the way there and back, to the bit; and no step too far. */
static void
test_back_takes_each_step_back (Fixture *f, gconstpointer data)
{
  const gsize n_steps = nudge_learner_get_lesson (get_learner (f))->n_steps;
  g_autoptr (NnFrame) start = NULL;

  set_speed (f, 0);
  wait_for_sentence (f, 0);
  start = nn_frame_ref (nudge_document_get_frame (nudge_window_get_document (f->window)));
  begin_lecture (f);
  for (gsize at = 1; at < n_steps; at++) {
    type_key (f, "Next");
    wait_for_sentence (f, at);
  }
  type_key (f, "Next");
  type_key (f, "space");
  wait_for_sentence (f, n_steps - 1);
  for (gsize at = n_steps - 1; at-- > 0;) {
    type_key (f, at % 2 ? "Prior" : "BackSpace");
    wait_for_sentence (f, at);
  }
  type_key (f, "Prior");
  wait_for_sentence (f, 0);
  g_assert_cmpuint (frame_of (f)->step, ==, 0);
  assert_same_values (frame_of (f), start);
}

static gboolean
is_on_its_way (gpointer data)
{
  return frame_of (data)->running && frame_of (data)->step > 0;
}

/* Back does not wait for what is being done. */
static void
test_back_ends_what_is_being_done (Fixture *f, gconstpointer data)
{
  set_speed (f, 5);
  wait_for_sentence (f, 0);
  begin_lecture (f);
  type_key (f, "space");
  g_assert_true (drive_until (is_on_its_way, f));
  type_key (f, "Prior");
  wait_for_sentence (f, 0);
  g_assert_cmpuint (frame_of (f)->step, ==, 0);
  g_assert_false (frame_of (f)->running);
}

static void
test_digits_answer (Fixture *f, gconstpointer data)
{
  const NnLesson *lesson = nudge_learner_get_lesson (get_learner (f));
  GtkWidget *choice;

  wait_for_sentence (f, 0);
  begin_lecture (f);
  type_key (f, "2"); /* nothing is asked yet */
  type_key (f, "space");
  wait_for_sentence (f, 1);
  g_assert_true (isnan (lesson->answers[1]));
  type_key (f, "2");
  g_assert_cmpfloat (lesson->answers[1], ==, 1);
  choice = find (f, "Nothing: no weight changes", GTK_ACCESSIBLE_ROLE_CHECKBOX);
  g_assert_true (gtk_check_button_get_active (GTK_CHECK_BUTTON (choice)));
  type_key (f, "7");
  g_assert_cmpfloat (lesson->answers[1], ==, 1);
  drive_click (find (f, "It jumps", GTK_ACCESSIBLE_ROLE_CHECKBOX), 0.1, 0.5);
  g_assert_cmpfloat (lesson->answers[1], ==, 0);
  type_key (f, "space"); /* goes on, whatever has the focus */
  wait_for_sentence (f, 2);
}

/* --- One control at a time ---------------------------------------------------------- */

/* Whatever a sentence points at is there, with a rim, and of all controls it alone. */
static void
test_it_shows_one_control (Fixture *f, gconstpointer data)
{
  wait_for_sentence (f, 0);
  begin_lecture (f);
  g_assert_true (gtk_widget_has_css_class (find (f, "Run", GTK_ACCESSIBLE_ROLE_BUTTON),
                                           "nudge-pointed"));
  g_assert_null (find_type (get_lecture (f), NUDGE_TYPE_LAYER_CARD));
  for (gsize at = 1; at <= 5; at++) {
    type_key (f, "space");
    wait_for_sentence (f, at);
  }
  drive_settle (GTK_WIDGET (f->window));
  g_assert_false (is_shown (f, "Run", GTK_ACCESSIBLE_ROLE_BUTTON));
  g_assert_true (gtk_widget_has_css_class (
      find (f, "Apply to fc2", GTK_ACCESSIBLE_ROLE_BUTTON), "nudge-pointed"));
  drive_click (find (f, "Apply to fc2", GTK_ACCESSIBLE_ROLE_BUTTON), 0.5, 0.5);
  wait_for_sentence (f, 6);
  g_assert_null (find_type (get_lecture (f), NUDGE_TYPE_LAYER_CARD));
  type_key (f, "space");
  wait_for_sentence (f, 7);
  drive_click (find (f, "Undo", GTK_ACCESSIBLE_ROLE_BUTTON), 0.5, 0.5);
  wait_for_sentence (f, 8);
}

/* --- Black, and stray clicks and keys ----------------------------------------------- */

static gboolean
is_blank (Fixture *f)
{
  return is_shown (f, "The screen is black: B shows it again", GTK_ACCESSIBLE_ROLE_LABEL);
}

static void
test_black_and_back (Fixture *f, gconstpointer data)
{
  const char *const ways[] = { "b", "period", "space", "Escape", "Prior", "x" };

  wait_for_sentence (f, 0);
  begin_lecture (f);
  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++) {
    type_key (f, i % 2 ? "b" : "period");
    g_assert_true (is_blank (f));
    type_key (f, ways[i]);
    g_assert_false (is_blank (f));
    g_assert_nonnull (get_lecture (f));
    wait_for_sentence (f, 0);
  }
  g_assert_cmpuint (frame_of (f)->step, ==, 0);
  type_key (f, "b");
  drive_click (GTK_WIDGET (f->window), 0.5, 0.5);
  g_assert_false (is_blank (f));
}

static void
click_everywhere (Fixture *f)
{
  for (double x = 0.1; x < 1; x += 0.2)
    for (double y = 0.05; y < 0.9; y += 0.2)
      drive_click (GTK_WIDGET (f->window), x, y);
}

/* None of them does anything to the run, to the lesson, or to what is shown. */
static void
test_stray_ones_do_nothing (Fixture *f, gconstpointer data)
{
  static const char *const keys[] = { "x",  "v",  "n",      "m",   "e",
                                      "F2", "F9", "Delete", "End", "Home" };
  NudgeDocument *document = nudge_window_get_document (f->window);
  GtkWidget *network, *plot;

  wait_for_sentence (f, 0);
  begin_lecture (f);
  type_key (f, "space");
  wait_for_sentence (f, 1);
  network = get_picture (f, NUDGE_TYPE_NETWORK_VIEW);
  plot = get_picture (f, NUDGE_TYPE_LOSS_PLOT);
  click_everywhere (f);
  drive_click_secondary (network, 0.5, 0.5);
  drive_click_secondary (plot, 0.5, 0.5);
  drive_wheel (plot, TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    type_key (f, keys[i]);
  drive_settle (GTK_WIDGET (f->window));
  g_assert_nonnull (get_lecture (f));
  wait_for_sentence (f, 1);
  g_assert_cmpuint (frame_of (f)->step, ==, 100);
  g_assert_cmpuint (frame_of (f)->n_landings, ==, 0);
  g_assert_null (
      nudge_selection_get_targets (nudge_document_get_selection (document))[0]);
  g_assert_cmpint (nudge_plot_get_span (NUDGE_PLOT (plot))->kind, ==, NUDGE_TIME_ALL);
}

/* But where a prediction is to be drawn. */
static void
test_a_mark_is_drawn (Fixture *f, gconstpointer data)
{
  const NnLesson *lesson = nudge_learner_get_lesson (get_learner (f));

  wait_for_sentence (f, 0);
  begin_lecture (f);
  for (gsize at = 1; at <= 5; at++) {
    type_key (f, "space");
    wait_for_sentence (f, at);
  }
  g_assert_cmpint (lesson->steps[5].question, ==, NN_LESSON_MARK);
  drive_settle (GTK_WIDGET (f->window));
  drive_click (get_picture (f, NUDGE_TYPE_LOSS_PLOT), 0.6, 0.95); /* beside it */
  g_assert_true (isnan (lesson->answers[5]));
  drive_click (get_picture (f, NUDGE_TYPE_LOSS_PLOT), 0.6, 0.35);
  g_assert_cmpfloat (lesson->answers[5], >, 0);
  g_assert_cmpuint (frame_of (f)->step, ==, 401);
}

static void
test_the_pointer_shows (Fixture *f, gconstpointer data)
{
  NudgePointerRing *ring;

  begin_lecture (f);
  ring = NUDGE_POINTER_RING (get_picture (f, NUDGE_TYPE_POINTER_RING));
  drive_move (get_picture (f, NUDGE_TYPE_NETWORK_VIEW), 0.4, 0.4);
  drive_move (get_picture (f, NUDGE_TYPE_NETWORK_VIEW), 0.5, 0.5);
  g_assert_true (nudge_pointer_ring_is_shown (ring));
  type_key (f, "x");
  g_assert_false (nudge_pointer_ring_is_shown (ring));
}

/* --- As it was ---------------------------------------------------------------------- */

typedef struct {
  int width;
  int height;
  int network_height;
  int loss_height;
  double text_scale;
  gboolean has_side;
} Look;

static Look
get_look (Fixture *f)
{
  GtkWidget *network = get_picture (f, NUDGE_TYPE_NETWORK_VIEW);
  GtkWidget *plot = get_picture (f, NUDGE_TYPE_LOSS_PLOT);

  return (Look){
    .width = gtk_widget_get_width (GTK_WIDGET (f->window)),
    .height = gtk_widget_get_height (GTK_WIDGET (f->window)),
    .network_height = gtk_widget_get_height (network),
    .loss_height = gtk_widget_get_height (plot),
    .text_scale = nudge_widget_get_text_scale (network),
    .has_side =
        drive_find (GTK_WIDGET (f->window), "Layers", GTK_ACCESSIBLE_ROLE_BUTTON) != NULL,
  };
}

/* Returns: (transfer full): what the window looks like, but for the run */
static GBytes *
dup_pixels (Fixture *f)
{
  gtk_window_set_focus_visible (GTK_WINDOW (f->window), FALSE);
  drive_settle (GTK_WIDGET (f->window));
  return drive_dup_pixels (GTK_WIDGET (f->window), NULL);
}

static void
assert_same_look (const Look *a, const Look *b)
{
  g_assert_cmpint (a->width, ==, b->width);
  g_assert_cmpint (a->height, ==, b->height);
  /* A split is scaled with the window, there and back, in whole pixels. */
  g_assert_cmpint (ABS (a->network_height - b->network_height), <=, 1);
  g_assert_cmpint (ABS (a->loss_height - b->loss_height), <=, 1);
  g_assert_cmpfloat (a->text_scale, ==, b->text_scale);
  g_assert_cmpint (a->has_side, ==, b->has_side);
}

static void
test_the_window_is_as_it_was (Fixture *f, gconstpointer data)
{
  GtkPaned *paned = GTK_PANED (
      gtk_widget_get_ancestor (get_picture (f, NUDGE_TYPE_LOSS_PLOT), GTK_TYPE_PANED));
  Look before, after;
  g_autoptr (GBytes) old = NULL;
  g_autoptr (GBytes) new = NULL;

  gtk_paned_set_position (paned, 300);
  type_key (f, "F9");
  gtk_widget_grab_focus (f->step);
  drive_move (GTK_WIDGET (f->window), 0.5, 0.01);
  old = dup_pixels (f);
  before = get_look (f);
  begin_lecture (f);
  type_key (f, "F9"); /* is not the lecture's */
  type_key (f, "shift+F11");
  wait_for_window (f);
  drive_settle (GTK_WIDGET (f->window));
  after = get_look (f);
  assert_same_look (&before, &after);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (f->window)) == f->step);
  g_assert_cmpint (ABS (gtk_paned_get_position (paned) - 300), <=, 1);
  new = dup_pixels (f);
  if (gtk_paned_get_position (paned) == 300)
    g_assert_cmpmem (g_bytes_get_data (old, NULL), g_bytes_get_size (old),
                     g_bytes_get_data (new, NULL), g_bytes_get_size (new));
  begin_lecture (f);
  type_key (f, "Escape");
  wait_for_window (f);
}

/* Another document may come meanwhile, and the window be closed. */
static void
test_another_document_comes (Fixture *f, gconstpointer data)
{
  g_autoptr (NnExperiment) other = nn_experiment_new_demo ("lesson-dead", NULL);
  g_autoptr (NudgeDocument) document = nudge_document_new (other, NULL);

  begin_lecture (f);
  g_assert_nonnull (find_type (get_lecture (f), NUDGE_TYPE_LAYER_CARD));
  nudge_window_set_document (f->window, document);
  wait_for_sentence (f, 0);
  type_key (f, "space");
  wait_for_sentence (f, 1);
}

#define ADD(name, demo, function)                                                        \
  g_test_add ("/app/window-lecture/" name, Fixture, demo, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("twelve-inputs-are-enough", "lesson-section", test_twelve_inputs_are_enough);
  ADD ("back-takes-each-step-back", "lesson-section", test_back_takes_each_step_back);
  ADD ("back-ends-what-is-being-done", "lesson-section",
       test_back_ends_what_is_being_done);
  ADD ("digits-answer", "lesson-section", test_digits_answer);
  ADD ("it-shows-one-control", "lesson-section", test_it_shows_one_control);
  ADD ("black-and-back", "lesson-section", test_black_and_back);
  ADD ("stray-ones-do-nothing", "lesson-section", test_stray_ones_do_nothing);
  ADD ("a-mark-is-drawn", "lesson-heal", test_a_mark_is_drawn);
  ADD ("the-pointer-shows", "lesson-section", test_the_pointer_shows);
  ADD ("the-window-is-as-it-was", "seed", test_the_window_is_as_it_was);
  ADD ("another-document-comes", "seed", test_another_document_comes);
  return fixture_run ();
}

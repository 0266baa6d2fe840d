/* test-nudge-window-score.c - what all training examples come to, on request
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/io/nn-experiment-demo.h"
#include "tests/app/window-fixture.h"
#include "ui/text/nudge-words.h"

/* Mini-batches, so that no step's loss is of all examples. */
static void
set_up_classes (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  NnExperiment *experiment = nn_experiment_new_demo ("iris", &error);

  g_assert_no_error (error);
  experiment->batch_size = 16;
  scratch_set_up (&f->scratch, NULL);
  open_experiment (f, experiment);
}

static GtkWidget *
get_plot (Fixture *f)
{
  return find (f, "Loss plot", GTK_ACCESSIBLE_ROLE_IMG);
}

static gboolean
is_scored (gpointer data)
{
  return frame_of (data)->n_scores[NN_SCORE_WHOLE] == 1;
}

static gboolean
is_scored_twice (gpointer data)
{
  return frame_of (data)->n_scores[NN_SCORE_WHOLE] == 2;
}

/* As the command line computes it, of a run of its own. */
static void
assert_is_the_runs (const NnScore *score)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NnExperiment) experiment = nn_experiment_new_demo ("iris", &error);
  g_autoptr (NnTrainer) trainer = NULL;
  NnScore own;

  experiment->batch_size = 16;
  trainer = nn_trainer_new (experiment, &error);
  g_assert_no_error (error);
  while (nn_trainer_get_n_steps (trainer) < score->step)
    g_assert_true (nn_trainer_step (trainer, NULL));
  g_assert_true (nn_trainer_score (trainer, NN_SCORE_WHOLE, &own));
  g_assert_cmpfloat (own.loss, ==, score->loss);
  g_assert_cmpfloat (own.accuracy, ==, score->accuracy);
}

static gboolean
is_said (gpointer data)
{
  Fixture *f = data;
  g_autofree char *said =
      nudge_words_for_whole (&frame_of (f)->scores[NN_SCORE_WHOLE][0]);

  return g_str_equal (gtk_label_get_text (f->landing), said);
}

static void
test_a_key_asks_for_it (Fixture *f, gconstpointer data)
{
  step_to (f, 1);
  step_to (f, 2);
  gtk_widget_grab_focus (get_plot (f));
  drive_key (get_plot (f), "a");
  g_assert_true (drive_until (is_scored, f));
  g_assert_cmpuint (frame_of (f)->scores[NN_SCORE_WHOLE][0].step, ==, 2);
  assert_is_the_runs (&frame_of (f)->scores[NN_SCORE_WHOLE][0]);
  g_assert_true (drive_until (is_said, f));
}

static GtkWidget *
find_score_button (Fixture *f)
{
  return find_button (GTK_WIDGET (f->window), "Loss of all training examples");
}

static gboolean
is_offered (gpointer data)
{
  return find_score_button (data) != NULL;
}

static void
test_a_button_asks_for_it (Fixture *f, gconstpointer data)
{
  GtkWidget *button;

  drive_click (find (f, "More of the plot", GTK_ACCESSIBLE_ROLE_BUTTON), 0.5, 0.5);
  g_assert_true (drive_until (is_offered, f));
  button = find_score_button (f);
  drive_settle (button);
  drive_click (button, 0.5, 0.5);
  g_assert_true (drive_until (is_scored, f));
  g_assert_true (drive_until (is_said, f));
}

/* The same losses and weights as without having asked. */
static void
test_asking_changes_nothing (Fixture *f, gconstpointer data)
{
  g_autoptr (NnFrame) asked = NULL;
  float losses[2];

  step_to (f, 1);
  gtk_widget_grab_focus (get_plot (f));
  drive_key (get_plot (f), "a");
  g_assert_true (drive_until (is_scored, f));
  step_to (f, 2);
  step_to (f, 3);
  gtk_widget_grab_focus (get_plot (f));
  drive_key (get_plot (f), "a");
  g_assert_true (drive_until (is_scored_twice, f));
  asked = nn_frame_ref (nudge_document_get_frame (nudge_window_get_document (f->window)));
  nn_history_get_loss (asked->history, 3, &losses[0]);
  drive_click (f->reset, 0.5, 0.5);
  g_assert_true (drive_until (is_at_start, f));
  g_assert_cmpuint (frame_of (f)->n_scores[NN_SCORE_WHOLE], ==, 0);
  step_to (f, 1);
  step_to (f, 2);
  step_to (f, 3);
  nn_history_get_loss (frame_of (f)->history, 3, &losses[1]);
  g_assert_cmpfloat (losses[0], ==, losses[1]);
  assert_same_values (asked, frame_of (f));
}

#define ADD(name, function)                                                              \
  g_test_add ("/app/window-score/" name, Fixture, NULL, set_up_classes, function,        \
              tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("a-key-asks-for-it", test_a_key_asks_for_it);
  ADD ("a-button-asks-for-it", test_a_button_asks_for_it);
  ADD ("asking-changes-nothing", test_asking_changes_nothing);
  return fixture_run ();
}

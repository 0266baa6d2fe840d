/* test-nudge-window-status.c - the loss in the header compares like with like
 *
 * SPDX-License-Identifier: MIT
 */

#include "tests/app/window-fixture.h"

#include <math.h>

#include "nn/io/nn-experiment-demo.h"
#include "ui/draw/base/nudge-frame.h"
#include "ui/text/nudge-landing-words.h"
#include "ui/text/nudge-number.h"
#include "ui/text/nudge-words.h"

#define CHANGE "Change of the loss by hand"

/* One example at a time: each step's loss is on another one than the last step's. */
static void
set_up_batches (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  NnExperiment *experiment = nn_experiment_new_demo ("seed", &error);

  g_assert_no_error (error);
  experiment->batch_size = 1;
  scratch_set_up (&f->scratch, NULL);
  open_experiment (f, experiment);
  step_to (f, 1);
  step_to (f, 2);
}

static void
apply (Fixture *f)
{
  drive_click (find (f, "Apply to fc2", GTK_ACCESSIBLE_ROLE_BUTTON), 0.5, 0.5);
  g_assert_true (drive_until (has_landed, f));
}

/* What stands beside the loss; NULL where nothing does. */
static const char *
get_change (Fixture *f)
{
  GtkLabel *label = find_described (GTK_WIDGET (f->window), CHANGE);

  g_assert_nonnull (label);
  return gtk_widget_get_mapped (GTK_WIDGET (label)) ? gtk_label_get_text (label) : NULL;
}

/* --- What stands there ------------------------------------------------------------- */

static void
test_a_nudge_leaves_the_loss_of_its_step (Fixture *f, gconstpointer data)
{
  g_autofree char *before = g_strdup (gtk_label_get_text (f->loss_label));

  assert_labels_agree (f);
  apply (f);
  g_assert_cmpfloat (frame_of (f)->landings[0].loss_before, !=, frame_of (f)->loss);
  g_assert_cmpstr (gtk_label_get_text (f->loss_label), ==, before);
}

static void
test_its_change_stands_beside_the_loss (Fixture *f, gconstpointer data)
{
  g_autofree char *change = NULL;

  g_assert_null (get_change (f));
  apply (f);
  change = nudge_words_for_difference (&frame_of (f)->landings[0]);
  g_assert_true (drive_until (is_paused, f));
  g_assert_cmpstr (get_change (f), ==, change);

  step_to (f, 3);
  g_assert_null (get_change (f));
  assert_labels_agree (f);
}

static gboolean
has_landed_twice (gpointer data)
{
  return frame_of (data)->n_landings == 2;
}

static void
test_two_changes_are_one (Fixture *f, gconstpointer data)
{
  const NnLanding *landings;
  double whole;
  g_autofree char *change = NULL;

  apply (f);
  drive_click (find (f, "Apply to fc1", GTK_ACCESSIBLE_ROLE_BUTTON), 0.5, 0.5);
  g_assert_true (drive_until (has_landed_twice, f));
  landings = frame_of (f)->landings;
  whole = landings[1].loss_after - landings[0].loss_before;
  change = nudge_words_for_loss_change (whole);
  g_assert_true (isfinite (whole));
  g_assert_cmpstr (get_change (f), ==, change);
}

static gboolean
is_said (gpointer data)
{
  Fixture *f = data;
  g_autofree char *loss = nudge_number_format (frame_of (f)->step_loss, 3);
  g_autofree char *said = g_strdup_printf ("Loss %s at step 2, 1 nudge", loss);
  g_autofree char *differs = gtk_test_accessible_check_property (
      GTK_ACCESSIBLE (find (f, "Loss plot", GTK_ACCESSIBLE_ROLE_IMG)),
      GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, said);

  return !differs;
}

static void
test_the_plot_says_the_same_loss (Fixture *f, gconstpointer data)
{
  apply (f);
  g_assert_true (drive_until (is_said, f));
}

/* At the very beginning no step has a loss: it is that of the weights as they are. */
static void
test_the_beginning_has_the_loss_of_its_weights (Fixture *f, gconstpointer data)
{
  drive_click (f->reset, 0.5, 0.5);
  g_assert_true (drive_until (is_at_start, f));
  apply (f);
  assert_labels_agree (f);
  g_assert_cmpfloat (frame_of (f)->landings[0].loss_after, ==, frame_of (f)->loss);
  g_assert_null (get_change (f));
}

/* Of classes; a loss of numbers has none. */
static void
test_accuracy_stands_beside_the_loss (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  GtkLabel *label = find_described (GTK_WIDGET (f->window), "Accuracy");
  g_autofree char *said = NULL;
  NnScoreKind kind;

  g_assert_false (gtk_widget_get_mapped (GTK_WIDGET (label)));
  open_experiment (f, nn_experiment_new_demo ("iris", &error));
  g_assert_no_error (error);
  step_to (f, 1);
  said = nudge_words_for_accuracy (nudge_frame_get_accuracy (frame_of (f), &kind));
  g_assert_cmpint (kind, ==, NN_SCORE_HELD_OUT);
  label = find_described (GTK_WIDGET (f->window), "Accuracy");
  g_assert_cmpstr (gtk_label_get_text (label), ==, said);
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (label)));
}

#define ADD(name, function)                                                              \
  g_test_add ("/app/window-status/" name, Fixture, NULL, set_up_batches, function,       \
              tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("a-nudge-leaves-the-loss-of-its-step", test_a_nudge_leaves_the_loss_of_its_step);
  ADD ("its-change-stands-beside-the-loss", test_its_change_stands_beside_the_loss);
  ADD ("two-changes-are-one", test_two_changes_are_one);
  ADD ("the-plot-says-the-same-loss", test_the_plot_says_the_same_loss);
  ADD ("the-beginning-has-the-loss-of-its-weights",
       test_the_beginning_has_the_loss_of_its_weights);
  ADD ("accuracy-stands-beside-the-loss", test_accuracy_stands_beside_the_loss);
  return fixture_run ();
}

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

#define TOOLTIP "test-tooltip"

static void
tooltip_set_cb (GtkWidget *widget, GParamSpec *pspec, guint *n)
{
  const char *text = gtk_widget_get_tooltip_text (widget);

  if (g_strcmp0 (text, g_object_get_data (G_OBJECT (widget), TOOLTIP)) == 0) {
    g_test_message ("%s: “%s”", G_OBJECT_TYPE_NAME (widget), text ? text : "");
    (*n)++;
  }
  g_object_set_data_full (G_OBJECT (widget), TOOLTIP, g_strdup (text), g_free);
}

/* How often a tooltip is set to what it is. */
static void
count_tooltips (GtkWidget *widget, guint *n)
{
  g_object_set_data_full (G_OBJECT (widget), TOOLTIP,
                          g_strdup (gtk_widget_get_tooltip_text (widget)), g_free);
  g_signal_connect (widget, "notify::tooltip-text", G_CALLBACK (tooltip_set_cb), n);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    count_tooltips (child, n);
}

/* GTK waits for the display's answer after each call. */
static void
test_tooltips_are_set_once (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  NudgeSession *session;
  GtkLabel *label;
  guint n = 0;

  open_experiment (f, nn_experiment_new_demo ("iris", &error));
  g_assert_no_error (error);
  step_to (f, 1);
  label = find_described (GTK_WIDGET (f->window), "Accuracy");
  g_assert_nonnull (gtk_widget_get_tooltip_text (GTK_WIDGET (label)));
  session = nudge_document_get_session (nudge_window_get_document (f->window));
  count_tooltips (GTK_WIDGET (f->window), &n);
  step_to (f, 2);
  step_to (f, 3);
  g_object_set (session, "speed", 0.5, NULL);
  g_object_set (session, "speed", 0.25, NULL);
  g_assert_cmpuint (n, ==, 0);
}

/* --- After a frame that took long -------------------------------------------------- */

#define LONG_US (3 * G_USEC_PER_SEC)

typedef struct {
  Fixture *f;
  guint64
      step; /* of the frame at the last tick; of that at the first after the long one */
  gint64 since_us; /* the end of the long one; 0 before */
  gboolean is_after;
} Stall;

static gboolean
stall_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  Stall *self = data;
  const guint64 step = frame_of (self->f)->step;
  const gboolean took_frame = step != self->step;

  if (self->is_after)
    return G_SOURCE_CONTINUE;
  self->step = step;
  self->is_after = self->since_us > 0;
  if (took_frame && !self->is_after) {
    g_usleep (LONG_US);
    self->since_us = g_get_monotonic_time ();
  }
  return G_SOURCE_CONTINUE;
}

static gboolean
goes_on (gpointer data)
{
  const Stall *self = data;

  return self->is_after && frame_of (self->f)->step != self->step;
}

/* As if the machine had been busy, or the program stopped. A busy machine may delay a try. */
static void
test_a_long_frame_is_followed_by_others (Fixture *f, gconstpointer data)
{
  gint64 least_us = G_MAXINT64;

  g_action_group_activate_action (G_ACTION_GROUP (f->window), "run", NULL);
  g_assert_true (drive_until (is_running, f));
  for (guint i = 0; i < 3 && least_us > LONG_US / 5; i++) {
    Stall stall = { f, frame_of (f)->step, 0, FALSE };
    const guint tick =
        gtk_widget_add_tick_callback (GTK_WIDGET (f->window), stall_cb, &stall, NULL);

    g_assert_true (drive_until (goes_on, &stall));
    least_us = MIN (least_us, g_get_monotonic_time () - stall.since_us);
    gtk_widget_remove_tick_callback (GTK_WIDGET (f->window), tick);
  }
  g_assert_cmpint (least_us, <, LONG_US / 5);
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
  ADD ("tooltips-are-set-once", test_tooltips_are_set_once);
  ADD ("a-long-frame-is-followed-by-others", test_a_long_frame_is_followed_by_others);
  return fixture_run ();
}

/* test-nudge-window-side.c - network and training are changed at the left
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/base/nudge-list.h"
#include "window-side.h"

/* --- Training ---------------------------------------------------------------------- */

static void
test_a_rate_is_typed_and_taken_back (Fixture *f, gconstpointer data)
{
  g_assert_cmpstr (get_text (f, "Learning rate"), ==, "0.001");
  type (f, "Learning rate", "*2");
  g_assert_cmpfloat (experiment_of (f)->optimizer.lr, ==, 0.002);
  g_assert_cmpstr (get_text (f, "Learning rate"), ==, "0.002");
  type (f, "Learning rate", "1/4");
  g_assert_cmpfloat (experiment_of (f)->optimizer.lr, ==, 0.25);
  type (f, "Beta 1", "0,5");
  g_assert_cmpfloat (experiment_of (f)->optimizer.beta1, ==, 0.5);
  undo (f);
  undo (f);
  g_assert_cmpfloat (experiment_of (f)->optimizer.lr, ==, 0.002);
  g_assert_cmpstr (get_text (f, "Learning rate"), ==, "0.002");
  g_assert_cmpstr (get_text (f, "Beta 1"), ==, "0.9");
  undo (f);
  g_assert_cmpstr (get_text (f, "Learning rate"), ==, "0.001");
}

/* The key takes back what was entered, not the letters of it. */
static void
test_a_key_takes_back_what_was_entered (Fixture *f, gconstpointer data)
{
  GtkWidget *entry = type (f, "Learning rate", "0.5");
  GtkWidget *units = find (f, "Units of fc1", GTK_ACCESSIBLE_ROLE_SPIN_BUTTON);

  drive_key (entry, "ctrl+z");
  g_assert_true (drive_until (is_settled, f));
  g_assert_cmpfloat (experiment_of (f)->optimizer.lr, ==, 0.001);
  g_assert_cmpstr (get_text (f, "Learning rate"), ==, "0.001");
  reach (units);
  drive_key (units, "ctrl+a");
  drive_type (units, "9");
  drive_key (units, "Return");
  g_assert_true (drive_until (is_settled, f));
  g_assert_cmpuint (experiment_of (f)->architecture->layers[0].n_units, ==, 9);
  drive_key (units, "ctrl+z");
  g_assert_true (drive_until (is_settled, f));
  g_assert_cmpuint (experiment_of (f)->architecture->layers[0].n_units, ==, 6);
}

/* Faster than frames come: neither takes the other back. */
static void
test_settings_change_one_after_the_other (Fixture *f, gconstpointer data)
{
  NudgeEdits *edits = nudge_document_get_edits (nudge_window_get_document (f->window));

  for (int i = 0; i < 2; i++) {
    g_autoptr (NnEdit) edit = nn_edit_new ();

    edit->parts = NN_EDIT_HAS_OPTIMIZER;
    edit->optimizer = nudge_edits_get_experiment (edits)->optimizer;
    if (i == 0)
      edit->optimizer.lr = 0.5;
    else
      edit->optimizer.eps = 0.25;
    g_assert_true (nudge_edits_do (edits, edit, NULL));
  }
  g_assert_true (drive_until (is_settled, f));
  g_assert_cmpfloat (experiment_of (f)->optimizer.lr, ==, 0.5);
  g_assert_cmpfloat (experiment_of (f)->optimizer.eps, ==, 0.25);
}

static void
test_a_wrong_number_says_so_and_changes_nothing (Fixture *f, gconstpointer data)
{
  GtkWidget *entry = type (f, "Beta 1", "1.5");
  g_autofree char *described = NULL;

  g_assert_true (gtk_widget_has_css_class (entry, "error"));
  described = gtk_test_accessible_check_property (
      GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "");
  g_assert_nonnull (strstr (described, "expected a finite number from 0 and below 1"));
  g_assert_cmpfloat (experiment_of (f)->optimizer.beta1, ==, 0.9);
  g_assert_false (frame_of (f)->can_undo);
  drive_key (entry, "Escape");
  g_assert_false (gtk_widget_has_css_class (entry, "error"));
  g_assert_cmpstr (get_text (f, "Beta 1"), ==, "0.9");
}

static void
test_the_optimizer_brings_its_settings (Fixture *f, gconstpointer data)
{
  GtkWidget *window = GTK_WIDGET (f->window);

  g_assert_null (drive_find (window, "Momentum", GTK_ACCESSIBLE_ROLE_TEXT_BOX));
  choose (f, "Optimizer", "sgd");
  g_assert_cmpint (experiment_of (f)->optimizer.type, ==, NN_OPTIMIZER_SGD);
  g_assert_null (drive_find (window, "Beta 1", GTK_ACCESSIBLE_ROLE_TEXT_BOX));
  type (f, "Momentum", "0.9");
  g_assert_cmpfloat (experiment_of (f)->optimizer.momentum, ==, 0.9);
  undo (f);
  undo (f);
  g_assert_nonnull (drive_find (window, "Beta 1", GTK_ACCESSIBLE_ROLE_TEXT_BOX));
  g_assert_cmpstr (get_choice (f, "Optimizer"), ==, "adam");
}

static void
test_a_loss_that_does_not_fit_is_made_to (Fixture *f, gconstpointer data)
{
  choose (f, "Loss", "cross_entropy");
  g_assert_cmpint (experiment_of (f)->loss.type, ==, NN_LOSS_CROSS_ENTROPY);
  g_assert_cmpuint (experiment_of (f)->architecture->layers[1].n_units, ==, 2);
  undo (f);
  g_assert_cmpstr (get_choice (f, "Loss"), ==, "bce_logits");
}

static void
test_a_loss_that_cannot_fit_is_refused (Fixture *f, gconstpointer data)
{
  choose (f, "Loss", "cross_entropy");
  g_assert_cmpint (experiment_of (f)->loss.type, ==, NN_LOSS_SQUARED_SUM);
  g_assert_cmpstr (get_choice (f, "Loss"), ==, "squared_sum");
  g_assert_true (
      gtk_widget_has_css_class (GTK_WIDGET (find_choice (f, "Loss")), "error"));
}

static void
test_batches_are_set (Fixture *f, gconstpointer data)
{
  type (f, "Batch", "8");
  g_assert_cmpuint (experiment_of (f)->batch_size, ==, 8);
  choose (f, "Shuffle", "true");
  g_assert_cmpint (experiment_of (f)->shuffle, ==, NN_SHUFFLE_RANDPERM);
  g_assert_cmpuint (experiment_of (f)->batch_size, ==, 8);
  undo (f);
  undo (f);
  g_assert_cmpstr (get_text (f, "Batch"), ==, "");
}

static void
test_a_run_stops_where_it_is_told_to (Fixture *f, gconstpointer data)
{
  AtStep at = { f, 25 };

  type (f, "Stop at step", "25");
  type (f, "Speed", "2000");
  drive_click (f->run, 0.5, 0.5);
  g_assert_true (drive_until (is_at_step, &at));
  g_assert_true (drive_until (is_paused, f));
  g_assert_cmpuint (frame_of (f)->step, ==, 25);
}

/* --- Layers ------------------------------------------------------------------------ */

static void
test_layers_come_and_go (Fixture *f, gconstpointer data)
{
  const NnArchitecture *architecture;
  float before = (float) frame_of (f)->loss;

  click (f, "Add layer");
  architecture = experiment_of (f)->architecture;
  g_assert_cmpuint (architecture->n_layers, ==, 3);
  g_assert_cmpstr (architecture->layers[1].name, ==, "fc3");
  g_assert_cmpstr (architecture->layers[2].name, ==, "fc2");
  g_assert_cmpfloat_with_epsilon (frame_of (f)->loss, (double) before, 1e-6);
  click (f, "Remove fc3");
  g_assert_cmpuint (experiment_of (f)->architecture->n_layers, ==, 2);
  undo (f);
  g_assert_cmpuint (experiment_of (f)->architecture->n_layers, ==, 3);
  click (f, "Move fc3 up");
  g_assert_cmpstr (experiment_of (f)->architecture->layers[0].name, ==, "fc3");
  undo (f);
  undo (f);
  assert_same_values (f->start, frame_of (f));
}

static void
test_layers_are_named_and_sized (Fixture *f, gconstpointer data)
{
  type (f, "Name of fc1", "hidden");
  g_assert_cmpstr (experiment_of (f)->architecture->layers[0].name, ==, "hidden");
  assert_same_values (f->start, frame_of (f));
  choose (f, "Activation of hidden", "tanh");
  g_assert_cmpint (experiment_of (f)->architecture->layers[0].activation, ==,
                   NN_ACTIVATION_TANH);
  type (f, "Name of hidden", "fc2");
  g_assert_true (gtk_widget_has_css_class (
      find (f, "Name of hidden", GTK_ACCESSIBLE_ROLE_TEXT_BOX), "error"));
  g_assert_cmpstr (experiment_of (f)->architecture->layers[0].name, ==, "hidden");
}

static void
test_units_are_typed (Fixture *f, gconstpointer data)
{
  GtkWidget *units = find (f, "Units of fc1", GTK_ACCESSIBLE_ROLE_SPIN_BUTTON);

  reach (units);
  drive_key (units, "ctrl+a");
  drive_type (units, "*2");
  drive_key (units, "Return");
  g_assert_true (drive_until (is_settled, f));
  g_assert_cmpuint (experiment_of (f)->architecture->layers[0].n_units, ==, 12);
  drive_key (units, "ctrl+a");
  drive_type (units, "0");
  drive_key (units, "Return");
  g_assert_true (gtk_widget_has_css_class (units, "error"));
  g_assert_cmpuint (experiment_of (f)->architecture->layers[0].n_units, ==, 12);
  drive_key (units, "Up");
  g_assert_true (drive_until (is_settled, f));
  g_assert_cmpuint (experiment_of (f)->architecture->layers[0].n_units, ==, 13);
}

static void
test_a_nudge_that_repeats_keeps_its_layer (Fixture *f, gconstpointer data)
{
  g_autoptr (NnNudge) nudge =
      nn_nudge_make (&(NnNudgeSpec){ .target = "fc1.weight",
                                     .expression = "a*w",
                                     .amount = 0.5f,
                                     .time.when = NN_WHEN_EVERY_STEPS,
                                     .time.interval = 1 },
                     NULL);
  GtkWidget *remove = find (f, "Remove fc1", GTK_ACCESSIBLE_ROLE_BUTTON);

  nudge_session_do (nudge_document_get_session (nudge_window_get_document (f->window)),
                    &(NnEvent){ .kind = NN_EVENT_STAND, .nudge = nudge });
  g_assert_true (drive_until (is_settled, f));
  click (f, "Remove fc1");
  g_assert_cmpuint (experiment_of (f)->architecture->n_layers, ==, 2);
  g_assert_true (gtk_widget_has_css_class (remove, "error"));
  type (f, "Name of fc2", "last");
  g_assert_cmpstr (experiment_of (f)->architecture->layers[1].name, ==, "last");
  g_assert_false (gtk_widget_has_css_class (remove, "error"));
}

static void
test_seeds_are_typed_and_rolled (Fixture *f, gconstpointer data)
{
  type (f, "Seed", "17");
  g_assert_cmpuint (experiment_of (f)->seed, ==, 17);
  click (f, "Roll seed");
  g_assert_cmpuint (experiment_of (f)->seed, !=, 17);
  assert_same_values (f->start, frame_of (f));
  choose (f, "Initialisation", "zeros");
  click (f, "Reset");
  g_assert_true (drive_until (is_at_start, f));
  g_assert_cmpfloat (frame_of (f)->values[0], ==, 0);
}

/* --- The log ----------------------------------------------------------------------- */

static GListModel *
log_of (Fixture *f)
{
  return nudge_lists_get_landings (
      nudge_document_get_lists (nudge_window_get_document (f->window)));
}

typedef struct {
  Fixture *f;
  guint n;
} Logged;

static gboolean
has_logged (gpointer data)
{
  Logged *logged = data;

  return g_list_model_get_n_items (log_of (logged->f)) == logged->n;
}

static void
test_edits_are_in_the_log (Fixture *f, gconstpointer data)
{
  Logged logged = { f, 4 };
  g_autoptr (NudgeEntry) newest = NULL;
  g_autoptr (NudgeEntry) oldest = NULL;

  type (f, "Learning rate", "0.5");
  step_to (f, 1);
  drive_click (find (f, "Apply to fc1", GTK_ACCESSIBLE_ROLE_BUTTON), 0.5, 0.5);
  g_assert_true (drive_until (has_landed, f));
  type (f, "Batch", "8");
  type (f, "Beta 1", "0.8");
  g_assert_true (drive_until (has_logged, &logged));
  newest = g_list_model_get_item (log_of (f), 0);
  oldest = g_list_model_get_item (log_of (f), 3);
  g_assert_cmpstr (nudge_entry_get_words (newest), ==, "adam, betas[0] 0.8");
  g_assert_cmpstr (nudge_entry_get_words (oldest), ==, "adam, lr 0.5");
  g_assert_cmpuint (nudge_entry_get_step (newest), ==, 1);
  g_assert_cmpuint (nudge_entry_get_step (oldest), ==, 0);
  for (guint i = 0; i < logged.n; i++)
    undo (f);
  g_assert_true (drive_until (has_logged, &logged));
  g_assert_true (nudge_entry_get_ahead (oldest));
}

/* --- The panel --------------------------------------------------------------------- */

static gboolean
is_folded (gpointer data)
{
  Fixture *f = data;

  return !gtk_widget_get_child_visible (gtk_widget_get_ancestor (
      find (f, "Data", GTK_ACCESSIBLE_ROLE_IMG), g_type_from_name ("NudgeSidePanel")));
}

static gboolean
is_unfolded (gpointer data)
{
  return !is_folded (data);
}

static void
test_the_panel_folds (Fixture *f, gconstpointer data)
{
  GtkWidget *window = GTK_WIDGET (f->window);

  g_assert_false (is_folded (f));
  drive_key (window, "F9");
  g_assert_true (drive_until (is_folded, f));
  drive_click (find (f, "Side panel", GTK_ACCESSIBLE_ROLE_BUTTON), 0.5, 0.5);
  g_assert_true (drive_until (is_unfolded, f));
}

/* Where there is no place beside the rest, it is in front of it, when it is asked for. */
static void
test_a_small_window_starts_without_it (Fixture *f, gconstpointer data)
{
  g_autoptr (NudgeDocument) document =
      g_object_ref (nudge_window_get_document (f->window));

  drive_close (GTK_WINDOW (f->window));
  f->window = nudge_window_new (GTK_APPLICATION (g_application_get_default ()));
  nudge_window_set_document (f->window, document);
  gtk_window_set_default_size (GTK_WINDOW (f->window), 900, 600);
  drive_present (GTK_WINDOW (f->window));
  find_controls (f);
  g_assert_true (drive_until (is_folded, f));
  drive_key (GTK_WIDGET (f->window), "F9");
  g_assert_true (drive_until (is_unfolded, f));
}

/* A list does not open where its button is, out of sight: off the screen it could not. */
static void
test_a_key_brings_the_focus_into_sight (Fixture *f, gconstpointer data)
{
  GtkWidget *drop_down = GTK_WIDGET (find_choice (f, "Shuffle"));
  GtkWidget *scrolled = gtk_widget_get_ancestor (drop_down, GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment *place =
      gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));
  graphene_rect_t bounds;

  reach (drop_down);
  gtk_adjustment_set_value (place, 0);
  drive_settle (scrolled);
  g_assert_true (gtk_widget_compute_bounds (drop_down, scrolled, &bounds));
  g_assert_cmpfloat (bounds.origin.y, >, gtk_widget_get_height (scrolled));
  drive_key (drop_down, "space");
  drive_settle (scrolled);
  g_assert_true (gtk_widget_compute_bounds (drop_down, scrolled, &bounds));
  g_assert_cmpfloat (bounds.origin.y + bounds.size.height, <=,
                     gtk_widget_get_height (scrolled));
}

/* --- All of it --------------------------------------------------------------------- */

static gboolean
has_nothing_to_undo (gpointer data)
{
  Fixture *f = data;

  return is_settled (f) && !frame_of (f)->can_undo;
}

static void
test_a_tour_and_all_the_way_back (Fixture *f, gconstpointer data)
{
  click (f, "Add layer");
  step_to (f, 1);
  type (f, "Learning rate", "*10");
  step_to (f, 2);
  choose (f, "Data set", "moons");
  reach (find (f, "Data", GTK_ACCESSIBLE_ROLE_IMG));
  drive_click (find (f, "Data", GTK_ACCESSIBLE_ROLE_IMG), 0.5, 0.06);
  g_assert_true (drive_until (is_settled, f));
  g_assert_cmpint (experiment_of (f)->data.source, ==, NN_DATA_INLINE);
  step_to (f, 3);
  for (int i = 0; i < 4; i++)
    undo (f);
  g_assert_true (drive_until (has_nothing_to_undo, f));
  g_assert_cmpuint (frame_of (f)->step, ==, 0);
  assert_same_values (f->start, frame_of (f));
  g_assert_cmpfloat (frame_of (f)->loss, ==, f->start->loss);
  g_assert_cmpstr (get_choice (f, "Data set"), ==, "iris");
  g_assert_cmpstr (get_text (f, "Learning rate"), ==, "0.001");
}

#define ADD(name, text, function) ADD_SIDE ("/app/window-side/" name, text, function)

static void
add_training (void)
{
  ADD ("a-rate-is-typed-and-taken-back", CIRCLE, test_a_rate_is_typed_and_taken_back);
  ADD ("a-key-takes-back-what-was-entered", CIRCLE,
       test_a_key_takes_back_what_was_entered);
  ADD ("settings-change-one-after-the-other", CIRCLE,
       test_settings_change_one_after_the_other);
  ADD ("a-wrong-number-says-so-and-changes-nothing", CIRCLE,
       test_a_wrong_number_says_so_and_changes_nothing);
  ADD ("the-optimizer-brings-its-settings", CIRCLE,
       test_the_optimizer_brings_its_settings);
  ADD ("a-loss-that-does-not-fit-is-made-to", CIRCLE,
       test_a_loss_that_does_not_fit_is_made_to);
  g_test_add ("/app/window-side/a-loss-that-cannot-fit-is-refused", Fixture, NULL, set_up,
              test_a_loss_that_cannot_fit_is_refused, tear_down);
  ADD ("batches-are-set", CIRCLE, test_batches_are_set);
  ADD ("a-run-stops-where-it-is-told-to", CIRCLE, test_a_run_stops_where_it_is_told_to);
}

static void
add_network (void)
{
  ADD ("layers-come-and-go", CIRCLE, test_layers_come_and_go);
  ADD ("layers-are-named-and-sized", CIRCLE, test_layers_are_named_and_sized);
  ADD ("units-are-typed", CIRCLE, test_units_are_typed);
  ADD ("a-nudge-that-repeats-keeps-its-layer", CIRCLE,
       test_a_nudge_that_repeats_keeps_its_layer);
  ADD ("seeds-are-typed-and-rolled", CIRCLE, test_seeds_are_typed_and_rolled);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  add_training ();
  add_network ();
  ADD ("edits-are-in-the-log", CIRCLE, test_edits_are_in_the_log);
  ADD ("a-key-brings-the-focus-into-sight", CIRCLE,
       test_a_key_brings_the_focus_into_sight);
  ADD ("the-panel-folds", CIRCLE, test_the_panel_folds);
  ADD ("a-small-window-starts-without-it", CIRCLE, test_a_small_window_starts_without_it);
  ADD ("a-tour-and-all-the-way-back", IRIS, test_a_tour_and_all_the_way_back);
  return fixture_run ();
}

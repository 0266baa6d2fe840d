/* test-nudge-window-timeline.c - back, forth and beside the run, worked by a real hand
 *
 * SPDX-License-Identifier: MIT
 */

#include "tests/app/window-fixture.h"

/* --- Reading the window ------------------------------------------------------------ */

typedef struct {
  Fixture *f;
  gsize n;
} Wanted;

static gboolean
has_n_standing (gpointer data)
{
  Wanted *wanted = data;

  return frame_of (wanted->f)->n_standing == wanted->n;
}

static void
wait_for_step (Fixture *f, guint64 step)
{
  AtStep at = { f, step };

  g_assert_true (drive_until (is_at_step, &at));
}

static gboolean
labels_are_shown (gpointer data)
{
  Fixture *f = data;
  g_autofree char *step = g_strdup_printf ("Step %" G_GUINT64_FORMAT, frame_of (f)->step);

  return g_str_equal (gtk_label_get_text (f->step_label), step);
}

static void
assert_shows_frame (Fixture *f)
{
  g_assert_true (drive_until (labels_are_shown, f));
  assert_labels_agree (f);
}

static NnFrame *
keep_frame (Fixture *f)
{
  return nn_frame_ref (nudge_document_get_frame (nudge_window_get_document (f->window)));
}

static void
apply (Fixture *f, const char *layer)
{
  g_autofree char *name = g_strconcat ("Apply to ", layer, NULL);
  gsize n = frame_of (f)->n_landings;

  drive_click (find (f, name, GTK_ACCESSIBLE_ROLE_BUTTON), 0.5, 0.5);
  wait_for_landings (f, n + 1);
}

static GtkWidget *
find_row (Fixture *f, const char *list, guint index)
{
  GtkWidget *row = gtk_widget_get_first_child (find (f, list, GTK_ACCESSIBLE_ROLE_LIST));

  while (row && index-- > 0)
    row = gtk_widget_get_next_sibling (row);
  g_assert_nonnull (row);
  return row;
}

/* --- Undo and redo ----------------------------------------------------------------- */

static void
test_undo_and_redo_restore_bits (Fixture *f, gconstpointer data)
{
  GtkWidget *undo = find_button (GTK_WIDGET (f->window), "Undo");
  GtkWidget *redo = find_button (GTK_WIDGET (f->window), "Redo");
  g_autoptr (NnFrame) before = NULL;
  g_autoptr (NnFrame) after = NULL;

  g_assert_true (undo && redo);
  g_assert_false (gtk_widget_get_sensitive (undo));
  step_to (f, 1);
  step_to (f, 2);
  before = keep_frame (f);
  apply (f, "fc2");
  g_assert_true (gtk_widget_get_sensitive (undo));
  g_assert_false (gtk_widget_get_sensitive (redo));
  step_to (f, 3);
  after = keep_frame (f);

  drive_click (undo, 0.5, 0.5);
  wait_for_landings (f, 0);
  assert_shows_frame (f);
  g_assert_cmpuint (frame_of (f)->step, ==, 2);
  assert_same_values (frame_of (f), before);
  g_assert_cmpfloat (frame_of (f)->loss, ==, before->loss);
  g_assert_cmpstr (gtk_label_get_text (f->landing), ==,
                   "Undone: back to just before fc2.weight: 0.01·w, step 2");
  g_assert_false (gtk_widget_get_sensitive (undo));

  drive_click (redo, 0.5, 0.5);
  wait_for_step (f, 3);
  assert_shows_frame (f);
  assert_same_values (frame_of (f), after);
  g_assert_true (g_str_has_prefix (gtk_label_get_text (f->landing), "fc2.weight: a·w"));
}

static void
test_keys_undo_and_redo (Fixture *f, gconstpointer data)
{
  step_to (f, 1);
  apply (f, "fc1");
  apply (f, "fc3");
  drive_key (GTK_WIDGET (f->window), "ctrl+z");
  wait_for_landings (f, 1);
  drive_key (GTK_WIDGET (f->window), "ctrl+z");
  wait_for_landings (f, 0);
  drive_key (GTK_WIDGET (f->window), "ctrl+y");
  wait_for_landings (f, 1);
  drive_key (GTK_WIDGET (f->window), "ctrl+shift+z");
  wait_for_landings (f, 2);
  assert_shows_frame (f);
}

/* What is being typed is taken back first. */
static void
test_keys_undo_text_before_the_run (Fixture *f, gconstpointer data)
{
  GtkWidget *entry = find (f, "Amount for fc2", GTK_ACCESSIBLE_ROLE_TEXT_BOX);

  step_to (f, 1);
  apply (f, "fc1");
  gtk_widget_grab_focus (entry);
  drive_key (entry, "End");
  drive_type (entry, "5");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "0.015");
  drive_key (entry, "ctrl+z");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "0.01");
  drive_settle (GTK_WIDGET (f->window));
  g_assert_cmpuint (frame_of (f)->n_landings, ==, 1);
  drive_key (entry, "ctrl+z");
  wait_for_landings (f, 0);
}

/* The button says what it is for, wherever the focus is. */
static void
test_the_button_undoes_the_run (Fixture *f, gconstpointer data)
{
  GtkWidget *entry = find (f, "Amount for fc2", GTK_ACCESSIBLE_ROLE_TEXT_BOX);

  step_to (f, 1);
  apply (f, "fc1");
  gtk_widget_grab_focus (entry);
  drive_key (entry, "End");
  drive_type (entry, "5");
  g_signal_emit_by_name (find_button (GTK_WIDGET (f->window), "Undo"), "clicked");
  wait_for_landings (f, 0);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "0.015");
}

/* --- Along the run ----------------------------------------------------------------- */

static void
test_scrubbing_shows_past_states (Fixture *f, gconstpointer data)
{
  GtkWidget *time = find (f, "Time", GTK_ACCESSIBLE_ROLE_SLIDER);
  g_autoptr (NnFrame) past = NULL;
  g_autoptr (NnFrame) next = NULL;

  for (guint64 step = 1; step <= 12; step++) {
    step_to (f, step);
    if (step == 7)
      past = keep_frame (f);
    if (step == 8)
      next = keep_frame (f);
  }
  gtk_widget_grab_focus (time);
  for (guint64 step = 11; step >= 7; step--) {
    drive_key (time, "Left");
    wait_for_step (f, step);
  }
  assert_shows_frame (f);
  assert_same_values (frame_of (f), past);
  g_assert_cmpfloat (frame_of (f)->loss, ==, past->loss);
  g_assert_cmpuint (frame_of (f)->end, ==, 12);
  drive_key (time, "End");
  wait_for_step (f, 12);

  /* And goes on from there as it did before. */
  drive_key (time, "Home");
  wait_for_step (f, 0);
  for (guint64 step = 1; step <= 7; step++) {
    drive_key (time, "Right");
    wait_for_step (f, step);
  }
  step_to (f, 8);
  assert_same_values (frame_of (f), next);
}

/* Past the first few steps, while the plot's range does not grow, the thumb is there. */
static gboolean
thumb_is_at_the_end (gpointer data)
{
  GtkAdjustment *steps = gtk_range_get_adjustment (data);

  return gtk_widget_is_sensitive (data) &&
         gtk_adjustment_get_value (steps) == gtk_adjustment_get_upper (steps);
}

static gboolean
shows_all_of_the_run (gpointer data)
{
  Fixture *f = data;
  GtkWidget *time = find (f, "Time", GTK_ACCESSIBLE_ROLE_SLIDER);

  return is_paused (f) &&
         gtk_range_get_fill_level (GTK_RANGE (time)) == (double) frame_of (f)->end;
}

static void
test_a_drag_goes_where_the_hand_does (Fixture *f, gconstpointer data)
{
  GtkWidget *time = find (f, "Time", GTK_ACCESSIBLE_ROLE_SLIDER);
  guint64 end;

  drive_click (f->run, 0.5, 0.5);
  g_assert_true (drive_until (thumb_is_at_the_end, time));
  drive_settle (time);
  drive_press (time, get_handle (time), 0.5);
  drive_move (time, 0.6, 0.5);

  /* The steps that were on their way when the pointer came are part of the run. */
  g_assert_true (drive_until (shows_all_of_the_run, f));
  drive_settle (time);
  drive_move (time, 0.4, 0.5);
  drive_release (time);
  drive_settle (time);
  end = frame_of (f)->end;
  wait_for_step (f, (guint64) gtk_range_get_value (GTK_RANGE (time)));
  g_assert_cmpuint (frame_of (f)->step, >, end / 4);
  g_assert_cmpuint (frame_of (f)->step, <, end / 2);
  assert_shows_frame (f);
}

/* --- Without nudges ---------------------------------------------------------------- */

static gboolean
legend_names_a_difference (gpointer data)
{
  Fixture *f = data;
  GtkWidget *legend =
      drive_find (GTK_WIDGET (f->window), "Curves", GTK_ACCESSIBLE_ROLE_IMG);
  const NnFrame *frame = frame_of (f);
  g_autofree char *same = gtk_test_accessible_check_property (
      GTK_ACCESSIBLE (legend), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "without nudges");
  g_autofree char *none = gtk_test_accessible_check_property (
      GTK_ACCESSIBLE (legend), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "");

  return frame->ghost && frame->ghost_step > 1 && frame->ghost_difference != 0 && same &&
         none;
}

static gboolean
has_no_ghost (gpointer data)
{
  return frame_of (data)->ghost == NULL;
}

static void
test_ghost_shows_the_difference (Fixture *f, gconstpointer data)
{
  step_to (f, 1);
  apply (f, "fc2");
  g_assert_null (frame_of (f)->ghost);
  drive_key (GTK_WIDGET (f->window), "ctrl+g");
  for (guint64 step = 2; step <= 4; step++)
    step_to (f, step);
  g_assert_true (drive_until (legend_names_a_difference, f));
  drive_click (find_button (GTK_WIDGET (f->window), "Without nudges"), 0.5, 0.5);
  step_to (f, 5);
  g_assert_true (drive_until (has_no_ghost, f));
}

/* --- Standing nudges --------------------------------------------------------------- */

static void
show_standing (Fixture *f)
{
  GtkWidget *tab = find (f, "Repeating 3", GTK_ACCESSIBLE_ROLE_TAB);
  GtkWidget *list = find (f, "Repeating nudges", GTK_ACCESSIBLE_ROLE_LIST);

  drive_click (tab, 0.5, 0.5);
  drive_settle (list);
  g_assert_true (gtk_widget_get_mapped (list));
}

static gboolean
first_is_paused (gpointer data)
{
  return frame_of (data)->standing[0].paused;
}

static gboolean
first_is_fc2 (gpointer data)
{
  return g_str_equal (frame_of (data)->standing[0].nudge->target.layer, "fc2");
}

static void
test_standing_nudges_are_paused_moved_removed (Fixture *f, gconstpointer data)
{
  GtkWidget *pause;
  Wanted two = { f, 2 };
  guint64 n_times;

  step_to (f, 1);
  show_standing (f);
  pause = drive_find (find_row (f, "Repeating nudges", 0),
                      "Pause fc1.weight: w + 0.001·w", GTK_ACCESSIBLE_ROLE_BUTTON);
  g_assert_nonnull (pause);
  drive_click (pause, 0.5, 0.5);
  g_assert_true (drive_until (first_is_paused, f));
  n_times = frame_of (f)->standing[0].n_times;
  step_to (f, 2);
  g_assert_cmpuint (frame_of (f)->standing[0].n_times, ==, n_times);
  g_assert_cmpuint (frame_of (f)->standing[1].n_times, ==, 2);

  gtk_widget_grab_focus (find_row (f, "Repeating nudges", 0));
  drive_key (GTK_WIDGET (f->window), "alt+Down");
  g_assert_true (drive_until (first_is_fc2, f));
  g_assert_true (frame_of (f)->standing[1].paused);

  drive_settle (GTK_WIDGET (f->window));
  drive_key (GTK_WIDGET (f->window), "Delete");
  g_assert_true (drive_until (has_n_standing, &two));
  g_assert_cmpstr (frame_of (f)->standing[0].nudge->target.layer, ==, "fc2");
  g_assert_cmpstr (frame_of (f)->standing[1].nudge->target.layer, ==, "fc3");
}

/* --- The log ----------------------------------------------------------------------- */

static gboolean
plot_names_fc3 (gpointer data)
{
  Fixture *f = data;
  GtkWidget *plot = find (f, "Loss plot", GTK_ACCESSIBLE_ROLE_IMG);
  g_autofree char *description = gtk_test_accessible_check_property (
      GTK_ACCESSIBLE (plot), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "");

  return description && strstr (description, "fc3.weight: w − a·w, a = 0.1 applied");
}

static void
test_log_marks_and_goes (Fixture *f, gconstpointer data)
{
  step_to (f, 1);
  apply (f, "fc3");
  step_to (f, 2);
  apply (f, "fc1");
  step_to (f, 3);
  drive_settle (GTK_WIDGET (f->window));
  drive_click (find_row (f, "Log", 1), 0.5, 0.5);
  g_assert_true (drive_until (plot_names_fc3, f));
  drive_key (GTK_WIDGET (f->window), "Return");
  wait_for_step (f, 1);
  g_assert_cmpuint (frame_of (f)->end, ==, 3);
}

/* --- The plot ----------------------------------------------------------------------- */

static gboolean
is_at_another_step (gpointer data)
{
  Fixture *f = data;

  return frame_of (f)->step < frame_of (f)->end && !frame_of (f)->running;
}

/* Also while it runs, which it then does not any more. */
static void
test_a_click_in_the_plot_goes_there (Fixture *f, gconstpointer data)
{
  GtkWidget *plot = find (f, "Loss plot", GTK_ACCESSIBLE_ROLE_IMG);
  guint64 end;

  drive_click (f->run, 0.5, 0.5);
  g_assert_true (drive_until (has_trained, f));
  drive_click (plot, 0.3, 0.5);
  g_assert_true (drive_until (is_at_another_step, f));
  end = frame_of (f)->end;
  gtk_widget_grab_focus (plot);
  drive_key (plot, "Home");
  drive_key (plot, "Return");
  wait_for_step (f, 0);
  g_assert_cmpuint (frame_of (f)->end, ==, end);
}

/* --- Guard ------------------------------------------------------------------------- */

static gboolean
is_unguarded (gpointer data)
{
  return frame_of (data)->guard == NN_GUARD_OFF;
}

static gboolean
guard_reads_off (gpointer data)
{
  Fixture *f = data;

  return drive_find (GTK_WIDGET (f->window), "Guard: off", GTK_ACCESSIBLE_ROLE_BUTTON) !=
         NULL;
}

static gboolean
is_mapped (gpointer data)
{
  return gtk_widget_get_mapped (data);
}

static void
test_guard_is_chosen (Fixture *f, gconstpointer data)
{
  GtkWidget *button = find (f, "Guard: shield", GTK_ACCESSIBLE_ROLE_BUTTON);
  GtkWidget *off;

  g_assert_cmpint (frame_of (f)->guard, ==, NN_GUARD_SHIELD);
  drive_click (button, 0.5, 0.5);
  off = find (f, "Off", GTK_ACCESSIBLE_ROLE_CHECKBOX);
  g_assert_true (drive_until (is_mapped, off));
  g_assert_true (gtk_widget_activate (off));
  gtk_menu_button_popdown (
      GTK_MENU_BUTTON (gtk_widget_get_ancestor (off, GTK_TYPE_MENU_BUTTON)));
  g_assert_true (drive_until (is_unguarded, f));
  g_assert_true (drive_until (guard_reads_off, f));
}

/* --- What if ----------------------------------------------------------------------- */

static gboolean
is_previewing (gpointer data)
{
  return frame_of (data)->preview != NULL;
}

static gboolean
is_not_previewing (gpointer data)
{
  return frame_of (data)->preview == NULL;
}

static void
test_escape_leaves_everything_as_it_was (Fixture *f, gconstpointer data)
{
  GtkWidget *slider = find (f, "Amount for fc2", GTK_ACCESSIBLE_ROLE_SLIDER);
  GtkWidget *plot = find (f, "Loss plot", GTK_ACCESSIBLE_ROLE_IMG);
  g_autoptr (GBytes) network = NULL, loss = NULL;
  g_autoptr (GBytes) network_after = NULL, loss_after = NULL;
  g_autoptr (GBytes) network_meanwhile = NULL, loss_meanwhile = NULL;

  step_to (f, 1);
  network = drive_dup_pixels (f->network, NULL);
  loss = drive_dup_pixels (plot, NULL);
  drive_press (slider, get_handle (slider), 0.5);
  drive_move (slider, 0.4, 0.5);
  drive_move (slider, 0.7, 0.5);
  g_assert_true (drive_until (is_previewing, f));
  network_meanwhile = drive_dup_pixels (f->network, NULL);
  loss_meanwhile = drive_dup_pixels (plot, NULL);
  g_assert_false (g_bytes_equal (network, network_meanwhile));
  g_assert_false (g_bytes_equal (loss, loss_meanwhile));

  drive_key (slider, "Escape");
  g_assert_true (drive_until (is_not_previewing, f));
  drive_release (slider);
  network_after = drive_dup_pixels (f->network, NULL);
  loss_after = drive_dup_pixels (plot, NULL);
  g_assert_true (g_bytes_equal (network, network_after));
  g_assert_true (g_bytes_equal (loss, loss_after));
  g_assert_cmpuint (frame_of (f)->n_landings, ==, 0);
}

/* --- Edits ------------------------------------------------------------------------- */

static void
edit_network (Fixture *f, gsize n_units, gboolean without_first)
{
  const NnFrame *frame = frame_of (f);
  const NnLayerSpec spec = { "new", 3, NN_ACTIVATION_RELU };
  NudgeDocument *document = nudge_window_get_document (f->window);
  g_autoptr (NnEdit) edit = nn_edit_new ();

  nn_edit_set_network (edit, frame->architecture, &frame->experiment->init);
  edit->layers[0].n_units = n_units;
  if (without_first)
    nn_edit_remove_layer (edit, 0);
  else
    nn_edit_insert_layer (edit, 1, &spec, NULL);
  nudge_session_do (nudge_document_get_session (document),
                    &(NnEvent){ .kind = NN_EVENT_EDIT, .edit = edit });
}

static gboolean
has_four_layers (gpointer data)
{
  return frame_of (data)->architecture->n_layers == 4;
}

static gboolean
has_three_layers (gpointer data)
{
  return frame_of (data)->architecture->n_layers == 3;
}

static gboolean
has_two_layers (gpointer data)
{
  return frame_of (data)->architecture->n_layers == 2;
}

static gboolean
is_at_step_2 (gpointer data)
{
  return frame_of (data)->step == 2;
}

/* With a part selected, one under the pointer, a preview, and a ghost. */
static void
test_every_panel_follows_an_edit (Fixture *f, gconstpointer data)
{
  GtkWidget *amount = find (f, "Amount for fc2", GTK_ACCESSIBLE_ROLE_TEXT_BOX);

  drive_key (GTK_WIDGET (f->window), "ctrl+g");
  step_to (f, 1);
  step_to (f, 2);
  gtk_editable_set_text (GTK_EDITABLE (amount), "0.5");
  drive_click (f->network, 0.5, 0.5);
  edit_network (f, 12, FALSE);
  g_assert_true (drive_until (has_four_layers, f));
  step_to (f, 3);
  find (f, "Apply to new", GTK_ACCESSIBLE_ROLE_BUTTON);
  drive_click (f->network, 0.4, 0.5);
  edit_network (f, 12, TRUE);
  g_assert_true (drive_until (has_three_layers, f));
  step_to (f, 4);
  drive_key (GTK_WIDGET (f->window), "ctrl+z");
  g_assert_true (drive_until (has_four_layers, f));
  drive_key (GTK_WIDGET (f->window), "ctrl+z");
  g_assert_true (drive_until (has_three_layers, f));
  edit_network (f, 2, TRUE);
  g_assert_true (drive_until (has_two_layers, f));
  g_signal_emit_by_name (f->reset, "clicked");
  g_assert_true (drive_until (is_at_start, f));
  g_assert_cmpuint (frame_of (f)->architecture->n_layers, ==, 2);
  drive_key (GTK_WIDGET (f->window), "ctrl+z");
  g_assert_true (drive_until (is_at_step_2, f));
  g_assert_cmpuint (frame_of (f)->architecture->n_layers, ==, 2);
}

#define ADD(name, demo, function)                                                        \
  g_test_add ("/app/window-timeline/" name, Fixture, demo, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("undo-and-redo-restore-bits", "seed", test_undo_and_redo_restore_bits);
  ADD ("keys-undo-and-redo", "seed", test_keys_undo_and_redo);
  ADD ("keys-undo-text-before-the-run", "seed", test_keys_undo_text_before_the_run);
  ADD ("the-button-undoes-the-run", "seed", test_the_button_undoes_the_run);
  ADD ("scrubbing-shows-past-states", "seed", test_scrubbing_shows_past_states);
  ADD ("a-drag-goes-where-the-hand-does", "seed", test_a_drag_goes_where_the_hand_does);
  ADD ("ghost-shows-the-difference", "seed", test_ghost_shows_the_difference);
  ADD ("standing-nudges-are-paused-moved-removed", "seed-nudged",
       test_standing_nudges_are_paused_moved_removed);
  ADD ("log-marks-and-goes", "seed", test_log_marks_and_goes);
  ADD ("a-click-in-the-plot-goes-there", "seed", test_a_click_in_the_plot_goes_there);
  ADD ("guard-is-chosen", "seed", test_guard_is_chosen);
  ADD ("every-panel-follows-an-edit", "seed", test_every_panel_follows_an_edit);
  ADD ("escape-leaves-everything-as-it-was", "seed",
       test_escape_leaves_everything_as_it_was);
  return fixture_run ();
}

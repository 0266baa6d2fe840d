/* test-nudge-window.c - the real window on a real session, worked by a real hand
 *
 * SPDX-License-Identifier: MIT
 */

#include "tests/app/window-dialogs.h"

#include <math.h>

#include "nn/io/nn-experiment-demo.h"
#include "nn/io/nn-experiment-file.h"
#include "nn/io/nn-snapshot.h"
#include "nn/run/nn-timeline.h"
#include "nn/session/nn-frame-of-run.h"
#include "ui/draw/base/nudge-palette.h"

/* How many pixels have the colour of nudges, as a pulsing layer does. */
static guint
count_violet (GBytes *picture)
{
  const NudgeColour *nudge = &nudge_palette_get (FALSE, FALSE)->nudge;
  gsize n_bytes;
  const guint8 *bgra = g_bytes_get_data (picture, &n_bytes);
  guint n = 0;

  for (gsize i = 0; i < n_bytes; i += 4)
    n += ABS (bgra[i] - nudge->blue * 255) < 24 &&
         ABS (bgra[i + 1] - nudge->green * 255) < 24 &&
         ABS (bgra[i + 2] - nudge->red * 255) < 24;
  return n;
}

static gboolean
pulse_is_over (gpointer data)
{
  Fixture *f = data;
  g_autoptr (GBytes) picture = drive_dup_pixels (f->network, NULL);

  return count_violet (picture) == 0;
}

/* --- Training ---------------------------------------------------------------------- */

/* As a window is that waits for its file. */
static void
test_run_is_in_focus_once_there_is_one (Fixture *f, gconstpointer data)
{
  g_autoptr (NudgeDocument) document =
      g_object_ref (nudge_window_get_document (f->window));

  nudge_window_set_document (f->window, NULL);
  gtk_widget_grab_focus (find (f, "Side panel", GTK_ACCESSIBLE_ROLE_BUTTON));
  nudge_window_set_document (f->window, document);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (f->window)) == f->run);
}

static void
test_opens_paused_with_run_in_focus (Fixture *f, gconstpointer data)
{
  g_assert_false (frame_of (f)->running);
  g_assert_cmpuint (frame_of (f)->step, ==, 0);
  assert_labels_agree (f);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (f->window)) == f->run);
  g_assert_true (gtk_widget_has_css_class (f->run, "suggested-action"));
  g_assert_cmpstr (gtk_label_get_text (f->landing), ==, "");
}

static void
test_controls_have_names (Fixture *f, gconstpointer data)
{
  static const char *const layers[] = { "fc1", "fc2", "fc3" };

  find (f, "Speed", GTK_ACCESSIBLE_ROLE_SLIDER);
  find (f, "Loss plot", GTK_ACCESSIBLE_ROLE_IMG);
  for (gsize i = 0; i < G_N_ELEMENTS (layers); i++) {
    g_autofree char *function = g_strconcat ("Function for ", layers[i], NULL);
    g_autofree char *amount = g_strconcat ("Amount for ", layers[i], NULL);
    g_autofree char *apply = g_strconcat ("Apply to ", layers[i], NULL);
    g_autofree char *repeat = g_strconcat ("Repeat ", layers[i], NULL);

    find (f, function, GTK_ACCESSIBLE_ROLE_COMBO_BOX);
    find (f, amount, GTK_ACCESSIBLE_ROLE_SLIDER);
    find (f, amount, GTK_ACCESSIBLE_ROLE_TEXT_BOX);
    find (f, apply, GTK_ACCESSIBLE_ROLE_BUTTON);
    find (f, repeat, GTK_ACCESSIBLE_ROLE_COMBO_BOX);
  }
}

static void
test_step_trains_one_step (Fixture *f, gconstpointer data)
{
  step_to (f, 1);
  assert_labels_agree (f);
  g_assert_cmpstr (gtk_label_get_text (f->step_label), ==, "Step 1");
  g_assert_cmpuint (nn_history_get_n_steps (frame_of (f)->history), ==, 1);
  step_to (f, 2);
  assert_labels_agree (f);
}

static void
test_pause_stops_where_the_labels_say (Fixture *f, gconstpointer data)
{
  drive_click (f->run, 0.5, 0.5);
  g_assert_true (drive_until (has_trained, f));
  g_assert_true (find (f, "Pause", GTK_ACCESSIBLE_ROLE_BUTTON) == f->run);
  g_assert_false (gtk_widget_has_css_class (f->run, "suggested-action"));

  drive_click (f->run, 0.5, 0.5);
  g_assert_true (drive_until (is_paused, f));
  assert_labels_agree (f);
  g_assert_cmpfloat (frame_of (f)->loss, <, f->start->loss);

  /* Stopped indeed: one step more is the next one. */
  step_to (f, frame_of (f)->step + 1);
  assert_labels_agree (f);
}

static void
test_keys_work_the_training (Fixture *f, gconstpointer data)
{
  AtStep at = { f, 1 };

  drive_key (GTK_WIDGET (f->window), "ctrl+t");
  g_assert_true (drive_until (is_at_step, &at));
  drive_key (GTK_WIDGET (f->window), "ctrl+r");
  g_assert_true (drive_until (has_trained, f));
  drive_key (GTK_WIDGET (f->window), "F5");
  g_assert_true (drive_until (is_paused, f));
  drive_key (GTK_WIDGET (f->window), "ctrl+shift+r");
  g_assert_true (drive_until (is_at_start, f));
  assert_labels_agree (f);
}

static void
test_speed_has_an_open_end (Fixture *f, gconstpointer data)
{
  GtkWidget *speed = find (f, "Speed", GTK_ACCESSIBLE_ROLE_SLIDER);
  GtkLabel *label = find_described (GTK_WIDGET (f->window), "Chosen speed");

  g_assert_cmpstr (gtk_label_get_text (label), ==, "300 steps/s");
  gtk_widget_grab_focus (speed);
  drive_key (speed, "End");
  g_assert_cmpstr (gtk_label_get_text (label), ==, "as fast as possible");
  gtk_test_accessible_assert_property (speed, GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT,
                                       "as fast as possible");
  drive_key (speed, "Home");
  g_assert_cmpstr (gtk_label_get_text (label), ==, "a step in 10 s");
}

static void
test_reset_gives_the_same_bits (Fixture *f, gconstpointer data)
{
  step_to (f, 1);
  drive_click (find (f, "Apply to fc3", GTK_ACCESSIBLE_ROLE_BUTTON), 0.5, 0.5);
  g_assert_true (drive_until (has_landed, f));
  g_assert_cmpstr (gtk_label_get_text (f->landing), !=, "");

  drive_click (f->reset, 0.5, 0.5);
  g_assert_true (drive_until (is_at_start, f));
  assert_same_values (frame_of (f), f->start);
  assert_labels_agree (f);
  g_assert_cmpstr (gtk_label_get_text (f->landing), ==, "");
  g_assert_cmpuint (nn_history_get_n_steps (frame_of (f)->history), ==, 0);
}

static void
test_divergence_is_named_and_reset_helps (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  NnExperiment *experiment = nn_experiment_new_demo ("seed", &error);
  GtkLabel *why;
  GtkWidget *bar;

  nn_experiment_add_nudge (experiment, "*: w*1e13 @ step 2", NULL, &error);
  g_assert_no_error (error);
  drive_close (GTK_WINDOW (f->window));
  nn_frame_unref (f->start);
  open_experiment (f, experiment);
  why = find_described (GTK_WIDGET (f->window), "Why training stopped");
  bar = gtk_widget_get_ancestor (GTK_WIDGET (why), GTK_TYPE_INFO_BAR);

  drive_click (f->run, 0.5, 0.5);
  g_assert_true (drive_until (has_failed, f));
  g_assert_true (drive_until (is_paused, f));
  g_assert_true (gtk_info_bar_get_revealed (GTK_INFO_BAR (bar)));
  g_assert_nonnull (strstr (gtk_label_get_text (why), frame_of (f)->failure));
  assert_labels_agree (f);

  drive_click (f->reset, 0.5, 0.5);
  g_assert_true (drive_until (is_at_start, f));
  g_assert_false (gtk_info_bar_get_revealed (GTK_INFO_BAR (bar)));
  step_to (f, 1);
}

/* --- Nudges ------------------------------------------------------------------------ */

static void
test_a_drag_lands_one_nudge (Fixture *f, gconstpointer data)
{
  GtkWidget *slider = find (f, "Amount for fc2", GTK_ACCESSIBLE_ROLE_SLIDER);
  g_autoptr (GBytes) before = drive_dup_pixels (f->network, NULL);
  g_autoptr (GBytes) after = NULL;
  const NnLanding *landing;

  g_assert_cmpuint (count_violet (before), ==, 0);
  drive_press (slider, get_handle (slider), 0.5);
  drive_move (slider, 0.4, 0.5);
  drive_move (slider, 0.7, 0.5);
  g_assert_cmpuint (frame_of (f)->n_landings, ==, 0);
  drive_release (slider);
  g_assert_true (drive_until (has_landed, f));

  g_assert_cmpuint (frame_of (f)->n_landings, ==, 1);
  landing = &frame_of (f)->landings[0];
  g_assert_cmpfloat (landing->nudge->amount, >, 1);
  g_assert_cmpuint (landing->last, ==, 0);
  g_assert_false (landing->standing);
  assert_scaled (f->start, frame_of (f), "fc2.weight", landing->nudge->amount);
  assert_labels_agree (f);
  g_assert_cmpfloat (frame_of (f)->loss, ==, landing->loss_after);

  g_assert_true (
      g_str_has_prefix (gtk_label_get_text (f->landing), "fc2.weight: a·w, a"));
  g_assert_nonnull (strstr (gtk_label_get_text (f->landing),
                            "applied after step 0, before the forward of 1: loss "));
  g_assert_true (drive_until (pulse_is_over, f));
  after = drive_dup_pixels (f->network, NULL);
  g_assert_false (g_bytes_equal (before, after));
}

static void
test_a_nudge_lands_while_training (Fixture *f, gconstpointer data)
{
  drive_click (f->run, 0.5, 0.5);
  g_assert_true (drive_until (has_trained, f));
  drive_click (find (f, "Apply to fc1", GTK_ACCESSIBLE_ROLE_BUTTON), 0.5, 0.5);
  g_assert_true (drive_until (has_landed, f));
  g_assert_cmpuint (frame_of (f)->landings[0].first, >, 0);
  g_assert_nonnull (strstr (gtk_label_get_text (f->landing), "fc1.weight: w + a·w"));
  g_assert_true (frame_of (f)->running);
}

static void
test_typing_only_sets_the_amount (Fixture *f, gconstpointer data)
{
  GtkWidget *entry = find (f, "Amount for fc2", GTK_ACCESSIBLE_ROLE_TEXT_BOX);

  gtk_widget_grab_focus (entry);
  drive_key (entry, "ctrl+a");
  drive_type (entry, "0.5");
  drive_key (entry, "Return");
  step_to (f, 1); /* would be behind the nudge, if there were one */
  g_assert_cmpuint (frame_of (f)->n_landings, ==, 0);
  drive_click (f->reset, 0.5, 0.5);
  g_assert_true (drive_until (is_at_start, f));

  drive_click (find (f, "Apply to fc2", GTK_ACCESSIBLE_ROLE_BUTTON), 0.5, 0.5);
  g_assert_true (drive_until (has_landed, f));
  g_assert_cmpuint (frame_of (f)->n_landings, ==, 1);
  assert_scaled (f->start, frame_of (f), "fc2.weight", 0.5f);
}

static void
test_apply_lands_once_each (Fixture *f, gconstpointer data)
{
  GtkWidget *apply = find (f, "Apply to fc2", GTK_ACCESSIBLE_ROLE_BUTTON);

  drive_click (apply, 0.5, 0.5);
  step_to (f, 1);
  g_assert_cmpuint (frame_of (f)->n_landings, ==, 1);
  drive_click (apply, 0.5, 0.5);
  step_to (f, 2);
  g_assert_cmpuint (frame_of (f)->n_landings, ==, 2);
  g_assert_cmpuint (frame_of (f)->landings[0].n_times, ==, 1);
  g_assert_cmpuint (frame_of (f)->landings[1].n_times, ==, 1);
  g_assert_cmpuint (frame_of (f)->landings[1].first, ==, 1);
}

static void
test_repeat_makes_a_nudge_standing (Fixture *f, gconstpointer data)
{
  GtkWidget *repeat = find (f, "Repeat fc3", GTK_ACCESSIBLE_ROLE_COMBO_BOX);

  gtk_drop_down_set_selected (GTK_DROP_DOWN (repeat), 1);
  for (guint64 step = 1; step <= 3; step++)
    step_to (f, step);
  g_assert_cmpuint (frame_of (f)->n_landings, ==, 1);
  g_assert_true (frame_of (f)->landings[0].standing);
  g_assert_cmpuint (frame_of (f)->landings[0].n_times, ==, 3);
  g_assert_cmpstr (gtk_label_get_text (f->landing), ==,
                   "fc3.weight: w − a·w, a = 0.1 every step: 3 times, last after step 3");

  gtk_drop_down_set_selected (GTK_DROP_DOWN (repeat), 0);
  step_to (f, 4);
  g_assert_cmpuint (frame_of (f)->landings[0].n_times, ==, 3);
}

static void
test_standing_nudges_of_the_experiment_can_be_ended (Fixture *f, gconstpointer data)
{
  GtkWidget *repeat = find (f, "Repeat fc2", GTK_ACCESSIBLE_ROLE_COMBO_BOX);

  g_assert_cmpuint (gtk_drop_down_get_selected (GTK_DROP_DOWN (repeat)), ==, 1);
  step_to (f, 1);
  g_assert_cmpuint (frame_of (f)->n_landings, ==, 3);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (repeat), 0);
  step_to (f, 2);
  for (gsize i = 0; i < 3; i++) {
    const NnLanding *landing = &frame_of (f)->landings[i];
    gboolean ended = g_str_equal (landing->nudge->target.layer, "fc2");

    g_assert_cmpuint (landing->n_times, ==, ended ? 1 : 2);
  }
}

static void
test_refusal_says_why_and_changes_nothing (Fixture *f, gconstpointer data)
{
  GtkWidget *entry = find (f, "Amount for fc2", GTK_ACCESSIBLE_ROLE_TEXT_BOX);
  GtkWidget *apply = find (f, "Apply to fc2", GTK_ACCESSIBLE_ROLE_BUTTON);
  g_autoptr (NnFrame) large = NULL;

  gtk_widget_grab_focus (entry);
  drive_key (entry, "ctrl+a");
  drive_type (entry, "3e38");
  drive_key (entry, "Return");
  drive_click (apply, 0.5, 0.5); /* |w| < 1: large, but finite */
  g_assert_true (drive_until (has_landed, f));
  g_assert_null (frame_of (f)->landings[0].refusal);
  assert_scaled (f->start, frame_of (f), "fc2.weight", 3e38f);

  large = nn_frame_ref (nudge_document_get_frame (nudge_window_get_document (f->window)));
  drive_click (apply, 0.5, 0.5);
  g_assert_true (drive_until (is_refused, f));
  g_assert_cmpuint (frame_of (f)->n_landings, ==, 2);
  assert_same_values (frame_of (f), large);
  g_assert_nonnull (
      strstr (gtk_label_get_text (f->landing), frame_of (f)->landings[1].refusal));
}

/* --- Export ------------------------------------------------------------------------ */

static gboolean
exists (gpointer data)
{
  return g_file_test (data, G_FILE_TEST_EXISTS);
}

static void
export_to (Fixture *f, const char *action, const char *path)
{
  g_autofree char *name = g_path_get_basename (path);

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (f->window), action, NULL));
  dialogs_save_as (f->scratch.folder, name);
}

static void
test_exports_parameters_whole (Fixture *f, gconstpointer data)
{
  step_to (f, 1);
  for (guint i = 0; nn_snapshot_get_kind (i) != NULL; i++) {
    const char *ending = nn_snapshot_get_kind (i)->endings;
    g_autofree char *path = g_strconcat (f->scratch.path, ending, NULL);
    g_autofree char *reference = g_strconcat (f->scratch.path, "-2", ending, NULL);
    g_autofree char *got = NULL, *wanted = NULL;
    g_autoptr (GError) error = NULL;
    gsize n_got, n_wanted;

    export_to (f, "win.export-parameters", path);
    g_assert_true (drive_until (exists, path));
    nn_snapshot_save (frame_of (f)->architecture, frame_of (f)->values, reference,
                      &error);
    g_assert_no_error (error);
    g_file_get_contents (path, &got, &n_got, &error);
    g_assert_no_error (error);
    g_file_get_contents (reference, &wanted, &n_wanted, &error);
    g_assert_no_error (error);
    g_assert_cmpmem (got, n_got, wanted, n_wanted);
  }
}

static void
test_export_completes_the_ending (Fixture *f, gconstpointer data)
{
  g_autofree char *snapshot = g_strconcat (f->scratch.path, ".safetensors", NULL);
  g_autofree char *figure = g_strconcat (f->scratch.path, ".png", NULL);
  g_autoptr (GdkTexture) texture = NULL;
  g_autoptr (GError) error = NULL;

  export_to (f, "win.export-parameters", f->scratch.path);
  g_assert_true (drive_until (exists, snapshot));
  export_to (f, "win.export-figure", f->scratch.path);
  g_assert_true (drive_until (exists, figure));
  texture = gdk_texture_new_from_filename (figure, &error);
  g_assert_no_error (error);
  g_assert_cmpint (gdk_texture_get_width (texture), >, 400);
  g_assert_cmpuint (scratch_count (&f->scratch), ==, 2);
}

static void
test_exports_losses (Fixture *f, gconstpointer data)
{
  g_autofree char *path = g_strconcat (f->scratch.path, ".csv", NULL);
  g_autofree char *text = NULL;
  g_autofree char *begin = NULL;

  step_to (f, 1);
  begin = g_strdup_printf ("series,from,to,first,last,least,greatest,mean\n"
                           "loss,1,1,%.9g,",
                           frame_of (f)->loss);
  export_to (f, "win.export-series", f->scratch.path);
  g_assert_true (drive_until (exists, path));
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_true (g_str_has_prefix (text, begin));
}

/* What the user did is in the program. */
static void
test_exports_a_program (Fixture *f, gconstpointer data)
{
  g_autofree char *path = g_strconcat (f->scratch.path, ".py", NULL);
  g_autofree char *text = NULL;

  step_to (f, 1);
  drive_click (find (f, "Apply to fc2", GTK_ACCESSIBLE_ROLE_BUTTON), 0.5, 0.5);
  g_assert_true (drive_until (has_landed, f));
  export_to (f, "win.export-script", f->scratch.path);
  g_assert_true (drive_until (exists, path));
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "for step in range(1, 2):"));
  g_assert_nonnull (strstr (text, "    if step == 1:\n"
                                  "        with torch.no_grad():\n"
                                  "            model.fc2.weight.mul_("));
}

/* What the user did in the window is in the file, and the file is the run. */
static void
test_exports_the_experiment_as_it_was_run (Fixture *f, gconstpointer data)
{
  g_autofree char *path = g_strconcat (f->scratch.path, ".nudge", NULL);
  g_autoptr (NnExperiment) experiment = NULL;
  g_autoptr (NnTimeline) again = NULL;
  g_autoptr (NnFrame) frame = NULL;
  g_autoptr (GError) error = NULL;

  step_to (f, 1);
  drive_click (find (f, "Apply to fc2", GTK_ACCESSIBLE_ROLE_BUTTON), 0.5, 0.5);
  g_assert_true (drive_until (has_landed, f));
  step_to (f, 2);
  step_to (f, 3);
  export_to (f, "win.save-as", f->scratch.path);
  g_assert_true (drive_until (exists, path));

  experiment = nn_experiment_file_load_full (path, NULL, &error);
  g_assert_no_error (error);
  again = nn_timeline_new (experiment, 0, &error);
  g_assert_no_error (error);
  for (guint step = 0; step < 3; step++)
    g_assert_true (nn_timeline_step (again, NULL));
  frame = nn_frame_of_timeline (again);
  g_assert_cmpuint (frame->n_landings, ==, 1);
  g_assert_cmpuint (frame->landings[0].first, ==, 1);
  assert_same_values (frame, frame_of (f));
}

static void
test_export_goes_on_while_training (Fixture *f, gconstpointer data)
{
  g_autofree char *path = g_strconcat (f->scratch.path, ".npz", NULL);

  drive_click (f->run, 0.5, 0.5);
  g_assert_true (drive_until (has_trained, f));
  export_to (f, "win.export-parameters", path);
  g_assert_true (drive_until (exists, path));
  g_assert_true (frame_of (f)->running);
}

static void
test_export_asks_and_says_why_not (Fixture *f, gconstpointer data)
{
  g_autofree char *taken = g_strconcat (f->scratch.path, ".safetensors", NULL);

  /* A folder cannot be replaced by a file, not even by root. */
  g_assert_cmpint (g_mkdir (taken, 0700), ==, 0);
  export_to (f, "win.export-parameters", f->scratch.path);
  dialogs_answer ("Replace “wanted.safetensors”?", "_Replace");
  dialogs_answer ("Could not save", "_Close");
  g_assert_true (g_file_test (taken, G_FILE_TEST_IS_DIR));
  g_assert_cmpuint (scratch_count (&f->scratch), ==, 1);
}

/* --- The end ----------------------------------------------------------------------- */

/* The fixture's end checks that nothing keeps the window. */
static void
test_closes_at_full_speed (Fixture *f, gconstpointer data)
{
  GtkWidget *speed = find (f, "Speed", GTK_ACCESSIBLE_ROLE_SLIDER);

  gtk_widget_grab_focus (speed);
  drive_key (speed, "End");
  drive_click (f->run, 0.5, 0.5);
  g_assert_true (drive_until (is_running, f));
  g_assert_true (drive_until (has_trained, f));
}

static void
test_fits_a_small_screen (Fixture *f, gconstpointer data)
{
  int width, height;

  gtk_widget_measure (GTK_WIDGET (f->window), GTK_ORIENTATION_HORIZONTAL, -1, &width,
                      NULL, NULL, NULL);
  gtk_widget_measure (GTK_WIDGET (f->window), GTK_ORIENTATION_VERTICAL, 900, &height,
                      NULL, NULL, NULL);
  g_assert_cmpint (width, <=, 900);
  g_assert_cmpint (height, <=, 600);
}

#define ADD(name, function)                                                              \
  g_test_add ("/app/window/" name, Fixture, NULL, set_up, function, tear_down)

#define ADD_CHOOSER(name, function)                                                      \
  g_test_add ("/app/window/" name, Fixture, NULL, set_up_for_chooser, function,          \
              tear_down_after_chooser)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("opens-paused-with-run-in-focus", test_opens_paused_with_run_in_focus);
  ADD ("run-is-in-focus-once-there-is-one", test_run_is_in_focus_once_there_is_one);
  ADD ("controls-have-names", test_controls_have_names);
  ADD ("step-trains-one-step", test_step_trains_one_step);
  ADD ("pause-stops-where-the-labels-say", test_pause_stops_where_the_labels_say);
  ADD ("keys-work-the-training", test_keys_work_the_training);
  ADD ("speed-has-an-open-end", test_speed_has_an_open_end);
  ADD ("reset-gives-the-same-bits", test_reset_gives_the_same_bits);
  ADD ("divergence-is-named-and-reset-helps", test_divergence_is_named_and_reset_helps);
  ADD ("a-drag-lands-one-nudge", test_a_drag_lands_one_nudge);
  ADD ("a-nudge-lands-while-training", test_a_nudge_lands_while_training);
  ADD ("typing-only-sets-the-amount", test_typing_only_sets_the_amount);
  ADD ("apply-lands-once-each", test_apply_lands_once_each);
  ADD ("repeat-makes-a-nudge-standing", test_repeat_makes_a_nudge_standing);
  g_test_add ("/app/window/standing-nudges-of-the-experiment-can-be-ended", Fixture,
              "seed-nudged", set_up, test_standing_nudges_of_the_experiment_can_be_ended,
              tear_down);
  ADD ("refusal-says-why-and-changes-nothing", test_refusal_says_why_and_changes_nothing);
  ADD_CHOOSER ("exports-parameters-whole", test_exports_parameters_whole);
  ADD_CHOOSER ("export-completes-the-ending", test_export_completes_the_ending);
  ADD_CHOOSER ("exports-losses", test_exports_losses);
  ADD_CHOOSER ("exports-a-program", test_exports_a_program);
  ADD_CHOOSER ("exports-the-experiment-as-it-was-run",
               test_exports_the_experiment_as_it_was_run);
  ADD_CHOOSER ("export-goes-on-while-training", test_export_goes_on_while_training);
  ADD_CHOOSER ("export-asks-and-says-why-not", test_export_asks_and_says_why_not);
  ADD ("closes-at-full-speed", test_closes_at_full_speed);
  ADD ("fits-a-small-screen", test_fits_a_small_screen);
  return fixture_run ();
}

/* test-nudge-window-data.c - data and parameters that are opened: what is chosen of them
 *
 * SPDX-License-Identifier: MIT
 */

#include "tests/app/window-dialogs.h"

#include <string.h>

#include "app/nudge-data-dialog.h"
#include "app/nudge-open.h"
#include "app/panels/nudge-data-panel.h"
#include "nn/io/nn-snapshot.h"

static const char flowers[] = "length,width,weight,kind\n"
                              "1.5,0.5,10,rose\n"
                              "2.5,0.25,,lily\n"
                              "3.5,0.75,30,rose\n"
                              "4.5,1.5,40,lily\n";

/* --- The dialog -------------------------------------------------------------------- */

static GtkWidget *
find_data_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++) {
    g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

    if (NUDGE_IS_DATA_DIALOG (window) && gtk_window_is_active (GTK_WINDOW (window)))
      return window;
  }
  return NULL;
}

static gboolean
dialog_is_open (gpointer data)
{
  return find_data_dialog () != NULL;
}

static gboolean
dialog_is_closed (gpointer data)
{
  return find_data_dialog () == NULL;
}

/* Returns: (transfer none): the dialog, which asks about @text, a table */
static GtkWidget *
open_table (Fixture *f, const char *text)
{
  g_autofree char *path = g_build_filename (f->scratch.folder, "flowers.csv", NULL);

  put_contents (path, text);
  nudge_open_file_in (f->window, path);
  g_assert_true (drive_until (dialog_is_open, NULL));
  drive_settle (find_data_dialog ());
  return find_data_dialog ();
}

static GtkDropDown *
find_role (GtkWidget *dialog, const char *column)
{
  g_autofree char *name = g_strdup_printf ("Role of %s", column);
  GtkWidget *found = drive_find (dialog, name, GTK_ACCESSIBLE_ROLE_COMBO_BOX);

  g_assert_nonnull (found);
  return GTK_DROP_DOWN (found);
}

static void
assert_role (GtkWidget *dialog, const char *column, NnColumnRole role)
{
  g_assert_cmpuint (gtk_drop_down_get_selected (find_role (dialog, column)), ==, role);
}

static gboolean
shows_flowers (gpointer data)
{
  Fixture *f = data;
  NudgeDocument *document = nudge_window_get_document (f->window);

  return has_frame (f) &&
         g_str_equal (nudge_document_get_experiment (document)->name, "flowers");
}

static const NnDataSpec *
get_data (Fixture *f)
{
  return &nudge_document_get_experiment (nudge_window_get_document (f->window))->data;
}

static void
press_use (Fixture *f)
{
  dialogs_key ("Return");
  g_assert_true (drive_until (dialog_is_closed, NULL));
  g_assert_true (drive_until (shows_flowers, f));
}

/* --- Tests ------------------------------------------------------------------------- */

/* Also where a value is missing, which would be refused if nothing were said of it. */
static void
test_what_was_guessed_is_used (Fixture *f, gconstpointer data)
{
  GtkWidget *dialog = open_table (f, flowers);

  assert_role (dialog, "length", NN_COLUMN_INPUT);
  assert_role (dialog, "weight", NN_COLUMN_INPUT);
  assert_role (dialog, "kind", NN_COLUMN_TARGET);
  press_use (f);
  g_assert_cmpuint (get_data (f)->table->n_features, ==, 3);
  g_assert_cmpuint (get_data (f)->table->n_examples, ==, 3);
  g_assert_cmpstr (get_data (f)->targets[0], ==, "kind");
}

static float
find_end (Fixture *f, GtkWidget *widget)
{
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_compute_bounds (widget, GTK_WIDGET (f->window), &bounds));
  return bounds.origin.x + bounds.size.width;
}

/* The name of the file, and numbers that can be typed. */
static void
test_values_end_in_one_line (Fixture *f, gconstpointer data)
{
  GtkWidget *dialog = open_table (f, flowers);
  GtkWidget *file;
  GtkWidget *share;

  g_assert_nonnull (dialog);
  press_use (f);
  drive_settle (GTK_WIDGET (f->window));
  share = find (f, "Held out", GTK_ACCESSIBLE_ROLE_TEXT_BOX);
  file = drive_find_label (gtk_widget_get_ancestor (share, NUDGE_TYPE_DATA_PANEL),
                           "flowers.csv");
  g_assert_nonnull (file);
  share = GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (share)));
  g_assert_cmpfloat_with_epsilon (find_end (f, file), find_end (f, share), 1);
}

static void
test_the_guess_can_be_changed (Fixture *f, gconstpointer data)
{
  GtkWidget *dialog = open_table (f, flowers);

  gtk_drop_down_set_selected (find_role (dialog, "weight"), NN_COLUMN_TARGET);
  gtk_drop_down_set_selected (find_role (dialog, "kind"), NN_COLUMN_UNUSED);
  gtk_drop_down_set_selected (find_role (dialog, "width"), NN_COLUMN_UNUSED);
  press_use (f);
  g_assert_cmpuint (get_data (f)->table->n_features, ==, 1);
  g_assert_cmpstr (get_data (f)->inputs[0], ==, "length");
  g_assert_cmpstr (get_data (f)->targets[0], ==, "weight");
}

static void
test_there_must_be_something_to_learn (Fixture *f, gconstpointer data)
{
  GtkWidget *dialog = open_table (f, flowers);
  GtkWidget *use = find_button (dialog, "Use");

  g_assert_true (gtk_widget_is_sensitive (use));
  gtk_drop_down_set_selected (find_role (dialog, "kind"), NN_COLUMN_UNUSED);
  g_assert_false (gtk_widget_is_sensitive (use));
  g_assert_nonnull (
      strstr (gtk_label_get_text (find_described (dialog, "What is chosen")), "target"));
  dialogs_key ("Escape");
  g_assert_true (drive_until (dialog_is_closed, NULL));
  g_assert_false (shows_flowers (f));
}

static char *
put_parameters (Fixture *f)
{
  const NnFrame *frame = frame_of (f);
  g_autofree float *values =
      g_memdup2 (frame->values, frame->architecture->n_values * sizeof (float));
  char *path = g_build_filename (f->scratch.folder, "mine.safetensors", NULL);

  for (gsize i = 0; i < frame->architecture->n_values; i++)
    values[i] += 1;
  g_assert_true (nn_snapshot_save (frame->architecture, values, path, NULL));
  return path;
}

static gboolean
starts_one_higher (gpointer data)
{
  Fixture *f = data;

  return has_frame (f) && frame_of (f)->values[0] == f->start->values[0] + 1;
}

static gboolean
says_notes (Fixture *f)
{
  GtkLabel *label = find_described (GTK_WIDGET (f->window), "What was guessed");

  return *gtk_label_get_text (label) != '\0';
}

/* Activations and data are those of the experiment here, and nothing of that is guessed. */
static void
test_parameters_start_the_network_here (Fixture *f, gconstpointer data)
{
  g_autofree char *path = put_parameters (f);

  nudge_open_file_in (f->window, path);
  dialogs_answer ("“mine.safetensors” Holds Parameters", "_Start with Them");
  g_assert_true (drive_until (starts_one_higher, f));
  g_assert_cmpstr (
      nudge_document_get_experiment (nudge_window_get_document (f->window))->name, ==,
      "seed");
  g_assert_false (says_notes (f));
}

static gboolean
is_of_mine (gpointer data)
{
  Fixture *f = data;
  NudgeDocument *document = nudge_window_get_document (f->window);

  return has_frame (f) &&
         g_str_equal (nudge_document_get_experiment (document)->name, "mine");
}

static void
test_parameters_become_a_network (Fixture *f, gconstpointer data)
{
  g_autofree char *path = put_parameters (f);

  nudge_open_file_in (f->window, path);
  dialogs_answer ("“mine.safetensors” Holds Parameters", "_Open as Network");
  g_assert_true (drive_until (is_of_mine, f));
}

/* They are of the network before an edit, which is not the one that is shown. */
static void
test_parameters_of_another_network_are_not_asked_about (Fixture *f, gconstpointer data)
{
  g_autofree char *path = put_parameters (f);
  NudgeEdits *edits = nudge_document_get_edits (nudge_window_get_document (f->window));
  const NnExperiment *experiment = nudge_edits_get_experiment (edits);
  g_autoptr (NnEdit) wider = nn_edit_new ();
  g_autoptr (GError) error = NULL;

  wider->parts = NN_EDIT_HAS_NETWORK;
  nn_edit_set_network (wider, experiment->architecture, &experiment->init);
  wider->layers[0].n_units++;
  nudge_edits_do (edits, wider, &error);
  g_assert_no_error (error);

  nudge_open_file_in (f->window, path);
  dialogs_answer ("Save Changes?", "_Discard");
  g_assert_true (drive_until (is_of_mine, f));
}

#define ADD(name, function)                                                              \
  g_test_add ("/app/window-data/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("what-was-guessed-is-used", test_what_was_guessed_is_used);
  ADD ("values-end-in-one-line", test_values_end_in_one_line);
  ADD ("the-guess-can-be-changed", test_the_guess_can_be_changed);
  ADD ("there-must-be-something-to-learn", test_there_must_be_something_to_learn);
  ADD ("parameters-start-the-network-here", test_parameters_start_the_network_here);
  ADD ("parameters-become-a-network", test_parameters_become_a_network);
  ADD ("parameters-of-another-network-are-not-asked-about",
       test_parameters_of_another_network_are_not_asked_about);
  return fixture_run ();
}

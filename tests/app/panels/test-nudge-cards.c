/* test-nudge-cards.c - the cards on a real session: what is done arrives, and comes back
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/panels/nudge-cards-panel.h"

#include <adwaita.h>
#include <glib/gstdio.h>

#include "app/command/nudge-own-functions.h"
#include "nn/io/nn-experiment-demo.h"
#include "tests/ui/drive.h"

typedef struct {
  GtkWindow *window;
  GtkWidget *panel;
  GtkWidget *toggle;
  NudgeDocument *document; /* (owned) */
  NudgeCards *cards;
  NudgeSession *session;
  const NnFrame *frame; /* the newest */
  gboolean waits;       /* as if a step took long: no frame comes */
} Fixture;

static gboolean
take_cb (gpointer data)
{
  Fixture *f = data;

  if (!f->waits && nudge_document_take_frame (f->document))
    f->frame = nudge_document_get_frame (f->document);
  return G_SOURCE_CONTINUE;
}

static gboolean
is_up_to_date (gpointer data)
{
  Fixture *f = data;

  return nudge_session_is_up_to_date (f->session) && !f->frame->unfinished;
}

static void
settle (Fixture *f)
{
  g_assert_true (drive_until (is_up_to_date, f));
}

static GtkWidget *
find (Fixture *f, const char *name, GtkAccessibleRole role)
{
  GtkWidget *found = drive_find (GTK_WIDGET (f->window), name, role);

  if (!found)
    g_error ("there is nothing called %s", name);
  return found;
}

/* Which of its choices the drop-down called @name has. */
static guint
get_chosen (Fixture *f, const char *name)
{
  return gtk_drop_down_get_selected (
      GTK_DROP_DOWN (find (f, name, GTK_ACCESSIBLE_ROLE_COMBO_BOX)));
}

static void
choose (Fixture *f, const char *name, guint choice)
{
  gtk_drop_down_set_selected (
      GTK_DROP_DOWN (find (f, name, GTK_ACCESSIBLE_ROLE_COMBO_BOX)), choice);
}

static void
type_amount (Fixture *f, const char *name, const char *text)
{
  GtkWidget *entry = find (f, name, GTK_ACCESSIBLE_ROLE_TEXT_BOX);

  gtk_editable_set_text (GTK_EDITABLE (entry), text);
}

static void
assert_standing (Fixture *f, gsize index, const char *text)
{
  g_autofree char *stands = NULL;

  g_assert_cmpuint (index, <, f->frame->n_standing);
  stands = nn_nudge_dup_text (f->frame->standing[index].nudge);
  g_assert_cmpstr (stands, ==, text);
}

static GtkWidget *
find_toggle (GtkWidget *root, const char *text)
{
  GtkWidget *found = NULL;

  if (GTK_IS_TOGGLE_BUTTON (root) &&
      g_strcmp0 (gtk_button_get_label (GTK_BUTTON (root)), text) == 0)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child && !found;
       child = gtk_widget_get_next_sibling (child))
    found = find_toggle (child, text);
  return found;
}

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NnExperiment) experiment =
      nn_experiment_new_demo (data ? data : "seed", &error);

  g_assert_no_error (error);
  f->document = nudge_document_new (experiment, &error);
  g_assert_no_error (error);
  f->cards = nudge_document_get_cards (f->document);
  f->session = nudge_document_get_session (f->document);
  f->panel = g_object_new (NUDGE_TYPE_CARDS_PANEL, "document", f->document, NULL);
  f->toggle = find_toggle (f->panel, "All layers…");
  f->window = GTK_WINDOW (gtk_window_new ());
  gtk_window_set_child (f->window, f->panel);
  gtk_window_set_default_size (f->window, 340, 640);
  g_timeout_add (5, take_cb, f);
  drive_present (f->window);
  settle (f);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_source_remove_by_user_data (f);
  drive_close (f->window);
  g_assert_finalize_object (f->document);
}

/* --- Questions --------------------------------------------------------------------- */

/* What a card asks is answered without being asked again; a hidden one asks nothing. */
static void
test_every_card_that_is_seen_has_answers (Fixture *f, gconstpointer data)
{
  g_assert_cmpuint (f->frame->n_sweeps, ==, 3);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (f->toggle), TRUE);
  settle (f);
  g_assert_cmpuint (f->frame->n_sweeps, ==, 4);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (f->toggle), FALSE);
  settle (f);
  g_assert_cmpuint (f->frame->n_sweeps, ==, 3);
}

static void
test_another_function_is_another_question (Fixture *f, gconstpointer data)
{
  guint n = 0;

  choose (f, "Function for fc2", 2);
  settle (f);
  g_assert_cmpuint (f->frame->n_sweeps, ==, 3);
  for (gsize i = 0; i < f->frame->n_sweeps; i++) {
    const NnNudge *nudge = f->frame->sweeps[i].question.nudge;

    n += g_str_equal (nudge->target.layer, "fc2") &&
         g_str_equal (nn_expression_get_text (nudge->expression), "w - a*w");
  }
  g_assert_cmpuint (n, ==, 1);
}

/* --- Previews ---------------------------------------------------------------------- */

static void
test_a_preview_comes_and_goes (Fixture *f, gconstpointer data)
{
  type_amount (f, "Amount for fc1", "0.5");
  settle (f);
  g_assert_nonnull (f->frame->preview);
  g_assert_cmpfloat (f->frame->preview->nudge->amount, ==, 0.5f);

  /* The newest counts, and does not end with an older one. */
  type_amount (f, "Amount for fc2", "0.25");
  settle (f);
  g_assert_cmpstr (f->frame->preview->nudge->target.layer, ==, "fc2");
  g_signal_emit_by_name (find (f, "Apply to fc1", GTK_ACCESSIBLE_ROLE_BUTTON), "clicked");
  settle (f);
  g_assert_cmpstr (f->frame->preview->nudge->target.layer, ==, "fc2");
  g_signal_emit_by_name (find (f, "Apply to fc2", GTK_ACCESSIBLE_ROLE_BUTTON), "clicked");
  settle (f);
  g_assert_null (f->frame->preview);
}

/* --- Landing ----------------------------------------------------------------------- */

static gboolean
has_border (Fixture *f, const char *layer)
{
  return gtk_widget_has_css_class (find (f, layer, GTK_ACCESSIBLE_ROLE_GROUP),
                                   "standing");
}

static gboolean
has_no_border (gpointer data)
{
  return !has_border (data, "fc2");
}

static void
test_a_landing_is_seen (Fixture *f, gconstpointer data)
{
  g_assert_false (has_border (f, "fc2"));
  g_signal_emit_by_name (find (f, "Apply to fc2", GTK_ACCESSIBLE_ROLE_BUTTON), "clicked");
  settle (f);
  g_assert_cmpuint (f->frame->n_landings, ==, 1);
  g_assert_true (has_border (f, "fc2"));
  g_assert_false (has_border (f, "fc1"));
  g_assert_true (drive_until (has_no_border, f));
}

static void
test_a_refusal_has_no_border (Fixture *f, gconstpointer data)
{
  type_amount (f, "Amount for fc2", "3e38");
  g_signal_emit_by_name (find (f, "Apply to fc2", GTK_ACCESSIBLE_ROLE_BUTTON), "clicked");
  type_amount (f, "Amount for fc2", "3e38");
  g_signal_emit_by_name (find (f, "Apply to fc2", GTK_ACCESSIBLE_ROLE_BUTTON), "clicked");
  settle (f);
  g_assert_nonnull (f->frame->landings[f->frame->n_landings - 1].refusal);
  g_assert_false (has_border (f, "fc2"));
}

/* The curve has a mark at the amount that landed, unless that is undone. */
static void
test_the_mark_follows_undo_and_redo (Fixture *f, gconstpointer data)
{
  GtkWidget *apply = find (f, "Apply to fc2", GTK_ACCESSIBLE_ROLE_BUTTON);
  GtkWidget *curve = find (f, "Loss along the amount for fc2", GTK_ACCESSIBLE_ROLE_IMG);
  g_autoptr (GBytes) before = NULL;
  g_autoptr (GBytes) marked = NULL;
  g_autoptr (GBytes) undone = NULL;
  g_autoptr (GBytes) redone = NULL;

  type_amount (f, "Amount for fc2", "0.5");
  settle (f);
  before = drive_dup_pixels (curve, NULL);

  type_amount (f, "Amount for fc2", "1"); /* which changes no weight, and so no curve */
  g_signal_emit_by_name (apply, "clicked");
  type_amount (f, "Amount for fc2", "0.5");
  settle (f);
  marked = drive_dup_pixels (curve, NULL);
  g_assert_false (g_bytes_equal (before, marked));

  nudge_session_undo (f->session);
  settle (f);
  undone = drive_dup_pixels (curve, NULL);
  g_assert_true (g_bytes_equal (before, undone));

  nudge_session_redo (f->session);
  settle (f);
  redone = drive_dup_pixels (curve, NULL);
  g_assert_true (g_bytes_equal (marked, redone));
}

static gboolean
is_pending (gpointer data)
{
  Fixture *f = data;

  return gtk_widget_get_visible (
      drive_find_label (find (f, "fc1", GTK_ACCESSIBLE_ROLE_GROUP), "pending"));
}

static void
test_a_nudge_that_waits_has_a_badge (Fixture *f, gconstpointer data)
{
  GtkWidget *apply = find (f, "Apply to fc1", GTK_ACCESSIBLE_ROLE_BUTTON);

  f->waits = TRUE;
  g_signal_emit_by_name (apply, "clicked");
  g_assert_false (is_pending (f));
  g_assert_true (drive_until (is_pending, f));
  f->waits = FALSE;
  settle (f);
  g_assert_false (is_pending (f));
  g_assert_cmpuint (f->frame->n_landings, ==, 1);
}

/* --- Standing ---------------------------------------------------------------------- */

static void
test_repeating_stands_and_stops (Fixture *f, gconstpointer data)
{
  choose (f, "Repeat fc2", 1);
  settle (f);
  assert_standing (f, 0, "fc2.weight: a*w a=0.01");
  type_amount (f, "Amount for fc2", "0.5");
  settle (f);
  g_assert_cmpuint (f->frame->n_standing, ==, 1);
  assert_standing (f, 0, "fc2.weight: a*w a=0.5");
  choose (f, "Repeat fc2", 0);
  settle (f);
  g_assert_cmpuint (f->frame->n_standing, ==, 0);
}

static void
test_undo_is_shown_by_the_card (Fixture *f, gconstpointer data)
{
  choose (f, "Repeat fc2", 1);
  settle (f);
  nudge_session_undo (f->session);
  settle (f);
  g_assert_cmpuint (f->frame->n_standing, ==, 0);
  g_assert_cmpuint (get_chosen (f, "Repeat fc2"), ==, 0);
  nudge_session_redo (f->session);
  settle (f);
  g_assert_cmpuint (f->frame->n_standing, ==, 1);
  g_assert_cmpuint (get_chosen (f, "Repeat fc2"), ==, 1);

  /* And it is the card's own again. */
  choose (f, "Repeat fc2", 0);
  settle (f);
  g_assert_cmpuint (f->frame->n_standing, ==, 0);
}

/* The slider is not snapped back, but the list is as it was. */
static void
test_undo_of_an_amount_leaves_the_slider (Fixture *f, gconstpointer data)
{
  choose (f, "Repeat fc2", 1);
  type_amount (f, "Amount for fc2", "0.5");
  settle (f);
  nudge_session_undo (f->session);
  settle (f);
  assert_standing (f, 0, "fc2.weight: a*w a=0.01");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (
                       find (f, "Amount for fc2", GTK_ACCESSIBLE_ROLE_TEXT_BOX))),
                   ==, "0.5");
  g_assert_nonnull (
      drive_find_label (find (f, "fc2", GTK_ACCESSIBLE_ROLE_GROUP), "In force: 0.01"));
}

/* The demo has three; a list turns their order around, and takes one away. */
static void
test_a_list_changes_what_cards_own (Fixture *f, gconstpointer data)
{
  g_assert_cmpuint (f->frame->n_standing, ==, 3);
  nudge_session_do (f->session, &(NnEvent){ .kind = NN_EVENT_MOVE, .id = 1, .by = 2 });
  type_amount (f, "Amount for fc1", "0.5"); /* before any frame has shown the new order */
  settle (f);
  g_assert_cmpuint (f->frame->n_standing, ==, 3);
  assert_standing (f, 2, "fc1.weight: w + a*w a=0.5");

  nudge_session_do (f->session, &(NnEvent){ .kind = NN_EVENT_REMOVE, .id = 1 });
  settle (f);
  g_assert_cmpuint (get_chosen (f, "Repeat fc1"), ==, 0);
  g_assert_cmpuint (get_chosen (f, "Repeat fc2"), ==, 1);
  g_assert_cmpuint (f->frame->n_standing, ==, 2);
}

static void
test_a_target_finds_its_card (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (nudge_selection_select (nudge_document_get_selection (f->document),
                                         "fc2.weight[1]", &error));
  g_assert_no_error (error);
  choose (f, "Repeat fc2", 1);
  settle (f);
  assert_standing (f, 0, "fc2.weight[1]: a*w a=0.01");
  g_assert_false (nudge_selection_select (nudge_document_get_selection (f->document),
                                          "fc2.weight[", &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_false (nudge_selection_select (nudge_document_get_selection (f->document),
                                          "fc2.weight[0]", &error));
  g_assert_nonnull (error);
  settle (f);
  assert_standing (f, 0, "fc2.weight[1]: a*w a=0.01");
}

/* --- Edits ------------------------------------------------------------------------- */

static void
edit_network (Fixture *f, void (*change) (NnEdit *network))
{
  g_autoptr (NnEdit) edit = nn_edit_new ();

  nn_edit_set_network (edit, f->frame->architecture, &f->frame->experiment->init);
  change (edit);
  nudge_session_do (f->session, &(NnEvent){ .kind = NN_EVENT_EDIT, .edit = edit });
  settle (f);
}

static void
insert_and_rename (NnEdit *network)
{
  const NnLayerSpec spec = { "new", 4, NN_ACTIVATION_RELU };

  network->layers[0].was = network->layers[0].name;
  network->layers[0].name = g_strdup ("first");
  nn_edit_insert_layer (network, 1, &spec, NULL);
}

static void
take_out (NnEdit *network)
{
  nn_edit_remove_layer (network, 0);
}

/* The demo's three repeat; a part is selected, and one preview is shown. */
static void
test_cards_follow_the_network (Fixture *f, gconstpointer data)
{
  type_amount (f, "Amount for fc1", "0.5");
  settle (f);
  edit_network (f, insert_and_rename);
  g_assert_cmpuint (nudge_cards_get_n (f->cards), ==, 5);
  g_assert_null (drive_find (GTK_WIDGET (f->window), "fc1", GTK_ACCESSIBLE_ROLE_GROUP));
  find (f, "new", GTK_ACCESSIBLE_ROLE_GROUP);
  assert_standing (f, 0, "first.weight: w + a*w a=0.5");
  g_assert_cmpuint (get_chosen (f, "Repeat first"), ==, 1);
  g_assert_cmpuint (get_chosen (f, "Repeat new"), ==, 0);
  g_assert_cmpuint (get_chosen (f, "Repeat fc2"), ==, 1);
  g_assert_cmpuint (f->frame->n_sweeps, ==, 4);
  type_amount (f, "Amount for fc2", "0.125");
  settle (f);
  assert_standing (f, 1, "fc2.weight: a*w a=0.125");
  g_assert_true (nudge_selection_select (nudge_document_get_selection (f->document),
                                         "new.weight[3]", NULL));
  settle (f);

  edit_network (f, take_out); /* refused: something of it repeats */
  g_assert_nonnull (f->frame->refusal);
  g_assert_cmpuint (nudge_cards_get_n (f->cards), ==, 5);
  nudge_session_undo (f->session);
  nudge_session_undo (f->session);
  settle (f);
  g_assert_cmpuint (nudge_cards_get_n (f->cards), ==, 4);
  g_assert_cmpuint (get_chosen (f, "Repeat fc1"), ==, 1);
}

/* --- A person's own functions ------------------------------------------------------ */

static guint
get_n_functions (Fixture *f, const char *name)
{
  GtkDropDown *chooser = GTK_DROP_DOWN (find (f, name, GTK_ACCESSIBLE_ROLE_COMBO_BOX));

  return g_list_model_get_n_items (gtk_drop_down_get_model (chooser));
}

static char *
save (Fixture *f, const char *name)
{
  char *wrong = NULL;

  g_signal_emit_by_name (find (f, "fc1", GTK_ACCESSIBLE_ROLE_GROUP), "save-function",
                         name, "w - a*w^3", &wrong);
  return wrong;
}

/* On this card and on the others, and when the program is opened the next time. */
static void
test_a_named_function_stays (Fixture *f, gconstpointer data)
{
  guint before = get_n_functions (f, "Function for fc2");
  g_autofree char *right = save (f, "soften");
  g_autofree char *wrong = save (f, "grow");
  g_autoptr (NnFunctions) kept = nudge_own_functions_load (NULL);

  g_assert_cmpstr (right, ==, NULL);
  g_assert_nonnull (wrong); /* the catalogue has it */
  g_assert_cmpuint (get_n_functions (f, "Function for fc1"), ==, before + 1);
  g_assert_cmpuint (get_n_functions (f, "Function for fc2"), ==, before + 1);
  g_assert_cmpuint (nn_functions_get_length (kept), ==, 1);
  g_assert_cmpstr (nn_functions_get (kept, 0)->expression, ==, "w - a*w^3");
}

#define ADD(name, demo, function)                                                        \
  g_test_add ("/app/cards/" name, Fixture, demo, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_autofree char *folder = g_dir_make_tmp ("nudge-test-XXXXXX", NULL);
  g_autofree char *kept = g_build_filename (folder, "nudge", "functions.json", NULL);
  g_autofree char *kept_in = g_path_get_dirname (kept);
  g_autofree char *lock = g_strconcat (kept, ".lock", NULL);
  int status;

  /* Functions are kept in the user's folder, which is not ours. */
  g_assert_nonnull (folder);
  g_setenv ("XDG_DATA_HOME", folder, TRUE);
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  ADD ("every-card-that-is-seen-has-answers", NULL,
       test_every_card_that_is_seen_has_answers);
  ADD ("another-function-is-another-question", NULL,
       test_another_function_is_another_question);
  ADD ("a-preview-comes-and-goes", NULL, test_a_preview_comes_and_goes);
  ADD ("a-landing-is-seen", NULL, test_a_landing_is_seen);
  ADD ("the-mark-follows-undo-and-redo", NULL, test_the_mark_follows_undo_and_redo);
  ADD ("a-refusal-has-no-border", NULL, test_a_refusal_has_no_border);
  ADD ("a-nudge-that-waits-has-a-badge", NULL, test_a_nudge_that_waits_has_a_badge);
  ADD ("repeating-stands-and-stops", NULL, test_repeating_stands_and_stops);
  ADD ("undo-is-shown-by-the-card", NULL, test_undo_is_shown_by_the_card);
  ADD ("undo-of-an-amount-leaves-the-slider", NULL,
       test_undo_of_an_amount_leaves_the_slider);
  ADD ("a-list-changes-what-cards-own", "seed-nudged",
       test_a_list_changes_what_cards_own);
  ADD ("a-target-finds-its-card", NULL, test_a_target_finds_its_card);
  ADD ("cards-follow-the-network", "seed-nudged", test_cards_follow_the_network);
  ADD ("a-named-function-stays", NULL, test_a_named_function_stays);
  status = g_test_run ();
  g_remove (kept);
  g_remove (lock);
  g_rmdir (kept_in);
  g_rmdir (folder);
  return status;
}

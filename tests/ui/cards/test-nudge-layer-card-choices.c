/* test-nudge-layer-card-choices.c - what a person chooses and types on a layer's card
 *
 * SPDX-License-Identifier: MIT
 */

#include <adwaita.h>
#include <math.h>

#include "tests/ui/cards/card-fixture.h"
#include "tests/ui/frame-fixture.h"

/* The entry called @name, shown and with the focus. */
static GtkWidget *
find_open (CardFixture *f, const char *name)
{
  GtkWidget *entry = card_fixture_find (f, name, GTK_ACCESSIBLE_ROLE_TEXT_BOX);

  drive_settle (entry);
  g_assert_true (gtk_widget_get_mapped (entry));
  g_assert_true (gtk_widget_get_state_flags (entry) & GTK_STATE_FLAG_FOCUS_WITHIN);
  return entry;
}

static void
assert_wrong (GtkWidget *entry, gboolean wrong)
{
  g_assert_cmpint (gtk_widget_has_css_class (entry, "error"), ==, wrong);
  gtk_test_accessible_assert_state (entry, GTK_ACCESSIBLE_STATE_INVALID,
                                    wrong ? GTK_ACCESSIBLE_INVALID_TRUE
                                          : GTK_ACCESSIBLE_INVALID_FALSE);
}

static void
retype (GtkWidget *entry, const char *text)
{
  drive_key (entry, "ctrl+a");
  drive_type (entry, text);
  drive_settle (entry); /* Shift has a release of its own: not all was seen yet */
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, text);
}

/* --- Function ---------------------------------------------------------------------- */

static void
test_a_function_is_chosen (CardFixture *f, gconstpointer data)
{
  card_fixture_choose (f->function, "shrink  w − a·w");
  card_fixture_assert_nudge (f, "fc1.weight: w - a*w @ by hand a=0.1");
  g_assert_cmpuint (f->n_questions, ==, 1);
  g_assert_cmpuint (f->n_applied, ==, 0);
}

/* What a text means that leaves the amount out would be the end of the layer. */
static void
test_a_first_amount_is_no_end (CardFixture *f, gconstpointer data)
{
  card_fixture_choose (f->function, "scale  a·w");
  card_fixture_assert_nudge (f, "fc1.weight: a*w @ by hand a=0.8");
  card_fixture_choose (f->function, "grow  w + a·w");
  card_fixture_assert_nudge (f, "fc1.weight: w + a*w @ by hand a=0.2");
}

static void
test_own_expression_is_typed_in_place (CardFixture *f, gconstpointer data)
{
  GtkWidget *entry;

  card_fixture_choose (f->function, "Own expression…");
  entry = find_open (f, "Expression for fc1");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "w + a*w");
  retype (entry, "w+a*sni(w)");
  assert_wrong (entry, TRUE);
  card_fixture_assert_nudge (f, "fc1.weight: w + a*w @ by hand a=0.001");
  drive_key (entry, "Return");
  assert_wrong (entry, TRUE);
  card_fixture_assert_nudge (f, "fc1.weight: w + a*w @ by hand a=0.001");

  retype (entry, "w+a*sin(w)");
  assert_wrong (entry, FALSE);
  card_fixture_assert_nudge (f, "fc1.weight: w + a*w @ by hand a=0.001");
  drive_key (entry, "Return");
  card_fixture_assert_nudge (f, "fc1.weight: w+a*sin(w) @ by hand a=0.001");
  g_assert_cmpuint (f->n_applied, ==, 0);
}

static void
test_leaving_accepts_an_expression (CardFixture *f, gconstpointer data)
{
  GtkWidget *entry;

  card_fixture_choose (f->function, "Own expression…");
  entry = find_open (f, "Expression for fc1");
  retype (entry, "w*w");
  drive_key (entry, "Tab");
  card_fixture_assert_nudge (f, "fc1.weight: w*w @ by hand");
}

static void
test_escape_goes_back_to_the_function (CardFixture *f, gconstpointer data)
{
  GtkWidget *entry;

  card_fixture_type_amount (f, "0.25");
  card_fixture_choose (f->function, "Own expression…");
  entry = find_open (f, "Expression for fc1");
  retype (entry, "w+");
  drive_key (entry, "Escape");
  drive_settle (entry);
  g_assert_false (gtk_widget_get_mapped (entry));
  g_assert_cmpstr (
      gtk_label_get_text (card_fixture_find_label (GTK_WIDGET (f->function))), ==,
      "grow  w + a·w");
  card_fixture_assert_nudge (f, "fc1.weight: w + a*w @ by hand a=0.25");
}

static void
test_escape_keeps_what_was_accepted (CardFixture *f, gconstpointer data)
{
  GtkWidget *entry;

  card_fixture_choose (f->function, "Own expression…");
  entry = find_open (f, "Expression for fc1");
  retype (entry, "w*w");
  drive_key (entry, "Return");
  retype (entry, "w*w*");
  drive_key (entry, "Escape");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "w*w");
  assert_wrong (entry, FALSE);
  card_fixture_assert_nudge (f, "fc1.weight: w*w @ by hand");
}

/* --- Completion -------------------------------------------------------------------- */

static GtkWidget *
open_own (CardFixture *f)
{
  card_fixture_choose (f->function, "Own expression…");
  return find_open (f, "Expression for fc1");
}

static void
assert_typed (GtkWidget *entry, const char *text)
{
  drive_settle (entry);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, text);
}

static gboolean
offers (GtkWidget *entry, const char *label)
{
  GtkWidget *row = drive_find (entry, label, GTK_ACCESSIBLE_ROLE_LIST_ITEM);

  return row != NULL && gtk_widget_get_mapped (row);
}

static void
test_what_can_come_next_is_offered (CardFixture *f, gconstpointer data)
{
  const char *sine = "sin(: the sine";
  GtkWidget *entry = open_own (f);

  g_assert_false (offers (entry, sine));
  retype (entry, "w+si");
  g_assert_true (offers (entry, sine));
  drive_key (entry, "Tab"); /* sign(, sin( and sigmoid( begin so, the first is taken */
  assert_typed (entry, "w+sign(");
  g_assert_false (offers (entry, sine));
  g_assert_true (gtk_widget_get_state_flags (entry) & GTK_STATE_FLAG_FOCUS_WITHIN);

  retype (entry, "w+si");
  drive_key (entry, "Down");
  drive_key (entry, "Return");
  assert_typed (entry, "w+sin(");
  drive_type (entry, "w)");
  drive_key (entry, "Return");
  card_fixture_assert_nudge (f, "fc1.weight: w+sin(w) @ by hand");
}

static void
test_escape_closes_what_is_offered (CardFixture *f, gconstpointer data)
{
  GtkWidget *entry = open_own (f);

  retype (entry, "w+si");
  g_assert_true (offers (entry, "sin(: the sine"));
  drive_key (entry, "Escape");
  g_assert_false (offers (entry, "sin(: the sine"));
  assert_typed (entry, "w+si");
  drive_key (entry, "Escape");
  drive_settle (entry);
  g_assert_false (gtk_widget_get_mapped (entry));
}

static void
test_all_is_offered_on_request (CardFixture *f, gconstpointer data)
{
  const char *noise = "noise: normal random numbers, mean 0 and deviation 1";
  GtkWidget *entry = open_own (f);

  retype (entry, "w+");
  g_assert_false (offers (entry, noise));
  drive_key (entry, "ctrl+space");
  g_assert_true (offers (entry, noise));
  drive_key (entry, "Escape");
  g_assert_false (offers (entry, noise));
}

/* What assistive tools do: no focus, no Enter. */
static void
test_setting_an_expression_accepts_it (CardFixture *f, gconstpointer data)
{
  GtkWidget *entry =
      card_fixture_find (f, "Expression for fc1", GTK_ACCESSIBLE_ROLE_TEXT_BOX);

  card_fixture_set_nudge (f, "fc1.weight: 2*w @ by hand");
  gtk_editable_set_text (GTK_EDITABLE (entry), "3*w");
  card_fixture_assert_nudge (f, "fc1.weight: 3*w @ by hand");
  gtk_editable_set_text (GTK_EDITABLE (entry), "3*");
  assert_wrong (entry, TRUE);
  card_fixture_assert_nudge (f, "fc1.weight: 3*w @ by hand");
  g_signal_emit_by_name (f->apply, "clicked");
  g_assert_cmpuint (f->n_applied, ==, 0);
}

static void
test_without_amount_there_is_no_slider (CardFixture *f, gconstpointer data)
{
  card_fixture_set_nudge (f, "fc1.weight: 2*w @ by hand");
  drive_settle (GTK_WIDGET (f->card));
  g_assert_false (gtk_widget_get_mapped (GTK_WIDGET (f->slider)));
  card_fixture_set_nudge (f, "fc1.weight: a*w @ by hand a=1");
  drive_settle (GTK_WIDGET (f->card));
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (f->slider)));
}

static char *saved_name;
static char *saved_expression;

static char *
save_cb (NudgeLayerCard *card, const char *name, const char *expression)
{
  if (g_str_equal (name, "taken"))
    return g_strdup ("there is one already");
  g_free (saved_name);
  g_free (saved_expression);
  saved_name = g_strdup (name);
  saved_expression = g_strdup (expression);
  return NULL;
}

static void
test_an_expression_gets_a_name (CardFixture *f, gconstpointer data)
{
  GtkWidget *save;
  GtkWidget *name;

  g_signal_connect (f->card, "save-function", G_CALLBACK (save_cb), NULL);
  card_fixture_set_nudge (f, "fc1.weight: 2*w @ by hand");
  drive_settle (GTK_WIDGET (f->card));
  save = card_fixture_find (f, "Save the function for fc1", GTK_ACCESSIBLE_ROLE_BUTTON);
  drive_click (save, 0.5, 0.5);
  name = card_fixture_find (f, "Name of the function", GTK_ACCESSIBLE_ROLE_TEXT_BOX);
  drive_settle (name);
  drive_type (name, "taken");
  drive_key (name, "Return");
  g_assert_null (saved_name);
  g_assert_true (gtk_widget_get_mapped (name));
  retype (name, "double");
  g_signal_emit_by_name (
      card_fixture_find (f, "Save the function", GTK_ACCESSIBLE_ROLE_BUTTON), "clicked");
  g_assert_cmpstr (saved_name, ==, "double");
  g_assert_cmpstr (saved_expression, ==, "2*w");
  drive_settle (GTK_WIDGET (f->card));
  g_assert_false (gtk_widget_get_mapped (name));
}

static void
test_saved_functions_are_offered (CardFixture *f, gconstpointer data)
{
  const NnFunction saved[] = {
    { .name = "double", .expression = "2*w", .symbol = "2*w", .sentence = "", .most = 1 }
  };

  card_fixture_set_nudge (f, "fc1.weight: 2*w @ by hand");
  nudge_layer_card_set_functions (f->card, saved, G_N_ELEMENTS (saved));
  g_assert_cmpstr (
      gtk_label_get_text (card_fixture_find_label (GTK_WIDGET (f->function))), ==,
      "double  2*w");
  card_fixture_choose (f->function, "grow  w + a·w");
  card_fixture_choose (f->function, "double  2*w");
  card_fixture_assert_nudge (f, "fc1.weight: 2*w @ by hand");
  nudge_layer_card_set_functions (f->card, NULL, 0);
  card_fixture_assert_nudge (f, "fc1.weight: 2*w @ by hand");
  g_assert_cmpstr (
      gtk_label_get_text (card_fixture_find_label (GTK_WIDGET (f->function))), ==,
      "own expression");
}

/* --- Target ------------------------------------------------------------------------ */

static void
test_a_parameter_is_chosen (CardFixture *f, gconstpointer data)
{
  card_fixture_choose (f->target, "bias");
  card_fixture_assert_nudge (f, "fc1.bias: w + a*w @ by hand a=0.001");
  card_fixture_choose (f->target, "weight and bias");
  card_fixture_assert_nudge (f, "fc1: w + a*w @ by hand a=0.001");
  g_assert_cmpuint (f->n_questions, ==, 2);
  g_assert_cmpuint (f->n_standing_changed, ==, 0);
}

static guint
count_targets (CardFixture *f)
{
  return g_list_model_get_n_items (gtk_drop_down_get_model (f->target));
}

/* What stands for all of a layer stays chosen, in other words. */
static void
test_no_bias_is_not_offered (CardFixture *f, gconstpointer data)
{
  g_autoptr (NnFrame) frame = fixture_frame_new_without_bias ();
  const guint n_questions = f->n_questions;

  card_fixture_set_nudge (f, "fc1: w + a*w @ by hand a=0.001");
  g_assert_cmpuint (count_targets (f), ==, 7);
  card_fixture_set_frame (f, frame);
  card_fixture_assert_nudge (f, "fc1: w + a*w @ by hand a=0.001");
  g_assert_cmpstr (gtk_label_get_text (card_fixture_find_label (GTK_WIDGET (f->target))),
                   ==, "the whole layer");
  g_assert_cmpuint (count_targets (f), ==,
                    6); /* that and four questions, and the weight */
  card_fixture_choose (f->target, "weight");
  card_fixture_assert_nudge (f, "fc1.weight: w + a*w @ by hand a=0.001");
  g_assert_cmpuint (f->n_standing_changed, ==, 0);
  g_assert_cmpuint (f->n_questions, >=, n_questions);
}

static void
test_a_part_is_typed (CardFixture *f, gconstpointer data)
{
  static const char *const wrong[] = { "fc1.weight[", "fc2.weight[0]", "fc1.weight[9]",
                                       "fc1.weight[0]x", "nothing" };
  g_autoptr (NnFrame) frame = fixture_frame_new_seed (); /* fc1 has two neurons */
  GtkWidget *entry;

  card_fixture_set_frame (f, frame);
  card_fixture_choose (f->target, "Incoming edges…");
  entry = find_open (f, "Part of fc1");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "fc1.weight[0]");
  card_fixture_assert_nudge (f, "fc1.weight: w + a*w @ by hand a=0.001");
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++) {
    retype (entry, wrong[i]);
    assert_wrong (entry, TRUE);
  }
  retype (entry, "fc1.weight[1]");
  assert_wrong (entry, FALSE);
  drive_key (entry, "Return");
  drive_settle (entry);
  g_assert_false (gtk_widget_get_mapped (entry));
  card_fixture_assert_nudge (f, "fc1.weight[1]: w + a*w @ by hand a=0.001");
  g_assert_cmpstr (gtk_label_get_text (card_fixture_find_label (GTK_WIDGET (f->target))),
                   ==, "weight[1]");
}

static void
test_escape_keeps_the_target (CardFixture *f, gconstpointer data)
{
  GtkWidget *entry;

  card_fixture_choose (f->target, "Neuron…");
  entry = find_open (f, "Part of fc1");
  drive_key (entry, "Escape");
  drive_settle (entry);
  g_assert_false (gtk_widget_get_mapped (entry));
  g_assert_cmpstr (gtk_label_get_text (card_fixture_find_label (GTK_WIDGET (f->target))),
                   ==, "weight");
  card_fixture_assert_nudge (f, "fc1.weight: w + a*w @ by hand a=0.001");
}

static gboolean
aim (CardFixture *f, const char *target, GError **error)
{
  NudgeChanges changes;
  gboolean aimed = nudge_card_state_aim (&f->state, target, &changes, error);

  card_fixture_show (f);
  return aimed;
}

static void
test_a_target_can_be_given (CardFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  card_fixture_set_nudge (f, "fc1.weight: a*w @ by hand a=0.5");
  g_assert_true (aim (f, "fc1[1]", &error));
  g_assert_no_error (error);
  card_fixture_assert_nudge (f, "fc1[1]: a*w @ by hand a=0.5");
  g_assert_cmpstr (gtk_label_get_text (card_fixture_find_label (GTK_WIDGET (f->target))),
                   ==, "neuron [1]");
  g_assert_false (aim (f, "fc1[", &error));
  g_assert_nonnull (error);
  card_fixture_assert_nudge (f, "fc1[1]: a*w @ by hand a=0.5");
}

/* What is at work is not aimed elsewhere by a glance at the network. */
static void
test_a_nudge_that_repeats_keeps_its_target (CardFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  card_fixture_set_nudge (f, "fc1.weight: a*w @ every step a=0.5");
  g_assert_true (aim (f, "fc1.weight", &error));
  g_assert_no_error (error);
  g_assert_false (aim (f, "fc1[1]", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_BUSY);
  card_fixture_assert_nudge (f, "fc1.weight: a*w a=0.5");
  g_assert_cmpuint (f->n_standing_changed, ==, 0);
}

/* --- When -------------------------------------------------------------------------- */

static void
test_an_interval_is_typed (CardFixture *f, gconstpointer data)
{
  GtkWidget *entry;

  card_fixture_choose (f->repeat, "every … steps");
  entry = find_open (f, "Number of steps for fc1");
  g_assert_cmpuint (f->n_standing_changed, ==, 0);
  retype (entry, "0");
  assert_wrong (entry, TRUE);
  retype (entry, "25");
  drive_key (entry, "Return");
  card_fixture_assert_nudge (f, "fc1.weight: w + a*w @ every 25 steps a=0.001");
  g_assert_cmpuint (f->n_standing_changed, ==, 1);
  g_assert_cmpstr (gtk_label_get_text (card_fixture_find_label (GTK_WIDGET (f->repeat))),
                   ==, "Repeat: every 25 steps");
}

/* In the entry @name that opens on @choice; @wrong, if any, is refused first. */
static void
type_time (CardFixture *f,
           const char *choice,
           const char *name,
           const char *wrong,
           const char *text)
{
  GtkWidget *entry;

  card_fixture_choose (f->repeat, choice);
  entry = find_open (f, name);
  if (wrong) {
    retype (entry, wrong);
    assert_wrong (entry, TRUE);
  }
  retype (entry, text);
  drive_key (entry, "Return");
}

static void
test_a_step_is_typed (CardFixture *f, gconstpointer data)
{
  type_time (f, "once, after step …", "Number of steps for fc1", NULL, "7");
  card_fixture_assert_nudge (f, "fc1.weight: w + a*w @ step 7 a=0.001");
}

static void
test_several_steps_are_typed (CardFixture *f, gconstpointer data)
{
  type_time (f, "once, after step …", "Number of steps for fc1", "7,x", "20,7");
  card_fixture_assert_nudge (f, "fc1.weight: w + a*w @ step 7, 20 a=0.001");
}

static void
test_epochs_are_typed (CardFixture *f, gconstpointer data)
{
  type_time (f, "every … epochs", "Number of epochs for fc1", NULL, "3");
  card_fixture_assert_nudge (f, "fc1.weight: w + a*w @ every 3 epochs a=0.001");
}

/* Whatever a nudge's text may say. */
static void
test_another_time_is_typed (CardFixture *f, gconstpointer data)
{
  type_time (f, "at other times…", "Times for fc1", "someday", "step<50");
  card_fixture_assert_nudge (f, "fc1.weight: w + a*w @ every step to 49 a=0.001");
}

static void
test_escape_keeps_the_repetition (CardFixture *f, gconstpointer data)
{
  GtkWidget *entry;

  card_fixture_set_nudge (f, "fc1.weight: a*w @ every step a=0.5");
  card_fixture_choose (f->repeat, "every … steps");
  entry = find_open (f, "Number of steps for fc1");
  drive_key (entry, "Escape");
  card_fixture_assert_nudge (f, "fc1.weight: a*w a=0.5");
  g_assert_cmpstr (gtk_label_get_text (card_fixture_find_label (GTK_WIDGET (f->repeat))),
                   ==, "Repeat: every step");
  g_assert_cmpuint (f->n_standing_changed, ==, 0);
}

/* Opens what has the lesser choices, and returns the one called @name. */
static GtkWidget *
open_more (CardFixture *f, const char *name, GtkAccessibleRole role)
{
  GtkWidget *more = card_fixture_find (f, "More for fc1", GTK_ACCESSIBLE_ROLE_BUTTON);
  GtkWidget *found = card_fixture_find (f, name, role);

  drive_click (more, 0.5, 0.5);
  drive_settle (more);
  g_assert_true (gtk_widget_get_mapped (found));
  return found;
}

static void
test_before_backward_goes_for_every_time (CardFixture *f, gconstpointer data)
{
  GtkWidget *before =
      open_more (f, "Before backward for fc1", GTK_ACCESSIBLE_ROLE_SWITCH);

  drive_click (before, 0.5, 0.5);
  g_assert_cmpuint (f->n_standing_changed, ==, 0);
  gtk_popover_popdown (GTK_POPOVER (gtk_widget_get_ancestor (before, GTK_TYPE_POPOVER)));
  card_fixture_choose (f->repeat, "every example, before backward");
  card_fixture_assert_nudge (
      f, "fc1.weight: w + a*w @ every example before backward a=0.001");
  before = open_more (f, "Before backward for fc1", GTK_ACCESSIBLE_ROLE_SWITCH);
  drive_click (before, 0.5, 0.5);
  card_fixture_assert_nudge (f, "fc1.weight: w + a*w @ every example a=0.001");
  g_assert_cmpuint (f->n_standing_changed, ==, 2);
}

static void
test_memory_is_part_of_the_nudge (CardFixture *f, gconstpointer data)
{
  GtkDropDown *memory = GTK_DROP_DOWN (
      card_fixture_find (f, "Optimizer memory for fc1", GTK_ACCESSIBLE_ROLE_COMBO_BOX));

  gtk_drop_down_set_selected (memory, NN_MEMORY_ZERO);
  card_fixture_assert_nudge (f, "fc1.weight: w + a*w @ by hand a=0.001 memory=zero");
  g_assert_cmpuint (f->n_standing_changed, ==, 0);
  gtk_drop_down_set_selected (f->repeat, 1);
  gtk_drop_down_set_selected (memory, NN_MEMORY_ZERO_ALL);
  card_fixture_assert_nudge (f, "fc1.weight: w + a*w a=0.001 memory=zero-all");
  g_assert_cmpuint (f->n_standing_changed, ==, 2);
  card_fixture_set_nudge (f, "fc1.weight: w + a*w a=0.001");
  g_assert_cmpuint (gtk_drop_down_get_selected (memory), ==, NN_MEMORY_KEEP);
}

/* With every chooser at its longest, the card keeps to its column. */
static void
test_the_card_stays_narrow (CardFixture *f, gconstpointer data)
{
  int least;

  card_fixture_set_nudge (
      f, "fc1.weight[0,0; 1,0]: w + a*sin(w)*cos(w)*noise + a*tanh(w)*sigmoid(w)*rand "
         "@ every 18446744073709551615 steps before backward a=0.123456789");
  gtk_widget_set_size_request (GTK_WIDGET (f->card), -1, -1);
  gtk_widget_measure (GTK_WIDGET (f->card), GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL,
                      NULL, NULL);
  g_assert_cmpint (least, <=, 300);
}

#define ADD(name, function)                                                              \
  g_test_add ("/ui/layer-card-choices/" name, CardFixture, NULL, card_fixture_set_up,    \
              function, card_fixture_tear_down)

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  adw_init ();
  drive_load_style (FALSE);
  ADD ("a-function-is-chosen", test_a_function_is_chosen);
  ADD ("a-first-amount-is-no-end", test_a_first_amount_is_no_end);
  ADD ("own-expression-is-typed-in-place", test_own_expression_is_typed_in_place);
  ADD ("leaving-accepts-an-expression", test_leaving_accepts_an_expression);
  ADD ("escape-goes-back-to-the-function", test_escape_goes_back_to_the_function);
  ADD ("escape-keeps-what-was-accepted", test_escape_keeps_what_was_accepted);
  ADD ("what-can-come-next-is-offered", test_what_can_come_next_is_offered);
  ADD ("escape-closes-what-is-offered", test_escape_closes_what_is_offered);
  ADD ("all-is-offered-on-request", test_all_is_offered_on_request);
  ADD ("setting-an-expression-accepts-it", test_setting_an_expression_accepts_it);
  ADD ("without-amount-there-is-no-slider", test_without_amount_there_is_no_slider);
  ADD ("an-expression-gets-a-name", test_an_expression_gets_a_name);
  ADD ("saved-functions-are-offered", test_saved_functions_are_offered);
  ADD ("a-parameter-is-chosen", test_a_parameter_is_chosen);
  ADD ("no-bias-is-not-offered", test_no_bias_is_not_offered);
  ADD ("a-part-is-typed", test_a_part_is_typed);
  ADD ("escape-keeps-the-target", test_escape_keeps_the_target);
  ADD ("a-target-can-be-given", test_a_target_can_be_given);
  ADD ("a-nudge-that-repeats-keeps-its-target",
       test_a_nudge_that_repeats_keeps_its_target);
  ADD ("an-interval-is-typed", test_an_interval_is_typed);
  ADD ("a-step-is-typed", test_a_step_is_typed);
  ADD ("several-steps-are-typed", test_several_steps_are_typed);
  ADD ("epochs-are-typed", test_epochs_are_typed);
  ADD ("another-time-is-typed", test_another_time_is_typed);
  ADD ("escape-keeps-the-repetition", test_escape_keeps_the_repetition);
  ADD ("before-backward-goes-for-every-time", test_before_backward_goes_for_every_time);
  ADD ("memory-is-part-of-the-nudge", test_memory_is_part_of_the_nudge);
  ADD ("the-card-stays-narrow", test_the_card_stays_narrow);
  status = g_test_run ();
  g_free (saved_name);
  g_free (saved_expression);
  return status;
}

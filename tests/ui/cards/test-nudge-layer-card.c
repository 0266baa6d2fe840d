/* test-nudge-layer-card.c - what a user does on a layer's card, and its effects
 *
 * SPDX-License-Identifier: MIT
 */

#include <adwaita.h>
#include <math.h>

#include "tests/ui/cards/card-fixture.h"
#include "tests/ui/frame-fixture.h"

static void
test_controls_have_names (CardFixture *f, gconstpointer data)
{
  /* The buttons inside the drop-downs are what takes the focus. */
  gtk_test_accessible_assert_property (
      gtk_widget_get_first_child (GTK_WIDGET (f->function)),
      GTK_ACCESSIBLE_PROPERTY_LABEL, "Function for fc1");
  gtk_test_accessible_assert_property (
      gtk_widget_get_first_child (GTK_WIDGET (f->repeat)), GTK_ACCESSIBLE_PROPERTY_LABEL,
      "Repeat fc1");
  gtk_test_accessible_assert_property (f->card, GTK_ACCESSIBLE_PROPERTY_LABEL, "fc1");
  gtk_test_accessible_assert_property (f->slider, GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT,
                                       "0.001");
}

static void
test_shows_the_nudge_it_is_given (CardFixture *f, gconstpointer data)
{
  static const char *const texts[] = {
    "fc1.weight: w + a*w @ by hand a=0.001",
    "fc1.weight: a*w @ every step a=0.98",
    "fc1.weight: w - a*w @ every 50 steps a=123.456789",
    "fc1.weight: w - a*w @ every epoch a=-0.5",
    "fc1.weight: 1e-2*w @ by hand",
    "fc1.bias: w + a @ step 7 a=1e-30",
    "fc1: a*w + w*w @ every 18446744073709551615 steps a=3e38",
    "fc1: a*w @ every example a=1",
    "fc1: a*w @ every step before backward a=1",
    "fc1: a*w @ every 10 steps before backward a=1",
    "fc1: a*w @ step 7 before backward a=1",
    "fc1: a*w @ every epoch before backward a=1",
    "fc1: a*w @ every example before backward a=1",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    card_fixture_set_nudge (f, texts[i]);
    card_fixture_assert_nudge (f, texts[i]);
  }
  g_assert_cmpuint (f->n_applied, ==, 0);
  g_assert_cmpuint (f->n_standing_changed, ==, 0);
}

static void
test_repetition_is_named (CardFixture *f, gconstpointer data)
{
  static const char *const cases[][2] = {
    { "fc1: w @ by hand", "Repeat: off" },
    { "fc1: w", "Repeat: every step" },
    { "fc1: w @ every 50 steps", "Repeat: every 50 steps" },
    { "fc1: w @ every 100 steps", "every 100 steps" },
    { "fc1: w @ every example", "Repeat: every example" },
    { "fc1: w @ every epoch", "Repeat: every epoch" },
    { "fc1: w @ every 3 epochs", "Repeat: every 3 epochs" },
    { "fc1: w @ every 10 steps from 20 to 90", "every 10 steps, from step 20 to 90" },
    { "fc1: w @ every epoch to step 90", "every epoch, up to step 90" },
    { "fc1: w @ at the start", "once, at the start" },
    { "fc1: w @ step 7, 9", "after steps 7, 9" },
    { "fc1: w @ step 7, 9 before backward", "in steps 7, 9, before backward" },
    { "fc1: w @ step 1, 2, 3, 4, 500", "after steps 1, 2, 3, …, 500" },
    { "fc1: w @ epoch 2", "once, after epoch 2" },
    { "fc1: w @ epoch 2, 4", "after epochs 2, 4" },
    { "fc1: w @ step 7", "once, after step 7" },
    { "fc1: w @ step 7 before backward", "once, in step 7, before backward" },
    { "fc1: w @ every step before backward", "every step, before backward" },
    { "fc1: w @ every example before backward", "every example, before backward" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    card_fixture_set_nudge (f, cases[i][0]);
    g_assert_cmpstr (
        gtk_label_get_text (card_fixture_find_label (GTK_WIDGET (f->repeat))), ==,
        cases[i][1]);
  }
}

/* An interval of the experiment's own joins the list once. */
static GtkWidget *
find_counts (CardFixture *f)
{
  return GTK_WIDGET (gtk_widget_get_template_child (GTK_WIDGET (f->card),
                                                    NUDGE_TYPE_LAYER_CARD, "counts"));
}

static void
show_counts (CardFixture *f, const char *text, guint64 n_times, guint64 n_refused)
{
  g_autoptr (NnFrame) frame = fixture_frame_new_seed ();

  fixture_frame_land (frame, text, TRUE, 1, 1, n_refused > 0 ? "no finite value" : NULL);
  frame->landings[frame->n_landings - 1].n_times = n_times;
  frame->landings[frame->n_landings - 1].n_refused = n_refused;
  card_fixture_set_frame (f, frame);
}

static void
test_refusals_are_counted (CardFixture *f, gconstpointer data)
{
  GtkWidget *counts = find_counts (f);

  card_fixture_set_nudge (f, "fc1: w/0");
  show_counts (f, "fc1: w/0", 3, 0);
  g_assert_false (gtk_widget_get_visible (counts));
  show_counts (f, "fc1: w/0", 0, 1);
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (counts)), ==, "refused once");
  show_counts (f, "fc1: w/0", 2, 900);
  g_assert_true (gtk_widget_get_visible (counts));
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (counts)), ==, "refused 900 times");
  g_assert_cmpstr (gtk_widget_get_tooltip_text (counts), ==, "fc1: w/0: no finite value");
  gtk_test_accessible_assert_property (counts, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "fc1: w/0: no finite value");
  show_counts (f, "fc2: w/0", 2, 900);
  g_assert_false (gtk_widget_get_visible (counts));
}

static void
test_other_intervals_join_the_list (CardFixture *f, gconstpointer data)
{
  guint before = g_list_model_get_n_items (gtk_drop_down_get_model (f->repeat));

  card_fixture_set_nudge (f, "fc1.weight: a*w @ every 50 steps a=1");
  card_fixture_set_nudge (f, "fc1.weight: a*w @ every 10 steps a=1");
  card_fixture_set_nudge (f, "fc1.weight: a*w @ every 50 steps a=1");
  g_assert_cmpuint (g_list_model_get_n_items (gtk_drop_down_get_model (f->repeat)), ==,
                    before + 1);
}

static void
test_apply_applies_once (CardFixture *f, gconstpointer data)
{
  g_signal_emit_by_name (f->apply, "clicked");
  g_assert_cmpuint (f->n_applied, ==, 1);
  g_assert_cmpuint (f->n_standing_changed, ==, 0);
  card_fixture_assert_nudge (f, "fc1.weight: w + a*w @ by hand a=0.001");
}

static void
test_apply_takes_what_is_typed (CardFixture *f, gconstpointer data)
{
  gtk_widget_grab_focus (GTK_WIDGET (f->entry));
  gtk_editable_set_text (f->entry, "0.25");
  g_assert_cmpfloat (card_fixture_get_amount (f), ==, 0.001f);
  g_signal_emit_by_name (f->apply, "clicked");
  g_assert_cmpuint (f->n_applied, ==, 1);
  g_assert_cmpfloat (card_fixture_get_amount (f), ==, 0.25f);

  gtk_editable_set_text (f->entry, "much");
  g_signal_emit_by_name (f->apply, "clicked");
  g_assert_cmpuint (f->n_applied, ==, 1);
}

static void
test_typing_only_sets_the_amount (CardFixture *f, gconstpointer data)
{
  static const struct {
    const char *text;
    float amount;
  } cases[] = {
    { "0.5", 0.5f }, { "*1.1", 0.55f },   { "3/4", 0.75f },
    { "0,5", 0.5f }, { "+0.2", 0.7f },    { "0.123456789", 0.123456789f },
    { "-3", -3.0f }, { "1000", 1000.0f }, { "1.00000012", 1.00000012f },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    card_fixture_type_amount (f, cases[i].text);
    g_assert_cmpfloat_with_epsilon (card_fixture_get_amount (f), cases[i].amount,
                                    1e-7f * fabsf (cases[i].amount));
  }
  g_assert_cmpuint (f->n_applied, ==, 0);
  g_assert_cmpuint (f->n_standing_changed, ==, 0);
}

/* The handle stays within its range and on its grid, the amount need not. */
static void
test_typed_amount_is_kept_exactly (CardFixture *f, gconstpointer data)
{
  GtkAdjustment *adjustment = gtk_range_get_adjustment (f->slider);

  card_fixture_type_amount (f, "7.00000048");
  g_assert_cmpfloat (card_fixture_get_amount (f), ==, 7.00000048f);
  g_assert_cmpfloat (gtk_range_get_value (f->slider), ==,
                     gtk_adjustment_get_upper (adjustment));
  g_signal_emit_by_name (f->entry, "activate");
  g_assert_cmpfloat (card_fixture_get_amount (f), ==, 7.00000048f);
}

static void
test_bad_text_is_refused (CardFixture *f, gconstpointer data)
{
  static const char *const texts[] = { "", "much", "1/0", "1e39", "nan", "0.1.2", "*" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    card_fixture_type_amount (f, texts[i]);
    g_assert_cmpfloat (card_fixture_get_amount (f), ==, 0.001f);
    g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (f->entry), "error"));
    gtk_test_accessible_assert_state (f->entry, GTK_ACCESSIBLE_STATE_INVALID,
                                      GTK_ACCESSIBLE_INVALID_TRUE);
  }
  gtk_editable_set_text (f->entry, "0.2");
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (f->entry), "error"));
}

static void
test_function_brings_its_range (CardFixture *f, gconstpointer data)
{
  GtkAdjustment *adjustment = gtk_range_get_adjustment (f->slider);

  gtk_drop_down_set_selected (f->function, 1);
  card_fixture_assert_nudge (f, "fc1.weight: a*w @ by hand a=0.8");
  g_assert_cmpfloat (gtk_adjustment_get_lower (adjustment), ==, 0);
  g_assert_cmpfloat (gtk_adjustment_get_upper (adjustment), ==, 2);
  g_assert_cmpuint (f->n_standing_changed, ==, 0);

  gtk_drop_down_set_selected (f->function, 2);
  card_fixture_assert_nudge (f, "fc1.weight: w - a*w @ by hand a=0.1");
  g_assert_cmpfloat_with_epsilon (gtk_adjustment_get_lower (adjustment), -4, 1e-6);
  g_assert_cmpfloat_with_epsilon (gtk_adjustment_get_upper (adjustment), 0, 1e-6);
}

static void
test_repeat_makes_it_standing (CardFixture *f, gconstpointer data)
{
  gtk_drop_down_set_selected (f->repeat, 1);
  g_assert_cmpuint (f->n_standing_changed, ==, 1);
  card_fixture_assert_nudge (f, "fc1.weight: w + a*w a=0.001");
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (f->card), "standing"));

  card_fixture_type_amount (f, "0.5");
  g_assert_cmpuint (f->n_standing_changed, ==, 2);
  g_assert_cmpstr (f->text, ==, "fc1.weight: w + a*w a=0.5");
  gtk_drop_down_set_selected (f->function, 1);
  g_assert_cmpuint (f->n_standing_changed, ==, 3);

  gtk_drop_down_set_selected (f->repeat, 0);
  g_assert_cmpuint (f->n_standing_changed, ==, 4);
  card_fixture_assert_nudge (f, "fc1.weight: a*w @ by hand a=0.8");
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (f->card), "standing"));
  card_fixture_type_amount (f, "0.7");
  g_assert_cmpuint (f->n_standing_changed, ==, 4);
  g_assert_cmpuint (f->n_applied, ==, 0);
}

static void
test_a_layer_that_was_nudged_stands_out (CardFixture *f, gconstpointer data)
{
  GtkWidget *card = GTK_WIDGET (f->card);

  f->state.nudged = TRUE;
  card_fixture_show (f);
  g_assert_true (gtk_widget_has_css_class (card, "standing"));
  f->state.nudged = FALSE;
  card_fixture_show (f);
  g_assert_false (gtk_widget_has_css_class (card, "standing"));
  card_fixture_set_nudge (f, "fc1.weight: a*w @ every step a=0.5");
  f->state.nudged = FALSE;
  card_fixture_show (f);
  g_assert_true (gtk_widget_has_css_class (card, "standing"));
}

/* A function without an amount cannot be held up by one. */
static void
test_another_function_forgets_bad_text (CardFixture *f, gconstpointer data)
{
  guint own;

  card_fixture_set_nudge (f, "fc1.weight: 2*w @ by hand");
  own = gtk_drop_down_get_selected (f->function);
  gtk_drop_down_set_selected (f->function, 0);
  card_fixture_type_amount (f, "much");
  gtk_drop_down_set_selected (f->function, own);
  g_signal_emit_by_name (f->apply, "clicked");
  g_assert_cmpuint (f->n_applied, ==, 1);
  g_assert_cmpstr (f->text, ==, "fc1.weight: 2*w @ by hand");
}

/* What assistive tools do: no focus, no Enter. */
static void
test_setting_the_text_applies_nothing (CardFixture *f, gconstpointer data)
{
  gtk_editable_set_text (f->entry, "0.5");
  g_assert_cmpfloat (card_fixture_get_amount (f), ==, 0.5f);
  g_assert_cmpuint (f->n_applied, ==, 0);
}

/* What assistive tools do to a slider. */
static void
test_setting_the_slider_applies_nothing (CardFixture *f, gconstpointer data)
{
  gtk_range_set_value (f->slider, -1);
  card_fixture_assert_nudge (f, "fc1.weight: w + a*w @ by hand a=0.1");
  g_assert_cmpstr (gtk_editable_get_text (f->entry), ==, "0.1");
  g_assert_cmpuint (f->n_applied, ==, 0);
}

static void
test_keys_and_wheel_apply_nothing (CardFixture *f, gconstpointer data)
{
  static const char *const keys[] = { "Right",     "Page_Up", "Left",
                                      "Page_Down", "End",     "Home" };

  gtk_widget_grab_focus (GTK_WIDGET (f->slider));
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++) {
    float before = card_fixture_get_amount (f);

    drive_key (GTK_WIDGET (f->slider), keys[i]);
    g_assert_cmpfloat (card_fixture_get_amount (f), !=, before);
  }
  g_assert_cmpfloat (card_fixture_get_amount (f), ==, 0.0001f);
  drive_wheel (GTK_WIDGET (f->slider), TRUE);
  g_assert_cmpfloat (card_fixture_get_amount (f), !=, 0.0001f);
  g_assert_cmpuint (f->n_applied, ==, 0);
}

static void
test_a_drag_is_one_nudge (CardFixture *f, gconstpointer data)
{
  GtkWidget *slider = GTK_WIDGET (f->slider);
  double handle = card_fixture_get_handle (f);

  drive_press (slider, handle, 0.5);
  for (int i = 1; i <= 5; i++) {
    float before = card_fixture_get_amount (f);

    drive_move (slider, handle + 0.08 * i, 0.5);
    g_assert_cmpfloat (card_fixture_get_amount (f), >, before);
    g_assert_cmpuint (f->n_applied, ==, 0);
  }
  drive_release (slider);
  g_assert_cmpuint (f->n_applied, ==, 1);
  g_assert_cmpuint (f->n_standing_changed, ==, 0);
  g_assert_cmpfloat (card_fixture_get_amount (f), >, 0.01f);
}

static void
test_a_drag_changes_a_standing_nudge_once (CardFixture *f, gconstpointer data)
{
  card_fixture_set_nudge (f, "fc1.weight: a*w @ every step a=0.5");
  drive_drag (GTK_WIDGET (f->slider), card_fixture_get_handle (f), 0.9);
  g_assert_cmpuint (f->n_applied, ==, 0);
  g_assert_cmpuint (f->n_standing_changed, ==, 1);
}

/* A demo that is opened meanwhile wins over the user. */
static void
test_a_set_nudge_breaks_off_a_drag (CardFixture *f, gconstpointer data)
{
  GtkWidget *slider = GTK_WIDGET (f->slider);
  const char *text = "fc1.weight: w + a*w @ every step a=0.01";

  drive_press (slider, card_fixture_get_handle (f), 0.5);
  drive_move (slider, 0.5, 0.5);
  card_fixture_set_nudge (f, text);
  drive_move (slider, 0.9, 0.5);
  drive_release (slider);
  card_fixture_assert_nudge (f, text);
  g_assert_cmpuint (f->n_applied, ==, 0);
  g_assert_cmpuint (f->n_standing_changed, ==, 0);
}

/* Only what is known to be exact is typed; a press on the handle must not round it. */
static void
test_a_press_without_change_is_nothing (CardFixture *f, gconstpointer data)
{
  card_fixture_type_amount (f, "0.00123456");
  drive_click (GTK_WIDGET (f->slider), card_fixture_get_handle (f), 0.5);
  g_assert_cmpfloat (card_fixture_get_amount (f), ==, 0.00123456f);
  g_assert_cmpuint (f->n_applied, ==, 0);
}

static void
test_a_click_on_the_trough_lands (CardFixture *f, gconstpointer data)
{
  drive_click (GTK_WIDGET (f->slider), 0.8, 0.5);
  g_assert_cmpfloat (card_fixture_get_amount (f), >, 0.001f);
  g_assert_cmpuint (f->n_applied, ==, 1);
}

static void
test_escape_abandons_a_drag (CardFixture *f, gconstpointer data)
{
  GtkWidget *slider = GTK_WIDGET (f->slider);
  double handle = card_fixture_get_handle (f);

  drive_press (slider, handle, 0.5);
  drive_move (slider, handle + 0.3, 0.5);
  g_assert_cmpfloat (card_fixture_get_amount (f), !=, 0.001f);
  drive_key (slider, "Escape");
  g_assert_cmpfloat (card_fixture_get_amount (f), ==, 0.001f);
  g_assert_cmpfloat_with_epsilon (gtk_range_get_value (f->slider), -3, 1e-6);

  /* The button is still down, and moves nothing any more. */
  drive_move (slider, handle + 0.5, 0.5);
  drive_release (slider);
  g_assert_cmpfloat (card_fixture_get_amount (f), ==, 0.001f);
  g_assert_cmpuint (f->n_applied, ==, 0);

  /* The next drag is one again. */
  drive_drag (slider, handle, 0.9);
  g_assert_cmpuint (f->n_applied, ==, 1);
}

static void
test_typing_by_hand (CardFixture *f, gconstpointer data)
{
  GtkWidget *entry = GTK_WIDGET (f->entry);

  gtk_widget_grab_focus (entry);
  drive_key (entry, "ctrl+a");
  drive_type (entry, "0.25");
  g_assert_cmpfloat (card_fixture_get_amount (f), ==, 0.001f);
  drive_key (entry, "Escape");
  g_assert_cmpstr (gtk_editable_get_text (f->entry), ==, "0.001");
  drive_key (entry, "ctrl+a");
  drive_type (entry, "0.75");
  drive_key (entry, "Tab");
  g_assert_cmpfloat (card_fixture_get_amount (f), ==, 0.75f);
  g_assert_cmpuint (f->n_applied, ==, 0);
}

#define ADD(name, function)                                                              \
  g_test_add ("/ui/layer-card/" name, CardFixture, NULL, card_fixture_set_up, function,  \
              card_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  drive_load_style (FALSE);
  ADD ("controls-have-names", test_controls_have_names);
  ADD ("shows-the-nudge-it-is-given", test_shows_the_nudge_it_is_given);
  ADD ("repetition-is-named", test_repetition_is_named);
  ADD ("refusals-are-counted", test_refusals_are_counted);
  ADD ("other-intervals-join-the-list", test_other_intervals_join_the_list);
  ADD ("apply-applies-once", test_apply_applies_once);
  ADD ("apply-takes-what-is-typed", test_apply_takes_what_is_typed);
  ADD ("typing-only-sets-the-amount", test_typing_only_sets_the_amount);
  ADD ("typed-amount-is-kept-exactly", test_typed_amount_is_kept_exactly);
  ADD ("bad-text-is-refused", test_bad_text_is_refused);
  ADD ("function-brings-its-range", test_function_brings_its_range);
  ADD ("repeat-makes-it-standing", test_repeat_makes_it_standing);
  ADD ("a-layer-that-was-nudged-stands-out", test_a_layer_that_was_nudged_stands_out);
  ADD ("another-function-forgets-bad-text", test_another_function_forgets_bad_text);
  ADD ("setting-the-text-applies-nothing", test_setting_the_text_applies_nothing);
  ADD ("setting-the-slider-applies-nothing", test_setting_the_slider_applies_nothing);
  ADD ("keys-and-wheel-apply-nothing", test_keys_and_wheel_apply_nothing);
  ADD ("a-drag-is-one-nudge", test_a_drag_is_one_nudge);
  ADD ("a-drag-changes-a-standing-nudge-once", test_a_drag_changes_a_standing_nudge_once);
  ADD ("a-set-nudge-breaks-off-a-drag", test_a_set_nudge_breaks_off_a_drag);
  ADD ("a-press-without-change-is-nothing", test_a_press_without_change_is_nothing);
  ADD ("a-click-on-the-trough-lands", test_a_click_on_the_trough_lands);
  ADD ("escape-abandons-a-drag", test_escape_abandons_a_drag);
  ADD ("typing-by-hand", test_typing_by_hand);
  return g_test_run ();
}

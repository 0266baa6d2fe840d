/* test-nudge-layer-card-sweep.c - what a card shows of frames, and previews in return
 *
 * SPDX-License-Identifier: MIT
 */

#include <adwaita.h>
#include <math.h>

#include "tests/ui/cards/card-fixture.h"
#include "tests/ui/frame-fixture.h"

/* A frame with an answer to the card's question: losses 1 … 65 along the amounts. */
static NnFrame *
new_frame (CardFixture *f, guint key)
{
  NnFrame *frame = fixture_frame_new_seed ();
  NnSweep *sweep;

  frame->sweeps = g_new0 (NnSweep, 1);
  frame->n_sweeps = 1;
  sweep = frame->sweeps;
  sweep->key = key;
  nn_question_copy (&sweep->question, &f->state.question);
  for (gsize k = 0; k < NN_SWEEP_AMOUNTS; k++) {
    sweep->amounts[k] = nn_question_get_amount (&sweep->question, k);
    sweep->losses[k] = (float) (k + 1);
  }
  return frame;
}

static void
show (CardFixture *f, guint key)
{
  g_autoptr (NnFrame) frame = new_frame (f, key);

  card_fixture_set_frame (f, frame);
}

static GtkWidget *
find_sweep (CardFixture *f)
{
  return card_fixture_find (f, "Loss along the amount for fc1", GTK_ACCESSIBLE_ROLE_IMG);
}

typedef struct {
  GtkWidget *widget;
  const char *description;
} Description;

static gboolean
is_described (gpointer data)
{
  Description *wanted = data;
  g_autofree char *differs = gtk_test_accessible_check_property (
      GTK_ACCESSIBLE (wanted->widget), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
      wanted->description);

  return differs == NULL;
}

static void
wait_for_description (CardFixture *f, const char *description)
{
  Description wanted = { find_sweep (f), description };

  if (!drive_until (is_described, &wanted))
    g_error ("it is never described as \"%s\"", description);
}

/* --- The curve --------------------------------------------------------------------- */

static void
test_the_loss_is_said (CardFixture *f, gconstpointer data)
{
  f->state.key = 7;
  card_fixture_show (f);
  card_fixture_set_nudge (f, "fc1.weight: a*w @ by hand a=1");
  show (f, 7);
  wait_for_description (f, "loss 33 at 1");
  card_fixture_type_amount (f, "0.5");
  wait_for_description (f, "loss 17 at 0.5");
  card_fixture_type_amount (f, "3");
  wait_for_description (f, "");
}

static void
test_only_the_own_answer_counts (CardFixture *f, gconstpointer data)
{
  f->state.key = 7;
  card_fixture_show (f);
  show (f, 7);
  wait_for_description (f, "loss 17 at 0.001");
  show (f, 6);
  wait_for_description (f, "");
  show (f, 7);
  wait_for_description (f, "loss 17 at 0.001");

  /* An answer to an earlier question does not count. */
  card_fixture_set_nudge (f, "fc1.weight: a*w @ by hand a=1");
  wait_for_description (f, "");
}

static void
test_the_own_preview_knows_better (CardFixture *f, gconstpointer data)
{
  NnFrame *frame;

  card_fixture_type_amount (f, "0.01");
  frame = new_frame (f, 0);
  frame->preview = g_new0 (NnPreview, 1);
  frame->preview->nudge = nn_nudge_ref (f->state.preview);
  frame->preview->loss = 0.125;
  card_fixture_set_frame (f, frame);
  wait_for_description (f, "loss 0.125 at 0.01");
  nn_frame_unref (frame);

  frame = new_frame (f, 0);
  frame->preview = g_new0 (NnPreview, 1);
  frame->preview->nudge = nn_nudge_parse ("fc2.weight: w + a*w @ by hand a=0.01", NULL);
  frame->preview->loss = 0.125;
  card_fixture_set_frame (f, frame);
  wait_for_description (f, "loss 33 at 0.01");
  nn_frame_unref (frame);
}

static void
test_refusal_is_said (CardFixture *f, gconstpointer data)
{
  NnFrame *frame = new_frame (f, 0);

  for (gsize k = 0; k < NN_SWEEP_AMOUNTS; k++)
    frame->sweeps->losses[k] = NAN;
  card_fixture_set_frame (f, frame);
  wait_for_description (f, "refused at 0.001");
  nn_frame_unref (frame);
}

/* Where the middle of what has the colour of nudges is, from the left of @widget. */
static double
find_violet (GtkWidget *widget)
{
  g_autoptr (GBytes) picture = drive_dup_pixels (widget, NULL);
  const guint8 *bgra = g_bytes_get_data (picture, NULL);
  int width = gtk_widget_get_width (widget);
  double x = 0;
  gsize n = 0;

  for (int i = 0; i < width * gtk_widget_get_height (widget); i++) {
    const guint8 *pixel = bgra + 4 * i;

    if (pixel[3] > 200 && pixel[2] > pixel[1] + 30 && pixel[0] > pixel[1] + 30) {
      x += i % width + 0.5;
      n++;
    }
  }
  g_assert_cmpuint (n, >, 20);
  return x / (double) n;
}

/* Whatever the theme makes of slider and handle. */
static void
test_the_dot_is_above_the_handle (CardFixture *f, gconstpointer data)
{
  static const char *const texts[] = {
    "fc1.weight: a*w @ by hand a=0",       "fc1.weight: a*w @ by hand a=0.7",
    "fc1.weight: a*w @ by hand a=2",       "fc1.weight: w + a*w @ by hand a=0.0001",
    "fc1.weight: w + a*w @ by hand a=0.2",
  };
  GtkWidget *sweep = find_sweep (f);
  GtkWidget *slider = GTK_WIDGET (f->slider);

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    graphene_rect_t bounds;
    double handle;

    card_fixture_set_nudge (f, texts[i]);
    show (f, 0);
    handle = card_fixture_get_handle (f);
    g_assert_true (gtk_widget_compute_bounds (slider, sweep, &bounds));
    handle = (double) bounds.origin.x + handle * (double) bounds.size.width;
    g_assert_cmpfloat_with_epsilon (find_violet (sweep), handle, 1.5);
  }
}

/* --- The question ------------------------------------------------------------------ */

static void
test_the_question_is_the_sliders (CardFixture *f, gconstpointer data)
{
  const NnQuestion *question = &f->state.question;

  card_fixture_set_nudge (f, "fc1.bias: w - a*w @ every 10 steps a=0.5");
  g_assert_cmpfloat (question->least, ==, 0.0001f);
  g_assert_cmpfloat (question->most, ==, 1);
  g_assert_true (question->logarithmic);
  g_assert_cmpint (question->nudge->time.when, ==, NN_WHEN_MANUAL);
  g_assert_cmpint (question->nudge->target.part, ==, NN_PART_BIAS);
}

static void
test_an_amount_is_no_new_question (CardFixture *f, gconstpointer data)
{
  card_fixture_type_amount (f, "0.01");
  gtk_range_set_value (f->slider, -1);
  g_assert_cmpuint (f->n_questions, ==, 0);
  gtk_drop_down_set_selected (f->function, 1);
  g_assert_cmpuint (f->n_questions, ==, 1);
}

/* --- The preview ------------------------------------------------------------------- */

static void
test_a_held_slider_previews (CardFixture *f, gconstpointer data)
{
  GtkWidget *slider = GTK_WIDGET (f->slider);
  double handle = card_fixture_get_handle (f);

  drive_press (slider, handle, 0.5);
  for (int i = 1; i <= 3; i++) {
    NnNudge *preview;

    drive_move (slider, handle + 0.1 * i, 0.5);
    preview = f->state.preview;
    g_assert_nonnull (preview);
    g_assert_cmpfloat (preview->amount, ==, card_fixture_get_amount (f));
    g_assert_cmpint (preview->time.when, ==, NN_WHEN_MANUAL);
  }
  g_assert_cmpuint (f->n_previews, >=, 3);
  g_assert_cmpuint (f->n_applied, ==, 0);
  drive_release (slider);
  g_assert_null (f->state.preview);
  g_assert_cmpuint (f->n_applied, ==, 1);
}

static void
test_escape_ends_the_preview (CardFixture *f, gconstpointer data)
{
  GtkWidget *slider = GTK_WIDGET (f->slider);
  double handle = card_fixture_get_handle (f);

  drive_press (slider, handle, 0.5);
  drive_move (slider, handle + 0.3, 0.5);
  drive_key (slider, "Escape");
  g_assert_null (f->state.preview);
  drive_release (slider);

  gtk_widget_grab_focus (slider);
  drive_key (slider, "Right");
  g_assert_nonnull (f->state.preview);
  drive_key (slider, "Escape");
  g_assert_null (f->state.preview);
  g_assert_cmpuint (f->n_applied, ==, 0);
}

static gboolean
has_no_preview (gpointer data)
{
  CardFixture *f = data;

  return f->state.preview == NULL;
}

static void
test_leaving_ends_the_preview (CardFixture *f, gconstpointer data)
{
  drive_move (f->elsewhere, 0.5, 0.5);
  gtk_widget_grab_focus (GTK_WIDGET (f->slider));
  drive_key (GTK_WIDGET (f->slider), "Right");
  g_assert_nonnull (f->state.preview);
  gtk_widget_grab_focus (f->elsewhere);
  g_assert_true (drive_until (has_no_preview, f));
}

/* Assistive tools have neither focus nor pointer that could leave. */
static void
test_a_lonely_preview_goes_away (CardFixture *f, gconstpointer data)
{
  drive_move (f->elsewhere, 0.5, 0.5);
  gtk_widget_grab_focus (f->elsewhere);
  gtk_range_set_value (f->slider, -1);
  g_assert_nonnull (f->state.preview);
  g_assert_true (drive_until (has_no_preview, f));
  g_assert_cmpuint (f->n_applied, ==, 0);
}

static void
switch_off_release (CardFixture *f)
{
  GtkSwitch *on_release = GTK_SWITCH (
      card_fixture_find (f, "On release for fc1", GTK_ACCESSIBLE_ROLE_SWITCH));

  g_assert_true (gtk_switch_get_active (on_release));
  gtk_switch_set_active (on_release, FALSE);
}

static void
test_a_release_may_only_set (CardFixture *f, gconstpointer data)
{
  switch_off_release (f);
  drive_drag (GTK_WIDGET (f->slider), card_fixture_get_handle (f), 0.9);
  g_assert_cmpfloat (card_fixture_get_amount (f), >, 0.01f);
  g_assert_cmpuint (f->n_applied, ==, 0);
  g_assert_nonnull (f->state.preview);

  card_fixture_set_nudge (f, "fc1.weight: a*w @ every step a=0.5");
  drive_drag (GTK_WIDGET (f->slider), card_fixture_get_handle (f), 0.9);
  g_assert_cmpuint (f->n_applied, ==, 0);
  g_assert_cmpuint (f->n_standing_changed, ==, 1);
}

/* --- What is at work --------------------------------------------------------------- */

static void
tell_standing (CardFixture *f, const char *text)
{
  g_autoptr (NnNudge) nudge = text ? nn_nudge_parse (text, NULL) : NULL;

  nudge_card_state_set_repeating (&f->state, nudge, NULL);
  card_fixture_show (f);
}

static gboolean
is_away (CardFixture *f)
{
  return gtk_widget_has_css_class (
      gtk_widget_get_ancestor (GTK_WIDGET (f->entry), g_type_from_name ("NudgeAmount")),
      "away");
}

static void
test_what_has_arrived_changes_nothing (CardFixture *f, gconstpointer data)
{
  card_fixture_set_nudge (f, "fc1.weight: a*w @ every step a=0.5");
  tell_standing (f, "fc1.weight: a*w @ every step a=0.5");
  g_assert_false (is_away (f));
  card_fixture_type_amount (f, "0.75");
  tell_standing (f, "fc1.weight: a*w @ every step a=0.75");
  g_assert_false (is_away (f));
  card_fixture_assert_nudge (f, "fc1.weight: a*w a=0.75");
  g_assert_cmpuint (f->n_standing_changed, ==, 1);
}

/* Undo has taken the amount back to 0.5; the slider stays at 1.5. */
static void
go_away (CardFixture *f)
{
  card_fixture_set_nudge (f, "fc1.weight: a*w @ every step a=1.5");
  tell_standing (f, "fc1.weight: a*w @ every step a=1.5");
  tell_standing (f, "fc1.weight: a*w @ every step a=0.5");
  g_assert_true (is_away (f));
  g_assert_cmpfloat (card_fixture_get_amount (f), ==, 1.5f);
  g_assert_cmpfloat (gtk_range_get_value (f->slider), ==, 1.5);
  drive_settle (GTK_WIDGET (f->card));
}

static void
test_a_slider_has_to_catch_up (CardFixture *f, gconstpointer data)
{
  GtkWidget *slider = GTK_WIDGET (f->slider);
  double handle;

  go_away (f);
  handle = card_fixture_get_handle (f);
  drive_press (slider, handle, 0.5);
  drive_move (slider, handle - 0.2, 0.5); /* about 1.1 */
  g_assert_nonnull (f->state.preview);
  drive_release (slider);
  g_assert_null (f->state.preview);
  g_assert_true (is_away (f));
  g_assert_cmpuint (f->n_standing_changed, ==, 0);
  g_assert_cmpuint (f->n_applied, ==, 0);

  drive_drag (slider, card_fixture_get_handle (f), 0.15); /* past 0.5 */
  g_assert_false (is_away (f));
  g_assert_cmpuint (f->n_standing_changed, ==, 1);
  g_assert_cmpuint (f->n_applied, ==, 0);
  g_assert_cmpfloat (card_fixture_get_amount (f), <, 0.5f);
}

static void
test_escape_stays_away (CardFixture *f, gconstpointer data)
{
  GtkWidget *slider = GTK_WIDGET (f->slider);

  go_away (f);
  drive_press (slider, card_fixture_get_handle (f), 0.5);
  drive_move (slider, 0.1, 0.5);
  g_assert_false (is_away (f));
  drive_key (slider, "Escape");
  drive_release (slider);
  g_assert_true (is_away (f));
  g_assert_cmpuint (f->n_standing_changed, ==, 0);
}

static void
test_typing_takes_over (CardFixture *f, gconstpointer data)
{
  go_away (f);
  card_fixture_type_amount (f, "1.75");
  g_assert_false (is_away (f));
  g_assert_cmpuint (f->n_standing_changed, ==, 1);

  /* And so does Enter on the number that is there. */
  go_away (f);
  card_fixture_type_amount (f, "1.5");
  g_assert_false (is_away (f));
  g_assert_cmpuint (f->n_standing_changed, ==, 2);
}

static void
test_the_amount_in_force_is_named (CardFixture *f, gconstpointer data)
{
  GtkWidget *amount;

  go_away (f);
  amount =
      gtk_widget_get_ancestor (GTK_WIDGET (f->entry), g_type_from_name ("NudgeAmount"));
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (
                       gtk_widget_get_last_child (gtk_widget_get_first_child (amount)))),
                   ==, "In force: 0.5");
}

static void
test_another_nudge_is_shown_at_once (CardFixture *f, gconstpointer data)
{
  card_fixture_set_nudge (f, "fc1.weight: a*w @ every step a=1.5");
  tell_standing (f, "fc1.bias: w - a*w @ every 10 steps a=0.5");
  card_fixture_assert_nudge (f, "fc1.bias: w - a*w @ every 10 steps a=0.5");
  g_assert_false (is_away (f));
  tell_standing (f, NULL);
  card_fixture_assert_nudge (f, "fc1.bias: w - a*w @ by hand a=0.5");
  g_assert_cmpuint (f->n_standing_changed, ==, 0);
}

static void
test_a_badge_waits (CardFixture *f, gconstpointer data)
{
  g_autoptr (GBytes) before = NULL;
  g_autoptr (GBytes) after = NULL;

  show (f, 0);
  before = drive_dup_pixels (GTK_WIDGET (f->card), NULL);
  f->state.pending = TRUE;
  card_fixture_show (f);
  after = drive_dup_pixels (GTK_WIDGET (f->card), NULL);
  g_assert_false (g_bytes_equal (before, after));
  g_clear_pointer (&after, g_bytes_unref);
  f->state.pending = FALSE;
  card_fixture_show (f);
  after = drive_dup_pixels (GTK_WIDGET (f->card), NULL);
  g_assert_true (g_bytes_equal (before, after));
}

#define ADD(name, function)                                                              \
  g_test_add ("/ui/layer-card-sweep/" name, CardFixture, NULL, card_fixture_set_up,      \
              function, card_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  drive_load_style (FALSE);
  ADD ("the-loss-is-said", test_the_loss_is_said);
  ADD ("only-the-own-answer-counts", test_only_the_own_answer_counts);
  ADD ("the-own-preview-knows-better", test_the_own_preview_knows_better);
  ADD ("refusal-is-said", test_refusal_is_said);
  ADD ("the-dot-is-above-the-handle", test_the_dot_is_above_the_handle);
  ADD ("the-question-is-the-sliders", test_the_question_is_the_sliders);
  ADD ("an-amount-is-no-new-question", test_an_amount_is_no_new_question);
  ADD ("a-held-slider-previews", test_a_held_slider_previews);
  ADD ("escape-ends-the-preview", test_escape_ends_the_preview);
  ADD ("leaving-ends-the-preview", test_leaving_ends_the_preview);
  ADD ("a-lonely-preview-goes-away", test_a_lonely_preview_goes_away);
  ADD ("a-release-may-only-set", test_a_release_may_only_set);
  ADD ("what-has-arrived-changes-nothing", test_what_has_arrived_changes_nothing);
  ADD ("a-slider-has-to-catch-up", test_a_slider_has_to_catch_up);
  ADD ("escape-stays-away", test_escape_stays_away);
  ADD ("typing-takes-over", test_typing_takes_over);
  ADD ("the-amount-in-force-is-named", test_the_amount_in_force_is_named);
  ADD ("another-nudge-is-shown-at-once", test_another_nudge_is_shown_at_once);
  ADD ("a-badge-waits", test_a_badge_waits);
  return g_test_run ();
}

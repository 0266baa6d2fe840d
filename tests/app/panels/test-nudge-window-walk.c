/* test-nudge-window-walk.c - steps that are shown slowly, and runs that have a goal
 *
 * SPDX-License-Identifier: MIT
 */

#include "tests/app/window-dialogs.h"

#include <math.h>

#include "ui/loss/nudge-plot.h"
#include "ui/network/nudge-network-view.h"
#include "ui/network/nudge-phase-view.h"
#include "ui/text/nudge-phase-words.h"

static NudgeWalk *
walk_of (Fixture *f)
{
  return nudge_document_get_walk (nudge_window_get_document (f->window));
}

static const char *
get_sentence (Fixture *f)
{
  return gtk_label_get_text (f->landing);
}

static NnFrame *
keep_frame (Fixture *f)
{
  return nn_frame_ref (nudge_document_get_frame (nudge_window_get_document (f->window)));
}

/* --- Waiting ----------------------------------------------------------------------- */

typedef struct {
  Fixture *f;
  const char *text;
} Said;

static gboolean
is_said (gpointer data)
{
  const Said *said = data;

  return g_str_has_prefix (get_sentence (said->f), said->text);
}

static void
wait_for_words (Fixture *f, const char *prefix)
{
  Said said = { f, prefix };

  if (!drive_until (is_said, &said))
    g_error ("\"%s\" does not come; it says \"%s\"", prefix, get_sentence (f));
}

typedef struct {
  Fixture *f;
  NudgePhase phase;
} AtPhase;

static gboolean
is_at_phase (gpointer data)
{
  const AtPhase *at = data;

  return nudge_walk_get_phase (walk_of (at->f)) == at->phase;
}

static void
wait_for_phase (Fixture *f, NudgePhase phase)
{
  g_assert_true (drive_until (is_at_phase, &(AtPhase){ f, phase }));
}

static void
wait_for_step (Fixture *f, guint64 step)
{
  g_assert_true (drive_until (is_at_step, &(AtStep){ f, step }));
}

/* --- What is seen ------------------------------------------------------------------ */

static const char *const names[] = {
  [NUDGE_PHASE_FORWARD] = "Forward",
  [NUDGE_PHASE_BACKWARD] = "Backward",
  [NUDGE_PHASE_OPTIMIZER] = "Optimizer",
  [NUDGE_PHASE_SECTION] = "◆ Gradient-free section",
};

/* Only where the step is; and what is said is about that. */
static void
assert_lit (Fixture *f, NudgePhase phase)
{
  for (guint i = NUDGE_PHASE_FORWARD; i <= NUDGE_PHASE_SECTION; i++) {
    GtkWidget *name = find (f, names[i], GTK_ACCESSIBLE_ROLE_LABEL);

    g_assert_true (gtk_widget_get_mapped (name));
    g_assert_true (gtk_widget_has_css_class (name, "lit") == (i == phase));
  }
}

static NnFrame *
get_picture (Fixture *f)
{
  return nudge_picture_get_frame (NUDGE_PICTURE (f->network));
}

static void
assert_pictured (Fixture *f, NnStepState state)
{
  const NnFrame *frame = frame_of (f);
  const gsize size = frame->architecture->n_values * sizeof (float);

  g_assert_cmpmem (get_picture (f)->values, size, frame->record->values[state], size);
}

static void
take_phase (Fixture *f, const char *words)
{
  drive_key (GTK_WIDGET (f->window), "F7");
  wait_for_words (f, words);
}

static void
apply (Fixture *f, const char *layer)
{
  g_autofree char *name = g_strconcat ("Apply to ", layer, NULL);

  drive_click (find (f, name, GTK_ACCESSIBLE_ROLE_BUTTON), 0.5, 0.5);
}

static void
set_speed (Fixture *f, double speed)
{
  g_object_set (nudge_document_get_session (nudge_window_get_document (f->window)),
                "speed", speed, NULL);
}

/* --- Phase by phase ---------------------------------------------------------------- */

static void
test_a_step_is_taken_phase_by_phase (Fixture *f, gconstpointer data)
{
  take_phase (f, "Forward: 3 examples through 3 layers; the loss is 24.04.");
  assert_lit (f, NUDGE_PHASE_FORWARD);
  assert_pictured (f, NN_STEP_FORWARD);
  g_assert_cmpuint (frame_of (f)->n_landings, ==, 0);
  take_phase (f, "Backward: the largest gradient is that of fc3.bias[0], −29.4.");
  assert_lit (f, NUDGE_PHASE_BACKWARD);
  assert_pictured (f, NN_STEP_FORWARD);
  take_phase (f, "Optimizer: adam moves fc1 by ");
  assert_lit (f, NUDGE_PHASE_OPTIMIZER);
  assert_pictured (f, NN_STEP_OPTIMIZER);
  g_assert_cmpuint (frame_of (f)->n_landings, ==, 0);
  take_phase (f,
              "Section: fc2.weight[0,\u00a00] −0.667 → −0.00667 by a·w, a = 0.01, and 2 "
              "more; the next forward sees it.");
  assert_lit (f, NUDGE_PHASE_SECTION);
  assert_pictured (f, NN_STEP_SECTION);
  g_assert_cmpuint (frame_of (f)->n_landings, ==, 3);
  g_assert_cmpuint (frame_of (f)->step, ==, 1);
  assert_labels_agree (f);

  take_phase (f, "Forward: ");
  g_assert_cmpuint (frame_of (f)->step, ==, 2);
}

/* The same bits as of a step that is taken at once. */
static void
test_walked_steps_are_the_same_steps (Fixture *f, gconstpointer data)
{
  g_autoptr (NnFrame) walked = NULL;

  for (guint step = 0; step < 2; step++) {
    take_phase (f, "Forward: ");
    for (guint i = 0; i < 3; i++)
      drive_key (GTK_WIDGET (f->window), "F7");
    wait_for_phase (f, NUDGE_PHASE_SECTION);
  }
  walked = keep_frame (f);
  drive_click (f->reset, 0.5, 0.5);
  g_assert_true (drive_until (is_at_start, f));
  step_to (f, 1);
  step_to (f, 2);
  assert_same_values (frame_of (f), walked);
  g_assert_cmpfloat (frame_of (f)->loss, ==, walked->loss);
}

static void
test_step_takes_the_rest_of_a_step (Fixture *f, gconstpointer data)
{
  take_phase (f, "Forward: ");
  drive_click (f->step, 0.5, 0.5);
  wait_for_words (f, "Section: ");
  g_assert_cmpuint (frame_of (f)->step, ==, 1);
  step_to (f, 2);
  wait_for_phase (f, NUDGE_PHASE_NONE);
  g_assert_false (
      gtk_widget_has_css_class (find (f, "Forward", GTK_ACCESSIBLE_ROLE_LABEL), "lit"));
}

static void
test_a_run_ends_the_walk (Fixture *f, gconstpointer data)
{
  take_phase (f, "Forward: ");
  drive_click (f->run, 0.5, 0.5);
  g_assert_true (drive_until (has_trained, f));
  wait_for_phase (f, NUDGE_PHASE_NONE);
  drive_click (f->run, 0.5, 0.5);
  g_assert_true (drive_until (is_paused, f));
  g_assert_cmpmem (get_picture (f)->values, sizeof (float), frame_of (f)->values,
                   sizeof (float));
}

/* --- What is done meanwhile -------------------------------------------------------- */

static gboolean
is_waiting (gpointer data)
{
  return drive_find (GTK_WIDGET (((Fixture *) data)->window), "◆ A nudge waits here",
                     GTK_ACCESSIBLE_ROLE_LABEL) != NULL;
}

static void
test_a_nudge_waits_for_the_section (Fixture *f, gconstpointer data)
{
  const float *optimized;
  gsize at;

  take_phase (f, "Forward: ");
  apply (f, "fc2");
  g_assert_true (drive_until (is_waiting, f));
  g_assert_cmpuint (frame_of (f)->n_landings, ==, 0);
  g_assert_cmpint (nudge_walk_get_phase (walk_of (f)), !=, NUDGE_PHASE_SECTION);
  assert_pictured (f, NN_STEP_FORWARD);

  wait_for_words (f,
                  "Section: fc2.weight[0,\u00a00] −0.667 → −0.00667 by a·w, a = 0.01; ");
  g_assert_true (drive_until (has_landed, f));
  g_assert_cmpuint (frame_of (f)->landings[0].last, ==, 1);
  assert_lit (f, NUDGE_PHASE_SECTION);
  optimized = frame_of (f)->record->values[NN_STEP_OPTIMIZER];
  at = frame_of (f)->architecture->parameters[2].offset;
  g_assert_cmpfloat (frame_of (f)->values[at], ==, 0.01f * optimized[at]);
}

static void
test_undo_ends_the_walk (Fixture *f, gconstpointer data)
{
  step_to (f, 1);
  apply (f, "fc2");
  g_assert_true (drive_until (has_landed, f));
  take_phase (f, "Forward: ");
  drive_key (GTK_WIDGET (f->window), "ctrl+z");
  wait_for_step (f, 1);
  wait_for_phase (f, NUDGE_PHASE_NONE);
  g_assert_cmpuint (frame_of (f)->n_landings, ==, 0);
  g_assert_cmpmem (get_picture (f)->values, sizeof (float), frame_of (f)->values,
                   sizeof (float));
}

static void
test_closing_within_a_step_is_quiet (Fixture *f, gconstpointer data)
{
  take_phase (f, "Forward: ");
  apply (f, "fc2"); /* and it is closed while the nudge waits */
}

/* --- Slowly ------------------------------------------------------------------------ */

static void
test_a_slow_run_is_walked (Fixture *f, gconstpointer data)
{
  set_speed (f, 0.5);
  drive_click (f->run, 0.5, 0.5);
  for (guint step = 1; step <= 2; step++) {
    wait_for_words (f, "Forward: ");
    g_assert_cmpuint (frame_of (f)->step, ==, step);
    wait_for_words (f, "Backward: ");
    wait_for_words (f, "Optimizer: ");
    wait_for_words (f, "Section: ");
    g_assert_cmpuint (frame_of (f)->step, ==, step);
    g_assert_true (frame_of (f)->running);
  }
  wait_for_words (f, "Backward: ");
  drive_click (f->run, 0.5, 0.5);
  g_assert_true (drive_until (is_paused, f));
  assert_lit (f, NUDGE_PHASE_BACKWARD);

  /* Faster, it is a run like any other. */
  set_speed (f, 300);
  drive_click (f->run, 0.5, 0.5);
  g_assert_true (drive_until (has_trained, f));
  wait_for_phase (f, NUDGE_PHASE_NONE);
}

static void
test_a_slow_step_goes_through_all_phases (Fixture *f, gconstpointer data)
{
  set_speed (f, 0.5);
  drive_click (f->step, 0.5, 0.5);
  wait_for_words (f, "Forward: ");
  wait_for_words (f, "Optimizer: ");
  wait_for_words (f, "Section: ");
  g_assert_cmpuint (frame_of (f)->step, ==, 1);
  g_assert_false (frame_of (f)->running);
}

/* --- Motion ------------------------------------------------------------------------ */

static GtkWidget *
get_view (Fixture *f)
{
  return find (f, "Phase", GTK_ACCESSIBLE_ROLE_IMG);
}

typedef struct {
  Fixture *f;
  GBytes *pixels; /* (owned) */
} Seen;

static gboolean
has_moved (gpointer data)
{
  Seen *seen = data;
  g_autoptr (GBytes) pixels = drive_dup_pixels (get_view (seen->f), NULL);

  return !g_bytes_equal (pixels, seen->pixels);
}

static void
set_motion (Fixture *f, gboolean moves)
{
  g_object_set (gtk_widget_get_settings (GTK_WIDGET (f->window)), "gtk-enable-animations",
                moves, NULL);
}

static void
test_values_flow (Fixture *f, gconstpointer data)
{
  Seen seen = { f, NULL };

  set_motion (f, TRUE);
  take_phase (f, "Forward: ");
  seen.pixels = drive_dup_pixels (get_view (f), NULL);
  g_assert_true (drive_until (has_moved, &seen));
  g_bytes_unref (seen.pixels);
}

static void
test_nothing_moves_where_nothing_may (Fixture *f, gconstpointer data)
{
  g_autoptr (GBytes) first = NULL;
  g_autoptr (GBytes) second = NULL;

  set_motion (f, FALSE);
  take_phase (f, "Forward: ");
  first = drive_dup_pixels (get_view (f), NULL);
  g_usleep (200000);
  drive_settle (get_view (f));
  second = drive_dup_pixels (get_view (f), NULL);
  g_assert_true (g_bytes_equal (first, second));
  wait_for_words (f, "Forward: 3 examples");
  set_motion (f, TRUE);
}

static void
test_the_picture_says_the_sentence (Fixture *f, gconstpointer data)
{
  take_phase (f, "Forward: ");
  gtk_test_accessible_assert_property (get_view (f), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       get_sentence (f));
  gtk_test_accessible_assert_property (find (f, "Forward", GTK_ACCESSIBLE_ROLE_LABEL),
                                       GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "The step is here");
}

/* --- Goals ------------------------------------------------------------------------- */

static void
choose_step_by (Fixture *f, const char *item)
{
  GtkWidget *menu = find (f, "Step by", GTK_ACCESSIBLE_ROLE_BUTTON);

  gtk_widget_grab_focus (menu);
  drive_key (menu, "space");
  choose_item (menu, item);
}

/* In the dialog that has the focus. */
static void
type (const char *text)
{
  for (const char *c = text; *c; c++)
    dialogs_key (*c == '.'   ? "period"
                 : *c == '+' ? "plus"
                 : *c == '/' ? "slash"
                 : *c == '-' ? "minus"
                             : (char[]){ *c, '\0' });
}

static void
answer (const char *heading, const char *text)
{
  g_assert_nonnull (dialogs_wait_for (heading));
  type (text);
  dialogs_key ("Return");
}

static void
go_by_key (Fixture *f, const char *text, guint64 step)
{
  dialogs_key ("ctrl+j");
  answer ("Run to a step", text);
  wait_for_step (f, step);
  g_assert_true (drive_until (is_paused, f));
}

static void
test_a_run_goes_to_a_step (Fixture *f, gconstpointer data)
{
  choose_step_by (f, "To a Step…");
  answer ("Run to a step", "37");
  wait_for_step (f, 37);
  g_assert_true (drive_until (is_paused, f));
  go_by_key (f, "12", 12); /* back */
  g_assert_cmpuint (frame_of (f)->end, ==, 37);
  go_by_key (f, "+30", 42);
  go_by_key (f, "/2", 21);
}

static gboolean
has_gone_on (gpointer data)
{
  return frame_of (data)->step > 100;
}

/* Also back from where it runs, and then it pauses. */
static void
test_a_running_run_goes_back_to_a_step (Fixture *f, gconstpointer data)
{
  drive_click (f->run, 0.5, 0.5);
  g_assert_true (drive_until (has_gone_on, f));
  go_by_key (f, "12", 12);
}

static gboolean
says_what_is_wrong (gpointer entry)
{
  return gtk_widget_has_css_class (entry, "error");
}

static gboolean
reads_minus_one (gpointer entry)
{
  return g_str_equal (gtk_editable_get_text (entry), "-1");
}

static gboolean
says_nothing (gpointer entry)
{
  return !says_what_is_wrong (entry);
}

static void
test_a_wrong_step_is_refused (Fixture *f, gconstpointer data)
{
  GtkWidget *dialog, *entry;

  dialogs_key ("ctrl+j");
  dialog = dialogs_wait_for ("Run to a step");
  entry = drive_find (dialog, "Step to run to", GTK_ACCESSIBLE_ROLE_TEXT_BOX);
  g_assert_nonnull (entry);
  g_assert_false (says_what_is_wrong (entry));
  type ("-1");
  g_assert_true (drive_until (reads_minus_one, entry));
  g_assert_true (says_what_is_wrong (entry));
  gtk_test_accessible_assert_property (
      entry, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
      "A run starts at step 0: type that or a later one");
  dialogs_key ("Return");
  dialogs_key ("BackSpace");
  dialogs_key ("BackSpace");
  g_assert_true (drive_until (says_nothing, entry));
  type ("x");
  g_assert_true (drive_until (says_what_is_wrong, entry));
  g_assert_true (dialogs_find ("Run to a step") == dialog);
  g_assert_cmpuint (frame_of (f)->step, ==, 0);
  dialogs_key ("BackSpace");
  answer ("Run to a step", "3");
  wait_for_step (f, 3);
}

static gboolean
is_in_sight (Fixture *f, double step)
{
  GtkWidget *plot = find (f, "Loss plot", GTK_ACCESSIBLE_ROLE_IMG);
  double first, last;

  nudge_time_span_get_edges (nudge_plot_get_span (NUDGE_PLOT (plot)), frame_of (f),
                             &first, &last);
  return first <= step && step <= last;
}

/* In a plot that is zoomed in elsewhere. */
static void
test_a_step_comes_into_sight (Fixture *f, gconstpointer data)
{
  GtkWidget *plot = find (f, "Loss plot", GTK_ACCESSIBLE_ROLE_IMG);
  const NudgeTimeSpan span = { NUDGE_TIME_STRETCH, 200, 50 };

  go_by_key (f, "300", 300);
  nudge_time_set_span (nudge_plot_get_time (NUDGE_PLOT (plot)), &span);
  go_by_key (f, "12", 12);
  g_assert_true (is_in_sight (f, 12));
  g_assert_false (is_in_sight (f, 200));
  go_by_key (f, "400", 400); /* which is to come */
  g_assert_true (is_in_sight (f, 400));
  g_assert_false (is_in_sight (f, 200));
}

static gboolean
is_paused_low (gpointer data)
{
  return is_paused (data) && frame_of (data)->loss <= 20;
}

static void
test_a_run_goes_to_a_loss (Fixture *f, gconstpointer data)
{
  choose_step_by (f, "Until the Loss Is Low…");
  answer ("Run until the loss is low", "20");
  g_assert_true (drive_until (is_paused_low, f));
  g_assert_cmpfloat (frame_of (f)->loss, >, 19.5);
}

static gboolean
is_paused_at_epoch (gpointer data)
{
  return is_paused (data) && frame_of (data)->step == 1;
}

static void
test_a_run_goes_to_an_epochs_end (Fixture *f, gconstpointer data)
{
  drive_key (GTK_WIDGET (f->window), "F8"); /* of the seed demo an epoch is a step */
  g_assert_true (drive_until (is_paused_at_epoch, f));
}

/* --- A newcomer -------------------------------------------------------------------- */

/* By what stands on the screen alone. */
static void
test_a_newcomers_four_tasks (Fixture *f, gconstpointer data)
{
  GtkWidget *amount = find (f, "Amount for fc2", GTK_ACCESSIBLE_ROLE_TEXT_BOX);
  g_autoptr (NnFrame) before = NULL;

  /* Train. */
  drive_click (find (f, "Run", GTK_ACCESSIBLE_ROLE_BUTTON), 0.5, 0.5);
  g_assert_true (drive_until (has_trained, f));
  drive_click (find (f, "Pause", GTK_ACCESSIBLE_ROLE_BUTTON), 0.5, 0.5);
  g_assert_true (drive_until (is_paused, f));

  /* See one step's phases. */
  for (guint i = NUDGE_PHASE_FORWARD; i <= NUDGE_PHASE_SECTION; i++) {
    g_autofree char *prefix =
        g_strconcat (i == NUDGE_PHASE_SECTION ? "Section" : names[i], ": ", NULL);

    choose_step_by (f, "One Phase");
    wait_for_words (f, prefix);
    assert_lit (f, i);
  }
  before = keep_frame (f);

  /* Halve a layer: its card has the function a·w. */
  drive_click (amount, 0.5, 0.5);
  drive_key (amount, "ctrl+a");
  drive_type (amount, "1/2");
  apply (f, "fc2");
  g_assert_true (drive_until (has_landed, f));
  assert_scaled (before, frame_of (f), "fc2.weight", 0.5f);
  wait_for_words (f, "Section: fc2.weight[");

  /* Undo. */
  drive_click (find_button (GTK_WIDGET (f->window), "Undo"), 0.5, 0.5);
  wait_for_words (f, "Undone: ");
  assert_same_values (frame_of (f), before);
}

#define ADD(path, demo, test)                                                            \
  g_test_add ("/app/window-walk/" path, Fixture, demo, set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("a-step-is-taken-phase-by-phase", "seed-nudged",
       test_a_step_is_taken_phase_by_phase);
  ADD ("walked-steps-are-the-same-steps", "seed-nudged",
       test_walked_steps_are_the_same_steps);
  ADD ("step-takes-the-rest-of-a-step", NULL, test_step_takes_the_rest_of_a_step);
  ADD ("a-run-ends-the-walk", NULL, test_a_run_ends_the_walk);
  ADD ("a-nudge-waits-for-the-section", NULL, test_a_nudge_waits_for_the_section);
  ADD ("undo-ends-the-walk", NULL, test_undo_ends_the_walk);
  ADD ("closing-within-a-step-is-quiet", NULL, test_closing_within_a_step_is_quiet);
  ADD ("a-slow-run-is-walked", NULL, test_a_slow_run_is_walked);
  ADD ("a-slow-step-goes-through-all-phases", NULL,
       test_a_slow_step_goes_through_all_phases);
  ADD ("values-flow", NULL, test_values_flow);
  ADD ("nothing-moves-where-nothing-may", NULL, test_nothing_moves_where_nothing_may);
  ADD ("the-picture-says-the-sentence", NULL, test_the_picture_says_the_sentence);
  ADD ("a-run-goes-to-a-step", NULL, test_a_run_goes_to_a_step);
  ADD ("a-running-run-goes-back-to-a-step", NULL, test_a_running_run_goes_back_to_a_step);
  ADD ("a-wrong-step-is-refused", NULL, test_a_wrong_step_is_refused);
  ADD ("a-step-comes-into-sight", NULL, test_a_step_comes_into_sight);
  ADD ("a-run-goes-to-a-loss", NULL, test_a_run_goes_to_a_loss);
  ADD ("a-run-goes-to-an-epochs-end", NULL, test_a_run_goes_to_an_epochs_end);
  ADD ("a-newcomers-four-tasks", NULL, test_a_newcomers_four_tasks);
  return fixture_run ();
}

/* test-nudge-lists.c - the log and the standing nudges, and that their rows stay
 *
 * SPDX-License-Identifier: MIT
 */

#include <adwaita.h>
#include <math.h>

#include "nn/experiment/nn-event.h"
#include "nn/io/nn-experiment-file.h"
#include "nn/session/nn-frame-of-run.h"
#include "tests/ui/drive.h"
#include "tests/ui/frame-fixture.h"
#include "ui/cards/nudge-standing-list.h"
#include "ui/log/nudge-log.h"

typedef struct {
  GtkWindow *window;
  NudgeLog *log;
  NudgeStandingList *standing;
  GListStore *landings;  /* (owned) */
  GListStore *repeating; /* (owned) */
  GtkWidget *log_list;
  GtkWidget *standing_list;

  guint n_marked;
  const NnNudge *marked;
  guint64 place;
  guint n_edits;
  int kind;
  guint64 edited;
  int by;
  const NnNudge *copied;
} Fixture;

static void
marked_cb (Fixture *f, NnNudge *nudge)
{
  f->n_marked++;
  f->marked = nudge;
}

static void
go_to_cb (Fixture *f, guint64 step)
{
  f->place = step;
}

static void
edited_cb (Fixture *f, int kind, guint64 id, int by)
{
  f->n_edits++;
  f->kind = kind;
  f->edited = id;
  f->by = by;
}

static void
copy_script_cb (Fixture *f, NnNudge *nudge)
{
  f->copied = nudge;
}

static void
set_up (Fixture *f, gconstpointer data)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *log = nudge_log_new ();
  GtkWidget *standing = nudge_standing_list_new ();

  *f = (Fixture){ .log = NUDGE_LOG (log), .standing = NUDGE_STANDING_LIST (standing) };
  f->landings = nudge_list_new ();
  f->repeating = nudge_list_new ();
  nudge_log_set_model (f->log, G_LIST_MODEL (f->landings));
  nudge_standing_list_set_model (f->standing, G_LIST_MODEL (f->repeating));
  gtk_widget_set_vexpand (log, TRUE);
  gtk_widget_set_vexpand (standing, TRUE);
  gtk_box_append (GTK_BOX (column), log);
  gtk_box_append (GTK_BOX (column), standing);
  f->window = GTK_WINDOW (gtk_window_new ());
  gtk_window_set_child (f->window, column);
  gtk_window_set_default_size (f->window, 340, 420);
  g_signal_connect_swapped (log, "marked", G_CALLBACK (marked_cb), f);
  g_signal_connect_swapped (log, "go-to", G_CALLBACK (go_to_cb), f);
  g_signal_connect_swapped (standing, "edited", G_CALLBACK (edited_cb), f);
  g_signal_connect_swapped (standing, "copy-script", G_CALLBACK (copy_script_cb), f);
  drive_present (f->window);
  f->log_list = drive_find (log, "Log", GTK_ACCESSIBLE_ROLE_LIST);
  f->standing_list = drive_find (standing, "Repeating nudges", GTK_ACCESSIBLE_ROLE_LIST);
  g_assert_true (f->log_list && f->standing_list);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  drive_close (f->window);
  g_assert_finalize_object (f->landings);
  g_assert_finalize_object (f->repeating);
}

/* All the words in a row, as they are read. */
static char *
dup_words (GtkWidget *root)
{
  g_autoptr (GString) words = g_string_new (NULL);

  if (GTK_IS_LABEL (root))
    return g_strdup (gtk_label_get_text (GTK_LABEL (root)));
  for (GtkWidget *child = gtk_widget_get_first_child (root); child;
       child = gtk_widget_get_next_sibling (child)) {
    g_autofree char *more = GTK_IS_POPOVER (child) ? g_strdup ("") : dup_words (child);

    if (*more)
      g_string_append_printf (words, "%s%s", words->len ? "|" : "", more);
  }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static GtkWidget *
get_row (GtkWidget *list, guint index)
{
  GtkWidget *row = gtk_widget_get_first_child (list);

  while (row && index-- > 0)
    row = gtk_widget_get_next_sibling (row);
  g_assert_nonnull (row);
  return row;
}

static void
assert_row (GtkWidget *list, guint index, const char *words)
{
  g_autofree char *there = dup_words (get_row (list, index));

  g_assert_cmpstr (there, ==, words);
}

static NnFrame *
new_landed (void)
{
  NnFrame *frame = fixture_frame_new_seed ();

  fixture_frame_land (frame, "fc2.weight: a*w @ by hand a=0.98", FALSE, 3, 3, NULL);
  frame->landings[0].loss_before = 0.5;
  frame->landings[0].loss_after = 0.25;
  fixture_frame_land (frame, "fc1: w + a*w a=0.05", TRUE, 4, 9, NULL);
  frame->landings[1].n_times = 6;
  fixture_frame_land (frame, "fc3: w*a @ by hand a=5", FALSE, 7, 7, "would be infinite");
  return frame;
}

static void
add_standing (NnFrame *frame, const char *text)
{
  g_autoptr (GError) error = NULL;
  NnNudge *nudge = nn_nudge_parse (text, &error);

  g_assert_no_error (error);
  frame->standing = g_renew (NnStanding, frame->standing, frame->n_standing + 1);
  frame->standing[frame->n_standing] =
      (NnStanding){ .id = 100 + frame->n_standing, .nudge = nudge };
  frame->n_standing++;
}

static NnFrame *
new_standing (void)
{
  NnFrame *frame = fixture_frame_new_seed ();

  add_standing (frame, "fc1: w + a*w a=0.05");
  add_standing (frame, "*: w - a*w @ every 10 steps a=0.5");
  add_standing (frame, "fc2.bias: w*a @ every epoch a=0.5");
  return frame;
}

/* --- The log ----------------------------------------------------------------------- */

static void
test_newest_first (Fixture *f, gconstpointer data)
{
  g_autoptr (NnFrame) frame = new_landed ();

  nudge_list_follow_log (f->landings, frame, NULL);
  drive_settle (f->log_list);
  assert_row (f->log_list, 0, "◇|7|fc3: w*5|refused: would be infinite");
  assert_row (f->log_list, 1, "◆|4|fc1: w + 0.05·w  ×6");
  assert_row (f->log_list, 2, "◆|3|fc2.weight: 0.98·w|ΔL\u00a0−0.25");
}

static void
test_a_row_follows_its_landing (Fixture *f, gconstpointer data)
{
  g_autoptr (NnFrame) frame = new_landed ();
  GtkWidget *row;

  nudge_list_follow_log (f->landings, frame, NULL);
  drive_settle (f->log_list);
  row = get_row (f->log_list, 1);
  frame->landings[1].n_times = 7;
  frame->landings[1].last = 10;
  nudge_list_follow_log (f->landings, frame, NULL);
  g_assert_true (get_row (f->log_list, 1) == row);
  assert_row (f->log_list, 1, "◆|4|fc1: w + 0.05·w  ×7");
}

static void
test_a_click_marks_and_a_second_goes (Fixture *f, gconstpointer data)
{
  g_autoptr (NnFrame) frame = new_landed ();

  nudge_list_follow_log (f->landings, frame, NULL);
  drive_settle (f->log_list);
  g_assert_cmpuint (f->n_marked, ==, 0);
  drive_click (get_row (f->log_list, 2), 0.5, 0.5);
  g_assert_cmpuint (f->n_marked, ==, 1);
  g_assert_true (f->marked == frame->landings[0].nudge);
  drive_key (f->log_list, "Return");
  g_assert_cmpuint (f->place, ==, 3);
}

/* What lands above the marked row leaves it marked; what is undone cannot be. */
static void
test_the_mark_stays_with_its_nudge (Fixture *f, gconstpointer data)
{
  g_autoptr (NnFrame) frame = new_landed ();

  nudge_list_follow_log (f->landings, frame, NULL);
  nudge_log_set_marked (f->log, frame->landings[2].nudge);
  g_assert_cmpuint (f->n_marked, ==, 0);
  fixture_frame_land (frame, "fc3: w*2 @ by hand", FALSE, 11, 11, NULL);
  nudge_list_follow_log (f->landings, frame, NULL);
  drive_settle (f->log_list);
  g_assert_cmpuint (f->n_marked, ==, 0);
  g_assert_true (gtk_widget_get_state_flags (get_row (f->log_list, 1)) &
                 GTK_STATE_FLAG_SELECTED);

  while (frame->n_landings > 2)
    nn_landing_clear (&frame->landings[--frame->n_landings]);
  nudge_list_follow_log (f->landings, frame, NULL);
  g_assert_cmpuint (f->n_marked, ==, 1);
  g_assert_null (f->marked);
}

/* What lands is seen, unless older ones are being looked at. */
static void
test_the_newest_is_in_view (Fixture *f, gconstpointer data)
{
  GtkAdjustment *place = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (f->log_list));
  g_autoptr (NnFrame) frame = new_landed ();
  double elsewhere;

  for (guint64 step = 8; step < 30; step++) {
    fixture_frame_land (frame, "fc3: w*2 @ by hand", FALSE, step, step, NULL);
    nudge_list_follow_log (f->landings, frame, NULL);
    drive_settle (f->log_list);
    g_assert_cmpfloat (gtk_adjustment_get_value (place), ==, 0);
  }
  gtk_adjustment_set_value (place, 200);
  drive_settle (f->log_list);
  elsewhere = gtk_adjustment_get_value (place);
  fixture_frame_land (frame, "fc3: w*2 @ by hand", FALSE, 40, 40, NULL);
  nudge_list_follow_log (f->landings, frame, NULL);
  drive_settle (f->log_list);
  g_assert_cmpfloat (gtk_adjustment_get_value (place), >=, elsewhere);
}

static guint
get_n_rows (Fixture *f)
{
  GtkSelectionModel *rows = gtk_list_view_get_model (GTK_LIST_VIEW (f->log_list));

  return g_list_model_get_n_items (G_LIST_MODEL (rows));
}

static gboolean
is_dimmed (Fixture *f, guint index)
{
  GtkWidget *row;

  drive_settle (f->log_list);
  row = gtk_widget_get_first_child (get_row (f->log_list, index));
  return gtk_widget_has_css_class (row, "ahead");
}

/* What the run has gone back from stays, dimmed, as long as it can be gone to. */
static void
test_what_lies_ahead_is_dimmed (Fixture *f, gconstpointer data)
{
  g_autoptr (NnFrame) frame = new_landed ();
  gsize n = frame->n_landings;

  frame->step = frame->end = 9;
  nudge_list_follow_log (f->landings, frame, NULL);
  frame->step = 5;
  frame->n_landings = n - 1;
  nudge_list_follow_log (f->landings, frame, NULL);
  g_assert_cmpuint (get_n_rows (f), ==, 3);
  g_assert_true (is_dimmed (f, 0));
  g_assert_false (is_dimmed (f, 1));

  /* Undone, and done again. */
  frame->step = 7;
  frame->can_redo = TRUE;
  nudge_list_follow_log (f->landings, frame, NULL);
  g_assert_cmpuint (get_n_rows (f), ==, 3);
  frame->can_redo = FALSE;
  frame->n_landings = n;
  nudge_list_follow_log (f->landings, frame, NULL);
  g_assert_false (is_dimmed (f, 0));

  /* Undone, and left for another way. */
  frame->n_landings = n - 1;
  frame->end = 7;
  nudge_list_follow_log (f->landings, frame, NULL);
  g_assert_cmpuint (get_n_rows (f), ==, 2);
  frame->n_landings = n;
}

/* A run whose log has all kinds of things that are still to be done. */
static NnTimeline *
new_planned (void)
{
  static const char text[] =
      "{ \"nudge\": 1, \"data\": { \"source\": \"uniform\", \"examples\": 3, "
      "\"features\": 1 },"
      "  \"network\": { \"layers\": [ { \"name\": \"fc1\", \"units\": 2 } ] },"
      "  \"loss\": { \"type\": \"squared_sum\", \"target\": 5 },"
      "  \"nudges\": [ \"fc1: 0.9*w @ step 30\" ],"
      "  \"log\": ["
      "    { \"step\": 1, \"do\": \"edit\","
      "      \"optimizer\": { \"type\": \"sgd\", \"lr\": 0.05 } },"
      "    { \"step\": 2, \"do\": \"nudge\", \"nudge\": \"fc1.weight: 0.5*w\" },"
      "    { \"step\": 2, \"do\": \"guard\", \"guard\": \"check\" },"
      "    { \"step\": 3, \"do\": \"pause\", \"index\": 0 } ] }";
  g_autoptr (GError) error = NULL;
  g_autoptr (NnExperiment) experiment =
      nn_experiment_file_parse (text, sizeof text - 1, "planned", &error);
  NnTimeline *timeline;

  g_assert_no_error (error);
  timeline = nn_timeline_new (experiment, NN_TIMELINE_BUDGET, &error);
  g_assert_no_error (error);
  return timeline;
}

static void
follow_timeline (Fixture *f, NnTimeline *timeline)
{
  g_autoptr (NnFrame) frame = nn_frame_of_timeline (timeline);
  g_autoptr (GArray) edits = nn_log_dup_edits (frame->log);

  nudge_list_follow_log (f->landings, frame, edits);
  drive_settle (f->log_list);
}

static const char *
get_whole (Fixture *f, guint index)
{
  return gtk_widget_get_tooltip_text (
      gtk_widget_get_first_child (get_row (f->log_list, index)));
}

/* In the order in which it will be done, and with the words of when it is. */
static void
test_all_that_is_to_come (Fixture *f, gconstpointer data)
{
  g_autoptr (NnTimeline) timeline = new_planned ();
  GtkWidget *row;

  follow_timeline (f, timeline);
  g_assert_cmpuint (get_n_rows (f), ==, 5);
  assert_row (f->log_list, 0, "○|1|sgd, lr 0.05|to come");
  assert_row (f->log_list, 1, "◇|2|fc1.weight: 0.5*w|to come");
  assert_row (f->log_list, 2, "○|2|guard: check|to come");
  assert_row (f->log_list, 3, "○|3|the pause of a repeating nudge|to come");
  assert_row (f->log_list, 4, "◇|30|fc1: 0.9*w|to come");
  g_assert_cmpstr (get_whole (f, 0), ==, "sgd, lr 0.05\nto come, after step 1");
  g_assert_cmpstr (get_whole (f, 2), ==, "guard: check\nto come, after step 2");
  g_assert_true (is_dimmed (f, 0));

  /* The rows stay; what is done by now is said as ever. */
  row = get_row (f->log_list, 3);
  g_assert_true (nn_timeline_step (timeline, NULL));
  follow_timeline (f, timeline);
  assert_row (f->log_list, 0, "●|1|sgd, lr 0.05");
  g_assert_cmpstr (get_whole (f, 0), ==, "sgd, lr 0.05\nedited after step 1");
  g_assert_false (is_dimmed (f, 0));
  g_assert_true (get_row (f->log_list, 3) == row);
  g_assert_true (nn_timeline_step (timeline, NULL));
  g_assert_true (nn_timeline_step (timeline, NULL));
  follow_timeline (f, timeline);
  g_assert_cmpuint (get_n_rows (f), ==, 2);
}

/* Rows of a branch that was left are there again when the run has returned to it. */
static void
test_what_another_branch_has_ahead (Fixture *f, gconstpointer data)
{
  g_autoptr (NnTimeline) timeline = new_planned ();
  g_autoptr (NnNudge) nudge = nn_nudge_parse ("fc1: 0.9*w", NULL);
  const NnEvent event = { .kind = NN_EVENT_NUDGE, .nudge = nudge };

  for (guint i = 0; i < 3; i++)
    g_assert_true (nn_timeline_step (timeline, NULL));
  nn_timeline_go_to (timeline, 0);
  nn_timeline_travel (timeline, 1);
  g_assert_true (nn_timeline_do (timeline, &event, NULL));
  follow_timeline (f, timeline);
  g_assert_cmpuint (get_n_rows (f), ==, 2);
  nn_timeline_undo (timeline);
  nn_timeline_travel (timeline, 1);
  follow_timeline (f, timeline);
  g_assert_cmpuint (get_n_rows (f), ==, 4);
  assert_row (f->log_list, 0, "◆|2|fc1.weight: 0.5*w");
  assert_row (f->log_list, 1, "●|1|sgd, lr 0.05");
  g_assert_true (is_dimmed (f, 0) && is_dimmed (f, 1) && is_dimmed (f, 2));
  g_assert_true (nn_timeline_can_redo (timeline));
}

/* However long the log is, one Tab is enough. */
static void
test_tab_leaves_the_log (Fixture *f, gconstpointer data)
{
  g_autoptr (NnFrame) frame = new_landed ();
  GtkWidget *log = GTK_WIDGET (f->log);

  nudge_list_follow_log (f->landings, frame, NULL);
  drive_settle (f->log_list);
  gtk_widget_child_focus (log, GTK_DIR_TAB_FORWARD);
  g_assert_nonnull (gtk_widget_get_focus_child (log));
  g_assert_false (gtk_widget_child_focus (log, GTK_DIR_TAB_FORWARD));
  drive_key (f->log_list, "Down");
  g_assert_nonnull (gtk_widget_get_focus_child (log));
  g_assert_false (gtk_widget_child_focus (log, GTK_DIR_TAB_BACKWARD));
}

/* --- Standing nudges --------------------------------------------------------------- */

static void
test_in_their_order (Fixture *f, gconstpointer data)
{
  g_autoptr (NnFrame) frame = new_standing ();

  frame->standing[1].paused = TRUE;
  frame->standing[1].n_times = 12;
  nudge_list_follow_repeating (f->repeating, frame);
  drive_settle (f->standing_list);
  assert_row (f->standing_list, 0, "fc1: w + 0.05·w|every step · 0 times");
  assert_row (f->standing_list, 1, "*: w − 0.5·w|paused · every 10 steps · 12 times");
}

static void
test_pause_and_resume (Fixture *f, gconstpointer data)
{
  g_autoptr (NnFrame) frame = new_standing ();
  GtkWidget *pause;

  nudge_list_follow_repeating (f->repeating, frame);
  drive_settle (f->standing_list);
  pause = drive_find (f->standing_list, "Pause *: w − 0.5·w", GTK_ACCESSIBLE_ROLE_BUTTON);
  drive_click (pause, 0.5, 0.5);
  g_assert_cmpint (f->kind, ==, NN_EVENT_PAUSE);
  g_assert_cmpuint (f->edited, ==, frame->standing[1].id);

  frame->standing[1].paused = TRUE;
  nudge_list_follow_repeating (f->repeating, frame);
  g_assert_cmpuint (f->n_edits, ==, 1);
  drive_click (pause, 0.5, 0.5);
  g_assert_cmpint (f->kind, ==, NN_EVENT_RESUME);
}

/* The action of the row's menu. */
static void
test_copied_as_pytorch (Fixture *f, gconstpointer data)
{
  g_autoptr (NnFrame) frame = new_standing ();
  GtkWidget *row;

  nudge_list_follow_repeating (f->repeating, frame);
  drive_settle (f->standing_list);
  row = gtk_widget_get_first_child (get_row (f->standing_list, 1));
  g_assert_true (gtk_widget_activate_action (row, "row.copy-script", NULL));
  g_assert_true (f->copied == frame->standing[1].nudge);
}

static void
test_keys_move_and_remove (Fixture *f, gconstpointer data)
{
  g_autoptr (NnFrame) frame = new_standing ();
  NnStanding moved;

  nudge_list_follow_repeating (f->repeating, frame);
  drive_settle (f->standing_list);
  gtk_widget_grab_focus (get_row (f->standing_list, 2));
  drive_key (f->standing_list, "alt+Up");
  g_assert_cmpint (f->kind, ==, NN_EVENT_MOVE);
  g_assert_cmpint (f->by, ==, -1);
  g_assert_cmpuint (f->edited, ==, frame->standing[2].id);

  /* The focus goes with it, so that it can be moved on. */
  moved = frame->standing[2];
  frame->standing[2] = frame->standing[1];
  frame->standing[1] = moved;
  nudge_list_follow_repeating (f->repeating, frame);
  drive_key (f->standing_list, "alt+Down");
  g_assert_cmpint (f->by, ==, 1);
  g_assert_cmpuint (f->edited, ==, frame->standing[1].id);
  drive_key (f->standing_list, "Delete");
  g_assert_cmpint (f->kind, ==, NN_EVENT_REMOVE);
  g_assert_cmpuint (f->edited, ==, frame->standing[1].id);
}

#define ADD(name, function)                                                              \
  g_test_add ("/ui/lists/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  drive_load_style (FALSE);
  ADD ("newest-first", test_newest_first);
  ADD ("a-row-follows-its-landing", test_a_row_follows_its_landing);
  ADD ("a-click-marks-and-a-second-goes", test_a_click_marks_and_a_second_goes);
  ADD ("the-mark-stays-with-its-nudge", test_the_mark_stays_with_its_nudge);
  ADD ("the-newest-is-in-view", test_the_newest_is_in_view);
  ADD ("what-lies-ahead-is-dimmed", test_what_lies_ahead_is_dimmed);
  ADD ("all-that-is-to-come", test_all_that_is_to_come);
  ADD ("what-another-branch-has-ahead", test_what_another_branch_has_ahead);
  ADD ("tab-leaves-the-log", test_tab_leaves_the_log);
  ADD ("in-their-order", test_in_their_order);
  ADD ("pause-and-resume", test_pause_and_resume);
  ADD ("copied-as-pytorch", test_copied_as_pytorch);
  ADD ("keys-move-and-remove", test_keys_move_and_remove);
  return g_test_run ();
}

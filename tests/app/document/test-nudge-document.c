/* test-nudge-document.c - a document on a real session, without a window
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/document/nudge-document.h"

#include "nn/io/nn-experiment-demo.h"
#include "tests/ui/drive.h"
#include "ui/base/nudge-list.h"

typedef struct {
  NudgeDocument *document; /* (owned) */
  NudgeSession *session;
  NudgeCards *cards;
  NudgeLists *lists;
  guint n_notified;
  char *message; /* (owned) (nullable) the newest */
} Fixture;

static const NnFrame *
frame_of (Fixture *f)
{
  return nudge_document_get_frame (f->document);
}

/* What a view of the document does at each frame of its own. */
static void
show (Fixture *f)
{
  nudge_document_take_frame (f->document);
  nudge_document_update_words (f->document);
}

static gboolean
is_at_rest (gpointer data)
{
  Fixture *f = data;
  gboolean expecting;

  show (f);
  g_object_get (f->document, "expecting", &expecting, NULL);
  return !expecting;
}

static gboolean
tick_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

static void
settle (Fixture *f)
{
  guint clock = g_timeout_add (2, tick_cb, NULL);

  g_assert_true (drive_until (is_at_rest, f));
  g_source_remove (clock);
}

static void
message_cb (Fixture *f, const char *text)
{
  g_free (f->message);
  f->message = g_strdup (text);
}

static NudgeDocument *
open_demo (const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NnExperiment) experiment = nn_experiment_new_demo (name, &error);
  NudgeDocument *document;

  g_assert_no_error (error);
  document = nudge_document_new (experiment, &error);
  g_assert_no_error (error);
  return document;
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->document = open_demo (data ? data : "seed");
  f->session = nudge_document_get_session (f->document);
  f->cards = nudge_document_get_cards (f->document);
  f->lists = nudge_document_get_lists (f->document);
  g_signal_connect_swapped (f->document, "message", G_CALLBACK (message_cb), f);
  settle (f);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_assert_finalize_object (f->document);
  g_free (f->message);
}

static void
step (Fixture *f, guint n)
{
  for (guint i = 0; i < n; i++) {
    nudge_session_step (f->session);
    settle (f);
  }
}

/* As on the card at @index; 0 is that of all layers. */
static void
act (Fixture *f, guint index, NudgeAction action, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NnNudge) nudge = nn_nudge_parse (text, &error);

  g_assert_no_error (error);
  nudge_cards_act (f->cards, index, action, nudge);
}

static void
apply (Fixture *f, const char *text)
{
  act (f, 2, NUDGE_ACTION_APPLY, text);
  settle (f);
}

static gboolean
get_flag (gpointer object, const char *property)
{
  gboolean flag;

  g_object_get (object, property, &flag, NULL);
  return flag;
}

static void
count_cb (Fixture *f)
{
  f->n_notified++;
}

static void
assert_notifies_once (Fixture *f, gpointer object, const char *property, gboolean value)
{
  g_autofree char *signal = g_strconcat ("notify::", property, NULL);

  f->n_notified = 0;
  g_signal_connect_swapped (object, signal, G_CALLBACK (count_cb), f);
  g_object_set (object, property, value, NULL);
  g_object_set (object, property, value, NULL);
  g_assert_cmpuint (f->n_notified, ==, 1);
  g_assert_cmpint (get_flag (object, property), ==, value);
  g_signal_handlers_disconnect_by_data (object, f);
}

static void
test_is_paused_at_first (Fixture *f, gconstpointer data)
{
  g_assert_cmpuint (frame_of (f)->step, ==, 0);
  g_assert_false (get_flag (f->session, "running"));
  g_assert_false (get_flag (f->session, "can-undo"));
  g_assert_false (get_flag (f->document, "unsaved"));
  g_assert_cmpuint (nudge_cards_get_n (f->cards), ==, 4);
  g_assert_cmpuint (frame_of (f)->n_sweeps, ==, 3);
}

static gboolean
has_ghost (gpointer data)
{
  show (data);
  return frame_of (data)->ghost != NULL;
}

static void
test_what_is_set_is_said_once (Fixture *f, gconstpointer data)
{
  guint clock;

  assert_notifies_once (f, f->session, "running", TRUE);
  assert_notifies_once (f, f->session, "running", FALSE);
  assert_notifies_once (f, f->session, "ghost", TRUE);
  assert_notifies_once (f, f->cards, "all-layers", TRUE);
  settle (f);
  g_assert_cmpuint (frame_of (f)->n_sweeps, ==, 4);
  step (f, 2);
  clock = g_timeout_add (2, tick_cb, NULL);
  g_assert_true (drive_until (has_ghost, f));
  g_source_remove (clock);
}

static void
edit (Fixture *f, NnEdit *edit)
{
  nudge_session_do (f->session, &(NnEvent){ .kind = NN_EVENT_EDIT, .edit = edit });
  settle (f);
}

/* What a new layer could not keep is said once, and not again where the run comes back to
 * it. */
static void
test_a_note_of_an_edit_is_said_once (Fixture *f, gconstpointer data)
{
  const NnExperiment *experiment = nudge_document_get_experiment (f->document);
  g_autoptr (NnEdit) layer = nn_edit_new ();
  g_autoptr (NnEdit) rate = nn_edit_new ();
  const NnLayerSpec tanh = { .name = "new",
                             .n_units = 1,
                             .activation = NN_ACTIVATION_TANH };

  nn_edit_set_network (layer, experiment->architecture, &experiment->init);
  nn_edit_insert_layer (layer, layer->n_layers, &tanh, NULL);
  edit (f, layer);
  g_assert_nonnull (f->message);
  g_assert_true (g_str_has_prefix (f->message, "new was drawn, as"));

  rate->parts = NN_EDIT_HAS_OPTIMIZER;
  rate->optimizer = experiment->optimizer;
  rate->optimizer.lr = 0.5;
  edit (f, rate);
  g_clear_pointer (&f->message, g_free);
  for (int i = 0; i < 2; i++) {
    nudge_session_undo (f->session);
    settle (f);
  }
  nudge_session_redo (f->session);
  settle (f);
  g_assert_nonnull (frame_of (f)->note);
  g_assert_cmpstr (f->message, ==, NULL);
}

/* Shows what was asked for until a frame has it, and then what that says. */
static void
test_the_guard_is_undone (Fixture *f, gconstpointer data)
{
  g_autofree char *guard = NULL;

  g_object_set (f->document, "guard", "off", NULL);
  g_object_get (f->document, "guard", &guard, NULL);
  g_assert_cmpstr (guard, ==, "off");
  settle (f);
  g_assert_cmpint (frame_of (f)->guard, ==, NN_GUARD_OFF);
  nudge_session_undo (f->session);
  settle (f);
  g_free (guard);
  g_object_get (f->document, "guard", &guard, NULL);
  g_assert_cmpstr (guard, ==, "shield");
}

static gboolean
is_pending (gpointer data)
{
  return get_flag (((Fixture *) data)->document, "pending");
}

static void
test_a_nudge_that_waits_is_pending (Fixture *f, gconstpointer data)
{
  act (f, 2, NUDGE_ACTION_APPLY, "fc2.weight: a*w @ by hand a=0.5");
  g_assert_false (is_pending (f));
  g_assert_true (drive_until (is_pending, f));
  settle (f);
  g_assert_false (is_pending (f));
}

static void
test_done_is_unsaved_until_it_is_saved (Fixture *f, gconstpointer data)
{
  g_autoptr (GFile) file = g_file_new_for_path ("seed.nudge");
  g_autoptr (GFile) saved = NULL;
  guint64 revision;

  step (f, 1);
  act (f, 2, NUDGE_ACTION_PREVIEW, "fc2.weight: a*w @ by hand a=0.5");
  settle (f);
  g_assert_false (get_flag (f->document, "unsaved"));
  apply (f, "fc2.weight: a*w @ by hand a=0.5");
  g_assert_true (get_flag (f->document, "unsaved"));
  revision = nudge_document_get_revision (f->document);
  nudge_session_undo (f->session);
  settle (f);
  nudge_document_set_saved (f->document, file, revision);
  g_assert_true (get_flag (f->document, "unsaved")); /* it had the nudge */
  nudge_document_set_saved (f->document, file, nudge_document_get_revision (f->document));
  g_assert_false (get_flag (f->document, "unsaved"));
  g_object_get (f->document, "file", &saved, NULL);
  g_assert_true (saved == file);
}

/* Returns: (transfer full): two actions in its log, as if it had been opened so */
static NudgeDocument *
open_plan (void)
{
  g_autoptr (NnExperiment) experiment = nn_experiment_new_demo ("seed", NULL);
  NnEvent event = { .kind = NN_EVENT_NUDGE };

  event.nudge = nn_nudge_parse ("fc2.weight: 0.9*w @ by hand", NULL);
  for (event.step = 2; event.step <= 4; event.step += 2)
    nn_event_append (experiment->events, &event, 1);
  nn_event_clear (&event);
  return nudge_document_new (experiment, NULL);
}

static void
set_up_plan (Fixture *f, gconstpointer data)
{
  set_up (f, NULL);
  g_object_unref (f->document);
  f->document = open_plan ();
  f->session = nudge_document_get_session (f->document);
  settle (f);
}

static void
assert_unsaved (Fixture *f, gboolean unsaved, gsize n_events)
{
  g_assert_cmpint (get_flag (f->document, "unsaved"), ==, unsaved);
  g_assert_cmpuint (nn_log_get_n_events (frame_of (f)->log_for_file), ==, n_events);
  g_assert_cmpint (nudge_document_get_revision (f->document) > 0, >=, unsaved);
}

/* What it was opened with is undone: a change like any other, until it is redone. */
static void
test_undone_of_a_plan_is_unsaved (Fixture *f, gconstpointer data)
{
  step (f, 5);
  nudge_session_go_to (f->session, 1);
  settle (f);
  nudge_session_go_to (f->session, 5);
  settle (f);
  assert_unsaved (f, FALSE, 2);
  nudge_session_undo (f->session);
  settle (f);
  assert_unsaved (f, TRUE, 1);
  nudge_session_redo (f->session);
  settle (f);
  assert_unsaved (f, FALSE, 2);

  nudge_session_undo (f->session);
  nudge_session_undo (f->session);
  settle (f);
  assert_unsaved (f, TRUE, 0);
  step (f, 1); /* on without them */
  assert_unsaved (f, TRUE, 0);
}

/* On from the past, or a reset: the plan is on the branch that was left. */
static void
test_left_plan_is_unsaved (Fixture *f, gconstpointer data)
{
  g_autoptr (GFile) file = g_file_new_for_path ("plan.nudge");

  step (f, 3);
  nudge_session_go_to (f->session, 1);
  settle (f);
  step (f, 1);
  assert_unsaved (f, TRUE, 0);
  g_assert_cmpuint (nudge_document_get_n_left_out (f->document), ==, 2);
  nudge_session_undo (f->session);
  settle (f);
  assert_unsaved (f, FALSE, 2);
  nudge_session_reset (f->session);
  settle (f);
  assert_unsaved (f, TRUE, 0);
  nudge_document_set_saved (f->document, file, nudge_document_get_revision (f->document));
  assert_unsaved (f, FALSE, 0);
  nudge_session_undo (f->session);
  settle (f);
  assert_unsaved (f, TRUE, 2);
}

/* A run without actions has nothing to be saved. */
static void
test_trained_is_not_unsaved (Fixture *f, gconstpointer data)
{
  step (f, 3);
  nudge_session_go_to (f->session, 1);
  settle (f);
  step (f, 1);
  nudge_session_reset (f->session);
  settle (f);
  nudge_session_undo (f->session);
  settle (f);
  assert_unsaved (f, FALSE, 0);
}

static void
test_lists_follow_and_the_mark_goes (Fixture *f, gconstpointer data)
{
  GListModel *landings = nudge_lists_get_landings (f->lists);

  step (f, 1);
  apply (f, "fc2.weight: a*w @ by hand a=0.5");
  step (f, 1);
  g_assert_cmpuint (g_list_model_get_n_items (landings), ==, 1);
  nudge_lists_set_marked (f->lists, frame_of (f)->landings[0].nudge);
  nudge_session_go_to (f->session, 0);
  settle (f);
  g_assert_cmpuint (frame_of (f)->n_landings, ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (landings), ==, 1); /* it is ahead */
  g_assert_nonnull (nudge_lists_get_marked (f->lists));
  step (f, 1); /* the same way */
  nudge_session_undo (f->session);
  settle (f);
  step (f, 2); /* another way */
  g_assert_cmpuint (g_list_model_get_n_items (landings), ==, 0);
  g_assert_null (nudge_lists_get_marked (f->lists));
}

/* The slider of the time was let go, and before a frame has shown where, a step is taken. */
static void
test_what_is_done_next_is_done_there (Fixture *f, gconstpointer data)
{
  step (f, 3);
  nudge_session_go_to (f->session, 2);
  nudge_session_go_to (f->session, 0);
  nudge_session_step (f->session);
  settle (f);
  g_assert_cmpuint (frame_of (f)->step, ==, 1);
  nudge_session_go_to (f->session, 0);
  nudge_session_go_to (f->session, 3);
  nudge_session_run_to_loss (f->session, INFINITY);
  settle (f);
  g_assert_cmpuint (frame_of (f)->step, ==, 4);
}

static void
test_edits_follow_their_nudge (Fixture *f, gconstpointer data)
{
  const guint64 fc1 = frame_of (f)->standing[0].id;
  const guint64 fc3 = frame_of (f)->standing[2].id;

  /* Before any frame has shown the one before. */
  nudge_lists_edit (f->lists, NN_EVENT_MOVE, fc1, 2);
  nudge_lists_edit (f->lists, NN_EVENT_PAUSE, fc1, 0);
  nudge_lists_edit (f->lists, NN_EVENT_REMOVE, fc3, 0);
  nudge_lists_edit (f->lists, NN_EVENT_PAUSE, fc3, 0);
  settle (f);
  g_assert_cmpuint (frame_of (f)->n_standing, ==, 2);
  g_assert_true (frame_of (f)->standing[1].id == fc1);
  g_assert_true (frame_of (f)->standing[1].paused);
  g_assert_false (frame_of (f)->standing[0].paused);
}

static void
test_what_was_done_is_said (Fixture *f, gconstpointer data)
{
  g_autofree char *nothing = nudge_document_dup_sentence (f->document);
  g_autofree char *landed = NULL;
  g_autofree char *undone = NULL;

  g_assert_cmpstr (nothing, ==, "");
  step (f, 1);
  apply (f, "fc2.weight: a*w @ by hand a=0.5");
  landed = nudge_document_dup_sentence (f->document);
  g_assert_true (g_str_has_prefix (landed, "fc2.weight: a·w, a = 0.5 applied after"));
  nudge_session_undo (f->session);
  settle (f);
  undone = nudge_document_dup_sentence (f->document);
  g_assert_cmpstr (undone, ==, "Undone: back to just before fc2.weight: 0.5·w, step 1");
}

static void
test_a_refusal_is_a_message (Fixture *f, gconstpointer data)
{
  apply (f, "fc2.weight: a*w @ by hand a=3e38");
  g_assert_null (f->message);
  apply (f, "fc2.weight: a*w @ by hand a=3e38");
  g_assert_nonnull (f->message);
  g_assert_true (g_str_has_prefix (f->message, "Refused: "));
}

static void
test_a_failure_is_named_and_gone (Fixture *f, gconstpointer data)
{
  g_autofree char *failure = NULL;

  act (f, 0, NUDGE_ACTION_SET, "*.weight: a*w @ every step a=1e13");
  g_object_set (f->session, "running", TRUE, NULL);
  settle (f);
  g_object_get (f->document, "failure", &failure, NULL);
  g_assert_nonnull (failure);
  g_assert_false (get_flag (f->session, "running"));
  g_clear_pointer (&failure, g_free);
  nudge_session_reset (f->session);
  settle (f);
  g_object_get (f->document, "failure", &failure, NULL);
  g_assert_null (failure);
}

/* Nothing that one is asked reaches the other. */
static void
test_two_documents_are_two_runs (Fixture *f, gconstpointer data)
{
  Fixture other = { NULL };

  set_up (&other, "seed-nudged");
  step (f, 2);
  apply (f, "fc2.weight: a*w @ by hand a=0.5");
  settle (&other);
  g_assert_cmpuint (frame_of (&other)->step, ==, 0);
  g_assert_cmpuint (frame_of (&other)->n_landings, ==, 0);
  step (&other, 1);
  g_assert_cmpuint (frame_of (&other)->n_landings, ==, 3);
  g_assert_cmpuint (frame_of (f)->n_standing, ==, 0);
  tear_down (&other, NULL);
}

static gboolean
has_trained (gpointer data)
{
  show (data);
  return frame_of (data)->step > 100;
}

/* The fixture's end checks that nothing keeps it. */
static void
test_goes_away_at_full_speed (Fixture *f, gconstpointer data)
{
  guint clock = g_timeout_add (2, tick_cb, NULL);

  g_object_set (f->session, "speed", 0.0, "running", TRUE, NULL);
  act (f, 2, NUDGE_ACTION_APPLY, "fc2.weight: a*w @ by hand a=0.5");
  g_assert_true (drive_until (has_trained, f));
  g_source_remove (clock);
}

#define ADD(name, demo, function)                                                        \
  g_test_add ("/app/document/" name, Fixture, demo, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("is-paused-at-first", NULL, test_is_paused_at_first);
  ADD ("what-is-set-is-said-once", NULL, test_what_is_set_is_said_once);
  ADD ("a-note-of-an-edit-is-said-once", NULL, test_a_note_of_an_edit_is_said_once);
  ADD ("the-guard-is-undone", NULL, test_the_guard_is_undone);
  ADD ("a-nudge-that-waits-is-pending", NULL, test_a_nudge_that_waits_is_pending);
  ADD ("done-is-unsaved-until-it-is-saved", NULL, test_done_is_unsaved_until_it_is_saved);
  g_test_add ("/app/document/undone-of-a-plan-is-unsaved", Fixture, NULL, set_up_plan,
              test_undone_of_a_plan_is_unsaved, tear_down);
  g_test_add ("/app/document/left-plan-is-unsaved", Fixture, NULL, set_up_plan,
              test_left_plan_is_unsaved, tear_down);
  ADD ("trained-is-not-unsaved", NULL, test_trained_is_not_unsaved);
  ADD ("lists-follow-and-the-mark-goes", NULL, test_lists_follow_and_the_mark_goes);
  ADD ("what-is-done-next-is-done-there", NULL, test_what_is_done_next_is_done_there);
  ADD ("edits-follow-their-nudge", "seed-nudged", test_edits_follow_their_nudge);
  ADD ("what-was-done-is-said", NULL, test_what_was_done_is_said);
  ADD ("a-refusal-is-a-message", NULL, test_a_refusal_is_a_message);
  ADD ("a-failure-is-named-and-gone", NULL, test_a_failure_is_named_and_gone);
  ADD ("two-documents-are-two-runs", NULL, test_two_documents_are_two_runs);
  ADD ("goes-away-at-full-speed", NULL, test_goes_away_at_full_speed);
  return g_test_run ();
}

/* test-nudge-window-recovery.c - what is kept of a run, and recovered after a crash
 *
 * SPDX-License-Identifier: MIT
 */

#include "tests/app/window-dialogs.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#include "app/nudge-open.h"
#include "app/nudge-recovery.h"
#include "nn/io/nn-checkpoint-file.h"
#include "nn/io/nn-experiment-demo.h"

#define ENDED "Nudge Ended Unexpectedly"

/* --- The state folder -------------------------------------------------------------- */

static char *
dup_folder (void)
{
  return g_build_filename (g_get_user_state_dir (), "nudge", NULL);
}

/* Returns: (transfer full) (nullable): the path of a file with @ending */
static char *
find_kept (const char *ending)
{
  g_autofree char *folder = dup_folder ();
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)))
    if (g_str_has_suffix (name, ending))
      return g_build_filename (folder, name, NULL);
  return NULL;
}

static gboolean
is_kept (gpointer ending)
{
  g_autofree char *path = find_kept (ending);

  return path != NULL;
}

static gboolean
is_gone (gpointer ending)
{
  return !is_kept (ending);
}

/* As an end without warning would leave it: without a lock. */
static void
copy_as_abandoned (const char *ending)
{
  g_autofree char *folder = dup_folder ();
  g_autofree char *name = g_strconcat ("run-1-1", ending, NULL);
  g_autofree char *to = g_build_filename (folder, name, NULL);
  g_autofree char *from = find_kept (ending);
  g_autofree char *contents = NULL;
  g_autoptr (GError) error = NULL;
  gsize n_bytes;

  g_assert_nonnull (from);
  g_assert_true (g_file_get_contents (from, &contents, &n_bytes, NULL));
  g_file_set_contents (to, contents, (gssize) n_bytes, &error);
  g_assert_no_error (error);
}

/* --- The window that ends ---------------------------------------------------------- */

static void
open_kept (Fixture *f, const char *demo)
{
  g_autoptr (NnExperiment) experiment = nn_experiment_new_demo (demo, NULL);
  g_autoptr (NudgeDocument) document = nudge_document_new (experiment, NULL);

  nudge_window_set_document (f->window, NULL);
  nudge_open_document_in (f->window, document);
  drive_present (GTK_WINDOW (f->window));
  g_assert_true (drive_until (has_frame, f));
  find_controls (f);
}

/* Where the newest step and all that was done are in the checkpoint. */
typedef struct {
  guint64 step;
  gsize n_events;
} Wanted;

static gboolean
is_written (gpointer data)
{
  const Wanted *wanted = data;
  char ending[] = NN_CHECKPOINT_ENDING;
  g_autofree char *path = find_kept (ending);
  g_autoptr (NnCheckpointFile) file =
      path ? nn_checkpoint_file_load (path, NULL, NULL) : NULL;

  return file && file->step == wanted->step &&
         file->experiment->events->len == wanted->n_events;
}

/* At step 3, with a nudge after the second. Returns: (transfer full): its frame then */
static NnFrame *
work_and_leave (Fixture *f)
{
  Wanted wanted = { 3, 1 };

  open_kept (f, "seed");
  step_to (f, 1);
  step_to (f, 2);
  drive_click (find (f, "Apply to fc2", GTK_ACCESSIBLE_ROLE_BUTTON), 0.5, 0.5);
  g_assert_true (drive_until (has_landed, f));
  step_to (f, 3);
  g_assert_true (drive_until (is_written, &wanted));
  copy_as_abandoned (NN_CHECKPOINT_ENDING);
  copy_as_abandoned (".note");
  return nn_frame_ref (nudge_document_get_frame (nudge_window_get_document (f->window)));
}

static void
close_document (Fixture *f)
{
  nudge_window_set_document (f->window, NULL);
}

static gboolean
is_at_three (gpointer data)
{
  Fixture *f = data;

  return nudge_window_get_document (f->window) && has_frame (f) &&
         frame_of (f)->step == 3;
}

static void
test_recovers_the_very_step (Fixture *f, gconstpointer data)
{
  g_autoptr (NnFrame) left = work_and_leave (f);
  char ending[] = NN_CHECKPOINT_ENDING;
  gboolean unsaved;

  close_document (f);
  nudge_recovery_offer (f->window, NULL, NULL);
  dialogs_answer (ENDED, "_Recover");
  g_assert_true (drive_until (is_at_three, f));
  assert_same_values (frame_of (f), left);
  g_assert_true (frame_of (f)->can_undo);
  g_object_get (nudge_window_get_document (f->window), "unsaved", &unsaved, NULL);
  g_assert_true (unsaved);
  g_assert_nonnull (strstr (gtk_window_get_title (GTK_WINDOW (f->window)), "• Change"));
  g_assert_true (is_kept (ending)); /* it goes on being kept, … */
  close_document (f);
  g_assert_true (drive_until (is_gone, ending)); /* … until it is closed */
}

static void
test_what_is_discarded_goes (Fixture *f, gconstpointer data)
{
  g_autoptr (NnFrame) left = work_and_leave (f);
  char ending[] = NN_CHECKPOINT_ENDING;

  close_document (f);
  nudge_recovery_offer (f->window, NULL, NULL);
  dialogs_answer (ENDED, "_Discard");
  g_assert_true (drive_until (is_gone, ending));
}

static void
count_cb (gpointer n)
{
  (*(guint *) n)++;
}

/* What has a question of its own comes after all answers. */
static void
test_what_is_next_waits_for_the_answer (Fixture *f, gconstpointer data)
{
  g_autoptr (NnFrame) left = work_and_leave (f);
  char ending[] = NN_CHECKPOINT_ENDING;
  g_autoptr (GtkWidget) dialog = NULL;
  guint n = 0;

  close_document (f);
  g_assert_true (nudge_recovery_offer (f->window, count_cb, &n));
  dialog = dialogs_wait_for (ENDED);
  g_assert_cmpuint (n, ==, 0);
  dialogs_answer (ENDED, "_Discard");
  g_assert_true (drive_until (is_gone, ending));
  g_assert_cmpuint (n, ==, 1);
  g_assert_false (nudge_recovery_offer (f->window, count_cb, &n));
  g_assert_cmpuint (n, ==, 1);
}

/* A program that lives keeps its own. */
static void
test_what_is_open_is_not_offered (Fixture *f, gconstpointer data)
{
  Wanted wanted = { 1, 0 };
  char ending[] = NN_CHECKPOINT_ENDING;

  open_kept (f, "seed");
  g_assert_false (is_kept (ending)); /* nothing was done yet */
  step_to (f, 1);
  g_assert_true (drive_until (is_written, &wanted));
  nudge_recovery_offer (f->window, NULL, NULL);
  drive_settle (GTK_WIDGET (f->window));
  g_assert_null (dialogs_find (ENDED));
  close_document (f);
  g_assert_true (drive_until (is_gone, ending));
}

/* Named, and kept, and nothing of it is used. */
static void
test_a_damaged_one_is_set_aside (Fixture *f, gconstpointer data)
{
  g_autoptr (NnFrame) left = work_and_leave (f);
  g_autofree char *folder = dup_folder ();
  g_autofree char *path = g_build_filename (folder, "run-1-1" NN_CHECKPOINT_ENDING, NULL);
  g_autofree char *aside = g_strconcat (path, ".damaged", NULL);
  g_autofree char *contents = NULL;
  g_autoptr (GtkWidget) dialog = NULL;
  gsize n_bytes;

  close_document (f);
  g_assert_true (g_file_get_contents (path, &contents, &n_bytes, NULL));
  contents[n_bytes / 2] ^= 1;
  g_assert_true (g_file_set_contents (path, contents, (gssize) n_bytes, NULL));
  nudge_recovery_offer (f->window, NULL, NULL);
  dialog = dialogs_wait_for ("Cannot Recover");
  g_assert_nonnull (strstr (adw_message_dialog_get_body (ADW_MESSAGE_DIALOG (dialog)),
                            "run-1-1" NN_CHECKPOINT_ENDING ".damaged"));
  dialogs_answer_by_key ("Cannot Recover", "Escape");
  g_assert_null (nudge_window_get_document (f->window));
  g_assert_true (g_file_test (aside, G_FILE_TEST_EXISTS));
  g_assert_cmpint (g_remove (aside), ==, 0);
}

/* --- Where nothing can be kept ------------------------------------------------------ */

static void
put_file (const char *path)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, "", 0, &error);
  g_assert_no_error (error);
}

static void
remember_cb (NudgeDocument *document, const char *text, char **said)
{
  g_free (*said);
  *said = g_strdup (text);
}

static char *
dup_notice (Fixture *f)
{
  char *notice;

  g_object_get (nudge_window_get_document (f->window), "notice", &notice, NULL);
  return notice;
}

static gboolean
has_notice (gpointer data)
{
  g_autofree char *notice = dup_notice (data);

  return notice != NULL;
}

static gboolean
has_no_notice (gpointer data)
{
  return !has_notice (data);
}

/* With the reason, the danger and the remedy, in the window. */
static void
assert_says (Fixture *f, const char *reason)
{
  g_autofree char *notice = NULL;

  g_assert_true (drive_until (has_notice, f));
  notice = dup_notice (f);
  g_assert_nonnull (strstr (notice, "Cannot autosave: "));
  g_assert_nonnull (strstr (notice, reason));
  g_assert_nonnull (strstr (notice, "Save the document to keep it."));
  drive_settle (GTK_WIDGET (f->window));
  g_assert_true (gtk_widget_get_mapped (find (f, notice, GTK_ACCESSIBLE_ROLE_LABEL)));
}

static void
assert_works_again (Fixture *f, guint64 step, char **said)
{
  Wanted wanted = { step, 0 };

  step_to (f, step);
  g_assert_true (drive_until (is_written, &wanted));
  g_assert_true (drive_until (has_no_notice, f));
  g_assert_cmpstr (*said, ==, "Autosaving works again");
}

/* From the start on: the window trains, says it once, and goes on when there is one. */
static void
test_no_folder_is_said_once (Fixture *f, gconstpointer data)
{
  g_autofree char *folder = dup_folder ();
  g_autofree char *said = NULL;

  g_rmdir (folder);
  put_file (folder);
  open_kept (f, "seed");
  g_signal_connect (nudge_window_get_document (f->window), "message",
                    G_CALLBACK (remember_cb), &said);
  g_assert_false (has_notice (f));
  step_to (f, 1);
  assert_says (f, g_strerror (ENOTDIR));
  nudge_document_set_notice (nudge_window_get_document (f->window), NULL); /* closed */
  step_to (f, 2);
  g_assert_false (has_notice (f));
  g_assert_null (said);
  g_assert_cmpint (g_remove (folder), ==, 0);
  assert_works_again (f, 3, &said);
  close_document (f);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

/* While it is open: it goes on being kept in a new one. */
static void
test_a_removed_folder_is_made_anew (Fixture *f, gconstpointer data)
{
  g_autofree char *folder = dup_folder ();
  g_autofree char *away = g_strconcat (folder, ".away", NULL);
  g_autofree char *said = NULL;
  Wanted wanted = { 1, 0 };

  open_kept (f, "seed");
  g_signal_connect (nudge_window_get_document (f->window), "message",
                    G_CALLBACK (remember_cb), &said);
  step_to (f, 1);
  g_assert_true (drive_until (is_written, &wanted));
  g_assert_cmpint (g_rename (folder, away), ==, 0);
  wanted.step = 2;
  step_to (f, 2);
  g_assert_true (drive_until (is_written, &wanted));
  g_assert_false (has_notice (f));
  g_assert_null (said);
  close_document (f);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  g_assert_cmpint (g_rename (away, folder), ==, 0);
  nudge_recovery_offer (f->window, NULL, NULL);
  dialogs_answer (ENDED, "_Discard");
}

/* As a full disk is: there is a folder, and nothing can be written. */
static void
test_a_failed_write_is_said_once (Fixture *f, gconstpointer data)
{
  g_autofree char *said = NULL;
  struct rlimit before, none;
  Wanted wanted = { 1, 0 };

  open_kept (f, "seed");
  g_signal_connect (nudge_window_get_document (f->window), "message",
                    G_CALLBACK (remember_cb), &said);
  step_to (f, 1);
  g_assert_true (drive_until (is_written, &wanted));
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  none = before;
  none.rlim_cur = 1;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &none), ==, 0);
  step_to (f, 2);
  assert_says (f, g_strerror (EFBIG));
  step_to (f, 3);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
  assert_works_again (f, 4, &said);
  close_document (f);
}

/* What is beside the checkpoint is as much of what is offered. */
static void
test_a_failed_note_is_said_once (Fixture *f, gconstpointer data)
{
  g_autofree char *note = NULL;
  g_autofree char *said = NULL;
  Wanted wanted = { 1, 0 };

  open_kept (f, "seed");
  g_signal_connect (nudge_window_get_document (f->window), "message",
                    G_CALLBACK (remember_cb), &said);
  step_to (f, 1);
  g_assert_true (drive_until (is_written, &wanted));
  note = find_kept (".note");
  g_assert_nonnull (note);
  g_assert_cmpint (g_remove (note), ==, 0);
  g_assert_cmpint (g_mkdir (note, 0700), ==, 0);
  g_object_notify (G_OBJECT (nudge_window_get_document (f->window)), "unsaved");
  assert_says (f, g_strerror (EISDIR));
  step_to (f, 2); /* of which there is a checkpoint, and no note */
  wanted.step = 2;
  g_assert_true (drive_until (is_written, &wanted));
  g_assert_true (has_notice (f));
  g_assert_null (said);
  g_assert_cmpint (g_rmdir (note), ==, 0);
  assert_works_again (f, 3, &said);
  g_assert_true (g_file_test (note, G_FILE_TEST_IS_REGULAR));
  close_document (f);
}

/* --- A lesson ---------------------------------------------------------------------- */

typedef struct {
  Fixture *f;
  gsize at;
} AtLesson;

static const NnLesson *
get_lesson (Fixture *f)
{
  return nudge_learner_get_lesson (
      nudge_document_get_learner (nudge_window_get_document (f->window)));
}

static gboolean
is_at_lesson (gpointer data)
{
  const AtLesson *goal = data;
  NudgeDocument *document = nudge_window_get_document (goal->f->window);

  return document != NULL && has_frame (goal->f) &&
         nudge_learner_get_state (nudge_document_get_learner (document)) !=
             NUDGE_LEARNER_BUSY &&
         get_lesson (goal->f)->at == goal->at;
}

/* Where the learner is, by a way that leaves the run as it is. */
static gboolean
is_lesson_written (gpointer data)
{
  const gsize *at = data;
  char ending[] = NN_CHECKPOINT_ENDING;
  g_autofree char *path = find_kept (ending);
  g_autoptr (NnCheckpointFile) file =
      path ? nn_checkpoint_file_load (path, NULL, NULL) : NULL;

  return file && file->experiment->lesson->at == *at;
}

/* From the run to step 100, over a question, a nudge and its outcome to the next question,
 * which is answered. */
static void
learn_and_leave (Fixture *f)
{
  gsize written = 4;

  open_kept (f, "lesson-section");
  for (gsize at = 0; at < 4; at++) {
    NudgeLearner *learner =
        nudge_document_get_learner (nudge_window_get_document (f->window));
    AtLesson next = { f, at + 1 };

    if (at == 1)
      nudge_learner_answer (learner, 1);
    nudge_learner_next (learner);
    g_assert_true (drive_until (is_at_lesson, &next));
  }
  g_assert_true (drive_until (is_lesson_written, &written));
  copy_as_abandoned (NN_CHECKPOINT_ENDING);
  copy_as_abandoned (".note");
}

static void
test_a_lesson_goes_on_at_its_step (Fixture *f, gconstpointer data)
{
  AtLesson left = { f, 4 };
  const double *kept;
  double gradient;

  learn_and_leave (f);
  gradient = *(const double *) g_hash_table_lookup (get_lesson (f)->kept, "gradient");
  close_document (f);
  nudge_recovery_offer (f->window, NULL, NULL);
  dialogs_answer (ENDED, "_Recover");
  g_assert_true (drive_until (is_at_lesson, &left));
  g_assert_cmpuint (frame_of (f)->step, ==, 100);
  g_assert_cmpuint (frame_of (f)->n_landings, ==, 1);
  g_assert_cmpfloat (get_lesson (f)->answers[1], ==, 1);
  kept = g_hash_table_lookup (get_lesson (f)->kept, "gradient");
  g_assert_nonnull (kept);
  g_assert_cmpfloat (*kept, ==, gradient);
  for (gsize at = 4; at + 1 < get_lesson (f)->n_steps; at++) {
    AtLesson next = { f, at + 1 };

    nudge_learner_next (
        nudge_document_get_learner (nudge_window_get_document (f->window)));
    g_assert_true (drive_until (is_at_lesson, &next));
  }
  g_assert_cmpuint (frame_of (f)->step, ==, 400);
  close_document (f);
}

#define ADD(name, function)                                                              \
  g_test_add ("/app/window-recovery/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("recovers-the-very-step", test_recovers_the_very_step);
  ADD ("what-is-discarded-goes", test_what_is_discarded_goes);
  ADD ("what-is-next-waits-for-the-answer", test_what_is_next_waits_for_the_answer);
  ADD ("what-is-open-is-not-offered", test_what_is_open_is_not_offered);
  ADD ("a-damaged-one-is-set-aside", test_a_damaged_one_is_set_aside);
  ADD ("no-folder-is-said-once", test_no_folder_is_said_once);
  ADD ("a-removed-folder-is-made-anew", test_a_removed_folder_is_made_anew);
  ADD ("a-failed-write-is-said-once", test_a_failed_write_is_said_once);
  ADD ("a-failed-note-is-said-once", test_a_failed_note_is_said_once);
  ADD ("a-lesson-goes-on-at-its-step", test_a_lesson_goes_on_at_its_step);
  return fixture_run ();
}

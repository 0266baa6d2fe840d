/* test-nudge-window-files.c - documents and their files: opened, saved, closed
 *
 * SPDX-License-Identifier: MIT
 */

#include "tests/app/window-dialogs.h"

#include <string.h>
#include <unistd.h>

#include "app/base/nudge-close.h"
#include "app/base/nudge-reading.h"
#include "app/nudge-open.h"
#include "nn/io/nn-experiment-demo.h"
#include "nn/io/nn-experiment-file.h"
#include "ui/base/nudge-menus.h"

/* Documents that are opened in one window: some in an ordinary run, many in a slow one (-m
 * slow), which takes minutes. */
#ifdef __SANITIZE_ADDRESS__ /* which says itself what is left, and is slow */
#define SOME 2
#else
#define SOME 24
#endif
#define MANY 1000

/* The allocators keep this much more at their high-water mark from one time to the next. */
#define SLACK_KIB 2048

#define QUESTION "Save Changes?"

/* --- Reading the window ------------------------------------------------------------ */

static NudgeDocument *
get_document (Fixture *f)
{
  return nudge_window_get_document (f->window);
}

static GtkApplication *
get_application (Fixture *f)
{
  return gtk_window_get_application (GTK_WINDOW (f->window));
}

static gboolean
is_unsaved (Fixture *f)
{
  gboolean unsaved;

  g_object_get (get_document (f), "unsaved", &unsaved, NULL);
  return unsaved;
}

static gboolean
is_saved (gpointer data)
{
  return !is_unsaved (data);
}

static void
assert_title (Fixture *f, const char *name)
{
  g_autofree char *title = g_strdup_printf ("%s – Nudge", name);

  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (f->window)), ==, title);
}

static guint
count_windows (Fixture *f)
{
  guint n = 0;

  for (GList *each = gtk_application_get_windows (get_application (f)); each;
       each = each->next)
    n += NUDGE_IS_WINDOW (each->data);
  return n;
}

static void
act (Fixture *f, const char *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (f->window), action, NULL));
}

static void
do_work (Fixture *f)
{
  drive_click (find (f, "Apply to fc2", GTK_ACCESSIBLE_ROLE_BUTTON), 0.5, 0.5);
  g_assert_true (drive_until (has_landed, f));
}

/* Returns: (transfer full): what a test's window opens on beside the fixture's */
static NudgeDocument *
make_document (const char *demo)
{
  g_autoptr (NnExperiment) experiment = nn_experiment_new_demo (demo, NULL);
  NudgeDocument *document = nudge_document_new (experiment, NULL);

  g_assert_nonnull (document);
  return document;
}

static gboolean
shows_another (gpointer data)
{
  Fixture *f = data;

  return has_frame (f) &&
         !g_str_equal (nudge_document_get_experiment (get_document (f))->name, "seed");
}

static char *
put_experiment (Fixture *f, const char *name)
{
  g_autoptr (NnExperiment) experiment = nn_experiment_new_demo ("seed-nudged", NULL);
  char *path = g_build_filename (f->scratch.folder, name, NULL);

  g_assert_true (nn_experiment_file_save (experiment, path, NULL));
  return path;
}

/* --- Saving ------------------------------------------------------------------------ */

/* The first time a demo asks for a file, from then on Save goes there; the title says
 * what is unsaved. */
static void
test_saves_to_the_file_it_asked_for (Fixture *f, gconstpointer data)
{
  g_autofree char *path = g_strconcat (f->scratch.path, ".nudge", NULL);
  g_autoptr (NnExperiment) first = NULL;
  g_autoptr (NnExperiment) second = NULL;

  assert_title (f, "Change weights by hand, keep gradients");
  do_work (f);
  assert_title (f, "• Change weights by hand, keep gradients");
  g_assert_nonnull (
      find_described (GTK_WIDGET (f->window), "Document, with unsaved changes"));
  dialogs_key ("ctrl+s");
  dialogs_save_as (f->scratch.folder, "wanted");
  g_assert_true (drive_until (is_saved, f));
  assert_title (f, "wanted.nudge");
  first = nn_experiment_file_load_full (path, NULL, NULL);
  g_assert_cmpuint (first->events->len, ==, 1);

  do_work (f);
  drive_click (find (f, "Apply to fc1", GTK_ACCESSIBLE_ROLE_BUTTON), 0.5, 0.5);
  assert_title (f, "• wanted.nudge");
  dialogs_key ("ctrl+s");
  g_assert_true (drive_until (is_saved, f));
  second = nn_experiment_file_load_full (path, NULL, NULL);
  g_assert_cmpuint (second->events->len, ==, 2 + 1);
}

static gboolean
is_there (gpointer path)
{
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* What the file's log has is done as the run passes its steps, which it has not yet. */
static void
test_a_log_that_is_to_come_is_saved (Fixture *f, gconstpointer data)
{
  g_autofree char *mine = g_build_filename (f->scratch.folder, "mine.nudge", NULL);
  g_autofree char *path = g_strconcat (f->scratch.path, ".nudge", NULL);
  g_autoptr (NnExperiment) experiment = NULL;

  put_contents (mine, "{ \"nudge\": 1, \"seed\": 1,"
                      "  \"data\": { \"source\": \"uniform\", \"examples\": 3,"
                      "              \"features\": 1 },"
                      "  \"network\": { \"layers\": [ { \"name\": \"fc1\","
                      "                                 \"units\": 1 } ] },"
                      "  \"loss\": { \"type\": \"squared_sum\", \"target\": 5 },"
                      "  \"log\": [ { \"step\": 9, \"do\": \"nudge\","
                      "               \"nudge\": \"fc1: flip\" } ] }");
  nudge_open_file_in (f->window, mine);
  g_assert_true (drive_until (shows_another, f));
  act (f, "win.save-as");
  dialogs_save_as (f->scratch.folder, "wanted");
  g_assert_true (drive_until (is_there, path));
  experiment = nn_experiment_file_load_full (path, NULL, NULL);
  g_assert_cmpuint (experiment->events->len, ==, 1);
}

static void
save_at_once (Fixture *f, const char *name)
{
  act (f, "win.save-as");
  dialogs_save_as (f->scratch.folder, name);
  g_assert_true (drive_until (is_saved, f));
}

static void
test_asks_before_it_replaces_what_others_wrote (Fixture *f, gconstpointer data)
{
  g_autofree char *path = g_strconcat (f->scratch.path, ".nudge", NULL);
  g_autofree char *kept = NULL;

  do_work (f);
  save_at_once (f, "wanted.nudge");
  put_contents (path, "theirs");
  do_work (f);
  dialogs_key ("ctrl+s");
  dialogs_answer_by_key ("“wanted.nudge” Has Changed on Disk", "Escape");
  g_assert_true (g_file_get_contents (path, &kept, NULL, NULL));
  g_assert_cmpstr (kept, ==, "theirs");
  dialogs_key ("ctrl+s");
  dialogs_answer ("“wanted.nudge” Has Changed on Disk", "_Overwrite");
  g_assert_true (drive_until (is_saved, f));
}

/* --- Closing ----------------------------------------------------------------------- */

static Fixture
open_second (Fixture *f)
{
  Fixture second = { .window = nudge_window_new (get_application (f)) };
  g_autoptr (NudgeDocument) document = make_document ("seed");

  nudge_window_set_document (second.window, document);
  drive_present (GTK_WINDOW (second.window));
  g_assert_true (drive_until (has_frame, &second));
  find_controls (&second);
  return second;
}

static gboolean
has_one_window (gpointer data)
{
  return count_windows (data) == 1;
}

static void
test_closing_asks_once (Fixture *f, gconstpointer data)
{
  Fixture second = open_second (f);

  do_work (&second);
  dialogs_key ("ctrl+w");
  dialogs_answer_by_key (QUESTION, "Escape");
  g_assert_cmpuint (count_windows (f), ==, 2);
  g_assert_true (is_unsaved (&second));
  dialogs_key ("ctrl+w");
  dialogs_answer (QUESTION, "_Discard");
  g_assert_true (drive_until (has_one_window, f));
}

static void
test_closing_saves_if_asked_to (Fixture *f, gconstpointer data)
{
  g_autofree char *path = g_strconcat (f->scratch.path, ".nudge", NULL);
  g_autoptr (NnExperiment) saved = NULL;
  Fixture second = open_second (f);

  do_work (&second);
  dialogs_key ("ctrl+w");
  dialogs_answer (QUESTION, "_Save");
  dialogs_save_as (f->scratch.folder, "wanted");
  g_assert_true (drive_until (has_one_window, f));
  saved = nn_experiment_file_load_full (path, NULL, NULL);
  g_assert_cmpuint (saved->events->len, ==, 1);
}

/* Run trains the same steps again, to the bit. */
static void
test_steps_alone_are_no_work (Fixture *f, gconstpointer data)
{
  Fixture second = open_second (f);

  step_to (&second, 1);
  drive_click (second.reset, 0.5, 0.5);
  g_assert_true (drive_until (is_at_start, &second));
  dialogs_key ("ctrl+w");
  g_assert_true (drive_until (has_one_window, f));
}

static void
test_quit_asks_window_by_window (Fixture *f, gconstpointer data)
{
  Fixture second;

  do_work (f);
  second = open_second (f);
  do_work (&second);
  dialogs_key ("ctrl+q");
  dialogs_answer (QUESTION, "_Discard");
  g_assert_true (drive_until (has_one_window, f));
  dialogs_answer (QUESTION, "_Cancel");
  g_assert_cmpuint (count_windows (f), ==, 1);
  g_assert_true (is_unsaved (f));
}

/* Its folder is gone, and then its window, too. */
static void
test_a_failure_is_said_after_its_window (Fixture *f, gconstpointer data)
{
  g_autofree char *path =
      g_build_filename (f->scratch.folder, "gone", "wanted.nudge", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  Fixture second = open_second (f);
  g_autoptr (GtkWidget) dialog = NULL;

  do_work (&second);
  nudge_document_set_saved (get_document (&second), file, 0);
  act (&second, "win.save");
  gtk_window_destroy (GTK_WINDOW (second.window));
  dialog = dialogs_wait_for ("Could not save");
  g_assert_true (gtk_window_get_application (GTK_WINDOW (dialog)) == get_application (f));
  dialogs_answer_by_key ("Could not save", "Escape");
}

/* --- Opening ----------------------------------------------------------------------- */

static void
open_demo (Fixture *f, const char *name)
{
  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.open-demo", "s", name);
}

static void
test_a_demo_opens_in_place (Fixture *f, gconstpointer data)
{
  open_demo (f, "seed-nudged");
  g_assert_true (drive_until (shows_another, f));
  g_assert_cmpuint (count_windows (f), ==, 1);
}

static void
test_replacing_work_asks (Fixture *f, gconstpointer data)
{
  NudgeDocument *document = get_document (f);

  do_work (f);
  dialogs_key ("ctrl+n");
  dialogs_answer (QUESTION, "_Cancel");
  g_assert_true (get_document (f) == document);
  dialogs_key ("ctrl+n");
  dialogs_answer (QUESTION, "_Discard");
  g_assert_true (drive_until (shows_another, f));
  assert_title (f, "New Experiment");
  g_assert_cmpuint (count_windows (f), ==, 1);
}

/* Of the menu that all windows share. */
static gboolean
mine_is_recent (gpointer data)
{
  GMenuModel *menu = nudge_menus_get ("recent");
  g_autofree char *label = NULL;

  return g_menu_model_get_n_items (menu) > 0 &&
         g_menu_model_get_item_attribute (menu, 0, G_MENU_ATTRIBUTE_LABEL, "s", &label) &&
         g_str_equal (label, "mine.nudge");
}

static void
test_open_asks_for_a_file (Fixture *f, gconstpointer data)
{
  g_autofree char *path = put_experiment (f, "mine.nudge");

  dialogs_key ("ctrl+o");
  dialogs_open_file (path);
  g_assert_true (drive_until (shows_another, f));
  assert_title (f, "mine.nudge");
  g_assert_cmpuint (count_windows (f), ==, 1);
  g_assert_true (drive_until (mine_is_recent, NULL));
}

static gboolean
has_two_windows (gpointer data)
{
  return count_windows (data) == 2;
}

static void
close_others (Fixture *f)
{
  GList *windows = g_list_copy (gtk_application_get_windows (get_application (f)));

  for (GList *each = windows; each; each = each->next)
    if (each->data != f->window)
      gtk_window_destroy (each->data);
  g_list_free (windows);
}

static void
test_a_new_window_opens_beside (Fixture *f, gconstpointer data)
{
  NudgeDocument *document = get_document (f);

  dialogs_key ("ctrl+shift+n");
  g_assert_true (drive_until (has_two_windows, f));
  g_assert_true (get_document (f) == document);
  close_others (f);
}

/* @paths: NULL-terminated, dropped at once */
static void
drop_paths (Fixture *f, const char *const *paths)
{
  g_autoptr (GListModel) controllers =
      gtk_widget_observe_controllers (GTK_WIDGET (f->window));
  GSList *files = NULL;
  g_auto (GValue) value = G_VALUE_INIT;
  gboolean taken = FALSE;

  for (gsize i = 0; paths[i] != NULL; i++)
    files = g_slist_append (files, g_file_new_for_path (paths[i]));
  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_set_boxed (&value, files);
  g_slist_free_full (files, g_object_unref);
  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++) {
    g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

    if (GTK_IS_DROP_TARGET (controller))
      g_signal_emit_by_name (controller, "drop", &value, 0.0, 0.0, &taken);
  }
  g_assert_true (taken);
}

static void
drop_path (Fixture *f, const char *path)
{
  drop_paths (f, (const char *[]){ path, NULL });
}

static void
test_a_dropped_file_replaces_what_is_untouched (Fixture *f, gconstpointer data)
{
  g_autofree char *path = put_experiment (f, "mine.nudge");

  drop_path (f, path);
  g_assert_true (drive_until (shows_another, f));
  assert_title (f, "mine.nudge");
  g_assert_cmpuint (count_windows (f), ==, 1);
}

static void
test_a_dropped_file_opens_beside_a_run (Fixture *f, gconstpointer data)
{
  g_autofree char *path = put_experiment (f, "mine.nudge");
  NudgeDocument *document = get_document (f);

  step_to (f, 1);
  drop_path (f, path);
  g_assert_true (drive_until (has_two_windows, f));
  g_assert_true (get_document (f) == document);
  close_others (f);
}

/* The first in place of what is untouched, which it is itself when the second comes. */
static void
test_files_dropped_at_once_all_open (Fixture *f, gconstpointer data)
{
  g_autofree char *first = put_experiment (f, "first.nudge");
  g_autofree char *second = put_experiment (f, "second.nudge");

  drop_paths (f, (const char *[]){ first, second, NULL });
  g_assert_true (drive_until (shows_another, f));
  g_assert_true (drive_until (has_two_windows, f));
  assert_title (f, "first.nudge");
  close_others (f);
}

/* As the two files of MNIST are. The labels are no data by themselves. */
static void
test_labels_open_with_their_pictures (Fixture *f, gconstpointer data)
{
  g_autofree char *labels = scratch_copy_table (&f->scratch, "labels-idx1-ubyte.gz");
  g_autofree char *pictures = scratch_copy_table (&f->scratch, "pictures-idx3-ubyte.gz");
  g_autofree char *mine = put_experiment (f, "mine.nudge");

  drop_paths (f, (const char *[]){ labels, pictures, mine, NULL });
  g_assert_true (drive_until (shows_another, f));
  g_assert_true (drive_until (has_two_windows, f));
  assert_title (f, "pictures-idx3-ubyte");
  close_others (f);
}

/* Not where the user was before, in another window. */
static void
test_a_file_opens_where_it_is_dropped (Fixture *f, gconstpointer data)
{
  g_autofree char *path = put_experiment (f, "mine.nudge");
  Fixture second = open_second (f);

  drop_path (f, path);
  g_assert_true (drive_until (shows_another, f));
  g_assert_false (shows_another (&second));
  assert_title (f, "mine.nudge");
  close_others (f);
}

static gboolean
about_file_is_said (gpointer window)
{
  GtkLabel *label = find_described (window, "About the file");

  return gtk_widget_get_mapped (GTK_WIDGET (label)) &&
         strstr (gtk_label_get_text (label), "another window") != NULL;
}

static void
test_a_file_that_is_open_twice_says_so (Fixture *f, gconstpointer data)
{
  g_autofree char *path = put_experiment (f, "mine.nudge");
  GtkWindow *second;

  drop_path (f, path);
  g_assert_true (drive_until (shows_another, f));
  step_to (f, 1);
  drop_path (f, path);
  g_assert_true (drive_until (has_two_windows, f));
  second = gtk_application_get_active_window (get_application (f));
  g_assert_true (second != GTK_WINDOW (f->window));
  g_assert_true (drive_until (about_file_is_said, second));
  g_assert_false (about_file_is_said (f->window));
  close_others (f);
}

static void
test_what_does_not_open_is_said (Fixture *f, gconstpointer data)
{
  g_autofree char *path = g_build_filename (f->scratch.folder, "broken.nudge", NULL);
  NudgeDocument *document = get_document (f);
  g_autoptr (GtkWidget) dialog = NULL;

  put_contents (path, "{ \"nudge\": 1,\n \"sed\": 2 }");
  drop_path (f, path);
  dialog = dialogs_wait_for ("Could not open “broken.nudge”");
  g_assert_nonnull (
      strstr (adw_message_dialog_get_body (ADW_MESSAGE_DIALOG (dialog)), "sed"));
  dialogs_answer_by_key ("Could not open “broken.nudge”", "Escape");
  g_assert_true (get_document (f) == document);
}

/* As a large file is read; to the end of the world. */
static gpointer
read_slowly (const char *path,
             gconstpointer data,
             const NnProgress *progress,
             GError **error)
{
  while (nn_progress_report (progress, 0.5, error))
    g_usleep (1000);
  return NULL;
}

static void
cancelled_cb (GObject *source, GAsyncResult *result, gpointer cancelled)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (nudge_reading_finish (result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  *(gboolean *) cancelled = TRUE;
}

static gboolean
is_true (gpointer flag)
{
  return *(gboolean *) flag;
}

static void
test_reading_shows_progress_and_can_be_cancelled (Fixture *f, gconstpointer data)
{
  const NudgeReading what = { .path = "slow.csv", .read = read_slowly };
  gboolean cancelled = FALSE;

  nudge_reading_async (get_application (f), GTK_WINDOW (f->window), &what, cancelled_cb,
                       &cancelled);
  dialogs_answer ("Opening “slow.csv”", "_Cancel");
  g_assert_true (drive_until (is_true, &cancelled));
}

/* --- A program and its data --------------------------------------------------------- */

#define WITH_DATA                                                                        \
  "{ \"nudge\": 1, \"data\": { \"source\": \"csv\", \"file\": \"data.csv\" },"           \
  "  \"network\": { \"layers\": [ { \"units\": 1 } ] },"                                 \
  "  \"loss\": { \"type\": \"mse\" } }"
#define N_ROWS 2000 /* too many for the text of a program */

static void
open_with_data (Fixture *f)
{
  g_autofree char *mine = g_build_filename (f->scratch.folder, "mine.nudge", NULL);
  g_autofree char *csv = g_build_filename (f->scratch.folder, "data.csv", NULL);
  g_autoptr (GString) rows = g_string_new ("x,y\n");

  for (guint i = 0; i < N_ROWS; i++)
    g_string_append_printf (rows, "%u.5,%u.25\n", i % 7, i % 5);
  put_contents (csv, rows->str);
  put_contents (mine, WITH_DATA);
  nudge_open_file_in (f->window, mine);
  g_assert_true (drive_until (shows_another, f));
}

static gboolean
is_archive (const char *path)
{
  g_autofree char *text = NULL;

  return g_file_get_contents (path, &text, NULL, NULL) && g_str_has_prefix (text, "PK");
}

/* The file chooser asks about the program alone. */
static void
test_a_program_replaces_no_other_file (Fixture *f, gconstpointer data)
{
  g_autofree char *program = g_strconcat (f->scratch.path, ".py", NULL);
  g_autofree char *beside = g_strconcat (f->scratch.path, ".npz", NULL);

  open_with_data (f);
  put_contents (beside, "theirs");
  act (f, "win.export-script");
  dialogs_save_as (f->scratch.folder, "wanted.py");
  dialogs_answer ("Replace “wanted.npz”?", "_Cancel");
  assert_contents (beside, "theirs");
  g_assert_false (is_there (program));
  act (f, "win.export-script");
  dialogs_save_as (f->scratch.folder, "wanted.py");
  dialogs_answer ("Replace “wanted.npz”?", "_Replace");
  g_assert_true (drive_until (is_there, program));
  g_assert_true (is_archive (beside));
  g_assert_cmpint (unlink (program), ==, 0);
  act (f, "win.export-script"); /* the same data again are no loss */
  dialogs_save_as (f->scratch.folder, "wanted.py");
  g_assert_true (drive_until (is_there, program));
}

/* --- Memory ------------------------------------------------------------------------ */

typedef struct {
  Fixture *f;
  NudgeDocument *before; /* not to be used: it may be gone */
} Replaced;

static gboolean
is_replaced (gpointer data)
{
  Replaced *self = data;

  return get_document (self->f) != self->before && has_frame (self->f);
}

static void
open_in_place (Fixture *f, const char *path)
{
  NudgeDocument *before = g_object_ref (get_document (f));
  Replaced replaced = { f, before };

  nudge_open_file_in (f->window, path);
  g_assert_true (drive_until (is_replaced, &replaced));
  drive_settle (GTK_WIDGET (f->window));
  g_assert_finalize_object (before);
}

static void
test_documents_opened_in_place_leave_no_memory (Fixture *f, gconstpointer data)
{
  g_autofree char *path = put_experiment (f, "mine.nudge");
  const guint n = g_test_slow () ? MANY : SOME;
  gsize before;
  gsize after;

  for (guint i = 0; i < SOME; i++)
    open_in_place (f, path);
  before = fixture_get_resident_kib ();
  for (guint i = 0; i < n; i++)
    open_in_place (f, path);
  after = fixture_get_resident_kib ();
  g_test_message ("%u documents: %zu KiB before, %zu KiB after", n, before, after);
#ifndef __SANITIZE_ADDRESS__
  g_assert_cmpuint (after, <, before + SLACK_KIB);
#endif
}

#define ADD(name, function)                                                              \
  g_test_add ("/app/window-files/" name, Fixture, NULL, set_up, function, tear_down)

#define ADD_CHOOSER(name, function)                                                      \
  g_test_add ("/app/window-files/" name, Fixture, NULL, set_up_for_chooser, function,    \
              tear_down_after_chooser)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD_CHOOSER ("saves-to-the-file-it-asked-for", test_saves_to_the_file_it_asked_for);
  ADD_CHOOSER ("asks-before-it-replaces-what-others-wrote",
               test_asks_before_it_replaces_what_others_wrote);
  ADD_CHOOSER ("a-log-that-is-to-come-is-saved", test_a_log_that_is_to_come_is_saved);
  ADD_CHOOSER ("a-program-replaces-no-other-file", test_a_program_replaces_no_other_file);
  ADD ("closing-asks-once", test_closing_asks_once);
  ADD_CHOOSER ("closing-saves-if-asked-to", test_closing_saves_if_asked_to);
  ADD ("steps-alone-are-no-work", test_steps_alone_are_no_work);
  ADD ("quit-asks-window-by-window", test_quit_asks_window_by_window);
  ADD ("a-demo-opens-in-place", test_a_demo_opens_in_place);
  ADD ("replacing-work-asks", test_replacing_work_asks);
  ADD_CHOOSER ("open-asks-for-a-file", test_open_asks_for_a_file);
  ADD ("a-new-window-opens-beside", test_a_new_window_opens_beside);
  ADD ("a-failure-is-said-after-its-window", test_a_failure_is_said_after_its_window);
  ADD ("a-dropped-file-replaces-what-is-untouched",
       test_a_dropped_file_replaces_what_is_untouched);
  ADD ("files-dropped-at-once-all-open", test_files_dropped_at_once_all_open);
  ADD ("labels-open-with-their-pictures", test_labels_open_with_their_pictures);
  ADD ("a-file-opens-where-it-is-dropped", test_a_file_opens_where_it_is_dropped);
  ADD ("a-dropped-file-opens-beside-a-run", test_a_dropped_file_opens_beside_a_run);
  ADD ("a-file-that-is-open-twice-says-so", test_a_file_that_is_open_twice_says_so);
  ADD ("what-does-not-open-is-said", test_what_does_not_open_is_said);
  ADD ("reading-shows-progress-and-can-be-cancelled",
       test_reading_shows_progress_and_can_be_cancelled);
  ADD ("documents-opened-in-place-leave-no-memory",
       test_documents_opened_in_place_leave_no_memory);
  return fixture_run ();
}

/* test-nudge-window-plan.c - a document whose actions are still to come loses none of them
 *
 * SPDX-License-Identifier: MIT
 */

#include "tests/app/window-dialogs.h"

#include "app/nudge-open.h"
#include "nn/io/nn-experiment-file.h"
#include "ui/base/nudge-list.h"

#define N_PLANNED 4
#define QUESTION  "Save Without 4 Coming Actions?"

static const char plan[] =
    "{ \"nudge\": 1, \"seed\": 1,"
    "  \"data\": { \"source\": \"uniform\", \"examples\": 3, \"features\": 1 },"
    "  \"network\": { \"layers\": [ { \"name\": \"fc1\", \"units\": 2 },"
    "                               { \"name\": \"fc2\", \"units\": 1 } ] },"
    "  \"loss\": { \"type\": \"squared_sum\", \"target\": 5 },"
    "  \"log\": ["
    "    { \"step\": 2, \"do\": \"nudge\", \"nudge\": \"fc1.weight: 0.5*w\" },"
    "    { \"step\": 3, \"do\": \"edit\","
    "      \"optimizer\": { \"type\": \"sgd\", \"lr\": 0.001 } },"
    "    { \"step\": 4, \"do\": \"edit\", \"network\": { \"layers\": ["
    "      { \"name\": \"fc1\", \"units\": 2 }, { \"name\": \"mid\", \"units\": 2 },"
    "      { \"name\": \"fc2\", \"units\": 1 } ] } },"
    "    { \"step\": 5, \"do\": \"nudge\", \"nudge\": \"mid.weight: 0.9*w\" } ] }";

static const char *const words[N_PLANNED] = { "fc1.weight: 0.5*w", "sgd, lr 0.001",
                                              "layers 2–2–1", "mid.weight: 0.9*w" };

/* --- Reading the window ------------------------------------------------------------ */

static gboolean
is_open (gpointer data)
{
  Fixture *f = data;

  return has_frame (f) && frame_of (f)->n_coming == N_PLANNED;
}

static char *
dup_text (const char *path)
{
  char *text;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

/* Returns: (transfer full): the path of the plan, as Nudge itself writes it */
static char *
open_plan (Fixture *f)
{
  char *path = g_build_filename (f->scratch.folder, "plan.nudge", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (NnExperiment) experiment =
      nn_experiment_file_parse (plan, sizeof plan - 1, "plan", &error);

  g_assert_no_error (error);
  g_assert_true (nn_experiment_file_save (experiment, path, &error));
  nudge_open_file_in (f->window, path);
  g_assert_true (drive_until (is_open, f));
  find_controls (f);
  return path;
}

static GtkWidget *
find_row (Fixture *f, guint index)
{
  GtkWidget *row = gtk_widget_get_first_child (find (f, "Log", GTK_ACCESSIBLE_ROLE_LIST));

  while (row && index-- > 0)
    row = gtk_widget_get_next_sibling (row);
  return row ? gtk_widget_get_first_child (row) : NULL;
}

/* The log's rows from @index on say what is to come from @first on. */
static gboolean
rows_come (Fixture *f, guint index, guint first)
{
  for (guint i = first; i < N_PLANNED; i++) {
    g_autofree char *whole =
        g_strdup_printf ("%s\nto come, after step %u", words[i], 2 + i);
    GtkWidget *row = find_row (f, index++);

    if (row == NULL || g_strcmp0 (gtk_widget_get_tooltip_text (row), whole) != 0)
      return FALSE;
  }
  return find_row (f, index) == NULL;
}

static gboolean
all_come (gpointer data)
{
  return rows_come (data, 0, 0);
}

/* Below what was undone, and can be redone. */
static gboolean
all_come_again (gpointer data)
{
  Fixture *f = data;
  guint n_undone = 0;

  while (find_row (f, n_undone + N_PLANNED) != NULL)
    n_undone++;
  return frame_of (f)->can_redo && n_undone > 0 && rows_come (f, n_undone, 0);
}

static gboolean
has_left_plan (gpointer data)
{
  Fixture *f = data;

  return frame_of (f)->n_kept == N_PLANNED && frame_of (f)->n_coming == 0;
}

static gboolean
has_undone (gpointer data)
{
  return frame_of (data)->can_redo;
}

static gboolean
is_saved (gpointer data)
{
  Fixture *f = data;
  gboolean unsaved;

  g_object_get (nudge_window_get_document (f->window), "unsaved", &unsaved, NULL);
  return !unsaved;
}

/* --- What the user does ------------------------------------------------------------ */

static void
message_cb (GPtrArray *messages, const char *text)
{
  g_ptr_array_add (messages, g_strdup (text));
}

static void
act (Fixture *f)
{
  drive_click (find (f, "Apply to fc2", GTK_ACCESSIBLE_ROLE_BUTTON), 0.5, 0.5);
  g_assert_true (drive_until (has_left_plan, f));
}

static void
assert_file_is (const char *path, const char *expected)
{
  g_autofree char *text = dup_text (path);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_undo_brings_the_plan_back (Fixture *f, gconstpointer data)
{
  g_autofree char *path = open_plan (f);
  g_autofree char *opened = dup_text (path);
  g_autoptr (GPtrArray) messages = g_ptr_array_new_with_free_func (g_free);

  g_signal_connect_swapped (nudge_window_get_document (f->window), "message",
                            G_CALLBACK (message_cb), messages);
  g_assert_true (drive_until (all_come, f));
  g_assert_cmpstr (gtk_label_get_text (f->landing), ==,
                   "4 actions to come, the first after step 2");
  act (f);
  g_assert_cmpuint (messages->len, ==, 1);
  g_assert_cmpstr (messages->pdata[0], ==,
                   "4 coming actions stay on the branch that was left. Undo goes back "
                   "to them.");

  drive_key (GTK_WIDGET (f->window), "ctrl+z");
  g_assert_true (drive_until (all_come_again, f));
  dialogs_key ("ctrl+s");
  g_assert_true (drive_until (is_saved, f));
  assert_file_is (path, opened);
}

static void
test_a_save_that_would_lose_it_asks (Fixture *f, gconstpointer data)
{
  g_autofree char *path = open_plan (f);
  g_autofree char *opened = dup_text (path);
  g_autoptr (NnExperiment) saved = NULL;

  act (f);
  dialogs_key ("ctrl+s");
  dialogs_answer (QUESTION, "_Cancel");
  g_assert_false (is_saved (f));
  assert_file_is (path, opened);

  dialogs_key ("ctrl+s");
  dialogs_answer (QUESTION, "Save _Without Them");
  g_assert_true (drive_until (is_saved, f));
  saved = nn_experiment_file_load_full (path, NULL, NULL);
  g_assert_cmpuint (saved->events->len, ==, 1);

  /* It was asked once; and undo still has the plan. */
  drive_click (find (f, "Apply to fc1", GTK_ACCESSIBLE_ROLE_BUTTON), 0.5, 0.5);
  dialogs_key ("ctrl+s");
  g_assert_true (drive_until (is_saved, f));
  drive_key (GTK_WIDGET (f->window), "ctrl+z");
  drive_key (GTK_WIDGET (f->window), "ctrl+z");
  g_assert_true (drive_until (all_come_again, f));
  dialogs_key ("ctrl+s");
  g_assert_true (drive_until (is_saved, f));
  assert_file_is (path, opened);
}

static void
test_another_file_leaves_it_in_the_first (Fixture *f, gconstpointer data)
{
  g_autofree char *path = open_plan (f);
  g_autofree char *opened = dup_text (path);
  g_autofree char *other = g_strconcat (f->scratch.path, ".nudge", NULL);
  g_autoptr (NnExperiment) saved = NULL;

  act (f);
  dialogs_key ("ctrl+s");
  dialogs_answer (QUESTION, "Save _As…");
  dialogs_save_as (f->scratch.folder, "wanted");
  g_assert_true (drive_until (is_saved, f));
  assert_file_is (path, opened);
  saved = nn_experiment_file_load_full (other, NULL, NULL);
  g_assert_cmpuint (saved->events->len, ==, 1);
}

/* To the end of the plan and back; what is saved there is what was opened. */
static void
test_a_plan_that_is_followed_stays (Fixture *f, gconstpointer data)
{
  g_autofree char *path = open_plan (f);
  g_autofree char *opened = dup_text (path);

  for (guint64 step = 1; step <= 6; step++)
    step_to (f, step);
  g_assert_cmpuint (frame_of (f)->n_coming, ==, 0);
  g_assert_cmpuint (nn_log_get_n_events (frame_of (f)->log), ==, N_PLANNED);
  dialogs_key ("ctrl+s");
  g_assert_true (drive_until (is_saved, f));
  assert_file_is (path, opened);
}

/* Of a plan that was followed, one action is undone: the others stay, and it does not come
 * back with the file. */
static void
test_what_is_undone_is_not_saved (Fixture *f, gconstpointer data)
{
  g_autofree char *path = open_plan (f);
  g_autoptr (NnExperiment) saved = NULL;

  for (guint64 step = 1; step <= 3; step++)
    step_to (f, step);
  g_assert_true (is_saved (f));
  drive_key (GTK_WIDGET (f->window), "ctrl+z"); /* the optimizer */
  g_assert_true (drive_until (has_undone, f));
  g_assert_false (is_saved (f));
  dialogs_key ("ctrl+s");
  g_assert_true (drive_until (is_saved, f));
  saved = nn_experiment_file_load_full (path, NULL, NULL);
  g_assert_cmpuint (saved->events->len, ==, N_PLANNED - 1);
  g_assert_cmpuint (g_array_index (saved->events, NnEvent, 0).step, ==, 2);
  g_assert_cmpuint (g_array_index (saved->events, NnEvent, 1).step, ==, 4);
}

/* The layer is undone, and so what is to come for it cannot be. */
static void
test_what_needs_the_undone_is_asked_about (Fixture *f, gconstpointer data)
{
  g_autofree char *path = open_plan (f);
  g_autoptr (NnExperiment) saved = NULL;

  for (guint64 step = 1; step <= 4; step++)
    step_to (f, step);
  drive_key (GTK_WIDGET (f->window), "ctrl+z");
  g_assert_true (drive_until (has_undone, f));
  dialogs_key ("ctrl+s");
  dialogs_answer ("Save Without 1 Coming Action?", "Save _Without Them");
  g_assert_true (drive_until (is_saved, f));
  saved = nn_experiment_file_load_full (path, NULL, NULL);
  g_assert_cmpuint (saved->events->len, ==, 2);
}

#define ADD(name, function)                                                              \
  g_test_add ("/app/window-plan/" name, Fixture, NULL, set_up, function, tear_down)
#define ADD_WITH_CHOOSER(name, function)                                                 \
  g_test_add ("/app/window-plan/" name, Fixture, NULL, set_up_for_chooser, function,     \
              tear_down_after_chooser)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("undo-brings-the-plan-back", test_undo_brings_the_plan_back);
  ADD ("a-save-that-would-lose-it-asks", test_a_save_that_would_lose_it_asks);
  ADD ("what-is-undone-is-not-saved", test_what_is_undone_is_not_saved);
  ADD ("what-needs-the-undone-is-asked-about", test_what_needs_the_undone_is_asked_about);
  ADD ("a-plan-that-is-followed-stays", test_a_plan_that_is_followed_stays);
  ADD_WITH_CHOOSER ("another-file-leaves-it-in-the-first",
                    test_another_file_leaves_it_in_the_first);
  return fixture_run ();
}

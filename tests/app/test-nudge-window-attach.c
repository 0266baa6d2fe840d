/* test-nudge-window-attach.c - the window on PyTorch jobs that are really running
 *
 * SPDX-License-Identifier: MIT
 *
 * By real clicks, on scripts that know nothing of Nudge (tests/attach/job.py).
 */

#include "tests/app/window-fixture.h"

#include <gio/gio.h>
#include <string.h>

#include "app/nudge-attach-dialog.h"
#include "tests/app/window-dialogs.h"
#include "ui/nudge-drop-down.h"

#define STEPS "2000"
#define PAUSE                                                                            \
  "0.008" /* seconds between two steps, so that the job is there for as long */
#define EDIT                                                                             \
  "for p in model.parameters():\n"                                                       \
  "    if p.dim() == 2: p.copy_(0.99*p)\n"

typedef struct {
  Fixture f;
  GSubprocess *ranks[2]; /* (owned) (nullable) */
  guint64 step;          /* to be waited for */
} Attached;

/* ---- jobs --------------------------------------------------------------------------- */

static guint16
find_free_port (void)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();

  return g_socket_listener_add_any_inet_port (listener, NULL, NULL);
}

static GSubprocessLauncher *
new_launcher (const char *edit_at)
{
  GSubprocessLauncher *launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);

  g_subprocess_launcher_setenv (launcher, "PYTHONPATH", g_getenv ("NUDGE_CLIENT"), TRUE);
  g_subprocess_launcher_setenv (launcher, "PYTHONDONTWRITEBYTECODE", "1", TRUE);
  g_subprocess_launcher_setenv (launcher, "OMP_NUM_THREADS", "1", TRUE);
  if (edit_at != NULL)
    g_subprocess_launcher_setenv (launcher, "EDIT_AT", edit_at, TRUE);
  return launcher;
}

static GSubprocess *
spawn (GSubprocessLauncher *launcher,
       const char *kind,
       const char *out,
       const char *pause,
       const char *edit)
{
  g_autofree char *script = g_test_build_filename (G_TEST_DIST, "attach", "job.py", NULL);
  const char *argv[] = { "/usr/bin/python3",
                         "-B",
                         "-m",
                         "nudge_attach",
                         script,
                         kind,
                         STEPS,
                         out,
                         pause,
                         edit,
                         NULL };
  const char *alone[] = {
    "/usr/bin/python3", "-B", script, kind, STEPS, out, pause, edit, NULL
  };
  g_autoptr (GError) error = NULL;
  GSubprocess *job =
      g_subprocess_launcher_spawnv (launcher, edit != NULL ? alone : argv, &error);

  g_assert_no_error (error);
  return job;
}

/* @edit: (nullable): what is done to it in Python, and then nothing is attached to it */
static void
start_ranks (Attached *a, const char *out, const char *pause, const char *edit_at)
{
  g_autofree char *port = g_strdup_printf ("%u", find_free_port ());

  for (guint i = 0; i < G_N_ELEMENTS (a->ranks); i++) {
    g_autoptr (GSubprocessLauncher) launcher = new_launcher (edit_at);
    g_autofree char *rank = g_strdup_printf ("%u", i);

    g_subprocess_launcher_setenv (launcher, "RANK", rank, TRUE);
    g_subprocess_launcher_setenv (launcher, "WORLD_SIZE", "2", TRUE);
    g_subprocess_launcher_setenv (launcher, "MASTER_ADDR", "127.0.0.1", TRUE);
    g_subprocess_launcher_setenv (launcher, "MASTER_PORT", port, TRUE);
    g_clear_object (&a->ranks[i]);
    a->ranks[i] = spawn (launcher, "ddp", out, pause, edit_at ? EDIT : NULL);
  }
}

static void
finish_ranks (Attached *a)
{
  for (guint i = 0; i < G_N_ELEMENTS (a->ranks); i++) {
    g_autoptr (GError) error = NULL;

    g_subprocess_wait_check (a->ranks[i], NULL, &error);
    g_assert_no_error (error);
  }
}

static void
start_one (Attached *a, const char *kind)
{
  g_autoptr (GSubprocessLauncher) launcher = new_launcher (NULL);

  a->ranks[0] = spawn (launcher, kind, a->f.scratch.path, PAUSE, NULL);
}

/* ---- the window --------------------------------------------------------------------- */

static void
attached_set_up (Attached *a, gconstpointer data)
{
  set_up (&a->f, NULL);
  g_setenv ("XDG_RUNTIME_DIR", a->f.scratch.folder, TRUE);
}

static void
attached_tear_down (Attached *a, gconstpointer data)
{
  g_autofree char *folder = g_build_filename (a->f.scratch.folder, "nudge", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  for (guint i = 0; i < G_N_ELEMENTS (a->ranks); i++)
    if (a->ranks[i] != NULL) {
      g_subprocess_force_exit (a->ranks[i]);
      g_subprocess_wait (a->ranks[i], NULL, NULL);
      g_clear_object (&a->ranks[i]);
    }
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);

    g_remove (path);
  }
  g_rmdir (folder);
  tear_down (&a->f, NULL);
}

static GtkWidget *
find_dialog (void)
{
  g_autoptr (GListModel) windows = g_object_ref (gtk_window_get_toplevels ());

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++) {
    g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

    if (NUDGE_IS_ATTACH_DIALOG (window))
      return window;
  }
  return NULL;
}

static GtkWidget *
find_row (const char *text)
{
  GtkWidget *dialog = find_dialog ();
  GtkWidget *label = dialog ? drive_find_label (dialog, text) : NULL;

  return label != NULL && gtk_widget_get_mapped (label) ? label : NULL;
}

static gboolean
row_is_there (gpointer script)
{
  return find_row (script) != NULL;
}

static gboolean
is_attached (gpointer data)
{
  NudgeDocument *document = nudge_window_get_document (((Attached *) data)->f.window);

  return document != NULL && nudge_document_get_job (document) != NULL &&
         nudge_document_get_frame (document) != NULL &&
         nudge_document_get_frame (document)->step > 0;
}

/* From the main menu, by the job's row in the dialog. */
static void
attach (Attached *a)
{
  char script[] = "job.py";

  drive_click (find (&a->f, "Main menu", GTK_ACCESSIBLE_ROLE_BUTTON), 0.5, 0.5);
  choose_item (GTK_WIDGET (a->f.window), "Attach to a Job…");
  g_assert_true (drive_until (row_is_there, script));
  drive_settle (find_dialog ());
  drive_click (find_row (script), 0.1, 0.5);
  g_assert_true (drive_until (is_attached, a));
}

static gboolean
is_past (gpointer data)
{
  Attached *a = data;

  return frame_of (&a->f)->step >= a->step;
}

static void
wait_for_steps (Attached *a, guint64 n)
{
  a->step = frame_of (&a->f)->step + n;
  g_assert_true (drive_until (is_past, a));
}

static gboolean
is_settled (gpointer data)
{
  return nudge_session_is_settled (
      nudge_document_get_session (nudge_window_get_document (data)));
}

static void
click (Attached *a, const char *name)
{
  drive_click (find (&a->f, name, GTK_ACCESSIBLE_ROLE_BUTTON), 0.5, 0.5);
  g_assert_true (drive_until (is_settled, a->f.window));
}

static void
retype (GtkWidget *entry, const char *text)
{
  gtk_widget_grab_focus (entry);
  drive_key (entry, "ctrl+a");
  drive_type (entry, text);
  drive_key (entry, "Tab"); /* which Return would take a suggestion for */
}

typedef struct {
  Attached *a;
  gsize index;
} Landed;

static gboolean
is_there (gpointer data)
{
  const Landed *landed = data;

  return frame_of (&landed->a->f)->n_landings > landed->index;
}

static const NnLanding *
get_landing (Attached *a, gsize index)
{
  Landed landed = { a, index };

  g_assert_true (drive_until (is_there, &landed));
  return &frame_of (&a->f)->landings[index];
}

static double
get_mean (const NnHistory *history, guint64 first, gsize n)
{
  g_autofree float *losses = g_new (float, n);
  double sum = 0;

  g_assert_cmpuint (nn_history_read (history, first, n, losses), ==, n);
  for (gsize i = 0; i < n; i++)
    sum += (double) losses[i];
  return sum / (double) n;
}

/* ---- two ranks ---------------------------------------------------------------------- */

static void
check_loss_falls (Attached *a)
{
  const NnFrame *frame = frame_of (&a->f);
  const guint64 first = nn_history_get_first_step (frame->history);

  g_assert_cmpuint (nn_history_get_n_steps (frame->history), ==, frame->step);
  g_assert_cmpfloat (get_mean (frame->history, frame->step - 99, 100), <,
                     get_mean (frame->history, first, 100));
}

/* *.weight: 0.99*w, typed into the card for all layers. */
static void
nudge_all (Attached *a)
{
  GtkWidget *function;
  GtkWidget *line;

  click (a, "All layers…");
  function = find (&a->f, "Function for all layers", GTK_ACCESSIBLE_ROLE_COMBO_BOX);
  nudge_drop_down_select (GTK_DROP_DOWN (function), "=");
  drive_settle (function);
  line = find (&a->f, "Expression for all layers", GTK_ACCESSIBLE_ROLE_TEXT_BOX);
  retype (line, "0.99*w");
  drive_settle (line); /* without the suggestions, which would take the click */
  click (a, "Apply to all layers");
}

/* Both ranks have the values that the script would have, had it done it itself. */
static void
check_receipt (Attached *a)
{
  const NnLanding *landing = get_landing (a, 0);
  g_autofree char *text = nn_nudge_dup_text (landing->nudge);

  g_assert_cmpstr (landing->refusal, ==, NULL);
  g_assert_true (g_str_has_prefix (text, "*.weight: 0.99*w"));
  g_assert_nonnull (landing->receipt);
  g_assert_cmpuint (landing->receipt->rows->len, ==, 2);
  g_assert_cmpuint (landing->receipt->others->len, ==, 1);
  g_assert_cmpstr (landing->receipt->others->pdata[0], ==, "same");
  g_assert_nonnull (
      strstr (gtk_label_get_text (find_described (GTK_WIDGET (a->f.window), "Landing")),
              "the same on all 2 ranks"));
}

static void
pause_job (Attached *a)
{
  click (a, "Pause");
  g_assert_true (drive_until (is_paused, &a->f));
}

/* One that is taken back while it is paused leaves nothing behind. */
static void
check_taking_back (Attached *a)
{
  pause_job (a);
  click (a, "Apply to 0");
  g_assert_cmpuint (get_landing (a, 1)->first, ==, frame_of (&a->f)->step);
  drive_click (find_button (GTK_WIDGET (a->f.window), "Undo"), 0.5, 0.5);
  g_assert_true (drive_until (is_settled, a->f.window));
  g_assert_true (get_landing (a, 1)->taken_back);
  g_assert_cmpuint (get_landing (a, 1)->n_lost, ==, 0);
  click (a, "Step");
  click (a, "Run");
  g_assert_true (drive_until (is_running, &a->f));
}

static gboolean
is_over (gpointer data)
{
  return frame_of (data)->ended;
}

static void
test_two_ranks (Attached *a, gconstpointer data)
{
  g_autofree char *typed = g_build_filename (a->f.scratch.folder, "typed", NULL);
  g_autofree char *nudged = g_build_filename (a->f.scratch.folder, "nudged", NULL);
  g_autofree char *edit_at = NULL;

  start_ranks (a, nudged, PAUSE, NULL);
  attach (a);
  wait_for_steps (a, 250);
  check_loss_falls (a);
  nudge_all (a);
  check_receipt (a);
  edit_at = g_strdup_printf ("%" G_GUINT64_FORMAT, get_landing (a, 0)->first);
  wait_for_steps (a, 10);
  check_taking_back (a);
  wait_for_steps (a, 10);
  drive_click (find (&a->f, "Main menu", GTK_ACCESSIBLE_ROLE_BUTTON), 0.5, 0.5);
  choose_item (GTK_WIDGET (a->f.window), "Detach");
  g_assert_true (drive_until (is_over, &a->f));
  finish_ranks (a);
  start_ranks (a, typed, "0", edit_at);
  finish_ranks (a);
  for (guint i = 0; i < G_N_ELEMENTS (a->ranks); i++) {
    g_autofree char *one = g_strdup_printf ("%s.%u", typed, i);
    g_autofree char *other = g_strdup_printf ("%s.%u", nudged, i);
    g_autofree char *expected = NULL;
    g_autofree char *found = NULL;

    g_assert_true (g_file_get_contents (one, &expected, NULL, NULL));
    g_assert_true (g_file_get_contents (other, &found, NULL, NULL));
    g_assert_cmpstr (found, ==, expected);
  }
}

/* ---- one process -------------------------------------------------------------------- */

/* What was seen last stays, and can be saved. */
static void
test_killed_while_watched (Attached *a, gconstpointer data)
{
  guint64 step;

  start_one (a, "sgd");
  attach (a);
  wait_for_steps (a, 20);
  click (a, "Apply to 2");
  g_subprocess_force_exit (a->ranks[0]);
  g_assert_true (drive_until (is_over, &a->f));
  step = frame_of (&a->f)->step;
  g_assert_cmpuint (step, >, 20);
  g_assert_cmpuint (frame_of (&a->f)->n_landings, ==, 1);
  g_assert_false (frame_of (&a->f)->running);
  g_assert_nonnull (frame_of (&a->f)->failure);
}

/* A model that is no chain is there as tensors, and is nudged as ever. */
static void
test_convolution (Attached *a, gconstpointer data)
{
  start_one (a, "conv");
  attach (a);
  g_assert_false (frame_of (&a->f)->architecture->is_chain);
  wait_for_steps (a, 10);
  click (a, "Apply to conv");
  g_assert_cmpstr (get_landing (a, 0)->refusal, ==, NULL);
  g_assert_cmpuint (get_landing (a, 0)->receipt->rows->len, ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
#define ADD(name, test)                                                                  \
  g_test_add ("/app/window-attach/" name, Attached, NULL, attached_set_up, test,         \
              attached_tear_down)
  ADD ("two-ranks", test_two_ranks);
  ADD ("killed-while-watched", test_killed_while_watched);
  ADD ("convolution", test_convolution);
  return fixture_run ();
}

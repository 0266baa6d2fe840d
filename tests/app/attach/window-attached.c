/* window-attached.c - the window on PyTorch jobs that are really running, for tests
 *
 * SPDX-License-Identifier: MIT
 */

#include "tests/app/attach/window-attached.h"

#include "app/nudge-attach-dialog.h"

#define STEPS "20000" /* of a job that is killed at the end of its test */

/* ---- jobs --------------------------------------------------------------------------- */

GSubprocessLauncher *
attached_new_launcher (const char *edit_at)
{
  GSubprocessLauncher *launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);

  g_subprocess_launcher_setenv (launcher, "PYTHONPATH", g_getenv ("NUDGE_CLIENT"), TRUE);
  g_subprocess_launcher_setenv (launcher, "PYTHONDONTWRITEBYTECODE", "1", TRUE);
  g_subprocess_launcher_setenv (launcher, "OMP_NUM_THREADS", "1", TRUE);
  if (edit_at != NULL)
    g_subprocess_launcher_setenv (launcher, "EDIT_AT", edit_at, TRUE);
  return launcher;
}

GSubprocess *
attached_spawn (GSubprocessLauncher *launcher,
                const char *kind,
                const char *steps,
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
                         steps,
                         out,
                         pause,
                         edit,
                         NULL };
  const char *alone[] = {
    "/usr/bin/python3", "-B", script, kind, steps, out, pause, edit, NULL
  };
  g_autoptr (GError) error = NULL;
  GSubprocess *job =
      g_subprocess_launcher_spawnv (launcher, edit != NULL ? alone : argv, &error);

  g_assert_no_error (error);
  return job;
}

void
attached_start_one (Attached *a, const char *kind)
{
  g_autoptr (GSubprocessLauncher) launcher = attached_new_launcher (NULL);

  a->ranks[0] =
      attached_spawn (launcher, kind, STEPS, a->f.scratch.path, ATTACHED_PAUSE, NULL);
}

/* ---- the window --------------------------------------------------------------------- */

void
attached_set_up (Attached *a, gconstpointer data)
{
  set_up (&a->f, NULL);
  g_setenv ("XDG_RUNTIME_DIR", a->f.scratch.folder, TRUE);
}

void
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

gboolean
attached_is_there (gpointer data)
{
  NudgeDocument *document = nudge_window_get_document (((Attached *) data)->f.window);

  return document != NULL && nudge_document_get_job (document) != NULL &&
         nudge_document_get_frame (document) != NULL &&
         nudge_document_get_frame (document)->step > 0;
}

static gboolean
dialog_is_closed (gpointer data)
{
  return find_dialog () == NULL;
}

/* From the main menu, by the job's row in the dialog, which is modal. */
void
attached_attach (Attached *a)
{
  char script[] = "job.py";

  drive_click (find (&a->f, "Main menu", GTK_ACCESSIBLE_ROLE_BUTTON), 0.5, 0.5);
  choose_item (GTK_WIDGET (a->f.window), "Attach to a Job…");
  g_assert_true (drive_until (row_is_there, script));
  drive_settle (find_dialog ());
  drive_click (find_row (script), 0.1, 0.5);
  g_assert_true (drive_until (dialog_is_closed, NULL));
  g_assert_true (drive_until (attached_is_there, a));
}

/* @second: (out): another window on the job of @a, behind it; the caller closes it */
void
attached_attach_second (Attached *a, Attached *second)
{
  *second = (Attached){ 0 };
  second->f.window =
      nudge_window_new (gtk_window_get_application (GTK_WINDOW (a->f.window)));
  drive_present (GTK_WINDOW (second->f.window));
  attached_attach (second);
  drive_present (GTK_WINDOW (a->f.window));
}

static gboolean
is_past (gpointer data)
{
  Attached *a = data;

  return frame_of (&a->f)->step >= a->step;
}

void
attached_wait_for_steps (Attached *a, guint64 n)
{
  a->step = frame_of (&a->f)->step + n;
  g_assert_true (drive_until (is_past, a));
}

gboolean
attached_is_settled (gpointer data)
{
  return nudge_session_is_settled (
      nudge_document_get_session (nudge_window_get_document (data)));
}

void
attached_click (Attached *a, const char *name)
{
  drive_click (find (&a->f, name, GTK_ACCESSIBLE_ROLE_BUTTON), 0.5, 0.5);
  g_assert_true (drive_until (attached_is_settled, a->f.window));
}

void
attached_retype (GtkWidget *entry, const char *text)
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

const NnLanding *
attached_get_landing (Attached *a, gsize index)
{
  Landed landed = { a, index };

  g_assert_true (drive_until (is_there, &landed));
  return &frame_of (&a->f)->landings[index];
}

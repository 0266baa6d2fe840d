/* test-nudge-window-tensors.c - a checkpoint of any architecture, looked at and changed
 *
 * SPDX-License-Identifier: MIT
 *
 * With real clicks and keys; what is saved is read by NumPy, and is what the command makes.
 */

#include "tests/app/window-dialogs.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "app/nudge-open.h"
#include "app/tensors/nudge-tensor-edits.h"
#include "app/tensors/nudge-tensor-window.h"
#include "nn/patch/nn-file-difference.h"

#define SEVERAL "several tensors"

typedef struct {
  Fixture window; /* an experiment's, which stays as it is */
  NudgeTensorWindow *tensors;
  NudgeTensorWindow *closed; /* (weak) (nullable) */
  char *path;                /* (owned) of the checkpoint */
  char *out;                 /* (owned) (nullable) that it is saved as */
} Tensors;

/* --- The file ---------------------------------------------------------------------- */

static void
add (NnArrayFile *file, const char *name, guint rank, const guint64 *shape)
{
  float values[24];
  gsize n = 1;

  for (guint i = 0; i < rank; i++)
    n *= shape[i];
  for (gsize i = 0; i < n; i++)
    values[i] = (float) ((i * 37 + n) % 23) / 8 - 1;
  g_ptr_array_add (file->arrays, nn_array_new_floats (name, rank, shape, values));
}

static void
write_checkpoint (const char *path)
{
  const guint64 kernel[] = { 2, 3, 2, 2 }, matrix[] = { 4, 6 }, one[] = { 2 },
                none[] = { 0, 3 };
  const gint64 steps[] = { 7, 9 };
  g_autoptr (GBytes) bytes = g_bytes_new (steps, sizeof steps);
  g_autoptr (GError) error = NULL;
  g_autoptr (NnArrayFile) file =
      nn_array_file_new (nn_array_kind_find (path, TRUE, &error));

  add (file, "conv.weight", 4, kernel);
  add (file, "attn.in_proj_weight", 2, matrix);
  add (file, "a name: odd", 1, one);
  g_ptr_array_add (file->arrays,
                   nn_array_new ("steps", NN_DTYPE_INT64, 1, one, NULL, bytes, &error));
  add (file, "empty", 2, none);
  add (file, "scalar", 0, NULL);
  g_assert_true (nn_array_file_save (file, path, &error));
  g_assert_no_error (error);
}

/* --- The window -------------------------------------------------------------------- */

static NudgeTensorWindow *
find_window (GtkApplication *application)
{
  for (GList *each = gtk_application_get_windows (application); each; each = each->next)
    if (NUDGE_IS_TENSOR_WINDOW (each->data))
      return each->data;
  return NULL;
}

/* Returns: (transfer none) (nullable) */
static GtkWindow *
find_titled (const char *title)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++) {
    g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

    if (g_strcmp0 (gtk_window_get_title (window), title) == 0)
      return window;
  }
  return NULL;
}

static GtkApplication *
get_application (Tensors *f)
{
  return gtk_window_get_application (GTK_WINDOW (f->window.window));
}

static gboolean
is_open (gpointer data)
{
  Tensors *f = data;

  f->tensors = find_window (get_application (f));
  return f->tensors != NULL;
}

static NudgeTensorDocument *
get_document (Tensors *f)
{
  return nudge_tensor_window_get_document (f->tensors);
}

static gboolean
is_idle (gpointer data)
{
  g_autofree char *busy = NULL;

  g_object_get (get_document (data), "busy", &busy, NULL);
  return busy == NULL;
}

/* The first tensor is chosen once the table has rows. */
static gboolean
has_card (gpointer data)
{
  Tensors *f = data;

  return drive_find (GTK_WIDGET (f->tensors), "Apply to conv.weight",
                     GTK_ACCESSIBLE_ROLE_BUTTON) != NULL;
}

static void
open_tensors (Tensors *f, const char *path)
{
  nudge_open_file (get_application (f), path);
  g_assert_true (drive_until (is_open, f));
  drive_present (GTK_WINDOW (f->tensors));
  g_assert_true (drive_until (has_card, f));
  drive_settle (GTK_WIDGET (f->tensors));
}

static void
set_up_tensors (Tensors *f, gconstpointer data)
{
  set_up_for_chooser (&f->window, NULL);
  f->path = g_build_filename (f->window.scratch.folder, "model.safetensors", NULL);
  write_checkpoint (f->path);
  open_tensors (f, f->path);
}

static void
tear_down_tensors (Tensors *f, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (f->tensors));
  g_free (f->path);
  g_free (f->out);
  tear_down_after_chooser (&f->window, NULL);
}

static GtkWidget *
find_in (Tensors *f, const char *name, GtkAccessibleRole role)
{
  GtkWidget *found = drive_find (GTK_WIDGET (f->tensors), name, role);

  if (!found)
    g_error ("there is nothing called %s", name);
  return found;
}

/* A row of the table, in a list, is clicked. */
static void
choose (Tensors *f, const char *name)
{
  GtkWidget *list = find_button (GTK_WIDGET (f->tensors), "List");
  GtkWidget *label;

  g_assert_nonnull (list);
  if (!gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (list)))
    drive_click (list, 0.5, 0.5);
  drive_settle (GTK_WIDGET (f->tensors));
  label = drive_find_label (GTK_WIDGET (f->tensors), name);
  g_assert_nonnull (label);
  drive_click (label, 0.5, 0.5);
  drive_settle (GTK_WIDGET (f->tensors));
}

static guint
count_edits (Tensors *f)
{
  return g_list_model_get_n_items (nudge_tensor_document_get_edits (get_document (f)));
}

/* Returns: (transfer full) */
static NudgeFileEdit *
dup_edit (Tensors *f, guint i)
{
  return g_list_model_get_item (nudge_tensor_document_get_edits (get_document (f)), i);
}

static gboolean
has_applied (gpointer data)
{
  return count_edits (data) > 0 && is_idle (data);
}

static void
assert_edit (Tensors *f, guint i, const char *text, NudgeFileEditState state)
{
  g_autoptr (NudgeFileEdit) edit = dup_edit (f, i);
  g_autofree char *written = NULL;

  g_assert_nonnull (edit);
  written = nn_nudge_dup_text (nudge_file_edit_get_nudge (edit));
  g_assert_cmpstr (written, ==, text);
  g_assert_cmpint (nudge_file_edit_get_state (edit), ==, state);
}

static void
assert_title (Tensors *f, const char *name)
{
  g_autofree char *title = g_strdup_printf ("%s – Nudge", name);

  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (f->tensors)), ==, title);
}

/* --- Looking ----------------------------------------------------------------------- */

static gboolean
has_summary (gpointer tensor)
{
  return nudge_tensor_get_summary (tensor) != NULL;
}

/* GTK would call one that has none GtkMenuButton. */
static void
assert_menus_are_named (GtkWidget *root)
{
  if (GTK_IS_MENU_BUTTON (root))
    g_assert_true (gtk_test_accessible_has_property (GTK_ACCESSIBLE (root),
                                                     GTK_ACCESSIBLE_PROPERTY_LABEL));
  for (GtkWidget *child = gtk_widget_get_first_child (root); child;
       child = gtk_widget_get_next_sibling (child))
    assert_menus_are_named (child);
}

static void
test_shows_every_tensor (Tensors *f, gconstpointer data)
{
  GListModel *tensors = nudge_tensor_reader_get_tensors (
      nudge_tensor_document_get_reader (get_document (f)));

  assert_title (f, "model.safetensors");
  assert_menus_are_named (GTK_WIDGET (f->tensors));
  g_assert_cmpuint (g_list_model_get_n_items (tensors), ==, 6);
  choose (f, "steps");
  for (guint i = 0; i < 6; i++) {
    g_autoptr (NudgeTensor) tensor = g_list_model_get_item (tensors, i);

    g_assert_true (drive_until (has_summary, tensor));
    if (g_str_equal (nudge_tensor_get_name (tensor), "steps"))
      g_assert_cmpfloat (nudge_tensor_get_summary (tensor)->max, ==, 9);
  }
  /* Whole numbers are shown, and left. */
  g_assert_null (
      drive_find (GTK_WIDGET (f->tensors), "Apply to steps", GTK_ACCESSIBLE_ROLE_BUTTON));
}

/* --- Changing ---------------------------------------------------------------------- */

static gboolean
has_preview (gpointer data)
{
  gboolean *previewed = data;

  return *previewed;
}

static void
preview_cb (gboolean *previewed, NnTensorSummary *summary)
{
  *previewed |= summary != NULL;
}

/* While the slider is held there is a preview and no edit; let go of, it lands; Ctrl+Z
 * takes it back. */
static void
test_a_drag_previews_and_lands (Tensors *f, gconstpointer data)
{
  GtkWidget *slider;
  double handle;
  gboolean previewed = FALSE;

  choose (f, "attn.in_proj_weight");
  g_signal_connect_swapped (nudge_tensor_document_get_reader (get_document (f)),
                            "preview", G_CALLBACK (preview_cb), &previewed);
  slider = find_in (f, "Amount for attn.in_proj_weight", GTK_ACCESSIBLE_ROLE_SLIDER);
  handle = get_handle (slider);
  drive_press (slider, handle, 0.5);
  drive_move (slider, 0.4, 0.5);
  drive_move (slider, 0.3, 0.5);
  g_assert_true (drive_until (has_preview, &previewed));
  g_assert_cmpuint (count_edits (f), ==, 0);
  assert_title (f, "model.safetensors");
  drive_release (slider);
  g_assert_true (drive_until (has_applied, f));
  g_assert_cmpuint (count_edits (f), ==, 1);
  assert_title (f, "• model.safetensors");

  drive_key (GTK_WIDGET (f->tensors), "ctrl+z");
  {
    g_autoptr (NudgeFileEdit) edit = dup_edit (f, 0);

    g_assert_cmpint (nudge_file_edit_get_state (edit), ==, NUDGE_FILE_EDIT_UNDONE);
  }
  assert_title (f, "model.safetensors");
  g_signal_handlers_disconnect_by_data (
      nudge_tensor_document_get_reader (get_document (f)), &previewed);
}

/* Typed on the card of several, with a name that has to be quoted. */
static void
test_names_are_typed (Tensors *f, gconstpointer data)
{
  choose (f, "a name: odd");
  drive_click (find_in (f, "Apply to \"a name: odd\"", GTK_ACCESSIBLE_ROLE_BUTTON), 0.5,
               0.5);
  g_assert_true (drive_until (has_applied, f));
  assert_edit (f, 0, "\"a name: odd\": w + a*w a=0.2", NUDGE_FILE_EDIT_DONE);
  drive_click (find_in (f, "Apply to " SEVERAL, GTK_ACCESSIBLE_ROLE_BUTTON), 0.5, 0.5);
  g_assert_true (drive_until (is_idle, f));
  assert_edit (f, 1, "*: w + a*w a=0.2", NUDGE_FILE_EDIT_DONE);
}

/* --- Saving ------------------------------------------------------------------------ */

static gboolean
is_saved (gpointer data)
{
  g_autoptr (GFile) file = NULL;

  g_object_get (get_document (data), "file", &file, NULL);
  return file != NULL && is_idle (data);
}

static GtkWindow *
find_receipt (void)
{
  return find_titled ("Receipt");
}

static gboolean
receipt_is_open (gpointer data)
{
  return find_receipt () != NULL && gtk_window_is_active (find_receipt ());
}

static gboolean
receipt_is_closed (gpointer data)
{
  return find_receipt () == NULL;
}

/* NumPy, which knows nothing of us, computes the same from the file that was opened. */
static void
assert_numpy_agrees (const Tensors *f)
{
  static const char program[] =
      "import json, struct, sys\n"
      "import numpy as np\n"
      "def read(path):\n"
      "    data = open(path, 'rb').read()\n"
      "    n, = struct.unpack('<Q', data[:8])\n"
      "    head = json.loads(data[8:8 + n])\n"
      "    types = {'F32': '<f4', 'I64': '<i8'}\n"
      "    return {k: np.frombuffer(data[8 + n:][slice(*v['data_offsets'])],\n"
      "                             types[v['dtype']]).reshape(v['shape'])\n"
      "            for k, v in head.items() if k != '__metadata__'}\n"
      "a, b = read(sys.argv[1]), read(sys.argv[2])\n"
      "assert list(a) == list(b)\n"
      "for k in a:\n"
      "    want = a[k]\n"
      "    if k == 'conv.weight': want = want + np.float32(0.2) * want\n"
      "    assert want.tobytes() == b[k].tobytes(), k\n";
  const char *const words[] = { "python3", "-c", program, f->path, f->out, NULL };
  g_auto (GStrv) argv = g_strdupv ((char **) (guintptr) words);
  g_autoptr (GError) error = NULL;
  int status;

  g_spawn_sync (NULL, argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status,
                &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
}

static void
save_as_out (Tensors *f)
{
  f->out = g_build_filename (f->window.scratch.folder, "out.safetensors", NULL);
  dialogs_key ("ctrl+shift+s");
  dialogs_save_as (f->window.scratch.folder, "out.safetensors");
  g_assert_true (drive_until (is_saved, f));
  g_assert_true (drive_until (receipt_is_open, NULL));
  dialogs_key ("Escape");
  g_assert_true (drive_until (receipt_is_closed, NULL));
}

static void
test_save_as_writes_another_file (Tensors *f, gconstpointer data)
{
  g_autofree char *command = NULL;
  g_autofree char *wanted = NULL;

  choose (f, "conv.weight");
  drive_click (find_in (f, "Apply to conv.weight", GTK_ACCESSIBLE_ROLE_BUTTON), 0.5, 0.5);
  g_assert_true (drive_until (has_applied, f));
  save_as_out (f);
  assert_title (f, "out.safetensors");
  assert_numpy_agrees (f);

  command = nudge_tensor_document_dup_command (get_document (f));
  wanted = g_strdup_printf ("nudge edit '%s' '%s' --nudge 'conv.weight: w + a*w a=0.2'",
                            f->path, f->out);
  g_assert_cmpstr (command, ==, wanted);
}

static gboolean
is_written (gpointer data)
{
  const Tensors *f = data;

  /* Its window was held by the save. */
  return g_file_test (f->out, G_FILE_TEST_EXISTS) && f->closed == NULL;
}

/* It goes on, and tells nothing to who has closed its window. */
static void
test_a_save_goes_on_without_its_window (Tensors *f, gconstpointer data)
{
  save_as_out (f);
  g_assert_cmpint (g_remove (f->out), ==, 0);

  f->closed = f->tensors;
  g_object_add_weak_pointer (G_OBJECT (f->closed), (gpointer *) &f->closed);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (f->tensors), "win.save", NULL));
  gtk_window_destroy (GTK_WINDOW (f->tensors));
  g_assert_nonnull (f->closed);
  g_assert_true (drive_until (is_written, f));
  g_assert_null (find_receipt ());
  open_tensors (f, f->path);
}

/* The file that was opened is never replaced. */
static void
test_the_opened_file_stays (Tensors *f, gconstpointer data)
{
  drive_click (find_in (f, "Apply to " SEVERAL, GTK_ACCESSIBLE_ROLE_BUTTON), 0.5, 0.5);
  g_assert_true (drive_until (has_applied, f));
  dialogs_key ("ctrl+w");
  dialogs_answer ("Save Changes?", "_Cancel");
  g_assert_true (is_open (f));
  drive_key (GTK_WIDGET (f->tensors), "ctrl+z");
  assert_title (f, "model.safetensors");
}

/* --- Comparing --------------------------------------------------------------------- */

static GtkWindow *
find_comparison (void)
{
  return find_titled ("as opened and model.safetensors");
}

static gboolean
comparison_is_active (gpointer data)
{
  return find_comparison () != NULL && gtk_window_is_active (find_comparison ());
}

static gboolean
comparison_is_closed (gpointer data)
{
  return find_comparison () == NULL;
}

/* It has the keys of a window. */
static void
test_compares_with_what_was_opened (Tensors *f, gconstpointer data)
{
  drive_click (find_in (f, "Apply to " SEVERAL, GTK_ACCESSIBLE_ROLE_BUTTON), 0.5, 0.5);
  g_assert_true (drive_until (has_applied, f));
  g_assert_true (
      gtk_widget_activate_action (GTK_WIDGET (f->tensors), "win.compare-opened", NULL));
  g_assert_true (drive_until (comparison_is_active, NULL));
  drive_settle (GTK_WIDGET (find_comparison ()));
  dialogs_key ("ctrl+w");
  g_assert_true (drive_until (comparison_is_closed, NULL));
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (f->tensors)));
}

static gboolean
is_gone (gpointer data)
{
  return *(NudgeTensorWindow **) data == NULL;
}

static void
count_cb (GListModel *windows, guint at, guint n_removed, guint n_added, guint *n)
{
  *n += n_added;
}

/* Nothing is shown of a window that is closed, and nothing is read on for it. */
static void
test_closing_ends_a_comparison (Tensors *f, gconstpointer data)
{
  NudgeTensorWindow *closed = NULL; /* (weak) it is held until the reading has ended */
  guint n_shown = 0;

  drive_click (find_in (f, "Apply to " SEVERAL, GTK_ACCESSIBLE_ROLE_BUTTON), 0.5, 0.5);
  g_assert_true (drive_until (has_applied, f));
  g_set_weak_pointer (&closed, f->tensors);
  g_assert_true (
      gtk_widget_activate_action (GTK_WIDGET (f->tensors), "win.compare-opened", NULL));
  gtk_window_destroy (GTK_WINDOW (f->tensors));
  g_signal_connect (gtk_window_get_toplevels (), "items-changed", G_CALLBACK (count_cb),
                    &n_shown);
  g_assert_true (drive_until (is_gone, &closed));
  g_signal_handlers_disconnect_by_data (gtk_window_get_toplevels (), &n_shown);
  g_assert_cmpuint (n_shown, ==, 0);
  open_tensors (f, f->path);
}

/* --- What ends unexpectedly --------------------------------------------------------- */

static char *
find_kept (void)
{
  g_autofree char *folder = g_build_filename (g_get_user_state_dir (), "nudge", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)))
    if (g_str_has_suffix (name, NUDGE_EDITS_ENDING))
      return g_build_filename (folder, name, NULL);
  return NULL;
}

/* What is unsaved is kept, and no longer; it is applied again to the same file alone. */
static void
test_edits_are_kept (Tensors *f, gconstpointer data)
{
  g_autofree char *kept = NULL;
  g_autoptr (NudgeTensorEdits) edits = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  FILE *file;

  g_assert_null (find_kept ());
  drive_click (find_in (f, "Apply to conv.weight", GTK_ACCESSIBLE_ROLE_BUTTON), 0.5, 0.5);
  g_assert_true (drive_until (has_applied, f));
  kept = find_kept ();
  g_assert_nonnull (kept);
  edits = nudge_tensor_edits_read (kept, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (edits->nudges->len, ==, 1);
  text = nn_nudge_dup_text (edits->nudges->pdata[0]);
  g_assert_cmpstr (text, ==, "conv.weight: w + a*w a=0.2");

  file = g_fopen (f->path, "a");
  g_assert_true (file && fputc (' ', file) == ' ' && fclose (file) == 0);
  g_assert_null (nudge_tensor_edits_read (kept, NULL, NULL, &error));
  g_assert_nonnull (strstr (error->message, "has changed since"));
  drive_key (GTK_WIDGET (f->tensors), "ctrl+z");
  g_free (kept);
  kept = find_kept ();
  g_assert_null (kept);
}

static gboolean
warns (Tensors *f)
{
  g_autofree char *text =
      g_strdup_printf ("Cannot autosave: %s/nudge: %s. If Nudge ended unexpectedly, what "
                       "you do now would be lost. Save the document to keep it.",
                       g_get_user_state_dir (), g_strerror (ENOTDIR));
  GtkWidget *label = drive_find_label (GTK_WIDGET (f->tensors), text);
  GtkWidget *bar = label ? gtk_widget_get_ancestor (label, GTK_TYPE_INFO_BAR) : NULL;

  return bar != NULL && gtk_info_bar_get_revealed (GTK_INFO_BAR (bar));
}

static void
apply (Tensors *f, guint n)
{
  g_autoptr (NnNudge) nudge = nn_nudge_parse_of_arrays ("conv.weight: 2*w", NULL, NULL);

  nudge_tensor_document_apply (get_document (f), nudge);
  g_assert_true (drive_until (is_idle, f));
  g_assert_cmpuint (count_edits (f), ==, n);
}

/* Until it is closed, or works again, whatever else is said. */
static void
test_a_failed_autosave_is_said_once (Tensors *f, gconstpointer data)
{
  g_autofree char *folder = g_build_filename (g_get_user_state_dir (), "nudge", NULL);
  g_autofree char *kept = NULL;

  g_rmdir (folder);
  g_assert_true (g_file_set_contents (folder, "", 0, NULL));
  g_assert_false (warns (f));
  apply (f, 1);
  g_assert_true (warns (f));
  nudge_tensor_window_explain (f->tensors, "something else");
  g_assert_true (warns (f));
  nudge_tensor_window_warn (f->tensors, NULL); /* closed */
  apply (f, 2);
  g_assert_false (warns (f));
  g_assert_cmpint (g_remove (folder), ==, 0);
  apply (f, 3);
  kept = find_kept ();
  g_assert_nonnull (kept);
  g_assert_nonnull (drive_find_label (GTK_WIDGET (f->tensors), "Autosaving works again"));
}

/* While it is open: what was done goes on being kept, in a new one. */
static void
test_a_removed_folder_is_made_anew (Tensors *f, gconstpointer data)
{
  g_autofree char *folder = g_build_filename (g_get_user_state_dir (), "nudge", NULL);
  g_autofree char *away = g_strconcat (folder, ".away", NULL);
  g_autofree char *kept = NULL;

  apply (f, 1);
  g_assert_cmpint (g_rename (folder, away), ==, 0);
  apply (f, 2);
  kept = find_kept ();
  g_assert_nonnull (kept);
  g_assert_false (warns (f));
}

/* Which is also what nudge run says. */
static void
test_says_why_it_is_no_network (Tensors *f, gconstpointer data)
{
  static const char *const why =
      "Opened as a table of tensors, which can be seen and nudged. It is no network that "
      "can be trained here, and no data: 'conv.weight' of shape (2, 3, 2, 2) does not "
      "fit "
      "in a chain of linear layers, which are made of LAYER.weight (outputs, inputs) and "
      "LAYER.bias (outputs,)";
  GtkWidget *label = drive_find_label (GTK_WIDGET (f->tensors), why);

  g_assert_nonnull (label);
  g_assert_true (gtk_widget_get_mapped (label));
}

/* --- What is refused ---------------------------------------------------------------- */

static void
refused_cb (guint *n, const char *why, gboolean can_skip)
{
  *n += 1 + 10 * (can_skip != FALSE);
}

/* Of several tensors, those that it does not fit can be skipped; the rest is changed. */
static void
test_what_does_not_fit_is_skipped (Tensors *f, gconstpointer data)
{
  g_autoptr (NnNudge) nudge = nn_nudge_parse_of_arrays ("*: 1/w", NULL, NULL);
  guint n_refused = 0;

  g_signal_connect_swapped (get_document (f), "refused", G_CALLBACK (refused_cb),
                            &n_refused);
  nudge_tensor_document_apply (get_document (f), nudge);
  g_assert_true (drive_until (is_idle, f));
  g_assert_cmpuint (n_refused, ==, 11);
  g_assert_cmpuint (count_edits (f), ==, 0);
  assert_title (f, "model.safetensors");
  drive_settle (GTK_WIDGET (f->tensors));
  drive_click (find_button (GTK_WIDGET (f->tensors), "Skip Such Tensors"), 0.5, 0.5);
  g_assert_true (drive_until (has_applied, f));
  assert_edit (f, 0, "*: 1/w else=skip", NUDGE_FILE_EDIT_DONE);
  g_signal_handlers_disconnect_by_data (get_document (f), &n_refused);
}

#define ADD(name, function)                                                              \
  g_test_add ("/window/tensors/" name, Tensors, NULL, set_up_tensors, function,          \
              tear_down_tensors)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("shows-every-tensor", test_shows_every_tensor);
  ADD ("says-why-it-is-no-network", test_says_why_it_is_no_network);
  ADD ("a-drag-previews-and-lands", test_a_drag_previews_and_lands);
  ADD ("names-are-typed", test_names_are_typed);
  ADD ("save-as-writes-another-file", test_save_as_writes_another_file);
  ADD ("a-save-goes-on-without-its-window", test_a_save_goes_on_without_its_window);
  ADD ("the-opened-file-stays", test_the_opened_file_stays);
  ADD ("compares-with-what-was-opened", test_compares_with_what_was_opened);
  ADD ("closing-ends-a-comparison", test_closing_ends_a_comparison);
  ADD ("edits-are-kept", test_edits_are_kept);
  ADD ("a-failed-autosave-is-said-once", test_a_failed_autosave_is_said_once);
  ADD ("a-removed-folder-is-made-anew", test_a_removed_folder_is_made_anew);
  ADD ("what-does-not-fit-is-skipped", test_what_does_not_fit_is_skipped);
  return fixture_run ();
}

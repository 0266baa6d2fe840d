/* nudge-compare-window.c - a window with the differences between two files of tensors
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/tensors/nudge-compare-window.h"

#include <glib/gi18n.h>

#include "app/base/nudge-dialogs.h"
#include "app/base/nudge-found-file.h"
#include "app/base/nudge-reading.h"
#include "app/base/nudge-worker.h"
#include "nn/files/nn-path.h"
#include "nn/patch/nn-array-summary.h"
#include "nn/patch/nn-file-difference.h"
#include "ui/tensors/nudge-tensor-diff.h"

/* Both sides; a plain value that is shared by the window and its jobs. */
typedef struct {
  NnFileVersion *versions[2];   /* (owned) a and b; b is NULL until it is read */
  char *names[2];               /* (owned) */
  NnFileDifference *difference; /* (owned) (nullable) until it is shown */
} Sides;

static void
clear_sides (gpointer data)
{
  Sides *self = data;

  for (guint i = 0; i < 2; i++) {
    g_clear_pointer (&self->versions[i], nn_file_version_unref);
    g_free (self->names[i]);
  }
  g_clear_pointer (&self->difference, nn_file_difference_free);
}

static void
sides_unref (Sides *self)
{
  g_atomic_rc_box_release_full (self, clear_sides);
}

/* --- A picture, or some values ----------------------------------------------------- */

typedef struct {
  Sides *sides; /* (owned) */
  char *name;   /* (owned) of the pair */
  guint64 first_row;
  guint64 first_column;
  guint64 n_rows;
  guint64 n_columns;
} Job;

static void
job_free (gpointer data)
{
  Job *self = data;

  sides_unref (self->sides);
  g_free (self->name);
  g_free (self);
}

static gboolean
open_side (const Job *self,
           guint side,
           NnArrayArea *area,
           NnArrayValues *values,
           GError **error)
{
  const NnFileVersion *version = self->sides->versions[side];
  const GPtrArray *arrays = nn_file_version_get_arrays (version);

  for (guint i = 0; i < arrays->len; i++)
    if (g_str_equal (nn_array_area_get_name (arrays->pdata[i]), self->name)) {
      nn_array_area_init_whole (area, arrays->pdata[i], i);
      return nn_file_version_open_values (version, area, values, error);
    }
  g_return_val_if_reached (FALSE);
}

typedef gpointer (*Read) (const Job *self,
                          NnArrayValues *a,
                          NnArrayValues *b,
                          const NnProgress *progress,
                          GError **error);

static gpointer
read_both (const Job *self, Read read, const NnProgress *progress, GError **error)
{
  NnArrayArea area_a, area_b;
  NnArrayValues a = { NULL }, b = { NULL };
  gpointer result = NULL;

  if (open_side (self, 0, &area_a, &a, error) && open_side (self, 1, &area_b, &b, error))
    result = read (self, &a, &b, progress, error);
  nn_array_values_clear (&a);
  nn_array_values_clear (&b);
  return result;
}

static gpointer
read_picture (const Job *self,
              NnArrayValues *a,
              NnArrayValues *b,
              const NnProgress *progress,
              GError **error)
{
  return nn_array_difference_picture_new (a, b, progress, error);
}

static gpointer
read_window (const Job *self,
             NnArrayValues *a,
             NnArrayValues *b,
             const NnProgress *progress,
             GError **error)
{
  return nn_array_window_new (a, b, self->first_row, self->first_column, self->n_rows,
                              self->n_columns, error);
}

static gpointer
picture_job (gpointer data, const NnProgress *progress, GError **error)
{
  return read_both (data, read_picture, progress, error);
}

static gpointer
window_job (gpointer data, const NnProgress *progress, GError **error)
{
  return read_both (data, read_window, progress, error);
}

/* --- The window -------------------------------------------------------------------- */

/* What it needs as long as it is there; the view's data. */
typedef struct {
  Sides *sides;          /* (owned) */
  NudgeWorker *worker;   /* (owned) */
  GCancellable *picture; /* (owned) (nullable) of the newest request */
  GCancellable *window;  /* (owned) (nullable) */
} Comparison;

static void
comparison_free (gpointer data)
{
  Comparison *self = data;

  nudge_worker_free (self->worker);
  g_clear_object (&self->picture);
  g_clear_object (&self->window);
  sides_unref (self->sides);
  g_free (self);
}

static GQuark
get_comparison (void)
{
  return g_quark_from_static_string ("nudge-comparison");
}

static void
push (NudgeTensorDiff *view,
      Comparison *self,
      GCancellable **slot,
      NudgeWorkFunc run,
      Job *job,
      GDestroyNotify free_result,
      GAsyncReadyCallback callback)
{
  const NudgeWork work = { run, job, job_free, free_result };

  if (*slot != NULL)
    g_cancellable_cancel (*slot);
  g_set_object (slot, NULL);
  *slot = g_cancellable_new ();
  nudge_worker_push (self->worker, &work, view, *slot, callback, NULL);
}

static Job *
job_new (Comparison *self, const char *name)
{
  Job *job = g_new0 (Job, 1);

  job->sides = g_atomic_rc_box_acquire (self->sides);
  job->name = g_strdup (name);
  return job;
}

static void
picture_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  const Job *job = nudge_worker_get_data (result);
  g_autoptr (NnTensorPicture) picture = nudge_worker_finish (result, NULL);

  if (picture != NULL)
    nudge_tensor_diff_set_picture (NUDGE_TENSOR_DIFF (source), job->name, picture);
}

static void
window_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  const Job *job = nudge_worker_get_data (result);
  g_autoptr (NnTensorWindow) window = nudge_worker_finish (result, NULL);

  if (window != NULL)
    nudge_tensor_diff_set_window (NUDGE_TENSOR_DIFF (source), job->name, window);
}

static void
picture_wanted_cb (NudgeTensorDiff *view, const char *name, Comparison *self)
{
  push (view, self, &self->picture, picture_job, job_new (self, name),
        (GDestroyNotify) nn_tensor_picture_unref, picture_cb);
}

static void
window_wanted_cb (NudgeTensorDiff *view,
                  const char *name,
                  guint64 first_row,
                  guint64 first_column,
                  guint64 n_rows,
                  guint64 n_columns,
                  Comparison *self)
{
  Job *job = job_new (self, name);

  job->first_row = first_row;
  job->first_column = first_column;
  job->n_rows = n_rows;
  job->n_columns = n_columns;
  push (view, self, &self->window, window_job, job,
        (GDestroyNotify) nn_tensor_window_unref, window_cb);
}

/* @sides: (transfer full) */
static GtkWidget *
new_view (Sides *sides)
{
  GtkWidget *view = nudge_tensor_diff_new ();
  Comparison *self = g_new0 (Comparison, 1);

  self->sides = sides;
  self->worker = nudge_worker_new ();
  g_object_set_qdata_full (G_OBJECT (view), get_comparison (), self, comparison_free);
  g_signal_connect (view, "picture-wanted", G_CALLBACK (picture_wanted_cb), self);
  g_signal_connect (view, "window-wanted", G_CALLBACK (window_wanted_cb), self);
  nudge_tensor_diff_take_difference (NUDGE_TENSOR_DIFF (view),
                                     g_steal_pointer (&sides->difference),
                                     sides->names[0], sides->names[1]);
  gtk_widget_set_vexpand (view, TRUE);
  return view;
}

static char *
dup_result (const NnFileDifference *difference)
{
  const guint n = difference->pairs->len - difference->n_same;

  if (difference->same)
    return g_strdup (_ ("no value differs"));
  return g_strdup_printf (ngettext ("%u tensor differs", "%u tensors differ", n), n);
}

/* @sides: (transfer full) */
static void
present (GtkWindow *parent, Sides *sides)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = adw_header_bar_new ();
  g_autofree char *title =
      g_strdup_printf (_ ("%s and %s"), sides->names[0], sides->names[1]);
  g_autofree char *result = dup_result (sides->difference);

  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header),
                                   adw_window_title_new (title, result));
  gtk_box_append (GTK_BOX (column), header);
  gtk_box_append (GTK_BOX (column), new_view (sides));
  adw_window_set_content (ADW_WINDOW (window), column);
  gtk_window_set_title (GTK_WINDOW (window), title);
  /* For its keys: those that close a window, and that quit. */
  gtk_window_set_application (GTK_WINDOW (window), gtk_window_get_application (parent));
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (window), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (window), 900, 640);
  gtk_window_present (GTK_WINDOW (window));
}

/* --- Comparing --------------------------------------------------------------------- */

/* A NudgeReadFunc. */
static gpointer
compare (const char *path, gconstpointer data, const NnProgress *progress, GError **error)
{
  Sides *self = (Sides *) (guintptr) data;
  const NnFileVersion *a = self->versions[0];

  if (self->versions[1] == NULL)
    self->versions[1] = nudge_found_file_open_version (path, error);
  if (self->versions[1] != NULL && nn_file_version_check (a, error))
    self->difference = nn_file_difference_new (self->versions[1], a, progress, error);
  return self->difference != NULL ? g_atomic_rc_box_acquire (self) : NULL;
}

static void
compared_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (NudgeTensorWindow) window = data;
  g_autoptr (GError) error = NULL;
  Sides *sides = nudge_reading_finish (result, &error);

  if (sides != NULL) {
    /* A is what was there first: the other file, or this one as it was opened. */
    NnFileVersion *version = sides->versions[0];
    char *name = sides->names[0];

    sides->versions[0] = sides->versions[1];
    sides->versions[1] = version;
    sides->names[0] = sides->names[1];
    sides->names[1] = name;
    present (GTK_WINDOW (window), sides);
  } else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    nudge_dialogs_say (GTK_WINDOW (window), _ ("Could not compare"), error->message);
  }
}

/* @other: (transfer full) (nullable): %NULL: it is read from @path */
static void
begin (NudgeTensorWindow *window, NnFileVersion *other, const char *path, char *name)
{
  NudgeTensorDocument *document = nudge_tensor_window_get_document (window);
  Sides *sides = g_atomic_rc_box_new0 (Sides);
  const NudgeReading what = { .path = path,
                              .read = compare,
                              .data = sides,
                              .free_data = (GDestroyNotify) sides_unref,
                              .free_result = (GDestroyNotify) sides_unref,
                              .ends_with_parent = TRUE };

  sides->versions[0] = nn_file_version_ref (nudge_tensor_document_get_version (document));
  sides->versions[1] = other;
  sides->names[0] = nudge_tensor_document_dup_name (document);
  sides->names[1] = name;
  nudge_reading_async (gtk_window_get_application (GTK_WINDOW (window)),
                       GTK_WINDOW (window), &what, compared_cb, g_object_ref (window));
}

/**
 * nudge_compare_with_opened:
 *
 * The tensors as they are now with those of the file on disk.
 */
void
nudge_compare_with_opened (NudgeTensorWindow *window)
{
  NudgeTensorDocument *document = nudge_tensor_window_get_document (window);
  NnFileVersion *version = nudge_tensor_document_get_version (document);

  begin (window, nn_file_version_ref (nn_file_version_get_first (version)),
         nudge_tensor_document_get_path (document), g_strdup (_ ("as opened")));
}

/* Likewise with those of the file at @path. */
void
nudge_compare_with_file (NudgeTensorWindow *window, const char *path)
{
  g_autofree char *base = g_path_get_basename (path);

  begin (window, NULL, path, nn_path_dup_display_name (base));
}

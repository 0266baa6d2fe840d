/* nudge-tensor-reader.c - reads tensors of a file on another thread
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/tensors/nudge-tensor-reader.h"

#include <glib/gi18n.h>

#include "app/base/nudge-worker.h"
#include "app/tensors/nudge-tensor-job.h"

struct _NudgeTensorReader {
  GObject parent_instance;

  NnFileVersion *version; /* (owned) */
  GListStore *tensors;    /* (owned) of NudgeTensor; the file's arrays first */
  GHashTable *indices;    /* (owned) NudgeTensor to 1 + the index of its array */
  GHashTable *asked;      /* (owned) NudgeTensor to the GCancellable of its summary */
  NudgeWorker *summaries; /* (owned) */
  NudgeWorker *views;     /* (owned) what is looked at does not wait for the table */
  NudgeTensor *viewed;    /* (owned) (nullable) whose picture was asked for last */
  GCancellable *picture;  /* (owned) (nullable) of the newest request, until it is done */
  GCancellable *window;   /* (owned) (nullable) */
  GCancellable *preview;  /* (owned) (nullable) */
  gboolean closed;
};

enum {
  PICTURE,
  WINDOW,
  PREVIEW,
  REFUSED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (NudgeTensorReader, nudge_tensor_reader, G_TYPE_OBJECT)

static gboolean
find_index (NudgeTensorReader *self, NudgeTensor *tensor, guint *index)
{
  const guint found = GPOINTER_TO_UINT (g_hash_table_lookup (self->indices, tensor));

  *index = found - 1;
  return found > 0 && !self->closed;
}

static void
cancel (GCancellable **cancellable)
{
  if (*cancellable != NULL)
    g_cancellable_cancel (*cancellable);
  g_clear_object (cancellable);
}

static void
push (NudgeTensorReader *self,
      NudgeWorker *worker,
      NudgeWorkFunc job,
      NudgeTensorJob *data,
      GDestroyNotify free_result,
      GCancellable *cancellable,
      GAsyncReadyCallback callback)
{
  const NudgeWork work = { job, data, (GDestroyNotify) nudge_tensor_job_free,
                           free_result };

  nudge_worker_push (worker, &work, self, cancellable, callback, NULL);
}

/* --- Summaries --------------------------------------------------------------------- */

static void
summary_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  NudgeTensorReader *self = NUDGE_TENSOR_READER (source);
  const NudgeTensorJob *job = nudge_worker_get_data (result);
  g_autoptr (GError) error = NULL;
  g_autoptr (NudgeTensorFacts) facts = nudge_worker_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_hash_table_remove (self->asked, job->tensor);
  if (facts == NULL) {
    nudge_tensor_set_fault (job->tensor, error->message);
    return;
  }
  nudge_tensor_set_change (job->tensor, &facts->change);
  nudge_tensor_set_summary (job->tensor, facts->summary);
}

/**
 * nudge_tensor_reader_want:
 *
 * Asks for the tensor's summary.
 */
void
nudge_tensor_reader_want (NudgeTensorReader *self, NudgeTensor *tensor)
{
  GCancellable *cancellable;
  guint index;

  g_return_if_fail (NUDGE_IS_TENSOR_READER (self));

  if (!find_index (self, tensor, &index) || g_hash_table_contains (self->asked, tensor))
    return;
  cancellable = g_cancellable_new ();
  g_hash_table_insert (self->asked, tensor, cancellable);
  push (self, self->summaries, nudge_tensor_job_read_facts,
        nudge_tensor_job_new (self->version, tensor, index),
        (GDestroyNotify) nudge_tensor_facts_free, cancellable, summary_cb);
}

static void
give_up (NudgeTensorReader *self, NudgeTensor *tensor)
{
  GCancellable *cancellable = g_hash_table_lookup (self->asked, tensor);

  if (cancellable != NULL)
    g_cancellable_cancel (cancellable);
  g_hash_table_remove (self->asked, tensor);
}

/* No row shows it any more, but the selected tensor is wanted all the same. */
void
nudge_tensor_reader_unwant (NudgeTensorReader *self, NudgeTensor *tensor)
{
  g_return_if_fail (NUDGE_IS_TENSOR_READER (self));

  if (tensor != self->viewed)
    give_up (self, tensor);
}

/* --- What is looked at ------------------------------------------------------------- */

static void
picture_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  NudgeTensorReader *self = NUDGE_TENSOR_READER (source);
  const NudgeTensorJob *job = nudge_worker_get_data (result);
  g_autoptr (GError) error = NULL;
  g_autoptr (NnTensorPicture) picture = nudge_worker_finish (result, &error);

  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_clear_object (&self->picture);
  if (picture != NULL)
    g_signal_emit (source, signals[PICTURE], 0, job->tensor, picture);
}

/**
 * nudge_tensor_reader_want_picture:
 *
 * Its summary, too, if it has none.
 */
void
nudge_tensor_reader_want_picture (NudgeTensorReader *self, NudgeTensor *tensor)
{
  guint index;

  g_return_if_fail (NUDGE_IS_TENSOR_READER (self));

  cancel (&self->picture);
  g_set_object (&self->viewed, tensor);
  if (!find_index (self, tensor, &index))
    return;
  if (nudge_tensor_get_summary (tensor) == NULL)
    nudge_tensor_reader_want (self, tensor);
  self->picture = g_cancellable_new ();
  push (self, self->views, nudge_tensor_job_read_picture,
        nudge_tensor_job_new (self->version, tensor, index),
        (GDestroyNotify) nn_tensor_picture_unref, self->picture, picture_cb);
}

static void
window_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  const NudgeTensorJob *job = nudge_worker_get_data (result);
  g_autoptr (NnTensorWindow) window = nudge_worker_finish (result, NULL);

  if (window != NULL)
    g_signal_emit (source, signals[WINDOW], 0, job->tensor, window);
}

/**
 * nudge_tensor_reader_want_window:
 *
 * Of the matrix that nn-tensor-picture.h speaks of.
 */
void
nudge_tensor_reader_want_window (NudgeTensorReader *self,
                                 NudgeTensor *tensor,
                                 guint64 first_row,
                                 guint64 first_column,
                                 guint64 n_rows,
                                 guint64 n_columns)
{
  NudgeTensorJob *job;
  guint index;

  g_return_if_fail (NUDGE_IS_TENSOR_READER (self));

  cancel (&self->window);
  if (!find_index (self, tensor, &index))
    return;
  job = nudge_tensor_job_new (self->version, tensor, index);
  job->first_row = first_row;
  job->first_column = first_column;
  job->n_rows = n_rows;
  job->n_columns = n_columns;
  self->window = g_cancellable_new ();
  push (self, self->views, nudge_tensor_job_read_window, job,
        (GDestroyNotify) nn_tensor_window_unref, self->window, window_cb);
}

static void
preview_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NnTensorSummary) summary = nudge_worker_finish (result, &error);

  if (summary != NULL)
    g_signal_emit (source, signals[PREVIEW], 0, summary);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_signal_emit (source, signals[REFUSED], 0, error->message);
}

/**
 * nudge_tensor_reader_preview:
 * @tensor: (nullable): that is looked at
 * @nudge: (nullable): %NULL: nothing is previewed any more
 */
void
nudge_tensor_reader_preview (NudgeTensorReader *self,
                             NudgeTensor *tensor,
                             const NnNudge *nudge)
{
  NudgeTensorJob *job;
  guint index;

  g_return_if_fail (NUDGE_IS_TENSOR_READER (self));

  cancel (&self->preview);
  if (nudge == NULL || tensor == NULL || !find_index (self, tensor, &index)) {
    g_signal_emit (self, signals[PREVIEW], 0, NULL);
    return;
  }
  job = nudge_tensor_job_new (self->version, tensor, index);
  job->nudge = nn_nudge_ref ((NnNudge *) (guintptr) nudge);
  self->preview = g_cancellable_new ();
  push (self, self->views, nudge_tensor_job_preview, job,
        (GDestroyNotify) nn_tensor_summary_unref, self->preview, preview_cb);
}

/* --- Versions ---------------------------------------------------------------------- */

/* A picture under way would be of the values before. */
static void
renew_picture (NudgeTensorReader *self, NnFileVersion *before, NnFileVersion *after)
{
  guint index;

  if (self->picture != NULL && find_index (self, self->viewed, &index) &&
      nn_file_version_differ (before, after, index))
    nudge_tensor_reader_want_picture (self, self->viewed);
}

/* Tensors that may have changed are read again, if they were seen. */
static void
renew (NudgeTensorReader *self, NnFileVersion *before, NnFileVersion *after)
{
  GListModel *tensors = G_LIST_MODEL (self->tensors);
  const guint n = nn_file_version_get_arrays (after)->len;

  for (guint i = 0; i < n; i++) {
    g_autoptr (NudgeTensor) tensor = g_list_model_get_item (tensors, i);
    const gboolean asked = g_hash_table_contains (self->asked, tensor);

    if (!nn_file_version_differ (before, after, i) ||
        (!asked && nudge_tensor_get_summary (tensor) == NULL))
      continue;
    give_up (self, tensor);
    nudge_tensor_reader_want (self, tensor);
  }
}

/**
 * nudge_tensor_reader_set_version:
 *
 * What is read from now on is @version's; what has been read of it before stays shown
 * until then.
 */
void
nudge_tensor_reader_set_version (NudgeTensorReader *self, NnFileVersion *version)
{
  NnFileVersion *before;

  g_return_if_fail (NUDGE_IS_TENSOR_READER (self));

  before = self->version;
  self->version = nn_file_version_ref (version);
  renew (self, before, version);
  renew_picture (self, before, version);
  nn_file_version_unref (before);
}

/* Returns: (transfer none) (element-type NudgeTensor): in the file's order */
GListModel *
nudge_tensor_reader_get_tensors (NudgeTensorReader *self)
{
  g_return_val_if_fail (NUDGE_IS_TENSOR_READER (self), NULL);

  return G_LIST_MODEL (self->tensors);
}

/* --- Life -------------------------------------------------------------------------- */

/**
 * nudge_tensor_reader_close:
 *
 * Nothing is wanted any more. It lives until what is under way has ended.
 */
void
nudge_tensor_reader_close (NudgeTensorReader *self)
{
  GHashTableIter iter;
  gpointer cancellable;

  g_return_if_fail (NUDGE_IS_TENSOR_READER (self));

  self->closed = TRUE;
  g_hash_table_iter_init (&iter, self->asked);
  while (g_hash_table_iter_next (&iter, NULL, &cancellable))
    g_cancellable_cancel (cancellable);
  cancel (&self->picture);
  cancel (&self->window);
  cancel (&self->preview);
}

static void
nudge_tensor_reader_finalize (GObject *object)
{
  NudgeTensorReader *self = NUDGE_TENSOR_READER (object);

  nudge_worker_free (self->summaries);
  nudge_worker_free (self->views);
  g_hash_table_unref (self->asked);
  g_hash_table_unref (self->indices);
  g_clear_object (&self->viewed);
  g_clear_object (&self->picture);
  g_clear_object (&self->window);
  g_clear_object (&self->preview);
  g_object_unref (self->tensors);
  g_clear_pointer (&self->version, nn_file_version_unref);
  G_OBJECT_CLASS (nudge_tensor_reader_parent_class)->finalize (object);
}

static guint
add_signal (const char *name, guint n, GType first, GType second)
{
  return g_signal_new (name, NUDGE_TYPE_TENSOR_READER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                       NULL, G_TYPE_NONE, n, first, second);
}

static void
nudge_tensor_reader_class_init (NudgeTensorReaderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = nudge_tensor_reader_finalize;
  signals[PICTURE] = add_signal ("picture", 2, NUDGE_TYPE_TENSOR, G_TYPE_POINTER);
  signals[WINDOW] = add_signal ("window", 2, NUDGE_TYPE_TENSOR, G_TYPE_POINTER);
  signals[PREVIEW] = add_signal ("preview", 1, G_TYPE_POINTER, G_TYPE_NONE);
  signals[REFUSED] = add_signal ("refused", 1, G_TYPE_STRING, G_TYPE_NONE);
}

static void
nudge_tensor_reader_init (NudgeTensorReader *self)
{
  self->tensors = g_list_store_new (NUDGE_TYPE_TENSOR);
  self->indices = g_hash_table_new (NULL, NULL);
  self->asked = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
  self->summaries = nudge_worker_new ();
  self->views = nudge_worker_new ();
}

static void
add_tensor (GPtrArray *tensors, const char *name, const char *type, const NnArray *array)
{
  g_ptr_array_add (tensors, nudge_tensor_new (name, type, array ? array->rank : 0,
                                              array ? array->shape : NULL));
}

/* Those of types that are not read come last. */
static void
add_others (GPtrArray *tensors, const NnInPlace *in_place)
{
  for (guint i = 0; i < in_place->others->len; i++) {
    const NnOtherArray *other = in_place->others->pdata[i];

    add_tensor (tensors, other->name, other->type, NULL);
    nudge_tensor_set_fault (
        tensors->pdata[tensors->len - 1],
        _ ("numbers of this type are not read, and stay as they are"));
  }
}

/**
 * nudge_tensor_reader_new:
 * @version: what is read at first
 */
NudgeTensorReader *
nudge_tensor_reader_new (NnFileVersion *version)
{
  NudgeTensorReader *self = g_object_new (NUDGE_TYPE_TENSOR_READER, NULL);
  const GPtrArray *arrays = nn_file_version_get_arrays (version);
  g_autoptr (GPtrArray) tensors = g_ptr_array_new_with_free_func (g_object_unref);

  self->version = nn_file_version_ref (version);
  for (guint i = 0; i < arrays->len; i++) {
    const NnArray *array = arrays->pdata[i];

    add_tensor (tensors, nn_array_area_get_name (array), nn_dtype_get_name (array->dtype),
                array);
    g_hash_table_insert (self->indices, tensors->pdata[i], GUINT_TO_POINTER (i + 1));
  }
  add_others (tensors, nn_file_version_get_store (version)->arrays->in_place);
  g_list_store_splice (self->tensors, 0, 0, tensors->pdata, tensors->len);
  return self;
}

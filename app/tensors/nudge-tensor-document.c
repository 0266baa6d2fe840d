/* nudge-tensor-document.c - what a window of tensors shows: a file, and the nudges of it
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/tensors/nudge-tensor-document.h"

#include <glib/gi18n.h>

#include "app/base/nudge-worker.h"
#include "app/tensors/nudge-file-history.h"
#include "nn/base/nn-error.h"
#include "nn/files/nn-path.h"

struct _NudgeTensorDocument {
  GObject parent_instance;

  char *path;                /* (owned) of the file, as it was opened */
  NnFileVersion *version;    /* (owned) with the nudges made so far */
  NnFileVersion *saved;      /* (owned) what a file has */
  NudgeTensorReader *reader; /* (owned) */
  NudgeFileHistory *history; /* (owned) */
  NudgeWorker *edits_worker; /* (owned) */
  GCancellable *cancellable; /* (owned) (nullable) of what is under way */
  NnNudge *refused; /* (owned) (nullable) which could skip what it does not fit */
  GFile *file;      /* (owned) (nullable) */
  char *busy;       /* (owned) (nullable) */
  gboolean closed;
};

enum {
  PROP_CAN_UNDO = 1,
  PROP_CAN_REDO,
  PROP_BUSY,
  PROP_FILE,
  PROP_UNSAVED,
  N_PROPS,
};

enum {
  REFUSED,
  APPLIED,
  N_SIGNALS,
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (NudgeTensorDocument, nudge_tensor_document, G_TYPE_OBJECT)

/* --- What there is ----------------------------------------------------------------- */

const char *
nudge_tensor_document_get_path (NudgeTensorDocument *self)
{
  g_return_val_if_fail (NUDGE_IS_TENSOR_DOCUMENT (self), NULL);

  return self->path;
}

/* Returns: (transfer full): of the file that it was saved to, or opened from */
char *
nudge_tensor_document_dup_name (NudgeTensorDocument *self)
{
  g_autofree char *base = NULL;

  g_return_val_if_fail (NUDGE_IS_TENSOR_DOCUMENT (self), NULL);

  base = self->file ? g_file_get_basename (self->file) : g_path_get_basename (self->path);
  return nn_path_dup_display_name (base);
}

/* Returns: (transfer none): with the nudges made so far */
NnFileVersion *
nudge_tensor_document_get_version (NudgeTensorDocument *self)
{
  g_return_val_if_fail (NUDGE_IS_TENSOR_DOCUMENT (self), NULL);

  return self->version;
}

NudgeTensorReader *
nudge_tensor_document_get_reader (NudgeTensorDocument *self)
{
  g_return_val_if_fail (NUDGE_IS_TENSOR_DOCUMENT (self), NULL);

  return self->reader;
}

/* Returns: (transfer none): of NudgeFileEdit, oldest first */
GListModel *
nudge_tensor_document_get_edits (NudgeTensorDocument *self)
{
  g_return_val_if_fail (NUDGE_IS_TENSOR_DOCUMENT (self), NULL);

  return nudge_file_history_get_list (self->history);
}

/**
 * nudge_tensor_document_dup_command:
 *
 * Returns: (transfer full): the command that makes the same file
 */
char *
nudge_tensor_document_dup_command (NudgeTensorDocument *self)
{
  g_autofree char *in = NULL;
  g_autofree char *out = NULL;
  g_autofree char *path = NULL;
  g_autofree char *options = NULL;

  g_return_val_if_fail (NUDGE_IS_TENSOR_DOCUMENT (self), NULL);

  path = self->file ? g_file_get_path (self->file) : NULL;
  in = g_shell_quote (self->path);
  out = path ? g_shell_quote (path) : g_strdup ("OUT");
  options = nudge_file_history_dup_options (self->history, in);
  return g_strdup_printf ("nudge edit %s %s%s", in, out, options);
}

/* --- Along the edits --------------------------------------------------------------- */

static void
notify_all (NudgeTensorDocument *self)
{
  g_object_freeze_notify (G_OBJECT (self));
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CAN_UNDO]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CAN_REDO]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_UNSAVED]);
  g_object_thaw_notify (G_OBJECT (self));
}

static void
set_version (NudgeTensorDocument *self, NnFileVersion *version)
{
  nn_file_version_ref (version);
  nn_file_version_unref (self->version);
  self->version = version;
  nudge_tensor_reader_set_version (self->reader, version);
  notify_all (self);
}

static void
set_busy (NudgeTensorDocument *self, char *busy)
{
  g_free (self->busy);
  self->busy = busy;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_BUSY]);
}

/* What the history has. */
static void
follow (NudgeTensorDocument *self)
{
  set_version (self, nudge_file_history_get_version (self->history));
}

/* Goes back before the newest nudge; one that is not done yet is given up. */
void
nudge_tensor_document_undo (NudgeTensorDocument *self)
{
  g_return_if_fail (NUDGE_IS_TENSOR_DOCUMENT (self));

  if (nudge_file_history_get_pending (self->history) != NULL) {
    nudge_tensor_document_cancel (self);
  } else if (nudge_file_history_can_undo (self->history) && self->busy == NULL) {
    nudge_file_history_undo (self->history);
    follow (self);
  }
}

void
nudge_tensor_document_redo (NudgeTensorDocument *self)
{
  g_return_if_fail (NUDGE_IS_TENSOR_DOCUMENT (self));

  if (self->busy != NULL || !nudge_file_history_can_redo (self->history))
    return;
  nudge_file_history_redo (self->history);
  follow (self);
}

/* --- Applying ---------------------------------------------------------------------- */

typedef struct {
  NnFileVersion *version; /* (owned) */
  NnNudge *nudge;         /* (owned) (nullable) to be applied */
  char *path;             /* (owned) (nullable) to be saved to */
} Job;

static void
job_free (gpointer data)
{
  Job *self = data;

  nn_file_version_unref (self->version);
  g_clear_pointer (&self->nudge, nn_nudge_unref);
  g_free (self->path);
  g_free (self);
}

static Job *
job_new (NudgeTensorDocument *self)
{
  Job *job = g_new0 (Job, 1);

  job->version = nn_file_version_ref (self->version);
  return job;
}

static gpointer
apply_job (gpointer data, const NnProgress *progress, GError **error)
{
  const Job *self = data;

  return nn_file_version_apply (self->version, self->nudge, progress, error);
}

static void apply_next (NudgeTensorDocument *self);

static void
refuse (NudgeTensorDocument *self, NnNudge *nudge, const GError *error)
{
  const gboolean is_unfit = g_error_matches (error, NN_ERROR, NN_ERROR_NOT_FINITE) ||
                            g_error_matches (error, NN_ERROR, NN_ERROR_SHAPE);
  const gboolean can_skip =
      is_unfit && !nudge->skips && nn_target_is_pattern (&nudge->target);

  g_clear_pointer (&self->refused, nn_nudge_unref);
  self->refused = nn_nudge_ref (nudge);
  g_signal_emit (self, signals[REFUSED], 0, error->message, can_skip);
}

static void
applied_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  NudgeTensorDocument *self = NUDGE_TENSOR_DOCUMENT (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (NnFileVersion) version = nudge_worker_finish (result, &error);
  const Job *job = nudge_worker_get_data (result);
  NudgeFileEdit *edit;

  g_clear_object (&self->cancellable);
  set_busy (self, NULL);
  if (self->closed)
    return;
  if (version == NULL) {
    nudge_file_history_give_up (self->history);
    notify_all (self);
    if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
      refuse (self, job->nudge, error);
    return;
  }
  edit = nudge_file_history_take (self->history, version);
  follow (self);
  g_signal_emit (self, signals[APPLIED], 0, edit);
  apply_next (self);
}

static void
push (NudgeTensorDocument *self,
      NudgeWorkFunc run,
      Job *job,
      GDestroyNotify free_result,
      GAsyncReadyCallback callback,
      gpointer data)
{
  const NudgeWork work = { run, job, job_free, free_result };

  self->cancellable = g_cancellable_new ();
  nudge_worker_push (self->edits_worker, &work, self, self->cancellable, callback, data);
}

static void
apply_next (NudgeTensorDocument *self)
{
  NnNudge *nudge;
  g_autofree char *text = NULL;
  Job *job;

  nudge = nudge_file_history_get_pending (self->history);
  if (self->busy != NULL || nudge == NULL)
    return;
  job = job_new (self);
  job->nudge = nn_nudge_ref (nudge);
  text = nn_nudge_dup_text (nudge);
  push (self, apply_job, job, (GDestroyNotify) nn_file_version_unref, applied_cb, NULL);
  /* Translators: a nudge is being applied */
  set_busy (self, g_strdup_printf (_ ("Applying %s"), text));
}

/* As `nudge edit` reads it, so that it does the same there. */
static NnNudge *
dup_as_written (const NnNudge *nudge, gboolean skips, GError **error)
{
  NnNudgeSpec spec;
  g_autofree char *target = nn_nudge_dup_target (nudge);
  g_autofree char *text = NULL;
  g_autoptr (NnNudge) once = NULL;

  spec = (NnNudgeSpec){ .target = target,
                        .expression = nn_expression_get_text (nudge->expression),
                        .amount = nudge->amount,
                        .time = { NN_WHEN_EVERY_STEPS, .interval = 1 },
                        .skips = nudge->skips || skips,
                        .of_arrays = TRUE };
  once = nn_nudge_make (&spec, error);
  text = once ? nn_nudge_dup_text (once) : NULL;
  return text ? nn_nudge_parse_of_arrays (text, NULL, error) : NULL;
}

static void
apply (NudgeTensorDocument *self, const NnNudge *nudge, gboolean skips)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NnNudge) written = NULL;

  written = dup_as_written (nudge, skips, &error);
  if (written == NULL) {
    g_signal_emit (self, signals[REFUSED], 0, error->message, FALSE);
    return;
  }
  nudge_file_history_append (self->history, written);
  apply_next (self);
  notify_all (self);
}

/**
 * nudge_tensor_document_apply:
 *
 * Once what was asked for before is done; what was undone cannot be redone from then on.
 */
void
nudge_tensor_document_apply (NudgeTensorDocument *self, const NnNudge *nudge)
{
  g_return_if_fail (NUDGE_IS_TENSOR_DOCUMENT (self));

  apply (self, nudge, FALSE);
}

/* Applies the nudge that was refused to the tensors that it fits. */
void
nudge_tensor_document_skip (NudgeTensorDocument *self)
{
  g_return_if_fail (NUDGE_IS_TENSOR_DOCUMENT (self));

  if (self->refused != NULL)
    apply (self, self->refused, TRUE);
}

double
nudge_tensor_document_get_fraction (NudgeTensorDocument *self)
{
  g_return_val_if_fail (NUDGE_IS_TENSOR_DOCUMENT (self), 0);

  return nudge_worker_get_fraction (self->edits_worker);
}

void
nudge_tensor_document_cancel (NudgeTensorDocument *self)
{
  g_return_if_fail (NUDGE_IS_TENSOR_DOCUMENT (self));

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
}

/* --- Saving ------------------------------------------------------------------------ */

static gpointer
save_job (gpointer data, const NnProgress *progress, GError **error)
{
  const Job *self = data;

  return nn_file_version_save (self->version, self->path, progress, error);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  NudgeTensorDocument *self = NUDGE_TENSOR_DOCUMENT (source);
  g_autoptr (GTask) task = data;
  const Job *job = nudge_worker_get_data (result);
  g_autoptr (GError) error = NULL;
  NnReceipt *receipt = nudge_worker_finish (result, &error);

  g_clear_object (&self->cancellable);
  set_busy (self, NULL);
  if (receipt == NULL) {
    g_task_return_error (task, g_steal_pointer (&error));
  } else {
    g_clear_object (&self->file);
    self->file = g_file_new_for_path (job->path);
    nn_file_version_unref (self->saved);
    self->saved = nn_file_version_ref (job->version);
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_FILE]);
    notify_all (self);
    g_task_return_pointer (task, receipt, (GDestroyNotify) nn_receipt_free);
  }
  if (!self->closed)
    apply_next (self);
}

/**
 * nudge_tensor_document_save_async:
 * @file: not the one that was opened
 *
 * Writes the file with the nudges made so far, and reads it again.
 */
void
nudge_tensor_document_save_async (NudgeTensorDocument *self,
                                  GFile *file,
                                  GAsyncReadyCallback callback,
                                  gpointer data)
{
  g_autofree char *path = NULL;
  GTask *task;
  Job *job;

  g_return_if_fail (NUDGE_IS_TENSOR_DOCUMENT (self));

  path = g_file_get_path (file);
  task = g_task_new (self, NULL, callback, data);
  if (path == NULL) {
    g_task_return_new_error (
        task, NN_ERROR, NN_ERROR_FILE, "%s",
        _ ("this is not a folder on this computer; choose one that is"));
    g_object_unref (task);
    return;
  }
  if (self->busy != NULL) {
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_BUSY,
                             _ ("%s is not done yet: wait for it, or cancel it"),
                             self->busy);
    g_object_unref (task);
    return;
  }
  job = job_new (self);
  job->path = g_steal_pointer (&path);
  push (self, save_job, job, (GDestroyNotify) nn_receipt_free, saved_cb, task);
  set_busy (self, g_strdup (_ ("Saving, and reading back")));
}

/**
 * nudge_tensor_document_save_finish:
 *
 * Returns: (transfer full) (nullable): what was found in the file
 */
NnReceipt *
nudge_tensor_document_save_finish (NudgeTensorDocument *self,
                                   GAsyncResult *result,
                                   GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- Life -------------------------------------------------------------------------- */

/**
 * nudge_tensor_document_close:
 *
 * Stops accepting work, and lives until the work under way has ended.
 */
void
nudge_tensor_document_close (NudgeTensorDocument *self)
{
  g_return_if_fail (NUDGE_IS_TENSOR_DOCUMENT (self));

  self->closed = TRUE;
  nudge_tensor_document_cancel (self);
  nudge_tensor_reader_close (self->reader);
}

static void
nudge_tensor_document_get_property (GObject *object,
                                    guint id,
                                    GValue *value,
                                    GParamSpec *pspec)
{
  NudgeTensorDocument *self = NUDGE_TENSOR_DOCUMENT (object);

  switch (id) {
  case PROP_CAN_UNDO:
    g_value_set_boolean (value, nudge_file_history_can_undo (self->history) ||
                                    self->busy != NULL);
    break;
  case PROP_CAN_REDO:
    g_value_set_boolean (value, nudge_file_history_can_redo (self->history));
    break;
  case PROP_BUSY:
    g_value_set_string (value, self->busy);
    break;
  case PROP_FILE:
    g_value_set_object (value, self->file);
    break;
  case PROP_UNSAVED:
    g_value_set_boolean (value, self->version != self->saved || self->busy != NULL);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
nudge_tensor_document_finalize (GObject *object)
{
  NudgeTensorDocument *self = NUDGE_TENSOR_DOCUMENT (object);

  nudge_worker_free (self->edits_worker);
  g_clear_object (&self->reader);
  nudge_file_history_free (self->history);
  g_clear_object (&self->file);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->refused, nn_nudge_unref);
  g_clear_pointer (&self->version, nn_file_version_unref);
  g_clear_pointer (&self->saved, nn_file_version_unref);
  g_free (self->busy);
  g_free (self->path);
  G_OBJECT_CLASS (nudge_tensor_document_parent_class)->finalize (object);
}

static void
nudge_tensor_document_class_init (NudgeTensorDocumentClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags =
      G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = nudge_tensor_document_get_property;
  object_class->finalize = nudge_tensor_document_finalize;
  props[PROP_CAN_UNDO] = g_param_spec_boolean ("can-undo", NULL, NULL, FALSE, flags);
  props[PROP_CAN_REDO] = g_param_spec_boolean ("can-redo", NULL, NULL, FALSE, flags);
  props[PROP_BUSY] = g_param_spec_string ("busy", NULL, NULL, NULL, flags);
  props[PROP_FILE] = g_param_spec_object ("file", NULL, NULL, G_TYPE_FILE, flags);
  props[PROP_UNSAVED] = g_param_spec_boolean ("unsaved", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[REFUSED] =
      g_signal_new ("refused", NUDGE_TYPE_TENSOR_DOCUMENT, G_SIGNAL_RUN_LAST, 0, NULL,
                    NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_BOOLEAN);
  signals[APPLIED] =
      g_signal_new ("applied", NUDGE_TYPE_TENSOR_DOCUMENT, G_SIGNAL_RUN_LAST, 0, NULL,
                    NULL, NULL, G_TYPE_NONE, 1, NUDGE_TYPE_FILE_EDIT);
}

static void
nudge_tensor_document_init (NudgeTensorDocument *self)
{
  self->edits_worker = nudge_worker_new ();
}

/**
 * nudge_tensor_document_new:
 * @file: as it is on disk
 * @path: of it, absolute; with a member behind it, FILE:NAME
 */
NudgeTensorDocument *
nudge_tensor_document_new (NnFileVersion *file, const char *path)
{
  NudgeTensorDocument *self = g_object_new (NUDGE_TYPE_TENSOR_DOCUMENT, NULL);

  self->path = g_strdup (path);
  self->history = nudge_file_history_new (file);
  self->version = nn_file_version_ref (file);
  self->saved = nn_file_version_ref (file);
  self->reader = nudge_tensor_reader_new (file);
  return self;
}

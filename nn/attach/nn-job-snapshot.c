/* nn-job-snapshot.c - a job's tensors as a file
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/attach/nn-job-snapshot.h"

#include <glib/gi18n.h>

#include "nn/base/nn-error.h"
#include "nn/io/nn-snapshot.h"

/* A job answers after its next step, which may take long. */
#define WAIT_US (60 * G_USEC_PER_SEC)

/**
 * nn_job_snapshot_write:
 * @path: its ending chooses the format
 * @n_tensors: (out): in the job's state_dict ()
 * @step: (out): after which the tensors were read
 *
 * Writes the tensors with their own dtypes.
 */
gboolean
nn_job_snapshot_write (NnJob *job,
                       const char *path,
                       gint64 until_us,
                       guint *n_tensors,
                       gint64 *step,
                       GError **error)
{
  const NnArrayFileKind *kind = nn_array_kind_find (path, TRUE, error);
  g_auto (NnMessage) reply = { NULL, NULL };
  g_autoptr (NnArrayFile) file = NULL;

  if (kind == NULL ||
      !nn_job_ask (job, json_pack ("{ss}", "do", "tensors"), until_us, &reply, error))
    return FALSE;
  file = nn_array_file_new (kind);
  *step = json_integer_value (json_object_get (reply.head, "step"));
  if (!nn_job_add_arrays (&reply, file, error))
    return FALSE;
  *n_tensors = file->arrays->len;
  return nn_array_file_save (file, path, error);
}

/**
 * nn_job_snapshot_save:
 * @socket: the job's
 *
 * Opens another connection, and waits for the job's next step, at most a minute.
 * Any thread.
 */
gboolean
nn_job_snapshot_save (const char *socket, const char *path, GError **error)
{
  const gint64 until_us = g_get_monotonic_time () + WAIT_US;
  g_autoptr (NnJob) job = nn_job_new (socket, until_us, error);
  guint n_tensors;
  gint64 step;

  return job != NULL &&
         nn_job_snapshot_write (job, path, until_us, &n_tensors, &step, error);
}

/* For a model that is not a chain: each tensor as it was last read. */
static gboolean
save_tensors (const NnTensors *tensors, const char *path, GError **error)
{
  const NnArrayFileKind *kind = nn_array_kind_find (path, TRUE, error);
  g_autoptr (NnArrayFile) file = NULL;

  if (kind == NULL)
    return FALSE;
  file = nn_array_file_new (kind);
  for (gsize i = 0; i < tensors->n; i++) {
    const NnTensorFacts *facts = &tensors->facts[i];

    if (facts->values == NULL) {
      g_set_error (error, NN_ERROR, NN_ERROR_UNKNOWN,
                   _ ("%s was not kept before the job ended, as the model is larger than "
                      "%u MiB, export while it runs"),
                   facts->name, (guint) (NN_TENSORS_KEPT >> 20));
      return FALSE;
    }
    g_ptr_array_add (file->arrays, nn_array_ref (facts->values));
  }
  return nn_array_file_save (file, path, error);
}

/**
 * nn_job_snapshot_save_last:
 * @frame: of a job that has ended
 *
 * Writes the last values that the job sent.
 */
gboolean
nn_job_snapshot_save_last (const NnFrame *frame, const char *path, GError **error)
{
  return frame->tensors != NULL
             ? save_tensors (frame->tensors, path, error)
             : nn_snapshot_save (frame->architecture, frame->values, path, error);
}

/* nn-job-snapshot.h - a job's tensors as a file
 *
 * SPDX-License-Identifier: MIT
 *
 * The ending of the name chooses the format: any of nn/arrays/array-files.inc that can be
 * written and holds several arrays.
 */

#pragma once

#include "nn/attach/nn-job.h"
#include "nn/session/nn-frame.h"

G_BEGIN_DECLS

gboolean nn_job_snapshot_write (NnJob *job,
                                const char *path,
                                gint64 until_us,
                                guint *n_tensors,
                                gint64 *step,
                                GError **error);
gboolean nn_job_snapshot_save (const char *socket, const char *path, GError **error);
gboolean
nn_job_snapshot_save_last (const NnFrame *frame, const char *path, GError **error);

G_END_DECLS

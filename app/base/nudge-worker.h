/* nudge-worker.h - a thread that does one job at a time, the newest first
 *
 * SPDX-License-Identifier: MIT
 *
 * A cancelled job that has not begun never does. One owner; used from the main thread.
 */

#pragma once

#include <gio/gio.h>

#include "nn/base/nn-progress.h"

G_BEGIN_DECLS

typedef struct _NudgeWorker NudgeWorker;

/* On the other thread. Returns: (transfer full) (nullable): %NULL with @error set */
typedef gpointer (*NudgeWorkFunc) (gpointer data,
                                   const NnProgress *progress,
                                   GError **error);

typedef struct {
  NudgeWorkFunc job;
  gpointer data; /* (transfer full) the job's */
  GDestroyNotify free_data;
  GDestroyNotify free_result;
} NudgeWork;

NudgeWorker *nudge_worker_new (void) G_GNUC_WARN_UNUSED_RESULT;
void nudge_worker_free (NudgeWorker *self);

void nudge_worker_push (NudgeWorker *self,
                        const NudgeWork *work,
                        gpointer source,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer data);
gpointer nudge_worker_get_data (GAsyncResult *result);
gpointer nudge_worker_finish (GAsyncResult *result, GError **error);
double nudge_worker_get_fraction (NudgeWorker *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NudgeWorker, nudge_worker_free)

G_END_DECLS

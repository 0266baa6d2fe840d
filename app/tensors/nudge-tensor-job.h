/* nudge-tensor-job.h - what is read of a tensor on the worker's thread
 *
 * SPDX-License-Identifier: MIT
 *
 * The data of a NudgeWork, its functions, and their results.
 */

#pragma once

#include "nn/patch/nn-array-summary.h"
#include "nn/patch/nn-file-version.h"
#include "ui/tensors/nudge-tensor.h"

G_BEGIN_DECLS

typedef struct {
  NnFileVersion *version; /* (owned) */
  NudgeTensor *tensor;    /* (owned) that asks; the GTK thread's */
  guint index;            /* of its array in the version */
  NnNudge *nudge;         /* (owned) (nullable) of a preview */
  guint64 first_row;      /* of a window */
  guint64 first_column;
  guint64 n_rows;
  guint64 n_columns;
} NudgeTensorJob;

/* Of a tensor, and how it differs from the file as it was opened. */
typedef struct {
  NnTensorSummary *summary; /* (owned) */
  NudgeTensorChange change;
} NudgeTensorFacts;

NudgeTensorJob *nudge_tensor_job_new (NnFileVersion *version,
                                      NudgeTensor *tensor,
                                      guint index) G_GNUC_WARN_UNUSED_RESULT;
void nudge_tensor_job_free (NudgeTensorJob *self);
void nudge_tensor_facts_free (NudgeTensorFacts *self);

/* Each a NudgeWorkFunc: they return a NudgeTensorFacts, an NnTensorPicture, an
 * NnTensorWindow, and an NnTensorSummary with its picture. */
gpointer
nudge_tensor_job_read_facts (gpointer data, const NnProgress *progress, GError **error);
gpointer
nudge_tensor_job_read_picture (gpointer data, const NnProgress *progress, GError **error);
gpointer
nudge_tensor_job_read_window (gpointer data, const NnProgress *progress, GError **error);
gpointer
nudge_tensor_job_preview (gpointer data, const NnProgress *progress, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NudgeTensorFacts, nudge_tensor_facts_free)

G_END_DECLS

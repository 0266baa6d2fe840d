/* nudge-found-file.h - the contents of a file that the user opens
 *
 * SPDX-License-Identifier: MIT
 *
 * One of three: an experiment, from a .nudge file or from parameters that are a chain of
 * linear layers; data, whose columns are still to be chosen; or the tensors of any other
 * model. A plain value with one owner.
 */

#pragma once

#include "nn/base/nn-progress.h"
#include "nn/experiment/nn-experiment.h"
#include "nn/patch/nn-file-version.h"

G_BEGIN_DECLS

typedef struct {
  NnExperiment *experiment; /* (owned) (nullable) */
  NnDataSpec data;          /* (owned) used if sheet is not NULL */
  NnSheet *sheet;           /* (owned) (nullable) a preview of data */
  NnFileVersion *tensors;   /* (owned) (nullable) */
  GError *why; /* (owned) (nullable) why tensors are no network, and no data */
} NudgeFoundFile;

gpointer nudge_found_file_read (const char *path,
                                gconstpointer data,
                                const NnProgress *progress,
                                GError **error);
gpointer nudge_found_file_read_tensors (const char *path,
                                        gconstpointer data,
                                        const NnProgress *progress,
                                        GError **error);
NnFileVersion *nudge_found_file_open_version (const char *path,
                                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
void nudge_found_file_free (NudgeFoundFile *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NudgeFoundFile, nudge_found_file_free)

G_END_DECLS

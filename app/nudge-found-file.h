/* nudge-found-file.h - what a file that is opened holds
 *
 * SPDX-License-Identifier: MIT
 *
 * An experiment, of a .nudge file or of parameters; or data, whose columns are still to be
 * chosen. A plain value of one owner.
 */

#pragma once

#include "nn/base/nn-progress.h"
#include "nn/experiment/nn-experiment.h"

G_BEGIN_DECLS

typedef struct {
  NnExperiment *experiment; /* (owned) (nullable) */
  NnDataSpec data;          /* (owned) … */
  NnSheet *sheet;           /* (owned) (nullable) … with this */
} NudgeFoundFile;

gpointer nudge_found_file_read (const char *path,
                                gconstpointer data,
                                const NnProgress *progress,
                                GError **error);
void nudge_found_file_free (NudgeFoundFile *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NudgeFoundFile, nudge_found_file_free)

G_END_DECLS

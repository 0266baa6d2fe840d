/* nn-checkpoint-data.h - digests of the data that a run was trained on
 *
 * SPDX-License-Identifier: MIT
 *
 * Of each data file that the experiment or an edit in its log names: a digest of the
 * numbers read, so that the file may be moved or compressed, but not changed.
 */

#pragma once

#include "nn/experiment/nn-log.h"
#include "nn/files/nn-chunks.h"

G_BEGIN_DECLS

GByteArray *nn_checkpoint_pack_data (const NnLog *log) G_GNUC_WARN_UNUSED_RESULT;
gboolean nn_checkpoint_check_data (const NnChunks *chunks,
                                   const NnExperiment *experiment,
                                   GError **error);

G_END_DECLS

/* nn-checkpoint-data.h - which data a run was trained on, as digests
 *
 * SPDX-License-Identifier: MIT
 *
 * Of every file that the experiment or an edit in its log names: of the numbers that were
 * read of it, so that it may be written anew, or packed, but not changed.
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

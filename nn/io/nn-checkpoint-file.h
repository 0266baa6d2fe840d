/* nn-checkpoint-file.h - a run in a file, to go on from later, to the bit
 *
 * SPDX-License-Identifier: MIT
 *
 * A file of chunks (nn/files/nn-chunks.h). It has the experiment with the log of the run,
 * as the text of a .nudge file, and all that decides how the run goes on. Data that the
 * experiment names are not in it, but their digests are: the run goes on with the same
 * numbers or not at all. Nothing of a file that is damaged or newer is used.
 */

#pragma once

#include "nn/base/nn-progress.h"
#include "nn/run/nn-timeline.h"

G_BEGIN_DECLS

#define NN_CHECKPOINT_ENDING ".nudge-checkpoint"

/* What was recorded beside the run, for who goes on from it. */
typedef struct {
  guint64 goal;        /* the step at which the run was to end; 0 if that is open */
  GArray *losses;      /* (owned) (nullable) float: of every step from 1 on */
  GArray *validations; /* (owned) (nullable) likewise, of the examples held out */
} NnCheckpointRecord;

typedef struct {
  NnExperiment *experiment; /* (owned) with the log, what is ahead included */
  guint64 step;             /* where the run is */
  guint64 n_done;           /* how much of the log is done there */
  NnCheckpointRecord record;
  NnChunks *chunks; /* (owned) the rest, which nn_checkpoint_file_resume () reads */
  char *path;       /* (owned) */
} NnCheckpointFile;

void nn_checkpoint_record_clear (NnCheckpointRecord *self);

gboolean nn_checkpoint_file_check_path (const char *path, GError **error);
gboolean nn_checkpoint_file_save (const NnRunState *state,
                                  const NnExperiment *named,
                                  const NnCheckpointRecord *record,
                                  const char *path,
                                  GError **error);
char *nn_checkpoint_file_format_experiment (const NnLog *log,
                                            const NnExperiment *named,
                                            const char *path) G_GNUC_WARN_UNUSED_RESULT;
NnCheckpointFile *nn_checkpoint_file_load (const char *path,
                                           const NnProgress *progress,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;
NnCheckpointFile *nn_checkpoint_file_parse (GBytes *bytes,
                                            const char *path,
                                            const NnProgress *progress,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;
NnTimeline *nn_checkpoint_file_resume (const NnCheckpointFile *self,
                                       gsize budget,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
void nn_checkpoint_file_free (NnCheckpointFile *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NnCheckpointRecord, nn_checkpoint_record_clear)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnCheckpointFile, nn_checkpoint_file_free)

G_END_DECLS

/* nn-checkpoint-file.h - a whole run as a file, which is resumed to the bit
 *
 * SPDX-License-Identifier: MIT
 *
 * A file of chunks (nn/files/nn-chunks.h): the experiment with the run's log, as the text
 * of a .nudge file, the same of runs that were left with events to come, and the whole
 * state of the trainer. Data files that the experiment names are not in it, but their
 * digests are: without the same data a run is not resumed. Nor is one from a file that is
 * damaged, or of a newer version.
 */

#pragma once

#include "nn/base/nn-progress.h"
#include "nn/run/nn-timeline.h"

G_BEGIN_DECLS

#define NN_CHECKPOINT_ENDING ".nudge-checkpoint"

/* What `nudge run` has recorded besides the run's own history. */
typedef struct {
  guint64 goal;   /* the step at which the run was to end; 0: not given */
  GArray *losses; /* (owned) (nullable) (element-type float) of every step from 1 on */
  GArray *validations; /* (owned) (nullable) likewise, on the held-out examples */
} NnCheckpointRecord;

typedef struct {
  NnExperiment *experiment; /* (owned) with the whole log, planned events too */
  guint64 step;             /* the run's present step */
  guint64 n_done;           /* events of the log that are done there */
  NnCheckpointRecord record;
  NnChunks *chunks; /* (owned) the rest, for nn_checkpoint_file_resume () */
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

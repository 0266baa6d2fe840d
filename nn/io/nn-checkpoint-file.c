/* nn-checkpoint-file.c - a whole run as a file, which is resumed to the bit
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/io/nn-checkpoint-file.h"

#include <glib/gi18n.h>
#include <string.h>

#include "nn/base/nn-error.h"
#include "nn/files/nn-file.h"
#include "nn/files/nn-pack.h"
#include "nn/files/nn-path.h"
#include "nn/io/nn-checkpoint-data.h"
#include "nn/io/nn-experiment-file.h"

static const NnChunksKind kind = {
  .magic = NN_CHUNKS_CHECKPOINT,
  .what = N_ ("a checkpoint"),
  .version = 2, /* 1 did not count epochs, and had no history */
};

/**
 * nn_checkpoint_file_check_path:
 *
 * Returns: FALSE if the ending of @path is not that of such a file
 */
gboolean
nn_checkpoint_file_check_path (const char *path, GError **error)
{
  return nn_path_check_ending (path, NN_CHECKPOINT_ENDING,
                               _ ("a checkpoint is written to"), error);
}

void
nn_checkpoint_record_clear (NnCheckpointRecord *self)
{
  g_clear_pointer (&self->losses, g_array_unref);
  g_clear_pointer (&self->validations, g_array_unref);
}

/* ---- writing ----------------------------------------------------------------------- */

/**
 * nn_checkpoint_file_format_experiment:
 * @named: as nn_log_make_experiment ()
 * @path: of the checkpoint: paths of data are written relative to its folder
 *
 * Returns: (transfer full): the text of the run's experiment, as a checkpoint has it
 */
char *
nn_checkpoint_file_format_experiment (const NnLog *log,
                                      const NnExperiment *named,
                                      const char *path)
{
  g_autoptr (NnExperiment) experiment = nn_log_make_experiment (log, named);
  g_autofree char *folder = g_path_get_dirname (path);

  return nn_experiment_file_format_full (experiment, folder);
}

static GByteArray *
pack_experiment (const NnRunState *state, const NnExperiment *named, const char *path)
{
  GByteArray *bytes = g_byte_array_new ();
  g_autofree char *text = nn_checkpoint_file_format_experiment (state->log, named, path);

  nn_pack_u64 (bytes, nn_run_state_get_step (state));
  nn_pack_text (bytes, named->name);
  nn_pack_text (bytes, text);
  return bytes;
}

/* Those of the runs that were left, oldest first. */
static void
write_left (NnChunks *chunks,
            const NnRunState *state,
            const NnExperiment *named,
            const char *path)
{
  GByteArray *bytes, *marks;

  if (state->left->len == 0)
    return;
  bytes = g_byte_array_new ();
  marks = g_byte_array_new (); /* older versions do not read them */
  nn_pack_u64 (bytes, state->left->len);
  for (guint i = state->left->len; i-- > 0;) {
    const NnLeftRun *left = &g_array_index (state->left, NnLeftRun, i);
    g_autofree char *text = nn_checkpoint_file_format_experiment (left->log, named, path);

    nn_pack_u64 (bytes, left->fork.step);
    nn_pack_u64 (bytes, left->fork.n_done);
    nn_pack_text (bytes, text);
    nn_pack_u64 (marks, left->mark != NULL);
    if (left->mark != NULL)
      nn_history_mark_pack (left->mark, marks);
  }
  nn_chunks_take_array (chunks, "left", bytes);
  nn_chunks_take_array (chunks, "left marks", marks);
}

static void
write_array (NnChunks *chunks, const char *name, const GArray *values)
{
  if (values != NULL)
    nn_chunks_take (
        chunks, name,
        nn_pack_floats ((const float *) (gconstpointer) values->data, values->len));
}

static void
write_record (NnChunks *chunks, const NnCheckpointRecord *record)
{
  GByteArray *bytes = g_byte_array_new ();

  nn_pack_u64 (bytes, record ? record->goal : 0);
  nn_chunks_take_array (chunks, "record", bytes);
  if (record == NULL)
    return;
  write_array (chunks, "losses", record->losses);
  write_array (chunks, "validations", record->validations);
}

/**
 * nn_checkpoint_file_save:
 * @named: gives the experiment's name and title
 * @record: (nullable)
 *
 * Replaces the file as a whole or not at all: nn/files/nn-atomic-file.h. Any thread.
 */
gboolean
nn_checkpoint_file_save (const NnRunState *state,
                         const NnExperiment *named,
                         const NnCheckpointRecord *record,
                         const char *path,
                         GError **error)
{
  g_autoptr (NnChunks) chunks = nn_chunks_new ();

  nn_chunks_take_array (chunks, "experiment", pack_experiment (state, named, path));
  nn_chunks_take_array (chunks, "data", nn_checkpoint_pack_data (state->log));
  write_left (chunks, state, named, path);
  write_record (chunks, record);
  nn_run_state_write (state, chunks);
  return nn_chunks_save (chunks, &kind, path, error);
}

/* ---- reading ----------------------------------------------------------------------- */

static gboolean
refuse (const char *what, GError **error)
{
  g_set_error (error, NN_ERROR, NN_ERROR_FILE,
               _ ("it is a checkpoint that is damaged: %s cannot be right"), what);
  return FALSE;
}

static gboolean
read_experiment (NnCheckpointFile *self, const NnProgress *progress, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (self->path);
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;
  NnUnpack bytes;

  nn_unpack_init (&bytes, nn_chunks_get (self->chunks, "experiment"));
  self->step = nn_unpack_u64 (&bytes);
  name = nn_unpack_text (&bytes);
  text = nn_unpack_text (&bytes);
  if (!nn_unpack_is_done (&bytes) || name == NULL || text == NULL)
    return refuse (_ ("its experiment"), error);
  self->experiment =
      nn_experiment_file_parse_full (text, strlen (text), name, folder, progress, error);
  if (self->experiment == NULL)
    g_prefix_error (error, _ ("its experiment: "));
  return self->experiment != NULL;
}

/* @values: (out) (transfer full) (nullable): NULL if there is no such chunk */
static gboolean
read_array (const NnChunks *chunks, const char *name, guint64 n, GArray **values)
{
  GBytes *chunk = nn_chunks_get (chunks, name);

  if (chunk == NULL)
    return TRUE;
  if (g_bytes_get_size (chunk) / sizeof (float) != n || n > G_MAXUINT / sizeof (float))
    return FALSE;
  *values = g_array_sized_new (FALSE, FALSE, sizeof (float), (guint) n);
  g_array_set_size (*values, (guint) n);
  return nn_unpack_floats (chunk, (float *) (gpointer) (*values)->data, n);
}

static gboolean
read_record (NnCheckpointFile *self, GError **error)
{
  NnCheckpointRecord *record = &self->record;
  NnUnpack bytes;

  nn_unpack_init (&bytes, nn_chunks_get (self->chunks, "record"));
  record->goal = nn_unpack_u64 (&bytes);
  if (nn_unpack_is_done (&bytes) &&
      read_array (self->chunks, "losses", self->step, &record->losses) &&
      read_array (self->chunks, "validations", self->step, &record->validations))
    return TRUE;
  return refuse (_ ("its record of losses"), error);
}

static gboolean
read_all (NnCheckpointFile *self,
          GBytes *bytes,
          const NnProgress *progress,
          GError **error)
{
  self->chunks = nn_chunks_parse (bytes, &kind, error);
  return self->chunks && read_experiment (self, progress, error) &&
         nn_checkpoint_check_data (self->chunks, self->experiment, error) &&
         read_record (self, error);
}

/**
 * nn_checkpoint_file_parse:
 * @bytes: the file's contents; gets a reference
 * @path: of the file: paths of data are relative to its folder
 *
 * As nn_checkpoint_file_load (), of a file that was read already; messages do not
 * name it.
 */
NnCheckpointFile *
nn_checkpoint_file_parse (GBytes *bytes,
                          const char *path,
                          const NnProgress *progress,
                          GError **error)
{
  g_autoptr (NnCheckpointFile) self = g_new0 (NnCheckpointFile, 1);

  self->path = g_strdup (path);
  return read_all (self, bytes, progress, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * nn_checkpoint_file_load:
 * @progress: (nullable): of reading the experiment's data
 *
 * Reads a checkpoint and the data of its experiment.
 *
 * Returns: (nullable): NULL with NN_ERROR_FILE if it is no checkpoint, damaged or of a
 *   newer version, or if its data cannot be read or have changed
 */
NnCheckpointFile *
nn_checkpoint_file_load (const char *path, const NnProgress *progress, GError **error)
{
  gsize n_bytes;
  char *contents = nn_file_read (path, G_MAXSSIZE - 1, &n_bytes, error);
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *name = NULL;
  NnCheckpointFile *self;

  if (contents == NULL)
    return NULL;
  bytes = g_bytes_new_take (contents, n_bytes);
  self = nn_checkpoint_file_parse (bytes, path, progress, error);
  name = nn_path_dup_display_name (path);
  if (self == NULL)
    g_prefix_error (error, "%s: ", name);
  return self;
}

static gboolean
check_step (const NnCheckpointFile *self, const NnTimeline *timeline, GError **error)
{
  return nn_trainer_get_n_steps (nn_timeline_get_trainer (timeline)) == self->step ||
         refuse (_ ("its step"), error);
}

/* @marks: (nullable): of a file that has them
 * @mark: (out) (transfer full) (nullable): of the next run that was left */
static gboolean
read_mark (NnUnpack *marks, NnHistoryMark **mark)
{
  *mark = NULL;
  if (marks == NULL || nn_unpack_u64_up_to (marks, 1) == 0)
    return marks == NULL || !marks->failed;
  *mark = nn_history_mark_new ();
  return nn_history_mark_unpack (*mark, marks);
}

/* What cannot be read any more, as its data are gone, or does not fit, only undo would have
 * used: the run itself is whole without. */
static gboolean
resume_one (const NnCheckpointFile *self,
            NnTimeline *timeline,
            NnUnpack *bytes,
            NnUnpack *marks)
{
  g_autofree char *folder = g_path_get_dirname (self->path);
  g_autofree char *text = NULL;
  g_autoptr (NnExperiment) experiment = NULL;
  g_autoptr (NnHistoryMark) mark = NULL;
  NnPosition fork;

  fork.step = nn_unpack_u64 (bytes);
  fork.n_done = nn_unpack_u64 (bytes);
  text = nn_unpack_text (bytes);
  if (text == NULL || !read_mark (marks, &mark))
    return FALSE;
  experiment = nn_experiment_file_parse_full (text, strlen (text), self->experiment->name,
                                              folder, NULL, NULL);
  if (experiment != NULL)
    nn_timeline_resume_left (timeline, self->experiment, fork, mark, experiment->events);
  return TRUE;
}

static gboolean
resume_left (const NnCheckpointFile *self, NnTimeline *timeline)
{
  GBytes *chunk = nn_chunks_get (self->chunks, "left");
  GBytes *marks_chunk = nn_chunks_get (self->chunks, "left marks");
  NnUnpack bytes, marks;
  guint64 n;

  if (chunk == NULL)
    return TRUE;
  nn_unpack_init (&bytes, chunk);
  nn_unpack_init (&marks, marks_chunk);
  n = nn_unpack_u64_up_to (&bytes, NN_TIMELINE_BRANCHES);
  for (guint64 i = 0; i < n && !bytes.failed; i++)
    if (!resume_one (self, timeline, &bytes, marks_chunk ? &marks : NULL))
      return FALSE;
  return nn_unpack_is_done (&bytes) &&
         (marks_chunk == NULL || nn_unpack_is_done (&marks));
}

/**
 * nn_checkpoint_file_resume:
 * @budget: as nn_timeline_new ()
 *
 * Returns: (transfer full) (nullable): the run at its step, to the bit; NULL with
 *   NN_ERROR_FILE if the file is inconsistent, or as nn_timeline_new ()
 */
NnTimeline *
nn_checkpoint_file_resume (const NnCheckpointFile *self, gsize budget, GError **error)
{
  g_autoptr (NnTimeline) timeline =
      nn_timeline_resume (self->experiment, self->chunks, budget, error);

  if (timeline == NULL || !check_step (self, timeline, error))
    return NULL;
  if (budget > 0 && !resume_left (self, timeline)) {
    refuse (_ ("what undo returns to"), error);
    return NULL;
  }
  return g_steal_pointer (&timeline);
}

void
nn_checkpoint_file_free (NnCheckpointFile *self)
{
  g_clear_pointer (&self->experiment, nn_experiment_free);
  g_clear_pointer (&self->chunks, nn_chunks_free);
  nn_checkpoint_record_clear (&self->record);
  g_free (self->path);
  g_free (self);
}

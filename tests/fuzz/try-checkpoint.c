/* try-checkpoint.c - what any bytes must do when they are read as a checkpoint
 *
 * SPDX-License-Identifier: MIT
 */

#include "tests/fuzz/try-checkpoint.h"

#include "nn/io/nn-checkpoint-file.h"
#include "tests/fuzz/said.h"

#define N_DIGEST 32

/* What an experiment may ask for is bounded elsewhere, by the machine's memory. */
#define MOST_VALUES   65536
#define MOST_UNITS    256
#define MOST_EXAMPLES 4096

/* Bytes whose digest is theirs: else nothing that is changed would get any further. */
static GBytes *
make_whole (const guint8 *bytes, gsize size)
{
  guint8 *whole = g_memdup2 (bytes, size);

  if (size >= N_DIGEST) {
    g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
    gsize n = N_DIGEST;

    g_checksum_update (checksum, whole, (gssize) (size - N_DIGEST));
    g_checksum_get_digest (checksum, whole + size - N_DIGEST, &n);
  }
  return g_bytes_new_take (whole, size);
}

static gboolean
is_small_edit (const NnEdit *edit)
{
  for (gsize i = 0; i < edit->n_layers; i++)
    if (edit->layers[i].n_units > MOST_UNITS)
      return FALSE;
  return !(edit->parts & NN_EDIT_HAS_DATA) ||
         nn_data_spec_get_n_examples (&edit->data) <= MOST_EXAMPLES;
}

static gboolean
is_small (const NnExperiment *experiment)
{
  for (guint i = 0; i < experiment->events->len; i++) {
    const NnEvent *event = &g_array_index (experiment->events, NnEvent, i);

    if (event->kind == NN_EVENT_EDIT && !is_small_edit (event->edit))
      return FALSE;
  }
  return experiment->architecture->n_values <= MOST_VALUES &&
         experiment->architecture->n_features <= MOST_UNITS &&
         nn_data_spec_get_n_examples (&experiment->data) <= MOST_EXAMPLES;
}

/* Whatever it says, it is a run: it can be saved, it goes on, or fails as one does, and can
 * be kept. */
static void
go_on (NnTimeline *timeline)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NnRunState) state = NULL;
  g_autoptr (NnChunks) chunks = nn_chunks_new ();
  const gsize n_events = nn_log_get_n_events (nn_timeline_get_log_for_file (timeline));

  g_assert_cmpuint (nn_log_get_n_events (nn_timeline_get_log (timeline)), <=, n_events);
  if (!nn_timeline_step (timeline, &error))
    assert_can_be_said (error);
  state = nn_timeline_save (timeline);
  nn_run_state_write (state, chunks);
}

/**
 * try_checkpoint:
 * @bytes: (array length=size): anything; the digest at their end is made theirs
 *
 * Aborts unless @bytes either are refused with an error that can be shown, or are a run
 * that goes on.
 *
 * Returns: whether they are
 */
gboolean
try_checkpoint (const void *bytes, gsize size)
{
  g_autoptr (GBytes) whole = make_whole (bytes, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (NnCheckpointFile) file =
      nn_checkpoint_file_parse (whole, "./x.nudge-checkpoint", NULL, &error);
  g_autoptr (NnTimeline) timeline = NULL;

  g_assert_true ((file == NULL) == (error != NULL));
  if (file == NULL) {
    assert_can_be_said (error);
    return FALSE;
  }
  if (!is_small (file->experiment))
    return FALSE;
  timeline = nn_checkpoint_file_resume (file, 0, &error);
  g_assert_true ((timeline == NULL) == (error != NULL));
  if (timeline == NULL) {
    assert_can_be_said (error);
    return FALSE;
  }
  g_assert_cmpuint (nn_trainer_get_n_steps (nn_timeline_get_trainer (timeline)), ==,
                    file->step);
  go_on (timeline);
  return TRUE;
}

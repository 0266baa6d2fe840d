/* checkpoint-runs.h - runs that are saved and resumed
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include "nn/io/nn-checkpoint-file.h"
#include "tests/nn/random-log.h"
#include "tests/nn/small-trainer.h"

#define N_SEEDS 150
#define N_STEPS 14

static inline void
travel_all (NnTimeline *timeline)
{
  while (nn_timeline_is_travelling (timeline))
    nn_timeline_travel (timeline, G_MAXUINT64);
}

static inline void
save (NnTimeline *timeline, const NnExperiment *named, const char *path)
{
  g_autoptr (NnRunState) state = nn_timeline_save (timeline);
  g_autoptr (GError) error = NULL;

  nn_checkpoint_file_save (state, named, NULL, path, &error);
  g_assert_no_error (error);
}

static inline NnTimeline *
resume (const char *path, gsize budget)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NnCheckpointFile) file = nn_checkpoint_file_load (path, NULL, &error);
  NnTimeline *timeline;

  g_assert_no_error (error);
  timeline = nn_checkpoint_file_resume (file, budget, &error);
  g_assert_no_error (error);
  return timeline;
}

static inline void
assert_same_chunks (const NnChunks *one, const NnChunks *other)
{
  g_assert_cmpuint (nn_chunks_get_n (one), ==, nn_chunks_get_n (other));
  for (gsize i = 0; i < nn_chunks_get_n (one); i++) {
    const char *name, *other_name;
    GBytes *bytes = nn_chunks_get_nth (one, i, &name);
    GBytes *others = nn_chunks_get_nth (other, i, &other_name);

    g_assert_cmpstr (name, ==, other_name);
    if (!g_bytes_equal (bytes, others))
      g_test_message ("the %s differ", name);
    g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                     g_bytes_get_data (others, NULL), g_bytes_get_size (others));
  }
}

/* All that a checkpoint has, without a disk. */
static inline void
assert_same (NnTimeline *one, NnTimeline *other, const NnExperiment *named)
{
  g_autoptr (NnRunState) state = nn_timeline_save (one);
  g_autoptr (NnRunState) others = nn_timeline_save (other);
  g_autoptr (NnChunks) chunks = nn_chunks_new ();
  g_autoptr (NnChunks) other_chunks = nn_chunks_new ();
  g_autofree char *text = nn_checkpoint_file_format_experiment (state->log, named, "./x");
  g_autofree char *other_text =
      nn_checkpoint_file_format_experiment (others->log, named, "./x");

  g_assert_cmpstr (text, ==, other_text);
  nn_run_state_write (state, chunks);
  nn_run_state_write (others, other_chunks);
  assert_same_chunks (chunks, other_chunks);
}
/* Nudges and edits, steps, and all ways back and forth. */
static inline void
act (RandomExperiment *random, NnTimeline *timeline)
{
  const guint kind = random_below (random, 16);

  if (kind < 5)
    random_do (random, timeline);
  else if (kind < 12)
    nn_timeline_step (timeline, NULL);
  else if (kind == 12)
    nn_timeline_undo (timeline);
  else if (kind == 13)
    nn_timeline_redo (timeline);
  else if (kind == 14)
    nn_timeline_go_to (timeline,
                       random_below (random, (guint) nn_timeline_get_end (timeline) + 1));
  else
    nn_timeline_reset (timeline);
  travel_all (timeline);
}

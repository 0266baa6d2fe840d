/* test-nn-checkpoint.c - a run in a file goes on to the bit, and a damaged file never does
 *
 * SPDX-License-Identifier: MIT
 *
 * Two runs are the same if their checkpoints are, byte for byte, now and after what is done
 * to both of them.
 */

#include "checkpoint-runs.h"
#include "nn/base/nn-error.h"
#include "nn/files/nn-file.h"
#include "nn/io/nn-checkpoint-saver.h"
#include "tests/nn/scratch.h"
#include "tests/nn/session-frames.h"

static const gsize budgets[] = { 1, 60000, NN_TIMELINE_BUDGET };

static GBytes *
read_bytes (const char *path)
{
  g_autoptr (GError) error = NULL;
  gsize n_bytes;
  char *contents = nn_file_read (path, 1 << 28, &n_bytes, &error);

  g_assert_no_error (error);
  return g_bytes_new_take (contents, n_bytes);
}

static GBytes *
get_bytes (NnTimeline *timeline, const NnExperiment *named, const char *path)
{
  save (timeline, named, path);
  return read_bytes (path);
}

/* ---- runs that a seed makes up ----------------------------------------------------- */

static void
step_both (NnTimeline *one, NnTimeline *other, const RandomExperiment *random)
{
  for (guint k = 0; k < N_STEPS; k++) {
    const gboolean went = nn_timeline_step (one, NULL);

    g_assert_cmpint (nn_timeline_step (other, NULL), ==, went);
    assert_same (one, other, random->experiment);
  }
}

static void
redo_both (NnTimeline *one, NnTimeline *other, const RandomExperiment *random)
{
  while (nn_timeline_can_redo (other)) {
    nn_timeline_redo (one);
    nn_timeline_redo (other);
    travel_all (one);
    travel_all (other);
    assert_same (one, other, random->experiment);
  }
}

/* Before what was done in this run, the other knows of a reset, maybe. What was done after
 * it in a run that was left, that one has done, and the other has it planned. */
static void
undo_both (NnTimeline *one, NnTimeline *other, const RandomExperiment *random)
{
  const gsize n_kept = nn_timeline_get_n_kept (other);

  while (nn_timeline_can_undo (other)) {
    nn_timeline_undo (one);
    nn_timeline_undo (other);
    travel_all (one);
    travel_all (other);
    if (nn_timeline_get_n_kept (other) != n_kept) {
      nn_timeline_redo (one);
      nn_timeline_redo (other);
      travel_all (one);
      travel_all (other);
      assert_same (one, other, random->experiment);
      return;
    }
    assert_same (one, other, random->experiment);
  }
}

static void
try_seed (guint32 seed, const Scratch *scratch)
{
  g_auto (RandomExperiment) random;
  g_autoptr (NnTimeline) timeline = NULL;
  g_autoptr (NnTimeline) other = NULL;

  random_experiment_init (&random, seed);
  timeline = nn_timeline_new (
      random.experiment, budgets[random_below (&random, G_N_ELEMENTS (budgets))], NULL);
  for (guint n = random_below (&random, 3 * N_STEPS); n > 0; n--)
    act (&random, timeline);
  save (timeline, random.experiment, scratch->path);
  other = resume (scratch->path, budgets[random_below (&random, G_N_ELEMENTS (budgets))]);
  assert_same (timeline, other, random.experiment);
  if (random_chance (&random, 0.3))
    redo_both (timeline, other, &random);
  else if (random_chance (&random, 0.3))
    undo_both (timeline, other, &random);
  step_both (timeline, other, &random);
  undo_both (timeline, other, &random);
}

static void
test_random_runs_go_on_to_the_bit (Scratch *scratch, gconstpointer data)
{
  for (guint32 seed = 0; seed < N_SEEDS * (g_test_slow () ? 20 : 1); seed++) {
    if (g_test_verbose ())
      g_test_message ("seed %u", seed);
    try_seed (seed, scratch);
  }
}

/* ---- each optimizer, each shuffle -------------------------------------------------- */

static NnExperiment *
make_experiment (NnOptimizerType type, const char *shuffle, const char *nudges)
{
  g_autofree char *optimizer = small_dup_optimizer (type);
  g_autofree char *keys = g_strdup_printf (
      MOONS "," NETWORK (1) ", 'loss': {'type': 'mse'}, 'batch': {'size': 5, 'shuffle': "
                            "%s}, %s, 'nudges': [%s]",
      shuffle, optimizer, nudges);

  return small_experiment (keys);
}

/* An uninterrupted run, and one that is interrupted after every step. */
static void
check_interrupted (const NnExperiment *experiment, const Scratch *scratch)
{
  g_autoptr (NnTimeline) timeline = nn_timeline_new (experiment, 0, NULL);
  g_autoptr (NnTimeline) other = nn_timeline_new (experiment, 0, NULL);

  for (guint k = 0; k < 9; k++) {
    NnTimeline *resumed;

    save (other, experiment, scratch->path);
    resumed = resume (scratch->path, 0);
    nn_timeline_free (other);
    other = resumed;
    g_assert_true (nn_timeline_step (timeline, NULL));
    g_assert_true (nn_timeline_step (other, NULL));
    small_trainer_assert_same (nn_timeline_get_trainer (timeline),
                               nn_timeline_get_trainer (other));
  }
  assert_same (timeline, other, experiment);
}

static void
test_every_optimizer_and_shuffle (Scratch *scratch, gconstpointer data)
{
  static const char *const shuffles[] = { "false", "true", "\"dataloader\"" };
  static const char *const nudges[] = {
    "",
    "'*: w + a*noise @ every 2 steps a=0.01', 'fc2: w + 0.1*(w - before) @ every 3 "
    "steps'",
    "'fc1: w - a*g @ every example a=0.01', 'fc3: w0 @ every epoch memory=zero'",
    "'fc1: w + 0.1 @ every 2 epochs', 'fc2: 0.9*w @ step 3, 7, 8', '*: w*1.01 @ epoch 1, "
    "3 before backward'",
  };

  for (NnOptimizerType type = 0; type < NN_N_OPTIMIZERS; type++)
    for (gsize i = 0; i < G_N_ELEMENTS (shuffles); i++)
      for (gsize k = 0; k < G_N_ELEMENTS (nudges); k++) {
        g_autoptr (NnExperiment) experiment =
            make_experiment (type, shuffles[i], nudges[k]);

        check_interrupted (experiment, scratch);
      }
}

/* ---- damaged files ----------------------------------------------------------------- */

/* Refused with a name and a reason. */
static void
assert_refused (const char *path, const guint8 *bytes, gsize n_bytes)
{
  g_autoptr (GBytes) file_bytes = g_bytes_new_static (bytes, n_bytes);
  g_autoptr (GError) error = NULL;

  g_assert_null (nn_checkpoint_file_parse (file_bytes, path, NULL, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_FILE);
  g_assert_true (g_str_has_prefix (error->message, "it is "));
}

static GBytes *
make_bytes (const Scratch *scratch)
{
  g_autoptr (NnExperiment) experiment =
      make_experiment (NN_OPTIMIZER_ADAM, "true", "'*: w + a*noise @ every 2 steps'");
  g_autoptr (NnTimeline) timeline = nn_timeline_new (experiment, 0, NULL);

  for (guint k = 0; k < 5; k++)
    g_assert_true (nn_timeline_step (timeline, NULL));
  return get_bytes (timeline, experiment, scratch->path);
}

static void
test_damage_at_any_byte_is_refused (Scratch *scratch, gconstpointer data)
{
  g_autoptr (GBytes) all = make_bytes (scratch);
  gsize n_bytes;
  const guint8 *bytes = g_bytes_get_data (all, &n_bytes);
  g_autofree guint8 *damaged = g_memdup2 (bytes, n_bytes);

  for (gsize i = 0; i < n_bytes; i++) {
    damaged[i] ^= (guint8) (1 << i % 8);
    assert_refused (scratch->path, damaged, n_bytes);
    damaged[i] = bytes[i];
  }
}

static void
test_shorter_and_longer_files_are_refused (Scratch *scratch, gconstpointer data)
{
  g_autoptr (GBytes) all = make_bytes (scratch);
  gsize n_bytes;
  const guint8 *bytes = g_bytes_get_data (all, &n_bytes);
  g_autofree guint8 *longer = g_malloc0 (n_bytes + 1);

  memcpy (longer, bytes, n_bytes);
  assert_refused (scratch->path, longer, n_bytes + 1);
  for (gsize i = 0; i < n_bytes; i += 1 + i / 50)
    assert_refused (scratch->path, bytes, i);
}

static void
put_bytes (const char *path, const guint8 *bytes, gsize n_bytes)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, (const char *) bytes, (gssize) n_bytes, &error);
  g_assert_no_error (error);
}

static void
test_damaged_file_is_kept (Scratch *scratch, gconstpointer data)
{
  g_autoptr (GBytes) all = make_bytes (scratch);
  gsize n_bytes;
  const guint8 *bytes = g_bytes_get_data (all, &n_bytes);
  g_autofree guint8 *damaged = g_memdup2 (bytes, n_bytes);
  g_autoptr (GBytes) kept = NULL;
  g_autoptr (GError) error = NULL;

  damaged[n_bytes / 2] ^= 1;
  put_bytes (scratch->path, damaged, n_bytes);
  g_assert_null (nn_checkpoint_file_load (scratch->path, NULL, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_FILE);
  g_assert_nonnull (strstr (error->message, "damaged: its SHA-256 does not match"));
  kept = read_bytes (scratch->path);
  g_assert_cmpmem (g_bytes_get_data (kept, NULL), g_bytes_get_size (kept), damaged,
                   n_bytes);
}

static void
test_newer_and_foreign_files_are_named (Scratch *scratch, gconstpointer data)
{
  g_autoptr (GBytes) all = make_bytes (scratch);
  gsize n_bytes;
  g_autofree guint8 *bytes =
      g_memdup2 (g_bytes_get_data (all, &n_bytes), g_bytes_get_size (all));
  g_autoptr (GError) error = NULL;

  n_bytes = g_bytes_get_size (all);
  bytes[NN_CHUNKS_NAME] = 3;
  put_bytes (scratch->path, bytes, n_bytes);
  g_assert_null (nn_checkpoint_file_load (scratch->path, NULL, &error));
  g_assert_nonnull (
      strstr (error->message, "of version 3, and this program reads those"));
  g_clear_error (&error);
  put_contents (scratch->path, "step,loss\n");
  g_assert_null (nn_checkpoint_file_load (scratch->path, NULL, &error));
  g_assert_nonnull (strstr (error->message, "it is not a checkpoint"));
}

/* Gone on from in the past, what lay ahead is a branch like any other. */
static void
test_resumed_run_leaves_its_branch (Scratch *scratch, gconstpointer data)
{
  g_autoptr (NnExperiment) experiment = make_experiment (NN_OPTIMIZER_SGD, "false", "");
  g_autoptr (NnTimeline) timeline =
      nn_timeline_new (experiment, NN_TIMELINE_BUDGET, NULL);
  g_autoptr (NnTimeline) resumed = NULL;
  const NnEvent event = { .kind = NN_EVENT_GUARD, .guard = NN_GUARD_OFF };
  const NnBranch *branches;
  gsize n_branches;

  for (guint i = 0; i < 30; i++)
    g_assert_true (nn_timeline_step (timeline, NULL));
  nn_timeline_go_to (timeline, 10);
  travel_all (timeline);
  save (timeline, experiment, scratch->path);
  resumed = resume (scratch->path, NN_TIMELINE_BUDGET);
  g_assert_true (nn_timeline_do (resumed, &event, NULL));
  branches = nn_timeline_get_branches (resumed, &n_branches);
  g_assert_cmpuint (n_branches, ==, 1);
  g_assert_cmpuint (branches[0].fork, ==, 10);
  small_trainer_assert_same_losses (branches[0].history,
                                    nn_timeline_get_history (timeline));
}

/* With a digest that is its own. Undo was called at step 4, where nothing can be undone. */
static void
test_impossible_undo_is_refused (Scratch *scratch, gconstpointer data)
{
  const NnChunksKind kind = { NN_CHUNKS_CHECKPOINT, "a checkpoint", 2 };
  const guint64 position[] = { 0, 0, 0, 5, 1, 4, 0 };
  g_autoptr (GBytes) bytes = make_bytes (scratch);
  g_autoptr (GError) error = NULL;
  g_autoptr (NnChunks) chunks = nn_chunks_parse (bytes, &kind, &error);
  g_autoptr (NnChunks) other = nn_chunks_new ();
  g_autoptr (NnCheckpointFile) file = NULL;

  g_assert_no_error (error);
  for (gsize i = 0; i < nn_chunks_get_n (chunks); i++) {
    const char *name;
    GBytes *chunk = nn_chunks_get_nth (chunks, i, &name);

    nn_chunks_take (other, name,
                    g_str_equal (name, "position")
                        ? g_bytes_new_static (position, sizeof position)
                        : g_bytes_ref (chunk));
  }
  nn_chunks_save (other, &kind, scratch->path, &error);
  g_assert_no_error (error);
  file = nn_checkpoint_file_load (scratch->path, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (nn_checkpoint_file_resume (file, NN_TIMELINE_BUDGET, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_FILE);
}

/* It did not have each step's loss. */
static void
test_first_version_is_refused (Scratch *scratch, gconstpointer data)
{
  NnChunksKind kind = { NN_CHUNKS_CHECKPOINT, "a checkpoint", 2 };
  g_autoptr (GBytes) bytes = make_bytes (scratch);
  g_autoptr (GError) error = NULL;
  g_autoptr (NnChunks) chunks = nn_chunks_parse (bytes, &kind, &error);
  g_autoptr (NnChunks) first = nn_chunks_new ();
  g_autoptr (NnCheckpointFile) file = NULL;

  g_assert_no_error (error);
  for (gsize i = 0; i < nn_chunks_get_n (chunks); i++) {
    const char *name;
    GBytes *chunk = nn_chunks_get_nth (chunks, i, &name);

    if (!g_str_equal (name, "history"))
      nn_chunks_take (first, name, g_bytes_ref (chunk));
  }
  g_assert_cmpuint (nn_chunks_get_n (first), ==, nn_chunks_get_n (chunks) - 1);
  kind.version = 1;
  nn_chunks_save (first, &kind, scratch->path, &error);
  g_assert_no_error (error);
  file = nn_checkpoint_file_load (scratch->path, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (nn_checkpoint_file_resume (file, 0, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_FILE);
  g_assert_nonnull (strstr (error->message, "it is of an older version"));
}

/* ---- records ----------------------------------------------------------------------- */

static void
test_record_is_kept (Scratch *scratch, gconstpointer data)
{
  g_autoptr (NnExperiment) experiment = make_experiment (NN_OPTIMIZER_SGD, "false", "");
  g_autoptr (NnTimeline) timeline = nn_timeline_new (experiment, 0, NULL);
  const float losses[] = { 1.5f, 0.25f };
  NnCheckpointRecord record = { .goal = 77 };
  g_autoptr (NnRunState) state = NULL;
  g_autoptr (NnCheckpointFile) file = NULL;
  g_autoptr (GError) error = NULL;

  for (guint k = 0; k < G_N_ELEMENTS (losses); k++)
    g_assert_true (nn_timeline_step (timeline, NULL));
  record.losses = g_array_new (FALSE, FALSE, sizeof (float));
  g_array_append_vals (record.losses, losses, G_N_ELEMENTS (losses));
  state = nn_timeline_save (timeline);
  nn_checkpoint_file_save (state, experiment, &record, scratch->path, &error);
  g_assert_no_error (error);
  nn_checkpoint_record_clear (&record);
  file = nn_checkpoint_file_load (scratch->path, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (file->record.goal, ==, 77);
  g_assert_cmpuint (file->step, ==, 2);
  g_assert_cmpmem (file->record.losses->data, file->record.losses->len * sizeof (float),
                   losses, sizeof losses);
  g_assert_null (file->record.validations);
}

/* ---- while a session goes on ------------------------------------------------------- */

/* A session whose state is kept in a file. */
typedef struct {
  NnExperiment *experiment; /* (owned) */
  NnSession *session;       /* (owned) */
  NnCheckpointSaver *saver; /* (owned) */
} Kept;

static void
push (NnRunState *state, gpointer saver)
{
  nn_checkpoint_saver_push (saver, state, NULL);
}

static void
ask (gpointer session)
{
  nn_session_keep (session);
}

static void
kept_init (Kept *self, const char *path, double interval_s)
{
  self->experiment =
      make_experiment (NN_OPTIMIZER_ADAM, "true", "'*: w + a*noise @ every 2 steps'");
  self->session = nn_session_new (self->experiment, NULL);
  self->saver =
      nn_checkpoint_saver_new (path, self->experiment, interval_s, ask, self->session);
  nn_session_set_keeper (self->session, push, self->saver);
}

static void
kept_clear (Kept *self)
{
  nn_session_set_keeper (self->session, NULL, NULL);
  nn_checkpoint_saver_free (self->saver);
  nn_session_free (self->session);
  nn_experiment_free (self->experiment);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Kept, kept_clear)

/* Returns: (nullable): NULL if there is none yet */
static NnTimeline *
resume_if_there (const char *path)
{
  return g_file_test (path, G_FILE_TEST_EXISTS) ? resume (path, 0) : NULL;
}

static gboolean
shows (const NnFrame *frame, const NnTimeline *timeline)
{
  const NnTrainer *trainer = nn_timeline_get_trainer (timeline);
  const gsize n_bytes = frame->architecture->n_values * sizeof (float);

  return nn_trainer_get_n_steps (trainer) == frame->step &&
         nn_log_get_n_events (nn_timeline_get_log (timeline)) ==
             nn_log_get_n_events (frame->log) &&
         memcmp (frame->values, nn_network_get_values (nn_trainer_get_network (trainer)),
                 n_bytes) == 0;
}

/* The file has what the frame shows, soon. */
static NnTimeline *
wait_for (const NnFrame *frame, const char *path)
{
  const gint64 deadline = deadline_after (FRAME_DEADLINE_US);

  for (;;) {
    NnTimeline *timeline = resume_if_there (path);

    if (timeline && shows (frame, timeline))
      return timeline;
    g_clear_pointer (&timeline, nn_timeline_free);
    g_assert_cmpint (g_get_monotonic_time (), <, deadline);
    g_usleep (2000);
  }
}

static void
test_what_the_user_does_is_kept (Scratch *scratch, gconstpointer data)
{
  g_auto (Kept) kept;
  g_autoptr (NnNudge) nudge = nn_nudge_parse ("fc1: w + 0.1*noise", NULL);

  kept_init (&kept, scratch->path, 1000);
  for (guint k = 0; k < 5; k++) {
    g_autoptr (NnFrame) frame = NULL;
    g_autoptr (NnTimeline) timeline = NULL;

    nn_session_run (kept.session);
    g_usleep (3000);
    nn_session_pause (kept.session);
    nn_session_do (kept.session, &(NnEvent){ .kind = NN_EVENT_NUDGE, .nudge = nudge });
    frame = settled_frame (kept.session);
    timeline = wait_for (frame, scratch->path);
    if (k % 2)
      nn_session_undo (kept.session);
  }
}

static void
test_running_session_is_kept_by_itself (Scratch *scratch, gconstpointer data)
{
  const gint64 deadline = deadline_after (FRAME_DEADLINE_US);
  g_auto (Kept) kept;
  guint64 first = 0, last = 0;

  kept_init (&kept, scratch->path, 0.01);
  nn_session_run (kept.session); /* no frame is taken from here on */
  while (last <= first) {
    g_autoptr (NnTimeline) timeline = resume_if_there (scratch->path);

    if (timeline)
      last = nn_trainer_get_n_steps (nn_timeline_get_trainer (timeline));
    first = first > 0 ? first : last;
    g_assert_cmpint (g_get_monotonic_time (), <, deadline);
    g_usleep (2000);
  }
}

static void
test_session_goes_on (Scratch *scratch, gconstpointer data)
{
  g_autoptr (NnExperiment) experiment =
      make_experiment (NN_OPTIMIZER_ADAM, "true", "'*: w + a*noise @ every 2 steps'");
  g_autoptr (NnTimeline) timeline = nn_timeline_new (experiment, 0, NULL);
  g_autoptr (NnCheckpointFile) file = NULL;
  g_autoptr (NnSession) session = NULL;
  g_autoptr (NnFrame) frame = NULL;
  g_autoptr (NnFrame) stepped = NULL;

  for (guint k = 0; k < 5; k++)
    g_assert_true (nn_timeline_step (timeline, NULL));
  save (timeline, experiment, scratch->path);
  file = nn_checkpoint_file_load (scratch->path, NULL, NULL);
  session = nn_session_new_resumed (
      file->experiment, nn_checkpoint_file_resume (file, NN_TIMELINE_BUDGET, NULL));
  frame = settled_frame (session);
  g_assert_true (shows (frame, timeline));
  nn_session_step (session);
  stepped = settled_frame (session);
  g_assert_true (nn_timeline_step (timeline, NULL));
  g_assert_true (shows (stepped, timeline));
}

/* ---- a disk ------------------------------------------------------------------------ */

/* A disk that is full costs neither the run nor the file that was there. */
static void
test_failed_write_keeps_the_file (Scratch *scratch, gconstpointer data)
{
  g_autoptr (NnExperiment) experiment = make_experiment (NN_OPTIMIZER_SGD, "false", "");
  g_autoptr (NnTimeline) timeline = nn_timeline_new (experiment, 0, NULL);
  g_autoptr (NnCheckpointSaver) saver =
      nn_checkpoint_saver_new (scratch->path, experiment, 0.001, NULL, NULL);
  g_autoptr (NnTimeline) kept = NULL;
  g_autoptr (GError) error = NULL;

  nn_checkpoint_saver_push (saver, nn_timeline_save (timeline), NULL);
  g_assert_true (nn_checkpoint_saver_finish (saver, &error));
  g_assert_true (nn_timeline_step (timeline, NULL));
  limit_files (1000);
  nn_checkpoint_saver_push (saver, nn_timeline_save (timeline), NULL);
  g_assert_false (nn_checkpoint_saver_finish (saver, &error));
  unlimit_files ();
  g_assert_error (error, NN_ERROR, NN_ERROR_FILE);
  g_assert_cmpuint (scratch_count (scratch), ==, 1);
  kept = resume (scratch->path, 0);
  g_assert_cmpuint (nn_trainer_get_n_steps (nn_timeline_get_trainer (kept)), ==, 0);
}

#define ADD(name, function)                                                              \
  g_test_add ("/nn/checkpoint/" name, Scratch, NULL, scratch_set_up, function,           \
              scratch_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("random-runs-go-on-to-the-bit", test_random_runs_go_on_to_the_bit);
  ADD ("every-optimizer-and-shuffle", test_every_optimizer_and_shuffle);
  ADD ("damage-at-any-byte-is-refused", test_damage_at_any_byte_is_refused);
  ADD ("shorter-and-longer-files-are-refused", test_shorter_and_longer_files_are_refused);
  ADD ("damaged-file-is-kept", test_damaged_file_is_kept);
  ADD ("newer-and-foreign-files-are-named", test_newer_and_foreign_files_are_named);
  ADD ("resumed-run-leaves-its-branch", test_resumed_run_leaves_its_branch);
  ADD ("impossible-undo-is-refused", test_impossible_undo_is_refused);
  ADD ("first-version-is-refused", test_first_version_is_refused);
  ADD ("record-is-kept", test_record_is_kept);
  ADD ("what-the-user-does-is-kept", test_what_the_user_does_is_kept);
  ADD ("running-session-is-kept-by-itself", test_running_session_is_kept_by_itself);
  ADD ("session-goes-on", test_session_goes_on);
  ADD ("failed-write-keeps-the-file", test_failed_write_keeps_the_file);
  return g_test_run ();
}

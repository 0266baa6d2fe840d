/* test-nn-random-sessions.c - sessions that a seed drives lose nothing, though they are killed
 *
 * SPDX-License-Identifier: MIT
 *
 * Whatever is asked of a session, and whenever: its log alone gives its state to the bit, so
 * does the file that would be saved, and a checkpoint is the run that it was made of. With
 * NUDGE_SEEDS more seeds are tried.
 */

#include <math.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "nn/io/nn-checkpoint-saver.h"
#include "nn/io/nn-experiment-file.h"
#include "nn/session/nn-frame-of-run.h"
#include "tests/nn/random-experiment.h"
#include "tests/nn/scratch.h"
#include "tests/nn/session-frames.h"
#include "tests/nn/small-trainer.h"

#define N_SEEDS    12
#define N_ACTIONS  30
#define N_KILLS    4
#define LONGEST_MS 150 /* until a kill */

static guint
count_seeds (void)
{
  const char *more = g_getenv ("NUDGE_SEEDS");

  return N_SEEDS + (more ? (guint) g_ascii_strtoull (more, NULL, 10) : 0);
}

/* ---- a session that is kept --------------------------------------------------------- */

typedef struct {
  RandomExperiment *random;
  NnSession *session;       /* (owned) */
  NnCheckpointSaver *saver; /* (owned) */
  gint n_begun;             /* atomic: of states to be kept */
  gint n_pushed;            /* atomic: of those */
  NnFrame *frame;           /* (owned) (nullable) the newest that was taken */
  gboolean ghost;
} Driven;

/* Returns: (transfer none): a frame that has seen every command */
static const NnFrame *
look (Driven *self)
{
  const guint64 n_commands = nn_session_get_n_commands (self->session);

  while (self->frame == NULL || self->frame->n_commands < n_commands) {
    g_clear_pointer (&self->frame, nn_frame_unref);
    self->frame = next_frame (self->session);
  }
  return self->frame;
}

static void
push (NnRunState *state, gpointer data)
{
  Driven *self = data;

  g_atomic_int_inc (&self->n_begun);
  nn_checkpoint_saver_push (self->saver, state, NULL);
  g_atomic_int_inc (&self->n_pushed);
}

static void
ask (gpointer data)
{
  nn_session_keep (((Driven *) data)->session);
}

/* Goes on in the checkpoint at @path, if there is one. */
static void
driven_init (Driven *self, RandomExperiment *random, const char *path)
{
  g_autoptr (NnCheckpointFile) file = NULL;
  g_autoptr (GError) error = NULL;

  *self = (Driven){ .random = random };
  if (g_file_test (path, G_FILE_TEST_EXISTS)) {
    file = nn_checkpoint_file_load (path, NULL, &error);
    g_assert_no_error (error);
    self->session = nn_session_new_resumed (
        file->experiment, nn_checkpoint_file_resume (file, NN_TIMELINE_BUDGET, &error));
  } else {
    self->session = nn_session_new (random->experiment, &error);
  }
  g_assert_no_error (error);
  self->saver = nn_checkpoint_saver_new (path, random->experiment, 0.02, ask, self);
  nn_session_set_keeper (self->session, push, self);
}

static void
driven_clear (Driven *self)
{
  nn_session_set_keeper (self->session, NULL, NULL);
  nn_checkpoint_saver_free (self->saver);
  nn_session_free (self->session);
  g_clear_pointer (&self->frame, nn_frame_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Driven, driven_clear)

/* ---- what a user does --------------------------------------------------------------- */

/* Something that fits what @frame shows; the run may be elsewhere by the time. */
static void
do_something (Driven *self, const NnFrame *frame)
{
  g_autoptr (NnExperiment) now = nn_experiment_copy_plain (frame->experiment);
  g_autoptr (NnTrainer) trainer = NULL;
  g_auto (NnEvent) event = { 0 };

  g_ptr_array_set_size (now->nudges, 0);
  for (gsize i = 0; i < frame->n_standing; i++)
    g_ptr_array_add (now->nudges, nn_nudge_ref (frame->standing[i].nudge));
  trainer = nn_trainer_new (now, NULL);
  g_assert_nonnull (trainer);
  random_event (self->random, trainer, &event);
  if (event.id > 0)
    event.id = frame->standing[event.index].id;
  nn_session_do (self->session, &event);
}

static void
ask_something (Driven *self)
{
  g_autoptr (NnNudge) nudge = NULL;

  switch (random_below (self->random, 5)) {
  case 0:
    self->ghost = !self->ghost;
    nn_session_set_ghost (self->session, self->ghost);
    break;
  case 1:
    nn_session_score (self->session);
    break;
  case 2:
    nn_session_set_layers (self->session, random_chance (self->random, 0.5));
    break;
  case 3:
    if (random_chance (self->random, 0.5))
      nudge = random_nudge (self->random, RANDOM_ANYTHING);
    nn_session_preview (self->session, nudge);
    break;
  default:
    nn_session_carry (self->session, random_below (self->random, 16));
  }
}

static void
act (Driven *self, const NnFrame *frame)
{
  static const double speeds[] = { 0, 100, 3000 };
  RandomExperiment *random = self->random;

  switch (random_below (random, 16)) {
  case 0:
  case 1:
  case 2:
  case 3:
    do_something (self, frame);
    break;
  case 4:
  case 5:
    nn_session_run (self->session);
    break;
  case 6:
    nn_session_pause (self->session);
    break;
  case 7:
    nn_session_step (self->session);
    break;
  case 8:
    nn_session_run_to_step (self->session, frame->step + random_below (random, 40));
    break;
  case 9:
  case 10:
    nn_session_undo (self->session);
    break;
  case 11:
    nn_session_redo (self->session);
    break;
  case 12:
    nn_session_go_to (self->session, random_below (random, (guint) frame->end + 1));
    break;
  case 13:
    nn_session_set_speed (self->session,
                          speeds[random_below (random, G_N_ELEMENTS (speeds))]);
    break;
  case 14:
    if (random_chance (random, 0.3))
      nn_session_reset (self->session);
    else
      nn_session_walk (self->session);
    break;
  default:
    ask_something (self);
  }
  if (random_chance (random, 0.5))
    g_usleep (random_below (random, 2000));
}

/* ---- what must hold ----------------------------------------------------------------- */

/* Returns: (transfer full): the run that @log alone makes, at @step */
static NnTimeline *
repeat (NnLog *log, const NnExperiment *named, guint64 step)
{
  g_autoptr (NnExperiment) made = nn_log_make_experiment (log, named);
  g_autofree char *text = nn_experiment_file_format (made);
  g_autofree char *again = NULL;
  g_autoptr (NnExperiment) read = NULL;
  NnTimeline *timeline;
  g_autoptr (GError) error = NULL;

  read = nn_experiment_file_parse (text, strlen (text), named->name, &error);
  g_assert_no_error (error);
  again = nn_experiment_file_format (read);
  g_assert_cmpstr (again, ==, text);
  timeline = nn_timeline_new (read, 0, &error);
  g_assert_no_error (error);
  while (nn_trainer_get_n_steps (nn_timeline_get_trainer (timeline)) < step) {
    nn_timeline_step (timeline, &error);
    g_assert_no_error (error);
  }
  return timeline;
}

static char *
dup_file (NnLog *log, const NnExperiment *named)
{
  g_autoptr (NnExperiment) made = nn_log_make_experiment (log, named);

  return nn_experiment_file_format (made);
}

static void
assert_same_ends (NnHistory *one, NnHistory *other, guint64 step)
{
  for (guint64 i = step > 1000 ? step - 1000 : 1; i <= step; i++) {
    float loss, other_loss;

    if (nn_history_get_loss (one, i, &loss)) {
      g_assert_true (nn_history_get_loss (other, i, &other_loss));
      g_assert_cmpfloat (loss, ==, other_loss);
    }
  }
}

static void
assert_log_repeats (const NnFrame *frame, const NnExperiment *named)
{
  g_autoptr (NnTimeline) again = repeat (frame->log, named, frame->step);
  g_autoptr (NnTimeline) saved = repeat (frame->log_for_file, named, 0);
  g_autoptr (NnFrame) expected = nn_frame_of_timeline (again);

  g_assert_cmpmem (frame->values, frame->architecture->n_values * sizeof (float),
                   expected->values, expected->architecture->n_values * sizeof (float));
  g_assert_cmpint (frame->guard, ==, expected->guard);
  g_assert_cmpuint (frame->n_standing, ==, expected->n_standing);
  if (!frame->within_step)
    g_assert_cmpuint (frame->n_landings, ==, expected->n_landings);
  for (gsize i = 0; i < frame->n_landings && !frame->within_step; i++) {
    g_assert_cmpuint (frame->landings[i].first, ==, expected->landings[i].first);
    g_assert_cmpuint (frame->landings[i].n_times, ==, expected->landings[i].n_times);
  }
  assert_same_ends (frame->history, nn_timeline_get_history (again), frame->step);
}

/* It is a run that its own log makes to the bit. Returns: (transfer full): it */
static NnTimeline *
assert_is_whole (const char *path, const NnExperiment *named)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NnCheckpointFile) file = nn_checkpoint_file_load (path, NULL, &error);
  g_autoptr (NnTimeline) again = NULL;
  NnTimeline *timeline;

  g_assert_no_error (error);
  timeline = nn_checkpoint_file_resume (file, NN_TIMELINE_BUDGET, &error);
  g_assert_no_error (error);
  again = repeat (nn_timeline_get_log (timeline), named, file->step);
  if (!isnan (
          nn_trainer_get_loss (nn_timeline_get_trainer (again)))) /* or is no number */
    small_trainer_assert_same (nn_timeline_get_trainer (timeline),
                               nn_timeline_get_trainer (again));
  assert_same_ends (nn_timeline_get_history (timeline), nn_timeline_get_history (again),
                    file->step);
  return timeline;
}

/* What is kept then is what is shown: a state that was taken after this began. */
static void
write_now (Driven *self)
{
  const gint n = g_atomic_int_get (&self->n_begun);
  const gint64 deadline = deadline_after (FRAME_DEADLINE_US);
  g_autoptr (GError) error = NULL;

  nn_session_keep (self->session);
  while (g_atomic_int_get (&self->n_pushed) <= n) {
    g_assert_cmpint (g_get_monotonic_time (), <, deadline);
    g_usleep (100);
  }
  nn_checkpoint_saver_finish (self->saver, &error);
  g_assert_no_error (error);
}

static void
check (Driven *self, const char *path)
{
  const NnExperiment *named = self->random->experiment;
  const NnFrame *frame;
  g_autoptr (NnTimeline) kept = NULL;
  g_autofree char *file = NULL;
  g_autofree char *kept_file = NULL;

  nn_session_pause (self->session);
  while ((frame = look (self))->unfinished)
    g_clear_pointer (&self->frame, nn_frame_unref);
  g_assert_false (frame->running);
  assert_log_repeats (frame, named);
  write_now (self);
  kept = assert_is_whole (path, named);
  g_assert_cmpmem (
      frame->values, frame->architecture->n_values * sizeof (float),
      nn_network_get_values (nn_trainer_get_network (nn_timeline_get_trainer (kept))),
      frame->architecture->n_values * sizeof (float));
  g_assert_cmpuint (nn_timeline_get_end (kept), ==, frame->end);
  g_assert_cmpuint (nn_timeline_get_n_unfit (kept), ==, frame->n_unfit);
  g_assert_cmpuint (nn_timeline_get_n_ahead (kept), >=, frame->n_ahead);
  file = dup_file (frame->log_for_file, named);
  kept_file = dup_file (nn_timeline_get_log_for_file (kept), named);
  g_assert_cmpstr (kept_file, ==, file);
}

static void
test_state_is_what_the_log_makes (Scratch *scratch, gconstpointer data)
{
  const guint n_seeds = count_seeds ();

  for (guint seed = 0; seed < n_seeds; seed++) {
    g_auto (RandomExperiment) random;
    g_auto (Driven) driven;

    if (g_test_verbose ())
      g_test_message ("seed %u", seed);
    random_experiment_init (&random, seed);
    driven_init (&driven, &random, scratch->path);
    for (guint i = 0; i < N_ACTIONS; i++) {
      act (&driven, look (&driven));
      if (i % 10 == 9)
        check (&driven, scratch->path);
    }
    g_assert_cmpint (g_remove (scratch->path), ==, 0);
  }
}

/* ---- killed ------------------------------------------------------------------------- */

/* Until it is killed; says on standard output how many of its actions are on the disk. The
 * title of what is kept is a number, too. */
static void
be_killed (guint seed, guint generation, const char *path)
{
  g_auto (RandomExperiment) random;
  g_auto (Driven) driven;

  random_experiment_init (&random, seed);
  g_free (random.experiment->title);
  random.experiment->title = g_strdup_printf ("%u", 1000000 * (generation + 1));
  driven_init (&driven, &random, path);
  g_rand_set_seed (random.random, seed * N_KILLS + generation);
  random.n_names = 1000 * (generation + 1);
  for (guint i = 1;; i++) {
    act (&driven, look (&driven));
    g_free (random.experiment->title);
    random.experiment->title = g_strdup_printf ("%u", 1000000 * (generation + 1) + i);
    nn_checkpoint_saver_set_named (driven.saver, random.experiment);
    if (random_chance (&random, 0.2)) {
      write_now (&driven);
      printf ("%s\n", random.experiment->title);
      fflush (stdout);
    }
  }
}

/* Returns: the last of its numbers, or 0 */
static guint64
let_one_be_killed (guint seed, guint generation, const char *path, guint after_ms)
{
  g_autofree char *seed_text = g_strdup_printf ("%u", seed);
  g_autofree char *generation_text = g_strdup_printf ("%u", generation);
  const char *const arguments[] = { "/proc/self/exe", "--be-killed", seed_text,
                                    generation_text,  path,          NULL };
  g_autoptr (GString) said = g_string_new ("");
  g_auto (GStrv) lines = NULL;
  g_autoptr (GError) error = NULL;
  char buffer[256];
  int out, status;
  gssize n;
  GPid pid;

  g_spawn_async_with_pipes (NULL, (char **) (guintptr) arguments, NULL,
                            G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &pid, NULL, &out, NULL,
                            &error);
  g_assert_no_error (error);
  g_usleep (after_ms * 1000);
  g_assert_cmpint (kill (pid, SIGKILL), ==, 0);
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_true (WIFSIGNALED (status));
  g_assert_cmpint (WTERMSIG (status), ==, SIGKILL);
  while ((n = read (out, buffer, sizeof buffer)) > 0)
    g_string_append_len (said, buffer, n);
  close (out);
  lines = g_strsplit (said->str, "\n", -1);
  n = (gssize) g_strv_length (lines);
  return n > 1 ? g_ascii_strtoull (lines[n - 2], NULL, 10) : 0;
}

static void
test_what_is_killed_goes_on (Scratch *scratch, gconstpointer data)
{
  const guint n_seeds = count_seeds ();

  for (guint seed = 0; seed < n_seeds; seed++) {
    g_auto (RandomExperiment) random;
    guint64 newest = 0;

    if (g_test_verbose ())
      g_test_message ("seed %u", seed);
    random_experiment_init (&random, seed);
    for (guint i = 0; i < N_KILLS; i++) {
      const guint64 said = let_one_be_killed (
          seed, i, scratch->path, 20 + (guint) g_random_int_range (0, LONGEST_MS));
      g_autoptr (NnCheckpointFile) file = NULL;
      g_autoptr (NnTimeline) timeline = NULL;

      newest = MAX (newest, said);
      if (!g_file_test (scratch->path, G_FILE_TEST_EXISTS)) {
        g_assert_cmpuint (newest, ==, 0);
        continue;
      }
      timeline = assert_is_whole (scratch->path, random.experiment);
      file = nn_checkpoint_file_load (scratch->path, NULL, NULL);
      if (newest > 0)
        g_assert_cmpuint (g_ascii_strtoull (file->experiment->title, NULL, 10), >=,
                          newest);
    }
    g_remove (scratch->path);
  }
}

int
main (int argc, char *argv[])
{
  if (argc == 5 && g_str_equal (argv[1], "--be-killed"))
    be_killed ((guint) g_ascii_strtoull (argv[2], NULL, 10),
               (guint) g_ascii_strtoull (argv[3], NULL, 10), argv[4]);
  g_test_init (&argc, &argv, NULL);
  scratch_add ("/nn/random-sessions/state-is-what-the-log-makes",
               test_state_is_what_the_log_makes);
  scratch_add ("/nn/random-sessions/what-is-killed-goes-on", test_what_is_killed_goes_on);
  return g_test_run ();
}

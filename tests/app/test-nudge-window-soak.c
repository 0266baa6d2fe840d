/* test-nudge-window-soak.c - the window at full speed for a long time, with much done to it
 *
 * SPDX-License-Identifier: MIT
 *
 *   tests/with-display --wm build/tests/app/test-nudge-window-soak [MINUTES [ACTIONS]]
 *
 * A few seconds unless it is given MINUTES, or -m slow: five of them. A run with a ghost and
 * a repeating nudge trains as fast as it can; twice a second, or as often as ACTIONS says,
 * something is done to it: a nudge, an undo, an edit, the past, the reason of a jump. Every
 * few seconds it prints
 *
 *   steps     trained in all, and those for a second of the processor time of all threads
 *             but the main one
 *   resident  memory of the process, and heap: what is allocated of it, and of that losses:
 *             those that the newest frame has, of the run, its branches and its ghost
 *   files     open, and threads
 *   main      processor time of the main thread for a newly drawn frame
 *
 * Of files and threads there may be no more at the end than after the first third. Memory
 * may grow by what checkpoints may take, by the losses, which grow with the logarithm of the
 * steps, by as much again for frames that the run has left behind, and by a little for each
 * action, as the log has them all. Once so many steps are trained that checkpoints take what
 * they may, nothing but losses and log may grow.
 */

#include <malloc.h>
#include <time.h>

#include "nn/session/nn-ghost.h"
#include "window-fixture.h"

#define SHORT_S        6
#define SLOW_S         300
#define N_SAMPLES      30
#define SLACK_KIB      (32 * 1024) /* pictures, answers, texts */
#define ACTION_KIB     4           /* in the log, and the ghost's state before an edit */
#define FULL_STEPS     2e8         /* after so many, checkpoints take what they may */
#define SLACK_FULL_KIB (16 * 1024) /* once checkpoints are as many as may be */
#define SLACK_FILES    4           /* one that is written just now */
#define SLACK_THREADS  8           /* of GLib's pool, which come and go */
#define LEAST_RATE     0.5 /* of what it was: other programs use the caches, too */
#define STEPS_BACK     1000
#define STANDING_NUDGE "fc1.weight: w - a*w @ every 100 steps a=0.001"

static double seconds_asked;
static double actions_asked = 2; /* in a second */

typedef struct {
  Fixture f;
  guint64 n_steps; /* trained so far, also those that were left */
  guint n_frames;  /* taken so far */
  guint n_actions; /* done so far */
} Soak;

typedef struct {
  double seconds;
  double n_steps;
  double n_frames;
  double main_cpu; /* seconds */
  double other_cpu;
  gsize n_actions;
  gsize resident_kib;
  gsize heap_kib;
  gsize losses_kib;
  guint n_files;
  guint n_threads;
} Sample;

/* --- What is done -------------------------------------------------------------------- */

static NudgeDocument *
document_of (Soak *self)
{
  return nudge_window_get_document (self->f.window);
}

static NudgeSession *
session_of (Soak *self)
{
  return nudge_document_get_session (document_of (self));
}

static void
do_nudge (Soak *self, NnEventKind kind, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NnNudge) nudge = nn_nudge_parse (text, &error);

  g_assert_no_error (error);
  nudge_session_do (session_of (self), &(NnEvent){ .kind = kind, .nudge = nudge });
}

static void
nudge_all (Soak *self)
{
  do_nudge (self, NN_EVENT_NUDGE, "*.weight: noise a=0.01");
}

static void
apply_card (Soak *self)
{
  g_signal_emit_by_name (find (&self->f, "Apply to fc1", GTK_ACCESSIBLE_ROLE_BUTTON),
                         "clicked");
}

static void
undo (Soak *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self->f.window), "win.undo", NULL);
}

static void
redo (Soak *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self->f.window), "win.redo", NULL);
}

/* So that the run is left for another way. */
static void
go_back (Soak *self)
{
  const guint64 step = frame_of (&self->f)->step;

  nudge_session_go_to (session_of (self), step > STEPS_BACK ? step - STEPS_BACK : 0);
}

static void
ask_why (Soak *self)
{
  nudge_document_ask_why (document_of (self), frame_of (&self->f)->step);
}

static void
edit (Soak *self, NnEdit *edit)
{
  g_autoptr (GError) error = NULL;

  nudge_edits_do (nudge_document_get_edits (document_of (self)), edit, &error);
  g_assert_no_error (error);
}

static const NnExperiment *
experiment_of (Soak *self)
{
  return nudge_edits_get_experiment (nudge_document_get_edits (document_of (self)));
}

static void
change_rate (Soak *self)
{
  g_autoptr (NnEdit) change = nn_edit_new ();

  change->parts = NN_EDIT_HAS_OPTIMIZER;
  change->optimizer = experiment_of (self)->optimizer;
  change->optimizer.lr = change->optimizer.lr > 0.007 ? 0.005 : 0.01;
  edit (self, change);
}

static void
change_layer (Soak *self)
{
  const NnExperiment *experiment = experiment_of (self);
  g_autoptr (NnEdit) change = nn_edit_new ();

  nn_edit_set_network (change, experiment->architecture, &experiment->init);
  change->layers[1].n_units = change->layers[1].n_units == 3 ? 4 : 3;
  edit (self, change);
}

/* Each round leaves three entries in the log, and one way. */
static void (*const actions[]) (Soak *self) = {
  nudge_all,    apply_card, undo,    redo,    change_rate, undo,
  change_layer, undo,       ask_why, go_back, nudge_all,   change_rate,
};

static void
act (Soak *self)
{
  actions[self->n_actions++ % G_N_ELEMENTS (actions)](self);
  g_object_set (session_of (self), "running", TRUE, NULL);
}

/* --- Measuring ----------------------------------------------------------------------- */

static guint
count_entries (const char *folder)
{
  GDir *dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  g_assert_nonnull (dir);
  while (g_dir_read_name (dir) != NULL)
    n++;
  g_dir_close (dir);
  return n;
}

static double
get_seconds (clockid_t clock)
{
  struct timespec time;

  clock_gettime (clock, &time);
  return (double) time.tv_sec + 1e-9 * (double) time.tv_nsec;
}

static gsize
get_losses_kib (const NnFrame *frame)
{
  gsize n_bytes = nn_history_get_size (frame->history);

  if (frame->ghost)
    n_bytes += nn_history_get_size (frame->ghost);
  for (gsize i = 0; i < frame->n_branches; i++)
    n_bytes += nn_history_get_size (frame->branches[i].history);
  return n_bytes / 1024;
}

static Sample
measure (Soak *self)
{
  Sample sample = {
    .seconds = get_seconds (CLOCK_MONOTONIC),
    .n_steps = (double) self->n_steps,
    .n_frames = self->n_frames,
    .n_actions = self->n_actions,
    .losses_kib = get_losses_kib (frame_of (&self->f)),
    .main_cpu = get_seconds (CLOCK_THREAD_CPUTIME_ID),
    .resident_kib = fixture_get_resident_kib (),
    .n_files = count_entries ("/proc/self/fd"),
    .n_threads = count_entries ("/proc/self/task"),
  };
  const struct mallinfo2 heap = mallinfo2 ();

  sample.other_cpu = get_seconds (CLOCK_PROCESS_CPUTIME_ID) - sample.main_cpu;
  sample.heap_kib = (heap.uordblks + heap.hblkhd) / 1024;
  return sample;
}

static double
get_rate (const Sample *from, const Sample *to)
{
  return (to->n_steps - from->n_steps) / (to->other_cpu - from->other_cpu);
}

static void
print (const Sample *start, const Sample *from, const Sample *to)
{
  g_test_message ("%4.0f s: %.4g steps, %.3g for a second of the processor; "
                  "resident %zu KiB, heap %zu KiB, losses %zu KiB; %u files, %u threads; "
                  "main %.2f ms a frame of %.0f; %zu actions",
                  to->seconds - start->seconds, to->n_steps, get_rate (from, to),
                  to->resident_kib, to->heap_kib, to->losses_kib, to->n_files,
                  to->n_threads,
                  1e3 * (to->main_cpu - from->main_cpu) / (to->n_frames - from->n_frames),
                  to->n_frames - from->n_frames, to->n_actions);
}

/* --- The test ------------------------------------------------------------------------ */

static void
frame_cb (Soak *self, NnFrame *previous)
{
  const NnFrame *frame = frame_of (&self->f);

  self->n_frames++;
  if (previous != NULL && previous->running && frame->step > previous->step)
    self->n_steps += frame->step - previous->step;
}

static gboolean
act_cb (gpointer data)
{
  act (data);
  return G_SOURCE_CONTINUE;
}

static gboolean
wake_cb (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
wait_for (double seconds)
{
  gboolean over = FALSE;

  g_timeout_add ((guint) (seconds * 1000), wake_cb, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

/* What there is besides the losses and what is kept of the actions. */
static gssize
get_rest_kib (gsize kib, const Sample *sample)
{
  return (gssize) kib - (gssize) (sample->losses_kib + sample->n_actions * ACTION_KIB);
}

/* The least of a third of the samples: what is allocated goes up and down. */
static Sample
get_least (const Sample *samples, guint third)
{
  const guint first = 1 + third * N_SAMPLES / 3;
  Sample least = samples[first];

  for (guint i = first + 1; i < first + N_SAMPLES / 3; i++)
    if (get_rest_kib (samples[i].heap_kib, &samples[i]) <
        get_rest_kib (least.heap_kib, &least))
      least = samples[i];
  return least;
}

static void
assert_bounded (const Sample *start, const Sample *end)
{
  const gsize most_kib = (NN_TIMELINE_BUDGET + NN_GHOST_BUDGET) / 1024 +
                         2 * end->losses_kib + end->n_actions * ACTION_KIB + SLACK_KIB;

  g_assert_cmpuint (end->heap_kib, <=, start->heap_kib + most_kib);
  g_assert_cmpuint (end->resident_kib, <=, start->resident_kib + most_kib);
}

static void
assert_flat (const Sample *samples)
{
  const Sample *warm = &samples[N_SAMPLES / 3];
  const Sample *later = &samples[2 * N_SAMPLES / 3];
  const Sample *end = &samples[N_SAMPLES];
  const Sample second = get_least (samples, 1);
  const Sample third = get_least (samples, 2);

  g_assert_cmpuint (end->n_files, <=, warm->n_files + SLACK_FILES);
  g_assert_cmpuint (end->n_threads, <=, warm->n_threads + SLACK_THREADS);
#ifndef __SANITIZE_ADDRESS__
  assert_bounded (samples, end);
  if (warm->n_steps >= FULL_STEPS) {
    g_assert_cmpint (get_rest_kib (third.heap_kib, &third), <=,
                     get_rest_kib (second.heap_kib, &second) + SLACK_FULL_KIB);
    g_assert_cmpint (get_rest_kib (third.resident_kib, &third), <=,
                     get_rest_kib (second.resident_kib, &second) + SLACK_FULL_KIB);
  }
#endif
  if (seconds_asked > SHORT_S)
    g_assert_cmpfloat (get_rate (later, end), >=, LEAST_RATE * get_rate (warm, later));
}

static void
test_nothing_grows (Soak *self, gconstpointer data)
{
  Sample samples[N_SAMPLES + 1];
  guint source;

  do_nudge (self, NN_EVENT_STAND, STANDING_NUDGE);
  g_signal_connect_swapped (session_of (self), "frame", G_CALLBACK (frame_cb), self);
  g_object_set (session_of (self), "speed", 0.0, "ghost", TRUE, "running", TRUE, NULL);
  source = g_timeout_add ((guint) (1000 / actions_asked), act_cb, self);
  samples[0] = measure (self);
  g_test_message ("at the start: resident %zu KiB, heap %zu KiB", samples[0].resident_kib,
                  samples[0].heap_kib);
  for (guint i = 1; i <= N_SAMPLES; i++) {
    wait_for (seconds_asked / N_SAMPLES);
    samples[i] = measure (self);
    print (&samples[0], &samples[i - 1], &samples[i]);
  }
  g_source_remove (source);
  assert_flat (samples);
}

static void
set_up_soak (Soak *self, gconstpointer data)
{
  set_up (&self->f, data);
}

static void
tear_down_soak (Soak *self, gconstpointer data)
{
  tear_down (&self->f, data);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  seconds_asked = g_test_slow () ? SLOW_S : SHORT_S;
  if (argc > 1)
    seconds_asked = 60 * g_ascii_strtod (argv[1], NULL);
  if (argc > 2)
    actions_asked = g_ascii_strtod (argv[2], NULL);
  g_test_add ("/app/window-soak/nothing-grows", Soak, "seed", set_up_soak,
              test_nothing_grows, tear_down_soak);
  return fixture_run ();
}

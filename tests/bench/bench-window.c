/* bench-window.c - how fast the window is, and what it leaves to training
 *
 * SPDX-License-Identifier: MIT
 *
 *   tests/with-display build/tests/bench/bench-window [--seconds 9] NAME
 *
 * NAME is a demo, or large (784-512-512-10). Opens the real window, 1280 x 800, on it, and
 * prints a line of JSON. Times are the processor's where they can be: other programs make
 * the wall clock's longer.
 *
 *   first_frame_ms        from the program's start to its first picture of a network …
 *   first_frame_cpu_ms    … and what the processor had to do for it
 *   gesture_steps         the most steps from a nudge by hand to the weights, at 20 a second
 *   gesture_frames        the most frames that were drawn from then until one showed it
 *   frames_per_second     newly drawn, at full speed
 *   main_cpu_ms           of the main thread in a second, at full speed
 *   kept                  steps a second, of those without a window; by the wall clock,
 *                         the median of rounds by turns, their least and greatest
 *   kept_cpu              steps for a second of processor time of all threads but the main
 *                         one, of those without a window
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "app/nudge-application.h"
#include "app/nudge-window.h"
#include "nn/io/nn-experiment-demo.h"
#include "nn/run/nn-trainer.h"
#include "nn/tensor/nn-random.h"

#define N_GESTURES    10
#define GESTURE_SPEED 20.0
#define N_ROUNDS      9

typedef struct {
  NudgeDocument *document; /* (owned) */
  NudgeWindow *window;     /* (owned by GTK) */
  NnFrame *drawn;          /* (owned) (nullable) the newest frame that was drawn */
  guint n_drawn;           /* different ones */
} Bench;

static double
get_seconds (clockid_t clock)
{
  struct timespec time;

  clock_gettime (clock, &time);
  return (double) time.tv_sec + 1e-9 * (double) time.tv_nsec;
}

/* Since the program was started, before its libraries were loaded; to 10 ms. */
static double
get_age (void)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) fields = NULL;

  if (!g_file_get_contents ("/proc/self/stat", &text, NULL, NULL))
    return 0;
  fields = g_strsplit (strrchr (text, ')') + 2, " ", -1); /* from the third on */
  return get_seconds (CLOCK_BOOTTIME) -
         g_ascii_strtod (fields[19], NULL) / (double) sysconf (_SC_CLK_TCK);
}

/* ---- what is trained --------------------------------------------------------------- */

static NnExperiment *
make_large (void)
{
  static const NnLayerSpec layers[] = {
    { "fc1", 512, NN_ACTIVATION_RELU },
    { "fc2", 512, NN_ACTIVATION_RELU },
    { "fc3", 10, NN_ACTIVATION_IDENTITY },
  };
  g_autoptr (NnRandom) random = nn_random_new (1);
  NnExperiment *self = nn_experiment_new_demo ("seed", NULL);
  NnTable *table = nn_table_new (2048, 784, 1);

  g_ptr_array_set_size (self->nudges, 0);
  nn_architecture_unref (self->architecture);
  self->architecture = nn_architecture_new (784, layers, G_N_ELEMENTS (layers));
  nn_random_fill_uniform (random, 0, 1, table->inputs,
                          table->n_examples * table->n_features);
  for (gsize i = 0; i < table->n_examples; i++)
    table->targets[i] = (float) (i % 10);
  table->targets_are = NN_TARGETS_CLASSES;
  self->data.source = NN_DATA_INLINE;
  self->data.table = table;
  self->loss = nn_loss_get_default (NN_LOSS_CROSS_ENTROPY);
  self->batch_size = 128;
  return self;
}

static NnExperiment *
make_experiment (const char *name)
{
  g_autoptr (GError) error = NULL;
  NnExperiment *self =
      g_str_equal (name, "large") ? make_large () : nn_experiment_new_demo (name, &error);

  if (self == NULL) {
    fprintf (stderr, "bench-window: %s\n", error->message);
    exit (2);
  }
  return self;
}

/* ---- the window -------------------------------------------------------------------- */

static void
after_paint_cb (Bench *self)
{
  NnFrame *frame = nudge_document_get_frame (self->document);

  if (frame == NULL || frame == self->drawn)
    return;
  g_clear_pointer (&self->drawn, nn_frame_unref);
  self->drawn = nn_frame_ref (frame);
  self->n_drawn++;
}

static void
open_window (Bench *self, GtkApplication *application, const NnExperiment *experiment)
{
  self->document = nudge_document_new (experiment, NULL);
  self->window = nudge_window_new (application);
  gtk_window_set_default_size (GTK_WINDOW (self->window), 1280, 800);
  nudge_window_set_document (self->window, self->document);
  gtk_window_present (GTK_WINDOW (self->window));
  g_signal_connect_swapped (gtk_widget_get_frame_clock (GTK_WIDGET (self->window)),
                            "after-paint", G_CALLBACK (after_paint_cb), self);
  while (self->drawn == NULL)
    g_main_context_iteration (NULL, TRUE);
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

/* Until all that was asked for is drawn. */
static void
wait_until_drawn (Bench *self)
{
  NudgeSession *session = nudge_document_get_session (self->document);

  while (self->drawn->n_commands < nudge_session_get_n_commands (session))
    g_main_context_iteration (NULL, TRUE);
}

/* ---- measuring --------------------------------------------------------------------- */

/* Halves a layer, by hand. */
static void
measure_gesture (Bench *self, guint64 *most_steps, guint *most_frames)
{
  NudgeSession *session = nudge_document_get_session (self->document);
  const guint64 step = nudge_document_get_frame (self->document)->step;
  g_autofree char *text =
      g_strdup_printf ("%s: 0.5*w", self->drawn->architecture->layers[0].name);
  g_autoptr (NnNudge) nudge = nn_nudge_parse (text, NULL);
  const NnEvent event = { .kind = NN_EVENT_NUDGE, .nudge = nudge };
  const guint n_drawn = self->n_drawn;
  const NnLanding *landing;

  nudge_session_do (session, &event);
  wait_until_drawn (self);
  landing = &self->drawn->landings[self->drawn->n_landings - 1];
  *most_steps = MAX (*most_steps, landing->first - step);
  *most_frames = MAX (*most_frames, self->n_drawn - n_drawn);
}

static void
measure_gestures (Bench *self)
{
  NudgeSession *session = nudge_document_get_session (self->document);
  guint64 steps = 0;
  guint frames = 0;

  g_object_set (session, "speed", GESTURE_SPEED, "running", TRUE, NULL);
  for (int i = 0; i < N_GESTURES; i++) {
    wait_for (0.21);
    measure_gesture (self, &steps, &frames);
  }
  g_object_set (session, "running", FALSE, NULL);
  wait_until_drawn (self);
  printf ("\"gesture_steps\":%" G_GUINT64_FORMAT ",\"gesture_frames\":%u,", steps,
          frames);
}

typedef struct {
  double wall;     /* seconds */
  double cpu;      /* of the process … */
  double main_cpu; /* … and of the main thread */
  double n_steps;
} Spent;

static Spent
read_spent (double n_steps)
{
  return (Spent){
    .wall = get_seconds (CLOCK_MONOTONIC),
    .cpu = get_seconds (CLOCK_PROCESS_CPUTIME_ID),
    .main_cpu = get_seconds (CLOCK_THREAD_CPUTIME_ID),
    .n_steps = n_steps,
  };
}

static Spent
spent_since (const Spent *start, double n_steps)
{
  const Spent now = read_spent (n_steps);

  return (Spent){
    .wall = now.wall - start->wall,
    .cpu = now.cpu - start->cpu,
    .main_cpu = now.main_cpu - start->main_cpu,
    .n_steps = now.n_steps - start->n_steps,
  };
}

/* The main thread trains: all of the processor time is training's. */
static Spent
measure_without_window (NnTrainer *trainer, double seconds)
{
  const Spent start = read_spent ((double) nn_trainer_get_n_steps (trainer));
  Spent spent;

  do {
    for (int i = 0; i < 20; i++)
      nn_trainer_step (trainer, NULL);
  } while (get_seconds (CLOCK_MONOTONIC) - start.wall < seconds);
  spent = spent_since (&start, (double) nn_trainer_get_n_steps (trainer));
  spent.main_cpu = 0;
  return spent;
}

static Spent
measure_with_window (Bench *self, double seconds)
{
  NudgeSession *session = nudge_document_get_session (self->document);
  Spent start, spent;

  g_object_set (session, "speed", 0.0, "running", TRUE, NULL);
  wait_for (0.2);
  start = read_spent ((double) self->drawn->step);
  wait_for (seconds);
  spent = spent_since (&start, (double) self->drawn->step);
  g_object_set (session, "running", FALSE, NULL);
  wait_until_drawn (self);
  return spent;
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  const double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

/* The median, with the least and the greatest. */
static void
print_ratios (const char *name, double *ratios, guint n)
{
  qsort (ratios, n, sizeof *ratios, compare_doubles);
  printf (",\"%s\":%.3g,\"%s_least\":%.3g,\"%s_greatest\":%.3g", name, ratios[n / 2],
          name, ratios[0], name, ratios[n - 1]);
}

/* With the window and without it by turns, so that what else the machine does slows both. */
static void
measure_rates (Bench *self, const NnExperiment *experiment, double seconds)
{
  g_autoptr (NnTrainer) trainer = nn_trainer_new (experiment, NULL);
  double kept[N_ROUNDS], kept_cpu[N_ROUNDS];
  double wall = 0, main_cpu = 0;
  guint n_drawn = 0;

  for (guint i = 0; i < N_ROUNDS; i++) {
    const Spent without = measure_without_window (trainer, seconds / N_ROUNDS);
    const guint n_drawn_before = self->n_drawn;
    const Spent with = measure_with_window (self, seconds / N_ROUNDS);

    kept[i] = with.n_steps / with.wall / (without.n_steps / without.wall);
    kept_cpu[i] =
        with.n_steps / (with.cpu - with.main_cpu) / (without.n_steps / without.cpu);
    n_drawn += self->n_drawn - n_drawn_before;
    wall += with.wall + 0.2;
    main_cpu += with.main_cpu;
  }
  printf ("\"frames_per_second\":%.3g,\"main_cpu_ms\":%.3g", n_drawn / wall,
          1e3 * main_cpu / (wall - 0.2 * N_ROUNDS));
  print_ratios ("kept", kept, N_ROUNDS);
  print_ratios ("kept_cpu", kept_cpu, N_ROUNDS);
}

static void
measure (const char *name, double seconds)
{
  g_autoptr (NnExperiment) experiment = make_experiment (name);
  g_autoptr (GtkApplication) application =
      GTK_APPLICATION (nudge_application_new (nn_experiment_copy (experiment)));
  Bench self = { 0 };

  g_application_register (G_APPLICATION (application), NULL, NULL);
  open_window (&self, application, experiment);
  printf ("{\"window\":\"%s\",\"first_frame_ms\":%.3g,\"first_frame_cpu_ms\":%.3g,", name,
          1e3 * get_age (), 1e3 * get_seconds (CLOCK_PROCESS_CPUTIME_ID));
  wait_for (0.5);
  measure_gestures (&self);
  measure_rates (&self, experiment, seconds);
  printf ("}\n");
  fflush (stdout);
  _exit (0); /* without a question about what is not saved */
}

int
main (int argc, char *argv[])
{
  double seconds = 9;
  const GOptionEntry entries[] = {
    { "seconds", 0, 0, G_OPTION_ARG_DOUBLE, &seconds,
      "How long with the window, and how long without (9)", "S" },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("NAME");
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || argc != 2) {
    fprintf (stderr, "bench-window: %s\n", error ? error->message : "give one NAME");
    return 2;
  }
  measure (argv[1], seconds);
  return 0;
}

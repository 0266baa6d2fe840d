/* bench-draw.c - how long a picture takes on one core, beside plain strokes of Cairo's
 *
 * SPDX-License-Identifier: MIT
 *
 *   bench-draw [--rounds 31] [--png FOLDER] [NAME …]
 *
 * Prints a line of JSON for each picture of 1280 x 800: the thread's CPU time in
 * milliseconds, the median of the rounds, and how many times as long that is as Cairo takes
 * for 100 curved strokes, in turns with it. Other programs only make both dearer.
 */

#include <cairo.h>
#include <glib.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "nn/io/nn-experiment-demo.h"
#include "nn/run/nn-trainer.h"
#include "nn/session/nn-frame-of-run.h"
#include "nn/tensor/nn-random.h"
#include "ui/draw/loss/nudge-loss-picture.h"
#include "ui/draw/network/nudge-map-picture.h"
#include "ui/draw/network/nudge-network-picture.h"
#include "ui/draw/network/nudge-network-scale.h"

#define WIDTH     1280
#define HEIGHT    800
#define MAP_WIDTH 460 /* beside a network that has one */
#define N_STROKES 100

#define N_FRAMES  4   /* of a run, drawn in turns */
#define N_TRAINED 300 /* steps before the first of them */

#define N_NOISE 1000003 /* losses, that much apart before they come again */

typedef struct {
  NnFrame *frames[N_FRAMES]; /* (owned) */
  gsize n_frames;
  NudgeMapData *map; /* (owned) (nullable) */
  gboolean is_loss;
  gboolean logarithmic;
} Picture;

/* How often, and where the last of each goes to be looked at. */
typedef struct {
  int n_rounds;
  char *folder; /* (nullable) */
  char *const *names;
} Options;

static double
get_thread_ms (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return 1e3 * (double) time.tv_sec + 1e-6 * (double) time.tv_nsec;
}

/* ---- frames ------------------------------------------------------------------------ */

static Picture *
picture_of_demo (const char *name, gsize n_frames)
{
  g_autoptr (NnExperiment) experiment = nn_experiment_new_demo (name, NULL);
  g_autoptr (NnTrainer) trainer = nn_trainer_new (experiment, NULL);
  Picture *self = g_new0 (Picture, 1);

  for (guint i = 0; i < N_TRAINED; i++)
    nn_trainer_step (trainer, NULL);
  self->n_frames = n_frames;
  for (gsize i = 0; i < n_frames; i++) {
    nn_trainer_step (trainer, NULL);
    self->frames[i] = nn_frame_of_trainer (trainer);
  }
  self->map = nudge_map_data_new (self->frames[0]);
  return self;
}

/* Random weights as PyTorch would draw them, random activations of 36 examples. */
static Picture *
picture_of_network (const gsize *sizes, gsize n_sizes)
{
  static const NnProbesShape probes = { .kind = NN_PROBES_EXAMPLES, .n = 36 };
  static const char *const names[] = { "fc1", "fc2", "fc3", "fc4" };
  g_autoptr (NnRandom) random = nn_random_new (1);
  Picture *self = g_new0 (Picture, 1);
  NnLayerSpec layers[G_N_ELEMENTS (names)];

  for (gsize i = 1; i < n_sizes; i++)
    layers[i - 1] = (NnLayerSpec){ names[i - 1], sizes[i], NN_ACTIVATION_RELU };

  g_autoptr (NnArchitecture) architecture =
      nn_architecture_new (sizes[0], layers, n_sizes - 1);

  self->n_frames = N_FRAMES;
  for (gsize i = 0; i < N_FRAMES; i++) {
    NnFrame *frame = self->frames[i] = nn_frame_new (architecture, &probes);

    nn_random_fill_uniform (random, -1, 1, frame->values, architecture->n_values);
    nn_random_fill_uniform (random, -1, 1, frame->activations,
                            architecture->n_units * probes.n);
  }
  return self;
}

/* A loss that falls, with as much noise as a mini-batch has. */
static NnHistory *
new_history (guint64 n_steps)
{
  NnHistory *self = nn_history_new (NN_HISTORY_WHOLE);
  g_autoptr (NnRandom) random = nn_random_new (1);
  g_autofree float *noise = g_new (float, N_NOISE);
  double fallen = 1;

  nn_random_fill_uniform (random, 0, 1, noise, N_NOISE);
  for (guint64 i = 0; i < n_steps; i++) {
    if (i % (1 + n_steps / N_NOISE) == 0)
      fallen = exp (-3 * (double) i / (double) n_steps);
    nn_history_append (self, (float) (0.1 + fallen) + 0.5f * noise[i % N_NOISE]);
  }
  return self;
}

static Picture *
picture_of_loss (guint64 n_steps, gsize n_landings, gboolean logarithmic)
{
  Picture *self = picture_of_demo ("seed", 1);
  NnFrame *frame = self->frames[0];
  float newest;

  self->is_loss = TRUE;
  self->logarithmic = logarithmic;
  frame->history = new_history (n_steps);
  nn_history_get_loss (frame->history, n_steps, &newest);
  frame->step = frame->end = n_steps;
  frame->step_loss = (double) newest;
  frame->landings = g_new0 (NnLanding, n_landings);
  frame->n_landings = n_landings;
  for (gsize i = 0; i < n_landings; i++) {
    NnLanding *landing = &frame->landings[i];

    landing->nudge = nn_nudge_parse ("fc1: 0.5*w", NULL);
    landing->first = landing->last = (i + 1) * n_steps / (n_landings + 1);
    landing->n_times = 1;
    landing->change = 1;
    landing->loss_before = 0.4;
    landing->loss_after = 0.8;
  }
  return self;
}

static void
picture_free (Picture *self)
{
  for (gsize i = 0; i < self->n_frames; i++)
    nn_frame_unref (self->frames[i]);
  g_clear_pointer (&self->map, nudge_map_data_free);
  g_free (self);
}

/* ---- drawing ----------------------------------------------------------------------- */

static void
draw_network (cairo_t *cr, const Picture *self, const NnFrame *frame)
{
  const NudgePalette *palette = nudge_palette_get (FALSE, FALSE);
  const NudgeNetworkStyle style = {
    .palette = palette,
    .limit = nudge_network_choose_limit (frame, 0),
    .pulse_layer = -1,
  };

  nudge_draw_network (cr, frame, &style, WIDTH - (self->map ? MAP_WIDTH : 0), HEIGHT);
  if (!self->map)
    return;
  cairo_save (cr);
  cairo_translate (cr, WIDTH - MAP_WIDTH, 0);
  cairo_rectangle (cr, 0, 0, MAP_WIDTH, HEIGHT);
  cairo_clip (cr);
  nudge_draw_map (cr, frame, self->map, palette, MAP_WIDTH, HEIGHT);
  cairo_restore (cr);
}

static void
draw (cairo_t *cr, const Picture *self, guint round)
{
  const NnFrame *frame = self->frames[round % self->n_frames];
  const NudgeLossStyle style = { nudge_palette_get (FALSE, FALSE), self->logarithmic };

  if (self->is_loss)
    nudge_draw_loss (cr, frame, &style, WIDTH, HEIGHT);
  else
    draw_network (cr, self, frame);
}

/* As edges are: from a column to the next, some of them dashed. */
static void
draw_strokes (cairo_t *cr)
{
  static const double dashes[] = { 8.8, 5.1 };

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_set_source_rgba (cr, 0.2, 0.4, 0.8, 0.7);
  cairo_set_line_width (cr, 3);
  for (int i = 0; i < N_STROKES; i++) {
    cairo_set_dash (cr, dashes, i % 2 == 0 ? 2 : 0, 0);
    cairo_move_to (cr, 400, 100 + 60 * (i / 10));
    cairo_curve_to (cr, 600, 100 + 60 * (i / 10), 600, 100 + 60 * (i % 10), 800,
                    100 + 60 * (i % 10));
    cairo_stroke (cr);
  }
}

/* ---- measuring --------------------------------------------------------------------- */

static int
compare (gconstpointer a, gconstpointer b)
{
  const double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

static double
get_median (double *values, guint n)
{
  qsort (values, n, sizeof *values, compare);
  return values[n / 2];
}

static void
save (cairo_surface_t *surface, const char *folder, const char *name)
{
  g_autofree char *file = g_strconcat (name, ".png", NULL);
  g_autofree char *path = g_build_filename (folder, file, NULL);

  if (cairo_surface_write_to_png (surface, path) != CAIRO_STATUS_SUCCESS)
    g_error ("%s cannot be written", path);
}

static void
measure (const char *name, const Picture *picture, const Options *options)
{
  const guint n_rounds = (guint) options->n_rounds;
  cairo_surface_t *surface =
      cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
  g_autofree double *own = g_new (double, n_rounds), *plain = g_new (double, n_rounds);
  double ms;

  for (guint i = 0; i < n_rounds + 2; i++) {
    cairo_t *cr = cairo_create (surface);
    double start = get_thread_ms (), middle;

    draw (cr, picture, i);
    cairo_surface_flush (surface);
    middle = get_thread_ms ();
    if (options->folder && i == 0)
      save (surface, options->folder, name);
    draw_strokes (cr);
    cairo_surface_flush (surface);
    if (i >= 2) {
      own[i - 2] = middle - start;
      plain[i - 2] = get_thread_ms () - middle;
    }
    cairo_destroy (cr);
  }
  ms = get_median (own, n_rounds);
  printf ("{\"picture\":\"%s\",\"ms\":%.3g,\"of_100_strokes\":%.3g}\n", name, ms,
          ms / get_median (plain, n_rounds));
  fflush (stdout);
  cairo_surface_destroy (surface);
}

static gboolean
is_asked (const char *name, char *const *names)
{
  return *names == NULL || g_strv_contains ((const char *const *) names, name);
}

static void
take (const char *name, Picture *picture, const Options *options)
{
  measure (name, picture, options);
  picture_free (picture);
}

static void
measure_networks (const Options *options)
{
  static const gsize folded[] = { 784, 512, 512, 10 };
  static const struct {
    const char *name;
    gsize sizes[5];
    gsize n;
  } networks[] = {
    { "2-8-8-1", { 2, 8, 8, 1 }, 4 },
    { "8-16-16-4", { 8, 16, 16, 4 }, 4 },
    { "64-64-64-10", { 64, 64, 64, 10 }, 4 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (networks); i++)
    if (is_asked (networks[i].name, options->names))
      take (networks[i].name, picture_of_network (networks[i].sizes, networks[i].n),
            options);
  if (is_asked ("784-512-512-10", options->names))
    take ("784-512-512-10", picture_of_network (folded, G_N_ELEMENTS (folded)), options);
}

static void
measure_demos (const Options *options)
{
  const char *const *demos = nn_experiment_get_demo_names ();

  for (gsize i = 0; demos[i]; i++) {
    g_autofree char *changing = g_strdup_printf ("%s, changing", demos[i]);

    if (is_asked (demos[i], options->names))
      take (demos[i], picture_of_demo (demos[i], 1), options);
    if (is_asked (changing, options->names))
      take (changing, picture_of_demo (demos[i], N_FRAMES), options);
  }
}

static void
measure_losses (const Options *options)
{
  static const struct {
    const char *name;
    guint64 n_steps;
    gsize n_landings;
    gboolean logarithmic;
  } losses[] = {
    { "loss 300", 300, 0, FALSE },        { "loss 1e3", 1000, 0, FALSE },
    { "loss 1e3, log", 1000, 0, TRUE },   { "loss 1e6", 1000000, 0, FALSE },
    { "loss 1e9", 1000000000, 0, FALSE }, { "loss 1e9, log", 1000000000, 0, TRUE },
    { "256 landings", 1000, 256, FALSE }, { "2000 landings", 1000000, 2000, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (losses); i++)
    if (is_asked (losses[i].name, options->names))
      take (losses[i].name,
            picture_of_loss (losses[i].n_steps, losses[i].n_landings,
                             losses[i].logarithmic),
            options);
}

int
main (int argc, char *argv[])
{
  Options options = { .n_rounds = 31 };
  const GOptionEntry entries[] = {
    { "rounds", 0, 0, G_OPTION_ARG_INT, &options.n_rounds, "Pictures of each (31)", "N" },
    { "png", 0, 0, G_OPTION_ARG_FILENAME, &options.folder, "Keep one of each", "FOLDER" },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("[NAME …]");
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || options.n_rounds < 1) {
    fprintf (stderr, "bench-draw: %s\n", error ? error->message : "--rounds: too few");
    return 2;
  }
  options.names = argv + 1;
  measure_demos (&options);
  measure_networks (&options);
  measure_losses (&options);
  g_free (options.folder);
  return 0;
}

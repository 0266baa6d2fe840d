/* nudge-run.c - the command `nudge run`: train without a window
 *
 * SPDX-License-Identifier: MIT
 *
 * Everything that can be known to fail is found before the first step: a run of
 * an hour must not end at a folder that cannot be written.
 */

#include "app/command/nudge-run.h"

#include <math.h>
#include <signal.h>
#include <stdio.h>

#include "app/command/nudge-complain.h"
#include "app/command/nudge-experiment.h"
#include "app/command/nudge-own-functions.h"
#include "app/command/nudge-progress.h"
#include "nn/base/nn-error.h"
#include "nn/files/nn-atomic-file.h"
#include "nn/files/nn-path.h"
#include "nn/io/nn-experiment-file.h"
#include "nn/io/nn-loss-file.h"
#include "nn/io/nn-snapshot.h"
#include "nn/nudge/nn-apply.h"
#include "nn/run/nn-timeline.h"
#include "nn/session/nn-frame-of-run.h"

#define USUAL_STEPS 1000
#define MOST_STEPS  G_GUINT64_CONSTANT (1000000000000)

typedef struct {
  char *steps; /* (owned) (nullable) as typed */
  char *seed;
  char **nudges;
  gboolean no_nudges;
  char *guard;
  char *losses;
  char *snapshot;
  char *save;
  char *figure;
  gboolean quiet;
  gboolean strict;
  char **names; /* what is left: one demo or file */
} Options;

/* A run with all that belongs to it. */
typedef struct {
  const Options *options;
  const NudgeGraphics *graphics; /* (nullable) not if a figure is asked for */
  NnExperiment *experiment;      /* (owned) */
  NnTimeline *timeline;          /* (owned) */
  NnTrainer *trainer;            /* (not owned) the timeline's */
  NnLossFile *losses;            /* (owned) (nullable) */
  gboolean validates;            /* there are examples that are not trained on */
  guint64 n_steps;
  NudgeProgress progress;
  GArray *reported; /* (owned) gboolean per landing: its refusal was reported */
  gboolean refused; /* any of these was */
} Run;

static volatile sig_atomic_t interrupted;

static void
interrupt (int number)
{
  interrupted = number;
}

/* Whatever ends the run, no half-written file may stay behind. So a write into a
 * closed pipe, or beyond what the system allows, has to fail instead of killing. */
static void
handle_signals (void)
{
  static const int numbers[] = { SIGHUP, SIGINT, SIGTERM };
  const struct sigaction ends = { .sa_handler = interrupt,
                                  .sa_flags = (int) SA_RESETHAND };

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++) {
    struct sigaction before;

    sigaction (numbers[i], &ends, &before);
    if (before.sa_handler == SIG_IGN) /* nohup, or a script's background job */
      sigaction (numbers[i], &before, NULL);
  }
  signal (SIGPIPE, SIG_IGN);
  signal (SIGXFSZ, SIG_IGN);
}

static void
options_clear (Options *self)
{
  g_free (self->steps);
  g_free (self->seed);
  g_strfreev (self->nudges);
  g_free (self->guard);
  g_free (self->losses);
  g_free (self->snapshot);
  g_free (self->save);
  g_free (self->figure);
  g_strfreev (self->names);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static void
run_clear (Run *self)
{
  g_clear_pointer (&self->losses, nn_loss_file_free);
  g_clear_pointer (&self->timeline, nn_timeline_free);
  g_clear_pointer (&self->experiment, nn_experiment_free);
  g_clear_pointer (&self->reported, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, run_clear)

/* ---- reading the command line ------------------------------------------------------ */

#define SUMMARY                                                                          \
  "Trains a demo or an experiment file without a window. The demos are seed and "        \
  "seed-nudged."

#define DESCRIPTION                                                                      \
  "A nudge:\n"                                                                           \
  "  TARGET    fc1 (weight and bias), fc1.weight, fc1.bias, * (all), *.weight, "         \
  "*.bias,\n"                                                                            \
  "            fc1[2] (a neuron: its incoming edges and bias), fc1.weight[:,1] (the\n"   \
  "            outgoing edges of input 1), fc1.weight[0:3,1], fc1.bias[2],\n"            \
  "            fc1.weight[0,1; 2,1] (chosen edges: output, input)\n"                     \
  "  FUNCTION  a name that nudge list functions shows, or an expression as 'w - a*g'\n"  \
  "  WHEN      every step (if left out), every N steps, step N, every example,\n"        \
  "            every epoch, each perhaps with before backward; by hand\n"                \
  "  WHAT      becomes of the optimizer's memory: keep, zero (the target's), zero-all\n"

static gboolean
parse (Options *options, char *argv[], GError **error)
{
  g_autofree char *snapshots = nn_snapshot_dup_pattern ();
  const GOptionEntry entries[] = {
    { "steps", 0, 0, G_OPTION_ARG_STRING, &options->steps, "Train N steps (1000)", "N" },
    { "seed", 0, 0, G_OPTION_ARG_STRING, &options->seed,
      "Draw the network and the data with seed S", "S" },
    { "nudge", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->nudges,
      "Add a nudge; may be given again",
      "'TARGET: FUNCTION [@ WHEN] [a=NUMBER] [memory=WHAT]'" },
    { "no-nudges", 0, 0, G_OPTION_ARG_NONE, &options->no_nudges,
      "Leave out the experiment's own nudges, and its log", NULL },
    { "guard", 0, 0, G_OPTION_ARG_STRING, &options->guard,
      "What protects backward from nudges before it", "shield|check|off" },
    { "losses", 0, 0, G_OPTION_ARG_FILENAME, &options->losses,
      "Write the loss of every step", "FILE.csv" },
    { "snapshot", 0, 0, G_OPTION_ARG_FILENAME, &options->snapshot, "Write the parameters",
      snapshots },
    { "save", 0, 0, G_OPTION_ARG_FILENAME, &options->save,
      "Write the experiment as it was run", "FILE.nudge" },
    { "figure", 0, 0, G_OPTION_ARG_FILENAME, &options->figure,
      "Draw the network and its loss", "FILE.{png,svg,pdf}" },
    { "strict", 0, 0, G_OPTION_ARG_NONE, &options->strict,
      "Let a refused nudge end the run, with exit status 1", NULL },
    { "quiet", 0, 0, G_OPTION_ARG_NONE, &options->quiet,
      "Say nothing but what went wrong", NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->names, NULL,
      "DEMO|FILE.nudge" },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_auto (GStrv) arguments = g_strdupv (argv + 1); /* "run" comes first */
  g_autoptr (GError) failure = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_set_summary (context, SUMMARY);
  g_option_context_set_description (context, DESCRIPTION);
  g_set_prgname ("nudge run"); /* what --help shows */
  if (g_option_context_parse_strv (context, &arguments, &failure))
    return TRUE;
  if (g_error_matches (failure, G_CONVERT_ERROR, G_CONVERT_ERROR_ILLEGAL_SEQUENCE)) {
    const char *charset;

    g_get_charset (&charset);
    g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX,
                 "an argument is no text in the character set of this locale, %s",
                 charset);
  } else
    g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX, "%c%s; see nudge run --help",
                 g_ascii_tolower (failure->message[0]), failure->message + 1);
  return FALSE;
}

static gboolean
parse_whole (const char *option,
             const char *text,
             guint64 most,
             guint64 *number,
             GError **error)
{
  if (text == NULL || g_ascii_string_to_unsigned (text, 10, 0, most, number, NULL))
    return TRUE;
  g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX,
               "%s: '%s' is not a whole number from 0 to %" G_GUINT64_FORMAT, option,
               text, most);
  return FALSE;
}

static gboolean
parse_guard (const char *text, NnGuard *guard, GError **error)
{
  if (text == NULL || nn_guard_find (text, guard, error))
    return TRUE;
  g_prefix_error (error, "--guard: ");
  return FALSE;
}

/* Names of the person's own functions may stand in these. */
static gboolean
add_nudges (NnExperiment *experiment, char *const *texts, GError **error)
{
  g_autoptr (NnFunctions) own = NULL;

  if (texts == NULL)
    return TRUE;
  own = nudge_own_functions_load (error);
  if (own == NULL)
    return FALSE;
  for (; *texts != NULL; texts++)
    if (!nn_experiment_add_nudge (experiment, *texts, own, error)) {
      g_prefix_error (error, "--nudge: ");
      return FALSE;
    }
  return TRUE;
}

/* Makes of the experiment the one that @options ask for. */
static gboolean
change_experiment (NnExperiment *experiment, const Options *options, GError **error)
{
  guint64 seed = experiment->seed;

  if (!parse_whole ("--seed", options->seed, G_MAXUINT32, &seed, error) ||
      !parse_guard (options->guard, &experiment->guard, error))
    return FALSE;
  experiment->seed = (guint32) seed;

  if (options->no_nudges) {
    g_ptr_array_set_size (experiment->nudges, 0);
    g_array_set_size (experiment->events, 0);
  }
  return add_nudges (experiment, options->nudges, error);
}

/* Makes the run that @options ask for, at step 0. */
static gboolean
prepare (Run *run, const Options *options, GError **error)
{
  const NnDataset *data;

  if (options->names == NULL || options->names[1] != NULL) {
    g_set_error_literal (error, NN_ERROR, NN_ERROR_SYNTAX,
                         options->names
                             ? "one demo or file is run at a time"
                             : "no demo or file is given; for example: nudge run seed");
    return FALSE;
  }
  run->experiment = nudge_experiment_open (options->names[0], error);
  run->n_steps = USUAL_STEPS;
  if (run->experiment == NULL ||
      !parse_whole ("--steps", options->steps, MOST_STEPS, &run->n_steps, error) ||
      !change_experiment (run->experiment, options, error))
    return FALSE;

  run->timeline = nn_timeline_new (run->experiment, 0, error); /* onwards only */
  if (run->timeline == NULL)
    return FALSE;
  run->trainer = nn_timeline_get_trainer (run->timeline);
  data = nn_trainer_get_dataset (run->trainer);
  run->validates = data->n_training < data->n_examples;
  return TRUE;
}

/* ---- files ------------------------------------------------------------------------- */

/* Finds out before the run whether @path can be written after it. */
static gboolean
check_writable (const char *path, GError **error)
{
  g_autoptr (NnAtomicFile) file = nn_atomic_file_new (path, error);

  return file != NULL;
}

static gboolean
check_endings (const Run *run, GError **error)
{
  const Options *options = run->options;

  return (!options->snapshot || nn_snapshot_check_path (options->snapshot, error)) &&
         (!options->figure || run->graphics->check_figure_path (options->figure, error));
}

static gboolean
open_files (Run *run, GError **error)
{
  const Options *options = run->options;

  if ((options->snapshot && !check_writable (options->snapshot, error)) ||
      (options->save && !check_writable (options->save, error)) ||
      (options->figure && !check_writable (options->figure, error)))
    return FALSE;
  if (options->losses)
    run->losses = nn_loss_file_new (options->losses, run->validates, error);
  return !options->losses || run->losses;
}

static void
say_written (const Run *run, const char *what, const char *path)
{
  g_autofree char *name = nn_path_dup_display_name (path);

  if (!run->options->quiet)
    printf ("%-9s %s\n", what, name);
}

static gboolean
write_files (Run *run, GError **error)
{
  const Options *options = run->options;
  g_autoptr (NnFrame) frame = nn_frame_of_trainer (run->trainer);

  if (options->figure) {
    if (!run->graphics->save_figure (frame, run->experiment->title, options->figure,
                                     error))
      return FALSE;
    say_written (run, "figure", options->figure);
  }
  if (options->losses) {
    if (!nn_loss_file_commit (run->losses, error))
      return FALSE;
    say_written (run, "losses", options->losses);
  }
  if (options->snapshot) {
    if (!nn_snapshot_save (frame->architecture, frame->values, options->snapshot, error))
      return FALSE;
    say_written (run, "snapshot", options->snapshot);
  }
  if (options->save) {
    if (!nn_experiment_file_save (run->experiment, options->save, error))
      return FALSE;
    say_written (run, "saved", options->save);
  }
  return TRUE;
}

/* ---- the run ----------------------------------------------------------------------- */

/* "after step 7", or "in step 7" where more of the step follows. */
static char *
dup_section_name (const NnLanding *landing)
{
  const NnNudge *nudge = landing->nudge;
  const gboolean within = nudge->before_backward || nudge->when == NN_WHEN_EVERY_EXAMPLE;

  if (landing->standing && landing->last == 0)
    return g_strdup ("at the start");
  return g_strdup_printf ("%s step %" G_GUINT64_FORMAT, within ? "in" : "after",
                          landing->last);
}

static void
report_one (Run *run, const NnLanding *landing)
{
  g_autofree char *text = nn_nudge_dup_written (landing->nudge);
  g_autofree char *section = dup_section_name (landing);
  g_autofree char *why =
      landing->refusal ? g_strdup_printf ("refused %s: %s", section, landing->refusal)
                       : g_strdup_printf ("%s: %s", section, landing->skipped);

  run->refused |= landing->refusal != NULL;
  nudge_progress_clear (&run->progress);
  nudge_complain (text, why);
}

/* A refused nudge is reported the first time, and so is a parameter that was skipped; the
 * run goes on, if it is not strict. */
static void
report_refusals (Run *run)
{
  gsize n_landings;
  const NnLanding *landings = nn_trainer_get_landings (run->trainer, &n_landings);

  if (n_landings > 0) /* new ones are FALSE */
    g_array_set_size (run->reported, (guint) landings[n_landings - 1].serial + 1);
  for (gsize i = 0; i < n_landings; i++) {
    gboolean *reported = &g_array_index (run->reported, gboolean, landings[i].serial);

    if ((landings[i].refusal == NULL && landings[i].skipped == NULL) || *reported)
      continue;
    *reported = TRUE;
    report_one (run, &landings[i]);
  }
}

/* At the end, how often those were refused that were refused again. */
static void
count_refusals (const Run *run)
{
  gsize n_landings;
  const NnLanding *landings = nn_trainer_get_landings (run->trainer, &n_landings);

  for (gsize i = 0; i < n_landings; i++) {
    g_autofree char *text = NULL;
    g_autofree char *count = NULL;

    if (landings[i].n_refused < 2)
      continue;
    text = nn_nudge_dup_written (landings[i].nudge);
    count = g_strdup_printf ("refused %" G_GUINT64_FORMAT
                             " times in all, and applied %" G_GUINT64_FORMAT " times",
                             landings[i].n_refused, landings[i].n_times);
    nudge_complain (text, count);
  }
}

/* Of the newest step's forward pass; before the first step, of the weights there are. */
static float
get_loss (const Run *run)
{
  float loss = nn_trainer_get_loss (run->trainer);

  nn_curve_get_loss (nn_trainer_get_curve (run->trainer),
                     nn_trainer_get_n_steps (run->trainer), &loss);
  return loss;
}

/* "loss 0.25, validation 0.5". Held-out examples are evaluated here, so only ask for it
 * where it is printed. */
static char *
dup_losses (const Run *run, const char *format)
{
  char loss[G_ASCII_DTOSTR_BUF_SIZE];
  char validation[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (loss, sizeof loss, format, (double) get_loss (run));
  if (!run->validates)
    return g_strdup_printf ("loss %s", loss);
  g_ascii_formatd (validation, sizeof validation, format,
                   (double) nn_trainer_evaluate_held_out (run->trainer));
  return g_strdup_printf ("loss %s, validation %s", loss, validation);
}

static gboolean
append_losses (const Run *run, GError **error)
{
  const float validation =
      run->validates ? nn_trainer_evaluate_held_out (run->trainer) : NAN;

  return nn_loss_file_append (run->losses, nn_trainer_get_n_steps (run->trainer),
                              get_loss (run), validation, error);
}

static void
show_progress (Run *run)
{
  const guint64 step = nn_trainer_get_n_steps (run->trainer);
  g_autofree char *losses = NULL;

  if (!nudge_progress_is_due (&run->progress, step))
    return;
  losses = dup_losses (run, "%.4g");
  nudge_progress_show (&run->progress, step, losses);
}

static gboolean
is_stopped (const Run *run)
{
  return interrupted || (run->options->strict && run->refused);
}

static gboolean
train (Run *run, GError **error)
{
  report_refusals (run); /* a log's, from before the first step */
  while (nn_trainer_get_n_steps (run->trainer) < run->n_steps && !is_stopped (run)) {
    if (!nn_timeline_step (run->timeline, error) ||
        (run->losses && !append_losses (run, error)))
      return FALSE;
    report_refusals (run);
    show_progress (run);
  }
  return TRUE;
}

static void
summarize (const Run *run)
{
  g_autofree char *losses = NULL;

  if (run->options->quiet)
    return;
  losses = dup_losses (run, "%.6g");
  printf ("%s: step %" G_GUINT64_FORMAT ", %s\n", run->experiment->name,
          nn_trainer_get_n_steps (run->trainer), losses);
}

/* The run has stopped, but the step before is whole. */
static gboolean
is_of_a_step (const GError *failure)
{
  return g_error_matches (failure, NN_ERROR, NN_ERROR_DIVERGED) ||
         g_error_matches (failure, NN_ERROR, NN_ERROR_STALE);
}

static int
fail (const GError *error, int status)
{
  nudge_complain ("run", error->message);
  return status;
}

/* Trains and writes. A run that diverges, or that the guard or a refused nudge stops,
 * still leaves what it was asked for, as of its last completed step; one that is
 * interrupted leaves nothing. */
static int
carry_out (Run *run)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (GError) error = NULL;
  gboolean done;

  nudge_progress_init (&run->progress, run->n_steps, run->options->quiet);
  done = train (run, &failure);
  nudge_progress_clear (&run->progress);
  count_refusals (run);
  if (interrupted) {
    nudge_complain ("run", "interrupted; nothing was written");
    return 128 + interrupted;
  }
  if (!done)
    nudge_complain ("run", failure->message);
  if (!done && !is_of_a_step (failure))
    return NUDGE_EXIT_FAILED;

  summarize (run);
  if (!write_files (run, &error))
    return fail (error, NUDGE_EXIT_FAILED);
  return done && !is_stopped (run) ? NUDGE_EXIT_DONE : NUDGE_EXIT_FAILED;
}

/**
 * nudge_run:
 * @argv: (array zero-terminated=1): the program's name, "run", and what follows it
 * @graphics: (nullable): what draws a figure; without it, nudge-window does the run
 *
 * Returns: the program's exit status
 */
int
nudge_run (char *argv[], const NudgeGraphics *graphics)
{
  g_auto (Options) options = { 0 };
  g_auto (Run) run = { .options = &options,
                       .graphics = graphics,
                       .reported = g_array_new (FALSE, TRUE, sizeof (gboolean)) };
  g_autoptr (GError) error = NULL;

  if (!parse (&options, argv, &error))
    return fail (error, NUDGE_EXIT_USAGE);
  if (options.figure && graphics == NULL) {
    nudge_graphics_exec (argv, &error);
    return fail (error, NUDGE_EXIT_FAILED);
  }
  if (!check_endings (&run, &error) || !prepare (&run, &options, &error))
    return fail (error, NUDGE_EXIT_USAGE);
  handle_signals ();
  if (!open_files (&run, &error))
    return fail (error, NUDGE_EXIT_FAILED);
  return carry_out (&run);
}

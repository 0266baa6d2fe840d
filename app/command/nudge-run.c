/* nudge-run.c - the command `nudge run`: train without a window
 *
 * SPDX-License-Identifier: MIT
 *
 * Everything that can be known to fail is found before the first step: a run of
 * an hour must not end at a folder that cannot be written.
 */

#include "app/command/nudge-run.h"

#include <math.h>
#include <stdio.h>

#include "app/command/nudge-complain.h"
#include "app/command/nudge-progress.h"
#include "app/command/nudge-run-experiment.h"
#include "app/command/nudge-run-options.h"
#include "app/command/nudge-run-outputs.h"
#include "app/command/nudge-signals.h"
#include "nn/base/nn-error.h"
#include "nn/run/nn-timeline.h"
#include "nn/session/nn-frame-of-run.h"

/* A run with all that belongs to it. */
typedef struct {
  const NudgeRunOptions *options;
  NnExperiment *experiment; /* (owned) */
  NnTimeline *timeline;     /* (owned) */
  NnTrainer *trainer;       /* (not owned) the timeline's */
  NudgeRunOutputs *outputs; /* (owned) */
  gboolean validates;       /* there are examples that are not trained on */
  guint64 n_steps;
  NudgeProgress progress;
  GArray *reported; /* (owned) gboolean per landing: its refusal was reported */
  gboolean refused; /* any of these was */
  gsize n_edits;    /* of the log's events, whose notes were said */
} Run;

static void
run_clear (Run *self)
{
  g_clear_pointer (&self->outputs, nudge_run_outputs_free);
  g_clear_pointer (&self->timeline, nn_timeline_free);
  g_clear_pointer (&self->experiment, nn_experiment_free);
  g_clear_pointer (&self->reported, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, run_clear)

/* Whether there are examples that are not trained on, at first or after an edit. */
static gboolean
holds_out (const NnExperiment *experiment, const NnDataset *data)
{
  gboolean found = data->n_training < data->n_examples;

  for (guint i = 0; i < experiment->events->len; i++) {
    const NnEdit *edit = g_array_index (experiment->events, NnEvent, i).edit;

    found |= edit && edit->parts & NN_EDIT_HAS_DATA && edit->data.validation > 0;
  }
  return found;
}

/* Makes the run that the options ask for, at step 0. */
static gboolean
prepare (Run *run, GError **error)
{
  g_autoptr (GPtrArray) files = NULL;

  run->experiment = nudge_run_experiment_open (run->options, &run->n_steps, error);
  if (run->experiment == NULL)
    return FALSE;
  files = nudge_run_experiment_list_files (run->options, run->experiment);
  if (!nudge_run_outputs_check_distinct (run->options, files, error))
    return FALSE;
  run->timeline = nn_timeline_new (run->experiment, 0, error); /* onwards only */
  if (run->timeline == NULL)
    return FALSE;
  run->trainer = nn_timeline_get_trainer (run->timeline);
  run->validates = holds_out (run->experiment, nn_trainer_get_dataset (run->trainer));
  return TRUE;
}

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

/* What an edit of the log could not keep. */
static void
report_edits (Run *run)
{
  const gsize n = nn_log_get_n_events (nn_timeline_get_log (run->timeline));
  const char *note = nn_trainer_get_note (run->trainer);

  if (n == run->n_edits)
    return;
  run->n_edits = n;
  if (note == NULL || run->options->quiet)
    return;
  nudge_progress_clear (&run->progress);
  printf ("%-9s after step %" G_GUINT64_FORMAT ", %s\n", "note",
          nn_trainer_get_n_steps (run->trainer), note);
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
  const guint64 step = nn_trainer_get_n_steps (run->trainer);
  const float validation =
      run->validates ? nn_trainer_evaluate_held_out (run->trainer) : NAN;

  if (nudge_run_outputs_append_losses (run->outputs, step, get_loss (run), validation,
                                       error))
    return TRUE;
  g_prefix_error (error, "step %" G_GUINT64_FORMAT ": ", step);
  return FALSE;
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

/* A refused nudge ends the run, if that was asked for. */
static gboolean
is_too_strict (const Run *run)
{
  return run->options->strict && run->refused;
}

static gboolean
train (Run *run, GError **error)
{
  report_edits (run); /* a log's, from before the first step */
  report_refusals (run);
  while (nn_trainer_get_n_steps (run->trainer) < run->n_steps && !is_too_strict (run) &&
         nudge_signals_get () == 0) {
    if (!nn_timeline_step (run->timeline, error) ||
        (nudge_run_outputs_want_losses (run->outputs) && !append_losses (run, error)))
      return FALSE;
    report_edits (run);
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

/* What was guessed, or read otherwise than it is written. */
static void
say_notes (const Run *run)
{
  const NnParameters *parameters = run->experiment->parameters;
  const GPtrArray *notes[] = { run->experiment->notes,
                               parameters != NULL ? parameters->notes : NULL };

  for (gsize k = 0; k < G_N_ELEMENTS (notes) && !run->options->quiet; k++)
    for (guint i = 0; notes[k] != NULL && i < notes[k]->len; i++)
      printf ("%-9s %s\n", "note", (const char *) notes[k]->pdata[i]);
}

static void
say_interrupted (const Run *run)
{
  g_autofree char *why = g_strdup_printf (
      "interrupted after step %" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT,
      nn_trainer_get_n_steps (run->trainer), run->n_steps);

  nudge_complain ("run", why);
}

static int
fail (const GError *error, int status)
{
  nudge_complain ("run", error->message);
  return status;
}

/* Trains and writes. A run that diverges, or that the guard, a refused nudge, a full disk
 * or a signal stops, still leaves what it was asked for, as of its last completed step. */
static int
carry_out (Run *run)
{
  g_autoptr (NnFrame) frame = NULL;
  g_autoptr (GError) failure = NULL;
  gboolean done, interrupted;

  nudge_progress_init (&run->progress, run->n_steps, run->options->quiet);
  done = train (run, &failure);
  nudge_progress_clear (&run->progress);
  count_refusals (run);
  /* A signal after the last step is too late to change anything. */
  interrupted = nudge_signals_get () != 0 && done &&
                nn_trainer_get_n_steps (run->trainer) < run->n_steps;
  if (!done)
    nudge_complain ("run", failure->message);
  if (interrupted)
    say_interrupted (run);
  summarize (run);
  frame = nn_frame_of_trainer (run->trainer);
  if (!nudge_run_outputs_write (run->outputs, run->experiment, frame))
    return NUDGE_EXIT_FAILED;
  if (interrupted)
    return NUDGE_EXIT_SIGNALLED + nudge_signals_get ();
  return done && !is_too_strict (run) ? NUDGE_EXIT_DONE : NUDGE_EXIT_FAILED;
}

/* Too little memory is no fault of what was typed. */
static int
get_status (const GError *error)
{
  if (g_error_matches (error, NN_ERROR, NN_ERROR_CANCELLED))
    return NUDGE_EXIT_SIGNALLED + nudge_signals_get ();
  return g_error_matches (error, NN_ERROR, NN_ERROR_MEMORY) ? NUDGE_EXIT_FAILED
                                                            : NUDGE_EXIT_USAGE;
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
  g_auto (NudgeRunOptions) options = { 0 };
  g_auto (Run) run = { .options = &options,
                       .reported = g_array_new (FALSE, TRUE, sizeof (gboolean)) };
  g_autoptr (GError) error = NULL;

  if (!nudge_run_options_parse (&options, argv, &error))
    return fail (error, NUDGE_EXIT_USAGE);
  if (options.help) {
    fputs (options.help, stdout);
    return NUDGE_EXIT_DONE;
  }
  if (options.figure && graphics == NULL) {
    nudge_graphics_exec (argv, &error);
    return fail (error, NUDGE_EXIT_FAILED);
  }
  nudge_signals_watch ();
  if (!nudge_run_outputs_check (&options, graphics, &error) || !prepare (&run, &error))
    return fail (error, get_status (error));
  run.outputs = nudge_run_outputs_open (&options, graphics, run.validates, &error);
  if (run.outputs == NULL)
    return fail (error, NUDGE_EXIT_FAILED);
  say_notes (&run);
  return carry_out (&run);
}

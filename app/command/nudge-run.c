/* nudge-run.c - the command `nudge run`: train without a window
 *
 * SPDX-License-Identifier: MIT
 *
 * Everything that can be known to fail is found before the first step: a run of
 * an hour must not end at a folder that cannot be written.
 */

#include "app/command/nudge-run.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include "app/command/nudge-complain.h"
#include "app/command/nudge-progress.h"
#include "app/command/nudge-run-checkpoint.h"
#include "app/command/nudge-run-deviations.h"
#include "app/command/nudge-run-experiment.h"
#include "app/command/nudge-run-losses.h"
#include "app/command/nudge-run-options.h"
#include "app/command/nudge-run-outputs.h"
#include "app/command/nudge-run-reports.h"
#include "app/command/nudge-run-snapshots.h"
#include "app/command/nudge-signals.h"
#include "nn/base/nn-error.h"
#include "nn/base/nn-number.h"
#include "nn/run/nn-footprint.h"
#include "nn/run/nn-timeline.h"
#include "nn/session/nn-frame-of-run.h"

/* A run with all that belongs to it. */
typedef struct {
  const NudgeRunOptions *options;
  NnExperiment *experiment;       /* (owned) */
  NnTimeline *timeline;           /* (owned) */
  NnTrainer *trainer;             /* (not owned) the timeline's */
  NudgeRunOutputs *outputs;       /* (owned) */
  NudgeRunCheckpoint *checkpoint; /* (owned) (nullable) if it is to be written */
  NnCheckpointRecord record;      /* (owned) of a run that goes on */
  NnLayerRecorder *layers;        /* (owned) (nullable) if series are to be written */
  gboolean validates;             /* there are examples that are not trained on */
  NudgeRunLosses losses;
  guint64 n_steps;
  guint64 snapshot_every; /* 0: not along the run */
  NudgeProgress progress;
  NudgeRunReports reports;
} Run;

static void
run_clear (Run *self)
{
  g_clear_pointer (&self->checkpoint, nudge_run_checkpoint_free);
  g_clear_pointer (&self->layers, nn_layer_recorder_free);
  g_clear_pointer (&self->outputs, nudge_run_outputs_free);
  nn_checkpoint_record_clear (&self->record);
  g_clear_pointer (&self->timeline, nn_timeline_free);
  g_clear_pointer (&self->experiment, nn_experiment_free);
  nudge_run_reports_clear (&self->reports);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, run_clear)

/* The run goes on where it was. */
static gboolean
resume (Run *run, GError **error)
{
  g_auto (NudgeRunResumed) resumed = { 0 };

  if (!nudge_run_resume (run->options, &resumed, error))
    return FALSE;
  run->experiment = g_steal_pointer (&resumed.experiment);
  run->timeline = g_steal_pointer (&resumed.timeline);
  run->n_steps = resumed.n_steps;
  run->record = resumed.record;
  resumed.record = (NnCheckpointRecord){ 0 };
  return TRUE;
}

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

static gboolean
check_files (Run *run, GError **error)
{
  g_autoptr (GPtrArray) files =
      nudge_run_experiment_list_files (run->options, run->experiment);

  return nudge_run_outputs_check_distinct (run->options, files, run->experiment,
                                           run->n_steps, error) &&
         nudge_run_snapshots_parse (run->options, files, &run->snapshot_every, error);
}

/* With what it takes to write the parameters and checkpoints; the run itself is checked as it
 * is made. */
static gboolean
check_memory (const Run *run, GError **error)
{
  const guint64 output =
      nudge_run_outputs_count_memory (run->options, run->experiment->architecture);
  NnFootprint footprint = { 0 };

  if (output == 0 && run->options->checkpoint == NULL)
    return TRUE;
  if (!nn_experiment_check (run->experiment, error))
    return FALSE;
  if (run->timeline == NULL) /* else it has its memory already */
    footprint = nn_footprint_of_run (run->experiment);
  footprint.output = output;
  if (run->options->checkpoint)
    footprint.states = nn_footprint_count_states (run->experiment);
  return nn_footprint_check (&footprint, error);
}

/* Makes the run that the options ask for, at step 0 or where it is to go on. */
static gboolean
prepare (Run *run, GError **error)
{
  g_autoptr (GArray) deviations = NULL;

  if (run->options->resume) {
    if (!resume (run, error))
      return FALSE;
  } else {
    run->experiment = nudge_run_experiment_open (run->options, &run->n_steps, error);
  }
  if (run->experiment == NULL || !check_files (run, error) ||
      !check_memory (run, error) ||
      !nudge_run_deviations_read (run->options, run->experiment, run->n_steps,
                                  &deviations, error))
    return FALSE;
  if (deviations)
    run->timeline = nn_timeline_new_deviating (run->experiment, deviations, error);
  else if (run->timeline == NULL)
    run->timeline = nn_timeline_new (run->experiment, 0, error); /* onwards only */
  if (run->timeline == NULL)
    return FALSE;
  run->trainer = nn_timeline_get_trainer (run->timeline);
  run->validates = holds_out (run->experiment, nn_trainer_get_dataset (run->trainer)) ||
                   run->record.validations != NULL;
  run->losses.timeline = run->timeline;
  return nudge_run_losses_choose_validation (&run->losses, run->options, run->experiment,
                                             run->validates, error);
}

/* Of the newest step's forward pass; before the first step, of the weights there are. */
static float
get_loss (const Run *run)
{
  float loss = nn_trainer_get_loss (run->trainer);

  nn_history_get_loss (nn_timeline_get_history (run->timeline),
                       nn_trainer_get_n_steps (run->trainer), &loss);
  return loss;
}

/* " (accuracy 97.5 %)", where there are classes */
static void
append_accuracy (GString *text, float accuracy)
{
  char percent[G_ASCII_DTOSTR_BUF_SIZE];

  if (isnan (accuracy))
    return;
  g_ascii_formatd (percent, sizeof percent, "%.1f", 100 * (double) accuracy);
  g_string_append_printf (text, _ (" (accuracy %s %%)"), percent);
}

/* "loss 0.25, validation 0.5 (accuracy 97.5 %)". Held-out examples are evaluated here, so
 * only ask for it where it is printed. */
static char *
dup_losses (const Run *run, const char *format)
{
  GString *text = g_string_new (_ ("loss "));
  char number[G_ASCII_DTOSTR_BUF_SIZE];
  NnScore score = { .loss = NAN, .accuracy = NAN };

  g_string_append (
      text, g_ascii_formatd (number, sizeof number, format, (double) get_loss (run)));
  if (!run->validates)
    return g_string_free (text, FALSE);
  nn_trainer_score (run->trainer, NN_SCORE_HELD_OUT, &score);
  g_string_append_printf (
      text, _ (", validation %s"),
      g_ascii_formatd (number, sizeof number, format, (double) score.loss));
  append_accuracy (text, score.accuracy);
  return g_string_free (text, FALSE);
}

/* Measures so often that there are as many points as are kept, and at the end. */
static guint64
get_series_spacing (const Run *run)
{
  return 1 + run->n_steps / NN_LAYER_SERIES_MOST;
}

/* A figure shows the scores alone. */
static gboolean
records_series (const Run *run)
{
  return run->layers != NULL || run->options->figure != NULL;
}

static void
record_series (Run *run)
{
  const guint64 step = nn_trainer_get_n_steps (run->trainer);

  if (!records_series (run) ||
      (step % get_series_spacing (run) != 0 && step != run->n_steps))
    return;
  if (run->layers)
    nn_layer_recorder_measure (run->layers, run->trainer, NN_LAYER_REST_NONE);
  nn_timeline_score (run->timeline, NN_SCORE_HELD_OUT);
  nn_timeline_score (run->timeline, NN_SCORE_TRAINING);
}

static void
open_series (Run *run)
{
  if (run->options->series == NULL)
    return;
  run->layers = nn_layer_recorder_new ();
  nn_timeline_keep_change (run->timeline, TRUE);
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
  return run->options->strict && run->reports.refused;
}

static void
report (Run *run)
{
  nudge_run_reports_say (&run->reports, run->timeline, &run->progress,
                         run->options->quiet);
}

/* Returns: how many steps may be taken before anything else is to be done: few enough for
 * a signal to be noticed, and for a progress bar to move */
static guint64
count_next_steps (const Run *run)
{
  const guint64 step = nn_trainer_get_n_steps (run->trainer);
  guint64 end = MIN (run->n_steps, step + nn_timeline_get_stride (run->timeline));

  end = MIN (end, nudge_run_losses_get_next (&run->losses, step));
  if (records_series (run)) {
    const guint64 spacing = get_series_spacing (run);

    end = MIN (end, (step / spacing + 1) * spacing);
  }
  if (run->snapshot_every > 0)
    end = MIN (end, (step / run->snapshot_every + 1) * run->snapshot_every);
  return end - step;
}

/* Losses up to a step that fails are written, too. */
static gboolean
take_steps (Run *run, GError **error)
{
  const guint64 step = nn_trainer_get_n_steps (run->trainer);

  if (nn_timeline_run (run->timeline, count_next_steps (run), error))
    return nudge_run_losses_append (&run->losses, step, error);
  nudge_run_losses_append (&run->losses, step, NULL);
  return FALSE;
}

static gboolean
keep_snapshot (const Run *run, gboolean last, GError **error)
{
  return nudge_run_snapshots_keep (run->options, run->snapshot_every, run->experiment,
                                   run->timeline, last, error);
}

static gboolean
train (Run *run, GError **error)
{
  nudge_progress_begin (&run->progress, nn_trainer_get_n_steps (run->trainer));
  report (run); /* a log's, from before the first step */
  record_series (run);
  while (nn_trainer_get_n_steps (run->trainer) < run->n_steps && !is_too_strict (run) &&
         nudge_signals_get () == 0) {
    if (!take_steps (run, error))
      return FALSE;
    report (run);
    record_series (run);
    show_progress (run);
    if (run->checkpoint)
      nudge_run_checkpoint_keep (run->checkpoint, run->timeline);
    if (!keep_snapshot (run, FALSE, error))
      return FALSE;
  }
  return keep_snapshot (run, TRUE, error);
}

/* With as many digits as a float32 has. */
static void
say_training_loss (const Run *run)
{
  g_autoptr (GString) text = g_string_new (NULL);
  NnScore score;

  nn_trainer_score (run->trainer, NN_SCORE_WHOLE, &score);
  if (isfinite (score.loss))
    nn_number_append_float (text, score.loss);
  else
    g_string_append (text, _ ("not finite"));
  append_accuracy (text, score.accuracy);
  printf (_ (", all examples %s"), text->str);
}

static void
summarize (const Run *run)
{
  g_autofree char *losses = NULL;

  if (run->options->quiet)
    return;
  losses = dup_losses (run, "%.6g");
  printf (_ ("%s: step %" PRIu64 ", %s"), run->experiment->name,
          nn_trainer_get_n_steps (run->trainer), losses);
  if (run->options->evaluate)
    say_training_loss (run);
  putchar ('\n');
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
      printf (_ ("note      %s\n"), (const char *) notes[k]->pdata[i]);
}

static void
say_interrupted (const Run *run)
{
  g_autofree char *why =
      g_strdup_printf (_ ("interrupted after step %" PRIu64 " of %" PRIu64),
                       nn_trainer_get_n_steps (run->trainer), run->n_steps);

  nudge_complain ("run", why);
}

static int
fail (const GError *error, int status)
{
  nudge_complain ("run", error->message);
  return status;
}

/* The run as it ended. */
static NnFrame *
make_frame (Run *run)
{
  NnFrame *frame = nn_frame_of_timeline (run->timeline);

  if (run->layers != NULL)
    frame->layers = nn_layer_recorder_dup_series (run->layers, frame->step);
  return frame;
}

static gboolean
finish (Run *run, const NnFrame *frame)
{
  const gboolean kept =
      run->checkpoint == NULL || nudge_run_checkpoint_finish (run->checkpoint);

  return nudge_run_outputs_write (run->outputs, run->experiment, frame,
                                  nn_trainer_get_slow (run->trainer)) &&
         kept;
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
  nudge_run_reports_count (run->timeline);
  /* A signal after the last step is too late to change anything. */
  interrupted = nudge_signals_get () != 0 && done &&
                nn_trainer_get_n_steps (run->trainer) < run->n_steps;
  if (!done)
    nudge_complain ("run", failure->message);
  else if (run->checkpoint) /* a step that failed has left no gradients */
    nudge_run_checkpoint_push (run->checkpoint, run->timeline);
  if (interrupted)
    say_interrupted (run);
  summarize (run);
  frame = make_frame (run);
  if (!finish (run, frame))
    return NUDGE_EXIT_FAILED;
  if (interrupted)
    return NUDGE_EXIT_SIGNALLED + nudge_signals_get ();
  return done && !is_too_strict (run) ? NUDGE_EXIT_DONE : NUDGE_EXIT_FAILED;
}

/* What was before a run went on: refusals were reported then, and losses are written
 * again. */
static gboolean
go_on (Run *run, GError **error)
{
  const guint64 step = nn_trainer_get_n_steps (run->trainer);

  if (run->options->resume == NULL)
    return TRUE;
  nudge_run_reports_forget (&run->reports, run->timeline);
  if (run->options->losses == NULL)
    return TRUE;
  if (run->record.losses == NULL && step > 0 && !run->options->quiet)
    printf (_ ("note      the losses up to step %" PRIu64 " are not in the checkpoint\n"),
            step);
  return nudge_run_losses_append_again (&run->losses, &run->record, error);
}

static gboolean
open_checkpoint (Run *run, GError **error)
{
  const gboolean fresh = nn_trainer_get_n_steps (run->trainer) == 0;

  run->record.goal = run->n_steps;
  if (fresh && run->record.losses == NULL)
    run->record.losses = g_array_new (FALSE, FALSE, sizeof (float));
  if (fresh && run->record.validations == NULL && run->validates)
    run->record.validations = g_array_new (FALSE, FALSE, sizeof (float));
  run->checkpoint =
      nudge_run_checkpoint_new (run->options, run->experiment, &run->record, error);
  run->losses.checkpoint = run->checkpoint;
  return run->checkpoint != NULL;
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
  g_auto (Run) run = { .options = &options };
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
  nudge_signals_watch_reading ();
  if (!nudge_run_outputs_take_stream (&options, &error) ||
      !nudge_run_outputs_check (&options, graphics, &error) || !prepare (&run, &error))
    return fail (error, get_status (error));
  nudge_signals_watch ();
  run.outputs = nudge_run_outputs_open (&options, graphics, run.validates, &error);
  if (run.outputs == NULL)
    return fail (error, NUDGE_EXIT_FAILED);
  run.losses.outputs = run.outputs;
  say_notes (&run);
  open_series (&run);
  if (!go_on (&run, &error))
    return fail (error, NUDGE_EXIT_FAILED);
  if (options.checkpoint && !open_checkpoint (&run, &error))
    return fail (error, NUDGE_EXIT_USAGE);
  return carry_out (&run);
}

/* nudge-run-checkpoint.c - `nudge run` goes on from a checkpoint, and writes one
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/command/nudge-run-checkpoint.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include "app/command/nudge-complain.h"
#include "app/command/nudge-run-experiment.h"
#include "app/command/nudge-width.h"
#include "nn/base/nn-error.h"
#include "nn/files/nn-path.h"

#define USUAL_MORE 1000 /* steps, where nothing says how many */

/* ---- going on ---------------------------------------------------------------------- */

/* What an option says of the experiment is in the checkpoint already. */
static gboolean
check_options (const NudgeRunOptions *options, GError **error)
{
  const struct {
    const char *option;
    gboolean given;
  } changes[] = {
    { "--seed", options->seed != NULL },   { "--nudge", options->nudges != NULL },
    { "--no-nudges", options->no_nudges }, { "--guard", options->guard != NULL },
    { "--from", options->from != NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (changes) && options->names == NULL; i++)
    if (changes[i].given) {
      g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX,
                   _ ("%s: the checkpoint has an experiment of its own; leave this out"),
                   changes[i].option);
      return FALSE;
    }
  return TRUE;
}

static char *
format (const NnTimeline *timeline, const NnExperiment *named, const char *path)
{
  g_autoptr (NnRunState) state = nn_timeline_save (timeline);

  return nn_checkpoint_file_format_experiment (state->log, named, path);
}

/* If an experiment is named besides, the run must be one of it. */
static gboolean
check_experiment (const NudgeRunOptions *options,
                  const NnTimeline *resumed,
                  GError **error)
{
  guint64 n_steps;
  g_autoptr (NnExperiment) experiment = NULL;
  g_autoptr (NnTimeline) timeline = NULL;
  g_autofree char *text = NULL;
  g_autofree char *other = NULL;
  g_autofree char *name = NULL;

  if (options->names == NULL)
    return TRUE;
  experiment = nudge_run_experiment_open (options, &n_steps, error);
  if (experiment == NULL)
    return FALSE;
  timeline = nn_timeline_new (experiment, 0, error);
  if (timeline == NULL)
    return FALSE;
  text = format (resumed, experiment, options->resume);
  other = format (timeline, experiment, options->resume);
  if (g_str_equal (text, other))
    return TRUE;
  name = nn_path_dup_display_name (options->names[0]);
  g_set_error (error, NN_ERROR, NN_ERROR_FILE,
               _ ("--resume: the checkpoint is of another experiment than %s; leave that "
                  "out to continue the checkpoint's own"),
               name);
  return FALSE;
}

/* How many steps to train: as many as the interrupted run should have, unless --steps
 * is given. */
static gboolean
choose_steps (const NudgeRunOptions *options,
              const NnCheckpointFile *file,
              guint64 *n_steps,
              GError **error)
{
  *n_steps = file->record.goal > 0 ? file->record.goal : file->step + USUAL_MORE;
  if (!nudge_run_experiment_parse_steps (options, n_steps, error))
    return FALSE;
  if (*n_steps >= file->step)
    return TRUE;
  g_set_error (
      error, NN_ERROR, NN_ERROR_SYNTAX,
      _ ("--steps: the checkpoint is at step %" PRIu64 " already; give that or more"),
      file->step);
  return FALSE;
}

/* What was undone in the window, and may be redone there, is not done here. */
static void
leave_out_undone (NnExperiment *experiment, const NnTimeline *timeline)
{
  const gsize n_done = nn_log_get_n_events (nn_timeline_get_log (timeline));
  const guint64 step = nn_trainer_get_n_steps (nn_timeline_get_trainer (timeline));

  if (nn_timeline_get_end (timeline) > step || nn_timeline_can_redo (timeline))
    g_array_set_size (experiment->events, (guint) n_done);
}

static gboolean
resume (const NudgeRunOptions *options, NudgeRunResumed *resumed, GError **error)
{
  g_autoptr (NnCheckpointFile) file =
      nn_checkpoint_file_load (options->resume, NULL, error);

  if (file == NULL || !choose_steps (options, file, &resumed->n_steps, error))
    return FALSE;
  resumed->timeline = nn_checkpoint_file_resume (file, 0, error);
  if (resumed->timeline == NULL) {
    g_autofree char *name = nn_path_dup_display_name (options->resume);

    g_prefix_error (error, "%s: ", name);
    return FALSE;
  }
  resumed->experiment = g_steal_pointer (&file->experiment);
  leave_out_undone (resumed->experiment, resumed->timeline);
  resumed->record = file->record;
  file->record = (NnCheckpointRecord){ 0 };
  return TRUE;
}

/**
 * nudge_run_resume:
 * @resumed: (out) all zero before
 *
 * Makes the run that --resume names.
 */
gboolean
nudge_run_resume (const NudgeRunOptions *options,
                  NudgeRunResumed *resumed,
                  GError **error)
{
  if (!check_options (options, error))
    return FALSE;
  if (!resume (options, resumed, error)) {
    g_prefix_error (error, "--resume: ");
    return FALSE;
  }
  return check_experiment (options, resumed->timeline, error);
}

void
nudge_run_resumed_clear (NudgeRunResumed *self)
{
  g_clear_pointer (&self->experiment, nn_experiment_free);
  g_clear_pointer (&self->timeline, nn_timeline_free);
  nn_checkpoint_record_clear (&self->record);
}

/* ---- writing ----------------------------------------------------------------------- */

struct _NudgeRunCheckpoint {
  const NudgeRunOptions *options; /* (not owned) */
  NnCheckpointSaver *saver;       /* (owned) */
  NnCheckpointRecord record;      /* (owned) up to the present step */
  gboolean pushed;                /* there is something to finish */
};

/* As many as an array holds. */
#define MOST_RECORDED (1u << 29)

static gboolean
parse_interval (const char *text, double *interval_s, GError **error)
{
  char *end;

  if (text == NULL)
    return TRUE;
  *interval_s = g_ascii_strtod (text, &end);
  if (end != text && *end == '\0' && isfinite (*interval_s) && *interval_s > 0 &&
      *interval_s < 1e9)
    return TRUE;
  g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX,
               _ ("--checkpoint-every: '%s' is not a number of seconds above 0"), text);
  return FALSE;
}

/**
 * nudge_run_checkpoint_new:
 * @options: kept as long as this is; --checkpoint is one of them
 * @record: of the run so far, taken over; losses are recorded if it has some from step 1
 *   on, be they none yet, and if they are written
 */
NudgeRunCheckpoint *
nudge_run_checkpoint_new (const NudgeRunOptions *options,
                          const NnExperiment *experiment,
                          NnCheckpointRecord *record,
                          GError **error)
{
  double interval_s = NN_CHECKPOINT_INTERVAL_S;
  NudgeRunCheckpoint *self;

  if (!parse_interval (options->checkpoint_every, &interval_s, error))
    return NULL;
  self = g_new0 (NudgeRunCheckpoint, 1);
  self->options = options;
  self->record = *record;
  *record = (NnCheckpointRecord){ 0 };
  if (options->losses == NULL)
    nn_checkpoint_record_clear (&self->record);
  self->saver =
      nn_checkpoint_saver_new (options->checkpoint, experiment, interval_s, NULL, NULL);
  return self;
}

/**
 * nudge_run_checkpoint_record:
 * @loss: of the newest step
 * @validation: not used if nothing is held out
 */
void
nudge_run_checkpoint_record (NudgeRunCheckpoint *self, float loss, float validation)
{
  NnCheckpointRecord *record = &self->record;

  if (record->losses == NULL)
    return;
  if (record->losses->len == MOST_RECORDED) {
    nn_checkpoint_record_clear (record);
    return;
  }
  g_array_append_val (record->losses, loss);
  if (record->validations)
    g_array_append_val (record->validations, validation);
}

/**
 * nudge_run_checkpoint_push:
 *
 * Has the present state written. Does not wait for that.
 */
void
nudge_run_checkpoint_push (NudgeRunCheckpoint *self, const NnTimeline *timeline)
{
  NnCheckpointRecord copy = { .goal = self->record.goal };

  if (self->record.losses)
    copy.losses = g_array_copy (self->record.losses);
  if (self->record.validations)
    copy.validations = g_array_copy (self->record.validations);
  nn_checkpoint_saver_push (self->saver, nn_timeline_save (timeline), &copy);
  self->pushed = TRUE;
}

/**
 * nudge_run_checkpoint_keep:
 *
 * The same, if that is due.
 */
void
nudge_run_checkpoint_keep (NudgeRunCheckpoint *self, const NnTimeline *timeline)
{
  if (nn_checkpoint_saver_is_due (self->saver))
    nudge_run_checkpoint_push (self, timeline);
}

/**
 * nudge_run_checkpoint_finish:
 *
 * Waits until the newest state is written; says so, or why not.
 *
 * Returns: FALSE if that failed
 */
gboolean
nudge_run_checkpoint_finish (NudgeRunCheckpoint *self)
{
  g_autofree char *name = nn_path_dup_display_name (self->options->checkpoint);
  g_autoptr (GError) error = NULL;

  if (!self->pushed)
    return TRUE;
  if (!nn_checkpoint_saver_finish (self->saver, &error)) {
    nudge_complain ("run", error->message);
    return FALSE;
  }
  if (!self->options->quiet) {
    nudge_width_print (_ ("state"), NUDGE_WIDTH_LABEL);
    printf ("%s\n", name);
  }
  return TRUE;
}

void
nudge_run_checkpoint_free (NudgeRunCheckpoint *self)
{
  nn_checkpoint_saver_free (self->saver);
  nn_checkpoint_record_clear (&self->record);
  g_free (self);
}

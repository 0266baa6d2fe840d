/* nudge-run-outputs.c - the files that `nudge run` was asked to write
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/command/nudge-run-outputs.h"

#include <stdio.h>
#include <string.h>

#include "app/command/nudge-complain.h"
#include "app/command/nudge-whole.h"
#include "nn/base/nn-error.h"
#include "nn/files/nn-atomic-file.h"
#include "nn/files/nn-path.h"
#include "nn/io/nn-checkpoint-file.h"
#include "nn/io/nn-experiment-file.h"
#include "nn/io/nn-loss-file.h"
#include "nn/io/nn-series-file.h"
#include "nn/io/nn-snapshot.h"
#include "nn/script/nn-script.h"

struct _NudgeRunOutputs {
  const NudgeRunOptions *options; /* (not owned) */
  const NudgeGraphics *graphics;  /* (not owned) (nullable) */
  NnLossFile *losses;             /* (owned) (nullable) NULL once it has failed, too */
  guint64 snapshot_every;         /* steps; 0: at the end alone */
  const NnExperiment *experiment; /* (not owned) to be written */
  const NnFrame *frame;           /* (not owned) the run as it ended */
  const NnSlowCopies *slow;       /* (not owned) likewise */
};

/* ---- what there is to write -------------------------------------------------------- */

static gboolean
check_figure (const char *path, const NudgeGraphics *graphics, GError **error)
{
  return graphics->check_figure_path (path, error);
}

static gboolean
check_checkpoint (const char *path, const NudgeGraphics *graphics, GError **error)
{
  return nn_checkpoint_file_check_path (path, error);
}

static gboolean
check_losses (const char *path, const NudgeGraphics *graphics, GError **error)
{
  return nn_loss_file_check_path (path, error);
}

static gboolean
check_series (const char *path, const NudgeGraphics *graphics, GError **error)
{
  return nn_series_file_check_path (path, error);
}

static gboolean
check_snapshot (const char *path, const NudgeGraphics *graphics, GError **error)
{
  return nn_snapshot_check_path (path, error);
}

static gboolean
check_experiment (const char *path, const NudgeGraphics *graphics, GError **error)
{
  return nn_experiment_file_check_path (path, error);
}

static gboolean
write_figure (NudgeRunOutputs *self, const char *path, GError **error)
{
  return self->graphics->save_figure (self->frame, self->experiment->title, path, error);
}

static gboolean
write_losses (NudgeRunOutputs *self, const char *path, GError **error)
{
  return nn_loss_file_commit (self->losses, error);
}

static gboolean
write_series (NudgeRunOutputs *self, const char *path, GError **error)
{
  return nn_series_file_save (self->frame, path, error);
}

static gboolean
write_snapshot (NudgeRunOutputs *self, const char *path, GError **error)
{
  return nn_snapshot_save (self->frame->architecture, self->frame->values, path, error);
}

/* What has no slow copy is what its slow copy would be. */
static void
say_which_have_none (const NudgeRunOutputs *self)
{
  const NnArchitecture *architecture = self->frame->architecture;
  g_autoptr (GString) names = g_string_new (NULL);

  for (gsize i = 0; i < architecture->n_parameters; i++)
    if (nn_slow_copies_get (self->slow, i) == NULL)
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "",
                              architecture->parameters[i].name);
  if (names->len > 0 && !self->options->quiet)
    printf ("%-9s without a slow copy, and written as they are: %s\n", "note",
            names->str);
}

static gboolean
write_slow (NudgeRunOutputs *self, const char *path, GError **error)
{
  g_autofree float *values = NULL;

  if (nn_slow_copies_get_n (self->slow) == 0) {
    g_set_error (error, NN_ERROR, NN_ERROR_UNKNOWN,
                 "%s: there are no slow copies to write, as no nudge that was applied "
                 "mentions m; ema keeps one",
                 path);
    return FALSE;
  }
  values = nn_slow_copies_dup_values (self->slow, self->frame->values);
  if (!nn_snapshot_save (self->frame->architecture, values, path, error))
    return FALSE;
  say_which_have_none (self);
  return TRUE;
}

static gboolean
write_experiment (NudgeRunOutputs *self, const char *path, GError **error)
{
  return nn_experiment_file_save (self->experiment, path, error);
}

static gboolean
check_script (const char *path, const NudgeGraphics *graphics, GError **error)
{
  return nn_script_check_path (path, error);
}

/* As many steps as the run took. */
static gboolean
write_script (NudgeRunOutputs *self, const char *path, GError **error)
{
  g_autoptr (NnScript) script = nn_script_new (self->experiment, self->frame->step);

  return nn_script_save (script, path, error);
}

typedef struct {
  const char *option;
  const char *word; /* what the summary calls it */
  gsize path;       /* offset in NudgeRunOptions */
  gboolean (*check) (const char *path, const NudgeGraphics *graphics, GError **error);
  /* (nullable) of what is not written while the run goes on */
  gboolean (*write) (NudgeRunOutputs *self, const char *path, GError **error);
} Output;

static const Output outputs[] = {
  { "--figure", "figure", G_STRUCT_OFFSET (NudgeRunOptions, figure), check_figure,
    write_figure },
  { "--checkpoint", NULL, G_STRUCT_OFFSET (NudgeRunOptions, checkpoint), check_checkpoint,
    NULL },
  { "--losses", "losses", G_STRUCT_OFFSET (NudgeRunOptions, losses), check_losses,
    write_losses },
  { "--series", "series", G_STRUCT_OFFSET (NudgeRunOptions, series), check_series,
    write_series },
  { "--snapshot", "snapshot", G_STRUCT_OFFSET (NudgeRunOptions, snapshot), check_snapshot,
    write_snapshot },
  { "--snapshot-slow", "slow", G_STRUCT_OFFSET (NudgeRunOptions, snapshot_slow),
    check_snapshot, write_slow },
  { "--save", "saved", G_STRUCT_OFFSET (NudgeRunOptions, save), check_experiment,
    write_experiment },
  { "--script", "script", G_STRUCT_OFFSET (NudgeRunOptions, script), check_script,
    write_script },
};

/* Returns: (nullable): NULL if it was not asked for */
static const char *
get_path (const NudgeRunOptions *options, gsize i)
{
  return G_STRUCT_MEMBER (const char *, options, outputs[i].path);
}

/* ---- before the run ---------------------------------------------------------------- */

static gboolean
parse_snapshot_every (const NudgeRunOptions *options, guint64 *n_steps, GError **error)
{
  return nudge_whole_parse ("--snapshot-every", options->snapshot_every, NUDGE_MOST_STEPS,
                            n_steps, error);
}

/**
 * nudge_run_outputs_check:
 * @graphics: (nullable): what draws a figure; there if one is asked for
 *
 * Checks the names alone: each says a format that can be written.
 */
gboolean
nudge_run_outputs_check (const NudgeRunOptions *options,
                         const NudgeGraphics *graphics,
                         GError **error)
{
  guint64 every = 0;

  if (!parse_snapshot_every (options, &every, error))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (outputs); i++) {
    const char *path = get_path (options, i);

    if (path && !outputs[i].check (path, graphics, error))
      return FALSE;
  }
  return TRUE;
}

/* @option: which has another name for that file */
static gboolean
refuse_same (const char *path, const char *option, const char *other, GError **error)
{
  g_autofree char *name = nn_path_dup_display_name (path);

  g_set_error (error, NN_ERROR, NN_ERROR_FILE,
               "%s would write over %s, which is %s: give another file", option, name,
               other);
  return FALSE;
}

/**
 * nudge_run_outputs_check_distinct:
 * @inputs: (element-type filename): what the run is read from
 *
 * Makes sure that no output would take the place of another, or of an input.
 */
gboolean
nudge_run_outputs_check_distinct (const NudgeRunOptions *options,
                                  const GPtrArray *inputs,
                                  GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (outputs); i++) {
    const char *path = get_path (options, i);

    for (guint k = 0; path && k < inputs->len; k++)
      if (nn_path_is_same_file (path, inputs->pdata[k]))
        return refuse_same (inputs->pdata[k], outputs[i].option, "read", error);
    for (gsize k = 0; path && k < i; k++) {
      const char *other = get_path (options, k);

      if (other && nn_path_is_same_file (path, other)) {
        g_autofree char *owner = g_strconcat ("that of ", outputs[k].option, NULL);

        return refuse_same (other, outputs[i].option, owner, error);
      }
    }
  }
  return TRUE;
}

/* Finds out before the run whether @path can be written after it. */
static gboolean
check_writable (const char *path, GError **error)
{
  g_autoptr (NnAtomicFile) file = nn_atomic_file_new (path, error);

  return file != NULL;
}

/**
 * nudge_run_outputs_open:
 * @options: kept as long as the outputs are
 * @graphics: (nullable): likewise
 * @validation: the losses have a column for the examples that are held out
 *
 * Returns: (nullable): NULL if one of the files could not be written
 */
NudgeRunOutputs *
nudge_run_outputs_open (const NudgeRunOptions *options,
                        const NudgeGraphics *graphics,
                        gboolean validation,
                        GError **error)
{
  g_autoptr (NudgeRunOutputs) self = g_new0 (NudgeRunOutputs, 1);

  self->options = options;
  self->graphics = graphics;
  if (!parse_snapshot_every (options, &self->snapshot_every, error))
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (outputs); i++) {
    const char *path = get_path (options, i);

    if (path && !check_writable (path, error))
      return NULL;
  }
  if (options->losses)
    self->losses = nn_loss_file_new (options->losses, validation, error);
  return !options->losses || self->losses ? g_steal_pointer (&self) : NULL;
}

/* ---- the run and after it ---------------------------------------------------------- */

gboolean
nudge_run_outputs_want_losses (const NudgeRunOutputs *self)
{
  return self->losses != NULL;
}

/**
 * nudge_run_outputs_append_losses:
 * @validation: not used where there is no such column
 *
 * Only if nudge_run_outputs_want_losses (). After a failure they are not wanted any more,
 * and the disk has the space for the rest.
 */
gboolean
nudge_run_outputs_append_losses (NudgeRunOutputs *self,
                                 guint64 step,
                                 float loss,
                                 float validation,
                                 GError **error)
{
  if (nn_loss_file_append (self->losses, step, loss, validation, error))
    return TRUE;
  g_clear_pointer (&self->losses, nn_loss_file_free);
  return FALSE;
}

/* "name-000100.npz" */
static char *
dup_numbered (const char *path, guint64 step)
{
  const char *dot = strrchr (path, '.');

  return g_strdup_printf ("%.*s-%06" G_GUINT64_FORMAT "%s", (int) (dot - path), path,
                          step, dot);
}

/**
 * nudge_run_outputs_keep_snapshot:
 *
 * Writes the parameters, if those of this step are wanted, too.
 */
gboolean
nudge_run_outputs_keep_snapshot (const NudgeRunOutputs *self,
                                 const NnTrainer *trainer,
                                 GError **error)
{
  const guint64 step = nn_trainer_get_n_steps (trainer);
  const NnNetwork *network = nn_trainer_get_network (trainer);
  g_autofree char *path = NULL;

  if (self->snapshot_every == 0 || step % self->snapshot_every != 0)
    return TRUE;
  path = dup_numbered (self->options->snapshot, step);
  return nn_snapshot_save (nn_network_get_architecture (network),
                           nn_network_get_values (network), path, error);
}

static gboolean
write_one (NudgeRunOutputs *self, gsize i, const char *path)
{
  g_autofree char *name = nn_path_dup_display_name (path);
  g_autoptr (GError) error = NULL;

  if (!outputs[i].write (self, path, &error)) {
    nudge_complain ("run", error->message);
    return FALSE;
  }
  if (!self->options->quiet)
    printf ("%-9s %s\n", outputs[i].word, name);
  return TRUE;
}

/**
 * nudge_run_outputs_write:
 * @frame: the run as it ended
 * @slow: its slow copies then
 *
 * Tries each file, whatever becomes of the others; says of each on standard output that it
 * was written, if that is wanted, or on standard error why not.
 *
 * Returns: FALSE if any was not written
 */
gboolean
nudge_run_outputs_write (NudgeRunOutputs *self,
                         const NnExperiment *experiment,
                         const NnFrame *frame,
                         const NnSlowCopies *slow)
{
  gboolean done = TRUE;

  self->experiment = experiment;
  self->frame = frame;
  self->slow = slow;
  for (gsize i = 0; i < G_N_ELEMENTS (outputs); i++) {
    const char *path = get_path (self->options, i);
    const gboolean failed = path && path == self->options->losses && !self->losses;

    if (path && outputs[i].write)
      done = !failed && write_one (self, i, path) && done;
  }
  return done;
}

void
nudge_run_outputs_free (NudgeRunOutputs *self)
{
  g_clear_pointer (&self->losses, nn_loss_file_free);
  g_free (self);
}

/* nudge-run-outputs.c - the files that `nudge run` was asked to write
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/command/nudge-run-outputs.h"

#include <stdio.h>

#include "nn/files/nn-atomic-file.h"
#include "nn/files/nn-path.h"
#include "nn/io/nn-experiment-file.h"
#include "nn/io/nn-loss-file.h"
#include "nn/io/nn-snapshot.h"

struct _NudgeRunOutputs {
  const NudgeRunOptions *options; /* (not owned) */
  const NudgeGraphics *graphics;  /* (not owned) (nullable) */
  NnLossFile *losses;             /* (owned) (nullable) */
};

/* Finds out before the run whether @path can be written after it. */
static gboolean
check_writable (const char *path, GError **error)
{
  g_autoptr (NnAtomicFile) file = nn_atomic_file_new (path, error);

  return file != NULL;
}

/**
 * nudge_run_outputs_check:
 * @graphics: (nullable): what draws a figure; there if one is asked for
 *
 * Checks the names alone.
 */
gboolean
nudge_run_outputs_check (const NudgeRunOptions *options,
                         const NudgeGraphics *graphics,
                         GError **error)
{
  return (!options->snapshot || nn_snapshot_check_path (options->snapshot, error)) &&
         (!options->figure || graphics->check_figure_path (options->figure, error));
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
  if ((options->snapshot && !check_writable (options->snapshot, error)) ||
      (options->save && !check_writable (options->save, error)) ||
      (options->figure && !check_writable (options->figure, error)))
    return NULL;
  if (options->losses)
    self->losses = nn_loss_file_new (options->losses, validation, error);
  return !options->losses || self->losses ? g_steal_pointer (&self) : NULL;
}

gboolean
nudge_run_outputs_want_losses (const NudgeRunOutputs *self)
{
  return self->losses != NULL;
}

/**
 * nudge_run_outputs_append_losses:
 * @validation: not used where there is no such column
 *
 * Only if nudge_run_outputs_want_losses ().
 */
gboolean
nudge_run_outputs_append_losses (NudgeRunOutputs *self,
                                 guint64 step,
                                 float loss,
                                 float validation,
                                 GError **error)
{
  return nn_loss_file_append (self->losses, step, loss, validation, error);
}

static void
say_written (const NudgeRunOutputs *self, const char *what, const char *path)
{
  g_autofree char *name = nn_path_dup_display_name (path);

  if (!self->options->quiet)
    printf ("%-9s %s\n", what, name);
}

/**
 * nudge_run_outputs_write:
 * @frame: the run as it ended
 *
 * Says of each file on standard output that it was written, if that is wanted.
 */
gboolean
nudge_run_outputs_write (NudgeRunOutputs *self,
                         const NnExperiment *experiment,
                         const NnFrame *frame,
                         GError **error)
{
  const NudgeRunOptions *options = self->options;

  if (options->figure) {
    if (!self->graphics->save_figure (frame, experiment->title, options->figure, error))
      return FALSE;
    say_written (self, "figure", options->figure);
  }
  if (options->losses) {
    if (!nn_loss_file_commit (self->losses, error))
      return FALSE;
    say_written (self, "losses", options->losses);
  }
  if (options->snapshot) {
    if (!nn_snapshot_save (frame->architecture, frame->values, options->snapshot, error))
      return FALSE;
    say_written (self, "snapshot", options->snapshot);
  }
  if (options->save) {
    if (!nn_experiment_file_save (experiment, options->save, error))
      return FALSE;
    say_written (self, "saved", options->save);
  }
  return TRUE;
}

void
nudge_run_outputs_free (NudgeRunOutputs *self)
{
  g_clear_pointer (&self->losses, nn_loss_file_free);
  g_free (self);
}

/* nudge-run-outputs.c - the files that `nudge run` was asked to write
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/command/nudge-run-outputs.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#include "app/command/nudge-complain.h"
#include "app/command/nudge-run-history.h"
#include "app/command/nudge-stream.h"
#include "app/command/nudge-width.h"
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
  return self->graphics->save_figure (self->frame, self->experiment->title,
                                      &self->options->figure_options, path, error);
}

static gboolean
write_losses (NudgeRunOutputs *self, const char *path, GError **error)
{
  return nn_loss_file_commit (self->losses, error);
}

static gboolean
write_series (NudgeRunOutputs *self, const char *path, GError **error)
{
  g_autoptr (NnAtomicFile) file = nudge_stream_open (path, error);

  return file && nn_series_file_write (self->frame, file, error) &&
         nn_atomic_file_commit (file, error);
}

static gboolean
write_bytes (const char *path, const void *bytes, gsize n_bytes, GError **error)
{
  g_autoptr (NnAtomicFile) file = nudge_stream_open (path, error);

  return file && nn_atomic_file_write (file, bytes, n_bytes, error) &&
         nn_atomic_file_commit (file, error);
}

/* @values: as the network's parameters are
 * @metadata: (nullable): likewise nn_snapshot_encode's */
static gboolean
write_values (NudgeRunOutputs *self,
              const float *values,
              const GPtrArray *metadata,
              const char *path,
              GError **error)
{
  g_autoptr (GBytes) bytes =
      nn_snapshot_encode (self->frame->architecture, values, metadata, path, error);

  return bytes && write_bytes (path, g_bytes_get_data (bytes, NULL),
                               g_bytes_get_size (bytes), error);
}

static gboolean
write_snapshot (NudgeRunOutputs *self, const char *path, GError **error)
{
  g_autoptr (GPtrArray) history =
      self->options->with_history ? nudge_run_history_new (self->experiment, self->frame)
                                  : NULL;

  return write_values (self, self->frame->values, history, path, error);
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
    printf (_ ("note      without a slow copy, and written as they are: %s\n"),
            names->str);
}

static gboolean
write_slow (NudgeRunOutputs *self, const char *path, GError **error)
{
  g_autofree float *values = NULL;

  if (nn_slow_copies_get_n (self->slow) == 0) {
    g_set_error (error, NN_ERROR, NN_ERROR_UNKNOWN,
                 _ ("%s: there are no slow copies to write, as no nudge that was applied "
                    "mentions m; ema keeps one"),
                 path);
    return FALSE;
  }
  values = nn_slow_copies_dup_values (self->slow, self->frame->values);
  if (!write_values (self, values, NULL, path, error))
    return FALSE;
  say_which_have_none (self);
  return TRUE;
}

static gboolean
write_experiment (NudgeRunOutputs *self, const char *path, GError **error)
{
  g_autofree char *text = NULL;

  if (!nudge_stream_is (path))
    return nn_experiment_file_save (self->experiment, path, error);
  text = nn_experiment_file_format_full (self->experiment, ".");
  return write_bytes (path, text, strlen (text), error);
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
  const char *text = nn_script_get_text (script);

  if (!nudge_stream_is (path))
    return nn_script_save (script, path, error);
  if (nn_script_has_file (script)) {
    g_set_error_literal (error, NN_ERROR, NN_ERROR_FILE,
                         _ ("--script: the data are too large for the program's text, "
                            "and go to a file beside it; name a file"));
    return FALSE;
  }
  return write_bytes (path, text, strlen (text), error);
}

typedef struct {
  const char *option;
  const char *word; /* what the summary calls it */
  /* (nullable) the ending of what goes to standard output, if it may */
  const char *stream;
  gsize path; /* offset in NudgeRunOptions */
  gboolean (*check) (const char *path, const NudgeGraphics *graphics, GError **error);
  /* (nullable) of what is not written while the run goes on */
  gboolean (*write) (NudgeRunOutputs *self, const char *path, GError **error);
} Output;

static const Output outputs[] = {
  { "--figure", N_ ("figure"), NULL, G_STRUCT_OFFSET (NudgeRunOptions, figure),
    check_figure, write_figure },
  { "--checkpoint", NULL, NULL, G_STRUCT_OFFSET (NudgeRunOptions, checkpoint),
    check_checkpoint, NULL },
  { "--losses", N_ ("losses"), ".csv", G_STRUCT_OFFSET (NudgeRunOptions, losses),
    check_losses, write_losses },
  { "--series", N_ ("series"), ".csv", G_STRUCT_OFFSET (NudgeRunOptions, series),
    check_series, write_series },
  { "--snapshot", N_ ("snapshot"), ".safetensors",
    G_STRUCT_OFFSET (NudgeRunOptions, snapshot), check_snapshot, write_snapshot },
  { "--snapshot-slow", N_ ("slow"), ".safetensors",
    G_STRUCT_OFFSET (NudgeRunOptions, snapshot_slow), check_snapshot, write_slow },
  { "--save", N_ ("saved"), ".nudge", G_STRUCT_OFFSET (NudgeRunOptions, save),
    check_experiment, write_experiment },
  { "--script", N_ ("script"), ".py", G_STRUCT_OFFSET (NudgeRunOptions, script),
    check_script, write_script },
};

/* Returns: (nullable): NULL if it was not asked for */
static const char *
get_path (const NudgeRunOptions *options, gsize i)
{
  return G_STRUCT_MEMBER (const char *, options, outputs[i].path);
}

/* The options' own, if they may be changed. */
static char **
get_path_place (NudgeRunOptions *options, gsize i)
{
  return &G_STRUCT_MEMBER (char *, options, outputs[i].path);
}

/* ---- before the run ---------------------------------------------------------------- */

/**
 * nudge_run_outputs_take_stream:
 *
 * One output may go to standard output: then its name says its format from now on, and
 * what is printed goes to standard error.
 */
gboolean
nudge_run_outputs_take_stream (NudgeRunOptions *options, GError **error)
{
  const char *taken = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (outputs); i++) {
    char **path = get_path_place (options, i);
    char *name;

    if (*path == NULL || !nudge_stream_is (*path))
      continue;
    if (outputs[i].stream == NULL || taken != NULL) {
      g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX,
                   taken
                       ? _ ("%s: standard output is that of %s already; name a file")
                       : _ ("%s: this cannot be written to standard output; name a file"),
                   outputs[i].option, taken);
      return FALSE;
    }
    taken = outputs[i].option;
    name = nudge_stream_dup_name (*path, outputs[i].stream);
    g_free (*path);
    *path = name;
  }
  if (taken)
    nudge_stream_divert ();
  return TRUE;
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
  for (gsize i = 0; i < G_N_ELEMENTS (outputs); i++) {
    const char *path = get_path (options, i);

    if (path && !outputs[i].check (path, graphics, error))
      return FALSE;
  }
  return nudge_run_history_check (options, error);
}

/* @option: which has another name for that file */
static gboolean
refuse_same (const char *path, const char *option, const char *other, GError **error)
{
  g_autofree char *name = nn_path_dup_display_name (path);

  g_set_error (error, NN_ERROR, NN_ERROR_FILE,
               _ ("%s would overwrite %s, which is %s: give another file"), option, name,
               other);
  return FALSE;
}

/* A checkpoint may take the place of the one that the run goes on from.
 *
 * @path: that @option writes
 * @n: of the outputs, the first, that are compared with it */
static gboolean
check_one (const NudgeRunOptions *options,
           const char *option,
           const char *path,
           gsize n,
           const GPtrArray *inputs,
           GError **error)
{
  if (options->resume && path != options->checkpoint &&
      nn_path_is_same_file (path, options->resume))
    return refuse_same (options->resume, option, _ ("read"), error);
  for (guint i = 0; i < inputs->len; i++)
    if (nn_path_is_same_file (path, inputs->pdata[i]))
      return refuse_same (inputs->pdata[i], option, _ ("read"), error);
  for (gsize i = 0; i < n; i++) {
    const char *other = get_path (options, i);

    if (other && nn_path_is_same_file (path, other)) {
      g_autofree char *owner = g_strdup_printf (_ ("that of %s"), outputs[i].option);

      return refuse_same (other, option, owner, error);
    }
  }
  return TRUE;
}

/* Returns: (transfer full) (nullable): the file with the data of the program that is
 * written, if it needs one */
static char *
dup_beside (const NudgeRunOptions *options,
            const NnExperiment *experiment,
            guint64 n_steps)
{
  g_autoptr (NnScript) script = NULL;

  if (options->script == NULL || nudge_stream_is (options->script))
    return NULL;
  script = nn_script_new (experiment, n_steps);
  return nn_script_has_file (script) ? nn_script_dup_beside (options->script) : NULL;
}

/* Adds what is written to @files, but for snapshots. */
static void
add_files (const NudgeRunOptions *options, const char *beside, GPtrArray *files)
{
  for (gsize i = 0; i < G_N_ELEMENTS (outputs); i++) {
    const char *path = get_path (options, i);

    if (path && path != options->snapshot)
      g_ptr_array_add (files, g_strdup (path));
  }
  if (beside)
    g_ptr_array_add (files, g_strdup (beside));
}

/**
 * nudge_run_outputs_check_distinct:
 * @files: (element-type filename) (inout): what the run is read from; all that is written
 *   is added, but for snapshots
 * @experiment: that is run
 * @n_steps: so many steps, at most
 *
 * Makes sure that no output would take the place of another, or of an input.
 */
gboolean
nudge_run_outputs_check_distinct (const NudgeRunOptions *options,
                                  GPtrArray *files,
                                  const NnExperiment *experiment,
                                  guint64 n_steps,
                                  GError **error)
{
  g_autofree char *beside = dup_beside (options, experiment, n_steps);

  for (gsize i = 0; i < G_N_ELEMENTS (outputs); i++) {
    const char *path = get_path (options, i);

    if (path && !check_one (options, outputs[i].option, path, i, files, error))
      return FALSE;
  }
  if (beside &&
      !check_one (options, "--script", beside, G_N_ELEMENTS (outputs), files, error))
    return FALSE;
  add_files (options, beside, files);
  return TRUE;
}

/**
 * nudge_run_outputs_count_memory:
 *
 * Returns: about how many bytes of memory it takes to write the parameters; one file is
 *   written after the other
 */
guint64
nudge_run_outputs_count_memory (const NudgeRunOptions *options,
                                const NnArchitecture *architecture)
{
  const char *const paths[] = { options->snapshot, options->snapshot_slow };
  guint64 most = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    if (paths[i] != NULL)
      most = MAX (most, nn_snapshot_count_memory (architecture, paths[i]));
  return most;
}

/* Finds out before the run whether @path can be written after it. */
static gboolean
check_writable (const char *path, GError **error)
{
  g_autoptr (NnAtomicFile) file = nn_atomic_file_new (path, error);

  return file != NULL;
}

static gboolean
open_losses (NudgeRunOutputs *self, gboolean validation, GError **error)
{
  NnAtomicFile *file = nudge_stream_open (self->options->losses, error);

  if (file)
    self->losses = nn_loss_file_new_for (file, validation, error);
  return self->losses != NULL;
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
  for (gsize i = 0; i < G_N_ELEMENTS (outputs); i++) {
    const char *path = get_path (options, i);

    if (path && !nudge_stream_is (path) && !check_writable (path, error))
      return NULL;
  }
  if (options->losses && !open_losses (self, validation, error))
    return NULL;
  return g_steal_pointer (&self);
}

/* ---- the run and after it ---------------------------------------------------------- */

gboolean
nudge_run_outputs_want_losses (const NudgeRunOutputs *self)
{
  return self->losses != NULL;
}

/**
 * nudge_run_outputs_append_losses:
 * @validation: nn_loss_file_get_missing () if it was not computed; not used where there is
 *   no such column
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

static gboolean
write_one (NudgeRunOutputs *self, gsize i, const char *path)
{
  g_autofree char *name = nudge_stream_is (path) ? g_strdup (_ ("standard output"))
                                                 : nn_path_dup_display_name (path);
  g_autoptr (GError) error = NULL;

  if (!outputs[i].write (self, path, &error)) {
    nudge_complain ("run", error->message);
    return FALSE;
  }
  if (!self->options->quiet) {
    nudge_width_print (_ (outputs[i].word), NUDGE_WIDTH_LABEL);
    printf ("%s\n", name);
  }
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

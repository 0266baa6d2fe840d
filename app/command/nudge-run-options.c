/* nudge-run-options.c - the options of `nudge run`, as they were typed
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/command/nudge-run-options.h"

#include <glib/gi18n.h>

#include "nn/base/nn-error.h"
#include "nn/base/nn-names.h"
#include "nn/io/nn-checkpoint-file.h"
#include "nn/io/nn-snapshot.h"

#define SUMMARY                                                                          \
  N_ ("Trains a demo, an experiment file or the network of a file of parameters, "       \
      "without a "                                                                       \
      "window. nudge list demos lists the demos.")

#define DESCRIPTION                                                                      \
  N_ ("A nudge:\n"                                                                       \
      "  TARGET    fc1 (weight and bias), fc1.weight, fc1.bias, * (all), *.weight, "     \
      "*.bias,\n"                                                                        \
      "            fc1[2] (a neuron: its incoming edges and bias), fc1.weight[:,1] "     \
      "(the\n"                                                                           \
      "            outgoing edges of input 1), fc1.weight[0:3,1], fc1.bias[2],\n"        \
      "            fc1.weight[0,1; 2,1] (chosen edges: output, input)\n"                 \
      "  FUNCTION  a name that nudge list functions shows, or an expression as 'w - "    \
      "a*g'\n"                                                                           \
      "  WHEN      every step (if left out), every N steps, every epoch, every N "       \
      "epochs,\n"                                                                        \
      "            every example, each perhaps from step A to step B; step N; step A, "  \
      "B;\n"                                                                             \
      "            epoch N; all of these perhaps with before backward; at the start;\n"  \
      "            by hand\n"                                                            \
      "  WHAT      is done to the optimizer's memory: keep, zero (the target's), "       \
      "zero-all\n"                                                                       \
      "\n"                                                                               \
      "What can be left out (nudge why names possible reasons of a jump):\n"             \
      "  K         log:3 (the third entry of the log), nudge:2 (the second nudge that\n" \
      "            repeats, whenever it does), nudge:2@120 (what it does at step "       \
      "120),\n"                                                                          \
      "            step:120 (what the optimizer does to the weights in step 120); "      \
      "each\n"                                                                           \
      "            perhaps on one parameter: log:3:fc1.weight\n"                         \
      "\n"                                                                               \
      "FILE may be - for standard input, or a pipe: an experiment or a table of text.\n" \
      "One of --losses, --series, --snapshot, --snapshot-slow, --save and --script may " \
      "be -\n"                                                                           \
      "for standard output, or -.npz to name a format; messages then go to standard "    \
      "error.\n"                                                                         \
      "\n"                                                                               \
      "For example:\n"                                                                   \
      "  nudge run seed --steps 200 --losses - | tail -n 1\n"                            \
      "  nudge run mine.nudge --quiet --snapshot x.npz --figure mine.png\n"              \
      "  nudge run seed --steps 300 --snapshot along.npz --snapshot-every 100\n"         \
      "  nudge run data.csv --steps 50 --save made.nudge\n"                              \
      "  zcat data.csv.gz | nudge run - --steps 50\n"                                    \
      "  nudge run seed --steps 50 --quiet --checkpoint half.nudge-checkpoint\n"         \
      "  nudge run --resume half.nudge-checkpoint --steps 100\n"                         \
      "  nudge run seed --steps 500 --nudge 'fc2.weight: shrink 5% @ every 10 steps'\n"  \
      "  nudge run mine.nudge --steps 130 --without log:3 --evaluate\n"                  \
      "  nudge run seed-nudged --steps 30 --memory-zero nudge:2@20 --evaluate\n")

/* GLib's @failure, which begins with a capital, as the rest of a line. */
static void
explain (const GError *failure, GError **error)
{
  const char *charset;

  if (!g_error_matches (failure, G_CONVERT_ERROR, G_CONVERT_ERROR_ILLEGAL_SEQUENCE)) {
    g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX, _ ("%c%s; see nudge run --help"),
                 g_ascii_tolower (failure->message[0]), failure->message + 1);
    return;
  }
  g_get_charset (&charset);
  g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX,
               _ ("an argument is not text in the character set of this locale, %s"),
               charset);
}

/* @help: (out): whether it was asked for */
static void
add_experiment (NudgeRunOptions *self, GOptionContext *context, gboolean *help)
{
  const GOptionEntry entries[] = {
    { "help", 'h', 0, G_OPTION_ARG_NONE, help, _ ("Show this text"), NULL },
    { "steps", 0, 0, G_OPTION_ARG_STRING, &self->steps, _ ("Train N steps (1000)"), "N" },
    { "seed", 0, 0, G_OPTION_ARG_STRING, &self->seed,
      _ ("Draw the network and the data with seed S"), "S" },
    { "nudge", 0, 0, G_OPTION_ARG_STRING_ARRAY, &self->nudges,
      _ ("Add a nudge; may be given again"),
      "'TARGET: FUNCTION [@ WHEN] [a=NUMBER] [memory=WHAT]'" },
    { "no-nudges", 0, 0, G_OPTION_ARG_NONE, &self->no_nudges,
      _ ("Leave out the experiment's own nudges, and its log"), NULL },
    { "guard", 0, 0, G_OPTION_ARG_STRING, &self->guard,
      _ ("How backward is protected from nudges before it"), "shield|check|off" },
    { "from", 0, 0, G_OPTION_ARG_FILENAME, &self->from,
      _ ("Start with the parameters in a file"), "FILE[:MEMBER]" },
    { "resume", 0, 0, G_OPTION_ARG_FILENAME, &self->resume,
      _ ("Continue from a checkpoint, up to N steps in all, as if never interrupted"),
      "CHECKPOINT" },
    { "checkpoint", 0, 0, G_OPTION_ARG_FILENAME, &self->checkpoint,
      _ ("Write the whole state while the run goes on, and at its end"),
      "FILE" NN_CHECKPOINT_ENDING },
    { "checkpoint-every", 0, 0, G_OPTION_ARG_STRING, &self->checkpoint_every,
      _ ("Seconds between two checkpoints (10)"), "SECONDS" },
    { NULL },
  };

  g_option_context_add_main_entries (context, entries, NULL);
}

/* The files that a run leaves. @snapshots: what their endings are, kept by the caller */
static void
add_outputs (NudgeRunOptions *self, GOptionContext *context, const char *snapshots)
{
  const GOptionEntry entries[] = {
    { "losses", 0, 0, G_OPTION_ARG_FILENAME, &self->losses,
      _ ("Write the loss of every step"), "FILE.csv" },
    { "validate-every", 0, 0, G_OPTION_ARG_STRING, &self->validate_every,
      _ ("Add the loss of held-out examples every N steps"), "N" },
    { "series", 0, 0, G_OPTION_ARG_FILENAME, &self->series,
      _ ("Write losses, norms, updates and dead units along the run"), "FILE.csv" },
    { "snapshot", 0, 0, G_OPTION_ARG_FILENAME, &self->snapshot,
      _ ("Write the parameters"), snapshots },
    { "snapshot-every", 0, 0, G_OPTION_ARG_STRING, &self->snapshot_every,
      _ ("Write them every N steps, too: FILE-000100 and so on, and the last step's"),
      "N" },
    { "with-history", 0, 0, G_OPTION_ARG_NONE, &self->with_history,
      _ ("Write what was done to the run into the snapshot's metadata (safetensors)"),
      NULL },
    { "snapshot-slow", 0, 0, G_OPTION_ARG_FILENAME, &self->snapshot_slow,
      _ ("Write the slow copies of the parameters"), snapshots },
    { "save", 0, 0, G_OPTION_ARG_FILENAME, &self->save,
      _ ("Write the experiment as it was run"), "FILE.nudge" },
    { "script", 0, 0, G_OPTION_ARG_FILENAME, &self->script,
      _ ("Write a PyTorch program that repeats the run and prints its losses"),
      "FILE.py" },
    { "figure", 0, 0, G_OPTION_ARG_FILENAME, &self->figure,
      _ ("Draw the network and its loss"), "FILE.{png,svg,pdf}" },
    { NULL },
  };

  g_option_context_add_main_entries (context, entries, NULL);
}

#define MOST_SMOOTHING 0.999

static gboolean
read_figure (NudgeRunOptions *self, GError **error)
{
  static const char *const names[] = { "both", "network", "loss" };
  NudgeFigureOptions *figure = &self->figure_options;
  guint parts = NUDGE_GRAPHICS_BOTH;
  char *end;

  if (!self->figure &&
      (self->figure_of || self->smoothing || figure->dark || figure->logarithmic)) {
    g_set_error_literal (error, NN_ERROR, NN_ERROR_SYNTAX,
                         _ ("--figure-of, --dark, --log-scale and --smoothing are of a "
                            "figure; give --figure FILE too"));
    return FALSE;
  }
  if (self->figure_of &&
      !nn_names_find (names, G_N_ELEMENTS (names), N_ ("part of a figure"),
                      self->figure_of, &parts, error))
    return FALSE;
  figure->parts = (NudgeGraphicsParts) parts;
  if (self->smoothing == NULL)
    return TRUE;
  figure->smoothing = g_ascii_strtod (self->smoothing, &end);
  if (*self->smoothing != '\0' && *end == '\0' && figure->smoothing >= 0 &&
      figure->smoothing <= MOST_SMOOTHING)
    return TRUE;
  g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX,
               _ ("--smoothing %s: give a number from 0 to 0.999"), self->smoothing);
  return FALSE;
}

static void
add_figure_entries (NudgeRunOptions *self, GOptionContext *context)
{
  const GOptionEntry entries[] = {
    { "figure-of", 0, 0, G_OPTION_ARG_STRING, &self->figure_of,
      _ ("What the figure shows (both)"), "both|network|loss" },
    { "dark", 0, 0, G_OPTION_ARG_NONE, &self->figure_options.dark,
      _ ("Draw the figure light on dark"), NULL },
    { "log-scale", 0, 0, G_OPTION_ARG_NONE, &self->figure_options.logarithmic,
      _ ("Draw the figure's loss on a logarithmic axis"), NULL },
    { "smoothing", 0, 0, G_OPTION_ARG_STRING, &self->smoothing,
      _ ("Smooth the figure's loss, as TensorBoard does (0)"), "0..0.999" },
    { NULL },
  };

  g_option_context_add_main_entries (context, entries, NULL);
}

static void
add_others (NudgeRunOptions *self, GOptionContext *context)
{
  const GOptionEntry entries[] = {
    { "without", 0, 0, G_OPTION_ARG_STRING_ARRAY, &self->without,
      _ ("Leave out one thing, as if it had never been done; may be given again"), "K" },
    { "memory-zero", 0, 0, G_OPTION_ARG_STRING_ARRAY, &self->memory_zero,
      _ ("Let a nudge zero the optimizer's memory of its target"), "K" },
    { "swap-batch", 0, 0, G_OPTION_ARG_STRING_ARRAY, &self->swap_batch,
      _ ("Train step N on the next step's batch instead of its own"), "N" },
    { "tenth-rate", 0, 0, G_OPTION_ARG_STRING_ARRAY, &self->tenth_rate,
      _ ("Take step N with a tenth of the learning rate"), "N" },
    { "evaluate", 0, 0, G_OPTION_ARG_NONE, &self->evaluate,
      _ ("Print the loss of the last weights on all training examples"), NULL },
    { "strict", 0, 0, G_OPTION_ARG_NONE, &self->strict,
      _ ("End the run when a nudge is refused, with exit status 1"), NULL },
    { "quiet", 0, 0, G_OPTION_ARG_NONE, &self->quiet, _ ("Print errors only"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->names, NULL,
      "DEMO|FILE" },
    { NULL },
  };

  g_option_context_add_main_entries (context, entries, NULL);
}

/* Options that need another one, or exclude it. */
static gboolean
check_together (const NudgeRunOptions *self, GError **error)
{
  const char *message = NULL;

  if (self->checkpoint_every && !self->checkpoint)
    message =
        _ ("--checkpoint-every: no checkpoint is written; give --checkpoint FILE too");
  else if (self->validate_every && !self->losses)
    message = _ ("--validate-every: no losses are written; give --losses FILE.csv too");
  else if (self->script &&
           (self->without || self->memory_zero || self->swap_batch || self->tenth_rate))
    message = _ ("--script: a program repeats a run whole; leave out --without, "
                 "--memory-zero, --swap-batch and --tenth-rate");
  if (message == NULL)
    return TRUE;
  g_set_error_literal (error, NN_ERROR, NN_ERROR_SYNTAX, message);
  return FALSE;
}

/**
 * nudge_run_options_parse:
 * @argv: (array zero-terminated=1): the program's name, "run", and what follows it
 */
gboolean
nudge_run_options_parse (NudgeRunOptions *self, char *argv[], GError **error)
{
  g_autofree char *snapshots = nn_array_kind_dup_pattern (TRUE);
  gboolean help = FALSE;
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_auto (GStrv) arguments = g_strdupv (argv + 1); /* "run" comes first */
  g_autoptr (GError) failure = NULL;

  add_experiment (self, context, &help);
  add_outputs (self, context, snapshots);
  add_figure_entries (self, context);
  add_others (self, context);
  g_option_context_set_summary (context, _ (SUMMARY));
  g_option_context_set_description (context, _ (DESCRIPTION));
  g_set_prgname ("nudge run");                        /* what --help shows */
  g_option_context_set_help_enabled (context, FALSE); /* GLib's would end the program */
  if (!g_option_context_parse_strv (context, &arguments, &failure)) {
    explain (failure, error);
    return FALSE;
  }
  if (!check_together (self, error))
    return FALSE;
  if (!help && !read_figure (self, error))
    return FALSE;
  if (help)
    self->help = g_option_context_get_help (context, TRUE, NULL);
  return TRUE;
}

void
nudge_run_options_clear (NudgeRunOptions *self)
{
  g_free (self->help);
  g_free (self->steps);
  g_free (self->seed);
  g_strfreev (self->nudges);
  g_free (self->guard);
  g_free (self->from);
  g_free (self->resume);
  g_free (self->checkpoint);
  g_free (self->checkpoint_every);
  g_free (self->losses);
  g_free (self->validate_every);
  g_free (self->series);
  g_free (self->snapshot);
  g_free (self->snapshot_every);
  g_free (self->snapshot_slow);
  g_free (self->save);
  g_free (self->script);
  g_free (self->figure);
  g_free (self->figure_of);
  g_free (self->smoothing);
  g_strfreev (self->without);
  g_strfreev (self->memory_zero);
  g_strfreev (self->swap_batch);
  g_strfreev (self->tenth_rate);
  g_strfreev (self->names);
}

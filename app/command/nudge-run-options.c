/* nudge-run-options.c - the options of `nudge run`, as they were typed
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/command/nudge-run-options.h"

#include "nn/base/nn-error.h"
#include "nn/io/nn-checkpoint-file.h"
#include "nn/io/nn-snapshot.h"

#define SUMMARY                                                                          \
  "Trains a demo, an experiment file or the network of a file of parameters, without a " \
  "window. The demos are what nudge list demos names."

#define DESCRIPTION                                                                      \
  "A nudge:\n"                                                                           \
  "  TARGET    fc1 (weight and bias), fc1.weight, fc1.bias, * (all), *.weight, "         \
  "*.bias,\n"                                                                            \
  "            fc1[2] (a neuron: its incoming edges and bias), fc1.weight[:,1] (the\n"   \
  "            outgoing edges of input 1), fc1.weight[0:3,1], fc1.bias[2],\n"            \
  "            fc1.weight[0,1; 2,1] (chosen edges: output, input)\n"                     \
  "  FUNCTION  a name that nudge list functions shows, or an expression as 'w - a*g'\n"  \
  "  WHEN      every step (if left out), every N steps, every epoch, every N epochs,\n"  \
  "            every example, each perhaps from step A to step B; step N; step A, B;\n"  \
  "            epoch N; all of these perhaps with before backward; at the start;\n"      \
  "            by hand\n"                                                                \
  "  WHAT      becomes of the optimizer's memory: keep, zero (the target's), zero-all\n" \
  "\n"                                                                                   \
  "What is left out (nudge why names what may be the reason for a jump):\n"              \
  "  K         log:3 (the third entry of the log), nudge:2 (the second nudge that\n"     \
  "            repeats, whenever it does), nudge:2@120 (what it does at step 120),\n"    \
  "            step:120 (what the optimizer does to the weights in step 120); each\n"    \
  "            perhaps on one parameter: log:3:fc1.weight\n"                             \
  "\n"                                                                                   \
  "For example:\n"                                                                       \
  "  nudge run seed --steps 500 --nudge 'fc2.weight: shrink 5% @ every 10 steps'\n"      \
  "  nudge run mine.nudge --steps 130 --without log:3 --evaluate\n"                      \
  "  nudge run seed-nudged --steps 30 --memory-zero nudge:2@20 --evaluate\n"

/* GLib's @failure, which begins with a capital, as the rest of a line. */
static void
explain (const GError *failure, GError **error)
{
  const char *charset;

  if (!g_error_matches (failure, G_CONVERT_ERROR, G_CONVERT_ERROR_ILLEGAL_SEQUENCE)) {
    g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX, "%c%s; see nudge run --help",
                 g_ascii_tolower (failure->message[0]), failure->message + 1);
    return;
  }
  g_get_charset (&charset);
  g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX,
               "an argument is no text in the character set of this locale, %s", charset);
}

/* The files that a run leaves. @snapshots: what their endings are, kept by the caller */
static void
add_outputs (NudgeRunOptions *self, GOptionContext *context, const char *snapshots)
{
  const GOptionEntry entries[] = {
    { "losses", 0, 0, G_OPTION_ARG_FILENAME, &self->losses,
      "Write the loss of every step", "FILE.csv" },
    { "series", 0, 0, G_OPTION_ARG_FILENAME, &self->series,
      "Write losses, norms, updates and dead units along the run", "FILE.csv" },
    { "snapshot", 0, 0, G_OPTION_ARG_FILENAME, &self->snapshot, "Write the parameters",
      snapshots },
    { "snapshot-every", 0, 0, G_OPTION_ARG_STRING, &self->snapshot_every,
      "Write them after each N steps, too, as name-000100.npz and so on", "N" },
    { "snapshot-slow", 0, 0, G_OPTION_ARG_FILENAME, &self->snapshot_slow,
      "Write the slow copies of the parameters", snapshots },
    { "save", 0, 0, G_OPTION_ARG_FILENAME, &self->save,
      "Write the experiment as it was run", "FILE.nudge" },
    { "script", 0, 0, G_OPTION_ARG_FILENAME, &self->script,
      "Write a PyTorch program that repeats the run and prints its losses", "FILE.py" },
    { "figure", 0, 0, G_OPTION_ARG_FILENAME, &self->figure,
      "Draw the network and its loss", "FILE.{png,svg,pdf}" },
    { NULL },
  };

  g_option_context_add_main_entries (context, entries, NULL);
}

/* Options that ask for others, or cannot be with them. */
static gboolean
check_together (const NudgeRunOptions *self, GError **error)
{
  if (self->checkpoint_every && !self->checkpoint) {
    g_set_error_literal (
        error, NN_ERROR, NN_ERROR_SYNTAX,
        "--checkpoint-every: no checkpoint is written; give --checkpoint "
        "FILE" NN_CHECKPOINT_ENDING " too");
    return FALSE;
  }
  if (self->snapshot_every && !self->snapshot) {
    g_set_error_literal (error, NN_ERROR, NN_ERROR_SYNTAX,
                         "--snapshot-every: no snapshot is written; give --snapshot FILE "
                         "too");
    return FALSE;
  }
  if (self->script &&
      (self->without || self->memory_zero || self->swap_batch || self->tenth_rate)) {
    g_set_error_literal (error, NN_ERROR, NN_ERROR_SYNTAX,
                         "--script: a program repeats a run whole; leave out --without, "
                         "--memory-zero, --swap-batch and --tenth-rate");
    return FALSE;
  }
  return TRUE;
}

/* @help: set by one of @entries */
static gboolean
parse (NudgeRunOptions *self,
       const GOptionEntry *entries,
       const gboolean *help,
       char *argv[],
       GError **error)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_auto (GStrv) arguments = g_strdupv (argv + 1); /* "run" comes first */
  g_autofree char *snapshots = nn_array_kind_dup_pattern (TRUE);
  g_autoptr (GError) failure = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  add_outputs (self, context, snapshots);
  g_option_context_set_summary (context, SUMMARY);
  g_option_context_set_description (context, DESCRIPTION);
  g_set_prgname ("nudge run");                        /* what --help shows */
  g_option_context_set_help_enabled (context, FALSE); /* GLib's would end the program */
  if (!g_option_context_parse_strv (context, &arguments, &failure)) {
    explain (failure, error);
    return FALSE;
  }
  if (!check_together (self, error))
    return FALSE;
  if (*help)
    self->help = g_option_context_get_help (context, TRUE, NULL);
  return TRUE;
}

/**
 * nudge_run_options_parse:
 * @argv: (array zero-terminated=1): the program's name, "run", and what follows it
 */
gboolean
nudge_run_options_parse (NudgeRunOptions *self, char *argv[], GError **error)
{
  gboolean help = FALSE;
  const GOptionEntry entries[] = {
    { "help", 'h', 0, G_OPTION_ARG_NONE, &help, "Show this text", NULL },
    { "steps", 0, 0, G_OPTION_ARG_STRING, &self->steps, "Train N steps (1000)", "N" },
    { "seed", 0, 0, G_OPTION_ARG_STRING, &self->seed,
      "Draw the network and the data with seed S", "S" },
    { "nudge", 0, 0, G_OPTION_ARG_STRING_ARRAY, &self->nudges,
      "Add a nudge; may be given again",
      "'TARGET: FUNCTION [@ WHEN] [a=NUMBER] [memory=WHAT]'" },
    { "no-nudges", 0, 0, G_OPTION_ARG_NONE, &self->no_nudges,
      "Leave out the experiment's own nudges, and its log", NULL },
    { "guard", 0, 0, G_OPTION_ARG_STRING, &self->guard,
      "What protects backward from nudges before it", "shield|check|off" },
    { "from", 0, 0, G_OPTION_ARG_FILENAME, &self->from,
      "Begin with the parameters in a file", "FILE[:MEMBER]" },
    { "resume", 0, 0, G_OPTION_ARG_FILENAME, &self->resume,
      "Go on from a checkpoint, up to N steps in all, as if never interrupted",
      "CHECKPOINT" },
    { "checkpoint", 0, 0, G_OPTION_ARG_FILENAME, &self->checkpoint,
      "Write the whole state while the run goes on, and at its end",
      "FILE" NN_CHECKPOINT_ENDING },
    { "checkpoint-every", 0, 0, G_OPTION_ARG_STRING, &self->checkpoint_every,
      "How often that is written (10)", "SECONDS" },
    { "without", 0, 0, G_OPTION_ARG_STRING_ARRAY, &self->without,
      "Leave out one thing, as if it had not been; may be given again", "K" },
    { "memory-zero", 0, 0, G_OPTION_ARG_STRING_ARRAY, &self->memory_zero,
      "Let a nudge zero the optimizer's memory of its target", "K" },
    { "swap-batch", 0, 0, G_OPTION_ARG_STRING_ARRAY, &self->swap_batch,
      "Train step N on the next step's batch in place of its own", "N" },
    { "tenth-rate", 0, 0, G_OPTION_ARG_STRING_ARRAY, &self->tenth_rate,
      "Take step N with a tenth of the learning rate", "N" },
    { "evaluate", 0, 0, G_OPTION_ARG_NONE, &self->evaluate,
      "Say the loss of all examples that are trained on, with the last weights", NULL },
    { "strict", 0, 0, G_OPTION_ARG_NONE, &self->strict,
      "Let a refused nudge end the run, with exit status 1", NULL },
    { "quiet", 0, 0, G_OPTION_ARG_NONE, &self->quiet, "Say nothing but what went wrong",
      NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->names, NULL,
      "DEMO|FILE" },
    { NULL },
  };

  return parse (self, entries, &help, argv, error);
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
  g_free (self->series);
  g_free (self->snapshot);
  g_free (self->snapshot_every);
  g_free (self->snapshot_slow);
  g_free (self->save);
  g_free (self->script);
  g_free (self->figure);
  g_strfreev (self->without);
  g_strfreev (self->memory_zero);
  g_strfreev (self->swap_batch);
  g_strfreev (self->tenth_rate);
  g_strfreev (self->names);
}

/* nudge-why.c - the command `nudge why`: why did the loss jump?
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/command/nudge-why.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "app/command/nudge-complain.h"
#include "app/command/nudge-experiment.h"
#include "app/command/nudge-progress.h"
#include "app/command/nudge-run.h"
#include "app/command/nudge-signals.h"
#include "app/command/nudge-stream.h"
#include "app/command/nudge-whole.h"
#include "app/command/nudge-why-print.h"
#include "nn/base/nn-error.h"
#include "ui/text/nudge-account-text.h"

static const char *const usage = N_ (
    "Usage:\n"
    "  nudge why DEMO|FILE --step N [--json]\n"
    "\n"
    "Why did the loss jump at step N? The run is repeated bit for bit: once as it was, "
    "and\n"
    "once without each possible reason. The share of a reason is the part of the change "
    "of\n"
    "the loss, over all training examples, that the run without it lacks.\n"
    "\n"
    "Reasons are what was done at the step: each nudge, its part on each parameter, the\n"
    "optimizer's memory of its target, each edit. If nothing was done: the batch and "
    "its\n"
    "examples, numbered from 0, the learning rate, the layer whose update was the "
    "largest\n"
    "relative to its weights, and a recent edit. What the shares do not explain is\n"
    "printed, and not distributed over them.\n"
    "\n"
    "  --step N    the step, with what was done right after it\n"
    "  --json      all numbers, and the command that repeats each run\n"
    "\n"
    "For example:\n"
    "  nudge why seed-nudged --step 20\n"
    "  nudge why mine.nudge --step 120 --json\n"
    "  nudge run mine.nudge --steps 130 --without log:3 --evaluate    one of its runs\n");

typedef struct {
  const char *file;
  guint64 step;
  gboolean has_step;
  gboolean json;
} Asked;

static gboolean
read_step (Asked *self, const char *text, GError **error)
{
  if (text == NULL) {
    g_set_error_literal (error, NN_ERROR, NN_ERROR_SYNTAX,
                         _ ("--step: the number of a step is missing"));
    return FALSE;
  }
  self->has_step = TRUE;
  return nudge_whole_parse ("--step", text, NUDGE_MOST_STEPS, &self->step, error);
}

static gboolean
read_one (Asked *self, char ***argument, GError **error)
{
  const char *text = **argument;

  if (strcmp (text, "--step") == 0) {
    *argument += 1;
    if (!read_step (self, **argument, error))
      return FALSE;
  } else if (g_str_has_prefix (text, "--step=")) {
    return read_step (self, text + strlen ("--step="), error);
  } else if (strcmp (text, "--json") == 0) {
    self->json = TRUE;
  } else if (nudge_stream_is_option (text) || self->file) {
    g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX,
                 nudge_stream_is_option (text)
                     ? _ ("%s: not understood; see nudge why --help")
                     : _ ("%s: only one demo or file can be given"),
                 text);
    return FALSE;
  } else {
    self->file = text;
  }
  return TRUE;
}

static gboolean
read_arguments (Asked *self, char *argv[], GError **error)
{
  for (char **at = argv; *at; at++)
    if (!read_one (self, &at, error))
      return FALSE;
  if (self->file && self->has_step)
    return TRUE;
  g_set_error_literal (
      error, NN_ERROR, NN_ERROR_SYNTAX,
      self->file
          ? _ ("no step is given; for example: nudge why seed-nudged --step 20")
          : _ ("no demo or file is given; for example: nudge why seed-nudged --step 20"));
  return FALSE;
}

/* @fraction: of the steps of all runs */
static gboolean
report (double fraction, gpointer data)
{
  NudgeProgress *bar = data;
  const guint64 step = (guint64) (fraction * (double) bar->n_steps + 0.5);

  if (nudge_progress_is_due (bar, step))
    nudge_progress_show (bar, step, _ ("of all runs"));
  return nudge_signals_get () == 0;
}

static int
answer (const Asked *asked, GError **error)
{
  NudgeProgress bar;
  const NnProgress progress = { report, &bar };
  g_autoptr (NnExperiment) experiment =
      nudge_experiment_open (asked->file, asked->json, error);
  g_autoptr (NnAccount) account = NULL;

  if (experiment == NULL)
    return nudge_signals_get () != 0 ? NUDGE_EXIT_SIGNALLED + nudge_signals_get ()
                                     : NUDGE_EXIT_USAGE;
  nudge_progress_init (&bar, nn_account_guess_n_steps (asked->step), FALSE);
  account = nn_account_new (experiment, NULL, asked->step, &progress, error);
  nudge_progress_clear (&bar);
  if (account == NULL)
    return nudge_signals_get () != 0 ? NUDGE_EXIT_SIGNALLED + nudge_signals_get ()
                                     : NUDGE_EXIT_FAILED;
  if (asked->json)
    nudge_why_print_json (account, asked->file);
  else
    nudge_why_print (account, asked->file);
  if (!asked->json && nn_account_find_step (experiment, asked->step) != asked->step) {
    g_autofree char *file = nudge_account_dup_quoted (asked->file);

    printf (_ ("\nWhat was done after the step before shows in the loss of this one:\n  "
               "nudge why %s --step %" PRIu64 "\n"),
            file, asked->step - 1);
  }
  return NUDGE_EXIT_DONE;
}

/**
 * nudge_why:
 * @argv: (array zero-terminated=1): "why" and what follows it
 *
 * Returns: the program's exit status
 */
int
nudge_why (char *argv[])
{
  Asked asked = { 0 };
  g_autoptr (GError) error = NULL;
  int status = NUDGE_EXIT_USAGE;

  if (argv[1] && (strcmp (argv[1], "--help") == 0 || strcmp (argv[1], "-h") == 0)) {
    fputs (_ (usage), stdout);
    return NUDGE_EXIT_DONE;
  }
  nudge_signals_watch_reading ();
  if (read_arguments (&asked, argv + 1, &error))
    status = answer (&asked, &error);
  if (error)
    nudge_complain ("why", error->message);
  return status;
}

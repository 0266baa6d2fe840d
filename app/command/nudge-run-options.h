/* nudge-run-options.h - the options of `nudge run`, as they were typed
 *
 * SPDX-License-Identifier: MIT
 *
 * What they mean is for who uses them: numbers are still text, and nothing was opened.
 */

#pragma once

#include <glib.h>

#include "app/command/nudge-graphics.h"

G_BEGIN_DECLS

typedef struct {
  char *steps; /* (owned) (nullable) as typed */
  char *seed;
  char **nudges;
  gboolean no_nudges;
  char *guard;
  char *from;
  char *resume;
  char *checkpoint;
  char *checkpoint_every;
  char *losses;
  char *validate_every;
  char *series;
  char *snapshot;
  char *snapshot_every;
  gboolean with_history;
  char *snapshot_slow;
  char *save;
  char *script;
  char *figure;
  char *figure_of; /* as it was typed … */
  char *smoothing;
  NudgeFigureOptions figure_options; /* … and read */
  char **without;                    /* what is to be otherwise: nudge-run-deviations.h */
  char **memory_zero;
  char **swap_batch;
  char **tenth_rate;
  gboolean evaluate;
  gboolean quiet;
  gboolean strict;
  char *help;   /* (owned) (nullable) what is to be printed instead of a run */
  char **names; /* what is left: one demo or file */
} NudgeRunOptions;

gboolean nudge_run_options_parse (NudgeRunOptions *self, char *argv[], GError **error);
void nudge_run_options_clear (NudgeRunOptions *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NudgeRunOptions, nudge_run_options_clear)

G_END_DECLS

/* program.h - the built program, run in a folder of its own
 *
 * SPDX-License-Identifier: MIT
 *
 * NUDGE_PROGRAM names the program. Every function fails the test that calls it if what
 * it expects is not so.
 */

#pragma once

#include "nn/run/nn-trainer.h"
#include "tests/nn/scratch.h"

G_BEGIN_DECLS

typedef struct {
  int status; /* as a shell tells it: 128 and the signal's number if one killed it */
  char *out;  /* (owned) */
  char *err;  /* (owned) */
} Outcome;

void outcome_clear (Outcome *self);

/* Running it. */
Outcome program_shell (const Scratch *scratch, const char *command);
Outcome program_run (const Scratch *scratch, const char *arguments);
GPid program_start (const Scratch *scratch, const char *arguments, int err);
int program_wait_for (GPid pid);
char *program_run_on_terminal (const Scratch *scratch, const char *arguments);
void scratch_remove_all (Scratch *scratch, gconstpointer data);

/* What it said. */
void assert_one_line (const Outcome *outcome);
void assert_refuses (const Scratch *scratch,
                     const char *arguments,
                     int status,
                     const char *said);
void assert_succeeds (const Scratch *scratch, const char *arguments);

/* What it left. */
char *read_file (const Scratch *scratch, const char *name, gsize *length);
void assert_same_files (const Scratch *scratch, const char *a, const char *b);
double *read_columns (const Scratch *scratch,
                      const char *name,
                      const char *header,
                      gsize n_columns,
                      gsize n_steps);
double *read_losses (const Scratch *scratch, const char *name, gsize n_steps);
NnTrainer *train_experiment (const NnExperiment *experiment, guint64 n_steps);
void assert_snapshot (const Scratch *scratch, const char *name, NnTrainer *trainer);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Outcome, outcome_clear)

G_END_DECLS

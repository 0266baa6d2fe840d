/* nudge-progress.c - a progress bar on a terminal
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/nudge-progress.h"

#include <stdio.h>
#include <unistd.h>

#define BAR_WIDTH   32
#define INTERVAL_US 100000

/**
 * nudge_progress_init:
 * @n_steps: how many there will be
 *
 * Shows nothing if @quiet, or if standard error is no terminal.
 */
void
nudge_progress_init (NudgeProgress *self, guint64 n_steps, gboolean quiet)
{
  self->shown = !quiet && n_steps > 0 && isatty (STDERR_FILENO);
  self->n_steps = n_steps;
  self->due_us = 0;
}

/**
 * nudge_progress_update:
 *
 * Draws the bar anew, a few times a second at most.
 */
void
nudge_progress_update (NudgeProgress *self, guint64 step, float loss)
{
  char bar[BAR_WIDTH + 1];
  gint64 now;
  guint filled;

  if (!self->shown)
    return;
  now = g_get_monotonic_time ();
  if (now < self->due_us && step < self->n_steps)
    return;

  self->due_us = now + INTERVAL_US;
  filled = (guint) ((double) step / (double) self->n_steps * BAR_WIDTH);
  for (guint i = 0; i < BAR_WIDTH; i++)
    bar[i] = i < filled ? '#' : '-';
  bar[BAR_WIDTH] = '\0';
  fprintf (stderr,
           "\r[%s] step %" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT "  loss %.4g ", bar,
           step, self->n_steps, (double) loss);
  fprintf (stderr, "\033[K"); /* to the end of the line */
  fflush (stderr);
}

/**
 * nudge_progress_clear:
 *
 * Takes the bar away, so that a message can have the line.
 */
void
nudge_progress_clear (NudgeProgress *self)
{
  if (self->shown)
    fprintf (stderr, "\r\033[K");
}

/* nudge-progress.c - a progress bar on a terminal
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/command/nudge-progress.h"

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
 * nudge_progress_is_due:
 *
 * Returns: TRUE a few times a second at most, and at the end: then the bar is to be
 *   drawn anew
 */
gboolean
nudge_progress_is_due (NudgeProgress *self, guint64 step)
{
  gint64 now;

  if (!self->shown)
    return FALSE;
  now = g_get_monotonic_time ();
  if (now < self->due_us && step < self->n_steps)
    return FALSE;
  self->due_us = now + INTERVAL_US;
  return TRUE;
}

static void
show_bar (double fraction)
{
  const guint filled = (guint) (fraction * BAR_WIDTH);
  char bar[BAR_WIDTH + 1];

  for (guint i = 0; i < BAR_WIDTH; i++)
    bar[i] = i < filled ? '#' : '-';
  bar[BAR_WIDTH] = '\0';
  fprintf (stderr, "\r[%s] ", bar);
}

/**
 * nudge_progress_show_reading:
 * @fraction: 0 to 1, of reading a file
 *
 * Draws the bar anew if that is due.
 */
void
nudge_progress_show_reading (NudgeProgress *self, double fraction)
{
  if (!nudge_progress_is_due (self, (guint64) (fraction * (double) self->n_steps)))
    return;
  show_bar (fraction);
  fprintf (stderr, "reading, %.0f %%\033[K", 100 * fraction);
  fflush (stderr);
}

/**
 * nudge_progress_show:
 * @losses: what stands beside the bar
 *
 * Draws the bar anew; to be called when nudge_progress_is_due () says so.
 */
void
nudge_progress_show (NudgeProgress *self, guint64 step, const char *losses)
{
  show_bar ((double) step / (double) self->n_steps);
  fprintf (stderr, "step %" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT "  %s ", step,
           self->n_steps, losses);
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

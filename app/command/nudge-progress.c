/* nudge-progress.c - a progress bar on a terminal
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/command/nudge-progress.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "app/command/nudge-signals.h"
#include "app/command/nudge-width.h"

#define BAR_WIDTH     32
#define READING_STEPS 1000 /* that a bar has where a fraction is told */
#define INTERVAL_US   100000
#define USUAL_COLUMNS 80
#define MOST_LEFT_S   3.6e8 /* 100,000 hours: longer is no use to know */
#define LATELY_S      1.0   /* over so long a rate is averaged */

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
  self->at_us = 0;
  self->rate = 0;
}

/**
 * nudge_progress_begin:
 * @step: how many are done already
 *
 * From now on the rate is measured.
 */
void
nudge_progress_begin (NudgeProgress *self, guint64 step)
{
  self->at_us = g_get_monotonic_time ();
  self->step = step;
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

/* Of the terminal; a usual one's, if it does not say. */
static int
get_n_columns (void)
{
  struct winsize size;

  return ioctl (STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col
                                                                          : USUAL_COLUMNS;
}

/* What of @text does not fit into a line beside the bar makes that shorter, as a line that
 * is too long could not be drawn over. */
static void
show_bar (double fraction, const char *text)
{
  const int space = get_n_columns () - 1;
  const int frame = (int) strlen ("[] ");
  int taken = space;
  const gsize length = nudge_width_fit (text, &taken);
  const int width = CLAMP (space - taken - frame, 0, BAR_WIDTH);
  const int filled = (int) (fraction * width);
  char bar[BAR_WIDTH + 1];

  for (int i = 0; i < width; i++)
    bar[i] = i < filled ? '#' : '-';
  bar[width] = '\0';
  fputs ("\r", stderr);
  if (width > 0)
    fprintf (stderr, "[%s] ", bar);
  fprintf (stderr, "%.*s\033[K", (int) length, text); /* to the end of the line */
  fflush (stderr);
}

/**
 * nudge_progress_init_reading:
 *
 * The same of what is told by nudge_progress_report ().
 */
void
nudge_progress_init_reading (NudgeProgress *self, gboolean quiet)
{
  nudge_progress_init (self, READING_STEPS, quiet);
}

/**
 * nudge_progress_report:
 * @fraction: 0 to 1, of reading a file
 * @self: a #NudgeProgress
 *
 * An NnProgress's function: redraws the bar if that is due.
 *
 * Returns: FALSE if the program was asked to end
 */
gboolean
nudge_progress_report (double fraction, gpointer self)
{
  g_autofree char *text = NULL;

  if (nudge_progress_is_due (self, (guint64) (fraction * READING_STEPS))) {
    text = g_strdup_printf (_ ("reading, %.0f %%"), 100 * fraction);
    show_bar (fraction, text);
  }
  return nudge_signals_get () == 0;
}

/* The newest interval's rate, and ever less of those before it. */
static void
measure_rate (NudgeProgress *self, guint64 step)
{
  const gint64 now = g_get_monotonic_time ();
  const double s = (double) (now - self->at_us) / G_USEC_PER_SEC;

  if (self->at_us > 0 && now > self->at_us) {
    const double rate = (double) (step - self->step) / s;
    const double weight = self->rate > 0 ? 1 - exp (-s / LATELY_S) : 1;

    self->rate += weight * (rate - self->rate);
  }
  self->at_us = now;
  self->step = step;
}

/* "1:02:03" or "2:03", rounded up */
static char *
dup_time (double s)
{
  const guint64 whole = (guint64) ceil (s);

  if (whole < 3600)
    return g_strdup_printf ("%u:%02u", (guint) (whole / 60), (guint) (whole % 60));
  return g_strdup_printf ("%" G_GUINT64_FORMAT ":%02u:%02u", whole / 3600,
                          (guint) (whole / 60 % 60), (guint) (whole % 60));
}

/* "  1200 steps/s, 0:07 left", as soon as that is known */
static void
append_rate (GString *text, const NudgeProgress *self)
{
  const double left = (double) (self->n_steps - self->step) / self->rate;
  g_autofree char *time = NULL;

  if (self->rate <= 0)
    return;
  g_string_append_printf (
      text, self->rate < 10 ? _ ("  %.2g steps/s") : _ ("  %.0f steps/s"), self->rate);
  if (left < MOST_LEFT_S) {
    time = dup_time (left);
    g_string_append_printf (text, _ (", %s left"), time);
  }
}

/**
 * nudge_progress_show:
 * @losses: what stands beside the bar
 *
 * Redraws the bar; to be called when nudge_progress_is_due () says so.
 */
void
nudge_progress_show (NudgeProgress *self, guint64 step, const char *losses)
{
  g_autoptr (GString) text = g_string_new (NULL);

  measure_rate (self, step);
  g_string_printf (text, _ ("step %" PRIu64 " of %" PRIu64), step, self->n_steps);
  append_rate (text, self);
  g_string_append_printf (text, "  %s", losses);
  show_bar ((double) step / (double) self->n_steps, text->str);
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

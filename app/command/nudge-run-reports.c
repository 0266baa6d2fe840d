/* nudge-run-reports.c - what `nudge run` says of its nudges and edits as they land
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/command/nudge-run-reports.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <stdio.h>

#include "app/command/nudge-complain.h"

/* "after step 7", or "in step 7" where more of the step follows. */
static char *
dup_section_name (const NnLanding *landing)
{
  const NnNudge *nudge = landing->nudge;
  const gboolean within =
      nudge->time.before_backward || nudge->time.when == NN_WHEN_EVERY_EXAMPLE;

  if (landing->standing && landing->last == 0)
    return g_strdup (_ ("at the start"));
  return g_strdup_printf (within ? _ ("in step %" PRIu64) : _ ("after step %" PRIu64),
                          landing->last);
}

static gboolean
is_to_report (const NnLanding *landing)
{
  return landing->refusal != NULL || landing->skipped != NULL;
}

static void
report_landing (const NnLanding *landing, NudgeProgress *progress)
{
  g_autofree char *text = nn_nudge_dup_written (landing->nudge);
  g_autofree char *section = dup_section_name (landing);
  g_autofree char *why =
      landing->refusal ? g_strdup_printf (_ ("refused %s: %s"), section, landing->refusal)
                       : g_strdup_printf ("%s: %s", section, landing->skipped);

  nudge_progress_clear (progress);
  nudge_complain (text, why);
}

/* Returns: (transfer none) (array length=n_landings): which @self has a flag for */
static const NnLanding *
get_landings (NudgeRunReports *self, const NnTrainer *trainer, gsize *n_landings)
{
  const NnLanding *landings = nn_trainer_get_landings (trainer, n_landings);

  if (*n_landings == 0)
    return landings;
  if (self->reported == NULL)
    self->reported = g_array_new (FALSE, TRUE, sizeof (gboolean));
  /* New ones are FALSE. */
  g_array_set_size (self->reported, (guint) landings[*n_landings - 1].serial + 1);
  return landings;
}

/* A nudge that is refused, or skips a parameter, for the first time. */
static void
report_landings (NudgeRunReports *self, const NnTrainer *trainer, NudgeProgress *progress)
{
  gsize n_landings;
  const NnLanding *landings = get_landings (self, trainer, &n_landings);

  for (gsize i = 0; i < n_landings; i++) {
    gboolean *reported = &g_array_index (self->reported, gboolean, landings[i].serial);

    if (!is_to_report (&landings[i]) || *reported)
      continue;
    *reported = TRUE;
    self->refused |= landings[i].refusal != NULL;
    report_landing (&landings[i], progress);
  }
}

static gsize
count_edits (const NnLog *log)
{
  g_autoptr (GArray) edits = nn_log_dup_edits (log);

  return edits->len;
}

/* Returns: whether the log has edits that it did not have before */
static gboolean
see_log (NudgeRunReports *self, const NnLog *log)
{
  const gsize n_before = self->n_edits;

  self->log = log;
  self->n_edits = count_edits (log);
  return self->n_edits > n_before;
}

/* What the newest edit could not keep. */
static void
report_edit (const NnTrainer *trainer, NudgeProgress *progress)
{
  const char *note = nn_trainer_get_note (trainer);

  if (note == NULL)
    return;
  nudge_progress_clear (progress);
  printf (_ ("note      after step %" PRIu64 ", %s\n"), nn_trainer_get_n_steps (trainer),
          note);
}

/**
 * nudge_run_reports_say:
 *
 * Of the newest step, what was not said yet. The run goes on, if it is not strict.
 */
void
nudge_run_reports_say (NudgeRunReports *self,
                       const NnTimeline *timeline,
                       NudgeProgress *progress,
                       gboolean quiet)
{
  const NnTrainer *trainer = nn_timeline_get_trainer (timeline);
  const NnLog *log = nn_timeline_get_log (timeline);

  if (log != self->log && see_log (self, log) && !quiet)
    report_edit (trainer, progress);
  report_landings (self, trainer, progress);
}

/**
 * nudge_run_reports_forget:
 *
 * What there is was said before the run was interrupted.
 */
void
nudge_run_reports_forget (NudgeRunReports *self, const NnTimeline *timeline)
{
  gsize n_landings;
  const NnLanding *landings =
      get_landings (self, nn_timeline_get_trainer (timeline), &n_landings);

  for (gsize i = 0; i < n_landings; i++)
    g_array_index (self->reported, gboolean, landings[i].serial) =
        is_to_report (&landings[i]);
  see_log (self, nn_timeline_get_log (timeline));
}

/**
 * nudge_run_reports_count:
 *
 * At the end: how often those were refused that were refused again.
 */
void
nudge_run_reports_count (const NnTimeline *timeline)
{
  gsize n_landings;
  const NnLanding *landings =
      nn_trainer_get_landings (nn_timeline_get_trainer (timeline), &n_landings);

  for (gsize i = 0; i < n_landings; i++) {
    g_autofree char *text = NULL;
    g_autofree char *count = NULL;

    if (landings[i].n_refused < 2)
      continue;
    text = nn_nudge_dup_written (landings[i].nudge);
    count = g_strdup_printf (
        _ ("refused %" PRIu64 " times in all, and applied %" PRIu64 " times"),
        landings[i].n_refused, landings[i].n_times);
    nudge_complain (text, count);
  }
}

void
nudge_run_reports_clear (NudgeRunReports *self)
{
  g_clear_pointer (&self->reported, g_array_unref);
}

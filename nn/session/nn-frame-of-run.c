/* nn-frame-of-run.c - a frame of a trainer, or of a timeline
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/session/nn-frame-of-run.h"

#include <string.h>

static void
fill_standing (NnFrame *self, const NnTrainer *trainer)
{
  self->n_standing = nn_trainer_get_n_standing (trainer);
  self->standing = g_new (NnStanding, self->n_standing);
  for (gsize i = 0; i < self->n_standing; i++) {
    self->standing[i] = *nn_trainer_get_standing (trainer, i);
    nn_nudge_ref (self->standing[i].nudge);
  }
}

/**
 * nn_frame_of_trainer:
 *
 * Returns: (transfer full): the present state; the caller sets the fields that only a
 *   timeline and a session know
 */
NnFrame *
nn_frame_of_trainer (NnTrainer *trainer)
{
  const NnNetwork *network = nn_trainer_get_network (trainer);
  NnArchitecture *architecture = nn_network_get_architecture (network);
  NnFrame *self =
      nn_frame_new (architecture, nn_probes_get_shape (nn_trainer_get_probes (trainer)));
  const NnLanding *landings;

  self->experiment = nn_experiment_ref (nn_trainer_get_experiment (trainer));
  self->optimizer = self->experiment->optimizer.type;
  self->known = nn_quantity_list (self->optimizer);
  self->dataset = nn_dataset_ref (nn_trainer_get_dataset (trainer));
  self->note = g_strdup (nn_trainer_get_note (trainer));
  self->step = nn_trainer_get_n_steps (trainer);
  self->loss = (double) nn_trainer_get_loss (trainer);
  self->step_loss = (double) nn_trainer_get_step_loss (trainer);
  memcpy (self->values, nn_network_get_values (network),
          architecture->n_values * sizeof (float));
  nn_trainer_compute_activations (trainer, self->activations);
  landings = nn_trainer_get_landings (trainer, &self->n_landings);
  self->landings = nn_landing_copy_newest (landings, &self->n_landings);
  fill_standing (self, trainer);
  self->guard = nn_trainer_get_guard (trainer);
  self->end = self->step;
  return self;
}

/**
 * nn_frame_carry:
 * @self: of @trainer as it is now
 *
 * Copies @quantities into the frame, which has none yet.
 */
void
nn_frame_carry (NnFrame *self, const NnTrainer *trainer, NnQuantities quantities)
{
  for (gsize i = NN_QUANTITY_VALUE + 1; i < NN_N_QUANTITIES; i++) {
    if (!(quantities & NN_QUANTITY_BIT (i)))
      continue;
    self->numbers[i] = g_new (float, self->architecture->n_values);
    nn_quantity_read ((NnQuantity) i, trainer, 0, self->architecture->n_values,
                      self->numbers[i]);
  }
}

/**
 * nn_frame_show_sample:
 * @self: of @trainer as it is now; after nn_frame_carry ()
 *
 * Computes the sample, if there is one, and its contributions, if the frame
 * carries those.
 */
void
nn_frame_show_sample (NnFrame *self, NnTrainer *trainer, const NnSampleChoice *choice)
{
  self->sample = nn_sample_new (trainer, choice);
  if (self->sample && self->numbers[NN_QUANTITY_CONTRIBUTION])
    nn_sample_get_contributions (self->sample, self->architecture, self->values,
                                 self->numbers[NN_QUANTITY_CONTRIBUTION]);
}

/**
 * nn_frame_watch:
 * @self: of @trainer as it is now
 * @past: after nn_past_see () of @self
 *
 * Copies the watched value and its past into the frame, if there is one.
 */
void
nn_frame_watch (NnFrame *self, const NnTrainer *trainer, const NnPast *past)
{
  const gssize index = nn_past_get_watched (past);

  if (index < 0 || (gsize) index >= self->architecture->n_values)
    return;
  self->watched = g_new0 (NnWatched, 1);
  self->watched->index = (gsize) index;
  for (gsize i = 0; i < NN_N_QUANTITIES; i++)
    nn_quantity_read ((NnQuantity) i, trainer, (gsize) index, 1,
                      &self->watched->numbers[i]);
  self->watched->points = nn_past_dup_points (past, &self->watched->n_points);
}

static void
append_coming (GArray *coming, NnNudge *nudge, guint64 step)
{
  const NnComing one = { nn_nudge_ref (nudge), step, NULL };

  g_array_append_val (coming, one);
}

static void
append_event (GArray *coming, NnLog *log)
{
  const NnEvent *event = nn_log_get_last (log);
  const NnComing one = { event->nudge ? nn_nudge_ref (event->nudge) : NULL, event->step,
                         nn_log_ref (log) };

  g_array_append_val (coming, one);
}

/* Every step or epoch that the nudge's time lists; of a periodic nudge its first time,
 * unless that has come. */
static void
append_standing (GArray *coming, const NnStanding *standing, const NnClock *clock)
{
  const NnTime *time = &standing->nudge->time;
  const gboolean named = nn_time_names_some (time);
  guint64 step = clock->step;

  if (standing->paused || (standing->n_times > 0 && !named))
    return;
  do {
    step = nn_time_find_next (time, step, clock);
    if (step == 0)
      return;
    append_coming (coming, standing->nudge, step);
  } while (named && coming->len < NN_COMING_MOST);
}

static void
append_repeating (GArray *coming, const NnFrame *frame, const NnTrainer *trainer)
{
  const NnClock clock = nn_trainer_get_clock (trainer);

  for (gsize i = 0; i < frame->n_standing && coming->len < NN_COMING_MOST; i++)
    append_standing (coming, &frame->standing[i], &clock);
}

static void
clear_coming (gpointer data)
{
  NnComing *coming = data;

  g_clear_pointer (&coming->nudge, nn_nudge_unref);
  g_clear_pointer (&coming->log, nn_log_unref);
}

static int
compare_coming (gconstpointer a, gconstpointer b, gpointer data)
{
  const NnComing *first = a;
  const NnComing *second = b;

  return (first->step > second->step) - (first->step < second->step);
}

/* The first of them, in the order of steps; events of the same one in that of the log. */
static void
fill_coming (NnFrame *self, const NnTimeline *timeline)
{
  GArray *coming = g_array_new (FALSE, FALSE, sizeof (NnComing));
  const gsize n_planned = nn_timeline_get_n_planned (timeline);

  g_array_set_clear_func (coming, clear_coming);
  append_repeating (coming, self, nn_timeline_get_trainer (timeline));
  self->n_coming_in_all = coming->len + n_planned;
  for (gsize i = 0; i < MIN (n_planned, NN_COMING_MOST); i++)
    append_event (coming, nn_timeline_get_planned (timeline, i));
  g_array_sort_with_data (coming, compare_coming, NULL); /* it is stable */
  if (coming->len > NN_COMING_MOST)
    g_array_set_size (coming, NN_COMING_MOST);
  self->n_coming = coming->len;
  self->coming = (NnComing *) (gpointer) g_array_free (coming, FALSE);
}

static void
fill_ahead (NnFrame *self, const NnTimeline *timeline)
{
  self->n_ahead = MIN (nn_timeline_get_n_ahead (timeline), NN_COMING_MOST);
  self->ahead = g_new (NnLog *, self->n_ahead);
  for (gsize i = 0; i < self->n_ahead; i++)
    self->ahead[i] = nn_log_ref (nn_timeline_get_ahead (timeline, i));
}

static void
fill_branches (NnFrame *self, const NnTimeline *timeline)
{
  const NnBranch *branches = nn_timeline_get_branches (timeline, &self->n_branches);

  self->branches = g_new (NnBranch, self->n_branches);
  for (gsize i = 0; i < self->n_branches; i++) {
    self->branches[i] = branches[i];
    self->branches[i].history = nn_history_copy (branches[i].history);
  }
}

/**
 * nn_frame_of_timeline:
 *
 * Returns: (transfer full): the present state; the caller sets the fields that only a
 *   session knows
 */
NnFrame *
nn_frame_of_timeline (NnTimeline *timeline)
{
  NnFrame *self = nn_frame_of_trainer (nn_timeline_get_trainer (timeline));

  self->history = nn_history_copy (nn_timeline_get_history (timeline));
  for (gsize i = 0; i < NN_N_SCORES; i++)
    self->scores[i] =
        nn_scores_dup_until (nn_timeline_get_scores (timeline, (NnScoreKind) i),
                             self->step, &self->n_scores[i]);
  self->log = nn_log_ref (nn_timeline_get_log (timeline));
  self->log_for_file = nn_log_ref (nn_timeline_get_log_for_file (timeline));
  self->n_unfit = nn_timeline_get_n_unfit (timeline);
  self->n_kept = nn_timeline_get_n_kept (timeline);
  self->end = nn_timeline_get_end (timeline);
  self->can_undo = nn_timeline_can_undo (timeline);
  self->can_redo = nn_timeline_can_redo (timeline);
  fill_branches (self, timeline);
  fill_ahead (self, timeline);
  fill_coming (self, timeline);
  return self;
}

/**
 * nn_frame_put_before_section:
 * @self: with a record, and not shared yet
 *
 * Replaces the landings by those before the step's section.
 */
void
nn_frame_put_before_section (NnFrame *self)
{
  const NnStepRecord *record = self->record;

  for (gsize i = 0; i < self->n_landings; i++)
    nn_landing_clear (&self->landings[i]);
  g_free (self->landings);
  self->n_landings = record->n_landings;
  self->landings = nn_landing_copy_newest (record->landings, &self->n_landings);
  self->within_step = TRUE;
}

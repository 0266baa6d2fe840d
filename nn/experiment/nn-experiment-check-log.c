/* nn-experiment-check-log.c - whether an experiment's log can be done to it
 *
 * SPDX-License-Identifier: MIT
 */

#include <glib/gi18n.h>
#include <inttypes.h>

#include "nn/base/nn-error.h"
#include "nn/experiment/nn-change.h"
#include "nn/experiment/nn-experiment.h"
#include "nn/experiment/nn-nudge-ids.h"
#include "nn/nudge/nn-apply.h"

/* The state after some events of the log. */
typedef struct {
  NnExperiment *now; /* (owned) the experiment, edited */
  NnNudgeIds *ids;   /* (owned) the repeating nudges */
  guint64 step;
} Progress;

static void
progress_clear (Progress *self)
{
  g_clear_pointer (&self->now, nn_experiment_free);
  g_clear_pointer (&self->ids, nn_nudge_ids_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Progress, progress_clear)

/* Whether @event can be done to the list of repeating nudges. */
static gboolean
fits_list (const NnEvent *event, const NnNudgeIds *ids)
{
  const gsize n = nn_nudge_ids_get_n (ids);
  const gssize index = nn_nudge_ids_find (ids, event->id);

  if (event->kind == NN_EVENT_STAND)
    return event->index <= n && index < 0;
  if (!(nn_event_kind_get_parts (event->kind) & NN_EVENT_HAS_INDEX))
    return TRUE;
  return index >= 0 &&
         (event->kind != NN_EVENT_MOVE ||
          (gssize) nn_event_get_goal (event, (gsize) index, n) == index + event->by);
}

static gboolean
check_list (const NnEvent *event, const NnNudgeIds *ids, GError **error)
{
  const gsize n = nn_nudge_ids_get_n (ids);

  if (event->kind == NN_EVENT_STAND && n == NN_EXPERIMENT_MAX_NUDGES) {
    g_set_error (error, NN_ERROR, NN_ERROR_SHAPE,
                 _ ("nudge: %d repeat already: remove one first"),
                 NN_EXPERIMENT_MAX_NUDGES);
    return FALSE;
  }
  if (!fits_list (event, ids)) {
    g_set_error (error, NN_ERROR, NN_ERROR_UNKNOWN,
                 _ ("index or to: only %zu nudges repeat here"), n);
    return FALSE;
  }
  return TRUE;
}

/* Each repeating nudge keeps its target, perhaps under another name. */
static gboolean
follow_nudges (Progress *self, const NnChange *change, GError **error)
{
  for (gsize i = 0; i < nn_nudge_ids_get_n (self->ids); i++) {
    NnNudge *followed =
        nn_change_follow (change, nn_nudge_ids_get_nudge (self->ids, i), error);

    if (followed == NULL)
      return FALSE;
    nn_nudge_ids_take_nudge (self->ids, i, followed);
  }
  return TRUE;
}

static gboolean
follow_edit (Progress *self, const NnEdit *edit, GError **error)
{
  g_autoptr (NnChange) change = nn_change_new (edit, self->now, error);

  if (change == NULL || !follow_nudges (self, change, error))
    return FALSE;
  nn_experiment_free (self->now);
  self->now = nn_experiment_ref (change->after);
  return TRUE;
}

static gboolean
follow (Progress *self, const NnEvent *event, GError **error)
{
  if (event->kind == NN_EVENT_EDIT)
    return follow_edit (self, event->edit, error);
  if (nn_event_kind_get_parts (event->kind) & NN_EVENT_HAS_NUDGE &&
      (!nn_nudge_check_target (event->nudge, self->now->architecture, error) ||
       !nn_event_check_when (event, error)))
    return FALSE;
  if (!check_list (event, self->ids, error))
    return FALSE;
  nn_nudge_ids_follow (self->ids, event);
  return TRUE;
}

static gboolean
check_log (const NnExperiment *self, GError **error)
{
  g_auto (Progress) progress = { .now = nn_experiment_copy_plain (self),
                                 .ids = nn_nudge_ids_new (self->nudges) };

  for (guint i = 0; i < self->events->len; i++) {
    const NnEvent *event = &g_array_index (self->events, NnEvent, i);

    if (event->step < progress.step) {
      g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX,
                   _ ("log[%u].step: events are in the order of their steps, but the one "
                      "before is after step %" PRIu64),
                   i, progress.step);
      return FALSE;
    }
    progress.step = event->step;
    if (!follow (&progress, event, error)) {
      g_prefix_error (error, _ ("log[%u]: "), i);
      return FALSE;
    }
  }
  return TRUE;
}

/**
 * nn_experiment_check:
 *
 * Whether a trainer can be made of it: its parts fit each other, its numbers are within
 * their limits, and each event of its log can be done to what the experiment is by then.
 *
 * Returns: FALSE with an error that names the key, as it is in a file: "loss.type"
 */
gboolean
nn_experiment_check (const NnExperiment *self, GError **error)
{
  return nn_experiment_check_parts (self, error) &&
         (self->events->len == 0 || check_log (self, error));
}

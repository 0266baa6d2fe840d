/* nn-nudge-schedule.c - the list of a run's repeating nudges
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/run/nn-nudge-schedule.h"

#include "nn/run/nn-nudge-schedule-private.h"

static void
entry_clear (gpointer data)
{
  NnScheduleEntry *entry = data;

  g_clear_pointer (&entry->standing.nudge, nn_nudge_unref);
  g_clear_pointer (&entry->bound, nn_bound_nudge_free);
  g_clear_pointer (&entry->kept.refusal, g_free);
  g_clear_pointer (&entry->kept.skipped, g_free);
}

static NnScheduleEntry *
get_entry (const NnNudgeSchedule *self, gsize index)
{
  return &g_array_index (self->entries, NnScheduleEntry, index);
}

/* What steps cost for their nudges is paid only while some nudge wants it. */
static void
update_demands (NnNudgeSchedule *self)
{
  NnNudgeDemands demands = { 0 };

  for (guint i = 0; i < self->entries->len; i++) {
    const NnStanding *standing = &get_entry (self, i)->standing;
    const NnNudge *nudge = standing->nudge;

    if (standing->paused)
      continue;
    demands.any |= nudge->time.when != NN_WHEN_MANUAL;
    demands.at_start |= nudge->time.when == NN_WHEN_AT_STEP && nudge->time.interval == 0;
    demands.every_example |= nudge->time.when == NN_WHEN_EVERY_EXAMPLE;
    demands.before_backward |= nudge->time.before_backward;
    demands.before_optimizer |=
        (nn_expression_get_needs (nudge->expression) & NN_NEED_BEFORE) != 0;
  }
  self->demands = demands;
}

static NnNudgeSchedule *
new_empty (void)
{
  NnNudgeSchedule *self = g_new0 (NnNudgeSchedule, 1);

  self->entries = g_array_new (FALSE, FALSE, sizeof (NnScheduleEntry));
  g_array_set_clear_func (self->entries, entry_clear);
  self->landings = nn_landing_new_array ();
  self->next_id = 1;
  return self;
}

/**
 * nn_nudge_schedule_new:
 * @host: not owned; must be there as long as the schedule is
 * @run: what @host's functions are given
 *
 * Before anything is applied, nn_nudge_schedule_set_size () says to what.
 */
NnNudgeSchedule *
nn_nudge_schedule_new (const NnNudgeHost *host, gpointer run)
{
  NnNudgeSchedule *self = new_empty ();

  self->host = host;
  self->run = run;
  return self;
}

/**
 * nn_nudge_schedule_set_deviations:
 * @deviations: (nullable) (element-type NnDeviation): not owned; must be there until
 *   others are set
 *
 * From now on what these name is applied otherwise.
 */
void
nn_nudge_schedule_set_deviations (NnNudgeSchedule *self, const GArray *deviations)
{
  self->deviations = deviations;
}

/**
 * nn_nudge_schedule_set_size:
 * @n_values: of the network that nudges are applied to from now on
 *
 * Between steps.
 */
void
nn_nudge_schedule_set_size (NnNudgeSchedule *self, gsize n_values)
{
  g_clear_pointer (&self->rollback, nn_rollback_free);
  self->rollback = nn_rollback_new (n_values);
}

/**
 * nn_nudge_schedule_copy:
 *
 * Returns: (transfer full): the list and the log, between two steps; a copy to assign
 *   from, which has no host
 */
NnNudgeSchedule *
nn_nudge_schedule_copy (const NnNudgeSchedule *self)
{
  NnNudgeSchedule *copy = new_empty ();

  nn_nudge_schedule_assign (copy, self);
  return copy;
}

/**
 * nn_nudge_schedule_assign:
 *
 * Takes over the list and the log of @from, between two steps. What @self has called its
 * nudges, it calls none again.
 */
void
nn_nudge_schedule_assign (NnNudgeSchedule *self, const NnNudgeSchedule *from)
{
  g_array_set_size (self->entries, 0);
  g_array_append_vals (self->entries, from->entries->data, from->entries->len);
  for (guint i = 0; i < self->entries->len; i++) {
    NnScheduleEntry *entry = get_entry (self, i);

    nn_nudge_ref (entry->standing.nudge);
    entry->bound = NULL;
    entry->kept_step = 0;
    entry->kept.refusal = entry->kept.skipped = NULL;
  }
  nn_landing_assign_array (self->landings, from->landings);
  self->n_landed = from->n_landed;
  self->next_id = MAX (self->next_id, from->next_id);
  self->demands = from->demands;
  if (self->rollback)
    nn_rollback_forget (self->rollback);
}

/**
 * nn_nudge_schedule_reset:
 *
 * Back to before the first step: the list stays, the log is emptied.
 */
void
nn_nudge_schedule_reset (NnNudgeSchedule *self)
{
  for (guint i = 0; i < self->entries->len; i++) {
    NnScheduleEntry *entry = get_entry (self, i);

    entry->standing.n_times = 0;
    entry->landing = -1;
    entry->kept_step = 0;
  }
  g_array_set_size (self->landings, 0);
  self->n_landed = 0;
  nn_rollback_forget (self->rollback);
}

void
nn_nudge_schedule_free (NnNudgeSchedule *self)
{
  g_array_unref (self->landings);
  g_array_unref (self->entries);
  g_clear_pointer (&self->rollback, nn_rollback_free);
  g_free (self);
}

gsize
nn_nudge_schedule_get_n (const NnNudgeSchedule *self)
{
  return self->entries->len;
}

/**
 * nn_nudge_schedule_get:
 *
 * Returns: (transfer none): until the next change
 */
const NnStanding *
nn_nudge_schedule_get (const NnNudgeSchedule *self, gsize index)
{
  return &get_entry (self, index)->standing;
}

/**
 * nn_nudge_schedule_find:
 *
 * Returns: the index of the one called @id, or -1 if it is not there (any more)
 */
gssize
nn_nudge_schedule_find (const NnNudgeSchedule *self, guint64 id)
{
  for (guint i = 0; i < self->entries->len; i++)
    if (get_entry (self, i)->standing.id == id)
      return i;
  return -1;
}

/**
 * nn_nudge_schedule_get_next_id:
 *
 * Returns: an id that no nudge has had yet
 */
guint64
nn_nudge_schedule_get_next_id (const NnNudgeSchedule *self)
{
  return self->next_id;
}

static NnScheduleEntry *
require (const NnNudgeSchedule *self, guint64 id)
{
  const gssize index = nn_nudge_schedule_find (self, id);

  g_assert (index >= 0);
  return get_entry (self, (gsize) index);
}

/**
 * nn_nudge_schedule_insert:
 * @id: not that of another on the list
 * @nudge: gets a reference
 * @index: where in the list; last, if that is past its end
 */
void
nn_nudge_schedule_insert (NnNudgeSchedule *self, guint64 id, NnNudge *nudge, gsize index)
{
  const NnScheduleEntry entry = { .standing = { .id = id, .nudge = nn_nudge_ref (nudge) },
                                  .landing = -1 };

  g_assert (id > 0 && nn_nudge_schedule_find (self, id) < 0);
  g_array_insert_val (self->entries, (guint) MIN (index, self->entries->len), entry);
  self->next_id = MAX (self->next_id, id + 1);
  update_demands (self);
}

/**
 * nn_nudge_schedule_replace:
 * @nudge: gets a reference; runs where the one before did, and is paused if that was; it
 *   has a landing of its own
 */
void
nn_nudge_schedule_replace (NnNudgeSchedule *self, guint64 id, NnNudge *nudge)
{
  NnScheduleEntry *entry = require (self, id);
  const NnScheduleEntry fresh = { .standing = { .id = id,
                                                .nudge = nn_nudge_ref (nudge),
                                                .paused = entry->standing.paused },
                                  .landing = -1 };

  entry_clear (entry);
  *entry = fresh;
  update_demands (self);
}

/**
 * nn_nudge_schedule_follow:
 * @nudge: gets a reference; does to a layer under its new name what the one before did,
 *   and so its number of times goes on. It has a landing of its own
 */
void
nn_nudge_schedule_follow (NnNudgeSchedule *self, guint64 id, NnNudge *nudge)
{
  const guint64 n_times = require (self, id)->standing.n_times;

  nn_nudge_schedule_replace (self, id, nudge);
  require (self, id)->standing.n_times = n_times;
}

void
nn_nudge_schedule_remove (NnNudgeSchedule *self, guint64 id)
{
  const gssize index = nn_nudge_schedule_find (self, id);

  g_assert (index >= 0);
  g_array_remove_index (self->entries, (guint) index);
  update_demands (self);
}

void
nn_nudge_schedule_set_paused (NnNudgeSchedule *self, guint64 id, gboolean paused)
{
  require (self, id)->standing.paused = paused;
  update_demands (self);
}

/**
 * nn_nudge_schedule_move:
 * @to: counted in the list without it
 */
void
nn_nudge_schedule_move (NnNudgeSchedule *self, guint64 id, gsize to)
{
  NnScheduleEntry entry = *require (self, id);

  nn_nudge_ref (entry.standing.nudge); /* for the list lets go of it … */
  entry.bound = NULL;
  entry.kept_step = 0;
  entry.kept.refusal = entry.kept.skipped = NULL; /* … and of these */
  g_array_remove_index (self->entries, (guint) nn_nudge_schedule_find (self, id));
  g_array_insert_val (self->entries, (guint) to, entry);
}

/**
 * nn_nudge_schedule_get_demands:
 *
 * Returns: (transfer none): always the present ones, for as long as the schedule is there
 */
const NnNudgeDemands *
nn_nudge_schedule_get_demands (const NnNudgeSchedule *self)
{
  return &self->demands;
}

/* A GArray takes a power of two of bytes, which is up to twice what is in it. */
static gsize
get_array_size (GArray *array)
{
  const gsize n_bytes = array->len * g_array_get_element_size (array);

  return n_bytes > 0 ? (gsize) 1 << g_bit_storage (n_bytes - 1) : 0;
}

/**
 * nn_nudge_schedule_get_size:
 *
 * Returns: bytes that the list and the log take up, about
 */
gsize
nn_nudge_schedule_get_size (const NnNudgeSchedule *self)
{
  gsize n_bytes = get_array_size (self->entries) + get_array_size (self->landings);

  for (guint i = 0; i < self->landings->len; i++)
    n_bytes += nn_landing_get_texts_size (&g_array_index (self->landings, NnLanding, i));
  return n_bytes;
}

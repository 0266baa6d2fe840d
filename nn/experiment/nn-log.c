/* nn-log.c - what the user has done to a run, from its first step on
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/experiment/nn-log.h"

/* A linked list: each node has one event and the log before it; the first node
 * has none. */
struct _NnLog {
  gatomicrefcount references;
  NnLog *before;      /* (owned) (nullable) */
  NnEvent event;      /* (owned) the last one */
  gsize n_events;     /* with this one */
  NnExperiment *base; /* (owned) (nullable) of the first: the experiment at step 0 */
  guint64 *ids; /* (owned) (nullable) of the first: the ids of its repeating nudges */
};

/**
 * nn_log_new:
 * @base: gets a reference: the experiment at step 0, with its repeating nudges
 * @ids: (array): of those nudges, in their order; copied
 *
 * Returns: (transfer full): a log without events
 */
NnLog *
nn_log_new (NnExperiment *base, const guint64 *ids)
{
  NnLog *self = g_new0 (NnLog, 1);
  gsize n = 0;

  g_atomic_ref_count_init (&self->references);
  self->base = nn_experiment_ref (base);
  for (guint i = 0; i < base->nudges->len; i++)
    n += ((const NnNudge *) base->nudges->pdata[i])->time.when != NN_WHEN_MANUAL;
  self->ids = g_memdup2 (ids, n * sizeof *ids);
  return self;
}

/**
 * nn_log_append:
 * @event: copied; its step is not less than the last one's
 *
 * Returns: (transfer full): the events of @self, then @event
 */
NnLog *
nn_log_append (NnLog *self, const NnEvent *event)
{
  NnLog *longer = g_new0 (NnLog, 1);

  g_atomic_ref_count_init (&longer->references);
  longer->before = nn_log_ref (self);
  nn_event_copy (&longer->event, event);
  longer->n_events = self->n_events + 1;
  return longer;
}

NnLog *
nn_log_ref (NnLog *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

/**
 * nn_log_unref:
 *
 * Frees the nodes that have no other owner, in a loop: a log may be long.
 */
void
nn_log_unref (NnLog *self)
{
  while (self && g_atomic_ref_count_dec (&self->references)) {
    NnLog *before = self->before;

    nn_event_clear (&self->event);
    g_clear_pointer (&self->base, nn_experiment_free);
    g_free (self->ids);
    g_free (self);
    self = before;
  }
}

gsize
nn_log_get_n_events (const NnLog *self)
{
  return self->n_events;
}

/**
 * nn_log_get_last:
 *
 * Returns: (transfer none) (nullable): the last event
 */
const NnEvent *
nn_log_get_last (const NnLog *self)
{
  return self->before ? &self->event : NULL;
}

/* Appends the events in their order. Returns: the first node */
static const NnLog *
write_events (const NnLog *self, GArray *events)
{
  g_array_set_size (events, 0);
  g_array_set_size (events, (guint) self->n_events);
  for (; self->before; self = self->before)
    nn_event_copy (&g_array_index (events, NnEvent, self->n_events - 1), &self->event);
  return self;
}

/* @given: (element-type guint64): the run's ids, in the order in which they were given
 * Returns: the id that the nudge @id has in an experiment */
static guint64
rename_one (const GArray *given, guint64 id)
{
  guint i = given->len;

  while (i > 0 && g_array_index (given, guint64, i - 1) != id)
    i--;
  return i;
}

/* A run that began with a reset may have any ids; an experiment's begin with 1. */
static void
rename_nudges (const NnLog *first, GArray *events)
{
  g_autoptr (GArray) given = g_array_new (FALSE, FALSE, sizeof (guint64));

  for (guint i = 0; i < first->base->nudges->len; i++)
    if (((const NnNudge *) first->base->nudges->pdata[i])->time.when != NN_WHEN_MANUAL)
      g_array_append_val (given, first->ids[given->len]);
  for (guint i = 0; i < events->len; i++) {
    NnEvent *event = &g_array_index (events, NnEvent, i);

    if (event->kind == NN_EVENT_STAND)
      g_array_append_val (given, event->id);
    if (event->id > 0)
      event->id = rename_one (given, event->id);
  }
}

/**
 * nn_log_keeps_ids:
 *
 * Returns: whether each nudge has the same id in nn_log_make_experiment ()'s experiment
 *   as in the run
 */
gboolean
nn_log_keeps_ids (const NnLog *self)
{
  const NnExperiment *base = nn_log_get_base (self);
  guint64 id = 0, n_first;

  for (guint i = 0; i < base->nudges->len; i++)
    id += ((const NnNudge *) base->nudges->pdata[i])->time.when != NN_WHEN_MANUAL;
  n_first = id;
  for (const NnLog *at = self; at->before; at = at->before)
    id += at->event.kind == NN_EVENT_STAND;
  for (; self->before; self = self->before)
    if (self->event.kind == NN_EVENT_STAND && self->event.id != id--)
      return FALSE;
  for (guint64 i = 0; i < n_first; i++)
    if (self->ids[i] != i + 1)
      return FALSE;
  return TRUE;
}

/**
 * nn_log_get_base:
 *
 * Returns: (transfer none): the experiment at step 0
 */
NnExperiment *
nn_log_get_base (const NnLog *self)
{
  while (self->before)
    self = self->before;
  return self->base;
}

/**
 * nn_log_dup_edits:
 *
 * Returns: (transfer full) (element-type NnEvent): the events that are edits, in
 *   their order
 */
GArray *
nn_log_dup_edits (const NnLog *self)
{
  GArray *edits = nn_event_new_array ();

  for (; self->before; self = self->before)
    if (self->event.kind == NN_EVENT_EDIT) {
      NnEvent event;

      nn_event_copy (&event, &self->event);
      g_array_prepend_val (edits, event);
    }
  return edits;
}

/* Of the experiment that the log begins with. */
static NnEdit *
dup_base (const NnExperiment *base)
{
  NnEdit *self = nn_edit_new ();

  self->parts = NN_EDIT_HAS_SEED | NN_EDIT_HAS_DATA | NN_EDIT_HAS_LOSS |
                NN_EDIT_HAS_OPTIMIZER | NN_EDIT_HAS_BATCH | NN_EDIT_HAS_GUARD;
  self->seed = base->seed;
  nn_data_spec_copy (&self->data, &base->data);
  nn_edit_set_network (self, base->architecture, &base->init);
  self->loss = base->loss;
  self->optimizer = base->optimizer;
  self->batch_size = base->batch_size;
  self->shuffle = base->shuffle;
  self->guard = base->guard;
  return self;
}

/**
 * nn_log_dup_before:
 * @edits: (element-type NnEvent): of nn_log_dup_edits ()
 * @index: of one of them
 *
 * Returns: (transfer full): all parts of the experiment as that one found them
 */
NnEdit *
nn_log_dup_before (const NnLog *self, const GArray *edits, guint index)
{
  NnEdit *before = dup_base (nn_log_get_base (self));

  for (guint i = 0; i < index; i++)
    nn_edit_take (before, g_array_index (edits, NnEvent, i).edit);
  return before;
}

/**
 * nn_log_make_experiment:
 * @named: gives its name, title and lesson
 *
 * Returns: (transfer full): the run as an experiment: that of step 0, with all events as
 *   its log
 */
NnExperiment *
nn_log_make_experiment (const NnLog *self, const NnExperiment *named)
{
  NnExperiment *copy = nn_experiment_copy (nn_log_get_base (self));
  const NnLog *first = write_events (self, copy->events);

  rename_nudges (first, copy->events);
  g_free (copy->name);
  copy->name = g_strdup (named->name);
  g_free (copy->title);
  copy->title = g_strdup (named->title);
  g_clear_pointer (&copy->lesson, nn_lesson_unref);
  copy->lesson = named->lesson != NULL ? nn_lesson_ref (named->lesson) : NULL;
  return copy;
}

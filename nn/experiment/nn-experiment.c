/* nn-experiment.c - everything needed to repeat a run
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/experiment/nn-experiment.h"

#include <glib/gi18n.h>
#include <string.h>

#include "nn/experiment/nn-nudge-ids.h"
#include "nn/nudge/nn-apply.h"
#include "nn/nudge/nn-near-target.h"

NnExperiment *
nn_experiment_copy (const NnExperiment *self)
{
  NnExperiment *copy = g_new0 (NnExperiment, 1);

  /* Another thread may unref meanwhile: the count is not copied. */
  memcpy (copy, self, offsetof (NnExperiment, n_others));
  copy->name = g_strdup (self->name);
  copy->title = g_strdup (self->title);
  copy->story = g_strdup (self->story);
  nn_data_spec_copy (&copy->data, &self->data);
  copy->architecture = nn_architecture_ref (self->architecture);
  if (self->parameters != NULL)
    nn_parameters_ref (copy->parameters);
  copy->nudges =
      g_ptr_array_copy (self->nudges, (GCopyFunc) (gpointer) nn_nudge_ref, NULL);
  g_ptr_array_set_free_func (copy->nudges, (GDestroyNotify) nn_nudge_unref);
  copy->events = nn_event_new_array ();
  nn_event_append (copy->events, (const NnEvent *) (const void *) self->events->data,
                   self->events->len);
  copy->lesson = self->lesson != NULL ? nn_lesson_ref (self->lesson) : NULL;
  copy->notes = self->notes != NULL ? g_ptr_array_ref (self->notes) : NULL;
  return copy;
}

/**
 * nn_experiment_copy_plain:
 *
 * Returns: (transfer full): a copy without a log and without repeating nudges
 */
NnExperiment *
nn_experiment_copy_plain (const NnExperiment *self)
{
  NnExperiment *copy = nn_experiment_copy (self);

  g_array_set_size (copy->events, 0);
  for (guint i = copy->nudges->len; i-- > 0;)
    if (((const NnNudge *) copy->nudges->pdata[i])->time.when != NN_WHEN_MANUAL)
      g_ptr_array_remove_index (copy->nudges, i);
  return copy;
}

/**
 * nn_experiment_set_parameters:
 * @parameters: (transfer full): that nn_parameters_check () accepts
 *
 * Begins with these, and notes which are drawn as they are not among them.
 */
void
nn_experiment_set_parameters (NnExperiment *self, NnParameters *parameters)
{
  g_autofree char *missing = nn_parameters_dup_missing (parameters, self->architecture);

  g_clear_pointer (&self->parameters, nn_parameters_unref);
  self->parameters = parameters;
  if (missing)
    nn_experiment_add_note (self, _ ("not in the file, and drawn as without it: %s"),
                            missing);
}

/**
 * nn_experiment_remove_nudges:
 *
 * Removes all nudges, and all events but edits from the log.
 */
void
nn_experiment_remove_nudges (NnExperiment *self)
{
  g_ptr_array_set_size (self->nudges, 0);
  for (guint i = self->events->len; i-- > 0;)
    if (g_array_index (self->events, NnEvent, i).kind != NN_EVENT_EDIT)
      g_array_remove_index (self->events, i);
}

NnExperiment *
nn_experiment_ref (NnExperiment *self)
{
  g_atomic_int_inc (&self->n_others);
  return self;
}

/**
 * nn_experiment_add_note:
 * @self: not shared or copied yet
 */
void
nn_experiment_add_note (NnExperiment *self, const char *format, ...)
{
  va_list arguments;

  if (self->notes == NULL)
    self->notes = g_ptr_array_new_with_free_func (g_free);
  va_start (arguments, format);
  g_ptr_array_add (self->notes, g_strdup_vprintf (format, arguments));
  va_end (arguments);
}

/**
 * nn_experiment_add_notes:
 * @notes: (element-type utf8): copied
 */
void
nn_experiment_add_notes (NnExperiment *self, const GPtrArray *notes)
{
  for (guint i = 0; i < notes->len; i++)
    nn_experiment_add_note (self, "%s", (const char *) notes->pdata[i]);
}

/**
 * nn_experiment_free:
 *
 * Drops a reference, and frees the experiment with the last one. Any of its fields may
 * still be NULL.
 */
void
nn_experiment_free (NnExperiment *self)
{
  if (g_atomic_int_add (&self->n_others, -1) > 0)
    return;
  g_free (self->name);
  g_free (self->title);
  g_free (self->story);
  nn_data_spec_clear (&self->data);
  g_clear_pointer (&self->architecture, nn_architecture_unref);
  g_clear_pointer (&self->parameters, nn_parameters_unref);
  g_clear_pointer (&self->nudges, g_ptr_array_unref);
  g_clear_pointer (&self->events, g_array_unref);
  g_clear_pointer (&self->lesson, nn_lesson_unref);
  g_clear_pointer (&self->notes, g_ptr_array_unref);
  g_free (self);
}

/* Of the first @n nudges, those that repeat. */
static guint64
count_repeating (const NnExperiment *self, gsize n)
{
  guint64 count = 0;

  for (gsize i = 0; i < n; i++)
    count += ((const NnNudge *) self->nudges->pdata[i])->time.when != NN_WHEN_MANUAL;
  return count;
}

/* Another nudge gets the id after the others', which the log's first nudge has: the log's
 * are renumbered. */
static void
renumber_log (NnExperiment *self)
{
  const guint64 n = count_repeating (self, self->nudges->len);

  for (guint i = 0; i < self->events->len; i++) {
    NnEvent *event = &g_array_index (self->events, NnEvent, i);

    if (event->id > n)
      event->id++;
  }
}

/* A target that does not exist is refused, with the text that may have been meant. */
static gboolean
check_new_nudge (NnExperiment *self, const NnNudge *nudge, GError **error)
{
  g_autoptr (GError) wrong = NULL;
  g_autofree char *near = NULL;

  if (nn_nudge_check_target (nudge, self->architecture, &wrong))
    return TRUE;
  near = nn_nudge_dup_near (nudge, self->architecture);
  g_set_error (error, wrong->domain, wrong->code, "%s%s%s", wrong->message,
               near != NULL ? _ ("; try: ") : "", near != NULL ? near : "");
  return FALSE;
}

/**
 * nn_experiment_add_nudge:
 * @text: as nn_nudge_parse_with () reads it
 * @own: (nullable): functions that it may name besides the catalogue's
 *
 * Appends a nudge.
 *
 * Returns: FALSE, with nothing added, as nn_nudge_parse_with (), or with NN_ERROR_UNKNOWN
 *   if its target does not exist
 */
gboolean
nn_experiment_add_nudge (NnExperiment *self,
                         const char *text,
                         const NnFunctions *own,
                         GError **error)
{
  g_autoptr (NnNudge) nudge = nn_nudge_parse_with (text, own, error);

  if (nudge == NULL || !check_new_nudge (self, nudge, error))
    return FALSE;
  if (nudge->time.when != NN_WHEN_MANUAL)
    renumber_log (self);
  g_ptr_array_add (self->nudges, g_steal_pointer (&nudge));
  return TRUE;
}

/**
 * nn_experiment_get_nudge_id:
 *
 * Returns: the id of the nudge at @index, as events have it; 0 if it does not repeat
 */
guint64
nn_experiment_get_nudge_id (const NnExperiment *self, gsize index)
{
  const NnNudge *nudge = self->nudges->pdata[index];

  return nudge->time.when == NN_WHEN_MANUAL ? 0 : count_repeating (self, index) + 1;
}

/**
 * nn_experiment_get_next_nudge_id:
 *
 * Returns: an id that neither a nudge nor the log has used
 */
guint64
nn_experiment_get_next_nudge_id (const NnExperiment *self)
{
  g_autoptr (NnNudgeIds) ids = nn_nudge_ids_new (self->nudges);

  for (guint i = 0; i < self->events->len; i++)
    nn_nudge_ids_follow (ids, &g_array_index (self->events, NnEvent, i));
  return nn_nudge_ids_get_next (ids);
}

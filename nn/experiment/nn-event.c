/* nn-event.c - what the user did to a run, and after which step
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/experiment/nn-event.h"

#include <glib/gi18n.h>

#include "nn/base/nn-error.h"
#include "nn/base/nn-names.h"

/* The name of each kind in a file, and its keys. What events do is in
 * nn-trainer-events.c. */
typedef struct {
  const char *name;
  NnEventParts parts;
} KindInfo;

static const KindInfo kinds[NN_N_EVENT_KINDS] = {
  [NN_EVENT_NUDGE] = { "nudge", NN_EVENT_HAS_NUDGE },
  [NN_EVENT_STAND] = { "stand", NN_EVENT_HAS_INDEX | NN_EVENT_HAS_NUDGE },
  [NN_EVENT_REPLACE] = { "replace", NN_EVENT_HAS_INDEX | NN_EVENT_HAS_NUDGE },
  [NN_EVENT_REMOVE] = { "remove", NN_EVENT_HAS_INDEX },
  [NN_EVENT_PAUSE] = { "pause", NN_EVENT_HAS_INDEX },
  [NN_EVENT_RESUME] = { "resume", NN_EVENT_HAS_INDEX },
  [NN_EVENT_MOVE] = { "move", NN_EVENT_HAS_INDEX | NN_EVENT_HAS_TO },
  [NN_EVENT_GUARD] = { "guard", NN_EVENT_HAS_GUARD },
  [NN_EVENT_EDIT] = { "edit", NN_EVENT_HAS_EDIT },
};

const char *
nn_event_kind_get_name (NnEventKind kind)
{
  g_return_val_if_fail (kind < NN_N_EVENT_KINDS, NULL);
  return kinds[kind].name;
}

/**
 * nn_event_kind_find:
 *
 * Returns: FALSE with NN_ERROR_UNKNOWN if no kind is called @name
 */
gboolean
nn_event_kind_find (const char *name, NnEventKind *kind, GError **error)
{
  guint index;

  if (!nn_names_find_row (kinds, sizeof *kinds, NN_N_EVENT_KINDS, N_ ("event"), name,
                          &index, error))
    return FALSE;
  *kind = index;
  return TRUE;
}

NnEventParts
nn_event_kind_get_parts (NnEventKind kind)
{
  g_return_val_if_fail (kind < NN_N_EVENT_KINDS, 0);
  return kinds[kind].parts;
}

/**
 * nn_event_check_when:
 *
 * Returns: FALSE with NN_ERROR_SYNTAX if a one-off nudge is to repeat: the list of
 *   repeating nudges has none of those, and a file's indices count without them
 */
gboolean
nn_event_check_when (const NnEvent *self, GError **error)
{
  if ((self->kind != NN_EVENT_STAND && self->kind != NN_EVENT_REPLACE) ||
      self->nudge->time.when != NN_WHEN_MANUAL)
    return TRUE;
  g_set_error_literal (
      error, NN_ERROR, NN_ERROR_SYNTAX,
      _ ("nudge: a manual nudge cannot repeat: add a time, as in '@ every step'"));
  return FALSE;
}

/**
 * nn_event_get_goal:
 * @self: a MOVE
 * @index: of the nudge that it moves, in a list of @n
 *
 * Returns: the index that the nudge is moved to
 */
gsize
nn_event_get_goal (const NnEvent *self, gsize index, gsize n)
{
  if (self->by < 0)
    return index - MIN (index, (gsize) -self->by);
  return index + MIN (n - 1 - index, (gsize) self->by);
}

/**
 * nn_event_copy:
 * @self: (out) overwritten; what it held before is not released
 */
void
nn_event_copy (NnEvent *self, const NnEvent *from)
{
  *self = *from;
  if (from->nudge)
    self->nudge = nn_nudge_ref (from->nudge);
  if (from->edit)
    self->edit = nn_edit_ref (from->edit);
}

void
nn_event_clear (NnEvent *self)
{
  g_clear_pointer (&self->nudge, nn_nudge_unref);
  g_clear_pointer (&self->edit, nn_edit_unref);
}

/**
 * nn_event_new_array:
 *
 * Returns: (transfer full) (element-type NnEvent): an empty array, which owns its events
 */
GArray *
nn_event_new_array (void)
{
  GArray *array = g_array_new (FALSE, TRUE, sizeof (NnEvent));

  g_array_set_clear_func (array, (GDestroyNotify) nn_event_clear);
  return array;
}

/**
 * nn_event_append:
 * @array: (element-type NnEvent)
 * @events: (array length=n_events): copied
 */
void
nn_event_append (GArray *array, const NnEvent *events, gsize n_events)
{
  for (gsize i = 0; i < n_events; i++) {
    NnEvent copy;

    nn_event_copy (&copy, &events[i]);
    g_array_append_val (array, copy);
  }
}

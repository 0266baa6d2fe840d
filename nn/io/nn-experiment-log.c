/* nn-experiment-log.c - the key "log" of a .nudge file
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/io/nn-experiment-log.h"

#include "nn/experiment/nn-nudge-ids.h"

static gboolean
require_integer (const NnJson *object,
                 const char *key,
                 gint64 most,
                 gint64 *value,
                 GError **error)
{
  NnJson member;

  return nn_json_require (object, key, &member, error) &&
         nn_json_get_integer (&member, 0, most, value, error);
}

static gboolean
read_kind (NnEvent *self, const NnJson *object, GError **error)
{
  NnJson member;
  const char *name;

  return nn_json_require (object, "do", &member, error) &&
         nn_json_get_name (&member, &name, error) &&
         (nn_event_kind_find (name, &self->kind, error) ||
          nn_json_prefix_error (&member, error));
}

/* An event has exactly the keys of its kind. */
static gboolean
check_keys (NnEventParts parts, const NnJson *object, GError **error)
{
  static const char *const edited[] = { "seed",      "data",  "network", "loss",
                                        "optimizer", "batch", "guard" };
  const char *keys[10] = { "step", "do" };
  gsize n = 2;

  if (parts & NN_EVENT_HAS_INDEX)
    keys[n++] = "index";
  if (parts & NN_EVENT_HAS_TO)
    keys[n++] = "to";
  if (parts & NN_EVENT_HAS_GUARD)
    keys[n++] = "guard";
  if (parts & NN_EVENT_HAS_NUDGE)
    keys[n++] = "nudge";
  for (gsize i = 0; parts & NN_EVENT_HAS_EDIT && i < G_N_ELEMENTS (edited); i++)
    keys[n++] = edited[i];
  return nn_json_check_keys (object, keys, error);
}

/* From an index to an id. @ids: the list just before. nn_experiment_check () refuses an
 * index that is not in it. */
static void
set_list (NnEvent *self, const NnNudgeIds *ids, gint64 index, gint64 to)
{
  if (self->kind == NN_EVENT_STAND) {
    self->id = nn_nudge_ids_get_next (ids);
    self->index = (gsize) index;
  } else {
    self->id = nn_nudge_ids_get (ids, (gsize) index);
    self->by = self->kind == NN_EVENT_MOVE ? (gssize) (to - index) : 0;
  }
}

static gboolean
read_numbers (NnEvent *self,
              NnEventParts parts,
              const NnNudgeIds *ids,
              const NnJson *object,
              GError **error)
{
  gint64 step, index = 0, to = 0;

  if (!require_integer (object, "step", G_MAXINT64, &step, error) ||
      (parts & NN_EVENT_HAS_INDEX &&
       !require_integer (object, "index", G_MAXUINT32, &index, error)) ||
      (parts & NN_EVENT_HAS_TO &&
       !require_integer (object, "to", G_MAXUINT32, &to, error)))
    return FALSE;
  self->step = (guint64) step;
  if (parts & NN_EVENT_HAS_INDEX)
    set_list (self, ids, index, to);
  return TRUE;
}

static gboolean
read_guard (NnEvent *self, const NnJson *object, GError **error)
{
  NnJson member;
  const char *name;

  return nn_json_require (object, "guard", &member, error) &&
         nn_json_get_name (&member, &name, error) &&
         (nn_guard_find (name, &self->guard, error) ||
          nn_json_prefix_error (&member, error));
}

static gboolean
read_nudge (NnEvent *self, const NnJson *object, GError **error)
{
  NnJson member;
  const char *text;

  if (!nn_json_require (object, "nudge", &member, error) ||
      !nn_json_get_string (&member, &text, error))
    return FALSE;
  self->nudge = nn_nudge_parse (text, error);
  return self->nudge != NULL || nn_json_prefix_error (&member, error);
}

static gboolean
read_event (NnEvent *self,
            const NnNudgeIds *ids,
            NnReadEdit read_edit,
            gconstpointer data,
            const NnJson *object,
            GError **error)
{
  NnEventParts parts;

  if (!nn_json_check_object (object, error) || !read_kind (self, object, error))
    return FALSE;
  parts = nn_event_kind_get_parts (self->kind);
  return check_keys (parts, object, error) &&
         read_numbers (self, parts, ids, object, error) &&
         (!(parts & NN_EVENT_HAS_GUARD) || read_guard (self, object, error)) &&
         (!(parts & NN_EVENT_HAS_NUDGE) || read_nudge (self, object, error)) &&
         (!(parts & NN_EVENT_HAS_EDIT) ||
          (self->edit = read_edit (object, data, error)) != NULL);
}

/**
 * nn_experiment_read_log:
 * @events: (element-type NnEvent): gets the events; none without the key
 * @nudges: (element-type NnNudge): the experiment's
 * @read_edit: reads the keys of an edit
 * @data: for @read_edit
 *
 * nn_experiment_check () still has to check that the events can be done.
 */
gboolean
nn_experiment_read_log (GArray *events,
                        const GPtrArray *nudges,
                        NnReadEdit read_edit,
                        gconstpointer data,
                        const NnJson *top,
                        GError **error)
{
  g_autoptr (NnNudgeIds) ids = nn_nudge_ids_new (nudges);
  NnJson log;

  if (!nn_json_find (top, "log", &log))
    return TRUE;
  if (!nn_json_check_array (&log, error))
    return FALSE;
  for (gsize i = 0; i < json_array_size (log.value); i++) {
    const NnJson element = nn_json_get_element (&log, i);
    g_auto (NnEvent) event = { 0 };

    if (!read_event (&event, ids, read_edit, data, &element, error))
      return FALSE;
    nn_nudge_ids_follow (ids, &event);
    nn_event_append (events, &event, 1);
  }
  return TRUE;
}

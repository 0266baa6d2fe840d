/* nudge-lists.c - the log and the repeating nudges, as list models
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/document/nudge-lists.h"

#include "ui/base/nudge-list.h"

struct _NudgeLists {
  GObject parent_instance;

  NudgeSession *session; /* (owned) */
  GListStore *landings;  /* (owned) of NudgeEntry, newest first */
  GListStore *repeating; /* (owned) of NudgeEntry, in their order */
  NnNudge *marked;       /* (owned) (nullable) */
  NnLog *log;            /* (owned) (nullable) the newest frame's */
  GArray *edits;         /* (owned) (nullable) (element-type NnEvent) of log */
};

enum {
  PROP_MARKED = 1,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (NudgeLists, nudge_lists, G_TYPE_OBJECT)

/**
 * nudge_lists_edit:
 * @kind: PAUSE, RESUME, REMOVE or MOVE
 * @id: of a repeating nudge; if it is gone by then, nothing is done
 * @by: MOVE: by this many rows down
 */
void
nudge_lists_edit (NudgeLists *self, NnEventKind kind, guint64 id, int by)
{
  g_return_if_fail (NUDGE_IS_LISTS (self));

  nudge_session_do (self->session, &(NnEvent){ .kind = kind, .id = id, .by = by });
}

/**
 * nudge_lists_set_marked:
 * @nudge: (nullable): whose landing is highlighted
 */
void
nudge_lists_set_marked (NudgeLists *self, NnNudge *nudge)
{
  g_return_if_fail (NUDGE_IS_LISTS (self));

  if (self->marked == nudge)
    return;
  g_clear_pointer (&self->marked, nn_nudge_unref);
  if (nudge)
    self->marked = nn_nudge_ref (nudge);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_MARKED]);
}

/* A log is immutable: the same one has the same edits. */
static void
follow_edits (NudgeLists *self, NnLog *log)
{
  if (self->log == log)
    return;
  g_clear_pointer (&self->log, nn_log_unref);
  g_clear_pointer (&self->edits, g_array_unref);
  if (log == NULL)
    return;
  self->log = nn_log_ref (log);
  self->edits = nn_log_dup_edits (log);
}

/**
 * nudge_lists_follow:
 *
 * Updates the lists from the session's newest frame, and clears the mark if its landing
 * is gone.
 */
void
nudge_lists_follow (NudgeLists *self)
{
  const NnFrame *frame;

  g_return_if_fail (NUDGE_IS_LISTS (self));

  frame = nudge_session_get_frame (self->session);
  follow_edits (self, frame->log);
  nudge_list_follow_log (self->landings, frame, self->edits);
  nudge_list_follow_repeating (self->repeating, frame);
  if (self->marked &&
      !nudge_list_find (G_LIST_MODEL (self->landings), self->marked, NULL))
    nudge_lists_set_marked (self, NULL);
}

/* Returns: (transfer none): of NudgeEntry, newest first */
GListModel *
nudge_lists_get_landings (NudgeLists *self)
{
  g_return_val_if_fail (NUDGE_IS_LISTS (self), NULL);

  return G_LIST_MODEL (self->landings);
}

/* Returns: (transfer none): of NudgeEntry, in their order */
GListModel *
nudge_lists_get_repeating (NudgeLists *self)
{
  g_return_val_if_fail (NUDGE_IS_LISTS (self), NULL);

  return G_LIST_MODEL (self->repeating);
}

/* Returns: (transfer none) (nullable) */
NnNudge *
nudge_lists_get_marked (NudgeLists *self)
{
  g_return_val_if_fail (NUDGE_IS_LISTS (self), NULL);

  return self->marked;
}

static void
nudge_lists_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_MARKED)
    g_value_set_pointer (value, NUDGE_LISTS (object)->marked);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
nudge_lists_set_property (GObject *object,
                          guint id,
                          const GValue *value,
                          GParamSpec *pspec)
{
  if (id == PROP_MARKED)
    nudge_lists_set_marked (NUDGE_LISTS (object), g_value_get_pointer (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
nudge_lists_finalize (GObject *object)
{
  NudgeLists *self = NUDGE_LISTS (object);

  g_object_unref (self->session);
  g_clear_pointer (&self->log, nn_log_unref);
  g_clear_pointer (&self->edits, g_array_unref);
  g_object_unref (self->landings);
  g_object_unref (self->repeating);
  g_clear_pointer (&self->marked, nn_nudge_unref);
  G_OBJECT_CLASS (nudge_lists_parent_class)->finalize (object);
}

static void
nudge_lists_class_init (NudgeListsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = nudge_lists_get_property;
  object_class->set_property = nudge_lists_set_property;
  object_class->finalize = nudge_lists_finalize;
  props[PROP_MARKED] = g_param_spec_pointer ("marked", NULL, NULL,
                                             G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY |
                                                 G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
nudge_lists_init (NudgeLists *self)
{
  self->landings = nudge_list_new ();
  self->repeating = nudge_list_new ();
}

NudgeLists *
nudge_lists_new (NudgeSession *session)
{
  NudgeLists *self = g_object_new (NUDGE_TYPE_LISTS, NULL);

  self->session = g_object_ref (session);
  return self;
}

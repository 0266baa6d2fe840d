/* nudge-document.c - what a window shows: an experiment, and the run that is made of it
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/document/nudge-document.h"

#include <glib/gi18n.h>

#include "app/document/nudge-document-private.h"

static GParamSpec *props[NUDGE_DOCUMENT_N_PROPS];
static guint signals[NUDGE_DOCUMENT_N_SIGNALS];

static const char *const guards[] = {
  [NN_GUARD_SHIELD] = "shield",
  [NN_GUARD_CHECK] = "check",
  [NN_GUARD_OFF] = "off",
};

G_DEFINE_FINAL_TYPE (NudgeDocument, nudge_document, G_TYPE_OBJECT)

void
nudge_document_notify (NudgeDocument *self, NudgeDocumentProp prop)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[prop]);
}

/* @nudge: (nullable): of LANDED; no other signal that this emits has an argument */
void
nudge_document_emit (NudgeDocument *self, NudgeDocumentSignal signal, NnNudge *nudge)
{
  g_signal_emit (self, signals[signal], 0, nudge);
}

/* --- What a user asks -------------------------------------------------------------- */

static void
set_guard (NudgeDocument *self, const char *name)
{
  for (gsize i = 0; name && i < G_N_ELEMENTS (guards); i++) {
    if (!g_str_equal (guards[i], name) || self->guard == (NnGuard) i)
      continue;
    self->guard = (NnGuard) i;
    nudge_session_do (self->session,
                      &(NnEvent){ .kind = NN_EVENT_GUARD, .guard = (NnGuard) i });
    nudge_document_notify (self, NUDGE_DOCUMENT_PROP_GUARD);
  }
}

/**
 * nudge_document_say:
 *
 * Emits "message": every window that shows the document says @text once.
 */
void
nudge_document_say (NudgeDocument *self, const char *text)
{
  g_return_if_fail (NUDGE_IS_DOCUMENT (self));

  g_signal_emit (self, signals[NUDGE_DOCUMENT_MESSAGE], 0, text);
}

/**
 * nudge_document_ask_why:
 *
 * Emits "why": the windows that show the document explain why the loss jumped at @step. A
 * job's run cannot be repeated for that, which is said instead.
 */
void
nudge_document_ask_why (NudgeDocument *self, guint64 step)
{
  g_return_if_fail (NUDGE_IS_DOCUMENT (self));

  if (nudge_session_can (self->session, NN_CAN_REPEAT))
    g_signal_emit (self, signals[NUDGE_DOCUMENT_WHY], 0, step);
  else
    nudge_document_say (self, _ ("Only Nudge’s own engine can say why the loss jumped"));
}

/* Returns: (transfer none) (nullable): the newest; %NULL until the first one has come */
NnFrame *
nudge_document_get_frame (NudgeDocument *self)
{
  g_return_val_if_fail (NUDGE_IS_DOCUMENT (self), NULL);

  return nudge_session_get_frame (self->session);
}

const NnExperiment *
nudge_document_get_experiment (NudgeDocument *self)
{
  g_return_val_if_fail (NUDGE_IS_DOCUMENT (self), NULL);

  return self->experiment;
}

/* Returns: (nullable): the PyTorch job; %NULL if Nudge's own engine runs the experiment */
const NudgeJob *
nudge_document_get_job (NudgeDocument *self)
{
  g_return_val_if_fail (NUDGE_IS_DOCUMENT (self), NULL);

  return self->job;
}

NudgeSession *
nudge_document_get_session (NudgeDocument *self)
{
  g_return_val_if_fail (NUDGE_IS_DOCUMENT (self), NULL);

  return self->session;
}

NudgeWalk *
nudge_document_get_walk (NudgeDocument *self)
{
  g_return_val_if_fail (NUDGE_IS_DOCUMENT (self), NULL);

  return self->walk;
}

NudgeCards *
nudge_document_get_cards (NudgeDocument *self)
{
  g_return_val_if_fail (NUDGE_IS_DOCUMENT (self), NULL);

  return self->cards;
}

NudgeSelection *
nudge_document_get_selection (NudgeDocument *self)
{
  g_return_val_if_fail (NUDGE_IS_DOCUMENT (self), NULL);

  return self->selection;
}

/* Returns: (transfer none) (nullable): %NULL if it has no lesson */
NudgeLearner *
nudge_document_get_learner (NudgeDocument *self)
{
  g_return_val_if_fail (NUDGE_IS_DOCUMENT (self), NULL);

  return self->learner;
}

NudgeLists *
nudge_document_get_lists (NudgeDocument *self)
{
  g_return_val_if_fail (NUDGE_IS_DOCUMENT (self), NULL);

  return self->lists;
}

NudgeEdits *
nudge_document_get_edits (NudgeDocument *self)
{
  g_return_val_if_fail (NUDGE_IS_DOCUMENT (self), NULL);

  return self->edits;
}

/* --- Life -------------------------------------------------------------------------- */

static void
nudge_document_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  NudgeDocument *self = NUDGE_DOCUMENT (object);

  if (id == NUDGE_DOCUMENT_PROP_GUARD)
    g_value_set_static_string (value, guards[self->guard]);
  else if (id == NUDGE_DOCUMENT_PROP_PENDING)
    g_value_set_boolean (value, self->pending);
  else if (id == NUDGE_DOCUMENT_PROP_FAILURE)
    g_value_set_string (value, self->failure);
  else if (id == NUDGE_DOCUMENT_PROP_FILE)
    g_value_set_object (value, self->saved.file);
  else if (id == NUDGE_DOCUMENT_PROP_UNSAVED)
    g_value_set_boolean (value, nudge_saved_is_unsaved (&self->saved));
  else if (id == NUDGE_DOCUMENT_PROP_NOTICE)
    g_value_set_string (value, self->notice);
  else if (id == NUDGE_DOCUMENT_PROP_EXPECTING)
    g_value_set_boolean (value, self->expecting);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
nudge_document_set_property (GObject *object,
                             guint id,
                             const GValue *value,
                             GParamSpec *pspec)
{
  NudgeDocument *self = NUDGE_DOCUMENT (object);

  if (id == NUDGE_DOCUMENT_PROP_GUARD)
    set_guard (self, g_value_get_string (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
nudge_document_dispose (GObject *object)
{
  NudgeDocument *self = NUDGE_DOCUMENT (object);

  g_clear_handle_id (&self->pending_timer, g_source_remove);
  g_clear_object (&self->edits);
  g_clear_object (&self->learner);
  g_clear_object (&self->lists);
  g_clear_object (&self->selection);
  g_clear_object (&self->cards);
  g_clear_object (&self->walk);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (nudge_document_parent_class)->dispose (object);
}

static void
nudge_document_finalize (GObject *object)
{
  NudgeDocument *self = NUDGE_DOCUMENT (object);

  nn_experiment_free (self->experiment);
  g_clear_pointer (&self->job, nudge_job_free);
  nudge_news_clear (&self->news);
  nudge_saved_clear (&self->saved);
  g_free (self->failure);
  g_free (self->notice);
  G_OBJECT_CLASS (nudge_document_parent_class)->finalize (object);
}

static guint
new_signal (const char *name, GType type)
{
  return g_signal_new (name, NUDGE_TYPE_DOCUMENT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                       G_TYPE_NONE, type != G_TYPE_NONE, type);
}

static void
nudge_document_class_init (NudgeDocumentClass *klass)
{
  const GParamFlags reads = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  const GParamFlags writes =
      G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = nudge_document_get_property;
  object_class->set_property = nudge_document_set_property;
  object_class->dispose = nudge_document_dispose;
  object_class->finalize = nudge_document_finalize;
  props[NUDGE_DOCUMENT_PROP_GUARD] =
      g_param_spec_string ("guard", NULL, NULL, "shield", writes);
  props[NUDGE_DOCUMENT_PROP_PENDING] =
      g_param_spec_boolean ("pending", NULL, NULL, FALSE, reads);
  props[NUDGE_DOCUMENT_PROP_FAILURE] =
      g_param_spec_string ("failure", NULL, NULL, NULL, reads);
  props[NUDGE_DOCUMENT_PROP_FILE] =
      g_param_spec_object ("file", NULL, NULL, G_TYPE_FILE, reads);
  props[NUDGE_DOCUMENT_PROP_UNSAVED] =
      g_param_spec_boolean ("unsaved", NULL, NULL, FALSE, reads);
  props[NUDGE_DOCUMENT_PROP_NOTICE] =
      g_param_spec_string ("notice", NULL, NULL, NULL, reads);
  props[NUDGE_DOCUMENT_PROP_EXPECTING] =
      g_param_spec_boolean ("expecting", NULL, NULL, FALSE, reads);
  g_object_class_install_properties (object_class, NUDGE_DOCUMENT_N_PROPS, props);
  signals[NUDGE_DOCUMENT_FRAME] = new_signal ("frame", G_TYPE_NONE);
  signals[NUDGE_DOCUMENT_WORDS] = new_signal ("words", G_TYPE_NONE);
  signals[NUDGE_DOCUMENT_LANDED] = new_signal ("landed", G_TYPE_POINTER);
  signals[NUDGE_DOCUMENT_MESSAGE] = new_signal ("message", G_TYPE_STRING);
  signals[NUDGE_DOCUMENT_WHY] =
      g_signal_new ("why", NUDGE_TYPE_DOCUMENT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 1, G_TYPE_UINT64);
}

static void
nudge_document_init (NudgeDocument *self)
{
  nudge_news_init (&self->news);
}

/* nudge-document-new.c - documents are made: of an experiment, of a run of it, or of a job
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/document/nudge-document-private.h"

/* So that the experiment is saved with the learner's answers and progress. */
static void
learner_changed_cb (NudgeDocument *self)
{
  const NnLesson *lesson = nudge_learner_get_lesson (self->learner);

  nn_lesson_unref (self->experiment->lesson);
  self->experiment->lesson = nn_lesson_copy (lesson);
}

static void
answered_cb (NudgeDocument *self)
{
  nudge_saved_change (&self->saved);
  nudge_document_notify (self, NUDGE_DOCUMENT_PROP_UNSAVED);
}

static void
take_lesson (NudgeDocument *self)
{
  if (self->experiment->lesson == NULL)
    return;
  self->learner = nudge_learner_new (self->session, self->experiment->lesson);
  g_signal_connect_object (self->learner, "changed", G_CALLBACK (learner_changed_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->learner, "answered", G_CALLBACK (answered_cb), self,
                           G_CONNECT_SWAPPED);
}

/* @session: (transfer full): of @experiment */
static NudgeDocument *
take_session (NudgeSession *session, const NnExperiment *experiment)
{
  NudgeDocument *self = g_object_new (NUDGE_TYPE_DOCUMENT, NULL);

  self->experiment = nn_experiment_copy (experiment);
  self->guard = experiment->guard;
  self->session = session;
  self->expecting = TRUE;
  self->walk = nudge_walk_new (session);
  nudge_document_follow (self);
  self->cards = nudge_cards_new (session, experiment);
  self->selection = nudge_selection_new (self->cards);
  self->lists = nudge_lists_new (session);
  self->edits = nudge_edits_new (session, experiment);
  take_lesson (self);
  g_signal_connect_object (self->edits, "message", G_CALLBACK (nudge_document_say), self,
                           G_CONNECT_SWAPPED);
  return self;
}

/**
 * nudge_document_new:
 * @experiment: copied
 *
 * A run that is paused before its first step; the first frame comes by itself.
 *
 * Returns: (transfer full) (nullable): %NULL with @error set, as nn_session_new ()
 */
NudgeDocument *
nudge_document_new (const NnExperiment *experiment, GError **error)
{
  NudgeSession *session = nudge_session_new (experiment, error);

  return session ? take_session (session, experiment) : NULL;
}

/**
 * nudge_document_new_resumed:
 * @experiment: copied
 * @timeline: (transfer full): of a run of @experiment
 *
 * That run, paused where it was.
 */
NudgeDocument *
nudge_document_new_resumed (const NnExperiment *experiment, NnTimeline *timeline)
{
  return take_session (nudge_session_new_resumed (experiment, timeline), experiment);
}

/**
 * nudge_document_new_attached:
 * @experiment: copied: as much as is known of what the job trains
 * @session: (transfer full): is attached to the job
 * @job: (transfer full)
 *
 * The job goes on as it is, running or paused.
 */
NudgeDocument *
nudge_document_new_attached (const NnExperiment *experiment,
                             NnSession *session,
                             NudgeJob *job)
{
  NudgeDocument *self = take_session (nudge_session_new_of (session), experiment);

  self->job = job;
  return self;
}

/* nudge-session-shown.c - what frames of a session carry besides the run
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/document/nudge-session-private.h"

/**
 * nudge_session_ask:
 * @key: of the caller; a frame has the answer by this key
 * @question: (nullable): copied; replaces the one before of @key, %NULL removes it
 */
void
nudge_session_ask (NudgeSession *self, guint key, const NnQuestion *question)
{
  g_return_if_fail (NUDGE_IS_SESSION (self));

  nn_session_ask (self->session, key, question);
  nudge_session_commanded (self);
}

/* As nn_session_score (). */
void
nudge_session_score (NudgeSession *self)
{
  g_return_if_fail (NUDGE_IS_SESSION (self));

  nn_session_score (self->session);
  nudge_session_commanded (self);
}

/**
 * nudge_session_set_layers:
 *
 * Whether frames have the measures of every layer from now on.
 */
void
nudge_session_set_layers (NudgeSession *self, gboolean shown)
{
  g_return_if_fail (NUDGE_IS_SESSION (self));

  if (self->layers == shown)
    return;
  self->layers = shown;
  nn_session_set_layers (self->session, shown);
  nudge_session_commanded (self);
}

/**
 * nudge_session_carry:
 * @asks: the caller: NUDGE_SESSION_PICTURES or NUDGE_SESSION_LESSON
 *
 * Frames have these quantities of all weights from now on, and those that other callers
 * ask for.
 */
void
nudge_session_carry (NudgeSession *self, guint asks, NnQuantities quantities)
{
  g_return_if_fail (NUDGE_IS_SESSION (self) && asks < NUDGE_SESSION_ASKERS);

  if (self->quantities[asks] == quantities)
    return;
  self->quantities[asks] = quantities;
  nn_session_carry (self->session, self->quantities[0] | self->quantities[1]);
  nudge_session_commanded (self);
}

/**
 * nudge_session_watch:
 * @index: into the flat vector of parameters; -1 for none
 *
 * From now on frames have all numbers of this value.
 */
void
nudge_session_watch (NudgeSession *self, gssize index)
{
  g_return_if_fail (NUDGE_IS_SESSION (self));

  if (self->watched == index)
    return;
  self->watched = index;
  nn_session_watch (self->session, index);
  nudge_session_commanded (self);
}

/* As nn_session_show_sample (). */
void
nudge_session_show_sample (NudgeSession *self, const NnSampleChoice *choice)
{
  g_return_if_fail (NUDGE_IS_SESSION (self));

  nn_session_show_sample (self->session, choice);
  nudge_session_commanded (self);
}

/* As nn_session_open_tensor (). */
void
nudge_session_open_tensor (NudgeSession *self, const NnTensorChoice *choice)
{
  g_return_if_fail (NUDGE_IS_SESSION (self));

  nn_session_open_tensor (self->session, choice);
  nudge_session_commanded (self);
}

/* As nn_session_set_plane (). */
void
nudge_session_set_plane (NudgeSession *self, const NnPlaneChoice *plane)
{
  g_return_if_fail (NUDGE_IS_SESSION (self));

  nn_session_set_plane (self->session, plane);
  nudge_session_commanded (self);
}

/**
 * nudge_session_preview:
 * @key: of the caller
 * @nudge: (nullable): frames show what it would do; %NULL: ends the preview of @key
 */
void
nudge_session_preview (NudgeSession *self, guint key, NnNudge *nudge)
{
  g_return_if_fail (NUDGE_IS_SESSION (self));

  if (!nudge && self->previewing != key)
    return;
  self->previewing = key;
  self->previews = nudge != NULL;
  nn_session_preview (self->session, nudge);
  nudge_session_commanded (self);
}

gboolean
nudge_session_is_previewing (NudgeSession *self)
{
  g_return_val_if_fail (NUDGE_IS_SESSION (self), FALSE);

  return self->previews;
}

/* nudge-session-undo.c - undo, redo and reset of a session
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/document/nudge-session-private.h"

/**
 * nudge_session_reset:
 *
 * Pauses at step 0.
 */
void
nudge_session_reset (NudgeSession *self)
{
  g_return_if_fail (NUDGE_IS_SESSION (self));

  if (!nudge_session_can (self, NN_CAN_TRAVEL))
    return;
  self->has_place = FALSE;
  nn_session_reset (self->session);
  nudge_session_did (self, -1);
}

/**
 * nudge_session_undo:
 *
 * Goes back to just before the last thing that was done.
 */
void
nudge_session_undo (NudgeSession *self)
{
  g_return_if_fail (NUDGE_IS_SESSION (self));

  self->has_place = FALSE;
  nn_session_undo (self->session);
  nudge_session_will_travel (self);
  nudge_session_did (self, -1);
}

/**
 * nudge_session_redo:
 *
 * Goes forward again to where undo was called.
 */
void
nudge_session_redo (NudgeSession *self)
{
  g_return_if_fail (NUDGE_IS_SESSION (self));

  self->has_place = FALSE;
  nn_session_redo (self->session);
  nudge_session_will_travel (self);
  nudge_session_did (self, -1);
}

/* nudge-card.c - the state of one card, and what it waits for
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/document/nudge-card.h"

#include "ui/draw/base/nudge-frame.h"

/* A shorter wait gets no badge. */
#define PENDING_MS 200
/* How long a card keeps the border of a nudge that has landed. */
#define LANDED_MS 1500

/**
 * nudge_card_new:
 * @layer: its name, "fc1"; "*" for all layers
 * @key: of the answers to its questions in a frame
 */
NudgeCard *
nudge_card_new (const char *layer, guint key, NudgeCardFunc changed, gpointer data)
{
  NudgeCard *self = g_new0 (NudgeCard, 1);

  nudge_card_state_init (&self->state, layer, key);
  self->changed = changed;
  self->data = data;
  return self;
}

void
nudge_card_free (NudgeCard *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_pointer (&self->applied, nn_nudge_unref);
  nudge_card_state_clear (&self->state);
  g_free (self);
}

static gboolean
show_pending_cb (gpointer data)
{
  NudgeCard *self = data;

  self->timer = 0;
  self->state.pending = TRUE;
  self->changed (self, self->data);
  return G_SOURCE_REMOVE;
}

static gboolean
hide_landed_cb (gpointer data)
{
  NudgeCard *self = data;

  self->timer = 0;
  self->state.nudged = FALSE;
  self->changed (self, self->data);
  return G_SOURCE_REMOVE;
}

/**
 * nudge_card_await:
 * @applied: which the session has just got, to be applied once
 * @until: how many commands are done when it will have landed
 *
 * If that takes long, the card shows that it waits.
 */
void
nudge_card_await (NudgeCard *self, NnNudge *applied, guint64 until)
{
  g_clear_pointer (&self->applied, nn_nudge_unref);
  self->applied = nn_nudge_ref (applied);
  self->applied_until = until;
  g_clear_handle_id (&self->timer, g_source_remove);
  self->timer = g_timeout_add (PENDING_MS, show_pending_cb, self);
}

/**
 * nudge_card_set_frame:
 *
 * Finds out whether what was applied has landed or was refused.
 */
void
nudge_card_set_frame (NudgeCard *self, const NnFrame *frame)
{
  g_autoptr (NnNudge) applied = NULL;
  const NnLanding *landing;

  if (self->applied && frame->n_commands < self->applied_until)
    return;
  applied = g_steal_pointer (&self->applied);
  if (applied) {
    landing = nudge_frame_find_landing (frame, applied);
    g_clear_handle_id (&self->timer, g_source_remove);
    self->state.pending = FALSE;
    self->state.nudged = landing && !landing->refusal;
    if (self->state.nudged)
      self->timer = g_timeout_add (LANDED_MS, hide_landed_cb, self);
  }
  nudge_card_state_follow_landings (&self->state, frame);
}

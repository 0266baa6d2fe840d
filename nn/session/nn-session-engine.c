/* nn-session-engine.c - the queue, the slot and the thread of a session
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/session/nn-session-engine.h"

#include <time.h>

/**
 * nn_session_start:
 * @engine: static
 * @data: (transfer full): the engine's
 * @next_id: the id of the next new repeating nudge
 *
 * Starts the engine's thread. Aborts if there cannot be one, as g_thread_new () does.
 */
NnSession *
nn_session_start (const NnEngine *engine, gpointer data, guint64 next_id)
{
  NnSession *self = g_new0 (NnSession, 1);
  pthread_condattr_t attributes;

  self->engine = engine;
  self->data = data;
  self->next_id = next_id;
  self->shared.wanted = TRUE;
  g_queue_init (&self->shared.commands);
  pthread_mutex_init (&self->shared.lock, NULL);
  pthread_condattr_init (&attributes);
  pthread_condattr_setclock (&attributes,
                             CLOCK_MONOTONIC); /* as g_get_monotonic_time () */
  pthread_cond_init (&self->shared.changed, &attributes);
  pthread_condattr_destroy (&attributes);
  if (pthread_create (&self->thread, NULL, engine->work, self) != 0)
    g_error ("no thread could be started for training"); /* as g_thread_new does */
  return self;
}

/* Makes the engine's thread check the shared fields. Called with the lock, by any thread. */
static void
attend_locked (NnSession *self)
{
  g_atomic_int_set (&self->shared.attention, TRUE);
  pthread_cond_signal (&self->shared.changed);
  if (self->engine->wake)
    self->engine->wake (self->data);
}

void
nn_session_free_command (gpointer data)
{
  NnCommand *command = data;

  if (command->found)
    command->found (NULL, NULL, command->found_data);
  nn_event_clear (&command->event);
  g_clear_pointer (&command->nudge, nn_nudge_unref);
  if (command->question)
    nn_question_clear (command->question);
  g_free (command->question);
  g_free (command);
}

/**
 * nn_session_free:
 *
 * Stops the engine after the step under way, and joins its thread. Commands that it has
 * not taken yet have no effect.
 */
void
nn_session_free (NnSession *self)
{
  pthread_mutex_lock (&self->shared.lock);
  self->shared.quit = TRUE;
  attend_locked (self);
  pthread_mutex_unlock (&self->shared.lock);
  pthread_join (self->thread, NULL);

  g_queue_clear_full (&self->shared.commands, nn_session_free_command);
  g_clear_pointer (&self->shared.slot, nn_frame_unref);
  pthread_cond_destroy (&self->shared.changed);
  pthread_mutex_destroy (&self->shared.lock);
  self->engine->free (self->data);
  g_free (self);
}

/**
 * nn_session_get_capabilities:
 *
 * Returns: what the engine can do; it never changes
 */
NnCapabilities
nn_session_get_capabilities (const NnSession *self)
{
  return self->engine->can;
}

/**
 * nn_session_push:
 * @command: the queue takes over what it owns
 */
void
nn_session_push (NnSession *self, NnCommand command)
{
  NnCommand *copy = g_memdup2 (&command, sizeof command);

  self->n_commands++;
  pthread_mutex_lock (&self->shared.lock);
  g_queue_push_tail (&self->shared.commands, copy);
  attend_locked (self);
  pthread_mutex_unlock (&self->shared.lock);
}

/**
 * nn_session_get_n_commands:
 *
 * Returns: how many commands were given so far; a frame whose n_commands is equal shows
 *   the effect of all of them
 */
guint64
nn_session_get_n_commands (const NnSession *self)
{
  return self->n_commands;
}

/**
 * nn_session_take_frame:
 *
 * Takes the newest frame, unless it was taken before, and asks for the next one. Never
 * waits for training.
 *
 * Returns: (transfer full) (nullable)
 */
NnFrame *
nn_session_take_frame (NnSession *self)
{
  NnFrame *frame;

  pthread_mutex_lock (&self->shared.lock);
  frame = g_steal_pointer (&self->shared.slot);
  if (!self->shared.wanted) {
    self->shared.wanted = TRUE;
    attend_locked (self);
  }
  pthread_mutex_unlock (&self->shared.lock);
  return frame;
}

/**
 * nn_session_set_keeper:
 * @keep: (nullable): called on the session's thread with a copy of the whole run, which
 *   it takes over: after each command that may change the run or its speed, when a step
 *   fails, and after nn_session_keep (). It is called with the session's lock held, so it
 *   has to return at once and must not call the session. NULL removes it
 */
void
nn_session_set_keeper (NnSession *self, NnSessionKeep keep, gpointer data)
{
  pthread_mutex_lock (&self->shared.lock);
  self->shared.keep = keep;
  self->shared.keep_data = data;
  pthread_mutex_unlock (&self->shared.lock);
}

/**
 * nn_session_keep:
 *
 * Has the keeper called with the present state, if there is a keeper. Any thread, as long
 * as the session exists.
 */
void
nn_session_keep (NnSession *self)
{
  pthread_mutex_lock (&self->shared.lock);
  self->shared.keep_due = TRUE;
  attend_locked (self);
  pthread_mutex_unlock (&self->shared.lock);
}

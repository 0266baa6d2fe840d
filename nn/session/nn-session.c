/* nn-session.c - a run on a thread of its own: the caller's side
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/session/nn-session.h"

#include <math.h>
#include <time.h>

#include "nn/session/nn-session-engine.h"

/**
 * nn_session_start:
 * @data: (transfer full): the engine's
 * @next_id: of the next nudge that is to repeat
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
  pthread_condattr_setclock (&attributes, CLOCK_MONOTONIC); /* g_get_monotonic_time's */
  pthread_cond_init (&self->shared.changed, &attributes);
  pthread_condattr_destroy (&attributes);
  if (pthread_create (&self->thread, NULL, engine->work, self) != 0)
    g_error ("no thread could be started for training"); /* as g_thread_new does */
  return self;
}

/**
 * nn_session_attend_locked:
 *
 * The engine's thread is to look at what is shared. Any thread.
 */
void
nn_session_attend_locked (NnSession *self)
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
 * Ends what the engine does after the step that is under way, and joins the thread.
 */
void
nn_session_free (NnSession *self)
{
  pthread_mutex_lock (&self->shared.lock);
  self->shared.quit = TRUE;
  nn_session_attend_locked (self);
  pthread_mutex_unlock (&self->shared.lock);
  pthread_join (self->thread, NULL);

  g_queue_clear_full (&self->shared.commands, nn_session_free_command);
  g_clear_pointer (&self->shared.slot, nn_frame_unref);
  pthread_cond_destroy (&self->shared.changed);
  pthread_mutex_destroy (&self->shared.lock);
  self->engine->free (self->data);
  g_free (self);
}

/* Returns: what the engine can do */
NnCapabilities
nn_session_get_capabilities (const NnSession *self)
{
  return self->engine->can;
}

static void
push (NnSession *self, NnCommand command)
{
  NnCommand *copy = g_memdup2 (&command, sizeof command);

  self->n_commands++;
  pthread_mutex_lock (&self->shared.lock);
  g_queue_push_tail (&self->shared.commands, copy);
  nn_session_attend_locked (self);
  pthread_mutex_unlock (&self->shared.lock);
}

void
nn_session_run (NnSession *self)
{
  push (self, (NnCommand){ .kind = NN_COMMAND_RUN });
}

void
nn_session_pause (NnSession *self)
{
  push (self, (NnCommand){ .kind = NN_COMMAND_PAUSE });
}

/**
 * nn_session_step:
 *
 * Trains one step and pauses.
 */
void
nn_session_step (NnSession *self)
{
  push (self, (NnCommand){ .kind = NN_COMMAND_STEP });
}

/**
 * nn_session_walk:
 *
 * Trains one step, of which frames carry a record until the run is elsewhere, and pauses;
 * but where runs walk, one that is running is running still.
 */
void
nn_session_walk (NnSession *self)
{
  push (self, (NnCommand){ .kind = NN_COMMAND_WALK });
}

/**
 * nn_session_show_section:
 *
 * Of a step that was walked frames show what has landed only from here on, or from when the
 * user does something.
 */
void
nn_session_show_section (NnSession *self)
{
  push (self, (NnCommand){ .kind = NN_COMMAND_SECTION });
}

/**
 * nn_session_set_walks:
 *
 * Whether a run takes its steps not by itself but with nn_session_walk (), at whose pace it
 * is shown; unless it has a goal.
 */
void
nn_session_set_walks (NnSession *self, gboolean walks)
{
  push (self, (NnCommand){ .kind = NN_COMMAND_WALKS, .on = walks });
}

/**
 * nn_session_run_to_step:
 *
 * Runs, as fast as possible, until this step has been taken.
 */
void
nn_session_run_to_step (NnSession *self, guint64 step)
{
  push (self, (NnCommand){ .kind = NN_COMMAND_RUN_TO, .stop = { step, NAN, FALSE } });
}

/**
 * nn_session_run_to_loss:
 *
 * Runs, as fast as possible, until a step's loss is @loss or less.
 */
void
nn_session_run_to_loss (NnSession *self, double loss)
{
  push (self, (NnCommand){ .kind = NN_COMMAND_RUN_TO, .stop = { 0, loss, FALSE } });
}

/**
 * nn_session_run_to_epoch:
 *
 * Runs, as fast as possible, to the end of the present epoch: of the next one at its end.
 */
void
nn_session_run_to_epoch (NnSession *self)
{
  push (self, (NnCommand){ .kind = NN_COMMAND_RUN_TO, .stop = { 0, NAN, TRUE } });
}

/**
 * nn_session_reset:
 *
 * Pauses, and begins the experiment as it is now anew, at step 0; standing nudges stay.
 * Undo goes back to the run that was left.
 */
void
nn_session_reset (NnSession *self)
{
  push (self, (NnCommand){ .kind = NN_COMMAND_RESET });
}

/**
 * nn_session_set_speed:
 * @steps_per_second: at most this many; 0 for as fast as possible
 */
void
nn_session_set_speed (NnSession *self, double steps_per_second)
{
  push (self, (NnCommand){ .kind = NN_COMMAND_SPEED, .speed = steps_per_second });
}

/**
 * nn_session_set_stop:
 * @step: 0 for none
 * @loss: NAN for none
 *
 * A run pauses after @step, and at the first step whose loss is @loss or less while that
 * of the one before was not. It goes on from there when it is told to.
 */
void
nn_session_set_stop (NnSession *self, guint64 step, double loss)
{
  push (self, (NnCommand){ .kind = NN_COMMAND_STOP, .stop = { step, loss, FALSE } });
}

/**
 * nn_session_do:
 * @event: copied; when its turn comes, its step is what it is done after
 *
 * Between steps, as nn_timeline_do (); what that refuses, such as an edit that does not fit
 * or an event that names a nudge which does not repeat any more by then, has no effect, and
 * frames say why until the next event.
 *
 * Returns: the id of the nudge that it names; of one that is to repeat from now on, the
 *   one that it will have
 */
guint64
nn_session_do (NnSession *self, const NnEvent *event)
{
  NnCommand command = { .kind = NN_COMMAND_DO };

  nn_event_copy (&command.event, event);
  if (event->kind == NN_EVENT_STAND)
    command.event.id = self->next_id++;
  push (self, command);
  return command.event.id;
}

/**
 * nn_session_detach:
 *
 * Leaves the engine to itself, if it can go on so; frames show what it was.
 */
void
nn_session_detach (NnSession *self)
{
  push (self, (NnCommand){ .kind = NN_COMMAND_DETACH });
}

/**
 * nn_session_undo:
 *
 * Pauses, and goes back to just before the last thing that the user did. Several are
 * undone one after the other.
 */
void
nn_session_undo (NnSession *self)
{
  push (self, (NnCommand){ .kind = NN_COMMAND_UNDO });
}

/**
 * nn_session_redo:
 *
 * Pauses, and goes forward to where the last undo was called.
 */
void
nn_session_redo (NnSession *self)
{
  push (self, (NnCommand){ .kind = NN_COMMAND_REDO });
}

/**
 * nn_session_go_to:
 * @step: the end of the run, if it is less far
 *
 * Pauses, and goes back or forth along the run to @step, with all that was done there. No
 * frame comes before it is there; another one of these on the way changes the course.
 */
void
nn_session_go_to (NnSession *self, guint64 step)
{
  push (self, (NnCommand){ .kind = NN_COMMAND_GO_TO, .step = step });
}

/**
 * nn_session_set_ghost:
 *
 * From the next frame on, or until this is called again, frames carry the curve of the
 * same run without nudges. It is trained on a thread of its own, from step 0 on; until
 * it has caught up with a paused run, frames come by themselves and are unfinished.
 */
void
nn_session_set_ghost (NnSession *self, gboolean shown)
{
  push (self, (NnCommand){ .kind = NN_COMMAND_GHOST, .on = shown });
}

/**
 * nn_session_set_layers:
 *
 * From the next frame on, or until this is called again, frames carry the measures of each
 * layer along the run: of a large network from where it is now, of others from its beginning.
 */
void
nn_session_set_layers (NnSession *self, gboolean shown)
{
  push (self, (NnCommand){ .kind = NN_COMMAND_LAYERS, .on = shown });
}

/**
 * nn_session_carry:
 *
 * From the next frame on, frames carry these. What a step has changed is known of a large
 * network only from the first step on after it was asked for.
 */
void
nn_session_carry (NnSession *self, NnQuantities quantities)
{
  push (self, (NnCommand){ .kind = NN_COMMAND_CARRY, .quantities = quantities });
}

/**
 * nn_session_watch:
 * @index: into the flat vector of parameters; -1 for none
 *
 * From the next frame on, frames carry the way of this value; of a large network from
 * there on.
 */
void
nn_session_watch (NnSession *self, gssize index)
{
  push (self, (NnCommand){ .kind = NN_COMMAND_WATCH, .index = index });
}

/**
 * nn_session_show_sample:
 *
 * From the next frame on, frames show this input on its way through the network, or none.
 */
void
nn_session_show_sample (NnSession *self, const NnSampleChoice *choice)
{
  push (self, (NnCommand){ .kind = NN_COMMAND_SAMPLE, .sample = *choice });
}

/**
 * nn_session_set_plane:
 *
 * From the next frame on, activations are those over this plane, where the data have more
 * than two features, or of some of the examples.
 */
void
nn_session_set_plane (NnSession *self, const NnPlaneChoice *plane)
{
  push (self, (NnCommand){ .kind = NN_COMMAND_PLANE, .plane = *plane });
}

/**
 * nn_session_open_tensor:
 *
 * Of a model that is no chain of layers: from the next frame on, frames have more of this
 * tensor.
 */
void
nn_session_open_tensor (NnSession *self, const NnTensorChoice *choice)
{
  push (self, (NnCommand){ .kind = NN_COMMAND_TENSOR, .tensor = *choice });
}

/**
 * nn_session_preview:
 * @nudge: (nullable): gets a reference; NULL to see none any more
 *
 * From the next frame on, frames show besides what the network would be if @nudge were
 * applied now. Nothing is changed. While running, that of a large network may be a
 * few steps old.
 */
void
nn_session_preview (NnSession *self, NnNudge *nudge)
{
  push (self, (NnCommand){ .kind = NN_COMMAND_PREVIEW,
                           .nudge = nudge ? nn_nudge_ref (nudge) : NULL });
}

/**
 * nn_session_ask:
 * @key: the caller's, of one question
 * @question: (nullable): copied, and replaces what @key has asked before; NULL
 *   takes it back
 *
 * Frames carry the newest answer, which follows the run. It comes with the next frame
 * where the network is small. When paused, one of a large network comes in a frame of
 * its own, and until then frames are unfinished; while running, answers take about a
 * thirtieth of the time, and come as often as that allows. Nothing is changed by asking.
 */
void
nn_session_ask (NnSession *self, guint key, const NnQuestion *question)
{
  NnQuestion *copy = NULL;

  if (question) {
    copy = g_new0 (NnQuestion, 1);
    nn_question_copy (copy, question);
  }
  push (self, (NnCommand){ .kind = NN_COMMAND_ASK, .key = key, .question = copy });
}

/**
 * nn_session_score:
 *
 * From the next frame on, frames have among their scores what the weights that there are by
 * then come to on all examples that are trained on. Between two steps, on the thread that
 * trains, which takes as long as a forward pass of all of them. Nothing is changed by asking.
 */
void
nn_session_score (NnSession *self)
{
  push (self, (NnCommand){ .kind = NN_COMMAND_SCORE });
}

/**
 * nn_session_find_start:
 * @step: that is asked about
 * @before: at or before which a run of it is to begin
 * @found: gets the log of the run that has been at @step, and a state of it that is not after
 *   @before, if one was kept
 *
 * Nothing is changed by asking.
 */
void
nn_session_find_start (NnSession *self,
                       guint64 step,
                       guint64 before,
                       NnSessionFound found,
                       gpointer data)
{
  push (self, (NnCommand){ .kind = NN_COMMAND_FIND_START,
                           .step = step,
                           .before = before,
                           .found = found,
                           .found_data = data });
}

/**
 * nn_session_set_keeper:
 * @keep: (nullable): gets the whole run, copied between two steps, after whatever the user
 *   does, when a run stops by itself, and when nn_session_keep () asks for it; NULL for
 *   none any more
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
 * Has the present state kept, if there is a keeper. Any thread, as long as the session is
 * there.
 */
void
nn_session_keep (NnSession *self)
{
  pthread_mutex_lock (&self->shared.lock);
  self->shared.keep_due = TRUE;
  nn_session_attend_locked (self);
  pthread_mutex_unlock (&self->shared.lock);
}

/**
 * nn_session_get_n_commands:
 *
 * Returns: commands given so far; a frame whose n_commands is equal shows the
 *   effect of all of them
 */
guint64
nn_session_get_n_commands (const NnSession *self)
{
  return self->n_commands;
}

/**
 * nn_session_take_frame:
 *
 * Takes the newest frame, if there is one that was not taken yet, and asks for
 * the next. Never waits for training.
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
    nn_session_attend_locked (self);
  }
  pthread_mutex_unlock (&self->shared.lock);
  return frame;
}

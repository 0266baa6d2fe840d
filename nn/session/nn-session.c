/* nn-session.c - the commands that a session is given
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/session/nn-session.h"

#include <math.h>

#include "nn/session/nn-session-engine.h"

void
nn_session_run (NnSession *self)
{
  nn_session_push (self, (NnCommand){ .kind = NN_COMMAND_RUN });
}

void
nn_session_pause (NnSession *self)
{
  nn_session_push (self, (NnCommand){ .kind = NN_COMMAND_PAUSE });
}

/**
 * nn_session_step:
 *
 * Trains one step and pauses.
 */
void
nn_session_step (NnSession *self)
{
  nn_session_push (self, (NnCommand){ .kind = NN_COMMAND_STEP });
}

/**
 * nn_session_walk:
 *
 * Trains one step and pauses; frames carry a record of its phases
 * (nn/run/nn-step-record.h) until the run is at another step. Under nn_session_set_walks
 * () a run that is running does not pause.
 */
void
nn_session_walk (NnSession *self)
{
  nn_session_push (self, (NnCommand){ .kind = NN_COMMAND_WALK });
}

/**
 * nn_session_show_section:
 *
 * After nn_session_walk (), frames have only the landings before the step's section.
 * After this call, or nn_session_do (), they have those of the section, too.
 */
void
nn_session_show_section (NnSession *self)
{
  nn_session_push (self, (NnCommand){ .kind = NN_COMMAND_SECTION });
}

/**
 * nn_session_set_walks:
 *
 * @walks: whether a running session takes steps only by nn_session_walk (), at the pace
 *   at which the caller shows their phases; a run to a goal takes its steps by itself
 */
void
nn_session_set_walks (NnSession *self, gboolean walks)
{
  nn_session_push (self, (NnCommand){ .kind = NN_COMMAND_WALKS, .on = walks });
}

/**
 * nn_session_run_to_step:
 *
 * Runs, as fast as possible, until this step has been taken.
 */
void
nn_session_run_to_step (NnSession *self, guint64 step)
{
  nn_session_push (
      self, (NnCommand){ .kind = NN_COMMAND_RUN_TO, .stop = { step, NAN, FALSE } });
}

/**
 * nn_session_run_to_loss:
 *
 * Runs, as fast as possible, until a step's loss is @loss or less.
 */
void
nn_session_run_to_loss (NnSession *self, double loss)
{
  nn_session_push (self,
                   (NnCommand){ .kind = NN_COMMAND_RUN_TO, .stop = { 0, loss, FALSE } });
}

/**
 * nn_session_run_to_epoch:
 *
 * Runs, as fast as possible, to the end of the present epoch; if it has just ended, to
 * the end of the next one.
 */
void
nn_session_run_to_epoch (NnSession *self)
{
  nn_session_push (self,
                   (NnCommand){ .kind = NN_COMMAND_RUN_TO, .stop = { 0, NAN, TRUE } });
}

/**
 * nn_session_reset:
 *
 * Pauses, and begins a new run of the experiment as it is now, at step 0; repeating
 * nudges stay. Undo returns to the previous run.
 */
void
nn_session_reset (NnSession *self)
{
  nn_session_push (self, (NnCommand){ .kind = NN_COMMAND_RESET });
}

/**
 * nn_session_set_speed:
 * @steps_per_second: at most this many; 0 for as fast as possible
 */
void
nn_session_set_speed (NnSession *self, double steps_per_second)
{
  nn_session_push (self,
                   (NnCommand){ .kind = NN_COMMAND_SPEED, .speed = steps_per_second });
}

/**
 * nn_session_set_stop:
 * @step: 0 for none
 * @loss: NAN for none
 *
 * Breakpoints: the run pauses after @step, and at a step with a loss of @loss or less
 * after one with a greater loss.
 */
void
nn_session_set_stop (NnSession *self, guint64 step, double loss)
{
  nn_session_push (self,
                   (NnCommand){ .kind = NN_COMMAND_STOP, .stop = { step, loss, FALSE } });
}

/**
 * nn_session_do:
 * @event: copied; its step is set when it is done
 *
 * Does @event between two steps, as nn_timeline_do (). If it is refused, such as an edit
 * that does not fit, or a change of a nudge that was removed in the meantime, it has no
 * effect, and frames have the error message as their refusal until the next event.
 *
 * Returns: the id of the nudge that @event is about; a new id for a new repeating nudge
 */
guint64
nn_session_do (NnSession *self, const NnEvent *event)
{
  NnCommand command = { .kind = NN_COMMAND_DO };

  nn_event_copy (&command.event, event);
  if (event->kind == NN_EVENT_STAND)
    command.event.id = self->next_id++;
  nn_session_push (self, command);
  return command.event.id;
}

/**
 * nn_session_detach:
 *
 * Disconnects from a job, which goes on; frames show the last state. A run of this
 * program ignores it.
 */
void
nn_session_detach (NnSession *self)
{
  nn_session_push (self, (NnCommand){ .kind = NN_COMMAND_DETACH });
}

/**
 * nn_session_undo:
 *
 * Pauses, and goes back to just before the last event; called again, to just before the
 * event before that.
 */
void
nn_session_undo (NnSession *self)
{
  nn_session_push (self, (NnCommand){ .kind = NN_COMMAND_UNDO });
}

/**
 * nn_session_redo:
 *
 * Pauses, and goes forward to where the last undo was called.
 */
void
nn_session_redo (NnSession *self)
{
  nn_session_push (self, (NnCommand){ .kind = NN_COMMAND_REDO });
}

/**
 * nn_session_go_to:
 * @step: the end of the run, if it is beyond that
 *
 * Pauses, and goes back or forth along the run to the state after @step and its events.
 * No frame comes before it has arrived. Another call in the meantime changes the goal.
 */
void
nn_session_go_to (NnSession *self, guint64 step)
{
  nn_session_push (self, (NnCommand){ .kind = NN_COMMAND_GO_TO, .step = step });
}

/**
 * nn_session_set_ghost:
 *
 * @shown: whether frames carry the losses of the same run without nudges, from the next
 *   frame on
 *
 * That run is trained on a thread of its own from step 0 on. Until it has caught up with
 * a paused run, unfinished frames come without a command.
 */
void
nn_session_set_ghost (NnSession *self, gboolean shown)
{
  nn_session_push (self, (NnCommand){ .kind = NN_COMMAND_GHOST, .on = shown });
}

/**
 * nn_session_set_layers:
 *
 * @shown: whether frames carry the measures of each layer along the run, from the next
 *   frame on: of a large network since this was called, of others since step 0
 */
void
nn_session_set_layers (NnSession *self, gboolean shown)
{
  nn_session_push (self, (NnCommand){ .kind = NN_COMMAND_LAYERS, .on = shown });
}

/**
 * nn_session_carry:
 *
 * @quantities: what frames carry of each value from the next one on, besides the value
 *
 * A large network's changes are recorded only after they were asked for: they come with
 * the next step.
 */
void
nn_session_carry (NnSession *self, NnQuantities quantities)
{
  nn_session_push (self,
                   (NnCommand){ .kind = NN_COMMAND_CARRY, .quantities = quantities });
}

/**
 * nn_session_watch:
 * @index: into the flat vector of parameters; -1 for none
 *
 * From the next frame on, frames carry this value's past; of a large network, its past
 * since this call.
 */
void
nn_session_watch (NnSession *self, gssize index)
{
  nn_session_push (self, (NnCommand){ .kind = NN_COMMAND_WATCH, .index = index });
}

/**
 * nn_session_show_sample:
 *
 * @choice: of one input, or of none
 *
 * From the next frame on, frames carry each unit's output for this input.
 */
void
nn_session_show_sample (NnSession *self, const NnSampleChoice *choice)
{
  nn_session_push (self, (NnCommand){ .kind = NN_COMMAND_SAMPLE, .sample = *choice });
}

/**
 * nn_session_set_plane:
 *
 * @plane: of the input space, or a choice of examples
 *
 * From the next frame on, frames carry the activations over this plane or these examples.
 * For data with more than two features.
 */
void
nn_session_set_plane (NnSession *self, const NnPlaneChoice *plane)
{
  nn_session_push (self, (NnCommand){ .kind = NN_COMMAND_PLANE, .plane = *plane });
}

/**
 * nn_session_open_tensor:
 *
 * @choice: of one tensor, or of none
 *
 * For a job whose model is not a chain of layers: from the next frame on, frames carry
 * the values of this tensor.
 */
void
nn_session_open_tensor (NnSession *self, const NnTensorChoice *choice)
{
  nn_session_push (self, (NnCommand){ .kind = NN_COMMAND_TENSOR, .tensor = *choice });
}

/**
 * nn_session_preview:
 * @nudge: (nullable): gets a reference; NULL ends the preview
 *
 * From the next frame on, frames carry the network as it would be if @nudge were applied
 * now; the run does not change. While running, the preview of a large network may be a
 * few steps old.
 */
void
nn_session_preview (NnSession *self, NnNudge *nudge)
{
  nn_session_push (self, (NnCommand){ .kind = NN_COMMAND_PREVIEW,
                                      .nudge = nudge ? nn_nudge_ref (nudge) : NULL });
}

/**
 * nn_session_ask:
 * @key: chosen by the caller for this question
 * @question: (nullable): copied; replaces the previous one of that @key; NULL removes it
 *
 * Frames carry the newest answer to each question until the question is removed; answers
 * follow the run. For a small network the answer comes with the next frame. For a large
 * one it takes longer: while paused it comes in a frame of its own, and frames before
 * that are unfinished; while running, answers take about 1/30 of the time, and come as
 * often as that allows. Asking changes nothing in the run.
 */
void
nn_session_ask (NnSession *self, guint key, const NnQuestion *question)
{
  NnQuestion *copy = NULL;

  if (question) {
    copy = g_new0 (NnQuestion, 1);
    nn_question_copy (copy, question);
  }
  nn_session_push (self,
                   (NnCommand){ .kind = NN_COMMAND_ASK, .key = key, .question = copy });
}

/**
 * nn_session_score:
 *
 * Computes the loss and accuracy of the present weights over all training examples,
 * between two steps: training waits for that forward pass. Frames have the result among
 * their scores (NN_SCORE_WHOLE). Asking changes nothing in the run.
 */
void
nn_session_score (NnSession *self)
{
  nn_session_push (self, (NnCommand){ .kind = NN_COMMAND_SCORE });
}

/**
 * nn_session_find_start:
 * @step: of an account (nn/whatif/nn-account.h)
 * @before: the last step at which the account can start
 * @found: gets the log of the run that has been at @step, and that run's newest
 *   checkpoint at or before @before, if there is one
 *
 * Asking changes nothing in the run.
 */
void
nn_session_find_start (NnSession *self,
                       guint64 step,
                       guint64 before,
                       NnSessionFound found,
                       gpointer data)
{
  nn_session_push (self, (NnCommand){ .kind = NN_COMMAND_FIND_START,
                                      .step = step,
                                      .before = before,
                                      .found = found,
                                      .found_data = data });
}

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
 * After nn_session_walk (), frames have only the landings from before the step's section;
 * from here on they have those of the section, too. So they do after nn_session_do ().
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
 *   at which the caller shows their phases; a run to a goal goes on by itself
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
 * Runs, as fast as possible, to the end of the present epoch; at its end already, to that
 * of the next one.
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
 * Pauses, and begins another run at step 0, of the experiment as it is now; repeating
 * nudges stay. Undo returns to the run before.
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
 * Breakpoints: a run pauses after @step, and where the loss of a step is @loss or less
 * and that of the step before was not.
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
 * Does @event between two steps, as nn_timeline_do (). One that is refused, such as an
 * edit that does not fit, or a change of a nudge that has been removed meanwhile, has no
 * effect; frames have the message as their refusal until the next event.
 *
 * Returns: the id of the nudge that @event is about; of one that is to repeat, its new id
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
 * Pauses, and goes back to just before the last event. Called again, to before the one
 * before that.
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
 * No frame comes before it is there. Another call on the way changes where it goes to.
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
 * It is trained on a thread of its own from step 0 on. Until it has caught up with a
 * paused run, frames come without being caused by a command, and are unfinished.
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
 * The changes of a step are recorded for a large network only if they are asked for: they
 * come with the next step.
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
 * since it was asked for.
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
 * From the next frame on, frames carry what each unit makes of this input.
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
 * Of a job whose model is no chain of layers: from the next frame on, frames carry the
 * values of this tensor.
 */
void
nn_session_open_tensor (NnSession *self, const NnTensorChoice *choice)
{
  nn_session_push (self, (NnCommand){ .kind = NN_COMMAND_TENSOR, .tensor = *choice });
}

/**
 * nn_session_preview:
 * @nudge: (nullable): gets a reference; NULL for no preview any more
 *
 * From the next frame on, frames carry what the network would be if @nudge were applied
 * now, which changes nothing. While running, the preview of a large network may be a few
 * steps old.
 */
void
nn_session_preview (NnSession *self, NnNudge *nudge)
{
  nn_session_push (self, (NnCommand){ .kind = NN_COMMAND_PREVIEW,
                                      .nudge = nudge ? nn_nudge_ref (nudge) : NULL });
}

/**
 * nn_session_ask:
 * @key: the caller's, for this question
 * @question: (nullable): copied, and replaces the one before of that @key; NULL removes
 *   it
 *
 * Frames carry the newest answer to each question until it is removed; it follows the
 * run. That of a small network comes with the next frame. That of a large one takes
 * longer: while paused it comes in a frame of its own, and frames before that are
 * unfinished; while running, answers are computed in about 1/30 of the time, and come as
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
 * between two steps: training waits for that forward pass. Frames have them among their
 * scores (NN_SCORE_WHOLE). Asking changes nothing in the run.
 */
void
nn_session_score (NnSession *self)
{
  nn_session_push (self, (NnCommand){ .kind = NN_COMMAND_SCORE });
}

/**
 * nn_session_find_start:
 * @step: of an account (nn/whatif/nn-account.h)
 * @before: the step at or before which it has to start
 * @found: gets the log of the run that has been at @step, and a checkpoint of it at or
 *   before @before, if there is one
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

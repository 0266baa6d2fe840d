/* nn-trainer-nudges.c - a run as its nudges see it
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/run/nn-trainer-private.h"

/**
 * nn_trainer_get_nudge_context:
 * @step: the step under way, or the one just taken
 *
 * Returns: what a nudge in a section of @kind works on, valid until the next step
 */
NnNudgeContext
nn_trainer_get_nudge_context (const NnTrainer *self, NnSectionKind kind, guint64 step)
{
  NnNudgeContext context = {
    .network = self->network,
    .optimizer = self->optimizer,
    .noise = self->noise,
    .init = &self->experiment->init,
    .initial = self->w0,
    .slow = self->slow,
    .step = step,
    .rate = (float) nn_optimizer_get_settings (self->optimizer)->lr,
    .scratch = self->scratch,
  };

  /* Before the optimizer's step, the values before it are the present ones. */
  if (kind != NN_SECTION_AFTER_STEP)
    context.before = nn_network_get_values (self->network);
  else if (self->before_step > 0 && self->before_step == step)
    context.before = self->before;
  return context;
}

static NnNudgeContext
get_context (gpointer run, NnSectionKind kind, guint64 step)
{
  return nn_trainer_get_nudge_context (run, kind, step);
}

static double
evaluate (gpointer run, NnSectionKind kind)
{
  return (double) (kind == NN_SECTION_AFTER_STEP ? nn_trainer_evaluate (run)
                                                 : nn_trainer_evaluate_input (run));
}

/**
 * nn_trainer_new_schedule:
 *
 * Returns: (transfer full): an empty one, whose nudges are applied to @self
 */
NnNudgeSchedule *
nn_trainer_new_schedule (NnTrainer *self)
{
  static const NnNudgeHost host = { get_context, evaluate };

  return nn_nudge_schedule_new (&host, self);
}

/**
 * nn_trainer_measure_next_landings:
 *
 * As nn_nudge_schedule_measure_next ().
 */
void
nn_trainer_measure_next_landings (NnTrainer *self)
{
  nn_nudge_schedule_measure_next (self->schedule);
}

gsize
nn_trainer_get_n_standing (const NnTrainer *self)
{
  return nn_nudge_schedule_get_n (self->schedule);
}

/**
 * nn_trainer_get_standing:
 *
 * Returns: (transfer none): until the next change
 */
const NnStanding *
nn_trainer_get_standing (const NnTrainer *self, gsize index)
{
  return nn_nudge_schedule_get (self->schedule, index);
}

/**
 * nn_trainer_find_standing:
 *
 * Returns: the index of the nudge with @id, or -1 if it does not repeat (any more)
 */
gssize
nn_trainer_find_standing (const NnTrainer *self, guint64 id)
{
  return nn_nudge_schedule_find (self->schedule, id);
}

/**
 * nn_trainer_get_next_id:
 *
 * Returns: a free id for the next repeating nudge
 */
guint64
nn_trainer_get_next_id (const NnTrainer *self)
{
  return nn_nudge_schedule_get_next_id (self->schedule);
}

/**
 * nn_trainer_get_landings:
 *
 * Returns: (transfer none) (array length=n_landings): as nn_nudge_schedule_get_landings ()
 */
const NnLanding *
nn_trainer_get_landings (const NnTrainer *self, gsize *n_landings)
{
  return nn_nudge_schedule_get_landings (self->schedule, n_landings);
}

/**
 * nn_trainer_get_n_news:
 *
 * Returns: as nn_nudge_schedule_get_n_news ()
 */
guint64
nn_trainer_get_n_news (const NnTrainer *self)
{
  return nn_nudge_schedule_get_n_news (self->schedule);
}

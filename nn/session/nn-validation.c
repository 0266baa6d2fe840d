/* nn-validation.c - the loss of the examples that are held out, along a run
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/session/nn-validation.h"

/* After a pass that took t, none for so many t. */
#define REST 39

void
nn_validation_init (NnValidation *self)
{
  *self = (NnValidation){
    .points = g_array_new (FALSE, FALSE, sizeof (NnLossPoint)),
    .spacing = 1,
  };
}

void
nn_validation_clear (NnValidation *self)
{
  g_clear_pointer (&self->points, g_array_unref);
}

static const NnLossPoint *
get_point (const NnValidation *self, gsize index)
{
  return &g_array_index (self->points, NnLossPoint, index);
}

/* Of the points, those at @step or before. */
static gsize
count_until (const NnValidation *self, guint64 step)
{
  gsize from = 0, to = self->points->len;

  while (from < to) {
    const gsize middle = from + (to - from) / 2;

    if (get_point (self, middle)->step <= step)
      from = middle + 1;
    else
      to = middle;
  }
  return from;
}

/**
 * nn_validation_cut:
 *
 * The run goes another way from @step on: what was at and beyond it does not hold.
 */
void
nn_validation_cut (NnValidation *self, guint64 step)
{
  if (self->points->len > 0 && get_point (self, self->points->len - 1)->step >= step)
    g_array_set_size (self->points, step > 0 ? (guint) count_until (self, step - 1) : 0);
}

static void
drop_every_other (NnValidation *self)
{
  guint n = 0;

  for (guint i = 0; i < self->points->len; i += 2)
    g_array_index (self->points, NnLossPoint, n++) = *get_point (self, i);
  g_array_set_size (self->points, n);
  self->spacing =
      MAX (2 * self->spacing, get_point (self, n - 1)->step / NN_VALIDATION_MOST);
}

/**
 * nn_validation_add:
 *
 * A point at the same step is replaced. The newest one is always there: it may be nearer
 * to the one before than the others, which then makes place for the next.
 */
void
nn_validation_add (NnValidation *self, guint64 step, float loss)
{
  const NnLossPoint point = { step, loss };
  const gsize n = count_until (self, step);

  if (n > 0 && get_point (self, n - 1)->step == step) {
    g_array_index (self->points, NnLossPoint, n - 1) = point;
    return;
  }
  if (n > 1 && n == self->points->len &&
      get_point (self, n - 1)->step - get_point (self, n - 2)->step < self->spacing) {
    g_array_index (self->points, NnLossPoint, n - 1) = point;
    return;
  }
  g_array_insert_val (self->points, (guint) n, point);
  if (self->points->len > NN_VALIDATION_MOST)
    drop_every_other (self);
}

/**
 * nn_validation_measure:
 * @running: then it may be put off, until it has cost little enough
 *
 * Adds the point at @trainer's step, if there are examples held out.
 */
void
nn_validation_measure (NnValidation *self, NnTrainer *trainer, gboolean running)
{
  const NnDataset *dataset = nn_trainer_get_dataset (trainer);
  const gint64 begin = g_get_monotonic_time ();

  if (dataset->n_training == dataset->n_examples || (running && begin < self->next_us))
    return;
  nn_validation_add (self, nn_trainer_get_n_steps (trainer),
                     nn_trainer_evaluate_held_out (trainer));
  self->next_us = begin + (1 + REST) * (g_get_monotonic_time () - begin);
}

/**
 * nn_validation_write:
 * @frame: gets the points up to its step
 */
void
nn_validation_write (const NnValidation *self, NnFrame *frame)
{
  frame->n_validation = count_until (self, frame->step);
  frame->validation =
      g_memdup2 (self->points->data, frame->n_validation * sizeof (NnLossPoint));
}

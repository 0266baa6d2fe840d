/* nn-job-losses.c - the losses that a job sends, as a history
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/attach/nn-job-losses.h"

#include <math.h>

/* The longest gap of steps without a loss that is filled: nudge_attach.py keeps this many
 * losses. After a longer gap the history starts again. */
#define MOST_LEFT_OUT (1 << 20)

/* Returns: NAN if it is not a number */
double
nn_job_losses_read (const json_t *number)
{
  return json_is_number (number) ? json_number_value (number) : (double) NAN;
}

/* A history has a loss for each step: for one that was not sent, or is not finite, the
 * previous loss is repeated. */
static void
add (NnHistory *history, guint64 step, float loss)
{
  const guint64 n_steps = nn_history_get_n_steps (history);
  float before = loss;

  if (step <= n_steps)
    return;
  if (n_steps < nn_history_get_first_step (history) || step - n_steps > MOST_LEFT_OUT)
    nn_history_begin (history, step - 1);
  else
    nn_history_get_loss (history, n_steps, &before);
  while (nn_history_get_n_steps (history) + 1 < step)
    nn_history_append (history, before);
  nn_history_append (history, isfinite (loss) ? loss : before);
}

/**
 * nn_job_losses_add:
 * @frame: with "losses": pairs of a step and its loss, in the order of steps
 */
void
nn_job_losses_add (NnHistory *history, const NnMessage *frame)
{
  const json_t *losses = json_object_get (frame->head, "losses");

  for (gsize i = 0; i < json_array_size (losses); i++) {
    const json_t *pair = json_array_get (losses, i);
    const json_t *step = json_array_get (pair, 0);
    const double loss = nn_job_losses_read (json_array_get (pair, 1));

    if (json_is_integer (step) && json_integer_value (step) > 0)
      add (history, (guint64) json_integer_value (step), (float) loss);
  }
}

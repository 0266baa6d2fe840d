/* nn-quantity.c - what can be known of each value of the parameters
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/run/nn-quantity.h"

#include <math.h>
#include <string.h>

static void
fill_nan (float *numbers, gsize n)
{
  for (gsize i = 0; i < n; i++)
    numbers[i] = NAN;
}

/* What is asked for. */
typedef struct {
  gsize first;
  gsize n;
  float *numbers; /* (n) out */
} Part;

/* Copies what of @parameter is asked for; @values: (n_values of it) (nullable): %NULL
 * for none. */
static void
read_parameter (const Part *part, const NnParameterShape *parameter, const float *values)
{
  const gsize first = MAX (part->first, parameter->offset);
  const gsize end = MIN (part->first + part->n, parameter->offset + parameter->n_values);

  if (first >= end)
    return;
  if (values)
    memcpy (part->numbers + (first - part->first), values + (first - parameter->offset),
            (end - first) * sizeof (float));
  else
    fill_nan (part->numbers + (first - part->first), end - first);
}

static void
read_gradients (const NnTrainer *trainer, const Part *part)
{
  const NnNetwork *network = nn_trainer_get_network (trainer);
  const NnArchitecture *architecture = nn_network_get_architecture (network);

  for (gsize i = 0; i < architecture->n_parameters; i++) {
    const NnTensor *grad = nn_tensor_get_grad (nn_network_get_parameter (network, i));

    read_parameter (part, &architecture->parameters[i],
                    grad ? nn_tensor_get_values (grad) : NULL);
  }
}

static void
read_slow (const NnTrainer *trainer, const Part *part)
{
  const NnSlowCopies *slow = nn_trainer_get_slow (trainer);
  const NnArchitecture *architecture =
      nn_network_get_architecture (nn_trainer_get_network (trainer));

  for (gsize i = 0; i < architecture->n_parameters; i++)
    read_parameter (part, &architecture->parameters[i], nn_slow_copies_get (slow, i));
}

static void
read_since_start (const NnTrainer *trainer, const Part *part)
{
  const float *values = nn_network_get_values (nn_trainer_get_network (trainer));
  const float *initial = g_bytes_get_data (nn_trainer_get_initial (trainer), NULL);

  for (gsize i = 0; i < part->n; i++)
    part->numbers[i] = values[part->first + i] - initial[part->first + i];
}

static void
read_moment (const NnTrainer *trainer, gsize index, const Part *part)
{
  const NnOptimizer *optimizer = nn_trainer_get_optimizer (trainer);

  if (index < nn_optimizer_get_n_moments (optimizer))
    memcpy (part->numbers, nn_optimizer_get_moment (optimizer, index) + part->first,
            part->n * sizeof (float));
  else
    fill_nan (part->numbers, part->n);
}

static void
read_change (const NnTrainer *trainer, NnQuantity quantity, const Part *part)
{
  const float *values = nn_network_get_values (nn_trainer_get_network (trainer));
  const NnLastChange *change = nn_trainer_get_change (trainer);

  if (change == NULL)
    fill_nan (part->numbers, part->n);
  else if (quantity == NN_QUANTITY_CHANGE)
    nn_last_change_read (change, values, part->first, part->n, part->numbers);
  else if (quantity == NN_QUANTITY_OPTIMIZER_CHANGE)
    nn_last_change_read_optimizer (change, values, part->first, part->n, part->numbers);
  else
    nn_last_change_read_nudges (change, values, part->first, part->n, part->numbers);
}

/**
 * nn_quantity_get_moment_name:
 *
 * Returns: (nullable): as PyTorch's state calls it; %NULL if optimizers of @type have no
 *   such moment, or @quantity is none
 */
const char *
nn_quantity_get_moment_name (NnOptimizerType type, NnQuantity quantity)
{
  if (quantity < NN_QUANTITY_MOMENT_1 || quantity > NN_QUANTITY_MOMENT_3)
    return NULL;
  return nn_optimizer_get_kind (type)->moments[quantity - NN_QUANTITY_MOMENT_1];
}

/* Returns: those that a run can have whose optimizer is of @type */
NnQuantities
nn_quantity_list (NnOptimizerType type)
{
  NnQuantities all = NN_QUANTITY_BIT (NN_N_QUANTITIES) - 1;

  for (gsize i = NN_QUANTITY_MOMENT_1; i <= NN_QUANTITY_MOMENT_3; i++)
    if (nn_quantity_get_moment_name (type, (NnQuantity) i) == NULL)
      all &= ~NN_QUANTITY_BIT (i);
  return all;
}

/**
 * nn_quantity_read:
 * @trainer: between steps
 * @first: index into the flat vector of parameters
 * @numbers: (n) out: from the @first on
 */
void
nn_quantity_read (NnQuantity quantity,
                  const NnTrainer *trainer,
                  gsize first,
                  gsize n,
                  float *numbers)
{
  const Part part = { first, n, numbers };

  switch (quantity) {
  case NN_QUANTITY_VALUE:
    memcpy (numbers, nn_network_get_values (nn_trainer_get_network (trainer)) + first,
            n * sizeof (float));
    break;
  case NN_QUANTITY_GRADIENT:
    read_gradients (trainer, &part);
    break;
  case NN_QUANTITY_CHANGE:
  case NN_QUANTITY_OPTIMIZER_CHANGE:
  case NN_QUANTITY_NUDGE_CHANGE:
    read_change (trainer, quantity, &part);
    break;
  case NN_QUANTITY_SINCE_START:
    read_since_start (trainer, &part);
    break;
  case NN_QUANTITY_MOMENT_1:
  case NN_QUANTITY_MOMENT_2:
  case NN_QUANTITY_MOMENT_3:
    read_moment (trainer, quantity - NN_QUANTITY_MOMENT_1, &part);
    break;
  case NN_QUANTITY_SLOW:
    read_slow (trainer, &part);
    break;
  case NN_QUANTITY_CONTRIBUTION: /* there is no sample but in a frame */
    fill_nan (numbers, n);
    break;
  case NN_N_QUANTITIES:
  default:
    g_return_if_reached ();
  }
}

/* nn-quantity.h - what can be known of each value of the parameters
 *
 * SPDX-License-Identifier: MIT
 *
 * Each is one number for each value of the flat vector of parameters; NAN where there is
 * none: no gradient, no slow copy, no step yet.
 */

#pragma once

#include "nn/run/nn-trainer.h"

G_BEGIN_DECLS

typedef enum {
  NN_QUANTITY_VALUE,            /* itself; frames have it in any case */
  NN_QUANTITY_GRADIENT,         /* ∂loss/∂w, of the newest step */
  NN_QUANTITY_CHANGE,           /* since the newest step began */
  NN_QUANTITY_OPTIMIZER_CHANGE, /* the part of CHANGE by that step's optimizer */
  NN_QUANTITY_NUDGE_CHANGE,     /* the part of CHANGE by nudges, one-off ones too */
  NN_QUANTITY_SINCE_START, /* the value minus that of step 0, or after the newest edit */
  NN_QUANTITY_MOMENT_1, /* the optimizer's moments, by nn_quantity_get_moment_name () */
  NN_QUANTITY_MOMENT_2,
  NN_QUANTITY_MOMENT_3,
  NN_QUANTITY_SLOW,         /* the slow copy */
  NN_QUANTITY_CONTRIBUTION, /* w · x of the sample that is shown: its term of a unit's sum */
  NN_N_QUANTITIES,
} NnQuantity;

/* A set of them: the sum of their bits. */
typedef guint NnQuantities;

#define NN_QUANTITY_BIT(quantity) (1u << (quantity))

/* Those that need nn_trainer_keep_change (). */
#define NN_QUANTITIES_OF_CHANGE                                                          \
  (NN_QUANTITY_BIT (NN_QUANTITY_CHANGE) |                                                \
   NN_QUANTITY_BIT (NN_QUANTITY_OPTIMIZER_CHANGE) |                                      \
   NN_QUANTITY_BIT (NN_QUANTITY_NUDGE_CHANGE))

NnQuantities nn_quantity_list (NnOptimizerType type);
const char *nn_quantity_get_moment_name (NnOptimizerType type, NnQuantity quantity);
void nn_quantity_read (NnQuantity quantity,
                       const NnTrainer *trainer,
                       gsize first,
                       gsize n,
                       float *numbers);

G_END_DECLS

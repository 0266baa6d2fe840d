/* nn-quantity.h - what there is to know of each value of the parameters
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
  NN_QUANTITY_VALUE,    /* itself; a frame has it in any case */
  NN_QUANTITY_GRADIENT, /* ∂loss/∂w, of the newest step */
  NN_QUANTITY_CHANGE, /* what the value has changed by since the newest step began … */
  NN_QUANTITY_OPTIMIZER_CHANGE, /* … what that step's optimizer has added of it … */
  NN_QUANTITY_NUDGE_CHANGE,     /* … and what nudges have, those by hand included */
  NN_QUANTITY_SINCE_START,      /* the value minus that of step 0, or of an edit */
  NN_QUANTITY_MOMENT_1,         /* the optimizer's first moment … */
  NN_QUANTITY_MOMENT_2,
  NN_QUANTITY_MOMENT_3,
  NN_QUANTITY_SLOW,         /* the slow copy */
  NN_QUANTITY_CONTRIBUTION, /* of the sample that is shown: what it adds to a unit's sum */
  NN_N_QUANTITIES,
} NnQuantity;

/* A set of them: the sum of their bits. */
typedef guint NnQuantities;

#define NN_QUANTITY_BIT(quantity) (1u << (quantity))

/* Those that only a run which keeps its newest change knows. */
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

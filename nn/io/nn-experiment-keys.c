/* nn-experiment-keys.c - how an optimizer's settings are called in a .nudge file
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/io/nn-experiment-keys.h"

#define SGD       (1u << NN_OPTIMIZER_SGD)
#define ADAM      (1u << NN_OPTIMIZER_ADAM | 1u << NN_OPTIMIZER_ADAMW)
#define RMSPROP   (1u << NN_OPTIMIZER_RMSPROP)
#define ADAGRAD   (1u << NN_OPTIMIZER_ADAGRAD)
#define ALL       (SGD | ADAM | RMSPROP | ADAGRAD)
#define AT(field) G_STRUCT_OFFSET (NnOptimizerSettings, field)

G_STATIC_ASSERT (AT (beta2) == AT (beta1) + sizeof (double));

const NnOptimizerKey nn_optimizer_keys[NN_OPTIMIZER_N_KEYS] = {
  { "lr", NN_KEY_NUMBER, AT (lr), ALL },
  { "lr_decay", NN_KEY_NUMBER, AT (lr_decay), ADAGRAD },
  { "initial_accumulator_value", NN_KEY_NUMBER, AT (initial_accumulator_value), ADAGRAD },
  { "betas", NN_KEY_PAIR, AT (beta1), ADAM },
  { "alpha", NN_KEY_NUMBER, AT (alpha), RMSPROP },
  { "eps", NN_KEY_NUMBER, AT (eps), ADAM | RMSPROP | ADAGRAD },
  { "momentum", NN_KEY_NUMBER, AT (momentum), SGD | RMSPROP },
  { "nesterov", NN_KEY_FLAG, AT (nesterov), SGD },
  { "centered", NN_KEY_FLAG, AT (centered), RMSPROP },
  { "weight_decay", NN_KEY_NUMBER, AT (weight_decay), ALL },
};

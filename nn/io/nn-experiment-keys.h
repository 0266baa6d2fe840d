/* nn-experiment-keys.h - how an optimizer's settings are called in a .nudge file
 *
 * SPDX-License-Identifier: MIT
 *
 * Known to the reader and the writer of experiment files alone.
 */

#pragma once

#include "nn/optim/nn-optimizer.h"

G_BEGIN_DECLS

typedef enum {
  NN_KEY_NUMBER,
  NN_KEY_PAIR, /* two numbers, the second right behind the first */
  NN_KEY_FLAG,
} NnKeyType;

typedef struct {
  const char *name; /* PyTorch's */
  NnKeyType type;
  gsize offset; /* in NnOptimizerSettings */
  guint takers; /* bit k is set: the NnOptimizerType k has it */
} NnOptimizerKey;

#define NN_OPTIMIZER_N_KEYS 10

/* In the order in which they are written. */
extern const NnOptimizerKey nn_optimizer_keys[NN_OPTIMIZER_N_KEYS];

G_END_DECLS

/* nn-chain-order.h - in which order layers make a chain
 *
 * SPDX-License-Identifier: MIT
 *
 * Private to nn-chain.c.
 */

#pragma once

#include "nn/files/nn-array.h"

G_BEGIN_DECLS

typedef struct {
  char *name;            /* (owned) "net.0" */
  const NnArray *weight; /* (not owned) (outputs, inputs) */
  const NnArray *bias;   /* (not owned) (nullable) */
} NnChainLayer;

typedef enum {
  NN_CHAIN_FILE_ORDER,
  NN_CHAIN_NAME_ORDER,
  NN_CHAIN_SHAPE_ORDER,
} NnChainOrder;

gboolean nn_chain_order (GPtrArray *layers, NnChainOrder *order, GError **error);

G_END_DECLS

/* nn-chain-order.h - finds an order of layers in which their shapes fit
 *
 * SPDX-License-Identifier: MIT
 *
 * Private to nn-chain.c.
 */

#pragma once

#include "nn/arrays/nn-array.h"

G_BEGIN_DECLS

typedef struct {
  char *name;            /* (owned) "net.0" */
  const NnArray *weight; /* (not owned) (outputs, inputs) */
  const NnArray *bias;   /* (not owned) (nullable) */
} NnChainLayer;

/* How the order was found: the first of these that fits. */
typedef enum {
  NN_CHAIN_FILE_ORDER,  /* as in the file */
  NN_CHAIN_NAME_ORDER,  /* sorted by name, "net.2" before "net.10" */
  NN_CHAIN_SHAPE_ORDER, /* searched for: a guess */
} NnChainOrder;

gboolean nn_chain_order (GPtrArray *layers, NnChainOrder *order, GError **error);

G_END_DECLS

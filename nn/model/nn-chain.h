/* nn-chain.h - the network that arrays of weights and biases are of
 *
 * SPDX-License-Identifier: MIT
 *
 * Arrays called NAME.weight (outputs, inputs) and NAME.bias (outputs), as PyTorch's
 * state_dict has them, each layer's inputs the outputs of the one before. Every array has
 * to fit: one that does not is an error that names it, its shape and what would fit.
 */

#pragma once

#include "nn/model/nn-parameters.h"

G_BEGIN_DECLS

typedef struct {
  NnArchitecture *architecture; /* (owned) with the arrays' names */
  GPtrArray *arrays;            /* (owned) (element-type NnArray) the network's */
  char *member;     /* (owned) (nullable) which part of the file they are: "model" */
  GPtrArray *notes; /* (owned) (element-type utf8) what was guessed */
} NnChain;

gboolean nn_chain_is_likely (const GPtrArray *arrays);
NnChain *nn_chain_find (GPtrArray *arrays, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void nn_chain_free (NnChain *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnChain, nn_chain_free)

G_END_DECLS

/* nn-chain.h - recognises the network in the arrays of a file
 *
 * SPDX-License-Identifier: MIT
 *
 * For opening a state_dict, or any file of arrays, as a network: arrays called
 * NAME.weight (outputs, inputs) and NAME.bias (outputs), each layer's inputs the outputs
 * of the one before. Every array has to fit: one that does not is an error that names it,
 * its shape and what would fit. The file has no activations, so these are guessed, which
 * a note says.
 */

#pragma once

#include "nn/model/nn-parameters.h"

G_BEGIN_DECLS

typedef struct {
  NnArchitecture *architecture; /* (owned) its parameters have the arrays' names */
  GPtrArray *arrays;            /* (owned) (element-type NnArray) the parameters */
  char *member; /* (owned) (nullable) the part of the file that is the network: "model" */
  GPtrArray *notes; /* (owned) (element-type utf8) what was guessed, for the user */
} NnChain;

gboolean nn_chain_is_likely (const GPtrArray *arrays);
NnChain *nn_chain_find (GPtrArray *arrays, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void nn_chain_free (NnChain *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnChain, nn_chain_free)

G_END_DECLS

/* nn-init.h - a network's first weights
 *
 * SPDX-License-Identifier: MIT
 *
 *   torch            nn.Linear's default for weights and biases
 *   xavier_uniform, xavier_normal, kaiming_uniform, kaiming_normal
 *                    torch.nn.init's of those names with their defaults (kaiming: gain √2,
 *                    fan_in) for weights, drawn over nn.Linear's default as a PyTorch script
 *                    would: layers are first all drawn as "torch", then, in order, each weight
 *                    again and each bias set to 0
 *   zeros, constant  every weight and bias, likewise after the default draws
 */

#pragma once

#include "nn/model/nn-network.h"
#include "nn/tensor/nn-random.h"

G_BEGIN_DECLS

typedef enum {
  NN_INIT_TORCH,
  NN_INIT_XAVIER_UNIFORM,
  NN_INIT_XAVIER_NORMAL,
  NN_INIT_KAIMING_UNIFORM,
  NN_INIT_KAIMING_NORMAL,
  NN_INIT_ZEROS,
  NN_INIT_CONSTANT,
  NN_N_INITS,
} NnInitType;

typedef struct {
  NnInitType type;
  float constant; /* of NN_INIT_CONSTANT */
} NnInit;

const char *nn_init_get_name (NnInitType type);
gboolean nn_init_find (const char *name, NnInitType *type, GError **error);
void nn_init_draw (const NnInit *self,
                   gboolean is_bias,
                   gsize fan_in,
                   gsize fan_out,
                   float *values,
                   gsize n,
                   NnRandom *random);
void nn_init_network (const NnInit *self, NnNetwork *network, NnRandom *random);

G_END_DECLS

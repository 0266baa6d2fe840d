/* nn-init.h - the initialisation of a network's parameters, as torch.nn.init does it
 *
 * SPDX-License-Identifier: MIT
 *
 * Names, defaults and draws are torch.nn.init's; "torch" is nn.Linear's default. Any
 * other overwrites that default, as in a PyTorch script, which matters for the sequence
 * of random numbers: first all layers are drawn as "torch", then each weight and bias
 * again, in order. The types are rows of the table in nn-init.c.
 */

#pragma once

#include "nn/base/nn-setting.h"
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
  float constant; /* only of NN_INIT_CONSTANT */
} NnInit;

/* A parameter, or a part of one, to be drawn. */
typedef struct {
  gboolean is_bias;
  double fan_in;  /* the layer's inputs */
  double fan_out; /* its outputs */
  float *values;  /* (n) (out) */
  gsize n;
} NnInitDraw;

typedef struct {
  const char *name;
  const char *sentence;
  NnSettings settings;
  gboolean zero_biases; /* biases are 0, and only weights are drawn */
  void (*draw) (const NnInit *self, const NnInitDraw *what, NnRandom *random);
} NnInitKind;

const NnInitKind *nn_init_get_kind (NnInitType type);
const char *nn_init_get_name (NnInitType type);
gboolean nn_init_find (const char *name, NnInitType *type, GError **error);
gboolean nn_init_check (const NnInit *self, GError **error);
void nn_init_draw (const NnInit *self,
                   gboolean is_bias,
                   gsize fan_in,
                   gsize fan_out,
                   float *values,
                   gsize n,
                   NnRandom *random);
void nn_init_network (const NnInit *self, NnNetwork *network, NnRandom *random);

G_END_DECLS

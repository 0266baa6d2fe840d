/* nn-init.h - a network's first weights
 *
 * SPDX-License-Identifier: MIT
 *
 * Names, defaults and draws are torch.nn.init's. Initialisations but torch, which is
 * nn.Linear's default, are drawn over it as a PyTorch script would: layers are first all
 * drawn as "torch", then, in order, each weight and each bias again. What there is to
 * know of one is a row of the table in nn-init.c.
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
  float constant; /* of NN_INIT_CONSTANT */
} NnInit;

/* What is drawn: a parameter, or a part of one. */
typedef struct {
  gboolean is_bias;
  double fan_in;  /* the layer's inputs */
  double fan_out; /* its outputs */
  float *values;  /* (n) out, overwritten */
  gsize n;
} NnInitDraw;

typedef struct {
  const char *name;
  const char *sentence;
  NnSettings settings;
  gboolean zero_biases; /* only weights are drawn */
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

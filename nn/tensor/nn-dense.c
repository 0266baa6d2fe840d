/* nn-dense.c - a dense layer as one operation
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/tensor/nn-dense.h"

#include "nn/kernels/nn-kernels.h"
#include "nn/tensor/nn-tensor-private.h"

/* Of the inputs. */
enum { X, WEIGHT, BIAS };

static void dense_backward (const NnNode *node);

/* One for each activation, so that a node says by its operation which it has. */
static const NnOperation operations[NN_N_ACTIVATIONS] = {
  [NN_ACTIVATION_IDENTITY] = { "linear", dense_backward },
  [NN_ACTIVATION_RELU] = { "linear and relu", dense_backward },
  [NN_ACTIVATION_LEAKY_RELU] = { "linear and leaky_relu", dense_backward },
  [NN_ACTIVATION_TANH] = { "linear and tanh", dense_backward },
  [NN_ACTIVATION_SIGMOID] = { "linear and sigmoid", dense_backward },
  [NN_ACTIVATION_GELU] = { "linear and gelu", dense_backward },
  [NN_ACTIVATION_SOFTPLUS] = { "linear and softplus", dense_backward },
};

static NnNode *
record (NnTape *tape, const NnOperation *operation, NnTensor *const *inputs)
{
  const NnTensor *x = inputs[X], *weight = inputs[WEIGHT];
  guint saved = 0;

  g_return_val_if_fail (weight->shape[1] == x->shape[0], NULL);
  g_return_val_if_fail (inputs[BIAS]->size == weight->shape[0], NULL);
  g_return_val_if_fail (nn_kernels_get_columns (x->shape[1]) == x->shape[1], NULL);

  /* What backward reads depends on whose gradient is wanted: a first layer's
   * weight is not read if its input is data. PyTorch saves the same. */
  if (weight->requires_grad)
    saved |= 1u << X;
  if (x->requires_grad)
    saved |= 1u << WEIGHT;
  return nn_tape_record (tape, operation, inputs, 3, saved, 2,
                         (const gsize[]){ weight->shape[0], x->shape[1] });
}

/**
 * nn_dense:
 * @x: (i,n)
 * @weight: (o,i)
 * @bias: (o)
 *
 * With z = w x + b and dz = dy f'(z): dw = dz xᵀ, db = Σ dz over the columns,
 * dx = wᵀ dz (Goodfellow et al., Deep Learning, 2016, §6.5.6).
 *
 * Returns: (o,n) f (w x + b)
 */
NnTensor *
nn_dense (NnTape *tape,
          NnTensor *x,
          NnTensor *weight,
          NnTensor *bias,
          NnActivation activation)
{
  const NnKernels *kernels = nn_kernels_get ();
  const NnOperation *operation = &operations[activation];
  NnTensor *const inputs[] = { x, weight, bias };
  NnNode *node = nn_tape_replay (tape, operation, inputs, 3);

  if (node == NULL)
    node = record (tape, operation, inputs);
  kernels->product (&(NnProduct){ .a = weight->values,
                                  .row_stride = weight->shape[1],
                                  .term_stride = 1,
                                  .bias = bias->values,
                                  .x = x->values,
                                  .y = node->output->values,
                                  .n_rows = weight->shape[0],
                                  .n_terms = weight->shape[1],
                                  .n_columns = x->shape[1],
                                  .relu = activation == NN_ACTIVATION_RELU });
  return node->output;
}

static void
dense_backward (const NnNode *node)
{
  const NnKernels *kernels = nn_kernels_get ();
  NnTensor *x = node->inputs[X];
  NnTensor *weight = node->inputs[WEIGHT];
  NnTensor *bias = node->inputs[BIAS];
  const gsize n_out = weight->shape[0], n_in = weight->shape[1];
  float *dz = node->output->grad->values;

  /* The output's gradient is not needed any more, so dz takes its place. */
  if (node->operation == &operations[NN_ACTIVATION_RELU])
    for (gsize i = 0; i < node->output->size; i++)
      dz[i] = node->output->values[i] > 0 ? dz[i] : 0;

  if (weight->requires_grad) {
    gboolean add;
    float *db = nn_tensor_begin_grad (bias, &add);
    float *dw = nn_tensor_begin_grad (weight, &add);

    kernels->gradients (&(NnGradients){ .dz = dz,
                                        .x = node->values[X],
                                        .dw = dw,
                                        .db = db,
                                        .n_out = n_out,
                                        .n_in = n_in,
                                        .n_columns = x->shape[1],
                                        .add = add });
  }
  if (x->requires_grad) {
    gboolean add;
    float *dx = nn_tensor_begin_grad (x, &add);

    kernels->product (&(NnProduct){ .a = node->values[WEIGHT],
                                    .row_stride = 1,
                                    .term_stride = n_in,
                                    .x = dz,
                                    .y = dx,
                                    .n_rows = n_in,
                                    .n_terms = n_out,
                                    .n_columns = x->shape[1],
                                    .add = add });
  }
}

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

/* What a node has worked out: everything but which values backward reads. */
typedef struct {
  const NnKernels *kernels;
  NnProduct forward;
  NnGradients gradients;
  NnProduct input_gradient;
} Plan;

static Plan *
make_plan (const NnNode *node, NnActivation activation)
{
  const NnTensor *x = node->inputs[X], *weight = node->inputs[WEIGHT];
  const gsize n_out = weight->shape[0], n_in = weight->shape[1], n = x->shape[1];
  Plan *plan = g_new (Plan, 1);

  *plan = (Plan){
    .kernels = nn_kernels_get (),
    .forward = { .a = weight->values,
                 .row_stride = n_in,
                 .term_stride = 1,
                 .bias = node->inputs[BIAS]->values,
                 .x = x->values,
                 .y = node->output->values,
                 .n_rows = n_out,
                 .n_terms = n_in,
                 .n_columns = n,
                 .relu = activation == NN_ACTIVATION_RELU },
    .gradients = { .n_out = n_out, .n_in = n_in, .n_columns = n },
    .input_gradient = { .row_stride = 1,
                        .term_stride = n_in,
                        .n_rows = n_in,
                        .n_terms = n_out,
                        .n_columns = n },
  };
  if (activation == NN_ACTIVATION_RELU)
    plan->gradients.y = node->output->values;
  return plan;
}

static NnNode *
record (NnTape *tape, NnActivation activation, NnTensor *const *inputs)
{
  const NnTensor *x = inputs[X], *weight = inputs[WEIGHT];
  guint saved = 0;
  NnNode *node;

  g_return_val_if_fail (weight->shape[1] == x->shape[0], NULL);
  g_return_val_if_fail (inputs[BIAS]->size == weight->shape[0], NULL);
  g_return_val_if_fail (nn_kernels_get_columns (x->shape[1]) == x->shape[1], NULL);

  /* What backward reads depends on whose gradient is wanted: a first layer's
   * weight is not read if its input is data. PyTorch saves the same. */
  if (weight->requires_grad)
    saved |= 1u << X;
  if (x->requires_grad)
    saved |= 1u << WEIGHT;
  node = nn_tape_record (tape, &operations[activation], inputs, 3, saved, 2,
                         (const gsize[]){ weight->shape[0], x->shape[1] });
  node->data = make_plan (node, activation);
  return node;
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
  NnTensor *const inputs[] = { x, weight, bias };
  NnNode *node = nn_tape_replay (tape, &operations[activation], inputs, 3);
  const Plan *plan;

  if (G_UNLIKELY (node == NULL))
    node = record (tape, activation, inputs);
  plan = node->data;
  plan->kernels->product (&plan->forward);
  return node->output;
}

static void
dense_backward (const NnNode *node)
{
  NnTensor *x = node->inputs[X];
  NnTensor *weight = node->inputs[WEIGHT];
  Plan *plan = node->data;
  float *dz =
      node->output->grad->values; /* dy, until the activation is undone in place */

  plan->gradients.dz = dz;
  plan->gradients.x = node->values[X];
  nn_tensor_begin_grad (node->inputs[BIAS], &plan->gradients.add);
  plan->gradients.dw = nn_tensor_begin_grad (weight, &plan->gradients.add);
  plan->kernels->gradients (&plan->gradients);
  if (x->requires_grad) {
    plan->input_gradient.a = node->values[WEIGHT];
    plan->input_gradient.x = dz;
    plan->input_gradient.y = nn_tensor_begin_grad (x, &plan->input_gradient.add);
    plan->kernels->product (&plan->input_gradient);
  }
}

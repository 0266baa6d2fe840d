/* nn-dense.c - a dense layer as one operation
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/tensor/nn-dense.h"

#include "nn/kernels/nn-gemm.h"
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
  void (*product) (const NnProduct *product);
  void (*sum_gradients) (const NnGradients *gradients);
  NnActivation activation;
  gsize n_outputs; /* units × columns */
  float *z;        /* w x + b: a place of its own where the derivative needs it, else y */
  float *y;
  NnProduct forward;
  NnGradients gradients;
  float room[]; /* z, and the gradients if they have no common place */
} Plan;

static gboolean
lie_side_by_side (const NnTensor *weight, const NnTensor *bias)
{
  return weight->grad && bias->grad &&
         bias->grad->values == weight->grad->values + weight->size;
}

static Plan *
make_plan (const NnNode *node, NnActivation activation)
{
  const NnTensor *x = node->inputs[X], *weight = node->inputs[WEIGHT];
  const NnTensor *bias = node->inputs[BIAS], *output = node->output;
  const gsize n_out = weight->shape[0], n_in = weight->shape[1], n = x->shape[1];
  const gsize n_z = nn_activation_needs_input (activation) ? output->size : 0;
  const gsize n_sums = lie_side_by_side (weight, bias) ? 0 : weight->size + bias->size;
  const gboolean large = nn_gemm_pays (n_out, n_in, n);
  Plan *plan = g_malloc (sizeof *plan + (n_z + n_sums) * sizeof (float));

  *plan = (Plan){
    .kernels = nn_kernels_get (),
    .product = large ? nn_gemm_product : nn_kernels_get ()->product,
    .sum_gradients = large ? nn_gemm_gradients : nn_kernels_get ()->gradients,
    .activation = activation,
    .n_outputs = output->size,
    .y = output->values,
    .forward = { .a = weight->values,
                 .row_stride = n_in,
                 .term_stride = 1,
                 .bias = bias->values,
                 .x = x->values,
                 .y_stride = n,
                 .n_rows = n_out,
                 .n_terms = n_in,
                 .n_columns = n,
                 .relu = activation == NN_ACTIVATION_RELU },
    .gradients = { .n_out = n_out,
                   .n_in = n_in,
                   .n_columns = n,
                   .dw = n_sums > 0 ? plan->room + n_z : NULL },
  };
  plan->z = plan->forward.y = n_z > 0 ? plan->room : plan->y;
  if (activation == NN_ACTIVATION_RELU)
    plan->gradients.y = plan->y;
  return plan;
}

static NnNode *
record (NnTape *tape, NnActivation activation, NnTensor *const *inputs)
{
  const NnTensor *x = inputs[X], *weight = inputs[WEIGHT];
  guint saved = 0;
  NnNode *node;

  g_assert (weight->shape[1] == x->shape[0]);
  g_assert (inputs[BIAS]->size == weight->shape[0]);
  g_assert (nn_kernels_get_columns (x->shape[1]) == x->shape[1]);

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
  Plan *plan;

  if (G_UNLIKELY (node == NULL))
    node = record (tape, activation, inputs);
  plan = node->data;
  plan->forward.x = node->values[X] = x->values; /* a batch may lie elsewhere each time */
  plan->product (&plan->forward);
  if (activation > NN_ACTIVATION_RELU)
    plan->kernels->activate (activation, plan->z, plan->y, plan->n_outputs);
  return node->output;
}

static void
add_to_grad (NnTensor *parameter, const float *sums)
{
  float *grad;

  if (!parameter->requires_grad)
    return;
  grad = nn_tensor_accumulate_grad (parameter);
  for (gsize i = 0; i < parameter->size; i++)
    grad[i] += sums[i];
}

/* What is rare: tensors of their own, or one of the two frozen, or both. */
static G_NO_INLINE void
differ_backward (const NnNode *node, Plan *plan)
{
  NnTensor *weight = node->inputs[WEIGHT], *bias = node->inputs[BIAS];
  NnGradients *gradients = &plan->gradients;
  float *room = gradients->dw;
  g_autofree float *sums = room ? NULL : g_new (float, weight->size + bias->size);

  gradients->dw = room ? room : sums;
  gradients->add = FALSE;
  plan->sum_gradients (gradients);
  add_to_grad (weight, gradients->dw);
  add_to_grad (bias, gradients->dw + weight->size);
  gradients->dw = room;
}

static void
dense_backward (const NnNode *node)
{
  NnTensor *x = node->inputs[X], *weight = node->inputs[WEIGHT];
  NnTensor *bias = node->inputs[BIAS];
  Plan *plan = node->data;
  NnGradients *gradients = &plan->gradients;
  float *dz =
      node->output->grad->values; /* dy, until the activation is undone in place */

  if (plan->activation > NN_ACTIVATION_RELU)
    plan->kernels->activate_backward (plan->activation, plan->z, plan->y, dz, dz,
                                      plan->n_outputs);
  gradients->dz = dz;
  gradients->x = node->values[X];
  gradients->w = node->values[WEIGHT];
  gradients->dx = x->requires_grad ? nn_tensor_begin_grad (x, &gradients->add_dx) : NULL;
  if (gradients->dw == NULL && weight->requires_grad && bias->requires_grad &&
      weight->has_grad == bias->has_grad) {
    gradients->dw = nn_tensor_begin_grad (weight, &gradients->add);
    nn_tensor_begin_grad (bias, &gradients->add);
    plan->sum_gradients (gradients);
    gradients->dw = NULL;
  } else {
    differ_backward (node, plan);
  }
}

/* nn-dense.c - a chain of dense layers as one operation
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/tensor/nn-dense.h"

#include <string.h>

#include "nn/kernels/nn-gemm.h"
#include "nn/kernels/nn-threads.h"
#include "nn/tensor/nn-dense-plan.h"
#include "nn/tensor/nn-grad.h"

#define X         NN_DENSE_X
#define WEIGHT(i) NN_DENSE_WEIGHT (i)
#define BIAS(i)   NN_DENSE_BIAS (i)

static void dense_forward (NnNode *node);
static void dense_backward (const NnNode *node);
static void dense_repeat_backward (const NnNode *node);
static const char *get_layer_name (const NnNode *node, gsize input);

static const NnOperation operation = {
  .name = "dense layers",
  .backward = dense_backward,
  .get_part_name = get_layer_name,
  .repeat_forward = dense_forward,
  .repeat_backward = dense_repeat_backward,
};

static const char *
get_layer_name (const NnNode *node, gsize input)
{
  static const char *const names[] = {
#define ROW(type, name) [type] = "linear and " #name,
#include "nn/kernels/activations.inc"
#undef ROW
  };
  const NnDensePlan *plan = node->data;
  const NnActivation activation =
      plan->layers[input > X ? (input - WEIGHT (0)) / 2 : 0].activation;

  return activation == NN_ACTIVATION_IDENTITY ? "linear" : names[activation];
}

/* The inputs whose values backward reads: the first layer's weight only if x requires a
 * gradient, and so on. PyTorch saves the same tensors.
 *
 * Returns: bit i for inputs[i] */
static guint
find_saved (NnTensor *const *inputs, gsize n_layers)
{
  const gsize n_frozen = nn_dense_count_frozen (inputs, n_layers);
  guint saved = 0;

  if (inputs[WEIGHT (0)]->requires_grad)
    saved |= 1u << X;
  if (inputs[X]->requires_grad)
    saved |= 1u << WEIGHT (0);
  for (gsize i = n_frozen + 1; i < n_layers; i++)
    saved |= 1u << WEIGHT (i);
  return saved;
}

static G_NO_INLINE NnNode *
record (NnTape *tape, NnTensor *const *inputs, gsize n_layers, guint64 activations)
{
  const gsize n_columns = inputs[X]->shape[1];
  const NnTensor *last = inputs[WEIGHT (n_layers - 1)];
  NnNode *node;

  g_assert (nn_kernels_get_columns (n_columns) == n_columns);
  for (gsize i = 0; i < n_layers; i++) {
    g_assert (inputs[WEIGHT (i)]->shape[1] ==
              inputs[i > 0 ? WEIGHT (i - 1) : X]->shape[0]);
    g_assert (inputs[BIAS (i)]->size == inputs[WEIGHT (i)]->shape[0]);
  }
  node = nn_tape_record (tape, &operation, inputs, BIAS (n_layers - 1) + 1,
                         find_saved (inputs, n_layers), 2,
                         (const gsize[]){ last->shape[0], n_columns });
  node->variant = activations;
  node->data = nn_dense_plan_new (node, n_layers, activations);
  return node;
}

static void
activate_part (gconstpointer data, gsize first, gsize end)
{
  const NnLayer *layer = data;

  nn_kernels_get ()->activate (layer->activation, layer->z + first, layer->y + first,
                               end - first);
}

static void
activate_backward_part (gconstpointer data, gsize first, gsize end)
{
  const NnLayer *layer = data;
  float *dz = layer->backward.dz + first;

  nn_kernels_get ()->activate_backward (layer->activation, layer->z + first,
                                        layer->y + first, dz, dz, end - first);
}

static void
layer_forward (const NnDensePlan *plan, gsize i)
{
  const NnLayer *layer = &plan->layers[i];

  if (!plan->large[i]) {
    plan->kernels->layers_forward (layer, 1);
    return;
  }
  nn_gemm_product (&layer->forward, i > 0, plan->scratch);
  if (layer->activation > NN_ACTIVATION_RELU)
    nn_threads_run_floats (layer->n_outputs, activate_part, layer);
}

/* By itself, as what it calls would cost dense_forward () registers. */
static G_NO_INLINE void
each_layer_forward (const NnDensePlan *plan)
{
  for (gsize i = 0; i < plan->n_layers; i++)
    layer_forward (plan, i);
}

static void
dense_forward (NnNode *node)
{
  NnDensePlan *plan = node->data;

  node->values[X] = node->inputs[X]->values; /* x may be moved to another batch */
  plan->layers[0].forward.x = node->inputs[X]->values;
  if (plan->small)
    plan->kernels->layers_forward (plan->layers, plan->n_layers);
  else
    each_layer_forward (plan);
}

/**
 * nn_dense_chain:
 * @inputs: (2 n_layers + 1) x (i,n), then each layer's weight (o,i) and bias (o); for a
 *   layer without a bias, zeros that require no gradient
 * @n_layers: 1 to NN_DENSE_MAX_LAYERS
 * @activations: the NN_DENSE_CHAIN_ACTIVATION () of all layers, ORed
 *
 * Each layer computes y = f (z), z = w x + b. Backward, with dz = dy f'(z): dw = dz xᵀ,
 * db = Σ dz over the columns, dx = wᵀ dz (Goodfellow et al., Deep Learning, 2016,
 * §6.5.6). Outputs of hidden layers are private to the operation.
 *
 * Returns: (transfer none): (o,n) the last layer's output, owned by the tape
 */
NnTensor *
nn_dense_chain (NnTape *tape,
                NnTensor *const *inputs,
                gsize n_layers,
                guint64 activations)
{
  const gsize n_inputs = BIAS (n_layers - 1) + 1;
  NnNode *node = nn_tape_replay (tape, &operation, activations, inputs, n_inputs);

  if (G_UNLIKELY (node == NULL))
    node = record (tape, inputs, n_layers, activations);
  dense_forward (node);
  return node->output;
}

/**
 * nn_dense:
 * @x: (i,n)
 * @weight: (o,i)
 * @bias: (o); zeros that require no gradient for none
 *
 * nn_dense_chain () of one layer: f (w x + b).
 *
 * Returns: (transfer none): (o,n), owned by the tape
 */
NnTensor *
nn_dense (NnTape *tape,
          NnTensor *x,
          NnTensor *weight,
          NnTensor *bias,
          NnActivation activation)
{
  NnTensor *const inputs[] = { x, weight, bias };

  return nn_dense_chain (tape, inputs, 1, NN_DENSE_CHAIN_ACTIVATION (0, activation));
}

/* Returns: TRUE if the parameters' gradients were checked on the way and are
 * all finite */
static gboolean
layer_backward (NnDensePlan *plan, gsize i)
{
  NnLayer *layer = &plan->layers[i];

  if (!plan->large[i]) {
    plan->kernels->layers_backward (layer, 1);
    return FALSE;
  }
  if (layer->activation > NN_ACTIVATION_RELU)
    nn_threads_run_floats (layer->n_outputs, activate_backward_part, layer);
  return nn_gemm_gradients (&layer->backward, plan->scratch);
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

/* Lets layer @i write directly into its tensors' gradients.
 *
 * Returns: FALSE if they must be added there from a copy: the gradients of weight
 *   and bias are not contiguous, the weight is frozen, or only one of the two has
 *   a gradient */
static inline gboolean
point_at_grads (const NnNode *node, NnDensePlan *plan, gsize i)
{
  NnTensor *weight = node->inputs[WEIGHT (i)], *bias = node->inputs[BIAS (i)];
  NnGradients *g = &plan->layers[i].backward;

  g->w = node->values[WEIGHT (i)];
  if (plan->sums[i] || !weight->requires_grad)
    return FALSE;
  if (g->apart) {
    g->dw = nn_tensor_begin_grad (weight, &g->add);
    return TRUE;
  }
  if ((*weight->grad_status == NN_GRAD_NONE) != (*bias->grad_status == NN_GRAD_NONE))
    return FALSE;
  g->dw = nn_tensor_begin_grad (weight, &g->add);
  g->db = g->dw + weight->size;
  *bias->grad_status = NN_GRAD_THERE;
  return TRUE;
}

/* Of a joined plan, with no gradient yet: all are overwritten. */
static inline void
begin_all_grads (const NnNode *node, NnDensePlan *plan)
{
  guint8 *status = node->inputs[WEIGHT (0)]->grad_status;

  for (gsize i = 0; i < plan->n_layers; i++, status += 2) {
    plan->layers[i].backward.w = node->values[WEIGHT (i)];
    plan->layers[i].backward.add = FALSE;
    status[0] = status[1] = NN_GRAD_THERE;
  }
}

/* The fast path of point_at_grads () for all layers of a joined plan, which every
 * training step takes.
 *
 * Returns: FALSE if the plan is not joined or there is a gradient already */
static gboolean
point_at_all_grads (const NnNode *node, NnDensePlan *plan)
{
  static const guint8 none[NN_DENSE_MAX_INPUTS] = { NN_GRAD_NONE };

  if (!plan->joined ||
      memcmp (node->inputs[WEIGHT (0)]->grad_status, none, 2 * plan->n_layers) != 0)
    return FALSE;
  begin_all_grads (node, plan);
  return TRUE;
}

static void
layer_backward_copied (const NnNode *node, NnDensePlan *plan, gsize i)
{
  NnTensor *weight = node->inputs[WEIGHT (i)], *bias = node->inputs[BIAS (i)];
  NnGradients *g = &plan->layers[i].backward;
  g_autofree float *sums =
      plan->sums[i] ? NULL : g_new (float, weight->size + bias->size);

  g->dw = plan->sums[i] ? plan->sums[i] : sums;
  if (!g->apart)
    g->db = g->dw + weight->size;
  g->add = FALSE;
  layer_backward (plan, i);
  add_to_grad (weight, g->dw);
  add_to_grad (bias, g->db);
}

static void
note_finite (const NnNode *node, const NnDensePlan *plan, gsize i)
{
  *node->inputs[WEIGHT (i)]->grad_status = NN_GRAD_FINITE;
  if (!plan->layers[i].backward.apart)
    *node->inputs[BIAS (i)]->grad_status = NN_GRAD_FINITE;
}

static void
dense_backward (const NnNode *node)
{
  NnDensePlan *plan = node->data;
  NnTensor *x = node->inputs[X];
  NnGradients *first = &plan->layers[0].backward;
  gboolean direct[NN_DENSE_MAX_LAYERS], all = plan->small;

  /* Holds dy until the activation's derivative is multiplied in, in place. */
  plan->layers[plan->n_layers - 1].backward.dz = node->output->grad->values;
  first->x = node->values[X];
  first->dx = x->requires_grad ? nn_tensor_begin_grad (x, &first->add_dx) : NULL;
  plan->overwritten = point_at_all_grads (node, plan);
  if (plan->overwritten) {
    plan->kernels->layers_backward (plan->layers, plan->n_layers);
    return;
  }
  for (gsize i = plan->n_frozen; i < plan->n_layers; i++)
    all &= direct[i] = point_at_grads (node, plan, i);
  if (all) {
    plan->kernels->layers_backward (plan->layers + plan->n_frozen,
                                    plan->n_layers - plan->n_frozen);
    return;
  }
  for (gsize i = plan->n_layers; i-- > plan->n_frozen;)
    if (!direct[i])
      layer_backward_copied (node, plan, i);
    else if (layer_backward (plan, i))
      note_finite (node, plan, i);
}

#define THERE_TWICE (NN_GRAD_THERE | NN_GRAD_THERE << 8)

/* Whether every status byte is NN_GRAD_THERE, as the last pass left it. Then none needs
 * to be stored again: the optimizer loads eight at once, and such a load would stall on
 * the recent single-byte stores. Read two at a time, a layer's weights' and bias's. */
static inline gboolean
grads_are_there (const NnNode *node, const NnDensePlan *plan)
{
  const guint8 *status = node->inputs[WEIGHT (0)]->grad_status;
  guint16 all = THERE_TWICE;

  for (gsize i = 0; i < plan->n_layers; i++) {
    guint16 both;

    memcpy (&both, status + 2 * i, sizeof both);
    all &= both;
  }
  return all == THERE_TWICE;
}

static void
dense_repeat_backward (const NnNode *node)
{
  NnDensePlan *plan = node->data;

  if (plan->overwritten && grads_are_there (node, plan)) {
    plan->layers[0].backward.x = node->values[X];
    plan->kernels->layers_backward (plan->layers, plan->n_layers);
    return;
  }
  for (gsize i = 0; i < node->n_inputs; i++)
    *node->inputs[i]->grad_status = NN_GRAD_NONE;
  dense_backward (node);
}

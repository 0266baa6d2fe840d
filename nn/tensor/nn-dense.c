/* nn-dense.c - a chain of dense layers as one operation
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/tensor/nn-dense.h"

#include <string.h>

#include "nn/kernels/nn-gemm.h"
#include "nn/kernels/nn-threads.h"
#include "nn/tensor/nn-grad.h"

#define CACHE_LINE 64

G_STATIC_ASSERT (NN_DENSE_MAX_INPUTS <= NN_NODE_MAX_INPUTS);
G_STATIC_ASSERT (NN_N_ACTIVATIONS <= 1 << NN_DENSE_BITS);

/* Of the inputs. */
#define X         0
#define WEIGHT(i) (1 + 2 * (i))
#define BIAS(i)   (2 + 2 * (i))

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

/* What is computed once, when a node is recorded: all but which values backward reads. */
typedef struct {
  const NnKernels *kernels;
  gsize n_layers;
  gsize n_idle;   /* so many of the first layers need no gradient, nor do their inputs */
  gboolean small; /* none of them is large */
  gboolean
      together;   /* besides, all parameters' gradients are wanted and no other, and the
                        tensors' own and what is known of them follow each other */
  gboolean begun; /* together, and the newest backward pass has overwritten them there */
  gboolean large[NN_DENSE_MAX_LAYERS]; /* its products run on several threads */
  /* (nullable) For the gradients of a weight and a bias whose own are not contiguous. */
  float *sums[NN_DENSE_MAX_LAYERS];
  float *scratch; /* of the large layers' products */
  NnLayer layers[NN_DENSE_MAX_LAYERS];
  float buffer[]; /* hidden outputs, sums and scratch, which the above point into */
} Plan;

static gboolean
grads_are_contiguous (const NnTensor *weight, const NnTensor *bias)
{
  return weight->grad && bias->grad &&
         bias->grad->values == weight->grad->values + weight->size;
}

/* Sizes, and how each pass begins. */
static void
init_layer (NnLayer *layer,
            const NnTensor *weight,
            const NnTensor *bias,
            gsize n_columns,
            NnActivation activation)
{
  const gsize n_out = weight->shape[0], n_in = weight->shape[1];

  *layer = (NnLayer){
    .activation = activation,
    .n_outputs = n_out * n_columns,
    .forward = { .a = weight->values,
                 .row_stride = n_in,
                 .term_stride = 1,
                 .bias = bias->values,
                 .y_stride = n_columns,
                 .n_rows = n_out,
                 .n_terms = n_in,
                 .n_columns = n_columns,
                 .relu = activation == NN_ACTIVATION_RELU },
    .backward = { .n_out = n_out, .n_in = n_in, .n_columns = n_columns },
  };
}

typedef struct {
  float *start; /* NULL while sizes are measured: then no array has an address */
  gsize n_used; /* floats */
} Buffer;

/* Takes @n floats, from a cache line's start. */
static float *
take (Buffer *buffer, gsize n)
{
  float *start = buffer->start ? buffer->start + buffer->n_used : NULL;

  buffer->n_used +=
      (n * sizeof (float) + CACHE_LINE - 1) / CACHE_LINE * CACHE_LINE / sizeof (float);
  return start;
}

/* Gives every array its address: in @buffer, and each layer's output where the next layer
 * reads it. Returns: the floats that are used of the buffer */
static gsize
lay_out (Plan *plan, const NnNode *node, float *start)
{
  Buffer buffer = { .start = start };
  gsize n_scratch = 0;

  for (gsize i = 0; i < plan->n_layers; i++) {
    const NnTensor *weight = node->inputs[WEIGHT (i)], *bias = node->inputs[BIAS (i)];
    NnLayer *layer = &plan->layers[i];
    const gboolean last = i + 1 == plan->n_layers;

    layer->y = last ? node->output->values : take (&buffer, layer->n_outputs);
    layer->z = nn_activation_needs_input (layer->activation)
                   ? take (&buffer, layer->n_outputs)
                   : layer->y;
    layer->forward.y = layer->z;
    layer->backward.y = layer->activation == NN_ACTIVATION_RELU ? layer->y : NULL;
    layer->backward.dz = last ? NULL : take (&buffer, layer->n_outputs);
    if (i > 0) {
      layer->forward.x = layer->backward.x = layer[-1].y;
      layer->backward.dx = i > plan->n_idle ? layer[-1].backward.dz : NULL;
    }
    layer->backward.apart = !bias->requires_grad;
    if (layer->backward.apart)
      layer->backward.db = take (&buffer, bias->size); /* computed, and not read */
    else if (!grads_are_contiguous (weight, bias))
      plan->sums[i] = take (&buffer, weight->size + bias->size);
    if (plan->large[i])
      n_scratch = MAX (n_scratch,
                       nn_gemm_get_scratch (layer->backward.n_out, layer->backward.n_in,
                                            layer->backward.n_columns));
  }
  plan->scratch = take (&buffer, n_scratch);
  return buffer.n_used;
}

static gsize
count_idle (NnTensor *const *inputs, gsize n_layers)
{
  gsize n = 0;

  while (n < n_layers && !inputs[X]->requires_grad &&
         !inputs[WEIGHT (n)]->requires_grad && !inputs[BIAS (n)]->requires_grad)
    n++;
  return n;
}

/* Points the layers at their tensors' gradients, if they can stay there. */
static gboolean
join_grads (const NnNode *node, Plan *plan)
{
  const guint8 *states = node->inputs[WEIGHT (0)]->grad_status;

  if (!plan->small || plan->n_idle > 0 || node->inputs[X]->requires_grad)
    return FALSE;
  for (gsize i = 0; i < plan->n_layers; i++) {
    const NnTensor *weight = node->inputs[WEIGHT (i)], *bias = node->inputs[BIAS (i)];
    NnGradients *g = &plan->layers[i].backward;

    if (plan->sums[i] || g->apart || !weight->requires_grad ||
        weight->grad_status != states + 2 * i || bias->grad_status != states + 2 * i + 1)
      return FALSE;
    g->dw = weight->grad->values;
    g->db = bias->grad->values;
  }
  return TRUE;
}

static Plan *
make_plan (const NnNode *node, gsize n_layers, guint64 activations)
{
  const gsize n_columns = node->inputs[X]->shape[1];
  Plan measure = { .kernels = nn_kernels_get (), .n_layers = n_layers, .small = TRUE };
  gsize n_bytes, offset;
  Plan *plan;

  measure.n_idle = count_idle (node->inputs, n_layers);
  for (gsize i = 0; i < n_layers; i++) {
    const NnTensor *weight = node->inputs[WEIGHT (i)];

    init_layer (&measure.layers[i], weight, node->inputs[BIAS (i)], n_columns,
                activations >> (NN_DENSE_BITS * i) & ((1u << NN_DENSE_BITS) - 1));
    measure.large[i] = nn_gemm_pays (weight->shape[0], weight->shape[1], n_columns);
    measure.small &= !measure.large[i];
  }
  n_bytes = lay_out (&measure, node, NULL) * sizeof (float);
  plan = g_malloc (sizeof *plan + n_bytes + CACHE_LINE);
  *plan = measure;
  offset = GPOINTER_TO_SIZE (plan->buffer) % CACHE_LINE;
  lay_out (plan, node, (float *) ((char *) plan->buffer + CACHE_LINE - offset));
  for (gsize i = 0; i < n_layers; i++) {
    plan->kernels->choose_loops (&plan->layers[i]);
    if (plan->layers[i].backward.apart)
      memset (plan->layers[i].backward.db, 0,
              node->inputs[BIAS (i)]->size * sizeof (float));
  }
  plan->together = join_grads (node, plan);
  return plan;
}

static const char *
get_layer_name (const NnNode *node, gsize input)
{
  static const char *const names[] = {
#define ROW(type, name) [type] = "linear and " #name,
#include "nn/kernels/activations.inc"
#undef ROW
  };
  const Plan *plan = node->data;
  const NnActivation activation =
      plan->layers[input > X ? (input - WEIGHT (0)) / 2 : 0].activation;

  return activation == NN_ACTIVATION_IDENTITY ? "linear" : names[activation];
}

/* What backward reads depends on whose gradient is wanted: a first layer's weight is not
 * read if its input is data. PyTorch saves the same. */
static guint
find_saved (NnTensor *const *inputs, gsize n_layers)
{
  const gsize n_idle = count_idle (inputs, n_layers);
  guint saved = 0;

  if (inputs[WEIGHT (0)]->requires_grad)
    saved |= 1u << X;
  if (inputs[X]->requires_grad)
    saved |= 1u << WEIGHT (0);
  for (gsize i = n_idle + 1; i < n_layers; i++)
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
  node->data = make_plan (node, n_layers, activations);
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
layer_forward (const Plan *plan, gsize i)
{
  const NnLayer *layer = &plan->layers[i];

  if (!plan->large[i]) {
    plan->kernels->layers_forward (layer, 1);
    return;
  }
  nn_gemm_product (&layer->forward, plan->scratch);
  if (layer->activation > NN_ACTIVATION_RELU)
    nn_threads_run_floats (layer->n_outputs, activate_part, layer);
}

static void
dense_forward (NnNode *node)
{
  Plan *plan = node->data;

  node->values[X] = node->inputs[X]->values; /* each batch may have its own address */
  plan->layers[0].forward.x = node->inputs[X]->values;
  if (plan->small)
    plan->kernels->layers_forward (plan->layers, plan->n_layers);
  else
    for (gsize i = 0; i < plan->n_layers; i++)
      layer_forward (plan, i);
}

/**
 * nn_dense_chain:
 * @inputs: (2 n_layers + 1) x (i,n), and each layer's weight (o,i) and bias (o); a layer
 *   without a bias is given zeros that require no gradient
 * @n_layers: up to %NN_DENSE_MAX_LAYERS
 * @activations: NN_DENSE_CHAIN_ACTIVATION () of each layer, together
 *
 * With z = w x + b and dz = dy f'(z): dw = dz xᵀ, db = Σ dz over the columns,
 * dx = wᵀ dz (Goodfellow et al., Deep Learning, 2016, §6.5.6). Hidden outputs are private
 * to the operation.
 *
 * Returns: (o,n) f (w x + b) of the last layer
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
 *
 * One layer, as nn_dense_chain ().
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

/* Returns: whether its parameters' gradients are known to be finite */
static gboolean
layer_backward (Plan *plan, gsize i)
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

/* Lets layer @i write its gradients where the tensors have them. Returns: FALSE if they
 * must be copied there instead: weight and bias are tensors of their own, or the weight is
 * frozen, or only one of the two has a gradient */
static inline gboolean
point_at_grads (const NnNode *node, Plan *plan, gsize i)
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

/* Where the tensors' gradients follow each other: what was there is none. */
static inline void
begin_all_grads (const NnNode *node, Plan *plan)
{
  guint8 *status = node->inputs[WEIGHT (0)]->grad_status;

  for (gsize i = 0; i < plan->n_layers; i++, status += 2) {
    plan->layers[i].backward.w = node->values[WEIGHT (i)];
    plan->layers[i].backward.add = FALSE;
    status[0] = status[1] = NN_GRAD_THERE;
  }
}

/* As point_at_grads () of every layer where that is the same for all of them, as it is in
 * every step of a run. Returns: FALSE if it is not */
static gboolean
point_at_all_grads (const NnNode *node, Plan *plan)
{
  static const guint8 none[NN_DENSE_MAX_INPUTS] = { NN_GRAD_NONE };

  if (!plan->together ||
      memcmp (node->inputs[WEIGHT (0)]->grad_status, none, 2 * plan->n_layers) != 0)
    return FALSE;
  begin_all_grads (node, plan);
  return TRUE;
}

static void
layer_backward_copied (const NnNode *node, Plan *plan, gsize i)
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
note_finite (const NnNode *node, const Plan *plan, gsize i)
{
  *node->inputs[WEIGHT (i)]->grad_status = NN_GRAD_FINITE;
  if (!plan->layers[i].backward.apart)
    *node->inputs[BIAS (i)]->grad_status = NN_GRAD_FINITE;
}

static void
dense_backward (const NnNode *node)
{
  Plan *plan = node->data;
  NnTensor *x = node->inputs[X];
  NnGradients *first = &plan->layers[0].backward;
  gboolean direct[NN_DENSE_MAX_LAYERS], all = plan->small;

  /* dy, until the activation is undone in place. */
  plan->layers[plan->n_layers - 1].backward.dz = node->output->grad->values;
  first->x = node->values[X];
  first->dx = x->requires_grad ? nn_tensor_begin_grad (x, &first->add_dx) : NULL;
  plan->begun = point_at_all_grads (node, plan);
  if (plan->begun) {
    plan->kernels->layers_backward (plan->layers, plan->n_layers);
    return;
  }
  for (gsize i = plan->n_idle; i < plan->n_layers; i++)
    all &= direct[i] = point_at_grads (node, plan, i);
  if (all) {
    plan->kernels->layers_backward (plan->layers + plan->n_idle,
                                    plan->n_layers - plan->n_idle);
    return;
  }
  for (gsize i = plan->n_layers; i-- > plan->n_idle;)
    if (!direct[i])
      layer_backward_copied (node, plan, i);
    else if (layer_backward (plan, i))
      note_finite (node, plan, i);
}

/* Whether all are there, as the pass before left them. Then no status is stored, which the
 * optimizer, as it loads many of them at once, would have to wait for. */
#define THERE_TWICE (NN_GRAD_THERE | NN_GRAD_THERE << 8)

static inline gboolean
grads_are_there (const NnNode *node, const Plan *plan)
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
  Plan *plan = node->data;

  if (plan->begun && grads_are_there (node, plan)) {
    plan->layers[0].backward.x = node->values[X];
    plan->kernels->layers_backward (plan->layers, plan->n_layers);
    return;
  }
  for (gsize i = 0; i < node->n_inputs; i++)
    *node->inputs[i]->grad_status = NN_GRAD_NONE;
  dense_backward (node);
}

/* nn-dense-plan.c - the sizes, memory and gradient buffers of a chain of dense layers
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/tensor/nn-dense-plan.h"

#include <string.h>

#include "nn/kernels/nn-gemm.h"
#include "nn/tensor/nn-tensor-private.h"

#define CACHE_LINE 64
#define X          NN_DENSE_X
#define WEIGHT(i)  NN_DENSE_WEIGHT (i)
#define BIAS(i)    NN_DENSE_BIAS (i)

G_STATIC_ASSERT (NN_DENSE_MAX_INPUTS <= NN_NODE_MAX_INPUTS);
G_STATIC_ASSERT (NN_N_ACTIVATIONS <= 1 << NN_DENSE_BITS);

/* A cursor into the plan's buffer. */
typedef struct {
  float *start; /* NULL in the first pass, which only adds up sizes */
  gsize n_used; /* floats */
} Buffer;

static gboolean
grads_are_contiguous (const NnTensor *weight, const NnTensor *bias)
{
  return weight->grad && bias->grad &&
         bias->grad->values == weight->grad->values + weight->size;
}

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

/* Returns: @n floats, aligned to a cache line; NULL while sizes are added up */
static float *
take (Buffer *buffer, gsize n)
{
  float *start = buffer->start ? buffer->start + buffer->n_used : NULL;

  buffer->n_used +=
      (n * sizeof (float) + CACHE_LINE - 1) / CACHE_LINE * CACHE_LINE / sizeof (float);
  return start;
}

/* Assigns every array of the layers: from the buffer at @start, and each layer's output
 * as the next layer's input.
 *
 * Returns: how many floats of the buffer are used */
static gsize
assign_arrays (NnDensePlan *plan, const NnNode *node, float *start)
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
      layer->backward.dx = i > plan->n_frozen ? layer[-1].backward.dz : NULL;
    }
    layer->backward.apart = !bias->requires_grad;
    if (layer->backward.apart)
      layer->backward.db = take (&buffer, bias->size); /* computed, but never read */
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

/**
 * nn_dense_count_frozen:
 * @inputs: (2 n_layers + 1) as nn_dense_chain ()
 *
 * Returns: how many of the first layers need no gradient: neither x nor any of their
 *   parameters requires one
 */
gsize
nn_dense_count_frozen (NnTensor *const *inputs, gsize n_layers)
{
  gsize n = 0;

  while (n < n_layers && !inputs[X]->requires_grad &&
         !inputs[WEIGHT (n)]->requires_grad && !inputs[BIAS (n)]->requires_grad)
    n++;
  return n;
}

/* Points the layers at their tensors' gradients for good, if the plan can be joined. */
static gboolean
join_grads (const NnNode *node, NnDensePlan *plan)
{
  const guint8 *states = node->inputs[WEIGHT (0)]->grad_status;

  if (!plan->small || plan->n_frozen > 0 || node->inputs[X]->requires_grad)
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

/**
 * nn_dense_plan_new:
 * @node: recorded, with its inputs and output; these stay as they are
 * @activations: as nn_dense_chain ()
 *
 * Returns: (transfer full): to be freed with g_free ()
 */
NnDensePlan *
nn_dense_plan_new (const NnNode *node, gsize n_layers, guint64 activations)
{
  const gsize n_columns = node->inputs[X]->shape[1];
  NnDensePlan sizes = { .kernels = nn_kernels_get (),
                        .n_layers = n_layers,
                        .small = TRUE };
  gsize n_bytes, offset;
  NnDensePlan *plan;

  sizes.n_frozen = nn_dense_count_frozen (node->inputs, n_layers);
  for (gsize i = 0; i < n_layers; i++) {
    const NnTensor *weight = node->inputs[WEIGHT (i)];

    init_layer (&sizes.layers[i], weight, node->inputs[BIAS (i)], n_columns,
                activations >> (NN_DENSE_BITS * i) & ((1u << NN_DENSE_BITS) - 1));
    sizes.large[i] = nn_gemm_pays (weight->shape[0], weight->shape[1], n_columns);
    sizes.small &= !sizes.large[i];
  }
  n_bytes = assign_arrays (&sizes, node, NULL) * sizeof (float);
  plan = g_malloc (sizeof *plan + n_bytes + CACHE_LINE);
  *plan = sizes;
  offset = GPOINTER_TO_SIZE (plan->buffer) % CACHE_LINE;
  assign_arrays (plan, node, (float *) ((char *) plan->buffer + CACHE_LINE - offset));
  for (gsize i = 0; i < n_layers; i++) {
    plan->kernels->choose_loops (&plan->layers[i]);
    if (plan->layers[i].backward.apart)
      memset (plan->layers[i].backward.db, 0,
              node->inputs[BIAS (i)]->size * sizeof (float));
  }
  plan->joined = join_grads (node, plan);
  return plan;
}

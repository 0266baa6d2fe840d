/* nn-kernel-set.c - one set of loops; compiled once for each instruction set
 *
 * SPDX-License-Identifier: MIT
 *
 * The build gives NN_KERNEL_SET, the name of the set, and the compiler's options
 * for its instructions. Here a multiply and an add may become one rounding
 * (-ffp-contract=fast), as in PyTorch's own kernels; nothing else is relaxed.
 */

#include "nn/kernels/nn-kernel-set.h"

/* Each of these stands on the one before it, and the others on them. */
#include "nn/kernels/width.inc"

#include "nn/kernels/vector.inc"

#include "nn/kernels/math.inc"

#include "nn/kernels/map.inc"

#include "nn/kernels/dense-common.inc"

#include "nn/kernels/transpose.inc"

#include "nn/kernels/box-muller.inc"
#include "nn/kernels/elementwise.inc"
#include "nn/kernels/finite.inc"
#include "nn/kernels/losses.inc"
#include "nn/kernels/rows.inc"

#define W 4
#include "nn/kernels/dense.inc"
#if NN_WIDTH >= 8
#define W 8
#include "nn/kernels/dense.inc"
#endif
#if NN_WIDTH >= 16
#define W 16
#include "nn/kernels/dense.inc"
#endif

#define WIDEST(name) G_PASTE (G_PASTE (name, _), NN_WIDTH)

#include "nn/kernels/wide-gradients.inc"

#include "nn/kernels/packed.inc"

#if NN_WIDTH >= 8
#include "nn/kernels/narrow-gradients.inc"
#endif

static NnProductLoop *
find_product (const NnProduct *p)
{
  const gboolean few = p->n_rows * p->n_terms <= NN_FEW_WEIGHTS;

  if (p->n_columns == 4)
    return few ? few_products_4 : product_4;
#if NN_WIDTH > 4
  if (p->n_columns == 8)
    return few ? few_products_8 : product_8;
#endif
  return WIDEST (product);
}

static void
product (const NnProduct *p)
{
  find_product (p) (p);
}

static NnGradientsLoop *
find_gradients (const NnGradients *g)
{
  const gboolean few = g->n_out * g->n_in <= NN_FEW_WEIGHTS;

  if (g->n_columns == 4)
    return few ? few_gradients_4 : gradients_4;
#if NN_WIDTH > 4
  if (g->n_columns == 8)
    return few ? few_gradients_8 : gradients_8;
#endif
  if (g->n_in >= 16 && g->n_columns >= 16)
    return wide_gradients;
  return WIDEST (gradients);
}

static void
gradients (const NnGradients *g)
{
  find_gradients (g) (g);
}

static const NnActivationKind *const activations[] = {
#define ROW(type, name) [type] = &NN_IN_THIS_SET (nn_activation_##name),
#include "nn/kernels/activations.inc"
#undef ROW
};

static void
activate (NnActivation activation, const float *x, float *y, gsize n)
{
  activations[activation]->forward (x, y, n);
}

static void
activate_backward (NnActivation activation,
                   const float *x,
                   const float *y,
                   const float *dy,
                   float *dx,
                   gsize n)
{
  const NnActivationKind *kind = activations[activation];

  kind->backward (kind->reads_input ? x : y, dy, dx, n);
}

static void
exp_of (const float *x, float *y, gsize n)
{
  map (vector_exp, x, y, n);
}

#include "nn/kernels/tiny.inc"

/* A product, then the activation; and back. */
static void
run_forward (const NnLayer *layer)
{
  layer->product (&layer->forward);
  if (layer->activation > NN_ACTIVATION_RELU)
    activate (layer->activation, layer->z, layer->y, layer->n_outputs);
}

static void
run_backward (const NnLayer *layer)
{
  const NnGradients *g = &layer->backward;

  if (layer->activation > NN_ACTIVATION_RELU)
    activate_backward (layer->activation, layer->z, layer->y, g->dz, g->dz,
                       layer->n_outputs);
  layer->gradients (g);
}

static void
choose_loops (NnLayer *layer)
{
  const NnProduct *p = &layer->forward;
  const NnGradients *g = &layer->backward;
  layer->product = find_product (p);
  layer->gradients = find_gradients (g);
  layer->run_forward = run_forward;
  layer->run_backward = run_backward;
  layer->tiny = find_tiny (p->n_rows, p->n_terms, p->n_columns);
#if NN_WIDTH >= 8
  const NnActivationKind *kind = activations[layer->activation];

  if (p->n_columns != NN_WIDTH)
    return;
  layer->run_forward = kind->narrow_forward;
  if (g->n_in < G_N_ELEMENTS (narrow_gradients)) {
    layer->gradients = narrow_gradients[g->n_in];
    layer->run_backward = kind->narrow_backward;
  }
#endif
}

static void
layers_forward (const NnLayer *layers, gsize n_layers)
{
  const NnLayer *layer = layers, *end = layers + n_layers;

  while (layer < end)
    if (layer->tiny) {
      layer = tiny_forward (layer, end);
    } else {
      layer->run_forward (layer);
      layer++;
    }
}

static void
layers_backward (const NnLayer *layers, gsize n_layers)
{
  const NnLayer *layer = layers + n_layers - 1;

  while (layer >= layers)
    if (is_tiny_backward (layer)) {
      layer = tiny_backward (layer, layers);
    } else {
      layer->run_backward (layer);
      layer--;
    }
}

const NnKernels NN_IN_THIS_SET (nn_kernels) = {
  .name = G_STRINGIFY (NN_KERNEL_SET),
  .set = NN_IN_THIS_SET (NN_SET),
  .vector_width = NN_WIDTH,
  .all_finite = all_finite,
  .product = product,
  .gradients = gradients,
  .choose_loops = choose_loops,
  .layers_forward = layers_forward,
  .layers_backward = layers_backward,
  .pack_blocks = pack_blocks,
  .packed_product = packed_product,
  .sum_rows = sum_rows,
  .box_muller = box_muller,
  .activations = activations,
  .activate = activate,
  .activate_backward = activate_backward,
  .exp = exp_of,
  .elementwise_1 = elementwise_1,
  .elementwise_2 = elementwise_2,
  .choose = choose,
  .cross_entropy = cross_entropy,
  .soft_cross_entropy = soft_cross_entropy,
  .squared_error = squared_error,
};

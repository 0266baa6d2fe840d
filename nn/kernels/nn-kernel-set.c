/* nn-kernel-set.c - one set of loops; compiled once for each instruction set
 *
 * SPDX-License-Identifier: MIT
 *
 * The build gives NN_KERNEL_SET, the name of the set, and the compiler's options
 * for its instructions. Here a multiply and an add may become one rounding
 * (-ffp-contract=fast), as in PyTorch's own kernels; nothing else is relaxed.
 */

#include "nn/kernels/nn-kernel-set.h"

#if defined(__AVX512F__)
#define NN_WIDTH 16
#elif defined(__AVX2__)
#define NN_WIDTH 8
#else
#define NN_WIDTH 4
#endif

/* So many floats, or as many integers of their size, anywhere in memory. */
typedef float NnVector4 __attribute__ ((vector_size (16), aligned (4), may_alias));
typedef float NnVector8 __attribute__ ((vector_size (32), aligned (4), may_alias));
typedef float NnVector16 __attribute__ ((vector_size (64), aligned (4), may_alias));
typedef gint32 NnIntVector4 __attribute__ ((vector_size (16), aligned (4), may_alias));
typedef gint32 NnIntVector8 __attribute__ ((vector_size (32), aligned (4), may_alias));
typedef gint32 NnIntVector16 __attribute__ ((vector_size (64), aligned (4), may_alias));

/* What one register holds. */
typedef G_PASTE (NnVector, NN_WIDTH) NnVector;
typedef G_PASTE (NnIntVector, NN_WIDTH) NnIntVector;

/* Half as many floats, which are a register of doubles. */
typedef float NnHalfVector __attribute__ ((vector_size (2 * NN_WIDTH)));
typedef double NnDoubles __attribute__ ((vector_size (4 * NN_WIDTH)));
typedef gint64 NnLongs __attribute__ ((vector_size (4 * NN_WIDTH)));

/* Each of these stands on the one before it, and the others on them. */
#include "nn/kernels/vector.inc"

#include "nn/kernels/math.inc"

#include "nn/kernels/activations.inc"
#include "nn/kernels/box-muller.inc"
#include "nn/kernels/dense-common.inc"
#include "nn/kernels/elementwise.inc"
#include "nn/kernels/finite.inc"
#include "nn/kernels/losses.inc"
#include "nn/kernels/optimizers.inc"
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

#include "nn/kernels/tiny.inc"

#define WIDEST(name) G_PASTE (G_PASTE (name, _), NN_WIDTH)

#include "nn/kernels/wide-gradients.inc"

#include "nn/kernels/packed.inc"

static void
product (const NnProduct *p)
{
  const gboolean few = p->n_rows * p->n_terms <= FEW_WEIGHTS;

  if (p->n_columns == 4)
    return few ? few_products_4 (p) : product_4 (p);
#if NN_WIDTH > 4
  if (p->n_columns == 8)
    return few ? few_products_8 (p) : product_8 (p);
#endif
  WIDEST (product) (p);
}

static void
gradients (const NnGradients *g)
{
  const gboolean few = g->n_out * g->n_in <= FEW_WEIGHTS;

  if (g->n_columns == 4)
    return few ? few_gradients_4 (g) : gradients_4 (g);
#if NN_WIDTH > 4
  if (g->n_columns == 8)
    return few ? few_gradients_8 (g) : gradients_8 (g);
#endif
  if (g->n_in >= 16 && g->n_columns >= 16)
    return wide_gradients (g);
  WIDEST (gradients) (g);
}

static void
layers_forward (const NnLayer *layers, gsize n_layers)
{
  for (const NnLayer *layer = layers; layer < layers + n_layers; layer++) {
    const NnProduct *p = &layer->forward;

    if (is_tiny (p->n_rows, p->n_terms, p->n_columns))
      tiny_product (p);
    else
      product (p);
    if (layer->activation > NN_ACTIVATION_RELU)
      activate (layer->activation, layer->z, layer->y, layer->n_outputs);
  }
}

static void
layers_backward (const NnLayer *layers, gsize n_layers)
{
  for (const NnLayer *layer = layers + n_layers; layer-- > layers;) {
    const NnGradients *g = &layer->backward;

    if (layer->activation > NN_ACTIVATION_RELU)
      activate_backward (layer->activation, layer->z, layer->y, layer->backward.dz,
                         layer->backward.dz, layer->n_outputs);
    if (is_tiny (g->n_out, g->n_in, g->n_columns) && !g->add && !g->add_dx)
      tiny_gradients (g);
    else
      gradients (g);
  }
}

const NnKernels G_PASTE (nn_kernels_, NN_KERNEL_SET) = {
  .name = G_STRINGIFY (NN_KERNEL_SET),
  .vector_width = NN_WIDTH,
  .all_finite = all_finite,
  .product = product,
  .gradients = gradients,
  .layers_forward = layers_forward,
  .layers_backward = layers_backward,
  .pack_blocks = pack_blocks,
  .packed_product = packed_product,
  .sum_rows = sum_rows,
  .box_muller = box_muller,
  .sgd = sgd,
  .adam = adam,
  .rmsprop = rmsprop,
  .adagrad = adagrad,
  .activate = activate,
  .activate_backward = activate_backward,
  .exp = exp_of,
  .elementwise_1 = elementwise_1,
  .elementwise_2 = elementwise_2,
  .choose = choose,
  .cross_entropy = cross_entropy,
};

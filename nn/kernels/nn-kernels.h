/* nn-kernels.h - the inner loops, in the widest vectors this processor has
 *
 * SPDX-License-Identifier: MIT
 *
 * One set of loops, compiled for several instruction sets (see nn-kernel-set.c);
 * the best that the processor knows is chosen once. On processors other than
 * x86-64 there is one set. Arrays are row-major, do not overlap unless said so,
 * and need no alignment. Kernels know nothing of tensors, tapes or modes.
 */

#pragma once

#include <glib.h>

#include "nn/kernels/nn-activation-kind.h"
#include "nn/kernels/nn-elementwise.h"

G_BEGIN_DECLS

/* y = a x (+ bias, + y): a dense layer forward, or its input's gradient. */
typedef struct {
  const float *a; /* element (row, term) at row * row_stride + term * term_stride */
  gsize row_stride;
  gsize term_stride;
  const float *bias; /* (nullable) (n_rows) */
  const float *x;    /* (n_terms, n_columns) */
  float *y;          /* (n_rows, n_columns), a row every y_stride */
  gsize y_stride;
  gsize n_rows;
  gsize n_terms;
  gsize n_columns; /* see nn_kernels_get_columns () */
  gboolean add;    /* to what is in y, instead of the bias */
  gboolean relu;
} NnProduct;

/* A product of large matrices. Of x a packed copy is made first, in parts that several
 * threads may do; then rows of y are computed from it, likewise. */
typedef struct {
  NnProduct product;     /* but the elements of its x are where these say; one is 1 */
  gsize x_term_stride;   /* from one term to the next */
  gsize x_column_stride; /* from one column to the next */
  /* scratch: as many floats as x has, its columns rounded up to a vector */
  float *packed;
  gint *not_finite; /* (nullable) (atomic) set if an element of y is not finite, and
                       perhaps without need */
} NnPackedProduct;

/* Some of the elements of a product's y. */
typedef struct {
  gsize first_row;
  gsize end_row;
  gsize first_column; /* a multiple of two vectors */
  gsize end_column;   /* one, or the last column's end */
} NnProductPart;

#define NN_FEW_WEIGHTS  64  /* of a layer that is computed row by row */
#define NN_PACKED_ROWS  6   /* of y that are computed together */
#define NN_PACKED_TERMS 256 /* that are added up before they are added to y */

/* dw = dz xᵀ, db = Σ dz over the columns, dx = wᵀ dz: a dense layer backward. */
typedef struct {
  float *dz; /* (n_out, n_columns) */
  /* (nullable) relu's output: dz is first set to 0 where it is not above 0 */
  const float *y;
  const float *x; /* (n_in, n_columns) */
  const float *w; /* (n_out, n_in), where dx is wanted */
  float *dw;      /* (n_out, n_in) */
  float *db;      /* (n_out) */
  float *dx;      /* (nullable) (n_in, n_columns) */
  gsize n_out;
  gsize n_in;
  gsize n_columns; /* see nn_kernels_get_columns () */
  gboolean apart;  /* db is not right behind dw */
  gboolean add;    /* to what is in dw and db */
  gboolean add_dx; /* to what is in dx */
} NnGradients;

typedef void NnProductLoop (const NnProduct *product);
typedef void NnGradientsLoop (const NnGradients *gradients);

/* A loss's sum over the outputs of a batch. */
typedef struct {
  const float *out;     /* (n_rows, n_columns) */
  const float *targets; /* (n_rows, n_columns), or as a loss says */
  /* (n_rows, n_columns) out: of the sum, by the output, times scale; 0 in the columns
   * that are no examples */
  float *derivative;
  float scale;
  gsize n_rows;
  gsize n_columns; /* see nn_kernels_get_columns () … */
  gsize n;         /* … of which the first so many are examples */
} NnLossSum;

typedef double NnLossLoop (const NnLossSum *sum);

typedef void NnLayerLoop (const NnLayer *layer);

/* A dense layer with its activation, both ways. */
struct _NnLayer {
  NnProduct forward;
  NnGradients backward; /* its dz is ∂L/∂y at first, and overwritten */
  /* These are the set's choice for such sizes, if the layer is small. */
  NnLayerLoop *run_forward;
  NnLayerLoop *run_backward;
  NnProductLoop *product; /* what the two above call */
  NnGradientsLoop *gradients;
  guint8 tiny;
  NnActivation activation;
  gsize n_outputs;
  float *z; /* where the product goes: y, unless the derivative is computed from z */
  float *y;
};

typedef struct {
  const char *name;   /* "avx512", "avx2" or "base": for benchmarks and bug reports */
  guint set;          /* its number among NN_IN_EACH_SET () */
  gsize vector_width; /* floats to a vector */

  gboolean (*all_finite) (const float *values, gsize n);
  NnProductLoop *product;
  NnGradientsLoop *gradients;

  /* Small layers, first to last and last to first. Before that, once, the loops of each are
   * chosen, by its sizes and by whether backward has y, and is apart. */
  void (*choose_loops) (NnLayer *layer);
  void (*layers_forward) (const NnLayer *layers, gsize n_layers);
  void (*layers_backward) (const NnLayer *layers, gsize n_layers);

  /* Copies blocks @first to @end of x, each of NN_PACKED_TERMS terms and two vectors of
   * columns, in the order of columns, then terms; and computes @part from them. */
  void (*pack_blocks) (const NnPackedProduct *product, gsize first, gsize end);
  void (*packed_product) (const NnPackedProduct *product, const NnProductPart *part);

  /* sums (n_rows) = Σ dz (n_rows, n_columns) over the columns (+ sums); before that, dz
   * is set to 0 where relu's output y (nullable) is not above 0. */
  void (*sum_rows) (float *dz,
                    const float *y,
                    float *sums,
                    gsize n_rows,
                    gsize n_columns,
                    gboolean add);

  /* In place: each block of 16 numbers in [0, 1) into 16 normal ones. The same bits in
   * every set. */
  void (*box_muller) (float *values, gsize n_blocks, float mean, float std);

  const NnActivationKind *const *activations; /* (NN_N_ACTIVATIONS) */
  /* As the row does; of x and y only the one that it reads, the other may be NULL. */
  void (*activate) (NnActivation activation, const float *x, float *y, gsize n);
  void (*activate_backward) (NnActivation activation,
                             const float *x,
                             const float *y,
                             const float *dy,
                             float *dx,
                             gsize n);
  void (*exp) (const float *x, float *y, gsize n); /* y may be x */

  /* One operation on each element. Single values count for n elements; what is an array may
   * be result. The bits of all but EXP to SIGMOID are the same in every set. */
  void (*elementwise_1) (NnElementwise operation, const float *x, float *result, gsize n);
  void (*elementwise_2) (NnElementwise operation,
                         NnSource x,
                         NnSource y,
                         float *result,
                         gsize n);
  /* result = condition != 0 ? yes : no; what is not chosen does not matter. */
  void (*choose) (const float *condition,
                  NnSource yes,
                  NnSource no,
                  float *result,
                  gsize n);

  /* Sums of which losses are the mean. Targets of cross_entropy: (1, n_columns), each a whole
   * number from 0 and less than n_rows; of soft_cross_entropy, probabilities, which need not
   * add up to 1; of squared_error, numbers. */
  NnLossLoop *cross_entropy;
  NnLossLoop *soft_cross_entropy;
  NnLossLoop *squared_error;
} NnKernels;

const NnKernels *nn_kernels_get (void);
gsize nn_kernels_get_columns (gsize n_examples);
gboolean nn_kernels_all_finite (const float *values, gsize n);

G_END_DECLS
